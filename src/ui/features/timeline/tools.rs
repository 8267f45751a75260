//! Above the lanes: to the next and the previous thing worth seeing, closer and farther away.

use yew::prelude::*;

use crate::ui::features::timeline::{lanes::LOST, zoom::ZoomMove};
use crate::{
    raft::{NodeId, Term},
    sim::{Action, Landmark, MarkKind, RoleTimeline},
    ui::{
        intent::Intent,
        kit::{emit::value, icons},
        run::{handle::PlayerRef, player::Playback},
        svg::{
            drawing::Piece,
            point::point,
            timeline::{lanes::Tone, marks::Shape},
        },
        text::Lang,
    },
};

/// What the tools need.
#[derive(Clone, PartialEq, Properties)]
pub struct ToolsProps {
    /// The run on screen.
    pub player: PlayerRef,
    /// Whether only a part of the run is in sight.
    pub close: bool,
    /// Whether servers ask for pre-votes by the rules that hold now (thesis §9.6).
    pub pre_votes: bool,
    /// Which run it is, and how often what is worth going to in it has changed.
    pub version: (u64, u64),
    /// The language.
    pub lang: Lang,
    /// Receives what the reader clicks.
    pub emit: Callback<Intent>,
    /// Receives requests to show another part of the run.
    pub zoom: Callback<ZoomMove>,
}

/// The marks above the lanes that no other part of the page draws.
const MARKS: [MarkKind; 5] = [
    MarkKind::Split(Term::ZERO),
    MarkKind::Deposed(NodeId::new(0), Term::ZERO),
    MarkKind::Acted(Action::cut(NodeId::new(0), NodeId::new(1))),
    MarkKind::Acted(Action::heal_all()),
    MarkKind::Acted(Action::align_timers()),
];

/// Where a property that is broken stands among [`MARKS`]: behind them, as it is seen in the lanes.
const BROKEN: usize = MARKS.len();

/// Which of [`MARKS`] a run has, in the order in which they came: what is there has its place, whatever comes.
fn marks_of(roles: &RoleTimeline) -> Vec<usize> {
    let mut seen = Vec::new();
    for mark in roles.marks() {
        let place = match mark.kind {
            MarkKind::Broken(_) => Some(BROKEN),
            kind => MARKS.iter().position(|each| Shape::of(*each) == Shape::of(kind)),
        };
        seen.extend(place.filter(|place| !seen.contains(place)));
        if seen.len() > BROKEN {
            break;
        }
    }
    seen
}

const LEFT: &str = "M10.500 2.500v11L5 8z";
const RIGHT: &str = "M5.500 2.500v11L11 8z";
const LAST: &str = "M8.500 3v10L3 8zM13.500 3v10L8 8z";
const NEXT: &str = "M7.500 3v10L13 8zM2.500 3v10L8 8z";
const MINUS: &str = "M3 7.200h10v1.600H3z";
const PLUS: &str = "M7.200 3h1.600v4.200H13v1.600H8.800V13H7.200V8.800H3V7.200h4.200z";
const ALL: &str =
    "M1.500 3H3v10H1.500zM13 3h1.500v10H13zM4 8l2.500-2.500v1.700h3V5.500L12 8l-2.500 2.500V8.800h-3v1.700z";

/// The tools.
#[component]
pub fn Tools(props: &ToolsProps) -> Html {
    let landmark = use_state(|| Landmark::LeaderChange);
    // A long run has many thousands: they are looked through when one has come, not whenever the page is drawn.
    let marks = use_memo((props.version, props.player.clone()), |(_, player)| {
        marks_of(player.0.borrow().history().roles())
    });
    let text = props.lang.timeline_text();
    let wanted = *landmark;
    let onchange = Callback::from(move |event: Event| {
        let index: Option<usize> = value(&event).parse().ok();
        if let Some(chosen) = index.and_then(|index| Landmark::ALL.get(index)) {
            landmark.set(*chosen);
        }
    });
    let jump = |later: bool| jump(props, wanted, later);
    let zoom = |how: ZoomMove| props.zoom.reform(move |_: MouseEvent| how);
    let (closer, all) = (
        format!("{}: {}", { text.closer }, { text.closer_hint }),
        format!("{}: {}", { text.all }, { text.all_hint }),
    );
    let hint = |name| format!("{name}: {}", { text.move_hint });
    html! {
        <div class="lane-tools">
            <label class="jump">
                <span class="field-name">{ text.jump_to }</span>
                <select class="select" aria-label={text.jump_to} {onchange}>
                    { for Landmark::ALL.iter().enumerate().map(|(index, each)| html! {
                        <option value={index.to_string()} selected={*each == wanted}>{ props.lang.landmark(*each) }</option>
                    }) }
                </select>
            </label>
            <div class="tool-group">
                { tool(props.lang.previous(wanted), None, LAST, false, jump(false)) }
                { tool(props.lang.next(wanted), None, NEXT, false, jump(true)) }
            </div>
            { legend(props, &marks) }
            <div class="tool-group">
                { tool(text.wider.to_owned(), None, MINUS, !props.close, zoom(ZoomMove::WIDER)) }
                { tool(text.closer.to_owned(), Some(closer), PLUS, false, zoom(ZoomMove::CLOSER)) }
                { tool(text.all.to_owned(), Some(all), ALL, !props.close, zoom(ZoomMove::All)) }
                { tool(text.earlier.to_owned(), Some(hint(text.earlier)), LEFT, !props.close, zoom(ZoomMove::EARLIER)) }
                { tool(text.later.to_owned(), Some(hint(text.later)), RIGHT, !props.close, zoom(ZoomMove::LATER)) }
            </div>
        </div>
    }
}

/// What the lanes' colours mean, and marks above them, as far as there is room.
fn legend(
    &ToolsProps {
        lang, close, pre_votes, ..
    }: &ToolsProps,
    marks: &[usize],
) -> Html {
    let asks = pre_votes.then_some(Tone::PreCandidate);
    let tones = [Tone::Candidate, Tone::Leader, Tone::Stale];
    let of_tone = |tone: Tone| (tone.sample(), tone.word(lang));
    let lanes = [Tone::Follower].into_iter().chain(asks).chain(tones).map(of_tone);
    let text = lang.timeline_text();
    let words = [
        lang.landmark(Landmark::SplitVote),
        text.steps_down,
        text.link_cut,
        text.link_restored,
        text.other_action,
    ];
    let marks = marks.iter().map(|place| match MARKS.get(*place) {
        Some(kind) => (vec![Shape::of(*kind).at(point(0.0, 0.0))], words[*place]),
        None => of_tone(Tone::Unsafe),
    });
    html! {
        <ul class="lane-legend" aria-label={text.legend}>
            { for lanes.chain(marks).map(|(pieces, word)| html! {
                <li>
                    <svg class="lane-sample" viewBox="-9 -6 18 12" aria-hidden="true">{ for pieces.iter().map(Piece::html) }</svg>
                    { word }
                </li>
            }) }
            // Messages are seen only from close by.
            if close {
                <li>
                    <svg class="lane-sample" viewBox="-9 -6 18 12" aria-hidden="true"><path class="lane-lost" d={LOST} /></svg>
                    { lang.text().legend_lost }
                </li>
            }
        </ul>
    }
}

/// A button without effect is dimmed but keeps the focus.
fn tool(name: String, hint: Option<String>, path: &'static str, idle: bool, onclick: Callback<MouseEvent>) -> Html {
    let title = hint.unwrap_or_else(|| name.clone());
    html! {
        <button type="button" class="icon-button tool" aria-label={name} {title} aria-disabled={idle.then_some("true")} {onclick}>
            { icons::icon(path) }
        </button>
    }
}

/// Goes to the next or previous mark of a kind, or says that there is none.
fn jump(props: &ToolsProps, landmark: Landmark, later: bool) -> Callback<MouseEvent> {
    let (player, emit, lang) = (props.player.clone(), props.emit.clone(), props.lang);
    Callback::from(move |_| {
        let found = {
            let player = player.0.borrow();
            let history = player.history();
            let (roles, now) = (history.roles(), history.now());
            let found = if later {
                roles.next(landmark, now)
            } else {
                roles.previous(landmark, now)
            };
            found.copied()
        };
        match found {
            Some(mark) => {
                let seen_at = mark.seen_at;
                emit.emit(Intent::Play(Playback::Seek(seen_at)));
                // What ends split votes has not happened yet where they are seen.
                emit.emit(Intent::Select((seen_at == mark.at).then_some(mark.event)));
            }
            None => emit.emit(Intent::Notice(lang.no_landmark(landmark, later))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::{Scenario, ScenarioId},
        sim::Micros,
    };

    #[test]
    fn the_legend_has_the_marks_that_the_run_has_in_the_order_in_which_they_came() {
        let seen = |id, millis| {
            let mut history = Scenario::new(id).start();
            history.seek(Micros::from_millis(millis));
            marks_of(history.roles())
        };
        assert_eq!(seen(ScenarioId::Free, 500), [0; 0]);
        assert_eq!(seen(ScenarioId::LeaderReturns, 500), [2]);
        assert_eq!(seen(ScenarioId::LeaderReturns, 900), [2, 3, 1]);
        let mut history = Scenario::new(ScenarioId::Free).start();
        history.act(Action::align_timers()).unwrap();
        assert_eq!(marks_of(history.roles()), [4]);
        assert_eq!(seen(ScenarioId::SplitVote, 900).first(), Some(&0));
    }
}

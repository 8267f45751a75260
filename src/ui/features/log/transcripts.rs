//! The transcripts of the lab beside the lines of the run that replays them: what has been printed is lit.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    raft::NodeId,
    scenario::transcripts::{LabTranscript, transcripts},
    sim::EventId,
    ui::{
        features::log::index::{Filter, LogIndex, resolve},
        run::handle::RunHandle,
        text::Lang,
    },
};

/// What the transcripts need.
#[derive(Clone, PartialEq, Properties)]
pub struct TranscriptsProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// The server that a lesson tells of: its transcript is in front until the reader chooses another.
    pub told: Option<NodeId>,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow: then they are folded at first.
    pub compact: bool,
}

/// All transcripts that the scenario replays, one of them shown; nothing if it replays none.
#[component]
pub fn Transcripts(props: &TranscriptsProps) -> Html {
    let (id, told) = (props.run.player().scenario().id, props.told);
    let all = transcripts(id);
    // A choice holds for this figure, as long as the same server is told of.
    let chosen = use_state(|| None);
    let choice = chosen.filter(|(of, _)| *of == (id, told)).map(|(_, index)| index);
    let of_told = all.iter().position(|transcript| Some(transcript.server) == told);
    let Some(shown) = choice.or(of_told).map_or(all.first(), |index: usize| all.get(index)) else {
        return html! {};
    };
    let text = props.lang.log_text();
    let chip = |(index, transcript): (usize, &LabTranscript)| {
        let chosen = chosen.clone();
        let onclick = Callback::from(move |_: MouseEvent| chosen.set(Some(((id, told), index))));
        html! {
            <button type="button" class="log-choice" aria-pressed={(transcript == shown).to_string()} {onclick}>{ name(*transcript, props.lang) }</button>
        }
    };
    html! {
        <details class="transcripts" open={!props.compact}>
            <summary>{ text.transcripts }</summary>
            <div class="log-switch" role="group" aria-label={text.transcripts}>
                { for all.iter().enumerate().map(chip) }
            </div>
            <Lines key={format!("{}.{}", shown.server, shown.first())} transcript={*shown} all={props.clone()} />
        </details>
    }
}

/// Whose it is.
fn name(transcript: LabTranscript, lang: Lang) -> String {
    if transcript.is_named {
        transcript.server.to_string()
    } else {
        lang.unnamed_follower(transcript.server)
    }
}

#[derive(Clone, PartialEq, Properties)]
struct TranscriptProps {
    transcript: LabTranscript,
    all: TranscriptsProps,
}

#[component]
fn Lines(props: &TranscriptProps) -> Html {
    let TranscriptProps { transcript, all } = props;
    let list = use_node_ref();
    let index = use_mut_ref(|| LogIndex::new(Filter::server(transcript.server)));
    let mut index = index.borrow_mut();
    let player = all.run.player();
    let history = player.history();
    index.sync(history, all.run.trace_epoch());
    let rows = index.rows();
    // Where the first lines are out of memory, nothing is at its place.
    let is_whole = history.trace().first().0 == 0;
    let printed = rows
        .iter()
        .filter(|_| is_whole)
        .filter_map(|row| resolve(history, *row));
    let reached = transcript.reached(printed.map(|(_, _, line)| line.to_string()));
    {
        let list = list.clone();
        use_effect_with(reached, move |_| keep_in_sight(&list));
    }
    let count = transcript.lines().count();
    let line = |(place, (time, said)): (usize, (&'static str, &'static str))| {
        let event = (place < reached).then(|| rows[transcript.first() + place].event);
        let class = classes!(
            "transcript-line",
            event.is_some().then_some("reached"),
            (place + 1 == reached).then_some("newest"),
            (event.is_some() && event == all.selected).then_some("selected"),
        );
        html! { <li {class}><span class="log-time">{ time }</span>{ " " }{ said }</li> }
    };
    html! {
        <>
            <p class="transcript-count">{ all.lang.lines_printed(reached, count) }</p>
            <ol ref={list} class="transcript-lines" tabindex="0" aria-label={name(*transcript, all.lang)}>
                { for transcript.lines().enumerate().map(line) }
            </ol>
        </>
    }
}

/// Scrolls the list, and nothing around it, so far that the newest line is in sight.
fn keep_in_sight(list: &NodeRef) {
    let Some(list) = list.cast::<HtmlElement>() else { return };
    let newest = list.query_selector(".newest").ok().flatten();
    let top = newest.map_or(0.0, |newest| {
        newest.get_bounding_client_rect().top() - list.get_bounding_client_rect().top()
    });
    let middle = list.client_height() / 2;
    #[expect(clippy::cast_possible_truncation, reason = "a list is some thousand pixels high")]
    list.set_scroll_top(list.scroll_top() + top as i32 - middle);
}

//! The steps of a run that was found, numbered; the one that plays is lit.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{
    lab::liveness::{self, LivenessMoment, LivenessStep, ToldLiveness},
    scenario::counterexample::PlayedStep,
    sim::Micros,
    ui::{
        intent::{Beginning, Intent},
        run::{
            handle::RunHandle,
            player::{Playback, Player},
        },
        text::Lang,
    },
};

/// What the steps need.
#[derive(Clone, PartialEq, Properties)]
pub struct FoundStepsProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's choices.
    pub emit: Callback<Intent>,
}

/// The heading of the steps, in the document. It takes the focus of whoever has asked for them.
pub const FOUND_HEADING: &str = "found-title";

/// What is shown of a run that was found.
struct FoundRun {
    /// What was found, in a few words.
    what: &'static str,
    steps: Vec<FoundStep>,
    /// Whether the current branch takes these steps.
    is_as_found: bool,
}

/// A step, in words.
struct FoundStep {
    at: Micros,
    words: String,
    /// What its server decided because of it.
    decision: Option<String>,
}

impl FoundRun {
    /// A run in which a property is broken.
    fn of_path(player: &Player, lang: Lang) -> Option<Self> {
        let finding = player.finding()?;
        let in_words = |step: &PlayedStep| FoundStep {
            at: step.at,
            words: lang.step(step.step),
            decision: step.decision.map(|decision| lang.happening(&decision)),
        };
        Some(Self {
            what: lang.sought(finding.property),
            steps: player.found().iter().map(in_words).collect(),
            is_as_found: player.is_as_found(),
        })
    }

    /// A run in which faults keep elections from making progress.
    fn of_faults(told: &ToldLiveness, player: &Player, lang: Lang) -> Self {
        let in_words = |step: &LivenessStep| FoundStep {
            at: step.at,
            words: match step.moment {
                LivenessMoment::Fault(fault) => lang.fault(fault),
                LivenessMoment::Turn(event) => format!("{}.", lang.happening(&event)),
                LivenessMoment::End { leaders, term } => lang.liveness_end(leaders, term),
            },
            decision: None,
        };
        let end = told.steps.last().map_or(Micros::ZERO, |last| last.at);
        Self {
            what: lang.liveness_goal(told.found.goal),
            steps: told.steps.iter().map(in_words).collect(),
            is_as_found: player.is_as_planned(end),
        }
    }
}

/// The steps, above the diagram; nothing if the run on screen is none that was found.
#[component]
pub fn FoundSteps(props: &FoundStepsProps) -> Html {
    let list = use_node_ref();
    let player = props.run.player();
    // What is told of it is found by running it.
    let told = use_memo(player.scenario().clone(), liveness::told);
    let (lang, text) = (props.lang, props.lang.adversary_text());
    let found = match &*told {
        Some(told) => Some(FoundRun::of_faults(told, &player, lang)),
        None => FoundRun::of_path(&player, lang),
    };
    let now = player.history().now();
    let current = found.as_ref().filter(|found| found.is_as_found);
    let current = current.and_then(|found| found.steps.iter().rposition(|step| step.at <= now));
    {
        let list = list.clone();
        use_effect_with(current, move |current| bring_into_sight(&list, *current));
    }
    let Some(FoundRun {
        what,
        steps,
        is_as_found,
    }) = found
    else {
        return html! {};
    };
    let again = props.emit.reform(|_: MouseEvent| Intent::Begin(Beginning::FoundAgain));
    let is_lit = |at: usize| current.is_some_and(|current| steps[current].at == steps[at].at);
    html! {
        <section class="found" aria-labelledby={FOUND_HEADING}>
            <div class="found-head">
                <h3 id={FOUND_HEADING} tabindex="-1">{ lang.counterexample(what) }</h3>
                <button type="button" class="small" onclick={again}>{ text.play_again }</button>
            </div>
            if !is_as_found {
                <p class="fine">{ text.other_branch }</p>
            }
            <ol ref={list} class="found-steps">
                { for steps.iter().enumerate().map(|(at, step)| {
                    let is_past = current.is_some_and(|current| at < current);
                    view_step(step, is_lit(at), is_past, &props.emit)
                }) }
            </ol>
        </section>
    }
}

fn view_step(step: &FoundStep, is_lit: bool, is_past: bool, emit: &Callback<Intent>) -> Html {
    let at = step.at;
    let class = classes!("found-step", is_past.then_some("past"));
    html! {
        <li {class} aria-current={is_lit.then_some("step")}>
            <button type="button" onclick={emit.reform(move |_| Intent::Play(Playback::Seek(at)))}>
                <span>{ step.words.clone() }</span>
                if let Some(decision) = &step.decision {
                    { " " }<span class="found-then">{ format!("{decision}.") }</span>
                }
            </button>
        </li>
    }
}

/// Scrolls the list, and nothing around it, to the step that plays.
fn bring_into_sight(list: &NodeRef, current: Option<usize>) {
    let Some(list) = list.cast::<HtmlElement>() else { return };
    let index = u32::try_from(current.unwrap_or(0)).unwrap_or(0);
    if let Some(step) = list.children().item(index) {
        let (step, room) = (
            step.get_bounding_client_rect(),
            Element::get_bounding_client_rect(&list),
        );
        let (above, below) = (step.top() - room.top(), step.bottom() - room.bottom());
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        let by = above.min(0.0) as i32 + below.max(0.0) as i32;
        list.set_scroll_top(list.scroll_top() + by);
    }
}

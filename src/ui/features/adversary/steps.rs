//! The steps of a run that was found, numbered; the one that plays is lit.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::{
    scenario::counterexample::PlayedStep,
    ui::{
        intent::{Beginning, Intent},
        run::{handle::RunHandle, player::Playback},
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

/// The steps, above the diagram; nothing if the run on screen is none that was found.
#[component]
pub fn FoundSteps(props: &FoundStepsProps) -> Html {
    let list = use_node_ref();
    let player = props.run.player();
    let (now, steps) = (player.history().now(), player.found().clone());
    let is_as_found = player.is_as_found();
    let current = steps.iter().rposition(|step| step.at <= now).filter(|_| is_as_found);
    {
        let list = list.clone();
        use_effect_with(current, move |current| bring_into_sight(&list, *current));
    }
    let Some(finding) = player.finding() else {
        return html! {};
    };
    let (lang, text) = (props.lang, props.lang.adversary_text());
    let again = props.emit.reform(|_: MouseEvent| Intent::Begin(Beginning::FoundAgain));
    let is_lit = |at: usize| current.is_some_and(|current| steps[current].at == steps[at].at);
    html! {
        <section class="found" aria-labelledby={FOUND_HEADING}>
            <div class="found-head">
                <h3 id={FOUND_HEADING} tabindex="-1">{ lang.counterexample(lang.sought(finding.property)) }</h3>
                <button type="button" class="small" onclick={again}>{ text.play_again }</button>
            </div>
            if !is_as_found {
                <p class="fine">{ text.other_branch }</p>
            }
            <ol ref={list} class="found-steps">
                { for steps.iter().enumerate().map(|(at, step)| {
                    let is_past = current.is_some_and(|current| at < current);
                    view_step(step, is_lit(at), is_past, lang, &props.emit)
                }) }
            </ol>
        </section>
    }
}

fn view_step(step: &PlayedStep, is_lit: bool, is_past: bool, lang: Lang, emit: &Callback<Intent>) -> Html {
    let at = step.at;
    let class = classes!("found-step", is_past.then_some("past"));
    html! {
        <li {class} aria-current={is_lit.then_some("step")}>
            <button type="button" onclick={emit.reform(move |_| Intent::Play(Playback::Seek(at)))}>
                <span>{ lang.step(step.step) }</span>
                if let Some(decision) = step.decision {
                    { " " }<span class="found-then">{ format!("{}.", lang.happening(&decision)) }</span>
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

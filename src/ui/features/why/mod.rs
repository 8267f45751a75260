//! Why an event happened: the chain of causes, each with the rule that decided it and the values that it decided on.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    raft::Quorum,
    sim::{CausalStep, Chain, Event, EventId, EventKind, Micros},
    ui::{
        explain::{blame::Blame, highlight::Highlight, why::WhyQuestion},
        intent::{Intent, Subject},
        kit::{emit::maybe, icons},
        run::player::BranchChange,
        text::{Lang, PAPER},
    },
};

/// What the drawer needs.
#[derive(Clone, PartialEq, Properties)]
pub struct WhyProps {
    /// What was asked.
    pub question: WhyQuestion,
    /// The event that is asked about, and all that led to it.
    pub asked: (EventId, Rc<Highlight>),
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// Whether there is a panel that shows the rules.
    pub has_rules: bool,
    /// The language.
    pub lang: Lang,
    /// Where choices go.
    pub emit: Callback<Intent>,
}

/// The drawer's heading, which takes the focus when it opens.
pub const HEADING: &str = "why-title";

/// The answer to a question, in a drawer over what it was asked about. Escape closes it.
#[component]
pub fn WhyDrawer(props: &WhyProps) -> Html {
    let text = props.lang.why_text();
    let (_, lit) = &props.asked;
    let chain = &lit.chain;
    let close = props.lang.text().close;
    let onkeydown = maybe(&props.emit, |event: KeyboardEvent| {
        (event.key() == "Escape").then(|| {
            event.prevent_default();
            event.stop_propagation();
            Intent::Select(None)
        })
    });
    html! {
        <section class="why-drawer" aria-labelledby={HEADING} {onkeydown}>
            <div class="why-head">
                <h2 id={HEADING} tabindex="-1">{ props.lang.why_question(props.question) }</h2>
                <button type="button" class="icon-button" aria-label={close} title={close} onclick={props.emit.reform(|_| Intent::Select(None))}>
                    { icons::icon(icons::CLOSE) }
                </button>
            </div>
            <div class="why-answer">
            if let Some(blame) = &lit.blame {
                { view_blame(props, blame) }
            }
            if chain.steps.is_empty() {
                <p class="intro">{ text.gone }</p>
            } else {
                <ol class="why-chain" aria-label={text.chain}>
                    { for chain.steps.iter().enumerate().map(|(index, step)| view_step(props, index, step)) }
                </ol>
                <p class="intro">{ ending(chain, props.lang) }</p>
            }
            </div>
        </section>
    }
}

/// What the event broke, and what made that possible: above all, the rules that are off.
fn view_blame(props: &WhyProps, blame: &Blame) -> Html {
    let (lang, text) = (props.lang, props.lang.why_text());
    html! {
        <section class="why-blame" aria-label={text.blame}>
            { for blame.broken.iter().map(|(violation, tally)| html! {
                <p>
                    <strong class="broken-text">{ lang.violation(*violation) }</strong>
                    if let Some(tally) = tally {
                        { " " }{ lang.tally(tally) }
                    }
                </p>
            }) }
            if blame.is_known() {
                <p>{ text.blame_intro }</p>
                <ul class="why-rules">
                    { for blame.rules.iter().map(|rule| html! {
                        { view_rule(props, lang.rule(*rule), lang.rule_reason(*rule), lang.rule_quote(*rule), lang.rule_place(*rule)) }
                    }) }
                    { for blame.quorum.map(|quorum| view_quorum(props, quorum)) }
                    if !blame.wiped.is_empty() {
                        <li><b>{ lang.wiped(blame.wiped) }</b>{ ": " }{ lang.faults_text().wipe_means }</li>
                    }
                </ul>
                if props.has_rules && (blame.quorum.is_some() || !blame.rules.is_empty()) {
                    <button type="button" class="small" onclick={props.emit.reform(|_| Intent::ShowRules)}>{ text.to_rules }</button>
                }
            }
        </section>
    }
}

fn view_quorum(props: &WhyProps, quorum: Quorum) -> Html {
    let (lang, text) = (props.lang, props.lang.rules_text());
    let name = lang.quorum_in_force(quorum);
    view_rule(props, &name, text.quorum_majority, text.quorum_quote, "§5.2".to_owned())
}

/// A rule that is off: what it protects, and its sentence of the paper.
fn view_rule(props: &WhyProps, name: &str, reason: &'static str, quote: &'static str, place: String) -> Html {
    html! {
        <li>
            <b>{ props.lang.switched_off(name) }</b>{ ": " }{ reason }{ " " }
            <span class="why-quote" lang="en">{ format!("“{quote}”") }</span>{ " " }
            <a class="why-cite" href={PAPER} target="_blank" rel="noopener">{ place }</a>
        </li>
    }
}

/// What is to be said where a chain ends.
fn ending(chain: &Chain, lang: Lang) -> &'static str {
    let text = lang.why_text();
    match chain.steps.last() {
        _ if chain.cut_off => text.cut_off,
        Some(CausalStep { event, .. }) if matches!(event.kind, EventKind::Action(_)) => text.root_action,
        _ => text.root_timer,
    }
}

fn view_step(props: &WhyProps, index: usize, step: &CausalStep) -> Html {
    let text = props.lang.why_text();
    html! {
        <li class="why-step">
            if index > 0 {
                <span class="why-because">{ text.because }</span>
            }
            { view_event(props, step) }
            if !step.evidence.is_empty() {
                <div class="why-evidence">
                    <span class="why-because">{ text.rests_on }</span>
                    <ul>
                        { for step.evidence.iter().map(|event| html! {
                            <li>{ view_event(props, &CausalStep { event: *event, evidence: Vec::new() }) }</li>
                        }) }
                    </ul>
                </div>
            }
        </li>
    }
}

/// A button that goes to an event, its place in the paper, and the way to ask about it in its turn.
fn view_event(props: &WhyProps, step: &CausalStep) -> Html {
    let text = props.lang.why_text();
    let Event { id, at, .. } = step.event;
    let selected = props.selected == Some(id);
    let asked = props.asked.0 == id;
    let cite = props.lang.cite(&step.event);
    html! {
        <div class={classes!("why-event", selected.then_some("selected"))}>
            <button
                type="button" class="why-button" title={text.go_there} aria-current={selected.then_some("true")}
                onclick={props.emit.reform(move |_| Intent::GoTo(id, at))}
            >
                <span class="why-time">{ props.lang.instant(at) }</span>
                <span class="why-sentence">{ props.lang.explain(step) }</span>
            </button>
            if !cite.is_empty() {
                <a class="why-cite" href={PAPER} target="_blank" rel="noopener">{ cite }</a>
            }
            if selected && !asked {
                <button type="button" class="icon-button why-more" aria-label={text.explain_this} title={text.explain_this} onclick={props.emit.reform(move |_| Intent::Why(Subject::Event(id)))}>
                    { icons::icon(icons::HELP) }
                </button>
            }
            if selected {
                { what_if(props, &step.event) }
            }
        </div>
    }
}

/// The way to the future in which a message had been lost, or something had not been done.
fn what_if(props: &WhyProps, event: &Event) -> Html {
    let text = props.lang.branches_text();
    let (label, change) = match event.kind {
        EventKind::Action(_) if event.at > Micros::ZERO => (text.undo, BranchChange::Undo(event.id)),
        EventKind::Sent { .. }
        | EventKind::Duplicated { .. }
        | EventKind::Delivered { .. }
        | EventKind::Held { .. } => (text.lose, BranchChange::Lose(event.id)),
        _ => return html! {},
    };
    let onclick = props.emit.reform(move |_| Intent::Branches(change.clone()));
    html! { <button type="button" class="small" {onclick}>{ label }</button> }
}

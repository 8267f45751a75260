//! Why an event happened: the chain of causes, each with the rule that decided it and the values that it decided on.

mod side;

use std::rc::Rc;

use yew::prelude::*;

use self::side::SideView;
use crate::{
    raft::{Decision, NodeSet, Quorum, Rule},
    sim::{CausalStep, Event, EventId, EventKind, Micros},
    ui::{
        explain::{
            blame::Blame,
            highlight::Highlight,
            why::{Asked, WhyQuestion},
        },
        intent::{Intent, Subject},
        kit::{emit::maybe, icons},
        run::player::BranchChange,
        text::{Lang, PAPER, capitalised, with_units},
    },
};

/// What the drawer needs.
#[derive(Clone, PartialEq, Properties)]
pub struct WhyProps {
    /// What was asked, and when.
    pub question: Asked,
    /// The event that is asked about, and all that led to it.
    pub asked: (EventId, Rc<Highlight>),
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// Whether time stands because of the drawer.
    pub waits: bool,
    /// Whether there is a panel that shows the rules.
    pub has_rules: bool,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's choices.
    pub emit: Callback<Intent>,
}

/// The drawer's heading, which takes the focus when it opens.
pub const HEADING: &str = "why-title";

/// The answer to a question, in a drawer over what it was asked about. Escape closes it.
#[component]
pub fn WhyDrawer(props: &WhyProps) -> Html {
    let (_, lit) = &props.asked;
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
                <h2 id={HEADING} tabindex="-1">{ question(props) }</h2>
                <button type="button" class="icon-button" aria-label={close} title={close} onclick={props.emit.reform(|_| Intent::Select(None))}>
                    { icons::icon(icons::CLOSE) }
                </button>
            </div>
            <div class="why-answer">
            if props.waits {
                <p class="intro">{ props.lang.why_text().time_stands }</p>
            }
            if let Some(blame) = &lit.blame {
                { view_blame(props, blame) }
            }
            if let Some(split) = &lit.split {
                <p>{ props.lang.how_split(split) }</p>
            }
            if let Some(why) = props.lang.why_none_electable(props.question) {
                <p>{ why }</p>
            }
            if lit.sides.is_empty() && props.question.none.is_none() {
                <p class="intro">{ props.lang.why_text().gone }</p>
            }
            <div class="why-chains">
                { for (0..lit.sides.len()).map(|index| html! { <SideView key={index.to_string()} {index} drawer={props.clone()} /> }) }
            </div>
            </div>
        </section>
    }
}

/// What was asked; of an event, what that is.
fn question(props: &WhyProps) -> String {
    let (_, lit) = &props.asked;
    let asked = lit.sides.first().and_then(|side| side.chain.steps.first());
    match (props.question.question, asked) {
        (WhyQuestion::Event, Some(CausalStep { event, .. })) => {
            props.lang.why_this(&capitalised(&props.lang.happening(event)))
        }
        _ => props.lang.why_question(props.question),
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
                    { for blame.rules.iter().map(|(rule, servers)| html! {
                        { view_rule(&off_for(lang, *rule, *servers), lang.rule_reason(*rule), lang.rule_quote(*rule), lang.rule_place(*rule)) }
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
    view_rule(
        &lang.switched_off(&name),
        text.quorum_majority,
        text.quorum_quote,
        "§5.2".to_owned(),
    )
}

/// A rule that is off, for these servers alone if there are any.
fn off_for(lang: Lang, rule: Rule, servers: NodeSet) -> String {
    if servers.is_empty() {
        lang.switched_off(lang.rule(rule))
    } else {
        lang.switched_off_for(lang.rule(rule), servers)
    }
}

/// A rule that is off: what it protects, and its sentence of the paper.
fn view_rule(name: &str, reason: &'static str, quote: &'static str, place: String) -> Html {
    html! {
        <li>
            <b>{ name.to_owned() }</b>{ ": " }{ reason }{ " " }
            <span class="why-quote" lang="en">{ format!("“{quote}”") }</span>{ " " }
            <a class="why-cite" href={PAPER} target="_blank" rel="noopener">{ place }</a>
        </li>
    }
}

/// A button that goes to an event, its place in the paper, and the way to ask about it in its turn. It stands for all events that
/// the sentence tells of, each with its own place; an action among them can be left out.
fn view_event(
    props: &WhyProps,
    event: &Event,
    action: Option<&Event>,
    said: &str,
    told: Vec<(EventId, String)>,
) -> Html {
    let text = props.lang.why_text();
    let Event { id, at, .. } = *event;
    let selected = told.iter().any(|(id, _)| props.selected == Some(*id));
    let asked = told.iter().any(|(id, _)| props.asked.0 == *id);
    let cite = told.into_iter().map(|(_, cite)| cite).find(|cite| !cite.is_empty());
    html! {
        <div class={classes!("why-event", selected.then_some("selected"))}>
            <button
                type="button" class="why-button" title={text.go_there} aria-current={selected.then_some("true")}
                onclick={props.emit.reform(move |_| Intent::GoTo(id, at))}
            >
                <span class="why-time">{ props.lang.instant(at) }</span>
                <span class="why-sentence">{ with_units(said) }</span>
            </button>
            if let Some(cite) = cite {
                <a class="why-cite" href={PAPER} target="_blank" rel="noopener">{ cite }</a>
            }
            if selected && !asked {
                <button type="button" class="icon-button why-more" aria-label={text.explain_this} title={text.explain_this} onclick={props.emit.reform(move |_| Intent::Why(Subject::Event(id)))}>
                    { icons::icon(icons::HELP) }
                </button>
            }
            if selected {
                { what_if(props, action.unwrap_or(event)) }
            }
        </div>
    }
}

/// The button that opens a branch in which a message is lost, or an action is left out.
fn what_if(props: &WhyProps, event: &Event) -> Html {
    let text = props.lang.branches_text();
    let (label, change) = match event.kind {
        EventKind::Action(_) if event.at > Micros::ZERO => (text.undo, BranchChange::Undo(vec![event.id])),
        EventKind::Sent { .. }
        | EventKind::Duplicated { .. }
        | EventKind::Delivered { .. }
        | EventKind::Held { .. }
        | EventKind::Decided(
            Decision::TermAdvanced { .. } | Decision::VoteReceived { .. } | Decision::VoteRefused { .. },
        ) => (text.lose, BranchChange::Lose(event.id)),
        _ => return html! {},
    };
    let onclick = props.emit.reform(move |_| Intent::Branches(change.clone()));
    html! { <button type="button" class="small" {onclick}>{ label }</button> }
}

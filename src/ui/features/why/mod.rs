//! Why an event happened: the chain of causes, each with the rule that decided it and the values that it decided on.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    raft::{Decision, Quorum, Term},
    sim::{CausalStep, Chain, Event, EventId, EventKind, Micros},
    ui::{
        explain::{
            account::{AccountStep, account},
            blame::Blame,
            highlight::Highlight,
            why::{Asked, WhyQuestion},
        },
        intent::{Intent, Subject},
        kit::{emit::maybe, icons},
        run::player::BranchChange,
        text::{Lang, PAPER},
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
                <h2 id={HEADING} tabindex="-1">{ props.lang.why_question(props.question) }</h2>
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
            if let Some(why) = props.lang.why_none_electable(props.question) {
                <p>{ why }</p>
            }
            if lit.chains.is_empty() {
                <p class="intro">{ props.lang.why_text().gone }</p>
            }
            <div class="why-chains">
                { for (0..lit.chains.len()).map(|index| html! { <ChainView key={index.to_string()} {index} drawer={props.clone()} /> }) }
            </div>
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

/// The sentence at the end of a chain.
fn ending(chain: &Chain, lang: Lang) -> &'static str {
    let text = lang.why_text();
    match chain.steps.last() {
        _ if chain.cut_off => text.cut_off,
        Some(CausalStep { event, .. }) if matches!(event.kind, EventKind::Action(_)) => text.root_action,
        _ => text.root_timer,
    }
}

/// Steps of a chain that are shown until the reader asks for all.
const FIRST_STEPS: usize = 6;

/// The same where more than two chains are shown.
const FIRST_OF_MANY: usize = 3;

#[derive(Clone, PartialEq, Properties)]
struct ChainProps {
    drawer: WhyProps,
    /// Which of the chains.
    index: usize,
}

/// One chain: the latest step first.
#[component]
fn ChainView(props: &ChainProps) -> Html {
    let drawer = &props.drawer;
    let (asked, lit) = &drawer.asked;
    // Another question is answered by its first steps again.
    let all = use_state(|| None);
    let chain = &lit.chains[props.index];
    let steps = account(chain);
    let shown = match lit.chains.len() {
        _ if *all == Some(*asked) => steps.len(),
        0..=2 => FIRST_STEPS,
        _ => FIRST_OF_MANY,
    };
    let heading = (lit.chains.len() > 1).then(|| heading(drawer, chain)).flatten();
    let text = drawer.lang.why_text();
    let label = heading.clone().unwrap_or_else(|| text.chain.to_owned());
    let onclick = {
        let asked = *asked;
        Callback::from(move |_| all.set(Some(asked)))
    };
    html! {
        <div class="why-side">
            if let Some(heading) = heading {
                <h3>{ heading }</h3>
            }
            <ol class="why-chain" aria-label={label}>
                { for steps.iter().take(shown).enumerate().map(|(index, step)| view_step(drawer, chain, index, *step)) }
            </ol>
            if steps.len() > shown {
                <button type="button" class="small" {onclick}>{ drawer.lang.show_all_steps(steps.len()) }</button>
            } else {
                <p class="intro">{ ending(chain, drawer.lang) }</p>
            }
        </div>
    }
}

/// What a chain comes to; of a lost candidacy, how many votes it had.
fn heading(props: &WhyProps, chain: &Chain) -> Option<String> {
    let CausalStep { event, evidence } = chain.steps.first()?;
    let is_start = |of: Term| event.kind == EventKind::Decided(Decision::ElectionStarted { term: of });
    let (
        WhyQuestion::Election {
            term,
            lost_for: Some(quorum),
            ..
        },
        Some(server),
    ) = (props.question.question, event.server)
    else {
        return Some(props.lang.happening(event));
    };
    if is_start(term) {
        return Some(props.lang.happening(event));
    }
    let is_counted = |event: &&Event| matches!(event.kind, EventKind::Decided(Decision::VoteReceived { .. }));
    let votes = 1 + evidence.iter().filter(is_counted).count();
    Some(props.lang.had_votes(server, votes, quorum))
}

fn view_step(props: &WhyProps, chain: &Chain, index: usize, step: AccountStep<'_>) -> Html {
    let text = props.lang.why_text();
    let mut evidence = step.evidence(chain).peekable();
    html! {
        <li class="why-step">
            if index > 0 {
                <span class="why-because">{ text.because }</span>
            }
            { view_event(props, step.event(), step.action(), props.lang.account_step(step), step.events().map(|event| (event.id, props.lang.cite(event))).collect()) }
            if evidence.peek().is_some() {
                <div class="why-evidence">
                    <span class="why-because">{ text.rests_on }</span>
                    <ul>
                        { for evidence.map(|event| {
                            let said = props.lang.explain(&CausalStep { event: *event, evidence: Vec::new() });
                            html! { <li>{ view_event(props, event, None, said, vec![(event.id, props.lang.cite(event))]) }</li> }
                        }) }
                    </ul>
                </div>
            }
        </li>
    }
}

/// A button that goes to an event, its place in the paper, and the way to ask about it in its turn. It stands for all events that
/// the sentence tells of, each with its own place; an action among them can be left out.
fn view_event(
    props: &WhyProps,
    event: &Event,
    action: Option<&Event>,
    said: String,
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
                <span class="why-sentence">{ said }</span>
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

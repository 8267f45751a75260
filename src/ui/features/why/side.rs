//! One side of an answer: what has to be said first, and the chain of causes, the latest first.

use yew::prelude::*;

use super::{WhyProps, view_event};
use crate::{
    sim::{CausalStep, Chain, Effect, Event, EventKind},
    ui::{
        explain::account::{AccountStep, account},
        run::answer::{AnswerLead, AnswerSide, FOLLOWED, Unaware},
        text::{Lang, capitalised},
    },
};

/// Steps of a chain that are shown until the reader asks for the others.
const FIRST_STEPS: usize = 6;

/// The same where more than two sides are shown.
const FIRST_OF_MANY: usize = 3;

/// The same where something else answers the question.
const FIRST_AFTER_LEAD: usize = 2;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct SideProps {
    pub(super) drawer: WhyProps,
    /// Which of the sides.
    pub(super) index: usize,
}

#[component]
pub(super) fn SideView(props: &SideProps) -> Html {
    let drawer = &props.drawer;
    let (asked, lit) = &drawer.asked;
    // Another question is answered by its first steps again.
    let all = use_state(|| None);
    let side = &lit.sides[props.index];
    let chain = &side.chain;
    let steps = account(chain);
    let shown = match (&side.lead, lit.sides.len()) {
        _ if *all == Some(*asked) => steps.len(),
        (Some(_), _) => FIRST_AFTER_LEAD,
        (None, 0..=2) => FIRST_STEPS,
        (None, _) => FIRST_OF_MANY,
    };
    let heading = heading(drawer.lang, side, lit.sides.len());
    let text = drawer.lang.why_text();
    let head = steps.first().filter(|_| heading.is_some());
    let label = head.map_or_else(|| text.chain.to_owned(), |step| drawer.lang.happening(step.event()));
    let onclick = {
        let asked = *asked;
        Callback::from(move |_| all.set(Some(asked)))
    };
    html! {
        <div class="why-side">
            if let Some(heading) = heading {
                <h3>{ heading }</h3>
            }
            { for side.lead.iter().map(|lead| view_lead(drawer, lead)) }
            <ol class="why-chain" aria-label={label}>
                { for steps.iter().take(shown).enumerate().map(|(index, step)| view_step(drawer, chain, index, *step)) }
            </ol>
            if steps.len() > shown {
                <button type="button" class="small" {onclick}>{ drawer.lang.show_earlier_steps(steps.len() - shown) }</button>
            } else {
                <p class="intro">{ ending(chain, drawer.lang) }</p>
            }
            if let Some(AnswerLead::Followed { together, next, is_over }) = &side.lead {
                { view_together(drawer, together) }
                { view_followed(drawer, next, *is_over) }
            }
        </div>
    }
}

/// What a side comes to, where that is not what was asked.
fn heading(lang: Lang, side: &AnswerSide, sides: usize) -> Option<String> {
    match &side.lead {
        Some(AnswerLead::Answers {
            candidate,
            votes,
            quorum,
            coming,
            is_over,
            ..
        }) => Some(if *is_over {
            lang.had_votes(*candidate, *votes, *quorum)
        } else {
            lang.has_so_far(*candidate, *votes, *quorum, *coming)
        }),
        Some(AnswerLead::Unaware(Unaware { leader, term, .. })) => Some(lang.still_acts(*leader, *term)),
        Some(AnswerLead::Regained { .. } | AnswerLead::Followed { .. }) | None if sides > 1 => side
            .chain
            .steps
            .first()
            .map(|step| capitalised(&lang.happening(&step.event))),
        Some(AnswerLead::Regained { .. } | AnswerLead::Followed { .. }) | None => None,
    }
}

/// What is said before the chain, and what the chain is then.
fn view_lead(props: &WhyProps, lead: &AnswerLead) -> Html {
    let text = props.lang.why_text();
    let (said, because, events, then) = match lead {
        AnswerLead::Answers {
            events, is_over: true, ..
        } => (None, None, events, text.candidacy_ended),
        AnswerLead::Answers { events, .. } => (None, None, events, text.why_it_stood),
        AnswerLead::Unaware(unaware) => (
            Some(props.lang.why_it_still_acts(unaware)),
            Some(text.because),
            &unaware.cuts,
            text.how_it_came_to_lead,
        ),
        AnswerLead::Regained { leader, by } => (
            Some(props.lang.can_be_followed(*leader)),
            Some(text.because),
            by,
            text.how_it_came_to_lead,
        ),
        AnswerLead::Followed { .. } => return html! {},
    };
    html! {
        <div class="why-lead">
            { for said.map(|said| html! { <p>{ said }</p> }) }
            if !events.is_empty() {
                { for because.map(|because| html! { <span class="why-because">{ because }</span> }) }
                { view_events(props, events.iter()) }
            }
            if events.iter().any(|event| matches!(event.kind, EventKind::Lost { .. })) {
                <p class="intro">{ text.not_sent_again }</p>
            }
            <p class="why-because">{ then }</p>
        </div>
    }
}

/// What was done at the same instant: only all of it may explain what followed.
fn view_together(props: &WhyProps, events: &[Event]) -> Html {
    html! {
        if !events.is_empty() {
            <div class="why-lead">
                <p class="why-because">{ props.lang.why_text().done_together }</p>
                { view_events(props, events.iter()) }
            </div>
        }
    }
}

/// What happened after something was done, and before something else was.
fn view_followed(props: &WhyProps, events: &[Event], is_over: bool) -> Html {
    let text = props.lang.why_text();
    html! {
        <div class="why-lead">
            if events.is_empty() {
                <p>{ if is_over { text.nothing_until_next } else { text.nothing_followed } }</p>
            } else {
                <p class="why-because">{ text.what_followed }</p>
                { view_events(props, events.iter().take(FOLLOWED)) }
                if events.len() > FOLLOWED {
                    <p class="why-because">{ text.and_so_on }</p>
                }
            }
        </div>
    }
}

fn view_step(props: &WhyProps, chain: &Chain, index: usize, step: AccountStep<'_>) -> Html {
    let text = props.lang.why_text();
    let mut evidence = step.evidence(chain).peekable();
    let label = match evidence.peek().map(|event| event.kind) {
        Some(EventKind::Action(action)) if matches!(action.effect(), Effect::Mend | Effect::Resume) => {
            Some(text.possible_since)
        }
        Some(_) => Some(text.rests_on),
        None => None,
    };
    html! {
        <li class="why-step">
            if index > 0 {
                <span class="why-because">{ text.because }</span>
            }
            { view_event(props, step.event(), step.action(), &props.lang.account_step(step), step.events().map(|event| (event.id, props.lang.cite(event))).collect()) }
            if let Some(label) = label {
                <div class="why-evidence">
                    <span class="why-because">{ label }</span>
                    { view_events(props, evidence) }
                </div>
            }
        </li>
    }
}

/// Events, each in a sentence.
fn view_events<'a>(props: &WhyProps, events: impl Iterator<Item = &'a Event>) -> Html {
    let view = |event: &Event| {
        let said = props.lang.explain_alone(event);
        html! { <li>{ view_event(props, event, None, &said, vec![(event.id, props.lang.cite(event))]) }</li> }
    };
    html! { <ul class="why-events">{ for events.map(view) }</ul> }
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

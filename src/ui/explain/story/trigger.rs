//! What made a server stand for election, or ask who would vote for it.

use super::Trigger;
use crate::{
    raft::{Decision, Message, NodeId},
    sim::{Event, EventId, EventKind, Micros, Trace},
};

/// From a candidacy back to the timer that ran out: with pre-votes, a question and an answer lie between.
const STEPS: usize = 12;

/// What made a server stand for election, by the causes of its decision to.
pub fn trigger(trace: &Trace, stands: &Event) -> Trigger {
    for event in causes(trace, stands) {
        match event.kind {
            EventKind::Action(action) => return Trigger::Act(action),
            EventKind::Decided(Decision::AskedToRun { by }) => return Trigger::Asked(by),
            EventKind::Decided(Decision::VoteDenied { to, .. }) => return Trigger::Refusal(to),
            EventKind::TimerSet { .. } => return since(trace, event),
            _ => {}
        }
    }
    Trigger::Unknown
}

/// When a server that stands began to ask who would vote for it, if it asked first (thesis §9.6).
pub fn asked_first(trace: &Trace, stands: &Event) -> Option<Micros> {
    let is_question = |event: &&Event| matches!(event.kind, EventKind::Decided(Decision::PreVoteStarted { .. }));
    Some(causes(trace, stands).find(is_question)?.at)
}

/// Why a timer was started that ran out.
fn since(trace: &Trace, set: &Event) -> Trigger {
    if let Some(to) = voted(trace, set) {
        return Trigger::Vote(to, set.at);
    }
    for event in causes(trace, set) {
        return match event.kind {
            // What was started at that instant was started again as it was set.
            EventKind::Action(action) if action.is_own_setting() => match before(trace, set) {
                Some(earlier) => since(trace, earlier),
                None => Trigger::Act(action),
            },
            EventKind::Action(action) => Trigger::Act(action),
            EventKind::Decided(Decision::Started) => Trigger::Start(set.at),
            EventKind::Decided(Decision::ElectionStarted { term }) => Trigger::Again(term, set.at),
            EventKind::Decided(Decision::PreVoteStarted { .. }) => Trigger::AskedBefore(set.at),
            EventKind::Decided(Decision::SteppedDown(_)) => Trigger::SteppedDown(set.at),
            EventKind::Delivered {
                from,
                message: Message::AppendEntries { .. },
            } => Trigger::Silence(from, set.at),
            EventKind::Delivered { from, .. } => Trigger::Message(from, set.at),
            _ => continue,
        };
    }
    Trigger::Unknown
}

/// The start of the same server's timer at the same instant before this one.
fn before<'a>(trace: &'a Trace, set: &Event) -> Option<&'a Event> {
    /// An instant has few events.
    const SOUGHT: u64 = 500;
    let mut earlier = trace.range(EventId(set.id.0.saturating_sub(SOUGHT)), set.id);
    let is_start = |event: &&Event| {
        (event.at, event.server) == (set.at, set.server) && matches!(event.kind, EventKind::TimerSet { .. })
    };
    earlier.rfind(is_start)
}

/// To whom a server gave its vote when it started its timer: also one that stepped down in the same step.
fn voted(trace: &Trace, set: &Event) -> Option<NodeId> {
    let same_step = trace
        .range(set.id, EventId(u64::MAX))
        .take_while(|event| event.at == set.at);
    let mut own = same_step.filter(|event| event.server == set.server);
    own.find_map(|event| match event.kind {
        EventKind::Decided(Decision::VoteGranted {
            to, timer_reset: true, ..
        }) => Some(to),
        _ => None,
    })
}

/// What led to an event, the nearest first.
fn causes<'a>(trace: &'a Trace, event: &Event) -> impl Iterator<Item = &'a Event> {
    let cause = |event: &Event| trace.get(event.cause?);
    std::iter::successors(cause(event), move |event| cause(event)).take(STEPS)
}

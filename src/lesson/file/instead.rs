//! What happens in a run in place of what a step asks of it: so its author sees what could stand there.

use super::conditions::occurrence_words;
use crate::{
    lesson::{Condition, Occurrence, OccurrenceKind, Offer, RunState, predict::Unaskable},
    sim::{Event, EventId, EventKind, History, MarkKind, Micros},
};

/// So many things are named at most.
const MOST_NAMED: usize = 3;

/// What there is in a run instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Instead {
    /// This happens, in the words of files, each with its instant.
    Happens(Vec<(Micros, String)>),
    /// This happens, but before the step begins.
    Before(Vec<(Micros, String)>),
    /// Nothing of the kind happens.
    Nothing,
    /// Nothing can be asked, and why.
    Unaskable(Unaskable),
}

/// Something of the kind that was wanted.
struct NearEvent {
    at: Micros,
    event: EventId,
    is: Occurrence,
    /// How much of what was wanted is so of it.
    likeness: usize,
}

impl Instead {
    /// What comes nearest to a condition that is not met, of what happens up to the instant that is visited; the step began with this
    /// event. Nothing is said of what no event shows.
    pub(super) fn of_condition(condition: &Condition, history: &History, from: EventId) -> Option<Self> {
        let wanted = match *condition {
            Condition::Happened(wanted) => wanted,
            // Who leads, and when nobody does, shows in who was elected.
            Condition::Holds(
                RunState::Leader(_) | RunState::NoLeader | RunState::StaleLeader(_) | RunState::TwoLeaders,
            )
            | Condition::HeldFor(..) => Occurrence::any(OccurrenceKind::Elected),
            Condition::Holds(RunState::NoMajority | RunState::Rule(..)) | Condition::AtMost(..) => return None,
        };
        let near = match wanted.kind {
            OccurrenceKind::Does(_) => deeds(&wanted, history),
            _ => near(&wanted, history),
        };
        let (before, since): (Vec<_>, Vec<_>) = near.into_iter().partition(|near| near.event < from);
        Some(if !since.is_empty() {
            Self::Happens(named(&wanted, &since))
        } else if before.is_empty() {
            Self::Nothing
        } else {
            Self::Before(named(&wanted, &before))
        })
    }

    /// What comes nearest to an event that was to be offered, the latest first.
    pub(super) fn of_offer(offer: &Offer, history: &History) -> Self {
        let wanted = offer.occurrence();
        let mut near = match (offer, wanted.kind) {
            // Only what was done can be left out.
            (Offer::WhatIf(_), _) | (_, OccurrenceKind::Does(_)) => deeds(wanted, history),
            (Offer::Why(_), _) => near(wanted, history),
        };
        near.reverse();
        if near.is_empty() {
            return Self::Nothing;
        }
        Self::Happens(named(wanted, &near))
    }
}

/// What has happened of the kind that is wanted, the earlier first.
fn near(wanted: &Occurrence, history: &History) -> Vec<NearEvent> {
    use OccurrenceKind::{Breaks, SplitVote};
    if matches!(wanted.kind, SplitVote | Breaks(_)) {
        return marks(wanted, history);
    }
    let events = history.happened().filter_map(|event| {
        let is = Occurrence::of(event).filter(|is| is.kind == wanted.kind)?;
        Some(near_event(event, is, likeness(wanted, &is)))
    });
    events.collect()
}

const fn near_event(event: &Event, is: Occurrence, likeness: usize) -> NearEvent {
    NearEvent {
        at: event.at,
        event: event.id,
        is,
        likeness,
    }
}

/// The same of what shows in no single event.
fn marks(wanted: &Occurrence, history: &History) -> Vec<NearEvent> {
    use OccurrenceKind::{Breaks, SplitVote};
    let is = |kind| match (wanted.kind, kind) {
        (SplitVote, MarkKind::Split(term)) => Some(Occurrence {
            term: Some(term),
            ..Occurrence::any(SplitVote)
        }),
        (Breaks(_), MarkKind::Broken(violation)) => Some(Occurrence::any(Breaks(violation.property))),
        _ => None,
    };
    let until = history.world().next_event();
    let marks = history.roles().marks().filter(|mark| mark.event < until);
    let near = marks.filter_map(|mark| {
        Some(NearEvent {
            at: mark.at,
            event: mark.event,
            is: is(mark.kind)?,
            likeness: 0,
        })
    });
    near.collect()
}

/// What was done, by a reader or by the scene. That the servers start is done as well, but nobody means it.
fn deeds(wanted: &Occurrence, history: &History) -> Vec<NearEvent> {
    let (kind, server) = match wanted.kind {
        OccurrenceKind::Does(action) => (None, action.server()),
        kind => (Some(kind), wanted.server),
    };
    let done = history.happened().filter_map(|event| {
        let EventKind::Action(action) = event.kind else {
            return None;
        };
        let found = Occurrence::of(event).map(|is| is.kind);
        if event.at == Micros::ZERO && found == Some(OccurrenceKind::Starts) {
            return None;
        }
        let is_kind = kind.is_some() && found == kind;
        let is_there = server.is_some() && action.server() == server;
        let is = Occurrence::any(OccurrenceKind::Does(action));
        Some(near_event(event, is, 2 * usize::from(is_kind) + usize::from(is_there)))
    });
    done.collect()
}

/// How much of what is said of one thing is so of another.
fn likeness(wanted: &Occurrence, is: &Occurrence) -> usize {
    let same = [
        wanted.server.is_some() && wanted.server == is.server,
        wanted.other.is_some() && wanted.other == is.other,
        wanted.why.is_some() && wanted.why == is.why,
        wanted.term.is_some() && wanted.term == is.term,
    ];
    same.into_iter().filter(|same| *same).count()
}

/// Those that are most like what was wanted, in the words of files; what is said in the same words once.
fn named(wanted: &Occurrence, near: &[NearEvent]) -> Vec<(Micros, String)> {
    let most = near.iter().map(|near| near.likeness).max();
    let mut named: Vec<(Micros, String)> = Vec::new();
    for near in near.iter().filter(|near| Some(near.likeness) == most) {
        // Of most things nobody asks in which term they happen.
        let is_of_term = matches!(
            near.is.kind,
            OccurrenceKind::Elected | OccurrenceKind::Stands | OccurrenceKind::SplitVote
        );
        let term = near.is.term.filter(|_| is_of_term || wanted.term.is_some());
        let words = occurrence_words(&Occurrence { term, ..near.is });
        if !named.iter().any(|(_, other)| *other == words) {
            named.push((near.at, words));
        }
    }
    named.truncate(MOST_NAMED);
    named
}

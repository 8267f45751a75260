//! What happens if nobody does anything.

use super::Unaskable;
use crate::{
    raft::{Decision, NodeId, NodeSet, Term, Timer},
    sim::{Event, EventId, EventKind, Micros, Observer, World},
};

/// A stretch of the future: its events, and the world at its end.
pub(super) struct Outlook {
    pub(super) events: Vec<Event>,
    pub(super) world: World,
}

/// Writes down all that it hears.
struct EventNotes(Vec<Event>);

impl Observer for EventNotes {
    fn event(&mut self, event: &Event) {
        self.0.push(*event);
    }
}

impl Outlook {
    /// Events that a stretch has at most: enough for dozens of elections, and soon over.
    const MOST: u64 = 4000;

    /// Lets time run from a world on, to the end of the first instant that ends the stretch.
    ///
    /// # Errors
    /// If nothing ends it within so long.
    pub(super) fn until(
        start: &World,
        within: Micros,
        ends: impl Fn(&World, &[Event]) -> bool,
    ) -> Result<Self, Unaskable> {
        let (mut world, mut notes) = (start.clone(), EventNotes(Vec::new()));
        let last = EventId(world.next_event().0 + Self::MOST);
        let limit = start.now() + within;
        while let Some(at) = world.next_instant().filter(|at| *at <= limit) {
            let before = notes.0.len();
            if !world.run_some(at, last, &mut notes) {
                break;
            }
            if ends(&world, &notes.0[before..]) {
                let events = notes.0;
                return Ok(Self { events, world });
            }
        }
        Err(Unaskable::NothingHappens)
    }

    /// The first event that is one of these, with what it says.
    pub(super) fn first<T>(&self, of: impl Fn(&Event) -> Option<T>) -> Option<(&Event, T)> {
        self.events.iter().find_map(|event| Some((event, of(event)?)))
    }

    /// Who votes for a candidate in a term, besides those who have done so already.
    pub(super) fn new_voters(&self, candidate: NodeId, term: Term) -> NodeSet {
        let votes = self.events.iter().filter_map(|event| match event.kind {
            EventKind::Decided(Decision::VoteGranted { to, term: of, .. }) if (to, of) == (candidate, term) => {
                event.server
            }
            _ => None,
        });
        votes.collect()
    }

    /// When a server's election timer starts anew before an instant, and how.
    pub(super) fn restart(&self, server: NodeId, before: Micros) -> Option<Event> {
        let mine = self.events.iter().filter(|event| event.server == Some(server));
        let decision = |event: &&Event| {
            let decides = matches!(
                event.kind,
                EventKind::Decided(
                    Decision::VoteGranted { timer_reset: true, .. }
                        | Decision::HeartbeatAccepted { timer_reset: true, .. }
                )
            );
            decides && event.at < before
        };
        mine.copied().find(|event| decision(&event))
    }
}

/// The server whose election timer an event says has run out.
pub(super) fn times_out(event: &Event) -> Option<NodeId> {
    matches!(event.kind, EventKind::TimerFired(Timer::Election))
        .then_some(event.server)
        .flatten()
}

/// The server that an event says has won its term.
pub(super) fn wins(event: &Event) -> Option<NodeId> {
    matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }))
        .then_some(event.server)
        .flatten()
}

/// The term that an event says a server stands in from now on.
pub(super) const fn stands(event: &Event) -> Option<Term> {
    match event.kind {
        EventKind::Decided(Decision::ElectionStarted { term }) => Some(term),
        _ => None,
    }
}

//! What the reader has selected, asks about, and has taken hold of.

use std::rc::Rc;

use crate::sim::{EventId, History, InFlight, MessageId};
use crate::ui::explain::highlight::Highlight;

/// What the reader has selected, asks about, and has taken hold of; on ring, log, timeline and diagram at once.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    event: Option<EventId>,
    asked: Option<(EventId, Rc<Highlight>)>,
    taken: Option<InFlight>,
}

impl Selection {
    /// The event that is selected.
    #[must_use]
    pub const fn event(&self) -> Option<EventId> {
        self.event
    }

    /// The event that is asked about, and all that led to it.
    #[must_use]
    pub fn asked(&self) -> Option<(EventId, Rc<Highlight>)> {
        self.asked.clone()
    }

    /// What led to what is asked about; nothing if nothing is.
    #[must_use]
    pub fn lit(&self) -> Rc<Highlight> {
        self.asked.as_ref().map(|(_, lit)| lit.clone()).unwrap_or_default()
    }

    /// The message that the reader has taken hold of, as it was when it was last under way.
    #[must_use]
    pub const fn taken(&self) -> Option<InFlight> {
        self.taken
    }

    /// Selects an event, and asks about it; or neither.
    pub fn ask(&mut self, history: &History, event: Option<EventId>) {
        self.event = event;
        self.asked = event.map(|event| (event, Rc::new(Highlight::of(history, event))));
    }

    /// Selects an event of what led to the one that is asked about.
    pub const fn go_to(&mut self, event: EventId) {
        self.event = Some(event);
    }

    /// Takes hold of a message, or lets it go. Says whether there is one to hold.
    pub fn take(&mut self, history: &History, id: Option<MessageId>) -> bool {
        self.taken = id.and_then(|id| history.world().message(id).copied());
        if let Some(taken) = self.taken {
            self.event = Some(taken.sent);
        }
        self.taken.is_some()
    }

    /// Looks at the message that is held: it may be somewhere else now.
    pub fn follow(&mut self, history: &History) {
        if let Some(taken) = &mut self.taken {
            *taken = history.world().message(taken.id).copied().unwrap_or(*taken);
        }
    }

    /// Lets go of what is asked about if it did not happen in the branch that is shown now.
    pub fn keep_to_branch(&mut self, history: &History) {
        let is_gone = |(asked, lit): &(EventId, Rc<Highlight>)| {
            let now = Highlight::of(history, *asked);
            // Out of memory is not out of the branch.
            !now.chain.steps.is_empty() && now.chain.steps.first() != lit.chain.steps.first()
        };
        if self.asked.as_ref().is_some_and(is_gone) {
            self.ask(history, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        scenario::{Scenario, ScenarioId},
        sim::{Action, Micros},
    };

    /// Five servers, of which one has been elected.
    fn elected() -> History {
        let mut history = Scenario::new(ScenarioId::Free).start();
        history.advance(Micros::from_secs(1), 100_000);
        history
    }

    fn last_event(history: &History) -> EventId {
        EventId(history.trace().end().0 - 1)
    }

    #[test]
    fn what_is_asked_about_is_selected_and_lights_what_led_to_it() {
        let history = elected();
        let mut selection = Selection::default();
        let event = last_event(&history);
        selection.ask(&history, Some(event));
        assert_eq!(selection.event(), Some(event));
        assert!(selection.lit().contains(event));
        let cause = selection.lit().events[0];
        selection.go_to(cause);
        assert_eq!(selection.event(), Some(cause));
        assert_eq!(selection.asked().map(|(asked, _)| asked), Some(event), "that stays");
        selection.ask(&history, None);
        assert_eq!((selection.event(), selection.lit().events.len()), (None, 0));
    }

    #[test]
    fn what_is_asked_about_stays_in_its_branch() {
        let mut history = elected();
        let mut selection = Selection::default();
        selection.ask(&history, Some(last_event(&history)));
        selection.keep_to_branch(&history);
        assert!(selection.asked().is_some());
        // Another branch, in which something else happens.
        history.seek(Micros::from_millis(100));
        for server in NodeId::all(5) {
            history.act(Action::kill(server)).unwrap();
        }
        for server in NodeId::all(4) {
            history.act(Action::start(server)).unwrap();
        }
        history.advance(Micros::from_secs(9), 100_000);
        selection.keep_to_branch(&history);
        assert!(selection.asked().is_none());
    }

    #[test]
    fn a_message_that_has_arrived_is_held_as_it_was() {
        let mut history = elected();
        while history.world().in_flight().next().is_none() {
            let next = history.next_instant().expect("heartbeats");
            history.advance(next, 100);
        }
        let flight = *history.world().in_flight().next().expect("a message");
        let mut selection = Selection::default();
        assert!(selection.take(&history, Some(flight.id)));
        assert_eq!(selection.event(), Some(flight.sent));
        history.advance(flight.due_at + Micros::from_secs(1), 100_000);
        selection.follow(&history);
        assert_eq!(selection.taken(), Some(flight));
        assert!(!selection.take(&history, Some(flight.id)), "it is gone");
        assert!(selection.taken().is_none());
    }
}

//! What the reader has selected, asks about, and has taken hold of.

use std::rc::Rc;

use crate::{
    raft::NodeId,
    sim::{BranchId, Event, EventId, History, InFlight, MessageId},
    ui::{
        explain::{highlight::Highlight, story::Contest},
        run::answer::AnswerSide,
    },
};

/// An event that is selected. In another branch another event may have its number.
#[derive(Clone, Copy, Debug)]
struct Selected {
    id: EventId,
    /// As it was when it was last in memory.
    event: Option<Event>,
    /// Where it happened.
    branch: BranchId,
}

impl Selected {
    fn of(history: &History, id: EventId) -> Self {
        Self {
            id,
            event: history.trace().get(id).copied(),
            branch: history.current(),
        }
    }

    /// Whether it happens in the branch that is shown now as well.
    fn is_here(&self, history: &History) -> bool {
        let (Some(event), here) = (self.event, history.current()) else {
            return self.branch == history.current();
        };
        match history.trace().get(self.id) {
            Some(now) => *now == event,
            // Out of memory, or still to come, is not out of the branch.
            None if self.branch == here => true,
            // Until they part, two branches are the same.
            None => {
                let turning = || history.turning(self.branch, here);
                history.branch_info(self.branch).is_some() && turning().is_none_or(|turning| event.at < turning.at)
            }
        }
    }
}

/// What the reader has selected, asks about, and has taken hold of; on ring, log, timeline and diagram at once.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    event: Option<Selected>,
    asked: Option<(Selected, Rc<Highlight>)>,
    taken: Option<InFlight>,
}

impl Selection {
    /// The event that is selected.
    #[must_use]
    pub fn event(&self) -> Option<EventId> {
        self.event.map(|selected| selected.id)
    }

    /// The event that is asked about, and all that led to it.
    #[must_use]
    pub fn asked(&self) -> Option<(EventId, Rc<Highlight>)> {
        let (selected, lit) = self.asked.as_ref()?;
        Some((selected.id, lit.clone()))
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
        self.event = event.map(|event| Selected::of(history, event));
        self.asked = self
            .event
            .map(|event| (event, Rc::new(Highlight::of(history, event.id, None, None))));
    }

    /// Asks about an event with another beside it, and why a server still acts as leader.
    pub fn ask_beside(&mut self, history: &History, event: EventId, beside: Option<EventId>, acting: Option<NodeId>) {
        self.answer(history, event, Highlight::of(history, event, beside, acting));
    }

    /// Asks about an event whose explanation is known already.
    pub fn ask_with(&mut self, history: &History, event: EventId, sides: Vec<AnswerSide>) {
        self.answer(history, event, Highlight::over(sides));
    }

    /// Asks about an election that nobody has won, by this event.
    pub fn ask_election(&mut self, history: &History, event: EventId, election: &Contest) {
        self.answer(history, event, Highlight::of_election(history, election));
    }

    fn answer(&mut self, history: &History, event: EventId, lit: Highlight) {
        let event = Selected::of(history, event);
        self.event = Some(event);
        self.asked = Some((event, Rc::new(lit)));
    }

    /// Selects an event of what led to the one that is asked about.
    pub fn go_to(&mut self, history: &History, event: EventId) {
        self.event = Some(Selected::of(history, event));
    }

    /// Takes hold of a message, or lets it go. Says whether there is one to hold.
    pub fn take(&mut self, history: &History, id: Option<MessageId>) -> bool {
        self.taken = id.and_then(|id| history.world().message(id).copied());
        if let Some(taken) = self.taken {
            self.event = Some(Selected::of(history, taken.sent));
        }
        self.taken.is_some()
    }

    /// Looks at the message that is held: it may be somewhere else now.
    pub fn follow(&mut self, history: &History) {
        if let Some(taken) = &mut self.taken {
            *taken = history.world().message(taken.id).copied().unwrap_or(*taken);
        }
    }

    /// Lets go of what did not happen in the branch that is shown now: there, another event has its number.
    pub fn keep_to_branch(&mut self, history: &History) {
        if self.asked.as_ref().is_some_and(|(asked, _)| !asked.is_here(history)) {
            self.asked = None;
            self.event = None;
        }
        self.event = self.event.filter(|selected| selected.is_here(history));
        for selected in self.event.iter_mut().chain(self.asked.as_mut().map(|(asked, _)| asked)) {
            selected.branch = history.current();
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
        selection.go_to(&history, cause);
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

    /// Selecting, stepping back and acting makes a branch in which other events have the numbers of those that were ahead.
    #[test]
    fn what_is_selected_never_becomes_another_event() {
        let mut history = elected();
        let (mut ahead, mut behind) = (Selection::default(), Selection::default());
        let event = last_event(&history);
        let [late, early] = [event, EventId(7)].map(|id| *history.trace().get(id).expect("it happened"));
        ahead.ask(&history, Some(late.id));
        ahead.go_to(&history, late.id);
        behind.go_to(&history, early.id);
        let left = history.current();
        history.seek(Micros::from_millis(100));
        for selection in [&mut ahead, &mut behind] {
            selection.keep_to_branch(&history);
        }
        assert_eq!(ahead.event(), Some(late.id), "it is still ahead");
        history.act(Action::kill(NodeId::new(0))).unwrap();
        for selection in [&mut ahead, &mut behind] {
            selection.keep_to_branch(&history);
        }
        assert_eq!(
            (ahead.event(), ahead.asked().is_none()),
            (None, true),
            "it does not happen here"
        );
        assert_eq!(behind.event(), Some(early.id), "it happened before the branches part");
        history.advance(Micros::from_secs(9), 100_000);
        assert!(history.trace().get(late.id).is_some_and(|other| *other != late));
        // And back again: what happens only in the branch that was left is no event of this one either.
        ahead.go_to(&history, last_event(&history));
        history.switch_to(left);
        ahead.keep_to_branch(&history);
        assert_eq!(ahead.event(), None);
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

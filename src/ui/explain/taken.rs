//! The message that the reader has chosen, and its status.

use crate::sim::{Event, EventKind, History, InFlight, LostWhere, Micros};

/// What has become of a message by the instant that is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is under way, as it is now.
    UnderWay(InFlight),
    /// It arrived.
    Delivered(Micros),
    /// It waits at a paused server.
    Held(Micros),
    /// It was lost.
    Lost(Micros, LostWhere),
    /// It has not been sent yet, or is no longer remembered.
    Unsent,
}

impl Fate {
    /// How many events after its sending are searched for what became of a message; beyond, it is no longer remembered.
    const EVENTS_SOUGHT: usize = 50_000;

    /// What has become of a message that was under way once.
    #[must_use]
    pub fn of(history: &History, taken: &InFlight) -> Self {
        if let Some(flight) = history.world().message(taken.id) {
            return Self::UnderWay(*flight);
        }
        let trace = history.trace();
        // In another branch, another event may have this number.
        if !trace.get(taken.sent).is_some_and(|event| is_sending(event, taken)) {
            return Self::Unsent;
        }
        let mut held = Self::Unsent;
        let since = trace.range(taken.sent, history.world().next_event());
        for event in since.take(Self::EVENTS_SOUGHT) {
            match event.kind {
                _ if event.cause != Some(taken.sent) => {}
                EventKind::Delivered { .. } => return Self::Delivered(event.at),
                EventKind::Lost { place, .. } => return Self::Lost(event.at, place),
                EventKind::Held { .. } => held = Self::Held(event.at),
                _ => {}
            }
        }
        held
    }
}

fn is_sending(event: &Event, taken: &InFlight) -> bool {
    let (EventKind::Sent { to, message, .. } | EventKind::Duplicated { to, message, .. }) = event.kind else {
        return false;
    };
    (event.server, to, message) == (Some(taken.from()), taken.to(), taken.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Action, Config};

    #[test]
    fn a_message_that_was_taken_is_followed_to_its_end() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        while history.world().in_flight().count() < 3 {
            history.step();
        }
        let flights: Vec<_> = history.world().in_flight().copied().collect();
        let sent_at = history.now();
        history.act(Action::drop_message(flights[0].id)).unwrap();
        assert_eq!(Fate::of(&history, &flights[0]), Fate::Lost(sent_at, LostWhere::Dropped));
        assert_eq!(Fate::of(&history, &flights[1]), Fate::UnderWay(flights[1]));
        history.seek(flights[1].due_at);
        assert_eq!(Fate::of(&history, &flights[1]), Fate::Delivered(flights[1].due_at));
        history.seek(Micros(sent_at.0 - 1));
        assert_eq!(Fate::of(&history, &flights[1]), Fate::Unsent);
    }

    #[test]
    fn a_message_waits_at_a_paused_server_until_it_resumes() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        while history.world().in_flight().next().is_none() {
            history.step();
        }
        let flight = *history.world().in_flight().next().unwrap();
        history.act(Action::pause(flight.to())).unwrap();
        history.seek(flight.due_at + Micros(1));
        assert_eq!(Fate::of(&history, &flight), Fate::Held(flight.due_at));
        history.act(Action::resume(flight.to())).unwrap();
        assert_eq!(Fate::of(&history, &flight), Fate::Delivered(history.now()));
    }

    #[test]
    fn in_a_branch_where_it_was_never_sent_nothing_becomes_of_it() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        while history.world().in_flight().next().is_none() {
            history.step();
        }
        let flight = *history.world().in_flight().next().unwrap();
        history.seek(flight.due_at);
        history.seek(Micros::ZERO);
        history.act(Action::kill(flight.from())).unwrap();
        history.seek(Micros::from_secs(2));
        assert!(
            history.world().next_event() > flight.sent,
            "another event has its number"
        );
        assert_eq!(Fate::of(&history, &flight), Fate::Unsent);
    }
}

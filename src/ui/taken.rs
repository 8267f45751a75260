//! A message that the reader has taken hold of, and what becomes of it.

use crate::sim::{EventKind, History, InFlight, LostWhere, Micros};

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
    /// What has become of a message that was under way once.
    #[must_use]
    pub fn of(history: &History, taken: &InFlight) -> Self {
        if let Some(flight) = history.world().message(taken.id) {
            return Self::UnderWay(*flight);
        }
        let trace = history.trace();
        let mut since = trace.range(taken.sent, history.world().next_event()).rev();
        let end = since.find_map(|event| match event.kind {
            _ if event.cause != Some(taken.sent) => None,
            EventKind::Delivered { .. } => Some(Self::Delivered(event.at)),
            EventKind::Held { .. } => Some(Self::Held(event.at)),
            EventKind::Lost { place, .. } => Some(Self::Lost(event.at, place)),
            _ => None,
        });
        end.unwrap_or(Self::Unsent)
    }
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
        history.act(Action::DropMessage(flights[0].id)).unwrap();
        assert_eq!(Fate::of(&history, &flights[0]), Fate::Lost(sent_at, LostWhere::Dropped));
        assert_eq!(Fate::of(&history, &flights[1]), Fate::UnderWay(flights[1]));
        history.seek(flights[1].due_at);
        assert_eq!(Fate::of(&history, &flights[1]), Fate::Delivered(flights[1].due_at));
        history.seek(Micros(sent_at.0 - 1));
        assert_eq!(Fate::of(&history, &flights[1]), Fate::Unsent);
    }
}

//! From one event to another by the arrow keys.

use crate::{
    raft::NodeId,
    sim::{Event, EventId, EventKind, History, Trace},
    ui::svg::diagram::index::Index,
};

/// Where to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The event before on the same server.
    Up,
    /// The event after it.
    Down,
    /// Along a message to the left; else to the server on the left.
    Left,
    /// The same to the right.
    Right,
    /// The first event.
    First,
    /// The newest event.
    Last,
}

impl Direction {
    /// What a key stands for.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "ArrowLeft" => Self::Left,
            "ArrowRight" => Self::Right,
            "Home" => Self::First,
            "End" => Self::Last,
            _ => return None,
        })
    }
}

/// The event that a step leads to, if it leads anywhere. From nothing, every step leads to the newest event but
/// [`Direction::First`].
#[must_use]
pub fn step(index: &Index, history: &History, from: Option<EventId>, way: Direction) -> Option<EventId> {
    let walk = Walk { index, history };
    let trace = history.trace();
    let event = from
        .filter(|id| *id < history.world().next_event())
        .and_then(|id| trace.get(id));
    match (way, event) {
        (Direction::First, _) => walk.after(trace.first(), |_| true),
        (Direction::Last, _) | (_, None) => walk.before(history.world().next_event(), |_| true),
        (Direction::Up, Some(event)) => walk.before(event.id, |other| other.server == event.server),
        (Direction::Down, Some(event)) => walk.after(EventId(event.id.0 + 1), |other| other.server == event.server),
        (Direction::Left, Some(event)) => walk.sideways(event, -1),
        (Direction::Right, Some(event)) => walk.sideways(event, 1),
    }
}

struct Walk<'a> {
    index: &'a Index,
    history: &'a History,
}

impl Walk<'_> {
    fn trace(&self) -> &Trace {
        self.history.trace()
    }

    fn after(&self, from: EventId, wanted: impl Fn(&Event) -> bool) -> Option<EventId> {
        let mut events = self.trace().range(from, self.history.world().next_event());
        events
            .find(|event| wanted(event) && self.index.lists(event))
            .map(|event| event.id)
    }

    fn before(&self, end: EventId, wanted: impl Fn(&Event) -> bool) -> Option<EventId> {
        let mut events = self.trace().range(self.trace().first(), end).rev();
        events
            .find(|event| wanted(event) && self.index.lists(event))
            .map(|event| event.id)
    }

    /// Along the message if it goes that way, else to the nearest event in time on the server beside.
    fn sideways(&self, event: &Event, side: isize) -> Option<EventId> {
        self.along(event, side).or_else(|| self.beside(event, side))
    }

    fn along(&self, event: &Event, side: isize) -> Option<EventId> {
        let journey = self.index.journey_of(event)?;
        let forward = (journey.to > journey.from) == (side > 0);
        if forward {
            let stops = [journey.held, journey.end].into_iter().flatten();
            stops.map(|stop| stop.event).find(|stop| *stop > event.id)
        } else if matches!(event.kind, EventKind::Sent { .. } | EventKind::Duplicated { .. }) {
            None
        } else {
            Some(journey.sent)
        }
    }

    fn beside(&self, event: &Event, side: isize) -> Option<EventId> {
        let size = self.history.world().servers().len();
        let number = match event.server {
            Some(server) => server.number().checked_add_signed(side)?,
            // What was done to the whole cluster stands left of all servers.
            None if side > 0 => 1,
            None => return None,
        };
        let server = NodeId::from_number(number).filter(|server| server.index() < size)?;
        let on_it = |other: &Event| other.server == Some(server);
        let later = self.after(event.id, on_it);
        let earlier = self.before(event.id, on_it);
        let apart = |id: EventId| {
            let at = self.trace().get(id).map(|other| other.at).unwrap_or_default();
            (at - event.at).0.max((event.at - at).0)
        };
        match (earlier, later) {
            (Some(earlier), Some(later)) if apart(earlier) < apart(later) => Some(earlier),
            (earlier, later) => later.or(earlier),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::Scenario,
        sim::{Action, Micros},
    };
    use std::collections::BTreeSet;

    fn run() -> (History, Index) {
        let mut history = Scenario::free(5, 7).start();
        history.seek(Micros::from_millis(400));
        history.act(Action::heal_all()).unwrap();
        history.seek(Micros::from_millis(450));
        let mut index = Index::new(false);
        index.sync(&history, 0);
        (history, index)
    }

    #[test]
    fn up_and_down_visit_every_event_of_a_server_and_come_back() {
        let (history, index) = run();
        let end = history.world().next_event();
        let of_server = |event: &&Event| event.server == Some(NodeId::new(2)) && index.lists(event);
        let events: Vec<_> = history.trace().range(EventId(0), end).filter(of_server).collect();
        for pair in events.windows(2) {
            assert_eq!(
                step(&index, &history, Some(pair[0].id), Direction::Down),
                Some(pair[1].id)
            );
            assert_eq!(
                step(&index, &history, Some(pair[1].id), Direction::Up),
                Some(pair[0].id)
            );
        }
        assert_eq!(step(&index, &history, Some(events[0].id), Direction::Up), None);
    }

    #[test]
    fn left_and_right_follow_a_message_there_and_back() {
        let (history, index) = run();
        for journey in index.journeys(Micros::ZERO, Micros::NEVER) {
            let Some(end) = journey.end else { continue };
            let (there, back) = if journey.to > journey.from {
                (Direction::Right, Direction::Left)
            } else {
                (Direction::Left, Direction::Right)
            };
            assert_eq!(step(&index, &history, Some(journey.sent), there), Some(end.event));
            assert_eq!(step(&index, &history, Some(end.event), back), Some(journey.sent));
        }
    }

    #[test]
    fn every_event_can_be_reached_by_steps() {
        let (history, index) = run();
        let mut reached = BTreeSet::new();
        let mut open: Vec<_> = step(&index, &history, None, Direction::Down).into_iter().collect();
        while let Some(event) = open.pop() {
            if reached.insert(event) {
                let ways = [
                    Direction::Up,
                    Direction::Down,
                    Direction::Left,
                    Direction::Right,
                    Direction::First,
                    Direction::Last,
                ];
                open.extend(ways.iter().filter_map(|way| step(&index, &history, Some(event), *way)));
            }
        }
        let all = history.trace().range(EventId(0), history.world().next_event());
        let servers_listed = all.filter(|event| event.server.is_some() && index.lists(event));
        for event in servers_listed {
            assert!(reached.contains(&event.id), "{event:?}");
        }
    }
}

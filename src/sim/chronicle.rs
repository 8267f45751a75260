//! Who was what when: the roles of all servers over a whole run, for a timeline.

use std::collections::VecDeque;

use super::{Action, Event, EventId, EventKind, Micros};
use crate::raft::{MAX_SERVERS, NodeId, Note, Role, Term};

/// What a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does not run.
    Down,
    /// It is paused.
    Paused,
    /// It runs in this role.
    Runs(Role),
}

/// From when on a server is what; until its next stretch begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// When it began.
    pub from: Micros,
    /// What it is since.
    pub standing: Standing,
    event: EventId,
}

/// When the first server ran for a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermStart {
    /// When.
    pub at: Micros,
    /// Which term.
    pub term: Term,
    event: EventId,
}

/// The stretches of all servers and the starts of all terms of a branch. The oldest are dropped once there are too many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chronicle {
    lanes: [VecDeque<Stretch>; MAX_SERVERS],
    terms: VecDeque<TermStart>,
    /// Events before this one are in it; they come again when the past is visited.
    heard: u64,
    changes: u64,
}

impl Chronicle {
    /// Stretches kept for a server, and starts of terms kept.
    pub const CAPACITY: usize = 10_000;

    /// What a server was, the oldest first. Before the first stretch it was down, unless older ones were dropped.
    pub fn lane(&self, server: NodeId) -> impl ExactSizeIterator<Item = &Stretch> {
        self.lanes[server.index()].iter()
    }

    /// When terms began, the oldest first.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = &TermStart> {
        self.terms.iter()
    }

    /// Grows whenever something is added or forgotten.
    #[must_use]
    pub const fn changes(&self) -> u64 {
        self.changes
    }

    pub(super) fn hear(&mut self, event: &Event) {
        if event.id.0 < self.heard {
            return;
        }
        self.heard = event.id.0 + 1;
        if let EventKind::Noted(Note::ElectionStarted { term }) = event.kind {
            self.hear_of_term(event, term);
        }
        if let (Some(server), Some(standing)) = (event.server, standing_after(event)) {
            let stretch = Stretch {
                from: event.at,
                standing,
                event: event.id,
            };
            let lane = &mut self.lanes[server.index()];
            if lane.back().is_none_or(|last| last.standing != standing) {
                keep(lane, stretch);
                self.changes += 1;
            }
        }
    }

    fn hear_of_term(&mut self, event: &Event, term: Term) {
        if self.terms.back().is_none_or(|last| last.term < term) {
            let start = TermStart {
                at: event.at,
                term,
                event: event.id,
            };
            keep(&mut self.terms, start);
            self.changes += 1;
        }
    }

    /// Forgets what happened from this event on.
    pub(super) fn truncate(&mut self, end: EventId) {
        for lane in &mut self.lanes {
            while lane.back().is_some_and(|stretch| stretch.event >= end) {
                lane.pop_back();
            }
        }
        while self.terms.back().is_some_and(|start| start.event >= end) {
            self.terms.pop_back();
        }
        self.heard = self.heard.min(end.0);
        self.changes += 1;
    }
}

fn keep<T>(list: &mut VecDeque<T>, item: T) {
    if list.len() >= Chronicle::CAPACITY {
        list.pop_front();
    }
    list.push_back(item);
}

/// What a server is from this event on, if it changes it.
fn standing_after(event: &Event) -> Option<Standing> {
    match event.kind {
        EventKind::Action(Action::Kill(_) | Action::WipeDisk(_)) => Some(Standing::Down),
        EventKind::Action(Action::Pause(_)) => Some(Standing::Paused),
        EventKind::Action(Action::Resume(_)) => Some(Standing::Runs(event.role)),
        EventKind::Noted(Note::Started | Note::SteppedDown(_)) => Some(Standing::Runs(Role::Follower)),
        EventKind::Noted(Note::ElectionStarted { .. }) => Some(Standing::Runs(Role::Candidate)),
        EventKind::Noted(Note::ElectionWon { .. }) => Some(Standing::Runs(Role::Leader)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::{Config, History};

    const S1: NodeId = NodeId::new(0);

    /// What the chronicle should say now, by the world itself.
    fn now(history: &History, server: NodeId) -> Standing {
        let server = history.world().server(server);
        match server.process() {
            crate::sim::Process::Down => Standing::Down,
            crate::sim::Process::Paused => Standing::Paused,
            crate::sim::Process::Running => Standing::Runs(server.node().role()),
        }
    }

    /// Starts what is down; answers the action that resumes what is paused.
    fn all_up(history: &mut History) -> Action {
        for server in NodeId::all(5) {
            let _ = history.act(Action::Start(server));
        }
        let paused = NodeId::all(5).find(|server| now(history, *server) == Standing::Paused);
        Action::Resume(paused.unwrap_or(S1))
    }

    fn agrees(history: &History) {
        for (server, _) in history.world().servers() {
            let last = history.chronicle().lane(server).last().map(|stretch| stretch.standing);
            assert_eq!(last, Some(now(history, server)), "{server} at {}", history.now());
        }
    }

    #[test]
    fn it_says_of_each_server_what_the_world_says() {
        let mut history = History::new(Config::paper(5), 3, &[]).unwrap();
        for step in 0..1000 {
            history.step();
            let leader = history.world().leader().unwrap_or(S1);
            let action = match step % 200 {
                20 => Action::Kill(leader),
                120 => Action::Pause(leader),
                25 | 125 => all_up(&mut history),
                _ => continue,
            };
            let _ = history.act(action);
            agrees(&history);
        }
        assert!(history.chronicle().terms().len() > 1);
    }

    #[test]
    fn visiting_the_past_changes_nothing_and_forking_forgets_the_future() {
        let mut history = History::new(Config::paper(5), 3, &[]).unwrap();
        history.seek(Micros::from_millis(400));
        let before = history.chronicle().clone();
        history.seek(Micros::from_millis(100));
        assert_eq!(history.chronicle(), &before);
        history.act(Action::Kill(S1)).unwrap();
        agrees(&history);
        history.switch_to(crate::sim::BranchId(0));
        assert_eq!(history.chronicle(), &before);
    }
}

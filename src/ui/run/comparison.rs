//! Two futures under one clock: the branch that the reader is in and another, and how they differ. Knows no browser.

use crate::{
    raft::{NodeId, NodeSet},
    scenario::lablog::{self, Line},
    short_sort::sorted_by_key,
    sim::{BranchId, Difference, Event, EventId, History, Micros, Parting, Process, Server, Side},
};

/// Another branch beside the one that the reader is in.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// A history of its own of the other branch.
    there: History,
    here: BranchId,
    difference: Difference,
    /// Whether there was more to run through than one step does.
    behind: bool,
    steps: Steps,
}

/// The code that compares. A comparison brings it along: the page's first part keeps one up to date where there is one, and is
/// lighter if only what begins to compare names the code for it.
#[derive(Clone, Copy, Debug)]
struct Steps {
    go_to: fn(&mut Comparison, Micros) -> bool,
    anew: fn(Comparison, &History) -> Option<Comparison>,
}

/// A line of the log that one of the two futures has alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DifferingLine {
    /// The event that it belongs to.
    pub event: EventId,
    /// When.
    pub at: Micros,
    /// Whether it is of the branch that the reader is in.
    pub here: bool,
    /// Whose.
    pub server: NodeId,
    /// What it says.
    pub line: Line,
}

impl Comparison {
    /// The most events that the other future runs through at a time: more than the reader's own, whose clock it shares.
    const MOST_EVENTS: u64 = 2_000_000;
    /// The most events that are compared at a time: about a frame's share.
    const MOST_COMPARED: u64 = 100_000;
    /// Events of a future that are looked through for lines.
    const SOUGHT: usize = 20_000;

    /// The branch that is visited beside another one, both now. `None` if there is nothing to compare.
    #[must_use]
    pub fn between(history: &History, with: BranchId) -> Option<Self> {
        history.branch_info(with)?;
        let here = history.current();
        let mut comparison = Self {
            difference: Difference::between(history, with, here)?,
            there: history.twin(with),
            here,
            behind: false,
            steps: Steps {
                go_to: Self::run_to,
                anew: Self::begun_anew,
            },
        };
        comparison.go_to(history.now());
        Some(comparison)
    }

    /// The branch that the reader is in.
    #[must_use]
    pub const fn here(&self) -> BranchId {
        self.here
    }

    /// The other branch.
    #[must_use]
    pub const fn there(&self) -> BranchId {
        self.there.current()
    }

    /// The other future.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.there
    }

    /// The same after something was done in the branch that the reader is in, or between the branches that are left.
    #[must_use]
    pub fn anew(self, history: &History) -> Option<Self> {
        (self.steps.anew)(self, history)
    }

    fn begun_anew(mut self, history: &History) -> Option<Self> {
        let current = history.current();
        if current == self.here && self.difference.follow(history) {
            self.go_to(history.now());
            Some(self)
        } else if self.there() == current {
            Self::between(history, self.here)
        } else {
            Self::between(history, self.there())
        }
    }

    /// Lets the other future be where the reader is. Says whether anything happened in it.
    pub fn go_to(&mut self, now: Micros) -> bool {
        (self.steps.go_to)(self, now)
    }

    fn run_to(&mut self, now: Micros) -> bool {
        let before = self.there.world().next_event();
        let arrived = if now <= self.there.end() {
            self.there.seek(now);
            true
        } else {
            self.there.advance(now, Self::MOST_EVENTS)
        };
        let compared = self.difference.advance(now, Self::MOST_COMPARED);
        self.behind = !(arrived && compared);
        self.there.world().next_event() != before
    }

    /// Whether [`Self::go_to`] has to be called again to get there.
    #[must_use]
    pub const fn is_behind(&self) -> bool {
        self.behind
    }

    /// The last instant before now at which something happened in the other future.
    pub fn previous_instant(&mut self) -> Option<Micros> {
        self.there.previous_instant()
    }

    /// Where the futures part, the other one's event first; if that is not still to come.
    #[must_use]
    pub fn parting(&self) -> Option<Parting> {
        self.difference.first()
    }

    /// Where a server first decides otherwise, the other one's event first.
    #[must_use]
    pub fn first_decision(&self) -> Option<Parting> {
        self.difference.first_decision()
    }

    /// Whether an event of the branch that the reader is in does not happen in the other.
    #[must_use]
    pub fn differs_here(&self, event: EventId) -> bool {
        self.difference.differs(Side::Other, event)
    }

    /// Whether an event of the other branch does not happen in the one that the reader is in.
    #[must_use]
    pub fn differs_there(&self, event: EventId) -> bool {
        self.difference.differs(Side::One, event)
    }

    /// The servers that are something else, or know something else, in the two futures now.
    #[must_use]
    pub fn differing_servers(&self, here: &History) -> NodeSet {
        let there = self.there.world();
        let servers = here.world().servers();
        let differing = servers.filter(|(id, server)| standing(server) != standing(there.server(*id)));
        differing.map(|(id, _)| id).collect()
    }

    /// The last lines up to now that one of the futures has alone, the oldest first.
    #[must_use]
    pub fn lines(&self, here: &History, most: usize) -> Vec<DifferingLine> {
        let ours = differing_lines(here, true, most, |event| self.differs_here(event));
        let theirs = differing_lines(&self.there, false, most, |event| self.differs_there(event));
        // What the other future says at an instant comes first: both lists are in order.
        let mut lines = sorted_by_key(ours.into_iter().chain(theirs), |line| (line.at, line.here));
        lines.split_off(lines.len().saturating_sub(most))
    }
}

/// What others see of a server: all but its timers.
fn standing(server: &Server) -> impl PartialEq {
    let node = server.node();
    let runs = server.process() != Process::Down;
    (
        server.process(),
        runs.then(|| (node.role(), node.term(), node.voted_for(), node.votes(), node.leader())),
        server.disk(),
    )
}

fn differing_lines(
    history: &History,
    here: bool,
    most: usize,
    differs: impl Fn(EventId) -> bool,
) -> Vec<DifferingLine> {
    let differing = history
        .happened()
        .rev()
        .take(Comparison::SOUGHT)
        .filter(|event| differs(event.id))
        .filter_map(|event: &Event| Some((event, event.server?)));
    let lines = differing.flat_map(|(event, server)| {
        let mut lines: Vec<_> = lablog::lines(event).iter().collect();
        lines.reverse();
        lines.into_iter().map(move |line| DifferingLine {
            event: event.id,
            at: event.at,
            here,
            server,
            line,
        })
    });
    let mut lines: Vec<_> = lines.take(most).collect();
    lines.reverse();
    lines
}

//! What was done to a world and when, and the way back to any instant of it.
//!
//! A [`History`] has two parts, and neither uses the other: a line of events that can be visited at any instant (`replay`, made
//! of snapshots), and the tree of branches (`tree`). It visits the line of the current branch and keeps the lines of the other
//! branches beside it. Links and files hold a [`Recording`] of it.

mod branches;
mod journal;
mod recording;
mod replay;
mod snapshot;
mod tree;

pub use branches::{Acted, Turning};
pub use journal::Entry;
pub use recording::{BranchRecord, Recording, ReplayError};
pub use replay::Memory;
pub use snapshot::Incident;
pub use tree::{BranchId, BranchInfo};

use self::{
    replay::{Replay, ReplayLine},
    tree::BranchTree,
};
use super::{Action, Config, ConfigError, Event, Measures, Micros, Refused, RoleTimeline, Trace, World};
use crate::{
    raft::{NodeSet, Term},
    safety::Monitor,
};

/// A run with its past, and other runs that branched off it.
///
/// Its [`Memory`] is bounded but for the journal (what the reader did) and the number of branches.
#[derive(Clone, Debug)]
pub struct History {
    tree: BranchTree,
    /// The line of the current branch.
    replay: Replay,
    /// The lines of the other branches. A vector: there are few, and the code of a map would only add to the page's weight.
    others: Vec<OtherLine>,
    /// What the scenario does, in order of time.
    script: Vec<Entry>,
}

/// What was done in the current branch up to now, as it was meant.
struct Meant<'a> {
    history: &'a History,
    /// Which entry of the journal is next, and which of the servers that it concerned.
    place: usize,
    within: usize,
}

impl Iterator for Meant<'_> {
    type Item = (Micros, Action);

    fn next(&mut self) -> Option<Self::Item> {
        let Replay { line, snapshot, .. } = &self.history.replay;
        while self.place < snapshot.applied {
            let entry = line.journal[self.place];
            let next = entry.action.upon(line.outcomes.concerned(self.place), self.within);
            if let Some(action) = next.filter(|_| line.outcomes.refusal(self.place).is_none()) {
                self.within += 1;
                return Some((entry.at, action));
            }
            (self.place, self.within) = (self.place + 1, 0);
        }
        None
    }
}

/// The line of a branch that is not visited now.
#[derive(Clone, Debug)]
struct OtherLine {
    branch: BranchId,
    line: ReplayLine,
    /// Whether it has run as far as its branch says. One from a link has not until it is visited.
    has_run: bool,
}

impl History {
    /// A run at time 0, with the actions that a script will do, in any order.
    ///
    /// # Errors
    /// If the configuration is not valid.
    pub fn new(config: Config, seed: u64, script: &[(Micros, Action)]) -> Result<Self, ConfigError> {
        Self::with_memory(config, seed, script, Memory::default())
    }

    /// The same, keeping more or less of it at hand.
    ///
    /// # Errors
    /// If the configuration is not valid.
    pub fn with_memory(
        config: Config,
        seed: u64,
        script: &[(Micros, Action)],
        memory: Memory,
    ) -> Result<Self, ConfigError> {
        let entry = |&(at, action)| Entry {
            at,
            action,
            scripted: true,
        };
        let script = Entry::sorted(script.iter().map(entry));
        let mut replay = Replay::new(config, seed, script.clone(), memory)?;
        replay.run_to(Micros::ZERO);
        Ok(Self {
            tree: BranchTree::new(),
            replay,
            others: Vec::new(),
            script,
        })
    }

    /// The world at the instant that is being visited.
    #[must_use]
    pub const fn world(&self) -> &World {
        &self.replay.snapshot.world
    }

    /// The cluster before it started.
    #[must_use]
    pub const fn started_with(&self) -> &Config {
        &self.replay.config
    }

    /// The instant that is being visited.
    #[must_use]
    pub const fn now(&self) -> Micros {
        self.replay.now()
    }

    /// How far the current branch has run.
    #[must_use]
    pub fn end(&self) -> Micros {
        self.tree.expect(self.current()).end
    }

    /// The current branch.
    #[must_use]
    pub const fn current(&self) -> BranchId {
        self.tree.current()
    }

    /// The events that are in memory; those from [`World::next_event`] on lie in the future of the instant being visited.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.replay.trace
    }

    /// What has happened up to the instant being visited, as far as it is in memory, the oldest first.
    pub fn happened(&self) -> impl DoubleEndedIterator<Item = &Event> {
        let trace = self.trace();
        trace.range(trace.first(), self.world().next_event())
    }

    /// The role of each server over time in the current branch, as far as it has run.
    #[must_use]
    pub fn roles(&self) -> &RoleTimeline {
        &self.replay.line.roles
    }

    /// How many checkpoints the current branch has.
    #[must_use]
    pub fn checkpoints(&self) -> usize {
        self.replay.line.checkpoints.len()
    }

    /// What was broken so far: the first hundred, and the first time that each property was.
    #[must_use]
    pub fn incidents(&self) -> &[Incident] {
        &self.replay.snapshot.incidents
    }

    /// How long the current branch was without a leader up to now, and what elections cost it. Exact at any instant that is
    /// visited, and free.
    #[must_use]
    pub fn measures(&self) -> Measures {
        self.replay.snapshot.meter.measures(self.now())
    }

    /// Who began to stand for election in a term when it could have won, up to now.
    #[must_use]
    pub fn contenders(&self, term: Term) -> NodeSet {
        self.replay.snapshot.meter.contenders(term)
    }

    /// Whether contention for the votes of a term keeps each who could have won it from a majority, up to now.
    #[must_use]
    pub fn is_split(&self, term: Term) -> bool {
        self.replay.snapshot.meter.is_split(term)
    }

    /// What watches the run, as it is now.
    #[must_use]
    pub const fn monitor(&self) -> &Monitor {
        &self.replay.snapshot.monitor
    }

    /// What was done in the current branch up to now, by script or reader, as it was planned, without what had no effect.
    pub fn done(&self) -> impl Iterator<Item = (Micros, Action)> {
        let done = self
            .tried()
            .filter(|(place, _)| self.replay.line.outcomes.refusal(*place).is_none());
        done.map(|(_, entry)| (entry.at, entry.action))
    }

    /// The same as it was meant: what was done by role was done to each server that it concerned.
    pub fn actions(&self) -> impl Iterator<Item = (Micros, Action)> {
        Meant {
            history: self,
            place: 0,
            within: 0,
        }
    }

    /// What had no effect in the current branch up to now, as it was meant when its time came, and why.
    pub fn refusals(&self) -> impl Iterator<Item = (Entry, Refused)> {
        let branch = self.current();
        self.tried().filter_map(move |(place, entry)| {
            let why = self.refusal(branch, place)?;
            let action = self.meant_as_one(branch, place);
            Some((Entry { action, ..*entry }, why))
        })
    }

    /// The entries of the journal up to now, by their places.
    fn tried(&self) -> impl Iterator<Item = (usize, &Entry)> {
        let line = &self.replay.line;
        (0..).zip(&line.journal[..self.replay.snapshot.applied])
    }

    /// When the next action is due that the script plans, or that was done here before the time was moved back.
    #[must_use]
    pub fn next_planned(&self) -> Option<Micros> {
        self.replay.next_planned()
    }

    /// When the next thing happens, by itself or by script.
    #[must_use]
    pub fn next_instant(&self) -> Option<Micros> {
        self.replay.next_instant()
    }

    /// Goes to the next instant at which something happens. Says whether there is one.
    pub fn step(&mut self) -> bool {
        match self.next_instant() {
            Some(at) => {
                self.run_to(at);
                true
            }
            None => false,
        }
    }

    /// With so many messages under way, an event takes about twice as long as with none.
    const FLOOD: u64 = 128;

    /// Runs forward to an instant, or to an earlier one where more than so many events have happened on the way: a bad enough
    /// configuration has more of them in a moment than anyone can wait for. In a flood of messages each event takes longer, so
    /// it counts more. Says whether it got there.
    pub fn advance(&mut self, until: Micros, most: u64) -> bool {
        self.advance_while(until, most, |_| true)
    }

    /// The same, but no further than to the first instant on the way after which it shall not go on.
    pub fn advance_while(&mut self, until: Micros, most: u64, go_on: impl Fn(&Self) -> bool) -> bool {
        let mut limit = self.world().next_event().0.saturating_add(most);
        while let Some(next) = self.next_instant().filter(|next| *next <= until) {
            let event = self.world().next_event().0;
            if event > limit {
                return false;
            }
            self.seek(next);
            if !go_on(self) {
                return false;
            }
            let happened = self.world().next_event().0.saturating_sub(event);
            let flood = self.world().in_flight().count() as u64 / Self::FLOOD;
            limit = limit.saturating_sub(happened.saturating_mul(flood));
        }
        self.seek(until.max(self.now()));
        true
    }

    /// Goes back to the instant before this one at which something happened. Says whether there is one.
    pub fn step_back(&mut self) -> bool {
        match self.previous_instant() {
            Some(at) => {
                self.seek(at);
                true
            }
            None => false,
        }
    }

    /// The last instant before this one at which something happened. Looking for it may make the trace anew from further back.
    pub fn previous_instant(&mut self) -> Option<Micros> {
        self.replay.previous_instant()
    }

    /// Visits an instant, past or future; all that is due at it has happened.
    pub fn seek(&mut self, at: Micros) {
        self.replay.seek(at);
        self.note_end();
    }

    /// Runs forward to an instant that is not in the past of the one being visited.
    fn run_to(&mut self, at: Micros) {
        self.replay.run_to(at);
        self.note_end();
    }

    /// The current branch has run as far as this.
    fn note_end(&mut self) {
        let now = self.now();
        let about = self.tree.current_mut();
        about.end = about.end.max(now);
    }
}

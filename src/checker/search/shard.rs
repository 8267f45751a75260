//! The part of a search that can be done at the same time as others.

use std::sync::Arc;

use super::{
    Options,
    visited::{Recent, Visited},
};
use crate::{
    checker::{Coverage, Model, State, commute::StepSet, model::Choice, symmetry::RenamingNumber},
    safety::Properties,
};

/// States that a shard expands before what it found is handed over.
const ROUND: usize = 1024;

/// States that are looked up at once.
const BATCH: usize = 32;

/// A state that was found, and from where.
#[derive(Debug)]
pub(super) struct Found {
    pub state: State,
    pub fingerprint: u64,
    pub parent: u64,
    /// Known where all states are met in one order.
    pub origin: Option<Origin>,
}

/// How a state was found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Origin {
    /// Which state of the frontier was expanded, and by which step.
    at: usize,
    choice: Choice,
    renaming: RenamingNumber,
}

/// A state that waits to be expanded.
#[derive(Clone, Copy, Debug)]
pub(in crate::checker) struct Waiting {
    pub state: State,
    pub fingerprint: u64,
    /// Its steps that lead only to what was met: see [`commute`](crate::checker::commute).
    pub asleep: StepSet,
}

/// The part of a search that owns the states with certain fingerprints.
#[derive(Debug)]
pub struct Shard {
    model: Arc<Model>,
    symmetry: bool,
    /// Which of the shards this is.
    number: usize,
    /// Recently met states before renaming, where symmetry is used.
    recent: Recent,
    pub(super) visited: Visited,
    /// The states of this depth, and how many of them were expanded.
    pub(in crate::checker) frontier: Vec<Waiting>,
    pub(super) expanded: usize,
    /// The states of the next depth.
    pub(super) next: Vec<Waiting>,
    /// Found states that other shards own, by shard.
    pub(super) outboxes: Vec<Vec<Found>>,
    pub(super) inbox: Vec<Found>,
    pub(super) generated: u64,
    pub(super) coverage: Coverage,
    pub(in crate::checker) expected: Coverage,
    /// The first state in which something is broken.
    pub(super) violation: Option<(u64, Properties)>,
    pub(super) phase: Phase,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Phase {
    Expand,
    Absorb,
}

impl Shard {
    pub(super) fn new(model: &Arc<Model>, options: &Options, number: usize) -> Self {
        Self {
            model: Arc::clone(model),
            symmetry: options.symmetry,
            number,
            recent: Recent::new(),
            visited: Visited::new(),
            frontier: Vec::new(),
            expanded: 0,
            next: Vec::new(),
            outboxes: (0..options.shards).map(|_| Vec::new()).collect(),
            inbox: Vec::new(),
            generated: 0,
            coverage: Coverage::EMPTY,
            expected: model.setup().expected(),
            violation: None,
            phase: Phase::Expand,
        }
    }

    /// Does what is this shard's to do in this phase. Touches no other shard.
    pub fn work(&mut self) {
        match self.phase {
            Phase::Expand => self.expand(),
            Phase::Absorb => self.absorb(),
        }
    }

    fn expand(&mut self) {
        let model = Arc::clone(&self.model);
        let end = self.frontier.len().min(self.expanded + ROUND);
        for at in self.expanded..end {
            let Waiting {
                state,
                fingerprint: parent,
                ..
            } = self.frontier[at];
            model.expand_without(&self.passed_over(&model, at), &state, |choice, next, coverage| {
                self.generated += 1;
                self.coverage.extend(coverage);
                // Costly, but a search passes every milestone early, and then this is no longer computed.
                if self.misses_milestones() {
                    self.coverage.extend(model.coverage_besides(&state, choice));
                }
                self.meet(&model, next, parent, (at, choice));
            });
        }
        self.expanded = end;
    }

    /// The steps of a state that lead only to what was met before. None while a milestone is missing, because one of them may
    /// pass it.
    fn passed_over(&self, model: &Model, at: usize) -> StepSet {
        let Waiting { state, asleep, .. } = &self.frontier[at];
        match self.symmetry {
            _ if self.misses_milestones() => StepSet::EMPTY,
            true => asleep.with(&model.steps_of_doubles(state)),
            false => *asleep,
        }
    }

    fn misses_milestones(&self) -> bool {
        !self.expected.without(self.coverage).is_empty()
    }

    /// Sends a state to its owner, unless it was sent there a moment ago.
    fn meet(&mut self, model: &Model, state: &State, parent: u64, (at, choice): (usize, Choice)) {
        let mut fingerprint = model.fingerprint(state);
        let (mut state, mut renaming) = (*state, RenamingNumber::NONE);
        if self.symmetry {
            if self.recent.replace(fingerprint) {
                return;
            }
            (state, renaming) = model.canonical(&state);
            if renaming != RenamingNumber::NONE {
                fingerprint = model.fingerprint(&state);
            }
        }
        let found = Found {
            state,
            fingerprint,
            parent,
            origin: (self.outboxes.len() == 1).then_some(Origin { at, choice, renaming }),
        };
        let owner = shard_of(fingerprint, self.outboxes.len());
        if owner != self.number {
            return self.outboxes[owner].push(found);
        }
        self.inbox.push(found);
        if self.inbox.len() == BATCH {
            self.absorb();
        }
    }

    fn absorb(&mut self) {
        let mut inbox = std::mem::take(&mut self.inbox);
        for batch in inbox.chunks(BATCH) {
            // Several at once, because each look-up alone would wait for memory.
            for found in batch {
                self.visited.fetch(found.fingerprint);
            }
            for found in batch {
                self.admit(found);
            }
        }
        inbox.clear();
        self.inbox = inbox;
    }

    pub(super) fn admit(&mut self, found: &Found) {
        if !self.visited.insert(found.fingerprint, found.parent) {
            return;
        }
        self.next.push(Waiting {
            state: found.state,
            fingerprint: found.fingerprint,
            asleep: found.origin.map_or(StepSet::EMPTY, |origin| self.asleep_after(origin)),
        });
        let broken = self.model.broken(&found.state);
        if !broken.is_empty() {
            self.violation.get_or_insert((found.fingerprint, broken));
        }
    }

    fn asleep_after(&self, origin: Origin) -> StepSet {
        let before = &self.frontier[origin.at].state;
        let asleep = self.model.asleep_after(before, origin.choice);
        self.model.symmetry.renamed_steps(origin.renaming, &asleep)
    }
}

/// The owner of a state. The low bits choose a slot in its shard, so here the high ones are used.
pub(super) fn shard_of(fingerprint: u64, count: usize) -> usize {
    usize::try_from(((fingerprint >> 32) * count as u64) >> 32).unwrap_or_default()
}

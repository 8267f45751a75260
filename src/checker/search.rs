//! Breadth-first search, in slices and in shards.

use std::sync::Arc;

use super::{
    Coverage, Model, State, Step, path,
    visited::{Recent, Visited},
};
use crate::safety::Properties;

/// States that a shard expands before what it found is handed over.
const ROUND: usize = 1024;

/// States that are looked up at once.
const BATCH: usize = 32;

/// How a search goes about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether clusters that differ only in the names of servers count as one.
    pub symmetry: bool,
    /// Parts of the work that can be done at the same time; at least one. The counts don't depend on it; which of several
    /// shortest paths is found may.
    pub shards: usize,
    /// The search ends when it has met this many states.
    pub most_states: u64,
    /// The search ends after this many steps from the beginning.
    pub most_depth: u32,
}

impl Default for Options {
    /// Symmetry, one shard, no end before everything is searched.
    fn default() -> Self {
        Self {
            symmetry: true,
            shards: 1,
            most_states: u64::MAX,
            most_depth: u32::MAX,
        }
    }
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Different states that were met.
    pub unique: u64,
    /// Next states that were computed, those met before included.
    pub generated: u64,
    /// Steps from the beginning to the states that are expanded now.
    pub depth: u32,
    /// States that were met, but not expanded yet.
    pub frontier: u64,
    /// What was seen to happen.
    pub coverage: Coverage,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All states within the bounds were met, and everything holds in them.
    Exhausted,
    /// Everything holds as far as the search went. Says nothing about what lies beyond.
    Truncated(Limit),
    /// A property can be broken.
    Violated {
        /// Which.
        broken: Properties,
        /// A shortest way there: no way within the bounds has fewer steps, if a crash with the restart after it counts as
        /// one and a duplication as none. It can be taken under [`Network::Counted`](super::Network::Counted), as a simulator
        /// does, if its bounds allow that many duplications.
        path: Vec<Step>,
    },
}

/// Where a search was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// After this many states, or a few more.
    States(u64),
    /// After this many steps from the beginning.
    Depth(u32),
}

/// A state that was found, and from where.
#[derive(Debug)]
struct Found {
    state: State,
    fingerprint: u64,
    parent: u64,
}

/// The part of a search that owns the states with certain fingerprints.
#[derive(Debug)]
pub struct Shard {
    model: Arc<Model>,
    symmetry: bool,
    /// Which of the shards this is.
    number: usize,
    /// States as they were before they got other names, if they do.
    recent: Recent,
    visited: Visited,
    /// The states of this depth, and how many of them were expanded.
    frontier: Vec<State>,
    expanded: usize,
    /// The states of the next depth.
    next: Vec<State>,
    /// Found for others, by shard.
    outboxes: Vec<Vec<Found>>,
    inbox: Vec<Found>,
    generated: u64,
    coverage: Coverage,
    expected: Coverage,
    /// The first state in which something is broken.
    violation: Option<(u64, Properties)>,
    phase: Phase,
}

#[derive(Clone, Copy, Debug)]
enum Phase {
    Expand,
    Absorb,
}

impl Shard {
    fn new(model: &Arc<Model>, options: &Options, number: usize) -> Self {
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
            coverage: Coverage::NONE,
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
            let state = self.frontier[at];
            let parent = model.fingerprint(&state);
            model.expand(&state, |choice, next, coverage| {
                self.generated += 1;
                self.coverage.extend(coverage);
                // Soon everything was seen, and this is over.
                if !self.expected.without(self.coverage).is_empty() {
                    self.coverage.extend(model.glimpses(&state, choice));
                }
                self.meet(&model, next, parent);
            });
        }
        self.expanded = end;
    }

    /// Sends a state to its owner, unless it was sent there a moment ago.
    fn meet(&mut self, model: &Model, state: &State, parent: u64) {
        let mut fingerprint = model.fingerprint(state);
        let mut state = *state;
        if self.symmetry {
            if self.recent.replace(fingerprint) {
                return;
            }
            state = model.canonical(&state);
            fingerprint = model.fingerprint(&state);
        }
        let found = Found {
            state,
            fingerprint,
            parent,
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
            // One after the other, each would wait for memory.
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

    fn admit(&mut self, found: &Found) {
        if !self.visited.insert(found.fingerprint, found.parent) {
            return;
        }
        self.next.push(found.state);
        let broken = self.model.broken(&found.state);
        if !broken.is_empty() {
            self.violation.get_or_insert((found.fingerprint, broken));
        }
    }
}

/// The owner of a state. The low bits choose a slot in its shard, so here the high ones are used.
fn shard_of(fingerprint: u64, count: usize) -> usize {
    usize::try_from(((fingerprint >> 32) * count as u64) >> 32).unwrap_or_default()
}

/// A breadth-first search through a [`Model`]: deterministic, resumable.
#[derive(Debug)]
pub struct Search {
    model: Arc<Model>,
    options: Options,
    shards: Vec<Shard>,
    depth: u32,
    verdict: Option<Verdict>,
}

impl Search {
    /// A search that has met the initial state only.
    ///
    /// # Panics
    /// If there are no shards.
    #[must_use]
    pub fn new(model: Arc<Model>, options: Options) -> Self {
        assert!(options.shards > 0, "somebody has to do the work");
        let mut shards: Vec<Shard> = (0..options.shards)
            .map(|number| Shard::new(&model, &options, number))
            .collect();
        let state = model.initial();
        let fingerprint = model.fingerprint(&state);
        let owner = &mut shards[shard_of(fingerprint, options.shards)];
        let parent = 0;
        owner.admit(&Found {
            state,
            fingerprint,
            parent,
        });
        std::mem::swap(&mut owner.frontier, &mut owner.next);
        Self {
            model,
            options,
            shards,
            depth: 0,
            verdict: None,
        }
    }

    /// What is searched.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Searches on until about this many more states were expanded or the verdict is found.
    pub fn run(&mut self, budget: u64) -> Progress {
        self.run_with(budget, |shards| shards.iter_mut().for_each(Shard::work))
    }

    /// As [`Self::run`], but `work` has to call [`Shard::work`] on each shard, in any order or at the same time.
    pub fn run_with(&mut self, budget: u64, mut work: impl FnMut(&mut [Shard])) -> Progress {
        let mut expanded = 0;
        while self.verdict.is_none() && expanded < budget {
            let before = self.pending();
            self.shards.iter_mut().for_each(|shard| shard.phase = Phase::Expand);
            work(&mut self.shards);
            self.deliver();
            self.shards.iter_mut().for_each(|shard| shard.phase = Phase::Absorb);
            work(&mut self.shards);
            expanded += before - self.pending();
            self.conclude();
        }
        self.progress()
    }

    /// States of this depth that are not expanded yet.
    fn pending(&self) -> u64 {
        let pending = self.shards.iter().map(|shard| shard.frontier.len() - shard.expanded);
        pending.sum::<usize>() as u64
    }

    /// Moves what was found to its owners, in the order of the shards.
    fn deliver(&mut self) {
        for from in 0..self.shards.len() {
            for to in 0..self.shards.len() {
                let mail = std::mem::take(&mut self.shards[from].outboxes[to]);
                self.shards[to].inbox.extend(mail);
            }
        }
    }

    /// Ends the round, and the depth if all of it is expanded.
    fn conclude(&mut self) {
        if let Some((end, broken)) = self.shards.iter().find_map(|shard| shard.violation) {
            let path = path::rebuild(&self.model, self.options.symmetry, &self.chain(end));
            self.verdict = Some(Verdict::Violated { broken, path });
            return;
        }
        if self.pending() == 0 {
            for shard in &mut self.shards {
                shard.frontier.clear();
                shard.expanded = 0;
                std::mem::swap(&mut shard.frontier, &mut shard.next);
            }
            if self.pending() == 0 {
                self.verdict = Some(Verdict::Exhausted);
                return;
            }
            self.depth += 1;
        }
        if self.unique() >= self.options.most_states {
            self.verdict = Some(Verdict::Truncated(Limit::States(self.options.most_states)));
        } else if self.depth >= self.options.most_depth {
            self.verdict = Some(Verdict::Truncated(Limit::Depth(self.options.most_depth)));
        }
    }

    /// The fingerprints from the initial state to this one.
    fn chain(&self, end: u64) -> Vec<u64> {
        let mut chain = vec![end];
        let parent_of = |state: u64| self.shards[shard_of(state, self.shards.len())].visited.parent(state);
        while let Some(parent) = chain
            .last()
            .and_then(|&state| parent_of(state))
            .filter(|&parent| parent != 0)
        {
            chain.push(parent);
        }
        chain.reverse();
        chain
    }

    fn unique(&self) -> u64 {
        self.shards.iter().map(|shard| shard.visited.len() as u64).sum()
    }

    /// How far it has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let mut coverage = Coverage::NONE;
        self.shards.iter().for_each(|shard| coverage.extend(shard.coverage));
        let next: usize = self.shards.iter().map(|shard| shard.next.len()).sum();
        Progress {
            unique: self.unique(),
            generated: self.shards.iter().map(|shard| shard.generated).sum(),
            depth: self.depth,
            frontier: self.pending() + next as u64,
            coverage,
        }
    }

    /// What came out, once it is known.
    #[must_use]
    pub const fn verdict(&self) -> Option<&Verdict> {
        self.verdict.as_ref()
    }

    /// What should have been seen by now, but was not. If everything holds only because nothing happened, this says so.
    #[must_use]
    pub fn unseen(&self) -> Coverage {
        self.model.setup().expected().without(self.progress().coverage)
    }

    /// Searches to the end.
    pub fn finish(&mut self) -> &Verdict {
        while self.verdict.is_none() {
            self.run(u64::MAX);
        }
        self.verdict.as_ref().unwrap_or(&Verdict::Exhausted)
    }
}

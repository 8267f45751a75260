//! Breadth-first search, in slices and in shards.

mod path;
mod shard;
mod visited;

use std::sync::Arc;

pub use shard::Shard;

use self::shard::{Found, Phase, shard_of};
use super::{Coverage, Model, Step};
use crate::safety::Properties;

/// How a search is carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether clusters that differ only in the names of servers count as one.
    pub symmetry: bool,
    /// Parts of the work that can be done at the same time; at least one. The counts of states don't depend on it; which of
    /// several shortest paths is found may. Steps that commute are passed over by one shard only.
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
    /// Next states that were computed, those met before included: one for each step that was not passed over.
    pub generated: u64,
    /// Steps from the beginning to the states that are expanded now.
    pub depth: u32,
    /// States that were met, but not expanded yet.
    pub frontier: u64,
    /// What was seen to happen.
    pub coverage: Coverage,
}

/// The result of a search.
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
        /// one and a duplication as none. It can be taken under [`NetworkModel::Counted`](super::NetworkModel::Counted), as a
        /// simulator does, if its bounds allow that many duplications.
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

/// A breadth-first search through a [`Model`]: deterministic, resumable.
#[derive(Debug)]
pub struct Search {
    model: Arc<Model>,
    options: Options,
    pub(super) shards: Vec<Shard>,
    pub(super) depth: u32,
    verdict: Option<Verdict>,
}

impl Search {
    /// A search that has met the initial state only.
    ///
    /// # Panics
    /// If there are no shards.
    #[must_use]
    pub fn new(model: Arc<Model>, options: Options) -> Self {
        assert!(options.shards > 0, "a search has at least one shard");
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
            origin: None,
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
        let mut coverage = Coverage::EMPTY;
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

    /// The result, once it is known.
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

//! A history as data: what links and files hold.

use super::{BranchId, BranchInfo, Entry, History, Memory, OtherLine, tree::BranchTree};
use crate::sim::{Action, Config, ConfigError, Micros};

/// A branch as it is kept in links and files: what the reader did in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchRecord {
    /// What there is to know of it.
    pub about: BranchInfo,
    /// What the reader did, in order of time, the part before it left its parent included.
    pub actions: Vec<(Micros, Action)>,
    /// Which of the script's actions are not done in it, by their place in the script, the lowest first.
    pub left_out: Vec<usize>,
}

/// All that makes a run again with all its branches: what links and files hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The cluster before it started.
    pub config: Config,
    /// The seed of its luck.
    pub seed: u64,
    /// What a script does, in order of time.
    pub script: Vec<(Micros, Action)>,
    /// The branches, in the order in which they were made; at least one.
    pub branches: Vec<BranchRecord>,
    /// The branch that is visited.
    pub current: BranchId,
    /// The instant that is visited.
    pub now: Micros,
}

/// Why a recording can't be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayError {
    /// No world can be built.
    Config(ConfigError),
    /// It has no branch, two branches with one number, or names a branch that it does not have; or an instant lies beyond an end.
    Branches,
}

impl std::fmt::Display for ReplayError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Branches => f.write_str("the branches do not fit together"),
        }
    }
}

impl std::error::Error for ReplayError {}

impl History {
    /// The latest instant of a recording that is visited; one that says it has run further ends here. Some thirty years.
    pub const LONGEST: Micros = Micros::from_secs(1_000_000_000);

    /// What makes this run again, with all its branches.
    #[must_use]
    pub fn recording(&self) -> Recording {
        let entries = |entries: &[Entry], scripted: bool| {
            let entries = entries.iter().filter(|entry| entry.scripted == scripted);
            entries.map(|entry| (entry.at, entry.action)).collect::<Vec<_>>()
        };
        let record = |about: &BranchInfo| BranchRecord {
            about: about.clone(),
            actions: entries(self.journal(about.id), false),
            left_out: left_out(&self.script, self.journal(about.id)),
        };
        Recording {
            config: *self.started_with(),
            seed: self.world().seed(),
            script: entries(&self.script, true),
            branches: self.branches().map(record).collect(),
            current: self.current(),
            now: self.now(),
        }
    }

    /// The run that was recorded, at the instant that was visited.
    ///
    /// # Errors
    /// If no world can be built from the recording.
    pub fn replay(recording: &Recording) -> Result<Self, ReplayError> {
        Self::replay_with_memory(recording, Memory::default())
    }

    /// The same, keeping more or less of it at hand.
    ///
    /// # Errors
    /// If no world can be built from the recording.
    pub fn replay_with_memory(recording: &Recording, memory: Memory) -> Result<Self, ReplayError> {
        recording.check()?;
        let Recording { config, seed, .. } = *recording;
        let mut history = Self::with_memory(config, seed, &recording.script, memory).map_err(ReplayError::Config)?;
        let infos = recording.branches.iter().map(BranchRecord::bounded_about);
        history.tree = BranchTree::of(infos.collect(), recording.current);
        let unrun = |record: &BranchRecord| {
            let line = history.replay.line.unrun(record.journal(&history.script));
            OtherLine {
                branch: record.about.id,
                line,
                has_run: false,
            }
        };
        let mut lines: Vec<_> = recording.branches.iter().map(unrun).collect();
        let place = lines.iter().position(|other| other.branch == recording.current);
        let current = lines.swap_remove(place.expect("it was checked"));
        history.others = lines;
        let _ = history.replay.exchange(current.line);
        history.run_first(history.end());
        history.seek(recording.now.min(history.end()));
        Ok(history)
    }
}

/// The places of those of a script's actions that a journal lacks.
fn left_out(script: &[Entry], journal: &[Entry]) -> Vec<usize> {
    let mut kept = journal.iter().filter(|entry| entry.scripted).peekable();
    let places = (0..).zip(script);
    let lacking = places.filter(|(_, entry)| kept.next_if(|other| other == entry).is_none());
    lacking.map(|(place, _)| place).collect()
}

impl BranchRecord {
    fn bounded_about(&self) -> BranchInfo {
        BranchInfo {
            forked_at: self.about.forked_at.min(History::LONGEST),
            name: BranchInfo::name_of(&self.about.name),
            end: self.about.end.min(History::LONGEST),
            ..self.about
        }
    }

    fn journal(&self, script: &[Entry]) -> Vec<Entry> {
        let places = (0..).zip(script);
        let kept = places.filter(|(place, _)| self.left_out.binary_search(place).is_err());
        let done = self.actions.iter().map(|&(at, action)| Entry {
            at,
            action,
            scripted: false,
        });
        Entry::sorted(kept.map(|(_, entry)| *entry).chain(done))
    }
}

impl Recording {
    /// What is done in the branch that is visited, by the script and by the reader, in order of time: also what lies after the instant
    /// that is visited, and what has no effect.
    #[must_use]
    pub fn done(&self) -> Vec<(Micros, Action)> {
        let script = self.script.iter().map(|&(at, action)| Entry {
            at,
            action,
            scripted: true,
        });
        let script: Vec<_> = script.collect();
        let current = self.branches.iter().find(|branch| branch.about.id == self.current);
        let journal = current.map(|branch| branch.journal(&script)).unwrap_or_default();
        journal.iter().map(|entry| (entry.at, entry.action)).collect()
    }

    /// Whether the branches fit together: each leaves one above it, if any, before its own end, and the instant that is visited is
    /// one of its branch. What links and files hold keeps to this.
    ///
    /// # Errors
    /// If they don't.
    pub fn check(&self) -> Result<(), ReplayError> {
        let ids: Vec<_> = self.branches.iter().map(|branch| branch.about.id).collect();
        let in_order = ids.is_sorted_by(|one, other| one < other) && ids.last() < Some(&BranchId(usize::MAX));
        let parents = self
            .branches
            .iter()
            .filter_map(|branch| branch.about.parent.map(|parent| (parent, branch)));
        let mut parents =
            parents.map(|(parent, branch)| parent < branch.about.id && ids.binary_search(&parent).is_ok());
        let current = ids
            .binary_search(&self.current)
            .map(|place| &self.branches[place].about);
        let is_run_until_now = current.is_ok_and(|current| self.now <= current.end);
        let begins_in_time = |branch: &BranchRecord| branch.about.forked_at <= branch.about.end;
        if in_order && is_run_until_now && self.branches.iter().all(begins_in_time) && parents.all(|fits| fits) {
            Ok(())
        } else {
            Err(ReplayError::Branches)
        }
    }
}

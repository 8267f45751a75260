//! A run with all that its reader did: what links and files carry.

use super::{Note, Scenario, ScenarioId};
use crate::sim::{Config, History, Micros, Recording, ReplayError};

/// Branches that a link or a file has at most.
pub(super) const MOST_BRANCHES: usize = 1000;

/// The highest index of a branch in a link or a file: deleted ones are not used again.
pub(super) const HIGHEST_BRANCH: usize = 999_999;

/// Actions of all branches of a link or a file together, at most; each branch has its script's as well. This bounds the memory
/// that a run takes: some dozens of megabytes.
pub(super) const MOST_ACTIONS: usize = 400_000;

/// A run: where it came from, how it is best watched, and all that makes it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The scenario that it began with; [`ScenarioId::Own`] if it is none of the built-in ones.
    pub id: ScenarioId,
    /// Its name, as its author wrote it; empty for a built-in scenario.
    pub title: String,
    /// What to watch, as its author wrote it; empty for a built-in scenario.
    pub watch: String,
    /// How much virtual time passes in one second of the reader's, at the speed at which it is best watched.
    pub pace: Micros,
    /// All that makes it again.
    pub recording: Recording,
    /// What somebody has noted at moments of it, by branch and moment. Nothing that happens depends on it.
    pub notes: Vec<Note>,
}

impl Run {
    /// The run that a history has become since it started as a scenario, with nothing noted.
    #[must_use]
    pub fn of(scenario: &Scenario, history: &History) -> Self {
        Self {
            id: scenario.id,
            title: scenario.title.clone(),
            watch: scenario.watch.clone(),
            pace: scenario.pace,
            recording: history.recording(),
            notes: Vec::new(),
        }
    }

    /// Takes its texts as files and links hold them: in one line each, and without what a built-in scenario says of itself, which
    /// it says in the reader's language; and its notes in order.
    pub(super) fn tidy(&mut self) {
        let Self { id, title, watch, .. } = &mut *self;
        (*title, *watch) = (one_line(title), one_line(watch));
        if id.title(ScenarioId::LANGUAGE) == Some(title.as_str()) {
            title.clear();
        }
        if id.watch(ScenarioId::LANGUAGE) == Some(watch.as_str()) {
            watch.clear();
        }
        self.notes = Note::in_order(std::mem::take(&mut self.notes));
    }

    /// What it started as.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        Scenario {
            id: self.id,
            title: self.title.clone(),
            watch: self.watch.clone(),
            config: self.recording.config,
            seed: self.recording.seed,
            script: self.recording.script.clone(),
            pace: self.pace,
        }
    }

    /// What was done, at the same instants, in a cluster that has these settings from the start on: would another rule, or another
    /// timing, have spared it all? Only the branch that is visited is left, at its start and with nothing noted.
    #[must_use]
    pub fn again(mut self, in_force: &Config) -> Self {
        let recording = &mut self.recording;
        let config = &mut recording.config;
        (config.timing, config.network, config.rules) = (in_force.timing, in_force.network, in_force.rules);
        let id = recording.current;
        recording.branches.retain(|branch| branch.about.id == id);
        let is_left_out = |place: &usize| recording.branches.iter().any(|branch| branch.left_out.contains(place));
        let script = (0..).zip(std::mem::take(&mut recording.script));
        let stays = script.filter(|(place, (_, action))| !is_left_out(place) && !action.sets_cluster());
        recording.script = stays.map(|(_, done)| done).collect();
        for branch in &mut recording.branches {
            branch.left_out.clear();
            branch.actions.retain(|(_, action)| !action.sets_cluster());
            (branch.about.parent, branch.about.forked_at) = (None, Micros::ZERO);
        }
        recording.now = Micros::ZERO;
        self.notes.clear();
        self
    }

    /// The run at the instant that was visited.
    ///
    /// # Errors
    /// If no world can be built from it.
    pub fn open(&self) -> Result<History, ReplayError> {
        History::replay(&self.recording)
    }
}

/// A text without line breaks and with single spaces: what a line can hold.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Named set-ups with scripts, and the lab's log format.
//!
//! The playground goes back to a university lab on leader election in Raft without log replication: five servers, each a
//! small program that printed a log. Its vocabulary is the log of the page ([`lablog`]), and its five figures are
//! [`Scenario`]s beside the free cluster.
//!
//! What the layer promises: a scenario is a configuration, a seed and a script, so it runs the same on every machine; and
//! what the servers of a figure print is what they printed in the lab.

mod figures;
mod free;
pub mod lablog;

use crate::sim::{Action, Config, History, Micros};

/// Which scenario.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ScenarioId {
    /// A cluster by the paper's rules and times, with nothing planned.
    #[default]
    Free,
    /// All five run.
    Figure1,
    /// The leader fails and comes back.
    Figure2,
    /// The leader fails and stays away.
    Figure3,
    /// Two leaders fail.
    Figure4,
    /// Three leaders fail: no majority is left.
    Figure5,
}

impl ScenarioId {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Free,
        Self::Figure1,
        Self::Figure2,
        Self::Figure3,
        Self::Figure4,
        Self::Figure5,
    ];

    /// Its name in links and files. Never changes.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Figure1 => "figure-1",
            Self::Figure2 => "figure-2",
            Self::Figure3 => "figure-3",
            Self::Figure4 => "figure-4",
            Self::Figure5 => "figure-5",
        }
    }

    /// The scenario with this name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|id| id.slug() == slug)
    }

    /// When its virtual time 0 was in the lab, counted as [`lablog::timestamp`] counts: with this added, its lines carry the
    /// times of the lab's transcripts.
    #[must_use]
    pub const fn began(self) -> Micros {
        match self {
            Self::Free | Self::Figure1 => Micros::ZERO,
            Self::Figure2 => figures::FIGURE2_BEGAN,
            Self::Figure3 => figures::FIGURE3_BEGAN,
            Self::Figure4 => figures::FIGURE4_BEGAN,
            Self::Figure5 => figures::FIGURE5_BEGAN,
        }
    }
}

/// A set-up and what will be done to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Which one.
    pub id: ScenarioId,
    /// The cluster before it starts.
    pub config: Config,
    /// Its luck.
    pub seed: u64,
    /// What is done to it and when, in order of time. What happens after the last action is up to luck.
    pub script: Vec<(Micros, Action)>,
    /// How much virtual time passes in one second of the reader's, at the speed at which it is best watched.
    pub pace: Micros,
}

impl Scenario {
    /// A scenario as it is first shown.
    #[must_use]
    pub fn new(id: ScenarioId) -> Self {
        match id {
            ScenarioId::Free => Self::free(free::OPENING_SIZE, free::OPENING_SEED),
            ScenarioId::Figure1 => figures::figure1(),
            ScenarioId::Figure2 => figures::figure2(),
            ScenarioId::Figure3 => figures::figure3(),
            ScenarioId::Figure4 => figures::figure4(),
            ScenarioId::Figure5 => figures::figure5(),
        }
    }

    /// A cluster of 1 to 9 servers by the paper's rules and times, with nothing planned.
    #[must_use]
    pub const fn free(size: u8, seed: u64) -> Self {
        Self {
            id: ScenarioId::Free,
            config: Config::paper(size),
            seed,
            script: Vec::new(),
            pace: free::PACE,
        }
    }

    /// The same with the lab's quirk on or off: a candidate that refuses its vote runs again at once.
    #[must_use]
    pub const fn with_quirk(mut self, on: bool) -> Self {
        self.config.rules.rerun_after_refusal = on;
        self
    }

    /// The run at time 0.
    ///
    /// # Panics
    /// If the configuration is not valid; those of [`Self::new`], and of [`Self::free`] with 1 to 9 servers, are.
    #[must_use]
    pub fn start(&self) -> History {
        History::new(self.config, self.seed, &self.script).expect("a valid configuration")
    }
}

//! One setting varied against what is measured.

use super::{Distribution, Experiment, ExperimentError, Quantity, TrialOutcome};
use crate::sim::{Micros, Range};

/// A setting that can be varied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variable {
    /// The longest election timeout less the shortest, in microseconds.
    Spread,
    /// The shortest election timeout, in microseconds; the longest is twice as long, the heartbeat interval half of it.
    Timeout,
    /// The heartbeat interval, in microseconds.
    HeartbeatInterval,
    /// How long every message takes, one way, in microseconds.
    Delay,
    /// Of a thousand messages, those that are lost.
    Loss,
}

impl Variable {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Spread,
        Self::Timeout,
        Self::HeartbeatInterval,
        Self::Delay,
        Self::Loss,
    ];

    /// Its name.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Spread => "spread",
            Self::Timeout => "timeout",
            Self::HeartbeatInterval => "heartbeat-interval",
            Self::Delay => "delay",
            Self::Loss => "loss",
        }
    }

    /// An experiment with another value of it.
    ///
    /// # Errors
    /// Why there is no such experiment.
    pub fn set(self, experiment: &Experiment, value: u64) -> Result<Experiment, ExperimentError> {
        let mut changed = experiment.clone();
        let (timing, network) = (&mut changed.config.timing, &mut changed.config.network);
        match self {
            Self::Spread => timing.election_timeout.max = timing.election_timeout.min + Micros(value),
            Self::Timeout => {
                let range = Range {
                    min: Micros(value),
                    max: Micros(value.saturating_mul(2)),
                };
                changed = changed.with_timeouts(range);
            }
            Self::HeartbeatInterval => timing.heartbeat_interval = Micros(value),
            Self::Delay => {
                network.delay = Range {
                    min: Micros(value),
                    max: Micros(value),
                }
            }
            Self::Loss => network.loss_permille = u16::try_from(value).unwrap_or(u16::MAX),
        }
        changed.validate().map(|()| changed)
    }
}

/// An experiment at several values of one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sweep {
    /// What is tried at each value.
    pub experiment: Experiment,
    /// What is varied.
    pub variable: Variable,
    /// Its values.
    pub values: Vec<u64>,
}

/// What is measured at one value: the middle nine tenths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SweepPoint {
    /// The value of the setting.
    pub value: u64,
    /// What one of twenty trials does not exceed; `None` where it is not known, as below.
    pub low: Option<u64>,
    /// What half of them do not exceed.
    pub median: Option<u64>,
    /// What nineteen of twenty do not exceed.
    pub high: Option<u64>,
}

impl Sweep {
    /// The experiment at each value.
    ///
    /// # Errors
    /// Why there is none at one of them.
    pub fn experiments(&self) -> Result<Vec<Experiment>, ExperimentError> {
        let at = |value: &u64| self.variable.set(&self.experiment, *value);
        self.values.iter().map(at).collect()
    }

    /// What is seen at one value.
    #[must_use]
    pub fn point(value: u64, quantity: Quantity, outcomes: &[TrialOutcome]) -> SweepPoint {
        let distribution = Distribution::of(quantity, outcomes);
        SweepPoint {
            value,
            low: distribution.quantile(50),
            median: distribution.median(),
            high: distribution.quantile(950),
        }
    }
}

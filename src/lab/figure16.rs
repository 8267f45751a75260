//! Figure 16 of the paper: "The time to detect and replace a crashed leader."

use super::Experiment;
use crate::sim::{Micros, Range};

/// A graph of Figure 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaperHalf {
    /// The top one, which "varies the amount of randomness in election timeouts".
    Randomness,
    /// The bottom one, which "scales the minimum election timeout".
    Timeout,
}

impl PaperHalf {
    /// Both, from the top.
    pub const ALL: [Self; 2] = [Self::Randomness, Self::Timeout];

    /// Its lines.
    #[must_use]
    pub const fn lines(self) -> &'static [PaperLine] {
        match self {
            Self::Randomness => &RANDOMNESS,
            Self::Timeout => &TIMEOUT,
        }
    }
}

/// What the paper says of a line, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// "Leader election consistently took longer than" this.
    LongerThan(u64),
    /// The median.
    Median(u64),
    /// The average.
    Mean(u64),
    /// "The worst-case completion time", or "the longest trial".
    Worst(u64),
}

/// A line of Figure 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaperLine {
    /// The shortest and the longest election timeout, in milliseconds.
    pub millis: (u64, u64),
    /// "Each line represents 1000 trials (except for 100 trials for '150-150 ms')".
    pub trials: u32,
    /// What the text says of it (§9.3).
    pub published: &'static [Published],
}

impl PaperLine {
    /// The delay with which our figures come near the published ones. The paper does not say how long a message takes, only that
    /// the broadcast time, until all have answered, is "roughly 15 ms"; `docs/laboratory.md` says what follows from that.
    pub const DELAY: Range = Range::millis(2, 4);
    /// The delay of a broadcast time of 15 ms, if an answer takes as long as a request and neither waits for a disk.
    pub const LITERAL_DELAY: Range = Range::millis(5, 10);

    const fn new(min: u64, max: u64, published: &'static [Published]) -> Self {
        let trials = if min == max { 100 } else { 1000 };
        Self {
            millis: (min, max),
            trials,
            published,
        }
    }

    /// The range that election timeouts are drawn from.
    #[must_use]
    pub const fn range(&self) -> Range {
        Range {
            min: Micros::from_millis(self.millis.0),
            max: Micros::from_millis(self.millis.1),
        }
    }

    /// Its experiment on a network with this delay, one way: [`PaperLine::DELAY`], or another to compare it with.
    #[must_use]
    pub fn experiment(&self, delay: Range) -> Experiment {
        let (min, max) = self.millis;
        let mut experiment = Experiment {
            title: format!("{min}–{max} ms"),
            trials: self.trials,
            ..Experiment::paper().with_timeouts(self.range())
        };
        experiment.config.network.delay = delay;
        experiment
    }
}

const RANDOMNESS: [PaperLine; 6] = [
    PaperLine::new(150, 150, &[Published::LongerThan(10_000)]),
    PaperLine::new(150, 151, &[]),
    PaperLine::new(150, 155, &[Published::Median(287)]),
    PaperLine::new(150, 175, &[]),
    PaperLine::new(150, 200, &[Published::Worst(513)]),
    PaperLine::new(150, 300, &[]),
];

const TIMEOUT: [PaperLine; 5] = [
    PaperLine::new(12, 24, &[Published::Mean(35), Published::Worst(152)]),
    PaperLine::new(25, 50, &[]),
    PaperLine::new(50, 100, &[]),
    PaperLine::new(100, 200, &[]),
    PaperLine::new(150, 300, &[]),
];

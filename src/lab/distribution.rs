//! How values are spread.

use super::{Quantity, TrialOutcome};

/// Values in order, and how many are not known but longer than all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    /// The values, with the trials that they come from.
    sorted: Vec<(u64, u32)>,
    beyond: usize,
}

/// A bar of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistogramBar {
    /// The least value that it stands for.
    pub from: u64,
    /// The least value above it.
    pub below: u64,
    /// How many there are.
    pub count: usize,
}

impl Distribution {
    /// A quantity over some trials.
    #[must_use]
    pub fn of(quantity: Quantity, outcomes: &[TrialOutcome]) -> Self {
        let known = outcomes
            .iter()
            .filter_map(|outcome| Some((quantity.of(outcome)?, outcome.trial)));
        let mut sorted: Vec<_> = known.collect();
        sorted.sort_unstable();
        let beyond = outcomes.len() - sorted.len();
        Self { sorted, beyond }
    }

    /// How many values there are, those that are not known included.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.sorted.len() + self.beyond
    }

    /// How many lie beyond what is known: of trials that ended at the limit.
    #[must_use]
    pub const fn beyond(&self) -> usize {
        self.beyond
    }

    /// The known values in order, each with the trial that it comes from.
    #[must_use]
    pub fn values(&self) -> &[(u64, u32)] {
        &self.sorted
    }

    /// The least value that so many of a thousand do not exceed (the nearest rank); `None` if it is not known.
    #[must_use]
    pub fn quantile(&self, permille: usize) -> Option<u64> {
        let rank = (self.count() * permille).div_ceil(1000).max(1);
        self.sorted.get(rank - 1).map(|(value, _)| *value)
    }

    /// The value that half of them do not exceed.
    #[must_use]
    pub fn median(&self) -> Option<u64> {
        self.quantile(500)
    }

    /// The least.
    #[must_use]
    pub fn least(&self) -> Option<u64> {
        self.quantile(0)
    }

    /// The greatest; `None` if some are not known.
    #[must_use]
    pub fn greatest(&self) -> Option<u64> {
        self.quantile(1000)
    }

    /// The average, rounded to the nearest; `None` if some are not known.
    #[must_use]
    pub fn mean(&self) -> Option<u64> {
        if self.beyond > 0 || self.sorted.is_empty() {
            return None;
        }
        let (sum, count) = (self.sum(), self.sorted.len() as u128);
        u64::try_from((sum + count / 2) / count).ok()
    }

    fn sum(&self) -> u128 {
        self.sorted.iter().map(|(value, _)| u128::from(*value)).sum()
    }

    /// How many are this value or less.
    #[must_use]
    pub fn up_to(&self, value: u64) -> usize {
        self.sorted.partition_point(|(other, _)| *other <= value)
    }

    /// Equally wide bars from the least to the greatest known value, at most so many.
    #[must_use]
    pub fn histogram(&self, most: usize) -> Vec<HistogramBar> {
        let (Some((least, _)), Some((greatest, _))) = (self.sorted.first(), self.sorted.last()) else {
            return Vec::new();
        };
        let width = (greatest - least + 1).div_ceil(most.max(1) as u64);
        let bars = (greatest - least) / width + 1;
        let bar = |place| {
            let from = least + place * width;
            let below = from + width;
            let before = |value| self.sorted.partition_point(|(other, _)| *other < value);
            HistogramBar {
                from,
                below,
                count: before(below) - before(from),
            }
        };
        (0..bars).map(bar).collect()
    }
}

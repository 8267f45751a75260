//! Where a value lies along an axis.

/// From a value to its place along an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AxisScale {
    /// Each step is so many times the one before, as in the paper.
    Log {
        /// Where it begins.
        from: u64,
        /// Where it ends.
        to: u64,
    },
    /// All steps are equally long.
    Even {
        /// Where it begins.
        from: u64,
        /// Where it ends.
        to: u64,
    },
}

/// Labels at an axis, where there is room.
pub const MOST_TICKS: usize = 7;

impl AxisScale {
    /// One with room for these values, which begins and ends at round ones.
    pub fn log(least: u64, greatest: u64) -> Self {
        let ends = || (0..18).flat_map(|power| [1, 2, 3, 5, 7].map(|digit| digit * 10_u64.pow(power)));
        let from = ends().take_while(|round| *round <= least.max(1)).last().unwrap_or(1);
        let to = ends()
            .find(|round| *round >= greatest.max(from + 1))
            .unwrap_or(u64::MAX);
        Self::Log { from, to }
    }

    /// One with room for these values, which begins and ends at round ones.
    pub fn even(least: u64, greatest: u64) -> Self {
        let step = even_step(least, greatest.max(least + 1), MOST_TICKS);
        let from = least / step * step;
        let to = greatest.max(least + 1).div_ceil(step) * step;
        Self::Even { from, to }
    }

    /// How far along the axis a value is, of 1.
    pub fn place(self, value: u64) -> f64 {
        let share = match self {
            Self::Log { from, to } => ln(value.max(1), from) / ln(to, from),
            Self::Even { from, to } => (float(value) - float(from)) / (float(to) - float(from)),
        };
        share.clamp(0.0, 1.0)
    }

    /// The value that is so far along the axis.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "values are no larger than hours in µs"
    )]
    pub fn value(self, share: f64) -> u64 {
        match self {
            Self::Log { from, to } => (float(from) * (ln(to, from) * share).exp() + 0.5) as u64,
            Self::Even { from, to } => (float(from) + (float(to) - float(from)) * share + 0.5) as u64,
        }
    }

    /// The values that have a label, so many at most.
    pub fn ticks(self, most: usize) -> Vec<u64> {
        match self {
            Self::Log { from, to } => {
                let within = |digits: &[u64]| -> Vec<u64> {
                    let all = powers(digits).skip_while(|value| *value < from);
                    all.take_while(|value| *value <= to).collect()
                };
                let mut all = FINER.iter().map(|digits| within(digits));
                all.find(|ticks| ticks.len() <= most).unwrap_or_else(|| within(&[10]))
            }
            Self::Even { from, to } => {
                let step = even_step(from, to, most);
                (0..=(to - from) / step).map(|index| from + index * step).collect()
            }
        }
    }
}

fn ln(value: u64, from: u64) -> f64 {
    (float(value) / float(from)).ln()
}

#[expect(clippy::cast_precision_loss, reason = "places on a screen")]
fn float(value: u64) -> f64 {
    value as f64
}

/// Labels between two powers of ten, in tenths: the more the shorter an axis is.
const FINER: [&[u64]; 3] = [
    &[10, 12, 14, 17, 20, 25, 30, 40, 50, 70],
    &[10, 15, 20, 30, 50, 70],
    ROUND,
];
/// 1, 2, 5.
const ROUND: &[u64] = &[10, 20, 50];

/// These tenths of 1, of 10, of 100, ...
fn powers(tenths: &[u64]) -> impl Iterator<Item = u64> {
    let each = (1..18).flat_map(|power| tenths.iter().map(move |digit| digit * 10_u64.pow(power)));
    let units = tenths.iter().filter(|digit| *digit % 10 == 0).map(|digit| digit / 10);
    units.chain(each.map(|value| value / 10))
}

/// 1, 2, 5, 10, 20, 50, ...
fn round_values() -> impl Iterator<Item = u64> {
    powers(ROUND)
}

fn round_above(value: u64) -> u64 {
    round_values().find(|round| *round >= value).unwrap_or(u64::MAX)
}

fn even_step(from: u64, to: u64, most: usize) -> u64 {
    round_above((to - from).div_ceil(most as u64 - 1).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_axis_of_the_paper_has_the_labels_of_the_paper() {
        let scale = AxisScale::log(112_000, 10_000_000);
        assert_eq!(
            scale,
            AxisScale::Log {
                from: 100_000,
                to: 10_000_000
            }
        );
        let ticks = [100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000];
        assert_eq!(scale.ticks(MOST_TICKS), ticks);
        assert!((scale.place(1_000_000) - 0.5).abs() < 1e-9);
        assert_eq!(scale.value(0.5), 1_000_000);
        assert_eq!(
            AxisScale::log(1_100_000, 4_400_000).ticks(MOST_TICKS),
            [1_000_000, 1_500_000, 2_000_000, 3_000_000, 5_000_000],
            "a short axis has labels between"
        );
        assert_eq!(
            AxisScale::log(1, 999_999).ticks(MOST_TICKS),
            [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
        );
    }

    #[test]
    fn an_even_axis_has_round_labels() {
        assert_eq!(AxisScale::even(0, 11).ticks(MOST_TICKS), [0, 2, 4, 6, 8, 10, 12]);
        assert_eq!(AxisScale::even(3, 3).ticks(MOST_TICKS), [3, 4], "an axis has a length");
        let scale = AxisScale::even(0, 10);
        assert_eq!((scale.place(5), scale.place(99)), (0.5, 1.0));
    }
}

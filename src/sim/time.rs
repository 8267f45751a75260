//! Virtual time.

use std::{
    fmt,
    ops::{Add, Sub},
};

use serde::Serialize;

/// An instant of virtual time or a span of it, in microseconds. Instants count from the start of the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Micros(pub u64);

impl Micros {
    /// The start of a run, or no time at all.
    pub const ZERO: Self = Self(0);
    /// Later than everything.
    pub const NEVER: Self = Self(u64::MAX);

    /// So many milliseconds.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self(millis * 1000)
    }

    /// So many seconds.
    #[must_use]
    pub const fn from_secs(secs: u64) -> Self {
        Self(secs * 1_000_000)
    }

    /// Whole milliseconds, rounded down.
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.0 / 1000
    }

    /// The span from `earlier` to this instant, zero if it is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Self {
        Self(self.0.saturating_sub(earlier.0))
    }
}

impl Add for Micros {
    type Output = Self;

    fn add(self, span: Self) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub for Micros {
    type Output = Self;

    fn sub(self, span: Self) -> Self {
        self.since(span)
    }
}

/// In seconds with three decimals, as the log shows it: `1.438`.
impl fmt::Display for Micros {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03}", self.0 / 1_000_000, self.0 / 1000 % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::Micros;

    #[test]
    fn milliseconds_are_whole_ones() {
        assert_eq!(Micros(2999).as_millis(), 2);
        assert_eq!(Micros::from_millis(2), Micros(2000));
        assert_eq!(Micros::from_secs(2), Micros::from_millis(2000));
    }

    #[test]
    fn instants_are_shown_in_seconds_with_three_decimals_rounded_down() {
        assert_eq!(Micros(1_438_999).to_string(), "1.438");
        assert_eq!(Micros(61_005_000).to_string(), "61.005");
        assert_eq!(Micros::ZERO.to_string(), "0.000");
    }

    #[test]
    fn time_stays_between_zero_and_never() {
        assert_eq!(Micros(5) - Micros(3), Micros(2));
        assert_eq!(Micros(3) - Micros(5), Micros::ZERO);
        assert_eq!(Micros(3) + Micros(5), Micros(8));
        assert_eq!(Micros::NEVER + Micros(1), Micros::NEVER);
    }
}

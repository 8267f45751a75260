//! How fast virtual time passes.

use crate::sim::Micros;

/// How fast virtual time passes, on a logarithmic scale of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed(i32);

impl Speed {
    const STEPS_PER_DECADE: i32 = 20;
    /// 10^(step / 20). A table, because a power function would add more to the page than it saves here.
    const WITHIN_DECADE: [f64; 20] = [
        1.0, 1.122_018, 1.258_925, 1.412_538, 1.584_893, 1.778_279, 1.995_262, 2.238_721, 2.511_886, 2.818_383,
        3.162_278, 3.548_134, 3.981_072, 4.466_836, 5.011_872, 5.623_413, 6.309_573, 7.079_458, 7.943_282, 8.912_509,
    ];
    /// 10^(1 / 40).
    const HALF_A_STEP: f64 = 1.059_254;
    /// A thousandth of real time.
    pub const SLOWEST: Self = Self(-3 * Self::STEPS_PER_DECADE);
    /// Ten times real time.
    pub const FASTEST: Self = Self(Self::STEPS_PER_DECADE);

    /// How far one press of a key goes: to about double or half the speed.
    pub const KEY_STEPS: i32 = 6;

    /// The step with this number, kept within the scale.
    #[must_use]
    pub fn new(step: i32) -> Self {
        Self(step.clamp(Self::SLOWEST.0, Self::FASTEST.0))
    }

    /// The step nearest to a pace, given as the virtual time that passes in one second of the reader.
    #[must_use]
    pub fn from_pace(pace: Micros) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "a pace is far below 2^52")]
        let factor = pace.0 as f64 / 1e6;
        let slower =
            (Self::SLOWEST.0..Self::FASTEST.0).take_while(|step| Self(*step).factor() * Self::HALF_A_STEP < factor);
        slower.last().map_or(Self::SLOWEST, |step| Self(step + 1))
    }

    /// So many steps faster, or slower.
    #[must_use]
    pub fn faster(self, steps: i32) -> Self {
        Self::new(self.0 + steps)
    }

    /// Its number, for a slider.
    #[must_use]
    pub const fn step(self) -> i32 {
        self.0
    }

    /// Virtual time per real time.
    #[must_use]
    pub fn factor(self) -> f64 {
        let (decade, step) = (
            self.0.div_euclid(Self::STEPS_PER_DECADE),
            self.0.rem_euclid(Self::STEPS_PER_DECADE),
        );
        let power = [0.001, 0.01, 0.1, 1.0, 10.0];
        let (decade, step) = (usize::try_from(decade + 3), usize::try_from(step));
        power[decade.unwrap_or(0)] * Self::WITHIN_DECADE[step.unwrap_or(0)]
    }

    /// The virtual time that passes in one second of the reader's.
    #[must_use]
    pub fn pace(self) -> Micros {
        whole(self.factor() * 1e6 + 0.5)
    }

    /// As people say it: `1/25×`, `1×`, `2.5×`.
    #[must_use]
    pub fn label(self) -> String {
        let factor = self.factor();
        if factor >= 1.0 {
            return format!("{}×", tenths(factor));
        }
        let inverse = 1.0 / factor;
        if inverse < 9.5 {
            format!("1/{}×", tenths(inverse))
        } else {
            format!("1/{}×", two_digits(inverse))
        }
    }
}

/// With one decimal, if it isn't 0.
#[expect(clippy::cast_possible_truncation, reason = "at most 10")]
fn tenths(value: f64) -> String {
    let tenths = (value * 10.0 + 0.5) as i32;
    if tenths % 10 == 0 {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

/// Two digits say enough: 178 is 180.
#[expect(clippy::cast_possible_truncation, reason = "at most 1000")]
fn two_digits(value: f64) -> i32 {
    let unit = if value >= 100.0 { 10 } else { 1 };
    (value / f64::from(unit) + 0.5) as i32 * unit
}

/// The whole microseconds of a span.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small and positive"
)]
pub const fn whole(micros: f64) -> Micros {
    Micros(micros as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_are_even_steps_from_a_thousandth_to_ten() {
        let mut steps = (Speed::SLOWEST.step()..=Speed::FASTEST.step()).map(|step| Speed::new(step).factor());
        assert!((steps.next().unwrap() - 0.001).abs() < 1e-12);
        let mut before = 0.001;
        for factor in steps {
            assert!((factor / before - 10f64.powf(1.0 / 20.0)).abs() < 1e-4, "{factor}");
            before = factor;
        }
        assert!((before - 10.0).abs() < 1e-12);
    }

    #[test]
    fn speeds_are_said_as_people_say_them() {
        let said = |pace| Speed::from_pace(Micros(pace)).label();
        assert_eq!(said(1_000), "1/1000×");
        assert_eq!(said(40_000), "1/25×");
        assert_eq!(said(500_000), "1/2×");
        assert_eq!(said(1_000_000), "1×");
        assert_eq!(said(2_500_000), "2.5×");
        assert_eq!(said(99_000_000), "10×");
    }
}

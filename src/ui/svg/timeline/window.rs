//! The part of a run that the lanes show, and where instants are in it.

use crate::sim::Micros;

/// A stretch of time, and where instants are in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its first instant.
    pub from: Micros,
    /// How long it is; never zero.
    pub span: Micros,
}

/// A place in the width of the lanes, in hundredths of a per cent: 0 is the left edge, [`Window::WIDTH`] the right one.
pub type Place = i32;

impl Window {
    /// All of a run of this length.
    #[must_use]
    pub fn whole(length: Micros) -> Self {
        Self {
            from: Micros::ZERO,
            span: length.max(Micros(1)),
        }
    }

    /// The place of the right edge.
    pub const WIDTH: Place = 10_000;

    /// Where an instant is. What is far outside is a little outside.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a place in the drawing"
    )]
    pub fn place(self, at: Micros) -> Place {
        let share = (at.0 as f64 - self.from.0 as f64) / self.span.0.max(1) as f64;
        (share.clamp(-1.0, 2.0) * f64::from(Self::WIDTH)) as Place
    }

    /// The instant at a place.
    #[must_use]
    pub fn at(self, place: Place) -> Micros {
        self.from + self.share(place)
    }

    /// Its last instant.
    #[must_use]
    pub fn end(self) -> Micros {
        self.from + self.span
    }

    /// Whether an instant is in it.
    #[must_use]
    pub fn contains(self, at: Micros) -> bool {
        self.from <= at && at <= self.end()
    }

    /// So much of its width as a span of time.
    #[must_use]
    pub fn share(self, place: Place) -> Micros {
        let place = u64::try_from(place.clamp(0, Self::WIDTH)).unwrap_or(0);
        Micros(self.span.0.saturating_mul(place) / u64::from(Self::WIDTH.unsigned_abs()))
    }
}

/// A place as an attribute: `12.34%`.
#[must_use]
pub fn percent(place: Place) -> String {
    let sign = if place < 0 { "-" } else { "" };
    let place = place.unsigned_abs();
    format!("{sign}{}.{:02}%", place / 100, place % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_with_two_decimals() {
        let written = [0, 5, 1234, 10_000, -250].map(percent);
        assert_eq!(written, ["0.00%", "0.05%", "12.34%", "100.00%", "-2.50%"]);
    }
}

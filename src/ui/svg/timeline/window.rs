//! The part of a run that the lanes show, and where instants are in it.

use crate::sim::Micros;

/// A stretch of time, and where instants are in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

    /// Where what was drawn for another window has to be, so that each of its instants is where it is in this one: the place
    /// of its left edge, and its width.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "a place in the drawing"
    )]
    pub fn drift(self, drawn: Self) -> (Place, Place) {
        let share = drawn.span.0 as f64 / self.span.0.max(1) as f64;
        (
            self.place(drawn.from),
            (share.min(2.0) * f64::from(Self::WIDTH)) as Place,
        )
    }

    /// Whether what was drawn for another window has to be drawn anew: it would be stretched too much, or lack too much.
    #[must_use]
    pub fn is_far_from(self, drawn: Self) -> bool {
        const FAR: Place = Window::WIDTH / 12;
        let (left, width) = self.drift(drawn);
        !(-FAR..=0).contains(&left) || !(Self::WIDTH - FAR..=Self::WIDTH).contains(&width)
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

/// A place as a share of the whole width: `0.1234`.
#[must_use]
pub fn share(place: Place) -> String {
    format!("{}.{:04}", place / Window::WIDTH, place % Window::WIDTH)
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
        assert_eq!([10_000, 9007].map(share), ["1.0000", "0.9007"]);
    }

    #[test]
    fn what_was_drawn_for_another_window_is_moved_to_where_it_is_in_this_one() {
        let window = |from, span| Window {
            from: Micros(from),
            span: Micros(span),
        };
        let drawn = window(1000, 2000);
        for now in [drawn, window(1500, 2000), window(1000, 4000), window(900, 2300)] {
            let (left, width) = now.drift(drawn);
            for at in [1600, 2400].map(Micros) {
                let moved = left + drawn.place(at) * width / Window::WIDTH;
                assert!((moved - now.place(at)).abs() <= 2, "{at} in {now:?}");
            }
        }
    }
}

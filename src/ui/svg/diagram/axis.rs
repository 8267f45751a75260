//! Time downward: to scale, or one row for each instant at which something happens.

use crate::{
    sim::{Micros, Range},
    ui::svg::diagram::index::Index,
};

/// How time is spread over the height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// To scale: this much time a pixel.
    Real(Micros),
    /// A row this many pixels high for each instant.
    Even(u32),
}

impl Scale {
    const STEPS: [u64; 6] = [10, 15, 20, 30, 50, 70];
    const FINEST: Micros = Micros(10);
    const COARSEST: Micros = Micros(700_000);
    const ROWS: [u32; 6] = [12, 16, 22, 30, 40, 56];
    /// Rows as high as a line of text needs.
    pub const EVEN: Self = Self::Even(Self::ROWS[2]);

    /// The scale at which a message is well seen to travel.
    #[must_use]
    pub fn for_delay(delay: Range) -> Self {
        const PIXELS: u64 = 36;
        Self::Real(rung(Micros(delay.max.0 / PIXELS)))
    }

    /// One step nearer, or further away; the same at the end of the steps.
    #[must_use]
    pub fn zoomed(self, nearer: bool) -> Self {
        match self {
            Self::Real(pixel) if nearer => Self::Real(below(pixel)),
            Self::Real(pixel) => Self::Real(rung(pixel + Micros(1))),
            Self::Even(height) => {
                let at = Self::ROWS.iter().position(|row| *row >= height).unwrap_or(0);
                let to = if nearer { at + 1 } else { at.saturating_sub(1) };
                Self::Even(Self::ROWS[to.min(Self::ROWS.len() - 1)])
            }
        }
    }
}

/// All steps, from the finest to the coarsest.
fn rungs() -> impl DoubleEndedIterator<Item = Micros> {
    (0..5u32).flat_map(|decade| Scale::STEPS.map(|step| Micros(step * 10u64.pow(decade))))
}

/// The finest step that is not finer.
fn rung(pixel: Micros) -> Micros {
    rungs().find(|step| *step >= pixel).unwrap_or(Scale::COARSEST)
}

/// The next finer step.
fn below(pixel: Micros) -> Micros {
    rungs().rev().find(|step| *step < pixel).unwrap_or(Scale::FINEST)
}

/// Where instants are.
#[derive(Clone, Copy)]
pub struct Axis<'a> {
    index: &'a Index,
    scale: Scale,
    /// At the top; in rows if they are even.
    origin: u64,
}

impl<'a> Axis<'a> {
    /// Room above the first instant and below the last, in pixels.
    pub const PAD: f64 = 30.0;
    /// The highest drawing, in pixels: browsers place what is in a higher one a pixel off. What is older is left out.
    const HIGHEST: u64 = 4_000_000;
    /// The origin moves by this many pixels or rows, so that it rarely does.
    const GRAIN: u64 = 512;

    /// An axis from an instant, or a little before, to another.
    #[must_use]
    pub fn new(index: &'a Index, scale: Scale, from: Micros, to: Micros) -> Self {
        let origin = match scale {
            Scale::Real(pixel) => {
                let oldest = to - Micros(pixel.0 * Self::HIGHEST);
                let grain = pixel.0 * Self::GRAIN;
                from.max(oldest).0 / grain * grain
            }
            Scale::Even(height) => {
                let most = Self::HIGHEST / u64::from(height);
                let dropped = index.dropped() as u64;
                let oldest = (dropped + index.rows().len() as u64).saturating_sub(most);
                oldest.max(dropped) / Self::GRAIN * Self::GRAIN
            }
        };
        Self { index, scale, origin }
    }

    /// The same instants, but starting at one of them exactly: for a picture of a part.
    #[must_use]
    pub fn starting_at(mut self, from: Micros) -> Self {
        self.origin = match self.scale {
            Scale::Real(_) => from.0,
            Scale::Even(_) => (self.index.dropped() + self.index.rows().partition_point(|row| *row < from)) as u64,
        };
        self
    }

    /// How time is spread.
    #[must_use]
    pub const fn scale(&self) -> Scale {
        self.scale
    }

    /// The instant, or the row, at the top. What is drawn at one height stays there as long as it is the same.
    #[must_use]
    pub const fn origin(&self) -> u64 {
        self.origin
    }

    /// How far down an instant is, in pixels. Between two rows, where they are even, for an instant that has none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "pixels are far below 2^52")]
    pub fn y(&self, at: Micros) -> f64 {
        match self.scale {
            Scale::Real(pixel) => Self::PAD + (at.0 as f64 - self.origin as f64) / pixel.0 as f64,
            Scale::Even(height) => {
                let rows = self.index.rows();
                let row = rows.partition_point(|row| *row < at);
                let exact = rows.get(row) == Some(&at);
                let row = (self.index.dropped() + row) as f64 - self.origin as f64;
                Self::PAD + (row - if exact { 0.0 } else { 0.5 }) * f64::from(height)
            }
        }
    }

    /// The instant so many pixels down; that of the nearest row where they are even.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "pixels are far below 2^52"
    )]
    pub fn at(&self, y: f64) -> Micros {
        let y = (y - Self::PAD).max(0.0);
        match self.scale {
            Scale::Real(pixel) => Micros(self.origin + (y * pixel.0 as f64) as u64),
            Scale::Even(height) => {
                let row = self.origin as usize + (y / f64::from(height) + 0.5) as usize;
                let rows = self.index.rows();
                let row = row.saturating_sub(self.index.dropped());
                rows.get(row).or(rows.back()).copied().unwrap_or_default()
            }
        }
    }

    /// The instants between two heights that get a number, at a readable distance, and the finest digit they need.
    #[must_use]
    pub fn ticks(&self, from: Micros, to: Micros) -> (Vec<Micros>, Micros) {
        match self.scale {
            Scale::Real(pixel) => {
                let step = tick_step(pixel);
                let first = from.0.div_ceil(step.0);
                let ticks = (first..).map(|tick| Micros(tick * step.0));
                (ticks.take_while(|tick| *tick <= to).collect(), step)
            }
            Scale::Even(height) => {
                let rows = self.index.rows();
                let range = rows.partition_point(|row| *row < from)..rows.partition_point(|row| *row <= to);
                let every = usize::from(height < 14) + 1;
                let numbered = range.filter(|row| (row + self.index.dropped()).is_multiple_of(every));
                (numbered.map(|row| rows[row]).collect(), Micros(1000))
            }
        }
    }
}

/// A round span that is at least 56 pixels high.
fn tick_step(pixel: Micros) -> Micros {
    const APART: u64 = 56;
    let wanted = pixel.0 * APART;
    let mut unit = 1;
    loop {
        match [1, 2, 5]
            .into_iter()
            .map(|times| times * unit)
            .find(|step| *step >= wanted)
        {
            Some(step) => return Micros(step),
            None => unit *= 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn index() -> (Index, Micros) {
        let mut history = Scenario::free(5, 7).start();
        history.seek(Micros::from_millis(700));
        let mut index = Index::new(false);
        index.sync(&history, 0);
        (index, history.now())
    }

    #[test]
    fn a_height_is_where_its_instant_is() {
        let (index, now) = index();
        for scale in [Scale::Real(Micros(300)), Scale::EVEN] {
            let axis = Axis::new(&index, scale, Micros::ZERO, now);
            for row in index.rows() {
                assert_eq!(axis.at(axis.y(*row) + 0.001), *row, "{scale:?}");
            }
        }
    }

    #[test]
    fn later_is_further_down_also_between_rows() {
        let (index, now) = index();
        for scale in [Scale::Real(Micros(300)), Scale::EVEN] {
            let axis = Axis::new(&index, scale, Micros::ZERO, now);
            let heights: Vec<f64> = (0..700).map(|millis| axis.y(Micros::from_millis(millis))).collect();
            assert!(heights.is_sorted(), "{scale:?}");
        }
    }

    #[test]
    fn zooming_there_and_back_is_no_change_and_ends_somewhere() {
        for mut scale in [Scale::for_delay(Range::millis(5, 10)), Scale::EVEN] {
            assert_eq!(scale.zoomed(true).zoomed(false), scale);
            for _ in 0..100 {
                scale = scale.zoomed(true);
            }
            assert_eq!(scale.zoomed(true), scale);
            assert_ne!(scale.zoomed(false), scale);
            for _ in 0..100 {
                scale = scale.zoomed(false);
            }
            assert_eq!(scale.zoomed(false), scale);
        }
    }

    #[test]
    fn a_drawing_has_a_highest_height() {
        let (index, _) = index();
        let day = Micros::from_secs(86_400);
        let axis = Axis::new(&index, Scale::Real(Micros(10)), Micros::ZERO, day);
        assert!((4_000_000.0..4_001_000.0).contains(&axis.y(day)));
    }

    #[test]
    fn ticks_are_round_and_apart() {
        let (index, now) = index();
        let axis = Axis::new(&index, Scale::Real(Micros(300)), Micros::ZERO, now);
        let (ticks, step) = axis.ticks(Micros::from_millis(90), Micros::from_millis(210));
        let expected: Vec<_> = [100, 120, 140, 160, 180, 200].map(Micros::from_millis).into();
        assert_eq!((ticks, step), (expected, Micros::from_millis(20)));
    }
}

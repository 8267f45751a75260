//! Where what was measured lies in the plot: curves, and the points that a reader can go to.

use super::{
    line::{PlotLine, Series},
    scale::{AxisScale, MOST_TICKS},
};
use crate::{
    lab::{Published, Quantity, Variation},
    sim::Micros,
    ui::svg::point::{Point, point},
};

/// How the lines are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlotForm {
    /// How many trials do not exceed a value, as in the paper.
    #[default]
    Cumulative,
    /// How many trials have about a value.
    Histogram,
}

/// What a point stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpotKind {
    /// So many of a thousand trials do not exceed this; `None` where the limit does not let them find out.
    Share(u32, Option<u64>),
    /// So many trials have a value from this one to below that one.
    Bar(u64, u64, usize),
    /// The median at a value of what is varied.
    Varied,
}

/// A point that a reader can go to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotSpot {
    /// Where it is.
    pub at: Point,
    /// Which experiment of the line it belongs to.
    pub series: usize,
    /// The trial that it stands for, if there is one.
    pub trial: Option<u32>,
    /// What it stands for.
    pub kind: SpotKind,
}

/// A line in the plot.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// From corner to corner.
    pub path: Vec<Point>,
    /// What lies between these corners is shaded.
    pub area: Vec<Point>,
    /// Where its mark stands.
    pub marks: Vec<Point>,
    /// What the paper says of it.
    pub published: Vec<Point>,
    /// So many trials have no place in it, because they ended at this limit; and where that is said.
    pub beyond: Option<(usize, Micros, Point)>,
    /// What a reader can go to, from left to right.
    pub spots: Vec<PlotSpot>,
}

/// Room for the drawing, in its own units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlotFrame {
    /// The whole width.
    pub width: f64,
    /// The whole height.
    pub height: f64,
    /// Where the axes meet.
    pub origin: Point,
    /// The corner across.
    pub corner: Point,
    /// Labels that have room at an axis.
    pub labels: usize,
}

impl PlotFrame {
    /// Beside the ring, and in a file.
    pub const WIDE: Self = Self::new(580.0, 270.0, MOST_TICKS);
    /// On a phone.
    pub const NARROW: Self = Self::new(344.0, 270.0, 5);

    /// In front of a class.
    pub const LARGE: Self = Self::new(580.0, 330.0, MOST_TICKS);

    const fn new(width: f64, height: f64, labels: usize) -> Self {
        Self {
            width,
            height,
            origin: Point::new(50.0, height - 42.0),
            corner: Point::new(width - 16.0, 12.0),
            labels,
        }
    }

    fn at(&self, x: f64, y: f64) -> Point {
        let (origin, corner) = (self.origin, self.corner);
        point(
            origin.x + (corner.x - origin.x) * x,
            origin.y + (corner.y - origin.y) * y,
        )
    }
}

/// The plot.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    /// Its room.
    pub frame: PlotFrame,
    /// The axis to the right.
    pub x: AxisScale,
    /// The axis upward; none where bars say how high they are.
    pub y: Option<AxisScale>,
    /// What is measured.
    pub quantity: Quantity,
    /// What is varied, if anything is: then that is the axis to the right.
    pub vary: Option<Variation>,
    /// The lines.
    pub curves: Vec<Curve>,
}

/// Points of a cumulative line.
const SHARES: u32 = 200;
/// Bars of a histogram at most.
const BARS: u32 = 48;
/// Where the mark of a cumulative line stands, in thousandths.
const MARKED: [u32; 3] = [100, 500, 900];

impl Plot {
    /// The plot of these lines, if all trials of one have run.
    pub fn of(
        lines: &[PlotLine],
        form: PlotForm,
        quantity: Quantity,
        vary: Option<Variation>,
        frame: PlotFrame,
    ) -> Option<Self> {
        let values = scale_of(lines, quantity)?;
        let (x, y) = match (vary, form) {
            (Some(vary), _) if vary.is_geometric() => (AxisScale::log(vary.from, vary.to), Some(values)),
            (Some(vary), _) => (AxisScale::even(vary.from, vary.to), Some(values)),
            (None, PlotForm::Cumulative) => (values, Some(AxisScale::Even { from: 0, to: 1000 })),
            (None, PlotForm::Histogram) => (values, None),
        };
        let mut plot = Self {
            frame,
            x,
            y,
            quantity,
            vary,
            curves: Vec::new(),
        };
        plot.curves = (0..)
            .zip(lines)
            .map(|(row, line)| match (vary, form) {
                (Some(_), _) => plot.varied(line),
                (None, PlotForm::Cumulative) => plot.cumulative(line),
                (None, PlotForm::Histogram) => plot.histogram(line, row, lines.len()),
            })
            .collect();
        Some(plot)
    }

    fn at(&self, x: u64, y: u64) -> Point {
        let height = self.y.map_or(0.0, |scale| scale.place(y));
        self.frame.at(self.x.place(x), height)
    }

    fn cumulative(&self, line: &PlotLine) -> Curve {
        let mut curve = Curve::default();
        let Some(series) = line.series.first().filter(|series| series.is_done()) else {
            return curve;
        };
        curve.path.push(self.frame.at(0.0, 0.0));
        for step in 0..=SHARES {
            let share = step * 1000 / SHARES;
            let Some((trial, value)) = series.quantile(share as usize) else {
                continue;
            };
            let at = match value {
                Some(value) => self.at(value, share.into()),
                None => self.frame.at(1.0, self.known(series)),
            };
            // What is between two values is no value: a line of steps.
            curve.path.extend([point(at.x, curve.path[curve.path.len() - 1].y), at]);
            if MARKED.contains(&share) && value.is_some() {
                curve.marks.push(at);
            }
            let (trial, kind) = (Some(trial), SpotKind::Share(share, value));
            curve.spots.push(PlotSpot {
                at,
                series: 0,
                trial,
                kind,
            });
        }
        if self.quantity == Quantity::WithoutLeader {
            curve.published = line.published.iter().filter_map(|said| self.published(*said)).collect();
        }
        curve
    }

    /// How many of its trials are known, as a height.
    fn known(&self, series: &Series) -> f64 {
        let distribution = &series.distribution;
        let known = (distribution.count() - distribution.beyond()) * 1000 / distribution.count().max(1);
        self.y.map_or(0.0, |scale| scale.place(known as u64))
    }

    fn published(&self, said: Published) -> Option<Point> {
        let (millis, share) = match said {
            Published::Median(millis) => (millis, 500),
            Published::Worst(millis) => (millis, 1000),
            // It is no point of the line.
            Published::Mean(_) | Published::LongerThan(_) => return None,
        };
        Some(self.at(Micros::from_millis(millis).0, share))
    }

    /// Each line has a row of its own.
    fn histogram(&self, line: &PlotLine, row: u32, rows: usize) -> Curve {
        let mut curve = Curve::default();
        let Some(series) = line.series.first().filter(|series| series.is_done()) else {
            return curve;
        };
        let height = 1.0 / rows as f64;
        let base = 1.0 - f64::from(row + 1) * height;
        let beyond = series.distribution.beyond();
        curve.beyond = (beyond > 0).then(|| {
            let at = self.frame.at(1.0, base + height * 0.6);
            (beyond, series.experiment.limit, at)
        });
        let bars = self.bars(series.distribution.values());
        let most = bars.iter().map(|bar| bar.count).max().unwrap_or(1).max(1);
        curve.area.push(self.frame.at(0.0, base));
        for bar in &bars {
            let (left, right) = (self.x.place(bar.from), self.x.place(bar.below));
            let top = base + height * 0.8 * bar.count as f64 / most as f64;
            curve.area.extend([
                self.frame.at(left, base),
                self.frame.at(left, top),
                self.frame.at(right, top),
                self.frame.at(right, base),
            ]);
            if let Some(trial) = bar.first {
                let kind = SpotKind::Bar(bar.from, bar.below, bar.count);
                let at = self.frame.at((left + right) / 2.0, top);
                curve.spots.push(PlotSpot {
                    at,
                    series: 0,
                    trial: Some(trial),
                    kind,
                });
            }
        }
        curve.area.push(self.frame.at(1.0, base));
        curve.path.clone_from(&curve.area);
        curve.marks.push(self.frame.at(0.0, base + height * 0.12));
        curve
    }

    /// Bars that are equally wide on the axis, or hold one value each.
    fn bars(&self, sorted: &[(u64, u32)]) -> Vec<PlotBar> {
        let (from, to) = match self.x {
            AxisScale::Log { from, to } | AxisScale::Even { from, to } => (from, to),
        };
        let is_counted = self.quantity != Quantity::WithoutLeader;
        let count = if is_counted {
            u32::try_from(to - from).unwrap_or(BARS).clamp(1, BARS)
        } else {
            BARS
        };
        let edge = |index: u32| self.x.value(f64::from(index) / f64::from(count));
        let before = |value: u64| sorted.partition_point(|(other, _)| *other < value);
        let bar = |index| {
            let below = if index + 1 == count { to + 1 } else { edge(index + 1) };
            let (start, end) = (before(edge(index)), before(below));
            PlotBar {
                from: edge(index),
                below,
                count: end - start,
                first: sorted[start..end].first().map(|(_, trial)| *trial),
            }
        };
        (0..count).map(bar).collect()
    }

    fn varied(&self, line: &PlotLine) -> Curve {
        let mut curve = Curve::default();
        let (mut lower, limit) = (Vec::new(), u64::MAX);
        for (index, series) in line.series.iter().enumerate().filter(|(_, series)| series.is_done()) {
            let value = |permille| {
                series
                    .quantile(permille)
                    .map_or(limit, |(_, value)| value.unwrap_or(limit))
            };
            let at = |permille| self.at(series.value, value(permille));
            curve.area.push(at(950));
            lower.push(at(50));
            let (at, middle) = (at(500), series.quantile(500));
            let trial = middle.map(|(trial, _)| trial);
            curve.path.push(at);
            // What is longer than the limit is at the edge of the plot, but that is not its value.
            curve.marks.extend(middle.and_then(|(_, value)| value).map(|_| at));
            curve.spots.push(PlotSpot {
                at,
                series: index,
                trial,
                kind: SpotKind::Varied,
            });
        }
        curve.area.extend(lower.into_iter().rev());
        curve
    }

    /// The point that is nearest to a place: its line, and which of the line's points it is.
    pub fn nearest(&self, to: Point) -> Option<(usize, usize)> {
        let all = self.curves.iter().enumerate().flat_map(|(line, curve)| {
            let spots = curve.spots.iter().enumerate();
            spots.map(move |(index, spot)| (spot.at.distance(to), line, index))
        });
        let nearest = all.min_by(|(one, ..), (other, ..)| one.total_cmp(other));
        nearest.map(|(_, line, index)| (line, index))
    }
}

struct PlotBar {
    from: u64,
    below: u64,
    count: usize,
    first: Option<u32>,
}

/// An axis for all that was measured in these lines, and for what the paper says of it.
fn scale_of(lines: &[PlotLine], quantity: Quantity) -> Option<AxisScale> {
    let done = || {
        lines
            .iter()
            .flat_map(|line| &line.series)
            .filter(|series| series.is_done())
    };
    let ends = done().flat_map(|series| {
        let values = series.distribution.values();
        let is_beyond = series.distribution.beyond() > 0 && quantity == Quantity::WithoutLeader;
        let beyond = is_beyond.then_some(series.experiment.limit.0);
        let known = [values.first(), values.last()]
            .into_iter()
            .flatten()
            .map(|(value, _)| *value);
        known.chain(beyond)
    });
    let (least, greatest) = ends.fold((u64::MAX, 0), |(least, greatest), value| {
        (least.min(value), greatest.max(value))
    });
    done().next()?;
    Some(if quantity == Quantity::WithoutLeader {
        AxisScale::log(least.clamp(1000, greatest.max(1000)), greatest.max(2000))
    } else if least > greatest {
        AxisScale::even(0, 1)
    } else {
        AxisScale::even(0, greatest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lab::{Experiment, PaperHalf, PaperLine, TrialOutcome, Variable},
        ui::features::laboratory::line::LineName,
    };

    fn measured(mut experiment: Experiment, value: u64, quantity: Quantity) -> Series {
        experiment.trials = 60;
        let mut series = Series::new(experiment.clone(), value);
        series.outcomes = (0..experiment.trials).map(|trial| experiment.trial(trial)).collect();
        series.measure(quantity);
        series
    }

    fn line(series: Vec<Series>) -> PlotLine {
        PlotLine {
            name: LineName::Alone,
            published: &[Published::Median(287), Published::Mean(35)],
            series,
        }
    }

    /// One that settles, and one of whose trials some do not.
    fn lines(quantity: Quantity) -> Vec<PlotLine> {
        let mut hard = PaperHalf::Randomness.lines()[2].experiment(PaperLine::DELAY);
        hard.limit = Micros::from_millis(300);
        let settles = PaperHalf::Timeout.lines()[0].experiment(PaperLine::DELAY);
        [settles, hard]
            .map(|experiment| line(vec![measured(experiment, 0, quantity)]))
            .into()
    }

    fn outcome(series: &Series, spot: &PlotSpot) -> TrialOutcome {
        series.outcomes[spot.trial.expect("a trial") as usize]
    }

    #[test]
    fn every_point_stands_for_a_trial_that_has_its_value() {
        for quantity in Quantity::ALL {
            let lines = lines(quantity);
            for form in [PlotForm::Cumulative, PlotForm::Histogram] {
                let plot = Plot::of(&lines, form, quantity, None, PlotFrame::WIDE).unwrap();
                for (line, curve) in lines.iter().zip(&plot.curves) {
                    assert!(!curve.spots.is_empty());
                    for spot in &curve.spots {
                        let value = quantity.of(&outcome(&line.series[0], spot));
                        match spot.kind {
                            SpotKind::Share(share, said) => {
                                assert_eq!(said, value);
                                assert_eq!(said, line.series[0].distribution.quantile(share as usize));
                            }
                            SpotKind::Bar(from, below, _) => {
                                assert!(
                                    value.is_some_and(|value| (from..below).contains(&value)),
                                    "{value:?} in {from}..{below}"
                                );
                            }
                            SpotKind::Varied => panic!("nothing is varied"),
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn bars_hold_each_known_trial_once() {
        for quantity in Quantity::ALL {
            let lines = lines(quantity);
            let plot = Plot::of(&lines, PlotForm::Histogram, quantity, None, PlotFrame::WIDE).unwrap();
            for (line, curve) in lines.iter().zip(&plot.curves) {
                let held = |spot: &PlotSpot| match spot.kind {
                    SpotKind::Bar(_, _, count) => count,
                    _ => 0,
                };
                let held: usize = curve.spots.iter().map(held).sum();
                assert_eq!(held, line.series[0].distribution.values().len(), "{quantity:?}");
            }
        }
    }

    #[test]
    fn what_is_varied_lies_along_the_axis_and_has_the_median_s_trial() {
        let vary = Variation {
            variable: Variable::Delay,
            from: 1000,
            to: 20_000,
        };
        let experiment = PaperHalf::Timeout.lines()[4].experiment(PaperLine::DELAY);
        let experiments = vary.sweep(&experiment).experiments().unwrap();
        let each = experiments.into_iter().zip(vary.values());
        let series = each
            .map(|(experiment, value)| measured(experiment, value, Quantity::WithoutLeader))
            .collect();
        let lines = [line(series)];
        let plot = Plot::of(
            &lines,
            PlotForm::Cumulative,
            Quantity::WithoutLeader,
            Some(vary),
            PlotFrame::WIDE,
        )
        .unwrap();
        let spots = &plot.curves[0].spots;
        assert_eq!(spots.len(), 9);
        assert!(spots.windows(2).all(|pair| pair[0].at.x < pair[1].at.x));
        for spot in spots {
            let series = &lines[0].series[spot.series];
            assert_eq!(
                outcome(series, spot).without_leader.map(|time| time.0),
                series.distribution.median()
            );
        }
        assert_eq!(plot.nearest(spots[4].at), Some((0, 4)));
    }

    #[test]
    fn the_published_median_has_its_mark_and_an_average_has_none() {
        let lines = lines(Quantity::WithoutLeader);
        let plot = Plot::of(
            &lines,
            PlotForm::Cumulative,
            Quantity::WithoutLeader,
            None,
            PlotFrame::WIDE,
        )
        .unwrap();
        let at = plot.at(287_000, 500);
        assert_eq!(plot.curves[0].published, [at]);
    }

    #[test]
    fn before_a_line_has_run_there_is_no_plot() {
        let mut lines = lines(Quantity::WithoutLeader);
        lines[1].series[0].outcomes.pop();
        let plot = Plot::of(
            &lines,
            PlotForm::Cumulative,
            Quantity::WithoutLeader,
            None,
            PlotFrame::WIDE,
        )
        .unwrap();
        assert!(plot.curves[1].spots.is_empty());
        lines.remove(0);
        assert_eq!(
            Plot::of(
                &lines,
                PlotForm::Cumulative,
                Quantity::WithoutLeader,
                None,
                PlotFrame::WIDE
            ),
            None
        );
    }
}

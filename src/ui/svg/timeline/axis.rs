//! Round instants along the lanes.

use crate::{
    sim::Micros,
    ui::{
        svg::timeline::window::{Place, Window},
        text::Lang,
    },
};

/// A round instant on the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where it is.
    pub place: Place,
    /// Which, as short as it can be told from its neighbours: `0.05 s`.
    pub label: String,
}

/// The round instants of a window, so many at most. Those a little beyond its right edge come along: the window may move on
/// before it is drawn anew.
pub fn ticks(window: Window, most: u64, lang: Lang) -> impl Iterator<Item = Tick> {
    let step = round_step(window.span, most);
    let end = window.end() + window.share(Window::WIDTH / 10);
    let first = window.from.0.div_ceil(step.0) * step.0;
    let instants = std::iter::successors(Some(Micros(first)), move |at| Some(*at + step));
    instants.take_while(move |at| *at <= end).map(move |at| Tick {
        place: window.place(at),
        label: lang.round_seconds(at, step),
    })
}

/// The shortest round span of which so many fill another one at most.
fn round_step(span: Micros, most: u64) -> Micros {
    let mut unit = 1;
    loop {
        let fits = [1, 2, 5]
            .into_iter()
            .map(|times| times * unit)
            .find(|step| span.0 / step <= most);
        match fits {
            Some(step) => return Micros(step),
            None => unit *= 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_axis_a_few_instants_are_round() {
        for most in [4, 10] {
            for span in [1, 999, 20_000_000, 1_142_857, 3_600_000_000] {
                let fit = span / round_step(Micros(span), most).0;
                assert!((1..=most).contains(&fit), "{span}: {fit}");
            }
        }
    }

    #[test]
    fn labels_are_round_and_begin_within_the_window() {
        let window = Window {
            from: Micros(130_000),
            span: Micros(400_000),
        };
        let ticks: Vec<_> = ticks(window, 10, Lang::En).collect();
        assert_eq!(
            ticks[0],
            Tick {
                place: 500,
                label: "0.15 s".to_owned()
            }
        );
        assert_eq!(ticks[1].label, "0.20 s");
        assert!(ticks.iter().all(|tick| (0..=11_000).contains(&tick.place)), "{ticks:?}");
    }
}

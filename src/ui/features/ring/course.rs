//! What the browser itself moves between two frames of the page, as time passes in the run.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Animation, Element};

use crate::sim::Micros;

/// How virtual time passes for what is on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passing {
    /// The instant that is shown.
    pub now: Micros,
    /// When it is shown, in ms since the page opened.
    pub at_ms: f64,
    /// Virtual time per real time; 0 while time stands.
    pub rate: f64,
}

/// A movement of an element during a span of the run. It follows from the instant alone: the browser's animation has virtual time
/// as its clock, and each call of [`Course::follow`] sets that clock by the run's.
pub struct Course {
    animation: Animation,
    began: Micros,
    set: Option<ClockSet>,
}

/// How the clock of an animation was set.
#[derive(Clone, Copy, PartialEq)]
enum ClockSet {
    /// It stands, so many ms after the beginning.
    Stands(f64),
    /// It runs at a rate, and began at so many ms since the page opened.
    Runs { rate: f64, start: f64 },
}

impl Course {
    /// What the browser and the run may differ by before the browser's clock is set anew, in ms of the reader's.
    const TOLERANCE_MS: f64 = 8.0;

    /// What an animation goes on for after its end, in lengths of it. An event is drawn a little after it is due, and an animation
    /// that is over would have a frame of the page drawn for nothing but that.
    const LENGTHS: f64 = 8.0;

    /// From one value of a property to another, where it stays.
    pub fn new(element: &Element, property: &str, values: [&str; 2], began: Micros, ends: Micros) -> Option<Self> {
        let frames = Object::new();
        let [first, last] = values.map(JsValue::from);
        Reflect::set(&frames, &property.into(), &Array::of3(&first, &last, &last)).ok()?;
        Reflect::set(
            &frames,
            &"offset".into(),
            &Array::of2(&0.into(), &(1.0 / Self::LENGTHS).into()),
        )
        .ok()?;
        let animate: Function = Reflect::get(element, &"animate".into()).ok()?.dyn_into().ok()?;
        let animation = animate
            .call2(element, &frames, &(millis(ends - began) * Self::LENGTHS).into())
            .ok()?;
        Some(Self {
            animation: animation.unchecked_into(),
            began,
            set: None,
        })
    }

    /// Sets its clock by the run's, if they differ.
    pub fn follow(&mut self, passing: Passing) {
        let wanted = wanted(self.began, passing);
        if self.set.is_some_and(|set| set.is_about(wanted)) {
            return;
        }
        self.set = Some(wanted);
        match wanted {
            ClockSet::Stands(at) => {
                let _ = self.animation.pause();
                self.animation.set_current_time(Some(at));
            }
            ClockSet::Runs { rate, start } => {
                self.animation.set_playback_rate(rate);
                self.animation.set_start_time(Some(start));
            }
        }
    }
}

impl Drop for Course {
    fn drop(&mut self) {
        self.animation.cancel();
    }
}

impl ClockSet {
    /// Whether nobody would see a difference.
    #[expect(clippy::float_cmp, reason = "rates are computed alike")]
    fn is_about(self, other: Self) -> bool {
        match (self, other) {
            (Self::Stands(one), Self::Stands(other)) => one == other,
            (
                Self::Runs { rate, start },
                Self::Runs {
                    rate: rate2,
                    start: start2,
                },
            ) => rate == rate2 && (start - start2).abs() <= Course::TOLERANCE_MS,
            _ => false,
        }
    }
}

/// How the clock has to be set.
fn wanted(began: Micros, passing: Passing) -> ClockSet {
    let at = millis(passing.now - began);
    if passing.rate > 0.0 {
        ClockSet::Runs {
            rate: passing.rate,
            start: passing.at_ms - at / passing.rate,
        }
    } else {
        ClockSet::Stands(at)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a span is far below 2^52")]
fn millis(span: Micros) -> f64 {
    span.0 as f64 / 1000.0
}

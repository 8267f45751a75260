//! Moves the play head and what lies below it, and the clock, as time passes and without a render.

use std::{cell::Cell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, SvgElement};
use yew::NodeRef;

use crate::{
    sim::{History, Micros},
    ui::{
        run::{comparison::Comparison, player::Player},
        svg::timeline::window::{Place, Window, percent, share},
        text::Lang,
    },
};

/// What shows the time, and what of it moves.
#[derive(Clone, Default, PartialEq)]
pub struct TimeNodes {
    /// The clock.
    pub clock: NodeRef,
    /// The slider of time.
    pub slider: NodeRef,
    /// The play head.
    pub head: NodeRef,
    /// What the slider says, beside the head.
    pub label: NodeRef,
    /// What is under the pointer.
    pub preview: NodeRef,
    /// What is said of it.
    pub said: NodeRef,
    /// The axis below the lanes, the marks upon them, and the pins of what is noted.
    pub layers: [NodeRef; 3],
    /// The lanes of the branch that can be acted on, and of the other one.
    pub lanes: [LaneNodes; 2],
    /// The part of the run that is in sight now.
    pub sight: Rc<Cell<Window>>,
    /// What the lanes in the document are drawn for. They say so as they are drawn: on a slow machine frames pass before the page
    /// hears that a render is over.
    pub drawn: Rc<Cell<Window>>,
}

/// The lanes of a branch.
#[derive(Clone, Default, PartialEq)]
pub struct LaneNodes {
    /// What shows only what has been played.
    pub played: NodeRef,
    /// What is drawn in it.
    pub lanes: NodeRef,
    /// What lies over the part of it that is later than the play head.
    pub later: NodeRef,
}

/// Moves what shows the time.
#[derive(Default)]
pub struct TimePainter {
    nodes: TimeNodes,
    drawn: Window,
    lang: Lang,
    clock: Option<HtmlElement>,
    slider: Option<HtmlInputElement>,
    head: Option<HtmlElement>,
    label: Option<HtmlElement>,
    /// Where the label stands, which moves with the head.
    words: Option<HtmlElement>,
    layers: [Option<SvgElement>; 3],
    lanes: [Option<Lanes>; 2],
    shown: Shown,
}

/// What moves in the lanes of a branch.
#[derive(PartialEq)]
struct Lanes {
    played: HtmlElement,
    lanes: SvgElement,
    later: HtmlElement,
}

impl Lanes {
    fn find(nodes: &LaneNodes) -> Option<Self> {
        Some(Self {
            played: nodes.played.cast()?,
            lanes: nodes.lanes.cast()?,
            later: nodes.later.cast()?,
        })
    }
}

/// What was painted last: what has not changed is not painted again.
#[derive(Clone, Copy, Default, PartialEq)]
struct Shown {
    clock: Option<u64>,
    slider: Option<(u64, u64)>,
    /// When the slider was, in ms since the page opened.
    slider_at: f64,
    head: Option<Place>,
    layers: Option<(Place, Place)>,
    lanes: [Option<[Place; 4]>; 2],
}

impl TimePainter {
    /// How often the slider follows while time passes: it is not seen, and nobody listens faster.
    const SLIDER_MS: f64 = 300.0;

    /// What it moves, to be drawn by the timeline and the transport.
    #[must_use]
    pub fn nodes(&self) -> TimeNodes {
        self.nodes.clone()
    }

    /// A render is over, in a language.
    pub fn rendered(&mut self, lang: Lang) {
        if lang != self.lang {
            (self.lang, self.shown) = (lang, Shown::default());
        }
        // A touch on the lanes has moved the slider as well.
        self.shown.slider = None;
    }

    /// Looks up what moves: lanes may be drawn anew a little after the page. What was there before need not be painted again.
    fn look_up(&mut self) {
        let drawn = self.nodes.drawn.get();
        if drawn != self.drawn {
            (self.drawn, self.shown) = (drawn, Shown::default());
        }
        let (nodes, shown) = (&self.nodes, &mut self.shown);
        find(&mut self.clock, nodes.clock.cast(), || shown.clock = None);
        find(&mut self.slider, nodes.slider.cast(), || shown.slider = None);
        find(&mut self.head, nodes.head.cast(), || shown.head = None);
        find(&mut self.label, nodes.label.cast(), || shown.head = None);
        let words = self.label.as_ref().and_then(|label| label.parent_element());
        self.words = words.and_then(|words| words.dyn_into().ok());
        for (known, node) in self.layers.iter_mut().zip(&nodes.layers) {
            find(known, node.cast(), || shown.layers = None);
        }
        for ((known, node), shown) in self.lanes.iter_mut().zip(&nodes.lanes).zip(&mut shown.lanes) {
            find(known, Lanes::find(node), || *shown = None);
        }
    }

    /// Puts everything where it is at the instant that the player shows, with this part of the run in sight.
    pub fn paint(&mut self, player: &Player, window: Window, at_ms: f64) {
        self.look_up();
        let history = player.history();
        let now = history.now();
        self.nodes.sight.set(window);
        self.paint_clock(now);
        if !player.playing() || at_ms - self.shown.slider_at >= Self::SLIDER_MS {
            self.shown.slider_at = at_ms;
            self.paint_slider(history, window, player.window());
        }
        self.paint_head(window.place(now));
        let (left, width) = window.drift(self.drawn);
        self.paint_layers(left, width);
        let branches = [Some(history), player.comparison().map(Comparison::history)];
        for (index, branch) in branches.into_iter().enumerate() {
            if let Some(branch) = branch {
                self.paint_lanes(index, [now, branch.end()].map(|at| window.place(at)), left, width);
            }
        }
    }

    fn paint_clock(&mut self, now: Micros) {
        let Some(clock) = &self.clock else { return };
        if self.shown.clock.replace(now.as_millis()) != Some(now.as_millis()) {
            clock.set_text_content(Some(&self.lang.seconds(now)));
        }
    }

    fn paint_slider(&mut self, history: &History, window: Window, whole: Micros) {
        let Some(slider) = &self.slider else { return };
        let (now, span) = (history.now(), whole.as_millis());
        // Finer than its pixels would only cost time.
        let shown = (now.as_millis() / (window.span.as_millis() / 2000).max(1), span);
        let showed = self.shown.slider.replace(shown);
        if showed.map(|(_, span)| span) != Some(span) {
            slider.set_max(&span.to_string());
        }
        if showed != Some(shown) {
            slider.set_value(&now.as_millis().to_string());
            let said = self.lang.led_at(history, now);
            let _ = slider.set_attribute("aria-valuetext", &said);
            if let Some(label) = &self.label {
                label.set_text_content(Some(&said));
            }
        }
    }

    fn paint_head(&mut self, place: Place) {
        if self.shown.head.replace(place) != Some(place) {
            for moved in [&self.head, &self.words].into_iter().flatten() {
                put(moved, place);
            }
        }
    }

    fn paint_layers(&mut self, left: Place, width: Place) {
        if self.shown.layers.replace((left, width)) == Some((left, width)) {
            return;
        }
        for layer in self.layers.iter().flatten() {
            let _ = layer.style().set_property("left", &percent(left));
            let _ = layer.style().set_property("width", &percent(width));
        }
    }

    fn paint_lanes(&mut self, branch: usize, [now, end]: [Place; 2], left: Place, width: Place) {
        let Some(Lanes { played, lanes, later }) = &self.lanes[branch] else {
            return;
        };
        let hidden = Window::WIDTH - end.clamp(0, Window::WIDTH);
        let shown = [hidden, now, left, width];
        if self.shown.lanes[branch].replace(shown) != Some(shown) {
            style(played, "clip-path", &format!("inset(0 {} 0 0)", percent(hidden)));
            style(later, "transform", &format!("translateX({})", percent(now)));
            let moved = format!("translateX({}) scaleX({})", percent(left), share(width));
            let _ = lanes.style().set_property("transform", &moved);
        }
    }
}

/// Takes note of what a render has drawn, and tells if it is another element than before.
fn find<T: PartialEq>(known: &mut Option<T>, drawn: Option<T>, is_new: impl FnOnce()) {
    if *known != drawn {
        *known = drawn;
        is_new();
    }
}

/// Shows what there is under the pointer, or nothing.
pub fn preview(nodes: &TimeNodes, at: Option<(Place, String)>) {
    let (Some(preview), Some(words)) = (nodes.preview.cast::<HtmlElement>(), nodes.said.cast::<HtmlElement>()) else {
        return;
    };
    let _ = preview.toggle_attribute_with_force("hidden", at.is_none());
    if let Some((place, said)) = at {
        words.set_text_content(Some(&said));
        put(&preview, place);
    }
}

/// Puts something at a place. What it says stays within the lanes.
fn put(element: &HtmlElement, place: Place) {
    style(element, "transform", &format!("translateX({})", percent(place)));
    let _ = element.toggle_attribute_with_force("data-late", place > Window::WIDTH / 2);
}

fn style(element: &HtmlElement, property: &str, value: &str) {
    let _ = element.style().set_property(property, value);
}

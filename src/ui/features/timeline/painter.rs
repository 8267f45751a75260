//! Moves the play head and the cover over what has not happened yet, without a render.

use web_sys::Element;

use crate::{
    sim::Micros,
    ui::{
        run::player::Player,
        svg::timeline::window::{Place, Window, percent},
    },
};

/// Holds on to what moves in the lanes.
#[derive(Default)]
pub struct LanesPainter(Option<Lanes>);

struct Lanes {
    future: Element,
    head: Element,
    window: Window,
    shows: Option<(Place, Place)>,
}

impl LanesPainter {
    /// Looks up what a render has left in the document.
    pub fn collect(&mut self) {
        self.0 = Lanes::find();
    }

    /// Puts everything where it is at the instant that the player shows.
    pub fn paint(&mut self, player: &Player) {
        if let Some(lanes) = &mut self.0 {
            lanes.paint(player.history().now(), player.history().end());
        }
    }
}

impl Lanes {
    fn find() -> Option<Self> {
        let document = gloo::utils::document();
        let lanes = document.get_element_by_id("lanes")?;
        let number = |name| Some(Micros(lanes.get_attribute(name)?.parse().ok()?));
        Some(Self {
            future: document.get_element_by_id("lanes-future")?,
            head: document.get_element_by_id("lanes-head")?,
            window: Window {
                from: number("data-from")?,
                span: number("data-span")?,
            },
            shows: None,
        })
    }

    fn paint(&mut self, now: Micros, end: Micros) {
        let shown = [now, end].map(|at| self.window.place(at));
        let shown = (shown[0], shown[1].max(0));
        if self.shows.replace(shown) != Some(shown) {
            let _ = self.head.set_attribute("x", &percent(shown.0));
            let _ = self.future.set_attribute("x", &percent(shown.1));
        }
    }
}

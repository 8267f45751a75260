//! Moves the play head and the cover over what has not happened yet, without a render.

use web_sys::Element;
use yew::NodeRef;

use crate::{
    sim::Micros,
    ui::{
        run::player::Player,
        svg::timeline::window::{Place, Window, percent},
    },
};

/// What moves in the lanes.
#[derive(Clone, Default, PartialEq)]
pub struct LaneNodes {
    /// The cover over what has not happened yet.
    pub future: NodeRef,
    /// The play head.
    pub head: NodeRef,
}

/// Moves what moves in the lanes.
#[derive(Default)]
pub struct LanesPainter {
    nodes: LaneNodes,
    lanes: Option<Lanes>,
}

struct Lanes {
    future: Element,
    head: Element,
    window: Window,
    shows: Option<(Place, Place)>,
}

impl LanesPainter {
    /// What it moves, to be drawn by the timeline.
    #[must_use]
    pub fn nodes(&self) -> LaneNodes {
        self.nodes.clone()
    }

    /// Looks up what a render has drawn, which shows a window of the run.
    pub fn collect(&mut self, window: Window) {
        let LaneNodes { future, head } = &self.nodes;
        self.lanes = future.cast().zip(head.cast()).map(|(future, head)| Lanes {
            future,
            head,
            window,
            shows: None,
        });
    }

    /// Puts everything where it is at the instant that the player shows.
    pub fn paint(&mut self, player: &Player) {
        if let Some(lanes) = &mut self.lanes {
            lanes.paint(player.history().now(), player.history().end());
        }
    }
}

impl Lanes {
    fn paint(&mut self, now: Micros, end: Micros) {
        let shown = [now, end].map(|at| self.window.place(at));
        let shown = (shown[0], shown[1].max(0));
        if self.shows.replace(shown) != Some(shown) {
            let _ = self.head.set_attribute("x", &percent(shown.0));
            let _ = self.future.set_attribute("x", &percent(shown.1));
        }
    }
}

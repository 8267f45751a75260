//! Moves what moves by itself, each frame, without a render: marks along their way, and arcs.
//!
//! Everything is a function of the instant: a mark is at (now - sent) / (due - sent) of its way, an arc shows what remains of
//! a timeout, on one scale for all servers. There is no animation state, so seeking, stepping and reduced motion are no special cases.

use web_sys::{Element, SvgGraphicsElement, SvgTransform};

use crate::{
    raft::NodeId,
    sim::{Armed, InFlight, MessageId, Micros},
    ui::{
        kit::nodes::Nodes,
        run::{
            player::Player,
            view::{ClusterView, LostView, ServerView},
        },
        svg::{
            message::progress,
            number::hundredths,
            ring::geometry::{Geometry, Way},
        },
    },
};

/// What moves in a ring by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moving {
    /// A message on its way.
    Flight(MessageId),
    /// The cross where a message was lost, by the event of its loss.
    Lost(u64),
    /// What is left of a server's election timeout.
    Arc(NodeId),
    /// The handle at its end.
    Handle(NodeId),
}

struct FlightMark {
    flight: InFlight,
    way: Way,
    transform: SvgTransform,
}

struct Arc {
    armed: Armed,
    /// What a full circle stands for.
    scale: Micros,
    element: Element,
    handle: Option<Element>,
    shown: i32,
}

struct LostMark {
    lost: LostView,
    element: Element,
}

/// Holds on to the elements that move.
#[derive(Default)]
pub struct Painter {
    nodes: Nodes<Moving>,
    flights: Vec<FlightMark>,
    arcs: Vec<Arc>,
    lost: Vec<LostMark>,
    crept_at: f64,
}

impl Painter {
    /// What it moves, to be drawn by its ring.
    #[must_use]
    pub fn nodes(&self) -> Nodes<Moving> {
        self.nodes.clone()
    }

    /// Looks up what a render has drawn.
    pub fn collect(&mut self, view: &ClusterView, geometry: Geometry) {
        self.nodes.forget_undrawn();
        let nodes = &self.nodes;
        let flights = view.flights.iter();
        self.flights = flights
            .filter_map(|flight| FlightMark::new(nodes, *flight, geometry))
            .collect();
        let lost = view.lost.iter();
        self.lost = lost.filter_map(|lost| LostMark::new(nodes, *lost)).collect();
        self.arcs = view
            .servers
            .iter()
            .filter_map(|server| Arc::new(nodes, server, view.longest_timeout))
            .collect();
    }

    /// Whether a lost message is still seen.
    #[must_use]
    pub const fn is_fading(&self) -> bool {
        !self.lost.is_empty()
    }

    /// Paints a frame at this many ms. Marks move in every one; arcs creep, and are drawn now and then.
    pub fn paint_frame(&mut self, player: &Player, now_ms: f64) {
        const CREEP_MS: f64 = 45.0;
        if now_ms - self.crept_at >= CREEP_MS {
            self.crept_at = now_ms;
            self.paint(player);
        } else {
            self.paint_marks(player);
        }
    }

    /// Puts everything where it is at the instant that the player shows.
    pub fn paint(&mut self, player: &Player) {
        let now = player.history().now();
        self.paint_marks(player);
        for arc in &mut self.arcs {
            arc.paint(now);
        }
    }

    fn paint_marks(&mut self, player: &Player) {
        let now = player.history().now();
        for mark in &self.flights {
            mark.paint(now);
        }
        let shown_for = player.losses_shown();
        for mark in &self.lost {
            mark.paint(now, shown_for);
        }
        self.lost.retain(|mark| now - mark.lost.at <= shown_for);
    }
}

impl FlightMark {
    fn new(nodes: &Nodes<Moving>, flight: InFlight, geometry: Geometry) -> Option<Self> {
        let element: SvgGraphicsElement = nodes.element(Moving::Flight(flight.id))?;
        let transform = element.transform().base_val().get_item(0).ok()?;
        let way = geometry.way(flight.from(), flight.to());
        Some(Self { flight, way, transform })
    }

    fn paint(&self, now: Micros) {
        let flight = &self.flight;
        let place = self.way.start.toward(self.way.end, progress(flight, now));
        #[expect(clippy::cast_possible_truncation, reason = "a place in the drawing")]
        let _ = self.transform.set_translate(place.x as f32, place.y as f32);
    }
}

impl Arc {
    fn new(nodes: &Nodes<Moving>, server: &ServerView, scale: Micros) -> Option<Self> {
        Some(Self {
            armed: server.election?,
            scale,
            element: nodes.element(Moving::Arc(server.id))?,
            handle: nodes.element(Moving::Handle(server.id)),
            shown: -1,
        })
    }

    fn paint(&mut self, now: Micros) {
        let left = ratio(self.armed.fires_at - now, self.scale);
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1000")]
        let shown = (left.clamp(0.0, 1.0) * 500.0) as i32 * 2;
        if shown != self.shown {
            self.shown = shown;
            let _ = self
                .element
                .set_attribute("stroke-dashoffset", &(1000 - shown).to_string());
            if let Some(handle) = &self.handle {
                let _ = handle.set_attribute("transform", &format!("rotate({})", shown * 36 / 100));
            }
        }
    }
}

impl LostMark {
    fn new(nodes: &Nodes<Moving>, lost: LostView) -> Option<Self> {
        let element = nodes.element(Moving::Lost(lost.event))?;
        Some(Self { lost, element })
    }

    fn paint(&self, now: Micros, shown_for: Micros) {
        let age = ratio(now - self.lost.at, shown_for).clamp(0.0, 1.0);
        let _ = self.element.set_attribute("opacity", &hundredths(1.0 - age));
    }
}

#[expect(clippy::cast_precision_loss, reason = "a share of a drawing")]
fn ratio(part: Micros, whole: Micros) -> f64 {
    part.0 as f64 / whole.0.max(1) as f64
}

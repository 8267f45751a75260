//! Moves what moves by itself, without a render: marks along their way, and arcs.
//!
//! Everything is a function of the instant: a mark is at (now - sent) / (due - sent) of its way, an arc shows what remains of
//! a timeout, on one scale for all servers. Marks are carried by the browser, whose clock is set by the run's; arcs creep, and
//! are drawn now and then. So seeking, stepping and reduced motion are no special cases.

use web_sys::Element;

use crate::{
    raft::NodeId,
    sim::{Armed, InFlight, MessageId, Micros},
    ui::{
        features::ring::course::{Course, Passing},
        kit::nodes::Nodes,
        run::view::{ClusterView, LostView, ServerView},
        svg::{
            message::lost_at,
            number::fixed,
            point::Point,
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

/// Something that the browser carries, and what was drawn when it set out. What is drawn otherwise sets out anew.
struct Carried<T> {
    drawn: T,
    element: Element,
    course: Course,
}

type FlightMark = Carried<(InFlight, Way)>;
type LostMark = Carried<(LostView, Micros)>;

struct Arc {
    armed: Armed,
    /// What a full circle stands for.
    scale: Micros,
    element: Element,
    handle: Option<Element>,
    shown: i32,
}

/// Holds on to the elements that move.
#[derive(Default)]
pub struct Painter {
    nodes: Nodes<Moving>,
    flights: Vec<FlightMark>,
    arcs: Vec<Arc>,
    lost: Vec<LostMark>,
}

impl Painter {
    /// What it moves, to be drawn by its ring.
    #[must_use]
    pub fn nodes(&self) -> Nodes<Moving> {
        self.nodes.clone()
    }

    /// Looks up what a render has drawn. A loss is shown for so long.
    pub fn collect(&mut self, view: &ClusterView, geometry: Geometry, losses_shown: Micros) {
        self.nodes.forget_undrawn();
        let nodes = &self.nodes;
        let mut flights = std::mem::take(&mut self.flights);
        let seen = view.flights.iter().map(|flight| {
            let way = geometry.way(flight.from(), flight.to());
            (Moving::Flight(flight.id), (*flight, way))
        });
        self.flights = carry(nodes, &mut flights, seen, fly);
        let mut lost = std::mem::take(&mut self.lost);
        let seen = view
            .lost
            .iter()
            .map(|lost| (Moving::Lost(lost.event), (*lost, losses_shown)));
        self.lost = carry(nodes, &mut lost, seen, fade);
        let mut arcs = std::mem::take(&mut self.arcs);
        let servers = view.servers.iter();
        self.arcs = servers
            .filter_map(|server| Arc::new(nodes, server, view.longest_timeout))
            .map(|arc| arc.carried_on(&mut arcs))
            .collect();
    }

    /// Puts everything where it is at the instant that is shown, to move on from there as fast as time passes.
    pub fn paint(&mut self, passing: Passing) {
        let courses = self.flights.iter_mut().map(|mark| &mut mark.course);
        for course in courses.chain(self.lost.iter_mut().map(|mark| &mut mark.course)) {
            course.follow(passing);
        }
        for arc in &mut self.arcs {
            arc.paint(passing.now);
        }
    }

    /// Somebody else has moved arcs.
    pub fn arcs_were_moved(&mut self) {
        for arc in &mut self.arcs {
            arc.shown = -1;
        }
    }
}

/// What there is to see, carried on if it was before.
fn carry<T: PartialEq>(
    nodes: &Nodes<Moving>,
    before: &mut Vec<Carried<T>>,
    seen: impl Iterator<Item = (Moving, T)>,
    set_out: impl Fn(&Element, &T) -> Option<Course>,
) -> Vec<Carried<T>> {
    let carried = seen.filter_map(|(moving, drawn)| {
        let element = nodes.element(moving)?;
        let same = |old: &Carried<T>| old.drawn == drawn && old.element == element;
        if let Some(place) = before.iter().position(same) {
            return Some(before.swap_remove(place));
        }
        let course = set_out(&element, &drawn)?;
        Some(Carried { drawn, element, course })
    });
    carried.collect()
}

/// A message goes from where it leaves its sender to where it arrives or is lost.
fn fly(element: &Element, (flight, way): &(InFlight, Way)) -> Option<Course> {
    let place = |place: Point| format!("translate({}px, {}px)", fixed(place.x), fixed(place.y));
    let end = way.start.toward(way.end, flight.lost.map_or(1.0, lost_at));
    let places = [place(way.start), place(end)];
    let values = [places[0].as_str(), places[1].as_str()];
    Course::new(element, "transform", values, flight.leaves_at, flight.due_at)
}

/// A loss fades; its cross is drawn without colour.
fn fade(element: &Element, (lost, shown_for): &(LostView, Micros)) -> Option<Course> {
    Course::new(element, "opacity", ["1", "0"], lost.at, lost.at + *shown_for)
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

    /// What is drawn as it was need not be painted again.
    fn carried_on(mut self, before: &mut [Self]) -> Self {
        let same = |old: &&mut Self| old.element == self.element && old.handle == self.handle;
        if let Some(old) = before.iter_mut().find(same) {
            self.shown = old.shown;
        }
        self
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

#[expect(clippy::cast_precision_loss, reason = "a share of a drawing")]
fn ratio(part: Micros, whole: Micros) -> f64 {
    part.0 as f64 / whole.0.max(1) as f64
}

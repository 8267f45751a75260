//! The lines between servers: whole, or what is left of each direction where something is cut.

use crate::{
    raft::NodeId,
    sim::Links,
    ui::svg::{
        point::{Point, point},
        ring::geometry::{Geometry, Way},
    },
};

/// A part of the line between two servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LinkPart {
    /// All of it: nothing is cut.
    Whole(Point, Point),
    /// The direction that messages still take where they can't take the other one.
    Open(Point, Point),
    /// From a sender to where its messages end.
    Cut(Point, Point),
    /// Across the line: here messages end.
    Bar(Point, Point),
    /// At a server that messages still reach.
    Head([Point; 3]),
}

/// Half of the gap in a line that is cut, as a share of it.
const HALF_GAP: f64 = 0.04;

/// All pairs of servers, each once.
pub fn pairs(size: usize) -> impl Iterator<Item = (NodeId, NodeId)> {
    NodeId::all(size).flat_map(move |a| (a.index() + 1..size).map(move |b| (a, NodeId::new(b))))
}

/// The line between two servers, in the order of drawing.
#[must_use]
pub fn link(geometry: &Geometry, links: &Links, a: NodeId, b: NodeId) -> Vec<LinkPart> {
    let (from, to) = (geometry.server(a), geometry.server(b));
    let (there, back) = (geometry.way(a, b), geometry.way(b, a));
    let middle = geometry.middle(a, b);
    match (links.is_up(a, b), links.is_up(b, a)) {
        (true, true) => vec![LinkPart::Whole(from, to)],
        (false, false) => [
            cut(from, to, middle, there.direction),
            cut(to, from, 1.0 - middle, there.direction),
        ]
        .concat(),
        (true, false) => [open(there), cut(back.start, back.end, 1.0 - middle, there.direction)].concat(),
        (false, true) => [open(back), cut(there.start, there.end, middle, there.direction)].concat(),
    }
}

fn open(way: Way) -> [LinkPart; 2] {
    let head = LinkPart::Head(head(way.end, way.direction));
    [LinkPart::Open(way.start, way.end), head]
}

/// From the sender to the bar at which its messages end.
fn cut(start: Point, end: Point, middle: f64, direction: Point) -> [LinkPart; 2] {
    let bar = start.toward(end, middle - HALF_GAP);
    let (x, y) = (-direction.y * 7.0, direction.x * 7.0);
    [
        LinkPart::Cut(start, bar),
        LinkPart::Bar(point(bar.x - x, bar.y - y), point(bar.x + x, bar.y + y)),
    ]
}

/// An arrow head at the end of a line.
#[must_use]
pub fn head(tip: Point, direction: Point) -> [Point; 3] {
    let (x, y) = (direction.x * 11.0, direction.y * 11.0);
    [
        point(tip.x - x - y * 0.5, tip.y - y + x * 0.5),
        tip,
        point(tip.x - x + y * 0.5, tip.y - y - x * 0.5),
    ]
}

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
    /// What is left at a server of a link that is cut both ways.
    Faded(Point, Point),
    /// The direction that messages still take where they can't take the other one.
    Open(Point, Point),
    /// At a server that messages still reach.
    Head([Point; 3]),
    /// From a sender to where its messages end.
    Cut(Point, Point),
    /// There, the head of an arrow that does not arrive.
    Stopped([Point; 3]),
    /// And across it, what stops it.
    Bar(Point, Point),
}

/// Half of the gap in a line that is cut both ways, as a share of it. What is left ends before it meets what is left of another,
/// else both would look like one line with a bend.
const HALF_GAP: f64 = 0.2;

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
        (false, false) => vec![
            LinkPart::Faded(from, from.toward(to, middle - HALF_GAP)),
            LinkPart::Faded(to, to.toward(from, 1.0 - middle - HALF_GAP)),
        ],
        (true, false) => [open(there).as_slice(), &cut(back, 1.0 - middle)].concat(),
        (false, true) => [open(back).as_slice(), &cut(there, middle)].concat(),
    }
}

fn open(way: Way) -> [LinkPart; 2] {
    let head = LinkPart::Head(head_of(way.end, way.direction, head_size(way)));
    [LinkPart::Open(way.start, way.end), head]
}

/// From the sender to the bar at which its messages end.
fn cut(way: Way, middle: f64) -> [LinkPart; 3] {
    // Between servers that are near each other the other arrow's head would be beside the bar: it stands at the other end.
    let is_short = way.start.distance(way.end) < SHORT;
    let bar = way.start.toward(way.end, if is_short { 0.9 } else { middle });
    let Point { x, y } = way.direction;
    let tip = point(bar.x - x * 3.0, bar.y - y * 3.0);
    [
        LinkPart::Cut(way.start, tip),
        LinkPart::Stopped(head_of(tip, way.direction, head_size(way))),
        LinkPart::Bar(
            point(bar.x + y * 6.0, bar.y - x * 6.0),
            point(bar.x - y * 6.0, bar.y + x * 6.0),
        ),
    ]
}

/// A way shorter than this has no room for two heads and a bar side by side.
const SHORT: f64 = 70.0;
/// How long the head of an arrow is where there is room for it.
const HEAD: f64 = 11.0;

/// How long the head of an arrow is, so that two and a bar have room between servers that are near each other.
fn head_size(way: Way) -> f64 {
    (way.start.distance(way.end) * 0.18).clamp(6.0, HEAD)
}

/// An arrow head at the end of a line.
#[must_use]
pub fn head(tip: Point, direction: Point) -> [Point; 3] {
    head_of(tip, direction, HEAD)
}

fn head_of(tip: Point, direction: Point, size: f64) -> [Point; 3] {
    let (x, y) = (direction.x * size, direction.y * size);
    [
        point(tip.x - x - y * 0.5, tip.y - y + x * 0.5),
        tip,
        point(tip.x - x + y * 0.5, tip.y - y - x * 0.5),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(there: bool, back: bool) -> Vec<LinkPart> {
        let (s1, s2) = (NodeId::new(0), NodeId::new(1));
        let mut links = Links::ALL_UP;
        links.set(s1, s2, there);
        links.set(s2, s1, back);
        link(&Geometry::new(5, false), &links, s1, s2)
    }

    fn tip(parts: &[LinkPart], arrives: bool) -> Option<Point> {
        parts.iter().find_map(|part| match part {
            LinkPart::Head([_, tip, _]) if arrives => Some(*tip),
            LinkPart::Stopped([_, tip, _]) if !arrives => Some(*tip),
            _ => None,
        })
    }

    #[test]
    fn what_is_cut_both_ways_has_a_gap_and_no_arrows() {
        let [LinkPart::Faded(a, b), LinkPart::Faded(c, d)] = parts(false, false)[..] else {
            panic!("two ends");
        };
        assert!(b.distance(d) > 0.2 * a.distance(c));
    }

    #[test]
    fn of_what_is_cut_one_way_an_arrow_arrives_and_one_does_not() {
        let geometry = Geometry::new(5, false);
        for (there, from, to) in [(true, 0, 1), (false, 1, 0)] {
            let parts = parts(there, !there);
            let (from, to) = (geometry.server(NodeId::new(from)), geometry.server(NodeId::new(to)));
            let half = from.distance(to) / 2.0;
            let near = geometry.server_radius() + 10.0;
            assert!(tip(&parts, true).unwrap().distance(to) < near);
            let stopped = tip(&parts, false).unwrap();
            assert!(stopped.distance(from) > near && stopped.distance(to) > half - 10.0);
        }
        assert_eq!(tip(&parts(true, true), true), None);
    }
}

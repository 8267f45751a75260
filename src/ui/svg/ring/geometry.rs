//! Where things are in the ring.

use std::f64::consts::FRAC_1_SQRT_2;

use crate::{
    raft::{MAX_SERVERS, NodeId},
    ui::svg::{drawing::Anchor, point::Point},
};

/// Cosine and sine of a full turn divided by 1 to 9, so that no sine has to be computed (and shipped).
const TURN: [(f64, f64); MAX_SERVERS] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (-0.5, 0.866_025_403_784_438_6),
    (0.0, 1.0),
    (0.309_016_994_374_947_45, 0.951_056_516_295_153_5),
    (0.5, 0.866_025_403_784_438_6),
    (0.623_489_801_858_733_6, 0.781_831_482_468_029_8),
    (FRAC_1_SQRT_2, FRAC_1_SQRT_2),
    (0.766_044_443_118_978, 0.642_787_609_686_539_3),
];

/// The ring for a number of servers, on a wide or a narrow screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    servers: usize,
    /// Narrow: everything closer together.
    pub compact: bool,
    /// Many servers with little room down and more across.
    pub low: bool,
    /// In front of a class and in lessons: what is said about the servers at the foot stands beside them, and all is larger in the
    /// same height.
    pub projected: bool,
}

impl Geometry {
    /// Space between a server and where its messages start and end.
    const GAP: f64 = 6.0;
    /// Messages keep to the right of the line, so that those in opposite directions don't meet.
    const LANE: f64 = 6.0;
    /// Room below the servers at the foot where their labels stand beside them.
    const FOOT: f64 = 24.0;
    /// How many servers have room for all that there is to say on a low screen.
    pub const MOST_ON_LOW: usize = 5;

    /// What style sheets call a cluster of so many servers, which needs the room of other things on a low screen.
    #[must_use]
    pub const fn crowd(servers: usize) -> &'static str {
        match servers {
            0..=Self::MOST_ON_LOW => "",
            6..=7 => "crowded",
            _ => "crowded many",
        }
    }

    /// The ring for so many servers.
    #[must_use]
    pub const fn new(servers: usize, compact: bool) -> Self {
        Self {
            servers,
            compact,
            low: false,
            projected: false,
        }
    }

    /// The ring in front of a class or in a lesson, where there is more room across than down.
    #[must_use]
    pub const fn projected(servers: usize) -> Self {
        Self {
            servers,
            compact: false,
            low: false,
            projected: matches!(servers, 4..=5),
        }
    }

    /// The same on a low screen, which is wide: what many servers have to say is less there, and can be read.
    #[must_use]
    pub const fn low(servers: usize) -> Self {
        Self {
            servers,
            compact: true,
            low: servers > Self::MOST_ON_LOW,
            projected: false,
        }
    }

    /// Width and height of the drawing: as high as its lowest label needs.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        let lowest = NodeId::all(self.servers)
            .map(|server| self.server(server).y)
            .fold(0.0, f64::max);
        let below = if self.projected { Self::FOOT } else { self.label_room() };
        (self.width(), lowest + self.server_radius() + below)
    }

    const fn width(&self) -> f64 {
        match (self.compact, self.servers) {
            _ if self.low => 522.0,
            (true, _) => 360.0,
            _ if self.projected => 720.0,
            (false, ..=5) => 700.0,
            // Some labels stand beside their servers.
            (false, ..=7) => 880.0,
            (false, _) => 960.0,
        }
    }

    /// Room for a label below a server, or above the one on top.
    const fn label_room(&self) -> f64 {
        match (self.compact, self.crowded()) {
            (true, true) if self.low => 43.0,
            (true, true) => 46.0,
            (true, false) => 58.0,
            (false, _) => 74.0,
        }
    }

    const fn center(&self) -> Point {
        let y = self.label_room() + self.server_radius() + self.radii().1;
        Point::new(self.width() / 2.0, y)
    }

    /// How far servers are from the middle, across and down. A wide screen has much more room across, and what is not needed
    /// down makes everything in the ring larger.
    const fn radii(&self) -> (f64, f64) {
        match (self.compact, self.servers) {
            (_, ..=7) if self.low => (138.0, 78.0),
            _ if self.low => (138.0, 96.0),
            (_, 1) => (0.0, 0.0),
            (true, 2..=4) => (122.0, 100.0),
            (true, 5) => (125.0, 65.0),
            (true, 6..=7) => (130.0, 134.0),
            (true, _) => (130.0, 130.0),
            _ if self.projected => (240.0, 84.0),
            (false, 2..=5) => (256.0, 84.0),
            (false, 6..=7) => (250.0, 140.0),
            (false, _) => (250.0, 190.0),
        }
    }

    /// Radius of a server.
    #[must_use]
    pub const fn server_radius(&self) -> f64 {
        match (self.compact, self.servers) {
            (true, 1..=5) => 34.0,
            (true, 6..=7) if self.low => 26.0,
            (true, 6..=7) => 29.0,
            (true, _) => 25.0,
            (false, 1..=5) => 46.0,
            (false, 6..=7) => 42.0,
            (false, _) => 38.0,
        }
    }

    /// Whether servers stand so close that there is room for little below each.
    #[must_use]
    pub const fn crowded(&self) -> bool {
        self.compact && self.servers > 7
    }

    /// How many lines there is room for at each.
    #[must_use]
    pub const fn lines(&self) -> usize {
        match (self.crowded(), self.low) {
            (false, _) => 3,
            (true, true) => 2,
            (true, false) => 1,
        }
    }

    /// How many lines are said of a server: of many on a low screen, the one on top has others' words beside its second line.
    #[must_use]
    pub const fn lines_at(&self, server: NodeId) -> usize {
        if self.crowded() && server.index() == 0 {
            1
        } else {
            self.lines()
        }
    }

    /// Where a server stands: S1 on top, the others clockwise.
    #[must_use]
    pub fn server(&self, server: NodeId) -> Point {
        let (cos, sin) = TURN[self.servers - 1];
        let top = (0.0, -1.0);
        let (x, y) = (0..server.index()).fold(top, |(x, y), _| (x * cos - y * sin, x * sin + y * cos));
        let (center, (across, down)) = (self.center(), self.radii());
        Point::new(center.x + across * x, center.y + down * y)
    }

    /// Where what is said about a server stands: on the side of it to which no line leads.
    #[must_use]
    pub fn label(&self, server: NodeId) -> Label {
        let (radius, line) = (self.server_radius(), self.line());
        let (over, under) = if self.compact { (11.0, 23.0) } else { (15.0, 26.0) };
        let side = self.side(server);
        let (beside, first) = match (self.low, self.projected) {
            (true, _) => (8.0, -2.0),
            (_, true) => (16.0, 8.0),
            _ => (16.0, -4.0),
        };
        // What is longer than the room at the side stands below the server.
        let last = if self.projected { 2.5 } else { 2.0 };
        let (anchor, x, lines) = match side {
            LabelSide::Above => (
                Anchor::Middle,
                0.0,
                [1.0, 0.0, 2.0].map(|up| -radius - over - up * line),
            ),
            LabelSide::Below => (
                Anchor::Middle,
                0.0,
                [0.0, 1.0, 2.0].map(|down| radius + under + down * line),
            ),
            LabelSide::Right => (
                Anchor::Start,
                radius + beside,
                [0.0, 1.0, last].map(|down| down * line + first),
            ),
            LabelSide::Left => (
                Anchor::End,
                -radius - beside,
                [0.0, 1.0, last].map(|down| down * line + first),
            ),
        };
        Label { anchor, x, lines }
    }

    fn side(&self, server: NodeId) -> LabelSide {
        let (place, center, (across, down)) = (self.server(server), self.center(), self.radii());
        let (x, y) = (
            (place.x - center.x) / across.max(1.0),
            (place.y - center.y) / down.max(1.0),
        );
        // There, lines lead up and down.
        let at_the_side = if self.low {
            x.abs() > 0.8
        } else if self.projected {
            y > 0.5
        } else {
            x.abs() > 0.9 && self.servers > 6 && !self.compact
        };
        match (at_the_side, x > -0.01) {
            (true, true) => LabelSide::Right,
            (true, false) => LabelSide::Left,
            (false, _) if self.servers > 1 && y < if self.compact { -0.3 } else { 0.05 } => LabelSide::Above,
            (false, _) => LabelSide::Below,
        }
    }

    /// How far to move something at a server, so wide to both sides of a place, to keep it within the drawing.
    #[must_use]
    pub fn shift_into_sight(&self, server: NodeId, x: f64, half: f64) -> f64 {
        const MARGIN: f64 = 4.0;
        let at = self.server(server).x + x;
        let most = self.width() - MARGIN - half;
        at.min(most).max(MARGIN + half) - at
    }

    /// From a line of a label to the next one.
    #[must_use]
    pub const fn line(&self) -> f64 {
        if self.compact { 15.0 } else { 20.0 }
    }

    /// Where the line between two servers is marked, as a share of it: half way, but off the middle of the ring, where lines
    /// between opposite servers would all be marked at one place, and off the corner of a candidate past which a line goes.
    #[must_use]
    pub const fn middle(&self, a: NodeId, b: NodeId) -> f64 {
        let steps = a.index().abs_diff(b.index());
        if self.servers > 2 && steps * 2 == self.servers {
            0.36
        } else if steps == 1 || steps + 1 == self.servers {
            0.5
        } else {
            0.46
        }
    }

    /// The way of a message: from edge to edge, a little to the right of the line.
    #[must_use]
    pub fn way(&self, from: NodeId, to: NodeId) -> Way {
        let (a, b) = (self.server(from), self.server(to));
        let length = a.distance(b).max(1.0);
        let (ux, uy) = ((b.x - a.x) / length, (b.y - a.y) / length);
        let edge = self.server_radius() + Self::GAP;
        let (side_x, side_y) = (-uy * Self::LANE, ux * Self::LANE);
        Way {
            start: Point::new(a.x + ux * edge + side_x, a.y + uy * edge + side_y),
            end: Point::new(b.x - ux * edge + side_x, b.y - uy * edge + side_y),
            direction: Point::new(ux, uy),
        }
    }
}

/// Where what is said about a server stands, seen from its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Label {
    /// Which part of its lines stands there.
    pub anchor: Anchor,
    /// How far to the right.
    pub x: f64,
    /// How far down the foot of each line is: what the server is, its vote or its votes, and what else there is to say.
    pub lines: [f64; 3],
}

enum LabelSide {
    Above,
    Below,
    Right,
    Left,
}

/// The way of a message through the drawing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Way {
    /// At the sender.
    pub start: Point,
    /// At the receiver.
    pub end: Point,
    /// Its direction, one unit long.
    pub direction: Point,
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    #[test]
    fn turns_are_those_of_the_circle() {
        for (parts, (cos, sin)) in (1..).zip(TURN) {
            let angle = TAU / f64::from(parts);
            assert!(
                (angle.cos() - cos).abs() < 1e-12 && (angle.sin() - sin).abs() < 1e-12,
                "1/{parts}"
            );
        }
    }

    fn all() -> impl Iterator<Item = Geometry> {
        (1..=9).flat_map(|size| {
            [
                Geometry::new(size, false),
                Geometry::new(size, true),
                Geometry::low(size),
                Geometry::projected(size),
            ]
        })
    }

    #[test]
    fn a_low_ring_of_many_is_about_as_wide_as_its_room_and_others_are_as_ever() {
        for size in 6..=9 {
            let (width, height) = Geometry::low(size).size();
            assert!((1.5..1.9).contains(&(width / height)), "{size}: {width} by {height}");
            assert!(height < 336.0, "{size}: words are 11 pixels high in 300 pixels");
        }
        for size in 1..=Geometry::MOST_ON_LOW {
            assert_eq!(Geometry::low(size), Geometry::new(size, true));
        }
    }

    fn inside(geometry: Geometry, point: Point, margin: f64) -> bool {
        let (width, height) = geometry.size();
        (margin..=width - margin).contains(&point.x) && (margin..=height - margin).contains(&point.y)
    }

    #[test]
    fn servers_fit_and_do_not_touch() {
        for geometry in all() {
            let size = geometry.servers;
            let radius = geometry.server_radius();
            for a in NodeId::all(size) {
                assert!(inside(geometry, geometry.server(a), radius + 8.0), "{a} of {size}");
                for b in NodeId::all(size).filter(|b| *b != a) {
                    let distance = geometry.server(a).distance(geometry.server(b));
                    assert!(distance > 2.0 * radius + 16.0, "{a} and {b} of {size}");
                }
            }
        }
    }

    #[test]
    fn labels_fit_into_the_drawing() {
        for geometry in all() {
            let size = geometry.servers;
            let lines = geometry.lines();
            for server in NodeId::all(size) {
                let (place, label) = (geometry.server(server), geometry.label(server));
                for line in &label.lines[..lines] {
                    let foot = Point::new(place.x, place.y + line);
                    let head = Point::new(place.x, foot.y - 14.0);
                    assert!(inside(geometry, foot, 4.0), "{server} of {size}: {foot:?}");
                    assert!(inside(geometry, head, 0.0), "{server} of {size}: {head:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_moved_into_sight_is_in_sight() {
        let geometry = Geometry::new(5, false);
        let [first, second] = [0, 1].map(NodeId::new);
        assert!(geometry.shift_into_sight(first, 0.0, 100.0).abs() < 1e-9);
        let moved = geometry.server(second).x + geometry.shift_into_sight(second, 0.0, 150.0);
        assert!(moved + 150.0 < geometry.size().0, "{moved}");
    }

    #[test]
    fn a_wide_ring_is_low_so_that_a_low_screen_shows_it_large() {
        for size in 1..=5 {
            let (width, height) = Geometry::new(size, false).size();
            assert!(width / height > 1.4, "{size}: {width} by {height}");
        }
    }

    #[test]
    fn in_front_of_a_class_all_is_larger_in_the_same_height() {
        for size in 4..=5 {
            let [(wide, high), (usual_wide, usual_high)] =
                [Geometry::projected(size), Geometry::new(size, false)].map(|geometry| geometry.size());
            assert!(usual_high / high > 1.12 && wide / usual_wide < 1.03, "{size}");
        }
        assert_eq!(Geometry::projected(9), Geometry::new(9, false));
    }

    #[test]
    fn messages_in_opposite_directions_keep_apart() {
        let geometry = Geometry::new(5, false);
        let (s1, s3) = (NodeId::new(0), NodeId::new(2));
        let (there, back) = (geometry.way(s1, s3), geometry.way(s3, s1));
        assert!(
            there
                .start
                .toward(there.end, 0.5)
                .distance(back.start.toward(back.end, 0.5))
                > 10.0
        );
    }
}

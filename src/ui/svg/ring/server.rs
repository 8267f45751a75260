//! The shape of a server, which shows its role without words.

use crate::{
    raft::Term,
    ui::{
        run::view::ServerView,
        svg::{
            drawing::CROWN,
            point::{Point, point},
            ring::geometry::Geometry,
            stops::Stop,
        },
    },
};

/// What a server looks like, around its place. Followers are round, candidates hexagonal, who believes
/// that it leads has a second ring and a crown.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerShape {
    /// Its outline.
    pub hull: Hull,
    /// Radius of the ring around it.
    pub second_ring: Option<f64>,
    /// A crown for the leader, or the mark of a server that stands still.
    pub symbol: Option<Symbol>,
}

/// The outline of a server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hull {
    /// With a radius.
    Circle(f64),
    /// That stands on a corner.
    Hexagon([Point; 6]),
}

/// A sign in the upper half of a server.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Symbol {
    /// In which way the server stands still, if it does; else it leads.
    pub stop: Option<Stop>,
    /// How far below the middle it stands.
    pub y: f64,
    /// How many times as large as its path it is.
    pub size: f64,
}

impl Symbol {
    /// Its path around its place.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self.stop {
            Some(stop) => stop.path(),
            None => CROWN,
        }
    }
}

impl ServerShape {
    /// The shape of a server with a radius.
    #[must_use]
    pub fn of(server: &ServerView, radius: f64) -> Self {
        let stop = Stop::of(server);
        let symbol = Symbol {
            stop,
            y: -radius * 0.6,
            size: radius / 50.0,
        };
        Self {
            hull: if server.runs_for_leader() {
                Hull::Hexagon(hexagon(radius + 3.0))
            } else {
                Hull::Circle(radius)
            },
            second_ring: server.claim.is_some().then_some(radius + 7.0),
            symbol: (stop.is_some() || server.claim.is_some()).then_some(symbol),
        }
    }
}

fn hexagon(radius: f64) -> [Point; 6] {
    const HALF_WIDTH: f64 = 0.866_025_403_784_438_6;
    let (w, h) = (radius * HALF_WIDTH, radius / 2.0);
    [(0.0, -radius), (w, -h), (w, h), (0.0, radius), (-w, h), (-w, -h)].map(|(x, y)| point(x, y))
}

/// How far down its radius the term of a server stands.
pub const TERM_DOWN: f64 = 0.42;

/// What stands for a term between the two sides of the timer's arc, and how far down: two and three digits have room beside the word on
/// a wide screen, nearer to the middle; where there is none, the number stands alone.
#[must_use]
pub fn term(term: Term, geometry: &Geometry) -> (String, f64) {
    const LONG_DOWN: f64 = 0.34;
    const LEAST_WITH_WORD: f64 = 30.0;
    match (term.0, geometry.compact) {
        (0..=9, _) if geometry.server_radius() >= LEAST_WITH_WORD => (format!("term {term}"), TERM_DOWN),
        (10..=99, false) if geometry.server_radius() >= LEAST_WITH_WORD => (format!("term {term}"), LONG_DOWN),
        (100..=999, false) => (format!("term {term}"), LONG_DOWN),
        _ => (term.to_string(), TERM_DOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_its_word_where_there_is_room_for_it() {
        let [wide, narrow] = [false, true].map(|compact| Geometry::new(5, compact));
        let said = |number, geometry: &Geometry| term(Term(number), geometry).0;
        assert_eq!(
            [1, 99, 100, 999].map(|number| said(number, &wide)),
            ["term 1", "term 99", "term 100", "term 999"]
        );
        assert_eq!(said(1234, &wide), "1234");
        assert_eq!(
            [9, 10, 100].map(|number| said(number, &narrow)),
            ["term 9", "10", "100"]
        );
        for small in [Geometry::new(9, true), Geometry::low(6)] {
            assert_eq!(said(2, &small), "2");
        }
        assert!(term(Term(10), &wide).1 < TERM_DOWN, "it stands where the ring is wider");
    }
}

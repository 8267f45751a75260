//! The dots: what happens at a server.

use super::{Columns, Draft, Target};
use crate::ui::svg::{
    diagram::index::{Dot, DotKind},
    drawing::{BARS, CROSS, HEXAGON, Look, Piece},
    point::{Point, point},
};

impl Draft<'_, '_> {
    pub(super) fn dot(&mut self, dot: &Dot) {
        let x = dot.server.map_or(Columns::AXIS, |server| self.plan.columns.x(server));
        let at = point(x, self.plan.axis.y(dot.at));
        self.scene.spots.push(Target {
            event: dot.event,
            from: at,
            to: at,
        });
        if dot.server.is_none() {
            let end = point(self.plan.columns.width, at.y);
            self.pieces.push(Piece::line(Look::Grid, at, end));
        }
        self.ring(dot, at);
        self.circles(dot.kind, at);
        self.close(dot.event.0 * 2 + 1);
    }

    /// Around what is selected, and what led to it.
    fn ring(&mut self, dot: &Dot, at: Point) {
        const RADIUS: f64 = 11.0;
        let trace = self.plan.history.trace();
        let selected = self.plan.selected.and_then(|selected| trace.get(selected));
        let first = self.lit.partition_point(|place| place.0 < dot.at);
        let mut at_once = self.lit[first..].iter().take_while(|place| place.0 == dot.at);
        if at_once.any(|place| place.1 == dot.server) {
            self.pieces.push(Piece::circle(Look::Highlight, at, RADIUS));
        }
        if selected.is_some_and(|event| (event.at, event.server) == (dot.at, dot.server)) {
            self.pieces.push(Piece::circle(Look::Selected, at, RADIUS));
        }
    }

    fn circles(&mut self, kind: DotKind, at: Point) {
        let mut circle = |look, radius| self.pieces.push(Piece::circle(look, at, radius));
        match kind {
            DotKind::Beat => circle(Look::LeaderMark, 3.5),
            DotKind::Heard => circle(Look::FollowerMark, 3.0),
            DotKind::Ignored | DotKind::Unheard => circle(Look::FollowerOutline, 3.5),
            DotKind::Term => circle(Look::FollowerMark, 4.5),
            DotKind::Vote => circle(Look::VoteMark, 4.5),
            DotKind::Refusal => circle(Look::VoteOutline, 4.0),
            DotKind::Won => {
                circle(Look::LeaderOutline, 9.0);
                circle(Look::LeaderMark, 6.0);
            }
            DotKind::Granted => {
                circle(Look::VoteMark, 6.5);
                self.pieces
                    .push(Piece::path(Look::Check, at, 0.8, "M-3.6 0.2L-1 2.9L3.8 -2.8"));
            }
            other => self.sign(other, at),
        }
    }

    /// What is no circle.
    fn sign(&mut self, kind: DotKind, at: Point) {
        let mut path = |look, size, path| self.pieces.push(Piece::path(look, at, size, path));
        match kind {
            DotKind::Timeout => path(Look::VoteOutline, 0.5, HEXAGON),
            DotKind::Started => path(Look::VoteMark, 0.8, HEXAGON),
            DotKind::Denied => {
                path(Look::VoteOutline, 0.8, "M-7 -7H7V7H-7Z");
                path(Look::VoteLines, 0.8, "M-3 -3L3 3M3 -3L-3 3");
            }
            DotKind::SteppedDown => path(Look::FollowerMark, 1.0, "M-7 -5H7L0 7Z"),
            DotKind::Paused => path(Look::ActedMark, 1.0, BARS),
            DotKind::Resumed | DotKind::Up => path(Look::ActedMark, 1.0, "M-5 -6.5L7 0L-5 6.5Z"),
            DotKind::Crashed => path(Look::ActedLines, 1.0, CROSS),
            DotKind::Wiped => {
                path(Look::ActedLines, 1.0, "M-8 -8H8V8H-8Z");
                path(Look::ActedLines, 0.7, CROSS);
            }
            _ => path(Look::ActedMark, 0.8, "M-8 0L0 -8L8 0L0 8Z"),
        }
    }
}

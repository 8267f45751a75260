//! The shapes of the marks above the lanes: told apart by form first.

use crate::{
    sim::{Action, Effect, MarkKind},
    ui::svg::{
        drawing::{CROWN, Look, Piece},
        point::Point,
    },
};

/// A shape, about five units in each direction after it is sized.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Its path.
    pub path: &'static str,
    /// How many times as large it is drawn.
    pub size: f64,
    /// What it looks like.
    pub look: Look,
}

impl Shape {
    const fn new(look: Look, path: &'static str) -> Self {
        Self { path, size: 1.0, look }
    }

    /// It, drawn around a point.
    #[must_use]
    pub const fn at(self, middle: Point) -> Piece {
        Piece::path(self.look, middle, self.size, self.path)
    }

    /// The shape of a mark.
    #[must_use]
    pub const fn of(kind: MarkKind) -> Self {
        const ELECTED: Shape = Shape {
            size: 0.5,
            ..Shape::new(Look::LeaderMark, CROWN)
        };
        match kind {
            MarkKind::Elected(..) => ELECTED,
            MarkKind::Deposed(..) => Self::new(Look::LeaderMark, "M-5 -4H5L0 5Z"),
            MarkKind::Split(_) => Self::new(Look::VoteLines, "M0 5V0L-4 -5M0 0L4 -5"),
            MarkKind::Ran(..) => Self::new(Look::VoteMark, "M0 -5L5 0L0 5L-5 0Z"),
            MarkKind::Broken(_) => Self::new(Look::Broken, "M0 -6L6 5H-6ZM-.8 -2V1.500H.8V-2ZM-.8 2.500V4H.8V2.500Z"),
            MarkKind::Acted(action) => Self::of_action(action),
        }
    }

    const fn of_action(action: Action) -> Self {
        match action.effect() {
            Effect::Crash | Effect::Wipe => Self::new(Look::ActedLines, "M-4 -4L4 4M4 -4L-4 4"),
            Effect::Start => Self::new(Look::ActedMark, "M0 -5L5 4H-5Z"),
            Effect::Resume => Self::new(Look::ActedMark, "M-4 -5L5 0L-4 5Z"),
            Effect::Pause => Self::new(Look::ActedLines, "M-2.200 -4V4M2.200 -4V4"),
            // A line with a gap.
            Effect::Cut => Self::new(Look::ActedLines, "M-6 0H-2.500M2.500 0H6M-1 -4L-2 4M2 -4L1 4"),
            Effect::Mend => Self::new(Look::ActedLines, "M-6 0H6M-4 -3V3M4 -3V3"),
            Effect::Other => Self::new(Look::ActedMark, "M0 -5L5 0L0 5L-5 0Z"),
        }
    }
}

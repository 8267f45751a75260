//! Pictures made of plain pieces, so that the page and a file show the same.
//!
//! On the page a piece has a class and its colours come from the style sheet; in a file it carries them itself.

use std::fmt::Write;

use yew::prelude::*;

use crate::{
    raft::Message,
    ui::{
        kit::markup::escape,
        svg::{
            message::{Form, Ink, parts},
            number::{fixed, hundredths},
            point::{Point, point},
        },
    },
};

/// What a piece looks like.
macro_rules! looks {
    ($($(#[$doc:meta])* $look:ident, $class:literal, $attributes:literal;)*) => {
        /// What a piece looks like.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Look { $($(#[$doc])* $look,)* }

        impl Look {
            /// Its class on the page.
            #[must_use]
            pub const fn class(self) -> &'static str {
                match self { $(Self::$look => $class,)* }
            }

            /// Its attributes in a file, in the colours of the light theme.
            #[must_use]
            pub const fn attributes(self) -> &'static str {
                match self { $(Self::$look => $attributes,)* }
            }
        }
    };
}

looks! {
    /// Text that is read first.
    Title, "d-title", r##"fill="#1d2126" font-size="15" font-weight="700""##;
    /// A server's name.
    Name, "d-name", r##"fill="#1d2126" font-size="13" font-weight="700""##;
    /// Text beside.
    Small, "d-small", r##"fill="#5a626b" font-size="11""##;
    /// Text on top of lines.
    Label, "d-label", r##"fill="#1d2126" font-size="11" paint-order="stroke" stroke="#fffefb" stroke-width="3""##;
    /// A line that helps the eye.
    Grid, "d-grid", r##"fill="none" stroke="#dedbd1""##;
    /// The instant that is visited.
    Now, "d-now", r##"stroke="#1d2126" stroke-width="1.5" stroke-dasharray="6 3""##;
    /// A server that is down.
    Down, "d-down", r##"stroke="#85827a" stroke-dasharray="1 6""##;
    /// A server that is paused.
    Paused, "d-paused", r##"stroke="#85827a" stroke-width="3" stroke-dasharray="3 4""##;
    /// A follower.
    Follower, "d-follower", r##"stroke="#546d8c" stroke-width="1.5""##;
    /// A candidate.
    Candidate, "d-candidate", r##"stroke="#b86e00" stroke-width="4""##;
    /// A leader; drawn twice, side by side.
    Leader, "d-leader", r##"stroke="#0a7362" stroke-width="2""##;
    /// Who believes that it leads, and does not; drawn twice, side by side.
    Stale, "d-stale", r##"stroke="#85827a" stroke-width="1.5""##;
    /// One of two leaders of one term; drawn twice, side by side.
    Unsafe, "d-unsafe", r##"stroke="#b3261e" stroke-width="2""##;
    /// A follower's lane over time.
    LaneFollower, "d-lane-follower", r##"fill="#7e8796""##;
    /// The lane of a server that is paused.
    LanePaused, "d-lane-paused", r##"fill="#85827a""##;
    /// The lane of a server that asks whether it may stand for election.
    LanePreCandidate, "d-lane-pre", r##"fill="#b86e00" fill-opacity="0.6""##;
    /// A candidate's lane.
    LaneCandidate, "d-lane-candidate", r##"fill="#b86e00""##;
    /// The lane of who believes that it leads, and does not.
    LaneStale, "d-lane-stale", r##"fill="#85827a""##;
    /// The lane of one of two leaders of one term.
    LaneUnsafe, "d-lane-unsafe", r##"fill="#b3261e""##;
    /// A leader's lane.
    LaneLeader, "d-lane-leader", r##"fill="#0a7362""##;
    /// The way of a RequestVote and of a vote that is given.
    Vote, "d-vote", r##"stroke="#b86e00" stroke-width="1.5""##;
    /// The way of a refusal.
    Refusal, "d-refusal", r##"stroke="#b86e00" stroke-width="1.5" stroke-dasharray="5 3""##;
    /// The way of a heartbeat.
    Beat, "d-beat", r##"stroke="#0a7362" stroke-width="1.2""##;
    /// The way of a heartbeat's reply.
    Reply, "d-reply", r##"stroke="#546d8c" stroke-dasharray="2 3""##;
    /// The colour of votes, filled.
    VoteMark, "d-vote-mark", r##"fill="#b86e00" stroke="#fffefb""##;
    /// The colour of votes, as an outline.
    VoteOutline, "d-vote-outline", r##"fill="#fffefb" stroke="#b86e00" stroke-width="1.6""##;
    /// The colour of votes, as lines.
    VoteLines, "d-vote-lines", r##"fill="none" stroke="#b86e00" stroke-width="1.8" stroke-linecap="round""##;
    /// A check mark or the like on something filled.
    Check, "d-check", r##"fill="none" stroke="#fffefb" stroke-width="2" stroke-linecap="round" stroke-linejoin="round""##;
    /// The leader's colour, filled.
    LeaderMark, "d-leader-mark", r##"fill="#0a7362" stroke="#fffefb""##;
    /// The leader's colour, as an outline.
    LeaderOutline, "d-leader-outline", r##"fill="#fffefb" stroke="#0a7362" stroke-width="1.6""##;
    /// A follower's colour, filled.
    FollowerMark, "d-follower-mark", r##"fill="#546d8c" stroke="#fffefb""##;
    /// A follower's colour, as an outline.
    FollowerOutline, "d-follower-outline", r##"fill="#fffefb" stroke="#546d8c" stroke-width="1.5""##;
    /// A safety property that was broken.
    Broken, "d-broken", r##"fill="#b3261e" fill-rule="evenodd""##;
    /// Where a message was lost.
    Lost, "d-lost", r##"fill="none" stroke="#5a626b" stroke-width="2.2" stroke-linecap="round""##;
    /// What was done from outside, filled.
    ActedMark, "d-acted-mark", r##"fill="#1d2126" stroke="#fffefb""##;
    /// What was done from outside, as lines.
    ActedLines, "d-acted-lines", r##"fill="#fffefb" stroke="#1d2126" stroke-width="2" stroke-linecap="round""##;
    /// A server of the ring that is down.
    Crashed, "d-crashed", r##"fill="#fffefb" stroke="#85827a" stroke-dasharray="5 5""##;
    /// A follower of the ring.
    FollowerBody, "d-follower-body", r##"fill="#e8ecf4" stroke="#546d8c" stroke-width="1.5""##;
    /// A candidate of the ring.
    CandidateBody, "d-candidate-body", r##"fill="#fcefd8" stroke="#b86e00" stroke-width="2.5""##;
    /// A leader of the ring.
    LeaderBody, "d-leader-body", r##"fill="#d9f0ea" stroke="#0a7362" stroke-width="3""##;
    /// A server of the ring that believes that it leads, and does not.
    StaleBody, "d-stale-body", r##"fill="#fffefb" stroke="#85827a" stroke-width="2""##;
    /// One of two leaders of one term.
    UnsafeBody, "d-unsafe-body", r##"fill="#fde7e4" stroke="#b3261e" stroke-width="3""##;
    /// A paused server of the ring.
    PausedBody, "d-paused-body", r##"fill="#e8ecf4" stroke="#546d8c" stroke-width="3" stroke-dasharray="1 4" stroke-linecap="round""##;
    /// A link of the ring.
    Link, "d-link", r##"fill="none" stroke="#85827a" stroke-opacity="0.6""##;
    /// What is left of a link of the ring that is cut both ways.
    Faded, "d-faded", r##"fill="none" stroke="#85827a" stroke-dasharray="1 6" stroke-opacity="0.6""##;
    /// A direction of a link of the ring that is cut.
    Cut, "d-cut", r##"fill="none" stroke="#5a626b" stroke-width="1.5" stroke-dasharray="2 6""##;
    /// A link of the ring that is open one way.
    Open, "d-open", r##"fill="none" stroke="#85827a""##;
    /// Where the messages of a link end.
    Bar, "d-bar", r##"fill="none" stroke="#1d2126" stroke-width="2.5" stroke-linecap="round""##;
    /// What is selected.
    Selected, "d-selected", r##"fill="none" stroke="#1a5fb4" stroke-width="3""##;
    /// What led to it.
    Highlight, "d-lit", r##"fill="none" stroke="#1a5fb4" stroke-width="7" stroke-opacity="0.28" stroke-linecap="round""##;
}

/// Which part of a text stands at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub enum PieceKind {
    /// From one place to another.
    Line(Point, Point),
    /// A circle with a radius.
    Circle(Point, f64),
    /// A path around a place, turned and stretched as the vector (1, 0) becomes this one.
    Path(Point, Point, &'static str),
    /// A rectangle: its upper left corner, width and height.
    Rect(Point, f64, f64),
    /// Between corners.
    Polygon(Vec<Point>),
    /// Words.
    Text(Point, Anchor, String),
}

/// A piece of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// What it looks like.
    pub look: Look,
    /// What it is.
    pub shape: PieceKind,
}

/// A matrix that puts a path at its place.
fn matrix(at: Point, axis: Point) -> String {
    let (a, b, minus_b) = (hundredths(axis.x), hundredths(axis.y), hundredths(-axis.y));
    format!("matrix({a} {b} {minus_b} {a} {} {})", fixed(at.x), fixed(at.y))
}

/// The corners of a polygon as an attribute.
#[must_use]
pub fn corner_list(corners: &[Point]) -> String {
    let corners: Vec<_> = corners
        .iter()
        .map(|corner| format!("{},{}", fixed(corner.x), fixed(corner.y)))
        .collect();
    corners.join(" ")
}

impl Piece {
    /// A line.
    #[must_use]
    pub const fn line(look: Look, from: Point, to: Point) -> Self {
        let shape = PieceKind::Line(from, to);
        Self { look, shape }
    }

    /// A circle.
    #[must_use]
    pub const fn circle(look: Look, at: Point, radius: f64) -> Self {
        let shape = PieceKind::Circle(at, radius);
        Self { look, shape }
    }

    /// A rectangle with this upper left corner.
    #[must_use]
    pub const fn rect(look: Look, corner: Point, width: f64, height: f64) -> Self {
        let shape = PieceKind::Rect(corner, width, height);
        Self { look, shape }
    }

    /// A path, upright, so many times as large.
    #[must_use]
    pub const fn path(look: Look, at: Point, size: f64, path: &'static str) -> Self {
        Self::turned(look, at, point(size, 0.0), path)
    }

    /// A path turned and stretched as the vector (1, 0) becomes `axis`.
    #[must_use]
    pub const fn turned(look: Look, at: Point, axis: Point, path: &'static str) -> Self {
        let shape = PieceKind::Path(at, axis, path);
        Self { look, shape }
    }

    /// An area between corners.
    #[must_use]
    pub const fn polygon(look: Look, corners: Vec<Point>) -> Self {
        let shape = PieceKind::Polygon(corners);
        Self { look, shape }
    }

    /// Words.
    #[must_use]
    pub const fn text(look: Look, at: Point, anchor: Anchor, text: String) -> Self {
        let shape = PieceKind::Text(at, anchor, text);
        Self { look, shape }
    }

    /// On the page.
    pub fn html(&self) -> Html {
        let class = self.look.class();
        match &self.shape {
            PieceKind::Line(a, b) => {
                html! { <line {class} x1={fixed(a.x)} y1={fixed(a.y)} x2={fixed(b.x)} y2={fixed(b.y)} /> }
            }
            PieceKind::Circle(at, radius) => {
                html! { <circle {class} cx={fixed(at.x)} cy={fixed(at.y)} r={fixed(*radius)} /> }
            }
            PieceKind::Path(at, axis, path) => html! { <path {class} transform={matrix(*at, *axis)} d={*path} /> },
            PieceKind::Rect(at, width, height) => {
                html! { <rect {class} x={fixed(at.x)} y={fixed(at.y)} width={fixed(*width)} height={fixed(*height)} /> }
            }
            PieceKind::Polygon(corners) => html! { <polygon {class} points={corner_list(corners)} /> },
            PieceKind::Text(at, anchor, text) => {
                html! { <text {class} x={fixed(at.x)} y={fixed(at.y)} text-anchor={anchor.name()}>{ text }</text> }
            }
        }
    }

    /// In a file.
    pub fn write(&self, out: &mut String) {
        let attributes = self.look.attributes();
        // Writing to a string never fails.
        let _ = match &self.shape {
            PieceKind::Line(a, b) => write!(
                out,
                r#"<line {attributes} x1="{}" y1="{}" x2="{}" y2="{}"/>"#,
                fixed(a.x),
                fixed(a.y),
                fixed(b.x),
                fixed(b.y)
            ),
            PieceKind::Circle(at, radius) => write!(
                out,
                r#"<circle {attributes} cx="{}" cy="{}" r="{}"/>"#,
                fixed(at.x),
                fixed(at.y),
                fixed(*radius)
            ),
            PieceKind::Path(at, axis, path) => {
                write!(
                    out,
                    r#"<path {attributes} transform="{}" d="{path}"/>"#,
                    matrix(*at, *axis)
                )
            }
            PieceKind::Rect(at, width, height) => write!(
                out,
                r#"<rect {attributes} x="{}" y="{}" width="{}" height="{}"/>"#,
                fixed(at.x),
                fixed(at.y),
                fixed(*width),
                fixed(*height)
            ),
            PieceKind::Polygon(corners) => {
                write!(out, r#"<polygon {attributes} points="{}"/>"#, corner_list(corners))
            }
            PieceKind::Text(at, anchor, text) => write!(
                out,
                r#"<text {attributes} x="{}" y="{}" text-anchor="{}">{}</text>"#,
                fixed(at.x),
                fixed(at.y),
                anchor.name(),
                escape(text)
            ),
        };
        out.push('\n');
    }
}

/// A cross, six units in each direction.
pub const CROSS: &str = "M-6 -6L6 6M6 -6L-6 6";
/// Where a message was lost: a circle that is struck out, unlike the cross of a crash and of a refused vote.
pub const LOST: &str = "M-6.500 0a6.500 6.500 0 1 0 13 0a6.500 6.500 0 1 0 -13 0M-4.600 4.600L4.600 -4.600";
/// A hexagon that stands on a corner, ten units in each direction.
pub const HEXAGON: &str = "M0 -10L8.7 -5V5L0 10L-8.7 5V-5Z";
/// A leader's crown, eleven units to either side.
pub const CROWN: &str = "M-9 6 L-11 -5 L-5 0 L0 -7 L5 0 L11 -5 L9 6 Z";
/// Two bars, six units in each direction.
pub const BARS: &str = "M-5 -6h3.5v12h-3.5zM1.5 -6h3.5v12h-3.5z";

/// The mark of a message: at a place, so many times as large, heading in a direction one unit long.
pub fn mark(message: Message, at: Point, size: f64, direction: Point, out: &mut Vec<Piece>) {
    let heading = point(direction.x * size, direction.y * size);
    out.extend(parts(message).iter().map(|(ink, form)| match *form {
        Form::Circle(radius) => Piece::circle(look(*ink), at, radius * size),
        Form::Path(path) => Piece::path(look(*ink), at, size, path),
        Form::Arrow(path) => Piece::turned(look(*ink), at, heading, path),
    }));
}

const fn look(ink: Ink) -> Look {
    match ink {
        Ink::Request | Ink::Granted => Look::VoteMark,
        Ink::PreRequest | Ink::PreGranted | Ink::Refused => Look::VoteOutline,
        Ink::Check => Look::Check,
        Ink::PreCheck | Ink::RefusedCross => Look::VoteLines,
        Ink::Leader => Look::LeaderMark,
        Ink::Reply => Look::FollowerOutline,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_turned_and_put_at_its_place() {
        assert_eq!(
            matrix(point(10.0, 20.0), point(0.0, 0.5)),
            "matrix(0.00 0.50 -0.50 0.00 10.0 20.0)"
        );
    }
}

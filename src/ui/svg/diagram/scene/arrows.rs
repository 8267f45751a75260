//! The arrows: the way of a message from its sender to where it ends.

use super::{Draft, Target, distance};
use crate::{
    raft::Message,
    ui::svg::{
        diagram::{
            axis::Scale,
            index::{Journey, is_routine},
        },
        drawing::{Anchor, LOST, Look, Piece, mark},
        message::{lost_at, progress},
        point::{Point, point},
    },
};

impl Draft<'_, '_> {
    /// Room between a line and the head of an arrow.
    const GAP: f64 = 3.0;
    /// How far beside its receiver's line a message waits.
    const WAITING: f64 = 8.0;

    pub(super) fn journey(&mut self, journey: &Journey) {
        let start = self.place(journey.from, journey.left_by(self.plan.history.now()));
        let side = if journey.to > journey.from { 1.0 } else { -1.0 };
        let receiver = self.plan.columns.x(journey.to) - side * Self::GAP;
        let look = look(journey.message);
        let key = journey.sent.0 * 2;
        // Where it comes to its receiver, if it does.
        let reached = journey.held.or(journey.end.filter(|_| journey.lost.is_none()));
        let tip = match reached {
            Some(stop) if journey.held.is_some() => point(receiver - side * Self::WAITING, self.plan.axis.y(stop.at)),
            Some(stop) => point(receiver, self.plan.axis.y(stop.at)),
            None => self.unreached(journey, start, receiver),
        };
        self.scene.ways.push(Target {
            event: journey.end.map_or(journey.sent, |end| end.event),
            from: start,
            to: tip,
        });
        self.halo(journey, start, tip);
        self.pieces.push(Piece::line(look, start, tip));
        if journey.held.is_some() {
            self.wait(journey, tip, side);
        } else if journey.lost.is_some() {
            self.pieces.push(Piece::path(Look::Lost, tip, 0.75, LOST));
        } else {
            self.head(journey.message, tip, direction(start, tip), journey.end.is_none());
        }
        self.badge(journey, start, tip);
        self.close(key);
    }

    /// Where a message is that was lost or is under way.
    fn unreached(&self, journey: &Journey, start: Point, receiver: f64) -> Point {
        let across = |share: f64| start.x + (receiver - start.x) * share;
        if let (Some(lost), Some(end)) = (journey.lost, journey.end) {
            return point(across(lost_at(lost)), self.plan.axis.y(end.at));
        }
        let now = self.plan.history.now();
        let mut flights = self.plan.history.world().in_flight();
        let flight = flights.find(|flight| flight.sent == journey.sent);
        let share = flight.map_or(1.0, |flight| progress(flight, now));
        point(across(share), self.plan.axis.y(now))
    }

    /// From its arrival at a paused server to when that server handles or loses it.
    fn wait(&mut self, journey: &Journey, arrived: Point, side: f64) {
        let until = journey.end.map_or(self.plan.history.now(), |end| end.at);
        let handled = point(arrived.x, self.plan.axis.y(until));
        self.halo(journey, arrived, handled);
        self.pieces.push(Piece::line(look(journey.message), arrived, handled));
        match (journey.end, journey.lost) {
            (Some(_), None) => {
                let tip = point(handled.x + side * Self::WAITING, handled.y);
                self.head(journey.message, tip, point(side, 0.0), false);
            }
            (Some(_), Some(_)) => self.pieces.push(Piece::path(Look::Lost, handled, 0.75, LOST)),
            (None, _) => self.head(journey.message, handled, point(0.0, 1.0), true),
        }
    }

    fn halo(&mut self, journey: &Journey, from: Point, to: Point) {
        if self.plan.lights(journey) {
            self.pieces.push(Piece::line(Look::Highlight, from, to));
        }
        if self.plan.selected.is_some_and(|selected| journey.has(selected)) {
            self.pieces.push(Piece::line(Look::Selected, from, to));
        }
    }

    fn head(&mut self, message: Message, tip: Point, direction: Point, open: bool) {
        let (filled, outline) = match message {
            Message::RequestVote { .. } | Message::RequestVoteReply { .. } => (Look::VoteMark, Look::VoteLines),
            Message::PreVote { .. } | Message::PreVoteReply { .. } => (Look::VoteOutline, Look::VoteLines),
            Message::AppendEntries { .. } | Message::TimeoutNow { .. } => (Look::LeaderMark, Look::LeaderOutline),
            Message::AppendEntriesReply { .. } => (Look::FollowerOutline, Look::FollowerOutline),
        };
        let (look, path) = if open {
            (outline, "M-8 -4.5L0 0L-8 4.5")
        } else {
            (filled, "M0 0L-8 -3.5V3.5Z")
        };
        self.pieces.push(Piece::turned(look, tip, direction, path));
    }

    /// The message's mark of the ring, where there is room for it; a copy says so.
    fn badge(&mut self, journey: &Journey, start: Point, tip: Point) {
        const ROOM: f64 = 30.0;
        let length = distance(start, tip, tip);
        let crowded = matches!(self.plan.axis.scale(), Scale::Even(height) if height < 16);
        if length >= ROOM && !is_routine(journey.message) && !crowded {
            let at = start.toward(tip, 0.42);
            mark(journey.message, at, 0.62, direction(start, tip), &mut self.pieces);
        }
        if journey.copy {
            let at = start.toward(tip, 0.2);
            let words = "2×".to_owned();
            self.pieces.push(Piece::text(Look::Label, at, Anchor::Middle, words));
        }
    }
}

/// The way of a message.
const fn look(message: Message) -> Look {
    match message {
        Message::RequestVoteReply {
            vote_granted: false, ..
        }
        | Message::PreVoteReply {
            vote_granted: false, ..
        } => Look::Refusal,
        Message::RequestVote { .. }
        | Message::RequestVoteReply { .. }
        | Message::PreVote { .. }
        | Message::PreVoteReply { .. } => Look::Vote,
        Message::AppendEntries { .. } | Message::TimeoutNow { .. } => Look::Beat,
        Message::AppendEntriesReply { .. } => Look::Reply,
    }
}

/// From one place to another, one unit long.
fn direction(from: Point, to: Point) -> Point {
    let length = distance(from, to, to).max(0.1);
    point((to.x - from.x) / length, (to.y - from.y) / length)
}

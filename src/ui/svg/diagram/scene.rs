//! The drawing of a stretch of time: lines for servers, arrows for messages, dots for what happens. Knows no browser.

use crate::{
    raft::{Message, NodeId, Role},
    sim::{EventId, History, Micros, Standing},
    ui::{
        svg::{
            diagram::{
                axis::{Axis, Scale},
                index::{Dot, DotKind, Index, Journey, is_routine},
            },
            drawing::{Anchor, BARS, CROSS, HEXAGON, Look, Piece, mark},
            message::{lost_at, progress},
            point::{Point, point},
        },
        text::Lang,
    },
};

/// Where the servers' lines are, side by side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// Width of the drawing, in pixels.
    pub width: f64,
    /// Servers in the cluster.
    pub size: usize,
}

impl Columns {
    /// Left of the lines: instants.
    pub const AXIS: f64 = 57.0;
    /// Right of them: the last one's term.
    const RIGHT: f64 = 14.0;
    const ROOMY: f64 = 62.0;

    /// From one line to the next.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most nine")]
    pub fn step(&self) -> f64 {
        (self.width - Self::AXIS - Self::RIGHT).max(0.0) / self.size.max(1) as f64
    }

    /// Where a server's line is.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most nine")]
    pub fn x(&self, server: NodeId) -> f64 {
        Self::AXIS + (server.index() as f64 + 0.5) * self.step()
    }

    /// The names above the lines, at a height.
    pub fn names(&self, y: f64) -> impl Iterator<Item = Piece> {
        let columns = *self;
        NodeId::all(self.size).map(move |server| {
            let at = point(columns.x(server), y);
            Piece::text(Look::Name, at, Anchor::Middle, server.to_string())
        })
    }
}

/// What a drawing is made from.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    /// What there is to draw.
    pub index: &'a Index,
    /// The run.
    pub history: &'a History,
    /// Where instants are.
    pub axis: Axis<'a>,
    /// Where servers are.
    pub columns: Columns,
    /// The event that is selected.
    pub selected: Option<EventId>,
    /// Events to light up, in order.
    pub lit: &'a [EventId],
    /// The language.
    pub lang: Lang,
}

/// Pieces that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What they stand for: the same as long as it is the same thing.
    pub key: u64,
    /// In the order of drawing.
    pub pieces: Vec<Piece>,
}

/// What can be pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Target {
    event: EventId,
    from: Point,
    to: Point,
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    /// Its groups, in the order of drawing.
    pub groups: Vec<Group>,
    /// Whether heartbeats were left out because they would be too close.
    pub thinned: bool,
    spots: Vec<Target>,
    ways: Vec<Target>,
}

impl Scene {
    /// Arrows and dots drawn at most.
    const MOST: usize = 900;

    /// The event of the dot or arrow at a place, if one is near enough.
    #[must_use]
    pub fn nearest(&self, place: Point) -> Option<EventId> {
        const SPOT: f64 = 13.0;
        const WAY: f64 = 9.0;
        let nearest = |targets: &[Target], reach: f64| {
            let near = targets
                .iter()
                .map(|target| (distance(place, target.from, target.to), target.event));
            near.filter(|(distance, _)| *distance <= reach)
                .min_by(|a, b| a.0.total_cmp(&b.0))
                .map(|(_, event)| event)
        };
        nearest(&self.spots, SPOT).or_else(|| nearest(&self.ways, WAY))
    }

    /// The drawing between two heights. Of too many arrows and dots, heartbeats are left out.
    #[must_use]
    pub fn draw(plan: &Plan<'_>, top: f64, bottom: f64) -> Self {
        Self::draw_most(plan, top, bottom, Self::MOST)
    }

    /// The same with all that there is.
    #[must_use]
    pub fn draw_all(plan: &Plan<'_>, top: f64, bottom: f64) -> Self {
        Self::draw_most(plan, top, bottom, usize::MAX - 1)
    }

    fn draw_most(plan: &Plan<'_>, top: f64, bottom: f64, most: usize) -> Self {
        let now = plan.history.now();
        let with_now = plan.axis.y(now) <= bottom + 1.0;
        let (from, to) = (plan.axis.at(top), plan.axis.at(bottom).min(now));
        // Between two rows there is nothing to point at but now.
        let to = if with_now { now } else { to };
        let draft = Draft {
            plan,
            most,
            lit: plan.lit_places(),
            scene: Self::default(),
            pieces: Vec::new(),
        };
        draft.draw(from, to, with_now)
    }
}

impl Plan<'_> {
    /// When and where the lit events happened, in order of time.
    fn lit_places(&self) -> Vec<(Micros, Option<NodeId>)> {
        let events = self.lit.iter().filter_map(|id| self.history.trace().get(*id));
        events.map(|event| (event.at, event.server)).collect()
    }

    /// Whether any of a journey's stops is lit.
    fn lights(&self, journey: &Journey) -> bool {
        let is = |event: EventId| self.lit.binary_search(&event).is_ok();
        is(journey.sent)
            || [journey.held, journey.end]
                .into_iter()
                .flatten()
                .any(|stop| is(stop.event))
    }
}

/// A drawing in the making.
struct Draft<'a, 'b> {
    plan: &'a Plan<'b>,
    /// Arrows drawn at most, and dots.
    most: usize,
    lit: Vec<(Micros, Option<NodeId>)>,
    scene: Scene,
    pieces: Vec<Piece>,
}

/// Keys of groups that are no events.
const GRID: u64 = u64::MAX;
const LINES: u64 = u64::MAX - 1;
const TERMS: u64 = u64::MAX - 2;
const NOW: u64 = u64::MAX - 3;

impl Draft<'_, '_> {
    fn draw(mut self, from: Micros, to: Micros, with_now: bool) -> Scene {
        let plan = self.plan;
        self.grid(from, to);
        for server in NodeId::all(plan.columns.size) {
            self.line_of(server, from, to);
        }
        self.close(LINES);
        let drawn = plan.index.journeys(from, to).take(self.most + 1).count();
        self.scene.thinned = drawn > self.most;
        let thinned = self.scene.thinned;
        let wanted = |journey: &&Journey| !thinned || !is_routine(journey.message);
        for journey in plan.index.journeys(from, to).filter(wanted).take(self.most) {
            self.journey(journey);
        }
        let wanted = |dot: &&Dot| !thinned || dot.kind > DotKind::Unheard;
        for dot in plan.index.dots(from, to).filter(wanted).take(self.most) {
            self.dot(dot);
        }
        self.terms(from, to);
        if with_now {
            self.now();
        }
        self.scene
    }

    /// What was drawn since the last call becomes a group.
    fn close(&mut self, key: u64) {
        let pieces = std::mem::take(&mut self.pieces);
        self.scene.groups.push(Group { key, pieces });
    }

    fn place(&self, server: NodeId, at: Micros) -> Point {
        point(self.plan.columns.x(server), self.plan.axis.y(at))
    }

    fn grid(&mut self, from: Micros, to: Micros) {
        let (ticks, digit) = self.plan.axis.ticks(from, to);
        for tick in ticks {
            let y = self.plan.axis.y(tick);
            let line = (point(Columns::AXIS, y), point(self.plan.columns.width, y));
            self.pieces.push(Piece::line(Look::Grid, line.0, line.1));
            let label = point(Columns::AXIS - 6.0, y + 4.0);
            let words = self.plan.lang.decimal(&instant(tick, digit));
            self.pieces.push(Piece::text(Look::Small, label, Anchor::End, words));
        }
        self.close(GRID);
    }

    /// A server's line: by width and pattern what it was.
    fn line_of(&mut self, server: NodeId, from: Micros, to: Micros) {
        let lane = self.plan.history.roles().lane(server);
        let stretches: Vec<_> = lane.take_while(|stretch| stretch.from <= to).copied().collect();
        let mut since = from;
        let mut standing = Standing::Down;
        for stretch in stretches {
            if stretch.from > since {
                self.stretch(server, standing, since, stretch.from);
                since = stretch.from;
            }
            standing = stretch.standing;
        }
        self.stretch(server, standing, since, to);
    }

    fn stretch(&mut self, server: NodeId, standing: Standing, from: Micros, to: Micros) {
        let (a, b) = (self.place(server, from), self.place(server, to));
        let look = match standing {
            Standing::Down => Look::Down,
            Standing::Paused => Look::Paused,
            Standing::Runs(Role::Follower) => Look::Follower,
            Standing::Runs(Role::PreCandidate | Role::Candidate) => Look::Candidate,
            Standing::Runs(Role::Leader) => {
                for side in [-2.5, 2.5] {
                    let (a, b) = (point(a.x + side, a.y), point(b.x + side, b.y));
                    self.pieces.push(Piece::line(Look::Leader, a, b));
                }
                return;
            }
        };
        self.pieces.push(Piece::line(look, a, b));
    }

    fn terms(&mut self, from: Micros, to: Micros) {
        let roomy = self.plan.columns.step() >= Columns::ROOMY;
        for server in NodeId::all(self.plan.columns.size) {
            let changes = self.plan.index.terms(server);
            for change in changes.filter(|change| (from..=to).contains(&change.at)) {
                let at = self.place(server, change.at);
                let words = format!("{}{}", if roomy { "term " } else { "t" }, change.term);
                let label = point(at.x + 9.0, at.y - 4.0);
                self.pieces.push(Piece::text(Look::Label, label, Anchor::Start, words));
            }
        }
        self.close(TERMS);
    }

    fn now(&mut self) {
        let y = self.plan.axis.y(self.plan.history.now());
        let line = (point(Columns::AXIS, y), point(self.plan.columns.width, y));
        self.pieces.push(Piece::line(Look::Now, line.0, line.1));
        let label = point(self.plan.columns.width - 4.0, y + 15.0);
        let words = self.plan.lang.text().now.to_owned();
        self.pieces.push(Piece::text(Look::Label, label, Anchor::End, words));
        self.close(NOW);
    }
}

// Messages.
impl Draft<'_, '_> {
    /// Room between a line and the head of an arrow.
    const GAP: f64 = 3.0;
    /// How far beside its receiver's line a message waits.
    const WAITING: f64 = 8.0;

    fn journey(&mut self, journey: &Journey) {
        let start = self.place(journey.from, journey.sent_at);
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
            self.pieces.push(Piece::path(Look::Lost, tip, 0.75, CROSS));
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
            (Some(_), Some(_)) => self.pieces.push(Piece::path(Look::Lost, handled, 0.75, CROSS)),
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

// What happens at a server.
impl Draft<'_, '_> {
    fn dot(&mut self, dot: &Dot) {
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

/// How far a place is from a line between two others.
fn distance(place: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 {
        ((place.x - a.x) * dx + (place.y - a.y) * dy) / length
    } else {
        0.0
    };
    let foot = a.toward(b, share.clamp(0.0, 1.0));
    ((place.x - foot.x).powi(2) + (place.y - foot.y).powi(2)).sqrt()
}

/// An instant in seconds, with as many digits as `digit`, at least three.
#[must_use]
pub fn instant(at: Micros, digit: Micros) -> String {
    if digit.0 < 1000 {
        format!("{at}{:03}", at.0 % 1000)
    } else {
        at.to_string()
    }
}

#[cfg(test)]
mod tests;

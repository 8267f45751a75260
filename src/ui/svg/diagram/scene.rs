//! The drawing of a stretch of time: lines for servers, arrows for messages, dots for what happens. Knows no browser.

mod arrows;
mod dots;

use crate::{
    raft::{NodeId, Role},
    sim::{EventId, History, Micros, Standing},
    ui::{
        svg::{
            diagram::{
                axis::Axis,
                index::{Dot, DotKind, Index, Journey, is_routine},
            },
            drawing::{Anchor, Look, Piece},
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
            Standing::Stale => Look::Stale,
            Standing::Runs(Role::Leader) => Look::Leader,
            Standing::Unsafe => Look::Unsafe,
        };
        let is_double = matches!(look, Look::Stale | Look::Leader | Look::Unsafe);
        for side in if is_double { [-2.5, 2.5].as_slice() } else { &[0.0] } {
            let (a, b) = (point(a.x + side, a.y), point(b.x + side, b.y));
            self.pieces.push(Piece::line(look, a, b));
        }
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

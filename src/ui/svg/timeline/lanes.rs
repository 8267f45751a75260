//! What a lane is drawn as: the same strips on the page and in a file.

use crate::{
    raft::{NodeId, Role},
    sim::{RoleTimeline, Standing},
    ui::{
        svg::{
            drawing::{Look, Piece},
            point::point,
            timeline::window::{Place, Window},
        },
        text::Lang,
    },
};

/// What a server is seen as in its lane. Where only one can be seen, it is the last in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// It is down: nothing is drawn.
    Down,
    /// A follower.
    Follower,
    /// Paused.
    Paused,
    /// It asks whether it may stand for election.
    PreCandidate,
    /// A candidate.
    Candidate,
    /// It believes that it leads, and does not.
    Stale,
    /// A leader.
    Leader,
    /// One of two leaders of one term.
    Unsafe,
}

impl Tone {
    /// What a server is seen as that is this.
    #[must_use]
    pub const fn of(standing: Standing) -> Self {
        match standing {
            Standing::Down => Self::Down,
            Standing::Paused => Self::Paused,
            Standing::Runs(Role::Follower) => Self::Follower,
            Standing::Runs(Role::PreCandidate) => Self::PreCandidate,
            Standing::Runs(Role::Candidate) => Self::Candidate,
            Standing::Stale => Self::Stale,
            Standing::Runs(Role::Leader) => Self::Leader,
            Standing::Unsafe => Self::Unsafe,
        }
    }

    /// What it looks like, and its share of the lane's height: the more a server does, the higher it is, so that no two differ
    /// by colour alone.
    const fn look(self) -> Option<(Look, f64)> {
        match self {
            Self::Down => None,
            Self::Follower => Some((Look::LaneFollower, 0.25)),
            Self::Paused => Some((Look::LanePaused, 0.12)),
            Self::PreCandidate => Some((Look::LanePreCandidate, 0.5)),
            Self::Candidate => Some((Look::LaneCandidate, 0.67)),
            Self::Stale => Some((Look::LaneStale, 0.42)),
            Self::Leader => Some((Look::LaneLeader, 0.84)),
            Self::Unsafe => Some((Look::LaneUnsafe, 1.0)),
        }
    }

    /// In a word.
    #[must_use]
    pub const fn word(self, lang: Lang) -> &'static str {
        match self {
            Self::Down => lang.text().crashed,
            Self::Paused => lang.text().paused,
            Self::Follower => lang.role(Role::Follower),
            Self::PreCandidate => lang.role(Role::PreCandidate),
            Self::Candidate => lang.role(Role::Candidate),
            Self::Stale => lang.server_text().without_majority,
            Self::Leader => lang.role(Role::Leader),
            Self::Unsafe => lang.timeline_text().unsafe_leaders,
        }
    }

    /// A piece of its lane, around a point, for a legend.
    #[must_use]
    pub fn sample(self) -> Vec<Piece> {
        const LANE: f64 = 12.0;
        let strip = Strip::new(self, 0, 0, Rows { lane: LANE }, -LANE / 2.0);
        let piece = strip.map(|strip| Piece::rect(strip.look, point(-9.0, strip.y), 18.0, strip.height));
        piece.into_iter().collect()
    }
}

/// A part of a lane in which a server is the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// What the server is seen as.
    pub tone: Tone,
}

/// Columns in which a lane is drawn.
const COLUMNS: Place = 1000;
const COLUMN: Place = Window::WIDTH / COLUMNS;
/// The width that a part has in which two lead one term, however short it is.
const AT_LEAST: Place = Window::WIDTH / 100;

/// One server's bars from left to right, without those in which it is down: a thousand at most. Where several are too narrow
/// to be told apart, a leader stands for all, else a candidate.
#[must_use]
pub fn bars(roles: &RoleTimeline, server: NodeId, window: Window) -> Vec<Bar> {
    let mut columns = [Tone::Down; COLUMNS as usize];
    let mut stretches = roles.lane_since(server, window.from).peekable();
    while let Some(stretch) = stretches.next() {
        if stretch.from > window.end() {
            break;
        }
        let tone = Tone::of(stretch.standing);
        // The lanes end at the instant shown, which may be the one at which two came to lead: that is to be seen then.
        let seen_before = if tone == Tone::Unsafe { AT_LEAST } else { 0 };
        let from = (window.place(stretch.from) - seen_before).clamp(0, Window::WIDTH - 1);
        let end = stretches.peek().map_or(Window::WIDTH, |next| window.place(next.from));
        let to = end.clamp(from + 1, Window::WIDTH);
        for column in &mut columns[index(from)..=index(to - 1)] {
            *column = (*column).max(tone);
        }
    }
    joined(&columns)
}

fn index(place: Place) -> usize {
    usize::try_from(place / COLUMN).unwrap_or(0)
}

fn joined(columns: &[Tone]) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    for (from, tone) in (0..).step_by(COLUMN as usize).zip(columns) {
        let (tone, to) = (*tone, from + COLUMN);
        match bars.last_mut() {
            Some(last) if last.tone == tone && last.to == from => last.to = to,
            _ if tone == Tone::Down => {}
            _ => bars.push(Bar { from, to, tone }),
        }
    }
    bars
}

/// Where lanes are, the first one at height 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rows {
    /// Height of one.
    pub lane: f64,
}

impl Rows {
    /// The middle of a server's lane.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most nine")]
    pub fn middle(self, server: NodeId) -> f64 {
        (server.index() as f64 + 0.5) * self.lane
    }
}

/// A part of a lane as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strip {
    /// What it looks like.
    pub look: Look,
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// Its upper edge.
    pub y: f64,
    /// Its height.
    pub height: f64,
}

impl Strip {
    fn new(tone: Tone, from: Place, to: Place, rows: Rows, top: f64) -> Option<Self> {
        let (look, share) = tone.look()?;
        let height = rows.lane * share;
        Some(Self {
            look,
            from,
            to,
            y: top + (rows.lane - height) / 2.0,
            height,
        })
    }
}

/// One server's lane in a window, from left to right.
pub fn strips(roles: &RoleTimeline, server: NodeId, window: Window, rows: Rows) -> impl Iterator<Item = Strip> {
    let top = rows.middle(server) - rows.lane / 2.0;
    let bars = bars(roles, server, window).into_iter();
    bars.filter_map(move |bar| Strip::new(bar.tone, bar.from, bar.to, rows, top))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rule,
        sim::{Action, Config, History, Mark, MarkKind, Micros},
        ui::{
            run::player::Player,
            svg::timeline::fixtures::{all, stormy},
        },
    };

    #[test]
    fn however_much_happened_there_are_few_bars_and_leaders_win() {
        let history = stormy(120);
        let roles = history.roles();
        let window = all(&history);
        let mut narrow = 0;
        for server in NodeId::all(5) {
            let bars = bars(roles, server, window);
            let stretches = roles.lane(server).len();
            assert!(bars.len() < 1000, "{} of {stretches}", bars.len());
            assert!(bars.iter().all(|bar| bar.from < bar.to && bar.to <= Window::WIDTH));
            assert!(bars.windows(2).all(|pair| pair[0].to <= pair[1].from));
            narrow += stretches.saturating_sub(bars.len());
            let leads = |at: Place| {
                bars.iter()
                    .any(|bar| bar.tone == Tone::Leader && bar.from <= at && at < bar.to)
            };
            for stretch in roles.lane(server) {
                let led = Tone::of(stretch.standing) == Tone::Leader;
                let at = window.place(stretch.from);
                assert!(!led || at >= Window::WIDTH || leads(at), "{server} at {}", stretch.from);
            }
        }
        assert!(
            narrow > 100,
            "only {narrow} were too narrow: the run is too quiet to say anything"
        );
    }

    #[test]
    fn close_enough_every_stretch_is_a_bar() {
        let history = stormy(60);
        let roles = history.roles();
        let server = NodeId::new(0);
        let stretches: Vec<_> = roles.lane(server).copied().collect();
        for pair in stretches.windows(2).skip(3).take(20) {
            let window = Window {
                from: pair[0].from,
                span: pair[1].from - pair[0].from,
            };
            let bars = bars(roles, server, window);
            let first = bars.first().unwrap();
            assert_eq!((first.from, first.tone), (0, Tone::of(pair[0].standing)));
            assert!(first.to >= Window::WIDTH - COLUMN, "{bars:?}");
        }
    }

    /// Both leaders of a term are seen at the instant at which the second one is elected, where their lanes end.
    #[test]
    fn two_leaders_of_a_term_are_seen_at_once() {
        let mut config = Config::paper(3);
        config.rules.set(Rule::OneVotePerTerm, false);
        let mut history = History::new(config, 6, &[]).unwrap();
        history.act(Action::align_timers()).unwrap();
        history.seek(Micros::from_millis(600));
        let is_elected = |mark: &&Mark| matches!(mark.kind, MarkKind::Elected(..));
        let second = history.roles().marks().rfind(is_elected).unwrap().at;
        assert!(second >= history.incidents()[0].at);
        history.seek(second);
        let window = Window::whole(second + Micros::from_millis(300));
        let red = NodeId::all(3).filter(|server| {
            let bars = bars(history.roles(), *server, window);
            bars.iter()
                .any(|bar| bar.tone == Tone::Unsafe && bar.from + AT_LEAST / 2 <= window.place(second))
        });
        assert!(red.count() > 1);
    }

    #[test]
    fn a_server_that_is_down_has_no_bar() {
        let mut player = Player::default();
        player.seek(Micros::from_millis(500));
        player.act(Action::kill(NodeId::new(1))).unwrap();
        player.seek(Micros::from_millis(1000));
        let bars = bars(player.history().roles(), NodeId::new(1), all(player.history()));
        assert!(bars.last().unwrap().to.abs_diff(5000) <= 10, "{bars:?}");
    }
}

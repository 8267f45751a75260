//! The atlas of broken networks: all networks of a small cluster, and what becomes of its leadership in each.
//!
//! A network is broken the way that was found in real outages: links are cut for good, every server runs. Raft promises a leader only
//! where a majority can talk to each other (§5.4.3, "available"); the atlas shows which networks in between the rules for elections
//! cope with.

use super::Experiment;
use crate::{
    raft::{MAX_SERVERS, Node, NodeId, NodeSet, Role, Rule, Rules, Term},
    scenario::{Run, Scenario, ScenarioId},
    sim::{Action, Config, Event, EventId, EventKind, Leadership, LinkAction, Links, Micros, Observer, World},
};

/// Who can send to whom, in a cluster that S1 leads when its links are cut. Shapes that differ only in the names of the other servers
/// are one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NetworkShape {
    size: u8,
    /// By sender and receiver: bit `sender * size + receiver`.
    up: u64,
}

/// A shape, and how many networks with named servers have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShapeCount {
    /// The shape.
    pub shape: NetworkShape,
    /// How many networks there are in which S1 leads and the others may have any name.
    pub networks: u32,
}

/// What becomes of the leadership in a network. But for [`Self::NoMajority`] it is what was seen until the end of a run, not what was
/// proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stability {
    /// One leader that a majority can follow leads to the end.
    Settles,
    /// Leaders or terms change to the end.
    NeverSettles,
    /// Nothing changes any more, and nobody leads with a majority, though a server reaches one.
    Stuck,
    /// No server reaches a majority: none can win an election. This is proved ([`super::proof`]), and nothing is run.
    NoMajority,
}

/// What became of the leadership in several runs, by [`Stability`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stabilities([u32; Stability::ALL.len()]);

impl Stabilities {
    /// Those of the runs of these seeds.
    ///
    /// # Panics
    /// If the rules make no valid cluster.
    #[must_use]
    pub fn of(shape: NetworkShape, rules: Rules, seeds: std::ops::Range<u64>) -> Self {
        let mut stabilities = Self::default();
        for seed in seeds {
            stabilities.note(stability(shape, rules, seed));
        }
        stabilities
    }

    /// One more run.
    pub const fn note(&mut self, stability: Stability) {
        self.0[stability as usize] += 1;
    }

    /// How many runs came to this.
    #[must_use]
    pub const fn count(&self, stability: Stability) -> u32 {
        self.0[stability as usize]
    }

    /// What all runs came to, if it was the same.
    #[must_use]
    pub fn always(&self) -> Option<Stability> {
        let mut seen = Stability::ALL
            .into_iter()
            .filter(|stability| self.count(*stability) > 0);
        seen.next().filter(|_| seen.next().is_none())
    }
}

/// A network that has a name in the literature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownNetwork {
    /// All servers have a link to one, and only to that; another one led (Ng, Haridi, Carbone 2023, "quorum-loss").
    QuorumLoss,
    /// The same, and the old leader has lost its last link as well ("constrained election").
    ConstrainedElection,
    /// Three servers in a row, and one at the end led ("chained").
    Chain,
    /// Three that reach each other, two of which reach one more each; one of those two led. By this network Howard and Abraham (2020)
    /// explained an outage at Cloudflare.
    Cloudflare,
    /// All hear the leader, and it hears nobody.
    DeafLeader,
    /// All hear the leader, and it hears one of them.
    HalfDeafLeader,
    /// The leader hears all, and nobody hears it.
    MuteLeader,
    /// All hear one follower, and it hears nobody.
    DeafFollower,
    /// One follower hears all, and nobody hears it.
    MuteFollower,
    /// The leader does not reach one follower; all else works.
    OneDirection,
    /// Two servers, the leader among them, are heard by the other three and don't hear them (Alquraan and others 2018, "simplex").
    Simplex,
    /// [`Self::QuorumLoss`], but the old leader is heard and hears nothing.
    QuorumLossOneWay,
    /// Each is heard by the next one only.
    Ring,
    /// Each two have a link in one direction.
    Tournament,
}

/// Pairs of servers, by number.
type DrawnLinks = &'static [(usize, usize)];

impl KnownNetwork {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::QuorumLoss,
        Self::ConstrainedElection,
        Self::Chain,
        Self::Cloudflare,
        Self::DeafLeader,
        Self::HalfDeafLeader,
        Self::MuteLeader,
        Self::DeafFollower,
        Self::MuteFollower,
        Self::OneDirection,
        Self::Simplex,
        Self::QuorumLossOneWay,
        Self::Ring,
        Self::Tournament,
    ];

    /// How many servers it has, which of them have a link in both directions, and which in one, by sender and receiver.
    const fn drawn(self) -> (u8, DrawnLinks, DrawnLinks) {
        /// Between all servers but S1.
        const FOLLOWERS: DrawnLinks = &[(2, 3), (2, 4), (2, 5), (3, 4), (3, 5), (4, 5)];
        /// Between all servers but S5.
        const FIRST_FOUR: DrawnLinks = &[(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4)];
        const ALL_BUT_THREE: DrawnLinks = &[(1, 2), (2, 3), (2, 4), (2, 5), (3, 4), (3, 5), (4, 5)];
        const ALL_BUT_ONE: DrawnLinks = &[(1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4), (2, 5), (3, 5), (4, 5)];
        const TWO_TO_THREE: DrawnLinks = &[(1, 3), (1, 4), (1, 5), (2, 3), (2, 4), (2, 5)];
        const RING: DrawnLinks = &[(1, 2), (2, 3), (3, 4), (4, 5), (5, 1)];
        const TO_HIGHER: DrawnLinks = &[
            (1, 2),
            (1, 3),
            (1, 4),
            (1, 5),
            (2, 3),
            (2, 4),
            (2, 5),
            (3, 4),
            (3, 5),
            (4, 5),
        ];
        match self {
            Self::QuorumLoss => (5, &[(2, 1), (2, 3), (2, 4), (2, 5)], &[]),
            Self::ConstrainedElection => (5, &[(2, 3), (2, 4), (2, 5)], &[]),
            Self::Chain => (3, &[(1, 2), (2, 3)], &[]),
            Self::Cloudflare => (5, &[(1, 2), (1, 3), (2, 3), (1, 4), (2, 5)], &[]),
            Self::DeafLeader => (5, FOLLOWERS, &[(1, 2), (1, 3), (1, 4), (1, 5)]),
            Self::HalfDeafLeader => (5, ALL_BUT_THREE, &[(1, 3), (1, 4), (1, 5)]),
            Self::MuteLeader => (5, FOLLOWERS, &[(2, 1), (3, 1), (4, 1), (5, 1)]),
            Self::DeafFollower => (5, FIRST_FOUR, &[(5, 1), (5, 2), (5, 3), (5, 4)]),
            Self::MuteFollower => (5, FIRST_FOUR, &[(1, 5), (2, 5), (3, 5), (4, 5)]),
            Self::OneDirection => (5, ALL_BUT_ONE, &[(5, 1)]),
            Self::Simplex => (5, &[(1, 2), (3, 4), (3, 5), (4, 5)], TWO_TO_THREE),
            Self::QuorumLossOneWay => (5, &[(2, 3), (2, 4), (2, 5)], &[(1, 2)]),
            Self::Ring => (5, &[], RING),
            Self::Tournament => (5, &[], TO_HIGHER),
        }
    }

    /// Its shape.
    #[must_use]
    pub fn shape(self) -> NetworkShape {
        let (size, both, one_way) = self.drawn();
        let mut links = Links::ALL_UP;
        for (from, to) in Links::pairs(size.into()) {
            let has = |drawn: DrawnLinks, from: NodeId, to: NodeId| drawn.contains(&(from.index() + 1, to.index() + 1));
            let up = has(both, from, to) || has(both, to, from) || has(one_way, from, to);
            links.set(from, to, up);
        }
        NetworkShape::of(size, &links)
    }
}

/// What a run of the atlas says that there is to watch begins with this.
pub(super) const WATCH: &str = "atlas: ";

impl Stability {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Settles, Self::NeverSettles, Self::Stuck, Self::NoMajority];

    /// Its name in links and files: it never changes.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Settles => "settles",
            Self::NeverSettles => "never-settles",
            Self::Stuck => "stuck",
            Self::NoMajority => "no-majority",
        }
    }

    /// What there is to watch in a run of the atlas that came to this, in no language: the page says it in the reader's own. Links
    /// need nothing new for that.
    #[must_use]
    pub fn watch(self) -> String {
        format!("{WATCH}{}", self.slug())
    }

    /// What a run came to that says this of itself; `None` if somebody wrote it.
    #[must_use]
    pub fn of_watch(watch: &str) -> Option<Self> {
        let slug = watch.strip_prefix(WATCH)?;
        Self::ALL.into_iter().find(|stability| stability.slug() == slug)
    }
}

impl NetworkShape {
    /// Servers at most for the shapes of links that are cut in both directions.
    pub const MOST_SERVERS: u8 = 6;
    /// Servers at most where one direction may be cut.
    pub const MOST_SERVERS_ONE_WAY: u8 = 5;

    /// That of a cluster in which S1 leads.
    #[must_use]
    pub fn of(size: u8, links: &Links) -> Self {
        let up = Links::pairs(size.into()).filter(|(from, to)| links.is_up(*from, *to));
        let named = Self {
            size,
            up: up.fold(0, |up, (from, to)| up | bit(size, from, to)),
        };
        named.same().into_iter().min().unwrap_or(named)
    }

    /// How many servers there are.
    #[must_use]
    pub const fn size(self) -> u8 {
        self.size
    }

    /// The links of one of its networks.
    #[must_use]
    pub fn links(self) -> Links {
        links(self.size, self.up)
    }

    /// Its servers that are linked in both directions, the lower number first.
    pub fn linked(self) -> impl Iterator<Item = (NodeId, NodeId)> {
        let links = self.links();
        Links::pairs(self.size.into()).filter(move |(one, other)| one < other && links.is_two_way(*one, *other))
    }

    /// Its links that are up in one direction only, by sender and receiver.
    pub fn arrows(self) -> impl Iterator<Item = (NodeId, NodeId)> {
        let links = self.links();
        Links::pairs(self.size.into()).filter(move |(from, to)| links.is_up(*from, *to) && !links.is_up(*to, *from))
    }

    /// Whether some of its links are up in one direction only.
    #[must_use]
    pub fn is_one_way(self) -> bool {
        self.arrows().next().is_some()
    }

    /// All shapes of links that are up or cut in both directions.
    ///
    /// # Panics
    /// If there are more than [`Self::MOST_SERVERS`] servers.
    #[must_use]
    pub fn two_way(size: u8) -> Vec<ShapeCount> {
        assert!(size <= Self::MOST_SERVERS, "{size} servers");
        let links: Vec<u64> = Links::pairs(size.into())
            .filter(|(from, to)| from < to)
            .map(|(from, to)| bit(size, from, to) | bit(size, to, from))
            .collect();
        Self::all(size, &links)
    }

    /// All shapes of links of which each direction is up or cut.
    ///
    /// # Panics
    /// If there are more than [`Self::MOST_SERVERS_ONE_WAY`] servers.
    #[must_use]
    pub fn one_way(size: u8) -> Vec<ShapeCount> {
        assert!(size <= Self::MOST_SERVERS_ONE_WAY, "{size} servers");
        let links: Vec<u64> = Links::pairs(size.into())
            .map(|(from, to)| bit(size, from, to))
            .collect();
        Self::all(size, &links)
    }

    /// The shapes of all networks in which some of these links are up.
    fn all(size: u8, links: &[u64]) -> Vec<ShapeCount> {
        let mut shapes: Vec<ShapeCount> = Vec::new();
        for chosen in 0..1_u32 << links.len() {
            let up = links
                .iter()
                .enumerate()
                .filter(|(index, _)| chosen & 1 << index != 0)
                .fold(0, |up, (_, link)| up | link);
            let named = Self { size, up };
            let same = named.same();
            if same.iter().min() == Some(&named) {
                shapes.push(ShapeCount {
                    shape: named,
                    networks: u32::try_from(same.len()).unwrap_or(u32::MAX),
                });
            }
        }
        shapes
    }

    /// The networks that differ from this one in the names of the servers other than the leader, each once.
    fn same(self) -> Vec<Self> {
        let mut same = Vec::new();
        let mut names: Vec<u8> = (0..self.size).collect();
        permute(&mut names, 1, &mut |names| {
            let named = |server: NodeId| NodeId::new(names[server.index()].into());
            let up = Links::pairs(self.size.into()).filter(|(from, to)| self.up & bit(self.size, *from, *to) != 0);
            same.push(Self {
                size: self.size,
                up: up.fold(0, |up, (from, to)| up | bit(self.size, named(from), named(to))),
            });
        });
        same.sort_unstable();
        same.dedup();
        same
    }

    /// Whether some server reaches a majority: itself, and those with a link in both directions.
    #[must_use]
    pub fn has_majority(self) -> bool {
        let links = self.links();
        let size = usize::from(self.size);
        let all = NodeSet::all(size);
        NodeId::all(size).any(|server| links.reach(server, all).len() > size / 2)
    }
}

/// Stands for the link from one server to another.
pub(super) fn bit(size: u8, from: NodeId, to: NodeId) -> u64 {
    1 << (from.index() * usize::from(size) + to.index())
}

/// The links of so many servers of which these are up.
pub(super) fn links(size: u8, up: u64) -> Links {
    let mut links = Links::ALL_UP;
    for (from, to) in Links::pairs(size.into()) {
        links.set(from, to, up & bit(size, from, to) != 0);
    }
    links
}

/// All orders of what stands from a place on.
pub(super) fn permute(names: &mut Vec<u8>, from: usize, each: &mut impl FnMut(&[u8])) {
    if from >= names.len() {
        each(names);
        return;
    }
    for place in from..names.len() {
        names.swap(from, place);
        permute(names, from + 1, each);
        names.swap(from, place);
    }
}

/// The rules for elections in broken networks, in every combination; the paper's own are the first.
#[must_use]
pub fn rule_sets() -> [Rules; 8] {
    const EXTENSIONS: [Rule; 3] = [Rule::PreVote, Rule::LeaderStickiness, Rule::CheckQuorum];
    std::array::from_fn(|set| {
        let mut rules = Rules::PAPER;
        for (index, rule) in EXTENSIONS.into_iter().enumerate() {
            rules.set(rule, set & 1 << index != 0);
        }
        rules
    })
}

/// When the links are cut.
pub const CUT_AT: Micros = Micros::from_millis(500);
/// When a run ends.
pub const ENDS_AT: Micros = Micros::from_secs(60);
/// How long nothing may have changed at the end for a cluster to have settled, or to be stuck.
pub const QUIET: Micros = Micros::from_secs(10);

/// A cluster that S1 leads from the start, and whose network becomes this one after half a second.
#[must_use]
pub fn scenario(shape: NetworkShape, rules: Rules, seed: u64) -> Scenario {
    let config = Config {
        rules,
        ..Config::paper(shape.size)
    };
    let mut script = Vec::from(Experiment::lead(&config));
    let links = shape.links();
    // Only those of its servers.
    let cut = Links::pairs(shape.size.into()).filter(|(from, to)| !links.is_up(*from, *to));
    script.extend(cut.map(|(from, to)| (CUT_AT, Action::Link(from, to, LinkAction::Cut))));
    Scenario {
        id: ScenarioId::Own,
        config,
        script,
        ..Scenario::free(shape.size, seed)
    }
}

/// Where a run opens: S1 leads, and the links are about to be cut.
pub const OPENS_AT: Micros = Micros::from_millis(400);

/// The run of a seed, to be opened shortly before the links are cut. Whoever has seen what it comes to says so.
///
/// # Panics
/// If the rules make no valid cluster.
#[must_use]
pub fn run(title: String, shape: NetworkShape, rules: Rules, seed: u64, seen: Option<Stability>) -> Run {
    let scenario = Scenario {
        title,
        watch: seen.map(Stability::watch).unwrap_or_default(),
        ..scenario(shape, rules, seed)
    };
    let mut history = scenario.start();
    history.seek(OPENS_AT);
    Run::of(&scenario, &history)
}

/// What becomes of the leadership, as seen until [`ENDS_AT`].
///
/// # Panics
/// If the rules make no valid cluster.
#[must_use]
pub fn stability(shape: NetworkShape, rules: Rules, seed: u64) -> Stability {
    if shape.has_majority() {
        watched(scenario(shape, rules, seed))
    } else {
        Stability::NoMajority
    }
}

/// What becomes of the leadership in a run of which somebody has found that a server reaches a majority, as seen until [`ENDS_AT`].
pub(super) fn watched(scenario: Scenario) -> Stability {
    let Scenario {
        config, seed, script, ..
    } = scenario;
    let mut watch = QuietWatch::default();
    let mut world = World::new(config, seed, &mut watch).expect("a valid configuration");
    for (at, action) in script {
        world.run_until(at, &mut watch);
        let _ = world.act(action, &mut watch);
    }
    world.run_until(ENDS_AT, &mut watch);
    let quiet_since = ENDS_AT - QUIET;
    match watch.leader {
        Some(_) if watch.leader_since <= quiet_since => Stability::Settles,
        None if watch.leader_since <= quiet_since && watch.term_since <= quiet_since => Stability::Stuck,
        _ => Stability::NeverSettles,
    }
}

/// Sees since when nothing has changed.
#[derive(Default)]
struct QuietWatch {
    /// Role and term of each server as last seen.
    standings: [Option<(Role, Term)>; MAX_SERVERS],
    may_change: bool,
    leader: Option<(NodeId, Term)>,
    leader_since: Micros,
    term: Term,
    term_since: Micros,
}

impl Observer for QuietWatch {
    fn event(&mut self, event: &Event) {
        self.may_change |= matches!(event.kind, EventKind::Action(_));
    }

    fn stepped(&mut self, _event: EventId, at: Micros, node: &Node) {
        let standing = Some((node.role(), node.term()));
        let seen = std::mem::replace(&mut self.standings[node.id().index()], standing);
        self.may_change |= seen != standing;
        if node.term() > self.term {
            self.term = node.term();
            self.term_since = at;
        }
    }

    fn settled(&mut self, world: &World) {
        if !std::mem::take(&mut self.may_change) {
            return;
        }
        let leaders = Leadership::of(world).leaders();
        let leader = leaders
            .iter()
            .next()
            .map(|leader| (leader, world.server(leader).node().term()));
        if leader != self.leader {
            self.leader = leader;
            self.leader_since = world.now();
        }
    }
}

//! Sets of faults that last: all that there are of a size, up to the names of the servers.

use super::atlas::{bit, links, permute};
use crate::{
    raft::{NodeId, NodeSet},
    sim::{Action, ClusterAction, Config, LinkAction, Links, Network, Range, ServerAction},
};

/// One thing that fails, and stays so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing gets from the first server to the second any more; the other direction works.
    CutOneWay(NodeId, NodeId),
    /// Nothing gets from either to the other.
    CutBothWays(NodeId, NodeId),
    /// The server crashes, and does not come back.
    Crash(NodeId),
    /// The process stops, and does not go on.
    Pause(NodeId),
    /// Each message takes longer than the longest election timeout: every follower misses its leader for a while, and no vote arrives
    /// before the candidate's next timeout (§5.6).
    SlowMessages,
}

/// Which faults are tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FaultKinds {
    /// All that happen to single links and servers.
    #[default]
    All,
    /// These, and messages that are slow everywhere.
    AllAndSlowMessages,
    /// Links are cut, in one direction or in both.
    Links,
    /// Links are cut, always in both directions.
    TwoWayLinks,
    /// Servers crash or are paused, and links are cut in both directions.
    TwoWayLinksAndServers,
}

impl FaultKinds {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::AllAndSlowMessages,
        Self::TwoWayLinksAndServers,
        Self::Links,
        Self::TwoWayLinks,
    ];

    /// Its name in commands and between the page and its worker.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::AllAndSlowMessages => "all-and-slow-messages",
            Self::Links => "links",
            Self::TwoWayLinks => "two-way-links",
            Self::TwoWayLinksAndServers => "two-way-links-and-servers",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kinds| kinds.slug() == slug)
    }

    pub(super) const fn has(self, fault: Fault) -> bool {
        match fault {
            Fault::CutBothWays(..) => true,
            Fault::CutOneWay(..) => matches!(self, Self::All | Self::AllAndSlowMessages | Self::Links),
            Fault::Crash(_) | Fault::Pause(_) => !matches!(self, Self::Links | Self::TwoWayLinks),
            Fault::SlowMessages => matches!(self, Self::AllAndSlowMessages),
        }
    }
}

impl Fault {
    /// What the network is like while messages are slow. The paper's election timeouts are 300 ms at most.
    #[must_use]
    pub const fn slow() -> Network {
        Network {
            delay: Range::millis(310, 350),
            ..Config::paper(1).network
        }
    }

    /// What does it to a cluster.
    #[must_use]
    pub fn actions(self) -> Vec<Action> {
        match self {
            Self::CutOneWay(from, to) => vec![Action::cut(from, to)],
            Self::CutBothWays(one, other) => vec![Action::cut(one, other), Action::cut(other, one)],
            Self::Crash(server) => vec![Action::kill(server)],
            Self::Pause(server) => vec![Action::pause(server)],
            Self::SlowMessages => vec![Action::set_network(Self::slow())],
        }
    }

    /// The faults that actions do, in their order; `None` if one of them does something else.
    #[must_use]
    pub fn of_actions(actions: &[Action]) -> Option<Vec<Self>> {
        let mut faults = Vec::new();
        for action in actions {
            match *action {
                Action::Link(from, to, LinkAction::Cut) if faults.last() == Some(&Self::CutOneWay(to, from)) => {
                    faults.pop();
                    faults.push(Self::CutBothWays(to, from));
                }
                Action::Link(from, to, LinkAction::Cut) => faults.push(Self::CutOneWay(from, to)),
                Action::Server(server, ServerAction::Kill) => faults.push(Self::Crash(server)),
                Action::Server(server, ServerAction::Pause) => faults.push(Self::Pause(server)),
                Action::Cluster(ClusterAction::SetNetwork(network)) if network == Self::slow() => {
                    faults.push(Self::SlowMessages);
                }
                _ => return None,
            }
        }
        Some(faults)
    }

    /// All of a kind in a cluster.
    fn all(size: u8, kinds: FaultKinds) -> Vec<Self> {
        let one_way = Links::pairs(size.into()).map(|(from, to)| Self::CutOneWay(from, to));
        let both = Links::pairs(size.into())
            .filter(|(one, other)| one < other)
            .map(|(one, other)| Self::CutBothWays(one, other));
        let servers = || NodeId::all(size.into());
        let all = one_way
            .chain(both)
            .chain(servers().map(Self::Crash))
            .chain(servers().map(Self::Pause))
            .chain([Self::SlowMessages]);
        all.filter(|fault| kinds.has(*fault)).collect()
    }
}

/// Faults in a cluster that S1 leads, none of them in vain: a server that does not run has no link cut. Sets that differ only in the
/// names of the other servers are one set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaultSet {
    // In this order sets of links alone come first, and crashes before pauses.
    /// Whether messages are slow.
    slow: bool,
    /// Servers that are paused, by bit.
    paused: u16,
    /// Servers that are down, by bit.
    crashed: u16,
    /// By sender and receiver, as in the shapes of networks.
    cut: u64,
    size: u8,
}

impl FaultSet {
    /// Servers at most.
    pub const MOST_SERVERS: u8 = 6;

    /// No fault.
    #[must_use]
    pub const fn none(size: u8) -> Self {
        Self {
            slow: false,
            paused: 0,
            crashed: 0,
            cut: 0,
            size,
        }
    }

    /// How many servers there are.
    #[must_use]
    pub const fn size(self) -> u8 {
        self.size
    }

    /// All sets that have one fault more than one of these, each once, in the order in which they are tried.
    #[must_use]
    pub fn larger(sets: &[Self], kinds: FaultKinds) -> Vec<Self> {
        let Some(size) = sets.first().map(|set| set.size) else {
            return Vec::new();
        };
        let faults = Fault::all(size, kinds);
        let mut larger: Vec<Self> = sets
            .iter()
            .flat_map(|set| faults.iter().filter_map(|fault| set.with(*fault)))
            .collect();
        larger.sort_unstable();
        larger.dedup();
        larger = larger.into_iter().map(Self::renamed).collect();
        larger.sort_unstable();
        larger.dedup();
        larger
    }

    /// The same with one fault more; `None` if that would be none, or the link has one already.
    #[must_use]
    pub fn with(mut self, fault: Fault) -> Option<Self> {
        let runs = |server: NodeId| (self.crashed | self.paused) & 1 << server.index() == 0;
        let links = |server: NodeId| {
            let touches = |(from, to): &(NodeId, NodeId)| *from == server || *to == server;
            Links::pairs(self.size.into())
                .filter(touches)
                .fold(0, |links, (from, to)| links | bit(self.size, from, to))
        };
        match fault {
            Fault::CutOneWay(one, other) | Fault::CutBothWays(one, other) => {
                let (there, back) = (bit(self.size, one, other), bit(self.size, other, one));
                if !runs(one) || !runs(other) || self.cut & (there | back) != 0 {
                    return None;
                }
                self.cut |= match fault {
                    Fault::CutOneWay(..) => there,
                    _ => there | back,
                };
            }
            Fault::Crash(server) | Fault::Pause(server) => {
                if !runs(server) || self.cut & links(server) != 0 {
                    return None;
                }
                let bits = match fault {
                    Fault::Crash(_) => &mut self.crashed,
                    _ => &mut self.paused,
                };
                *bits |= 1 << server.index();
            }
            Fault::SlowMessages if self.slow => return None,
            Fault::SlowMessages => self.slow = true,
        }
        Some(self)
    }

    /// Those of its faults, links last.
    #[must_use]
    pub fn faults(self) -> Vec<Fault> {
        let of = |bits: u16| NodeId::all(self.size.into()).filter(move |server| bits & 1 << server.index() != 0);
        let slow = self.slow.then_some(Fault::SlowMessages).into_iter();
        let servers = of(self.crashed)
            .map(Fault::Crash)
            .chain(of(self.paused).map(Fault::Pause));
        let mut faults: Vec<Fault> = slow.chain(servers).collect();
        let is_cut = |from, to| self.cut & bit(self.size, from, to) != 0;
        for (from, to) in Links::pairs(self.size.into()).filter(|(from, to)| is_cut(*from, *to)) {
            match is_cut(to, from) {
                true if from < to => faults.push(Fault::CutBothWays(from, to)),
                true => {}
                false => faults.push(Fault::CutOneWay(from, to)),
            }
        }
        faults
    }

    /// How many servers a server reaches at most: itself, and those that run and that it has a link to in both directions.
    #[must_use]
    pub fn most_reached(self) -> usize {
        let stopped = self.crashed | self.paused;
        let is_running = |server: &NodeId| stopped & 1 << server.index() == 0;
        let running: NodeSet = NodeId::all(self.size.into()).filter(is_running).collect();
        let links = links(self.size, !self.cut);
        let reached = |server: NodeId| links.reach(server, running).len();
        running.iter().map(reached).max().unwrap_or(0)
    }

    /// The first of those that differ from it only in the names of the servers other than the leader.
    fn renamed(self) -> Self {
        let mut first = self;
        let cut: Vec<_> = Links::pairs(self.size.into())
            .filter(|(from, to)| self.cut & bit(self.size, *from, *to) != 0)
            .collect();
        let mut names: Vec<u8> = (0..self.size).collect();
        permute(&mut names, 1, &mut |names| {
            let named = |server: NodeId| NodeId::new(names[server.index()].into());
            let moved = |bits: u16| {
                NodeId::all(self.size.into())
                    .filter(|server| bits & 1 << server.index() != 0)
                    .fold(0, |bits, server| bits | 1 << named(server).index())
            };
            let other = Self {
                slow: self.slow,
                paused: moved(self.paused),
                crashed: moved(self.crashed),
                cut: cut
                    .iter()
                    .fold(0, |cut, (from, to)| cut | bit(self.size, named(*from), named(*to))),
                size: self.size,
            };
            first = first.min(other);
        });
        first
    }
}

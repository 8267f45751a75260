//! A cluster without time: the test fires the timers, and messages wait until the test delivers them.

use std::collections::{BTreeSet, HashSet, VecDeque};

use raft_playground::raft::{HardState, Input, Message, NodeId, NodeSet, Output, Role, Rules, Term, Timer};

use super::server::Server;
use super::words::{disk, sent};

/// A message on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flight {
    pub from: NodeId,
    pub to: NodeId,
    pub message: Message,
}

/// Servers S1, S2, ... and the messages between them. Messages to a crashed server are lost.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Cluster {
    servers: Vec<Server>,
    down: NodeSet,
    pub in_flight: VecDeque<Flight>,
    /// Who has led so far, and when.
    pub leaders: BTreeSet<(Term, NodeId)>,
}

impl Cluster {
    /// A cluster that has just started, on blank disks.
    pub fn new(size: u8) -> Self {
        Self::from_disks(&vec![disk(0, None); usize::from(size)])
    }

    pub fn from_disks(disks: &[HardState]) -> Self {
        let size = u8::try_from(disks.len()).expect("at most nine servers");
        let start = |(index, &disk): (usize, &HardState)| Server::start(NodeId::new(index), size, disk);
        Self {
            servers: disks.iter().enumerate().map(start).collect(),
            down: NodeSet::EMPTY,
            in_flight: VecDeque::new(),
            leaders: BTreeSet::new(),
        }
    }

    /// The same cluster, under other rules from now on.
    pub fn under(self, rules: Rules) -> Self {
        let servers = self.servers.into_iter().map(|server| server.under(rules)).collect();
        Self { servers, ..self }
    }

    pub fn server(&self, id: NodeId) -> &Server {
        &self.servers[id.index()]
    }

    pub fn servers(&self) -> impl Iterator<Item = &Server> {
        self.servers.iter().filter(|server| !self.down.contains(server.id()))
    }

    /// The running servers that are in this role.
    pub fn in_role(&self, role: Role) -> Vec<NodeId> {
        self.servers()
            .filter(|server| server.role() == role)
            .map(|server| server.id())
            .collect()
    }

    /// Feeds one server; what it sends is on its way afterwards.
    pub fn step(&mut self, id: NodeId, input: Input) -> Vec<Output> {
        assert!(!self.down.contains(id), "{id} is down");
        let server = &mut self.servers[id.index()];
        let outputs = server.step(input);
        if server.role() == Role::Leader {
            self.leaders.insert((server.term(), id));
        }
        let flights = sent(&outputs)
            .into_iter()
            .map(|(to, message)| Flight { from: id, to, message });
        self.in_flight.extend(flights);
        outputs
    }

    /// The election timer of this server fires.
    pub fn time_out(&mut self, id: NodeId) -> Vec<Output> {
        self.step(id, Input::Timeout(Timer::Election))
    }

    /// The heartbeat timer of this server fires.
    pub fn beat(&mut self, id: NodeId) -> Vec<Output> {
        self.step(id, Input::Timeout(Timer::Heartbeat))
    }

    /// Delivers one message that was on its way.
    pub fn deliver(&mut self, index: usize) {
        let Flight { from, to, message } = self.in_flight.remove(index).expect("a message on its way");
        if !self.down.contains(to) {
            self.step(to, Input::Receive { from, message });
        }
    }

    /// Delivers everything, in the order of sending, until nothing is on its way.
    pub fn settle(&mut self) {
        while !self.in_flight.is_empty() {
            self.deliver(0);
        }
    }

    /// Delivers everything in every possible order. `check` sees each cluster on the way; what comes back are the clusters
    /// in which nothing is on its way any more.
    pub fn every_end(self, mut check: impl FnMut(&Self)) -> Vec<Self> {
        let mut seen = HashSet::from([self.clone()]);
        let mut open = vec![self];
        let mut ends = Vec::new();
        while let Some(cluster) = open.pop() {
            check(&cluster);
            for index in 0..cluster.in_flight.len() {
                let mut next = cluster.clone();
                next.deliver(index);
                next.sort_in_flight();
                if seen.insert(next.clone()) {
                    open.push(next);
                }
            }
            if cluster.in_flight.is_empty() {
                ends.push(cluster);
            }
        }
        ends
    }

    /// Clusters that differ only in the order of sending have the same futures.
    fn sort_in_flight(&mut self) {
        let kind = |message: Message| match message {
            Message::RequestVote { .. } => 0,
            Message::RequestVoteReply { vote_granted, .. } => 1 + u8::from(vote_granted),
            Message::AppendEntries { .. } => 3,
            Message::AppendEntriesReply { success, .. } => 4 + u8::from(success),
            Message::PreVote { .. } => 6,
            Message::PreVoteReply { vote_granted, .. } => 7 + u8::from(vote_granted),
            Message::TimeoutNow { .. } => 9,
        };
        let key = |flight: &Flight| (flight.from, flight.to, flight.message.term(), kind(flight.message));
        self.in_flight.make_contiguous().sort_by_key(key);
    }

    /// Terms that more than one server has led.
    pub fn terms_with_two_leaders(&self) -> Vec<Term> {
        let terms: Vec<Term> = self.leaders.iter().map(|&(term, _)| term).collect();
        terms
            .windows(2)
            .filter(|pair| pair[0] == pair[1])
            .map(|pair| pair[0])
            .collect()
    }

    /// Loses the messages on their way that fit.
    pub fn lose(&mut self, lost: impl Fn(&Flight) -> bool) {
        self.in_flight.retain(|flight| !lost(flight));
    }

    pub fn crash(&mut self, id: NodeId) {
        assert!(self.down.insert(id), "{id} is down already");
    }

    pub fn restart(&mut self, id: NodeId) {
        assert!(self.down.remove(id), "{id} runs already");
        self.servers[id.index()].restart();
    }
}

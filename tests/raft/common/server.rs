//! One server with its disk.

use std::ops::Deref;

use raft_playground::raft::{
    HardState, Input, Message, Node, NodeId, NodeSet, Output, Outputs, Role, Rules, Settings, Term, Timer,
};

use super::words::{S1, S2, S3, disk, granted};

/// A server and the disk that it writes to. Unless a test says otherwise it is S1 of five.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    node: Node,
    settings: Settings,
    disk: HardState,
}

impl Server {
    /// A server that has just started from this disk, under the paper's rules.
    pub fn start(id: NodeId, size: u8, disk: HardState) -> Self {
        let settings = Settings::new(size, Rules::PAPER);
        let mut server = Self {
            node: Node::new(id, settings, disk),
            settings,
            disk,
        };
        server.step(Input::Start);
        server
    }

    /// S1 of five as a follower in this term, its vote free, that knows no leader.
    pub fn follower(term: u32) -> Self {
        Self::start(S1, 5, disk(term, None))
    }

    /// S1 of five as a candidate in this term, with its own vote only.
    pub fn candidate(term: u32) -> Self {
        Self::candidate_of(5, term)
    }

    /// S1 as a candidate in this term.
    pub fn candidate_of(size: u8, term: u32) -> Self {
        let mut server = Self::start(S1, size, disk(term - 1, None));
        server.time_out();
        server
    }

    /// S1 of five as the leader of this term, with votes of S2 and S3.
    pub fn leader(term: u32) -> Self {
        let mut server = Self::candidate(term);
        server.receive(S2, granted(term));
        server.receive(S3, granted(term));
        assert_eq!(server.role(), Role::Leader);
        server
    }

    /// S1 of five in each of the three roles, in this term.
    pub fn in_every_role(term: u32) -> [Self; 3] {
        [Self::follower(term), Self::candidate(term), Self::leader(term)]
    }

    /// The same server, under other rules from now on.
    pub fn under(mut self, rules: Rules) -> Self {
        self.settings.rules = rules;
        self.node.set_rules(rules);
        self
    }

    /// The same server, with a higher priority than these from now on.
    pub fn outranking(mut self, others: impl IntoIterator<Item = NodeId>) -> Self {
        self.settings.outranks = others.into_iter().collect();
        self.node.set_outranks(self.settings.outranks);
        self
    }

    /// Feeds one input and writes to the disk what is to be written.
    pub fn step(&mut self, input: Input) -> Vec<Output> {
        let mut outputs = Outputs::new();
        self.node.step(input, &mut outputs);
        for output in outputs.as_slice() {
            if let Output::Persist(state) = *output {
                self.disk = state;
            }
        }
        outputs.as_slice().to_vec()
    }

    pub fn receive(&mut self, from: NodeId, message: Message) -> Vec<Output> {
        self.step(Input::Receive { from, message })
    }

    /// Its election timer fires.
    pub fn time_out(&mut self) -> Vec<Output> {
        self.step(Input::Timeout(Timer::Election))
    }

    /// It crashes and starts again from its disk.
    pub fn restart(&mut self) -> Vec<Output> {
        self.node = Node::new(self.node.id(), self.settings, self.disk);
        self.step(Input::Start)
    }

    /// What its disk holds.
    pub fn disk(&self) -> HardState {
        self.disk
    }

    /// Its whole election state, to compare at once.
    pub fn seen(&self) -> Seen {
        Seen {
            role: self.role(),
            term: self.term(),
            voted_for: self.node.voted_for(),
            leader: self.node.leader(),
            votes: self.node.votes(),
        }
    }
}

impl Deref for Server {
    type Target = Node;

    fn deref(&self) -> &Node {
        &self.node
    }
}

/// The election state of a server. Built by [`follower`], [`candidate`] or [`leader`] and refined by the methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    role: Role,
    term: Term,
    voted_for: Option<NodeId>,
    leader: Option<NodeId>,
    votes: NodeSet,
}

/// A follower whose vote is free and that knows no leader.
pub fn follower(term: u32) -> Seen {
    Seen {
        role: Role::Follower,
        term: Term(term),
        voted_for: None,
        leader: None,
        votes: NodeSet::EMPTY,
    }
}

/// S1 as a candidate that has its own vote.
pub fn candidate(term: u32) -> Seen {
    Seen {
        role: Role::Candidate,
        voted_for: Some(S1),
        votes: NodeSet::from_iter([S1]),
        ..follower(term)
    }
}

/// S1 as a pre-candidate that has its own promise and no vote given.
pub fn pre_candidate(term: u32) -> Seen {
    Seen {
        role: Role::PreCandidate,
        votes: NodeSet::from_iter([S1]),
        ..follower(term)
    }
}

/// S1 as a leader with the votes of S2 and S3.
pub fn leader(term: u32) -> Seen {
    Seen {
        role: Role::Leader,
        leader: Some(S1),
        ..candidate(term).with_votes_of([S1, S2, S3])
    }
}

impl Seen {
    pub fn voted_for(self, candidate: NodeId) -> Self {
        Self {
            voted_for: Some(candidate),
            ..self
        }
    }

    pub fn voted_for_nobody(self) -> Self {
        Self {
            voted_for: None,
            ..self
        }
    }

    pub fn following(self, leader: NodeId) -> Self {
        Self {
            leader: Some(leader),
            ..self
        }
    }

    pub fn with_votes_of(self, votes: impl IntoIterator<Item = NodeId>) -> Self {
        Self {
            votes: votes.into_iter().collect(),
            ..self
        }
    }
}

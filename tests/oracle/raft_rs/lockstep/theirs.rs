//! A server of raft-rs, with its disk. Nothing of it happens by itself: its clock is set just before it ticks, and it ticks
//! only when the schedule lets a timer fire.

use raft::{
    Config, Error, RawNode, StateRole,
    eraftpb::{ConfState, Message, MessageType},
    storage::MemStorage,
};
use raft_playground::raft::{LogPosition, NodeId, NodeSet, Role, Term, Timer};
use slog::{Discard, Logger, o};

use super::{schedule::Setup, view::View};

/// Ticks of the minimum election timeout. Nothing depends on how many, as the clock is set by hand.
const ELECTION_TICKS: usize = 10;

/// A running server.
pub struct Theirs {
    node: RawNode<MemStorage>,
    disk: MemStorage,
}

/// The disk of a server of a cluster of this size that starts in this term.
pub fn new_disk(size: u8, term: Term) -> MemStorage {
    let voters: Vec<u64> = NodeId::all(usize::from(size)).map(number).collect();
    let disk = MemStorage::new_with_conf_state(ConfState::from((voters, Vec::new())));
    disk.wl().mut_hard_state().term = term.0.into();
    disk
}

/// The number by which raft-rs knows a server. It keeps 0 for "none".
pub fn number(node: NodeId) -> u64 {
    node.number() as u64
}

/// The server that raft-rs knows by this number.
///
/// # Panics
/// If there is none.
pub fn node(number: u64) -> NodeId {
    some_node(number).expect("the number of a server")
}

fn some_node(number: u64) -> Option<NodeId> {
    usize::try_from(number).ok().and_then(NodeId::from_number)
}

/// A term as this crate has it.
///
/// # Panics
/// If it is too large.
pub fn term(term: u64) -> Term {
    Term(u32::try_from(term).expect("a short run"))
}

impl Theirs {
    /// Starts from what the disk holds.
    pub fn start(id: NodeId, setup: Setup, disk: &MemStorage) -> Self {
        let config = Config {
            id: number(id),
            election_tick: ELECTION_TICKS,
            // Each tick of a leader is a heartbeat.
            heartbeat_tick: 1,
            pre_vote: setup.pre_vote,
            check_quorum: setup.check_quorum,
            priority: setup.priorities[id.index()].into(),
            max_size_per_msg: u64::MAX,
            ..Config::default()
        };
        let logger = Logger::root(Discard, o!());
        let node = RawNode::new(&config, disk.clone(), &logger).expect("the configuration is valid");
        let disk = disk.clone();
        Self { node, disk }
    }

    /// Lets a timer fire.
    pub fn time_out(&mut self, timer: Timer) {
        match timer {
            Timer::Election => {
                self.node.raft.set_randomized_election_timeout(ELECTION_TICKS);
                self.node.raft.election_elapsed = ELECTION_TICKS - 1;
                self.node.tick();
            }
            Timer::Heartbeat => {
                self.node.raft.election_elapsed = 0;
                self.node.tick();
            }
            Timer::RecentLeader => self.end_lease(),
            // As a tick that reaches the election timeout, but for the heartbeats that the same tick would send.
            Timer::CheckQuorum => {
                let mut message = Message::default();
                message.set_msg_type(MessageType::MsgCheckQuorum);
                self.node.raft.step(message).expect("a leader checks its quorum");
                self.node.raft.abort_leader_transfer();
            }
        }
    }

    /// Lets the shortest election timeout pass since it heard from its leader.
    pub fn end_lease(&mut self) {
        self.node.raft.election_elapsed = ELECTION_TICKS;
    }

    /// Whether it holds to a leader that it heard from.
    pub fn in_lease(&self) -> bool {
        let raft = &self.node.raft;
        raft.state == StateRole::Follower && raft.leader_id != 0 && raft.election_elapsed < ELECTION_TICKS
    }

    /// Who answered it since it last checked that a majority does, if it leads.
    pub fn heard(&self) -> NodeSet {
        let progress = self.node.raft.prs().iter();
        let active = progress.filter(|&(&id, progress)| progress.recent_active && id != self.node.raft.id);
        active.map(|(&id, _)| node(id)).collect()
    }

    /// Has a leader append to its log. While it hands over it refuses.
    pub fn propose(&mut self) {
        match self.node.propose(Vec::new(), Vec::new()) {
            Ok(()) | Err(Error::ProposalDropped) => {}
            Err(error) => panic!("a leader takes proposals: {error}"),
        }
    }

    /// Asks it to hand over to this server.
    pub fn transfer_leadership(&mut self, to: NodeId) {
        self.node.transfer_leader(number(to));
    }

    /// To whom it hands over, once that server's log has caught up.
    pub fn transfers_to(&self) -> Option<NodeId> {
        self.node.raft.lead_transferee.map(node)
    }

    /// Whether it, as a leader, does not know that the log of this server is like its own.
    pub fn lags(&self, other: NodeId) -> bool {
        let raft = &self.node.raft;
        let progress = raft.prs().get(number(other));
        progress.is_some_and(|progress| progress.matched < raft.raft_log.last_index())
    }

    /// Takes a message.
    pub fn receive(&mut self, message: Message) {
        self.node.step(message).expect("a message of a member of the cluster");
    }

    /// Writes what is to be written, and gives the messages that go out then. A leader of raft-rs may send before it writes
    /// (thesis §10.2.1); here it writes first, which is one of the orders that it allows.
    pub fn persist(&mut self) -> Vec<Message> {
        let mut sent = Vec::new();
        while self.node.has_ready() {
            let mut ready = self.node.ready();
            let mut disk = self.disk.wl();
            disk.append(ready.entries()).expect("entries follow those on disk");
            if let Some(state) = ready.hs() {
                disk.set_hardstate(state.clone());
            }
            drop(disk);
            sent.append(&mut ready.take_messages());
            sent.append(&mut ready.take_persisted_messages());
            let mut light = self.node.advance(ready);
            if let Some(commit) = light.commit_index() {
                self.disk.wl().mut_hard_state().commit = commit;
            }
            sent.append(&mut light.take_messages());
        }
        sent
    }

    /// Takes the mark off its election timer; see [`Self::election_timer_restarted`].
    pub fn mark_election_timer(&mut self) {
        let elapsed = &mut self.node.raft.election_elapsed;
        *elapsed = (*elapsed).max(1);
    }

    /// Whether its election timer began anew since it was marked.
    pub fn election_timer_restarted(&self) -> bool {
        self.node.raft.election_elapsed == 0
    }

    /// How many votes it counted for itself, and how many refusals.
    pub fn tally(&self) -> (usize, usize) {
        let (granted, refused, _) = self.node.raft.prs().tally_votes();
        (granted, refused)
    }

    /// What can be seen of it.
    pub fn view(&self) -> View {
        let raft = &self.node.raft;
        View {
            role: match raft.state {
                StateRole::Follower => Role::Follower,
                StateRole::PreCandidate => Role::PreCandidate,
                StateRole::Candidate => Role::Candidate,
                StateRole::Leader => Role::Leader,
            },
            term: term(raft.term),
            vote: some_node(raft.vote),
            leader: some_node(raft.leader_id),
        }
    }

    /// Where its log ends.
    pub fn last_log(&self) -> LogPosition {
        let log = &self.node.raft.raft_log;
        LogPosition {
            last_term: term(log.last_term()),
            last_index: u32::try_from(log.last_index()).expect("a short run"),
        }
    }
}

//! One server as the checker sees it: the node, its disk, its timers, and whether it runs.

use super::Coverage;
use crate::{
    raft::{
        Decision, HardState, Input, Message, Node, NodeId, NodeSet, Output, Outputs, Role, Settings, Term, Timer,
        VolatileState,
    },
    safety::Status,
};

/// A server with its disk and its timers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Server {
    node: Node,
    settings: Settings,
    disk: HardState,
    /// The timers that run, as bits.
    armed: u8,
    running: bool,
    /// The term in which it crashed, if its disk doesn't know that one.
    lost_term: Option<Term>,
}

impl Server {
    /// A server that has just started from this disk.
    pub(super) fn start(id: NodeId, settings: Settings, disk: HardState, outputs: &mut Outputs) -> Self {
        let mut server = Self {
            node: Node::new(id, settings, disk),
            settings,
            disk,
            armed: 0,
            running: true,
            lost_term: None,
        };
        server.feed(Input::Start, outputs);
        server
    }

    /// The node. Of a crashed server: as it will start.
    #[must_use]
    pub const fn node(&self) -> &Node {
        &self.node
    }

    /// What its disk holds.
    #[must_use]
    pub const fn disk(&self) -> HardState {
        self.disk
    }

    /// Whether it runs, or has crashed.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.running
    }

    /// Whether this timer runs.
    #[must_use]
    pub const fn is_armed(&self, timer: Timer) -> bool {
        self.armed & timer_bit(timer) != 0
    }

    /// What can be seen from outside; of a crashed server, what was seen last.
    pub(super) fn status(&self) -> Status {
        let mut status = Status::new(self.node.role(), self.node.hard_state());
        status.term = self.lost_term.unwrap_or(status.term);
        status
    }

    /// A timer fires that runs.
    pub(super) fn time_out(&mut self, timer: Timer, outputs: &mut Outputs) -> Option<Coverage> {
        if !self.is_armed(timer) {
            return None;
        }
        self.armed &= !timer_bit(timer);
        Some(self.feed(Input::Timeout(timer), outputs))
    }

    /// A message arrives.
    pub(super) fn receive(&mut self, from: NodeId, message: Message, outputs: &mut Outputs) -> Option<Coverage> {
        self.running
            .then(|| self.feed(Input::Receive { from, message }, outputs))
    }

    /// Somebody asks it to hand over, if it leads.
    pub(super) fn transfer(&mut self, to: usize, outputs: &mut Outputs) -> Option<Coverage> {
        let possible = self.running && self.node.role() == Role::Leader && to < self.settings.size.into();
        let to = possible.then(|| NodeId::new(to)).filter(|&to| to != self.node.id())?;
        Some(self.feed(Input::TransferLeadership(to), outputs))
    }

    /// Memory and timers are gone.
    pub(super) fn crash(&mut self) -> Option<Coverage> {
        if !self.running {
            return None;
        }
        self.running = false;
        self.armed = 0;
        self.lost_term = Some(self.node.term()).filter(|&term| term != self.disk.current_term);
        self.node = Node::new(self.node.id(), self.settings, self.disk);
        Some(Coverage::NONE)
    }

    /// Starts from the disk.
    pub(super) fn restart(&mut self, outputs: &mut Outputs) -> Option<Coverage> {
        if self.running {
            return None;
        }
        let mut coverage = Coverage::NONE;
        *self = Self::start(self.node.id(), self.settings, self.disk, outputs);
        coverage.insert(super::Sight::ServerReturns);
        Some(coverage)
    }

    /// The same server in a cluster whose servers have other names: `names` gives the new name of each.
    pub(super) fn renamed(&self, names: &[NodeId]) -> Self {
        let name = |server: NodeId| names[server.index()];
        let renamed_disk = |state: HardState| HardState {
            voted_for: state.voted_for.map(name),
            ..state
        };
        let volatile = self.node.volatile();
        let volatile = VolatileState {
            leader: volatile.leader.map(name),
            votes: renamed_set(volatile.votes, names),
            heard: volatile.heard.map(|heard| renamed_set(heard, names)),
            ..volatile
        };
        let hard_state = renamed_disk(self.node.hard_state());
        Self {
            node: Node::resume(name(self.node.id()), self.settings, hard_state, volatile),
            disk: renamed_disk(self.disk),
            ..self.clone()
        }
    }

    /// The one place where a node steps.
    fn feed(&mut self, input: Input, outputs: &mut Outputs) -> Coverage {
        outputs.clear();
        self.node.step(input, outputs);
        let mut coverage = Coverage::NONE;
        for output in outputs.as_slice() {
            match *output {
                Output::Persist(state) => self.disk = state,
                Output::SetTimer(timer) => self.armed |= timer_bit(timer),
                Output::CancelTimer(timer) => self.armed &= !timer_bit(timer),
                Output::Decided(role, decision) => coverage.decision(role, decision),
                Output::Send { .. } => {}
            }
        }
        coverage
    }
}

impl Coverage {
    fn decision(&mut self, role: Role, decision: Decision) {
        match decision {
            Decision::ElectionWon { .. } => self.insert(super::Sight::SomebodyLeads),
            Decision::VoteDenied { .. } => self.insert(super::Sight::VoteRefused),
            Decision::HeartbeatAccepted { .. } => self.insert(super::Sight::HeartbeatAccepted),
            Decision::SteppedDown(_) if role == Role::Leader => self.insert(super::Sight::LeaderStepsDown),
            _ => {}
        }
    }
}

const fn timer_bit(timer: Timer) -> u8 {
    1 << timer as u8
}

fn renamed_set(servers: NodeSet, names: &[NodeId]) -> NodeSet {
    servers.iter().map(|server| names[server.index()]).collect()
}

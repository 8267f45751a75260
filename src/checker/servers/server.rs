//! One server as the checker sees it: the node, its disk, its timers, and whether it runs.

use crate::{
    checker::{Coverage, Milestone},
    raft::{
        Decision, HardState, Input, Message, Node, NodeId, NodeSet, Output, Outputs, Role, Set, Settings, Term, Timer,
        VolatileState,
    },
    safety::Status,
};

/// A server with its disk and its timers.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ServerState {
    node: Node,
    settings: Settings,
    disk: HardState,
    /// The timers that run.
    armed: Set<Timer>,
    running: bool,
    /// The term in which it crashed, if its disk doesn't know that one.
    lost_term: Option<Term>,
}

impl ServerState {
    /// A server that has just started from this disk.
    pub(in crate::checker) fn start(id: NodeId, settings: Settings, disk: HardState, outputs: &mut Outputs) -> Self {
        let mut server = Self {
            node: Node::new(id, settings, disk),
            settings,
            disk,
            armed: Set::EMPTY,
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
    pub fn is_armed(&self, timer: Timer) -> bool {
        self.armed.contains(timer)
    }

    /// What can be seen from outside; of a crashed server, what was seen last.
    pub(in crate::checker) fn status(&self) -> Status {
        let mut status = Status::new(self.node.role(), self.node.hard_state());
        status.term = self.lost_term.unwrap_or(status.term);
        status
    }

    /// A timer fires that runs.
    pub(in crate::checker) fn time_out(&mut self, timer: Timer, outputs: &mut Outputs) -> Option<Coverage> {
        let runs = self.armed.remove(timer);
        runs.then(|| self.feed(Input::Timeout(timer), outputs))
    }

    /// A message arrives.
    pub(in crate::checker) fn receive(
        &mut self,
        from: NodeId,
        message: Message,
        outputs: &mut Outputs,
    ) -> Option<Coverage> {
        self.running
            .then(|| self.feed(Input::Receive { from, message }, outputs))
    }

    /// It is asked to hand over to another server, which it does if it leads.
    pub(in crate::checker) fn transfer(&mut self, to: NodeId, outputs: &mut Outputs) -> Option<Coverage> {
        let leads = self.running && self.node.role() == Role::Leader;
        let to_another = to.index() < self.settings.size.into() && to != self.node.id();
        (leads && to_another).then(|| self.feed(Input::TransferLeadership(to), outputs))
    }

    /// Memory and timers are gone.
    pub(in crate::checker) fn crash(&mut self) -> Option<Coverage> {
        if !self.running {
            return None;
        }
        self.running = false;
        self.armed = Set::EMPTY;
        self.lost_term = Some(self.node.term()).filter(|&term| term != self.disk.current_term);
        self.node = Node::new(self.node.id(), self.settings, self.disk);
        Some(Coverage::EMPTY)
    }

    /// Starts from the disk.
    pub(in crate::checker) fn restart(&mut self, outputs: &mut Outputs) -> Option<Coverage> {
        if self.running {
            return None;
        }
        let mut coverage = Coverage::EMPTY;
        *self = Self::start(self.node.id(), self.settings, self.disk, outputs);
        coverage.insert(Milestone::ServerReturns);
        Some(coverage)
    }

    /// The same server in a cluster whose servers have other names: `names` gives the new name of each.
    pub(in crate::checker) fn renamed(&self, names: &[NodeId]) -> Self {
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
        let mut coverage = Coverage::EMPTY;
        for output in outputs.as_slice() {
            match *output {
                Output::Persist(state) => self.disk = state,
                Output::SetTimer(timer) => _ = self.armed.insert(timer),
                Output::CancelTimer(timer) => _ = self.armed.remove(timer),
                Output::Decided(role, decision) => coverage.extend(milestone(role, decision).into_iter().collect()),
                Output::Send { .. } => {}
            }
        }
        coverage
    }
}

/// What a decision of a server in this role shows.
const fn milestone(role: Role, decision: Decision) -> Option<Milestone> {
    match (decision, role) {
        (Decision::ElectionWon { .. }, _) => Some(Milestone::SomebodyLeads),
        (Decision::VoteDenied { .. }, _) => Some(Milestone::VoteRefused),
        (Decision::HeartbeatAccepted { .. }, _) => Some(Milestone::HeartbeatAccepted),
        (Decision::SteppedDown(_), Role::Leader) => Some(Milestone::LeaderStepsDown),
        _ => None,
    }
}

fn renamed_set(servers: NodeSet, names: &[NodeId]) -> NodeSet {
    servers.iter().map(|server| names[server.index()]).collect()
}

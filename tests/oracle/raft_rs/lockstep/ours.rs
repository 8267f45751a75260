//! A server of this crate, with its disk and the timers that it asked for.

use raft_playground::raft::{
    Decision, DeniedVote, HardState, Input, LogPosition, Message, Node, NodeId, Output, Outputs, Settings, Timer,
    VolatileState,
};

use super::view::View;

/// A running server.
#[derive(Clone, Debug)]
pub struct Ours {
    node: Node,
    settings: Settings,
    armed: Vec<Timer>,
}

/// What one input brought about.
#[derive(Clone, Debug, Default)]
pub struct Effects {
    /// What is to be written before anything is sent.
    pub persist: Option<HardState>,
    /// The messages, with whom they go to.
    pub sent: Vec<(NodeId, Message)>,
    /// Whether the election timer began anew.
    pub election_timer_restarted: bool,
    /// Whether it sent something before it wrote.
    pub sent_before_persist: bool,
    /// Whether it refused a vote, or to promise one, because it has a leader.
    pub held_to_leader: bool,
}

impl Ours {
    /// Starts from what the disk holds.
    pub fn start(id: NodeId, settings: Settings, disk: HardState) -> (Self, Effects) {
        let mut ours = Self {
            node: Node::new(id, settings, disk),
            settings,
            armed: Vec::new(),
        };
        let effects = ours.step(Input::Start);
        (ours, effects)
    }

    /// Handles an input.
    pub fn step(&mut self, input: Input) -> Effects {
        if let Input::Timeout(timer) = input {
            self.disarm(timer);
        }
        let mut outputs = Outputs::new();
        self.node.step(input, &mut outputs);
        let mut effects = Effects::default();
        for output in outputs.as_slice() {
            match *output {
                Output::Persist(state) => {
                    effects.sent_before_persist |= !effects.sent.is_empty();
                    effects.persist = Some(state);
                }
                Output::Send { to, message } => effects.sent.push((to, message)),
                Output::SetTimer(timer) => {
                    self.disarm(timer);
                    self.armed.push(timer);
                    effects.election_timer_restarted |= timer == Timer::Election;
                }
                Output::CancelTimer(timer) => self.disarm(timer),
                Output::Decided(_, decision) => effects.held_to_leader |= holds_to_leader(decision),
            }
        }
        effects
    }

    /// Gives up its election, which no rule of this crate has it do.
    pub fn give_up(&mut self) {
        let follower = VolatileState::default();
        self.node = Node::resume(self.node.id(), self.settings, self.node.hard_state(), follower);
    }

    /// Lets its log end where the other implementation's does. The write goes with that of the step before.
    pub fn move_log(&mut self, position: LogPosition, effects: &mut Effects) {
        if self.node.hard_state().last_log != position {
            effects.persist = self.step(Input::LogMoved(position)).persist.or(effects.persist);
        }
    }

    /// Whether this timer runs.
    pub fn is_armed(&self, timer: Timer) -> bool {
        self.armed.contains(&timer)
    }

    /// What can be seen of it.
    pub fn view(&self) -> View {
        View {
            role: self.node.role(),
            term: self.node.term(),
            vote: self.node.voted_for(),
            leader: self.node.leader(),
        }
    }

    /// What a crash would take of it.
    pub fn volatile(&self) -> VolatileState {
        self.node.volatile()
    }

    fn disarm(&mut self, timer: Timer) {
        self.armed.retain(|&other| other != timer);
    }
}

fn holds_to_leader(decision: Decision) -> bool {
    matches!(
        decision,
        Decision::VoteDenied {
            why: DeniedVote::HasLeader(_),
            ..
        } | Decision::PreVoteDenied {
            why: DeniedVote::HasLeader(_),
            ..
        }
    )
}

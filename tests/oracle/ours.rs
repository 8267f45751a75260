//! A server of this crate, with its disk and the timers that it asked for.

use raft_playground::raft::{HardState, Input, LogPosition, Message, Node, NodeId, Output, Outputs, Settings, Timer};

use super::view::View;

/// A running server.
#[derive(Clone, Debug)]
pub struct Ours {
    node: Node,
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
}

impl Ours {
    /// Starts from what the disk holds.
    pub fn start(id: NodeId, settings: Settings, disk: HardState) -> (Self, Effects) {
        let mut ours = Self {
            node: Node::new(id, settings, disk),
            armed: Vec::new(),
        };
        let effects = ours.step(Input::Start);
        (ours, effects)
    }

    /// Handles an input.
    ///
    /// # Panics
    /// If it wants to write after it sent something.
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
                    assert!(effects.sent.is_empty(), "it persists before it sends");
                    effects.persist = Some(state);
                }
                Output::Send { to, message } => effects.sent.push((to, message)),
                Output::SetTimer(timer) => {
                    self.disarm(timer);
                    self.armed.push(timer);
                    effects.election_timer_restarted |= timer == Timer::Election;
                }
                Output::CancelTimer(timer) => self.disarm(timer),
                Output::Note(..) => {}
            }
        }
        effects
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

    fn disarm(&mut self, timer: Timer) {
        self.armed.retain(|&other| other != timer);
    }
}

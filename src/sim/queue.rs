//! Messages under way, the next one to arrive at hand.

use super::{EventId, Micros};
use crate::raft::{Message, NodeId};

/// A message under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// The event of its sending; also the message's name.
    pub sent: EventId,
    /// When it left.
    pub sent_at: Micros,
    /// When it will arrive, or when the network will lose it.
    pub due_at: Micros,
    /// Whether the network will lose it.
    pub lost: bool,
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// What it says.
    pub message: Message,
}

/// All messages under way, the latest first. A sorted vector: a cluster has a few dozen of them, it clones in one copy, and
/// two queues with the same messages are equal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Queue(Vec<InFlight>);

impl Queue {
    pub(super) fn push(&mut self, message: InFlight) {
        let key = (message.due_at, message.sent);
        let position = self.0.partition_point(|other| (other.due_at, other.sent) > key);
        self.0.insert(position, message);
    }

    pub(super) fn next_due(&self) -> Micros {
        self.0.last().map_or(Micros::NEVER, |message| message.due_at)
    }

    pub(super) fn pop(&mut self) -> Option<InFlight> {
        self.0.pop()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &InFlight> {
        self.0.iter().rev()
    }
}

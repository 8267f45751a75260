//! Messages under way, the next one to arrive at hand.

use super::{EventId, LostWhere, MessageId, Micros};
use crate::raft::{Message, NodeId};

/// A message under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InFlight {
    /// Its name.
    pub id: MessageId,
    /// The event of its sending, or of its duplication.
    pub sent: EventId,
    /// When its sender had it ready to leave.
    pub sent_at: Micros,
    /// When it leaves: later than it was sent if it waits for the disk of its sender.
    pub leaves_at: Micros,
    /// When it will arrive, or when it will get lost.
    pub due_at: Micros,
    /// Where it will get lost, if it will.
    pub lost: Option<LostWhere>,
    /// What it says.
    pub message: Message,
}

impl InFlight {
    /// Who sent it.
    #[must_use]
    pub const fn from(&self) -> NodeId {
        self.id.from
    }

    /// To whom.
    #[must_use]
    pub const fn to(&self) -> NodeId {
        self.id.to
    }
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

    /// Takes a message out.
    pub(super) fn take(&mut self, id: MessageId) -> Option<InFlight> {
        self.take_next(&|message| message.id == id)
    }

    /// Takes out the next to arrive of these messages.
    pub(super) fn take_next(&mut self, wanted: &dyn Fn(&InFlight) -> bool) -> Option<InFlight> {
        let position = self.0.iter().rposition(wanted)?;
        Some(self.0.remove(position))
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &InFlight> {
        self.0.iter().rev()
    }
}

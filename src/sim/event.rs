//! What happens in a world.

use serde::Serialize;

use super::{Action, Micros};
use crate::raft::{Decision, HardState, Message, NodeId, Role, Term, Timer};

/// Number of an event in its run, counted from 0 without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct EventId(pub u64);

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// When.
    pub at: Micros,
    /// The event that led to it. `None` for actions, which come from outside.
    pub cause: Option<EventId>,
    /// Where. `None` for an action on the whole cluster.
    pub server: Option<NodeId>,
    /// The server's role: before the step for what happens to it, after the step for what it does, and for a decision the role
    /// in which it was decided.
    pub role: Role,
    /// The server's term: before the step for what happens to it, after the step for what it does and decides.
    pub term: Term,
    /// What.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// An action was done.
    Action(Action),
    /// A timer started; the duration was drawn.
    TimerSet {
        /// Which.
        timer: Timer,
        /// When it will fire.
        fires_at: Micros,
    },
    /// A timer was stopped.
    TimerCancelled(Timer),
    /// A timer fired; caused by its start.
    TimerFired(Timer),
    /// The hard state was written to disk.
    Persisted(HardState),
    /// A message was sent.
    Sent {
        /// To whom.
        to: NodeId,
        /// How long it waits for the disk of its sender before it leaves; zero where disks take no time.
        waits: Micros,
        /// What it says.
        message: Message,
    },
    /// A message is under way a second time; caused by its sending.
    Duplicated {
        /// To whom.
        to: NodeId,
        /// How long it still waits, with the other, for the disk of its sender.
        waits: Micros,
        /// What it says.
        message: Message,
    },
    /// A message arrived and was handled; caused by its sending.
    Delivered {
        /// From whom.
        from: NodeId,
        /// What it says.
        message: Message,
    },
    /// A message arrived at a paused server and waits there; caused by its sending.
    Held {
        /// From whom.
        from: NodeId,
        /// What it says.
        message: Message,
    },
    /// A message will never arrive; caused by its sending.
    Lost {
        /// From whom.
        from: NodeId,
        /// What it says.
        message: Message,
        /// Where it ended.
        place: LostWhere,
    },
    /// A node decided something.
    Decided(Decision),
}

/// Where a message ended that never arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LostWhere {
    /// On the way.
    Network,
    /// On a link that was cut.
    CutLink,
    /// Taken off the network by an action.
    Dropped,
    /// Before it left: [`super::World::LINK_CAPACITY`] messages were on their way there already.
    FullLink,
    /// Before it left: its sender crashed while it waited for the disk.
    Sender,
    /// At a server that was down.
    ServerDown,
    /// At a paused server whose buffer was full, or that crashed with it.
    Buffer,
}

//! What is done to a world, and what happens in it.

use std::fmt;

use super::{ConfigError, MessageId, Micros, Network, Timing};
use crate::raft::{Decision, HardState, LogPosition, Message, NodeId, NodeSet, Role, Rules, Term, Timer};

/// Something that the reader does, or that a script does for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Starts a server that is down: for the first time, or again from its disk.
    Start(NodeId),
    /// Crashes a server. Its disk stays; memory and timers are gone. What it has sent still travels.
    Kill(NodeId),
    /// Stops a process without ending it, as a long garbage collection or `SIGSTOP` does: memory stays, nothing runs.
    Pause(NodeId),
    /// Lets a paused process go on. What arrived meanwhile is handled first, then timers that ran out.
    Resume(NodeId),
    /// Lets a server's election timer fire now.
    ForceTimeout(NodeId),
    /// Lets a leader's heartbeat timer fire now.
    SendHeartbeats(NodeId),
    /// Lets the time run out now for which a server takes its leader to be alive (thesis §4.2.3).
    ExpireLeader(NodeId),
    /// Lets a leader see now whether a majority still answers (thesis §6.2).
    CheckQuorum(NodeId),
    /// Asks a leader to hand over to another server (thesis §3.10).
    TransferLeadership(NodeId, NodeId),
    /// Crashes a server and blanks its disk. Unsafe: Raft assumes that disks keep what they are given.
    WipeDisk(NodeId),
    /// Lets a server's log end elsewhere.
    SetLog(NodeId, LogPosition),
    /// Lets a server's election timer fire so long from now.
    SetElectionTimer(NodeId, Micros),
    /// Lets the election timers of all servers fire at the same instant, the shortest election timeout from now.
    AlignTimers,
    /// Lets the election timers of all servers fire one after the other, evenly over the range of election timeouts.
    SpreadTimers,
    /// Cuts the link from one server to another; what is on it is lost.
    Cut(NodeId, NodeId),
    /// Mends the link from one server to another.
    Heal(NodeId, NodeId),
    /// Cuts all links to and from a server.
    Isolate(NodeId),
    /// Mends all links to and from a server.
    Rejoin(NodeId),
    /// Cuts all links between these servers and the others.
    Partition(NodeSet),
    /// Mends all links.
    HealAll,
    /// Loses a message that is under way.
    DropMessage(MessageId),
    /// Lets a message that is under way arrive once more.
    DuplicateMessage(MessageId),
    /// Lets a message that is under way take so much longer.
    DelayMessage(MessageId, Micros),
    /// Lets a message that is under way arrive now.
    DeliverMessage(MessageId),
    /// Changes all timers from their next start on.
    SetTiming(Timing),
    /// Changes the network for messages sent from now on.
    SetNetwork(Network),
    /// Changes the rules for all servers.
    SetRules(Rules),
}

impl Action {
    /// The server that it is done to, if it is one.
    #[must_use]
    pub const fn server(&self) -> Option<NodeId> {
        match *self {
            Self::Start(server)
            | Self::Kill(server)
            | Self::Pause(server)
            | Self::Resume(server)
            | Self::ForceTimeout(server)
            | Self::SendHeartbeats(server)
            | Self::ExpireLeader(server)
            | Self::CheckQuorum(server)
            | Self::TransferLeadership(server, _)
            | Self::WipeDisk(server)
            | Self::SetLog(server, _)
            | Self::SetElectionTimer(server, _)
            | Self::Isolate(server)
            | Self::Rejoin(server) => Some(server),
            Self::AlignTimers
            | Self::SpreadTimers
            | Self::Cut(..)
            | Self::Heal(..)
            | Self::Partition(_)
            | Self::HealAll
            | Self::DropMessage(_)
            | Self::DuplicateMessage(_)
            | Self::DelayMessage(..)
            | Self::DeliverMessage(_)
            | Self::SetTiming(_)
            | Self::SetNetwork(_)
            | Self::SetRules(_) => None,
        }
    }
}

/// Why an action can't be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The cluster has no such server.
    NoSuchServer,
    /// The server is down.
    Down,
    /// The server runs already.
    Running,
    /// The server is paused.
    Paused,
    /// The server is not paused.
    NotPaused,
    /// The server leads; leaders have no election timer.
    NoElectionTimer,
    /// The server has no such timer now: by its rules, or because it hasn't heard from a leader or doesn't lead.
    NoSuchTimer,
    /// The server does not lead.
    NotLeader,
    /// The server leads already.
    LeadsAlready,
    /// No server that runs has an election timer.
    NoElectionTimers,
    /// A server has no link to itself.
    NoSuchLink,
    /// A partition has servers on both sides.
    NoPartition,
    /// No such message is under way: it has arrived or was lost, or was never sent.
    NoSuchMessage,
    /// The link carries as many messages as it can.
    LinkFull,
    /// The values can't be used.
    Config(ConfigError),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchServer => "the cluster has no such server",
            Self::Down => "the server is down",
            Self::Running => "the server runs already",
            Self::Paused => "the server is paused",
            Self::NotPaused => "the server is not paused",
            Self::NoElectionTimer => "a leader has no election timer",
            Self::NoSuchTimer => "the server has no such timer now",
            Self::NotLeader => "the server does not lead",
            Self::LeadsAlready => "the server leads already",
            Self::NoElectionTimers => "no server that runs has an election timer",
            Self::NoSuchLink => "a server has no link to itself",
            Self::NoPartition => "a partition needs servers on both sides",
            Self::NoSuchMessage => "no such message is under way",
            Self::LinkFull => "the link carries as many messages as it can",
            Self::Config(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for Refused {}

/// Number of an event in its run, counted from 0 without gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// A message left.
    Sent {
        /// To whom.
        to: NodeId,
        /// What it says.
        message: Message,
    },
    /// A message is under way a second time; caused by its sending.
    Duplicated {
        /// To whom.
        to: NodeId,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostWhere {
    /// On the way.
    Network,
    /// On a link that was cut.
    CutLink,
    /// Taken off the network by an action.
    Dropped,
    /// Before it left: [`super::World::LINK_CAPACITY`] messages were on their way there already.
    FullLink,
    /// At a server that was down.
    ServerDown,
    /// At a paused server whose buffer was full, or that crashed with it.
    Buffer,
}

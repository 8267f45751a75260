//! What can happen next.

use std::fmt;

use crate::raft::{Message, NodeId, Timer};

/// A message with both its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Envelope {
    /// Who sent it.
    pub from: NodeId,
    /// Whom it goes to.
    pub to: NodeId,
    /// What it says.
    pub message: Message,
}

/// One thing that happens to a cluster. There is no time: what is possible may happen next, in any order.
///
/// A message is named by its ends and its content. Equal messages are one and the same to the checker; it doesn't matter which
/// copy a simulator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A timer that the server had set fires.
    Timeout(NodeId, Timer),
    /// A message in flight arrives.
    Deliver(Envelope),
    /// A message in flight is lost. Under [`NetworkModel::Counted`](crate::checker::NetworkModel::Counted) only.
    Lose(Envelope),
    /// The network makes a second copy of a message in flight. Under
    /// [`NetworkModel::Counted`](crate::checker::NetworkModel::Counted) only.
    Duplicate(Envelope),
    /// The server crashes: its disk remains. Under [`NetworkModel::Reduced`](crate::checker::NetworkModel::Reduced) it is back
    /// at once.
    Crash(NodeId),
    /// A crashed server starts from its disk.
    Restart(NodeId),
    /// The first server, which leads, is asked to hand over to the second (thesis §3.10).
    TransferLeadership(NodeId, NodeId),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout(server, Timer::Election) => write!(f, "{server}'s election timer fires"),
            Self::Timeout(server, Timer::Heartbeat) => write!(f, "{server}'s heartbeat timer fires"),
            Self::Timeout(server, Timer::RecentLeader) => {
                write!(f, "{server} has not heard from its leader for a while")
            }
            Self::Timeout(server, Timer::CheckQuorum) => write!(f, "{server} checks whether a majority answers"),
            Self::TransferLeadership(from, to) => write!(f, "{from} is asked to hand over to {to}"),
            Self::Deliver(envelope) => write!(f, "{} receives {envelope}", envelope.to),
            Self::Lose(envelope) => write!(f, "the network loses {envelope} to {}", envelope.to),
            Self::Duplicate(envelope) => write!(f, "the network duplicates {envelope} to {}", envelope.to),
            Self::Crash(server) => write!(f, "{server} crashes"),
            Self::Restart(server) => write!(f, "{server} restarts from its disk"),
        }
    }
}

impl fmt::Display for Envelope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, term) = (self.from, self.message.term());
        match self.message {
            Message::RequestVote { .. } => write!(f, "RequestVote of term {term} from {from}"),
            Message::RequestVoteReply { vote_granted: true, .. } => write!(f, "the vote of {from} in term {term}"),
            Message::RequestVoteReply { .. } => write!(f, "a refused vote of term {term} from {from}"),
            Message::AppendEntries { .. } => write!(f, "a heartbeat of term {term} from {from}"),
            Message::AppendEntriesReply { success: true, .. } => {
                write!(f, "an accepted heartbeat of term {term} from {from}")
            }
            Message::AppendEntriesReply { .. } => write!(f, "a refused heartbeat of term {term} from {from}"),
            Message::PreVote { .. } => write!(f, "PreVote for term {term} from {from}"),
            Message::PreVoteReply { vote_granted: true, .. } => write!(f, "the pre-vote of {from} for term {term}"),
            Message::PreVoteReply { .. } => write!(f, "a refused pre-vote of term {term} from {from}"),
            Message::TimeoutNow { .. } => write!(f, "TimeoutNow of term {term} from {from}"),
        }
    }
}

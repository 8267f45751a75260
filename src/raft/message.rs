//! The two remote procedure calls of an election, each as a request and a reply (Figure 2).

use super::{LogPosition, Term};

/// A message between two servers. Who sent it travels beside it (the paper's `candidateId` and `leaderId`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Message {
    /// A candidate asks for a vote (§5.2).
    RequestVote {
        /// The candidate's term.
        term: Term,
        /// Where the candidate's log ends: `lastLogTerm` and `lastLogIndex` (§5.4.1).
        last_log: LogPosition,
    },
    /// The answer to a RequestVote.
    RequestVoteReply {
        /// `currentTerm` of the server that answers, for the candidate to update itself.
        term: Term,
        /// Whether the candidate received the vote.
        vote_granted: bool,
    },
    /// A leader's heartbeat: AppendEntries that carries no entries (§5.2).
    AppendEntries {
        /// The leader's term.
        term: Term,
    },
    /// The answer to an AppendEntries.
    AppendEntriesReply {
        /// `currentTerm` of the server that answers, for the leader to update itself.
        term: Term,
        /// Whether the server accepted the sender as leader of its term.
        success: bool,
    },
}

impl Message {
    /// The term that every message carries (§5.1).
    #[must_use]
    pub const fn term(&self) -> Term {
        match *self {
            Self::RequestVote { term, .. }
            | Self::RequestVoteReply { term, .. }
            | Self::AppendEntries { term }
            | Self::AppendEntriesReply { term, .. } => term,
        }
    }
}

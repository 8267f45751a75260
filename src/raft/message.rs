//! The remote procedure calls of an election, each as a request and a reply (Figure 2), and those of the thesis' extensions.

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
        /// Whether the leader itself asked the candidate to run, so that nobody holds to that leader (thesis §4.2.3).
        leadership_transfer: bool,
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
    /// A server asks whether it would get a vote (thesis §9.6).
    PreVote {
        /// The term that it would stand for election in. Its own term stays the one before.
        term: Term,
        /// Where its log ends.
        last_log: LogPosition,
    },
    /// The answer to a PreVote. The thesis leaves open which term it carries; etcd's Raft does it this way.
    PreVoteReply {
        /// If granted, the term that was asked about; else `currentTerm` of the server that answers.
        term: Term,
        /// Whether it would give its vote.
        vote_granted: bool,
    },
    /// A leader asks a server to start an election at once (thesis §3.10).
    TimeoutNow {
        /// The leader's term.
        term: Term,
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
            | Self::AppendEntriesReply { term, .. }
            | Self::PreVote { term, .. }
            | Self::PreVoteReply { term, .. }
            | Self::TimeoutNow { term } => term,
        }
    }

    /// Whether it answers another.
    #[must_use]
    pub const fn is_reply(&self) -> bool {
        matches!(
            self,
            Self::RequestVoteReply { .. } | Self::AppendEntriesReply { .. } | Self::PreVoteReply { .. }
        )
    }

    /// The term that its sender was in. `None` where it speaks of a term that nobody may be in yet: asking for a pre-vote, and
    /// granting one, move no server to a newer term (thesis §9.6).
    #[must_use]
    pub const fn senders_term(&self) -> Option<Term> {
        match *self {
            Self::PreVote { .. } | Self::PreVoteReply { vote_granted: true, .. } => None,
            _ => Some(self.term()),
        }
    }
}

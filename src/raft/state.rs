//! What a server is and what it keeps on disk.

use super::{NodeId, Term};

/// The three states of a server (§5.1, Figure 4).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Passive: answers candidates and leaders.
    #[default]
    Follower,
    /// Asks for votes to become leader.
    Candidate,
    /// Sends heartbeats to keep its authority.
    Leader,
}

/// Where a server's log ends. Logs themselves are out of scope; this is what the election restriction compares (§5.4.1).
///
/// The order is the paper's "more up-to-date": the later last term wins; with equal last terms, the longer log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LogPosition {
    /// Term of the last entry; 0 for an empty log.
    pub last_term: Term,
    /// Index of the last entry; 0 for an empty log.
    pub last_index: u32,
}

/// What must be on stable storage before a server answers (Figure 2, "Persistent state on all servers").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct HardState {
    /// Latest term the server has seen; increases monotonically.
    pub current_term: Term,
    /// Candidate that received its vote in `current_term`, if any.
    pub voted_for: Option<NodeId>,
    /// Where its log ends.
    pub last_log: LogPosition,
}

//! What a server is and what it keeps on disk.

use serde::Serialize;

use super::{NodeId, NodeSet, Term};

/// The states of a server (§5.1, Figure 4), and one more of an extension.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Passive: answers candidates and leaders.
    #[default]
    Follower,
    /// Asks whether it would get votes, before it runs (thesis §9.6). Only where pre-vote is on.
    PreCandidate,
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

/// What a crash takes: the paper's volatile state, as far as an election needs it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct VolatileState {
    /// What it is.
    pub role: Role,
    /// The leader it follows (or is) in its current term, once known.
    pub leader: Option<NodeId>,
    /// Whether it heard from that leader within the shortest election timeout (thesis §4.2.3). Kept only where a rule asks for
    /// it, and never true without a leader.
    pub leader_is_recent: bool,
    /// Who voted for it in its current term (or would, while it is a pre-candidate); empty in followers.
    pub votes: NodeSet,
    /// How many votes it counted. The size of `votes`, unless the rule that each counts once is off.
    pub vote_count: u8,
    /// Who answered its heartbeats since it last checked whether a majority does (thesis §6.2). `None` while it does not check.
    pub heard: Option<NodeSet>,
}

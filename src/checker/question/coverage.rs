//! What must happen at least once in a search. A search in which no server ever leads would find nothing broken, and prove
//! nothing.

use crate::raft::{Member, Set};

/// Something that should happen in a search: what other checkers call a `sometimes` property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Milestone {
    /// A server wins an election (§5.2).
    SomebodyLeads,
    /// A server accepts a heartbeat (§5.2).
    HeartbeatAccepted,
    /// A server refuses its vote (§5.2).
    VoteRefused,
    /// A leader steps down (§5.1).
    LeaderStepsDown,
    /// All servers have voted in the same term, and nobody has a majority (§5.2).
    VoteSplits,
    /// A crashed server comes back.
    ServerReturns,
}

impl Milestone {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::SomebodyLeads,
        Self::HeartbeatAccepted,
        Self::VoteRefused,
        Self::LeaderStepsDown,
        Self::VoteSplits,
        Self::ServerReturns,
    ];
}

/// The milestones that a search has passed.
pub type Coverage = Set<Milestone>;

impl Member for Milestone {
    const ALL: &'static [Self] = &Self::ALL;

    fn bit(self) -> u32 {
        self as u32
    }
}

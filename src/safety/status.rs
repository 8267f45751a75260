//! What the monitor sees of a server.

use crate::raft::{HardState, LogPosition, NodeId, Role, Term};

/// What can be seen of a server from outside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Status {
    /// Its role.
    pub role: Role,
    /// Its current term.
    pub term: Term,
    /// Whom it voted for in that term.
    pub voted_for: Option<NodeId>,
    /// Where its log ends.
    pub last_log: LogPosition,
}

impl Status {
    /// The status of a server with this role and hard state.
    #[must_use]
    pub const fn new(role: Role, state: HardState) -> Self {
        Self {
            role,
            term: state.current_term,
            voted_for: state.voted_for,
            last_log: state.last_log,
        }
    }
}

//! What both implementations must agree on.

use std::fmt;

use raft_playground::raft::{NodeId, Role, Term};

/// What can be seen of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Its role.
    pub role: Role,
    /// Its term.
    pub term: Term,
    /// Whom it voted for in its term.
    pub vote: Option<NodeId>,
    /// Whom it takes for the leader of its term.
    pub leader: Option<NodeId>,
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |node: Option<NodeId>| node.map_or("nobody".to_owned(), |node| node.to_string());
        write!(
            f,
            "{:?} of term {}, voted for {}, leader {}",
            self.role,
            self.term,
            name(self.vote),
            name(self.leader)
        )
    }
}

//! Which of the cluster's links are cut.

use crate::raft::{MAX_SERVERS, NodeId, NodeSet};

/// The links between all servers, each direction by itself: up, or cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Links {
    /// By sender: to whom its link is cut.
    cut: [NodeSet; MAX_SERVERS],
}

impl Links {
    /// All links up.
    pub const ALL_UP: Self = Self {
        cut: [NodeSet::EMPTY; MAX_SERVERS],
    };

    /// All links of a cluster of this size cut.
    #[must_use]
    pub fn all_cut(size: usize) -> Self {
        let mut links = Self::ALL_UP;
        for server in NodeId::all(size) {
            links.cut[server.index()] = NodeSet::all(size).without(NodeSet::only(server));
        }
        links
    }

    /// All links of a cluster of this size, each direction by itself, by sender and receiver.
    pub fn pairs(size: usize) -> impl Iterator<Item = (NodeId, NodeId)> {
        let others = move |from| NodeId::all(size).filter(move |to| *to != from);
        NodeId::all(size).flat_map(move |from| others(from).map(move |to| (from, to)))
    }

    /// Whether messages get from one server to another.
    #[must_use]
    pub fn is_up(&self, from: NodeId, to: NodeId) -> bool {
        !self.cut[from.index()].contains(to)
    }

    /// Whether messages get from one server to another and back.
    #[must_use]
    pub fn is_two_way(&self, one: NodeId, other: NodeId) -> bool {
        self.is_up(one, other) && self.is_up(other, one)
    }

    /// Whom a server reaches: itself, and those of some others that it has a link to in both directions.
    #[must_use]
    pub fn reach(&self, server: NodeId, others: NodeSet) -> NodeSet {
        let reached = |other: &NodeId| *other == server || self.is_two_way(server, *other);
        let own = std::iter::once(server);
        others.iter().filter(reached).chain(own).collect()
    }

    /// Cuts or mends one direction. Says whether that changed it.
    pub fn set(&mut self, from: NodeId, to: NodeId, up: bool) -> bool {
        let cut = &mut self.cut[from.index()];
        if up { cut.remove(to) } else { cut.insert(to) }
    }

    /// The links that are cut, by sender and receiver.
    pub fn cut(&self) -> impl Iterator<Item = (NodeId, NodeId)> {
        let cut = self.cut;
        NodeId::all(MAX_SERVERS).flat_map(move |from| cut[from.index()].iter().map(move |to| (from, to)))
    }

    /// Whether all are up.
    #[must_use]
    pub fn all_up(&self) -> bool {
        *self == Self::ALL_UP
    }

    /// Whether a server of a cluster of `size` reaches no other and no other reaches it. Never in a cluster of one.
    #[must_use]
    pub fn is_isolated(&self, server: NodeId, size: usize) -> bool {
        let mut others = NodeId::all(size).filter(|other| *other != server).peekable();
        others.peek().is_some() && others.all(|other| !self.is_up(server, other) && !self.is_up(other, server))
    }
}

//! Names of servers, sets of them, and terms.

use std::fmt;

use serde::{Serialize, Serializer};

/// The largest cluster: S1 to S9. Sets of servers are bit sets and a world is a few hundred bytes because of it.
pub const MAX_SERVERS: usize = 9;

/// A server of the cluster, shown as S1 to S9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u8);

impl NodeId {
    /// The server with this index, counted from 0 (S1).
    ///
    /// # Panics
    /// If `index` is not below [`MAX_SERVERS`].
    #[must_use]
    pub const fn new(index: usize) -> Self {
        assert!(index < MAX_SERVERS, "a cluster has at most nine servers");
        #[expect(clippy::cast_possible_truncation, reason = "asserted above")]
        Self(index as u8)
    }

    /// The server with this number as people write it: 1 for S1. `None` outside 1 to 9.
    #[must_use]
    pub const fn from_number(number: usize) -> Option<Self> {
        match number {
            1..=MAX_SERVERS => Some(Self::new(number - 1)),
            _ => None,
        }
    }

    /// Counted from 0, for arrays.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// Counted from 1, as shown.
    #[must_use]
    pub const fn number(self) -> usize {
        self.0 as usize + 1
    }

    /// The servers of a cluster of `size`, in order.
    pub fn all(size: usize) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator {
        (0..size.min(MAX_SERVERS)).map(Self::new)
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "S{}", self.number())
    }
}

impl Serialize for NodeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A set of servers, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct NodeSet(u16);

impl NodeSet {
    /// No server.
    pub const EMPTY: Self = Self(0);

    /// All servers of a cluster of `size`.
    #[must_use]
    pub const fn all(size: usize) -> Self {
        Self((1 << size) - 1)
    }

    /// Adds a server; says whether it was new.
    pub const fn insert(&mut self, node: NodeId) -> bool {
        let new = !self.contains(node);
        self.0 |= 1 << node.0;
        new
    }

    /// Takes a server out; says whether it was in.
    pub const fn remove(&mut self, node: NodeId) -> bool {
        let was_in = self.contains(node);
        self.0 &= !(1 << node.0);
        was_in
    }

    /// Whether the server is in.
    #[must_use]
    pub const fn contains(self, node: NodeId) -> bool {
        self.0 & (1 << node.0) != 0
    }

    /// How many servers are in, 0 to 9.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether none is in.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members, in order.
    pub fn iter(self) -> impl Iterator<Item = NodeId> {
        NodeId::all(MAX_SERVERS).filter(move |&node| self.contains(node))
    }
}

impl Serialize for NodeSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl FromIterator<NodeId> for NodeSet {
    fn from_iter<I: IntoIterator<Item = NodeId>>(nodes: I) -> Self {
        let mut set = Self::EMPTY;
        for node in nodes {
            set.insert(node);
        }
        set
    }
}

/// A term: Raft's logical clock (§5.1). Terms are numbered with consecutive integers; each begins with an election.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Term(pub u32);

impl Term {
    /// The term of a server on its first boot (Figure 2: "initialized to 0 on first boot").
    pub const ZERO: Self = Self(0);

    /// The next term.
    ///
    /// # Panics
    /// After 4,294,967,295 terms: at ten elections a second that is thirteen years of nothing but elections.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.checked_add(1).expect("a run has fewer than 2^32 terms"))
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

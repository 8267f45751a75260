//! Names of servers, sets of them, and terms.

use std::fmt;

use serde::{Serialize, Serializer};

use super::set::{Member, Set};

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

/// A set of servers.
pub type NodeSet = Set<NodeId>;

impl NodeSet {
    /// All servers of a cluster of `size`.
    #[must_use]
    pub const fn all(size: usize) -> Self {
        Self::from_bits((1 << size) - 1)
    }
}

impl Member for NodeId {
    const ALL: &'static [Self] = &{
        let mut all = [Self(0); MAX_SERVERS];
        let mut index = 0;
        while index < MAX_SERVERS {
            all[index] = Self::new(index);
            index += 1;
        }
        all
    };

    fn bit(self) -> u32 {
        self.0.into()
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

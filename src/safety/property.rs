//! The properties that must hold in every run, sets of them, and what is said when one is broken.

use crate::raft::{NodeId, Term};

/// A property that must hold in every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Property {
    /// "At most one leader can be elected in a given term" (Figure 3; §5.2), also when the two lead at different times.
    ElectionSafety,
    /// "Each server will vote for at most one candidate in a given term" (§5.2), also across restarts.
    OneVotePerTerm,
    /// A server's current term "increases monotonically over time" (§5.1, Figure 2), also across restarts.
    MonotonicTerms,
    /// A leader had votes of a majority of the full cluster in its term (§5.2).
    LeaderHadMajority,
    /// "If a log entry is committed in a given term, then that entry will be present in the logs of the leaders for all
    /// higher-numbered terms" (Figure 3; §5.4.3). Of logs it is only known where they end, so this is judged: a leader's log
    /// is at least as up-to-date (§5.4.1) as what a majority of the full cluster held before they could vote in its term.
    ///
    /// To be exact: where a server's log ends counts for a leader of term T if it has ended there since a term before T. A log
    /// that was moved in term T or later may have been moved after its server voted, so it does not count; that is the step of
    /// §5.4.3 "the voter must have accepted the committed entry before voting". The leader's log is the one with which it ran.
    /// Under the paper's rules this holds however logs are moved: any majority that voted shares a server with any majority
    /// that counts, and that server refuses its vote to a candidate whose log is behind its own. Whether the entry was
    /// committed (§5.4.2) is not asked: where a majority's logs end binds the next leader in either case.
    ///
    /// A wiped disk does not take back what its server held. Clients were told that a majority has it; when the blank servers
    /// elect one of themselves, the entry is lost.
    LeaderCompleteness,
}

impl Property {
    /// All of them, the most important first.
    pub const ALL: [Self; 5] = [
        Self::ElectionSafety,
        Self::LeaderCompleteness,
        Self::OneVotePerTerm,
        Self::MonotonicTerms,
        Self::LeaderHadMajority,
    ];

    /// Its name in links, files and on the command line. Never changes.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ElectionSafety => "election-safety",
            Self::LeaderCompleteness => "leader-completeness",
            Self::OneVotePerTerm => "one-vote-per-term",
            Self::MonotonicTerms => "monotonic-terms",
            Self::LeaderHadMajority => "leader-had-majority",
        }
    }

    /// The property with this name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|property| property.slug() == slug)
    }

    /// Its place in [`Self::ALL`]: the lower, the more important.
    #[must_use]
    pub fn rank(self) -> usize {
        Self::ALL
            .iter()
            .position(|each| *each == self)
            .unwrap_or(Self::ALL.len())
    }
}

/// A property was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Violation {
    /// Which one.
    pub property: Property,
    /// By which server's step.
    pub server: NodeId,
    /// In which term.
    pub term: Term,
    /// The other party: the first leader, the candidate that had the vote before, or a server that held what the leader lacks.
    pub other: Option<NodeId>,
}

/// A set of properties, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Properties(u8);

impl Properties {
    /// No property.
    pub const NONE: Self = Self(0);

    /// Every property.
    pub const ALL: Self = Self((1 << Property::ALL.len()) - 1);

    /// This one only.
    #[must_use]
    pub const fn only(property: Property) -> Self {
        Self(1 << property as u8)
    }

    /// Adds a property.
    pub const fn insert(&mut self, property: Property) {
        self.0 |= Self::only(property).0;
    }

    /// The set as bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the property is in.
    #[must_use]
    pub const fn contains(self, property: Property) -> bool {
        self.0 & Self::only(property).0 != 0
    }

    /// Whether none is in.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members, the most important first.
    pub fn iter(self) -> impl Iterator<Item = Property> {
        Property::ALL
            .into_iter()
            .filter(move |&property| self.contains(property))
    }
}

impl FromIterator<Property> for Properties {
    fn from_iter<I: IntoIterator<Item = Property>>(properties: I) -> Self {
        let mut set = Self::NONE;
        for property in properties {
            set.insert(property);
        }
        set
    }
}

//! The properties that must hold in every run, sets of them, and what is said when one is broken.

use crate::raft::{Member, NodeId, Set, Term};

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
    /// Of two votes in one term, whom the second one was for.
    pub then: Option<NodeId>,
}

/// A set of properties, the most important first.
pub type Properties = Set<Property>;

impl Member for Property {
    const ALL: &'static [Self] = &Self::ALL;

    fn bit(self) -> u32 {
        self as u32
    }
}

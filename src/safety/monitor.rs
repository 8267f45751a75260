//! The properties and the monitor that checks them after every step.

use super::{Status, history::History, logs::Logs};
use crate::raft::{MAX_SERVERS, NodeId, Role, Term};

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

/// Watches a cluster, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitor {
    size: usize,
    last: [Status; MAX_SERVERS],
    history: History,
    logs: Logs,
}

impl Monitor {
    /// Terms whose votes and leaders are remembered at least, up to the newest. Those of older ones are not judged.
    pub const TERMS_REMEMBERED: u32 = super::history::TERMS_REMEMBERED;

    /// A monitor for a cluster of `size` servers that have never run.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self {
            size,
            last: [Status::default(); MAX_SERVERS],
            history: History::default(),
            logs: Logs::default(),
        }
    }

    /// Judges what a step made of a server. Empty (and free) as long as everything holds.
    #[must_use]
    pub fn observe(&mut self, server: NodeId, now: Status) -> Vec<Violation> {
        let before = std::mem::replace(&mut self.last[server.index()], now);
        // Heartbeats, nearly all of a run, change nothing that could be judged.
        if before == now {
            return Vec::new();
        }
        self.logs.observe(server, before, now);
        let mut broken = Vec::new();
        self.judge_term(server, before, now, &mut broken);
        self.judge_vote(server, now, &mut broken);
        if now.role == Role::Leader {
            self.judge_leader(server, now.term, &mut broken);
            if (before.role, before.term) != (now.role, now.term) {
                self.judge_log(server, now.term, &mut broken);
            }
        }
        broken
    }

    /// The server's disk was wiped: it may start from term 0 again, with an empty log. The votes that it gave stay given, and
    /// what it held counts until its log is moved again.
    pub fn disk_wiped(&mut self, server: NodeId) {
        self.last[server.index()] = Status::default();
    }

    fn judge_term(&self, server: NodeId, before: Status, now: Status, broken: &mut Vec<Violation>) {
        if now.term < before.term {
            broken.push(Violation {
                property: Property::MonotonicTerms,
                server,
                term: now.term,
                other: None,
            });
        }
    }

    fn judge_vote(&mut self, server: NodeId, now: Status, broken: &mut Vec<Violation>) {
        let Some(candidate) = now.voted_for else { return };
        let Some(record) = self.history.record(now.term) else {
            return;
        };
        match record.vote_of(server) {
            None => record.set_vote(server, candidate),
            Some(earlier) if earlier != candidate => broken.push(Violation {
                property: Property::OneVotePerTerm,
                server,
                term: now.term,
                other: Some(earlier),
            }),
            Some(_) => {}
        }
    }

    fn judge_leader(&mut self, server: NodeId, term: Term, broken: &mut Vec<Violation>) {
        let size = self.size;
        let Some(record) = self.history.record(term) else {
            return;
        };
        if record.leader() == Some(server) {
            return;
        }
        if record.votes_for(server) * 2 <= size {
            broken.push(Violation {
                property: Property::LeaderHadMajority,
                server,
                term,
                other: None,
            });
        }
        match record.leader() {
            None => record.set_leader(server),
            Some(first) => broken.push(Violation {
                property: Property::ElectionSafety,
                server,
                term,
                other: Some(first),
            }),
        }
    }

    /// Of a server that begins to lead a term.
    fn judge_log(&self, leader: NodeId, term: Term, broken: &mut Vec<Violation>) {
        if let Some(holder) = self.logs.lacking(leader, term, self.size) {
            broken.push(Violation {
                property: Property::LeaderCompleteness,
                server: leader,
                term,
                other: Some(holder),
            });
        }
    }

    /// Who was the first to lead this term, if anyone did.
    #[must_use]
    pub fn leader_of(&self, term: Term) -> Option<NodeId> {
        self.history.get(term).leader()
    }

    /// Whom this server voted for first in this term, if anyone.
    #[must_use]
    pub fn first_vote(&self, server: NodeId, term: Term) -> Option<NodeId> {
        self.history.get(term).vote_of(server)
    }
}

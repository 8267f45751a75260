//! Who leads, as the most important thing to say: a value, so that a test can hold it against the cluster.

use crate::{
    raft::{NodeId, NodeSet, Role, Term},
    sim::Claim,
    ui::{
        explain::chance::hopeless,
        run::view::{ClusterView, ServerView},
    },
};

/// Who leads, or why nobody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Headline {
    /// A majority can follow them; several only where election safety is broken.
    Led {
        /// Who, each with whose votes.
        leaders: Vec<(NodeId, NodeSet)>,
        /// Of which term.
        term: Term,
    },
    /// Nobody leads, and these believe that they do.
    Stale(Vec<Belief>),
    /// Nobody leads, and nobody believes so.
    Leaderless(Lack),
}

/// What a stale leader believes, and why it is not so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Belief {
    /// Who.
    pub leader: NodeId,
    /// Of which term.
    pub term: Term,
    /// What the belief is worth.
    pub claim: Claim,
    /// Servers in the cluster.
    pub size: usize,
    /// Who is in a newer term: while nobody is, it is the leader of its term, though it may reach few.
    pub newer: NodeSet,
    /// Whom of the others it does not reach.
    pub away: NodeSet,
}

/// Why nobody leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// All are down.
    AllDown,
    /// Fewer than a majority run.
    FewRun {
        /// How many.
        running: usize,
        /// Of how many.
        size: usize,
    },
    /// Enough run, but each reaches fewer than a majority.
    NoneReaches,
    /// Somebody stands for election, or asks whether it may, and can win.
    Election,
    /// All that stand for election, or ask whether they may, can't win.
    InVain,
    /// A timer has to run out first.
    Waiting,
}

impl Headline {
    /// That of a cluster.
    #[must_use]
    pub fn of(view: &ClusterView) -> Self {
        if let Some(leader) = view.leader() {
            return Self::Led {
                leaders: view.leaders().map(|leader| (leader.id, leader.votes)).collect(),
                term: leader.term,
            };
        }
        let stale: Vec<_> = view.stale().map(|leader| Belief::of(view, leader)).collect();
        if stale.is_empty() {
            Self::Leaderless(Lack::of(view))
        } else {
            Self::Stale(stale)
        }
    }
}

impl Belief {
    /// That of a server which believes that it leads.
    #[must_use]
    pub fn of(view: &ClusterView, leader: &ServerView) -> Self {
        Self {
            leader: leader.id,
            term: leader.term,
            claim: leader.claim.unwrap_or(Claim::Outdated),
            size: view.servers.len(),
            newer: view.those(|other| other.term > leader.term),
            away: view.those(|other| other.term <= leader.term && !leader.reach.contains(other.id)),
        }
    }
}

/// Whether a server asks whether it may stand and reaches enough, or stands in an election that somebody can still win.
fn may_win(view: &ClusterView, server: &ServerView) -> bool {
    match server.role {
        Role::PreCandidate => server.can_win,
        Role::Candidate => hopeless(view, server.term)[server.id.index()].is_none(),
        Role::Follower | Role::Leader => false,
    }
}

impl Lack {
    /// Why nobody leads, of a cluster without a leader.
    #[must_use]
    pub fn of(view: &ClusterView) -> Self {
        let running = || view.servers.iter().filter(|server| server.runs());
        if !view.servers.iter().any(ServerView::is_up) {
            Self::AllDown
        } else if running().count() < view.majority() {
            Self::FewRun {
                running: running().count(),
                size: view.servers.len(),
            }
        } else if !running().any(|server| server.reach.len() >= view.majority()) {
            Self::NoneReaches
        } else if running().any(|server| may_win(view, server)) {
            Self::Election
        } else if running().any(ServerView::runs_for_leader) {
            Self::InVain
        } else {
            Self::Waiting
        }
    }
}

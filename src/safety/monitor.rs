//! The monitor of a run of any length, which is cheap to clone.

use super::{
    Status, Violation,
    elections::Elections,
    judgement::{Change, Record, judge},
    logs::Logs,
};
use crate::raft::{MAX_SERVERS, NodeId, Term};

/// Watches a cluster, step by step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Monitor {
    size: usize,
    last: [Status; MAX_SERVERS],
    elections: Elections,
    logs: Logs,
}

impl Monitor {
    /// Terms whose votes and leaders are remembered at least, up to the newest. Those of older ones are not judged.
    pub const TERMS_REMEMBERED: u32 = super::elections::TERMS_REMEMBERED;

    /// A monitor for a cluster of `size` servers that have never run.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self {
            size,
            last: [Status::default(); MAX_SERVERS],
            elections: Elections::default(),
            logs: Logs::default(),
        }
    }

    /// Judges what a step made of a server. Empty (and free) as long as everything holds.
    #[must_use]
    pub fn observe(&mut self, server: NodeId, now: Status) -> Vec<Violation> {
        let before = std::mem::replace(&mut self.last[server.index()], now);
        let mut broken = Vec::new();
        judge(self, Change { server, before, now }, |violation| broken.push(violation));
        broken
    }

    /// The server's disk was wiped: it may start from term 0 again, with an empty log. The votes that it gave stay given, and
    /// what it held counts until its log is moved again.
    pub fn disk_wiped(&mut self, server: NodeId) {
        self.last[server.index()] = Status::default();
    }

    /// Who was the first to lead this term, if anyone did.
    #[must_use]
    pub fn leader_of(&self, term: Term) -> Option<NodeId> {
        self.elections.get(term).leader()
    }

    /// Whom this server voted for first in this term, if anyone.
    #[must_use]
    pub fn first_vote(&self, server: NodeId, term: Term) -> Option<NodeId> {
        self.elections.get(term).vote_of(server)
    }
}

impl Record for Monitor {
    fn size(&self) -> usize {
        self.size
    }

    fn remembers(&self, term: Term) -> bool {
        self.elections.remembers(term)
    }

    fn vote_of(&self, voter: NodeId, term: Term) -> Option<NodeId> {
        self.elections.get(term).vote_of(voter)
    }

    fn votes_for(&self, candidate: NodeId, term: Term) -> usize {
        self.elections.get(term).votes_for(candidate)
    }

    fn leader_of(&self, term: Term) -> Option<NodeId> {
        self.elections.get(term).leader()
    }

    fn holder_of_what_lacks(&self, leader: NodeId, term: Term) -> Option<NodeId> {
        self.logs.holder_of_what_lacks(leader, term, self.size)
    }

    fn set_vote(&mut self, voter: NodeId, term: Term, candidate: NodeId) {
        if let Some(election) = self.elections.get_mut(term) {
            election.set_vote(voter, candidate);
        }
    }

    fn set_leader(&mut self, leader: NodeId, term: Term) {
        if let Some(election) = self.elections.get_mut(term) {
            election.set_leader(leader);
        }
    }

    fn set_log(&mut self, change: Change) {
        self.logs.observe(change);
    }
}

//! How each property is judged: one code for the [`Monitor`](super::Monitor) and the [`PackedMonitor`](super::PackedMonitor).
//! The two differ only in how much they remember, and in how many bytes.

use super::{Property, Status, Violation};
use crate::raft::{NodeId, Role, Term};

/// What a step made of a server. A restart is a step, too.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    pub server: NodeId,
    pub before: Status,
    pub now: Status,
}

impl Change {
    /// Whether the server leads now, and did not lead this term before.
    fn begins_to_lead(&self) -> bool {
        self.now.role == Role::Leader && (self.before.role, self.before.term) != (self.now.role, self.now.term)
    }

    const fn breaks(&self, property: Property, other: Option<NodeId>) -> Violation {
        Violation {
            property,
            server: self.server,
            term: self.now.term,
            other,
            then: None,
        }
    }
}

/// What is remembered of the steps so far, as much as is needed to judge the next one.
pub(super) trait Record {
    /// The servers of the full cluster.
    fn size(&self) -> usize;

    /// Whether the votes and the leader of this term are remembered. In a term that is forgotten no election is judged.
    fn remembers(&self, term: Term) -> bool;

    /// Whom this server voted for first in this term.
    fn vote_of(&self, voter: NodeId, term: Term) -> Option<NodeId>;

    /// How many servers voted for this one first in this term.
    fn votes_for(&self, candidate: NodeId, term: Term) -> usize;

    /// The first to lead this term.
    fn leader_of(&self, term: Term) -> Option<NodeId>;

    /// A server of the majority that held, before this term, an entry that its leader lacks; `None` if the leader lacks nothing.
    fn holder_of_what_lacks(&self, leader: NodeId, term: Term) -> Option<NodeId>;

    /// Writes down the first vote of a server in a term.
    fn set_vote(&mut self, voter: NodeId, term: Term, candidate: NodeId);

    /// Writes down the first leader of a term.
    fn set_leader(&mut self, leader: NodeId, term: Term);

    /// Writes down where the server's log ends now, and with which log it asks for votes.
    fn set_log(&mut self, change: Change);
}

/// Judges a step, and writes down what is needed to judge those that follow.
pub(super) fn judge(record: &mut impl Record, change: Change, mut broken: impl FnMut(Violation)) {
    // Heartbeats, nearly all of a run, change nothing that could be judged.
    if change.before == change.now {
        return;
    }
    record.set_log(change);
    monotonic_terms(change).map(&mut broken);
    one_vote_per_term(record, change).map(&mut broken);
    if change.now.role == Role::Leader {
        leader_had_majority(record, change).map(&mut broken);
        election_safety(record, change).map(&mut broken);
    }
    if change.begins_to_lead() {
        leader_completeness(record, change).map(&mut broken);
    }
}

fn monotonic_terms(change: Change) -> Option<Violation> {
    let falls = change.now.term < change.before.term;
    falls.then(|| change.breaks(Property::MonotonicTerms, None))
}

/// Writes down a first vote.
fn one_vote_per_term(record: &mut impl Record, change: Change) -> Option<Violation> {
    let Change { server, now, .. } = change;
    let candidate = now.voted_for?;
    let Some(earlier) = record.vote_of(server, now.term) else {
        record.set_vote(server, now.term, candidate);
        return None;
    };
    (earlier != candidate).then(|| Violation {
        then: Some(candidate),
        ..change.breaks(Property::OneVotePerTerm, Some(earlier))
    })
}

/// Asked until the server is the term's first leader: its votes of this step are written down by then, the leader not yet.
fn leader_had_majority(record: &impl Record, change: Change) -> Option<Violation> {
    let Change { server, now, .. } = change;
    if !record.remembers(now.term) || record.leader_of(now.term) == Some(server) {
        return None;
    }
    let too_few = record.votes_for(server, now.term) * 2 <= record.size();
    too_few.then(|| change.breaks(Property::LeaderHadMajority, None))
}

/// Writes down a first leader.
fn election_safety(record: &mut impl Record, change: Change) -> Option<Violation> {
    let Change { server, now, .. } = change;
    let Some(first) = record.leader_of(now.term) else {
        record.set_leader(server, now.term);
        return None;
    };
    (first != server).then(|| change.breaks(Property::ElectionSafety, Some(first)))
}

fn leader_completeness(record: &impl Record, change: Change) -> Option<Violation> {
    let holder = record.holder_of_what_lacks(change.server, change.now.term)?;
    Some(change.breaks(Property::LeaderCompleteness, Some(holder)))
}

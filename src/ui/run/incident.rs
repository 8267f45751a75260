//! What broke a safety property: the decision that did, and of a leader without a majority the votes that it counted.

use crate::{
    raft::{Decision, Message, NodeId, NodeSet, Quorum, Term},
    safety::{Property, Violation},
    sim::{Event, EventId, EventKind, History, Incident},
};

/// What a property was broken by: the decision that broke it, as far as it is in memory, else the event that led to it.
#[must_use]
pub fn of_incident(history: &History, incident: &Incident) -> EventId {
    let server = incident.violation.server;
    let trace = history.trace();
    let step = trace.range(incident.event, history.world().next_event());
    let mut decisions = step
        .take_while(|event| event.at == incident.at)
        .filter(|event| event.server == Some(server));
    let decision = decisions
        .find(|event| matches!(event.kind, EventKind::Decided(decision) if breaks(incident.violation, decision)));
    decision.map_or(incident.event, |event| event.id)
}

fn breaks(violation: Violation, decision: Decision) -> bool {
    match violation.property {
        Property::ElectionSafety | Property::LeaderHadMajority | Property::LeaderCompleteness => {
            matches!(decision, Decision::ElectionWon { .. })
        }
        Property::OneVotePerTerm => match decision {
            Decision::VoteGranted { term, .. } | Decision::ElectionStarted { term } => term == violation.term,
            _ => false,
        },
        Property::MonotonicTerms => matches!(decision, Decision::Started),
    }
}

/// What a candidate counts as a vote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VoteSource {
    /// A vote of its term.
    #[default]
    ThisTerm,
    /// A vote of this other term: the rule is off by which it does not count (§5.2).
    Other(Term),
    /// A pre-vote, which is no vote (thesis §9.6).
    PreVote,
}

impl VoteSource {
    /// That of a reply that was counted.
    #[must_use]
    pub fn of(history: &History, counted: &Event) -> Self {
        let reply = counted.cause.and_then(|cause| history.trace().get(cause));
        match reply.map(|reply| reply.kind) {
            Some(EventKind::Delivered {
                message: Message::RequestVoteReply { term, .. },
                ..
            }) if term != counted.term => Self::Other(term),
            Some(EventKind::Delivered {
                message: Message::PreVoteReply { .. },
                ..
            }) => Self::PreVote,
            _ => Self::ThisTerm,
        }
    }

    /// That of a voter, counted by the winner of an election.
    fn counted_by(history: &History, won: &Event, voter: NodeId) -> Self {
        for event in history.trace().range(EventId(0), won.id).rev() {
            match event.kind {
                _ if event.server != won.server => {}
                EventKind::Decided(Decision::ElectionStarted { .. }) => break,
                EventKind::Decided(Decision::VoteReceived { from, .. }) if from == voter => {
                    return Self::of(history, event);
                }
                _ => {}
            }
        }
        Self::ThisTerm
    }
}

/// Why a vote that was counted does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoidVote {
    /// It was of this older term.
    Stale(Term),
    /// Its voter had only said that it would vote so.
    Promised,
    /// Its voter had voted for another in that term first.
    Spent(NodeId),
    /// Its voter gave it none in that term.
    Absent,
}

impl VoidVote {
    /// Of what was counted, and whom its voter voted for first in that term.
    fn of(source: VoteSource, first: Option<NodeId>) -> Self {
        match (source, first) {
            (VoteSource::Other(older), _) => Self::Stale(older),
            (VoteSource::PreVote, _) => Self::Promised,
            (VoteSource::ThisTerm, Some(first)) => Self::Spent(first),
            (VoteSource::ThisTerm, None) => Self::Absent,
        }
    }
}

/// What a leader counted, and what of it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Whose votes it counted.
    pub counted: NodeSet,
    /// Of these, those whose votes do not count, in order, and why.
    pub void: Vec<(NodeId, VoidVote)>,
    /// The full cluster.
    pub size: u8,
}

impl Tally {
    /// That of a leader without a majority; `None` for other violations, or once its election is no longer in memory.
    #[must_use]
    pub fn of(history: &History, incident: &Incident) -> Option<Self> {
        let Violation {
            property: Property::LeaderHadMajority,
            server: leader,
            term,
            ..
        } = incident.violation
        else {
            return None;
        };
        let won = history.trace().get(of_incident(history, incident))?;
        let EventKind::Decided(Decision::ElectionWon { votes: counted }) = won.kind else {
            return None;
        };
        let mut tally = Self {
            counted,
            void: Vec::new(),
            size: history.world().config().size,
        };
        for voter in counted.iter() {
            let first = history.monitor().first_vote(voter, term);
            if first != Some(leader) {
                let source = VoteSource::counted_by(history, won, voter);
                tally.void.push((voter, VoidVote::of(source, first)));
            }
        }
        Some(tally)
    }

    /// How many of them count.
    #[must_use]
    pub fn valid(&self) -> usize {
        self.counted.len() - self.void.len()
    }

    /// How many are a majority.
    #[must_use]
    pub fn majority(&self) -> u8 {
        Quorum::Majority.votes(self.size)
    }
}

//! What broke a safety property: the decision that did, and of a leader without a majority the votes that it counted.

use crate::{
    raft::{Decision, NodeId, NodeSet, Quorum},
    safety::{Property, Violation},
    sim::{EventId, EventKind, History, Incident},
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

/// What a leader counted, and what of it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Whose votes it counted.
    pub counted: NodeSet,
    /// Of these, who had voted for another in that term first, and for whom.
    pub spent: Vec<(NodeId, NodeId)>,
    /// Of these, who gave it none in that term.
    pub absent: NodeSet,
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
            spent: Vec::new(),
            absent: NodeSet::default(),
            size: history.world().config().size,
        };
        for voter in counted.iter() {
            match history.monitor().first_vote(voter, term) {
                Some(first) if first == leader => {}
                Some(first) => tally.spent.push((voter, first)),
                None => {
                    tally.absent.insert(voter);
                }
            }
        }
        Some(tally)
    }

    /// How many of them count.
    #[must_use]
    pub fn valid(&self) -> usize {
        self.counted.len() - self.spent.len() - self.absent.len()
    }

    /// How many are a majority.
    #[must_use]
    pub fn majority(&self) -> u8 {
        Quorum::Majority.votes(self.size)
    }
}

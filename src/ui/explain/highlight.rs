//! What is lit on ring, log, timeline and diagram at once: the event that is asked about, and all that led to it.

use crate::{
    raft::{Decision, NodeId, NodeSet},
    safety::{Property, Violation},
    sim::{Event, EventId, EventKind, History, Micros},
    ui::{
        explain::{blame::Blame, story::Contest},
        run::answer::{AnswerLead, AnswerSide, Unaware},
    },
};

/// The event that is asked about, and all that led to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    /// Why it happened; where two things need an explanation, both, what is asked about first.
    pub sides: Vec<AnswerSide>,
    /// Its events, in order.
    pub events: Vec<EventId>,
    /// The servers that they happened at.
    pub servers: NodeSet,
    /// The links that their messages took, by sender and receiver.
    pub links: Vec<(NodeId, NodeId)>,
    /// When they happened, and where.
    pub times: Vec<(Micros, NodeId)>,
    /// What made it possible, if the event broke what must hold.
    pub blame: Option<Blame>,
    /// An election whose votes are split.
    pub split: Option<Contest>,
}

impl Highlight {
    /// What an event lights, with another beside it; nothing if it is not in memory. What breaks a property together with an
    /// earlier event is explained beside that. Of the one that is `acting` as leader it is also told why it still does.
    #[must_use]
    pub fn of(history: &History, event: EventId, beside: Option<EventId>, acting: Option<NodeId>) -> Self {
        let blame = Blame::of(history, event);
        let beside = beside.or_else(|| rival(history, event, blame.as_ref()?.broken.first()?.0));
        let chains = [Some(event), beside].into_iter().flatten();
        let mut sides: Vec<AnswerSide> = chains
            .map(|event| AnswerSide::of(history, event))
            .filter(|side| !side.chain.steps.is_empty())
            .collect();
        // What was done to it is no answer to how it came to lead.
        let is_acting = |side: &&mut AnswerSide| {
            let event = &side.chain.steps[0].event;
            acting.is_some() && event.server == acting && !matches!(event.kind, EventKind::Action(_))
        };
        if let (Some(side), Some(acting)) = (sides.iter_mut().find(is_acting), acting) {
            side.lead = Unaware::of(history, acting).map(AnswerLead::Unaware);
        }
        // What is hard to understand stands first: why somebody still acts as leader.
        let sides = crate::short_sort::sorted_by_key(sides, |side| !matches!(side.lead, Some(AnswerLead::Unaware(_))));
        Self {
            blame,
            ..Self::over(sides)
        }
    }

    /// What lights that an election was not won.
    #[must_use]
    pub fn of_election(history: &History, election: &Contest) -> Self {
        let split = election.votes_are_split().then(|| election.clone());
        Self {
            split,
            ..Self::over(election.sides(history))
        }
    }

    /// What the sides of an answer light.
    #[must_use]
    pub fn over(sides: Vec<AnswerSide>) -> Self {
        let mut lit = Self::default();
        for event in sides.iter().flat_map(AnswerSide::events) {
            if let Err(place) = lit.events.binary_search(&event.id) {
                lit.events.insert(place, event.id);
            }
            if let Some(server) = event.server {
                lit.servers.insert(server);
                lit.times.push((event.at, server));
            }
        }
        // How one that still acts as leader, or does so again, was elected is long past: its votes may have come over links that are cut now.
        let is_past =
            |side: &&AnswerSide| matches!(side.lead, Some(AnswerLead::Unaware(_) | AnswerLead::Regained { .. }));
        for event in sides.iter().filter(|side| !is_past(side)).flat_map(AnswerSide::events) {
            if let (Some(from), EventKind::Sent { to, .. }) = (event.server, event.kind)
                && !lit.links.contains(&(from, to))
            {
                lit.links.push((from, to));
            }
        }
        lit.sides = sides;
        lit
    }

    /// Whether an event is among them.
    #[must_use]
    pub fn contains(&self, event: EventId) -> bool {
        self.events.binary_search(&event).is_ok()
    }
}

/// The earlier event that broke a property together with this one: the other leader's election, or the other vote.
fn rival(history: &History, event: EventId, violation: Violation) -> Option<EventId> {
    let Violation {
        property,
        server,
        term,
        other,
        ..
    } = violation;
    let is_rival = |earlier: &&Event| {
        let EventKind::Decided(decision) = earlier.kind else {
            return false;
        };
        match (property, decision) {
            (Property::ElectionSafety, Decision::ElectionWon { .. }) => (earlier.server, earlier.term) == (other, term),
            (Property::OneVotePerTerm, Decision::VoteGranted { to, term: of, .. }) => {
                (earlier.server, Some(to), of) == (Some(server), other, term)
            }
            (Property::OneVotePerTerm, Decision::ElectionStarted { term: of }) => {
                (earlier.server, other, of) == (Some(server), Some(server), term)
            }
            _ => false,
        }
    };
    let trace = history.trace();
    let mut earlier = trace.range(trace.first(), event).rev();
    earlier.find(is_rival).map(|event| event.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rule,
        sim::{Action, Config, Incident},
        ui::run::incident::of_incident,
    };

    /// What took two to break is explained by what both did.
    #[test]
    fn two_leaders_of_a_term_and_two_votes_are_explained_side_by_side() {
        let mut config = Config::paper(3);
        config.rules.set(Rule::OneVotePerTerm, false);
        let mut history = History::new(config, 6, &[]).unwrap();
        history.seek(Micros::from_millis(10));
        for server in NodeId::all(2) {
            history.act(Action::force_timeout(server)).unwrap();
        }
        history.seek(Micros::from_millis(100));
        for property in [Property::ElectionSafety, Property::OneVotePerTerm] {
            let is_it = |incident: &&Incident| incident.violation.property == property;
            let incident = history.incidents().iter().find(is_it).unwrap();
            let lit = Highlight::of(&history, of_incident(&history, incident), None, None);
            let heads: Vec<_> = lit.sides.iter().map(|side| side.chain.steps[0].event).collect();
            assert_eq!(heads.len(), 2, "{property:?}");
            assert!(heads[1].id < heads[0].id && heads[0].term == heads[1].term, "{heads:?}");
            let is_election = property == Property::ElectionSafety;
            assert_eq!(heads[0].server != heads[1].server, is_election, "{heads:?}");
            assert!(heads.iter().all(|event| lit.contains(event.id)));
        }
        let first = history.trace().first();
        assert_eq!(Highlight::of(&history, first, None, None).sides.len(), 1);
    }
}

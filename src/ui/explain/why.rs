//! Which event to ask about, when somebody asks about a server or about the whole.

use crate::{
    raft::{Decision, NodeId, NodeSet, Role},
    sim::{Effect, Event, EventId, EventKind, History, Incident, Leadership, Process},
    ui::run::incident::of_incident,
};

/// What somebody asks, in the words of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyQuestion {
    /// Why these servers lead; why nobody does, if there are none.
    Leads(NodeSet),
    /// Why two servers act as leader at once, each of a term of its own; the one that leads stands first.
    BothLead([NodeId; 2]),
    /// Why a safety property is broken.
    Broken,
    /// Why a server is what it is.
    Server(NodeId),
    /// Why something happened.
    Event,
}

/// The event that made a server what it is.
#[must_use]
pub fn of_server(history: &History, server: NodeId) -> Option<EventId> {
    let here = history.world().server(server);
    let (process, role) = (here.process(), here.node().role());
    let mut past = past(history).filter(|event| event.server == Some(server));
    let made = past.find(|event| match (process, event.kind) {
        (Process::Down, EventKind::Action(action)) => action.effect().is_crash(),
        (Process::Paused, EventKind::Action(action)) => action.effect() == Effect::Pause,
        (Process::Running, EventKind::Decided(decision)) => makes(decision, role),
        _ => false,
    });
    made.map(|event| event.id)
}

const fn makes(decision: Decision, role: Role) -> bool {
    match role {
        Role::Leader => matches!(decision, Decision::ElectionWon { .. }),
        Role::PreCandidate => matches!(decision, Decision::PreVoteStarted { .. }),
        Role::Candidate => matches!(decision, Decision::ElectionStarted { .. }),
        Role::Follower => matches!(
            decision,
            Decision::Started | Decision::SteppedDown(_) | Decision::VoteGranted { .. } | Decision::TermAdvanced { .. }
        ),
    }
}

/// The most important property that was broken so far, where it was for the first time.
#[must_use]
pub fn worst(history: &History) -> Option<&Incident> {
    let incidents = history.incidents().iter();
    // The first of several.
    incidents.min_by_key(|incident| incident.violation.property.rank())
}

/// Why there is a leader: its election. Why there is none: what broke a safety property, ended the last leadership, or keeps
/// a candidate from winning.
#[must_use]
pub fn of_status(history: &History) -> Option<EventId> {
    if let Some(incident) = worst(history) {
        return Some(of_incident(history, incident));
    }
    match Leadership::of(history.world()).leaders().iter().next() {
        Some(leader) => of_server(history, leader),
        None => past(history).find(|event| decides(event)).map(|event| event.id),
    }
}

/// Where somebody leads and another still acts as leader: both, the one that leads first.
#[must_use]
pub fn both_leaders(history: &History) -> Option<[NodeId; 2]> {
    let leadership = Leadership::of(history.world());
    let leader = leadership.leaders().iter().next()?;
    let acting = leadership.believers.without(NodeSet::only(leader)).iter();
    let stale = acting.filter(|server| leadership.running.contains(*server)).last()?;
    Some([leader, stale])
}

const fn decides(event: &Event) -> bool {
    matches!(
        event.kind,
        EventKind::Action(_)
            | EventKind::Decided(
                Decision::VoteDenied { .. }
                    | Decision::ElectionStarted { .. }
                    | Decision::SteppedDown(_)
                    | Decision::Started
            )
    )
}

/// What has happened, the latest first, as far as it is in memory.
fn past(history: &History) -> impl Iterator<Item = &Event> {
    let trace = history.trace();
    trace.range(trace.first(), history.world().next_event()).rev()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rule,
        safety::Property,
        scenario::{Scenario, ScenarioId},
        sim::{Action, Config, Micros},
    };

    #[test]
    fn what_is_broken_was_broken_by_a_decision() {
        let first_of = |history: &History, property: Property| {
            let mut incidents = history.incidents().iter();
            *incidents
                .find(|incident| incident.violation.property == property)
                .unwrap()
        };
        for (rule, property, kind) in [
            (Rule::OneVotePerTerm, Property::OneVotePerTerm, "VoteGranted"),
            (Rule::OneVotePerTerm, Property::ElectionSafety, "ElectionWon"),
            (Rule::PersistTerm, Property::MonotonicTerms, "Started"),
        ] {
            let mut config = Config::paper(3);
            config.rules.set(rule, false);
            let mut history = History::new(config, 6, &[]).unwrap();
            history.seek(Micros::from_millis(10));
            for number in [1, 2] {
                let server = NodeId::from_number(number).unwrap();
                history.act(Action::force_timeout(server)).unwrap();
            }
            history.seek(Micros::from_millis(100));
            if rule == Rule::PersistTerm {
                let leader = history.world().leader().unwrap();
                history.act(Action::kill(leader)).unwrap();
                history.act(Action::start(leader)).unwrap();
            }
            let incident = first_of(&history, property);
            let decision = history.trace().get(of_incident(&history, &incident)).unwrap();
            assert_eq!(incident.at, decision.at);
            assert!(format!("{:?}", decision.kind).contains(kind), "{rule:?}: {decision:?}");
        }
    }

    /// A leader that is cut off still acts as one; why there is another, and why it does, are two questions.
    #[test]
    fn a_stale_leader_is_explained_beside_the_one_that_leads() {
        let mut history = Scenario::new(ScenarioId::MinorityLeader).start();
        history.seek(Micros::from_millis(400));
        assert_eq!(both_leaders(&history), None, "nobody leads now");
        let why = *history.trace().get(of_status(&history).unwrap()).unwrap();
        assert!(
            matches!(why.kind, EventKind::Action(_)),
            "the cut, not the election of who led: {why:?}"
        );
        history.seek(Micros::from_millis(600));
        let [leader, stale] = both_leaders(&history).unwrap().map(|server| server.number());
        assert_eq!((leader, stale), (3, 1));
    }

    #[test]
    fn a_server_is_what_an_event_made_it() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        history.seek(Micros::from_millis(400));
        let leader = history.world().leader().unwrap();
        let kind = |history: &History, id: Option<EventId>| history.trace().get(id.unwrap()).unwrap().kind;
        assert!(matches!(
            kind(&history, of_server(&history, leader)),
            EventKind::Decided(Decision::ElectionWon { .. })
        ));
        assert_eq!(of_status(&history), of_server(&history, leader));
        history.act(Action::kill(leader)).unwrap();
        let down = of_server(&history, leader);
        assert_eq!(kind(&history, down), EventKind::Action(Action::kill(leader)));
        assert_eq!(of_status(&history), down);
    }
}

//! What an answer to *Why?* tells side by side, each side by a chain of causes; and what is said before a chain, where the causes
//! alone would not answer the question.

use crate::{
    raft::{Decision, NodeId, NodeSet, Term},
    sim::{Chain, Claim, Effect, Event, EventId, EventKind, History, Leadership},
};

/// One side of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerSide {
    /// What is said first.
    pub lead: Option<AnswerLead>,
    /// The chain of causes.
    pub chain: Chain,
}

/// What is said before a chain of causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerLead {
    /// What the others answered a candidate that lost, or can't win any more.
    Answers {
        /// Who stood.
        candidate: NodeId,
        /// Its votes, its own included.
        votes: usize,
        /// The votes that it needed.
        quorum: usize,
        /// Whose votes are on their way to it and will arrive as things are.
        coming: NodeSet,
        /// The most telling event about each other server's vote.
        events: Vec<Event>,
        /// Whether its candidacy is over: the chain tells what ended it, else why it stood.
        is_over: bool,
    },
    /// Why a server still acts as leader, before the chain of how it came to.
    Unaware(Unaware),
    /// A majority can follow a leader by what was done since its election, before the chain of that.
    Regained {
        /// Who leads.
        leader: NodeId,
        /// What was done at that instant.
        by: Vec<Event>,
    },
    /// Nothing led to what was done from outside.
    Followed {
        /// What else was done at the same instant.
        together: Vec<Event>,
        /// What happened next until something else was done, as far as it has happened: who stood, won or stepped down.
        next: Vec<Event>,
        /// Whether something else has been done since.
        is_over: bool,
    },
}

/// A server that acts as leader, although no majority can follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unaware {
    /// Who.
    pub leader: NodeId,
    /// The term that it believes to lead.
    pub term: Term,
    /// What it does not know.
    pub of: Unknown,
    /// The cuts that keep the news from it, as far as they are in memory, the oldest first.
    pub cuts: Vec<Event>,
}

/// What a server that acts as leader does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// That a newer term has begun (§5.1).
    NewerTerm,
    /// That no quorum answers it, until it checks that the next time (thesis §6.2).
    LostQuorum,
    /// Nothing: by the paper's rules only a newer term makes a leader step down, and none has begun.
    Nothing,
}

impl From<Chain> for AnswerSide {
    fn from(chain: Chain) -> Self {
        Self { lead: None, chain }
    }
}

/// Events that are told after what was done; one more says that there are more.
pub const FOLLOWED: usize = 5;

impl AnswerSide {
    /// What explains an event. Of what was done, and so has no cause, it tells what happened next.
    #[must_use]
    pub fn of(history: &History, event: EventId) -> Self {
        let mut side = Self::from(Chain::of(history.trace(), event));
        if let [only] = &side.chain.steps[..]
            && matches!(only.event.kind, EventKind::Action(_))
        {
            let later = history
                .trace()
                .range(EventId(event.0 + 1), history.world().next_event());
            // What was done together with it stands at the same instant.
            let at = only.event.at;
            let is_other = |event: &&Event| event.at != at && matches!(event.kind, EventKind::Action(_));
            let mut is_over = false;
            let own = later.take_while(|event| {
                is_over |= is_other(event);
                !is_over
            });
            let next = own.filter(is_turn).take(FOLLOWED + 1).copied().collect();
            let together = done_with(history, &only.event);
            side.lead = Some(AnswerLead::Followed {
                together,
                next,
                is_over,
            });
        }
        side
    }

    /// What explains that a server leads since something was done that lets a majority follow it.
    #[must_use]
    pub fn regained(history: &History, leader: NodeId, since: EventId) -> Self {
        let mut earlier = history.happened().rev().skip_while(|event| event.id > since);
        let done = earlier.next();
        let is_election = |event: &&Event| {
            event.server == Some(leader) && matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }))
        };
        let won = earlier.find(is_election);
        let mut chain = won.map(|won| Chain::of(history.trace(), won.id)).unwrap_or_default();
        chain.cut_off |= won.is_none();
        let mut by = done.map(|done| done_with(history, done)).unwrap_or_default();
        by.extend(done.filter(|done| matches!(done.kind, EventKind::Action(_))));
        let by = crate::short_sort::sorted_by_key(by, |event| event.id);
        let lead = Some(AnswerLead::Regained { leader, by });
        Self { lead, chain }
    }

    /// All events that it tells of.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        let first = match &self.lead {
            Some(AnswerLead::Answers { events, .. } | AnswerLead::Regained { by: events, .. }) => &events[..],
            Some(AnswerLead::Unaware(unaware)) => &unaware.cuts,
            // It was not what led to it.
            Some(AnswerLead::Followed { .. }) | None => &[],
        };
        self.chain.events().chain(first)
    }
}

/// What else was done at the instant of an action, in order.
fn done_with(history: &History, done: &Event) -> Vec<Event> {
    let earlier = history.happened().rev().skip_while(|event| event.id >= done.id);
    let mut together: Vec<Event> = earlier.take_while(|event| event.at == done.at).copied().collect();
    together.reverse();
    let later = history
        .trace()
        .range(EventId(done.id.0 + 1), history.world().next_event());
    together.extend(later.take_while(|event| event.at == done.at));
    together.retain(|event| matches!(event.kind, EventKind::Action(_)));
    together
}

/// Whether a timer expires, or somebody stands, wins or steps down.
fn is_turn(event: &&Event) -> bool {
    matches!(
        event.kind,
        EventKind::Decided(
            Decision::ElectionTimedOut
                | Decision::ElectionStarted { .. }
                | Decision::ElectionWon { .. }
                | Decision::SteppedDown(_)
        )
    )
}

/// Since which event who leads does so by what was done, if not by its election: a majority could not follow it for a while.
#[must_use]
pub fn regained_since(history: &History, leader: NodeId) -> Option<EventId> {
    let since = history.roles().leads_since(leader, history.world().next_event())?;
    let at = history.trace().get(since)?.at;
    let step = history.happened().rev().skip_while(|event| event.id > since);
    let mut step = step.take_while(|event| event.at == at);
    let is_election = |event: &Event| {
        event.server == Some(leader) && matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }))
    };
    let last = step.find(|event| is_election(event) || matches!(event.kind, EventKind::Action(_)))?;
    (!is_election(last)).then_some(last.id)
}

impl Unaware {
    /// Why a server that runs acts as leader without a majority; `None` if it does not, or if nothing makes it step down because
    /// the rule of §5.1 is off. Whoever hears of a newer term takes it over at once, so one that has not has not heard.
    #[must_use]
    pub fn of(history: &History, leader: NodeId) -> Option<Self> {
        let world = history.world();
        let cluster = Leadership::of(world);
        let is_stale = matches!(cluster.claim(leader), Some(Claim::Reaches(_) | Claim::Outdated));
        if !is_stale || !world.rules_of(leader).newer_term_steps_down {
            return None;
        }
        let term = cluster.terms[leader.index()];
        let newer = || NodeId::all(cluster.size).filter(|other| cluster.terms[other.index()] > term);
        let of = if world.rules_of(leader).check_quorum {
            Unknown::LostQuorum
        } else if newer().next().is_some() {
            Unknown::NewerTerm
        } else {
            Unknown::Nothing
        };
        let cuts = newer().filter_map(|from| cut_between(history, &cluster, from, leader));
        let mut cuts = crate::short_sort::sorted_by_key(cuts, |event| event.id);
        // One action may have cut several links.
        cuts.dedup();
        Some(Self { leader, term, of, cuts })
    }
}

/// What cut the link from one server to another, if it is cut now.
fn cut_between(history: &History, cluster: &Leadership, from: NodeId, to: NodeId) -> Option<Event> {
    if cluster.links.is_up(from, to) {
        return None;
    }
    let is_it = |event: &&Event| match event.kind {
        EventKind::Action(action) => action.effect() == Effect::Cut && action.is_about_link(from, to),
        _ => false,
    };
    history.happened().rev().find(is_it).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rule,
        scenario::{Scenario, ScenarioId},
        sim::{Action, ClusterAction, Config, Micros, OwnSetting},
    };

    const S1: NodeId = NodeId::new(0);

    fn minority_at(millis: u64) -> History {
        let mut history = Scenario::new(ScenarioId::MinorityLeader).start();
        history.seek(Micros::from_millis(millis));
        history
    }

    #[test]
    fn a_leader_behind_a_cut_does_not_know_of_the_newer_term() {
        let history = minority_at(700);
        let unaware = Unaware::of(&history, S1).expect("S1 acts as leader of term 1");
        assert_eq!((unaware.term, unaware.of), (Term(1), Unknown::NewerTerm));
        assert_eq!(unaware.cuts.len(), 1, "one cut, of three links: {:?}", unaware.cuts);
        assert!(matches!(unaware.cuts[0].kind, EventKind::Action(_)));
        let leader = Leadership::of(history.world())
            .leaders()
            .iter()
            .next()
            .expect("the others elected one");
        assert_eq!(Unaware::of(&history, leader), None, "it leads");
    }

    #[test]
    fn by_the_papers_rules_a_leader_does_not_step_down_for_silence() {
        let history = minority_at(400);
        let unaware = Unaware::of(&history, S1).expect("S1 has lost its majority");
        assert_eq!(
            (unaware.of, unaware.cuts.len()),
            (Unknown::Nothing, 0),
            "no newer term yet"
        );
        let mut config = Config::paper(5);
        config.rules.set(Rule::CheckQuorum, true);
        let mut history = History::new(config, 6, &[]).expect("it starts");
        history.act(Action::force_timeout(S1)).expect("S1 runs");
        history.seek(Micros::from_millis(100));
        history.act(Action::isolate(S1)).expect("S1 has links");
        assert_eq!(
            Unaware::of(&history, S1).map(|unaware| unaware.of),
            Some(Unknown::LostQuorum)
        );
    }

    #[test]
    fn whether_a_leader_checks_its_quorum_is_up_to_its_own_rules() {
        let lost = |upgraded: NodeId| {
            let mut history = History::new(Config::paper(5), 6, &[]).expect("it starts");
            let own = OwnSetting::rule(Rule::CheckQuorum, true);
            history.act(Action::set_server(upgraded, own)).expect("it has one");
            history.act(Action::force_timeout(S1)).expect("S1 runs");
            history.seek(Micros::from_millis(100));
            history.act(Action::isolate(S1)).expect("S1 has links");
            Unaware::of(&history, S1).map(|unaware| unaware.of)
        };
        assert_eq!(lost(S1), Some(Unknown::LostQuorum));
        assert_eq!(lost(NodeId::new(1)), Some(Unknown::Nothing));
    }

    #[test]
    fn of_what_was_done_it_is_told_what_happened_next() {
        let mut history = Scenario::new(ScenarioId::Free).start();
        history.seek(Micros::from_millis(300));
        let killed = history.world().next_event();
        history.act(Action::kill(NodeId::new(1))).expect("S2 runs");
        let followed = |history: &History| match AnswerSide::of(history, killed).lead {
            Some(AnswerLead::Followed { next, .. }) => next.iter().map(|event| event.kind).collect::<Vec<_>>(),
            lead => panic!("{lead:?}"),
        };
        assert_eq!(followed(&history), []);
        history.seek(Micros::from_millis(500));
        assert!(matches!(
            followed(&history)[..],
            [
                EventKind::Decided(Decision::ElectionTimedOut),
                EventKind::Decided(Decision::ElectionStarted { term: Term(2) }),
                EventKind::Decided(Decision::ElectionWon { .. })
            ]
        ));
        // What comes after the next action is not told of this one.
        history.act(Action::kill(NodeId::new(3))).expect("S4 runs");
        let told = followed(&history);
        history.seek(Micros::from_secs(1));
        assert_eq!(followed(&history), told);
        let later = history
            .happened()
            .find(|event| event.role == crate::raft::Role::Candidate);
        assert_eq!(AnswerSide::of(&history, later.expect("one stood").id).lead, None);
    }

    /// That nothing followed is said of the time until something else was done, not of what came of that.
    #[test]
    fn what_another_action_brought_about_is_not_denied() {
        let mut history = Scenario::new(ScenarioId::Free).start();
        history.seek(Micros::from_millis(300));
        let killed = history.world().next_event();
        history.act(Action::kill(NodeId::new(1))).expect("S2 runs");
        let nothing_until_another = |history: &History| match AnswerSide::of(history, killed).lead {
            Some(AnswerLead::Followed { next, is_over, .. }) => next.is_empty().then_some(is_over),
            lead => panic!("{lead:?}"),
        };
        assert_eq!(nothing_until_another(&history), Some(false));
        history.seek(Micros::from_millis(301));
        history.act(Action::kill(NodeId::new(0))).expect("S1 runs");
        history.seek(Micros::from_millis(500));
        assert_eq!(nothing_until_another(&history), Some(true), "S4 has stood");
    }

    #[test]
    fn what_was_done_together_is_told_together() {
        let mut history = Scenario::new(ScenarioId::Free).start();
        history.seek(Micros::from_millis(300));
        let first = history.world().next_event();
        for server in [1, 2, 3] {
            history.act(Action::isolate(NodeId::new(server))).expect("it has links");
        }
        let together = |event| match AnswerSide::of(&history, event).lead {
            Some(AnswerLead::Followed { together, .. }) => together.len(),
            lead => panic!("{lead:?}"),
        };
        let done = history.happened().filter(|event| event.id >= first);
        let done: Vec<_> = done
            .filter(|event| matches!(event.kind, EventKind::Action(_)))
            .map(|event| event.id)
            .collect();
        assert_eq!(done.iter().map(|event| together(*event)).collect::<Vec<_>>(), [2, 2, 2]);
    }

    /// Without the rule of §5.1, a leader acts as one whatever it hears.
    #[test]
    fn one_that_never_steps_down_lacks_no_news() {
        let mut history = minority_at(700);
        let mut rules = history.world().config().rules;
        rules.set(Rule::NewerTermStepsDown, false);
        history
            .act(Action::Cluster(ClusterAction::SetRules(rules)))
            .expect("rules can be changed");
        assert_eq!(Unaware::of(&history, S1), None);
    }
}

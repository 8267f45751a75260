//! What made a violation possible: the rules that are off, and the votes that do not count.

use crate::{
    raft::{NodeSet, Protects, Quorum, Rule, Rules},
    safety::Violation,
    short_sort::sorted_by_key,
    sim::{Action, Effect, EventId, History, Incident, Micros},
    ui::run::incident::{Tally, of_incident},
};

/// What made it possible that an event broke something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blame {
    /// All that the event broke, the most important first.
    pub broken: Vec<(Violation, Option<Tally>)>,
    /// The rules that protect safety and were not as in the paper at some time up to then, and for which servers alone that was so;
    /// nobody is named where it was so in the whole cluster.
    pub rules: Vec<(Rule, NodeSet)>,
    /// The quorum, where it was none of the paper.
    pub quorum: Option<Quorum>,
    /// Servers whose disk was wiped before.
    pub wiped: NodeSet,
}

impl Blame {
    /// That of an event; `None` if it broke nothing.
    #[must_use]
    pub fn of(history: &History, event: EventId) -> Option<Self> {
        let caused = |incident: &&Incident| of_incident(history, incident) == event;
        let incidents = history.incidents().iter().filter(caused);
        let incidents = sorted_by_key(incidents, |incident| incident.violation.property.rank());
        let at = incidents.first()?.at;
        let rules = || rules_up_to(history, at);
        let protects_safety = |rule: &Rule| rule.protects() == Protects::Safety;
        let is_changed = |rule: Rule| rules().any(|rules| rules.get(rule) != Rules::PAPER.get(rule));
        let changed = |rule: Rule| {
            let servers = if is_changed(rule) {
                NodeSet::EMPTY
            } else {
                changed_for(history, at, rule)
            };
            (is_changed(rule) || !servers.is_empty()).then_some((rule, servers))
        };
        Some(Self {
            broken: incidents
                .iter()
                .map(|incident| (incident.violation, Tally::of(history, incident)))
                .collect(),
            rules: Rule::ALL
                .iter()
                .copied()
                .filter(protects_safety)
                .filter_map(changed)
                .collect(),
            quorum: rules()
                .map(|rules| rules.quorum)
                .find(|quorum| *quorum != Quorum::Majority),
            wiped: wiped_up_to(history, at),
        })
    }

    /// Whether there is anything to blame.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.rules.is_empty() || self.quorum.is_some() || !self.wiped.is_empty()
    }
}

fn actions_up_to(history: &History, at: Micros) -> impl Iterator<Item = Action> {
    let earlier = history.actions().take_while(move |(done_at, _)| *done_at <= at);
    earlier.map(|(_, action)| action)
}

/// All rules that were in force at some time up to an instant.
fn rules_up_to(history: &History, at: Micros) -> impl Iterator<Item = Rules> {
    let set = actions_up_to(history, at).filter_map(|action| action.rules());
    [history.started_with().rules].into_iter().chain(set)
}

/// The servers for which alone a rule was not as in the paper at some time up to an instant.
fn changed_for(history: &History, at: Micros, rule: Rule) -> NodeSet {
    let other = Some((rule, !Rules::PAPER.get(rule)));
    let set = actions_up_to(history, at).filter(|action| action.own_rule() == other);
    set.filter_map(|action| action.server()).collect()
}

fn wiped_up_to(history: &History, at: Micros) -> NodeSet {
    let wipes = actions_up_to(history, at).filter(|action| action.effect() == Effect::Wipe);
    wipes.filter_map(|action| action.server()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::{NodeId, Term},
        safety::Property,
        sim::{Config, OwnSetting, Range},
        ui::{explain::why, run::incident::VoidVote, text::Lang},
    };

    const S1: NodeId = NodeId::new(0);
    const S2: NodeId = NodeId::new(1);
    const S3: NodeId = NodeId::new(2);

    /// S1 leads term 1 with S3's vote; S3 crashes and comes back, and S2 runs for the same term.
    fn votes_again(rules: Rules, crash: Action) -> History {
        let mut config = Config::paper(3);
        config.rules = rules;
        let mut history = History::new(config, 6, &[]).unwrap();
        let mut act = |at: u64, actions: &[Action]| {
            history.seek(Micros::from_millis(at));
            for action in actions {
                history.act(*action).unwrap();
            }
        };
        act(1, &[Action::isolate(S2), Action::force_timeout(S1)]);
        act(40, &[crash, Action::isolate(S1), Action::start(S3)]);
        act(
            41,
            &[Action::heal(S2, S3), Action::heal(S3, S2), Action::force_timeout(S2)],
        );
        history.seek(Micros::from_millis(80));
        history
    }

    fn without(rule: Rule) -> Rules {
        let mut rules = Rules::PAPER;
        rules.set(rule, false);
        rules
    }

    /// The rule of the one that voted twice is to blame, not that of another.
    #[test]
    fn a_rule_of_a_servers_own_is_blamed_with_its_name() {
        let mut history = History::new(Config::paper(3), 6, &[]).unwrap();
        let own = |server, rule| Action::set_server(server, OwnSetting::rule(rule, false));
        let mut act = |at: u64, actions: &[Action]| {
            history.seek(Micros::from_millis(at));
            for action in actions {
                history.act(*action).unwrap();
            }
        };
        act(
            1,
            &[
                own(S3, Rule::PersistVote),
                own(S2, Rule::RandomisedTimeouts),
                Action::isolate(S2),
                Action::force_timeout(S1),
            ],
        );
        act(40, &[Action::kill(S3), Action::isolate(S1), Action::start(S3)]);
        act(
            41,
            &[Action::heal(S2, S3), Action::heal(S3, S2), Action::force_timeout(S2)],
        );
        history.seek(Micros::from_millis(80));
        assert_eq!(blame(&history).rules, [(Rule::PersistVote, NodeSet::only(S3))]);
    }

    fn blame(history: &History) -> Blame {
        Blame::of(history, why::of_status(history).unwrap()).unwrap()
    }

    #[test]
    fn two_leaders_are_blamed_on_the_rule_that_is_off_and_on_the_vote_that_was_given_twice() {
        let mut rules = without(Rule::PersistVote);
        rules.randomised_timeouts = false;
        rules.pre_vote = false;
        let history = votes_again(rules, Action::kill(S3));
        let blame = blame(&history);
        let properties: Vec<_> = blame.broken.iter().map(|(violation, _)| violation.property).collect();
        assert_eq!(properties, [Property::ElectionSafety, Property::LeaderHadMajority]);
        assert_eq!(
            blame.rules,
            [(Rule::PersistVote, NodeSet::EMPTY)],
            "timeouts break nothing"
        );
        assert_eq!((blame.quorum, blame.wiped), (None, NodeSet::default()));
        let tally = blame.broken[1].1.clone().unwrap();
        assert_eq!(tally.counted, NodeSet::from_iter([S2, S3]));
        assert_eq!(tally.void, [(S3, VoidVote::Spent(S1))]);
        assert_eq!((tally.valid(), tally.majority()), (1, 2));
    }

    #[test]
    fn a_wiped_disk_is_to_blame_where_all_rules_are_on() {
        let blame = blame(&votes_again(Rules::PAPER, Action::wipe_disk(S3)));
        assert!(blame.rules.is_empty() && blame.is_known());
        assert_eq!(blame.wiped, NodeSet::from_iter([S3]));
    }

    #[test]
    fn an_event_that_breaks_nothing_has_nothing_to_blame() {
        let history = votes_again(without(Rule::PersistVote), Action::kill(S3));
        let broke = why::of_status(&history).unwrap();
        assert!(history.trace().range(EventId(0), broke).all(|event| {
            let breaks = Blame::of(&history, event.id);
            breaks.is_none_or(|blame| blame.broken[0].0.property == Property::OneVotePerTerm)
        }));
    }

    /// A vote of an older term is named as that, also where its voter has voted for itself since.
    #[test]
    fn votes_of_an_older_term_do_not_count() {
        let mut config = Config::paper(3);
        config.rules = without(Rule::ReplyTermMustMatch);
        let mut history = History::new(config, 6, &[]).unwrap();
        let slow = OwnSetting::delay(Range::millis(100, 100));
        let mut act = |at: u64, actions: &[Action]| {
            history.seek(Micros::from_millis(at));
            for action in actions {
                history.act(*action).unwrap();
            }
        };
        act(
            1,
            &[
                Action::set_link(S2, S1, slow),
                Action::isolate(S3),
                Action::force_timeout(S1),
            ],
        );
        act(
            30,
            &[
                Action::cut(S1, S2),
                Action::force_timeout(S2),
                Action::force_timeout(S1),
            ],
        );
        history.seek(Micros::from_millis(140));
        let blame = blame(&history);
        let tally = blame.broken[0].1.clone().unwrap();
        assert_eq!(tally.void, [(S2, VoidVote::Stale(Term(1)))]);
        assert_eq!((tally.valid(), tally.majority()), (1, 2));
        for (lang, said) in [
            (
                Lang::En,
                "but S2's vote was of term 1: 1 of 3 count, where 2 are a majority.",
            ),
            (
                Lang::Pt,
                "mas o voto de S2 era do term 1: 1 de 3 valem, e a maioria são 2.",
            ),
        ] {
            assert!(lang.tally(&tally).ends_with(said), "{}", lang.tally(&tally));
        }
    }

    /// A quorum that is none leaves a leader with too few votes, all of which count.
    #[test]
    fn a_small_quorum_is_to_blame() {
        let mut config = Config::paper(5);
        config.rules.quorum = Quorum::Votes(1);
        let mut history = History::new(config, 6, &[]).unwrap();
        history.seek(Micros::from_millis(1));
        history.act(Action::force_timeout(S1)).unwrap();
        let blame = blame(&history);
        assert_eq!(blame.quorum, Some(Quorum::Votes(1)));
        let tally = blame.broken[0].1.clone().unwrap();
        assert_eq!((tally.valid(), tally.majority()), (1, 3));
        assert_eq!(tally.void, []);
    }
}

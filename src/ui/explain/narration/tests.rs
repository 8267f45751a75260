use super::*;
use crate::{
    raft::Quorum,
    scenario::{Scenario, ScenarioId},
    sim::Action,
    ui::{
        run::player::Player,
        text::{Lang, has_decimal_point, pseudo},
    },
};

/// What is said over a scenario, each once, from event to event.
fn told(id: ScenarioId, until: u64) -> Vec<Moment> {
    let mut player = Player::new(Scenario::new(id));
    let mut told = vec![Moment::of(&ClusterView::of(&player))];
    while player.history().now() < Micros::from_millis(until) {
        player.step();
        told.push(Moment::of(&ClusterView::of(&player)));
    }
    told.dedup();
    told
}

#[test]
fn an_election_is_told_from_the_wait_to_the_leader() {
    let told = told(ScenarioId::Free, 300);
    let kinds: Vec<_> = told.iter().map(std::mem::discriminant).collect();
    assert!(matches!(
        told[0],
        Moment::Waits {
            next: Some(Next::Timer(..)),
            too_few: false
        }
    ));
    assert!(matches!(told[1], Moment::Candidacy { .. }));
    assert!(matches!(told.last(), Some(Moment::Leads { .. })), "{told:?}");
    assert!(told.iter().any(|moment| matches!(moment, Moment::Announces { .. })));
    assert!(kinds.len() < 12, "{told:?}");
}

#[test]
fn a_split_vote_and_a_leader_in_a_minority_are_told() {
    assert!(
        told(ScenarioId::SplitVote, 900)
            .iter()
            .any(|moment| matches!(moment, Moment::Rivals { split: true, .. }))
    );
    let minority = told(ScenarioId::MinorityLeader, 1000);
    assert!(
        minority
            .iter()
            .any(|moment| matches!(moment, Moment::CutOff { newer: None, .. }))
    );
    assert!(
        minority
            .iter()
            .any(|moment| matches!(moment, Moment::CutOff { newer: Some(_), .. })),
        "{minority:?}"
    );
}

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);

/// Five servers in which a candidate's own vote is enough, and these run at once.
fn alone_is_enough(candidates: &[NodeId]) -> Player {
    let mut player = Player::default();
    let mut rules = player.rules();
    rules.quorum = Quorum::Votes(1);
    player.act(Action::set_rules(rules)).unwrap();
    for server in candidates {
        player.act(Action::force_timeout(*server)).unwrap();
    }
    player
}

#[test]
fn two_leaders_of_one_term_are_told_when_it_happens_and_as_long_as_it_lasts() {
    let mut player = alone_is_enough(&[S1, S2]);
    let moment = Moment::of(&ClusterView::of(&player));
    assert!(matches!(moment, Moment::Broken(..)), "{moment:?}");
    player.seek(Micros::from_millis(1));
    let view = ClusterView::of(&player);
    let leaders = NodeSet::from_iter([S1, S2]);
    assert_eq!(Moment::of(&view), Moment::TwoLead { leaders, term: Term(1) });
    assert_eq!(Lang::En.who_leads(&view), "S1 and S2 both lead term 1");
    assert_eq!(Lang::Pt.who_leads(&view), "S1 e S2 lideram ambos o term 1");
    let one = ClusterView::of(&alone_is_enough(&[S2]));
    assert_eq!(Lang::En.who_leads(&one), "S2 leads term 1");
}

/// Of an old leader and a new one the new one leads: that is no violation.
#[test]
fn leaders_of_different_terms_do_not_both_lead() {
    let mut player = Player::new(Scenario::new(ScenarioId::MinorityLeader));
    player.seek(Micros::from_millis(1000));
    let view = ClusterView::of(&player);
    assert!(view.servers.iter().filter(|server| server.leads()).count() > 1);
    assert_eq!(view.leaders().count(), 1);
    assert!(Lang::En.who_leads(&view).contains(" leads term "));
}

#[test]
fn a_leader_without_a_majority_is_told_with_the_votes_that_it_counted() {
    let moment = Moment::of(&ClusterView::of(&alone_is_enough(&[S2])));
    assert_eq!(
        Lang::En.narrate(&moment),
        "A safety property is broken: S2 leads term 1 without a majority of votes. It counted the votes of S2: 1 of 5, where 3 are a majority."
    );
}

/// In a run that was found, the path sets off the timers, long before they run out by themselves.
#[test]
fn a_timer_that_a_plan_may_overrule_is_not_announced() {
    let mut scenario = Scenario::new(ScenarioId::Free);
    scenario.script = vec![(Micros::from_millis(40), Action::force_timeout(S1))];
    let moment = Moment::of(&ClusterView::of(&Player::new(scenario)));
    let next = Some(Next::Planned(Micros::from_millis(40)));
    assert_eq!(moment, Moment::Waits { next, too_few: false });
    for lang in Lang::ALL {
        let said = lang.narrate(&moment);
        assert!(
            !said.contains("S1") && (said.contains("0.040 s") ^ said.contains("0,040 s")),
            "{said}"
        );
    }
}

#[test]
fn every_moment_is_one_sentence_or_two_in_every_language() {
    for id in ScenarioId::ALL {
        for moment in told(id, 1500) {
            for lang in Lang::ALL {
                let said = lang.narrate(&moment);
                assert!(
                    said.ends_with('.') && said.len() < 200 && !said.contains("  "),
                    "{said}"
                );
                assert!(spoken_ms(&said) >= 4000.0);
                assert!(lang == Lang::En || !has_decimal_point(&said), "{said}");
            }
            let said = Lang::Pseudo.narrate(&moment);
            assert_eq!(pseudo::english(&said), [""; 0], "not from the catalogue: {said}");
        }
    }
}

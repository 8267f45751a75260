//! A cluster over three regions elects leaders as any other, and how long it takes is up to where the majority is.

use crate::support::{LongRun, Run, S5};
use raft_playground::{
    raft::{Decision, NodeId, Term},
    scenario::{Scenario, ScenarioId},
    sim::{EventKind, Micros},
};

fn scenario() -> Scenario {
    Scenario::new(ScenarioId::ThreeRegions)
}

/// Who was elected without a rival, and how long that took from the first request on.
fn elections(seed: u64) -> Vec<(NodeId, Micros)> {
    let mut scenario = scenario();
    scenario.seed = seed;
    let run = Run::until(Micros::from_secs(9), scenario);
    let stood = |term: Term| {
        let stands =
            |kind: EventKind| matches!(kind, EventKind::Decided(Decision::ElectionStarted { term: of }) if of == term);
        run.events
            .iter()
            .filter(move |event| stands(event.kind))
            .collect::<Vec<_>>()
    };
    let mut elections = Vec::new();
    for (leader, term) in run.leaders() {
        if let [only] = stood(term)[..] {
            elections.push((leader, run.elected(term) - only.at));
        }
    }
    elections
}

#[test]
fn what_there_is_to_watch_is_so() {
    let took: Vec<_> = elections(scenario().seed)
        .into_iter()
        .map(|(leader, took)| (leader.number(), (took.as_millis() + 5) / 10 * 10))
        .collect();
    assert_eq!(took, [(5, 180), (1, 80)]);
}

/// A majority of S5 has a server that is two long ways away; that of another has one that is two shorter ways away.
#[test]
fn who_is_nearer_to_a_majority_is_elected_sooner() {
    let (mut far, mut near) = (0, 0);
    for seed in 0..200 {
        for (leader, took) in elections(seed) {
            if leader == S5 {
                far += 1;
                assert!((160..=200).contains(&took.as_millis()), "seed {seed}: {took}");
            } else {
                near += 1;
                assert!((76..=84).contains(&took.as_millis()), "seed {seed}: {took}");
            }
        }
    }
    assert!(far > 10 && near > 100, "{far} {near}");
}

#[test]
fn its_leaders_stay() {
    for seed in [scenario().seed, 1, 2, 3, 4] {
        let ten_minutes = Micros::from_secs(600);
        let run = LongRun::of(&scenario(), seed, ten_minutes);
        assert!(
            run.longest_reign > ten_minutes - Micros::from_secs(20),
            "seed {seed}: {}",
            run.longest_reign
        );
        assert_eq!(run.violations, [], "seed {seed}");
    }
}

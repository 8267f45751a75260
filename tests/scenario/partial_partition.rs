//! S1, S2 and S3 reach each other, S4 only S2, S5 only S3: by the paper's rules elections never settle.

use crate::support::{LongRun, Run, S1, S2, S3, S4, S5};
use raft_playground::{
    raft::{NodeId, Term},
    scenario::{Scenario, ScenarioId},
    sim::{Action, Micros},
};

const TEN_MINUTES: Micros = Micros::from_secs(600);

fn scenario() -> Scenario {
    Scenario::new(ScenarioId::PartialPartition)
}

#[test]
fn the_links_are_those_of_the_story() {
    let run = Run::until(Micros::from_secs(1), scenario());
    let links = run.history.world().config().links;
    let up = |one: NodeId, other: NodeId| {
        assert_eq!(links.is_up(one, other), links.is_up(other, one), "both ways");
        links.is_up(one, other)
    };
    let pairs = NodeId::all(5).flat_map(|one| NodeId::all(5).skip(one.index() + 1).map(move |other| (one, other)));
    let connected: Vec<_> = pairs.filter(|&(one, other)| up(one, other)).collect();
    assert_eq!(connected, [(S1, S2), (S1, S3), (S2, S3), (S2, S4), (S3, S5)]);
}

/// Whoever leads at first.
#[test]
fn elections_never_settle_whatever_the_luck() {
    let scenario = scenario();
    for seed in [scenario.seed].into_iter().chain(0..12) {
        let run = LongRun::of(&scenario, seed, TEN_MINUTES);
        assert!(run.elected.len() > 800, "seed {seed}: {} elected", run.elected.len());
        assert!(run.term() > Term(2000), "seed {seed}: {:?}", run.term());
        assert!(
            run.longest_reign < Micros::from_secs(1),
            "seed {seed}: {}",
            run.longest_reign
        );
        assert!(
            run.longest_wait < Micros::from_secs(5),
            "seed {seed}: {}",
            run.longest_wait
        );
        let late = run.elected.iter().filter(|won| won.1 > Term(2));
        assert!(
            late.into_iter().all(|won| won.0 != S4 && won.0 != S5),
            "seed {seed}: they reach no majority"
        );
        assert_eq!(run.violations, [], "seed {seed}");
    }
}

#[test]
fn mending_the_links_ends_it() {
    let mut scenario = scenario();
    scenario.script.push((Micros::from_secs(60), Action::heal_all()));
    let run = LongRun::of(&scenario, scenario.seed, TEN_MINUTES);
    assert!(
        run.longest_reign > TEN_MINUTES - Micros::from_secs(65),
        "{}",
        run.longest_reign
    );
}

//! A server that can send but not hear deposes leader after leader, for ever.

use crate::support::{LongRun, Run, S5};
use raft_playground::{
    raft::{Role, Term},
    scenario::{Scenario, ScenarioId},
    sim::{Action, Micros},
};

const TEN_MINUTES: Micros = Micros::from_secs(600);

fn scenario() -> Scenario {
    Scenario::new(ScenarioId::OneWayCut)
}

/// It gets votes, but they never reach it.
#[test]
fn s5_hears_nothing() {
    let run = Run::until(Micros::from_secs(10), scenario());
    let hears =
        |line: &String| line.starts_with("S5 gets") || line.starts_with("S5 learns") || line.starts_with("S5 follows");
    assert!(!run.story_from("S5 times out").iter().any(hears));
}

#[test]
fn no_leader_lasts_whatever_the_luck() {
    let scenario = scenario();
    for seed in [scenario.seed, 1, 3, 4, 5, 6, 7, 8] {
        let run = LongRun::of(&scenario, seed, TEN_MINUTES);
        assert!(run.elected.len() > 800, "seed {seed}: {} elected", run.elected.len());
        assert!(run.term() > Term(2000), "seed {seed}: {:?}", run.term());
        assert!(
            run.longest_reign < Micros::from_millis(800),
            "seed {seed}: {}",
            run.longest_reign
        );
        let by_others = run.elected.iter().filter(|won| won.0 != S5).count();
        assert_eq!(by_others, run.elected.len(), "seed {seed}: S5 never wins");
        assert_eq!(run.violations, [], "seed {seed}");
    }
}

/// Its heartbeats arrive, and under the paper's rules a leader needs no answers.
#[test]
fn as_leader_it_would_stay() {
    let run = LongRun::of(&scenario(), 2, TEN_MINUTES);
    assert_eq!(run.elected, [(S5, Term(1))]);
    assert_eq!(run.world.server(S5).node().role(), Role::Leader);
}

#[test]
fn mending_the_links_ends_it() {
    let mut scenario = scenario();
    scenario.script.push((Micros::from_secs(60), Action::rejoin(S5)));
    let run = LongRun::of(&scenario, scenario.seed, TEN_MINUTES);
    assert!(
        run.longest_reign > TEN_MINUTES - Micros::from_secs(65),
        "{}",
        run.longest_reign
    );
}

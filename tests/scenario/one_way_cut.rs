//! A server that can send but not hear deposes leader after leader, for ever.

use crate::support::{LongRun, Run, S1, S2, S3, S5};
use raft_playground::{
    raft::{Role, Term},
    scenario::{Scenario, ScenarioId},
    sim::{Action, Micros},
};

const TEN_MINUTES: Micros = Micros::from_secs(600);

fn scenario() -> Scenario {
    Scenario::new(ScenarioId::OneWayCut)
}

#[test]
fn s5_deposes_three_leaders_within_half_a_minute_of_the_readers() {
    let run = Run::until(Micros::from_millis(1300), scenario());
    let expected = [
        "S5 times out",
        "S5 runs for term 2",
        "S2 learns of term 2 from S5",
        "S4 learns of term 2 from S5",
        "S3 learns of term 2 from S5",
        "S3 steps down",
        "S1 learns of term 2 from S5",
        "S1 times out",
        "S1 runs for term 3",
    ];
    let story = run.story_from("S5 times out");
    assert_eq!(story[..expected.len()], expected);
    assert_eq!(run.leaders(), [(S3, Term(1)), (S1, Term(3)), (S2, Term(5))]);
    for line in [
        "S5 runs for term 4",
        "S1 steps down",
        "S5 runs for term 6",
        "S2 steps down",
    ] {
        assert!(story.iter().any(|told| told == line), "{line}");
    }
    assert_eq!(run.history.incidents(), []);
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

/// Its heartbeats arrive, and by the paper's rules a leader needs to hear nobody.
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

#[test]
fn it_does_not_keep_its_reader_waiting() {
    let run = Run::until(Micros::from_secs(2), scenario());
    run.assert_within(5, run.elected(Term(1)));
    run.assert_within(11, run.ran(Term(2)));
    run.assert_within(16, run.elected(Term(3)));
}

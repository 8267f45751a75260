//! Five servers start one after the other: the third makes a majority.

use crate::support::{LongRun, Run, S2};
use raft_playground::{
    raft::Term,
    scenario::{Scenario, ScenarioId},
    sim::Micros,
};

fn run() -> Run {
    Run::of(ScenarioId::OneByOne)
}

#[test]
fn s1_runs_in_vain_until_the_third_server_starts() {
    let run = run();
    let expected = [
        "S1 starts",
        "S1 times out",
        "S1 runs for term 1",
        "S2 starts",
        "S1 times out",
        "S1 runs for term 2",
        "S2 learns of term 2 from S1",
        "S1 gets the vote of S2",
        "S1 times out",
        "S1 runs for term 3",
        "S2 learns of term 3 from S1",
        "S1 gets the vote of S2",
        "S3 starts",
        "S2 times out",
        "S2 runs for term 4",
        "S3 learns of term 4 from S2",
        "S1 learns of term 4 from S2",
        "S1 steps down",
        "S2 gets the vote of S3",
        "S2 gets the vote of S1",
        "S2 leads term 4",
        "S1 follows S2",
        "S3 follows S2",
        "S4 starts",
        "S4 learns of term 4 from S2",
        "S4 follows S2",
        "S5 starts",
        "S5 learns of term 4 from S2",
        "S5 follows S2",
    ];
    assert_eq!(run.story(), expected);
    assert_eq!(run.leaders(), [(S2, Term(4))]);
    assert_eq!(run.history.incidents(), []);
}

#[test]
fn two_of_five_elect_nobody_whatever_the_luck() {
    let mut scenario = Scenario::new(ScenarioId::OneByOne);
    scenario.script.truncate(2);
    for seed in 0..20 {
        let run = LongRun::of(&scenario, seed, Micros::from_secs(60));
        assert_eq!((run.elected, run.violations), (vec![], vec![]), "seed {seed}");
    }
}

#[test]
fn it_does_not_keep_its_reader_waiting() {
    let run = run();
    run.assert_within(4, run.ran(Term(1)));
    run.assert_within(15, run.elected(Term(4)));
}

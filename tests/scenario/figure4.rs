//! Figure 4 of the lab report, two failures. The report has no transcripts of it, only prose: "1 leads and fails; 3 gets 4 and
//! 2, leads, fails; 4 gets 2 and 5, leads; 5 follows".

use crate::support::{Run, S1, S2, S3, S4, S5};
use raft_playground::{
    raft::Term,
    scenario::{Scenario, ScenarioId},
    sim::{Micros, Process},
};

/// Event by event: all that happens but messages on their way and heartbeats after the first.
#[test]
fn it_goes_as_the_report_tells() {
    let starting = ["S1 starts", "S2 starts", "S3 starts", "S4 starts", "S5 starts"];
    let one_leads = [
        "S1 times out",
        "S1 runs for term 1",
        "S2 learns of term 1 from S1",
        "S4 learns of term 1 from S1",
        "S3 learns of term 1 from S1",
        "S1 gets the vote of S4",
        "S5 learns of term 1 from S1",
        "S1 gets the vote of S2",
        "S1 leads term 1",
        "S1 gets the vote of S3 too late",
        "S1 gets the vote of S5 too late",
        "S2 follows S1",
        "S4 follows S1",
        "S3 follows S1",
        "S5 follows S1",
    ];
    let and_fails = ["S1 is killed"];
    let three_gets_four_and_two_and_leads = [
        "S3 times out",
        "S3 runs for term 2",
        "S4 learns of term 2 from S3",
        "S2 learns of term 2 from S3",
        "S5 learns of term 2 from S3",
        "S3 gets the vote of S4",
        "S3 gets the vote of S2",
        "S3 leads term 2",
        "S3 gets the vote of S5 too late",
        "S2 follows S3",
        "S5 follows S3",
        "S4 follows S3",
    ];
    let and_fails_too = ["S3 is killed"];
    let four_gets_two_and_five_and_leads = [
        "S4 times out",
        "S4 runs for term 3",
        "S2 learns of term 3 from S4",
        "S5 learns of term 3 from S4",
        "S4 gets the vote of S2",
        "S4 gets the vote of S5",
        "S4 leads term 3",
    ];
    let five_follows = ["S2 follows S4", "S5 follows S4"];
    let expected = [
        &starting[..],
        &one_leads,
        &and_fails,
        &three_gets_four_and_two_and_leads,
        &and_fails_too,
        &four_gets_two_and_five_and_leads,
        &five_follows,
    ]
    .concat();
    assert_eq!(Run::of(ScenarioId::Figure4).story(), expected);
}

/// Three of five are a majority, and the leader is one of the three.
#[test]
fn it_stays_like_that() {
    let run = Run::until(Micros::from_secs(600), Scenario::new(ScenarioId::Figure4));
    assert_eq!(run.leaders(), [(S1, Term(1)), (S3, Term(2)), (S4, Term(3))]);
    let world = run.history.world();
    for server in [S2, S5] {
        assert_eq!(world.server(server).node().leader(), Some(S4), "{server}");
    }
    for server in [S1, S3] {
        assert_eq!(world.server(server).process(), Process::Down, "{server}");
    }
}

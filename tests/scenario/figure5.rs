//! Figure 5 of the lab report, three failures and no majority: every server prints what it printed in the lab, line for line.
//!
//! The transcripts of S1, S5 and S3, who are killed, begin in the middle of the run and must be the last that the server
//! prints. Those of S2 and S4 end in the middle too; the server must print them once, without a line in between.
//!
//! In `figure-5.story` it goes on as the report tells: "4 runs for terms 5, 6, … and never gets more than 2 votes; 2 stays a
//! follower".

use crate::support::{
    Run, S1, S2, S3, S4, S5, assert_printed, assert_printed_last, other_seconds, refused_as_candidate, transcript,
};
use raft_playground::{
    raft::{Role, Term},
    scenario::{Scenario, ScenarioId},
    sim::Micros,
};

fn figure() -> Run {
    Run::of(ScenarioId::Figure5)
}

#[test]
fn server_1_prints_its_transcript_last() {
    assert_printed_last(&figure().log(S1), transcript!("figure5/server1"));
}

#[test]
fn server_2_prints_its_transcript() {
    assert_printed(&figure().log(S2), transcript!("figure5/server2"));
}

#[test]
fn server_3_prints_its_transcript_last() {
    assert_printed_last(&figure().log(S3), transcript!("figure5/server3"));
}

#[test]
fn server_4_prints_its_transcript() {
    assert_printed(&figure().log(S4), transcript!("figure5/server4"));
}

#[test]
fn server_5_prints_its_transcript_last() {
    assert_printed_last(&figure().log(S5), transcript!("figure5/server5"));
}

#[test]
fn the_lines_have_the_seconds_that_they_had_in_the_lab() {
    let run = figure();
    let s1 = run.log(S1);
    assert_eq!(other_seconds(&s1, transcript!("figure5/server1")), []);
    let s2 = run.log(S2);
    assert_eq!(other_seconds(&s2, transcript!("figure5/server2")), []);
    let s3 = run.log(S3);
    assert_eq!(other_seconds(&s3, transcript!("figure5/server3")), []);
    let s4 = run.log(S4);
    assert_eq!(other_seconds(&s4, transcript!("figure5/server4")), []);
    let s5 = run.log(S5);
    assert_eq!(other_seconds(&s5, transcript!("figure5/server5")), []);
}

/// Two of five never make a majority, whoever of them runs.
#[test]
fn nobody_ever_wins_again() {
    let run = Run::until(Micros::from_secs(1800), Scenario::new(ScenarioId::Figure5));
    assert_eq!(run.leaders(), [(S1, Term(2)), (S5, Term(3)), (S3, Term(4))]);
    let world = run.history.world();
    for server in [S2, S4] {
        let node = world.server(server).node();
        assert_ne!(node.role(), Role::Leader);
        assert!(node.term() > Term(500), "{server} is in term {}", node.term());
    }
}

#[test]
fn the_quirk_shows_once() {
    assert_eq!(refused_as_candidate(&figure().events), [(S1, S4)]);
}

//! Figure 1 of the lab report, all five run: every server prints what it printed in the lab, line for line.
//!
//! S2's transcript is whole, from its start to its `^C`. The others begin with the start of the server and end where the
//! lab's picture ends, so here they must be what the server prints first. No other freedom is taken: the logs are compared
//! server by server, so it does not matter what two servers print at the same instant.

use crate::support::{
    Run, S1, S2, S3, S4, S5, assert_printed_first, assert_printed_only, other_seconds, refused_as_candidate, transcript,
};
use raft_playground::{raft::Term, scenario::ScenarioId, sim::Micros};

fn figure() -> Run {
    Run::of(ScenarioId::Figure1)
}

#[test]
fn server_1_prints_its_transcript_first() {
    assert_printed_first(&figure().log(S1), transcript!("figure1/server1"));
}

#[test]
fn server_2_prints_its_transcript_and_nothing_else() {
    assert_printed_only(&figure().log(S2), transcript!("figure1/server2"));
}

#[test]
fn server_3_prints_its_transcript_first() {
    assert_printed_first(&figure().log(S3), transcript!("figure1/server3"));
}

#[test]
fn server_4_prints_its_transcript_first() {
    assert_printed_first(&figure().log(S4), transcript!("figure1/server4"));
}

#[test]
fn server_5_prints_its_transcript_first() {
    assert_printed_first(&figure().log(S5), transcript!("figure1/server5"));
}

/// All but one: in the lab, S2 refuses S3 at :42, but S3 starts at :44 and asks at :45. That line carries a wrong time.
#[test]
fn the_lines_have_the_seconds_that_they_had_in_the_lab() {
    let run = figure();
    let s1 = run.log(S1);
    assert_eq!(other_seconds(&s1, transcript!("figure1/server1")), []);
    let s2 = run.log(S2);
    let mistimed = (
        "2019/10/07 10:07:42 [CANDIDATE] Vote denied to 'localhost:3003' for term '1'.",
        "2019/10/07 10:07:45 [CANDIDATE] Vote denied to 'localhost:3003' for term '1'.",
    );
    assert_eq!(other_seconds(&s2, transcript!("figure1/server2")), [mistimed]);
    let s3 = run.log(S3);
    assert_eq!(other_seconds(&s3, transcript!("figure1/server3")), []);
    let s4 = run.log(S4);
    assert_eq!(other_seconds(&s4, transcript!("figure1/server4")), []);
    let s5 = run.log(S5);
    assert_eq!(other_seconds(&s5, transcript!("figure1/server5")), []);
}

#[test]
fn all_stay_followers_of_server_2_until_its_end() {
    let run = Run::until(Micros::from_millis(29_999), figure().scenario);
    assert_eq!(run.leaders(), [(S2, Term(2))]);
    for server in [S1, S3, S4, S5] {
        assert_eq!(run.history.world().server(server).node().leader(), Some(S2));
    }
}

#[test]
fn the_quirk_shows_once() {
    assert_eq!(refused_as_candidate(&figure().events), [(S2, S3)]);
}

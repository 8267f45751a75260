//! Figure 3 of the lab report, one failure and no return: the servers print what they printed in the lab, line for line.
//!
//! S1's and S3's transcripts begin in the middle of the run; they must be the last that the server prints (S1 is killed, and
//! S3 leads and has nothing more to say). The two followers' transcripts begin and end in the middle; the report does not
//! name the servers, but S2, S4 and S5 all follow, and each of them must print both, once and without a line in between.
//!
//! The report tells the second election as it goes in `figure-3.story`: "3 runs for term 3, gets 4 and 2, leads, then 5's vote
//! too; 2, 4, 5 follow."

use crate::support::{
    Run, S1, S2, S3, S4, S5, assert_printed, assert_printed_last, other_seconds, refused_as_candidate, transcript,
};
use raft_playground::scenario::ScenarioId;

fn figure() -> Run {
    Run::of(ScenarioId::Figure3)
}

#[test]
fn server_1_prints_its_transcript_last() {
    let log = figure().log(S1);
    assert_printed_last(&log, transcript!("figure3/server1"));
    // The line before is missing in the report: another pane lies over it.
    let whole = [
        "[CANDIDATE] Running for term '1'.\n",
        "[CANDIDATE] Vote granted by 'localhost:3002'.\n",
    ];
    let at = log.find(whole[0]).expect("S1 runs for term 1");
    let next = log[at + whole[0].len()..].lines().next().expect("a next line");
    assert!(next.ends_with(whole[1].trim_end()), "{next}");
}

#[test]
fn server_2_prints_the_followers_transcripts() {
    let log = figure().log(S2);
    assert_printed(&log, transcript!("figure3/follower-a"));
    assert_printed(&log, transcript!("figure3/follower-b"));
}

#[test]
fn server_3_prints_its_transcript_last() {
    assert_printed_last(&figure().log(S3), transcript!("figure3/server3"));
}

#[test]
fn server_4_prints_the_followers_transcripts() {
    let log = figure().log(S4);
    assert_printed(&log, transcript!("figure3/follower-a"));
    assert_printed(&log, transcript!("figure3/follower-b"));
}

#[test]
fn server_5_prints_the_followers_transcripts() {
    let log = figure().log(S5);
    assert_printed(&log, transcript!("figure3/follower-a"));
    assert_printed(&log, transcript!("figure3/follower-b"));
}

/// All but one: in the lab, S1 counts S2's vote at :36, two seconds after the line that says that it arrived.
#[test]
fn the_lines_have_the_seconds_that_they_had_in_the_lab() {
    let run = figure();
    let s1 = run.log(S1);
    let mistimed = (
        "2019/10/07 10:23:36 [CANDIDATE] VoteCount: 2",
        "2019/10/07 10:23:34 [CANDIDATE] VoteCount: 2",
    );
    assert_eq!(other_seconds(&s1, transcript!("figure3/server1")), [mistimed]);
    let s3 = run.log(S3);
    assert_eq!(other_seconds(&s3, transcript!("figure3/server3")), []);
    for server in [S2, S4, S5] {
        let log = run.log(server);
        assert_eq!(other_seconds(&log, transcript!("figure3/follower-a")), [], "{server}");
        assert_eq!(other_seconds(&log, transcript!("figure3/follower-b")), [], "{server}");
    }
}

#[test]
fn the_quirk_shows_once() {
    assert_eq!(refused_as_candidate(&figure().events), [(S1, S3)]);
}

//! A split vote: two candidates get two votes each of the three that they need, and the next term has a leader.

use crate::support::{Run, S1, S5};
use raft_playground::{
    raft::Term,
    scenario::ScenarioId,
    sim::{Landmark, Micros},
};

fn run() -> Run {
    Run::of(ScenarioId::SplitVote)
}

#[test]
fn nobody_wins_term_2_and_one_server_runs_for_term_3() {
    let run = run();
    let expected = [
        "S1 is killed",
        "S3 times out",
        "S3 runs for term 2",
        "S2 times out",
        "S2 runs for term 2",
        "S4 learns of term 2 from S3",
        "S5 learns of term 2 from S2",
        "S2 gets the vote of S5",
        "S3 gets the vote of S4",
        "S3 is refused by S5",
        "S2 is refused by S4",
        "S2 is refused by S3",
        "S3 is refused by S2",
        "S5 times out",
        "S5 runs for term 3",
        "S4 learns of term 3 from S5",
        "S2 learns of term 3 from S5",
        "S2 steps down",
        "S3 learns of term 3 from S5",
        "S3 steps down",
        "S5 gets the vote of S4",
        "S5 gets the vote of S2",
        "S5 leads term 3",
        "S5 gets the vote of S3 too late",
        "S3 follows S5",
        "S4 follows S5",
        "S2 follows S5",
    ];
    assert_eq!(run.story_from("S1 is killed"), expected);
    assert_eq!(run.leaders(), [(S1, Term(1)), (S5, Term(3))]);
    assert_eq!(run.history.incidents(), []);
}

#[test]
fn the_timeline_marks_it_once() {
    let run = run();
    let roles = run.history.roles();
    let split = roles.next(Landmark::SplitVote, Micros::ZERO).expect("a split vote");
    assert_eq!(roles.next(Landmark::SplitVote, split.at), None);
    assert!(split.at < run.elected(Term(3)));
}

/// In the reader's time: a leader after 5 seconds, the split vote after 12, the next leader after 17.
#[test]
fn it_does_not_keep_its_reader_waiting() {
    let run = run();
    run.assert_within(5, run.elected(Term(1)));
    run.assert_within(12, run.ran(Term(2)));
    run.assert_within(17, run.elected(Term(3)));
}

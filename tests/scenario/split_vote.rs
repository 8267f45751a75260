//! A split vote: two candidates get two votes each of the three that they need, and the next term has a leader.

use crate::support::Run;
use raft_playground::{
    raft::Term,
    scenario::ScenarioId,
    sim::{Landmark, Micros},
};

fn run() -> Run {
    Run::of(ScenarioId::SplitVote)
}

#[test]
fn the_timeline_marks_it_once() {
    let run = run();
    let roles = run.history.roles();
    let split = roles.next(Landmark::SplitVote, Micros::ZERO).expect("a split vote");
    assert_eq!(roles.next(Landmark::SplitVote, split.at), None);
    assert!(split.at < run.elected(Term(3)));
}

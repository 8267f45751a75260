//! Figure 2 of the lab report, the leader fails and comes back. The report has no transcripts of it, only prose: "3 leads and
//! fails; 2 runs, gets 1 and 5, leads, then 4's vote too; 3 comes back, hears 2's heartbeat and follows it".
//! So it goes in `figure-2.story`.

use crate::support::{Run, S1, S2, S3, S4, S5};
use raft_playground::{
    raft::{Decision, Role, Term},
    scenario::{Scenario, ScenarioId},
    sim::{EventKind, Micros},
};

/// It learns of the new term from a heartbeat, not from a candidate, and votes for nobody.
#[test]
fn the_server_that_comes_back_did_not_take_part_in_the_election() {
    let run = Run::of(ScenarioId::Figure2);
    let voted = run.first(S3, |kind| {
        matches!(kind, EventKind::Decided(Decision::VoteGranted { .. }))
    });
    assert_eq!(voted, None);
    let node = run.history.world().server(S3).node();
    assert_eq!(
        (node.role(), node.term(), node.voted_for(), node.leader()),
        (Role::Follower, Term(2), None, Some(S2))
    );
}

#[test]
fn it_stays_like_that() {
    let run = Run::until(Micros::from_secs(600), Scenario::new(ScenarioId::Figure2));
    assert_eq!(run.leaders(), [(S3, Term(1)), (S2, Term(2))]);
    for server in [S1, S3, S4, S5] {
        assert_eq!(run.history.world().server(server).node().leader(), Some(S2), "{server}");
    }
}

/// A follower runs one to four seconds after its leader fell silent, as in the lab's transcripts.
#[test]
fn the_times_are_like_the_labs() {
    let run = Run::of(ScenarioId::Figure2);
    let timed_out = run.first(S2, |kind| *kind == EventKind::Decided(Decision::ElectionTimedOut));
    let silence = timed_out.expect("S2 times out") - Micros::from_millis(5_200);
    assert!(
        (Micros::from_secs(1)..Micros::from_secs(4)).contains(&silence),
        "{silence} s"
    );
}

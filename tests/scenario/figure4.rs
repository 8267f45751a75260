//! Figure 4 of the lab report, two failures. The report has no transcripts of it, only prose: "1 leads and fails; 3 gets 4 and
//! 2, leads, fails; 4 gets 2 and 5, leads; 5 follows". So it goes in `figure-4.story`.

use crate::support::{Run, S1, S2, S3, S4, S5};
use raft_playground::{
    raft::Term,
    scenario::{Scenario, ScenarioId},
    sim::{Micros, Process},
};

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

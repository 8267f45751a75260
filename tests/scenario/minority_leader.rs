//! A leader that is cut off with one follower goes on leading its term, and the majority elects another for the next.

use crate::support::{LongRun, S1, S2, S3, S4, S5};
use raft_playground::{
    raft::{Role, Term},
    scenario::{Scenario, ScenarioId},
    sim::{Action, Micros},
};

#[test]
fn ten_minutes_later_there_are_still_two_of_different_terms() {
    let scenario = Scenario::new(ScenarioId::MinorityLeader);
    let run = LongRun::of(&scenario, scenario.seed, Micros::from_secs(600));
    let node = |server| run.world.server(server).node();
    assert_eq!((node(S1).role(), node(S1).term()), (Role::Leader, Term(1)));
    assert_eq!((node(S3).role(), node(S3).term()), (Role::Leader, Term(2)));
    assert_eq!(node(S2).leader(), Some(S1));
    for server in [S4, S5] {
        assert_eq!(node(server).leader(), Some(S3));
    }
    assert_eq!(run.world.leader(), Some(S3), "clients look for the newest term");
    assert_eq!(run.violations, []);
}

#[test]
fn mending_the_links_ends_it() {
    let mut scenario = Scenario::new(ScenarioId::MinorityLeader);
    scenario.script.push((Micros::from_secs(2), Action::heal_all()));
    let run = LongRun::of(&scenario, scenario.seed, Micros::from_secs(3));
    for server in [S1, S2, S4, S5] {
        assert_eq!(run.world.server(server).node().leader(), Some(S3), "{server}");
    }
    assert_eq!((run.elected.len(), run.violations), (2, vec![]));
}

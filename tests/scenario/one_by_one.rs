//! Five servers start one after the other: the third makes a majority.

use crate::support::LongRun;
use raft_playground::{
    scenario::{Scenario, ScenarioId},
    sim::Micros,
};

#[test]
fn two_of_five_elect_nobody_whatever_the_luck() {
    let mut scenario = Scenario::new(ScenarioId::OneByOne);
    scenario.script.truncate(2);
    for seed in 0..20 {
        let run = LongRun::of(&scenario, seed, Micros::from_secs(60));
        assert_eq!((run.elected, run.violations), (vec![], vec![]), "seed {seed}");
    }
}

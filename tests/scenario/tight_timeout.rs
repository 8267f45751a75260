//! Election timeouts no longer than a round trip: "broadcastTime << electionTimeout" (§5.6) does not hold, and elections hardly
//! ever succeed.

use crate::support::LongRun;
use raft_playground::{
    raft::Term,
    scenario::{Scenario, ScenarioId},
    sim::{Action, Micros, Range},
};

const TEN_MINUTES: Micros = Micros::from_secs(600);

fn scenario() -> Scenario {
    Scenario::new(ScenarioId::TightTimeout)
}

#[test]
fn the_quickest_round_trip_takes_longer_than_most_timeouts() {
    let config = scenario().config;
    let (delay, timeout) = (config.network.delay, config.timing.election_timeout);
    assert!(delay.min + delay.min > timeout.min + Micros((timeout.max - timeout.min).0 / 2));
}

#[test]
fn terms_climb_and_hardly_one_has_a_leader_whatever_the_luck() {
    let own = scenario().seed;
    for seed in [own, 1, 2, 3, 4, 5, 6, 7] {
        let run = LongRun::of(&scenario(), seed, TEN_MINUTES);
        assert!(run.term() > Term(2500), "seed {seed}: {:?}", run.term());
        assert!(run.elected.len() < 100, "seed {seed}: {} elected", run.elected.len());
        assert!(
            run.longest_reign < Micros::from_millis(400),
            "seed {seed}: {}",
            run.longest_reign
        );
        assert_eq!(run.violations, [], "seed {seed}");
    }
}

#[test]
fn with_a_timeout_ten_times_as_long_one_leads_soon_and_stays() {
    let mut scenario = scenario();
    let mut timing = scenario.config.timing;
    timing.election_timeout = Range::millis(1500, 3000);
    scenario.script.push((Micros::from_secs(3), Action::set_timing(timing)));
    for seed in [scenario.seed, 1, 2, 3, 4, 5, 6, 7] {
        let run = LongRun::of(&scenario, seed, TEN_MINUTES);
        let expected = TEN_MINUTES - Micros::from_secs(15);
        assert!(run.longest_reign > expected, "seed {seed}: {}", run.longest_reign);
    }
}

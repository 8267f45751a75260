//! raft-rs, the Raft of TiKV, does what this crate does: random schedules drive both in step. How that is compared, and where
//! raft-rs differs by design, is told in `lockstep/mod.rs`. `cargo run --release --example oracle` runs many more schedules.

use super::difference::Difference;
use super::run::{run, run_all, shrink};
use super::schedule::{Schedule, Setup};
use raft_playground::raft::{MAX_SERVERS, NodeSet, Quorum, Rule};

#[test]
fn a_thousand_schedules_agree_and_meet_each_difference() {
    let reached = run_all(0..1000, Setup::of_seed)
        .unwrap_or_else(|(seed, found)| panic!("with seed {seed} they disagree:\n{}", shrink(&found)));
    for &difference in Difference::ALL {
        let uses = reached.uses.of(difference);
        assert!(uses > 0, "{difference:?} excuses nothing, so it must go");
    }
    // A test in which nothing happens shows nothing.
    assert!(reached.steps > 50_000, "{reached:?}");
    assert!(reached.leaders > 1000, "{reached:?}");
    assert!(reached.crashes > 1000, "{reached:?}");
}

/// A rolling upgrade: servers with an extension and servers without it agree as those of raft-rs do.
#[test]
fn schedules_of_servers_that_differ_agree() {
    let mixed = |seed: &u64| Setup::of_seed(*seed).is_mixed();
    let upgraded = |seed: &u64| mixed(seed) && Setup::of_seed(*seed).upgrades;
    assert!((0..1000).filter(mixed).count() > 400 && (0..1000).filter(upgraded).count() > 200);
    let reached = run_all((1000..2000).filter(mixed), Setup::of_seed)
        .unwrap_or_else(|(seed, found)| panic!("with seed {seed} they disagree:\n{}", shrink(&found)));
    assert!(reached.steps > 25_000 && reached.leaders > 500, "{reached:?}");
}

/// Servers of lower priority yield to those of higher ones as in raft-rs, with pre-vote and without.
#[test]
fn schedules_of_servers_with_priorities_agree() {
    let has_priorities = |seed: &u64| Setup::of_seed(*seed).priorities.iter().any(|&priority| priority > 0);
    let reached = run_all((2000..4000).filter(has_priorities), Setup::of_seed)
        .unwrap_or_else(|(seed, found)| panic!("with seed {seed} they disagree:\n{}", shrink(&found)));
    assert!(reached.steps > 25_000 && reached.leaders > 300, "{reached:?}");
    // They do not where only theirs have them.
    let without = |seed| Setup {
        priorities: [0; MAX_SERVERS],
        ..Setup::of_seed(seed)
    };
    let differ = (2000..4000).filter(has_priorities).any(|seed| {
        let schedule = Schedule::draw(Setup::of_seed(seed), seed);
        run(&schedule).ok()
            != run(&Schedule {
                setup: without(seed),
                ..schedule
            })
            .ok()
    });
    assert!(differ, "priorities change nothing");
}

#[test]
fn a_seed_replays_its_schedule() {
    for seed in 0..20 {
        let schedule = Schedule::draw(Setup::of_seed(seed), seed);
        assert_eq!(schedule, Schedule::draw(Setup::of_seed(seed), seed));
        assert_eq!(run(&schedule).expect("they agree"), run(&schedule).expect("they agree"));
    }
}

/// Clusters in which this crate breaks a rule. The extensions are on where theirs are broken.
fn without(rule: Rule) -> impl Fn(u64) -> Setup {
    move |seed| {
        let setup = Setup::of_seed(seed);
        let extended = Rule::EXTENSIONS.contains(&rule) || rule.part_of().is_some();
        Setup {
            pre_vote: setup.pre_vote || extended,
            check_quorum: setup.check_quorum || extended,
            other_pre_vote: NodeSet::EMPTY,
            other_check_quorum: NodeSet::EMPTY,
            broken: Some(rule),
            ..setup
        }
    }
}

/// All rules but the one that is the simulator's.
fn rules() -> impl Iterator<Item = Rule> {
    Rule::ALL
        .iter()
        .copied()
        .filter(|&rule| rule != Rule::RandomisedTimeouts)
}

#[test]
fn each_broken_rule_is_found() {
    for rule in rules() {
        let found = run_all(0..100, without(rule));
        assert!(found.is_err(), "nobody misses {rule:?} in a hundred schedules");
    }
}

#[test]
fn a_quorum_that_is_no_majority_is_found() {
    for votes in [2, 4] {
        let five_servers = |seed| Setup {
            size: 5,
            quorum: Quorum::Votes(votes),
            ..Setup::of_seed(seed)
        };
        assert!(
            run_all(0..100, five_servers).is_err(),
            "nobody misses a majority of {votes}"
        );
    }
}

#[test]
fn a_disagreement_is_made_short_and_replays() {
    let (_, found) = run_all(0..100, without(Rule::OneVotePerTerm)).expect_err("two votes in a term are seen");
    let short = shrink(&found);
    // Two servers run for a term, and a third gets both requests.
    assert!(short.schedule.steps.len() <= 4, "{short}");
    let again = run(&short.schedule).expect_err("it replays");
    assert_eq!(again.what, short.what);
}

//! Ten thousand random runs: safe while everything fails, and a leader once nothing fails any more. And the proof that such runs
//! find what is broken.
//!
//! A million runs, on all cores: `cargo run --profile bench --example swarm -- --runs 1000000`.

mod cluster;
#[path = "../support/runs/mod.rs"]
mod runs;

use std::{fs, path::Path};

use cluster::{Failure, Trial};
use raft_playground::{
    raft::{Protects, Rule, Rules},
    safety::Property,
};

fn by_the_paper(_: &mut Rules) {}

fn off(rule: Rule) -> impl Fn(&mut Rules) {
    move |rules| {
        if let Some(whole) = rule.part_of() {
            rules.set(whole, true);
        }
        rules.set(rule, false);
    }
}

/// The first failure among some seeds without a rule.
fn first_failure(rule: Rule, seeds: u64) -> Option<(Trial, Failure)> {
    let trials = (0..seeds).map(|seed| cluster::trial(seed, off(rule)));
    let mut failed = trials.filter_map(|trial| Some((trial.clone(), trial.result.err()?)));
    failed.next()
}

// --- By the paper's rules ---

#[test]
fn ten_thousand_random_runs_are_safe_and_end_with_a_leader() {
    let (mut terms, mut actions, mut late, mut slowest) = (0, 0, 0, 0);
    for seed in 0..10_000 {
        let trial = cluster::trial(seed, by_the_paper);
        match trial.result {
            Ok(outcome) => {
                terms += u64::from(outcome.term.0);
                actions += trial.run.actions.len();
                late += u64::from(outcome.rounds > 0);
                slowest = slowest.max(outcome.rounds);
            }
            Err(failure) => {
                let file = cluster::write_failure(&trial, failure, Path::new(env!("CARGO_TARGET_TMPDIR")));
                let again = cluster::command(seed);
                panic!(
                    "seed {seed}: {failure}\nto make it again: {again}\nto look at it: {}",
                    file.display()
                );
            }
        }
    }
    // They would say little if nothing happened in them.
    assert!(terms > 20_000, "{terms} terms before the healing");
    assert!(actions > 200_000, "{actions} actions that could be done");
    assert!(late > 500, "{late} clusters had to elect a leader when all was calm");
    // Measured: 2. The bound leaves room for bad luck that no run has had yet.
    assert!(slowest < 10, "{slowest} rounds until there was a leader");
}

#[test]
fn a_seed_makes_the_same_run_again() {
    for seed in 0..50 {
        let (one, other) = (cluster::trial(seed, by_the_paper), cluster::trial(seed, by_the_paper));
        assert_eq!(one.result, other.result);
        assert_eq!(one.run.actions, other.run.actions);
    }
}

// --- Without a rule ---

/// Measured: each within 229 runs, all but one within 33. Failures of the second half do not count here.
#[test]
fn each_safety_rule_that_is_off_is_found_within_five_hundred_runs() {
    let protects_safety = |rule: &&Rule| rule.protects() == Protects::Safety;
    for &rule in Rule::ALL.iter().filter(protects_safety) {
        let mut results = (0..500).map(|seed| cluster::trial(seed, off(rule)).result);
        let found = results.any(|result| matches!(result, Err(Failure::Unsafe(..))));
        assert!(found, "{rule:?} off went unnoticed");
    }
}

/// Measured: in 214 of 300 runs.
#[test]
fn leaders_whose_heartbeats_reset_no_timer_are_deposed() {
    let (_, failure) = first_failure(Rule::HeartbeatResetsTimer, 20).expect("it is found");
    assert!(matches!(failure, Failure::Deposed(..)), "{failure}");
}

#[test]
fn where_nobody_is_elected_that_is_found() {
    for rule in [Rule::RandomisedTimeouts, Rule::CandidateYieldsToLeader] {
        let (_, failure) = first_failure(rule, 50).unwrap_or_else(|| panic!("{rule:?} off went unnoticed"));
        assert!(matches!(failure, Failure::NoLeader(..)), "{failure}");
    }
}

// --- Failed runs as files ---

/// Whichever half they fail in, and also with as few actions as still fail.
#[test]
fn a_failed_run_is_a_small_file_that_fails_again() {
    for rule in [
        Rule::PersistVote,
        Rule::UpToDateCheck,
        Rule::HeartbeatResetsTimer,
        Rule::RandomisedTimeouts,
    ] {
        let (trial, failure) = first_failure(rule, 100).expect("it is found");
        let again = cluster::from_file(&cluster::to_file(&trial.run, "", ""));
        assert_eq!(cluster::judge(&again), Err(failure), "{rule:?}");
        let small = cluster::shrink(&trial.run);
        assert!(
            small.actions.len() <= trial.run.actions.len() / 2,
            "{rule:?}: {}",
            small.actions.len()
        );
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{rule:?}"));
        let file = cluster::write_failure(&trial, failure, &folder);
        let mut written = cluster::from_file(&fs::read_to_string(file).expect("it was written"));
        assert_eq!(written.actions, small.actions);
        assert!(cluster::judge(&written).is_err(), "{rule:?}");
        written.config.rules.set(rule, true);
        assert!(cluster::judge(&written).is_ok(), "{rule:?} is what it was about");
    }
}

/// Runs that the swarm found with a rule off, and what is broken in them: without the rule it still is.
const REGRESSIONS: [(&str, Rule, Property); 2] = [
    ("persist-vote.raft", Rule::PersistVote, Property::OneVotePerTerm),
    (
        "up-to-date-check.raft",
        Rule::UpToDateCheck,
        Property::LeaderCompleteness,
    ),
];

#[test]
fn what_failed_once_never_fails_again() {
    let folder = Path::new("tests/swarm/regressions");
    let files = fs::read_dir(folder)
        .expect("a folder of runs")
        .map(|file| file.expect("a file").path());
    let mut names = Vec::new();
    for path in files {
        let run = cluster::from_file(&fs::read_to_string(&path).expect("a run"));
        assert!(!run.config.rules.modified(), "{}", path.display());
        assert_eq!(cluster::judge(&run).err(), None, "{}", path.display());
        names.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
    }
    for (name, rule, property) in REGRESSIONS {
        assert!(names.iter().any(|other| other == name), "{name}");
        let mut run = cluster::from_file(&fs::read_to_string(folder.join(name)).expect("a run"));
        run.config.rules.set(rule, false);
        let found = cluster::judge(&run);
        assert!(
            matches!(found, Err(Failure::Unsafe(_, violation)) if violation.property == property),
            "{name}: {found:?}"
        );
    }
}

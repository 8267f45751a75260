//! The free cluster: what a visitor sees first, and clusters of all sizes.

use crate::support::{Run, S2};
use raft_playground::{
    raft::{Decision, MAX_SERVERS, Role, Rules, Term},
    scenario::{Scenario, ScenarioId},
    sim::{Config, EventKind, Micros},
};

fn opening() -> Run {
    Run::until(Micros::from_secs(60), Scenario::new(ScenarioId::Free))
}

#[test]
fn the_page_opens_with_five_servers_by_the_paper() {
    let opening = Scenario::new(ScenarioId::default());
    assert_eq!(opening.config, Config::paper(5));
    assert_eq!(opening.config.rules, Rules::PAPER);
    assert_eq!(opening.script, []);
}

#[test]
fn its_leader_appears_within_five_seconds_of_the_readers() {
    let run = opening();
    let readers = Micros(5 * run.scenario.pace.0);
    assert!(
        run.elected(Term(1)) < readers,
        "after {} s of {readers} s",
        run.elected(Term(1))
    );
}

/// The first timer runs out early, nobody else's before the votes are in, all vote for the one who asks, and it leads on.
#[test]
fn its_first_election_is_undramatic() {
    let run = opening();
    let timed_out = run.first(S2, |kind| *kind == EventKind::Decided(Decision::ElectionTimedOut));
    let early = Micros::from_millis(151)..Micros::from_millis(155);
    assert!(timed_out.is_some_and(|at| early.contains(&at)), "{timed_out:?}");
    let count = |wanted: fn(&Decision) -> bool| {
        let decisions = run.events.iter().filter_map(|event| match event.kind {
            EventKind::Decided(decision) => Some(decision),
            _ => None,
        });
        decisions.filter(wanted).count()
    };
    assert_eq!(count(|decision| *decision == Decision::ElectionTimedOut), 1);
    assert_eq!(count(|decision| matches!(decision, Decision::VoteGranted { .. })), 4);
    assert_eq!(count(|decision| matches!(decision, Decision::VoteDenied { .. })), 0);
    assert_eq!(run.leaders(), [(S2, Term(1))]);
}

#[test]
fn clusters_of_all_sizes_elect_a_leader() {
    for size in 1..=9 {
        for seed in 0..50 {
            let scenario = Scenario::free(size, seed);
            assert_eq!((scenario.config.size, scenario.seed), (size, seed));
            let run = Run::until(Micros::from_secs(5), scenario);
            assert_eq!(run.history.incidents(), [], "{size} servers, seed {seed}");
            let (leader, term) = *run
                .leaders()
                .last()
                .unwrap_or_else(|| panic!("{size} servers, seed {seed}: no leader"));
            let world = run.history.world();
            assert_eq!(
                world.server(leader).node().role(),
                Role::Leader,
                "{size} servers, seed {seed}"
            );
            for (server, _) in world.servers() {
                let node = world.server(server).node();
                assert_eq!(
                    (node.leader(), node.term()),
                    (Some(leader), term),
                    "{size} servers, seed {seed}: {server}"
                );
            }
        }
    }
    assert_eq!(MAX_SERVERS, 9);
}

#[test]
fn another_seed_is_another_run() {
    let first = |seed| Run::until(Micros::from_secs(1), Scenario::free(5, seed)).events;
    assert_ne!(first(1), first(2));
    assert_eq!(first(1), first(1));
}

//! Election timers can be set, aligned and spread.

use crate::runs::{
    S1, S2, S3, S4, S5, ms,
    recorded::{Recorded, quiet_config, timed_out},
};
use raft_playground::{
    raft::{NodeId, Role, Term, Timer},
    sim::{Action, Armed, Config, ConfigError, EventKind, Micros, Range, Refused},
};

const S6: NodeId = NodeId::new(5);

fn timer(world: &Recorded, server: NodeId) -> Armed {
    world.server(server).timer(Timer::Election).expect("it runs")
}

/// When the election timer of each server fires.
fn fire_times(world: &Recorded) -> Vec<Option<Micros>> {
    let fires_at = |id| world.server(id).timer(Timer::Election).map(|timer| timer.fires_at);
    NodeId::all(5).map(fires_at).collect()
}

/// As [`Recorded::quiet`], but with election timeouts of 10 to 14 seconds.
fn ranging() -> Recorded {
    let mut config = quiet_config();
    config.timing.election_timeout = Range::millis(10_000, 14_000);
    Recorded::new(config, 1)
}

// --- Setting one ---

#[test]
fn a_timer_that_is_set_fires_then_and_not_before() {
    let mut world = Recorded::quiet();
    world.run_to(ms(400));
    let before = world.events_so_far();
    world.act(Action::set_election_timer(S2, ms(30)));
    let kinds = world.happened(S2, before);
    let set = EventKind::TimerSet {
        timer: Timer::Election,
        fires_at: ms(430),
    };
    assert_eq!(kinds, [EventKind::Action(Action::set_election_timer(S2, ms(30))), set]);
    assert!(!timed_out(&world.run_and_watch(S2, Micros(429_999))));
    assert!(timed_out(&world.run_and_watch(S2, ms(430))));
    world.run_to(ms(500));
    assert_eq!(world.leader(), Some(S2));
}

/// The page shows the rest as a part of the duration that was drawn.
#[test]
fn a_timer_that_is_set_keeps_its_duration() {
    let mut world = Recorded::quiet();
    for server in [S2, S3, S4, S5] {
        world.act(Action::kill(server));
    }
    world.run_to(ms(15_000));
    assert_eq!(
        (timer(&world, S1).set_at, timer(&world, S1).fires_at),
        (ms(10_000), ms(20_000))
    );
    world.act(Action::set_election_timer(S1, ms(2500)));
    assert_eq!(
        (timer(&world, S1).set_at, timer(&world, S1).fires_at),
        (ms(7500), ms(17_500))
    );
}

#[test]
fn a_timer_may_be_set_beyond_its_duration() {
    let mut world = Recorded::quiet();
    world.run_to(ms(4000));
    world.act(Action::set_election_timer(S1, ms(60_000)));
    assert_eq!(
        (timer(&world, S1).set_at, timer(&world, S1).fires_at),
        (ms(4000), ms(64_000))
    );
}

#[test]
fn a_timer_that_is_set_to_nothing_fires_at_once() {
    let mut world = Recorded::quiet();
    world.run_to(ms(400));
    let before = world.events_so_far();
    world.act(Action::set_election_timer(S2, Micros::ZERO));
    assert!(timed_out(&world.happened(S2, before)));
    assert_eq!(
        (world.server(S2).node().role(), world.server(S2).node().term()),
        (Role::Candidate, Term(1))
    );
    assert_eq!(timer(&world, S2).fires_at, ms(10_400), "and starts anew");
}

#[test]
fn a_heartbeat_starts_a_timer_anew_that_was_set() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::set_election_timer(S2, ms(1500)));
    world.run_to(ms(2030));
    let timer = timer(&world, S2);
    assert_eq!(timer.fires_at - timer.set_at, ms(10_000));
}

#[test]
fn the_timers_of_the_others_stay() {
    let mut world = ranging();
    world.run_to(ms(100));
    let before = fire_times(&world);
    world.act(Action::set_election_timer(S2, ms(1)));
    let after = fire_times(&world);
    assert_eq!((&before[..1], &before[2..]), (&after[..1], &after[2..]));
}

// --- Aligning ---

#[test]
fn aligned_timers_fire_together_after_the_shortest_timeout() {
    let mut world = ranging();
    world.run_to(ms(100));
    world.act(Action::align_timers());
    assert_eq!(fire_times(&world), [Some(ms(10_100)); 5]);
    world.run_to(ms(10_100));
    for (id, server) in world.servers() {
        assert_eq!(
            (server.node().role(), server.node().voted_for()),
            (Role::Candidate, Some(id)),
            "a split vote"
        );
    }
    world.run_to(ms(10_200));
    assert_eq!(world.leader(), None);
}

#[test]
fn a_candidates_timer_is_aligned_too_and_a_leader_has_none() {
    let mut world = ranging();
    for server in [S1, S2] {
        world.act(Action::force_timeout(server));
    }
    world.run_to(ms(50));
    let leader = world.leader();
    assert_eq!(leader, Some(S1));
    world.act(Action::isolate(S2));
    world.act(Action::force_timeout(S2));
    world.act(Action::align_timers());
    let aligned = Some(ms(10_050));
    assert_eq!(fire_times(&world), [None, aligned, aligned, aligned, aligned]);
}

#[test]
fn timers_of_servers_that_do_not_run_are_left_alone() {
    let mut world = ranging();
    world.act(Action::kill(S1));
    world.act(Action::pause(S2));
    let paused = fire_times(&world)[1];
    world.act(Action::align_timers());
    let aligned = Some(ms(10_000));
    assert_eq!(fire_times(&world), [None, paused, aligned, aligned, aligned]);
    world.act(Action::spread_timers());
    assert_eq!(
        fire_times(&world),
        [None, paused, Some(ms(10_000)), Some(ms(12_000)), Some(ms(14_000))]
    );
}

// --- Spreading ---

#[test]
fn spread_timers_fire_one_after_the_other_over_the_range() {
    let mut world = ranging();
    world.run_to(ms(100));
    world.act(Action::spread_timers());
    let expected = [10_100, 11_100, 12_100, 13_100, 14_100].map(|millis| Some(ms(millis)));
    assert_eq!(fire_times(&world), expected);
    world.run_to(ms(10_200));
    assert_eq!(world.leader(), Some(S1));
}

#[test]
fn a_single_timer_is_spread_to_the_shortest_timeout() {
    let mut world = ranging();
    for server in [S1, S2, S3, S4] {
        world.act(Action::kill(server));
    }
    world.act(Action::spread_timers());
    assert_eq!(timer(&world, S5).fires_at, ms(10_000));
}

// --- Refusals ---

#[test]
fn a_timer_that_does_not_run_can_not_be_set() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::kill(S2));
    world.act(Action::pause(S3));
    for (server, rest, why) in [
        (S1, ms(1), Refused::NoElectionTimer),
        (S2, ms(1), Refused::Down),
        (S3, ms(1), Refused::Paused),
        (S6, ms(1), Refused::NoSuchServer),
        (S4, Config::LONGEST + Micros(1), Refused::Config(ConfigError::Span)),
    ] {
        world.assert_refuses(Action::set_election_timer(server, rest), why);
    }
    world.act(Action::set_election_timer(S4, Config::LONGEST));
}

#[test]
fn timers_are_not_aligned_or_spread_where_none_runs() {
    let mut world = Recorded::led_by_s1();
    for server in [S2, S3, S4] {
        world.act(Action::kill(server));
    }
    world.act(Action::pause(S5));
    for action in [Action::align_timers(), Action::spread_timers()] {
        world.assert_refuses(action, Refused::NoElectionTimers);
    }
}

//! Processes: what starting, crashing, pausing, wiping and forcing do to a server, and when they are refused.

use std::collections::BTreeSet;

use crate::runs::{
    S1, S2, S3, S4, S5, ms, random,
    recorded::{Recorded, decisions, delivered, fixed_delay, lost, quiet_config, timed_out},
};
use raft_playground::{
    raft::{Decision, HardState, LogPosition, Quorum, Role, Rules, Term, Timer},
    sim::{
        Action, Config, ConfigError, EventKind, LostWhere, Micros, Network, Process, Range, Refused, Server,
        ServerAction, Timing,
    },
};

const TIMING: Timing = Timing {
    election_timeout: Range::millis(700, 800),
    heartbeat_interval: ms(99),
};

const LOG: LogPosition = LogPosition {
    last_term: Term(3),
    last_index: 9,
};

/// Its disk holds what it wrote; rules that come later write nothing there.
#[test]
fn other_rules_leave_the_disk_of_a_server_that_is_down() {
    let mut world = Recorded::led_by_s1();
    let disk = world.disk_of(S2);
    assert_eq!((disk.current_term, disk.voted_for), (Term(1), Some(S1)));
    world.act(Action::kill(S2));
    let before = world.events_so_far();
    let mut rules = Rules::PAPER;
    (rules.persist_vote, rules.persist_term) = (false, false);
    world.act(Action::set_rules(rules));
    assert_eq!(world.disk_of(S2), disk);
    assert_eq!(world.happened(S2, before), []);
    world.act(Action::set_rules(Rules::PAPER));
    world.act(Action::start(S2));
    assert_eq!(world.server(S2).node().hard_state(), disk);
}

// --- Starting ---

#[test]
fn a_server_may_start_late() {
    let mut config = quiet_config();
    config.running.remove(S5);
    let mut world = Recorded::new(config, 1);
    world.run_to(ms(1000));
    assert_eq!(
        (world.server(S5).process(), world.server(S5).boots()),
        (Process::Down, 0)
    );
    assert!(
        world.record.events.iter().all(|event| event.server != Some(S5)),
        "nothing happens there"
    );
    let before = world.events_so_far();
    world.act(Action::start(S5));
    let timer = world.server(S5).timer(Timer::Election).expect("it waits for a leader");
    assert_eq!((timer.set_at, timer.fires_at), (ms(1000), ms(11_000)));
    let set = EventKind::TimerSet {
        timer: Timer::Election,
        fires_at: ms(11_000),
    };
    let kinds = [
        EventKind::Action(Action::start(S5)),
        EventKind::Decided(Decision::Started),
        set,
    ];
    assert_eq!(world.happened(S5, before), kinds);
    assert_eq!(world.server(S5).boots(), 1);
}

#[test]
fn a_server_starts_with_the_log_that_its_configuration_gives_it() {
    let mut config = quiet_config();
    config.logs[1] = LOG;
    let world = Recorded::new(config, 1);
    assert_eq!(
        (
            world.disk_of(S2).last_log,
            world.server(S2).node().hard_state().last_log
        ),
        (LOG, LOG)
    );
    assert_eq!(world.disk_of(S1).last_log, LogPosition::default());
}

// --- Crashing ---

#[test]
fn a_crash_keeps_the_disk_and_nothing_else() {
    let mut world = Recorded::led_by_s1();
    let disk = world.disk_of(S1);
    assert_eq!((disk.current_term, disk.voted_for), (Term(1), Some(S1)));
    world.act(Action::kill(S1));
    let server = world.server(S1);
    assert_eq!((server.process(), server.disk()), (Process::Down, disk));
    assert_eq!(
        (server.timer(Timer::Election), server.timer(Timer::Heartbeat)),
        (None, None)
    );
    assert_eq!(world.leader(), None);
    world.run_to(ms(5000));
    world.act(Action::start(S1));
    let node = world.server(S1).node();
    assert_eq!(
        (node.role(), node.hard_state(), node.leader()),
        (Role::Follower, disk, None)
    );
    assert!(node.votes().is_empty());
    assert_eq!(world.server(S1).boots(), 2);
}

#[test]
fn a_crashed_server_does_nothing() {
    let mut world = Recorded::quiet();
    world.act(Action::kill(S2));
    let there = world.run_and_watch(S2, ms(60_000));
    assert!(
        there.iter().all(|kind| matches!(kind, EventKind::Lost { .. })),
        "{there:?}"
    );
}

#[test]
fn the_disk_is_what_was_written_last() {
    for seed in 0..200 {
        let (world, record) = random::wild(seed).make();
        let mut disks = world.config().logs.map(|last_log| HardState {
            last_log,
            ..HardState::default()
        });
        let mut running = [false; 9];
        for event in &record.events {
            let Some(index) = event.server.map(|server| server.index()) else {
                continue;
            };
            match event.kind {
                EventKind::Persisted(state) => disks[index] = state,
                EventKind::Action(Action::Server(_, ServerAction::WipeDisk)) => {
                    (disks[index], running[index]) = (HardState::default(), false);
                }
                EventKind::Action(Action::Server(_, ServerAction::SetLog(log))) if !running[index] => {
                    disks[index].last_log = log;
                }
                EventKind::Action(Action::Server(_, ServerAction::Start)) => running[index] = true,
                EventKind::Action(Action::Server(_, ServerAction::Kill)) => running[index] = false,
                _ => {}
            }
        }
        for (id, server) in world.servers() {
            assert_eq!(server.disk(), disks[id.index()], "seed {seed}, {id}");
            assert_eq!(
                server.process() != Process::Down,
                running[id.index()],
                "seed {seed}, {id}"
            );
        }
    }
}

// --- Pausing ---

#[test]
fn a_paused_process_keeps_its_memory_and_does_not_run() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::pause(S1));
    let node = world.server(S1).node().clone();
    let timer = world.server(S1).timer(Timer::Heartbeat);
    let there = world.run_and_watch(S1, ms(9000));
    assert_eq!(there, [], "its heartbeats stay away");
    assert_eq!(
        (world.server(S1).node(), world.server(S1).timer(Timer::Heartbeat)),
        (&node, timer)
    );
    assert_eq!(world.leader(), Some(S1), "it still believes to lead");
}

#[test]
fn what_arrives_at_a_paused_process_waits_and_is_handled_in_order_when_it_goes_on() {
    let mut world = Recorded::quiet();
    world.act(Action::pause(S1));
    world.act(Action::force_timeout(S3));
    world.run_to(ms(2));
    world.act(Action::force_timeout(S2));
    let there = world.run_and_watch(S1, ms(12));
    assert!(
        there.iter().all(|kind| matches!(kind, EventKind::Held { .. })),
        "{there:?}"
    );
    let waiting: Vec<_> = world.server(S1).inbox().iter().map(|flight| flight.from()).collect();
    assert_eq!(waiting, [S3, S2]);
    world.run_to(ms(50));
    let before = world.events_so_far();
    world.act(Action::resume(S1));
    let handled = world.happened(S1, before);
    let from: Vec<_> = delivered(&handled).iter().map(|&(from, _)| from).take(2).collect();
    assert_eq!(from, [S3, S2]);
    assert_eq!(world.server(S1).node().voted_for(), Some(S3));
    assert_eq!(world.server(S1).inbox(), []);
    assert_eq!(world.server(S1).process(), Process::Running);
}

#[test]
fn a_timer_that_ran_out_in_a_pause_fires_when_it_ends() {
    let mut world = Recorded::quiet();
    for server in [S2, S3, S4, S5] {
        world.act(Action::kill(server));
    }
    world.act(Action::pause(S1));
    world.run_to(ms(30_000));
    let before = world.events_so_far();
    world.act(Action::resume(S1));
    let fired = world.happened(S1, before);
    assert_eq!(fired.iter().filter(|kind| timed_out(&[**kind])).count(), 1, "{fired:?}");
    let timer = world.server(S1).timer(Timer::Election).expect("it runs anew");
    assert_eq!((timer.set_at, timer.fires_at), (ms(30_000), ms(40_000)));
    assert_eq!(
        world.next_instant(),
        Some(ms(30_010)),
        "nothing is left to happen at this instant"
    );
}

#[test]
fn a_timer_that_still_runs_when_a_pause_ends_fires_when_it_would_have() {
    let mut world = Recorded::quiet();
    world.act(Action::pause(S1));
    world.run_to(ms(9999));
    world.act(Action::resume(S1));
    assert!(!timed_out(&world.happened(S1, 0)));
    let there = world.run_and_watch(S1, ms(10_000));
    assert!(timed_out(&there));
}

#[test]
fn a_waiting_heartbeat_is_read_before_a_timer_that_ran_out() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::pause(S2));
    world.run_to(ms(12_000));
    let timer = world.server(S2).timer(Timer::Election).expect("it runs");
    assert!(timer.fires_at < ms(12_000), "overdue");
    let before = world.events_so_far();
    world.act(Action::resume(S2));
    assert!(!timed_out(&world.happened(S2, before)));
    assert_eq!(world.server(S2).node().role(), Role::Follower);
    assert_eq!(world.server(S2).node().leader(), Some(S1));
}

#[test]
fn a_paused_process_buffers_so_many_messages_and_no_more() {
    let mut config = quiet_config();
    config.size = 2;
    config.running = [S1, S2].into_iter().collect();
    config.timing.heartbeat_interval = ms(1);
    let mut world = Recorded::new(config, 1);
    world.act(Action::force_timeout(S1));
    world.run_to(ms(100));
    assert_eq!(world.leader(), Some(S1));
    world.act(Action::pause(S2));
    let there = world.run_and_watch(S2, ms(100 + Server::INBOX as u64 + 3));
    let held = there
        .iter()
        .filter(|kind| matches!(kind, EventKind::Held { .. }))
        .count();
    assert_eq!((held, lost(&there)), (Server::INBOX, vec![LostWhere::Buffer; 3]));
    assert_eq!(world.server(S2).inbox().len(), Server::INBOX);
}

#[test]
fn a_crash_in_a_pause_loses_what_was_waiting() {
    let mut world = Recorded::quiet();
    world.act(Action::pause(S1));
    world.act(Action::force_timeout(S2));
    world.act(Action::force_timeout(S3));
    world.run_to(ms(10));
    let before = world.events_so_far();
    world.act(Action::kill(S1));
    assert_eq!(lost(&world.happened(S1, before)), [LostWhere::Buffer; 2]);
    world.act(Action::start(S1));
    assert_eq!(world.server(S1).node().voted_for(), None);
    assert_eq!(world.server(S1).inbox(), []);
}

// --- Wiping ---

#[test]
fn a_wiped_server_is_down_and_has_a_blank_disk() {
    let mut config = quiet_config();
    config.logs[0] = LOG;
    let mut world = Recorded::new(config, 1);
    world.act(Action::force_timeout(S1));
    world.act(Action::wipe_disk(S1));
    assert_eq!(
        (world.server(S1).process(), world.disk_of(S1)),
        (Process::Down, HardState::default())
    );
    world.act(Action::start(S1));
    assert_eq!(world.server(S1).node().hard_state(), HardState::default());
}

#[test]
fn a_disk_can_be_wiped_while_the_server_is_down() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::kill(S2));
    world.act(Action::wipe_disk(S2));
    world.act(Action::start(S2));
    assert_eq!(world.server(S2).node().hard_state(), HardState::default());
}

#[test]
fn a_disk_counts_as_wiped_until_something_is_written() {
    let mut world = Recorded::led_by_s1();
    assert!(!world.server(S2).wiped());
    world.act(Action::kill(S2));
    assert!(!world.server(S2).wiped(), "a crash is no wiped disk");
    world.act(Action::wipe_disk(S2));
    assert!(world.server(S2).wiped());
    world.act(Action::start(S2));
    assert!(world.server(S2).wiped(), "it has nothing to write yet");
    world.run_to(ms(2030));
    assert!(!world.server(S2).wiped(), "it has written the leader's term");
    world.act(Action::wipe_disk(S2));
    assert!(world.server(S2).wiped(), "and again");
}

#[test]
fn a_log_that_is_set_is_written_to_the_wiped_disk() {
    let mut world = Recorded::quiet();
    world.act(Action::wipe_disk(S2));
    world.act(Action::set_log(S2, LOG));
    assert_eq!((world.server(S2).wiped(), world.disk_of(S2).last_log), (false, LOG));
}

#[test]
fn what_new_rules_make_a_server_write_is_written_to_the_wiped_disk() {
    let mut config = quiet_config();
    (config.rules.persist_vote, config.rules.persist_term) = (false, false);
    let mut world = Recorded::new(config, 1);
    world.act(Action::wipe_disk(S2));
    world.act(Action::start(S2));
    world.act(Action::force_timeout(S2));
    assert!(world.server(S2).wiped(), "its term and its vote are not persisted");
    world.act(Action::set_rules(Rules::PAPER));
    assert_eq!(
        (world.server(S2).wiped(), world.disk_of(S2).voted_for),
        (false, Some(S2))
    );
}

/// A wiped disk is blank in any run, whoever wiped it and whatever was done since.
#[test]
fn a_wiped_disk_is_blank() {
    let mut seen = 0;
    for seed in 0..300 {
        for (id, server) in random::wild(seed).make().0.servers() {
            if server.wiped() {
                assert_eq!(server.disk(), HardState::default(), "seed {seed}, {id}");
                seen += 1;
            }
        }
    }
    assert!(seen > 30, "{seen}");
}

// --- Forcing a timeout ---

#[test]
fn a_forced_timeout_happens_at_once_and_replaces_the_timer() {
    let mut world = Recorded::quiet();
    world.run_to(ms(400));
    world.act(Action::force_timeout(S3));
    assert_eq!(world.server(S3).node().role(), Role::Candidate);
    assert_eq!(world.server(S3).node().term(), Term(1));
    for server in [S1, S2, S4, S5] {
        world.act(Action::kill(server));
    }
    let there = world.run_and_watch(S3, ms(10_399));
    assert!(!timed_out(&there), "the timer of its start is gone");
    let there = world.run_and_watch(S3, ms(10_400));
    assert!(timed_out(&there));
}

// --- Moving a log ---

#[test]
fn a_running_server_writes_its_new_log_position_and_a_crashed_one_just_has_it() {
    let mut world = Recorded::quiet();
    world.act(Action::kill(S2));
    world.act(Action::set_log(S1, LOG));
    world.act(Action::set_log(S2, LOG));
    assert_eq!((world.disk_of(S1).last_log, world.disk_of(S2).last_log), (LOG, LOG));
    world.act(Action::start(S2));
    assert_eq!(world.server(S2).node().hard_state().last_log, LOG);
    assert!(decisions(&world.happened(S1, 0)).contains(&Decision::LogMoved(LOG)));
}

// --- Changing the set-up ---

#[test]
fn new_timing_counts_from_the_next_start_of_each_timer() {
    let mut world = Recorded::led_by_s1();
    let (election, heartbeat) = (
        world.server(S2).timer(Timer::Election),
        world.server(S1).timer(Timer::Heartbeat),
    );
    world.act(Action::set_timing(TIMING));
    assert_eq!(world.server(S2).timer(Timer::Election), election);
    assert_eq!(world.server(S1).timer(Timer::Heartbeat), heartbeat);
    assert_eq!(world.config().timing, TIMING);
    world.run_to(ms(2040));
    let beat = world.server(S1).timer(Timer::Heartbeat).expect("it leads");
    assert_eq!(beat.fires_at - beat.set_at, ms(99));
    let wait = world.server(S2).timer(Timer::Election).expect("it follows");
    assert!((ms(700)..=ms(800)).contains(&(wait.fires_at - wait.set_at)));
}

#[test]
fn new_rules_hold_for_all_servers_running_or_not() {
    let mut world = Recorded::quiet();
    world.act(Action::kill(S2));
    let mut rules = Rules::PAPER;
    rules.quorum = Quorum::Votes(1);
    world.act(Action::set_rules(rules));
    assert_eq!(world.config().rules, rules);
    world.act(Action::start(S2));
    for server in [S1, S2] {
        world.act(Action::force_timeout(server));
        assert_eq!(
            world.server(server).node().role(),
            Role::Leader,
            "{server} needs one vote"
        );
    }
}

/// Else a server would forget a vote in a crash although all rules are the paper's by then.
#[test]
fn when_votes_are_persisted_again_so_are_those_given_before() {
    let mut config = quiet_config();
    config.rules.persist_vote = false;
    let mut world = Recorded::new(config, 1);
    world.act(Action::pause(S4));
    world.act(Action::kill(S5));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(100));
    assert_eq!((world.disk_of(S1).voted_for, world.disk_of(S2).voted_for), (None, None));
    let before = world.events_so_far();
    world.act(Action::set_rules(Rules::PAPER));
    for server in [S1, S2, S3] {
        assert_eq!(world.disk_of(server), world.server(server).node().hard_state());
        assert_eq!(
            world.happened(server, before),
            [EventKind::Persisted(world.disk_of(server))]
        );
    }
    for server in [S4, S5] {
        assert_eq!(world.happened(server, before), [], "it has nothing to write");
    }
}

#[test]
fn under_the_rules_on_persistence_a_disk_holds_what_its_server_knows() {
    for seed in 0..300 {
        let world = random::wild(seed).make().0;
        let rules = world.config().rules;
        if rules.persist_term && rules.persist_vote {
            for (id, server) in world.servers() {
                assert_eq!(server.disk(), server.node().hard_state(), "seed {seed}, {id}");
            }
        }
    }
}

#[test]
fn without_randomness_every_timeout_is_the_shortest() {
    let mut config = Config::paper(5);
    config.rules.randomised_timeouts = false;
    let world = Recorded::new(config, 1);
    for (id, server) in world.servers() {
        assert_eq!(
            server.timer(Timer::Election).map(|timer| timer.fires_at),
            Some(ms(150)),
            "{id}"
        );
    }
}

// --- Refusals ---

#[test]
fn what_makes_no_sense_is_refused_and_changes_nothing() {
    let mut config = quiet_config();
    config.size = 4;
    config.running.remove(S5);
    let mut world = Recorded::new(config, 1);
    world.act(Action::kill(S2));
    world.act(Action::pause(S3));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(500));
    world.act(Action::start(S2));
    world.run_to(ms(2500));
    world.act(Action::kill(S2));
    assert_eq!(world.leader(), None, "two votes of four are no majority");
    world.act(Action::resume(S3));
    world.run_to(ms(2600));
    world.act(Action::pause(S3));
    let leads = world.leader();
    let mut refused = refusals().to_vec();
    refused.extend(leads.map(|leader| (Action::force_timeout(leader), Refused::NoElectionTimer)));
    assert_eq!(leads, Some(S1));
    for (action, why) in refused {
        world.assert_refuses(action, why);
    }
}

/// What can't be done to a cluster of four in which S1 leads, S2 is down and S3 is paused.
fn refusals() -> [(Action, Refused); 16] {
    let short = Range {
        min: Micros(0),
        max: Micros(5),
    };
    let timing = |election_timeout| {
        Action::set_timing(Timing {
            election_timeout,
            ..TIMING
        })
    };
    let network = |delay, loss_permille| {
        Action::set_network(Network {
            loss_permille,
            ..Network::delaying(delay)
        })
    };
    [
        (Action::start(S1), Refused::Running),
        (Action::start(S3), Refused::Running),
        (Action::start(S5), Refused::NoSuchServer),
        (Action::wipe_disk(S5), Refused::NoSuchServer),
        (Action::kill(S2), Refused::Down),
        (Action::pause(S2), Refused::Down),
        (Action::resume(S2), Refused::Down),
        (Action::force_timeout(S2), Refused::Down),
        (Action::pause(S3), Refused::Paused),
        (Action::force_timeout(S3), Refused::Paused),
        (Action::set_log(S3, LOG), Refused::Paused),
        (Action::resume(S1), Refused::NotPaused),
        (timing(short), Refused::Config(ConfigError::Span)),
        (timing(Range::millis(9, 8)), Refused::Config(ConfigError::Range)),
        (network(Range::millis(9, 8), 0), Refused::Config(ConfigError::Range)),
        (network(fixed_delay(1).delay, 1001), Refused::Config(ConfigError::Share)),
    ]
}

#[test]
fn each_refusal_says_why() {
    let reasons: BTreeSet<String> = refusals().iter().map(|(_, why)| why.to_string()).collect();
    let kinds: BTreeSet<String> = refusals().iter().map(|(_, why)| format!("{why:?}")).collect();
    assert_eq!(reasons.len(), kinds.len());
    assert!(reasons.iter().all(|reason| reason.len() > 10), "{reasons:?}");
}

#[test]
fn a_configuration_that_cannot_be_is_refused() {
    let with = |change: fn(&mut Config)| {
        let mut config = Config::paper(5);
        change(&mut config);
        config.validate()
    };
    assert_eq!(with(|_| {}), Ok(()));
    assert_eq!(with(|config| config.size = 0), Err(ConfigError::Size));
    assert_eq!(with(|config| config.size = 10), Err(ConfigError::Size));
    assert_eq!(with(|config| config.size = 4), Err(ConfigError::Running), "S5 starts");
    assert_eq!(
        with(|config| config.timing.heartbeat_interval = Micros(0)),
        Err(ConfigError::Span)
    );
    assert_eq!(
        with(|config| config.network.delay.max = Config::LONGEST + Micros(1)),
        Err(ConfigError::Span)
    );
    assert_eq!(
        with(|config| config.network.loss_permille = 1001),
        Err(ConfigError::Share)
    );
    assert_eq!(
        with(|config| config.timing.election_timeout = Range::millis(2, 1)),
        Err(ConfigError::Range)
    );
}

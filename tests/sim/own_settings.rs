//! Servers and links that have something of their own: it takes effect where they are, and nowhere else.

use crate::runs::{
    Digest, Run, S1, S2, S3, S4, S5, ms,
    random::uneven,
    recorded::{Recorded, fixed_delay, quiet_config},
};
use raft_playground::{
    raft::{Decision, DeniedVote, Message, NodeId, Rules, Term, Timer},
    sim::{
        Action, Config, ConfigError, Event, EventId, EventKind, LostWhere, Micros, Network, OwnSetting, OwnSettings,
        Process, Range, Refused, Timing,
    },
};

/// How long each timer of a server runs that is started from then on, in order.
fn durations(events: &[Event], server: NodeId, timer: Timer) -> Vec<Micros> {
    let own = events.iter().filter(|event| event.server == Some(server));
    let set = own.filter_map(|event| match event.kind {
        EventKind::TimerSet { timer: set, fires_at } if set == timer => Some(fires_at - event.at),
        _ => None,
    });
    set.collect()
}

/// How long each message from one server to another takes that arrives.
fn delays(events: &[Event], from: NodeId, to: NodeId) -> Vec<Micros> {
    let arrived = events.iter().filter(|event| event.server == Some(to));
    let took = arrived.filter_map(|event| match event.kind {
        EventKind::Delivered { from: sender, .. } if sender == from => {
            let sent = usize::try_from(event.cause.expect("it was sent").0).expect("a short run");
            Some(event.at - events[sent].at)
        }
        _ => None,
    });
    took.collect()
}

/// Ten seconds of the paper's cluster in which this is set from the start.
fn with(settings: &[Action]) -> Vec<Event> {
    let run = Run {
        config: Config::paper(5),
        seed: 3,
        actions: settings
            .iter()
            .map(|action| (Micros::ZERO, *action))
            .chain([(ms(1), Action::force_timeout(S1))])
            .collect(),
        end: Micros::from_secs(10),
    };
    run.make().1.events
}

fn within(times: &[Micros], range: Range) -> bool {
    !times.is_empty() && times.iter().all(|time| (range.min..=range.max).contains(time))
}

// --- Servers ---

#[test]
fn a_server_has_its_own_election_timeout_from_the_start() {
    let own = Range::millis(600, 900);
    let events = with(&[Action::set_server(S1, OwnSetting::election_timeout(own))]);
    let first = durations(&events, S1, Timer::Election);
    // The timer that was started before it was known is started again, at the same instant and by the same luck.
    assert!(!within(&first[..1], own) && within(&first[1..], own), "{first:?}");
    let (drawn, again) = (first[0] - ms(150), first[1] - ms(600));
    assert_eq!(again.0 / 2000, drawn.0 / 1000, "{first:?}");
    for other in [S2, S3, S4, S5] {
        assert!(within(
            &durations(&events, other, Timer::Election),
            Range::millis(150, 300)
        ));
    }
}

#[test]
fn a_server_has_its_own_heartbeat_interval() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::set_server(S1, OwnSetting::heartbeat_interval(ms(300))));
    world.act(Action::set_server(S2, OwnSetting::heartbeat_interval(ms(70))));
    // The timer that runs is not changed.
    let before = world.events_so_far();
    world.run_to(ms(2009));
    assert_eq!(durations(&world.record.events[before..], S1, Timer::Heartbeat), []);
    world.run_to(ms(4000));
    let intervals = durations(&world.record.events[before..], S1, Timer::Heartbeat);
    assert!(
        intervals.len() > 5 && within(&intervals, Range::millis(300, 300)),
        "{intervals:?}"
    );
}

#[test]
fn by_a_clock_all_timers_of_a_server_run_slow_or_fast() {
    let mut config = Config::paper(5);
    config.rules = Rules::PAPER;
    (config.rules.leader_stickiness, config.rules.check_quorum) = (true, true);
    let run = |rate: Option<u16>| {
        let own = rate.map(|rate| (Micros::ZERO, Action::set_server(S1, OwnSetting::clock(rate))));
        let lead = (ms(1), Action::force_timeout(S1));
        let run = Run {
            config,
            seed: 3,
            actions: own.into_iter().chain([lead]).collect(),
            end: Micros::from_secs(2),
        };
        run.make().1.events
    };
    let [usual, fast, slow] = [run(None), run(Some(2000)), run(Some(500))];
    for timer in Timer::ALL {
        let [usual, fast, slow] = [&usual, &fast, &slow].map(|events| durations(events, S1, timer));
        if timer == Timer::Election {
            // Each is drawn; the first timer is started anew.
            let twice = usual[0].0.abs_diff(fast[1].0 * 2);
            assert!(
                twice <= 2 && usual[0].0.abs_diff(slow[1].0 / 2) <= 2,
                "{usual:?} {fast:?} {slow:?}"
            );
        } else if let (Some(usual), Some(fast), Some(slow)) = (usual.first(), fast.first(), slow.first()) {
            assert_eq!((usual.0, usual.0), (fast.0 * 2, slow.0 / 2), "{timer:?}");
        }
    }
    assert!(!durations(&usual, S1, Timer::CheckQuorum).is_empty());
    // No other server feels it.
    for events in [&fast, &slow] {
        assert!(within(&durations(events, S2, Timer::Election), Range::millis(150, 300)));
    }
}

#[test]
fn only_what_was_started_at_this_instant_is_started_again() {
    let mut config = quiet_config();
    config.timing.election_timeout = Range::millis(10_000, 14_000);
    let mut world = Recorded::new(config, 1);
    let own = OwnSetting::election_timeout(Range::millis(100, 100));
    world.act(Action::set_election_timer(S2, ms(7)));
    world.run_to(ms(1));
    let before = world.clone();
    for server in [S1, S2] {
        world.act(Action::set_server(server, own));
        let timers = [&before, &world].map(|world| world.server(server).timer(Timer::Election));
        assert_eq!(timers[0], timers[1]);
    }
}

#[test]
fn timers_are_aligned_and_spread_over_what_any_server_has() {
    let own = Action::set_server(S4, OwnSetting::election_timeout(Range::millis(6000, 18_000)));
    let fires_at = |action| {
        let mut world = Recorded::quiet();
        world.act(own);
        world.run_to(ms(500));
        world.act(action);
        let timers = NodeId::all(5).map(|id| world.server(id).timer(Timer::Election).expect("it waits"));
        timers
            .map(|timer| (timer.fires_at - ms(500)).0 / 1000)
            .collect::<Vec<_>>()
    };
    assert_eq!(fires_at(Action::align_timers()), [6000; 5]);
    assert_eq!(fires_at(Action::spread_timers()), [6000, 9000, 12_000, 15_000, 18_000]);
}

/// S1 stands first; the others outrank it, also those that have crashed meanwhile, until they have the cluster's priority again.
#[test]
fn a_server_of_a_lower_priority_gets_no_vote_of_those_above_it() {
    let others = [S2, S3, S4, S5].map(|server| Action::set_server(server, OwnSetting::priority(1)));
    let lower = DeniedVote::LowerPriority;
    let refusals = |events: &[Event]| -> Vec<_> {
        let denied = events.iter().filter(
            |event| matches!(event.kind, EventKind::Decided(Decision::VoteDenied { to: S1, why, .. }) if why == lower),
        );
        denied.filter_map(|event| event.server).collect()
    };
    let events = with(&others);
    let refused = refusals(&events);
    assert!(
        [S2, S3, S4, S5].iter().all(|server| refused.contains(server)),
        "{refused:?}"
    );
    let winners = events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. })));
    assert!(winners.clone().count() > 0 && winners.clone().all(|event| event.server != Some(S1)));
    let restarted = [Action::kill(S2), Action::start(S2)];
    let again: Vec<_> = others.into_iter().chain(restarted).collect();
    assert!(refusals(&with(&again)).contains(&S2), "a crash does not change it");
    let back = [S2, S3, S4, S5].map(|server| Action::set_server(server, OwnSetting::as_cluster()));
    let given_back: Vec<_> = others.into_iter().chain(back).collect();
    assert_eq!(refusals(&with(&given_back)), []);
}

// --- Links ---

#[test]
fn a_link_has_its_own_delay_in_one_direction() {
    let own = Range::millis(40, 45);
    let events = with(&[Action::set_link(S1, S4, OwnSetting::delay(own))]);
    assert!(within(&delays(&events, S1, S4), own));
    for (from, to) in [(S4, S1), (S1, S2), (S2, S4)] {
        let delays = delays(&events, from, to);
        assert!(
            delays.is_empty() || within(&delays, Range::millis(5, 10)),
            "{from}>{to}"
        );
    }
}

#[test]
fn a_link_has_its_own_losses_copies_and_order() {
    let kinds = |setting: Option<OwnSetting>, to| {
        let mut world = Recorded::led_by_s1();
        if let Some(setting) = setting {
            world.act(Action::set_link(S1, S2, setting));
        }
        let before = world.events_so_far();
        world.run_to(ms(2500));
        let events = &world.record.events[before..];
        let count = |is: &dyn Fn(&EventKind) -> bool| events.iter().filter(|event| is(&event.kind)).count();
        (
            count(&|kind| matches!(kind, EventKind::Delivered { from: S1, .. })),
            count(&|kind| {
                matches!(
                    kind,
                    EventKind::Lost {
                        from: S1,
                        place: LostWhere::Network,
                        ..
                    }
                )
            }),
            count(&|kind| {
                *kind
                    == EventKind::Duplicated {
                        to,
                        waits: Micros::ZERO,
                        message: heartbeat(),
                    }
            }),
        )
    };
    assert_eq!(kinds(None, S2), (4, 0, 0));
    assert_eq!(kinds(Some(OwnSetting::loss(1000)), S2), (3, 1, 0));
    assert_eq!(kinds(Some(OwnSetting::duplication(1000)), S2), (5, 0, 1));
    assert_eq!(kinds(Some(OwnSetting::duplication(1000)), S3), (5, 0, 0));
    let mut world = Recorded::led_by_s1();
    world.act(Action::set_link(S1, S2, OwnSetting::reordering(1000)));
    world.run_to(ms(2500));
    let late = delays(&world.record.events, S1, S2);
    assert!(late.last() > Some(&ms(19)) && late.last() <= Some(&ms(40)), "{late:?}");
}

const fn heartbeat() -> Message {
    Message::AppendEntries { term: Term(1) }
}

/// What is lost where a link loses everything is lost by the network: its link is not cut.
#[test]
fn a_cut_link_keeps_what_it_has_of_its_own() {
    let mut world = Recorded::led_by_s1();
    world.act(Action::set_link(S1, S2, OwnSetting::delay(Range::millis(30, 30))));
    world.act(Action::isolate(S2));
    world.act(Action::heal_all());
    world.run_to(ms(2500));
    assert_eq!(delays(&world.record.events, S1, S2).last(), Some(&ms(30)));
}

// --- How long it lasts ---

#[test]
fn neither_a_crash_nor_a_setting_of_the_cluster_changes_it() {
    let mut world = Recorded::led_by_s1();
    let (timeout, delay) = (Range::millis(600, 600), Range::millis(30, 30));
    world.act(Action::set_server(S2, OwnSetting::election_timeout(timeout)));
    world.act(Action::set_link(S2, S3, OwnSetting::delay(delay)));
    for action in [Action::kill(S2), Action::wipe_disk(S2), Action::start(S2)] {
        world.act(action);
    }
    let config = Config::paper(5);
    world.act(Action::set_timing(config.timing));
    world.act(Action::set_network(fixed_delay(3)));
    world.act(Action::set_rules(Rules::PAPER));
    assert_eq!(
        world.timing_of(S2),
        Timing {
            election_timeout: timeout,
            ..config.timing
        }
    );
    assert_eq!(world.network_of(S2, S3), Network::delaying(delay));
    assert_eq!(world.timing_of(S1), config.timing);
    assert_eq!(world.network_of(S3, S2), fixed_delay(3));
    assert_eq!(world.extremes().0.election_timeout, Range::millis(150, 600));
    assert_eq!(world.extremes().1.delay, Range::millis(3, 30));
    // A word gives it back.
    world.act(Action::set_server(S2, OwnSetting::as_cluster()));
    world.act(Action::set_link(S2, S3, OwnSetting::as_cluster()));
    assert_eq!(*world.own(), OwnSettings::default());
    assert_eq!(world.extremes(), (config.timing, fixed_delay(3)));
}

/// Also to a server that is down or paused: it is not the process that has it.
#[test]
fn it_can_be_set_at_any_time_if_it_can_be_meant() {
    let mut world = Recorded::quiet();
    world.act(Action::kill(S1));
    world.act(Action::pause(S2));
    for server in [S1, S2] {
        world.act(Action::set_server(server, OwnSetting::clock(1500)));
    }
    assert_eq!(world.server(S1).process(), Process::Down);
    let none = NodeId::new(5);
    for (action, why) in [
        (
            Action::set_server(none, OwnSetting::as_cluster()),
            Refused::NoSuchServer,
        ),
        (
            Action::set_link(S1, none, OwnSetting::as_cluster()),
            Refused::NoSuchServer,
        ),
        (Action::set_link(S1, S1, OwnSetting::as_cluster()), Refused::NoSuchLink),
        (
            Action::set_server(S1, OwnSetting::clock(0)),
            Refused::Config(ConfigError::Clock),
        ),
        (
            Action::set_server(S1, OwnSetting::disk_write(ms(1001))),
            Refused::Config(ConfigError::DiskWrite),
        ),
        (
            Action::set_server(S1, OwnSetting::priority(10)),
            Refused::Config(ConfigError::Priority),
        ),
        (
            Action::set_link(S1, S2, OwnSetting::priority(1)),
            Refused::Config(ConfigError::Range),
        ),
        (
            Action::set_link(S1, S2, OwnSetting::disk_write(ms(1))),
            Refused::Config(ConfigError::Range),
        ),
        (
            Action::set_server(S1, OwnSetting::election_timeout(Range::millis(2, 1))),
            Refused::Config(ConfigError::Range),
        ),
        (
            Action::set_link(S1, S2, OwnSetting::loss(1001)),
            Refused::Config(ConfigError::Share),
        ),
    ] {
        world.assert_refuses(action, why);
    }
}

// --- The same again ---

/// Who has what the cluster has draws the same luck as who has nothing.
#[test]
fn what_is_as_in_the_cluster_changes_nothing() {
    let Config { timing, network, .. } = Config::paper(5);
    let mut settings = Vec::new();
    for server in NodeId::all(5) {
        settings.push(Action::set_server(
            server,
            OwnSetting::election_timeout(timing.election_timeout),
        ));
        settings.push(Action::set_server(server, OwnSetting::clock(1000)));
        settings.push(Action::set_server(server, OwnSetting::disk_write(Micros::ZERO)));
        settings.push(Action::set_server(server, OwnSetting::priority(4)));
        for other in NodeId::all(5).filter(|other| *other != server) {
            settings.push(Action::set_link(server, other, OwnSetting::delay(network.delay)));
        }
    }
    let plain = |events: Vec<Event>| -> Vec<_> {
        let others = events
            .into_iter()
            .filter(|event| !matches!(event.kind, EventKind::Action(_)));
        others.map(|event| (event.at, event.server, event.kind)).collect()
    };
    assert_eq!(plain(with(&[])), plain(with(&settings)));
}

#[test]
fn a_run_is_the_same_however_it_is_come_to() {
    let digest = |events: &mut dyn Iterator<Item = Event>| {
        let mut digest = Digest::default();
        events.for_each(|event| digest.add(&event));
        digest.value()
    };
    let mut own = 0;
    for seed in 0..150 {
        let run = uneven(seed);
        let (world, record) = run.make();
        own += usize::from(!world.own().is_empty());
        let mut history = run.history();
        for at in [run.end, ms(300), run.end, Micros(run.end.0 / 2), run.end] {
            history.seek(at);
        }
        assert!(*history.world() == world, "seed {seed}");
        let events: Vec<_> = history
            .trace()
            .range(EventId(0), history.world().next_event())
            .copied()
            .collect();
        assert_eq!(
            digest(&mut events.into_iter()),
            digest(&mut record.events.into_iter()),
            "seed {seed}"
        );
        // Without one of them it is the run in which that one was never done.
        let places = history.journal(history.current()).iter();
        let mut places = places.enumerate().filter(|(_, entry)| entry.action.is_own_setting());
        if let Some((place, _)) = places.next() {
            history.fork_without(place);
            history.seek(run.end);
            let mut without = run.clone();
            without.actions.remove(place);
            assert!(*history.world() == without.make().0, "seed {seed}");
        }
    }
    assert!(own > 100, "{own}");
}

/// Every server keeps the times that it has, whatever else happens.
#[test]
fn timers_and_delays_are_those_that_are_in_force() {
    let (mut delays, mut timers, mut waited) = (0, 0, 0);
    for seed in 0..60 {
        let run = uneven(seed);
        let mut world = Recorded::new(run.config, run.seed);
        for &(at, action) in &run.actions {
            world.run_to(at);
            let _ = world.try_act(action);
        }
        // From then on nothing is done.
        let since = world.events_so_far();
        world.run_to(world.now() + ms(1000));
        for event in &world.record.events[since..] {
            match (event.kind, event.server) {
                (EventKind::TimerSet { timer, fires_at }, Some(server)) => {
                    let timing = world.timing_of(server);
                    let (span, range) = (fires_at - event.at, timing.election_timeout);
                    match timer {
                        Timer::Heartbeat => assert_eq!(span, timing.heartbeat_interval),
                        Timer::Election => assert!((range.min..=range.max).contains(&span)),
                        Timer::RecentLeader | Timer::CheckQuorum => assert_eq!(span, range.min),
                    }
                    timers += 1;
                }
                (EventKind::Delivered { from, .. }, Some(to)) => {
                    let sent = usize::try_from(event.cause.expect("it was sent").0).expect("a short run");
                    let network = world.network_of(from, to);
                    let paused = world.server(to).process() != Process::Running;
                    if let EventKind::Sent { waits, .. } = world.record.events[sent].kind
                        && sent >= since
                        && !paused
                    {
                        let longest = network.delay.max + network.held_back().max;
                        let span = event.at - (world.record.events[sent].at + waits);
                        waited += usize::from(waits > Micros::ZERO);
                        assert!((network.delay.min..=longest).contains(&span), "{from}>{to} {span}");
                        delays += 1;
                    }
                }
                _ => {}
            }
        }
    }
    assert!(
        delays > 1000 && timers > 300 && waited > 30,
        "{delays} {timers} {waited}"
    );
}

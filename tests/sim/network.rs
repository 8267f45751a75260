//! The network: messages take time, get lost, overtake each other, and arrive even if their sender has crashed.

use crate::runs::{
    Run, S1, S2, S3, S4, S5, ms,
    recorded::{Recorded, decisions, delivered, fixed_delay, lost, quiet_config, timed_out},
};
use raft_playground::{
    raft::{Decision, Message, NodeId, Role, Rules, Term, Timer},
    sim::{Action, Config, Event, EventKind, LostWhere, Micros, Network, Process, Range, World},
};

const fn request(term: u32) -> Message {
    Message::RequestVote {
        term: Term(term),
        last_log: Config::paper(5).logs[0],
        leadership_transfer: false,
    }
}

const fn granted(term: u32) -> Message {
    Message::RequestVoteReply {
        term: Term(term),
        vote_granted: true,
    }
}

/// Each message that arrived, as how long it took.
fn travel_times(events: &[Event]) -> Vec<Micros> {
    let time = |event: &Event| match event.kind {
        EventKind::Delivered { .. } => {
            let sent = event.cause.expect("it was sent").0;
            Some(event.at - events[usize::try_from(sent).expect("a short run")].at)
        }
        _ => None,
    };
    events.iter().filter_map(time).collect()
}

/// What happens over this network in so many seconds, always by the same seed.
pub fn over(network: Network, seconds: u64) -> Vec<Event> {
    let mut config = Config::paper(5);
    config.network = network;
    let run = Run {
        config,
        seed: 3,
        actions: Vec::new(),
        end: Micros::from_secs(seconds),
    };
    run.make().1.events
}

#[test]
fn a_message_takes_a_time_within_the_range() {
    let network = Network::delaying(Range::millis(3, 9));
    let times = travel_times(&over(network, 20));
    let (first, last) = (times.iter().min().copied(), times.iter().max().copied());
    assert!(first >= Some(ms(3)) && first < Some(Micros(3100)), "{first:?}");
    assert!(last <= Some(ms(9)) && last > Some(Micros(8900)), "{last:?}");
}

#[test]
fn a_later_message_may_overtake_an_earlier_one() {
    let mut world = Recorded::quiet();
    world.act(Action::set_network(fixed_delay(500)));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(1));
    world.act(Action::set_network(fixed_delay(10)));
    world.act(Action::force_timeout(S1));
    let there = world.run_and_watch(S2, ms(600));
    let requests: Vec<_> = delivered(&there)
        .into_iter()
        .filter(|&(_, m)| m == request(1) || m == request(2))
        .collect();
    assert_eq!(requests, [(S1, request(2)), (S1, request(1))]);
}

#[test]
fn nothing_is_lost_on_a_perfect_network() {
    let events = over(fixed_delay(5), 20);
    assert!(events.iter().all(|event| !matches!(event.kind, EventKind::Lost { .. })));
}

#[test]
fn the_network_loses_as_many_as_it_is_told() {
    let network = Network {
        loss_permille: 250,
        ..fixed_delay(5)
    };
    let events = over(network, 60);
    let count = |wanted: fn(&EventKind) -> bool| events.iter().filter(|event| wanted(&event.kind)).count();
    let sent = count(|kind| matches!(kind, EventKind::Sent { .. }));
    let lost = count(|kind| matches!(kind, EventKind::Lost { .. }));
    let permille = 1000 * lost / sent;
    assert!((220..280).contains(&permille), "{permille} of a thousand of {sent}");
}

#[test]
fn a_lost_message_disappears_half_way_and_nobody_hears_of_it() {
    let mut world = Recorded::quiet();
    let network = Network {
        delay: Range {
            min: Micros(10_001),
            max: Micros(10_001),
        },
        loss_permille: 1000,
        ..fixed_delay(1)
    };
    world.act(Action::set_network(network));
    world.act(Action::force_timeout(S1));
    assert!(world.in_flight().all(|flight| flight.lost == Some(LostWhere::Network)));
    let before = world.run_and_watch(S2, Micros(5000));
    assert_eq!(before, []);
    let half_way = world.run_and_watch(S2, Micros(5001));
    assert_eq!(lost(&half_way), [LostWhere::Network]);
    assert_eq!(world.in_flight().count(), 0);
    world.run_to(ms(9999));
    assert_eq!(world.server(S2).node().term(), Term(0));
}

#[test]
fn a_changed_network_carries_what_is_sent_from_then_on() {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S1));
    world.run_to(ms(5));
    let mut total_loss = fixed_delay(100);
    total_loss.loss_permille = 1000;
    world.act(Action::set_network(total_loss));
    let there = world.run_and_watch(S2, ms(10));
    assert_eq!(
        delivered(&there),
        [(S1, request(1))],
        "what was under way arrives as it would have"
    );
    world.run_to(ms(300));
    assert_eq!(world.server(S1).node().votes().len(), 1, "the replies are lost");
}

#[test]
fn what_a_crashed_server_has_sent_still_arrives() {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S1));
    world.run_to(ms(3));
    world.act(Action::kill(S1));
    let there = world.run_and_watch(S4, ms(10));
    assert_eq!(delivered(&there), [(S1, request(1))]);
    assert_eq!(world.server(S4).node().voted_for(), Some(S1));
}

#[test]
fn what_arrives_at_a_crashed_server_is_lost_there() {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S1));
    world.run_to(ms(3));
    world.act(Action::kill(S1));
    let there = world.run_and_watch(S1, ms(100));
    assert_eq!(lost(&there), [LostWhere::ServerDown; 4], "the four replies");
    assert_eq!(delivered(&there), []);
}

#[test]
fn what_arrives_at_a_restarted_server_is_handled_whatever_happened_meanwhile() {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S1));
    world.run_to(ms(3));
    world.act(Action::kill(S2));
    world.run_to(ms(6));
    world.act(Action::start(S2));
    let there = world.run_and_watch(S2, ms(10));
    assert_eq!(delivered(&there), [(S1, request(1))]);
    assert!(decisions(&there).contains(&Decision::VoteGranted {
        to: S1,
        term: Term(1),
        timer_reset: true
    }));
}

#[test]
fn a_reply_finds_the_restarted_candidate_that_no_longer_wants_it() {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S1));
    world.run_to(ms(11));
    world.act(Action::kill(S1));
    world.act(Action::start(S1));
    let there = world.run_and_watch(S1, ms(20));
    assert_eq!(delivered(&there), [S2, S3, S4, S5].map(|from| (from, granted(1))));
    assert_eq!(world.server(S1).node().role(), Role::Follower);
    assert_eq!(world.server(S1).node().voted_for(), Some(S1), "its vote was on disk");
}

#[test]
fn what_is_sent_to_a_server_that_never_ran_is_lost_there() {
    let mut config = quiet_config();
    config.running.remove(S5);
    let mut world = Recorded::new(config, 1);
    world.act(Action::force_timeout(S1));
    let there = world.run_and_watch(S5, ms(10));
    assert_eq!(lost(&there), [LostWhere::ServerDown]);
}

/// A heartbeat that arrives as the timer runs out is in time.
#[test]
fn messages_come_before_timers_at_the_same_instant() {
    let mut config = quiet_config();
    config.timing.election_timeout = Range::millis(50, 50);
    let mut world = Recorded::new(config, 1);
    world.run_to(ms(40));
    world.act(Action::force_timeout(S1));
    let armed = world.server(S2).timer(Timer::Election).expect("it runs");
    assert_eq!(armed.fires_at, ms(50), "due as the request arrives");
    let there = world.run_and_watch(S2, ms(50));
    assert_eq!(delivered(&there), [(S1, request(1))]);
    assert!(!timed_out(&there));
}

#[test]
fn timers_at_the_same_instant_fire_in_the_order_of_servers() {
    let mut config = quiet_config();
    config.timing.election_timeout = Range::millis(50, 50);
    let mut world = Recorded::new(config, 1);
    let before = world.events_so_far();
    world.run_to(ms(50));
    let fired = world.record.events[before..]
        .iter()
        .filter(|event| event.kind == EventKind::TimerFired(Timer::Election));
    let order: Vec<_> = fired.filter_map(|event| event.server).collect();
    assert_eq!(order, [S1, S2, S3, S4, S5]);
}

#[test]
fn messages_at_the_same_instant_arrive_in_the_order_of_sending() {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S3));
    world.act(Action::force_timeout(S2));
    let there = world.run_and_watch(S1, ms(10));
    assert_eq!(delivered(&there), [(S3, request(1)), (S2, request(1))]);
    assert_eq!(world.server(S1).node().voted_for(), Some(S3));
}

#[test]
fn a_message_in_flight_says_where_it_is() {
    let mut world = Recorded::quiet();
    world.run_to(ms(7));
    world.act(Action::force_timeout(S2));
    let flights: Vec<_> = world.in_flight().copied().collect();
    assert_eq!(flights.len(), 4);
    for (flight, to) in flights.iter().zip([S1, S3, S4, S5]) {
        assert_eq!((flight.from(), flight.to(), flight.message), (S2, to, request(1)));
        assert_eq!((flight.sent_at, flight.due_at, flight.lost), (ms(7), ms(17), None));
        let index = usize::try_from(flight.sent.0).expect("a short run");
        assert_eq!(
            world.record.events[index].kind,
            EventKind::Sent {
                to,
                waits: Micros::ZERO,
                message: request(1)
            }
        );
    }
}

#[test]
fn a_full_link_loses_what_is_sent_beyond() {
    let mut config = quiet_config();
    config.size = 2;
    config.running = [S1, S2].into_iter().collect();
    config.network = fixed_delay(1000);
    let mut world = Recorded::new(config, 1);
    for _ in 0..World::LINK_CAPACITY {
        world.act(Action::force_timeout(S1));
    }
    let full = usize::from(World::LINK_CAPACITY);
    assert_eq!(world.in_flight().count(), full);
    let before = world.events_so_far();
    world.act(Action::force_timeout(S1));
    assert_eq!(lost(&world.happened(S2, before)), [LostWhere::FullLink]);
    assert_eq!(world.in_flight().count(), full);
    world.run_to(ms(1001));
    world.act(Action::kill(S2));
    world.act(Action::force_timeout(S1));
    assert!(
        world.in_flight().any(|flight| flight.to() == S2),
        "there is room again once they have arrived"
    );
}

/// A candidate that refuses runs again at once and asks everybody, who refuse and run again: nine servers of the lab answer
/// one late request with more and more of them. What the network carries is bounded all the same.
#[test]
fn a_storm_of_the_labs_quirk_is_bounded_by_the_network() {
    let mut config = Config::paper(9);
    config.rules = Rules::lab();
    config.network.delay = Range::millis(15, 35);
    config.timing.election_timeout = Range::millis(20, 60);
    let mut observer = ();
    let mut world = World::new(config, 1, &mut observer).expect("a valid configuration");
    let mut most = 0;
    while world.now() < ms(400) {
        world.run_until(world.now() + ms(1), &mut observer);
        most = most.max(world.in_flight().count());
    }
    let links = 9 * 8;
    assert!(most <= links * usize::from(World::LINK_CAPACITY), "{most}");
    assert!(most > links * 4, "no storm: {most}");
    assert!(world.servers().all(|(_, server)| server.process() == Process::Running));
}

#[test]
fn messages_from_each_server_keep_their_links_apart() {
    // Every pair of servers talks both ways in a run; no message arrives where it was not sent.
    for event in over(fixed_delay(5), 5) {
        if let (EventKind::Sent { to, .. }, Some(from)) = (event.kind, event.server) {
            assert_ne!(from, to);
            assert!(to.index() < 5 && NodeId::all(5).any(|server| server == from));
        }
    }
}

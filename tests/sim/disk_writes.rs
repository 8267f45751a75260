//! Disks that take time: what a server sends waits until all is written that it may tell of.

use crate::runs::{
    S1, S2, S3, S4, S5, ms,
    random::uneven,
    recorded::{Recorded, delivered, lost, quiet_config},
};
use raft_playground::{
    raft::{LogPosition, Message, NodeId, Term},
    sim::{Action, Event, EventKind, InFlight, LostWhere, MessageId, Micros, OwnSetting, Process, World},
};

const fn vote(term: u32) -> Message {
    Message::RequestVoteReply {
        term: Term(term),
        vote_granted: true,
    }
}

/// A vote of S2 takes 4 ms to write. S1 asks for it at 0, and S2 hears of that at 10 ms.
fn asked() -> Recorded {
    let mut world = Recorded::quiet();
    world.act(Action::set_server(S2, OwnSetting::disk_write(ms(4))));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(10));
    world
}

/// What S2 has sent to another server that is under way.
fn from_s2(world: &Recorded, to: NodeId) -> Vec<InFlight> {
    let flights = world
        .in_flight()
        .filter(|flight| (flight.from(), flight.to()) == (S2, to));
    flights.copied().collect()
}

fn its_vote(world: &Recorded) -> InFlight {
    from_s2(world, S1)[0]
}

/// When messages from one server to another were handled.
fn arrivals(events: &[Event], from: NodeId, to: NodeId) -> Vec<Micros> {
    let arrived = events.iter().filter(|event| event.server == Some(to));
    let arrived =
        arrived.filter(|event| matches!(event.kind, EventKind::Delivered { from: sender, .. } if sender == from));
    arrived.map(|event| event.at).collect()
}

// --- What waits ---

#[test]
fn a_vote_leaves_when_it_is_on_disk() {
    let mut world = asked();
    let flight = its_vote(&world);
    assert_eq!((flight.message, flight.sent_at), (vote(1), ms(10)));
    assert_eq!((flight.leaves_at, flight.due_at), (ms(14), ms(24)));
    let sent = &world.record.events[usize::try_from(flight.sent.0).expect("a short run")];
    let waits = |kind| match kind {
        EventKind::Sent { waits, .. } => Some(waits),
        _ => None,
    };
    assert_eq!((sent.at, waits(sent.kind)), (ms(10), Some(ms(4))));
    world.run_to(ms(30));
    let first = |from| arrivals(&world.record.events, from, S1)[0];
    assert_eq!([S2, S3, S4, S5].map(first), [24, 20, 20, 20].map(ms));
    // Nothing else waits.
    let waited = world
        .record
        .events
        .iter()
        .filter(|event| waits(event.kind) > Some(Micros::ZERO));
    assert_eq!(waited.count(), 1);
}

/// A candidate writes its vote for itself.
#[test]
fn a_candidate_asks_when_its_own_vote_is_on_disk() {
    let mut world = Recorded::quiet();
    world.act(Action::set_server(S2, OwnSetting::disk_write(ms(4))));
    world.act(Action::force_timeout(S2));
    assert!(world.in_flight().all(|flight| flight.leaves_at == ms(4)));
    world.run_to(ms(24));
    assert_eq!(world.leader(), Some(S2));
    // Its first heartbeats follow no write.
    assert!(
        world
            .in_flight()
            .all(|flight| flight.leaves_at == flight.sent_at && flight.sent_at == ms(24))
    );
}

#[test]
fn heartbeats_need_no_write() {
    let mut world = Recorded::led_by_s1();
    for server in NodeId::all(5) {
        world.act(Action::set_server(server, OwnSetting::disk_write(ms(300))));
    }
    let before = world.events_so_far();
    world.run_to(ms(2500));
    let there = &world.record.events[before..];
    assert_eq!(
        (arrivals(there, S1, S2), arrivals(there, S2, S1)),
        (vec![ms(2030)], vec![ms(2040)])
    );
}

#[test]
fn a_disk_writes_one_after_the_other() {
    let mut world = Recorded::quiet();
    world.act(Action::set_server(S2, OwnSetting::disk_write(ms(4))));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(1));
    // Once in term 1, for which it has no vote left, and again in term 2.
    world.act(Action::force_timeout(S3));
    world.act(Action::force_timeout(S3));
    world.run_to(ms(11));
    assert_eq!(its_vote(&world).leaves_at, ms(14));
    let left: Vec<_> = from_s2(&world, S3).iter().map(|flight| flight.leaves_at).collect();
    assert_eq!(left, [14, 18].map(ms));
    assert_eq!(world.server(S2).disk().current_term, Term(2));
}

/// It has voted for S1 and is writing that, so a refusal that tells of its term has to wait, though it writes nothing itself.
#[test]
fn what_follows_no_write_waits_for_one_that_goes_on() {
    let mut world = Recorded::quiet();
    world.act(Action::set_server(S2, OwnSetting::disk_write(ms(4))));
    world.act(Action::force_timeout(S1));
    world.act(Action::force_timeout(S3));
    world.run_to(ms(10));
    let refusal = from_s2(&world, S3)[0];
    assert_ne!(refusal.message, vote(1));
    assert_eq!((refusal.sent_at, refusal.leaves_at), (ms(10), ms(14)));
}

#[test]
fn what_a_change_writes_takes_time_as_well() {
    let mut world = asked();
    let log = LogPosition {
        last_term: Term(1),
        last_index: 1,
    };
    world.run_to(ms(100));
    world.act(Action::set_log(S2, log));
    world.act(Action::force_timeout(S2));
    let flights = from_s2(&world, S3);
    assert_eq!(flights.last().map(|flight| flight.leaves_at), Some(ms(108)));
}

#[test]
fn once_it_is_as_in_the_cluster_nothing_waits() {
    for given_back in [OwnSetting::as_cluster(), OwnSetting::disk_write(Micros::ZERO)] {
        let mut world = Recorded::quiet();
        world.act(Action::set_server(S2, OwnSetting::disk_write(ms(4))));
        world.act(Action::set_server(S2, given_back));
        world.act(Action::force_timeout(S1));
        world.run_to(ms(10));
        assert_eq!(its_vote(&world).leaves_at, ms(10));
    }
}

#[test]
fn the_longest_write_is_counted_among_delays() {
    let mut world = Recorded::quiet();
    for (server, takes) in [(S2, 4), (S4, 9)] {
        world.act(Action::set_server(server, OwnSetting::disk_write(ms(takes))));
    }
    let delay = world.extremes().1.delay;
    assert_eq!((delay.min, delay.max), (ms(10), ms(19)));
}

// --- What becomes of it ---

#[test]
fn a_crash_loses_what_waits_and_keeps_what_is_written() {
    let mut world = Recorded::quiet();
    world.act(Action::set_server(S2, OwnSetting::disk_write(ms(4))));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(2));
    world.act(Action::force_timeout(S3));
    world.run_to(ms(11));
    let before = world.events_so_far();
    world.act(Action::kill(S2));
    assert_eq!(lost(&world.happened(S1, before)), [LostWhere::Sender]);
    assert_eq!(from_s2(&world, S1), []);
    // What was being written counts as written: it will not vote twice.
    assert_eq!(world.disk_of(S2).voted_for, Some(S1));
    // Another life begins with a disk that has nothing to do.
    world.act(Action::start(S2));
    world.run_to(ms(12));
    let refusal = from_s2(&world, S3)[0];
    assert_ne!(refusal.message, vote(1));
    assert_eq!((refusal.sent_at, refusal.leaves_at), (ms(12), ms(12)));
}

#[test]
fn a_crash_does_not_touch_what_has_left() {
    for (action, at) in [(Action::kill(S2), 14), (Action::wipe_disk(S2), 15)] {
        let mut world = asked();
        world.run_to(ms(at));
        world.act(action);
        let there = world.run_and_watch(S1, ms(30));
        assert!(delivered(&there).contains(&(S2, vote(1))), "{at}");
    }
}

/// It is the disk that it waits for, not the process.
#[test]
fn a_pause_does_not_hold_it_back() {
    let mut world = asked();
    world.act(Action::pause(S2));
    assert_eq!(world.server(S2).process(), Process::Paused);
    world.run_to(ms(24));
    assert_eq!(arrivals(&world.record.events, S2, S1), [ms(24)]);
}

#[test]
fn one_that_will_be_lost_goes_half_way_from_when_it_leaves() {
    let mut world = Recorded::quiet();
    world.act(Action::set_server(S2, OwnSetting::disk_write(ms(4))));
    world.act(Action::set_link(S2, S1, OwnSetting::loss(1000)));
    world.act(Action::force_timeout(S1));
    world.run_to(ms(10));
    let flight = its_vote(&world);
    assert_eq!((flight.lost, flight.due_at), (Some(LostWhere::Network), ms(19)));
}

#[test]
fn one_that_waits_is_taken_as_any_message_under_way() {
    let id = its_vote(&asked()).id;
    let after = |action| {
        let mut world = asked();
        world.act(action);
        world
    };
    // By hand it arrives at once.
    assert_eq!(
        arrivals(&after(Action::deliver_message(id)).record.events, S2, S1),
        [ms(10)]
    );
    let dropped = after(Action::drop_message(id));
    assert_eq!(from_s2(&dropped, S1), []);
    assert_eq!(its_vote(&after(Action::delay_message(id, ms(7)))).due_at, ms(31));
    let cut = after(Action::cut(S2, S1));
    assert_eq!(from_s2(&cut, S1), []);
    // A copy waits with it.
    let copied = after(Action::duplicate_message(id));
    let copy = *copied.message(MessageId { copy: 1, ..id }).expect("it is under way");
    assert_eq!((copy.sent_at, copy.leaves_at, copy.due_at), (ms(10), ms(14), ms(24)));
    let mut late = asked();
    late.run_to(ms(15));
    late.act(Action::duplicate_message(id));
    let copy = *late.message(MessageId { copy: 1, ..id }).expect("it is under way");
    assert_eq!((copy.leaves_at, copy.due_at), (ms(15), ms(25)));
}

/// The links of a server that crashed have room for as many messages as before.
#[test]
fn what_a_crash_loses_makes_room_on_its_link() {
    let mut config = quiet_config();
    config.size = 2;
    config.running = [S1, S2].into_iter().collect();
    let mut world = Recorded::new(config, 1);
    world.act(Action::set_server(S1, OwnSetting::disk_write(ms(500))));
    for _ in 0..3 * World::LINK_CAPACITY {
        world.act(Action::force_timeout(S1));
        world.act(Action::kill(S1));
        world.act(Action::start(S1));
    }
    let places = lost(&world.happened(S2, 0));
    assert!(places.iter().all(|place| *place == LostWhere::Sender), "{places:?}");
}

// --- In random runs ---

/// Whatever happens: nothing leaves before its sender's disk is done, what waits with a crash never arrives, and Raft stays safe by
/// the paper's rules.
#[test]
fn in_no_run_does_anything_leave_before_it_is_written() {
    let (mut waited, mut lost_so) = (0, 0);
    for seed in 0..300 {
        let run = uneven(seed);
        let events = run.make().1.events;
        let mut unwritten = [Micros::ZERO; 9];
        for event in &events {
            let Some(server) = event.server else { continue };
            match event.kind {
                EventKind::Action(action) if action.effect().is_crash() => unwritten[server.index()] = Micros::ZERO,
                EventKind::Sent { waits, .. } => {
                    let done = &mut unwritten[server.index()];
                    // By every message it is known until when the disk writes.
                    assert!(event.at + waits >= *done, "seed {seed} {event:?}");
                    *done = event.at + waits;
                }
                EventKind::Delivered { .. } => {
                    let sent = usize::try_from(event.cause.expect("it was sent").0).expect("a short run");
                    if let EventKind::Sent { waits, .. } = events[sent].kind {
                        waited += usize::from(waits > Micros::ZERO && event.at >= events[sent].at + waits);
                    }
                }
                EventKind::Lost {
                    place: LostWhere::Sender,
                    from,
                    ..
                } => {
                    lost_so += 1;
                    let crash = events[..usize::try_from(event.id.0).expect("a short run")]
                        .iter()
                        .rfind(|event| matches!(event.kind, EventKind::Action(_)))
                        .expect("it crashed");
                    assert_eq!((crash.server, crash.at), (Some(from), event.at));
                }
                _ => {}
            }
        }
    }
    assert!(waited > 200 && lost_so > 5, "{waited} {lost_so}");
}

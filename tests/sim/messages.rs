//! A message under way can be taken: dropped, duplicated, delayed or delivered now. And the network itself brings some twice and
//! holds some back, as many as it is told.

use std::collections::BTreeMap;

use crate::network::over;
use crate::runs::{
    S1, S2, S3, S4, S5, ms, random,
    recorded::{Recorded, delivered, fixed_delay, lost, quiet_config},
};
use raft_playground::{
    raft::{Message, NodeId, Role, Rules, Term, Timer},
    sim::{
        Action, Config, ConfigError, Event, EventId, EventKind, InFlight, LostWhere, MessageId, Micros, Network,
        Process, Range, Refused, World,
    },
};

const fn request(term: u32) -> Message {
    Message::RequestVote {
        term: Term(term),
        last_log: Config::paper(5).logs[0],
        leadership_transfer: false,
    }
}

const fn first(from: NodeId, to: NodeId) -> MessageId {
    MessageId {
        from,
        to,
        number: 0,
        copy: 0,
    }
}

const fn copy(id: MessageId, copy: u8) -> MessageId {
    MessageId { copy, ..id }
}

/// S1 has just asked everybody for a vote.
fn asking() -> Recorded {
    let mut world = Recorded::quiet();
    world.act(Action::force_timeout(S1));
    world
}

fn flight(world: &Recorded, id: MessageId) -> InFlight {
    *world.message(id).expect("it is under way")
}

// --- Names ---

#[test]
fn a_message_is_named_by_its_link_and_its_number_there() {
    let mut world = asking();
    world.act(Action::force_timeout(S1));
    let second = MessageId {
        number: 1,
        ..first(S1, S3)
    };
    assert_eq!(flight(&world, first(S1, S3)).message, request(1));
    assert_eq!(flight(&world, second).message, request(2));
    assert_eq!(world.message(first(S3, S1)), None);
    assert_eq!(
        (second.to_string(), copy(second, 2).to_string()),
        ("S1>S3#1".to_string(), "S1>S3#1+2".to_string())
    );
}

/// Otherwise an action on a message would be done to another message in another branch.
#[test]
fn a_message_keeps_its_name_whatever_happens_elsewhere() {
    let mut one = Recorded::quiet();
    let mut other = Recorded::quiet();
    other.act(Action::force_timeout(S4));
    other.act(Action::isolate(S5));
    for world in [&mut one, &mut other] {
        world.act(Action::force_timeout(S1));
        assert_eq!(flight(world, first(S1, S2)).message, request(1));
    }
}

#[test]
fn what_a_cut_or_full_link_loses_is_counted() {
    let mut world = Recorded::quiet();
    world.act(Action::cut(S1, S2));
    world.act(Action::force_timeout(S1));
    world.act(Action::heal(S1, S2));
    world.act(Action::force_timeout(S1));
    let second = MessageId {
        number: 1,
        ..first(S1, S2)
    };
    assert_eq!(flight(&world, second).message, request(2));
}

// --- Dropping ---

#[test]
fn a_dropped_message_is_lost_now() {
    let mut world = asking();
    world.run_to(ms(3));
    let before = world.events_so_far();
    world.act(Action::drop_message(first(S1, S2)));
    assert_eq!(lost(&world.happened(S2, before)), [LostWhere::Dropped]);
    let loss = world.record.events.last().expect("the loss");
    assert_eq!(loss.at, ms(3));
    assert!(matches!(sending(&world, loss.cause).kind, EventKind::Sent { to, .. } if to == S2));
    assert_eq!((world.message(first(S1, S2)), world.in_flight().count()), (None, 3));
    let there = world.run_and_watch(S2, ms(15));
    assert_eq!(there, []);
}

fn sending(world: &Recorded, id: Option<EventId>) -> Event {
    world.record.events[usize::try_from(id.expect("a cause").0).expect("a short run")]
}

/// Two of five votes are one too few.
#[test]
fn dropping_the_deciding_vote_changes_who_wins() {
    let mut world = asking();
    for server in [S4, S5] {
        world.act(Action::kill(server));
    }
    world.run_to(ms(12));
    world.act(Action::drop_message(first(S2, S1)));
    world.run_to(ms(100));
    assert_eq!(world.server(S1).node().role(), Role::Candidate);
}

// --- Duplicating ---

#[test]
fn a_duplicate_arrives_as_well() {
    let mut world = asking();
    world.run_to(ms(3));
    world.act(Action::duplicate_message(first(S1, S2)));
    let twin = flight(&world, copy(first(S1, S2), 1));
    assert_eq!((twin.sent_at, twin.due_at, twin.lost), (ms(3), ms(13), None));
    let duplication = sending(&world, Some(twin.sent));
    assert_eq!(
        (duplication.kind, duplication.server),
        (
            EventKind::Duplicated {
                to: S2,
                waits: Micros::ZERO,
                message: request(1)
            },
            Some(S1)
        )
    );
    assert_eq!(duplication.cause, Some(flight(&world, first(S1, S2)).sent));
    let there = world.run_and_watch(S2, ms(20));
    assert_eq!(delivered(&there), [(S1, request(1)); 2]);
}

#[test]
fn each_duplicate_has_a_name_and_can_be_duplicated_itself() {
    let mut world = asking();
    world.act(Action::duplicate_message(first(S1, S2)));
    world.act(Action::duplicate_message(copy(first(S1, S2), 1)));
    world.act(Action::duplicate_message(first(S1, S2)));
    let to_s2 = |world: &Recorded| -> Vec<_> {
        let mut ids: Vec<_> = world
            .in_flight()
            .map(|flight| flight.id)
            .filter(|id| id.to == S2)
            .collect();
        ids.sort();
        ids
    };
    let name = first(S1, S2);
    assert_eq!(to_s2(&world), [name, copy(name, 1), copy(name, 2), copy(name, 3)]);
    world.act(Action::drop_message(copy(name, 2)));
    world.act(Action::drop_message(name));
    assert_eq!(to_s2(&world), [copy(name, 1), copy(name, 3)]);
    world.act(Action::duplicate_message(copy(name, 1)));
    assert_eq!(to_s2(&world), [copy(name, 1), copy(name, 3), copy(name, 4)]);
}

/// The duplicate is a new chance for what the network would have lost.
#[test]
fn the_duplicate_of_a_message_that_will_be_lost_arrives() {
    let mut world = Recorded::quiet();
    world.act(Action::set_network(Network {
        loss_permille: 1000,
        ..fixed_delay(10)
    }));
    world.act(Action::force_timeout(S1));
    world.act(Action::duplicate_message(first(S1, S2)));
    let there = world.run_and_watch(S2, ms(10));
    assert_eq!(
        (lost(&there), delivered(&there)),
        (vec![LostWhere::Network], vec![(S1, request(1))])
    );
}

#[test]
fn the_duplicate_of_a_message_on_a_cut_link_is_lost_as_well() {
    let mut world = Recorded::quiet();
    world.act(Action::cut(S1, S2));
    world.act(Action::force_timeout(S1));
    world.act(Action::duplicate_message(first(S1, S2)));
    let there = world.run_and_watch(S2, ms(10));
    assert_eq!((lost(&there), delivered(&there)), (vec![LostWhere::CutLink; 2], vec![]));
}

#[test]
fn cutting_a_link_loses_duplicates_too() {
    let mut world = asking();
    world.act(Action::duplicate_message(first(S1, S2)));
    let before = world.events_so_far();
    world.act(Action::cut(S1, S2));
    assert_eq!(lost(&world.happened(S2, before)), [LostWhere::CutLink; 2]);
    assert!(world.in_flight().all(|flight| flight.to() != S2));
}

#[test]
fn a_full_link_carries_no_duplicate() {
    let mut world = asking();
    for _ in 1..World::LINK_CAPACITY {
        world.act(Action::duplicate_message(first(S1, S2)));
    }
    world.assert_refuses(Action::duplicate_message(first(S1, S2)), Refused::LinkFull);
    world.act(Action::drop_message(first(S1, S2)));
    world.act(Action::duplicate_message(copy(first(S1, S2), 1)));
}

// --- Delaying ---

#[test]
fn a_delayed_message_takes_so_much_longer() {
    let mut world = asking();
    world.run_to(ms(9));
    world.act(Action::delay_message(first(S1, S2), ms(7)));
    let late = flight(&world, first(S1, S2));
    assert_eq!((late.sent_at, late.due_at), (ms(0), ms(17)));
    let there = world.run_and_watch(S2, Micros(16_999));
    assert_eq!(there, []);
    let there = world.run_and_watch(S2, ms(17));
    assert_eq!(delivered(&there), [(S1, request(1))]);
}

#[test]
fn a_message_can_be_delayed_past_a_later_one_and_more_than_once() {
    let mut world = asking();
    world.act(Action::force_timeout(S1));
    world.act(Action::delay_message(first(S1, S2), Micros(1)));
    world.act(Action::delay_message(first(S1, S2), ms(1)));
    let there = world.run_and_watch(S2, ms(20));
    let order: Vec<_> = delivered(&there)
        .iter()
        .map(|(_, message)| message.term())
        .take(2)
        .collect();
    assert_eq!(order, [Term(2), Term(1)]);
}

#[test]
fn no_delay_is_no_change() {
    let mut world = asking();
    let before: Vec<_> = world.in_flight().copied().collect();
    world.act(Action::delay_message(first(S1, S2), Micros::ZERO));
    assert!(world.in_flight().eq(&before), "not even in the order of arrival");
}

// --- Delivering ---

#[test]
fn a_delivered_message_arrives_now() {
    let mut world = asking();
    world.run_to(ms(2));
    let before = world.events_so_far();
    world.act(Action::deliver_message(first(S1, S2)));
    assert_eq!(delivered(&world.happened(S2, before)), [(S1, request(1))]);
    assert_eq!(world.server(S2).node().voted_for(), Some(S1));
    assert_eq!(flight(&world, first(S2, S1)).sent_at, ms(2), "the reply leaves now");
    let there = world.run_and_watch(S2, ms(11));
    assert_eq!(delivered(&there), [], "it does not arrive again");
}

#[test]
fn a_message_that_would_be_lost_can_be_delivered() {
    let mut world = Recorded::quiet();
    world.act(Action::cut(S1, S2));
    world.act(Action::force_timeout(S1));
    world.act(Action::deliver_message(first(S1, S2)));
    assert_eq!(world.server(S2).node().voted_for(), Some(S1));
}

#[test]
fn delivering_finds_a_server_as_it_is() {
    let mut world = asking();
    world.act(Action::kill(S2));
    world.act(Action::pause(S3));
    let before = world.events_so_far();
    world.act(Action::deliver_message(first(S1, S2)));
    world.act(Action::deliver_message(first(S1, S3)));
    assert_eq!(lost(&world.happened(S2, before)), [LostWhere::ServerDown]);
    assert_eq!(world.server(S3).inbox().len(), 1);
    assert_eq!(world.server(S3).process(), Process::Paused);
    world.act(Action::resume(S3));
    assert_eq!(world.server(S3).node().voted_for(), Some(S1));
}

// --- Handling against the rules ---

/// What S2 answers to S1, once it has: the first message on its way there.
fn answer(world: &Recorded) -> Message {
    flight(world, first(S2, S1)).message
}

#[test]
fn a_refused_request_gets_a_refusal_and_nothing_but_its_term() {
    let mut world = asking();
    let timer = world.server(S2).timer(Timer::Election);
    world.run_to(ms(2));
    world.act(Action::refuse_message(first(S1, S2)));
    let node = world.server(S2).node();
    assert_eq!((node.term(), node.voted_for()), (Term(1), None), "it takes the term");
    assert_eq!(world.server(S2).disk(), node.hard_state());
    assert_eq!(world.server(S2).timer(Timer::Election), timer, "no vote, no new timer");
    let refusal = Message::RequestVoteReply {
        term: Term(1),
        vote_granted: false,
    };
    assert_eq!(answer(&world), refusal);
    let there = world.run_and_watch(S2, ms(11));
    assert_eq!(delivered(&there), [], "it does not arrive again");
}

/// Also where a server does not learn terms in the way in which it takes that of a request which it refuses.
#[test]
fn a_refusal_is_of_the_term_in_which_its_sender_is() {
    for learns in [true, false] {
        let mut world = asking();
        world.act(Action::set_rules(Rules {
            learn_term_from_replies: learns,
            ..Rules::PAPER
        }));
        world.act(Action::refuse_message(first(S1, S2)));
        let refusal = Message::RequestVoteReply {
            term: world.server(S2).node().term(),
            vote_granted: false,
        };
        assert_eq!(answer(&world), refusal, "{learns}");
        assert_eq!(world.server(S2).node().term(), Term(u32::from(learns)));
    }
}

#[test]
fn a_refused_heartbeat_starts_no_timer() {
    let mut world = asking();
    world.run_to(ms(25));
    let heartbeat = MessageId {
        number: 1,
        ..first(S1, S2)
    };
    let timer = world.server(S2).timer(Timer::Election);
    world.act(Action::refuse_message(heartbeat));
    assert_eq!(world.server(S2).node().leader(), None);
    assert_eq!(world.server(S2).timer(Timer::Election), timer);
    let reply = MessageId {
        number: 1,
        ..first(S2, S1)
    };
    let refusal = Message::AppendEntriesReply {
        term: Term(1),
        success: false,
    };
    assert_eq!(flight(&world, reply).message, refusal);
}

/// S2 has come to term 2 by itself, and S1 asks it for a vote in term 1.
#[test]
fn a_request_of_an_older_term_is_accepted_as_one_of_its_own() {
    for (accepts, granted) in [(true, true), (false, false)] {
        let mut world = asking();
        // S3 has had S2's vote of no term; S2 is in term 2 with its vote free.
        world.act(Action::drop_message(first(S1, S2)));
        for _ in 0..2 {
            world.act(Action::force_timeout(S3));
        }
        world.run_to(ms(1));
        let newer = MessageId {
            number: 1,
            ..first(S3, S2)
        };
        world.act(Action::refuse_message(newer));
        assert_eq!(world.server(S2).node().hard_state().voted_for, None);
        world.act(Action::force_timeout(S1));
        let old = MessageId {
            number: 1,
            ..first(S1, S2)
        };
        // S1 asks in term 2 as well, so its request is as old as it is only once S2 has come to term 3.
        world.act(Action::force_timeout(S3));
        let newest = MessageId {
            number: 2,
            ..first(S3, S2)
        };
        world.act(Action::refuse_message(newest));
        assert_eq!(world.server(S2).node().term(), Term(3));
        let before = world.events_so_far();
        world.act(if accepts {
            Action::accept_message(old)
        } else {
            Action::deliver_message(old)
        });
        assert_eq!(
            delivered(&world.happened(S2, before)),
            [(S1, request(2))],
            "as it was sent"
        );
        assert_eq!(world.server(S2).node().voted_for(), granted.then_some(S1));
        let reply = Message::RequestVoteReply {
            term: Term(3),
            vote_granted: granted,
        };
        assert_eq!(answer(&world), reply);
    }
}

#[test]
fn what_is_not_of_an_older_term_is_accepted_as_it_is_and_what_is_no_request_is_not_refused() {
    let mut accepted = asking();
    let mut delivered = asking();
    accepted.act(Action::accept_message(first(S1, S2)));
    delivered.act(Action::deliver_message(first(S1, S2)));
    assert_eq!(accepted.server(S2).node(), delivered.server(S2).node());
    assert_eq!(answer(&accepted), answer(&delivered));
    accepted.act(Action::refuse_message(first(S2, S1)));
    assert_eq!(accepted.server(S1).node().votes().len(), 2, "a vote is no request");
}

#[test]
fn a_server_that_does_not_run_handles_nothing_against_the_rules() {
    let mut world = asking();
    world.act(Action::kill(S2));
    world.act(Action::pause(S3));
    let before = world.events_so_far();
    world.act(Action::accept_message(first(S1, S2)));
    world.act(Action::refuse_message(first(S1, S3)));
    assert_eq!(lost(&world.happened(S2, before)), [LostWhere::ServerDown]);
    assert_eq!(world.server(S3).inbox().len(), 1);
}

// --- What the network does by itself ---

fn count(events: &[Event], wanted: fn(&EventKind) -> bool) -> usize {
    events.iter().filter(|event| wanted(&event.kind)).count()
}

#[test]
fn the_network_duplicates_as_many_as_it_is_told() {
    for (permille, expected) in [(0, 0..=0), (250, 220..=280), (1000, 1000..=1000)] {
        let network = Network {
            duplication_permille: permille,
            ..fixed_delay(5)
        };
        let events = over(network, 60);
        let sent = count(&events, |kind| matches!(kind, EventKind::Sent { .. }));
        let twice = count(&events, |kind| matches!(kind, EventKind::Duplicated { .. }));
        assert!(
            expected.contains(&(1000 * twice / sent)),
            "{permille}: {twice} of {sent}"
        );
        let arrived = count(&events, |kind| matches!(kind, EventKind::Delivered { .. }));
        assert!(
            arrived.abs_diff(sent + twice) < 20,
            "{arrived} arrive, some are still under way"
        );
    }
}

#[test]
fn what_is_lost_is_not_duplicated() {
    let network = Network {
        loss_permille: 500,
        duplication_permille: 1000,
        ..fixed_delay(5)
    };
    let events = over(network, 30);
    let sent = count(&events, |kind| matches!(kind, EventKind::Sent { .. }));
    let lost = count(&events, |kind| matches!(kind, EventKind::Lost { .. }));
    let twice = count(&events, |kind| matches!(kind, EventKind::Duplicated { .. }));
    assert!(
        (sent - twice).abs_diff(lost) < 20,
        "{sent} sent, {lost} lost, {twice} twice"
    );
}

/// How long each message was under way, by sender, receiver and number; duplicates are left out.
fn travel_times(events: &[Event]) -> Vec<Micros> {
    let leaves: BTreeMap<_, _> = events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Sent { .. }))
        .map(|event| (event.id, event.at))
        .collect();
    let arrivals = events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Delivered { .. }));
    arrivals
        .filter_map(|event| Some(event.at - *leaves.get(&event.cause?)?))
        .collect()
}

#[test]
fn the_network_holds_as_many_back_as_it_is_told() {
    for (permille, expected) in [(0, 0..=0), (250, 220..=280), (1000, 1000..=1000)] {
        let network = Network {
            reordering_permille: permille,
            ..Network::delaying(Range::millis(4, 6))
        };
        let times = travel_times(&over(network, 60));
        // Held back by one to three times the longest delay.
        let late = times.iter().filter(|time| **time > ms(6)).count();
        assert!(
            times
                .iter()
                .all(|time| (ms(4)..=ms(6)).contains(time) || (ms(10)..=ms(24)).contains(time))
        );
        assert!(
            expected.contains(&(1000 * late / times.len())),
            "{permille}: {late} of {}",
            times.len()
        );
    }
}

#[test]
fn messages_that_are_held_back_are_overtaken() {
    let mut config = quiet_config();
    config.timing.heartbeat_interval = ms(15);
    config.network.reordering_permille = 300;
    let mut world = Recorded::new(config, 1);
    world.act(Action::force_timeout(S1));
    world.run_to(ms(9000));
    let mut overtaken = 0;
    for to in [S2, S3, S4, S5] {
        let arrivals = world
            .record
            .events
            .iter()
            .filter(|event| event.server == Some(to) && matches!(event.kind, EventKind::Delivered { .. }));
        let sendings: Vec<_> = arrivals.map(|event| event.cause).collect();
        overtaken += sendings.windows(2).filter(|pair| pair[0] > pair[1]).count();
    }
    assert!(overtaken > 100, "{overtaken}");
}

/// Messages are counted by what is under way, whoever takes them off.
#[test]
fn no_message_gets_out_of_hand_in_any_run() {
    for seed in 0..300 {
        let (world, record) = random::wild(seed).make();
        let leaves = count(&record.events, |kind| {
            matches!(kind, EventKind::Sent { .. } | EventKind::Duplicated { .. })
        });
        let ends = count(&record.events, |kind| {
            matches!(kind, EventKind::Delivered { .. } | EventKind::Lost { .. })
        });
        let waiting: usize = world.servers().map(|(_, server)| server.inbox().len()).sum();
        assert_eq!(leaves, ends + waiting + world.in_flight().count(), "seed {seed}");
        let mut names: Vec<_> = world.in_flight().map(|flight| flight.id).collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all, "seed {seed}: two messages of the same name");
    }
}

// --- Refusals ---

#[test]
fn a_message_that_is_not_under_way_can_not_be_taken() {
    let mut world = asking();
    world.run_to(ms(10));
    let not_sent = MessageId {
        number: 7,
        ..first(S1, S2)
    };
    for id in [first(S1, S2), not_sent, copy(first(S2, S1), 1), first(S3, S3)] {
        for action in [
            Action::drop_message(id),
            Action::duplicate_message(id),
            Action::delay_message(id, ms(1)),
            Action::deliver_message(id),
            Action::accept_message(id),
            Action::refuse_message(id),
        ] {
            world.assert_refuses(action, Refused::NoSuchMessage);
        }
    }
}

#[test]
fn a_message_can_be_delayed_by_an_hour_at_most() {
    let mut world = asking();
    let longer = Config::LONGEST + Micros(1);
    world.assert_refuses(
        Action::delay_message(first(S1, S2), longer),
        Refused::Config(ConfigError::Span),
    );
    world.act(Action::delay_message(first(S1, S2), Config::LONGEST));
}

#[test]
fn a_network_with_shares_above_a_thousand_is_refused() {
    let mut world = Recorded::quiet();
    for network in [
        Network {
            duplication_permille: 1001,
            ..fixed_delay(1)
        },
        Network {
            reordering_permille: 1001,
            ..fixed_delay(1)
        },
    ] {
        world.assert_refuses(Action::set_network(network), Refused::Config(ConfigError::Share));
    }
}

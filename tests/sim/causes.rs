//! Every event has a cause: the event that led to it, back to an action of the reader.

use crate::runs::{pinned, random};
use raft_playground::{
    raft::{Message, NodeId, Timer},
    sim::{Action, Event, EventId, EventKind, ServerAction},
};

fn traces() -> impl Iterator<Item = Vec<Event>> {
    let random = (0..200).map(|seed| random::wild(seed).make().1.events);
    random.chain(pinned::all().map(|pinned| pinned.run.make().1.events))
}

fn cause<'a>(events: &'a [Event], event: &Event) -> Option<&'a Event> {
    event
        .cause
        .map(|id| &events[usize::try_from(id.0).expect("a short run")])
}

#[test]
fn events_are_numbered_without_gaps_in_the_order_of_time() {
    for events in traces() {
        for (number, event) in (0..).zip(&events) {
            assert_eq!(event.id, EventId(number));
        }
        assert!(events.is_sorted_by_key(|event| event.at));
    }
}

#[test]
fn all_but_actions_have_a_cause_that_came_before() {
    for events in traces() {
        for event in &events {
            let is_action = matches!(event.kind, EventKind::Action(_));
            assert_eq!(event.cause.is_none(), is_action, "{event:?}");
            if let Some(cause) = cause(&events, event) {
                assert!(
                    cause.id < event.id && cause.at <= event.at,
                    "{cause:?} causes {event:?}"
                );
            }
        }
    }
}

/// The message of an event, and the two ends of its way.
fn message(event: &Event) -> Option<(NodeId, NodeId, Message)> {
    let server = event.server?;
    match event.kind {
        EventKind::Sent { to, message, .. } | EventKind::Duplicated { to, message, .. } => Some((server, to, message)),
        EventKind::Delivered { from, message }
        | EventKind::Held { from, message }
        | EventKind::Lost { from, message, .. } => Some((from, server, message)),
        _ => None,
    }
}

#[test]
fn what_becomes_of_a_message_is_caused_by_its_sending_or_its_duplication() {
    for events in traces() {
        for event in &events {
            if matches!(
                event.kind,
                EventKind::Duplicated { .. }
                    | EventKind::Delivered { .. }
                    | EventKind::Held { .. }
                    | EventKind::Lost { .. }
            ) {
                let sent = cause(&events, event).expect("a cause");
                let leaves = matches!(sent.kind, EventKind::Sent { .. } | EventKind::Duplicated { .. });
                assert!(leaves, "{sent:?} causes {event:?}");
                assert_eq!(message(sent), message(event));
            }
        }
    }
}

#[test]
fn a_message_ends_once_and_waits_once_at_most() {
    for events in traces() {
        let mut ends = vec![0; events.len()];
        let mut waits = vec![0; events.len()];
        for event in &events {
            let Some(sent) = event.cause else { continue };
            let index = usize::try_from(sent.0).expect("a short run");
            match event.kind {
                EventKind::Delivered { .. } | EventKind::Lost { .. } => ends[index] += 1,
                EventKind::Held { .. } => waits[index] += 1,
                _ => {}
            }
        }
        assert!(ends.iter().chain(&waits).all(|&count| count <= 1));
    }
}

#[test]
fn a_timer_fires_because_it_was_set_for_now_or_was_forced_to() {
    for events in traces() {
        for event in &events {
            let EventKind::TimerFired(fired) = event.kind else {
                continue;
            };
            let cause = cause(&events, event).expect("a cause");
            assert_eq!(cause.server, event.server);
            match cause.kind {
                EventKind::TimerSet { timer, fires_at } => {
                    assert_eq!(timer, fired);
                    assert!(fires_at <= event.at);
                    assert!(fires_at == event.at || resumed_at(&events, event), "{event:?} is late");
                }
                EventKind::Action(Action::Server(_, action)) => assert_eq!(forced_by(action), Some(fired)),
                other => panic!("{other:?} made a timer fire"),
            }
        }
    }
}

/// The timer that an action lets fire, if it does.
fn forced_by(action: ServerAction) -> Option<Timer> {
    match action {
        ServerAction::ForceTimeout => Some(Timer::Election),
        ServerAction::SendHeartbeats => Some(Timer::Heartbeat),
        ServerAction::ExpireLeader => Some(Timer::RecentLeader),
        ServerAction::CheckQuorum => Some(Timer::CheckQuorum),
        _ => None,
    }
}

/// Whether the server's process went on at this very instant, after a pause.
fn resumed_at(events: &[Event], fired: &Event) -> bool {
    let now = events
        .iter()
        .filter(|event| event.at == fired.at && event.server == fired.server);
    now.into_iter()
        .any(|event| matches!(event.kind, EventKind::Action(Action::Server(_, ServerAction::Resume))))
}

/// Within a step, what a server does follows from what it was told or decided there.
#[test]
fn what_a_server_does_is_caused_at_the_same_server_and_instant() {
    for events in traces() {
        for event in &events {
            let does = matches!(
                event.kind,
                EventKind::Sent { .. }
                    | EventKind::Persisted(_)
                    | EventKind::TimerSet { .. }
                    | EventKind::TimerCancelled(_)
                    | EventKind::Decided(_)
            );
            if does {
                let cause = cause(&events, event).expect("a cause");
                assert_eq!(cause.at, event.at, "{cause:?} causes {event:?}");
                // An action on the whole cluster is done to each server.
                assert!(
                    cause.server.is_none_or(|_| cause.server == event.server),
                    "{cause:?} causes {event:?}"
                );
                let leads_on = matches!(
                    cause.kind,
                    EventKind::Action(_)
                        | EventKind::TimerFired(_)
                        | EventKind::Delivered { .. }
                        | EventKind::Decided(_)
                );
                assert!(leads_on, "{cause:?} causes {event:?}");
            }
        }
    }
}

/// A message is sent only after everything that it promises is on disk.
#[test]
fn within_a_step_the_disk_is_written_before_anything_is_sent() {
    for events in traces() {
        for pair in events.windows(2) {
            if let EventKind::Persisted(_) = pair[1].kind {
                let begins_step = match pair[0].kind {
                    EventKind::Action(_) | EventKind::TimerFired(_) | EventKind::Delivered { .. } => true,
                    // New rules on persistence make all servers write.
                    EventKind::Persisted(_) => pair[0].cause == pair[1].cause,
                    _ => false,
                };
                assert!(begins_step, "{:?} comes before {:?}", pair[0], pair[1]);
            }
        }
    }
}

/// But with the lab's quirk, where a server may answer in one term and run for the next in a single step.
#[test]
fn what_a_server_does_carries_its_term() {
    for events in (0..200).map(|seed| random::faulty(seed).make().1.events) {
        for event in &events {
            match event.kind {
                EventKind::Sent { message, .. } => assert_eq!(event.term, message.term(), "{event:?}"),
                EventKind::Persisted(state) => assert_eq!(event.term, state.current_term, "{event:?}"),
                _ => {}
            }
        }
    }
}

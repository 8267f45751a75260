use super::*;
use crate::{
    raft::{Decision, NodeId, Role, Term},
    sim::{Action, Config, ServerAction},
};

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const MAIN: BranchId = BranchId(0);

fn event(id: u64, server: NodeId, term: u32) -> Event {
    Event {
        id: EventId(id),
        at: Micros(5),
        cause: Some(EventId(id / 2)),
        server: Some(server),
        role: Role::Follower,
        term: Term(term),
        kind: EventKind::Decided(Decision::Started),
    }
}

#[test]
fn events_are_matched_one_by_one_whatever_their_numbers_and_order() {
    let one = vec![event(1, S1, 1), event(2, S1, 1), event(3, S2, 1)];
    let other = vec![event(7, S2, 1), event(8, S1, 1), event(9, S1, 2)];
    let [left, right] = unmatched(&[one.clone(), other.clone()]);
    assert_eq!((left, right), (vec![one[1]], vec![other[2]]));
}

/// Every event by the plainest comparison there is, for two whole traces.
fn expected(histories: [&History; 2]) -> [Vec<EventId>; 2] {
    let events = histories.map(|history| {
        let trace = history.trace();
        trace
            .range(EventId(0), history.world().next_event())
            .copied()
            .collect::<Vec<_>>()
    });
    let lacking = |mine: &[Event], theirs: &[Event]| {
        let count = |all: &[Event], event: &Event| all.iter().filter(|other| is_same(event, other)).count();
        let surplus = mine.iter().enumerate().filter(|(index, event)| {
            let before = mine[..*index].iter().filter(|other| is_same(event, other)).count();
            before >= count(theirs, event)
        });
        surplus.map(|(_, event)| event.id).collect()
    };
    [lacking(&events[0], &events[1]), lacking(&events[1], &events[0])]
}

fn found(difference: &Difference, histories: [&History; 2]) -> [Vec<EventId>; 2] {
    let side = |side, history: &History| {
        let all = (0..history.world().next_event().0).map(EventId);
        all.filter(|event| difference.differs(side, *event)).collect()
    };
    [side(Side::One, histories[0]), side(Side::Other, histories[1])]
}

fn forked() -> History {
    let mut history = History::new(Config::paper(5), 3, &[]).unwrap();
    history.seek(Micros::from_millis(800));
    let leader = history.world().leader().unwrap();
    history.act(Action::kill(leader)).unwrap();
    history.seek(Micros::from_millis(3000));
    history.fork_without(0);
    history
}

#[test]
fn what_differs_is_what_two_whole_traces_say_at_every_instant() {
    let mut history = forked();
    let fork = history.current();
    let mut twin = history.twin(MAIN);
    let mut difference = Difference::between(&history, MAIN, fork).unwrap();
    for millis in [700, 800, 801, 950, 1100, 1300] {
        let at = Micros::from_millis(millis);
        history.seek(at);
        twin.seek(at);
        assert!(difference.advance(at, u64::MAX));
        assert_eq!(
            found(&difference, [&twin, &history]),
            expected([&twin, &history]),
            "{millis} ms"
        );
    }
    // At the very instant of an event as well.
    for _ in 0..8 {
        history.step();
        twin.seek(history.now());
        assert!(difference.advance(history.now(), u64::MAX));
        assert_eq!(found(&difference, [&twin, &history]), expected([&twin, &history]));
    }
}

#[test]
fn the_first_difference_is_the_action_and_then_what_it_led_to() {
    let history = forked();
    let mut difference = Difference::between(&history, MAIN, history.current()).unwrap();
    assert!(difference.advance(Micros::from_millis(799), u64::MAX));
    assert_eq!((difference.first(), difference.first_decision()), (None, None));
    assert!(difference.advance(Micros::from_millis(800), u64::MAX));
    let first = difference.first().unwrap();
    assert_eq!(first.at, Micros::from_millis(800));
    assert!(matches!(
        first.events,
        [
            Some(Event {
                kind: EventKind::Action(Action::Server(_, ServerAction::Kill)),
                ..
            }),
            None
        ]
    ));
    assert!(difference.advance(Micros::from_millis(3000), u64::MAX));
    assert_eq!(difference.first(), Some(first));
    let decision = difference.first_decision().unwrap();
    assert!(decision.at > first.at && decision.events.iter().flatten().all(is_decision));
}

#[test]
fn a_little_at_a_time_finds_the_same() {
    let history = forked();
    let fork = history.current();
    let end = Micros::from_millis(2500);
    let [mut slow, mut fast] = [(), ()].map(|()| Difference::between(&history, MAIN, fork).unwrap());
    assert!(fast.advance(end, u64::MAX));
    let mut calls = 0;
    while !slow.advance(end, 20) {
        calls += 1;
    }
    assert!(calls > 10);
    assert_eq!(slow.first(), fast.first());
    for id in (0..10_000).map(EventId) {
        for side in Side::BOTH {
            assert_eq!(slow.differs(side, id), fast.differs(side, id));
        }
    }
}

#[test]
fn what_is_done_at_the_instant_visited_is_taken_in() {
    let mut history = forked();
    let (fork, end) = (history.current(), history.end());
    let mut difference = Difference::between(&history, MAIN, fork).unwrap();
    history.seek(end);
    difference.advance(end, u64::MAX);
    let acted = history.act(Action::pause(S2)).unwrap();
    assert_eq!(acted.forked_from, None);
    assert!(!difference.differs(Side::Other, acted.event));
    assert!(difference.follow(&history));
    difference.advance(end, u64::MAX);
    assert!(difference.differs(Side::Other, acted.event));
    // In the past it makes another branch, which is another comparison.
    history.seek(Micros::from_millis(900));
    history.act(Action::pause(S2)).unwrap();
    assert!(difference.follow(&history));
    history.delete(MAIN);
    assert!(!difference.follow(&history));
}

#[test]
fn what_is_done_in_a_branch_that_was_started_again_is_compared_anew() {
    let mut history = forked();
    // Nothing is done in this branch, so it is the one that starts again.
    let bare = history.current();
    history.seek(Micros::from_millis(900));
    history.act(Action::pause(S2)).unwrap();
    let other = history.current();
    let mut difference = Difference::between(&history, bare, other).unwrap();
    assert!(difference.advance(Micros::from_millis(2500), u64::MAX));
    history.visit(bare, Micros::ZERO);
    history.restart();
    assert_eq!((history.current(), history.end()), (bare, Micros::ZERO));
    history.seek(Micros::from_millis(400));
    history.act(Action::kill(S1)).unwrap();
    assert_eq!(history.current(), bare);
    assert!(!difference.follow(&history));
    let mut anew = Difference::between(&history, bare, other).unwrap();
    assert!(anew.advance(Micros::from_millis(2500), u64::MAX));
    assert_eq!(anew.first().unwrap().at, Micros::from_millis(400));
}

/// A run from a link may say that its branches part after more events than anyone can wait for.
#[test]
fn a_long_way_to_the_parting_is_gone_in_small_steps() {
    let mut recording = forked().recording();
    let late = Micros::from_secs(1_000_000_000);
    recording.branches[1].actions = vec![(late, Action::kill(S2))];
    recording.branches[0].actions.clear();
    for branch in &mut recording.branches {
        (branch.about.forked_at, branch.about.end) = (Micros::ZERO, Micros::ZERO);
    }
    recording.now = Micros::ZERO;
    let history = History::replay(&recording).unwrap();
    let mut difference = Difference::between(&history, MAIN, BranchId(1)).unwrap();
    assert!(!difference.advance(late, 10_000));
    assert_eq!(difference.first(), None);
    assert!(Side::BOTH.iter().all(|side| !difference.differs(*side, EventId(100))));
}

#[test]
fn a_branch_does_not_differ_from_one_in_which_the_same_is_done() {
    let history = forked();
    assert!(Difference::between(&history, MAIN, MAIN).is_none());
}

#[test]
fn marks_end_where_they_end() {
    let mut marks = Marks {
        from: 10,
        bits: Vec::new(),
    };
    let beyond = EventId(10 + Marks::CAPACITY as u64);
    marks.set(beyond);
    marks.set(EventId(10));
    assert!(marks.has(EventId(10)) && marks.has(beyond));
    assert!(!marks.has(EventId(9)) && !marks.has(EventId(11)));
    assert_eq!(marks.bits.len(), 1);
}

#[test]
fn each_event_has_a_mark_of_its_own() {
    let mut marks = Marks {
        from: 10,
        bits: Vec::new(),
    };
    let marked = [10, 73, 74, 75, 5000].map(EventId);
    marked.iter().for_each(|event| marks.set(*event));
    for event in (0..6000).map(EventId) {
        assert_eq!(marks.has(event), marked.contains(&event), "{event:?}");
    }
}

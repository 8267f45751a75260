use super::*;
use crate::{
    scenario::Scenario,
    sim::{Action, Config, Memory, Network},
};

fn rough() -> Config {
    let mut config = Config::paper(5);
    config.network = Network {
        loss_permille: 150,
        duplication_permille: 150,
        reordering_permille: 100,
        ..config.network
    };
    config
}

fn fresh(history: &History, elections_only: bool) -> Index {
    let mut index = Index::new(elections_only);
    index.sync(history, 0);
    index
}

fn same(a: &Index, b: &Index) {
    assert_eq!(a.journeys, b.journeys);
    assert_eq!(a.dots, b.dots);
    assert_eq!(a.rows, b.rows);
    assert_eq!(a.terms, b.terms);
}

#[test]
fn an_index_that_grew_or_went_back_equals_one_made_at_once() {
    for elections_only in [false, true] {
        let mut history = History::new(rough(), 7, &[]).unwrap();
        let mut index = Index::new(elections_only);
        for millis in (0..900).step_by(13).chain([300, 301, 900, 0, 450]) {
            history.seek(Micros::from_millis(millis));
            index.sync(&history, 0);
            same(&index, &fresh(&history, elections_only));
        }
    }
}

#[test]
fn every_message_has_a_journey_that_ends_as_the_trace_says() {
    let mut history = History::new(rough(), 7, &[]).unwrap();
    history.seek(Micros::from_millis(900));
    let index = fresh(&history, false);
    let events = || history.trace().range(EventId(0), history.world().next_event());
    let count = |wanted: fn(&EventKind) -> bool| events().filter(|event| wanted(&event.kind)).count();
    let journeys: Vec<_> = index.journeys(Micros::ZERO, Micros::NEVER).collect();
    let sent = count(|kind| matches!(kind, EventKind::Sent { .. } | EventKind::Duplicated { .. }));
    assert_eq!(journeys.len(), sent);
    let lost = count(|kind| matches!(kind, EventKind::Lost { .. }));
    assert!(lost > 0);
    assert_eq!(journeys.iter().filter(|journey| journey.lost.is_some()).count(), lost);
    let open = journeys.iter().filter(|journey| journey.end.is_none()).count();
    assert_eq!(open, history.world().in_flight().count());
}

#[test]
fn a_window_has_what_is_under_way_in_it_and_nothing_else() {
    let mut history = History::new(rough(), 7, &[]).unwrap();
    history.seek(Micros::from_millis(900));
    let index = fresh(&history, false);
    for from in (0..900).step_by(37).map(Micros::from_millis) {
        let to = from + Micros::from_millis(20);
        let all = index.journeys.iter();
        let expected: Vec<_> = all
            .filter(|journey| journey.sent_at <= to && journey.until() >= from)
            .collect();
        assert_eq!(index.journeys(from, to).collect::<Vec<_>>(), expected);
        assert!(index.dots(from, to).all(|dot| (from..=to).contains(&dot.at)));
    }
}

#[test]
fn a_message_to_a_paused_server_waits_until_it_goes_on() {
    let mut history = Scenario::free(3, 7).start();
    history.seek(Micros::from_millis(600));
    let leader = history.world().leader().unwrap();
    let other = NodeId::all(3).find(|server| *server != leader).unwrap();
    history.act(Action::pause(other)).unwrap();
    history.seek(Micros::from_millis(700));
    let held = |index: &Index| {
        let all = index.journeys(Micros::ZERO, Micros::NEVER);
        all.filter(|journey| journey.held.is_some())
            .copied()
            .collect::<Vec<_>>()
    };
    let before = held(&fresh(&history, false));
    assert!(!before.is_empty() && before.iter().all(|journey| journey.end.is_none()));
    history.act(Action::resume(other)).unwrap();
    let after = held(&fresh(&history, false));
    assert!(after.iter().all(|journey| journey.until() == Micros::from_millis(700)));
}

#[test]
fn without_heartbeats_only_those_stay_that_changed_something() {
    let mut history = Scenario::free(5, 7).start();
    history.seek(Micros::from_millis(500));
    let leader = history.world().leader().unwrap();
    history.act(Action::isolate(leader)).unwrap();
    history.seek(Micros::from_millis(1500));
    history.act(Action::rejoin(leader)).unwrap();
    history.seek(Micros::from_millis(2500));
    let index = fresh(&history, true);
    let routine: Vec<_> = index
        .journeys(Micros::ZERO, Micros::NEVER)
        .filter(|journey| is_routine(journey.message))
        .collect();
    assert!(
        routine.iter().any(|journey| journey.to == leader),
        "deposed by a heartbeat"
    );
    assert!(routine.len() < 20, "{} heartbeats left", routine.len());
    assert!(index.dots.iter().all(|dot| dot.kind != DotKind::Heard));
}

#[test]
fn what_the_trace_forgets_is_forgotten() {
    let memory = Memory {
        events: 500,
        ..Memory::default()
    };
    let mut history = History::with_memory(Config::paper(5), 7, &[], memory).unwrap();
    let mut index = Index::new(false);
    for millis in (0..3000).step_by(50) {
        history.seek(Micros::from_millis(millis));
        index.sync(&history, 0);
    }
    let first = history.trace().first();
    assert!(first.0 > 0 && index.dropped() > 0);
    assert!(index.journeys.iter().all(|journey| journey.sent >= first));
    let fresh = fresh(&history, false);
    assert!(index.journeys == fresh.journeys);
    // What ends a journey that is forgotten has a row only if it was seen to start.
    assert!(fresh.rows.iter().all(|row| index.rows.contains(row)));
}

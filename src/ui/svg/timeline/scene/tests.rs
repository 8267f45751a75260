use super::*;
use crate::{
    raft::Decision,
    scenario::{Scenario, ScenarioId},
    sim::Action,
    ui::{
        run::player::Player,
        svg::timeline::fixtures::{all, stormy},
    },
};

#[test]
fn marks_too_close_are_one_that_shows_the_weightiest() {
    let mut player = Player::default();
    player.seek(Micros::from_millis(500));
    player.act(Action::heal_all()).unwrap();
    player.act(Action::kill(NodeId::new(1))).unwrap();
    player.act(Action::align_timers()).unwrap();
    player.seek(Micros::from_millis(1000));
    let spots = spots(player.history().roles(), all(player.history()), 80);
    let spot = spots.iter().find(|spot| spot.at == 5000).unwrap();
    assert_eq!(spot.mark.kind, MarkKind::Acted(Action::kill(NodeId::new(1))));
    assert_eq!(spot.others, 2);
    assert!(spots.windows(2).all(|pair| pair[1].at >= pair[0].at + 80));
}

#[test]
fn a_leader_that_is_elected_is_seen_beside_what_happens_shortly_after() {
    let mut player = Player::default();
    let elected = loop {
        player.step();
        let roles = player.history().roles();
        if let Some(mark) = roles.marks().find(|mark| is_elected(mark.kind)) {
            break *mark;
        }
    };
    player.act(Action::heal_all()).unwrap();
    player.act(Action::kill(NodeId::new(1))).unwrap();
    player.seek(Micros::from_millis(1000));
    let window = all(player.history());
    let spots = spots(player.history().roles(), window, 80);
    let crown = spots.iter().position(|spot| spot.mark == elected).unwrap();
    assert_eq!((spots[crown].at, spots[crown].others), (window.place(elected.at), 0));
    let after = spots[crown + 1];
    assert_eq!(after.mark.kind, MarkKind::Acted(Action::kill(NodeId::new(1))));
    assert_eq!((after.at, after.others), (spots[crown].at + 80, 1));
}

/// Votes are split when the last of them is given, as the story tells it: the timeout that ends it comes much later.
#[test]
fn a_split_vote_stands_where_the_votes_were_split() {
    let mut history = Scenario::new(ScenarioId::SplitVote).start();
    history.seek(Micros::from_millis(600));
    let decided = |wanted: &dyn Fn(Decision) -> bool| {
        let is_it = |event: &&Event| matches!(event.kind, EventKind::Decided(decision) if wanted(decision));
        history.happened().filter(is_it).map(|event| event.at).max()
    };
    let began = decided(&|decision| matches!(decision, Decision::ElectionStarted { .. })).expect("two stand");
    let given = decided(&|decision| matches!(decision, Decision::VoteGranted { .. })).expect("two votes");
    history.seek(Micros::from_secs(1));
    let window = all(&history);
    let split = |window| {
        let spots = spots(history.roles(), window, 1);
        spots
            .into_iter()
            .find(|spot| matches!(spot.mark.kind, MarkKind::Split(_)))
    };
    let spot = split(window).expect("a split vote");
    assert_eq!(spot.at, window.place(given));
    // Also where the timeout that ended it is not in the window, or alone.
    let [until, since] = [(began, given.since(began)), (spot.mark.at, Micros::from_millis(100))];
    let window = |(from, span)| Window { from, span };
    assert_eq!(split(window(until)).map(|spot| spot.mark), Some(spot.mark));
    assert_eq!(split(window(since)), None);
}

/// Each is drawn around its place, so none lies upon another, whatever happened at one instant.
#[test]
fn no_mark_lies_upon_another() {
    let mut history = stormy(30);
    history.act(Action::align_timers()).unwrap();
    history.advance(history.now() + Micros::from_secs(2), 100_000);
    for millis in [400, 2000, 30_000] {
        let span = Micros::from_millis(millis);
        for from in (0..32_000).step_by(250).map(Micros::from_millis) {
            let spots = spots(history.roles(), Window { from, span }, 130);
            assert!(spots.windows(2).all(|pair| pair[1].at >= pair[0].at + 130), "{spots:?}");
        }
    }
}

#[test]
fn numbers_of_terms_do_not_run_into_each_other() {
    let history = stormy(120);
    let starts = starts(history.roles(), all(&history), 500);
    let labelled: Vec<_> = starts.iter().filter(|start| start.labelled).collect();
    assert!(labelled.len() > 10 && labelled.len() < starts.len());
    assert!(labelled.windows(2).all(|pair| pair[1].at - pair[0].at >= 500));
}

#[test]
fn details_are_those_of_the_window_and_none_if_too_many() {
    let history = stormy(20);
    assert_eq!(Details::of(history.trace(), all(&history)).flights, []);
    let window = Window {
        from: Micros::from_millis(300),
        span: Micros::from_millis(200),
    };
    let details = Details::of(history.trace(), window);
    let ended = |event: &&Event| {
        window.contains(event.at) && matches!(event.kind, EventKind::Delivered { .. } | EventKind::Lost { .. })
    };
    let events = history.trace().range(EventId(0), history.trace().end());
    assert_eq!(details.flights.len(), events.filter(ended).count());
    assert!(details.flights.iter().any(|flight| flight.lost.is_some()));
    assert!(details.flights.iter().all(|flight| flight.sent.0 <= flight.ended.0));
    assert!(!details.votes.is_empty());
}

use super::*;
use crate::{
    lab::atlas::Stability,
    raft::{Quorum, Rule},
    scenario::ScenarioId,
    sim::Memory,
};

#[test]
fn time_by_events_passes_at_the_same_pace() {
    let (mut smooth, mut jumping) = (Player::default(), Player::default());
    jumping.set_by_events(true);
    for _ in 0..600 {
        smooth.frame(16.0);
        jumping.frame(16.0);
    }
    assert_eq!(
        smooth.history().world().next_event(),
        jumping.history().world().next_event()
    );
    assert!(jumping.history().now() <= smooth.history().now());
}

/// The paper's rules but for this one.
fn without(rule: Rule) -> Rules {
    let mut rules = Rules::PAPER;
    rules.set(rule, false);
    rules
}

/// A cluster in which a candidate's own vote is enough.
fn own_vote_is_enough() -> Player {
    let mut player = Player::new(Scenario::free(5, 7));
    let mut rules = Rules::PAPER;
    rules.quorum = Quorum::Votes(1);
    player.restart_with(rules);
    player.set_playing(true);
    player
}

fn play(player: &mut Player, frames: usize) {
    for _ in 0..frames {
        player.frame(50.0);
    }
}

#[test]
fn a_violation_stops_the_run_at_its_instant_and_play_goes_on() {
    for by_events in [false, true] {
        for speed in [Speed::new(-20), Speed::FASTEST] {
            let mut player = own_vote_is_enough();
            player.set_by_events(by_events);
            player.set_pace(Pace::Set(speed));
            play(&mut player, 200);
            assert!(!player.playing(), "{by_events} {speed:?}");
            let incidents = player.history().incidents();
            assert_eq!(incidents[0].violation.property, Property::LeaderHadMajority);
            let at = incidents[0].at;
            assert_eq!((player.history().now(), player.history().end()), (at, at));
            assert!(!player.in_the_past(), "acting here opens no branch");

            player.set_playing(true);
            play(&mut player, 5);
            assert!(player.playing(), "what is broken already stops nothing");
            assert!(by_events || player.history().now() > at);
        }
    }
}

#[test]
fn who_comes_back_before_a_violation_meets_it_again() {
    let mut player = own_vote_is_enough();
    play(&mut player, 200);
    let at = player.history().now();
    player.seek(Micros::ZERO);
    assert!(player.history().incidents().is_empty());
    player.set_playing(true);
    play(&mut player, 200);
    assert_eq!((player.playing(), player.history().now()), (false, at));
}

#[test]
fn whoever_goes_past_a_violation_is_not_held_up() {
    let mut player = own_vote_is_enough();
    player.seek(Micros::from_secs(1));
    assert_eq!(player.history().now(), Micros::from_secs(1));
    assert!(!player.history().incidents().is_empty());
}

#[test]
fn a_run_that_begins_again_by_other_rules_is_the_same_but_for_them() {
    let mut player = Player::new(Scenario::new(ScenarioId::SplitVote));
    player.seek(Micros::from_millis(400));
    let seed = player.scenario().seed;
    player.restart_with(without(Rule::PersistVote));
    assert_eq!(player.history().now(), Micros::ZERO);
    assert_eq!(player.history().started_with().rules, without(Rule::PersistVote));
    assert_eq!(
        (player.scenario().id, player.scenario().seed),
        (ScenarioId::SplitVote, seed)
    );
    player.act(Action::set_rules(Rules::PAPER)).unwrap();
    player.reset();
    assert_eq!(player.rules(), without(Rule::PersistVote), "reset goes back to those");
}

#[test]
fn what_was_found_is_called_so_only_under_the_rules_that_it_was_found_under() {
    let finding = Finding {
        property: Property::ElectionSafety,
        steps: 8,
    };
    let mut scenario = Scenario::free(3, 1).with_rules(without(Rule::PersistVote));
    scenario.title = finding.to_string();
    let mut player = Player::new(scenario);
    player.restart_with(without(Rule::PersistVote));
    assert_eq!(player.scenario().title, finding.to_string());
    player.restart_with(Rules::PAPER);
    assert_eq!(player.scenario().title, "");
}

/// What an atlas or a search for faults says that there is to watch was seen by those rules.
#[test]
fn what_was_seen_is_said_only_under_the_rules_that_it_was_seen_under() {
    for watch in [
        Stability::Stuck.watch(),
        "find: stuck, faults 3 of all, smaller sets 61, runs 10".to_owned(),
    ] {
        let mut scenario = Scenario::free(5, 1);
        (scenario.title, scenario.watch) = ("Stuck".to_owned(), watch.clone());
        let mut player = Player::new(scenario);
        player.restart_with(Rules::PAPER);
        assert_eq!(player.scenario().watch, watch);
        player.restart_with(without(Rule::RandomisedTimeouts));
        assert_eq!(player.scenario().watch, "");
    }
}

#[test]
fn a_long_absence_of_the_browser_is_one_frame() {
    let mut player = Player::default();
    player.frame(3_600_000.0);
    assert!(
        player.history().now() <= Micros::from_millis(12),
        "a tenth of a second at the quiet pace"
    );
}

#[test]
fn playback_moves_time_and_nothing_else() {
    let mut player = Player::new(Scenario::free(5, 7));
    player.control(Playback::Seek(Micros::from_millis(400)));
    assert_eq!(
        (player.playing(), player.history().now()),
        (false, Micros::from_millis(400))
    );
    player.control(Playback::StepBack);
    player.control(Playback::StepBack);
    let before = player.history().now();
    player.control(Playback::Step);
    assert!(before < player.history().now() && player.in_the_past());
    player.control(Playback::ToEnd);
    assert!(!player.in_the_past());
    let speed = player.tempo().speed();
    player.control(Playback::Faster(-6));
    assert_eq!(player.pace(), Pace::Set(speed.faster(-6)));
    player.control(Playback::Pace(Pace::Auto));
    assert_eq!(
        player.tempo().speed(),
        speed,
        "one press returns to the pace of the run"
    );
    player.control(Playback::Toggle);
    assert!(player.playing());
    player.control(Playback::Reset);
    assert_eq!(player.history().now(), Micros::ZERO);
    assert!(!player.history().is_touched());
}

/// Whoever drags the play head back over a long run has earlier events in memory all the time: what was done is as it was, and only
/// what reads the events begins anew.
#[test]
fn earlier_events_are_the_same_events() {
    let memory = Memory {
        events: 2000,
        spacing: 100,
        ..Memory::default()
    };
    let scenario = Scenario::free(5, 1);
    let mut player = Player {
        history: History::with_memory(scenario.config, scenario.seed, &[], memory).unwrap(),
        ..Player::default()
    };
    player.seek(Micros::from_secs(60));
    let epoch = player.epoch();
    for second in (1..60).rev() {
        let (revision, read) = (player.revision(), player.trace_epoch());
        let first = player.history().trace().first();
        player.seek(Micros::from_secs(second));
        let reaches_back = player.history().trace().first() < first;
        assert_eq!(player.trace_epoch() > read, reaches_back, "at {second} s");
        assert!(player.revision() > revision, "what follows the run hears of it");
    }
    assert_eq!(player.epoch(), epoch);
    assert!(
        player.trace_epoch() > epoch + 10,
        "the memory is too large to say anything"
    );
}

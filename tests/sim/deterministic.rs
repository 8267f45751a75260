//! Configuration, seed and actions determine every event, on every machine.

use crate::runs::{Run, pinned, random};
use raft_playground::{
    raft::{Rule, Rules},
    sim::{Action, Event, EventKind, Micros},
};

#[test]
fn the_pinned_runs_have_their_fingerprints() {
    let found = pinned::all().map(|pinned| (pinned.name, format!("{:#018x}", pinned.run.digest())));
    let known = pinned::all().map(|pinned| (pinned.name, format!("{:#018x}", pinned.digest)));
    assert_eq!(
        found, known,
        "left: now, right: as pinned in tests/support/runs/pinned.rs"
    );
}

#[test]
fn the_pinned_runs_see_everything_that_can_happen() {
    let events: Vec<_> = pinned::all()
        .iter()
        .flat_map(|pinned| pinned.run.make().1.events)
        .collect();
    let action = |event: &Event| match event.kind {
        EventKind::Action(action) => Some(action.spelling().word),
        _ => None,
    };
    let done: Vec<_> = events.iter().filter_map(action).collect();
    for word in Action::SPELLINGS.iter().map(|spelling| spelling.word) {
        assert!(done.contains(&word), "no pinned run does {word}");
    }
    let text = format!("{events:?}");
    for kind in [
        "Duplicated",
        "TimerSet",
        "TimerCancelled",
        "TimerFired",
        "Persisted",
        "Sent",
        "Delivered",
        "Held",
        "Lost",
        "Decided",
        "place: Network",
        "place: ServerDown",
        "place: CutLink",
        "place: Dropped",
        "place: Buffer",
        "ElectionWon",
        "LogBehind",
        "AlreadyVotedFor",
        "StaleTerm",
        "PreVoteStarted",
        "leadership_transfer: true",
        "TimerFired(RecentLeader)",
        "TimerFired(CheckQuorum)",
    ] {
        assert!(text.contains(kind), "no pinned run has {kind}");
    }
}

/// Each rule that the paper does not have is in force in one of them.
#[test]
fn the_pinned_runs_have_every_extension() {
    let runs = pinned::all().map(|pinned| pinned.run);
    for rule in Rule::ALL.iter().filter(|rule| !Rules::PAPER.get(**rule)) {
        let in_force = |run: &Run| run.config.rules.get(*rule);
        assert!(runs.iter().any(in_force), "no pinned run has {}", rule.slug());
    }
}

/// What can't be done is passed over, and then a fingerprint would say little.
#[test]
fn the_pinned_runs_do_all_that_they_are_told() {
    for pinned in pinned::all() {
        let events = pinned.run.make().1.events;
        let done = events.iter().filter_map(|event| match event.kind {
            EventKind::Action(action) => Some((event.at, action)),
            _ => None,
        });
        let started = pinned.run.config.running.len();
        assert!(done.skip(started).eq(pinned.run.actions), "{}", pinned.name);
    }
}

#[test]
fn the_same_run_twice_is_the_same() {
    for seed in 0..100 {
        let run = random::wild(seed);
        assert_eq!(run.make().1.events, run.make().1.events, "seed {seed}");
    }
}

#[test]
fn stopping_on_the_way_makes_no_difference() {
    for seed in 0..100 {
        let run = random::wild(seed);
        let (world, record) = run.make();
        let mut history = run.history();
        let mut dice = random::Dice::new(seed);
        while history.now() < run.end {
            let at = history.now() + Micros(dice.roll(30_000));
            history.seek(at.min(run.end));
        }
        assert_eq!(history.world(), &world, "seed {seed}");
        let trace = history.trace();
        assert!(
            trace.range(trace.first(), trace.end()).eq(&record.events),
            "seed {seed}"
        );
    }
}

#[test]
fn another_seed_is_another_run() {
    let mut run = pinned::all()[0].run.clone();
    let before = run.digest();
    run.seed += 1;
    assert_ne!(run.digest(), before);
}

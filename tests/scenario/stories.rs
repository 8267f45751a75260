//! The story of each built-in scenario: what a reader sees happen, and when.
//!
//! A story stands beside its scenario, as `src/scenario/builtin/split-vote.story`: a time, a server, and what it does, a line each.
//! Where a rule, a scenario or the luck of a run changes, its stories change, and this test says where. If they should,
//! `UPDATE_STORIES=1 cargo test --test scenario stories` writes them again, and their differences are there to be read.

use std::{env, fmt::Write, fs, path::PathBuf};

use crate::support::Run;
use raft_playground::{
    scenario::{Scenario, ScenarioId},
    sim::Micros,
};

/// Lines after which a story breaks off: where elections never settle, it would go on for ever.
const MOST_LINES: usize = 120;

const UPDATE: &str = "UPDATE_STORIES=1 cargo test --test scenario stories";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/scenario/builtin")
}

fn story(id: ScenarioId) -> String {
    let mut story = format!("# What happens in {}.raft. `{UPDATE}` writes it anew.\n", id.slug());
    let told = Run::of(id).told();
    for (at, line) in told.iter().take(MOST_LINES) {
        let _ = writeln!(
            story,
            "{:>3}.{:03} s  {line}",
            at.as_millis() / 1000,
            at.as_millis() % 1000
        );
    }
    if told.len() > MOST_LINES {
        story.push_str("           and so on\n");
    }
    story
}

/// Where two texts part: the number of the line, and the line in each.
fn parting<'a>(one: &'a str, other: &'a str) -> Option<(usize, &'a str, &'a str)> {
    const END: &str = "(the end)";
    let (mut ours, mut theirs) = (one.lines(), other.lines());
    (1..).find_map(|number| match (ours.next(), theirs.next()) {
        (None, None) => Some(None),
        (ours, theirs) if ours == theirs => None,
        (ours, theirs) => Some(Some((number, ours.unwrap_or(END), theirs.unwrap_or(END)))),
    })?
}

#[test]
fn every_scenario_tells_its_story() {
    let mut others = String::new();
    for id in ScenarioId::ALL {
        let path = folder().join(id.slug()).with_extension("story");
        let now = story(id);
        if env::var_os("UPDATE_STORIES").is_some() {
            fs::write(&path, &now).expect("the folder of the scenarios can be written to");
        }
        // Some check-outs end lines with CR LF; `lines` takes both.
        let kept = fs::read_to_string(&path).unwrap_or_default();
        if let Some((number, kept, now)) = parting(&kept, &now) {
            let _ = write!(
                others,
                "\n{}.story, line {number}\n  was: {kept}\n  now: {now}",
                id.slug()
            );
        }
    }
    assert!(
        others.is_empty(),
        "other stories, from these lines on:{others}\nIf they should be: {UPDATE}"
    );
}

#[test]
fn every_story_is_that_of_a_scenario() {
    for file in fs::read_dir(folder()).expect("the scenarios are there") {
        let path = file.expect("a file").path();
        let slug = path.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        assert!(
            ScenarioId::from_slug(slug).is_some(),
            "{slug} is in no line of scenario/builtin.rs"
        );
    }
}

#[test]
fn no_story_breaks_a_safety_property() {
    for id in ScenarioId::ALL {
        assert_eq!(Run::of(id).history.incidents(), [], "{id:?}");
    }
}

/// What a reader waits for, and after how many seconds of theirs it has happened, at the scenario's pace.
#[test]
fn no_scenario_keeps_its_reader_waiting() {
    use ScenarioId::{
        LeaderReturns, MinorityLeader, OneByOne, OneWayCut, PartialPartition, RollingUpgrade, SplitVote,
        SplitVoteThrice, StaleLog, ThreeRegions, TightTimeout,
    };
    for (id, moments) in [
        (
            SplitVote,
            [(5, "leads term 1"), (12, "runs for term 2"), (17, "leads term 3")].as_slice(),
        ),
        (
            SplitVoteThrice,
            &[(4, "runs for term 1"), (12, "runs for term 3"), (17, "leads term 4")],
        ),
        (
            StaleLog,
            &[(5, "leads term 1"), (11, "runs for term 2"), (13, "leads term 3")],
        ),
        (
            TightTimeout,
            &[(3, "runs for term 1"), (5, "runs for term 2"), (15, "runs for term 5")],
        ),
        (OneByOne, &[(4, "runs for term 1"), (15, "leads term 4")]),
        (MinorityLeader, &[(5, "leads term 1"), (12, "leads term 2")]),
        (
            LeaderReturns,
            &[(5, "leads term 1"), (11, "leads term 2"), (17, "S5 steps down")],
        ),
        (
            OneWayCut,
            &[(5, "leads term 1"), (11, "runs for term 2"), (16, "leads term 3")],
        ),
        (
            PartialPartition,
            &[(5, "leads term 1"), (11, "runs for term 2"), (17, "leads term 3")],
        ),
        (ThreeRegions, &[(6, "leads term 1"), (17, "leads term 2")]),
        (RollingUpgrade, &[(6, "leads term 1"), (17, "leads term 5")]),
    ] {
        let run = Run::until(Micros::from_secs(5), Scenario::new(id));
        let told = run.told();
        for (seconds, wanted) in moments {
            let moment = told.iter().find(|(_, line)| line.ends_with(wanted));
            let (at, line) = moment.unwrap_or_else(|| panic!("nobody {wanted} in {id:?}"));
            let limit = Micros(seconds * run.scenario.pace.0);
            assert!(*at <= limit, "{id:?}: {line} at {at}, later than {limit}");
        }
    }
}

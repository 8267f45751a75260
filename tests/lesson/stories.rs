//! The story of each built-in lesson: what happens in the run while each step stands, for whoever walks it rightly.
//!
//! What a lesson says is a claim about its runs. So a story stands beside each, as `src/lesson/builtin/terms.story`, to write and to
//! review the sentences by. Where a rule, a lesson or the luck of a run changes, this test says where.
//! `UPDATE_STORIES=1 cargo test --test lesson stories` writes them anew. `LESSON=my.lesson cargo test --test lesson stories::one --
//! --nocapture` tells that of a file of one's own.

use std::{env, fmt::Write, fs, path::PathBuf};

use crate::{runs::told, support::Reader};
use raft_playground::{
    lesson::{BuiltinLesson, Lesson, StepKind, file},
    sim::EventId,
};

/// Lines after which a step's story breaks off.
const MOST_LINES: usize = 60;

const UPDATE: &str = "UPDATE_STORIES=1 cargo test --test lesson stories";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/lesson/builtin")
}

/// What happens while each step stands.
fn story(lesson: Lesson) -> String {
    let mut story = format!("# What happens in {}.lesson. `{UPDATE}` writes it anew.\n", lesson.name);
    let mut reader = Reader::new(lesson);
    let mut seen = EventId(0);
    loop {
        let kind = match &reader.walk.step().kind {
            StepKind::Say => "say",
            StepKind::Wait(_) => "wait",
            StepKind::Ask(_) => "ask",
            StepKind::Predict(_) => "ask predict",
            StepKind::Task(_) => "task",
        };
        let text = reader.walk.step().text.get("en").to_owned();
        let _ = writeln!(story, "\n{} {kind}: {text}", reader.walk.index() + 1);
        reader.fulfil();
        seen = tell(&mut story, &reader, seen);
        let before = reader.walk.scene_index();
        if !reader.next() {
            return story;
        }
        if reader.walk.scene_index() != before {
            seen = EventId(0);
        }
    }
}

/// Tells what has happened from an event on. Says up to where that is.
fn tell(story: &mut String, reader: &Reader, from: EventId) -> EventId {
    let events: Vec<_> = reader.history.happened().copied().collect();
    let lines: Vec<_> = told(&events)
        .into_iter()
        .filter(|(event, _)| event.id >= from)
        .collect();
    for (event, line) in lines.iter().take(MOST_LINES) {
        let _ = writeln!(story, "  {} s  {line}", event.at);
    }
    if lines.len() > MOST_LINES {
        story.push_str("           and so on\n");
    }
    let _ = writeln!(story, "  {} s", reader.history.now());
    reader.history.world().next_event()
}

#[test]
fn every_lesson_tells_its_story() {
    let mut others = String::new();
    for id in BuiltinLesson::ALL {
        let path = folder().join(id.slug()).with_extension("story");
        let now = story(id.lesson());
        if env::var_os("UPDATE_STORIES").is_some() {
            fs::write(&path, &now).expect("the folder of the lessons can be written to");
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let parts = kept.lines().zip(now.lines()).position(|(kept, now)| kept != now);
        if let Some(line) = parts.or((kept.lines().count() != now.lines().count()).then_some(0)) {
            let _ = write!(others, "\n{}.story, line {}", id.slug(), line + 1);
        }
    }
    assert!(
        others.is_empty(),
        "other stories, from these lines on:{others}\nIf they should be: {UPDATE}"
    );
}

#[test]
fn one() {
    if let Some(path) = env::var_os("LESSON") {
        let text = fs::read_to_string(&path).expect("a text");
        let lesson = file::read(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        println!("{}", story(lesson));
    }
}

//! What an author got wrong that no line shows by itself: it shows once the lesson is played, by its right answers and solutions.

use super::{LessonError, LessonExpected, read, read::SHOWN};
use crate::{
    lesson::{LessonStep, LessonWalk, Offer, StepKind},
    sim::{EventKind, History},
};

/// What does not come about in the lesson of a text, in the order of its steps; nothing if it can't be read. After a step that is
/// never done, nobody knows how the rest of its scene would go.
#[must_use]
pub fn flaws(text: &str) -> Vec<LessonError> {
    let Ok(lesson) = read(text) else { return Vec::new() };
    let (lines, mut walk, mut found) = (lines_of_steps(text), LessonWalk::new(lesson), Vec::new());
    let mut run = walk.open_run();
    loop {
        if let Some(history) = &mut run {
            walk.begin(history);
            let is_asked = walk.asks().is_some();
            let is_done = walk.bring_about(history);
            let (step, lines) = (walk.step(), &lines[walk.index()]);
            found.extend(never_done(step, is_asked, is_done).map(|(word, expected)| lines.error(word, 0, expected)));
            if is_done {
                found.extend(
                    never_happened(step, history)
                        .map(|(word, place)| lines.error(word, place, LessonExpected::Happened)),
                );
            } else {
                run = None;
            }
        }
        match walk.pass() {
            None => return found,
            Some(true) => run = walk.open_run(),
            Some(false) => {}
        }
    }
}

/// What was expected of a step that is not done, or asks nothing, and with which word its line begins.
fn never_done(step: &LessonStep, is_asked: bool, is_done: bool) -> Option<(&'static str, LessonExpected)> {
    match &step.kind {
        StepKind::Wait(_) if !is_done => Some(("wait", LessonExpected::Coming)),
        StepKind::Predict(_) if !is_asked => Some(("ask", LessonExpected::Askable)),
        // A task without a solution is done by the reader alone.
        StepKind::Task(task) if !is_done && !task.solution.is_empty() => Some(("solve", LessonExpected::Solution)),
        _ => None,
    }
}

/// The offers of a step whose event has not happened, or can't be undone: each with its word, and its place among those of that word.
fn never_happened<'a>(step: &'a LessonStep, history: &'a History) -> impl Iterator<Item = (&'static str, usize)> + 'a {
    let word = |offer: &Offer| match offer {
        Offer::Why(_) => "why",
        Offer::WhatIf(_) => "what-if",
    };
    let has_happened = |offer: &Offer| {
        let event = offer
            .occurrence()
            .last(history)
            .and_then(|(_, event)| history.trace().get(event));
        event.is_some_and(|event| matches!(offer, Offer::Why(_)) || matches!(event.kind, EventKind::Action(_)))
    };
    let offers = step.offers.iter().enumerate();
    offers
        .filter(move |(_, offer)| !has_happened(offer))
        .map(move |(at, offer)| {
            let before = step.offers[..at].iter();
            (word(offer), before.filter(|other| word(other) == word(offer)).count())
        })
}

/// The lines of a step, with their numbers.
struct StepLines<'t>(Vec<(usize, &'t str)>);

impl StepLines<'_> {
    /// What is wrong in the line of this word that has so many before it; in the first of the step if there is none.
    fn error(&self, word: &str, place: usize, expected: LessonExpected) -> LessonError {
        let mut lines = self.0.iter().filter(|(_, line)| keyword(line) == word);
        let (line, said) = *lines.nth(place).unwrap_or(&self.0[0]);
        LessonError {
            line,
            expected,
            found: said.chars().take(SHOWN).collect(),
        }
    }
}

fn keyword(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

/// The lines of each step of a text that can be read.
fn lines_of_steps(text: &str) -> Vec<StepLines<'_>> {
    let mut steps: Vec<StepLines<'_>> = Vec::new();
    for (number, line) in (1..).zip(text.lines().map(str::trim)) {
        match (keyword(line), steps.last_mut()) {
            ("say" | "wait" | "ask" | "task", _) => steps.push(StepLines(vec![(number, line)])),
            (_, Some(step)) => step.0.push((number, line)),
            (_, None) => {}
        }
    }
    steps
}

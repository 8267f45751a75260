//! What an author got wrong that no line shows by itself: it shows once the lesson is played, by its right answers and solutions.

use std::fmt;

use super::{
    Instead, LessonError, LessonExpected,
    conditions::condition_words,
    read::{LessonDraft, SHOWN, read_draft},
};
use crate::{
    lesson::{Lesson, LessonStep, LessonWalk, Offer, StepKind, predict::Prediction},
    sim::{EventKind, History},
};

/// Something in a lesson that can be read, and that its author can't have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonFlaw {
    /// The line, and what was expected there.
    pub error: LessonError,
    /// The condition that is not met, in the words of files, where the line does not say it.
    pub missing: Option<String>,
    /// What there is in the run instead.
    pub instead: Option<Instead>,
}

impl From<LessonError> for LessonFlaw {
    fn from(error: LessonError) -> Self {
        Self {
            error,
            missing: None,
            instead: None,
        }
    }
}

impl fmt::Display for LessonFlaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)?;
        if let Some(missing) = &self.missing {
            write!(f, "; “{missing}” is missing")?;
        }
        match &self.instead {
            Some(Instead::Happens(found) | Instead::Before(found)) => {
                let found: Vec<_> = found.iter().map(|(at, words)| format!("“{words}” at {at} s")).collect();
                write!(f, "; there is {}", found.join(", "))
            }
            Some(Instead::Nothing) => f.write_str("; nothing of the kind happens"),
            Some(Instead::Unaskable(why)) => write!(f, "; {why:?}"),
            None => Ok(()),
        }
    }
}

/// The lesson of a text as its author has it checked: with what they should look at again, and what does not come about in it, in
/// the order of its steps. After a step that is never done, nobody knows how the rest of its scene would go.
///
/// # Errors
/// The first line that can't be understood.
pub fn check(text: &str) -> Result<(Lesson, Vec<LessonFlaw>), LessonError> {
    let LessonDraft { lesson, remarks } = read_draft(text)?;
    let mut flaws: Vec<_> = remarks.into_iter().map(LessonFlaw::from).collect();
    flaws.extend(flaws_of_run(text, &lesson));
    Ok((lesson, flaws))
}

fn flaws_of_run(text: &str, lesson: &Lesson) -> Vec<LessonFlaw> {
    let (lines, mut walk, mut found) = (lines_of_steps(text), LessonWalk::new(lesson.clone()), Vec::new());
    let mut run = walk.open_run();
    loop {
        if let Some(history) = &mut run {
            let lines = &lines[walk.index()];
            walk.begin(history);
            found.extend(unasked(&walk, history, lines));
            if walk.bring_about(history) {
                found.extend(never_happened(walk.step(), history, lines));
            } else {
                found.extend(never_done(&walk, history, lines));
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

/// A step that has begun and asks nothing where it should.
fn unasked(walk: &LessonWalk, history: &History, lines: &StepLines<'_>) -> Option<LessonFlaw> {
    let StepKind::Predict(wish) = &walk.step().kind else {
        return None;
    };
    // Why not takes many forks to find out.
    if walk.asks().is_some() {
        return None;
    }
    let why = Prediction::refusal(history.world(), wish, history.next_planned())?;
    Some(LessonFlaw {
        instead: Some(Instead::Unaskable(why)),
        ..lines.error("ask", 0, LessonExpected::Askable).into()
    })
}

/// A step that is not done. As much time passes in the run as anybody would wait.
fn never_done(walk: &LessonWalk, history: &mut History, lines: &StepLines<'_>) -> Option<LessonFlaw> {
    let (word, expected) = match &walk.step().kind {
        StepKind::Wait(_) => ("wait", LessonExpected::Coming),
        // A task without a solution is done by the reader alone.
        StepKind::Task(task) if !task.solution.is_empty() => ("solve", LessonExpected::Solution),
        _ => return None,
    };
    let unmet = walk.unmet(history);
    // A `wait` of one condition says it itself.
    let says_it = matches!(&walk.step().kind, StepKind::Wait(goal) if goal.len() == 1);
    let condition = unmet.as_ref().map(|(condition, _)| condition);
    Some(LessonFlaw {
        error: lines.error(word, 0, expected),
        missing: condition.filter(|_| !says_it).map(condition_words),
        instead: unmet.and_then(|(condition, from)| Instead::of_condition(&condition, history, from)),
    })
}

/// The offers of a step whose event has not happened, or can't be undone.
fn never_happened(step: &LessonStep, history: &History, lines: &StepLines<'_>) -> Vec<LessonFlaw> {
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
    let never = offers.filter(|(_, offer)| !has_happened(offer)).map(|(at, offer)| {
        let before = step.offers[..at].iter().filter(|other| word(other) == word(offer));
        LessonFlaw {
            instead: Some(Instead::of_offer(offer, history)),
            ..lines
                .error(word(offer), before.count(), LessonExpected::Happened)
                .into()
        }
    });
    never.collect()
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

//! From a text to a lesson.

use std::mem;

use super::{
    HEADER, LessonError, LessonExpected, LessonRead, VERSION,
    conditions::{read_goal, read_occurrence},
    languages::{TagCheck, has_other_tag, repeats},
    predictions::read_wish,
};
use crate::{
    lesson::{
        Control, LANGUAGES, Lesson, LessonChoice, LessonScene, LessonStep, LessonTask, LessonText, Misconception,
        Offer, StepKind, TaskDeed,
    },
    scenario::{
        Run, Scenario, ScenarioId,
        file::{self, WordReader},
    },
    sim::Micros,
};

/// Bytes of a text.
const LONGEST_TEXT: usize = 2000;
/// The first line of a scenario file.
const RUN_HEADER: &str = "raft-playground 1";
/// Characters of a line that are shown with what is wrong with it.
pub(super) const SHOWN: usize = 60;

/// The lesson of a text.
///
/// # Errors
/// The first line that can't be understood.
pub fn read(text: &str) -> Result<Lesson, LessonError> {
    read_draft(text).map(|draft| draft.lesson)
}

/// A lesson that can be read, though not all of it may be meant so.
pub(super) struct LessonDraft {
    pub(super) lesson: Lesson,
    /// Texts that nobody sees, or that stand twice.
    pub(super) remarks: Vec<LessonError>,
}

/// The lesson of a text, with what its author should look at again.
// Inlined, it would be there wherever it is called.
#[inline(never)]
pub(super) fn read_draft(text: &str) -> Result<LessonDraft, LessonError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let says_something = |line: &&str| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with('#')
    };
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| says_something(line));
    let (number, first) = lines.next().unwrap_or((1, ""));
    let (mut reader, mut remarks) = (LessonReader::default(), Vec::new());
    let fail = |(number, line): (usize, &str), expected| LessonError {
        line: number,
        expected,
        found: line.trim().chars().take(SHOWN).collect(),
    };
    header(first).map_err(|expected| fail((number, first), expected))?;
    if text.len() > file::LONGEST {
        return Err(fail((number, first), LessonExpected::Shorter));
    }
    let mut last = (number, first);
    for (number, line) in lines {
        last = (number, line);
        remarks.extend(reader.remark(line).map(|expected| fail(last, expected)));
        reader
            .line(number, line)
            .map_err(|wrong| fail(wrong.place(text, last), wrong.expected))?;
    }
    let lesson = reader
        .finish()
        .map_err(|wrong| fail(wrong.place(text, last), wrong.expected))?;
    Ok(LessonDraft { lesson, remarks })
}

fn header(line: &str) -> LessonRead<()> {
    let mut words = line.split_whitespace();
    if words.next() != Some(HEADER) {
        return Err(LessonExpected::Header);
    }
    let version = words.next().and_then(|word| word.parse::<u32>().ok());
    match (version, words.next()) {
        (Some(VERSION), None) => Ok(()),
        (Some(version), None) if version > VERSION => Err(LessonExpected::OlderVersion),
        _ => Err(LessonExpected::Header),
    }
}

/// What is wrong, and in which line if it is not the last that was read.
struct Wrong {
    expected: LessonExpected,
    line: Option<usize>,
}

impl Wrong {
    fn place<'t>(&self, text: &'t str, last: (usize, &'t str)) -> (usize, &'t str) {
        let line = |number: usize| Some((number, text.lines().nth(number - 1)?));
        self.line.and_then(line).unwrap_or(last)
    }
}

impl<T: Into<LessonExpected>> From<T> for Wrong {
    fn from(expected: T) -> Self {
        Self {
            expected: expected.into(),
            line: None,
        }
    }
}

type Checked<T> = Result<T, Wrong>;

const fn wrong_in(line: usize, expected: LessonExpected) -> Wrong {
    Wrong {
        expected,
        line: Some(line),
    }
}

/// A scene before its first step: its run is not read yet.
struct OpenScene {
    line: usize,
    scenario: Option<ScenarioId>,
    run_lines: Vec<(usize, String)>,
    /// Its number of servers, which steps have to know.
    scene: LessonScene,
    has_run: bool,
}

/// What has been read so far.
#[derive(Default)]
struct LessonReader {
    name: String,
    title: LessonText,
    about: LessonText,
    scenes: Vec<LessonScene>,
    open: Option<OpenScene>,
    /// The step that is being read, with its line.
    step: Option<(usize, LessonStep)>,
    tags: TagCheck,
}

impl LessonReader {
    /// What is odd about the language of a line that is still to be read.
    fn remark(&mut self, line: &str) -> Option<LessonExpected> {
        let keyword = line.split_whitespace().next()?;
        let (word, tag) = split_language(keyword).ok()?;
        let step = self.step.as_ref().map(|(_, step)| step);
        let choice = step.and_then(|step| match &step.kind {
            StepKind::Ask(choices) => choices.last(),
            _ => None,
        });
        let text = match (word, step) {
            ("title", None) => &self.title,
            ("about", None) => &self.about,
            ("text", Some(step)) => &step.text,
            ("then", Some(step)) => &step.then,
            ("because", _) => &choice?.because,
            ("right" | "wrong", Some(_)) => match choice.filter(|choice| choice.right == (word == "right")) {
                Some(choice) => &choice.text,
                None => return self.tags.known(tag),
            },
            _ => return None,
        };
        let is_answer = matches!(word, "right" | "wrong");
        let is_second_answer = is_answer && choice.is_some_and(|choice| repeats(choice, word == "right", tag));
        let is_second_title = word == "title" && text.exactly(tag).is_some();
        if has_other_tag(text, tag) || is_second_answer || is_second_title {
            return Some(LessonExpected::LanguageOnce);
        }
        self.tags.known(tag)
    }

    fn line(&mut self, number: usize, line: &str) -> Checked<()> {
        let (keyword, rest) = line.trim().split_once(char::is_whitespace).unwrap_or((line.trim(), ""));
        let rest = rest.trim();
        let mut words = WordReader::new(rest, self.size());
        match keyword {
            "scene" => self.scene(number, &mut words)?,
            "say" | "wait" | "ask" | "task" => self.begin_step(number, keyword, &mut words)?,
            _ if self.step.is_some() => self.step_line(keyword, rest, &mut words)?,
            _ if self.open.is_some() => self.scene_line(number, line, keyword, &mut words)?,
            _ => self.head_line(keyword, rest)?,
        }
        Ok(())
    }

    fn size(&self) -> u8 {
        let open = self.open.as_ref();
        open.map_or(5, |open| open.scene.run.recording.config.size)
    }

    /// Above all scenes.
    fn head_line(&mut self, keyword: &str, rest: &str) -> LessonRead<()> {
        let (word, language) = split_language(keyword)?;
        match word {
            "lesson" => {
                let is_name = |char: char| char.is_ascii_lowercase() || char.is_ascii_digit() || char == '-';
                if !self.name.is_empty() {
                    return Err(LessonExpected::Once);
                }
                if rest.is_empty() || rest.len() > 60 || !rest.chars().all(is_name) {
                    return Err(LessonExpected::Name);
                }
                rest.clone_into(&mut self.name);
                Ok(())
            }
            "title" => say(&mut self.title, language, rest),
            "about" => say(&mut self.about, language, rest),
            _ => Err(LessonExpected::Scene),
        }
    }

    // --- Scenes ---

    fn scene(&mut self, number: usize, words: &mut WordReader<'_>) -> Checked<()> {
        if self.title.is_empty() {
            return Err(LessonExpected::Title.into());
        }
        self.end_scene()?;
        let named = |slug: &str| ScenarioId::from_slug(slug).ok_or(LessonExpected::Scenario);
        let scenario = words.next().map(named).transpose()?;
        words.end()?;
        let run = match scenario {
            Some(id) => {
                let start = Scenario::new(id);
                Run::of(&start, &start.start())
            }
            None => file::read(RUN_HEADER).map_err(|error| error.expected)?,
        };
        self.open = Some(OpenScene {
            line: number,
            scenario,
            run_lines: Vec::new(),
            scene: LessonScene {
                scenario,
                run,
                open: Micros::ZERO,
                misconceptions: Vec::new(),
                locks: Vec::new(),
                steps: Vec::new(),
            },
            has_run: scenario.is_some(),
        });
        Ok(())
    }

    /// In a scene, above its steps.
    fn scene_line(&mut self, number: usize, line: &str, keyword: &str, words: &mut WordReader<'_>) -> Checked<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        match keyword {
            "open" => {
                words.word("at")?;
                open.scene.open = words.instant()?;
            }
            "misconception" => open.scene.misconceptions.push(misconception(words)?),
            "lock" => open.scene.locks.extend(controls(words)?),
            _ if open.scenario.is_some() => return Err(LessonExpected::NoRun.into()),
            _ => {
                open.run_lines.push((number, line.to_owned()));
                return Ok(());
            }
        }
        Ok(words.end()?)
    }

    /// Reads the run of the scene that is open, unless that was done.
    fn read_run(&mut self) -> Checked<()> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if mem::replace(&mut open.has_run, true) {
            return Ok(());
        }
        let lines = open.run_lines.iter().map(|(_, line)| line.as_str());
        let text: Vec<_> = std::iter::once(RUN_HEADER).chain(lines).collect();
        open.scene.run = file::read(&text.join("\n")).map_err(|error| Wrong {
            expected: error.expected.into(),
            line: error
                .line
                .checked_sub(2)
                .and_then(|place| Some(open.run_lines.get(place)?.0)),
        })?;
        Ok(())
    }

    fn end_scene(&mut self) -> Checked<()> {
        self.read_run()?;
        self.end_step()?;
        let Some(open) = self.open.take() else { return Ok(()) };
        if open.scene.steps.is_empty() {
            return Err(wrong_in(open.line, LessonExpected::Steps));
        }
        self.scenes.push(open.scene);
        Ok(())
    }

    // --- Steps ---

    fn begin_step(&mut self, number: usize, keyword: &str, words: &mut WordReader<'_>) -> Checked<()> {
        if self.open.is_none() {
            return Err(LessonExpected::Scene.into());
        }
        self.read_run()?;
        self.end_step()?;
        // The run has been read, so the size of its cluster is known.
        let mut words = WordReader::new(words.rest, self.size());
        let kind = match keyword {
            "say" => StepKind::Say,
            "ask" if words.after("predict") => StepKind::Predict(read_wish(&mut words)?),
            "ask" => StepKind::Ask(Vec::new()),
            "wait" => StepKind::Wait(read_goal(&mut words)?),
            _ => StepKind::Task(LessonTask {
                goal: read_goal(&mut words)?,
                solution: Vec::new(),
                misses: Vec::new(),
            }),
        };
        words.end()?;
        let step = LessonStep {
            kind,
            text: LessonText::default(),
            then: LessonText::default(),
            offers: Vec::new(),
            pace: None,
            locks: Vec::new(),
            unlocks: Vec::new(),
        };
        self.step = Some((number, step));
        Ok(())
    }

    fn step_line(&mut self, keyword: &str, rest: &str, words: &mut WordReader<'_>) -> LessonRead<()> {
        let Some((_, step)) = &mut self.step else {
            return Err(LessonExpected::Step);
        };
        let (word, language) = split_language(keyword)?;
        match word {
            "text" => return say(&mut step.text, language, rest),
            "then" => return say(&mut step.then, language, rest),
            "right" | "wrong" | "because" => return choice_line(step, word, language, rest),
            _ if word != keyword => return Err(LessonExpected::Step),
            "why" => step.offers.push(Offer::Why(read_occurrence(words)?)),
            "what-if" => step.offers.push(Offer::WhatIf(read_occurrence(words)?)),
            "pace" if step.pace.is_some() => return Err(LessonExpected::Once),
            "pace" => step.pace = Some(words.span()?),
            "lock" => step.locks.extend(controls(words)?),
            "unlock" => step.unlocks.extend(controls(words)?),
            "solve" | "miss" => {
                let StepKind::Task(task) = &mut step.kind else {
                    return Err(LessonExpected::Task);
                };
                let deeds = if word == "solve" {
                    &mut task.solution
                } else {
                    &mut task.misses
                };
                words.word("after")?;
                let after = words.instant()?;
                let actions = words.actions()?;
                if word == "solve" && deeds.last().is_some_and(|last| last.after > after) {
                    return Err(LessonExpected::Later);
                }
                deeds.extend(actions.into_iter().map(|action| TaskDeed { after, action }));
            }
            _ => return Err(LessonExpected::Step),
        }
        Ok(words.end()?)
    }

    fn end_step(&mut self) -> Checked<()> {
        let Some((line, step)) = self.step.take() else {
            return Ok(());
        };
        if step.text.is_empty() && !matches!(step.kind, StepKind::Predict(_)) {
            return Err(wrong_in(line, LessonExpected::Said));
        }
        if let StepKind::Ask(choices) = &step.kind {
            let is_choice = |right| choices.iter().any(|choice| choice.right == right);
            if !is_choice(true) || !is_choice(false) {
                return Err(wrong_in(line, LessonExpected::Choices));
            }
            if choices.iter().any(|choice| choice.because.is_empty()) {
                return Err(wrong_in(line, LessonExpected::Because));
            }
        }
        if let Some(open) = &mut self.open {
            open.scene.steps.push(step);
        }
        Ok(())
    }

    fn finish(mut self) -> Checked<Lesson> {
        self.end_scene()?;
        if self.title.is_empty() {
            return Err(LessonExpected::Title.into());
        }
        if self.scenes.is_empty() {
            return Err(LessonExpected::Steps.into());
        }
        Ok(Lesson {
            name: self.name,
            title: self.title,
            about: self.about,
            scenes: self.scenes,
        })
    }
}

/// A keyword and the language that it has in brackets.
fn split_language(keyword: &str) -> LessonRead<(&str, &str)> {
    let Some((word, rest)) = keyword.split_once('[') else {
        return Ok((keyword, LANGUAGES[0]));
    };
    let tag = rest.strip_suffix(']').filter(|tag| !tag.is_empty());
    let is_tag = |tag: &&str| tag.chars().all(|char| char.is_ascii_alphanumeric() || char == '-');
    let tag = tag.filter(is_tag).ok_or(LessonExpected::Language)?;
    Ok((word, tag))
}

/// Says something more in a language.
fn say(text: &mut LessonText, language: &str, said: &str) -> LessonRead<()> {
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    if said.is_empty() {
        return Err(LessonExpected::Text);
    }
    if text.add(language, &said) > LONGEST_TEXT {
        return Err(LessonExpected::ShortText);
    }
    Ok(())
}

/// `right` and `wrong` begin a choice in the first language, and say it again in each other one; `because` belongs to the last.
fn choice_line(step: &mut LessonStep, word: &str, language: &str, rest: &str) -> LessonRead<()> {
    let StepKind::Ask(choices) = &mut step.kind else {
        return Err(LessonExpected::Ask);
    };
    if word == "because" {
        let choice = choices.last_mut().ok_or(LessonExpected::Choice)?;
        return say(&mut choice.because, language, rest);
    }
    let right = word == "right";
    let is_said = |choice: &LessonChoice| choice.text.exactly(language).is_some() || choice.right != right;
    if choices.last().is_none_or(is_said) {
        choices.push(LessonChoice {
            right,
            text: LessonText::default(),
            because: LessonText::default(),
        });
    }
    match choices.last_mut() {
        Some(choice) => say(&mut choice.text, language, rest),
        None => Err(LessonExpected::Choice),
    }
}

fn misconception(words: &mut WordReader<'_>) -> LessonRead<Misconception> {
    let name = words.next().unwrap_or_default();
    let found = Misconception::ALL.into_iter().find(|each| each.slug() == name);
    found.ok_or(LessonExpected::Misconception)
}

/// One control or more.
fn controls(words: &mut WordReader<'_>) -> LessonRead<Vec<Control>> {
    let mut found = Vec::new();
    while words.peek().is_some() || found.is_empty() {
        let name = words.next().unwrap_or_default();
        let control = Control::ALL.into_iter().find(|each| each.slug() == name);
        found.push(control.ok_or(LessonExpected::Control)?);
    }
    Ok(found)
}

//! A lesson as a file for people to read and write.
//!
//! One thing a line, as in scenario files, whose lines describe the run of a scene. `docs/lessons.md` has the whole grammar. What
//! the layer promises: what [`write()`] writes, [`read()`] reads as the same lesson; and a file that can't be read is refused with
//! the line and what was expected there.
//!
//! ```text
//! raft-lesson 1
//! title One leader
//! title[pt-BR] Um leader
//! scene
//!   seed 6
//! wait elected S2
//!   text S2 asks the others for their votes.
//!   text[pt-BR] S2 pede os votos dos outros.
//! ```

mod conditions;
mod flaws;
mod instead;
mod languages;
mod predictions;
mod read;
mod write;

use std::fmt;

pub use flaws::{LessonFlaw, check};
pub use instead::Instead;
pub use read::read;
pub use write::write;

use crate::{
    lesson::{Control, CountedDeed, LANGUAGES, Misconception, OccurrenceKind, Reason, predict::QuizTopic},
    safety::Property,
    scenario::file,
};

/// The version of the files that are written. Older ones are read for ever.
pub const VERSION: u32 = 1;

/// How file names end.
pub const EXTENSION: &str = "lesson";

/// The first word of a file.
const HEADER: &str = "raft-lesson";

/// Whether a text is meant as a lesson: its first line that says something begins as that of a lesson.
#[must_use]
pub fn is_lesson(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_start);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| line.split_whitespace().next() == Some(HEADER))
}

/// Why a file can't be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonError {
    /// The line, counted from 1.
    pub line: usize,
    /// What was expected there.
    pub expected: LessonExpected,
    /// What is there instead, as far as there is room to show it.
    pub found: String,
}

impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, expected, found } = self;
        write!(f, "line {line}: expected {expected}, found “{found}”")
    }
}

impl std::error::Error for LessonError {}

type LessonRead<T> = Result<T, LessonExpected>;

/// What a line should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonExpected {
    /// The first line says what kind of file it is: `raft-lesson 1`.
    Header,
    /// A version that is known; this one is newer.
    OlderVersion,
    /// A file of [`file::LONGEST`] bytes at most.
    Shorter,
    /// What has not been given before.
    Once,
    /// Some text.
    Text,
    /// A text of 2000 bytes at most.
    ShortText,
    /// A language in brackets, as `text[pt-BR]`.
    Language,
    /// A language that the page speaks.
    KnownLanguage,
    /// One text in each language.
    LanguageOnce,
    /// A name of at most 60 small letters, digits and hyphens.
    Name,
    /// The title of the lesson, above its first scene.
    Title,
    /// A `scene` above this line.
    Scene,
    /// A scene with a step, and a file with a scene.
    Steps,
    /// The name of a built-in scenario, or nothing.
    Scenario,
    /// Nothing about the run, which is that of a scenario.
    NoRun,
    /// A step above this line.
    Step,
    /// What the step says: a `text`.
    Said,
    /// The name of a mistake.
    Misconception,
    /// `actions`, `rules` or `time`.
    Control,
    /// What has to happen or hold, as `elected S2`.
    Condition,
    /// Something that holds and has a past, as `leader for 1 s`.
    Lasting,
    /// What is counted, as in `at-most 2 actions`.
    Counted,
    /// By which rule, as `because stale-term`.
    Reason,
    /// A property, as `election-safety`.
    Property,
    /// `why` or `what-if` of something that happens.
    Happening,
    /// What is to be predicted, as `next-timeout`.
    Prediction,
    /// An `ask` above this line.
    Ask,
    /// A choice above this line.
    Choice,
    /// A right choice and a wrong one.
    Choices,
    /// A `because` for each choice.
    Because,
    /// A `task` above this line.
    Task,
    /// A time that is not before the one above.
    Later,
    /// What comes about in the run, where a step waits for it.
    Coming,
    /// A question that can be worked out where the run is then.
    Askable,
    /// A solution that brings about what its task asks for.
    Solution,
    /// Something that has happened once the step is done; for *What if not?* an action.
    Happened,
    /// What a line of a scenario file should have been, or a word that both have.
    Run(file::Expected),
}

impl From<file::Expected> for LessonExpected {
    fn from(expected: file::Expected) -> Self {
        Self::Run(expected)
    }
}

impl LessonExpected {
    /// The words that could stand there, where only a few are known.
    #[must_use]
    pub fn known(self) -> Vec<&'static str> {
        let happening = || {
            let words = OccurrenceKind::WORDS.iter().map(|(_, word, _)| *word);
            words.chain(["does", "breaks"])
        };
        match self {
            Self::KnownLanguage => LANGUAGES.to_vec(),
            Self::Misconception => Misconception::ALL.map(Misconception::slug).to_vec(),
            Self::Control => Control::ALL.map(Control::slug).to_vec(),
            Self::Counted => CountedDeed::WORDS.map(|(_, word)| word).to_vec(),
            Self::Reason => Reason::WORDS.map(|(_, word)| word).to_vec(),
            Self::Property => Property::ALL.map(Property::slug).to_vec(),
            Self::Prediction => QuizTopic::WORDS.map(|(_, word, _)| word).to_vec(),
            Self::Happening => happening().collect(),
            Self::Condition => happening().chain(conditions::STATES).collect(),
            _ => Vec::new(),
        }
    }
}

impl fmt::Display for LessonExpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "the first line “raft-lesson 1”",
            Self::OlderVersion => "a file of version 1; this one is newer",
            Self::Shorter => "a file of at most a million bytes",
            Self::Once => "what is not given twice",
            Self::Text => "some text",
            Self::ShortText => "a text of at most 2000 bytes",
            Self::Language => "a language in brackets, as “text[pt-BR]”",
            Self::KnownLanguage => "a language that this page speaks (a text without brackets is English)",
            Self::LanguageOnce => "another language; in this one it is said above",
            Self::Name => "a name of at most 60 small letters, digits and hyphens",
            Self::Title => "a “title” above the first scene",
            Self::Scene => "“lesson”, “title” or “about”, or a “scene” above this line",
            Self::Steps => "a scene with at least one step",
            Self::Scenario => "the name of a built-in scenario, or the end of the line",
            Self::NoRun => "a step; the run is that of the scenario",
            Self::Step => "a new step, “say”, “wait”, “ask” or “task”, or a line of one",
            Self::Said => "a “text” in this step",
            Self::Misconception => "the name of a mistake, as “vote-forgotten”",
            Self::Control => "what is locked or not",
            Self::Condition => "what has to happen or hold, as “elected S2”",
            Self::Lasting => "a state that can last, as “leader S2 for 1 s”",
            Self::Counted => "what is counted",
            Self::Reason => "the name of a reason, as “stale-term”",
            Self::Property => "the name of a property, as “election-safety”",
            Self::Happening => "something that happens, as “elected S2”",
            Self::Prediction => "what is to be predicted, as “next-timeout” or “vote S3 for S2”",
            Self::Ask => "an “ask” without “predict” above this line",
            Self::Choice => "“right” or “wrong” above this line",
            Self::Choices => "a “right” choice and a “wrong” one in this step",
            Self::Because => "a “because” for each choice of this step",
            Self::Task => "a “task” above this line",
            Self::Later => "a time that is not before the one above",
            Self::Coming => "what happens within 30 s of this run",
            Self::Askable => "a question that can be worked out at this instant of the run",
            Self::Solution => "a solution that does the task in this run",
            Self::Happened => "what has happened in this run by then (“what-if” wants an action)",
            Self::Run(expected) => return expected.fmt(f),
        })
    }
}

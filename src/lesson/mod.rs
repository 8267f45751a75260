//! Lessons as data: what a class is told, shown, asked and set, along runs of the cluster.
//!
//! A [`Lesson`] is a text file beside the scenarios ([`mod@file`], `docs/lessons.md`): scenes, each a run, and steps along it. A
//! step says something, waits for something in the run, asks, or sets a task; it may offer *Why?* and *What if not?* of an event,
//! and it locks the controls that would lead astray. The built-in lessons are such files, in the folder `builtin`; a lesson of one's
//! own is passed on as such a file, or as a link ([`mod@link`]).
//!
//! Questions about any run, which nobody has written, are asked and answered in [`predict`]; what is to be brought about in a run is judged in
//! [`challenge`].
//!
//! What the layer promises: a lesson walks the same on every machine, because a [`LessonWalk`] is a function of the lesson, of the run
//! and of what the reader answers; and whether a step is done is judged by what happened in the run ([`Condition`]), not by what a
//! button was called. It knows no browser and writes no sentence: all texts are the lesson's own, in each language.

mod beside;
mod builtin;
pub mod challenge;
mod condition;
pub mod duty;
pub mod file;
pub mod link;
pub mod predict;
mod text;
mod walk;
mod worksheet;

pub use beside::BesideTask;
pub use builtin::BuiltinLesson;
pub use condition::{Condition, CountedDeed, Goal, Occurrence, OccurrenceKind, Reason, RunState};
pub use text::{LANGUAGES, LessonText};
pub use walk::{Answered, Fulfilled, LessonWalk, RunQuestion, SoughtDial, StepState, TaskWord, WalkPlace};
pub use worksheet::{LEAST, SheetPrediction, SheetScene, SheetServer, TIMEOUTS, Worksheet, WrittenQuestion};

use self::predict::QuizWish;
use crate::{
    scenario::{Run, ScenarioId},
    sim::{Action, Micros},
};

/// A lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its name in addresses and in what is kept of its reader's progress; empty if its author gave none.
    pub name: String,
    /// What it is called.
    pub title: LessonText,
    /// What it is about, in a sentence.
    pub about: LessonText,
    /// Its scenes; at least one, each with at least one step.
    pub scenes: Vec<LessonScene>,
}

impl Lesson {
    /// All its steps, with their scenes.
    pub fn steps(&self) -> impl Iterator<Item = (&LessonScene, &LessonStep)> {
        self.scenes
            .iter()
            .flat_map(|scene| scene.steps.iter().map(move |step| (scene, step)))
    }
}

/// A run, and the steps along it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonScene {
    /// The built-in scenario whose run it is, if it is one.
    pub scenario: Option<ScenarioId>,
    /// The run.
    pub run: Run,
    /// The instant at which it opens.
    pub open: Micros,
    /// The mistakes of the Students' Guide to Raft that it is about.
    pub misconceptions: Vec<Misconception>,
    /// What is locked in all its steps, besides what each locks.
    pub locks: Vec<Control>,
    /// The steps.
    pub steps: Vec<LessonStep>,
}

/// A step of a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonStep {
    /// What has to be done.
    pub kind: StepKind,
    /// What is said; of a question that comes from the run, what is said before it, if anything.
    pub text: LessonText,
    /// What is said once it is done; may be empty.
    pub then: LessonText,
    /// What may be asked about, once it has happened.
    pub offers: Vec<Offer>,
    /// How much virtual time passes in a second of the reader's until it is done, if the run alone would be too fast to watch.
    pub pace: Option<Micros>,
    /// What is locked.
    pub locks: Vec<Control>,
    /// What is not locked, although its kind or its scene would lock it.
    pub unlocks: Vec<Control>,
}

/// What a step wants of its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// To read.
    Say,
    /// To watch until this has happened.
    Wait(Goal),
    /// To answer: several choices, at least one right and one wrong.
    Ask(Vec<LessonChoice>),
    /// To say what will happen in the run as it is then, and to see it happen.
    Predict(QuizWish),
    /// To bring this about.
    Task(LessonTask),
}

/// An answer to be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonChoice {
    /// Whether it is right.
    pub right: bool,
    /// What it says.
    pub text: LessonText,
    /// Why it is right, or which mistake it is.
    pub because: LessonText,
}

/// Something to bring about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonTask {
    /// What is to happen or to hold.
    pub goal: Goal,
    /// One way to get there: what is done, and how long after the step began. Tests play it, and the reader can ask to see it.
    pub solution: Vec<TaskDeed>,
    /// Near misses: each alone does not get there. Tests play them.
    pub misses: Vec<TaskDeed>,
}

/// Something that is done, so long after a step began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskDeed {
    /// How long after.
    pub after: Micros,
    /// What.
    pub action: Action,
}

/// What may be asked about an event of the run: the latest that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Why it happened.
    Why(Occurrence),
    /// What if this had not been done.
    WhatIf(Occurrence),
}

impl Offer {
    /// What it is about.
    #[must_use]
    pub const fn occurrence(&self) -> &Occurrence {
        match self {
            Self::Why(occurrence) | Self::WhatIf(occurrence) => occurrence,
        }
    }
}

/// What a step can lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// All that is done to servers, links, messages and timers.
    Actions,
    /// The rules, the timing and the network.
    Rules,
    /// Going to another time of the run.
    Time,
}

impl Control {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Actions, Self::Rules, Self::Time];

    /// Its name in files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Actions => "actions",
            Self::Rules => "rules",
            Self::Time => "time",
        }
    }
}

impl StepKind {
    /// What is locked in such a step unless it says otherwise: what is said of a run is true of that run only, so the reader acts on
    /// it where that is the task.
    const fn locks(&self) -> &'static [Control] {
        match self {
            Self::Say | Self::Wait(_) | Self::Ask(_) | Self::Predict(_) => &[Control::Actions, Control::Rules],
            Self::Task(_) => &[],
        }
    }
}

/// A mistake about elections that the Students' Guide to Raft warns of, or that its readers make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Misconception {
    /// Every RPC starts the election timer anew.
    TimerResetOnEveryRpc,
    /// A leader or candidate that sees a newer term goes on.
    NoStepDown,
    /// A reply to an earlier request is counted.
    StaleRepliesCounted,
    /// A crash forgets the vote.
    VoteForgotten,
    /// A server votes twice in a term.
    VotingTwice,
    /// All servers wait about equally long.
    TimeoutsTooAlike,
    /// A candidate whose election failed waits for ever.
    CandidateWaitsForEver,
    /// A candidate runs again before its election can be over.
    ElectionsRestartedTooEagerly,
}

impl Misconception {
    /// All of them, in the order of the documents.
    pub const ALL: [Self; 8] = [
        Self::TimerResetOnEveryRpc,
        Self::NoStepDown,
        Self::StaleRepliesCounted,
        Self::VoteForgotten,
        Self::VotingTwice,
        Self::TimeoutsTooAlike,
        Self::CandidateWaitsForEver,
        Self::ElectionsRestartedTooEagerly,
    ];

    /// Its name in files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::TimerResetOnEveryRpc => "timer-reset-on-every-rpc",
            Self::NoStepDown => "no-step-down",
            Self::StaleRepliesCounted => "stale-replies-counted",
            Self::VoteForgotten => "vote-forgotten",
            Self::VotingTwice => "voting-twice",
            Self::TimeoutsTooAlike => "timeouts-too-alike",
            Self::CandidateWaitsForEver => "candidate-waits-for-ever",
            Self::ElectionsRestartedTooEagerly => "elections-restarted-too-eagerly",
        }
    }
}

//! The way through a lesson: which step stands, whether it is done, what an answer is worth, and what is locked.
//!
//! A walk follows the run and never changes it. Whoever shows the lesson opens the run of a scene when the walk comes to one
//! ([`LessonWalk::scene`]), lets time pass, and tells the walk what the run has become ([`LessonWalk::follow`]).

mod again;

pub use again::{SoughtDial, TaskWord};

use super::{
    Control, Lesson, LessonScene, LessonStep, Offer, StepKind, TaskDeed,
    beside::{BesideTask, TaskStart},
    predict::{Prediction, QuizWish},
};
use crate::{
    raft::Message,
    sim::{Action, BranchId, Entry, EventId, History, Micros},
};

/// An instant of a run: where a step began or was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalkPlace {
    /// The branch.
    pub branch: BranchId,
    /// The instant.
    pub at: Micros,
}

impl WalkPlace {
    fn of(history: &History) -> Self {
        Self {
            branch: history.current(),
            at: history.now(),
        }
    }
}

/// A step has just been done by what happened in the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fulfilled {
    /// When: no later than the instant that is visited.
    pub at: Micros,
    /// The event that made it so, if it is one.
    pub event: Option<EventId>,
}

/// What an answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Which choice, counted from 0.
    pub choice: usize,
    /// Whether it is right.
    pub right: bool,
}

/// A question that comes from the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunQuestion {
    /// What is asked, and what happens.
    pub prediction: Prediction,
    /// What the message says that it is about.
    pub message: Option<Message>,
}

impl RunQuestion {
    /// The question that is wished for, about a run as it is; `None` if nothing of the kind can be worked out there.
    #[must_use]
    pub fn of(history: &History, wish: &QuizWish) -> Option<Self> {
        let prediction = Prediction::wished(history.world(), wish, history.next_planned())?;
        Some(Self {
            message: prediction.message(history.world()),
            prediction,
        })
    }

    /// Whether an answer, counted from 0, is right; `None` if there is no such answer.
    #[must_use]
    pub fn is_right(&self, choice: usize) -> Option<bool> {
        let (_, mistake) = self.prediction.answers.get(choice)?;
        Some(mistake.is_none())
    }
}

/// What has become of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepState {
    /// Whether it is done.
    pub done: bool,
    /// Answers so far, the latest last; what comes after a right one does not count.
    pub answers: Vec<Answered>,
    /// The question, of a step that asks what the run will do; none if there was nothing to ask.
    pub question: Option<Box<RunQuestion>>,
    /// Whether the solution of a task, or the right answer, was asked for.
    pub shown: bool,
    /// Whether the run has answered the question before.
    pub retried: bool,
    /// Where the run was when it was done; where nothing has to happen, when it began.
    pub ended: Option<WalkPlace>,
    /// What was done beside it, of a task that is done.
    pub beside: Vec<BesideTask>,
    /// All that the reader did in it, of a task that is done.
    pub deeds: Vec<Entry>,
    /// The cluster when it began, of a task.
    start: Option<TaskStart>,
}

impl StepState {
    /// Whether it was answered at the first try, or brought about without help.
    #[must_use]
    pub fn is_own_work(&self) -> bool {
        self.done && !self.shown && !self.retried && self.answers.iter().all(|answer| answer.right)
    }
}

/// A reader's way through a lesson.
#[derive(Clone, Debug)]
pub struct LessonWalk {
    lesson: Lesson,
    /// The step that stands, counted through all scenes from 0.
    at: usize,
    states: Vec<StepState>,
    /// Where the step began: its instant, and the number of the first event that counts.
    since: Micros,
    from: EventId,
    /// Which conditions of the step have come about, each with when and by what.
    met: Vec<Option<Fulfilled>>,
    /// Up to where the run was looked at, in which branch.
    seen: (BranchId, EventId),
}

impl LessonWalk {
    /// At the first step.
    #[must_use]
    pub fn new(lesson: Lesson) -> Self {
        let steps = lesson.steps().count();
        Self {
            lesson,
            at: 0,
            states: vec![StepState::default(); steps],
            since: Micros::ZERO,
            from: EventId(0),
            met: Vec::new(),
            seen: (BranchId(0), EventId(0)),
        }
    }

    /// The lesson.
    #[must_use]
    pub const fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// Which step stands, counted from 0.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.at
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is no step; no lesson that was read is such.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.states.is_empty()
    }

    /// The scene that a step is in, counted from 0.
    fn scene_of(&self, step: usize) -> usize {
        let mut before = 0;
        let ends = self.lesson.scenes.iter().map(|scene| {
            before += scene.steps.len();
            before
        });
        ends.take_while(|end| *end <= step).count()
    }

    /// Which scene the step is in, counted from 0.
    #[must_use]
    pub fn scene_index(&self) -> usize {
        self.scene_of(self.at)
    }

    /// The scene that the step is in.
    #[must_use]
    pub fn scene(&self) -> &LessonScene {
        &self.lesson.scenes[self.scene_index()]
    }

    /// The run of that scene, where it opens, for whoever shows it to nobody; none if it can't be run.
    #[must_use]
    #[inline(never)]
    pub fn open_run(&self) -> Option<History> {
        let scene = self.scene();
        let mut history = scene.run.open().ok()?;
        history.seek(scene.open);
        Some(history)
    }

    /// The step that stands.
    ///
    /// # Panics
    /// Never: a lesson has steps.
    #[must_use]
    pub fn step(&self) -> &LessonStep {
        self.lesson.steps().nth(self.at).expect("a walk is at a step").1
    }

    /// What has become of it.
    #[must_use]
    pub fn state(&self) -> &StepState {
        &self.states[self.at]
    }

    /// What has become of all steps.
    #[must_use]
    pub fn states(&self) -> &[StepState] {
        &self.states
    }

    /// Whether it is done, so that the reader can go on.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.state().done
    }

    /// Whether the reader may give a question up: one that was answered wrongly.
    #[must_use]
    pub fn can_give_up(&self) -> bool {
        let is_asked = matches!(self.step().kind, StepKind::Ask(_));
        is_asked && !self.is_done() && !self.state().answers.is_empty()
    }

    /// The reader gives the question up: its right answer shows, and the step is done.
    pub fn give_up(&mut self) {
        if self.can_give_up() {
            let state = &mut self.states[self.at];
            (state.shown, state.done) = (true, true);
        }
    }

    /// Whether the last step stands.
    #[must_use]
    pub const fn is_at_the_end(&self) -> bool {
        self.at + 1 == self.states.len()
    }

    /// Whether all steps are done.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.states.iter().all(|state| state.done)
    }

    /// Whether the step waits for time to pass.
    #[must_use]
    pub fn waits(&self) -> bool {
        let has_been_asked = !self.state().answers.is_empty();
        match self.step().kind {
            StepKind::Wait(_) => !self.is_done(),
            StepKind::Predict(_) => !self.is_done() && has_been_asked,
            StepKind::Say | StepKind::Ask(_) | StepKind::Task(_) => false,
        }
    }

    /// How long something has to last for the step that stands, while it is not done; `None` if nothing has to.
    #[must_use]
    pub fn lasts(&self) -> Option<Micros> {
        let goal = match &self.step().kind {
            StepKind::Wait(goal) => goal,
            StepKind::Task(task) => &task.goal,
            StepKind::Say | StepKind::Ask(_) | StepKind::Predict(_) => return None,
        };
        let spans = goal.iter().filter(|_| !self.is_done());
        spans
            .filter_map(|condition| match condition {
                super::Condition::HeldFor(_, span) => Some(*span),
                _ => None,
            })
            .max()
    }

    /// What the run will do, while that waits for an answer: until then no time passes.
    #[must_use]
    pub fn asks(&self) -> Option<&RunQuestion> {
        let state = self.state();
        let question = state.question.as_deref().filter(|_| state.answers.is_empty());
        question.filter(|_| matches!(self.step().kind, StepKind::Predict(_)))
    }

    /// What the step locks.
    pub fn locked(&self) -> impl Iterator<Item = Control> {
        let (scene, step) = (self.scene(), self.step());
        // What follows tells of the cluster as the task left it.
        let is_over = matches!(step.kind, StepKind::Task(_)) && self.is_done();
        let is_locked = move |control: &Control| {
            let locks = [step.kind.locks(), &scene.locks, &step.locks];
            let is_named = locks.into_iter().any(|locks| locks.contains(control)) && !step.unlocks.contains(control);
            is_named || is_over && *control == Control::Actions
        };
        Control::ALL.into_iter().filter(is_locked)
    }

    /// Begins the step that stands in the run as it is now. Whoever shows the lesson says so once the run of a scene is open.
    pub fn begin(&mut self, history: &History) {
        self.since = history.now();
        self.from = history.world().next_event();
        self.seen = (history.current(), self.from);
        self.met.clear();
        let (is_said, is_asked) = match self.step().kind {
            StepKind::Say => (true, false),
            StepKind::Ask(_) => (false, true),
            // Where there is nothing to ask, nobody is kept.
            StepKind::Predict(wish) if !self.is_done() => (!self.pose(history, &wish), false),
            StepKind::Wait(_) | StepKind::Task(_) | StepKind::Predict(_) => (false, false),
        };
        let is_new_task = matches!(self.step().kind, StepKind::Task(_)) && !self.is_done();
        let state = &mut self.states[self.at];
        if is_new_task {
            state.start = Some(TaskStart::of(history));
        }
        // What is only said is done once it stands there.
        state.done |= is_said;
        if is_said || is_asked {
            state.ended.get_or_insert(WalkPlace::of(history));
        }
    }

    /// Asks what the run will do. Says whether there is something to ask.
    fn pose(&mut self, history: &History, wish: &QuizWish) -> bool {
        let state = &mut self.states[self.at];
        state.answers.clear();
        state.question = RunQuestion::of(history, wish).map(Box::new);
        state.question.is_some()
    }

    /// The run of the scene has been opened again: where its steps were done is nowhere any more. What was done stays done.
    pub fn reopened(&mut self) {
        let scene = self.scene_index();
        for step in 0..self.states.len() {
            if self.scene_of(step) == scene {
                self.states[step].ended = None;
            }
        }
    }

    /// Looks at what has become of the run. Says whether the step is done by it just now.
    pub fn follow(&mut self, history: &History) -> Option<Fulfilled> {
        if self.is_done() {
            return None;
        }
        let goal = match &self.step().kind {
            StepKind::Wait(goal) => goal,
            StepKind::Task(task) => &task.goal,
            StepKind::Predict(_) => return self.follow_question(history),
            StepKind::Say | StepKind::Ask(_) => return None,
        }
        .clone();
        self.rewind(history);
        self.met.resize(goal.len(), None);
        for (condition, met) in goal.iter().zip(&mut self.met) {
            let is_lasting = matches!(condition, super::Condition::Happened(_));
            if is_lasting && met.is_some() {
                continue;
            }
            let first = if is_lasting { self.seen.1 } else { self.from };
            *met = condition
                .met(history, first, self.since)
                .map(|(at, event)| Fulfilled { at, event });
        }
        self.seen = (history.current(), history.world().next_event());
        let last = self.met.iter().copied().collect::<Option<Vec<_>>>()?;
        let last = last.into_iter().max_by_key(|met| met.at)?;
        let beside = self.beside(history);
        let state = &mut self.states[self.at];
        state.done = true;
        state.beside = beside;
        state.deeds = state
            .start
            .as_ref()
            .map(|start| start.deeds(history))
            .unwrap_or_default();
        state.ended = Some(WalkPlace {
            at: last.at,
            ..WalkPlace::of(history)
        });
        Some(last)
    }

    /// What the reader has done that the task does not ask for.
    fn beside(&self, history: &History) -> Vec<BesideTask> {
        match (&self.step().kind, &self.state().start) {
            (StepKind::Task(task), Some(start)) => start.beside(task, history),
            _ => Vec::new(),
        }
    }

    /// An answered question is done once what was asked has happened.
    fn follow_question(&mut self, history: &History) -> Option<Fulfilled> {
        let state = &mut self.states[self.at];
        let prediction = &state.question.as_ref()?.prediction;
        if state.answers.is_empty() || history.now() < prediction.settled_at {
            return None;
        }
        state.done = true;
        state.ended = Some(WalkPlace {
            at: prediction.settled_at,
            ..WalkPlace::of(history)
        });
        Some(Fulfilled {
            at: prediction.settled_at,
            event: Some(prediction.settled_by),
        })
    }

    /// In another branch, or in an earlier instant, other things have happened since the step began; where that is before the step
    /// began, it begins there.
    fn rewind(&mut self, history: &History) {
        let (branch, next) = (history.current(), history.world().next_event());
        if self.seen.0 == branch && self.seen.1 <= next {
            return;
        }
        self.since = self.since.min(history.now());
        self.from = self.from.min(next);
        self.seen = (branch, self.from);
        self.met.clear();
    }

    /// The reader chooses an answer. `None` if the step asks nothing, has no such choice, or is answered. What the run will do can
    /// be said once; then it shows.
    pub fn answer(&mut self, choice: usize) -> Option<Answered> {
        if self.is_done() {
            return None;
        }
        let (right, ends) = match &self.step().kind {
            StepKind::Ask(choices) => (choices.get(choice)?.right, true),
            StepKind::Predict(_) => (self.asks()?.is_right(choice)?, false),
            StepKind::Say | StepKind::Wait(_) | StepKind::Task(_) => return None,
        };
        let answered = Answered { choice, right };
        let state = &mut self.states[self.at];
        state.answers.push(answered);
        state.done = right && ends;
        Some(answered)
    }

    /// What has to be done before the run goes on, as the question says that was answered.
    #[must_use]
    pub fn given(&self) -> Option<Action> {
        let question = self.state().question.as_ref().filter(|_| self.waits())?;
        question.prediction.given
    }

    /// The solution of a task: what is to be done, and how long after the step began.
    #[must_use]
    pub fn solution(&self) -> Vec<TaskDeed> {
        match &self.step().kind {
            StepKind::Task(task) => task.solution.clone(),
            _ => Vec::new(),
        }
    }

    /// Whether the step asks for something that can be done for the reader: answered, or solved.
    #[must_use]
    pub fn can_be_shown(&self) -> bool {
        self.right_answer().is_some() || !self.solution().is_empty()
    }

    /// The reader asks for the solution, or for the answer.
    pub fn show_solution(&mut self) {
        self.states[self.at].shown = true;
    }

    /// Goes on to the next step, if this one is done and there is one. Says whether the run of another scene has to be opened
    /// before [`Self::begin`]; `None` if it stays.
    pub fn go_on(&mut self) -> Option<bool> {
        if !self.is_done() || self.is_at_the_end() {
            return None;
        }
        let before = self.scene_index();
        self.at += 1;
        Some(self.scene_index() != before)
    }

    /// Goes back a step. Says whether the run of another scene has to be opened; `None` if it is at the first.
    pub fn back(&mut self) -> Option<bool> {
        let before = self.scene_index();
        self.at = self.at.checked_sub(1)?;
        self.met.clear();
        Some(self.scene_index() != before)
    }

    /// Where the run was when the step began: at the end of the one before it in the scene, else where the scene opens. `None` if
    /// the reader has not come by here.
    #[must_use]
    pub fn began(&self) -> Option<WalkPlace> {
        let is_first = self.at == 0 || self.scene_of(self.at - 1) != self.scene_index();
        if is_first {
            return Some(WalkPlace {
                branch: self.scene().run.recording.current,
                at: self.scene().open,
            });
        }
        self.states[self.at - 1].ended
    }

    /// The offers of the step whose event has happened by now, with it.
    pub fn offers<'a>(&'a self, history: &'a History) -> impl Iterator<Item = (Offer, EventId)> + 'a {
        let offers = self.step().offers.iter();
        offers.filter_map(|offer| Some((*offer, offer.occurrence().last(history)?.1)))
    }

    /// The steps that are done, as they are kept: a letter each.
    #[must_use]
    pub fn kept(&self) -> String {
        let letter = |state: &StepState| match (state.done, state.is_own_work()) {
            (true, true) => '+',
            (true, false) => '-',
            (false, _) => '.',
        };
        self.states.iter().map(letter).collect()
    }
}

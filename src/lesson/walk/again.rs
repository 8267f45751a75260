//! What of a walk is about what the reader did, beside what is said: whether a step will still be done, what was done that a task
//! does not ask for, and how to come to a step again.

use std::cell::RefCell;

use super::{LessonWalk, StepState};
use crate::{
    lesson::{
        Condition, LessonTask, Occurrence, OccurrenceKind, StepKind, TaskDeed,
        beside::{BesideTask, kind},
    },
    raft::{NodeId, Rule},
    sim::{Action, BranchId, ClusterAction, Entry, EventId, History, Micros},
};

/// What is said of what the reader did in a task that is not done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskWord {
    /// The last thing that they did is not what the task asks for.
    Beside(BesideTask),
    /// They did as much as the solution does, and what the task asks for does not come of it.
    InVain,
    /// They did more than the task allows.
    TooMuch,
    /// Not even the solution would bring it about any more.
    TooLate,
    /// What they did is right, and what is left comes by itself.
    Waits,
    /// What they did is right: so much of what the solution does.
    Part {
        /// So much.
        done: usize,
        /// Of so much.
        of: usize,
    },
}

impl TaskWord {
    /// Whether what they did does not lead to what the task asks for.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self, Self::Beside(_) | Self::InVain | Self::TooMuch | Self::TooLate)
    }
}

/// What a task wants to be set that is no rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SoughtDial {
    /// The range of election timeouts.
    ElectionTimeout,
    /// How often a leader sends heartbeats.
    HeartbeatInterval,
    /// Delays or losses of messages.
    Network,
}

/// As long as anybody waits for a step, in virtual time.
const PATIENCE: Micros = Micros::from_secs(30);

/// A reader who is quick needs so long for the next thing, in virtual time.
const SOON: Micros = Micros::from_millis(50);

/// As many events as are looked at for that.
const MOST_EVENTS: u64 = 100_000;

impl LessonWalk {
    /// When the step will be done if nobody does anything more; `None` if it won't.
    #[must_use]
    #[inline(never)]
    pub fn comes(&self, history: &History) -> Option<Micros> {
        if self.is_done() {
            return Some(history.now());
        }
        let (walk, mut future) = (RefCell::new(self.clone()), history.clone());
        let done = |history: &History| walk.borrow_mut().follow(history).map(|fulfilled| fulfilled.at);
        let came = RefCell::new(done(&future));
        if came.borrow().is_none() {
            future.advance_while(future.now() + PATIENCE, MOST_EVENTS, |history| {
                *came.borrow_mut() = done(history);
                came.borrow().is_none()
            });
        }
        // Where nothing is due any more, time passes all the same.
        came.into_inner().or_else(|| done(&future))
    }

    /// What the step that stands lacks once nobody has done anything more for as long as anybody waits, and the event that the step
    /// began with. That time passes in the run.
    #[inline(never)]
    pub(in crate::lesson) fn unmet(&self, history: &mut History) -> Option<(Condition, EventId)> {
        let (StepKind::Wait(goal) | StepKind::Task(LessonTask { goal, .. })) = &self.step().kind else {
            return None;
        };
        history.seek(history.now() + PATIENCE);
        let mut unmet = goal
            .iter()
            .filter(|condition| condition.met(history, self.from, self.since).is_none());
        unmet.next().map(|condition| (*condition, self.from))
    }

    /// What is to be said of what the reader did in the task that stands, while it is not done.
    #[must_use]
    // Inlined where it is called, it would be there twice.
    #[inline(never)]
    pub fn word(&self, history: &History) -> Option<TaskWord> {
        let (StepKind::Task(task), Some(start)) = (&self.step().kind, &self.state().start) else {
            return None;
        };
        let deeds: Vec<Action> = start.deeds(history).iter().map(|deed| deed.action).collect();
        let done = deeds.len();
        let has_begun = done > 0 || history.now() > self.since;
        if self.is_done() || !has_begun {
            return None;
        }
        let is_limit = |condition: &&Condition| matches!(condition, Condition::AtMost(..));
        let mut limits = task.goal.iter().filter(is_limit);
        if limits.any(|limit| limit.met(history, self.from, self.since).is_none()) {
            return Some(TaskWord::TooMuch);
        }
        if let Some(last) = start.beside(task, history).last() {
            return Some(TaskWord::Beside(*last));
        }
        let of = task.solution.len();
        if of == 0 {
            return None;
        }
        if done > 0 && self.comes(history).is_some() {
            return Some(TaskWord::Waits);
        }
        if self.is_too_late(history) {
            return Some(TaskWord::TooLate);
        }
        match done {
            0 => None,
            _ if done < of && self.leads_on(task, &deeds, history) => Some(TaskWord::Part { done, of }),
            _ => Some(TaskWord::InVain),
        }
    }

    /// Whether the rest of the solution brings the task about, if the reader does it soon: always where what was done is what it does first.
    fn leads_on(&self, task: &LessonTask, deeds: &[Action], history: &History) -> bool {
        let mut begins = deeds.iter().zip(&task.solution);
        if begins.all(|(deed, solved)| kind(deed) == kind(&solved.action)) {
            return true;
        }
        let mut rest = task.solution.clone();
        for deed in deeds {
            let same = rest.iter().position(|solved| kind(&solved.action) == kind(deed));
            if let Some(place) = same {
                rest.remove(place);
            }
        }
        let mut soon = history.clone();
        soon.seek(soon.now() + SOON);
        self.clone().play(&rest, &mut soon)
    }

    /// Whether the solution of the task does not bring it about any more.
    fn is_too_late(&self, history: &History) -> bool {
        !self.clone().bring_about(&mut history.clone())
    }

    /// What was done beside a task that is done: the one that stands, or else the last before it in the scene. What follows tells of a
    /// run without it.
    #[must_use]
    pub fn strayed(&self) -> &[BesideTask] {
        let first = self.first_of_scene(self.at);
        let states = self.states[first..=self.at].iter().rev();
        states
            .map(|state| &state.beside[..])
            .find(|beside| !beside.is_empty())
            .unwrap_or_default()
    }

    /// Whether another step of the scene follows.
    #[must_use]
    pub fn goes_on_in_scene(&self) -> bool {
        !self.is_at_the_end() && self.scene_of(self.at + 1) == self.scene_index()
    }

    /// The rule that the task wants to be switched next, if its solution switches one.
    #[must_use]
    pub fn sought_rule(&self, history: &History) -> Option<Rule> {
        let StepKind::Task(task) = &self.step().kind else {
            return None;
        };
        let now = history.world().config().rules;
        let solved = task.solution.iter().rev().find_map(|deed| deed.action.rules())?;
        let is_other = |rule: &&Rule| solved.get(**rule) != now.get(**rule);
        // What the solution changes besides is not asked for.
        let is_asked = |rule: &&Rule| {
            let named = task.goal.iter().filter_map(|condition| match condition {
                Condition::Holds(super::super::RunState::Rule(rule, _)) => Some(*rule),
                _ => None,
            });
            let named: Vec<_> = named.collect();
            named.is_empty() || named.contains(*rule)
        };
        let found = Rule::ALL.iter().filter(is_asked).find(is_other);
        found.copied().filter(|_| !self.is_done())
    }

    /// What the task wants to be set, if its solution sets the timers or the network otherwise than they are now.
    #[must_use]
    pub fn sought_dial(&self, history: &History) -> Option<SoughtDial> {
        let StepKind::Task(task) = &self.step().kind else {
            return None;
        };
        let now = history.world().config();
        let dial = task.solution.iter().find_map(|deed| match deed.action {
            Action::Cluster(ClusterAction::SetTiming(timing)) => {
                let is_timeout = timing.election_timeout != now.timing.election_timeout;
                let is_interval = timing.heartbeat_interval != now.timing.heartbeat_interval;
                let interval = is_interval.then_some(SoughtDial::HeartbeatInterval);
                is_timeout.then_some(SoughtDial::ElectionTimeout).or(interval)
            }
            Action::Cluster(ClusterAction::SetNetwork(network)) if network != now.network => Some(SoughtDial::Network),
            _ => None,
        });
        dial.filter(|_| !self.is_done())
    }

    /// The first step of the scene that a step is in.
    fn first_of_scene(&self, step: usize) -> usize {
        let scene = self.scene_of(step);
        let before = self.lesson.scenes.iter().take(scene);
        before.map(|scene| scene.steps.len()).sum()
    }

    /// Where the reader does something over again: the task that stands, or else the last before it in the scene.
    #[must_use]
    pub fn last_task(&self) -> Option<usize> {
        let steps: Vec<_> = self.lesson.steps().map(|(_, step)| step).collect();
        let first = self.first_of_scene(self.at);
        (first..=self.at)
            .rev()
            .find(|step| matches!(steps[*step].kind, StepKind::Task(_)))
    }

    /// Whether the reader may say once more what the run will do: they were wrong, and nothing was done to the run for the question.
    #[must_use]
    pub fn can_predict_again(&self) -> bool {
        let state = self.state();
        let was_wrong = state.done && state.answers.last().is_some_and(|answer| !answer.right);
        let can_go_back = was_wrong && self.began().is_some();
        let question = state.question.as_ref().filter(|_| can_go_back);
        question.is_some_and(|question| question.prediction.given.is_none())
    }

    /// What the run will do is asked as if nobody had answered; that somebody had is not forgotten.
    pub fn predict_again(&mut self) {
        if self.can_predict_again() {
            self.met.clear();
            self.states[self.at] = StepState {
                retried: true,
                ..StepState::default()
            };
        }
    }

    /// The server that the step is about, as far as what it waits for names one; else that of the last step before it in the scene:
    /// a question is about what has just happened.
    #[must_use]
    pub fn server_told(&self) -> Option<NodeId> {
        let named = |condition: &Condition| match condition {
            Condition::Happened(Occurrence {
                server: None,
                kind: OccurrenceKind::Does(action),
                ..
            }) => action.server(),
            Condition::Happened(occurrence) => occurrence.server,
            Condition::Holds(_) | Condition::HeldFor(..) | Condition::AtMost(..) => None,
        };
        let first = self.first_of_scene(self.at);
        let steps: Vec<_> = self.lesson.steps().map(|(_, step)| step).collect();
        steps[first..=self.at].iter().rev().find_map(|step| match &step.kind {
            StepKind::Wait(goal) => goal.iter().find_map(named),
            StepKind::Task(task) => task.goal.iter().find_map(named),
            StepKind::Say | StepKind::Ask(_) | StepKind::Predict(_) => None,
        })
    }

    /// Whether this was done by the reader since the step began.
    #[must_use]
    pub fn was_done_since(&self, entry: &Entry) -> bool {
        self.state().start.as_ref().is_some_and(|start| start.lacks(entry))
    }

    /// Another step of the scene stands.
    pub fn stand_at(&mut self, step: usize) {
        self.at = step;
        self.met.clear();
    }

    /// A step of the scene stands again as if nobody had come to it, nor to those after it in the scene.
    pub fn stand_again(&mut self, step: usize) {
        let scene = self.scene_of(step);
        self.at = step;
        self.met.clear();
        for later in step..self.states.len() {
            if self.scene_of(later) == scene {
                self.states[later] = StepState::default();
            }
        }
    }

    /// The first step of the scene that a step is in stands; the run of the scene is to be opened. Answers what had become of all
    /// steps, for [`Self::remember`].
    pub fn start_scene_of(&mut self, step: usize) -> Vec<StepState> {
        let before = self.states.clone();
        self.stand_again(self.first_of_scene(step));
        before
    }

    /// What the reader has answered, and asked to be shown, is not what it was brought here by.
    pub fn remember(&mut self, before: Vec<StepState>) {
        for (state, before) in self.states.iter_mut().zip(before) {
            if before.done && !state.done {
                // The run in which it was done is not on screen any more.
                *state = StepState {
                    ended: None,
                    start: None,
                    ..before
                };
            } else if before.done {
                (state.shown, state.retried) = (before.shown, before.retried);
                if !before.answers.is_empty() {
                    state.answers = before.answers;
                }
            }
        }
    }

    /// Takes the steps before this one to be done as they were kept ([`Self::kept`]).
    pub fn recall(&mut self, kept: &str, place: usize) {
        for (state, letter) in self.states[..place].iter_mut().zip(kept.chars()) {
            state.done = letter != '.';
            state.shown = letter == '-';
        }
    }

    /// What led to the step is in this branch now: it is the same there.
    pub fn move_to(&mut self, branch: BranchId) {
        let (Some(began), first) = (self.began(), self.first_of_scene(self.at)) else {
            return;
        };
        let places = self.states[first..self.at].iter_mut();
        for place in places.filter_map(|state| state.ended.as_mut()) {
            if place.branch == began.branch {
                place.branch = branch;
            }
        }
    }

    /// Goes on although the step is not done, because it can't be any more.
    pub fn pass(&mut self) -> Option<bool> {
        if self.is_at_the_end() {
            return None;
        }
        let before = self.scene_index();
        self.at += 1;
        Some(self.scene_index() != before)
    }

    /// Brings about what the step wants, without a reader: by the right answer, or by the solution. Says whether it is done.
    // Inlined, it would be there wherever it is called.
    #[inline(never)]
    pub fn bring_about(&mut self, history: &mut History) -> bool {
        if let Some(right) = self.right_answer() {
            self.answer(right);
        }
        // Of a lesson of the reader's own, something may not be possible.
        if let Some(given) = self.given() {
            let _ = history.act(given);
        }
        let solution = self.solution();
        self.play(&solution, history)
    }

    /// Does these, and lets time pass until the step is done, if it ever is. Says whether it is.
    #[inline(never)]
    fn play(&mut self, deeds: &[TaskDeed], history: &mut History) -> bool {
        let began = history.now();
        for deed in deeds {
            history.seek(began + deed.after);
            let _ = history.act(deed.action);
        }
        if let Some(at) = self.comes(history) {
            history.seek(at);
        }
        self.follow(history);
        self.is_done()
    }

    /// The answer to the question that stands, if there is one.
    #[must_use]
    pub fn right_answer(&self) -> Option<usize> {
        match &self.step().kind {
            StepKind::Ask(choices) => choices.iter().position(|choice| choice.right),
            StepKind::Predict(_) => {
                let question = self.asks()?;
                (0..question.prediction.answers.len()).find(|choice| question.is_right(*choice) == Some(true))
            }
            StepKind::Say | StepKind::Wait(_) | StepKind::Task(_) => None,
        }
    }
}

//! A reader without a page: opens the runs of a lesson and lets time pass.

use raft_playground::{
    lesson::{Lesson, LessonWalk, StepKind, TaskDeed},
    sim::{Action, History, Micros},
};

/// As long as anybody waits for a step, in virtual time.
const PATIENCE: Micros = Micros::from_secs(10);

/// How often somebody looks while nothing happens, in virtual time.
const GLANCE: Micros = Micros::from_millis(5);

/// A walk with the run that is on screen.
pub struct Reader {
    pub walk: LessonWalk,
    pub history: History,
}

impl Reader {
    pub fn new(lesson: Lesson) -> Self {
        let walk = LessonWalk::new(lesson);
        let history = open(&walk);
        let mut reader = Self { walk, history };
        reader.walk.begin(&reader.history);
        reader
    }

    /// Another reader who is where this one is.
    pub fn again(&self) -> Self {
        Self {
            walk: self.walk.clone(),
            history: self.history.clone(),
        }
    }

    /// Where it is, for messages.
    pub fn place(&self) -> String {
        let step = self.walk.step();
        format!(
            "{}, step {} ({}) at {}",
            self.walk.lesson().name,
            self.walk.index() + 1,
            step.text.get("en"),
            self.history.now()
        )
    }

    /// Lets time pass until the step is done, to that very instant. Says whether it came to be done.
    pub fn wait(&mut self) -> bool {
        let end = self.history.now() + PATIENCE;
        loop {
            if let Some(fulfilled) = self.walk.follow(&self.history) {
                self.history.seek(fulfilled.at);
                return true;
            }
            if self.history.now() >= end {
                return false;
            }
            let soon = self.history.now() + GLANCE;
            let next = self.history.next_instant().unwrap_or(soon);
            self.history.seek(next.min(soon));
        }
    }

    /// Does these, each at its time after the step began.
    pub fn act(&mut self, deeds: &[TaskDeed]) {
        let began = self.history.now();
        for deed in deeds {
            self.history.seek(began + deed.after);
            let acted = self.history.act(deed.action);
            acted.unwrap_or_else(|refused| panic!("{}: {refused}", self.place()));
        }
    }

    /// One thing that somebody does.
    pub fn does(&mut self, action: Action) {
        self.act(&[TaskDeed {
            after: Micros::ZERO,
            action,
        }]);
    }

    /// Does what the step wants, by its own solution.
    pub fn fulfil(&mut self) {
        match self.walk.step().kind.clone() {
            StepKind::Say => {}
            StepKind::Wait(_) => assert!(self.wait(), "it does not come: {}", self.place()),
            StepKind::Ask(choices) => {
                let right = choices.iter().position(|choice| choice.right).expect("a right answer");
                assert!(self.walk.answer(right).expect("it is asked").right);
            }
            StepKind::Predict(_) => {
                let question = self
                    .walk
                    .asks()
                    .unwrap_or_else(|| panic!("nothing to ask: {}", self.place()));
                let answers = 0..question.prediction.answers.len();
                let right = answers
                    .into_iter()
                    .find(|choice| question.is_right(*choice) == Some(true));
                self.predict(right.expect("a right answer"));
            }
            StepKind::Task(task) => {
                self.act(&task.solution);
                assert!(self.wait(), "the solution solves nothing: {}", self.place());
            }
        }
        assert!(self.walk.is_done(), "{}", self.place());
    }

    /// Says what the run will do, and sees what it does.
    pub fn predict(&mut self, choice: usize) {
        assert!(!self.walk.waits(), "it waits for the answer");
        self.walk.answer(choice).expect("it is asked");
        assert_eq!(self.walk.answer(choice), None, "it is answered");
        if let Some(given) = self.walk.given() {
            self.does(given);
        }
        assert!(
            self.walk.waits() && self.wait(),
            "it is never settled: {}",
            self.place()
        );
    }

    /// Goes on. Says whether there is another step.
    pub fn next(&mut self) -> bool {
        let Some(is_new_scene) = self.walk.go_on() else {
            return false;
        };
        if is_new_scene {
            self.history = open(&self.walk);
        }
        self.walk.begin(&self.history);
        true
    }
}

fn open(walk: &LessonWalk) -> History {
    let scene = walk.scene();
    let mut history = scene.run.open().expect("a run");
    history.seek(scene.open);
    history
}

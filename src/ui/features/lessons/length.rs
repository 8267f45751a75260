//! How long each built-in lesson takes whoever reads and watches it. `cargo test --lib lessons::length -- --nocapture` prints it.

use std::{cell::RefCell, rc::Rc};

use super::{TASK_BEGINS_AFTER, desk::stretch};
use crate::{
    lesson::{BuiltinLesson, LessonWalk, StepKind},
    sim::Micros,
    ui::{
        run::player::{Player, Watch},
        text::Lang,
    },
};

/// How fast a text is read that has to be understood.
const WORDS_A_MINUTE: usize = 200;

/// As long as a chapter may take. The last one is a visit to a laboratory, and may take longer.
const LONGEST: f64 = 150.0;

/// As many ms pass from one frame to the next.
const FRAME_MS: f64 = 16.0;

/// What a step takes, in seconds of the reader's.
#[derive(Clone, Copy, Default)]
struct Taken {
    reading: f64,
    playing: f64,
}

/// Somebody who answers rightly, and lets time pass as fast as the page does.
struct Learner {
    walk: Rc<RefCell<LessonWalk>>,
    player: Player,
    lang: Lang,
}

impl Learner {
    fn new(id: BuiltinLesson, lang: Lang) -> Self {
        let walk = Rc::new(RefCell::new(LessonWalk::new(id.lesson())));
        let mut learner = Self {
            walk,
            player: Player::default(),
            lang,
        };
        learner.open_scene();
        learner
    }

    fn open_scene(&mut self) {
        let scene = self.walk.borrow().scene().clone();
        self.player.open_run(&scene.run).expect("a run");
        self.player.seek(scene.open);
        let walk = self.walk.clone();
        let is_done = move |history: &_| walk.borrow_mut().follow(history).is_some();
        self.player.watch(Some(Watch(Rc::new(is_done))));
    }

    /// Begins the step that stands, and does what it wants.
    fn take(&mut self) -> Taken {
        self.player.set_playing(false);
        let kind = self.walk.borrow().step().kind.clone();
        if let StepKind::Task(_) = kind {
            self.player.seek(self.player.history().now() + TASK_BEGINS_AFTER);
        }
        self.walk.borrow_mut().begin(self.player.history());
        let reading = self.words() as f64 * 60.0 / WORDS_A_MINUTE as f64;
        let mut playing = 0.0;
        let right = self.walk.borrow().right_answer();
        if let Some(right) = right {
            self.walk.borrow_mut().answer(right);
        }
        let given = self.walk.borrow().given();
        if let Some(action) = given {
            self.player.act(action).expect("it can be done");
        }
        let (began, deeds) = (self.player.history().now(), self.walk.borrow().solution());
        for deed in deeds {
            playing += self.play_until(began + deed.after);
            self.player.act(deed.action).expect("it can be done");
        }
        playing += self.play_until(Micros(u64::MAX));
        assert!(self.walk.borrow().is_done(), "{}", self.walk.borrow().index());
        Taken { reading, playing }
    }

    /// Lets time pass until this instant, or until the step is done. Says how many seconds that takes.
    fn play_until(&mut self, until: Micros) -> f64 {
        self.walk.borrow_mut().follow(self.player.history());
        let comes = self.walk.borrow().comes(self.player.history());
        let stretch = stretch(&self.walk.borrow(), self.player.history().now(), comes);
        self.player.show_stretch(stretch);
        if self.walk.borrow().is_done() || self.player.history().now() >= until {
            return 0.0;
        }
        let mut passed = 0.0;
        self.player.play_until(until);
        while self.player.playing() && !self.walk.borrow().is_done() {
            self.player.frame(FRAME_MS);
            // What lasts is done between two events, and the page looks after each frame.
            self.walk.borrow_mut().follow(self.player.history());
            passed += FRAME_MS;
        }
        let ended = self.walk.borrow().state().ended;
        if let Some(ended) = ended {
            self.player.seek(ended.at);
        }
        passed / 1000.0
    }

    /// How many words the step has for whoever answers rightly: what it says and asks, the right answer, and what is said of that.
    fn words(&self) -> usize {
        let (walk, lang) = (self.walk.borrow(), self.lang);
        let step = walk.step();
        let mut texts = vec![
            step.text.get(lang.tag()).to_owned(),
            step.then.get(lang.tag()).to_owned(),
        ];
        if let StepKind::Ask(choices) = &step.kind {
            let right = choices.iter().filter(|choice| choice.right);
            let said = right.flat_map(|choice| [&choice.text, &choice.because]);
            texts.extend(said.map(|text| text.get(lang.tag()).to_owned()));
        }
        if let Some(question) = walk.asks() {
            let (prediction, message) = (&question.prediction, question.message);
            texts.push(lang.question_text(prediction, message));
            let right = prediction.answers.iter().filter(|(_, mistake)| mistake.is_none());
            texts.extend(right.map(|(guess, _)| lang.answer_text(*guess, prediction, message)));
            texts.push(lang.outcome_text(&prediction.outcome));
        }
        texts.iter().map(|text| text.split_whitespace().count()).sum()
    }

    fn go_on(&mut self) -> bool {
        let moved = self.walk.borrow_mut().go_on();
        match moved {
            Some(true) => self.open_scene(),
            Some(false) => {}
            None => return false,
        }
        true
    }
}

/// What each step of a lesson takes.
fn taken(id: BuiltinLesson, lang: Lang) -> Vec<Taken> {
    let mut learner = Learner::new(id, lang);
    let mut steps = vec![learner.take()];
    while learner.go_on() {
        steps.push(learner.take());
    }
    steps
}

/// As a row of a table: reading, playing, both.
fn row(name: &str, Taken { reading, playing }: Taken) -> String {
    let total = reading + playing;
    format!("{name:<12} {reading:>7.1} {playing:>7.1} {total:>7.1} s")
}

/// What all its steps take together.
fn sum(steps: &[Taken]) -> Taken {
    steps.iter().fold(Taken::default(), |sum, step| Taken {
        reading: sum.reading + step.reading,
        playing: sum.playing + step.playing,
    })
}

#[test]
fn a_chapter_takes_two_minutes_and_a_half_at_most() {
    let document = include_str!("../../../../docs/lessons.md");
    for id in BuiltinLesson::ALL {
        let steps = taken(id, Lang::En);
        let all = sum(&steps);
        println!("{}", row(id.slug(), all));
        for (number, step) in (1..).zip(&steps) {
            println!("{}", row(&format!("  {number}"), *step));
        }
        let total = all.reading + all.playing;
        assert!(id == BuiltinLesson::Lab || total <= LONGEST, "{}", row(id.slug(), all));
        let said = format!("| {:.1} min |", total / 60.0);
        let mut rows = document.lines();
        let address = format!("| `?lesson={}` |", id.slug());
        let found = rows.find(|line| line.starts_with(&address)).unwrap_or_default();
        assert!(found.ends_with(&said), "docs/lessons.md, {}: {said}", id.slug());
    }
}

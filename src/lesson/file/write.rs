//! From a lesson to a text.

use super::{
    HEADER, VERSION,
    conditions::{goal_words, occurrence_words},
    predictions::wish_words,
};
use crate::{
    lesson::{Control, LANGUAGES, Lesson, LessonScene, LessonStep, LessonText, Offer, StepKind, TaskDeed},
    scenario::file::{self, instant, span, words},
    sim::Micros,
};

/// The lesson as a text.
#[must_use]
pub fn write(lesson: &Lesson) -> String {
    let mut text = LessonWriter(format!("{HEADER} {VERSION}\n"));
    if !lesson.name.is_empty() {
        text.line(0, &format!("lesson {}", lesson.name));
    }
    text.texts(0, "title", &lesson.title);
    text.texts(0, "about", &lesson.about);
    for scene in &lesson.scenes {
        text.scene(scene);
    }
    text.0
}

struct LessonWriter(String);

impl LessonWriter {
    fn line(&mut self, depth: usize, line: &str) {
        self.0.push_str(&"  ".repeat(depth));
        self.0.push_str(line);
        self.0.push('\n');
    }

    fn texts(&mut self, depth: usize, word: &str, text: &LessonText) {
        for (language, said) in text.all() {
            let tag = if language == LANGUAGES[0] {
                String::new()
            } else {
                format!("[{language}]")
            };
            self.line(depth, &format!("{word}{tag} {said}"));
        }
    }

    fn controls(&mut self, depth: usize, word: &str, controls: &[Control]) {
        if !controls.is_empty() {
            let names: Vec<_> = controls.iter().map(|control| control.slug()).collect();
            self.line(depth, &format!("{word} {}", names.join(" ")));
        }
    }

    fn scene(&mut self, scene: &LessonScene) {
        self.0.push('\n');
        match scene.scenario {
            Some(id) => self.line(0, &format!("scene {}", id.slug())),
            None => {
                self.line(0, "scene");
                // All but the first line, which says that it is a scenario file.
                for line in file::write(&scene.run).lines().skip(1) {
                    self.line(1, line);
                }
            }
        }
        if scene.open != Micros::ZERO {
            self.line(1, &format!("open at {}", instant(scene.open)));
        }
        for misconception in &scene.misconceptions {
            self.line(1, &format!("misconception {}", misconception.slug()));
        }
        self.controls(1, "lock", &scene.locks);
        for step in &scene.steps {
            self.step(step);
        }
    }

    fn step(&mut self, step: &LessonStep) {
        self.0.push('\n');
        match &step.kind {
            StepKind::Say => self.line(0, "say"),
            StepKind::Wait(goal) => self.line(0, &format!("wait {}", goal_words(goal))),
            StepKind::Ask(_) => self.line(0, "ask"),
            StepKind::Predict(wish) => self.line(0, &format!("ask predict {}", wish_words(wish))),
            StepKind::Task(task) => self.line(0, &format!("task {}", goal_words(&task.goal))),
        }
        self.texts(1, "text", &step.text);
        match &step.kind {
            StepKind::Say | StepKind::Wait(_) | StepKind::Predict(_) => {}
            StepKind::Ask(choices) => {
                for choice in choices {
                    self.texts(1, if choice.right { "right" } else { "wrong" }, &choice.text);
                    self.texts(2, "because", &choice.because);
                }
            }
            StepKind::Task(task) => {
                self.deeds("solve", &task.solution);
                self.deeds("miss", &task.misses);
            }
        }
        self.texts(1, "then", &step.then);
        for offer in &step.offers {
            let word = match offer {
                Offer::Why(_) => "why",
                Offer::WhatIf(_) => "what-if",
            };
            self.line(1, &format!("{word} {}", occurrence_words(offer.occurrence())));
        }
        if let Some(pace) = step.pace {
            self.line(1, &format!("pace {}", span(pace)));
        }
        self.controls(1, "lock", &step.locks);
        self.controls(1, "unlock", &step.unlocks);
    }

    fn deeds(&mut self, word: &str, deeds: &[TaskDeed]) {
        for deed in deeds {
            let after = instant(deed.after);
            self.line(1, &format!("{word} after {after} {}", words(deed.action)));
        }
    }
}

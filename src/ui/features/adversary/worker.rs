//! The worker: answers one question after the other until the page ends it. What is about faults is answered in the laboratory's.

use std::sync::Arc;

use wasm_bindgen::JsValue;

use crate::{
    checker::{Model, Options, Search},
    lab::liveness::LivenessSearch,
    ui::{
        features::adversary::{
            liveness::{LivenessAsked, LivenessReport},
            talk::{Question, Reached, Report, SearchLimit},
        },
        kit::worker::{self, WorkerScope},
    },
};

/// States between two looks at the clock.
const SLICE: u64 = 20_000;
/// Between two reports of progress, in ms.
const REPORT_MS: f64 = 100.0;

/// Serves, if this is a worker's thread.
pub fn serve() {
    let scope = worker::serve(|scope, asked| {
        if let Some(question) = Question::decode(asked) {
            answer(scope, question);
        }
    });
    if let Some(scope) = scope {
        say(&scope, &Report::Ready);
    }
}

fn say(scope: &WorkerScope, report: &Report) {
    scope.say(&JsValue::from_str(&report.encode()));
}

fn answer(scope: &WorkerScope, question: Question) {
    let Ok(model) = Model::new(question.setup) else {
        return say(scope, &Report::TooLarge);
    };
    let options = Options {
        most_states: question.most_states,
        ..Options::default()
    };
    let mut search = Search::new(Arc::new(model), options);
    let began = now();
    let mut last = began;
    loop {
        let progress = search.run(SLICE);
        if let Some(verdict) = search.verdict() {
            return say(scope, &Report::of(&question.setup, verdict, progress));
        }
        if now() - began >= f64::from(question.most_seconds) * 1000.0 {
            return say(scope, &Report::Truncated(Reached::from(progress), SearchLimit::Time));
        }
        if now() - last >= REPORT_MS {
            last = now();
            say(scope, &Report::Progress(Reached::from(progress)));
        }
    }
}

/// Answers a question, in the laboratory's worker, if it is one about faults.
pub fn answer_faults(scope: &WorkerScope, asked: &str) -> bool {
    let asked = LivenessAsked::decode(asked);
    if let Some(asked) = asked {
        search_faults(scope, asked);
    }
    asked.is_some()
}

fn search_faults(scope: &WorkerScope, asked: LivenessAsked) {
    // Not by `Report`: that program knows no other search.
    let say = |report: &LivenessReport| scope.say(&JsValue::from_str(&report.say()));
    let mut search = LivenessSearch::new(asked.question);
    let began = now();
    let mut last = began;
    loop {
        // The runs of a set take a few ms.
        search.step(1);
        if search.verdict().is_some() {
            return say(&LivenessReport::of(&search));
        }
        if now() - began >= f64::from(asked.most_seconds) * 1000.0 {
            return say(&LivenessReport::at_end(&search));
        }
        if now() - last >= REPORT_MS {
            last = now();
            say(&LivenessReport::of(&search));
        }
    }
}

fn now() -> f64 {
    js_sys::Date::now()
}

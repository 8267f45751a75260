//! The worker: answers one question after the other until the page ends it.

use std::sync::Arc;

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::checker::{Model, Options, Search};
use crate::ui::features::adversary::talk::{Question, Reached, Report, SearchLimit};

/// States between two looks at the clock.
const SLICE: u64 = 20_000;
/// Between two reports of progress, in ms.
const REPORT_MS: f64 = 100.0;

/// Serves, if this is a worker's thread.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else {
        return;
    };
    let hears = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let question = event.data().as_string().as_deref().and_then(Question::decode);
            if let Some(question) = question {
                answer(&scope, question);
            }
        })
    };
    scope.set_onmessage(Some(hears.as_ref().unchecked_ref()));
    // It hears as long as it lives.
    hears.forget();
    say(&scope, &Report::Ready);
}

fn say(scope: &DedicatedWorkerGlobalScope, report: &Report) {
    // A text can always be sent.
    let _ = scope.post_message(&JsValue::from_str(&report.encode()));
}

fn answer(scope: &DedicatedWorkerGlobalScope, question: Question) {
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

fn now() -> f64 {
    js_sys::Date::now()
}

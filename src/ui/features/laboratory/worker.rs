//! The worker: runs its share of the trials of one experiment after the other until the page ends it.

use js_sys::{Date, Uint32Array};
use wasm_bindgen::JsValue;

use crate::{
    lab::Experiment,
    ui::{
        features::laboratory::talk::{self, Share},
        kit::worker::{self, WorkerScope},
    },
};

/// Between two parts of the outcomes, in ms.
const PART_MS: f64 = 60.0;

/// Serves, if this is a worker's thread. What else is asked than trials is answered by `answers_other`, if it can be.
pub fn serve(answers_other: fn(&WorkerScope, &str) -> bool) {
    let scope = worker::serve(move |scope, asked| {
        if answers_other(scope, asked) {
            return;
        }
        // The page has written it, so it can be read.
        if let Some((share, experiment)) = Share::asked(asked) {
            run(scope, share, &experiment);
        }
    });
    if let Some(scope) = scope {
        scope.say(&JsValue::from_str(talk::READY));
    }
}

fn run(scope: &WorkerScope, share: Share, experiment: &Experiment) {
    let (mut part, mut began) = (Vec::new(), Date::now());
    let mut trials = share.trials(experiment.trials);
    while let Some(trial) = trials.next() {
        talk::write(&experiment.trial(trial), &mut part);
        let is_last = trials.len() == 0;
        if is_last || Date::now() - began >= PART_MS {
            scope.say(&Uint32Array::from(&part[..]));
            part.clear();
            began = Date::now();
        }
    }
}

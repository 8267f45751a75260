//! A search that goes on, in its worker.

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::{
    AdversaryMsg,
    liveness::LivenessTried,
    talk::{Reached, SearchAsked},
};
use crate::ui::kit::worker::RunningWorker;

/// A search that goes on. Whoever stops looking stops the work.
pub(super) struct RunningSearch {
    worker: RunningWorker,
    pub(super) asked: SearchAsked,
    pub(super) began: f64,
    pub(super) reached: Reached,
    /// How far it is, where faults are sought.
    pub(super) tried: LivenessTried,
    /// How long it has gone on, in ms.
    pub(super) lasted: f64,
}

impl RunningSearch {
    /// Starts the worker; it is asked once it says that it is ready.
    pub(super) fn start(emit: &Callback<AdversaryMsg>, asked: SearchAsked) -> Result<Self, JsValue> {
        let hear = emit.reform(|said: JsValue| AdversaryMsg::Report(said.as_string().unwrap_or_default()));
        let fail = emit.reform(|()| AdversaryMsg::Failed);
        let program = match asked {
            SearchAsked::Safety(_) => "adversary",
            // Runs with time are what that program is for.
            SearchAsked::Liveness(_) => "laboratory",
        };
        Ok(Self {
            worker: RunningWorker::start(program, hear, fail)?,
            asked,
            began: js_sys::Date::now(),
            reached: Reached::default(),
            tried: LivenessTried::default(),
            lasted: 0.0,
        })
    }

    pub(super) fn ask(&self) {
        self.worker.tell(&self.asked.encode());
    }
}

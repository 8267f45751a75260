//! A search that goes on, in its worker.

use wasm_bindgen::JsValue;
use yew::prelude::*;

use super::{
    AdversaryMsg,
    talk::{Question, Reached},
};
use crate::ui::kit::worker::RunningWorker;

/// A search that goes on. Whoever stops looking stops the work.
pub(super) struct RunningSearch {
    worker: RunningWorker,
    pub(super) question: Question,
    pub(super) began: f64,
    pub(super) reached: Reached,
    /// How long it has gone on, in ms.
    pub(super) lasted: f64,
}

impl RunningSearch {
    /// Starts the worker; it is asked once it says that it is ready.
    pub(super) fn start(emit: &Callback<AdversaryMsg>, question: Question) -> Result<Self, JsValue> {
        let hear = emit.reform(|said: JsValue| AdversaryMsg::Report(said.as_string().unwrap_or_default()));
        let fail = emit.reform(|()| AdversaryMsg::Failed);
        Ok(Self {
            worker: RunningWorker::start("adversary", hear, fail)?,
            question,
            began: js_sys::Date::now(),
            reached: Reached::default(),
            lasted: 0.0,
        })
    }

    pub(super) fn ask(&self) {
        self.worker.tell(&self.question.encode());
    }
}

//! A search that goes on, in its worker.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{HtmlLinkElement, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::prelude::*;

use super::{
    AdversaryMsg,
    talk::{Question, Reached},
};

/// A search that goes on.
pub(super) struct RunningSearch {
    worker: Worker,
    pub(super) question: Question,
    pub(super) began: f64,
    pub(super) reached: Reached,
    /// How long it has gone on, in ms.
    pub(super) lasted: f64,
    _hears: Closure<dyn FnMut(MessageEvent)>,
    _fails: Closure<dyn FnMut()>,
}

/// Whoever stops looking stops the work.
impl Drop for RunningSearch {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl RunningSearch {
    /// Starts the worker; it is asked once it says that it is ready.
    pub(super) fn start(emit: &Callback<AdversaryMsg>, question: Question) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address().ok_or(JsValue::NULL)?, &options)?;
        let hears = {
            let hear = emit.reform(AdversaryMsg::Report);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                hear.emit(event.data().as_string().unwrap_or_default());
            })
        };
        let fails = {
            let fail = emit.reform(|()| AdversaryMsg::Failed);
            Closure::<dyn FnMut()>::new(move || fail.emit(()))
        };
        worker.set_onmessage(Some(hears.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fails.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            question,
            began: js_sys::Date::now(),
            reached: Reached::default(),
            lasted: 0.0,
            _hears: hears,
            _fails: fails,
        })
    }

    pub(super) fn ask(&self) {
        // A text can always be sent.
        let _ = self.worker.post_message(&JsValue::from_str(&self.question.encode()));
    }
}

/// Where the worker is. Its files have no hashed names, so the hashed name of this program tells one version from the next.
fn address() -> Option<String> {
    let link = gloo::utils::document().get_element_by_id("program-js")?;
    let href = link.dyn_into::<HtmlLinkElement>().ok()?.href();
    let (_, version) = href.rsplit_once('/')?;
    Some(format!("worker.js?{version}"))
}

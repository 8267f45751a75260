//! A program that runs beside the page, in a worker of its own, and is loaded when it is wanted.

use js_sys::global;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, HtmlLinkElement, MessageEvent, Worker, WorkerOptions, WorkerType};
use yew::Callback;

/// A program that runs beside the page. Whoever lets go of it ends it, whatever it is doing.
pub struct RunningWorker {
    worker: Worker,
    _hears: Closure<dyn FnMut(MessageEvent)>,
    _fails: Closure<dyn FnMut()>,
}

impl Drop for RunningWorker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl RunningWorker {
    /// Starts a program by its name. What it says is heard by `hear`, that it has stopped by `fail`.
    ///
    /// # Errors
    /// If the browser has no such workers.
    pub fn start(program: &str, hear: Callback<JsValue>, fail: Callback<()>) -> Result<Self, JsValue> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker = Worker::new_with_options(&address(program).ok_or(JsValue::NULL)?, &options)?;
        let hears = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| hear.emit(event.data()));
        let fails = Closure::<dyn FnMut()>::new(move || fail.emit(()));
        worker.set_onmessage(Some(hears.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fails.as_ref().unchecked_ref()));
        Ok(Self {
            worker,
            _hears: hears,
            _fails: fails,
        })
    }

    /// Says something to it. It hears nothing before it has said that it is ready.
    pub fn tell(&self, text: &str) {
        // A text can always be sent.
        let _ = self.worker.post_message(&JsValue::from_str(text));
    }
}

/// Where a program is. Its files have no hashed names, so the hashed name of this program tells one version from the next.
fn address(program: &str) -> Option<String> {
    let link = gloo::utils::document().get_element_by_id("program-js")?;
    let href = link.dyn_into::<HtmlLinkElement>().ok()?.href();
    let (_, version) = href.rsplit_once('/')?;
    Some(format!("worker.js?{program}&{version}"))
}

/// What a worker says to the page that has started it.
#[derive(Clone)]
pub struct WorkerScope(DedicatedWorkerGlobalScope);

impl WorkerScope {
    /// Says something to the page.
    pub fn say(&self, what: &JsValue) {
        // Texts and lists of numbers can always be sent.
        let _ = self.0.post_message(what);
    }
}

/// Hears the page as long as it lets the worker live. Nothing, if this is no worker's thread.
pub fn serve(hear: impl Fn(&WorkerScope, &str) + 'static) -> Option<WorkerScope> {
    let scope = WorkerScope(global().dyn_into::<DedicatedWorkerGlobalScope>().ok()?);
    let hears = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            hear(&scope, &event.data().as_string().unwrap_or_default());
        })
    };
    scope.0.set_onmessage(Some(hears.as_ref().unchecked_ref()));
    // It hears as long as it lives.
    hears.forget();
    Some(scope)
}

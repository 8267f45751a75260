//! What the page says when the program has a bug and stops.

use std::{cell::RefCell, panic::PanicHookInfo};

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::scenario::{Run, link};
use crate::ui::{
    features::share::{link_address, storage},
    text::Lang,
};

thread_local! {
    static RUN: RefCell<Option<Run>> = const { RefCell::new(None) };
}

/// Remembers the run on screen. Its own copy: when the program stops, the player may be in the middle of a change. A link is
/// made of it only for a report.
pub fn remember(run: Run) {
    RUN.set(Some(run));
}

/// From now on a panic shows the message that index.html holds ready, with what is needed to see it again. The next visit will
/// know of it, unless the page is in a frame of another one.
pub fn install(framed: bool) {
    std::panic::set_hook(Box::new(move |info| {
        web_sys::console::error_1(&info.to_string().into());
        if !framed {
            storage::remember_stop();
        }
        // Nothing here may panic again, so what is missing is left out.
        let _ = show(info);
    }));
}

/// Whether the address asks the page to stop on purpose (`?panic`), for whoever wants to see what a reader would.
#[must_use]
pub fn is_asked_for() -> bool {
    let search = gloo::utils::window().location().search();
    search.is_ok_and(|search| search == "?panic")
}

fn show(info: &PanicHookInfo<'_>) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let language = document.document_element()?.get_attribute("lang").unwrap_or_default();
    let text = Lang::from_tag(&language).text();
    say(&document, "panic-title", text.stopped);
    say(&document, "panic-text", text.stopped_advice);
    say(&document, "panic-restart", text.restart);
    let area: HtmlTextAreaElement = document.get_element_by_id("panic-report")?.unchecked_into();
    let what = format!("raft-playground {}\n{info}\n", env!("CARGO_PKG_VERSION"));
    area.set_value(&what);
    let message: HtmlElement = document.get_element_by_id("panic")?.unchecked_into();
    message.set_hidden(false);
    let restart: HtmlElement = document.get_element_by_id("panic-restart")?.unchecked_into();
    restart.focus().ok()?;
    // Last, because it is the most that is done here: should it fail, what stands there by now stays.
    area.set_value(&format!("{what}\n{}", recipe()?));
    Some(())
}

/// What makes the run again that was remembered.
fn recipe() -> Option<String> {
    RUN.try_with(|run| {
        let run = run.try_borrow().ok()?;
        let run = run.as_ref()?;
        let (scenario, seed) = (run.id.slug(), run.recording.seed);
        let address = link_address(&link::encode(run));
        Some(format!("scenario {scenario}, seed {seed}\n{address}"))
    })
    .ok()?
}

fn say(document: &web_sys::Document, id: &str, text: &str) {
    if let Some(element) = document.get_element_by_id(id) {
        element.set_text_content(Some(text));
    }
}

//! What the page says when the program has a bug and stops.

use std::{cell::RefCell, panic::PanicHookInfo};

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use super::{storage, text::Lang};

thread_local! {
    static RECIPE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Remembers what would make the run on screen again.
pub fn remember(recipe: String) {
    RECIPE.set(recipe);
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
    let recipe = RECIPE.try_with(|recipe| recipe.try_borrow().map(|text| text.clone()).unwrap_or_default());
    let report = format!(
        "raft-playground {}\n{info}\n\n{}",
        env!("CARGO_PKG_VERSION"),
        recipe.unwrap_or_default()
    );
    let language = document.document_element()?.get_attribute("lang").unwrap_or_default();
    let text = Lang::from_tag(&language).text();
    say(&document, "panic-title", text.stopped);
    say(&document, "panic-text", text.stopped_advice);
    say(&document, "panic-restart", text.restart);
    if let Some(area) = document.get_element_by_id("panic-report") {
        area.unchecked_into::<HtmlTextAreaElement>().set_value(&report);
    }
    let message: HtmlElement = document.get_element_by_id("panic")?.unchecked_into();
    message.set_hidden(false);
    let restart: HtmlElement = document.get_element_by_id("panic-restart")?.unchecked_into();
    restart.focus().ok()
}

fn say(document: &web_sys::Document, id: &str, text: &str) {
    if let Some(element) = document.get_element_by_id(id) {
        element.set_text_content(Some(text));
    }
}

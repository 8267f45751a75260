//! What keys do while the run is presented: those that clickers send, and a few beside them.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent, WheelEvent};
use yew::Callback;

use crate::ui::intent::{Intent, PresentStep};

/// Hears them before anything on the page does.
pub fn listener(emit: &Callback<Intent>) -> EventListener {
    const FIRST: EventListenerOptions = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    let emit = emit.clone();
    let document = gloo::utils::document();
    EventListener::new_with_options(&document, "keydown", FIRST, move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
        if has_modifier || is_busy("dialog[open], [role=menu]") {
            return;
        }
        let key = event.key();
        if let (Some(way), Some(answer)) = (way_of(&key), answer()) {
            // Whole pixels, so that the way back ends where it began.
            let by = way * f64::from(answer.client_height() / 2);
            answer.scroll_by_with_x_and_y(0.0, by);
            event.prevent_default();
            return;
        }
        let step = step(&key, !is_busy("html[data-shortcuts=off]"), answer().is_some());
        if let Some(step) = step {
            event.prevent_default();
            event.stop_propagation();
            if let Some(step) = step {
                emit.emit(Intent::Present(step));
            }
        }
    })
}

/// Wherever the mouse is, its wheel turns the pages of an answer: nothing else on the screen scrolls.
pub fn on_wheel() -> EventListener {
    let document = gloo::utils::document();
    EventListener::new(&document, "wheel", move |event| {
        let event: &WheelEvent = event.unchecked_ref();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // Over the answer itself, the browser does so.
        let elsewhere = answer().filter(|answer| !answer.contains(target.as_deref()));
        if let Some(answer) = elsewhere {
            answer.scroll_by_with_x_and_y(0.0, event.delta_y());
        }
    })
}

/// Which way a key scrolls an answer.
fn way_of(key: &str) -> Option<f64> {
    match key {
        "ArrowDown" => Some(1.0),
        "ArrowUp" => Some(-1.0),
        _ => None,
    }
}

/// The answer to *Why?*, while it is there.
fn answer() -> Option<Element> {
    find(".why-answer")
}

fn find(selector: &str) -> Option<Element> {
    gloo::utils::document().query_selector(selector).ok().flatten()
}

fn is_busy(selector: &str) -> bool {
    find(selector).is_some()
}

/// What a key does. `Some(None)`: nothing, because what it does elsewhere could not be seen here.
fn step(key: &str, with_letters: bool, has_answer: bool) -> Option<Option<PresentStep>> {
    Some(match key {
        "PageDown" => Some(PresentStep::Go(true)),
        "PageUp" => Some(PresentStep::Go(false)),
        "Escape" => Some(PresentStep::Escape),
        _ if !with_letters => return None,
        // Some clickers send one, some the other.
        "b" | "B" | "." => Some(PresentStep::Blank),
        "l" | "L" => Some(PresentStep::Pointer),
        "q" | "Q" => Some(PresentStep::Code),
        "f" | "F" => Some(PresentStep::End),
        // Elsewhere the key asks; what asks takes the answer away again.
        "w" | "W" if has_answer => Some(PresentStep::Escape),
        "p" | "P" => None,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clicker_works_without_single_letters_too() {
        for letters in [true, false] {
            assert_eq!(step("PageDown", letters, false), Some(Some(PresentStep::Go(true))));
            assert_eq!(step("PageUp", letters, false), Some(Some(PresentStep::Go(false))));
            assert_eq!(step("Escape", letters, false), Some(Some(PresentStep::Escape)));
            assert_eq!(step(" ", letters, false), None, "it plays");
        }
        assert_eq!(step("b", true, false), Some(Some(PresentStep::Blank)));
        assert_eq!(
            step("w", true, true),
            Some(Some(PresentStep::Escape)),
            "an answer goes away"
        );
        assert_eq!(step("w", true, false), None, "else the page answers");
        assert_eq!(step("b", false, false), None);
        assert_eq!(step("p", true, false), Some(None), "no panel is shown");
        assert_eq!(step("w", true, false), None, "it asks why");
    }
}

//! What keys do while the run is presented: those that clickers send, and a few beside them.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
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
        let step = step(&event.key(), !is_busy("html[data-shortcuts=off]"));
        if let Some(step) = step {
            event.prevent_default();
            event.stop_propagation();
            if let Some(step) = step {
                emit.emit(Intent::Present(step));
            }
        }
    })
}

fn is_busy(selector: &str) -> bool {
    gloo::utils::document()
        .query_selector(selector)
        .ok()
        .flatten()
        .is_some()
}

/// What a key does. `Some(None)`: nothing, because what it does elsewhere could not be seen here.
fn step(key: &str, with_letters: bool) -> Option<Option<PresentStep>> {
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
            assert_eq!(step("PageDown", letters), Some(Some(PresentStep::Go(true))));
            assert_eq!(step("PageUp", letters), Some(Some(PresentStep::Go(false))));
            assert_eq!(step("Escape", letters), Some(Some(PresentStep::Escape)));
            assert_eq!(step(" ", letters), None, "it plays");
        }
        assert_eq!(step("b", true), Some(Some(PresentStep::Blank)));
        assert_eq!(step("b", false), None);
        assert_eq!(step("p", true), Some(None), "no panel is shown");
        assert_eq!(step("w", true), None, "it asks why");
    }
}

//! The keys of a duty: what may be decided by its number, and Escape to leave.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

use crate::ui::intent::{DutyAsked, Intent, LessonAsked};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct DutyKeysProps {
    /// What the keys 1, 2, ... stand for. Once the curtain is open they stand for nothing: whoever presses one once more has decided
    /// already, and crashes no server by it.
    pub(super) choices: Vec<DutyAsked>,
    pub(super) emit: Callback<Intent>,
}

/// Hears keys before the page does: as long as the curtain is closed, its own are about a run that is not to be seen.
#[component]
pub(super) fn DutyKeys(props: &DutyKeysProps) -> Html {
    use_effect_with(props.clone(), |DutyKeysProps { choices, emit }| {
        let (choices, emit) = (choices.clone(), emit.clone());
        let options = EventListenerOptions {
            passive: false,
            ..EventListenerOptions::run_in_capture_phase()
        };
        let document = gloo::utils::document();
        let listener = EventListener::new_with_options(&document, "keydown", options, move |event| {
            let event: &KeyboardEvent = event.unchecked_ref();
            let key = key_of(event).filter(|key| !choices.is_empty() || matches!(key, DutyKey::Number(_)));
            let Some(key) = key else { return };
            event.stop_propagation();
            event.prevent_default();
            match key {
                DutyKey::Leave => emit.emit(Intent::Lesson(LessonAsked::Close)),
                DutyKey::Number(number) => {
                    if let Some(asked) = number.checked_sub(1).and_then(|place| choices.get(place)) {
                        emit.emit(Intent::Lesson(LessonAsked::Duty(*asked)));
                    }
                }
                DutyKey::OfPage => {}
            }
        });
        move || drop(listener)
    });
    html! {}
}

enum DutyKey {
    Leave,
    Number(usize),
    /// It does something with the run.
    OfPage,
}

/// What a key stands for. Not while something is typed or chosen, or a sheet or menu is open; and by themselves only where the
/// reader wants single keys.
fn key_of(event: &KeyboardEvent) -> Option<DutyKey> {
    const BUSY: &str = "dialog[open], [role=menu]";
    const OFF: &str = "html[data-shortcuts=off]";
    let finds = |selector| {
        gloo::utils::document()
            .query_selector(selector)
            .ok()
            .flatten()
            .is_some()
    };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_in = |selector| {
        let found = target
            .as_ref()
            .and_then(|target| target.closest(selector).ok().flatten());
        found.is_some()
    };
    let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    if has_modifier || finds(BUSY) || is_in("input, select, textarea") {
        return None;
    }
    match event.key().as_str() {
        "Escape" => Some(DutyKey::Leave),
        _ if finds(OFF) && !is_in(".duty") => None,
        "r" | "R" | "s" | "S" | "w" | "W" | "p" | "P" | "+" | "=" | "-" | "0" => Some(DutyKey::OfPage),
        digit => digit.parse().ok().map(DutyKey::Number),
    }
}

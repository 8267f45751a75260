//! The keys of a duty: what may be decided by its number, and Escape to leave.

use web_sys::KeyboardEvent;
use yew::prelude::*;

use super::super::keys::{KEYS_OFF, hear_before_the_page, is_single, is_there, is_within};
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
        let listener = hear_before_the_page(move |event| {
            let key = key_of(event).filter(|key| !choices.is_empty() || matches!(key, DutyKey::Number(_)));
            match key {
                None => return false,
                Some(DutyKey::Leave) => emit.emit(Intent::Lesson(LessonAsked::Close)),
                Some(DutyKey::Number(number)) => {
                    if let Some(asked) = number.checked_sub(1).and_then(|place| choices.get(place)) {
                        emit.emit(Intent::Lesson(LessonAsked::Duty(*asked)));
                    }
                }
                Some(DutyKey::OfPage) => {}
            }
            true
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

/// What a key stands for; the keys by themselves only where the reader wants single keys.
fn key_of(event: &KeyboardEvent) -> Option<DutyKey> {
    if !is_single(event) {
        return None;
    }
    match event.key().as_str() {
        "Escape" => Some(DutyKey::Leave),
        _ if is_there(KEYS_OFF) && !is_within(event, ".duty") => None,
        "r" | "R" | "s" | "S" | "w" | "W" | "p" | "P" | "+" | "=" | "-" | "0" => Some(DutyKey::OfPage),
        digit => digit.parse().ok().map(DutyKey::Number),
    }
}

//! From a browser's event to a message.

use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Emits what an event stands for, if it stands for anything.
#[must_use]
pub fn maybe<E: 'static, T: 'static>(emit: &Callback<T>, message: impl Fn(E) -> Option<T> + 'static) -> Callback<E> {
    let emit = emit.clone();
    Callback::from(move |event| {
        if let Some(message) = message(event) {
            emit.emit(message);
        }
    })
}

/// What the select box or input field shows whose event this is.
#[must_use]
pub fn value(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    match target.dyn_into::<HtmlSelectElement>() {
        Ok(select) => select.value(),
        Err(target) => target
            .dyn_into::<HtmlInputElement>()
            .map(|input| input.value())
            .unwrap_or_default(),
    }
}

/// Lets the input field whose event this is show something else; what it stands for comes with the next render.
pub fn show(event: &Event, text: &str) {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.set_value(text);
    }
}

/// Whether the check box is on whose event this is.
#[must_use]
pub fn checked(event: &Event) -> bool {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.checked())
}

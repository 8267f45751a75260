//! The whole screen, where the browser gives it.

use gloo::events::EventListener;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use yew::{Callback, platform::spawn_local};

use crate::ui::intent::{Intent, PresentStep};

/// What the style sheets go by.
const MARK: &str = "data-present";

/// Takes the whole screen. A browser that refuses, as in some frames and on some telephones, leaves the window.
pub fn enter() {
    let Some(root) = gloo::utils::document().document_element() else {
        return;
    };
    let _ = root.set_attribute(MARK, "");
    // Called by hand, because a refusal that nobody waits for would be an error on the console.
    let request = Reflect::get(&root, &"requestFullscreen".into());
    let promise = request.and_then(|request| request.dyn_into::<Function>()?.call0(&root));
    settle(promise);
}

/// Gives it back.
pub fn leave() {
    let document = gloo::utils::document();
    if let Some(root) = document.document_element() {
        let _ = root.remove_attribute(MARK);
    }
    if document.fullscreen_element().is_some() {
        let exit = Reflect::get(&document, &"exitFullscreen".into());
        settle(exit.and_then(|exit| exit.dyn_into::<Function>()?.call0(&document)));
    }
}

fn settle(promise: Result<JsValue, JsValue>) {
    if let Ok(promise) = promise {
        spawn_local(async move {
            let _ = JsFuture::from(Promise::resolve(&promise)).await;
        });
    }
}

/// The browser leaves the whole screen by itself, as by Escape, which the page does not hear then.
pub fn on_change(emit: &Callback<Intent>) -> EventListener {
    let emit = emit.clone();
    let document = gloo::utils::document();
    EventListener::new(&document, "fullscreenchange", move |_| {
        if gloo::utils::document().fullscreen_element().is_none() {
            emit.emit(Intent::Present(PresentStep::Escape));
        }
    })
}

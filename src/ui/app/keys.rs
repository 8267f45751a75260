//! What the page hears by itself: keys that do something wherever the focus is, and what happens to its window.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, KeyboardEvent};
use yew::html::Scope;

use super::{
    App,
    message::{Msg, ShellMsg, Shortcut},
    shell::Shell,
};
use crate::raft::NodeId;
use crate::ui::run::{pace::Pace, player::Playback, speed::Speed};

/// Hears keys wherever they are pressed, and what happens to the window.
pub fn listeners(link: &Scope<App>, shell: &Shell) -> Vec<EventListener> {
    let document = gloo::utils::document();
    let on = |target: &EventTarget, event: &'static str, message: ShellMsg| {
        let link = link.clone();
        EventListener::new(target, event, move |_| link.send_message(Msg::Shell(message)))
    };
    let [narrow, still] = shell.media();
    vec![
        on_key(link.clone(), &document),
        on(&document, "visibilitychange", ShellMsg::Visibility),
        on(narrow, "change", ShellMsg::Media),
        on(still, "change", ShellMsg::Media),
    ]
}

fn on_key(link: Scope<App>, document: &EventTarget) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(document, "keydown", options, move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        if let Some(shortcut) = shortcut(event) {
            event.prevent_default();
            link.send_message(Msg::Key(shortcut));
        }
    })
}

/// What a key pressed anywhere on the page stands for. Keys that the focused control needs are left to it.
fn shortcut(event: &KeyboardEvent) -> Option<Shortcut> {
    if event.alt_key() || event.default_prevented() || !shortcuts_apply(event) {
        return None;
    }
    if event.ctrl_key() || event.meta_key() {
        let undoes = matches!(event.key().as_str(), "z" | "Z") && !event.shift_key();
        return undoes.then_some(Shortcut::Undo);
    }
    match event.key().as_str() {
        " " if !is_pressed_by_space(event) => Some(Shortcut::Play(Playback::Toggle)),
        "ArrowRight" => Some(Shortcut::Play(Playback::Step)),
        "ArrowLeft" => Some(Shortcut::Play(Playback::StepBack)),
        "r" | "R" => Some(Shortcut::Play(Playback::Reset)),
        "p" | "P" => Some(Shortcut::NextPanel),
        "+" | "=" => Some(Shortcut::Play(Playback::Faster(Speed::KEY_STEPS))),
        "-" => Some(Shortcut::Play(Playback::Faster(-Speed::KEY_STEPS))),
        "0" => Some(Shortcut::Play(Playback::Pace(Pace::Auto))),
        "?" => Some(Shortcut::Help),
        digit => NodeId::from_number(digit.parse().ok()?).map(Shortcut::Power),
    }
}

/// Not while something is typed or chosen, a sheet or menu is open, or the reader has switched them off.
fn shortcuts_apply(event: &KeyboardEvent) -> bool {
    const BUSY: &str = "dialog[open], [role=menu], html[data-shortcuts=off]";
    const TYPING: &str = "input, select, textarea";
    let busy = gloo::utils::document().query_selector(BUSY).ok().flatten().is_some();
    !busy && !target_matches(event, TYPING)
}

fn is_pressed_by_space(event: &KeyboardEvent) -> bool {
    target_matches(event, "button, a, [role=button]")
}

fn target_matches(event: &KeyboardEvent, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches(selector).unwrap_or(false))
}

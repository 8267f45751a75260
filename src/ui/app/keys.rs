//! Keys that do something wherever the focus is.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::raft::NodeId;
use crate::ui::{app::message::Msg, run::player::Speed};

/// What a key pressed anywhere on the page stands for. Keys that the focused control needs are left to it.
#[must_use]
pub fn shortcut(event: &KeyboardEvent) -> Option<Msg> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() || !shortcuts_apply(event) {
        return None;
    }
    match event.key().as_str() {
        " " if !is_pressed_by_space(event) => Some(Msg::TogglePlay),
        "ArrowRight" => Some(Msg::Step),
        "ArrowLeft" => Some(Msg::StepBack),
        "r" | "R" => Some(Msg::Reset),
        "p" | "P" => Some(Msg::NextPanel),
        "+" | "=" => Some(Msg::Faster(Speed::KEY_STEPS)),
        "-" => Some(Msg::Faster(-Speed::KEY_STEPS)),
        "?" => Some(Msg::Help(true)),
        digit => NodeId::from_number(digit.parse().ok()?).map(Msg::Power),
    }
}

/// Not while something is typed or chosen, a sheet or menu is open, or the reader has switched them off.
fn shortcuts_apply(event: &KeyboardEvent) -> bool {
    const BUSY: &str = "dialog[open], .menu, html[data-shortcuts=off]";
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

//! Keys that do something wherever the focus is.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use crate::raft::NodeId;
use crate::ui::run::player::{Playback, Speed};

/// What a key does that does something wherever the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Time passes, stands, or goes elsewhere.
    Play(Playback),
    /// A server crashes, or starts again.
    Power(NodeId),
    /// The panel after this one.
    NextPanel,
    /// The help sheet opens.
    Help,
}

/// What a key pressed anywhere on the page stands for. Keys that the focused control needs are left to it.
#[must_use]
pub fn shortcut(event: &KeyboardEvent) -> Option<Shortcut> {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() || !shortcuts_apply(event) {
        return None;
    }
    match event.key().as_str() {
        " " if !is_pressed_by_space(event) => Some(Shortcut::Play(Playback::Toggle)),
        "ArrowRight" => Some(Shortcut::Play(Playback::Step)),
        "ArrowLeft" => Some(Shortcut::Play(Playback::StepBack)),
        "r" | "R" => Some(Shortcut::Play(Playback::Reset)),
        "p" | "P" => Some(Shortcut::NextPanel),
        "+" | "=" => Some(Shortcut::Play(Playback::Faster(Speed::KEY_STEPS))),
        "-" => Some(Shortcut::Play(Playback::Faster(-Speed::KEY_STEPS))),
        "?" => Some(Shortcut::Help),
        digit => NodeId::from_number(digit.parse().ok()?).map(Shortcut::Power),
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

//! How the focus moves through a menu: one code for all menus of the page.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};
use yew::prelude::*;

/// What the focus can go to: the items, and fields among them.
const STOPS: &str = "[role=menuitem], input:not(:disabled)";

/// Hears a menu's keys before all others do, wherever the focus is: a finger may have taken it out of the menu. Escape and Tab
/// close it.
pub fn listen(menu: NodeRef, close: Callback<()>) -> EventListener {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    EventListener::new_with_options(&gloo::utils::document(), "keydown", options, move |event| {
        let (Some(menu), Some(key)) = (menu.cast::<HtmlElement>(), event.dyn_ref::<KeyboardEvent>()) else {
            return;
        };
        let typing = key
            .target()
            .is_some_and(|target| target.is_instance_of::<HtmlInputElement>());
        match key.key().as_str() {
            "ArrowDown" => focus(&menu, |at, count| at.map_or(0, |at| (at + 1) % count)),
            "ArrowUp" => focus(&menu, |at, count| at.map_or(count - 1, |at| (at + count - 1) % count)),
            "Escape" | "Tab" => close.emit(()),
            // The others move the caret of a field.
            _ if typing => return,
            "ArrowRight" => beside(&menu, 1.0),
            "ArrowLeft" => beside(&menu, -1.0),
            "Home" => focus_first(&menu),
            "End" => focus(&menu, |_, count| count - 1),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    })
}

/// The first item takes the focus.
pub fn focus_first(menu: &HtmlElement) {
    focus(menu, |_, _| 0);
}

/// The item that the mouse points at has the focus, so that no two seem to be chosen.
pub fn focus_below(event: &MouseEvent) {
    let target = event.target_dyn_into::<Element>();
    let item = target.and_then(|target| target.closest("[role=menuitem]").ok().flatten());
    if let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

/// Moves the focus, from the place that it has among so many, if it has one.
fn focus(menu: &HtmlElement, to: impl Fn(Option<usize>, usize) -> usize) {
    let stops = stops(menu);
    if stops.is_empty() {
        return;
    }
    let _ = stops[to(focused(&stops), stops.len())].focus();
}

/// Moves the focus to the next stop in the same row, if there is one on that side.
fn beside(menu: &HtmlElement, side: f64) {
    let stops = stops(menu);
    let Some(at) = focused(&stops) else {
        return focus_first(menu);
    };
    let place = |stop: &HtmlElement| stop.get_bounding_client_rect();
    let here = place(&stops[at]);
    let away = stops.iter().map(|stop| (stop, place(stop)));
    let away = away.filter(|(_, there)| (there.top() - here.top()).abs() < here.height() / 2.0);
    let away = away.map(|(stop, there)| (stop, (there.left() - here.left()) * side));
    let next = away.filter(|(_, by)| *by > 1.0).min_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((stop, _)) = next {
        let _ = stop.focus();
    }
}

fn stops(menu: &HtmlElement) -> Vec<HtmlElement> {
    let Ok(stops) = menu.query_selector_all(STOPS) else {
        return Vec::new();
    };
    (0..stops.length())
        .filter_map(|index| stops.item(index)?.dyn_into().ok())
        .collect()
}

fn focused(stops: &[HtmlElement]) -> Option<usize> {
    let focused = gloo::utils::document().active_element()?;
    stops.iter().position(|stop| stop.as_ref() as &Element == &focused)
}

//! Elements of the document, and the focus.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, SvgElement};
use yew::NodeRef;

/// Gives the focus to an element of the document.
pub fn focus(id: &str) {
    let Some(element) = gloo::utils::document().get_element_by_id(id) else {
        return;
    };
    focus_on(element);
}

/// Gives the focus to an element.
pub fn focus_on(element: Element) {
    let _ = match element.dyn_ref::<HtmlElement>() {
        Some(element) => element.focus(),
        None => element.unchecked_into::<SvgElement>().focus(),
    };
}

/// Gives the focus to what a render has left at a reference, if it is there.
pub fn focus_node(node: &NodeRef) {
    if let Some(element) = node.cast() {
        focus_on(element);
    }
}

/// Opens a modal sheet, or closes it, unless it is so already. Says whether it has been opened.
pub fn set_modal(node: &NodeRef, open: bool) -> bool {
    let Some(dialog) = node.cast::<HtmlDialogElement>() else {
        return false;
    };
    match (open, dialog.open()) {
        (true, false) => {
            drop(dialog.show_modal());
            true
        }
        (false, true) => {
            dialog.close();
            false
        }
        _ => false,
    }
}

/// Scrolls no farther than it takes to see an element.
pub fn bring_near(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Gives the focus to what is there once the page has been drawn; if it never is, the focus stays where it is.
pub fn focus_later(id: String) {
    const TRIES: u32 = 20;
    focus_within(id, TRIES);
}

fn focus_within(id: String, tries: u32) {
    const FRAME_MS: u32 = 16;
    let look = move || {
        if gloo::utils::document().get_element_by_id(&id).is_some() {
            focus(&id);
        } else if tries > 0 {
            focus_within(id, tries - 1);
        }
    };
    gloo::timers::callback::Timeout::new(FRAME_MS, look).forget();
}

//! A large ring that follows the mouse, so that students see where the lecturer points. It goes where the mouse rests.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::{events::EventListener, timers::callback::Timeout};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};
use yew::prelude::*;

/// How long it stays where the mouse rests, in ms.
const STAYS_MS: u32 = 2500;
/// What the style sheet goes by.
const AT_REST: &str = "data-rest";

/// The spot.
#[derive(Clone, Default)]
pub(super) struct PointerSpot {
    node: NodeRef,
    off: Rc<Cell<bool>>,
    rest: Rc<RefCell<Option<Timeout>>>,
}

impl PointerSpot {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// What moves it: the document itself, so that no render is needed.
    pub(super) fn listeners(&self) -> [EventListener; 1] {
        let spot = self.clone();
        let window = gloo::utils::window();
        [EventListener::new(&window, "pointermove", move |event| {
            let event: &PointerEvent = event.unchecked_ref();
            // A finger covers what it points at.
            if !spot.off.get() && event.pointer_type() != "touch" {
                spot.moves(event.client_x(), event.client_y());
            }
        })]
    }

    fn element(&self) -> Option<HtmlElement> {
        self.node.cast()
    }

    fn moves(&self, x: i32, y: i32) {
        let Some(element) = self.element() else { return };
        let _ = element.style().set_property("translate", &format!("{x}px {y}px"));
        let _ = element.remove_attribute(AT_REST);
        let spot = self.clone();
        let rest = Timeout::new(STAYS_MS, move || spot.rests());
        self.rest.replace(Some(rest));
    }

    fn rests(&self) {
        if let Some(element) = self.element() {
            let _ = element.set_attribute(AT_REST, "");
        }
    }

    /// Off, or on again.
    pub(super) fn switch(&self) {
        self.off.set(!self.off.get());
        self.rests();
    }

    /// Whether it follows the mouse.
    pub(super) fn is_on(&self) -> bool {
        !self.off.get()
    }

    pub(super) fn view(&self) -> Html {
        html! { <div ref={&self.node} class="spot" aria-hidden="true" data-rest=""></div> }
    }
}

//! The focus is never lost: where what has it goes, or can be pressed no longer, what stood next to it has it.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node, NodeList};

use super::dom::focus_on;

/// What can take over the focus. Not what is typed into: it would take the keys that play and step.
const STOPS: &str = "button:not(:disabled), a[href], [tabindex='0']";

/// Where the focus is.
struct Held {
    element: Element,
    /// What could have the focus then, and which of these places it is at.
    stops: Option<NodeList>,
    at: u32,
}

/// Keeps the focus.
#[derive(Clone, Default)]
pub struct FocusKeeper {
    held: Rc<RefCell<Option<Held>>>,
    /// The next look. It is kept, not forgotten: a timeout that is forgotten holds its memory for as long as the page is open.
    next: Rc<RefCell<Option<Timeout>>>,
}

impl FocusKeeper {
    /// Follows the focus, and looks after it once something was pressed.
    pub fn listeners(&self) -> Vec<EventListener> {
        let document = gloo::utils::document();
        let on = |event: &'static str, heard: fn(&Self, &Event)| {
            let keeper = self.clone();
            let options = EventListenerOptions::run_in_capture_phase();
            EventListener::new_with_options(&document, event, options, move |event| heard(&keeper, event))
        };
        vec![
            on("focusin", Self::comes),
            on("pointerdown", Self::points),
            on("click", |keeper, _| keeper.look_soon()),
            on("keyup", |keeper, _| keeper.look_soon()),
        ]
    }

    fn comes(&self, event: &Event) {
        let Some(element) = element_of(event) else { return };
        let stops = gloo::utils::document().query_selector_all(STOPS).ok();
        // A heading that has the focus is no such place: the one after it is.
        let is_here = |stop: Option<Node>| {
            stop.is_some_and(|stop| {
                stop.contains(Some(&element))
                    || stop.compare_document_position(&element) & Node::DOCUMENT_POSITION_PRECEDING != 0
            })
        };
        let at = stops
            .as_ref()
            .and_then(|stops| (0..stops.length()).find(|at| is_here(stops.item(*at))));
        let at = at.unwrap_or(0);
        *self.held.borrow_mut() = Some(Held { element, stops, at });
    }

    /// Whoever points elsewhere wants the focus to be there, or nowhere.
    fn points(&self, event: &Event) {
        let target = element_of(event);
        self.held
            .borrow_mut()
            .take_if(|held| !held.element.contains(target.as_deref()));
    }

    /// Once the page has been drawn.
    fn look_soon(&self) {
        let keeper = self.clone();
        *self.next.borrow_mut() = Some(Timeout::new(0, move || keeper.look()));
    }

    /// If the focus is lost, what is nearest to where it was takes it.
    pub fn look(&self) {
        let document = gloo::utils::document();
        let is_lost = || {
            document
                .active_element()
                .is_none_or(|element| element.matches("body").unwrap_or(true))
        };
        let held = self.held.borrow_mut().take_if(|_| is_lost());
        let Some(held) = held else { return };
        let Some(stops) = held.stops else { return };
        let near = (0..stops.length()).flat_map(|away| [held.at.checked_add(away), held.at.checked_sub(away)]);
        let near = near
            .flatten()
            .filter_map(|at| stops.item(at)?.dyn_into::<Element>().ok());
        let mut takers = std::iter::once(held.element).chain(near).filter(can_have_focus);
        IS_KEEPING.set(true);
        while is_lost() && takers.next().map(focus_on).is_some() {}
        IS_KEEPING.set(false);
    }
}

thread_local! {
    static IS_KEEPING: Cell<bool> = const { Cell::new(false) };
}

/// Whether the focus goes where it goes only because it would be lost: neither a key nor a pointer brings it there.
pub fn is_keeping() -> bool {
    IS_KEEPING.get()
}

fn element_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn can_have_focus(element: &Element) -> bool {
    let is_disabled = element.matches(":disabled").unwrap_or(false);
    element.is_connected() && !is_disabled && element.get_bounding_client_rect().width() > 0.0
}

//! What the pointer does on the timeline.

use std::{cell::RefCell, rc::Rc};

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

use crate::{
    sim::{EventId, Micros},
    ui::{
        features::timeline::zoom::ZoomMove,
        intent::Intent,
        kit::emit::maybe,
        run::player::Playback,
        svg::timeline::window::{Place, Window},
    },
};

/// What the pointer holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hold {
    /// Nothing.
    #[default]
    Nothing,
    /// The play head.
    Head,
    /// The lanes, at this place.
    Lanes(Place),
}

/// Goes to the mark that was hit, and selects its event.
pub fn pick(emit: &Callback<Intent>) -> Callback<PointerEvent> {
    let emit = emit.clone();
    Callback::from(move |event: PointerEvent| {
        pick_from(&emit, &event);
    })
}

/// Says whether there was anything to pick.
fn pick_from(emit: &Callback<Intent>, event: &PointerEvent) -> bool {
    let target: Element = event.target_unchecked_into();
    let mark = target.closest("[data-event]").ok().flatten();
    let number = |name| mark.as_ref()?.get_attribute(name)?.parse().ok();
    let (Some(id), Some(at)) = (number("data-event"), number("data-at")) else {
        return false;
    };
    // First the time: what led to an event is found once it is in memory.
    emit.emit(Intent::Play(Playback::Seek(Micros(at))));
    emit.emit(Intent::Select(Some(EventId(id))));
    true
}

/// Moves the play head, or with Shift the lanes.
pub fn drag(
    emit: &Callback<Intent>,
    zoom: &Callback<ZoomMove>,
    hold: &Rc<RefCell<Hold>>,
    window: Window,
    is_down: bool,
) -> Callback<PointerEvent> {
    let (hold, picks, zoom) = (hold.clone(), emit.clone(), zoom.clone());
    maybe(emit, move |event: PointerEvent| {
        let mut hold = hold.borrow_mut();
        if event.buttons() & 1 == 0 {
            *hold = Hold::Nothing;
            return None;
        }
        let lanes = lanes(&event);
        let place = place_in(&lanes, &event);
        if is_down {
            // A pointer that leaves the lanes goes on to move what it holds.
            let _ = lanes.set_pointer_capture(event.pointer_id());
            *hold = match (event.shift_key(), pick_from(&picks, &event)) {
                (_, true) => Hold::Nothing,
                (true, _) => Hold::Lanes(place),
                (false, _) => Hold::Head,
            };
        }
        match *hold {
            Hold::Nothing => None,
            Hold::Head => Some(Intent::Play(Playback::Seek(window.at(place)))),
            Hold::Lanes(last) => {
                *hold = Hold::Lanes(place);
                if place != last {
                    zoom.emit(ZoomMove::Along(last - place));
                }
                None
            }
        }
    })
}

/// The wheel zooms; sideways, or with Shift, it moves the lanes. It is heard where the page can be kept from scrolling.
pub fn listen_to_wheel(node: &NodeRef, zoom: &Callback<ZoomMove>) -> impl FnOnce() + use<> {
    let zoom = zoom.clone();
    let listener = node.cast::<Element>().map(|lanes| {
        let options = EventListenerOptions::enable_prevent_default();
        let place = lanes.clone();
        EventListener::new_with_options(&lanes, "wheel", options, move |event| {
            let event: &WheelEvent = event.unchecked_ref();
            event.prevent_default();
            if let Some(how) = wheeled(event, place_in(&place, event)) {
                zoom.emit(how);
            }
        })
    });
    move || drop(listener)
}

/// A notch of the wheel, or what of one a finger makes.
fn wheeled(event: &WheelEvent, place: Place) -> Option<ZoomMove> {
    const STEP: Place = 500;
    let (x, y) = (event.delta_x(), event.delta_y());
    let sideways = x.abs() > y.abs() || event.shift_key();
    let way = if sideways && x.abs() > y.abs() { x } else { y };
    let forward = way > 0.0;
    match (sideways, forward) {
        _ if way == 0.0 => None,
        (true, true) => Some(ZoomMove::Along(STEP)),
        (true, false) => Some(ZoomMove::Along(-STEP)),
        (false, true) => Some(ZoomMove::Scale(1250, Some(place))),
        (false, false) => Some(ZoomMove::Scale(800, Some(place))),
    }
}

fn lanes(event: &PointerEvent) -> Element {
    // Not the current target: Yew listens at the root of the page.
    let target: Element = event.target_unchecked_into();
    target.closest(".lanes").ok().flatten().unwrap_or(target)
}

#[expect(clippy::cast_possible_truncation, reason = "a share of the width")]
fn place_in(lanes: &Element, event: &MouseEvent) -> Place {
    let place = lanes.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
    (share.clamp(0.0, 1.0) * f64::from(Window::WIDTH)) as Place
}

//! What the pointer does on the timeline.

use std::{cell::RefCell, rc::Rc};

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent, PointerEvent, WheelEvent};
use yew::prelude::*;

use crate::{
    sim::{EventId, Micros},
    ui::{
        features::timeline::{
            painter::{TimeNodes, preview},
            zoom::ZoomMove,
        },
        intent::Intent,
        run::{handle::PlayerRef, player::Playback},
        svg::timeline::window::{Place, Window},
        text::Lang,
    },
};

/// What pointers do with what is below them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Grip {
    /// Nothing.
    #[default]
    Nothing,
    /// A finger rests on this place. It may scroll the page, begin to pinch, or ask for the play head.
    Finger(Place),
    /// A pointer moves the play head.
    Head,
    /// A pointer moves the lanes, which it holds at this place.
    Lanes(Place),
    /// Two pointers hold these instants, and move and zoom the lanes.
    Pinch([Micros; 2]),
}

/// How far a finger goes along the lanes before it moves the play head.
const FINGER_MOVED: u32 = 100;

/// The pointers that are down, each with its place.
#[derive(Default)]
pub struct Pointers {
    down: Vec<(i32, Place)>,
    grip: Grip,
    /// Where the lanes are, as long as one is down: they stay, and to ask for it at each move would lay out the page once more.
    extent: Option<Extent>,
}

impl Pointers {
    fn places(&self) -> Option<[Place; 2]> {
        let [(_, first), (_, second), ..] = self.down[..] else {
            return None;
        };
        Some([first, second])
    }

    /// Where one is over the lanes.
    fn place(&self, field: &Element, event: &MouseEvent) -> Place {
        let extent = self.extent.filter(|_| !self.down.is_empty());
        extent.unwrap_or_else(|| Extent::of(field)).place(event)
    }

    fn moved(&mut self, id: i32, place: Place) {
        if let Some(pointer) = self.down.iter_mut().find(|pointer| pointer.0 == id) {
            pointer.1 = place;
        }
    }
}

/// What hears pointers in the lanes.
#[derive(Clone)]
pub struct Hand {
    /// The lanes.
    pub field: NodeRef,
    /// What is moved.
    pub nodes: TimeNodes,
    /// The pointers that are down.
    pub pointers: Rc<RefCell<Pointers>>,
    /// The run on screen.
    pub player: PlayerRef,
    /// The language.
    pub lang: Lang,
    /// Receives requests to visit another instant.
    pub emit: Callback<Intent>,
    /// Receives requests to show another part of the run.
    pub zoom: Callback<ZoomMove>,
}

impl Hand {
    /// A pointer goes down: it takes hold of the play head, with Shift of the lanes; a second one begins to pinch.
    pub fn down(&self) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(field) = hand.field.cast::<Element>() else {
                return;
            };
            if event.button() != 0 {
                return;
            }
            // A pointer that leaves the lanes goes on to move what it holds.
            let _ = field.set_pointer_capture(event.pointer_id());
            let extent = Extent::of(&field);
            let place = extent.place(&event);
            let sight = hand.nodes.sight.get();
            let mut pointers = hand.pointers.borrow_mut();
            pointers.extent = Some(extent);
            if event.is_primary() {
                pointers.down.clear();
            }
            pointers.down.push((event.pointer_id(), place));
            pointers.grip = match pointers.places() {
                Some(places) => Grip::Pinch(places.map(|place| sight.at(place))),
                None if event.shift_key() => Grip::Lanes(place),
                None if event.pointer_type() == "touch" => Grip::Finger(place),
                None => Grip::Head,
            };
            let is_head = pointers.grip == Grip::Head;
            drop(pointers);
            hand.zoom.emit(ZoomMove::Hold(is_head));
            if is_head {
                hand.seek(sight.at(place));
            }
        })
    }

    /// A pointer moves: what it holds comes along, and what is below it is told.
    pub fn moved(&self) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |event: PointerEvent| {
            let Some(field) = hand.field.cast::<Element>() else {
                return;
            };
            let mut pointers = hand.pointers.borrow_mut();
            let place = pointers.place(&field, &event);
            hand.show(Some(place));
            pointers.moved(event.pointer_id(), place);
            if matches!(pointers.grip, Grip::Finger(start) if start.abs_diff(place) > FINGER_MOVED) {
                pointers.grip = Grip::Head;
                hand.zoom.emit(ZoomMove::Hold(true));
            }
            match (pointers.grip, pointers.places()) {
                (Grip::Head, _) => {
                    drop(pointers);
                    hand.seek(hand.nodes.sight.get().at(place));
                }
                (Grip::Lanes(last), _) if last != place => {
                    pointers.grip = Grip::Lanes(place);
                    hand.zoom.emit(ZoomMove::Along(last - place));
                }
                (Grip::Pinch(instants), Some(places)) => hand.zoom.emit(ZoomMove::Pinch(instants, places)),
                _ => {}
            }
        })
    }

    /// A pointer goes up, or the browser takes it away to scroll.
    pub fn up(&self, is_done: bool) -> Callback<PointerEvent> {
        let hand = self.clone();
        Callback::from(move |event: PointerEvent| {
            let mut pointers = hand.pointers.borrow_mut();
            pointers.down.retain(|pointer| pointer.0 != event.pointer_id());
            let held = std::mem::take(&mut pointers.grip);
            drop(pointers);
            match held {
                Grip::Head => hand.zoom.emit(ZoomMove::Hold(false)),
                Grip::Finger(place) if is_done => hand.seek(hand.nodes.sight.get().at(place)),
                _ => {}
            }
            if event.pointer_type() != "mouse" {
                hand.show(None);
            }
        })
    }

    /// Whether the slider moves because a pointer is down on it. Then the lanes say where to.
    pub fn is_down(&self) -> bool {
        !self.pointers.borrow().down.is_empty()
    }

    fn seek(&self, at: Micros) {
        self.emit.emit(Intent::Play(Playback::Seek(at)));
    }

    fn show(&self, place: Option<Place>) {
        let said = place.map(|place| {
            let at = self.nodes.sight.get().at(place);
            (place, self.lang.led_at(self.player.0.borrow().history(), at))
        });
        preview(&self.nodes, said);
    }

    /// What is heard where the page can be kept from what it would do itself: the wheel with Ctrl, as which also a pinch of a
    /// touchpad comes, zooms; sideways, or with Shift, it moves the lanes. Lets go of all when it is dropped.
    pub fn listen(&self) -> impl FnOnce() + use<> {
        let listeners = self.field.cast::<Element>().map(|field| {
            let options = EventListenerOptions::enable_prevent_default();
            let (hand, place) = (self.clone(), field.clone());
            let wheel = EventListener::new_with_options(&field, "wheel", options, move |event| {
                let event: &WheelEvent = event.unchecked_ref();
                if let Some(how) = wheeled(event, Extent::of(&place).place(event)) {
                    event.prevent_default();
                    hand.zoom.emit(how);
                }
            });
            let hand = self.clone();
            let leave = EventListener::new(&field, "pointerleave", move |_| hand.show(None));
            (wheel, leave)
        });
        move || drop(listeners)
    }
}

/// The page goes to what was hit, and selects its event.
pub fn pick(emit: &Callback<Intent>, event: Option<EventId>, at: Micros) -> Callback<PointerEvent> {
    let emit = emit.clone();
    Callback::from(move |pointer: PointerEvent| {
        pointer.stop_propagation();
        // First the time: what led to an event is found once it is in memory.
        emit.emit(Intent::Play(Playback::Seek(at)));
        emit.emit(Intent::Select(event));
    })
}

/// Where a pointer has clicked, keys do not go to the slider: Space still plays, and what was typed in is left.
pub fn keep_focus_away(event: &MouseEvent) {
    event.prevent_default();
    let active = gloo::utils::document().active_element();
    if let Some(active) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        let _ = active.blur();
    }
}

/// What the wheel does: a notch of it, or what of one a finger makes.
fn wheeled(event: &WheelEvent, place: Place) -> Option<ZoomMove> {
    const STEP: Place = 500;
    let (x, y) = (event.delta_x(), event.delta_y());
    if event.ctrl_key() || event.meta_key() {
        return Some(ZoomMove::Scale(wheel_scale(y), Some(place)));
    }
    let way = if x.abs() > y.abs() { x } else { y };
    let sideways = x.abs() > y.abs() || event.shift_key();
    (sideways && way != 0.0).then_some(ZoomMove::Along(if way > 0.0 { STEP } else { -STEP }))
}

/// The new length of a window of 1000: a notch, which is a hundred, makes it a quarter longer or a fifth shorter.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "500 to 2000")]
fn wheel_scale(turned: f64) -> u32 {
    const NOTCH: f64 = 100.0;
    let quarters = turned.abs().min(NOTCH) / NOTCH / 4.0;
    let factor = if turned > 0.0 {
        1.0 + quarters
    } else {
        1.0 / (1.0 + quarters)
    };
    (factor * 1000.0) as u32
}

/// From where to where the lanes go in the browser's window, in pixels.
#[derive(Clone, Copy)]
struct Extent {
    left: f64,
    width: f64,
}

impl Extent {
    fn of(field: &Element) -> Self {
        let place = field.get_bounding_client_rect();
        Self {
            left: place.left(),
            width: place.width().max(1.0),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "a share of the width")]
    fn place(self, event: &MouseEvent) -> Place {
        let share = (f64::from(event.client_x()) - self.left) / self.width;
        (share.clamp(0.0, 1.0) * f64::from(Window::WIDTH)) as Place
    }
}

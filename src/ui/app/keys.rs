//! What the page hears by itself: keys that do something wherever the focus is, and what happens to its window.

use std::{cell::Cell, rc::Rc};

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, KeyboardEvent};
use yew::html::Scope;

use super::{
    App,
    lazy::LazyPart,
    message::{Msg, ShellMsg, Shortcut},
    shell::Shell,
};
use crate::raft::NodeId;
use crate::ui::{
    kit::focus::is_keeping,
    run::{pace::Pace, player::Playback, speed::Speed},
};

/// Hears keys wherever they are pressed, and what happens to the window.
pub fn listeners(link: &Scope<App>, shell: &Shell) -> Vec<EventListener> {
    let document = gloo::utils::document();
    let on = |target: &EventTarget, event: &'static str, message: ShellMsg| {
        let link = link.clone();
        EventListener::new(target, event, move |_| link.send_message(Msg::Shell(message)))
    };
    let [narrow, across, beside, lower, still] = shell.media();
    let (origin, is_near) = (Rc::<FocusOrigin>::default(), Rc::<Cell<bool>>::default());
    let follow = |event: &'static str, heard: fn(&FocusOrigin, &Event)| {
        let origin = origin.clone();
        EventListener::new_with_options(&document, event, FIRST, move |event| heard(&origin, event))
    };
    vec![
        follow("pointerdown", |origin, _| origin.points()),
        follow("focusin", |origin, _| {
            if !is_keeping() {
                origin.goes(!origin.was_pointer.get());
            }
        }),
        follow("change", |origin, event| origin.chose.set(is_in(event, "select"))),
        follow("keyup", |origin, event| {
            // Some browsers press a button as the bar is let go, whatever was said as it went down.
            if origin.took_space.take() {
                event.prevent_default();
            }
        }),
        on_key(link.clone(), &document, FIRST, {
            let origin = origin.clone();
            move |event| origin.takes(event)
        }),
        on_key(link.clone(), &document, LAST, shortcut),
        on(&document, "visibilitychange", ShellMsg::Visibility),
        on(narrow, "change", ShellMsg::Media),
        on(across, "change", ShellMsg::Media),
        on(beside, "change", ShellMsg::Media),
        on(lower, "change", ShellMsg::Media),
        on(still, "change", ShellMsg::Media),
        on_approach(link.clone(), &document, "pointerover", &is_near),
        on_approach(link.clone(), &document, "focusin", &is_near),
    ]
}

/// Whoever comes near to what opens a panel, a sheet or a drawer will soon want what it shows.
fn on_approach(
    link: Scope<App>,
    document: &EventTarget,
    event: &'static str,
    is_near: &Rc<Cell<bool>>,
) -> EventListener {
    const OPENS_SOMETHING: &str = ".tab-row, .tools, .status-row button";
    let is_near = is_near.clone();
    EventListener::new(document, event, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let near = target.is_some_and(|target| target.closest(OPENS_SOMETHING).ok().flatten().is_some());
        if near && !is_near.replace(true) {
            link.send_message(Msg::Shell(ShellMsg::Load(LazyPart::Later)));
        }
    })
}

/// Before what the event happens to hears of it.
const FIRST: EventListenerOptions = EventListenerOptions {
    phase: EventListenerPhase::Capture,
    passive: false,
};

/// Only if nothing else took it.
const LAST: EventListenerOptions = EventListenerOptions {
    phase: EventListenerPhase::Bubble,
    passive: false,
};

fn on_key(
    link: Scope<App>,
    document: &EventTarget,
    when: EventListenerOptions,
    shortcut: impl Fn(&KeyboardEvent) -> Option<Shortcut> + 'static,
) -> EventListener {
    EventListener::new_with_options(document, "keydown", when, move |event| {
        let event: &KeyboardEvent = event.unchecked_ref();
        if let Some(shortcut) = shortcut(event) {
            event.prevent_default();
            event.stop_propagation();
            link.send_message(Msg::Key(shortcut));
        }
    })
}

/// Whether the focus was put where it is by a pointer or by a key. What a pointer has pressed is done with: Space and arrows play
/// and step. Where the keyboard brought the focus, they do what they do everywhere on the web.
///
/// `:focus-visible` does not say so: it is true of what was clicked as soon as any key is pressed.
#[derive(Default)]
struct FocusOrigin {
    /// Whether a pointer was what the reader used last.
    was_pointer: Cell<bool>,
    /// Whether a pointer put the focus where it is.
    pointed: Cell<bool>,
    /// Whether something was chosen from a list since it was pointed at.
    chose: Cell<bool>,
    /// Whether the space bar is down, and was taken for the whole page.
    took_space: Cell<bool>,
}

impl FocusOrigin {
    fn points(&self) {
        self.was_pointer.set(true);
        self.goes(false);
    }

    /// The focus goes somewhere else. It is seen where a key brought it.
    fn goes(&self, by_key: bool) {
        self.pointed.set(!by_key);
        self.chose.set(false);
        if let Some(root) = gloo::utils::document().document_element() {
            let _ = root.toggle_attribute_with_force("data-pointed", !by_key);
        }
    }

    /// A key that plays or steps whatever was clicked last.
    fn takes(&self, event: &KeyboardEvent) -> Option<Shortcut> {
        self.was_pointer.set(false);
        let needed = is_in(event, TYPING) || is_in(event, "select") && !self.chose.get();
        let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
        if !self.pointed.get() || needed || has_modifier || !shortcuts_are_on() {
            return None;
        }
        let shortcut = playing(&event.key());
        self.took_space.set(shortcut.is_some() && event.key() == " ");
        shortcut
    }
}

/// What a key pressed anywhere on the page stands for. Keys that the focused control needs are left to it.
fn shortcut(event: &KeyboardEvent) -> Option<Shortcut> {
    if event.alt_key() || event.default_prevented() || !shortcuts_apply(event) {
        return None;
    }
    if event.ctrl_key() || event.meta_key() {
        return match (event.key().as_str(), event.shift_key()) {
            ("z" | "Z", false) => Some(Shortcut::Undo),
            ("z" | "Z", true) | ("y" | "Y", false) => Some(Shortcut::Redo),
            _ => None,
        };
    }
    match event.key().as_str() {
        " " if is_in(event, "button, a, [role=button]") => None,
        key @ (" " | "ArrowRight" | "ArrowLeft") => playing(key),
        "r" | "R" => Some(Shortcut::Play(Playback::Reset)),
        "s" | "S" => Some(Shortcut::Overview),
        "w" | "W" => Some(Shortcut::Why),
        "p" | "P" => Some(Shortcut::NextPanel),
        "+" | "=" => Some(Shortcut::Play(Playback::Faster(Speed::KEY_STEPS))),
        "-" => Some(Shortcut::Play(Playback::Faster(-Speed::KEY_STEPS))),
        "0" => Some(Shortcut::Play(Playback::Pace(Pace::Auto))),
        "f" | "F" => Some(Shortcut::Present),
        "?" => Some(Shortcut::Help),
        digit => NodeId::from_number(digit.parse().ok()?).map(Shortcut::Power),
    }
}

fn playing(key: &str) -> Option<Shortcut> {
    let playback = match key {
        " " => Playback::Toggle,
        "ArrowRight" => Playback::Step,
        "ArrowLeft" => Playback::StepBack,
        _ => return None,
    };
    Some(Shortcut::Play(playback))
}

/// What is typed into.
const TYPING: &str = "input:not([type=range], [type=checkbox], [type=radio], [type=file]), textarea";

/// Not while something is typed or chosen, a sheet or menu is open, or the reader has switched them off.
fn shortcuts_apply(event: &KeyboardEvent) -> bool {
    shortcuts_are_on() && !is_in(event, "input, select, textarea")
}

fn shortcuts_are_on() -> bool {
    const BUSY: &str = "dialog[open], [role=menu], html[data-shortcuts=off]";
    gloo::utils::document().query_selector(BUSY).ok().flatten().is_none()
}

/// Whether it happens to something that a selector finds.
fn is_in(event: &Event, selector: &str) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.matches(selector).unwrap_or(false))
}

//! What a press becomes: a tap, a finger that rests and thereby opens a menu, or a drag.

use std::{cell::RefCell, rc::Rc};

use gloo::timers::callback::Timeout;
use web_sys::PointerEvent;

/// How long a finger rests on a server before its menu opens, in ms.
const LONG_PRESS_MS: u32 = 500;

/// The press that lasts, or the one whose click may still come: when a finger that has rested is lifted, some browsers say that
/// this was a click, and others don't.
#[derive(Clone, Default)]
pub(super) struct Press(Rc<RefCell<PressState>>);

#[derive(Default)]
enum PressState {
    /// There was none.
    #[default]
    None,
    /// A tap, unless the finger rests for so long.
    Tap(#[expect(dead_code, reason = "dropping it cancels it")] Option<Timeout>),
    /// The finger has rested.
    Rested,
    /// Something is dragged.
    Drag,
}

impl Press {
    /// A press begins. `rest` runs if a finger stays down without moving. (A mouse has its right button for that.)
    pub(super) fn begin(&self, event: &PointerEvent, rest: impl FnOnce() + 'static) {
        let touches = event.pointer_type() != "mouse";
        let press = self.clone();
        let timeout = touches.then(|| {
            Timeout::new(LONG_PRESS_MS, move || {
                *press.0.borrow_mut() = PressState::Rested;
                rest();
            })
        });
        *self.0.borrow_mut() = PressState::Tap(timeout);
    }

    /// The pointer is lifted, or elsewhere: it can't rest any more.
    pub(super) fn end(&self) {
        let mut state = self.0.borrow_mut();
        if matches!(*state, PressState::Tap(_)) {
            *state = PressState::Tap(None);
        }
    }

    /// The pointer drags something. Says whether it may: not once it has rested.
    pub(super) fn drag(&self) -> bool {
        let mut state = self.0.borrow_mut();
        let may = !matches!(*state, PressState::Rested);
        if may {
            *state = PressState::Drag;
        }
        may
    }

    /// A click came. Says whether it ends a press that began here and was nothing but a tap.
    pub(super) fn was_tap(&self) -> bool {
        matches!(self.0.take(), PressState::Tap(_))
    }

    /// A click came. Says whether it is meant: it ends a tap, or no press at all, as those of assistive technology.
    pub(super) fn is_meant(&self) -> bool {
        matches!(self.0.take(), PressState::Tap(_) | PressState::None)
    }
}

impl PartialEq for Press {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

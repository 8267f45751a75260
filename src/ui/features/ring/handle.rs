//! The end of a server's arc, by which its election timer is dragged.

use gloo::events::{EventListener, EventListenerOptions};
use web_sys::Element;
use yew::prelude::*;

use crate::{
    raft::NodeId,
    sim::{Action, Micros},
    ui::{features::ring::press::Press, intent::Intent, svg::number::fixed, text::Lang},
};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct HandleProps {
    /// Whose timer.
    pub(super) server: NodeId,
    /// What a full circle stands for.
    pub(super) scale: Micros,
    /// Radius of the arc.
    pub(super) radius: f64,
    pub(super) lang: Lang,
    /// What moves with the pointer.
    pub(super) parts: Parts,
    pub(super) emit: Callback<Intent>,
    /// The press on its server, which becomes a drag if the handle is moved.
    pub(super) press: Press,
}

/// The parts of a server that a drag reads or moves.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Parts {
    /// The server's outline, whose middle the handle turns around.
    pub(super) hull: NodeRef,
    /// What is left of its election timeout.
    pub(super) arc: NodeRef,
    /// The end of that.
    pub(super) handle: NodeRef,
    /// What would be left, in words.
    pub(super) rest: NodeRef,
}

/// A pointer that holds the handle.
struct HeldHandle {
    /// Where it was pressed, in pixels.
    start: (i32, i32),
    /// Whether it has moved since.
    moved: bool,
    /// The share of a turn that it is at.
    share: f64,
}

/// The handle. Time stands while it is dragged; letting it go is one action. The painter moves it otherwise.
#[component]
pub(super) fn Handle(props: &HandleProps) -> Html {
    let HandleProps {
        server, radius, scale, ..
    } = *props;
    let hold = use_mut_ref(|| None::<HeldHandle>);
    let node = use_node_ref();
    let parts = Parts {
        rest: use_node_ref(),
        ..props.parts.clone()
    };
    {
        // A server that crashes while its handle is held loses the handle; time must go on then.
        let (hold, emit, node) = (hold.clone(), props.emit.clone(), node.clone());
        use_effect_with((), move |()| {
            let scrolling = node.cast().map(|handle| keep_from_scrolling(&handle));
            move || {
                drop(scrolling);
                if hold.borrow().is_some() {
                    emit.emit(Intent::HoldTime(false));
                }
            }
        });
    }
    let onpointerdown = {
        let (hold, parts) = (hold.clone(), parts.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            if let (Some(handle), Some(share)) = (event.target_dyn_into::<Element>(), parts.share_at(&event)) {
                let _ = handle.set_pointer_capture(event.pointer_id());
                let start = (event.client_x(), event.client_y());
                *hold.borrow_mut() = Some(HeldHandle {
                    start,
                    moved: false,
                    share,
                });
            }
        })
    };
    let onpointermove = {
        let (hold, parts) = (hold.clone(), parts.clone());
        let (press, emit, lang) = (props.press.clone(), props.emit.clone(), props.lang);
        Callback::from(move |event: PointerEvent| {
            let mut hold = hold.borrow_mut();
            let (Some(hold), Some(share)) = (hold.as_mut(), parts.share_at(&event)) else {
                return;
            };
            if !hold.moved && is_far(hold.start, (event.client_x(), event.client_y())) && press.drag() {
                hold.moved = true;
                emit.emit(Intent::HoldTime(true));
            }
            if hold.moved {
                hold.share = follow(hold.share, share);
                let unit = lang.text().milliseconds;
                let rest = format!("{} {unit}", rest_of(scale, hold.share).as_millis());
                parts.show(hold.share, &rest);
            }
        })
    };
    let onpointerup = {
        let (hold, emit, parts) = (hold.clone(), props.emit.clone(), parts.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some(hold) = hold.take().filter(|hold| hold.moved) {
                parts.show(hold.share, "");
                emit.emit(Intent::HoldTime(false));
                emit.emit(Intent::act(Action::set_election_timer(
                    server,
                    rest_of(scale, hold.share),
                )));
            }
        })
    };
    let onpointercancel = {
        let (emit, parts) = (props.emit.clone(), parts.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some(hold) = hold.take().filter(|hold| hold.moved) {
                parts.show(hold.share, "");
                emit.emit(Intent::HoldTime(false));
            }
        })
    };
    html! {
        <>
            <g ref={parts.handle} class="timer-handle" transform="rotate(0)" aria-hidden="true">
                <circle ref={node} class="handle-hit" cy={fixed(-radius)} r="13" {onpointerdown} {onpointermove} {onpointerup} {onpointercancel} />
                <circle class="handle" cy={fixed(-radius)} r="4.500" />
            </g>
            <text ref={parts.rest} class="rest" aria-hidden="true" y={fixed(radius * -0.56)} />
        </>
    }
}

/// A finger that moves on the handle drags it, and not the page: browsers hear of `touch-action` only at a drawing as a whole.
fn keep_from_scrolling(handle: &Element) -> EventListener {
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(handle, "touchmove", options, |event| event.prevent_default())
}

/// Whether a pointer has moved, and not just trembled.
const fn is_far(start: (i32, i32), end: (i32, i32)) -> bool {
    const TREMBLE: u32 = 3;
    start.0.abs_diff(end.0) > TREMBLE || start.1.abs_diff(end.1) > TREMBLE
}

/// Where the handle is once the pointer is at a share of a turn: there, but it stops at the top instead of going through it,
/// where all of the timeout becomes none of it.
fn follow(before: f64, pointer: f64) -> f64 {
    if pointer - before > 0.5 {
        0.0
    } else if before - pointer > 0.5 {
        1.0
    } else {
        pointer
    }
}

/// A share of the longest timeout.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a timeout is far below 2^52"
)]
fn rest_of(scale: Micros, share: f64) -> Micros {
    Micros((share * scale.0 as f64) as u64)
}

impl Parts {
    /// Which share of a turn, clockwise from the top, the pointer is at, seen from the middle of its server.
    fn share_at(&self, event: &PointerEvent) -> Option<f64> {
        let hull = self.hull.cast::<Element>()?.get_bounding_client_rect();
        let x = f64::from(event.client_x()) - hull.left() - hull.width() / 2.0;
        let y = f64::from(event.client_y()) - hull.top() - hull.height() / 2.0;
        let turn = js_sys::Math::atan2(x, -y) / std::f64::consts::TAU;
        Some(if turn < 0.0 { turn + 1.0 } else { turn })
    }

    /// Shows where the timer will be if it is let go here.
    fn show(&self, share: f64, rest: &str) {
        #[expect(clippy::cast_possible_truncation, reason = "0 to 1000")]
        let (degrees, left) = ((share * 360.0) as i32, (share * 1000.0) as i32);
        let set = |node: &NodeRef, attribute: &str, value: &str| {
            if let Some(element) = node.cast::<Element>() {
                let _ = element.set_attribute(attribute, value);
            }
        };
        set(&self.handle, "transform", &format!("rotate({degrees})"));
        set(&self.arc, "stroke-dashoffset", &(1000 - left).to_string());
        if let Some(words) = self.rest.cast::<Element>() {
            words.set_text_content(Some(rest));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(path: &[f64]) -> f64 {
        path.iter().copied().reduce(follow).unwrap()
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "they are passed on as they are")]
    fn a_handle_follows_the_pointer_but_not_through_the_top() {
        assert_eq!(end(&[0.3, 0.6, 0.2]), 0.2);
        assert_eq!(end(&[0.1, 0.02, 0.98, 0.9]), 0.0, "back over the top: at once");
        assert_eq!(end(&[0.9, 0.99, 0.01, 0.1]), 1.0, "on over the top: all of it");
        assert_eq!(end(&[0.1, 0.98, 0.04]), 0.04, "and back the same way");
    }

    #[test]
    fn a_share_of_a_timeout_is_what_rests_of_it() {
        assert_eq!(rest_of(Micros::from_millis(200), 0.25), Micros::from_millis(50));
        assert_eq!(rest_of(Micros::from_millis(200), 0.0), Micros::ZERO);
        assert_eq!(rest_of(Micros::from_millis(200), 1.0), Micros::from_millis(200));
    }

    #[test]
    fn a_hand_that_trembles_presses() {
        assert!(!is_far((10, 10), (13, 8)));
        assert!(is_far((10, 10), (14, 10)));
    }
}

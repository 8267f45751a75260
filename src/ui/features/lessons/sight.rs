//! What is in sight of a card that has more in it than room.

use gloo::utils::document;
use web_sys::Element;
use yew::prelude::*;

use super::ANSWERS;

#[derive(Clone, Copy, PartialEq, Properties)]
pub(super) struct InSightProps {
    /// The step that stands.
    pub(super) step: usize,
    /// How many answers were tried.
    pub(super) tried: usize,
    /// Whether it is done.
    pub(super) done: bool,
}

/// A step begins at its top. What is said of an answer comes into sight, and with it the answers that are left, as far as there is room.
#[component]
pub(super) fn InSight(props: &InSightProps) -> Html {
    use_effect_with(*props, |props| {
        if props.tried > 0 {
            bring_near();
        } else if let Some(card) = find(".lesson") {
            card.set_scroll_top(0);
        }
    });
    html! {}
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// The last that fits a selector.
fn last(selector: &str) -> Option<Element> {
    let all = document().query_selector_all(selector).ok()?;
    all.get(all.length().checked_sub(1)?)
        .map(wasm_bindgen::JsCast::unchecked_into)
}

/// As high as what fades, in pixels.
const FADE: f64 = 24.0;

/// Scrolls the card, not the page.
fn bring_near() {
    let untried = format!("#{ANSWERS} > [aria-pressed=false]:not([aria-disabled])");
    let said = ".lesson-words > .lesson-right, .lesson-words > .lesson-wrong";
    let (Some(card), Some(first), Some(end)) = (find(".lesson"), find(said), last(&untried).or_else(|| last(said)))
    else {
        return;
    };
    let place = |selector: &str| find(selector).map(|element| element.get_bounding_client_rect());
    let (Some(head), Some(foot)) = (place(".lesson-head"), place(".lesson .lesson-row")) else {
        return;
    };
    // Where more follows, the last words in sight fade.
    let below = end.get_bounding_client_rect().bottom() + FADE - foot.top();
    let room = first.get_bounding_client_rect().top() - head.bottom();
    let by = below.min(room);
    if by > 0.0 || room < 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "some pixels")]
        card.set_scroll_top(card.scroll_top() + by.ceil() as i32);
    }
}

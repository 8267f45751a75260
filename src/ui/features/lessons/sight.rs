//! What is in sight of a card that has more in it than room, and what looks locked beside it.

use gloo::utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::ANSWERS;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct InSightProps {
    /// The step that stands.
    pub(super) step: usize,
    /// How often something was said of what the reader answered, or did in a task.
    pub(super) told: usize,
    /// Whether it is done.
    pub(super) done: bool,
    /// What it locks, by the names in files.
    pub(super) locked: String,
    /// Why.
    pub(super) why: &'static str,
}

/// A step begins at its top. What is said of an answer, or of what was done, comes into sight, and with it the answers that are left, as
/// far as there is room.
#[component]
pub(super) fn InSight(props: &InSightProps) -> Html {
    use_effect_with(props.clone(), |props| {
        if props.told > 0 {
            bring_near();
        } else if let Some(card) = find(".lesson") {
            card.set_scroll_top(0);
        }
        mark_locked(&props.locked, &format!("\"{}\"", props.why));
        || mark_locked("", "")
    });
    html! {}
}

/// Names on the root of the document what is locked, and why, for the style sheet: the controls are other features'.
fn mark_locked(names: &str, why: &str) {
    if let Some(root) = document().document_element().map(JsCast::unchecked_into::<HtmlElement>) {
        let _ = root.set_attribute(LOCKED, names);
        let _ = root.style().set_property(WHY_LOCKED, why);
    }
}

/// What the style sheet goes by.
const LOCKED: &str = "data-locked";
const WHY_LOCKED: &str = "--why-locked";

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// The last that fits a selector.
fn last(selector: &str) -> Option<Element> {
    let all = document().query_selector_all(selector).ok()?;
    all.get(all.length().checked_sub(1)?).map(JsCast::unchecked_into)
}

/// As high as what fades, in pixels.
const FADE: f64 = 24.0;

/// Scrolls the card, not the page. The question stays with what is said of an answer, and with what may still be chosen; where there is
/// too little room for all, the question goes before the next answer does.
fn bring_near() {
    let untried = format!("#{ANSWERS} > [aria-pressed=false]:not([aria-disabled])");
    let said = ".lesson-words > .lesson-right, .lesson-words > .lesson-wrong";
    let place = |element: Element| element.get_bounding_client_rect();
    let [head, foot, verdict] = [".lesson-head", ".lesson .lesson-row", said].map(|selector| find(selector).map(place));
    let (Some(card), Some(head), Some(foot), Some(verdict)) = (find(".lesson"), head, foot, verdict) else {
        return;
    };
    let question = find(".lesson-words > p > b").map_or(verdict.top(), |question| place(question).top());
    let end = |element: Option<Element>| {
        element
            .or_else(|| last(said))
            .map_or(verdict.bottom(), |end| place(end).bottom())
    };
    let below = |end: f64| end - foot.top();
    // Where more follows, the last words in sight fade.
    let (next, all) = (below(end(find(&untried))), below(end(last(&untried))) + FADE);
    let room = verdict.top() - head.bottom();
    let by = all.min(question - head.bottom()).max(next.min(room));
    if by > 0.0 || room < 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "some pixels")]
        card.set_scroll_top(card.scroll_top() + by.ceil() as i32);
    }
}

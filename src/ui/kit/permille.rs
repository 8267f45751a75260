//! A slider for a share of all messages.

use yew::prelude::*;

use crate::ui::{kit::emit::value, text::Lang};

/// What the slider needs.
#[derive(Clone, PartialEq, Properties)]
pub struct PermilleProps {
    /// Its name.
    pub label: AttrValue,
    /// What it shows, of a thousand.
    pub value: u16,
    /// The language.
    pub lang: Lang,
    /// Where a change goes.
    pub onchange: Callback<u16>,
}

/// The slider.
#[component]
pub fn Permille(props: &PermilleProps) -> Html {
    // What it shows on the way. Only when it is let go, it is a change: each is an action of the run.
    let shown = use_state_eq(|| None::<u16>);
    let oninput = {
        let shown = shown.clone();
        Callback::from(move |event: InputEvent| shown.set(value(&event).parse().ok()))
    };
    let onchange = {
        let (shown, onchange) = (shown.clone(), props.onchange.clone());
        Callback::from(move |event: Event| {
            shown.set(None);
            if let Ok(permille) = value(&event).parse() {
                onchange.emit(permille);
            }
        })
    };
    let permille = shown.unwrap_or(props.value);
    let percent = props.lang.per_cent(permille);
    html! {
        <div class="field" role="group" aria-label={props.label.clone()}>
            <span class="field-label">{ props.label.clone() }</span>
            <label class="slider-field">
                <input type="range" min="0" max="1000" step="5" aria-label={props.label.clone()} aria-valuetext={percent.clone()} value={permille.to_string()} {oninput} {onchange} />
                <span class="unit">{ percent }</span>
            </label>
        </div>
    }
}

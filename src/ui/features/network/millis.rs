//! A field for a span in milliseconds.

use yew::prelude::*;

use crate::{
    sim::Micros,
    ui::{
        kit::emit::{show, value},
        text::{Lang, parse_millis},
    },
};

/// What the field needs.
#[derive(Clone, PartialEq, Properties)]
pub struct MillisProps {
    /// Its name.
    pub label: AttrValue,
    /// What it shows; `None` for a field that only takes entries.
    pub value: Option<Micros>,
    /// Its name in the document.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// Whether nothing can be entered.
    #[prop_or_default]
    pub disabled: bool,
    /// The language, which writes the decimals.
    pub lang: Lang,
    /// Where entries go. An entry that is no span goes there as a span that is too long, which is refused.
    pub onchange: Callback<Micros>,
}

/// One step of the arrow keys.
const STEP: Micros = Micros::from_millis(1);

/// The field. It is a field of text, because browsers write the decimals of a field of numbers in their own language, not in
/// that of the page; the arrow keys work as they do in those.
#[component]
pub fn Millis(props: &MillisProps) -> Html {
    let lang = props.lang;
    let shown = props.value.map(|span| lang.exact_millis(span));
    let onchange = {
        let (emit, shown) = (props.onchange.clone(), shown.clone().unwrap_or_default());
        Callback::from(move |event: Event| {
            let typed = parse_millis(&value(&event)).unwrap_or(Micros::NEVER);
            // An entry that was refused must not stay in the field as if it were in force.
            show(&event, &shown);
            emit.emit(typed);
        })
    };
    let onkeydown = {
        let emit = props.value.is_some().then(|| props.onchange.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = stepped(&event.key(), &value(&event)) else {
                return;
            };
            event.prevent_default();
            show(&event, &lang.exact_millis(next));
            if let Some(emit) = &emit {
                emit.emit(next);
            }
        })
    };
    html! {
        <label class="number-field">
            <input
                id={props.id.clone()} type="text" inputmode="decimal" autocomplete="off" role="spinbutton"
                aria-label={props.label.clone()} aria-valuenow={props.value.map(|span| Lang::En.exact_millis(span))} aria-valuetext={shown.clone()}
                value={shown.clone().unwrap_or_default()} disabled={props.disabled} {onchange} {onkeydown}
            />
            <span class="unit">{ lang.text().milliseconds }</span>
        </label>
    }
}

/// What an arrow key makes of what is typed.
fn stepped(key: &str, typed: &str) -> Option<Micros> {
    let span = parse_millis(typed)?;
    match key {
        "ArrowUp" => Some(span + STEP),
        "ArrowDown" => Some(span - STEP),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_go_a_millisecond_up_and_down_but_not_below_none() {
        assert_eq!(stepped("ArrowUp", "7,5"), Some(Micros(8500)));
        assert_eq!(stepped("ArrowDown", "7.5"), Some(Micros(6500)));
        assert_eq!(stepped("ArrowDown", "0,5"), Some(Micros::ZERO));
        assert_eq!(stepped("ArrowUp", "?"), None);
        assert_eq!(stepped("5", "7"), None);
    }
}

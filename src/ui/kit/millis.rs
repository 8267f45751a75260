//! A field for a span in milliseconds. What is wrong with an entry stands at the field, and goes when it is right.

use yew::prelude::*;

use crate::ui::{
    kit::{
        emit::{show, value},
        field::FieldError,
    },
    text::{ANY_SPAN, EntryRange, Lang, entered_millis, stepped_millis},
};

/// What the field needs.
#[derive(Clone, PartialEq, Properties)]
pub struct MillisProps {
    /// Its name.
    pub label: AttrValue,
    /// What it shows, in microseconds; `None` for a field that only takes entries.
    pub value: Option<u64>,
    /// Its name in the document.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// What can be entered.
    #[prop_or(ANY_SPAN)]
    pub allowed: &'static EntryRange,
    /// Whether nothing can be entered.
    #[prop_or_default]
    pub disabled: bool,
    /// The language, which writes the decimals.
    pub lang: Lang,
    /// Where entries go, in microseconds: only those that are allowed.
    pub onchange: Callback<u64>,
}

/// The field. It is a field of text, because browsers write the decimals of a field of numbers in their own language, not in
/// that of the page; the arrow keys work as they do in those.
#[component]
pub fn Millis(props: &MillisProps) -> Html {
    let (lang, allowed) = (props.lang, props.allowed);
    // What is typed stays while the run goes on and the panel is drawn anew.
    let typed = use_state_eq(|| None::<String>);
    let wrong = use_state_eq(|| false);
    {
        let (typed, wrong) = (typed.clone(), wrong.clone());
        use_effect_with((props.value, props.disabled), move |_| {
            typed.set(None);
            wrong.set(false);
        });
    }
    let oninput = {
        let (typed, wrong) = (typed.clone(), wrong.clone());
        Callback::from(move |event: InputEvent| {
            let text = value(&event);
            wrong.set(*wrong && entered_millis(&text, allowed).is_none());
            typed.set(Some(text));
        })
    };
    let shown = props.value.map(|span| lang.exact_micros(span)).unwrap_or_default();
    let onchange = {
        let (emit, typed, wrong) = (props.onchange.clone(), typed.clone(), wrong.clone());
        let (shown, in_force) = (shown.clone(), props.value);
        Callback::from(move |event: Event| {
            let text = value(&event);
            let span = entered_millis(&text, allowed);
            wrong.set(span.is_none());
            typed.set(span.is_none().then_some(text));
            if let Some(span) = span {
                show(&event, &shown);
                if in_force != Some(span) {
                    emit.emit(span);
                }
            }
        })
    };
    let onkeydown = {
        let emit = props.value.is_some().then(|| props.onchange.clone());
        let (typed, wrong) = (typed.clone(), wrong.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(next) = stepped_millis(&event.key(), &value(&event), allowed) else {
                return;
            };
            event.prevent_default();
            wrong.set(false);
            typed.set(emit.is_none().then(|| lang.exact_micros(next)));
            show(&event, &lang.exact_micros(next));
            if let Some(emit) = &emit {
                emit.emit(next);
            }
        })
    };
    let in_force = props.value.filter(|_| typed.is_none());
    let value = typed.as_ref().cloned().unwrap_or_else(|| shown.clone());
    // What is typed is no number as long as it is not in force; it says itself what it is.
    let said = Some(value.clone()).filter(|value| !value.is_empty());
    let error = wrong.then(|| lang.millis_range(allowed));
    html! {
        <FieldError {error}>
            <label class="number-field">
                <input
                    id={props.id.clone()} type="text" inputmode="decimal" autocomplete="off" role="spinbutton"
                    aria-label={props.label.clone()} aria-valuenow={in_force.map(|span| Lang::En.exact_micros(span))} aria-valuetext={said}
                    aria-invalid={wrong.then_some("true")} {value} disabled={props.disabled} {oninput} {onchange} {onkeydown}
                />
                <span class="unit">{ lang.text().milliseconds }</span>
            </label>
        </FieldError>
    }
}

/// What a pair of fields needs.
#[derive(Clone, PartialEq, Properties)]
pub struct MillisRangeProps {
    /// Its name.
    pub label: AttrValue,
    /// The name of its first field in the document.
    #[prop_or_default]
    pub id: Option<AttrValue>,
    /// The shortest and the longest that it shows, in microseconds.
    pub range: (u64, u64),
    /// The language.
    pub lang: Lang,
    /// Where entries go: the other end moves along where it must.
    pub onchange: Callback<(u64, u64)>,
}

/// A field for the shortest of some spans, and one for the longest.
#[component]
pub fn MillisRange(props: &MillisRangeProps) -> Html {
    let MillisRangeProps { label, id, lang, .. } = props.clone();
    let (text, (min, max)) = (lang.text(), props.range);
    let on_min = props.onchange.reform(move |min| (min, max.max(min)));
    let on_max = props.onchange.reform(move |max| (min.min(max), max));
    html! {
        <div class="field" role="group" aria-label={label.clone()}>
            <span class="field-label">{ label.clone() }</span>
            <Millis {id} label={format!("{label}, {}", { text.minimum })} value={min} {lang} onchange={on_min} />
            <span aria-hidden="true">{ "–" }</span>
            <Millis label={format!("{label}, {}", { text.maximum })} value={max} {lang} onchange={on_max} />
        </div>
    }
}

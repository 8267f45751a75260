//! What is wrong with what is in a field, at the field.

use yew::prelude::*;

/// What the notice needs.
#[derive(Clone, PartialEq, Properties)]
pub struct FieldErrorProps {
    /// What is wrong, while it is.
    pub error: Option<String>,
    /// The field.
    pub children: Html,
}

/// A field, and what is wrong with its entry. It lies over what is below, so that nothing moves for it.
#[component]
pub fn FieldError(props: &FieldErrorProps) -> Html {
    html! {
        <span class="checked-field">
            { props.children.clone() }
            <span class="field-error" role="alert">{ props.error.clone() }</span>
        </span>
    }
}

//! What the style sheets go by on the root of the document.

use yew::prelude::*;

/// What a mark needs.
#[derive(Clone, PartialEq, Properties)]
pub struct RootMarkProps {
    /// The attribute.
    pub name: &'static str,
    /// Its value.
    #[prop_or_default]
    pub value: &'static str,
}

/// Marks the root of the document as long as this is on the page. To a style sheet `:has()` would say the same, but the browser would
/// look for it again whenever anything on the page changes, which is many times a second.
#[component]
pub fn RootMark(props: &RootMarkProps) -> Html {
    use_effect_with(props.clone(), |props| {
        let root = gloo::utils::document().document_element();
        if let Some(root) = &root {
            let _ = root.set_attribute(props.name, props.value);
        }
        let name = props.name;
        move || {
            if let Some(root) = root {
                let _ = root.remove_attribute(name);
            }
        }
    });
    html! {}
}

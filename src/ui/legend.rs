//! What the marks of the ring mean.

use yew::prelude::*;

use super::{ring::marks_legend, text::Lang};

/// What the legend needs.
#[derive(Clone, PartialEq, Properties)]
pub struct LegendProps {
    /// The language.
    pub lang: Lang,
}

/// The legend below the ring.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    html! {
        <ul class="legend" aria-label={props.lang.text().legend}>
            { for marks_legend(props.lang).into_iter().map(|(mark, name)| html! {
                <li><svg class="legend-mark" viewBox="-11 -10 22 20" aria-hidden="true">{ mark }</svg>{ name }</li>
            }) }
        </ul>
    }
}

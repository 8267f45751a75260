//! The lanes in words, for whoever cannot look at them.

use yew::prelude::*;

use crate::{
    sim::Micros,
    ui::{run::handle::PlayerRef, svg::timeline::told::told, text::Lang},
};

/// What the words need.
#[derive(Clone, PartialEq, Properties)]
pub struct InWordsProps {
    /// The run on screen.
    pub player: PlayerRef,
    /// Its epoch, and how often the roles of its servers have changed.
    pub version: (u64, u64),
    /// The language.
    pub lang: Lang,
}

/// Who led when: the newest of what the lanes show.
#[component]
pub fn InWords(props: &InWordsProps) -> Html {
    const MOST: usize = 30;
    let player = props.player.0.borrow();
    let history = player.history();
    let all = told(history, (Micros::ZERO, history.end()), MOST);
    let text = props.lang.told_text();
    html! {
        <ol class="unseen" aria-label={text.terms}>
            if all.is_empty() {
                <li>{ text.nobody_led }</li>
            }
            { for all.into_iter().map(|each| html! { <li>{ props.lang.told(each) }</li> }) }
        </ol>
    }
}

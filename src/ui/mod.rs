//! The page.
use yew::prelude::*;

/// The page.
#[component]
pub fn App() -> Html {
    html! { <main><h1>{ "Raft, an election" }</h1></main> }
}

//! The space-time diagram.

use yew::prelude::*;

use super::PlayerRef;
use crate::{
    sim::EventId,
    ui::{message::Msg, text::Lang},
};

/// What the panel needs.
#[derive(Clone, PartialEq, Properties)]
pub struct DiagramProps {
    /// Whose run.
    pub player: PlayerRef,
    /// Its revision, at reading speed.
    pub revision: u64,
    /// Its epoch.
    pub epoch: u64,
    /// The event that is selected everywhere.
    pub selected: Option<EventId>,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// Where choices go.
    pub emit: Callback<Msg>,
}

/// The panel.
#[component]
pub fn DiagramPanel(props: &DiagramProps) -> Html {
    html! { <p>{ props.lang.diagram_text().title }</p> }
}

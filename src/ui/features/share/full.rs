//! The way from a frame in another page to the whole playground.

use web_sys::HtmlAnchorElement;
use yew::prelude::*;

use crate::{
    scenario::link,
    ui::{
        kit::address::{link_address, page_address},
        run::handle::PlayerRef,
        text::Lang,
    },
};

/// What the link needs.
#[derive(Clone, PartialEq, Properties)]
pub struct FullProps {
    /// The run on screen.
    pub player: PlayerRef,
    /// The language.
    pub lang: Lang,
}

/// A link to the run on screen. It is made when it is about to be followed: a run that plays changes all the time.
#[component]
pub fn FullLink(props: &FullProps) -> Html {
    let text = props.lang.share_text();
    let node = use_node_ref();
    let (player, anchor) = (props.player.clone(), node.clone());
    let refresh = move || {
        if let Some(anchor) = anchor.cast::<HtmlAnchorElement>() {
            let run = link::encode(&player.0.borrow().run());
            anchor.set_href(&link_address(&run));
        }
    };
    let on_pointer = {
        let refresh = refresh.clone();
        Callback::from(move |_: PointerEvent| refresh())
    };
    let on_click = Callback::from(move |_: MouseEvent| refresh());
    html! {
        <a ref={node} class="full-link" href={page_address()} target="_blank" rel="noopener" title={text.full_hint} onpointerdown={on_pointer} onclick={on_click}>
            { text.full }
        </a>
    }
}

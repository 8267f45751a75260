//! The way from a frame in another page to the whole playground.

use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;
use yew::prelude::*;

use crate::{
    scenario::Run,
    ui::{
        kit::address::{link_address, page_address},
        run::handle::PlayerRef,
        text::Lang,
    },
};

/// A link to the run on screen. It is made when it is about to be followed: a run that plays changes all the time. `encode` makes a link
/// of a run.
pub fn full_link(player: PlayerRef, encode: fn(&Run) -> String, lang: Lang) -> Html {
    let text = lang.share_text();
    let refresh = Callback::from(move |event: Event| {
        let pressed = event.target();
        if let Some(anchor) = pressed.and_then(|target| target.dyn_into::<HtmlAnchorElement>().ok()) {
            let run = encode(&player.0.borrow().run());
            anchor.set_href(&link_address(&run));
        }
    });
    html! {
        <a
            class="full-link" href={page_address()} target="_blank" rel="noopener" title={text.full_hint}
            onpointerdown={refresh.reform(PointerEvent::into)} onclick={refresh.reform(MouseEvent::into)}
        >
            { text.full }
        </a>
    }
}

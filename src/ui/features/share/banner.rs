//! What there is to say about opening and keeping, above ring and panels until it is dismissed.

use yew::prelude::*;

use crate::ui::features::share::{BannerMessage, ShareMsg};
use crate::ui::{kit::icons, text::Lang};

/// What the banners need.
#[derive(Clone, PartialEq, Properties)]
pub struct BannerProps {
    /// What there is to say.
    pub messages: Vec<BannerMessage>,
    /// The language.
    pub lang: Lang,
    /// Receives what the reader clicks.
    pub emit: Callback<ShareMsg>,
}

/// A strip for each message. What went wrong is an alert; the rest is read out when there is time.
#[component]
pub fn Banner(props: &BannerProps) -> Html {
    let is_trouble = |message: &BannerMessage| matches!(message, BannerMessage::Trouble(_));
    let strips = |trouble: bool| {
        let messages = props.messages.iter().enumerate();
        let wanted = messages.filter(move |(_, message)| is_trouble(message) == trouble);
        wanted.map(move |(index, message)| strip(props, index, message, trouble))
    };
    html! {
        <>
            { for strips(true) }
            <div role="status">{ for strips(false) }</div>
        </>
    }
}

fn strip(props: &BannerProps, index: usize, message: &BannerMessage, trouble: bool) -> Html {
    let text = props.lang.share_text();
    let button = |name, message: fn() -> ShareMsg| {
        let onclick = props.emit.reform(move |_| message());
        html! { <button type="button" class="small" {onclick}>{ name }</button> }
    };
    let way_out = match message {
        BannerMessage::Restored => button(text.afresh, || ShareMsg::Afresh),
        BannerMessage::Linked | BannerMessage::Afresh => button(text.bring_back, || ShareMsg::BringBack),
        BannerMessage::Stopped => button(text.open_again, || ShareMsg::OpenAgain),
        BannerMessage::Trouble(_) | BannerMessage::Opened(..) => html! {},
    };
    let dismiss = props.emit.reform(move |_| ShareMsg::Dismiss(index));
    html! {
        <div class={classes!("banner", trouble.then_some("trouble"))} role={trouble.then_some("alert")}>
            <p>{ props.lang.share_message(message) }</p>
            { way_out }
            <button type="button" class="icon-button" aria-label={text.dismiss} title={text.dismiss} onclick={dismiss}>
                { icons::icon(icons::CLOSE) }
            </button>
        </div>
    }
}

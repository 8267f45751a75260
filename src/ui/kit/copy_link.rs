//! A button that copies a link. Where the browser does not let the page copy, the link stands beside it.

use yew::prelude::*;

use super::{address::page_address, files};
use crate::ui::text::{Lang, catalogue};

catalogue! {
    /// What is said of copying a link.
    CopyLinkText, copy_link_text;

    copy: "Copy link", "Copiar link";
    copied: "The link is copied.", "O link foi copiado.";
    refused: "The browser does not let the page copy. Here is the link:",
        "O navegador não deixa a página copiar. Aqui está o link:";
}

/// What the button needs.
#[derive(Clone, PartialEq, Properties)]
pub struct CopyLinkProps {
    /// What the link adds to the page's address: from `?` or `#` on.
    pub link: String,
    /// What the link leads to.
    pub label: &'static str,
    /// The language.
    pub lang: Lang,
}

/// The button, and what came of it for as long as the link is the one that was copied.
#[component]
pub fn CopyLink(props: &CopyLinkProps) -> Html {
    let text = props.lang.copy_link_text();
    let link = page_address() + &props.link;
    let copied = use_state_eq(|| None::<(String, bool)>);
    let onclick = {
        let (copied, link) = (copied.clone(), link.clone());
        move |_: MouseEvent| {
            let (copied, kept) = (copied.clone(), link.clone());
            let done = Callback::from(move |done| copied.set(Some((kept.clone(), done))));
            files::copy(&link, done);
        }
    };
    let done = copied
        .as_ref()
        .filter(|(copied, _)| *copied == link)
        .map(|(_, done)| *done);
    html! {
        <>
            <button type="button" class="small" {onclick}>{ text.copy }</button>
            <p class="fine" role="status">{ match done {
                None => "",
                Some(true) => text.copied,
                Some(false) => text.refused,
            } }</p>
            if done == Some(false) {
                <input class="link-field" type="text" readonly=true aria-label={props.label} value={link} />
            }
        </>
    }
}

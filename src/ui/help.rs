//! The help sheet.

use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::{emit::checked, icons, message::Msg, prefs::Prefs, stops};

/// What the sheet needs.
#[derive(Clone, PartialEq, Properties)]
pub struct HelpProps {
    /// Whether it is open.
    pub open: bool,
    /// What the reader likes.
    pub prefs: Prefs,
    /// Where choices go.
    pub emit: Callback<Msg>,
}

/// A modal sheet: the browser keeps the focus in it and closes it on Escape.
#[component]
pub fn Help(props: &HelpProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.open, move |open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>() {
                match (*open, dialog.open()) {
                    (true, false) => drop(dialog.show_modal()),
                    (false, true) => dialog.close(),
                    _ => {}
                }
            }
        });
    }
    let text = props.prefs.lang.text();
    let on_shortcuts = props.emit.reform(|event: Event| Msg::Shortcuts(checked(&event)));
    let keys = [
        (text.space_bar, text.key_play),
        ("←  →", text.key_step),
        ("R", text.key_reset),
        ("1 … 9", text.key_servers),
        ("−  +", text.key_speed),
        ("P", text.key_panels),
        ("?", text.key_help),
        ("Enter", text.key_enter),
        ("Shift F10", text.key_menu),
    ];
    html! {
        <dialog ref={node} class="help" aria-labelledby="help-title" onclose={props.emit.reform(|_| Msg::Help(false))}>
            <div class="help-head">
                <h2 id="help-title">{ text.help_title }</h2>
                <button type="button" class="icon-button" aria-label={text.close} title={text.close} onclick={props.emit.reform(|_| Msg::Help(false))}>
                    { icons::icon(icons::CLOSE) }
                </button>
            </div>
            <p>{ text.help_intro }</p>
            <p>{ text.click_hint }</p>
            <p>{ text.help_ring }</p>
            { stops::explained(props.prefs.lang) }
            <p>{ text.help_time }</p>
            <h3>{ text.keyboard }</h3>
            <dl class="keys">
                { for keys.iter().map(|(key, what)| html! { <div><dt><kbd>{ *key }</kbd></dt><dd>{ *what }</dd></div> }) }
            </dl>
            <label class="switch">
                <input type="checkbox" role="switch" checked={props.prefs.shortcuts} onchange={on_shortcuts} />
                <span>{ text.shortcuts_on }</span>
            </label>
            <p class="fine">{ text.help_paper }</p>
        </dialog>
    }
}

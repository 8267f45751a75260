//! The way to a server's menu that can be seen, for those who point with a finger.

use yew::prelude::*;

use crate::ui::{
    intent::Intent,
    kit::{
        choice::{Choice, ChoiceOption},
        icons,
    },
    run::view::ClusterView,
    text::Lang,
};

/// Three dots in the corner of the ring: which server's menu is wanted?
pub fn view(view: &ClusterView, lang: Lang, emit: &Callback<Intent>) -> Html {
    let text = lang.ring_text();
    let options = view.servers.iter().map(|server| {
        let id = server.id;
        ChoiceOption {
            name: lang.button(text.more_for, id),
            label: id.to_string(),
            is_on: false,
            onclick: emit.reform(move |()| Intent::OpenMenu(id)),
        }
    });
    html! {
        <Choice class="ring-more" options={options.collect::<Vec<_>>()} name={text.more} hint={text.more_hint}>
            { icons::icon(icons::MORE) }
        </Choice>
    }
}

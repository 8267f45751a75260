//! The menu *More*: the panels that have no tab of their own.

use yew::prelude::*;

use super::{App, message::ShellMsg};
use crate::ui::{
    intent::{Intent, LessonAsked},
    kit::{dom::focus, menu, panel::Panel},
    text::Lang,
};

/// The button that opens it, in the document.
pub(super) const BUTTON: &str = "more";

impl App {
    /// The menu, while it is open.
    pub(super) fn view_more_menu(&self) -> Html {
        let (panels, shown) = (self.shell.in_menu().to_vec(), self.shell.panel());
        html! { <More {panels} {shown} lang={self.prefs.lang} emit={&self.to_shell} ask={&self.emit} /> }
    }
}

#[derive(Clone, PartialEq, Properties)]
struct MoreProps {
    /// The panels in the menu.
    panels: Vec<Panel>,
    /// The panel that is shown.
    shown: Panel,
    lang: Lang,
    emit: Callback<ShellMsg>,
    /// Opens the list of lessons.
    ask: Callback<Intent>,
}

/// The panels that have no tab of their own, and above them the lessons, which are no panel. One of them that is shown has a tab as
/// long as it is.
#[component]
fn More(props: &MoreProps) -> Html {
    let items = use_node_ref();
    let close = props.emit.reform(|()| ShellMsg::More(false));
    {
        let (items, close) = (items.clone(), close.clone());
        use_effect_with((), move |()| {
            let listener = items.cast().map(|shown| {
                menu::focus_first(&shown);
                // Whoever closes it by key is where they came from.
                let close = Callback::from(move |()| {
                    close.emit(());
                    focus(BUTTON);
                });
                menu::listen(items, close)
            });
            move || drop(listener)
        });
    }
    let view_item = |panel: &Panel| {
        let (panel, emit, close) = (*panel, props.emit.clone(), close.clone());
        let onclick = move |_| {
            close.emit(());
            emit.emit(ShellMsg::FocusPanel(panel));
        };
        let current = (panel == props.shown).then_some("true");
        html! {
            <button type="button" role="menuitem" tabindex="-1" class="more-item" aria-current={current} {onclick}>
                { (panel.title)(props.lang) }
            </button>
        }
    };
    let to_lessons = {
        let (ask, close) = (props.ask.clone(), close.clone());
        move |_| {
            close.emit(());
            ask.emit(Intent::Lesson(LessonAsked::List));
        }
    };
    let text = props.lang.text();
    html! {
        <>
            <div class="menu-backdrop" onclick={close.reform(|_| ())} />
            <div ref={items} class="more-menu" role="menu" aria-label={text.more} onmouseover={|event: MouseEvent| menu::focus_below(&event)}>
                <button type="button" role="menuitem" tabindex="-1" class="more-item" onclick={to_lessons}>{ text.lessons }</button>
                { for props.panels.iter().map(view_item) }
            </div>
        </>
    }
}

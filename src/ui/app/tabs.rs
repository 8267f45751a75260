//! The panels beside the ring: a row of tabs, the menu *More*, and the panel that is shown.

use yew::prelude::*;

use super::{App, message::ShellMsg, shell::tab};
use crate::ui::{
    features::{rules, why::WhyDrawer},
    intent::{Intent, LessonAsked},
    kit::{dom::focus, emit::maybe, icons, menu, panel::Panel},
    text::Lang,
};

impl App {
    /// The tabs, and the panel that is shown.
    pub(super) fn view_panels(&self) -> Html {
        let lang = self.prefs.lang;
        let panel = self.shell.panel();
        let more = self.shell.in_menu();
        html! {
            <section id="panels" class="card panels" aria-label={lang.text().panels}>
                <div class="tab-row">
                    <div class="tabs" role="tablist" aria-label={lang.text().panels}>
                        { for self.shell.tabs().map(|panel| self.view_tab(panel)) }
                    </div>
                    if !more.is_empty() {
                        <More panels={more.to_vec()} shown={panel} {lang} emit={&self.to_shell} ask={&self.emit} />
                    }
                </div>
                <div id="panel" class="panel" role="tabpanel" aria-labelledby={tab(panel)}>
                    { self.view_panel(panel) }
                </div>
                // An empty place, not none: else the panel would be made anew, and what had the focus in it lost.
                { self.later.view(|views| (views.why)(self)) }
            </section>
        }
    }

    /// The answer to what was asked last, until the reader closes it.
    pub(super) fn view_why(&self) -> Html {
        let Some((question, asked)) = self.shell.question().zip(self.selection.asked()) else {
            return html! {};
        };
        html! {
            <WhyDrawer
                {question} {asked} waits={self.shell.goes_on} selected={self.selection.event()} has_rules={self.shell.has(rules::PANEL)}
                lang={self.prefs.lang} emit={&self.emit}
            />
        }
    }

    fn view_tab(&self, panel: Panel) -> Html {
        let selected = panel == self.shell.panel();
        let title = (panel.title)(self.prefs.lang);
        let tabs: Vec<Panel> = self.shell.tabs().collect();
        let (at, last) = (tabs.iter().position(|each| *each == panel).unwrap_or(0), tabs.len() - 1);
        let onkeydown = maybe(&self.to_shell, move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowRight" => (at + 1) % tabs.len(),
                "ArrowLeft" => (at + last) % tabs.len(),
                "Home" => 0,
                "End" => last,
                _ => return None,
            };
            event.prevent_default();
            event.stop_propagation();
            Some(ShellMsg::FocusPanel(tabs[to]))
        });
        html! {
            <button
                key={panel.slug} type="button" id={tab(panel)} class="tab" role="tab"
                aria-selected={selected.to_string()} aria-controls="panel" tabindex={if selected { "0" } else { "-1" }}
                onclick={self.to_shell.reform(move |_| ShellMsg::Panel(panel))} {onkeydown}
            >
                <span class="tab-title" data-title={title}>{ title }</span>
            </button>
        }
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

const BUTTON: &str = "more";

/// The menu of the panels that have no tab of their own, and above them the lessons, which are no panel. One of them that is shown has a tab as long as it is.
#[component]
fn More(props: &MoreProps) -> Html {
    let open = use_state(|| false);
    let items = use_node_ref();
    let close = {
        let open = open.clone();
        Callback::from(move |()| open.set(false))
    };
    {
        let (items, close) = (items.clone(), close.clone());
        use_effect_with(*open, move |open| {
            let listener = items.cast().filter(|_| *open).map(|shown| {
                menu::focus_first(&shown);
                // Whoever closes it by key is where they came from.
                menu::listen(items, close.reform(|()| focus(BUTTON)))
            });
            move || drop(listener)
        });
    }
    let onclick = {
        let open = open.clone();
        Callback::from(move |_| open.set(!*open))
    };
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
    let more = props.lang.text().more;
    html! {
        <div class="more">
            <button type="button" id={BUTTON} class="tab" aria-haspopup="menu" aria-expanded={open.to_string()} {onclick}>
                { more }{ icons::icon(icons::UNFOLD) }
            </button>
            if *open {
                <div class="menu-backdrop" onclick={close.reform(|_| ())} />
                <div ref={items} class="more-menu" role="menu" aria-label={more} onmouseover={|event: MouseEvent| menu::focus_below(&event)}>
                    <button type="button" role="menuitem" tabindex="-1" class="more-item" onclick={to_lessons}>{ props.lang.text().lessons }</button>
                    { for props.panels.iter().map(view_item) }
                </div>
            }
        </div>
    }
}

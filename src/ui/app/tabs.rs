//! The panels beside the ring: a row of tabs, the button of the menu *More*, and the panel that is shown.

use yew::prelude::*;

use super::{App, message::ShellMsg, more::BUTTON, shell::tab};
use crate::ui::{
    features::{
        lessons::Classroom,
        practice::{self, PracticeWatch},
        rules,
        why::WhyDrawer,
    },
    kit::{emit::maybe, icons, panel::Panel},
};

impl App {
    /// The tabs, and the panel that is shown.
    pub(super) fn view_panels(&self) -> Html {
        let lang = self.prefs.lang;
        let panel = self.shell.panel();
        html! {
            <section id="panels" class="card panels" aria-label={lang.text().panels}>
                <div class="tab-row">
                    <div class="tabs" role="tablist" aria-label={lang.text().panels}>
                        { for self.tabs().map(|panel| self.view_tab(panel)) }
                    </div>
                    if !self.shell.in_menu().is_empty() {
                        { self.view_more() }
                    }
                </div>
                <div id="panel" class="panel" role="tabpanel" aria-labelledby={tab(panel)}>
                    { self.view_panel(panel) }
                </div>
                // An empty place, not none: else the panel would be made anew, and what had the focus in it lost.
                if self.presentation.is_none() {
                    { self.later.view(|views| (views.why)(self)) }
                }
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

    /// The panels that have a tab now. That of what the reader practises stays as long as it is under way.
    fn tabs(&self) -> impl Iterator<Item = Panel> {
        self.shell.tabs(self.under_way.map(|_| practice::PANEL))
    }

    /// How what is under way stands, at the tab of its panel.
    pub(super) fn view_tab_mark(&self, panel: Panel) -> Html {
        let under_way = self.under_way.filter(|_| panel == practice::PANEL);
        practice::view_mark(under_way, self.prefs.lang)
    }

    /// Sees what is under way, and says what has become of it.
    pub(super) fn view_practice_watch(&self) -> Html {
        let teaches = self.classroom.as_deref();
        html! {
            <PracticeWatch
                run={self.run()} teaches={teaches.is_some()} duty={teaches.and_then(Classroom::duty)}
                known={self.under_way} emit={&self.emit}
            />
        }
    }

    /// The button of the menu *More*, and the menu while it is open and here.
    fn view_more(&self) -> Html {
        let open = self.shell.more;
        let onclick = self.to_shell.reform(move |_| ShellMsg::More(!open));
        html! {
            <div class="more">
                <button type="button" id={BUTTON} class="tab" aria-haspopup="menu" aria-expanded={open.to_string()} {onclick}>
                    { self.prefs.lang.text().more }{ icons::icon(icons::UNFOLD) }
                </button>
                if open {
                    { self.later.view(|views| (views.more)(self)) }
                }
            </div>
        }
    }

    fn view_tab(&self, panel: Panel) -> Html {
        let selected = panel == self.shell.panel();
        let title = (panel.title)(self.prefs.lang);
        let tabs: Vec<Panel> = self.tabs().collect();
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
                { self.later.view(|views| (views.tab_mark)(self, panel)) }
            </button>
        }
    }
}

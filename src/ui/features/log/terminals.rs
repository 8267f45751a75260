//! A terminal for each server, side by side as in the lab.

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    scenario::lablog::Address,
    ui::{
        features::log::index::{Filter, LogIndex, resolve},
        intent::Intent,
        kit::panel::Panel,
        run::{
            handle::RunHandle,
            view::{ClusterView, ServerView},
        },
        text::{Lang, tag_class},
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "terminals",
    title: |lang| lang.terminals_text().title,
    about: |lang| lang.terminals_text().about,
};

/// What the terminals need.
#[derive(Clone, PartialEq, Properties)]
pub struct TerminalsProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// The language.
    pub lang: Lang,
    /// Receives what the reader clicks.
    pub emit: Callback<Intent>,
}

/// The panel.
#[component]
pub fn TerminalsPanel(props: &TerminalsProps) -> Html {
    html! {
        <div class="terminals">
            { for props.view.servers.iter().map(|server| html! {
                <Terminal
                    key={server.id.index()}
                    server={server.clone()}
                    run={props.run.clone()}
                    lang={props.lang}
                    emit={&props.emit}
                />
            }) }
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct TerminalProps {
    server: ServerView,
    run: RunHandle,
    lang: Lang,
    emit: Callback<Intent>,
}

/// Lines that a terminal keeps on screen and above it.
const SCROLLBACK: usize = 200;

#[component]
fn Terminal(props: &TerminalProps) -> Html {
    let id = props.server.id;
    let index = use_mut_ref(|| LogIndex::new(Filter::server(id)));
    let screen = use_node_ref();
    let follows = use_mut_ref(|| true);
    let onscroll = {
        let (screen, follows) = (screen.clone(), follows.clone());
        let before = use_mut_ref(|| 0);
        Callback::from(move |_: Event| {
            // Lines that have come meanwhile move the end away; only the reader moves up.
            let top = top(&screen);
            let moved_up = top < before.replace(top);
            let mut follows = follows.borrow_mut();
            *follows = is_at_end(&screen) || (*follows && !moved_up);
        })
    };
    {
        let screen = screen.clone();
        use_effect_with((props.run.revision(), props.run.epoch()), move |_| {
            if *follows.borrow() {
                to_end(&screen);
            }
        });
    }
    let mut index = index.borrow_mut();
    let player = props.run.player();
    let history = player.history();
    index.sync(history, props.run.trace_epoch());
    let rows = index.rows();
    let from = rows.len().saturating_sub(SCROLLBACK);
    html! {
        <section class="terminal" aria-label={props.lang.terminal_of(id)}>
            <header class="terminal-head">
                <span class="terminal-title">{ format!("{id}  {}", Address(id)) }</span>
                { button(&props.server, props.lang, &props.emit) }
            </header>
            <div ref={screen} {onscroll} class="terminal-screen" tabindex="0" role="group" aria-label={props.lang.terminal_of(id)}>
                { for rows.range(from..).filter_map(|row| resolve(history, *row).map(|(_, _, line)| (row, line))).map(|(row, line)| html! {
                    <div key={format!("{}.{}", row.event.0, row.line)} class={classes!("terminal-line", tag_class(line.tag))}>{ line.to_string() }</div>
                }) }
                { prompt(&props.server) }
            </div>
        </section>
    }
}

/// The prompt of a shell, where no server runs.
fn prompt(server: &ServerView) -> Html {
    if server.is_up() {
        return html! {};
    }
    html! { <div class="terminal-line prompt">{ "$ " }<span class="cursor" /></div> }
}

/// Crashes the server, or starts it.
fn button(server: &ServerView, lang: Lang, emit: &Callback<Intent>) -> Html {
    let power = server.power();
    let name = if server.is_up() {
        lang.button(lang.text().kill, server.id)
    } else {
        lang.power_button(server)
    };
    html! {
        <button type="button" class="small" onclick={emit.reform(move |_| Intent::act(power))}>{ name }</button>
    }
}

/// Whether the reader sees the end, so that new lines scroll into sight.
fn is_at_end(screen: &NodeRef) -> bool {
    const NEAR: i32 = 20;
    screen.cast::<HtmlElement>().is_none_or(|screen| {
        let below = screen.scroll_height() - screen.scroll_top() - screen.client_height();
        below < NEAR
    })
}

fn top(screen: &NodeRef) -> i32 {
    screen.cast::<HtmlElement>().map_or(0, |screen| screen.scroll_top())
}

fn to_end(screen: &NodeRef) {
    if let Some(screen) = screen.cast::<HtmlElement>() {
        screen.set_scroll_top(screen.scroll_height());
    }
}

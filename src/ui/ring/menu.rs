//! A server's menu: every action that is not a click.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::super::{message::Msg, text::Lang, view::ServerView};
use crate::sim::{Action, Process};

/// What the menu needs.
#[derive(Clone, PartialEq, Properties)]
pub struct MenuProps {
    /// Whose menu.
    pub server: ServerView,
    /// The language.
    pub lang: Lang,
    /// Where choices go.
    pub emit: Callback<Msg>,
}

struct Item {
    label: &'static str,
    hint: &'static str,
    action: Action,
}

/// The menu, beside its server; it takes the focus, and gives it back when it closes.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let node = use_node_ref();
    let id = props.server.id;
    {
        let node = node.clone();
        use_effect_with(id, move |id| {
            if let Some(menu) = node.cast::<HtmlElement>() {
                place(&menu, id.number());
                focus(&menu, Move::First);
            }
        });
    }
    let onkeydown = {
        let (emit, node) = (props.emit.clone(), node.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(menu) = node.cast::<HtmlElement>() else { return };
            event.stop_propagation();
            match event.key().as_str() {
                "ArrowDown" => focus(&menu, Move::Next),
                "ArrowUp" => focus(&menu, Move::Previous),
                "Home" => focus(&menu, Move::First),
                "End" => focus(&menu, Move::Last),
                "Escape" | "Tab" => emit.emit(Msg::CloseMenu),
                _ => return,
            }
            event.prevent_default();
        })
    };
    html! {
        <>
            <div class="menu-backdrop" onpointerdown={props.emit.reform(|_| Msg::CloseMenu)} />
            <div ref={node} class="menu" role="menu" aria-label={props.lang.menu_of(id)} {onkeydown}>
                { for items(&props.server, props.lang).into_iter().map(|item| {
                    let action = item.action;
                    html! {
                        <button type="button" role="menuitem" tabindex="-1" class="menu-item" onclick={props.emit.reform(move |_| Msg::Choose(action))}>
                            <span class="menu-label">{ item.label }</span>
                            <span class="menu-hint">{ item.hint }</span>
                        </button>
                    }
                }) }
                <button type="button" role="menuitem" tabindex="-1" class="menu-item" onclick={props.emit.reform(move |_| Msg::WhyServer(id))}>
                    <span class="menu-label">{ props.lang.why_text().title }</span>
                    <span class="menu-hint">{ props.lang.why_server(&props.server) }</span>
                </button>
            </div>
        </>
    }
}

fn items(server: &ServerView, lang: Lang) -> Vec<Item> {
    let text = lang.text();
    let id = server.id;
    let item = |label, hint, action| Item { label, hint, action };
    let wipe = item(text.wipe, text.wipe_hint, Action::WipeDisk(id));
    let kill = item(text.kill, text.kill_hint, Action::Kill(id));
    match server.process {
        Process::Down => {
            let label = if server.boots == 0 { text.start } else { text.restart };
            vec![item(label, text.restart_hint, Action::Start(id)), wipe]
        }
        Process::Paused => vec![
            item(text.resume_server, text.resume_server_hint, Action::Resume(id)),
            kill,
            wipe,
        ],
        Process::Running => {
            let mut items = vec![kill, item(text.pause_server, text.pause_server_hint, Action::Pause(id))];
            if server.election.is_some() {
                items.push(item(
                    text.force_timeout,
                    text.force_timeout_hint,
                    Action::ForceTimeout(id),
                ));
            }
            items.push(wipe);
            items
        }
    }
}

enum Move {
    First,
    Last,
    Next,
    Previous,
}

fn focus(menu: &HtmlElement, to: Move) {
    let items = menu.children();
    let count = items.length();
    let focused = gloo::utils::document().active_element();
    let at = (0..count).find(|index| items.item(*index) == focused);
    let index = match (to, at) {
        (Move::First, _) | (Move::Next, None) => 0,
        (Move::Last, _) | (Move::Previous, None) => count.saturating_sub(1),
        (Move::Next, Some(at)) => (at + 1) % count,
        (Move::Previous, Some(at)) => (at + count - 1) % count,
    };
    if let Some(item) = items.item(index).and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

/// Below its server, or above where there is no room, within the panel. Through the CSSOM, as the page's policy forbids style attributes.
#[expect(clippy::cast_possible_truncation, reason = "pixels")]
fn place(menu: &HtmlElement, number: usize) {
    let document = gloo::utils::document();
    let Some(server) = document
        .query_selector(&format!("#server-{number} .body"))
        .ok()
        .flatten()
    else {
        return;
    };
    let Some(panel) = menu.offset_parent() else { return };
    let (server, panel) = (server.get_bounding_client_rect(), panel.get_bounding_client_rect());
    let (width, height) = (f64::from(menu.offset_width()), f64::from(menu.offset_height()));
    let middle = server.left() + server.width() / 2.0 - panel.left();
    let left = (middle - width / 2.0).clamp(8.0, (panel.width() - width - 8.0).max(8.0));
    let below = server.bottom() - panel.top() + 10.0;
    let above = server.top() - panel.top() - height - 10.0;
    // Within the panel and within the window, wherever the page is scrolled to.
    let window = gloo::utils::window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let lowest = panel.height().min(window.unwrap_or(f64::MAX) - panel.top());
    let highest = (-panel.top()).max(0.0);
    let top = if below + height <= lowest {
        below
    } else if above >= highest {
        above
    } else {
        (lowest - height).max(highest)
    };
    let style = menu.style();
    let _ = style.set_property("left", &format!("{}px", left as i32));
    let _ = style.set_property("top", &format!("{}px", top as i32));
}

//! A server's menu: every action that is not a click.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};
use yew::prelude::*;

use super::super::{message::Msg, text::Lang, view::ServerView};
use crate::{
    raft::{NodeId, Role},
    sim::{Action, Process},
};

/// What the menu needs.
#[derive(Clone, PartialEq, Properties)]
pub struct MenuProps {
    /// Whose menu.
    pub server: ServerView,
    /// Whether all its links are cut.
    pub isolated: bool,
    /// How many servers the cluster has.
    pub size: usize,
    /// Whether there is a panel in which timers are set.
    pub timers_shown: bool,
    /// The language.
    pub lang: Lang,
    /// Where choices go.
    pub emit: Callback<Msg>,
}

struct Item {
    label: &'static str,
    hint: &'static str,
    choice: Choice,
}

#[derive(Clone, Copy)]
enum Choice {
    Do(Action),
    /// Show where its timer is set.
    SetTimer,
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
                "ArrowDown" | "ArrowRight" => focus(&menu, Move::Next),
                "ArrowUp" | "ArrowLeft" => focus(&menu, Move::Previous),
                "Home" => focus(&menu, Move::First),
                "End" => focus(&menu, Move::Last),
                "Escape" | "Tab" => emit.emit(Msg::CloseMenu),
                _ => return,
            }
            event.prevent_default();
        })
    };
    // A long press opens the menu under the finger, whose lifting is then a click that nobody meant.
    let pressed = use_mut_ref(|| false);
    let onpointerdown = {
        let pressed = pressed.clone();
        Callback::from(move |_: PointerEvent| *pressed.borrow_mut() = true)
    };
    let emit = {
        let emit = props.emit.clone();
        Callback::from(move |(event, message): (MouseEvent, Msg)| {
            // A click by key has no presses to count.
            if event.detail() == 0 || *pressed.borrow() {
                emit.emit(message);
            }
        })
    };
    html! {
        <>
            <div class="menu-backdrop" onpointerdown={props.emit.reform(|_| Msg::CloseMenu)} />
            <div ref={node} class="menu" role="menu" aria-label={props.lang.menu_of(id)} {onkeydown} {onpointerdown}>
                { for items(props).into_iter().map(|item| {
                    let choose = move |event| match item.choice {
                        Choice::Do(action) => (event, Msg::Choose(action)),
                        Choice::SetTimer => (event, Msg::EditTimer(id)),
                    };
                    html! {
                        <button type="button" role="menuitem" tabindex="-1" class="menu-item" onclick={emit.reform(choose)}>
                            <span class="menu-label">{ item.label }</span>
                            <span class="menu-hint">{ item.hint }</span>
                        </button>
                    }
                }) }
                { view_hand_over(props, &emit) }
                <button type="button" role="menuitem" tabindex="-1" class="menu-item" onclick={emit.reform(move |event| (event, Msg::WhyServer(id)))}>
                    <span class="menu-label">{ props.lang.why_text().title }</span>
                    <span class="menu-hint">{ props.lang.why_server(&props.server) }</span>
                </button>
            </div>
        </>
    }
}

/// To whom a leader can hand over: a row of servers, so that the menu of nine is hardly longer than that of two.
fn view_hand_over(props: &MenuProps, emit: &Callback<(MouseEvent, Msg)>) -> Html {
    let (text, leader) = (props.lang.text(), props.server.id);
    if !leads_now(&props.server) || props.size < 2 {
        return html! {};
    }
    let others = NodeId::all(props.size).filter(|other| *other != leader);
    html! {
        <div role="group" class="menu-group" aria-label={text.hand_over} aria-describedby="hand-over-hint">
            <span class="menu-label" aria-hidden="true">{ text.hand_over }</span>
            <span class="menu-row">
                { for others.map(|to| html! {
                    <button
                        type="button" role="menuitem" tabindex="-1" class="menu-server" aria-label={format!("{} {to}", text.hand_over)}
                        onclick={emit.reform(move |event| (event, Msg::Choose(Action::TransferLeadership(leader, to))))}
                    >
                        { to.to_string() }
                    </button>
                }) }
            </span>
            <span id="hand-over-hint" class="menu-hint">{ text.hand_over_hint }</span>
        </div>
    }
}

fn leads_now(server: &ServerView) -> bool {
    server.process == Process::Running && server.role == Role::Leader
}

fn items(props: &MenuProps) -> Vec<Item> {
    let (server, text, faults) = (&props.server, props.lang.text(), props.lang.faults_text());
    let id = server.id;
    let item = |label, hint, action| Item {
        label,
        hint,
        choice: Choice::Do(action),
    };
    let wipe = item(text.wipe, text.wipe_hint, Action::WipeDisk(id));
    let kill = item(text.kill, text.kill_hint, Action::Kill(id));
    let links = if props.isolated {
        item(faults.rejoin_one, faults.rejoin_one_hint, Action::Rejoin(id))
    } else {
        item(faults.isolate_one, faults.isolate_one_hint, Action::Isolate(id))
    };
    let links = (props.size > 1).then_some(links);
    match server.process {
        Process::Down => {
            let label = if server.boots == 0 { text.start } else { text.restart };
            vec![item(label, text.restart_hint, Action::Start(id)), wipe]
        }
        Process::Paused => [
            item(text.resume_server, text.resume_server_hint, Action::Resume(id)),
            kill,
        ]
        .into_iter()
        .chain(links)
        .chain([wipe])
        .collect(),
        Process::Running => [kill, item(text.pause_server, text.pause_server_hint, Action::Pause(id))]
            .into_iter()
            .chain(timer_items(props))
            .chain(links)
            .chain([wipe])
            .collect(),
    }
}

/// What can be done to an election timer, or a leader's heartbeat timer; nothing if there is none.
fn timer_items(props: &MenuProps) -> impl Iterator<Item = Item> {
    let (text, faults) = (props.lang.text(), props.lang.faults_text());
    let has_timer = props.server.election.is_some();
    let force = Item {
        label: text.force_timeout,
        hint: text.force_timeout_hint,
        choice: Choice::Do(Action::ForceTimeout(props.server.id)),
    };
    let set = Item {
        label: faults.set_timer,
        hint: faults.set_timer_hint,
        choice: Choice::SetTimer,
    };
    let heartbeats = Item {
        label: text.heartbeats,
        hint: text.heartbeats_hint,
        choice: Choice::Do(Action::SendHeartbeats(props.server.id)),
    };
    let heartbeats = (leads_now(&props.server) && props.size > 1).then_some(heartbeats);
    let force = has_timer.then_some(force);
    force
        .into_iter()
        .chain((has_timer && props.timers_shown).then_some(set))
        .chain(heartbeats)
}

enum Move {
    First,
    Last,
    Next,
    Previous,
}

fn focus(menu: &HtmlElement, to: Move) {
    let Ok(items) = menu.query_selector_all("[role=menuitem]") else {
        return;
    };
    let count = items.length();
    let focused = gloo::utils::document().active_element().map(Node::from);
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

/// Below its server, or above where there is no room, within the panel and the screen. Through the CSSOM, as the page's policy forbids style attributes.
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
    // Not `clamp`: it would bring the formatting of floats, for what it says when its bounds are wrong.
    let left = (middle - width / 2.0).min(panel.width() - width - 8.0).max(8.0);
    let below = server.bottom() - panel.top() + 10.0;
    let above = server.top() - panel.top() - height - 10.0;
    // Within the panel and within the window, wherever the page is scrolled to.
    let window = gloo::utils::window()
        .inner_height()
        .ok()
        .and_then(|height| height.as_f64());
    let lowest = window.unwrap_or(0.0) - panel.top() - height - 8.0;
    let fits_below = below + height <= panel.height() && below <= lowest;
    // A long menu on a low screen covers its server rather than leave the screen.
    let top = if fits_below || above < 0.0 {
        below.min(lowest).max(8.0)
    } else {
        above
    };
    let style = menu.style();
    let _ = style.set_property("left", &format!("{}px", left as i32));
    let _ = style.set_property("top", &format!("{}px", top as i32));
}

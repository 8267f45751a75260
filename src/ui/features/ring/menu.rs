//! A server's menu: every action that is not a click.

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

use crate::ui::{
    features::ring::{place::place, press::Press},
    intent::{Intent, Subject},
    kit::emit::maybe,
    run::view::ServerView,
    text::Lang,
};
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
    pub emit: Callback<Intent>,
}

struct Item {
    label: &'static str,
    hint: &'static str,
    choice: MenuChoice,
}

#[derive(Clone, Copy)]
enum MenuChoice {
    Do(Action),
    /// Show where its timer is set.
    SetTimer,
}

/// The menu, beside its server; it takes the focus, and gives it back when it closes.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let node = use_node_ref();
    let id = props.server.id;
    // A long press opens the menu under the finger, whose lifting is then a click that nobody meant.
    let pressed = use_mut_ref(|| false);
    {
        let (node, pressed) = (node.clone(), pressed.clone());
        use_effect_with(id, move |id| {
            *pressed.borrow_mut() = false;
            if let Some(menu) = node.cast::<HtmlElement>() {
                place(&menu, id.number());
                focus(&menu, FocusMove::First);
            }
        });
    }
    {
        let (node, emit) = (node.clone(), props.emit.clone());
        use_effect_with((), move |()| {
            let listener = listen(node, emit);
            move || drop(listener)
        });
    }
    let onpointerdown = {
        let pressed = pressed.clone();
        Callback::from(move |_: PointerEvent| *pressed.borrow_mut() = true)
    };
    let emit = {
        let emit = props.emit.clone();
        Callback::from(move |(event, message): (MouseEvent, Intent)| {
            // A click by key has no presses to count.
            if event.detail() == 0 || *pressed.borrow() {
                emit.emit(message);
            }
        })
    };
    html! {
        <>
            <Backdrop server={id} emit={&props.emit} />
            <div
                ref={node} class="menu" role="menu" aria-label={props.lang.menu_of(id)} {onpointerdown}
                onmouseover={|event: MouseEvent| focus_below(&event)} oncontextmenu={|event: MouseEvent| event.prevent_default()}
            >
                <div class="menu-items" role="none">
                    { for items(props).into_iter().map(|item| view_item(&item, id, &emit)) }
                    { view_why(props, &emit) }
                </div>
                { view_hand_over(props, &emit) }
            </div>
        </>
    }
}

fn view_item(item: &Item, server: NodeId, emit: &Callback<(MouseEvent, Intent)>) -> Html {
    let choice = item.choice;
    let choose = move |event| match choice {
        MenuChoice::Do(action) => (event, Intent::act(action)),
        MenuChoice::SetTimer => (event, Intent::EditTimer(server)),
    };
    html! {
        <button type="button" role="menuitem" tabindex="-1" class="menu-item" onclick={emit.reform(choose)}>
            <span class="menu-label">{ item.label }</span>
            <span class="menu-hint">{ item.hint }</span>
        </button>
    }
}

fn view_why(props: &MenuProps, emit: &Callback<(MouseEvent, Intent)>) -> Html {
    let id = props.server.id;
    html! {
        <button type="button" role="menuitem" tabindex="-1" class="menu-item" onclick={emit.reform(move |event| (event, Intent::Why(Subject::Server(id))))}>
            <span class="menu-label">{ props.lang.why_text().title }</span>
            <span class="menu-hint">{ props.lang.why_it_is(props.server.id) }</span>
        </button>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct BackdropProps {
    /// Whose menu is open.
    server: NodeId,
    emit: Callback<Intent>,
}

/// What lies between the menu and the page: a tap on it closes the menu and does nothing else, wherever it is. It closes with the
/// click and not before: else that would go to what lies below. A right click, or a finger that rests, on another server moves
/// the menu there.
#[component]
fn Backdrop(props: &BackdropProps) -> Html {
    let press = (*use_state(Press::default)).clone();
    let onpointerdown = {
        let (press, emit, server) = (press.clone(), props.emit.clone(), props.server);
        Callback::from(move |event: PointerEvent| {
            let (emit, other) = (emit.clone(), server_below(&event).filter(|other| *other != server));
            press.begin(&event, move || {
                if let Some(other) = other {
                    emit.emit(Intent::OpenMenu(other));
                }
            });
        })
    };
    let release = {
        let press = press.clone();
        Callback::from(move |_: PointerEvent| press.end())
    };
    let onclick = maybe(&props.emit, move |_: MouseEvent| {
        press.was_tap().then_some(Intent::CloseMenu)
    });
    let oncontextmenu = props.emit.reform(|event: MouseEvent| {
        event.prevent_default();
        server_below(&event).map_or(Intent::CloseMenu, Intent::OpenMenu)
    });
    html! {
        // A press on it would take the focus out of the menu.
        <div
            class="menu-backdrop" {onclick} {oncontextmenu} {onpointerdown}
            onpointerup={&release} onpointercancel={&release} onmousedown={|event: MouseEvent| event.prevent_default()}
        />
    }
}

/// The server of the ring over which a pointer is, be there something above it.
fn server_below(event: &MouseEvent) -> Option<NodeId> {
    let (x, y) = (event.client_x(), event.client_y());
    #[expect(clippy::cast_precision_loss, reason = "pixels")]
    let below = gloo::utils::document().elements_from_point(x as f32, y as f32);
    below.iter().find_map(|element| {
        let server = element.unchecked_into::<Element>().closest(".server[id]").ok()??;
        NodeId::from_number(server.id().strip_prefix("server-")?.parse().ok()?)
    })
}

/// Hears the menu's keys before all others do, wherever the focus is: a finger may have taken it out of the menu.
fn listen(node: NodeRef, emit: Callback<Intent>) -> EventListener {
    let options = EventListenerOptions {
        phase: EventListenerPhase::Capture,
        passive: false,
    };
    EventListener::new_with_options(&gloo::utils::document(), "keydown", options, move |event| {
        let (Some(menu), Some(key)) = (node.cast::<HtmlElement>(), event.dyn_ref::<KeyboardEvent>()) else {
            return;
        };
        match key.key().as_str() {
            "ArrowDown" => focus(&menu, FocusMove::Next),
            "ArrowUp" => focus(&menu, FocusMove::Previous),
            "ArrowRight" => focus(&menu, FocusMove::Right),
            "ArrowLeft" => focus(&menu, FocusMove::Left),
            "Home" => focus(&menu, FocusMove::First),
            "End" => focus(&menu, FocusMove::Last),
            "Escape" | "Tab" => emit.emit(Intent::CloseMenu),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    })
}

/// To whom a leader can hand over: a row of servers, so that the menu of nine is hardly longer than that of two.
fn view_hand_over(props: &MenuProps, emit: &Callback<(MouseEvent, Intent)>) -> Html {
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
                        onclick={emit.reform(move |event| (event, Intent::act(Action::transfer_leadership(leader, to))))}
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
        choice: MenuChoice::Do(action),
    };
    let wipe = item(text.wipe, text.wipe_hint, Action::wipe_disk(id));
    let kill = item(text.kill, text.kill_hint, Action::kill(id));
    let links = if props.isolated {
        item(faults.rejoin_one, faults.rejoin_one_hint, Action::rejoin(id))
    } else {
        item(faults.isolate_one, faults.isolate_one_hint, Action::isolate(id))
    };
    let links = (props.size > 1).then_some(links);
    match server.process {
        Process::Down => {
            let label = if server.boots == 0 { text.start } else { text.restart };
            vec![item(label, text.restart_hint, Action::start(id)), wipe]
        }
        Process::Paused => [
            item(text.resume_server, text.resume_server_hint, Action::resume(id)),
            kill,
        ]
        .into_iter()
        .chain(links)
        .chain([wipe])
        .collect(),
        Process::Running => [kill, item(text.pause_server, text.pause_server_hint, Action::pause(id))]
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
        choice: MenuChoice::Do(Action::force_timeout(props.server.id)),
    };
    let set = Item {
        label: faults.set_timer,
        hint: faults.set_timer_hint,
        choice: MenuChoice::SetTimer,
    };
    let heartbeats = Item {
        label: text.heartbeats,
        hint: text.heartbeats_hint,
        choice: MenuChoice::Do(Action::send_heartbeats(props.server.id)),
    };
    let heartbeats = (leads_now(&props.server) && props.size > 1).then_some(heartbeats);
    let force = has_timer.then_some(force);
    force
        .into_iter()
        .chain((has_timer && props.timers_shown).then_some(set))
        .chain(heartbeats)
}

enum FocusMove {
    First,
    Last,
    Next,
    Previous,
    Right,
    Left,
}

fn focus(menu: &HtmlElement, to: FocusMove) {
    let Ok(items) = menu.query_selector_all("[role=menuitem]") else {
        return;
    };
    let items: Vec<HtmlElement> = (0..items.length())
        .filter_map(|index| items.item(index)?.dyn_into().ok())
        .collect();
    let focused = gloo::utils::document().active_element().map(Node::from);
    let at = items.iter().position(|item| focused.as_ref() == Some(item));
    let count = items.len();
    let index = match (to, at) {
        (FocusMove::First | FocusMove::Right | FocusMove::Left, None)
        | (FocusMove::First, _)
        | (FocusMove::Next, None) => 0,
        (FocusMove::Last, _) | (FocusMove::Previous, None) => count.saturating_sub(1),
        (FocusMove::Next, Some(at)) => (at + 1) % count,
        (FocusMove::Previous, Some(at)) => (at + count - 1) % count,
        (FocusMove::Right, Some(at)) => beside(&items, at, 1.0),
        (FocusMove::Left, Some(at)) => beside(&items, at, -1.0),
    };
    if let Some(item) = items.get(index) {
        let _ = item.focus();
    }
}

/// The nearest item to one side of another, on its height if there is one; itself if none is on that side.
fn beside(items: &[HtmlElement], at: usize, side: f64) -> usize {
    let middle = |item: &HtmlElement| {
        let area = item.get_bounding_client_rect();
        (area.left() + area.width() / 2.0, area.top() + area.height() / 2.0)
    };
    let (x, y) = middle(&items[at]);
    let away = items.iter().enumerate().filter_map(|(index, item)| {
        let (other_x, other_y) = middle(item);
        let across = (other_x - x) * side;
        (across > 1.0).then_some((index, across + (other_y - y).abs() * 4.0))
    });
    away.min_by(|a, b| a.1.total_cmp(&b.1)).map_or(at, |(index, _)| index)
}

/// The item that the mouse points at has the focus, so that one item alone says what it does.
fn focus_below(event: &MouseEvent) {
    let target = event.target_dyn_into::<Element>();
    let item = target.and_then(|target| target.closest("[role=menuitem]").ok().flatten());
    if let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

//! A server's menu: every action that is not a click, as far as it applies now.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::ui::{
    features::ring::{place::place, press::Press},
    intent::{Intent, Subject},
    kit::{emit::maybe, icons, menu, millis::Millis},
    run::view::ServerView,
    text::Lang,
};
use crate::{
    raft::{NodeId, NodeSet, Role},
    sim::{Action, Links, Micros, Process},
};

/// What the menu needs.
#[derive(Clone, PartialEq, Properties)]
pub struct MenuProps {
    /// Whose menu.
    pub server: ServerView,
    /// Which links are cut.
    pub links: Links,
    /// The servers that run.
    pub running: NodeSet,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's choices.
    pub emit: Callback<Intent>,
}

struct Item {
    icon: &'static str,
    label: &'static str,
    hint: &'static str,
    action: Action,
}

/// The menu, beside its server; it takes the focus, and gives it back when it closes.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let node = use_node_ref();
    let id = props.server.id;
    // A long press opens the menu under the finger. Lifting the finger would then click an item by accident.
    let pressed = use_mut_ref(|| false);
    {
        let (node, pressed) = (node.clone(), pressed.clone());
        use_effect_with(id, move |id| {
            *pressed.borrow_mut() = false;
            if let Some(shown) = node.cast::<HtmlElement>() {
                place(&shown, id.number());
                menu::focus_first(&shown);
            }
        });
    }
    {
        let (node, close) = (node.clone(), props.emit.reform(|()| Intent::CloseMenu));
        use_effect_with((), move |()| {
            let listener = menu::listen(node, close);
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
                ref={node} class="menu" {onpointerdown}
                onmouseover={|event: MouseEvent| menu::focus_below(&event)} oncontextmenu={|event: MouseEvent| event.prevent_default()}
            >
                <div role="menu" aria-label={props.lang.menu_of(id)}>
                    { for items(props).iter().map(|item| view_item(item, &emit)) }
                    { view_hand_over(props, &emit) }
                    { view_why(props, &emit) }
                </div>
                { view_timer(props) }
            </div>
        </>
    }
}

fn view_item(item: &Item, emit: &Callback<(MouseEvent, Intent)>) -> Html {
    let action = item.action;
    view_choice(
        item.icon,
        item.label,
        item.hint.to_owned(),
        emit.reform(move |event| (event, Intent::act(action))),
    )
}

fn view_why(props: &MenuProps, emit: &Callback<(MouseEvent, Intent)>) -> Html {
    let id = props.server.id;
    view_choice(
        icons::HELP,
        props.lang.why_text().title,
        props.lang.why_it_is(id),
        emit.reform(move |event| (event, Intent::Why(Subject::Server(id)))),
    )
}

fn view_choice(icon: &'static str, label: &'static str, hint: String, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" role="menuitem" tabindex="-1" class="menu-item" {onclick}>
            { icons::icon(icon) }
            <span class="menu-label">{ label }</span>{ " " }
            <span class="menu-hint">{ hint }</span>
        </button>
    }
}

/// In how long its election timer runs out, if it has one: to be set here.
fn view_timer(props: &MenuProps) -> Html {
    let (id, lang) = (props.server.id, props.lang);
    if props.server.election.is_none() || props.server.process != Process::Running {
        return html! {};
    }
    let onchange = props
        .emit
        .reform(move |rest| Intent::act(Action::set_election_timer(id, Micros(rest))));
    html! {
        <div class="menu-time">
            { icons::icon(icons::TIMER) }
            <span class="menu-label" aria-hidden="true">{ lang.ring_text().times_out_in }</span>
            <Millis label={lang.timer_field(id)} value={None} {lang} {onchange} />
        </div>
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

/// To whom a leader can hand over: a row of servers, so that the menu of nine is hardly longer than that of two.
fn view_hand_over(props: &MenuProps, emit: &Callback<(MouseEvent, Intent)>) -> Html {
    let (text, leader) = (props.lang.text(), props.server.id);
    let (label, hint) = (text.hand_over, text.hand_over_hint);
    let mut others = props.running.iter().filter(|other| *other != leader).peekable();
    if !leads_now(&props.server) || others.peek().is_none() {
        return html! {};
    }
    html! {
        <div role="group" class="menu-group" aria-label={label}>
            { icons::icon(icons::HAND_OVER) }
            <span class="menu-label" aria-hidden="true">{ label }</span>
            <span class="menu-row">
                { for others.map(|to| html! {
                    <button
                        type="button" role="menuitem" tabindex="-1" class="menu-server" aria-label={format!("{label} {to}")}
                        title={hint} onclick={emit.reform(move |event| (event, Intent::act(Action::transfer_leadership(leader, to))))}
                    >
                        { to.to_string() }
                    </button>
                }) }
            </span>
        </div>
    }
}

fn leads_now(server: &ServerView) -> bool {
    server.process == Process::Running && server.role == Role::Leader
}

/// What can be done to the server as it is now.
fn items(props: &MenuProps) -> Vec<Item> {
    let (server, text) = (&props.server, props.lang.text());
    let id = server.id;
    let item = |icon, label, hint, action| Item {
        icon,
        label,
        hint,
        action,
    };
    let crash = item(icons::POWER, text.kill, text.kill_hint, Action::kill(id));
    let mut items = match server.process {
        Process::Down => {
            let label = if server.boots == 0 { text.start } else { text.restart };
            vec![item(icons::START, label, text.restart_hint, Action::start(id))]
        }
        Process::Paused => vec![
            item(
                icons::PLAY,
                text.resume_server,
                text.resume_server_hint,
                Action::resume(id),
            ),
            crash,
        ],
        Process::Running => {
            let pause = item(
                icons::PAUSE,
                text.pause_server,
                text.pause_server_hint,
                Action::pause(id),
            );
            [crash, pause].into_iter().chain(timer_items(props)).collect()
        }
    };
    items.extend(link_items(props));
    items.push(item(icons::WIPE, text.wipe, text.wipe_hint, Action::wipe_disk(id)));
    items
}

/// What can be done to its timers; nothing if it has none.
fn timer_items(props: &MenuProps) -> impl Iterator<Item = Item> {
    let (text, id) = (props.lang.text(), props.server.id);
    let force = Item {
        icon: icons::TIMER,
        label: text.force_timeout,
        hint: text.force_timeout_hint,
        action: Action::force_timeout(id),
    };
    let heartbeats = Item {
        icon: icons::PULSE,
        label: text.heartbeats,
        hint: text.heartbeats_hint,
        action: Action::send_heartbeats(id),
    };
    let beats = leads_now(&props.server) && props.server.size > 1;
    let force = props.server.election.is_some().then_some(force);
    force.into_iter().chain(beats.then_some(heartbeats))
}

/// What can be done to its links: cut those that are up, restore those that are cut.
fn link_items(props: &MenuProps) -> impl Iterator<Item = Item> {
    let (server, faults) = (&props.server, props.lang.faults_text());
    let cut_off = Item {
        icon: icons::CUT,
        label: faults.isolate_one,
        hint: faults.isolate_one_hint,
        action: Action::isolate(server.id),
    };
    let restore = Item {
        icon: icons::LINKED,
        label: faults.rejoin_one,
        hint: faults.rejoin_one_hint,
        action: Action::rejoin(server.id),
    };
    let has_others = server.size > 1;
    let is_cut = props.links.cut().any(|(from, to)| from == server.id || to == server.id);
    let can_be_cut = has_others && !props.links.is_isolated(server.id, server.size);
    let restore = (has_others && is_cut).then_some(restore);
    can_be_cut.then_some(cut_off).into_iter().chain(restore)
}

//! One server of the ring: what it is by shape and by word, its term, its vote, and what is left of its election timeout.

use gloo::timers::callback::Timeout;
use web_sys::Element;
use yew::prelude::*;

use super::{
    super::{emit::maybe, message::Msg, text::Lang, view::ServerView},
    fixed,
    geometry::Geometry,
    hundredths,
};
use crate::{
    raft::Role,
    sim::{Action, Micros, Process},
};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ServerMarkProps {
    pub(super) server: ServerView,
    pub(super) geometry: Geometry,
    pub(super) lang: Lang,
    /// Whether it has a name in the document; one to look at only has none.
    pub(super) named: bool,
    pub(super) emit: Callback<Msg>,
}

/// How long a finger rests on a server before its menu opens, in ms.
const LONG_PRESS_MS: u32 = 500;

#[component]
pub(super) fn ServerMark(props: &ServerMarkProps) -> Html {
    let ServerMarkProps {
        server,
        geometry,
        lang,
        emit,
        ..
    } = props;
    let id = server.id;
    let place = geometry.server(id);
    let radius = geometry.server_radius();
    let press = use_mut_ref(|| None::<Timeout>);
    let menu_opened = use_mut_ref(|| false);

    let onclick = {
        let (emit, menu_opened) = (emit.clone(), menu_opened.clone());
        Callback::from(move |_: MouseEvent| {
            // The finger that opened the menu is lifted: no click.
            if !menu_opened.replace(false) {
                emit.emit(Msg::Power(id));
            }
        })
    };
    let onkeydown = maybe(emit, move |event: KeyboardEvent| key(&event, id));
    let oncontextmenu = emit.reform(move |event: MouseEvent| {
        event.prevent_default();
        Msg::OpenMenu(id)
    });
    let onpointerdown = {
        let (emit, press, menu_opened) = (emit.clone(), press.clone(), menu_opened);
        Callback::from(move |event: PointerEvent| {
            *menu_opened.borrow_mut() = false;
            if event.pointer_type() == "mouse" {
                return;
            }
            let (emit, menu_opened) = (emit.clone(), menu_opened.clone());
            *press.borrow_mut() = Some(Timeout::new(LONG_PRESS_MS, move || {
                *menu_opened.borrow_mut() = true;
                emit.emit(Msg::OpenMenu(id));
            }));
        })
    };
    let release = Callback::from(move |_: PointerEvent| drop(press.borrow_mut().take()));

    html! {
        <g
            id={props.named.then(|| format!("server-{}", id.number()))}
            class={classes!("server", class(server), (server.process == Process::Paused).then_some("paused"))}
            transform={format!("translate({} {})", fixed(place.x), fixed(place.y))}
            role="button"
            tabindex="0"
            aria-label={lang.server_name(server)}
            aria-keyshortcuts={id.number().to_string()}
            {onclick} {onkeydown} {oncontextmenu} {onpointerdown}
            onpointerup={&release} onpointercancel={&release} onpointerleave={&release}
        >
            <circle class="hit" r={fixed(radius + 10.0)} />
            { body(server, radius) }
            { arc(server, radius) }
            { handle(server, radius, emit) }
            { symbol(server, radius) }
            { votes(server, radius) }
            { words(server, geometry, *lang) }
        </g>
    }
}

fn key(event: &KeyboardEvent, id: crate::raft::NodeId) -> Option<Msg> {
    let message = match event.key().as_str() {
        "Enter" | " " => Msg::Power(id),
        "ContextMenu" => Msg::OpenMenu(id),
        "F10" if event.shift_key() => Msg::OpenMenu(id),
        _ => return None,
    };
    event.prevent_default();
    event.stop_propagation();
    Some(message)
}

fn class(server: &ServerView) -> &'static str {
    match (server.process, server.role) {
        (Process::Down, _) if server.wiped => "crashed wiped",
        (Process::Down, _) => "crashed",
        (_, Role::Follower) => "follower",
        (_, Role::Candidate) => "candidate",
        (_, Role::Leader) => "leader",
    }
}

/// Followers are round, candidates hexagonal, leaders have a second ring.
fn body(server: &ServerView, radius: f64) -> Html {
    if server.runs_for_leader() {
        return html! { <polygon class="body" points={hexagon(radius + 3.0)} /> };
    }
    html! {
        <>
            if server.leads() {
                <circle class="second-ring" r={fixed(radius + 7.0)} />
            }
            <circle class="body" r={fixed(radius)} />
        </>
    }
}

/// A hexagon that stands on a corner.
fn hexagon(radius: f64) -> String {
    const HALF_WIDTH: f64 = 0.866_025_403_784_438_6;
    let (w, h) = (fixed(radius * HALF_WIDTH), fixed(radius / 2.0));
    let r = fixed(radius);
    format!("0,-{r} {w},-{h} {w},{h} 0,{r} -{w},{h} -{w},-{h}")
}

/// What is left of the election timeout. The painter moves it.
fn arc(server: &ServerView, radius: f64) -> Html {
    if !server.is_up() || server.election.is_none() {
        return html! {};
    }
    // A hexagon's sides are nearer than its corners.
    let inset = if server.runs_for_leader() { 9.0 } else { 5.0 };
    let radius = fixed(radius - inset);
    html! {
        <g class="timer" transform="rotate(-90)">
            <circle class="track" r={radius.clone()} />
            <circle class="arc" r={radius} pathLength="1000" stroke-dasharray="1000 1000" data-arc={server.id.index().to_string()} />
        </g>
    }
}

/// Where the arc ends: dragged, it lets the timer run out sooner or later. The painter moves it.
fn handle(server: &ServerView, radius: f64, emit: &Callback<Msg>) -> Html {
    let (Process::Running, Some(armed)) = (server.process, server.election) else {
        return html! {};
    };
    let id = server.id;
    let grabbed = emit.reform(move |event: PointerEvent| {
        event.stop_propagation();
        if let Some(handle) = event.target_dyn_into::<Element>() {
            let _ = handle.set_pointer_capture(event.pointer_id());
        }
        Msg::GrabTimer
    });
    let moved = Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1 {
            event.stop_propagation();
            let _ = show_share(&event);
        }
    });
    let released = maybe(emit, move |event: PointerEvent| {
        event.stop_propagation();
        let share = share_at(&event)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of a timeout"
        )]
        let rest = Micros((share * ms_float(armed.fires_at - armed.set_at)) as u64);
        Some(Msg::Act(Action::SetElectionTimer(id, rest)))
    });
    let inset = if server.runs_for_leader() { 9.0 } else { 5.0 };
    html! {
        <g class="timer-handle" data-handle={id.index().to_string()} transform="rotate(0)" aria-hidden="true">
            <circle class="handle-hit" cy={fixed(inset - radius)} r="12" onpointerdown={grabbed} onpointermove={moved} onpointerup={released} onclick={Callback::from(|event: MouseEvent| event.stop_propagation())} />
            <circle class="handle" cy={fixed(inset - radius)} r="4.500" />
        </g>
    }
}

#[expect(clippy::cast_precision_loss, reason = "a timeout is far below 2^52")]
const fn ms_float(span: Micros) -> f64 {
    span.0 as f64
}

/// Which share of a turn, clockwise from the top, the pointer is at, seen from the middle of its server.
fn share_at(event: &PointerEvent) -> Option<f64> {
    let server = event.target_dyn_into::<Element>()?.closest(".server").ok()??;
    let body = server.query_selector(".body").ok()??.get_bounding_client_rect();
    let (x, y) = (
        f64::from(event.client_x()) - body.left() - body.width() / 2.0,
        f64::from(event.client_y()) - body.top() - body.height() / 2.0,
    );
    let turn = js_sys::Math::atan2(x, -y) / std::f64::consts::TAU;
    Some(if turn < 0.0 { turn + 1.0 } else { turn })
}

/// Shows where the timer will be if it is let go here.
fn show_share(event: &PointerEvent) -> Option<()> {
    let share = share_at(event)?;
    let server = event.target_dyn_into::<Element>()?.closest(".server").ok()??;
    let handle = server.query_selector("[data-handle]").ok()??;
    #[expect(clippy::cast_possible_truncation, reason = "0 to 1000")]
    let (degrees, left) = ((share * 360.0) as i32, (share * 1000.0) as i32);
    handle.set_attribute("transform", &format!("rotate({degrees})")).ok()?;
    let arc = server.query_selector("[data-arc]").ok()??;
    arc.set_attribute("stroke-dashoffset", &(1000 - left).to_string()).ok()
}

/// A crown for the leader, bars for a paused server, a cross for one that crashed.
fn symbol(server: &ServerView, radius: f64) -> Html {
    let size = hundredths(radius / 50.0);
    let transform = format!("translate(0 {}) scale({size})", fixed(-radius * 0.6));
    let path = match server.process {
        Process::Paused => "M-5 -6h3.5v12h-3.5zM1.5 -6h3.5v12h-3.5z",
        Process::Running if server.leads() => "M-9 6 L-11 -5 L-5 0 L0 -7 L5 0 L11 -5 L9 6 Z",
        // A disk, struck out.
        Process::Down if server.wiped => "M-7 -4a7 3 0 0 1 14 0v8a7 3 0 0 1-14 0zM-7 -4a7 3 0 0 0 14 0M-10 9L10 -9",
        Process::Down if server.boots > 0 => "M-5 -5L5 5M5 -5L-5 5",
        _ => return html! {},
    };
    html! { <path class="symbol" {transform} d={path} /> }
}

/// A candidate's votes as dots: as many as make a leader, filled as they come in.
fn votes(server: &ServerView, radius: f64) -> Html {
    if !server.runs_for_leader() {
        return html! {};
    }
    let wanted = usize::from(server.quorum);
    let have = server.votes.len();
    let step = 9.0;
    #[expect(clippy::cast_precision_loss, reason = "at most nine")]
    let x = |index: usize| (index as f64 - (wanted as f64 - 1.0) / 2.0) * step;
    html! {
        <g class="votes" transform={format!("translate(0 {})", fixed(radius * 0.66))}>
            { for (0..wanted).map(|index| html! {
                <circle class={classes!("vote", (index < have).then_some("have"))} cx={fixed(x(index))} r="3.2" />
            }) }
        </g>
    }
}

/// Its name, role, term and vote, in the order of its accessible name.
fn words(server: &ServerView, geometry: &Geometry, lang: Lang) -> Html {
    let radius = geometry.server_radius();
    let label = geometry.label(server.id);
    html! {
        <>
            <text class="name" y={fixed(radius * 0.04)}>{ server.id.to_string() }</text>{ " " }
            <text class="label standing" y={fixed(label.y)}>{ lang.standing(server) }</text>{ " " }
            <text class="term" y={fixed(radius * 0.42)}>{ format!("term {}", server.term) }</text>{ " " }
            if !geometry.crowded() {
                <text class="label detail" y={fixed(label.y + 16.0)}>{ lang.detail(server) }</text>
            }
        </>
    }
}

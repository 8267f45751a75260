//! One server of the ring: what it is by shape and by word, its term, its vote, and what is left of its election timeout.

use yew::prelude::*;

use crate::{
    raft::{NodeId, Role},
    sim::{Micros, Process},
    ui::{
        features::ring::{
            handle::{Handle, Parts},
            painter::Moving,
            press::Press,
        },
        intent::Intent,
        kit::{emit::maybe, nodes::Nodes},
        run::view::ServerView,
        svg::{
            drawing::{Anchor, corner_list},
            number::{fixed, hundredths},
            ring::{
                geometry::Geometry,
                server::{Hull, ServerShape, Symbol, TERM_DOWN, term},
            },
        },
        text::Lang,
    },
};

/// The id of the element that says what a server's keys do.
pub const KEYS: &str = "server-keys";

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ServerMarkProps {
    pub(super) server: ServerView,
    pub(super) geometry: Geometry,
    pub(super) lang: Lang,
    /// Whether it has a name in the document; one to look at only has none.
    pub(super) named: bool,
    pub(super) nodes: Nodes<Moving>,
    /// What a full circle of its arc stands for.
    pub(super) scale: Micros,
    /// Whether its election timer is the next to run out.
    pub(super) is_next: bool,
    /// Whether it is said that it can be crashed: to somebody who has never done so.
    pub(super) is_hinted: bool,
    /// Hears when it is pointed at or has the focus, the latter by keyboard.
    pub(super) onpoint: Callback<Option<Pointed>>,
    pub(super) emit: Callback<Intent>,
}

/// The server that is pointed at, or that has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pointed {
    pub(super) server: NodeId,
    pub(super) by_key: bool,
}

#[component]
pub(super) fn ServerMark(props: &ServerMarkProps) -> Html {
    let ServerMarkProps {
        server,
        geometry,
        lang,
        nodes,
        emit,
        ..
    } = props;
    let id = server.id;
    let place = geometry.server(id);
    let radius = geometry.server_radius();
    let shape = ServerShape::of(server, radius);
    let press = (*use_state(Press::default)).clone();
    let parts = Parts {
        hull: use_node_ref(),
        arc: nodes.of(Moving::Arc(id)),
        handle: nodes.of(Moving::Handle(id)),
        ..Parts::default()
    };

    let onclick = {
        let (emit, press) = (emit.clone(), press.clone());
        Callback::from(move |_: MouseEvent| {
            if press.is_meant() {
                emit.emit(Intent::Press(id));
            }
        })
    };
    let onkeydown = maybe(emit, move |event: KeyboardEvent| key(&event, id));
    let oncontextmenu = emit.reform(move |event: MouseEvent| {
        event.prevent_default();
        Intent::OpenMenu(id)
    });
    let onpointerdown = {
        let (emit, press) = (emit.clone(), press.clone());
        Callback::from(move |event: PointerEvent| {
            let emit = emit.clone();
            press.begin(&event, move || emit.emit(Intent::OpenMenu(id)));
        })
    };
    let release = {
        let press = press.clone();
        Callback::from(move |_: PointerEvent| press.end())
    };

    let marks = [
        (server.process == Process::Paused).then_some("paused"),
        server.is_stale().then_some("stale"),
        server.is_unsafe.then_some("unsafe"),
        props.is_next.then_some("next"),
        props.is_hinted.then_some("hinted"),
    ];
    let marks: Classes = marks.into_iter().flatten().collect();
    let point = |by_key: bool| {
        let onpoint = props.onpoint.clone();
        move || onpoint.emit(Some(Pointed { server: id, by_key }))
    };
    let onpointerenter = {
        let point = point(false);
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "mouse" {
                point();
            }
        })
    };
    let onfocus = {
        let point = point(true);
        Callback::from(move |event: FocusEvent| {
            if has_visible_focus(&event) {
                point();
            }
        })
    };
    let onblur = props.onpoint.reform(|_: FocusEvent| None);
    let onpointerleave = {
        let (onpoint, press) = (props.onpoint.clone(), press.clone());
        Callback::from(move |_: PointerEvent| {
            press.end();
            onpoint.emit(None);
        })
    };

    html! {
        <g
            id={props.named.then(|| format!("server-{}", id.number()))}
            class={classes!("server", class(server), marks)}
            transform={format!("translate({} {})", fixed(place.x), fixed(place.y))}
            role="button"
            tabindex="0"
            aria-label={if props.is_next { lang.next_to_run_out(&lang.server_name(server)) } else { lang.server_name(server) }}
            aria-describedby={props.named.then_some(KEYS)}
            aria-keyshortcuts={format!("{} Shift+F10", id.number())}
            {onclick} {onkeydown} {oncontextmenu} {onpointerdown}
            onpointerup={&release} onpointercancel={&release} {onpointerenter} {onpointerleave} {onfocus} {onblur}
        >
            <circle class="hit" r={fixed(radius + 10.0)} />
            { body(&shape, &parts.hull) }
            { arc(server, radius, &parts.arc) }
            { for shape.symbol.map(symbol) }
            { words(props) }
            if server.runs() && server.election.is_some() {
                <Handle server={id} scale={props.scale} radius={arc_radius(server, radius)} lang={*lang} {parts} {emit} {press} />
            }
        </g>
    }
}

fn key(event: &KeyboardEvent, id: NodeId) -> Option<Intent> {
    let message = match event.key().as_str() {
        "Enter" | " " => Intent::Press(id),
        "ContextMenu" => Intent::OpenMenu(id),
        "F10" if event.shift_key() => Intent::OpenMenu(id),
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
        (_, Role::PreCandidate) => "candidate pre",
        (_, Role::Candidate) => "candidate",
        (_, Role::Leader) => "leader",
    }
}

fn body(shape: &ServerShape, node: &NodeRef) -> Html {
    html! {
        <>
            if let Some(radius) = shape.second_ring {
                <circle class="second-ring" r={fixed(radius)} />
            }
            { match shape.hull {
                Hull::Circle(radius) => html! { <circle ref={node} class="body" r={fixed(radius)} /> },
                Hull::Hexagon(corners) => html! { <polygon ref={node} class="body" points={corner_list(&corners)} /> },
            } }
        </>
    }
}

/// What is left of the election timeout. The painter moves it.
fn arc(server: &ServerView, radius: f64, node: &NodeRef) -> Html {
    if !server.is_up() || server.election.is_none() {
        return html! {};
    }
    let radius = fixed(arc_radius(server, radius));
    html! {
        <g transform="rotate(-90)">
            <circle class="track" r={radius.clone()} />
            <circle ref={node} class="arc" r={radius} pathLength="1000" stroke-dasharray="1000 1000" />
        </g>
    }
}

/// Radius of a server's arc: a hexagon's sides are nearer than its corners.
fn arc_radius(server: &ServerView, radius: f64) -> f64 {
    radius - if server.runs_for_leader() { 7.0 } else { 5.0 }
}

fn symbol(symbol: Symbol) -> Html {
    let transform = format!("translate(0 {}) scale({})", fixed(symbol.y), hundredths(symbol.size));
    html! { <path class="symbol" {transform} d={symbol.path()} /> }
}

/// A candidate's votes as dots, where there is no room for more: as many as make a leader, filled as they come in.
fn votes(server: &ServerView, radius: f64) -> Html {
    let wanted = usize::from(server.quorum);
    let have = server.votes.len();
    let step = 9.0;
    #[expect(clippy::cast_precision_loss, reason = "at most nine")]
    let x = |index: usize| (index as f64 - (wanted as f64 - 1.0) / 2.0) * step;
    html! {
        <g transform={format!("translate(0 {})", fixed(radius * 0.66))}>
            { for (0..wanted).map(|index| html! {
                <circle class={classes!("vote", (index < have).then_some("have"))} cx={fixed(x(index))} r="3.2" />
            }) }
        </g>
    }
}

/// Its name, role, term and vote, in the order of its accessible name.
fn words(props: &ServerMarkProps) -> Html {
    let ServerMarkProps {
        server, geometry, lang, ..
    } = props;
    let radius = geometry.server_radius();
    let label = geometry.label(server.id);
    let [standing, detail, _] = label.lines;
    let side = side(label.anchor);
    let stands = lang.standing(server);
    // Beside a server of a crowd there is room for a word, and for the second one below it.
    let (first, second) = match stands.find([' ', '-']) {
        Some(at) if geometry.crowded() && side.is_some() => stands.split_at(at + 1),
        _ => (stands, ""),
    };
    let up = if second.is_empty() { 0.0 } else { geometry.line() / 2.0 };
    let (term, down) = term(server.term, geometry);
    let has_detail = match geometry.lines_at(server.id) {
        1 => false,
        2 => server.is_up(),
        _ => !server.runs_for_leader() && !props.is_hinted,
    };
    let by_touch = lang.detail_by_touch(server);
    html! {
        <>
            <text class="name" y={fixed(radius * 0.04)}>{ server.id.to_string() }</text>{ " " }
            <text class={classes!("label", "standing", side)} x={fixed(label.x)} y={fixed(standing - up)}>{ first }</text>{ " " }
            if !second.is_empty() {
                <text class={classes!("label", "standing", side)} x={fixed(label.x)} y={fixed(standing + up)}>{ second }</text>
            }
            <text class={classes!("term", (down < TERM_DOWN).then_some("long"))} y={fixed(radius * down)}>{ term }</text>{ " " }
            if geometry.crowded() && server.runs_for_leader() {
                { votes(server, radius) }
            }
            if has_detail {
                // What a press is called depends on what the reader presses with.
                <text class={classes!("label", "detail", side, by_touch.map(|_| "by-mouse"))} x={fixed(label.x)} y={fixed(detail + up)}>{ lang.detail(server) }</text>
                if let Some(words) = by_touch {
                    <text class={classes!("label", "detail", side, "by-touch")} x={fixed(label.x)} y={fixed(detail + up)}>{ words }</text>
                }
            }
        </>
    }
}

pub(super) const fn side(anchor: Anchor) -> Option<&'static str> {
    match anchor {
        Anchor::Start => Some("at-right"),
        Anchor::Middle => None,
        Anchor::End => Some("at-left"),
    }
}

/// Whether the keyboard has brought the focus here: a press leaves it here as well, unseen.
fn has_visible_focus(event: &FocusEvent) -> bool {
    let target = event.target_dyn_into::<web_sys::Element>();
    target.is_some_and(|target| target.matches(":focus-visible").unwrap_or(false))
}

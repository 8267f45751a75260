//! The links of the ring: which are up, which are cut and in which direction, and a way to press them.

use wasm_bindgen::JsCast;
use web_sys::SvgElement;
use yew::prelude::*;

use super::{fixed, geometry::Geometry};
use crate::{
    raft::NodeId,
    sim::Links,
    ui::{groups::cycle, message::Msg, text::Lang},
};

/// What the links need.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EdgesProps {
    pub(super) geometry: Geometry,
    pub(super) up: Vec<bool>,
    pub(super) links: Links,
}

/// All pairs of servers, each once.
fn pairs(size: usize) -> impl Iterator<Item = (NodeId, NodeId)> {
    NodeId::all(size).flat_map(move |a| (a.index() + 1..size).map(move |b| (a, NodeId::new(b))))
}

/// A line between every two servers: dashed where one of them is down; broken where it is cut; with arrows where messages get
/// one way only.
#[component]
pub(super) fn Edges(props: &EdgesProps) -> Html {
    html! {
        <g class="edges" aria-hidden="true">
            { for pairs(props.up.len()).map(|(a, b)| view_edge(props, a, b)) }
        </g>
    }
}

fn view_edge(props: &EdgesProps, a: NodeId, b: NodeId) -> Html {
    let (from, to) = (props.geometry.server(a), props.geometry.server(b));
    let down = !(props.up[a.index()] && props.up[b.index()]);
    let line = |class: &'static str, start: f64, end: f64| {
        let (start, end) = (from.toward(to, start), from.toward(to, end));
        html! {
            <line class={classes!("edge", class, down.then_some("down"))} x1={fixed(start.x)} y1={fixed(start.y)} x2={fixed(end.x)} y2={fixed(end.y)} />
        }
    };
    match (props.links.is_up(a, b), props.links.is_up(b, a)) {
        (true, true) => line("", 0.0, 1.0),
        (false, false) => html! { <>{ line("cut", 0.0, 0.45) }{ line("cut", 0.55, 1.0) }{ gap(props, a, b) }</> },
        (true, false) => html! { <>{ line("one-way", 0.0, 1.0) }{ arrows(props, a, b) }</> },
        (false, true) => html! { <>{ line("one-way", 0.0, 1.0) }{ arrows(props, b, a) }</> },
    }
}

/// Two bars across the middle, a gap between them.
fn gap(props: &EdgesProps, a: NodeId, b: NodeId) -> Html {
    let way = props.geometry.way(a, b);
    let (from, to) = (props.geometry.server(a), props.geometry.server(b));
    let (x, y) = (-way.direction.y * 8.0, way.direction.x * 8.0);
    let bar = |share| {
        let place = from.toward(to, share);
        format!(
            "M{} {}L{} {}",
            fixed(place.x - x),
            fixed(place.y - y),
            fixed(place.x + x),
            fixed(place.y + y)
        )
    };
    html! { <path class="edge-mark" d={format!("{}{}", bar(0.45), bar(0.55))} /> }
}

/// Two arrow heads in the direction in which messages still get, and a bar where those of the other direction end.
fn arrows(props: &EdgesProps, from: NodeId, to: NodeId) -> Html {
    let way = props.geometry.way(from, to);
    let (start, end) = (props.geometry.server(from), props.geometry.server(to));
    let (ux, uy) = (way.direction.x * 8.0, way.direction.y * 8.0);
    let head = |share| {
        let tip = start.toward(end, share);
        format!(
            "M{} {}L{} {}L{} {}",
            fixed(tip.x - ux - uy * 0.8),
            fixed(tip.y - uy + ux * 0.8),
            fixed(tip.x),
            fixed(tip.y),
            fixed(tip.x - ux + uy * 0.8),
            fixed(tip.y - uy - ux * 0.8)
        )
    };
    html! { <path class="edge-mark" d={format!("{}{}", head(0.47), head(0.56))} /> }
}

/// What the places to press need.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EdgeHitsProps {
    pub(super) geometry: Geometry,
    pub(super) size: usize,
    pub(super) links: Links,
    pub(super) lang: Lang,
    pub(super) emit: Callback<Msg>,
}

/// Where a line is pressed. The first can be reached with Tab, the others from there with arrow keys.
#[component]
pub(super) fn EdgeHits(props: &EdgeHitsProps) -> Html {
    if props.size < 2 {
        return html! {};
    }
    html! {
        <g class="edge-hits" role="group" aria-label={props.lang.faults_text().ring_links}>
            { for pairs(props.size).map(|(a, b)| view_hit(props, a, b)) }
        </g>
    }
}

fn view_hit(props: &EdgeHitsProps, a: NodeId, b: NodeId) -> Html {
    let EdgeHitsProps {
        geometry,
        links,
        lang,
        emit,
        ..
    } = props;
    // Not up to the servers: there, messages and servers are pressed.
    let (from, to) = (geometry.server(a), geometry.server(b));
    let (start, end) = (from.toward(to, 0.25), from.toward(to, 0.75));
    let actions = cycle(links, a, b);
    let name = lang.link_line(a, b, links.is_up(a, b), links.is_up(b, a));
    let first = (a.index(), b.index()) == (0, 1);
    let onclick = {
        let actions = actions.clone();
        emit.reform(move |_: MouseEvent| Msg::ActAll(actions.clone()))
    };
    let onkeydown = {
        let emit = emit.clone();
        Callback::from(move |event: KeyboardEvent| key(&event, &emit, &actions))
    };
    html! {
        <g class="edge-hit" role="button" tabindex={if first { "0" } else { "-1" }} aria-label={name.clone()} {onclick} {onkeydown}>
            <title>{ name }</title>
            <line x1={fixed(start.x)} y1={fixed(start.y)} x2={fixed(end.x)} y2={fixed(end.y)} />
        </g>
    }
}

fn key(event: &KeyboardEvent, emit: &Callback<Msg>, actions: &[crate::sim::Action]) {
    match event.key().as_str() {
        "Enter" | " " => emit.emit(Msg::ActAll(actions.to_vec())),
        "ArrowRight" | "ArrowDown" => focus_neighbour(event, true),
        "ArrowLeft" | "ArrowUp" => focus_neighbour(event, false),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

fn focus_neighbour(event: &KeyboardEvent, next: bool) {
    let here: Option<SvgElement> = event.target().and_then(|target| target.dyn_into().ok());
    let neighbour = here.and_then(|here| {
        if next {
            here.next_element_sibling()
        } else {
            here.previous_element_sibling()
        }
    });
    if let Some(neighbour) = neighbour.and_then(|neighbour| neighbour.dyn_into::<SvgElement>().ok()) {
        let _ = neighbour.focus();
    }
}

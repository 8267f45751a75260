//! The links of the ring: which are up, which are cut and in which direction, and a way to press them.

use wasm_bindgen::JsCast;
use web_sys::SvgElement;
use yew::prelude::*;

use crate::{
    raft::NodeId,
    sim::Links,
    ui::{
        explain::groups::cycle,
        intent::Intent,
        svg::{
            drawing::corner_list,
            number::fixed,
            point::Point,
            ring::{
                geometry::Geometry,
                links::{LinkPart, link, pairs},
            },
        },
        text::Lang,
    },
};

/// What the links need.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EdgesProps {
    pub(super) geometry: Geometry,
    pub(super) up: Vec<bool>,
    pub(super) links: Links,
}

/// A line between every two servers: dashed where one of them is down. Cut both ways, it fades and has a gap; cut one way, it is
/// an arrow that arrives and one that ends at a bar.
#[component]
pub(super) fn Edges(props: &EdgesProps) -> Html {
    html! {
        <g aria-hidden="true">
            { for pairs(props.up.len()).map(|(a, b)| view_edge(props, a, b)) }
        </g>
    }
}

fn view_edge(props: &EdgesProps, a: NodeId, b: NodeId) -> Html {
    let down = !(props.up[a.index()] && props.up[b.index()]);
    let line = |class: &'static str, start: Point, end: Point| {
        html! {
            <line class={classes!("edge", class, down.then_some("down"))} x1={fixed(start.x)} y1={fixed(start.y)} x2={fixed(end.x)} y2={fixed(end.y)} />
        }
    };
    let parts = link(&props.geometry, &props.links, a, b).into_iter();
    html! {
        { for parts.map(|part| match part {
            LinkPart::Whole(from, to) => line("", from, to),
            LinkPart::Faded(from, to) => line("faded", from, to),
            LinkPart::Open(from, to) => line("one-way", from, to),
            LinkPart::Cut(from, to) => line("cut", from, to),
            LinkPart::Bar(a, b) => html! { <line class="edge-bar" x1={fixed(a.x)} y1={fixed(a.y)} x2={fixed(b.x)} y2={fixed(b.y)} /> },
            LinkPart::Head(corners) => html! { <polygon class="edge-head" points={corner_list(&corners)} /> },
            LinkPart::Stopped(corners) => html! { <polygon class="edge-head stopped" points={corner_list(&corners)} /> },
        }) }
    }
}

/// A link that is cut, and one that is open one way, with their meaning; for the legend, as far as there are such links.
pub(super) fn legend(links: &Links, lang: Lang) -> impl Iterator<Item = (Html, &'static str)> {
    let text = lang.faults_text();
    let (one_way, cut): (Vec<_>, Vec<_>) = links.cut().partition(|(from, to)| links.is_up(*to, *from));
    let cut = (!cut.is_empty()).then(|| {
        (
            html! { <path class="edge faded" d="M-11 0H-3M11 0H3" /> },
            text.legend_cut,
        )
    });
    let one_way = (!one_way.is_empty()).then(|| {
        (
            html! { <><path class="edge one-way" d="M-11 -5H3" /><path class="edge-head" d="M3 -9L11 -5L3 -1Z" /><path class="edge cut" d="M11 6H5" /><path class="edge-head stopped" d="M6 2L-1 6L6 10Z" /><path class="edge-bar" d="M-4 2V10" /></> },
            text.legend_one_way,
        )
    });
    cut.into_iter().chain(one_way)
}

/// What the places to press need.
#[derive(Clone, PartialEq, Properties)]
pub(super) struct EdgeHitsProps {
    pub(super) geometry: Geometry,
    pub(super) size: usize,
    pub(super) links: Links,
    /// What each has of its own, in the order of [`pairs`], if any has something.
    pub(super) own: Vec<Option<String>>,
    pub(super) lang: Lang,
    pub(super) emit: Callback<Intent>,
}

/// Where a line is pressed. The first can be reached with Tab, the others from there with arrow keys.
#[component]
pub(super) fn EdgeHits(props: &EdgeHitsProps) -> Html {
    if props.size < 2 {
        return html! {};
    }
    html! {
        <g role="group" aria-label={props.lang.faults_text().ring_links}>
            { for pairs(props.size).enumerate().map(|(place, link)| view_hit(props, place, link)) }
        </g>
    }
}

fn view_hit(props: &EdgeHitsProps, place: usize, (a, b): (NodeId, NodeId)) -> Html {
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
    let mut name = lang.link_line(a, b, links.is_up(a, b), links.is_up(b, a));
    if let Some(Some(own)) = props.own.get(place) {
        name = name + ", " + own;
    }
    let first = place == 0;
    let middle = from.toward(to, geometry.middle(a, b));
    let onclick = {
        let actions = actions.clone();
        emit.reform(move |_: MouseEvent| Intent::Act(actions.clone()))
    };
    let onkeydown = {
        let emit = emit.clone();
        Callback::from(move |event: KeyboardEvent| key(&event, &emit, &actions))
    };
    html! {
        <g class="edge-hit" role="button" tabindex={if first { "0" } else { "-1" }} aria-label={name.clone()} {onclick} {onkeydown}>
            <title>{ name }</title>
            <line x1={fixed(start.x)} y1={fixed(start.y)} x2={fixed(end.x)} y2={fixed(end.y)} />
            <circle cx={fixed(middle.x)} cy={fixed(middle.y)} r="13" />
        </g>
    }
}

fn key(event: &KeyboardEvent, emit: &Callback<Intent>, actions: &[crate::sim::Action]) {
    match event.key().as_str() {
        "Enter" | " " => emit.emit(Intent::Act(actions.to_vec())),
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

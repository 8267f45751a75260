//! What the ring shows only at times: groups that are cut off from each other, what led to what is asked about, and what is not the
//! same in another future. Nothing of it is there when the page begins, so it is loaded with what brings it about.

use yew::prelude::*;

use super::{RingProps, outlines::outlines};
use crate::{
    raft::NodeId,
    sim::Links,
    ui::{
        explain::groups::{partition, rows},
        kit::later::WhenHere,
        run::view::ClusterView,
        svg::{
            drawing::corner_list,
            number::fixed,
            ring::{
                geometry::Geometry,
                links::{head, pairs},
            },
        },
        text::Lang,
    },
};

/// All of it, from the back to the front.
#[derive(Default)]
pub struct Signs {
    /// Behind all else: what holds groups together.
    pub(super) groups: Html,
    /// Behind the servers: what is lit.
    pub(super) lit: Html,
    /// Around servers that are not the same in another future.
    pub(super) outlines: Html,
    /// In front: the letters of the groups.
    pub(super) badges: Html,
    /// What each link has of its own, in words, if any has something.
    pub(super) own_links: Vec<Option<String>>,
}

/// What draws it, once it is here.
pub type ViewSigns = WhenHere<fn(&RingProps, &Geometry) -> Signs>;

/// See [`Signs`].
#[must_use]
pub fn view(props: &RingProps, geometry: &Geometry) -> Signs {
    let view = &props.view;
    let lit_links = props
        .lit_links
        .iter()
        .map(|link| lit_link(geometry, &view.links, *link));
    let in_cluster = |server: &NodeId| server.index() < view.servers.len();
    let lit_servers = props.lit_servers.iter().filter(in_cluster);
    let badges = group_names(view).into_iter();
    Signs {
        groups: group_shapes(geometry, view),
        lit: html! { <>{ for lit_links }{ for lit_servers.map(|server| lit_server(geometry, server)) }</> },
        outlines: html! {
            if !props.differing.is_empty() {
                { outlines(props.differing, geometry) }
            }
        },
        badges: html! { { for badges.map(|(server, name)| group_badge(geometry, server, name)) } },
        own_links: own_links(view, props.lang),
    }
}

/// What links have of their own, in the order of [`pairs`].
fn own_links(view: &ClusterView, lang: Lang) -> Vec<Option<String>> {
    if view.own.is_empty() {
        return Vec::new();
    }
    let own = pairs(view.servers.len()).map(|(a, b)| lang.own_of_link(&view.own, a, b));
    own.collect()
}

/// Behind each row of neighbours in one group, what holds them together: a disc around each, and a band from one to the next,
/// which is narrow enough to keep clear of what is said at them. Groups that are not neighbours on the ring have more than one;
/// their letter is the same.
fn group_shapes(geometry: &Geometry, view: &ClusterView) -> Html {
    let around = if geometry.compact { 6.5 } else { 8.5 };
    const BAND: f64 = 20.0;
    let size = view.servers.len();
    let disc = (geometry.server_radius() + around) * 2.0;
    let groups = partition(&view.links, size).into_iter();
    let shapes: Vec<_> = groups
        .flat_map(|group| rows(group, size))
        .flat_map(|row| {
            let places: Vec<String> = row
                .iter()
                .map(|server| geometry.server(*server))
                .map(|place| format!("{} {}", fixed(place.x), fixed(place.y)))
                .collect();
            // A line to where it begins is a dot.
            let discs: String = places.iter().map(|place| format!("M{place}L{place}")).collect();
            [(format!("M{}", places.join("L")), BAND), (discs, disc)]
        })
        .collect();
    let layer = |class: &'static str, wider: f64| {
        let paths = shapes.iter().map(move |(d, width)| {
            html! { <path {class} d={d.clone()} stroke-width={fixed(width + wider)} /> }
        });
        html! { { for paths } }
    };
    html! {
        <g class="group-shapes" aria-hidden="true">
            { layer("group-rim", 2.0) }
            { layer("group-shape", 0.0) }
        </g>
    }
}

/// By server, the letter of the group within which it can talk; none while all can talk with all.
fn group_names(view: &ClusterView) -> Vec<(NodeId, char)> {
    let groups = partition(&view.links, view.servers.len());
    let named = ('A'..).zip(groups);
    named
        .flat_map(|(name, group)| group.iter().map(move |server| (server, name)).collect::<Vec<_>>())
        .collect()
}

fn group_badge(geometry: &Geometry, server: NodeId, name: char) -> Html {
    let (place, radius) = (geometry.server(server), geometry.server_radius());
    let (x, y) = (place.x + radius * 0.86, place.y - radius * 0.86);
    let size = if geometry.compact { "0.8" } else { "1" };
    html! {
        <g class="group-badge" aria-hidden="true" transform={format!("translate({} {}) scale({size})", fixed(x), fixed(y))}>
            <circle r="10" />
            <text y="4.500">{ name }</text>
        </g>
    }
}

/// A server that led to what is asked about.
fn lit_server(geometry: &Geometry, server: NodeId) -> Html {
    let place = geometry.server(server);
    let radius = fixed(geometry.server_radius() + 10.0);
    html! { <circle class="lit-server" aria-hidden="true" cx={fixed(place.x)} cy={fixed(place.y)} r={radius} /> }
}

/// A link that a message of the chain took, with its direction; dashed where none gets through now.
fn lit_link(geometry: &Geometry, links: &Links, (from, to): (NodeId, NodeId)) -> Html {
    let way = geometry.way(from, to);
    let past = (!links.is_up(from, to)).then_some("past");
    html! {
        <g class={classes!("lit-link", past)} aria-hidden="true">
            <line x1={fixed(way.start.x)} y1={fixed(way.start.y)} x2={fixed(way.end.x)} y2={fixed(way.end.y)} />
            <polygon points={corner_list(&head(way.end, way.direction))} />
        </g>
    }
}

//! The cluster as a ring of servers with messages between them.

mod ballots;
pub mod course;
pub(crate) mod edges;
mod handle;
pub mod legend;
mod marks;
pub mod menu;
pub mod more;
pub mod newcomer;
mod outlines;
pub mod painter;
mod place;
mod press;
mod server;
mod text;

use std::rc::Rc;

use yew::prelude::*;

use self::{
    ballots::over_server,
    edges::{EdgeHits, Edges},
    marks::Marks,
    outlines::outlines,
    painter::Moving,
    server::{Pointed, ServerMark},
};
use crate::{
    raft::{NodeId, NodeSet},
    sim::{EventId, Links, MessageId},
    ui::{
        explain::groups::{partition, rows},
        intent::Intent,
        kit::nodes::Nodes,
        run::view::{ClusterView, Extras, ServerView},
        svg::{
            drawing::{LOST, corner_list},
            legend::in_legend,
            number::fixed,
            ring::{geometry::Geometry, links::head},
        },
        text::Lang,
    },
};

/// The name of the ring that can be acted on.
pub const MAIN: &str = "ring";

/// What the ring needs.
#[derive(Clone, PartialEq, Properties)]
pub struct RingProps {
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// The message that the reader has taken hold of.
    #[prop_or_default]
    pub taken: Option<MessageId>,
    /// Events that are lit, in order: messages under way that they sent are.
    #[prop_or_default]
    pub lit_events: Vec<EventId>,
    /// Servers that led to what is asked about.
    #[prop_or_default]
    pub lit_servers: NodeSet,
    /// Links that its messages took, by sender and receiver.
    #[prop_or_default]
    pub lit_links: Vec<(NodeId, NodeId)>,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// Its name in the document: that of the one that can be acted on, or of another one to look at.
    #[prop_or(MAIN)]
    pub id: &'static str,
    /// The servers that are not the same in another future beside this one.
    #[prop_or_default]
    pub differing: NodeSet,
    /// Whether the reader has never crashed a server: then it is said how.
    #[prop_or_default]
    pub is_new: bool,
    /// What the painter moves.
    pub nodes: Nodes<Moving>,
    /// Receives what the reader clicks.
    pub emit: Callback<Intent>,
}

/// The drawing.
#[component]
pub fn Ring(props: &RingProps) -> Html {
    let geometry = Geometry::new(props.view.servers.len(), props.compact);
    let (width, height) = geometry.size();
    let pointed = use_state_eq(|| None::<Pointed>);
    let onpoint = {
        let pointed = pointed.clone();
        Callback::from(move |now| pointed.set(now))
    };
    let next = props.view.next_timeouts();
    let leader = props.view.leader().filter(|_| props.is_new).map(|leader| leader.id);
    html! {
        <svg
            id={props.id}
            class={classes!("ring", props.compact.then_some("compact"), (height > width).then_some("tall"))}
            viewBox={format!("0 0 {} {}", fixed(width), fixed(height))}
            role="group"
            tabindex="-1"
            aria-label={props.lang.text().ring}
        >
            if props.id == MAIN {
                <desc id={server::KEYS}>{ props.lang.ring_text().keys }</desc>
            }
            { group_shapes(&geometry, &props.view) }
            <Edges {geometry} links={props.view.links} up={props.view.servers.iter().map(ServerView::is_up).collect::<Vec<_>>()} />
            { for props.lit_links.iter().map(|link| lit_link(&geometry, &props.view.links, *link)) }
            { for props.lit_servers.iter().filter(|server| server.index() < props.view.servers.len()).map(|server| {
                let place = geometry.server(server);
                html! { <circle class="lit-server" aria-hidden="true" cx={fixed(place.x)} cy={fixed(place.y)} r={fixed(geometry.server_radius() + 10.0)} /> }
            }) }
            { for props.view.servers.iter().map(|server| html! {
                <ServerMark
                    key={server.id.index()} server={server.clone()} {geometry} lang={props.lang} named={props.id == MAIN} nodes={props.nodes.clone()}
                    scale={props.view.longest_timeout} is_next={next.contains(server.id)} is_hinted={leader == Some(server.id)}
                    onpoint={onpoint.clone()} emit={&props.emit}
                />
            }) }
            { for props.view.servers.iter().map(|server| over_server(server, &geometry, props.view.logs_differ, leader == Some(server.id), props.lang)) }
            if !props.differing.is_empty() {
                { outlines(props.differing, &geometry) }
            }
            if props.id == MAIN {
                <EdgeHits {geometry} size={props.view.servers.len()} links={props.view.links} lang={props.lang} emit={&props.emit} />
            }
            <Marks flights={props.view.flights.clone()} lost={props.view.lost.clone()} taken={props.taken} lit={props.lit_events.clone()} {geometry} nodes={props.nodes.clone()} emit={&props.emit} />
            { for group_names(&props.view).into_iter().map(|(server, name)| group_badge(&geometry, server, name)) }
            if let Some(pointed) = *pointed {
                { for props.view.servers.get(pointed.server.index()).map(|server| what_a_press_does(server, pointed.by_key, &geometry, props.lang)) }
            }
        </svg>
    }
}

/// In the corner, where nothing else is: what a press on the server does that is pointed at.
fn what_a_press_does(server: &ServerView, by_key: bool, geometry: &Geometry, lang: Lang) -> Html {
    let text = lang.ring_text();
    let (first, second) = if geometry.compact { ("14", "29") } else { ("18", "38") };
    let ways: &[_] = if by_key {
        &[("", "Enter", text.menu_key)]
    } else {
        // Which of them is seen depends on what the reader points with.
        &[
            ("by-mouse", text.click, text.right_click),
            ("by-touch", text.tap, text.long_press),
        ]
    };
    html! {
        <g class="what-a-press-does" aria-hidden="true">
            { for ways.iter().map(|&(class, press, more)| html! {
                <g {class}>
                    <text x="4" y={first}>{ lang.press_does(server, press) }</text>
                    <text x="4" y={second}>{ more }</text>
                </g>
            }) }
        </g>
    }
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

/// Each mark with its meaning.
pub(crate) fn marks_legend(extras: Extras, lang: Lang) -> Vec<(Html, &'static str)> {
    let mark = |message| marks::shape(message, "");
    let lost = html! { <path class="lost" d={LOST} /> };
    let messages = in_legend(extras, lang).into_iter();
    messages
        .map(|(message, words)| (mark(message), words))
        .chain([(lost, lang.text().legend_lost)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{raft::Role, sim::Action, ui::run::player::Player};

    #[test]
    fn what_a_pre_candidate_is_promised_is_no_vote() {
        let mut player = Player::default();
        let mut rules = player.rules();
        rules.pre_vote = true;
        player.act(Action::set_rules(rules)).unwrap();
        let asking = loop {
            player.step();
            let view = ClusterView::of(&player);
            let asks = |server: &&ServerView| server.role == Role::PreCandidate && server.votes.len() > 1;
            if let Some(server) = view.servers.iter().find(asks) {
                break server.clone();
            }
        };
        let [en, pt] = [Lang::En, Lang::Pt].map(|lang| lang.server_name(&asking));
        assert!(en.ends_with("pre-candidate, term 0, 2 of 3 pre-votes"), "{en}");
        assert!(pt.ends_with("pre-candidate, term 0, 2 de 3 pre-votes"), "{pt}");
    }
}

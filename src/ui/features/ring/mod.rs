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
pub mod signs;
mod text;

use std::rc::Rc;

use yew::prelude::*;

use self::{
    ballots::over_server,
    edges::{EdgeHits, Edges},
    marks::Marks,
    painter::Moving,
    server::{Pointed, ServerMark},
    signs::{Signs, ViewSigns},
};
use crate::{
    raft::{NodeId, NodeSet},
    sim::{EventId, MessageId},
    ui::{
        intent::Intent,
        kit::nodes::Nodes,
        run::view::{ClusterView, Extras, ServerView},
        svg::{drawing::LOST, legend::in_legend, number::fixed, ring::geometry::Geometry},
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
    /// Where things are in it.
    pub geometry: Geometry,
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
    /// What draws what the ring shows only at times.
    #[prop_or_default]
    pub signs: ViewSigns,
    /// Receives what the reader clicks.
    pub emit: Callback<Intent>,
}

/// The drawing.
#[component]
pub fn Ring(props: &RingProps) -> Html {
    let geometry = props.geometry;
    let (width, height) = geometry.size();
    let pointed = use_state_eq(|| None::<Pointed>);
    let onpoint = {
        let pointed = pointed.clone();
        Callback::from(move |now| pointed.set(now))
    };
    let next = props.view.next_timeouts();
    let leader = props.view.leader().filter(|_| props.is_new).map(|leader| leader.id);
    let Signs {
        groups,
        lit,
        outlines,
        badges,
        own_links,
    } = props.signs.0.map(|view| view(props, &geometry)).unwrap_or_default();
    html! {
        <svg
            id={props.id}
            class={classes!("ring", geometry.compact.then_some("compact"), (height > width).then_some("tall"), geometry.crowded().then_some("crowded"), geometry.low.then_some("low"))}
            viewBox={format!("0 0 {} {}", fixed(width), fixed(height))}
            role="group"
            tabindex="-1"
            aria-label={props.lang.text().ring}
        >
            if props.id == MAIN {
                <desc id={server::KEYS}>{ props.lang.ring_text().keys }</desc>
            }
            { groups }
            <Edges {geometry} links={props.view.links} up={props.view.servers.iter().map(ServerView::is_up).collect::<Vec<_>>()} />
            { lit }
            { for props.view.servers.iter().map(|server| html! {
                <ServerMark
                    key={server.id.index()} server={server.clone()} {geometry} lang={props.lang} named={props.id == MAIN} nodes={props.nodes.clone()}
                    scale={props.view.longest_timeout} is_next={next.contains(server.id)} is_hinted={leader == Some(server.id)}
                    onpoint={onpoint.clone()} emit={&props.emit}
                />
            }) }
            { for props.view.servers.iter().map(|server| over_server(server, &geometry, props.view.logs_differ, leader == Some(server.id), props.lang)) }
            { outlines }
            if props.id == MAIN {
                <EdgeHits {geometry} size={props.view.servers.len()} links={props.view.links} own={own_links} lang={props.lang} emit={&props.emit} />
            }
            <Marks flights={props.view.flights.clone()} lost={props.view.lost.clone()} taken={props.taken} lit={props.lit_events.clone()} {geometry} nodes={props.nodes.clone()} emit={&props.emit} />
            { badges }
            if let Some(pointed) = *pointed {
                { for props.view.servers.get(pointed.server.index()).map(|server| what_a_press_does(server, pointed.by_key, &geometry, props.lang)) }
            }
        </svg>
    }
}

/// In the corner, where nothing else is: what a press on the server does that is pointed at, and why it is hollow.
fn what_a_press_does(server: &ServerView, by_key: bool, geometry: &Geometry, lang: Lang) -> Html {
    let text = lang.ring_text();
    let (first, second, third) = if geometry.compact {
        ("14", "29", "44")
    } else {
        ("18", "38", "58")
    };
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
            if let Some(why) = why_hollow(server, lang).filter(|_| !geometry.crowded()) {
                <text x="4" y={third}>{ why }</text>
            }
        </g>
    }
}

/// What it means that a server is drawn hollow that acts as leader, and that it is called stale.
fn why_hollow(server: &ServerView, lang: Lang) -> Option<&'static str> {
    let text = lang.ring_text();
    match server.is_stale() {
        true if server.is_overtaken => Some(text.is_stale),
        true if server.runs() => Some(text.reaches_few),
        _ => None,
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
    use crate::{
        raft::Role,
        scenario::{Scenario, ScenarioId},
        sim::{Action, Micros},
        ui::run::player::Player,
    };

    /// The words at a server are "leader" until a newer term has begun, and "stale leader" since then; pointing at it explains each.
    #[test]
    fn a_leader_without_a_majority_is_explained() {
        let mut player = Player::new(Scenario::new(ScenarioId::MinorityLeader));
        for (millis, standing, why) in [
            (290, "leader", None),
            (400, "leader", Some("Reaches no majority")),
            (700, "stale leader", Some("A newer term began")),
        ] {
            player.seek(Micros::from_millis(millis));
            let view = ClusterView::of(&player);
            let server = &view.servers[0];
            assert_eq!(
                (Lang::En.standing(server), why_hollow(server, Lang::En)),
                (standing, why),
                "{millis}"
            );
        }
    }

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

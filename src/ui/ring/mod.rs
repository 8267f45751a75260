//! The cluster as a ring of servers with messages between them.

pub mod geometry;
mod marks;
pub mod menu;
pub mod painter;
mod server;

use std::rc::Rc;

use yew::prelude::*;

use self::{geometry::Geometry, marks::Marks, server::ServerMark};
use super::{
    compare::outlines,
    message::Msg,
    text::Lang,
    view::{ClusterView, ServerView},
};
use crate::raft::{LogPosition, Message, NodeId, NodeSet, Term};

/// The name of the ring that can be acted on.
pub const MAIN: &str = "ring";

/// What the ring needs.
#[derive(Clone, PartialEq, Properties)]
pub struct RingProps {
    /// The cluster now.
    pub view: Rc<ClusterView>,
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
    /// Where clicks go.
    pub emit: Callback<Msg>,
}

/// The drawing.
#[component]
pub fn Ring(props: &RingProps) -> Html {
    let geometry = Geometry::new(props.view.servers.len(), props.compact);
    let (width, height) = geometry.size();
    html! {
        <svg
            id={props.id}
            class={classes!("ring", props.compact.then_some("compact"))}
            viewBox={format!("0 0 {width} {height}")}
            role="group"
            aria-label={props.lang.text().ring}
        >
            <Edges {geometry} up={props.view.servers.iter().map(ServerView::is_up).collect::<Vec<_>>()} />
            { for props.view.servers.iter().map(|server| html! {
                <ServerMark key={server.id.index()} server={server.clone()} {geometry} lang={props.lang} named={props.id == MAIN} emit={&props.emit} />
            }) }
            if !props.differing.is_empty() {
                { outlines(props.differing, &geometry) }
            }
            <Marks flights={props.view.flights.clone()} lost={props.view.lost.clone()} {geometry} />
        </svg>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct EdgesProps {
    geometry: Geometry,
    up: Vec<bool>,
}

/// A line between every two servers; dashed where one of them is down.
#[component]
fn Edges(props: &EdgesProps) -> Html {
    let pairs =
        NodeId::all(props.up.len()).flat_map(|a| (a.index() + 1..props.up.len()).map(move |b| (a, NodeId::new(b))));
    html! {
        <g class="edges" aria-hidden="true">
            { for pairs.map(|(a, b)| {
                let (from, to) = (props.geometry.server(a), props.geometry.server(b));
                let down = !(props.up[a.index()] && props.up[b.index()]);
                html! {
                    <line
                        class={classes!("edge", down.then_some("down"))}
                        x1={fixed(from.x)} y1={fixed(from.y)} x2={fixed(to.x)} y2={fixed(to.y)}
                    />
                }
            }) }
        </g>
    }
}

/// Each mark with its meaning.
pub(super) fn marks_legend(lang: Lang) -> [(Html, &'static str); 6] {
    let text = lang.text();
    let term = Term::ZERO;
    let mark = |message| marks::shape(message, String::new());
    let reply = |vote_granted| mark(Message::RequestVoteReply { term, vote_granted });
    [
        (
            mark(Message::RequestVote {
                term,
                last_log: LogPosition::default(),
            }),
            text.legend_request,
        ),
        (reply(true), text.legend_granted),
        (reply(false), text.legend_refused),
        (mark(Message::AppendEntries { term }), text.legend_heartbeat),
        (
            mark(Message::AppendEntriesReply { term, success: true }),
            text.legend_reply,
        ),
        (
            html! { <path class="lost" d="M-6 -6L6 6M6 -6L-6 6" /> },
            text.legend_lost,
        ),
    ]
}

/// A coordinate with one decimal, as an attribute. By way of integers: formatting floats would add 15 KB to the page.
pub(super) fn fixed(value: f64) -> String {
    decimal(value * 10.0, 10)
}

/// A share with two decimals, as an attribute.
pub(super) fn hundredths(value: f64) -> String {
    decimal(value * 100.0, 100)
}

#[expect(clippy::cast_possible_truncation, reason = "coordinates are small")]
fn decimal(scaled: f64, scale: i32) -> String {
    let rounded = (scaled + if scaled < 0.0 { -0.5 } else { 0.5 }) as i32;
    let sign = if rounded < 0 { "-" } else { "" };
    let (whole, rest) = (rounded.abs() / scale, rounded.abs() % scale);
    let digits = if scale == 10 { 1 } else { 2 };
    format!("{sign}{whole}.{rest:0digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_rounded_and_signed() {
        assert_eq!(fixed(12.34), "12.3");
        assert_eq!(fixed(-0.06), "-0.1");
        assert_eq!(fixed(-0.04), "0.0");
        assert_eq!(hundredths(0.307), "0.31");
        assert_eq!(hundredths(-1.0), "-1.00");
    }
}

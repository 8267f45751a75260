//! The run as a whole: a lane for each server that shows what it was, with terms and what is worth going to above. One can
//! go closer until single messages are seen.
//!
//! What is drawn is bounded by the width of the lanes, not by what happened, and is drawn anew only when the run or the window
//! has changed: an hour of virtual time costs no more than a second. Time moves over it by the [`painter`], without a render.

pub mod painter;
mod pointer;
pub mod state;
mod text;
mod tools;
pub mod zoom;

use yew::prelude::*;

use self::{painter::LaneNodes, pointer::Hold, tools::Tools, zoom::ZoomMove};
use crate::{
    raft::{Message, NodeId, Role},
    sim::{EventId, Micros, Standing},
    ui::{
        intent::Intent,
        run::handle::PlayerRef,
        svg::{
            message::lost_at,
            number::{fixed, hundredths},
            timeline::{
                marks::Shape,
                scene::{self, Bar, Details, Flight, Spot, Start, Vote},
                window::{Place, Window, percent},
            },
        },
        text::Lang,
    },
};

/// What the timeline needs. Where time stands in it is the painter's.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// Whose run.
    pub player: PlayerRef,
    /// Its epoch, how often its roles has changed, and, where details are in sight, what has happened.
    pub version: (u64, u64, u64),
    /// What the lanes show.
    pub window: Window,
    /// Whether that is only a part of the run.
    pub close: bool,
    /// Servers in the cluster.
    pub size: usize,
    /// The event that is selected.
    pub selected: Option<EventId>,
    /// What led to it: when, and where.
    pub lit: Vec<(Micros, NodeId)>,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// What its painter moves.
    pub nodes: LaneNodes,
    /// Where clicks go.
    pub emit: Callback<Intent>,
    /// Where it is said that another part of the run is to be in sight.
    pub zoom: Callback<ZoomMove>,
}

const LANE: u32 = 12;
/// Height of the lanes at most, in pixels.
const HIGHEST: u32 = 90;
/// Height of the marks above them, in pixels.
const MARKS: u32 = 27;
/// The middle of the row of marks.
const MARKS_MIDDLE: u32 = 19;

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    html! {
        <div class="timeline-box">
            <Tools player={props.player.clone()} close={props.close} lang={props.lang} emit={&props.emit} zoom={&props.zoom} />
            { view_marks(props) }
            <div class="timeline">
                <div class="lane-names" aria-hidden="true">
                    { for NodeId::all(props.size).map(|id| html! { <span>{ id.to_string() }</span> }) }
                </div>
                <Lanes ..props.clone() />
            </div>
        </div>
    }
}

/// Terms and marks. By keyboard one jumps from mark to mark, so these are for the pointer and for the eye.
fn view_marks(props: &TimelineProps) -> Html {
    // Room for a mark and for the number of a term, on the narrowest screen and on others.
    let (mark_apart, term_apart) = if props.compact { (350, 1900) } else { (90, 560) };
    let player = props.player.0.borrow();
    let roles = player.history().roles();
    let starts = scene::starts(roles, props.window, term_apart);
    let spots = scene::spots(roles, props.window, mark_apart);
    html! {
        <svg class="lane-marks" height={MARKS.to_string()} aria-hidden="true" onpointerdown={pointer::pick(&props.emit)}>
            { for starts.iter().filter(|start| start.labelled).map(|start| html! {
                <text class="term-label" x={percent(start.at)} y="9">{ format!("term {}", start.term) }</text>
            }) }
            { for spots.iter().map(|spot| view_spot(props, spot)) }
        </svg>
    }
}

fn view_spot(props: &TimelineProps, spot: &Spot) -> Html {
    let Shape { path, size, class, .. } = Shape::of(spot.mark.kind);
    let selected = (props.selected == Some(spot.mark.event)).then_some("on");
    html! {
        <svg class={classes!("lane-mark", selected)} x={percent(spot.at)} y={MARKS_MIDDLE.to_string()} overflow="visible" data-event={spot.mark.event.0.to_string()} data-at={spot.mark.at.0.to_string()}>
            <title>{ props.lang.mark(&spot.mark, spot.others) }</title>
            <rect class="mark-hit" x="-7" y="-8" width="14" height="16" rx="4" />
            <path {class} d={path} transform={format!("scale({})", hundredths(size))} />
        </svg>
    }
}

/// The lanes themselves.
#[component]
fn Lanes(props: &TimelineProps) -> Html {
    let TimelineProps { window, size, .. } = *props;
    let node = use_node_ref();
    let hold = use_mut_ref(Hold::default);
    {
        let (node, zoom) = (node.clone(), props.zoom.clone());
        use_effect_with((), move |()| pointer::listen_to_wheel(&node, &zoom));
    }
    let player = props.player.0.borrow();
    let roles = player.history().roles();
    let lane = HIGHEST.min(LANE * u32::try_from(size).unwrap_or(1)) / u32::try_from(size.max(1)).unwrap_or(1);
    let height = (lane * u32::try_from(size).unwrap_or(0)).to_string();
    let rows = Rows { lane: f64::from(lane) };
    let details = if props.close {
        Details::of(player.history().trace(), window)
    } else {
        Details::default()
    };
    let label = props.lang.text().timeline;
    let [down, moved] = [true, false].map(|down| pointer::drag(&props.emit, &props.zoom, &hold, window, down));
    html! {
        <svg
            ref={node} id="lanes" class="lanes" height={height.clone()} role="img" aria-label={label}
            onpointerdown={down} onpointermove={moved}
        >
            { for NodeId::all(size).map(|id| html! {
                <g>{ for scene::bars(roles, id, window).iter().map(|bar| view_bar(bar, id, rows)) }</g>
            }) }
            { for scene::starts(roles, window, 0).iter().map(|start| view_start(start, &height)) }
            { for details.flights.iter().map(|flight| view_flight(props, flight, rows)) }
            { for details.votes.iter().map(|vote| view_vote(props, vote, rows)) }
            { for view_lit(props, rows) }
            // What has not happened yet is covered; the painter moves the cover and the head.
            <rect ref={&props.nodes.future} class="lanes-future" x="0" y="0" width="100%" height={height.clone()} />
            <svg ref={&props.nodes.head} x="0" y="0" overflow="visible"><line class="lanes-head" x1="0" x2="0" y1="0" y2={height} /></svg>
        </svg>
    }
}

/// Where lanes are.
#[derive(Clone, Copy)]
struct Rows {
    /// Height of one, in pixels.
    lane: f64,
}

impl Rows {
    #[expect(clippy::cast_precision_loss, reason = "at most nine")]
    fn middle(self, server: NodeId) -> f64 {
        (server.index() as f64 + 0.5) * self.lane
    }
}

fn view_bar(bar: &Bar, server: NodeId, rows: Rows) -> Html {
    let Some((class, share)) = look(bar.standing) else {
        return html! {};
    };
    let height = rows.lane * share;
    html! {
        <rect {class} x={percent(bar.from)} y={fixed(rows.middle(server) - height / 2.0)} width={percent(bar.to - bar.from)} height={fixed(height)} />
    }
}

/// Followers are a thin line, candidates a wider one, leaders as wide as the lane; where a server is down there is nothing.
const fn look(standing: Standing) -> Option<(&'static str, f64)> {
    match standing {
        Standing::Down => None,
        Standing::Paused => Some(("lane-paused", 0.17)),
        Standing::Runs(Role::Follower) => Some(("lane-follower", 0.33)),
        Standing::Runs(Role::PreCandidate) => Some(("lane-candidate pre", 0.5)),
        Standing::Runs(Role::Candidate) => Some(("lane-candidate", 0.67)),
        Standing::Stale => Some(("lane-stale", 0.84)),
        Standing::Runs(Role::Leader) => Some(("lane-leader", 0.84)),
        Standing::Unsafe => Some(("lane-unsafe", 0.84)),
    }
}

fn view_start(start: &Start, height: &str) -> Html {
    let x = percent(start.at);
    html! { <line class="term-start" x1={x.clone()} x2={x} y1="0" y2={height.to_owned()} /> }
}

fn view_flight(props: &TimelineProps, flight: &Flight, rows: Rows) -> Html {
    let class = match flight.message {
        Message::RequestVote { .. }
        | Message::RequestVoteReply { .. }
        | Message::PreVote { .. }
        | Message::PreVoteReply { .. } => "lane-message vote",
        Message::AppendEntries { .. } | Message::TimeoutNow { .. } => "lane-message beat",
        Message::AppendEntriesReply { .. } => "lane-message",
    };
    let ((x1, from), (x2, to)) = (flight.sent, flight.ended);
    let (y1, y2) = (rows.middle(from), rows.middle(to));
    let end = flight.lost.map_or(1.0, lost_at);
    #[expect(clippy::cast_possible_truncation, reason = "a place in the lanes")]
    let (x2, y2) = (x1 + (f64::from(x2 - x1) * end) as Place, y1 + (y2 - y1) * end);
    let selected = (props.selected == Some(flight.event)).then_some("on");
    html! {
        <g class={classes!(class, selected)} data-event={flight.event.0.to_string()} data-at={flight.ended_at.0.to_string()}>
            <line x1={percent(x1)} y1={fixed(y1)} x2={percent(x2)} y2={fixed(y2)} />
            if flight.lost.is_some() {
                <svg x={percent(x2)} y={fixed(y2)} overflow="visible"><path class="lane-lost" d="M-3 -3L3 3M3 -3L-3 3" /></svg>
            }
        </g>
    }
}

fn view_vote(props: &TimelineProps, vote: &Vote, rows: Rows) -> Html {
    let selected = (props.selected == Some(vote.event)).then_some("on");
    html! {
        <svg class={classes!("lane-vote", selected)} x={percent(vote.at)} y={fixed(rows.middle(vote.voter))} overflow="visible" data-event={vote.event.0.to_string()} data-at={vote.when.0.to_string()}>
            <title>{ props.lang.vote_given(vote.voter, vote.candidate, vote.term) }</title>
            <path d="M0 -4L3.500 -2V2L0 4L-3.500 2V-2Z" />
        </svg>
    }
}

/// What led to what is selected, and that itself.
fn view_lit(props: &TimelineProps, rows: Rows) -> Vec<Html> {
    let player = props.player.0.borrow();
    let event = props.selected.and_then(|id| player.history().trace().get(id));
    let selected = event.and_then(|event| Some((event.at, event.server?)));
    let lit = props.lit.iter().map(|place| (*place, "lane-lit"));
    let all = lit.chain(selected.map(|place| (place, "lane-selected")));
    let seen = all.filter(|((at, _), _)| props.window.contains(*at));
    seen.map(|((at, server), class)| {
        html! {
            <circle {class} cx={percent(props.window.place(at))} cy={fixed(rows.middle(server))} r="5" />
        }
    })
    .collect()
}

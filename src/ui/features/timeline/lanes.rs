//! What is drawn in the lanes: the axis, the roles, terms, marks, and close up single messages and votes.

use yew::prelude::*;

use crate::{
    raft::{Message, NodeId},
    sim::{EventId, History, Micros, RoleTimeline},
    ui::{
        features::timeline::{
            plan::{LanePlan, TimelineProps},
            pointer::pick,
        },
        svg::{
            message::lost_at,
            number::fixed,
            point::point,
            timeline::{
                axis::{self, Tick},
                lanes::{Rows, Strip, strips},
                marks::Shape,
                scene::{self, Details, Flight, Spot, Vote},
                window::{Place, Window, percent},
            },
        },
    },
};

/// A message that was lost.
pub(super) const LOST: &str = "M-3 -3L3 3M3 -3L-3 3";

/// A branch whose lanes are shown.
pub struct Branch<'a> {
    /// The branch that can be acted on is the first.
    pub index: usize,
    /// What it is called, if there are two.
    pub name: Option<AttrValue>,
    /// What happened in it.
    pub history: &'a History,
    /// How far below the top what is said of it begins.
    pub above: u32,
}

/// What stands before the lanes.
pub fn names(size: usize, plan: LanePlan, branches: &[Branch]) -> Html {
    let height = (plan.bottom - plan.top).to_string();
    let name = |branch: &Branch, id: NodeId| {
        let y = f64::from(branch.above - plan.top + plan.head) + plan.rows().middle(id);
        html! { <text x="0" y={fixed(y)} dominant-baseline="central">{ id.to_string() }</text> }
    };
    // Lower than this, they are read in the ring.
    const LOWEST: u32 = 8;
    if plan.lane < LOWEST {
        return html! { <span /> };
    }
    html! {
        <svg class="lane-names" {height} font-size={plan.lane.min(11).to_string()} aria-hidden="true">
            { for branches.iter().flat_map(|branch| NodeId::all(size).map(move |id| name(branch, id))) }
        </svg>
    }
}

/// What is drawn for another window is another element: it is where it has to be also before the painter has seen it, which
/// may be a frame later.
fn drawn(window: Window) -> String {
    format!("{} {}", window.from.0, window.span.0)
}

fn ticks(props: &TimelineProps) -> impl Iterator<Item = Tick> {
    let most = if props.compact { 4 } else { 10 };
    axis::ticks(props.window, most, props.lang)
}

/// What the lines of the axis stand for; not at its end, where there is no room for it.
fn tick_labels(props: &TimelineProps) -> Html {
    let room = if props.compact { 1500 } else { 500 };
    let seen = ticks(props).filter(|tick| tick.place < Window::WIDTH - room);
    html! {
        { for seen.map(|tick| html! {
            <svg x={percent(tick.place)} y="0" overflow="visible"><text class="tick-label" x="4" y="15">{ tick.label }</text></svg>
        }) }
    }
}

/// Round instants, and where terms begin: lines below the lanes.
pub fn grid(props: &TimelineProps, plan: LanePlan, branches: &[Branch]) -> Html {
    let bottom = plan.bottom.to_string();
    html! {
        <svg key={drawn(props.window)} ref={&props.nodes.layers[0]} class="lane-grid" height={bottom.clone()} aria-hidden="true">
            { for ticks(props).map(|tick| {
                let x = percent(tick.place);
                html! { <line class="tick" x1={x.clone()} x2={x} y1="0" y2={bottom.clone()} /> }
            }) }
            { for branches.iter().map(|branch| view_starts(props, plan, branch)) }
        </svg>
    }
}

/// Where terms begin in a branch.
fn view_starts(props: &TimelineProps, plan: LanePlan, branch: &Branch) -> Html {
    let upper = branch.above + plan.head;
    let [y1, y2] = [upper, upper + plan.lanes(props.size)].map(|y| y.to_string());
    html! {
        <g key={branch.index}>
            { for scene::starts(branch.history.roles(), props.window, 0).iter().map(|start| {
                let x = percent(start.at);
                html! { <line class="term-start" x1={x.clone()} x2={x} y1={y1.clone()} y2={y2.clone()} /> }
            }) }
        </g>
    }
}

/// What the servers were: of each branch as far as it has run.
pub fn bars(props: &TimelineProps, plan: LanePlan, branches: &[Branch]) -> Html {
    let lanes = |branch: &Branch| {
        let nodes = &props.nodes.lanes[branch.index];
        let height = plan.lanes(props.size);
        html! {
            <div key={branch.index}>
                if let Some(name) = &branch.name {
                    <div class="lane-branch">{ name }</div>
                }
                <div ref={&nodes.played} class="played">
                    <svg key={drawn(props.window)} ref={&nodes.lanes} class="lanes" height={height.to_string()} aria-hidden="true">
                        { for NodeId::all(props.size).map(|id| view_lane(branch.history.roles(), id, props, plan.rows())) }
                    </svg>
                    <div key="later" ref={&nodes.later} class="later" />
                </div>
            </div>
        }
    };
    html! {
        <div class="all-lanes">{ for branches.iter().map(lanes) }</div>
    }
}

fn view_lane(roles: &RoleTimeline, server: NodeId, props: &TimelineProps, rows: Rows) -> Html {
    html! { <g>{ for strips(roles, server, props.window, rows).map(|strip| view_strip(&strip)) }</g> }
}

fn view_strip(strip: &Strip) -> Html {
    html! {
        <rect
            class={strip.look.class()} x={percent(strip.from)} y={fixed(strip.y)}
            width={percent(strip.to - strip.from)} height={fixed(strip.height)}
        />
    }
}

/// What lies upon the lanes: what is worth going to, and what is only seen close up.
pub fn marks(props: &TimelineProps, plan: LanePlan, branches: &[Branch]) -> Html {
    html! {
        <svg key={drawn(props.window)} ref={&props.nodes.layers[1]} class="lane-marks" height={plan.bottom.to_string()} aria-hidden="true">
            { tick_labels(props) }
            { for branches.iter().map(|branch| view_upon(props, plan, branch)) }
        </svg>
    }
}

/// What lies upon the lanes of one branch. Only of the branch that can be acted on is an event selected by what was hit: the other's
/// events have numbers of their own.
fn view_upon(props: &TimelineProps, plan: LanePlan, branch: &Branch) -> Html {
    let (history, is_here, rows) = (branch.history, branch.index == 0, plan.rows());
    let details = if props.close {
        Details::of(history.trace(), props.window)
    } else {
        Details::default()
    };
    html! {
        <g key={branch.index} transform={format!("translate(0 {})", branch.above)}>
            if plan.head > 0 {
                { view_marks(props, history.roles(), is_here) }
            }
            <g transform={format!("translate(0 {})", plan.head)}>
                { for details.flights.iter().map(|flight| view_flight(props, flight, rows, is_here)) }
                { for details.votes.iter().map(|vote| view_vote(props, vote, rows, is_here)) }
                if is_here {
                    { for view_lit(props, history, rows) }
                }
            </g>
        </g>
    }
}

/// What was hit is gone to and selected, where that can be; else the page goes where the pointer is.
fn hit(
    props: &TimelineProps,
    event: Option<EventId>,
    at: Micros,
    is_here: bool,
) -> (Option<&'static str>, Option<Callback<PointerEvent>>) {
    let selected = (is_here && event.is_some() && props.selected == event).then_some("on");
    (selected, is_here.then(|| pick(&props.emit, event, at)))
}

/// Terms and marks. By keyboard one jumps from mark to mark, so these are for the pointer and for the eye.
fn view_marks(props: &TimelineProps, roles: &RoleTimeline, is_here: bool) -> Html {
    // Room for a mark and for the number of a term, which has none beside the name of a branch on a phone.
    const TERMS_APART: Place = 560;
    let marks_apart = if props.compact { 450 } else { 130 };
    let starts = scene::starts(roles, props.window, TERMS_APART);
    html! {
        <>
            { for starts.iter().filter(|start| start.labelled && !props.slim).map(|start| html! {
                <text class="term-label" x={percent(start.at)} y="9">{ format!("term {}", start.term) }</text>
            }) }
            { for scene::spots(roles, props.window, marks_apart).iter().map(|spot| view_spot(props, spot, is_here)) }
        </>
    }
}

fn view_spot(props: &TimelineProps, spot: &Spot, is_here: bool) -> Html {
    let mark = spot.mark;
    // What ends split votes has not happened yet where they are seen.
    let event = Some(mark.event).filter(|_| mark.seen_at == mark.at);
    let (selected, down) = hit(props, event, mark.seen_at, is_here);
    html! {
        <svg class={classes!("lane-mark", selected)} x={percent(spot.at)} y="19" overflow="visible" onpointerdown={down}>
            <title>{ props.lang.mark(&mark, spot.others, props.deeds) }</title>
            <rect class="mark-hit" x="-7" y="-8" width="14" height="16" rx="4" />
            { Shape::of(mark.kind).at(point(0.0, 0.0)).html() }
        </svg>
    }
}

fn view_flight(props: &TimelineProps, flight: &Flight, rows: Rows, is_here: bool) -> Html {
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
    let (selected, down) = hit(props, Some(flight.event), flight.ended_at, is_here);
    html! {
        <g class={classes!(class, selected)} onpointerdown={down}>
            <line x1={percent(x1)} y1={fixed(y1)} x2={percent(x2)} y2={fixed(y2)} />
            if flight.lost.is_some() {
                <svg x={percent(x2)} y={fixed(y2)} overflow="visible"><path class="lane-lost" d={LOST} /></svg>
            }
        </g>
    }
}

fn view_vote(props: &TimelineProps, vote: &Vote, rows: Rows, is_here: bool) -> Html {
    let (selected, down) = hit(props, Some(vote.event), vote.when, is_here);
    html! {
        <svg class={classes!("lane-vote", selected)} x={percent(vote.at)} y={fixed(rows.middle(vote.voter))} overflow="visible" onpointerdown={down}>
            <title>{ props.lang.vote_given(vote.voter, vote.candidate, vote.term) }</title>
            <path d="M0 -4L3.500 -2V2L0 4L-3.500 2V-2Z" />
        </svg>
    }
}

/// What led to what is selected, and that itself.
fn view_lit(props: &TimelineProps, history: &History, rows: Rows) -> Vec<Html> {
    let event = props.selected.and_then(|id| history.trace().get(id));
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

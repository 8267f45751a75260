//! Messages on their way, told apart by shape. The painter moves them.

use yew::prelude::*;

use crate::{
    raft::Message,
    sim::{EventId, InFlight, MessageId},
    ui::{
        intent::Intent,
        kit::emit::maybe,
        run::view::LostView,
        svg::{
            drawing::TIMEOUT_NOW,
            number::{fixed, hundredths},
            ring::geometry::Geometry,
        },
    },
};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct MarksProps {
    pub(super) flights: Vec<InFlight>,
    pub(super) lost: Vec<LostView>,
    pub(super) taken: Option<MessageId>,
    /// Events that are lit, in order; a message is lit if its sending is.
    pub(super) lit: Vec<EventId>,
    pub(super) geometry: Geometry,
    pub(super) emit: Callback<Intent>,
}

#[component]
pub(super) fn Marks(props: &MarksProps) -> Html {
    html! {
        <g class="marks" aria-hidden="true">
            { for props.lost.iter().map(|lost| cross(*lost, &props.geometry)) }
            { for props.flights.iter().map(|flight| mark(props, flight)) }
        </g>
    }
}

/// Where a message ended. Its opacity is the painter's.
fn cross(lost: LostView, geometry: &Geometry) -> Html {
    let way = geometry.way(lost.from, lost.to);
    let place = way.start.toward(way.end, if lost.on_the_way { 0.5 } else { 1.0 });
    html! {
        <path
            key={format!("lost-{}", lost.event)}
            class="lost"
            data-lost=""
            transform={format!("translate({} {})", fixed(place.x), fixed(place.y))}
            d="M-6 -6L6 6M6 -6L-6 6"
        />
    }
}

/// Only what points somewhere is turned into its direction; a check mark stays upright.
fn mark(props: &MarksProps, flight: &InFlight) -> Html {
    let id = flight.id;
    let taken = props.taken == Some(id);
    let lit = props.lit.binary_search(&flight.sent).is_ok();
    // As it is pressed: when it is let go, the mark may have moved on.
    let onpointerdown = maybe(&props.emit, move |event: PointerEvent| {
        (event.button() == 0).then_some(Intent::TakeMessage(Some(id)))
    });
    // The press gives the focus to what is said about the message, so it must not give it to what was pressed.
    let onmousedown = |event: MouseEvent| event.prevent_default();
    // 24 pixels on every screen that is wide enough for the wide ring.
    let reach = if props.geometry.compact { "13" } else { "20" };
    let way = props.geometry.way(flight.from(), flight.to());
    let (x, y) = (hundredths(way.direction.x), hundredths(way.direction.y));
    let turn = format!("matrix({x} {y} {} {x} 0 0)", hundredths(-way.direction.y));
    html! {
        <g key={flight.sent.0.to_string()} class={classes!("flight", taken.then_some("taken"), lit.then_some("lit"))} data-flight="" transform="translate(-99 -99)" {onpointerdown} {onmousedown}>
            <circle class="flight-hit" r={reach} />
            { shape(flight.message, turn) }
        </g>
    }
}

/// The shape of a message; also used by the legend.
pub(in crate::ui) fn shape(message: Message, turn: String) -> Html {
    match message {
        Message::RequestVote { .. } => html! { <path class="request" d="M-8 0L0 -8L8 0L0 8Z" /> },
        Message::PreVote { .. } => html! { <path class="request pre" d="M-8 0L0 -8L8 0L0 8Z" /> },
        Message::PreVoteReply { vote_granted: true, .. } => html! {
            <>
                <circle class="granted pre" r="8" />
                <path class="granted-check pre" d="M-3.6 0.2L-1 2.9L3.8 -2.8" />
            </>
        },
        Message::TimeoutNow { .. } => html! { <path class="heartbeat" transform={turn} d={TIMEOUT_NOW} /> },
        Message::RequestVoteReply { vote_granted: true, .. } => html! {
            <>
                <circle class="granted" r="8" />
                <path class="granted-check" d="M-3.6 0.2L-1 2.9L3.8 -2.8" />
            </>
        },
        Message::RequestVoteReply {
            vote_granted: false, ..
        }
        | Message::PreVoteReply {
            vote_granted: false, ..
        } => html! {
            <>
                <rect class="refused" x="-7" y="-7" width="14" height="14" rx="2" />
                <path class="refused-cross" d="M-3 -3L3 3M3 -3L-3 3" />
            </>
        },
        Message::AppendEntries { .. } => {
            html! { <path class="heartbeat" transform={turn} d="M-9 -5.5H3.5L10 0L3.5 5.5H-9Z" /> }
        }
        Message::AppendEntriesReply { .. } => {
            html! { <path class="heartbeat-reply" transform={turn} d="M-6 -4.5H2L7 0L2 4.5H-6Z" /> }
        }
    }
}

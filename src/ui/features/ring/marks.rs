//! Messages on their way, told apart by shape. The painter moves them.

use yew::prelude::*;

use crate::{
    raft::Message,
    sim::{EventId, InFlight, MessageId},
    ui::{
        features::ring::painter::Moving,
        intent::Intent,
        kit::{emit::maybe, nodes::Nodes},
        run::view::LostView,
        svg::{
            drawing::LOST,
            message::{Form, Ink, Part, lost_at, parts},
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
    pub(super) nodes: Nodes<Moving>,
    pub(super) emit: Callback<Intent>,
}

#[component]
pub(super) fn Marks(props: &MarksProps) -> Html {
    html! {
        <g class="marks" aria-hidden="true">
            { for props.lost.iter().map(|lost| cross(props, *lost)) }
            { for props.flights.iter().map(|flight| mark(props, flight)) }
        </g>
    }
}

/// Where a message ended. The painter shows it for a while.
fn cross(props: &MarksProps, lost: LostView) -> Html {
    let way = props.geometry.way(lost.from, lost.to);
    let place = way.start.toward(way.end, lost_at(lost.place));
    html! {
        <path
            key={format!("lost-{}", lost.event)}
            class="lost"
            ref={props.nodes.of(Moving::Lost(lost.event))}
            transform={format!("translate({} {})", fixed(place.x), fixed(place.y))}
            opacity="0"
            d={LOST}
        />
    }
}

/// Out of sight until the painter sends it on its way. Only what points somewhere is turned into its direction; a check mark stays
/// upright.
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
        <g key={flight.sent.0.to_string()} class={classes!("flight", taken.then_some("taken"), lit.then_some("lit"))} ref={props.nodes.of(Moving::Flight(id))} transform="translate(-99 -99)" {onpointerdown} {onmousedown}>
            <circle class="flight-hit" r={reach} />
            { shape(flight.message, &turn) }
        </g>
    }
}

/// The shape of a message, also in the legend.
pub(super) fn shape(message: Message, turn: &str) -> Html {
    let view = |(ink, form): &Part| {
        let class = class(*ink);
        match *form {
            Form::Circle(radius) => html! { <circle {class} r={fixed(radius)} /> },
            Form::Path(d) => html! { <path {class} {d} /> },
            Form::Arrow(d) => html! { <path {class} transform={turn.to_owned()} {d} /> },
        }
    };
    html! { { for parts(message).iter().map(view) } }
}

const fn class(ink: Ink) -> &'static str {
    match ink {
        Ink::Request => "request",
        Ink::PreRequest => "request pre",
        Ink::Granted => "granted",
        Ink::PreGranted => "granted pre",
        Ink::Check => "granted-check",
        Ink::PreCheck => "granted-check pre",
        Ink::Refused => "refused",
        Ink::RefusedCross => "refused-cross",
        Ink::Leader => "heartbeat",
        Ink::Reply => "heartbeat-reply",
    }
}

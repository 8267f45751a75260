//! A lane for each server: what it was over the whole run, by colour and by height, and when terms began.

use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::{emit::maybe, message::Msg, panels::PlayerRef, text::Lang};
use crate::{
    raft::{NodeId, Role},
    sim::{Chronicle, Micros, Standing},
};

/// What the lanes need. Where time stands in them is the painter's.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// Whose run.
    pub player: PlayerRef,
    /// Its epoch, and how often its chronicle has changed.
    pub version: (u64, u64),
    /// How much virtual time the lanes span.
    pub window: Micros,
    /// Servers in the cluster.
    pub size: usize,
    /// The language.
    pub lang: Lang,
    /// Where clicks go.
    pub emit: Callback<Msg>,
}

/// Width of the drawing; it is stretched to the width of its place.
pub const WIDTH: u32 = 1000;
const LANE: u32 = 12;
/// Height on screen at most, in pixels.
const HIGHEST: u32 = 90;

/// The lanes.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { window, size, .. } = *props;
    let player = props.player.0.borrow();
    let chronicle = player.history().chronicle();
    let height = LANE * u32::try_from(size).unwrap_or(0);
    let seek = move |event: PointerEvent| (event.buttons() & 1 == 1).then(|| Msg::Seek(pointed_at(&event, window)));
    html! {
        <div class="timeline">
            <div class="lane-names" aria-hidden="true">
                { for NodeId::all(size).map(|id| html! { <span>{ id.to_string() }</span> }) }
            </div>
            <svg
                class="lanes" height={height.min(HIGHEST).to_string()} viewBox={format!("0 0 {WIDTH} {height}")} preserveAspectRatio="none" role="img"
                aria-label={props.lang.text().timeline} onpointerdown={maybe(&props.emit, seek)} onpointermove={maybe(&props.emit, seek)}
            >
                { for (0u32..).zip(NodeId::all(size)).map(|(lane, id)| view_lane(chronicle, id, lane * LANE, window)) }
                { for term_starts(chronicle, window).map(|x| html! {
                    <line class="term-start" x1={x.to_string()} x2={x.to_string()} y1="0" y2={height.to_string()} />
                }) }
                // What has not happened yet is covered; the painter moves the cover and the head.
                <rect id="lanes-future" class="lanes-future" x="0" y="0" width={WIDTH.to_string()} height={height.to_string()} />
                <line id="lanes-head" class="lanes-head" x1="0" x2="0" y1="0" y2={height.to_string()} transform="translate(0 0)" />
            </svg>
        </div>
    }
}

/// Where an instant is in the drawing.
#[must_use]
pub fn x_of(at: Micros, window: Micros) -> u32 {
    let x = u128::from(at.0) * u128::from(WIDTH) / u128::from(window.0.max(1));
    u32::try_from(x).unwrap_or(WIDTH).min(WIDTH)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of the window"
)]
fn pointed_at(event: &PointerEvent, window: Micros) -> Micros {
    // Not the current target: Yew listens at the root of the page.
    let target: Element = event.target_unchecked_into();
    let lanes = target.closest(".lanes").ok().flatten().unwrap_or(target);
    let place = lanes.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
    Micros((share.clamp(0.0, 1.0) * window.0 as f64) as u64)
}

/// One server's stretches. What is narrower than the drawing can show is drawn as wide as it can.
fn view_lane(chronicle: &Chronicle, server: NodeId, top: u32, window: Micros) -> Html {
    let stretches: Vec<_> = chronicle.lane(server).copied().collect();
    let ends = stretches
        .iter()
        .skip(1)
        .map(|next| x_of(next.from, window))
        .chain([WIDTH]);
    let mut drawn_to = None;
    let rects = stretches.iter().zip(ends).filter_map(|(stretch, end)| {
        let x = x_of(stretch.from, window);
        // Of many within one unit the first stands for all, unless a leader is among them.
        let leads = stretch.standing == Standing::Runs(Role::Leader);
        if drawn_to == Some((x, end)) && !leads {
            return None;
        }
        drawn_to = Some((x, end));
        let (class, inset) = look(stretch.standing)?;
        Some(html! {
            <rect {class} x={x.to_string()} y={(top + inset).to_string()} width={end.saturating_sub(x).max(1).to_string()} height={(LANE - 2 * inset).to_string()} />
        })
    });
    html! { <g>{ for rects }</g> }
}

/// Followers are a thin line, candidates a wider one, leaders as wide as the lane; where a server is down there is nothing.
const fn look(standing: Standing) -> Option<(&'static str, u32)> {
    match standing {
        Standing::Down => None,
        Standing::Paused => Some(("lane-paused", 5)),
        Standing::Runs(Role::Follower) => Some(("lane-follower", 4)),
        Standing::Runs(Role::Candidate) => Some(("lane-candidate", 2)),
        Standing::Runs(Role::Leader) => Some(("lane-leader", 1)),
    }
}

/// Where terms begin, as far as they are apart.
fn term_starts(chronicle: &Chronicle, window: Micros) -> impl Iterator<Item = u32> {
    const APART: u32 = 4;
    let mut last = None::<u32>;
    chronicle.terms().filter_map(move |start| {
        let x = x_of(start.at, window);
        let apart = last.is_none_or(|last| x >= last + APART);
        apart.then(|| {
            last = Some(x);
            x
        })
    })
}

//! The lanes with the play head: layers upon each other, of which each moves by itself.

use yew::prelude::*;

use crate::{
    sim::{History, Micros},
    ui::{
        features::timeline::{
            lanes::{self, Branch},
            plan::{LanePlan, TimelineProps},
            pointer::{Hand, keep_focus_away},
            zoom::ZoomMove,
        },
        intent::Intent,
        kit::emit::value,
        run::{comparison::Comparison, player::Playback},
    },
};

/// The timeline.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let field = use_node_ref();
    let pointers = use_mut_ref(Default::default);
    let hand = Hand {
        field: field.clone(),
        nodes: props.nodes.clone(),
        pointers,
        player: props.player.clone(),
        lang: props.lang,
        emit: props.emit.clone(),
        zoom: props.zoom.clone(),
    };
    {
        let hand = hand.clone();
        use_effect_with(props.lang, move |_| hand.listen());
    }
    let player = props.player.0.borrow();
    let other = player.comparison().filter(|_| props.compared.is_some());
    let plan = LanePlan::new(props.size, props.slim, if other.is_some() { 2 } else { 1 });
    let branches = branches(props, plan, player.history(), other);
    let nodes = &props.nodes;
    nodes.drawn.set(props.window);
    html! {
        <div class="timeline">
            { lanes::names(props.size, plan, &branches) }
            <div
                ref={field} id="lanes" class="lanes-field" onmousedown={|event: MouseEvent| keep_focus_away(&event)}
                onpointerdown={hand.down()} onpointermove={hand.moved()} onpointerup={hand.up(true)} onpointercancel={hand.up(false)}
            >
                <div class="lanes-clip">{ lanes::grid(props, plan, &branches) }</div>
                { lanes::bars(props, plan, &branches) }
                { slider(props, hand) }
                // Below what is written upon the lanes: the head hides no word.
                <div class="head-room" aria-hidden="true">
                    <div ref={&nodes.head} class="lanes-head"><span class="knob" /></div>
                </div>
                <div class="lanes-clip upon">{ lanes::marks(props, plan, &branches) }</div>
                <div class="head-room" aria-hidden="true">
                    <div ref={&nodes.preview} class="lane-preview" hidden=true><span ref={&nodes.said} class="lane-said" /></div>
                    <div class="head-words"><span ref={&nodes.label} class="lane-said" /></div>
                </div>
                if let Some(view) = props.pins.view {
                    { view(&player, props.window, &nodes.layers[2], props.lang, &props.emit) }
                }
            </div>
        </div>
    }
}

/// The branches from top to bottom, the older one above.
fn branches<'a>(
    props: &TimelineProps,
    plan: LanePlan,
    here: &'a History,
    other: Option<&'a Comparison>,
) -> Vec<Branch<'a>> {
    let lower = plan.top + plan.head + plan.lanes(props.size);
    let of = |index: usize, history: &'a History, above: u32| Branch {
        index,
        name: props.compared.as_ref().map(|names| names[index].clone()),
        history,
        above,
    };
    match other {
        None => vec![of(0, here, plan.top)],
        Some(other) if other.there() < other.here() => {
            vec![of(1, other.history(), plan.top), of(0, here, lower)]
        }
        Some(other) => vec![of(0, here, plan.top), of(1, other.history(), lower)],
    }
}

/// The play head for the keyboard and for assistive technology. It lies over the lanes without being seen; its value is the
/// painter's.
fn slider(props: &TimelineProps, hand: Hand) -> Html {
    let emit = props.emit.clone();
    let oninput = Callback::from(move |event: InputEvent| {
        // While a pointer is down, the lanes say where to.
        if let Some(millis) = value(&event).parse().ok().filter(|_| !hand.is_down()) {
            emit.emit(Intent::Play(Playback::Seek(Micros::from_millis(millis))));
        }
    });
    let (zoom, emit, player) = (props.zoom.clone(), props.emit.clone(), props.player.clone());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        match event.key().as_str() {
            "+" | "=" => zoom.emit(ZoomMove::CLOSER),
            "-" => zoom.emit(ZoomMove::WIDER),
            // There is room for what is to come, in which nothing was played yet.
            "End" => {
                let end = player.0.borrow().history().end();
                emit.emit(Intent::Play(Playback::Seek(end)));
            }
            _ => return,
        }
        event.prevent_default();
    });
    html! {
        <input
            ref={&props.nodes.slider} id="time" class="time-slider" type="range" min="0" max="1" step="1"
            aria-label={props.lang.text().time} {oninput} {onkeydown}
        />
    }
}

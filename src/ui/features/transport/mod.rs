//! Time: play, step, reset, the clock, the speed, and the seed of the random choices.

mod text;

use yew::prelude::*;

use crate::sim::{BranchId, Micros};
use crate::ui::{
    intent::{Beginning, Intent},
    kit::{
        emit::{maybe, value},
        field::FieldError,
        icons,
    },
    run::{
        pace::{Mood, Pace, Tempo},
        player::{BranchChange, Playback},
        speed::Speed,
    },
    text::Lang,
};

/// What the transport needs. Where the time stands is the painter's.
#[derive(Clone, PartialEq, Properties)]
pub struct TransportProps {
    /// Whether time passes.
    pub playing: bool,
    /// What sets the speed: the run or the reader.
    pub pace: Pace,
    /// How fast it passes now.
    pub tempo: Tempo,
    /// Where the slider of the speed stands.
    pub speed: Speed,
    /// The seed of the run; `None` where the header shows it.
    pub seed: Option<u64>,
    /// Whether an earlier instant than the end is shown.
    pub in_the_past: bool,
    /// The current branch.
    pub branch: BranchId,
    /// All branches, each as the reader calls it.
    pub branches: Vec<(BranchId, String)>,
    /// The language.
    pub lang: Lang,
    /// The clock, for the painter.
    pub clock: NodeRef,
    /// Receives what the reader clicks.
    pub emit: Callback<Intent>,
}

/// The row below ring and panels.
#[component]
pub fn Transport(props: &TransportProps) -> Html {
    let text = props.lang.text();
    let emit = &props.emit;
    html! {
        <div class={classes!("transport", (props.branches.len() > 1).then_some("branched"))}>
            <div class="buttons">
                { button(emit, text.reset, text.reset_hint, icons::RESET, || Intent::Play(Playback::Reset)) }
                { button(emit, text.step_back, text.step_back_hint, icons::STEP_BACK, || Intent::Play(Playback::StepBack)) }
                { play(props) }
                { button(emit, text.step, text.step_hint, icons::STEP, || Intent::Play(Playback::Step)) }
            </div>
            <div class="time-field">
                // A timer, not an output: it must not be read out all the time.
                <span class="clock" role="timer"><span ref={&props.clock} class="clock-time">{ props.lang.seconds(Micros::ZERO) }</span></span>
                { tempo(props.lang, props.tempo) }
                { end_button(props) }
            </div>
            { branches(props) }
            <PaceField pace={props.pace} speed={props.speed} lang={props.lang} emit={emit} />
            if let Some(seed) = props.seed {
                <SeedField {seed} lang={props.lang} emit={emit} />
            }
        </div>
    }
}

fn button(
    emit: &Callback<Intent>,
    name: &'static str,
    hint: &'static str,
    path: &'static str,
    message: fn() -> Intent,
) -> Html {
    html! {
        <button type="button" class="icon-button large" aria-label={name} title={format!("{name}: {hint}")} onclick={emit.reform(move |_| message())}>
            { icons::icon(path) }
        </button>
    }
}

fn play(props: &TransportProps) -> Html {
    let text = props.lang.text();
    let (name, path) = if props.playing {
        (text.pause, icons::PAUSE)
    } else {
        (text.play, icons::PLAY)
    };
    html! {
        <button type="button" class="play" onclick={props.emit.reform(|_| Intent::Play(Playback::Toggle))}>
            { icons::icon(path) }<span>{ name }</span>
        </button>
    }
}

fn end_button(props: &TransportProps) -> Html {
    let text = props.lang.text();
    if !props.in_the_past {
        return html! {};
    }
    html! { <button type="button" class="small" title={text.rewound} onclick={props.emit.reform(|_| Intent::Play(Playback::ToEnd))}>{ text.to_now }</button> }
}

/// Which branch is shown, once there is more than one.
fn branches(props: &TransportProps) -> Html {
    if props.branches.len() < 2 {
        return html! {};
    }
    let onchange = maybe(&props.emit, |event: Event| {
        value(&event)
            .parse()
            .ok()
            .map(|number| Intent::Branches(BranchChange::ToEnd(BranchId(number))))
    });
    html! {
        <select class="select" aria-label={props.lang.branches_text().title} {onchange}>
            { for props.branches.iter().map(|(branch, name)| html! {
                <option value={branch.0.to_string()} selected={*branch == props.branch}>{ name.clone() }</option>
            }) }
        </select>
    }
}

/// How fast time passes, in words: `slow motion · 7 ms per second`.
fn tempo(lang: Lang, tempo: Tempo) -> Html {
    const SECOND: u64 = 1_000_000;
    let span = tempo.per_second;
    let shown = match span.0 {
        ..10_000 => lang.millis(span),
        10_000..SECOND => lang.millis(Micros::from_millis((span.0 + 500) / 1000)),
        _ => lang.round_seconds(
            span,
            Micros(if span.0.is_multiple_of(SECOND) {
                SECOND
            } else {
                SECOND / 100
            }),
        ),
    };
    let text = lang.transport_text();
    let mood = match tempo.mood {
        Mood::Ballots => text.slow_motion,
        Mood::FastForward => text.fast_forward,
        Mood::Steps => text.one_step_a_second,
        Mood::Quiet | Mood::Set => "",
    };
    // Where there is little room the scale alone is seen.
    html! { <span class="tempo"><span class="mood">{ mood }</span>{ lang.scale(&shown) }</span> }
}

#[derive(Clone, PartialEq, Properties)]
struct PaceProps {
    pace: Pace,
    speed: Speed,
    lang: Lang,
    emit: Callback<Intent>,
}

/// The pace that the run asks for, or the reader's own speed.
#[component]
fn PaceField(props: &PaceProps) -> Html {
    let (text, words) = (props.lang.text(), props.lang.transport_text());
    let auto = props.pace == Pace::Auto;
    let oninput = maybe(&props.emit, |event: InputEvent| {
        let step = value(&event).parse().ok()?;
        Some(Intent::Play(Playback::Pace(Pace::Set(Speed::new(step)))))
    });
    // A second press leaves the pace as it is now in the reader's hands.
    let to = if auto { Pace::Set(props.speed) } else { Pace::Auto };
    let label = (!auto).then(|| props.lang.decimal(&props.speed.label()));
    html! {
        <div class={classes!("speed-field", auto.then_some("auto"))}>
            <button type="button" class="small auto-pace" aria-pressed={auto.to_string()} title={words.auto_hint}
                onclick={props.emit.reform(move |_| Intent::Play(Playback::Pace(to)))}>
                { words.auto_pace }
            </button>
            <label>
                <span class="field-name">{ text.speed }</span>
                <input
                    type="range" class="speed-slider" aria-label={text.speed} aria-valuetext={label.clone().unwrap_or_else(|| words.auto.to_owned())}
                    min={Speed::SLOWEST.step().to_string()} max={Speed::FASTEST.step().to_string()}
                    value={props.speed.step().to_string()} {oninput}
                />
                <span class="speed-value">{ label }</span>
            </label>
        </div>
    }
}

/// What the field of the seed needs.
#[derive(Clone, PartialEq, Properties)]
pub struct SeedProps {
    /// The seed.
    pub seed: u64,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's changes.
    pub emit: Callback<Intent>,
}

/// The seed of the run, and a button for a random new one.
#[component]
pub fn SeedField(props: &SeedProps) -> Html {
    let text = props.lang.text();
    let seed = props.seed;
    // What is typed, while it is none that a run can have.
    let wrong = use_state_eq(|| None::<String>);
    {
        let wrong = wrong.clone();
        use_effect_with(seed, move |_| wrong.set(None));
    }
    let seed_in = |text: &str| text.trim().parse::<u64>().ok();
    let oninput = {
        let wrong = wrong.clone();
        Callback::from(move |event: InputEvent| {
            let typed = value(&event);
            if wrong.is_some() {
                wrong.set(seed_in(&typed).is_none().then_some(typed));
            }
        })
    };
    let onchange = {
        let wrong = wrong.clone();
        maybe(&props.emit, move |event: Event| {
            let typed = value(&event);
            let seed = seed_in(&typed);
            wrong.set(seed.is_none().then_some(typed));
            seed.map(|seed| Intent::Begin(Beginning::Seed(seed)))
        })
    };
    let error = wrong.is_some().then(|| text.seed_invalid.to_owned());
    let value = wrong.as_ref().cloned().unwrap_or_else(|| seed.to_string());
    html! {
        <div class="seed-field">
            <FieldError {error}>
                <label title={text.seed_hint}>
                    <span class="field-name">{ text.seed }</span>
                    <input
                        class="seed" type="text" inputmode="numeric" autocomplete="off" spellcheck="false" aria-label={text.seed}
                        aria-invalid={wrong.is_some().then_some("true")} {value} {oninput} {onchange}
                    />
                </label>
            </FieldError>
            <button type="button" class="icon-button" aria-label={text.new_seed} title={text.new_seed} onclick={props.emit.reform(|_| Intent::Begin(Beginning::NewSeed))}>
                { icons::icon(icons::DICE) }
            </button>
        </div>
    }
}

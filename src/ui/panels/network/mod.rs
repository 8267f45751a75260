//! The network and the timers: dials, links, messages under way, election timers.

mod gauge;
mod links;
mod messages;
mod timers;

use std::{fmt::Write, rc::Rc};

use yew::prelude::*;

use self::{gauge::GaugeField, links::LinksField, messages::MessagesField, timers::TimersField};
use crate::{
    sim::{Action, Config, InFlight, Micros, Network, Range, Timing},
    ui::{
        emit::{show, value},
        message::Msg,
        taken::Fate,
        text::Lang,
        view::ClusterView,
    },
};

/// What the dials need.
#[derive(Clone, PartialEq, Properties)]
pub struct NetworkProps {
    /// The timers now.
    pub timing: Timing,
    /// The network now.
    pub network: Network,
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// The message that the reader has taken hold of, and what has become of it.
    pub taken: Option<(InFlight, Fate)>,
    /// The language.
    pub lang: Lang,
    /// Where changes go.
    pub emit: Callback<Msg>,
}

/// The panel.
#[component]
pub fn NetworkPanel(props: &NetworkProps) -> Html {
    let text = props.lang.text();
    let NetworkProps {
        timing, network, emit, ..
    } = props.clone();
    let set_timing = {
        let emit = emit.clone();
        Callback::from(move |timing| emit.emit(Msg::Act(Action::SetTiming(timing))))
    };
    let set_network = {
        let emit = emit.clone();
        Callback::from(move |network| emit.emit(Msg::Act(Action::SetNetwork(network))))
    };
    let on_timeout = set_timing.reform(move |election_timeout| Timing {
        election_timeout,
        ..timing
    });
    let on_heartbeat = set_timing.reform(move |heartbeat_interval| Timing {
        heartbeat_interval,
        ..timing
    });
    let on_delay = set_network.reform(move |delay| Network { delay, ..network });
    let on_loss = set_network.reform(move |loss_permille| Network {
        loss_permille,
        ..network
    });
    let on_duplication = set_network.reform(move |duplication_permille| Network {
        duplication_permille,
        ..network
    });
    let on_reordering = set_network.reform(move |reordering_permille| Network {
        reordering_permille,
        ..network
    });
    let faults = props.lang.faults_text();
    let paper = emit.reform(move |_: MouseEvent| {
        let paper = Config::paper(5);
        let timers = (timing != paper.timing).then_some(Action::SetTiming(paper.timing));
        let messages = (network != paper.network).then_some(Action::SetNetwork(paper.network));
        Msg::ActAll(timers.into_iter().chain(messages).collect())
    });
    html! {
        <div class="form-panel">
            <p class="intro">{ text.network_intro }</p>
            <RangeField label={text.election_timeout} range={timing.election_timeout} lang={props.lang} onchange={on_timeout} />
            <div class="field" role="group" aria-label={text.heartbeat_interval}>
                <span class="field-label">{ text.heartbeat_interval }</span>
                <Millis label={text.heartbeat_interval} value={timing.heartbeat_interval} unit={text.milliseconds} onchange={on_heartbeat} />
            </div>
            <RangeField label={text.delay} range={network.delay} lang={props.lang} onchange={on_delay} />
            <Share label={text.loss} value={network.loss_permille} lang={props.lang} onchange={on_loss} />
            <Share label={faults.duplication} value={network.duplication_permille} lang={props.lang} onchange={on_duplication} />
            <Share label={faults.reordering} value={network.reordering_permille} lang={props.lang} onchange={on_reordering} />
            <p class="intro">{ faults.reordering_hint }</p>
            <GaugeField {timing} {network} lang={props.lang} />
            <button type="button" class="small" onclick={paper}>{ text.paper_timing }</button>
            <LinksField links={props.view.links} size={props.view.servers.len()} lang={props.lang} {emit} />
            <MessagesField flights={props.view.flights.clone()} taken={props.taken} lang={props.lang} emit={&props.emit} />
            <TimersField servers={props.view.servers.clone()} lang={props.lang} emit={&props.emit} />
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct RangeProps {
    label: &'static str,
    range: Range,
    lang: Lang,
    onchange: Callback<Range>,
}

#[component]
fn RangeField(props: &RangeProps) -> Html {
    let text = props.lang.text();
    let range = props.range;
    let on_min = props.onchange.reform(move |min| Range { min, ..range });
    let on_max = props.onchange.reform(move |max| Range { max, ..range });
    html! {
        <div class="field" role="group" aria-label={props.label}>
            <span class="field-label">{ props.label }</span>
            <Millis label={format!("{}, {}", props.label, text.minimum)} value={range.min} unit={text.milliseconds} onchange={on_min} />
            <span aria-hidden="true">{ "–" }</span>
            <Millis label={format!("{}, {}", props.label, text.maximum)} value={range.max} unit={text.milliseconds} onchange={on_max} />
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct MillisProps {
    label: AttrValue,
    value: Micros,
    unit: &'static str,
    onchange: Callback<Micros>,
}

/// A span, entered in milliseconds.
#[component]
fn Millis(props: &MillisProps) -> Html {
    let span = props.value;
    let onchange = props.onchange.reform(move |event: Event| {
        // What is no span is refused like one that is too long.
        let typed = parse_millis(&value(&event)).unwrap_or(Micros::NEVER);
        // What is refused must not stay there as if it were in force.
        show(&event, &show_millis(span));
        typed
    });
    html! {
        <label class="number-field">
            <input type="number" inputmode="decimal" min="0.001" step="any" aria-label={props.label.clone()} value={show_millis(props.value)} {onchange} />
            <span class="unit">{ props.unit }</span>
        </label>
    }
}

/// A share of all messages.
#[derive(Clone, PartialEq, Properties)]
struct ShareProps {
    label: &'static str,
    value: u16,
    lang: Lang,
    onchange: Callback<u16>,
}

#[component]
fn Share(props: &ShareProps) -> Html {
    let text = props.lang.text();
    // What it shows on the way. Only when it is let go, it is a change: each is an action of the run.
    let shown = use_state_eq(|| None::<u16>);
    let oninput = {
        let shown = shown.clone();
        Callback::from(move |event: InputEvent| shown.set(value(&event).parse().ok()))
    };
    let onchange = {
        let (shown, onchange) = (shown.clone(), props.onchange.clone());
        Callback::from(move |event: Event| {
            shown.set(None);
            if let Ok(permille) = value(&event).parse() {
                onchange.emit(permille);
            }
        })
    };
    let permille = shown.unwrap_or(props.value);
    let percent = format!("{}.{} {}", permille / 10, permille % 10, text.per_cent);
    html! {
        <div class="field" role="group" aria-label={props.label}>
            <span class="field-label">{ props.label }</span>
            <label class="slider-field">
                <input type="range" min="0" max="1000" step="5" aria-label={props.label} aria-valuetext={percent.clone()} value={permille.to_string()} {oninput} {onchange} />
                <span class="unit">{ percent }</span>
            </label>
        </div>
    }
}

/// As a number of ms, with as many decimals as there are.
fn show_millis(span: Micros) -> String {
    let mut shown = span.as_millis().to_string();
    let rest = span.0 % 1000;
    if rest > 0 {
        let _ = write!(shown, ".{rest:03}");
        shown.truncate(shown.trim_end_matches('0').len());
    }
    shown
}

/// A number of ms with up to three decimals; nothing else.
fn parse_millis(text: &str) -> Option<Micros> {
    let (whole, decimals) = text.trim().split_once(['.', ',']).unwrap_or((text.trim(), ""));
    let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let decimals: u64 = format!("{decimals:0<3}").get(..3)?.parse().ok()?;
    Some(Micros(whole.checked_mul(1000)?.checked_add(decimals)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_read_as_they_are_shown() {
        for span in [1, 10, 999, 1000, 1500, 150_000, 12_345_678].map(Micros) {
            assert_eq!(parse_millis(&show_millis(span)), Some(span));
        }
        assert_eq!(parse_millis("7,5"), Some(Micros(7500)));
        assert_eq!(parse_millis("-1"), None);
        assert_eq!(parse_millis("1e3"), None);
    }
}

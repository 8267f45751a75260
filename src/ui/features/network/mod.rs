//! The network and the timers: dials, links, messages under way, election timers.

mod gauge;
mod links;
mod messages;
mod own;
mod text;
mod timers;

use std::rc::Rc;

use yew::prelude::*;

use self::{gauge::GaugeField, links::LinksField, messages::MessagesField, own::OwnLinkField, timers::TimersField};
use crate::{
    lesson::SoughtDial,
    sim::{Action, Config, InFlight, Micros, Network, Range, Timing},
    ui::{
        explain::taken::Fate,
        intent::{Beginning, Intent},
        kit::{
            dom::focus,
            millis::{Millis, MillisRange},
            panel::Panel,
            permille::Permille,
        },
        run::view::ClusterView,
        svg::ring::links::pairs,
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "network",
    title: |lang| lang.faults_text().title,
    about: |lang| lang.faults_text().about,
};

/// The field of what a task wants to be set, in the document.
#[must_use]
pub const fn field_of(dial: SoughtDial) -> &'static str {
    match dial {
        SoughtDial::ElectionTimeout => "dial-timeout",
        SoughtDial::HeartbeatInterval => "dial-interval",
        SoughtDial::Network => "dial-delay",
    }
}

/// What the dials need.
#[derive(Clone, PartialEq, Properties)]
pub struct NetworkProps {
    /// The timers now.
    pub timing: Timing,
    /// The network now.
    pub network: Network,
    /// Whether the same faults with these settings from the start on are another run.
    pub replays: bool,
    /// The cluster now.
    pub view: Rc<ClusterView>,
    /// The message that the reader has taken hold of, and what has become of it.
    pub taken: Option<(InFlight, Fate)>,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's changes.
    pub emit: Callback<Intent>,
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
        Callback::from(move |timing| emit.emit(Intent::act(Action::set_timing(timing))))
    };
    let set_network = {
        let emit = emit.clone();
        Callback::from(move |network| emit.emit(Intent::act(Action::set_network(network))))
    };
    let on_timeout = set_timing.reform(move |ends| Timing {
        election_timeout: Range::of_micros(ends),
        ..timing
    });
    let on_heartbeat = set_timing.reform(move |interval| Timing {
        heartbeat_interval: Micros(interval),
        ..timing
    });
    let on_delay = set_network.reform(move |ends| Network {
        delay: Range::of_micros(ends),
        ..network
    });
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
        let timers = (timing != paper.timing).then_some(Action::set_timing(paper.timing));
        let messages = (network != paper.network).then_some(Action::set_network(paper.network));
        Intent::Act(timers.into_iter().chain(messages).collect())
    });
    let replay = emit.reform(|_: MouseEvent| {
        // The button goes away.
        focus("ring-panel");
        Intent::Begin(Beginning::Replay)
    });
    html! {
        <div class="form-panel">
            <p class="intro">{ text.network_intro }</p>
            <MillisRange id={field_of(SoughtDial::ElectionTimeout)} label={text.election_timeout} range={timing.election_timeout.in_micros()} lang={props.lang} onchange={on_timeout} />
            <div class="field" role="group" aria-label={text.heartbeat_interval}>
                <span class="field-label">{ text.heartbeat_interval }</span>
                <Millis id={field_of(SoughtDial::HeartbeatInterval)} label={text.heartbeat_interval} value={timing.heartbeat_interval.0} lang={props.lang} onchange={on_heartbeat} />
            </div>
            <MillisRange id={field_of(SoughtDial::Network)} label={text.delay} range={network.delay.in_micros()} lang={props.lang} onchange={on_delay} />
            <Permille label={text.loss} value={network.loss_permille} lang={props.lang} onchange={on_loss} />
            <Permille label={faults.duplication} value={network.duplication_permille} lang={props.lang} onchange={on_duplication} />
            <Permille label={faults.reordering} value={network.reordering_permille} lang={props.lang} onchange={on_reordering} />
            <p class="intro">{ faults.reordering_hint }</p>
            <GaugeField {timing} {network} own={props.view.own.clone()} size={props.view.servers.len()} lang={props.lang} />
            <div class="form-buttons">
                <button type="button" class="small" onclick={paper}>{ text.paper_timing }</button>
                if props.replays {
                    <button type="button" class="small" title={text.replay_hint} onclick={replay}>{ faults.replay }</button>
                }
            </div>
            { own_settings(props) }
            <LinksField links={props.view.links} own={props.view.own.clone()} size={props.view.servers.len()} lang={props.lang} emit={emit.clone()} />
            <OwnLinkField own={props.view.own.clone()} {network} size={props.view.servers.len()} lang={props.lang} {emit} />
            <MessagesField flights={props.view.flights.clone()} taken={props.taken} lang={props.lang} emit={&props.emit} />
            <TimersField servers={props.view.servers.clone()} lang={props.lang} emit={&props.emit} />
        </div>
    }
}

/// What servers and links have of their own, if any has: the dials above are not theirs.
fn own_settings(props: &NetworkProps) -> Html {
    let NetworkProps { view, lang, .. } = props;
    if !view.own.has_times() {
        return Html::default();
    }
    let servers = view.servers.iter().filter_map(|server| {
        // Rules are told beside those of the cluster.
        let times = view.own.server(server.id).filter(|own| own.is_time());
        let own = lang.own_settings(times)?;
        Some(format!("{}: {own}", server.id))
    });
    let both = pairs(view.servers.len());
    let links = both.flat_map(|(one, other)| lang.own_links(&view.own, one, other));
    let text = lang.faults_text();
    html! {
        <section class="fault-section" aria-label={text.own_settings}>
            <h2>{ text.own_settings }</h2>
            <p class="intro">{ text.own_settings_intro }</p>
            <ul>{ for servers.chain(links).map(|own| html! { <li>{ own }</li> }) }</ul>
        </section>
    }
}

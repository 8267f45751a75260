//! The election timers of all servers, to be set.

use yew::prelude::*;

use crate::ui::kit::millis::Millis;
use crate::{
    sim::{Action, Micros, Process},
    ui::{intent::Intent, run::view::ServerView, text::Lang},
};

/// What the timers need.
#[derive(Clone, PartialEq, Properties)]
pub struct TimersProps {
    /// All servers.
    pub servers: Vec<ServerView>,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's changes.
    pub emit: Callback<Intent>,
}

/// A field for each timer, and the buttons that set all.
#[component]
pub fn TimersField(props: &TimersProps) -> Html {
    let text = props.lang.faults_text();
    let button = |name: &'static str, hint: &'static str, action: Action| {
        html! { <button type="button" class="small" title={hint} onclick={props.emit.reform(move |_| Intent::act(action))}>{ name }</button> }
    };
    html! {
        <section class="fault-section" aria-label={text.timers}>
            <h2>{ text.timers }</h2>
            <p class="intro">{ text.timers_intro }</p>
            <ul class="timer-list">{ for props.servers.iter().map(|server| view_timer(props, server)) }</ul>
            <div class="fault-buttons">
                { button(text.align, text.align_hint, Action::align_timers()) }
                { button(text.spread, text.spread_hint, Action::spread_timers()) }
            </div>
            <p class="intro">{ text.align_hint }{ " " }{ text.spread_hint }</p>
        </section>
    }
}

fn view_timer(props: &TimersProps, server: &ServerView) -> Html {
    let text = props.lang.text();
    let id = server.id;
    let timer = server.election.filter(|_| server.process == Process::Running);
    let why_not = if server.process == Process::Paused {
        text.paused
    } else {
        props.lang.faults_text().no_timer
    };
    // The timer itself shows what was set; the field does not keep what was typed.
    let onchange = props
        .emit
        .reform(move |rest| Intent::act(Action::set_election_timer(id, Micros(rest))));
    html! {
        <li>
            <span class="timer-server">{ id.to_string() }</span>
            <span class="timer-fires">
                { timer.map_or_else(|| why_not.to_owned(), |timer| format!("{} {}", { text.expires_at }, props.lang.seconds(timer.fires_at))) }
            </span>
            <Millis
                label={props.lang.timer_field(id)} value={None} id={format!("timer-{}", id.number())} disabled={timer.is_none()}
                lang={props.lang} {onchange} />
        </li>
    }
}

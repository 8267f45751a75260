//! What must always hold and whether it does in this run, and beside it what is measured and is not about safety.

mod text;
use yew::prelude::*;

use crate::{
    safety::Property,
    sim::{Incident, Measures, Micros},
    ui::{
        intent::{Intent, Subject},
        kit::{icons, panel::Panel},
        run::{
            handle::RunHandle,
            incident::{Tally, of_incident},
        },
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "safety",
    title: |lang| lang.safety_text().title,
    about: |lang| lang.safety_text().about,
};

/// What the panel needs.
#[derive(Clone, PartialEq, Properties)]
pub struct SafetyProps {
    /// The run, at reading speed.
    pub run: RunHandle,
    /// The language.
    pub lang: Lang,
    /// Receives the reader's choices.
    pub emit: Callback<Intent>,
}

/// The panel. All that it says is true at the instant that is visited.
#[component]
pub fn SafetyPanel(props: &SafetyProps) -> Html {
    let (lang, text) = (props.lang, props.lang.safety_text());
    let player = props.run.player();
    let history = player.history();
    let first = |property: Property| {
        let mut incidents = history.incidents().iter();
        incidents.find(|incident| incident.violation.property == property)
    };
    html! {
        <div class="safety-panel" role="group" tabindex="0" aria-label={text.title}>
            <section aria-labelledby="safety-properties">
                <div class="section-head">
                    <h2 id="safety-properties">{ text.properties }</h2>
                    <span class="safety-now">{ lang.up_to(history.now()) }</span>
                </div>
                <ul class="properties">
                    { for Property::ALL.iter().map(|property| view_property(props, *property, first(*property))) }
                </ul>
                <p class="intro">{ text.judged }</p>
            </section>
            <section aria-labelledby="safety-measures">
                <h2 id="safety-measures">{ text.measures }</h2>
                <p class="intro">{ text.measures_intro }</p>
                { view_measures(&history.measures(), history.now(), lang) }
            </section>
        </div>
    }
}

fn view_property(props: &SafetyProps, property: Property, broken: Option<&Incident>) -> Html {
    let (lang, text) = (props.lang, props.lang.safety_text());
    html! {
        <li class={classes!("property", broken.is_some().then_some("broken"))}>
            <div class="property-head">
                <span class="property-mark">{ icons::icon(if broken.is_some() { icons::CLOSE } else { icons::CHECK }) }</span>
                <span class="property-name">{ lang.property(property) }</span>
                <span class="property-standing">{ broken.map_or_else(|| text.holds.to_owned(), |incident| lang.broken_by(incident)) }</span>
            </div>
            if let Some(incident) = broken {
                { view_incident(props, incident) }
            }
            <p class="property-words">
                { lang.property_in_words(property) }{ " " }<cite class="property-place">{ lang.property_place(property) }</cite>
            </p>
        </li>
    }
}

/// What happened, and the ways there and to its causes.
fn view_incident(props: &SafetyProps, incident: &Incident) -> Html {
    let lang = props.lang;
    let Incident { at, violation, .. } = *incident;
    let player = props.run.player();
    let event = of_incident(player.history(), incident);
    let tally = Tally::of(player.history(), incident);
    let name = lang.property(violation.property);
    let (go_there, why) = (lang.safety_text().go_there, lang.why_text().title);
    html! {
        <div class="incident">
            <p class="incident-what">
                <strong>{ lang.violation(violation) }</strong>
                if let Some(tally) = tally {
                    { " " }{ lang.tally(&tally) }
                }
            </p>
            <button type="button" class="small" aria-label={format!("{go_there}: {name}")} onclick={props.emit.reform(move |_| Intent::GoTo(event, at))}>{ go_there }</button>
            <button type="button" class="small" aria-label={format!("{why} {name}")} onclick={props.emit.reform(move |_| Intent::Why(Subject::Event(event)))}>{ why }</button>
        </div>
    }
}

fn view_measures(measures: &Measures, now: Micros, lang: Lang) -> Html {
    let text = lang.safety_text();
    let first = measures
        .first_leader_at
        .map_or_else(|| text.none_yet.to_owned(), |at| lang.seconds(at));
    let rows = [
        (
            text.believed,
            lang.time_and_share(now.since(measures.without_leader), now),
        ),
        (text.available, lang.time_and_share(measures.available, now)),
        (text.longest_gap, lang.seconds(measures.longest_gap)),
        (text.first_leader, first),
        (text.started, measures.elections_started.to_string()),
        (text.won, measures.elections_won.to_string()),
        (text.split, measures.split_votes.to_string()),
        (text.changes, measures.leader_changes.to_string()),
        (text.highest_term, measures.highest_term.to_string()),
    ];
    html! {
        <dl class="measures">
            { for rows.into_iter().map(|(name, value)| html! { <div class="measure"><dt>{ name }</dt><dd>{ value }</dd></div> }) }
        </dl>
    }
}

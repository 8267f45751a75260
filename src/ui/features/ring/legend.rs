//! What the marks of the ring mean, and who can talk with whom.

use yew::prelude::*;

use crate::{
    sim::Links,
    ui::{
        explain::groups::partition,
        features::ring::{edges, marks_legend},
        run::view::Extras,
        svg::{ring::geometry::Geometry, stops::Stop},
        text::Lang,
    },
};

/// What the legend needs.
#[derive(Clone, PartialEq, Properties)]
pub struct LegendProps {
    /// Which links are cut.
    pub links: Links,
    /// Servers in the cluster.
    pub size: usize,
    /// Messages that the paper does not have and this run may have.
    pub extras: Extras,
    /// Ways in which servers stand still now.
    pub stops: Vec<Stop>,
    /// Whether a candidate's tally is explained: it is seen, and there is room for it.
    pub ballots: bool,
    /// Whether it is seen where logs end.
    pub logs: bool,
    /// The language.
    pub lang: Lang,
}

/// The legend below the ring.
#[component]
pub fn Legend(props: &LegendProps) -> Html {
    let groups = partition(&props.links, props.size);
    let marks = marks_legend(props.extras, props.lang)
        .into_iter()
        .chain([(timer_mark(), props.lang.ring_text().legend_timer)])
        .chain(edges::legend(&props.links, props.lang))
        .chain(
            props
                .ballots
                .then(|| (ballot_marks(), props.lang.ring_text().legend_ballots)),
        )
        .chain(props.logs.then(|| (log_mark(), props.lang.ring_text().legend_log)))
        .chain(props.stops.iter().map(|stop| (stop.mark(), stop.word(props.lang))));
    html! {
        <div class={classes!("legend-room", Geometry::crowd(props.size), props.extras.pre_votes.then_some("tall"))}>
            if !groups.is_empty() {
                <p class="groups" role="status">{ props.lang.groups(&groups) }</p>
            }
            <ul class="legend" aria-label={props.lang.text().legend}>
                { for marks.map(|(mark, name)| html! {
                    <li key={name}><svg class="legend-mark" viewBox="-11 -10 22 20" aria-hidden="true">{ mark }</svg>{ name }</li>
                }) }
            </ul>
        </div>
    }
}

/// An election timer's arc, which ends at its handle.
fn timer_mark() -> Html {
    html! { <><path class="arc" d="M0 -7a7 7 0 1 1 -7 7" /><circle class="handle" cx="-7" cy="0" r="3" /></> }
}

/// A slot of a candidate's tally with a vote, and one with a refusal.
fn ballot_marks() -> Html {
    html! {
        <>
            <g class="ballot ballot-yes"><rect x="-11" y="-6" width="10" height="12" rx="2" /></g>
            <g class="ballot ballot-no"><rect x="1" y="-6" width="10" height="12" rx="2" /><path class="ballot-strike" d="M2 5L10 -5" /></g>
        </>
    }
}

/// The boxes in which a server shows where its log ends.
fn log_mark() -> Html {
    html! { <g class="log-end"><path d="M-11 -6H11V6H-11ZM0 -6V6" /></g> }
}

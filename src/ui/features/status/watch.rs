//! What to watch in the scenario that runs, and where the paper says so.

use yew::prelude::*;

use crate::{
    scenario::{Finding, Scenario},
    ui::text::{Lang, PAPER},
};

/// The line above the ring.
pub fn view(lang: Lang, scenario: &Scenario) -> Html {
    let sections = scenario.id.sections();
    if sections.is_empty() {
        let watch = match Finding::of_title(&scenario.title) {
            Some(finding) => lang.found_watch(finding, scenario.config.rules),
            None => scenario.watch.clone(),
        };
        return html! { <p class="watch">{ watch }</p> };
    }
    html! {
        <p class="watch">
            { lang.watch(scenario.id) }{ " " }
            <a href={PAPER} target="_blank" rel="noopener" title={lang.text().paper}>{ sections }</a>
        </p>
    }
}

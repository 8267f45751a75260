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
        return match Finding::of_title(&scenario.title) {
            Some(finding) => html! { <p class="watch">{ lang.found_watch(finding, scenario.config.rules) }</p> },
            None if scenario.watch.is_empty() => html! { <p class="watch" /> },
            // These are not the page's words, and may be in any script.
            None => html! {
                <p class="watch">{ lang.text().author_writes }{ " " }<q><bdi>{ scenario.watch.clone() }</bdi></q></p>
            },
        };
    }
    html! {
        <p class="watch">
            { lang.watch(scenario.id) }{ " " }
            <a href={PAPER} target="_blank" rel="noopener" title={lang.text().paper}>{ sections }</a>
        </p>
    }
}

//! What to watch in the scenario that runs, and where the paper says so.

use yew::prelude::*;

use crate::{
    scenario::{Finding, Scenario, ScenarioId},
    ui::{
        run::player::Player,
        text::{Lang, PAPER},
    },
};

/// The line above the ring.
pub fn view(lang: Lang, player: &Player) -> Html {
    let scenario = player.scenario();
    match Finding::of_title(&scenario.title) {
        Some(finding) => html! { <p class="watch">{ lang.found_watch(finding, scenario.config.rules) }</p> },
        // Whoever changed a built-in scenario may say something else of it.
        None if scenario.watch.is_empty() => {
            let rules = player.history().world().config().rules;
            let differs = rules != Scenario::new(scenario.id).config.rules;
            let before = if differs { lang.text().by_its_rules } else { "" };
            view_built_in(lang, before, lang.watch(scenario.id), scenario.id)
        }
        // These are not the page's words, and may be in any script.
        None => html! {
            <p class="watch">{ lang.text().author_writes }{ " " }<q><bdi>{ scenario.watch.clone() }</bdi></q></p>
        },
    }
}

/// The same for the free cluster, which is all that there is before more is loaded.
pub fn view_free(lang: Lang) -> Html {
    let watch = ScenarioId::watch_free(lang.tag()).or_else(|| ScenarioId::watch_free(ScenarioId::LANGUAGE));
    view_built_in(lang, "", watch.unwrap_or_default(), ScenarioId::Free)
}

fn view_built_in(lang: Lang, before: &'static str, watch: &'static str, id: ScenarioId) -> Html {
    if id.sections().is_empty() {
        return html! { <p class="watch" /> };
    }
    html! {
        <p class="watch">
            { before }{ " " }{ watch }{ " " }
            <a href={PAPER} target="_blank" rel="noopener" title={lang.text().paper}>{ id.sections() }</a>
        </p>
    }
}

//! What to watch in the scenario that runs, and where the paper says so.

use yew::prelude::*;

use crate::{
    lab::{atlas::Stability, liveness::FoundLiveness},
    scenario::{Finding, Scenario, ScenarioId},
    sim::Entry,
    ui::{
        run::player::Player,
        text::{Lang, PAPER, words},
    },
};

words! {
    /// What there is to watch in a run of the atlas that came to this.
    atlas_watch: Stability;
    Settles: "S1 leads; at 0.5 s links are cut. Watch who leads then: after 50 s one leader keeps its term, and a majority can follow it.",
        "S1 lidera; aos 0,5 s conexões são cortadas. Observe quem lidera então: após 50 s um leader mantém seu term, e uma maioria pode segui-lo.";
    NeverSettles: "S1 leads; at 0.5 s links are cut. Watch the terms: servers that hear no leader stand for election again and again, and at 60 s this has not ended.",
        "S1 lidera; aos 0,5 s conexões são cortadas. Observe os terms: servidores que não ouvem um leader se candidatam de novo e de novo, e aos 60 s isso não terminou.";
    Stuck: "S1 leads; at 0.5 s links are cut. Watch S1: it leads on without a majority. Whoever could win hears S1, or needs the vote of a server that does, so nothing changes.",
        "S1 lidera; aos 0,5 s conexões são cortadas. Observe S1: segue liderando sem maioria. Quem poderia vencer ouve S1, ou precisa do voto de um servidor que o ouve, e nada muda.";
    NoMajority: "S1 leads; at 0.5 s links are cut. Watch the links: no server reaches a majority, so nobody can win an election, whatever the rules.",
        "S1 lidera; aos 0,5 s conexões são cortadas. Observe as conexões: nenhum servidor alcança uma maioria, então ninguém pode vencer uma eleição, sejam quais forem as regras.";
}

/// The line above the ring.
pub fn view(lang: Lang, player: &Player) -> Html {
    let scenario = player.scenario();
    match Finding::of_title(&scenario.title) {
        Some(finding) => html! { <p class="watch">{ lang.found_watch(finding, scenario.config.rules) }</p> },
        None if let Some(seen) = Stability::of_watch(&scenario.watch) => {
            html! { <p class="watch">{ lang.atlas_watch(seen) }</p> }
        }
        None if let Some(found) = FoundLiveness::of_watch(&scenario.watch) => {
            html! { <p class="watch">{ lang.found_liveness_watch(found) }</p> }
        }
        // Whoever changed a built-in scenario may say something else of it.
        None if scenario.watch.is_empty() => {
            let history = player.history();
            let rules = history.world().config().rules;
            let by_hand =
                |entry: &Entry| !entry.scripted && entry.at <= history.now() && entry.action.is_about_own_rule();
            let is_own = history.journal(history.current()).iter().any(by_hand);
            let differs = is_own || rules != Scenario::new(scenario.id).config.rules;
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

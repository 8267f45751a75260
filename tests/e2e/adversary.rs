//! The adversary: finds what a rule prevents, plays it, and says honestly when there is nothing to find.

use std::time::Duration;

use headless::{Page, containing};

use crate::sharing::link;
use crate::steps::{every_line, panel, status, stopped};

/// A search takes a second or two; a busy machine takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

fn rules(page: &Page) {
    page.get("tab", "Rules").click();
    page.wait_for("button", "Find");
}

/// A search, with this rule off.
fn sought_without(rule: &'static str) -> Page {
    let page = stopped(Page::visit());
    rules(&page);
    page.get("switch", containing(rule)).click();
    page.button("Find").click();
    page
}

#[test]
fn a_vote_that_is_not_persisted_leads_to_two_leaders_which_are_played() {
    let page = sought_without("The vote is persisted");
    page.wait_up_to(PATIENCE, "it is found", |page| {
        page.text().contains("Counterexample: two leaders in one term")
    });
    // It plays up to where the property breaks.
    page.wait_up_to(PATIENCE, "it is played", |page| {
        page.find("button", containing("both led term")).is_some()
    });
    page.wait_for("button", "Play");
    assert!(
        status(&page).contains("S1 and S2 both lead term 1"),
        "{}",
        status(&page)
    );
    // What it is called is said in the language of whoever reads it.
    let called = "Counterexample: two leaders in one term, in 8 steps. Rules: the vote is not persisted.";
    page.wait_up_to(PATIENCE, "it is told", |page| page.text().contains(called));
    page.get("combobox", "Language").fill("pt-BR");
    page.wait_for_text("Contraexemplo: dois leaders em um term, em 8 passos. Regras: o voto não é persistido.");
    page.get("combobox", "Idioma").fill("en");
    page.wait_for("button", "Help");
    // Once more, from the start.
    page.button("Play it again").click();
    page.wait_for("button", "Pause");
}

/// The step that is lit, by its place in the list.
fn lit_step(page: &Page) -> Option<u64> {
    page.execute(
        "const steps = [...document.querySelectorAll('.found-step')];
        const at = steps.findIndex((step) => step.getAttribute('aria-current') === 'step');
        return at < 0 ? null : at + 1;",
    )
    .as_u64()
}

/// What was found plays beside its numbered steps, above the diagram, one a second; a link shows the same.
#[test]
fn the_steps_of_what_is_found_are_lit_as_they_play() {
    let page = sought_without("The vote is persisted");
    page.wait_up_to(PATIENCE, "it plays", |page| {
        page.find("heading", "Counterexample: two leaders in one term")
            .is_some()
    });
    page.wait_for("tabpanel", "Space-time");
    page.wait_for_text("The counterexample has 3 servers; your cluster had 5.");
    page.wait_for_text("one step a second");
    let chosen = "return document.querySelector('.scenario').selectedOptions[0].textContent";
    assert_eq!(page.execute(chosen), "Counterexample: two leaders in one term");
    page.wait_up_to(PATIENCE, "the second step is lit", |page| lit_step(page) == Some(2));
    page.wait_up_to(PATIENCE, "the last step is lit", |page| lit_step(page) == Some(8));
    page.wait_for("button", "Play");
    assert!(status(&page).contains("both lead term 1"), "{}", status(&page));
    // A step is a way to its instant.
    page.get("button", containing("S3 crashes.")).click();
    page.wait_until("the fourth step is lit", |page| lit_step(page) == Some(4));
    let link = link(&page);
    let there = Page::visit().at(&link).open();
    there.get("tab", "Space-time").click();
    there.wait_for("heading", "Counterexample: two leaders in one term");
    assert_eq!(lit_step(&there), Some(4));
    // Whoever does something else sees that the steps are not what happens any more.
    there.button("Kill S1").click();
    there.wait_for_text("This branch differs from the steps that were found.");
    assert_eq!(lit_step(&there), None);
}

/// Bounds that are too wide are said to be so while the reader still waits, with what makes them narrower.
#[test]
fn a_search_that_is_too_large_says_so_in_time_and_offers_smaller_bounds() {
    let page = stopped(Page::visit());
    rules(&page);
    page.get("combobox", "Cluster").fill("5");
    page.get("combobox", "Elections").fill("3");
    page.button("Find").click();
    let began = std::time::Instant::now();
    page.wait_up_to(PATIENCE, "it is inconclusive", |page| {
        page.text().contains("Inconclusive")
    });
    assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    let offered = |name: &str| page.find("button", name).is_some();
    assert!(offered("4 servers") && offered("2 elections") && offered("0 crashes"));
    page.button("2 elections").click();
    page.wait_for("button", "Cancel");
    assert_eq!(page.get("combobox", "Elections").value(), "2");
}

/// On a phone the ring is above the panels: it comes into sight when the way that was found plays there.
#[test]
fn on_a_phone_what_is_found_plays_in_sight() {
    let page = stopped(Page::visit().size(360, 740));
    rules(&page);
    page.get("switch", containing("The vote is persisted")).click();
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it is played", |page| {
        page.find("button", containing("both led term")).is_some()
    });
    let top = page.execute("return document.getElementById('ring-panel').getBoundingClientRect().top");
    let top = top.as_f64().expect("a number");
    assert!((-1.0..370.0).contains(&top), "the ring begins at {top}");
}

/// Whoever looks for nothing does not load the search.
#[test]
fn the_search_is_loaded_when_it_is_wanted() {
    let page = stopped(Page::visit());
    let loaded = |page: &Page| {
        let requests = page.requests().into_iter();
        let of_search = requests.filter(|request| {
            let file = request.path.rsplit('/').next().unwrap_or_default();
            ["worker.js", "adversary.js", "adversary_bg.wasm"]
                .iter()
                .any(|name| file.starts_with(name))
        });
        of_search.map(|request| request.status).collect::<Vec<_>>()
    };
    rules(&page);
    assert!(loaded(&page).is_empty());
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it is searched", |page| {
        page.text().contains("it can't happen.")
    });
    assert_eq!(loaded(&page), [200; 3]);
}

#[test]
fn with_all_rules_it_says_what_was_exhausted() {
    let page = stopped(Page::visit());
    rules(&page);
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it is searched", |page| {
        page.text().contains("it can't happen.")
    });
    let text = page.text();
    assert!(text.contains("different states"), "{text}");
    assert!(text.contains("Beyond these bounds this proves nothing."), "{text}");
    assert!(!text.contains("Never reached"), "{text}");
}

#[test]
fn a_search_can_be_cancelled_and_the_page_goes_on_meanwhile() {
    let page = stopped(Page::visit());
    rules(&page);
    page.get("combobox", "Cluster").fill("5");
    page.get("combobox", "Elections").fill("3");
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it searches", |page| page.text().contains("states a second"));
    // The page itself answers as ever, and the search goes on where nobody looks.
    page.get("tab", "Log").click();
    every_line(&page);
    page.button("Step").click();
    page.get("tab", "Rules").click();
    page.button("Cancel").click();
    page.wait_for("button", "Find");
    assert!(!page.text().contains("states a second"));
}

/// An answer is about the rules that were asked about: it goes when they change.
#[test]
fn an_answer_goes_with_its_rules_and_its_bounds() {
    let page = stopped(Page::visit());
    rules(&page);
    let holds = "it can't happen.";
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it is searched", |page| page.text().contains(holds));
    page.get("switch", containing("Randomised election timeouts")).click();
    page.wait_until("the answer is gone", |page| !page.text().contains(holds));
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it is searched", |page| page.text().contains(holds));
    page.get("combobox", "Crashes").fill("0");
    page.wait_until("the answer is gone", |page| !page.text().contains(holds));
    let answers = page
        .all("button")
        .iter()
        .filter(|button| button.name() == "Find")
        .count();
    assert_eq!(
        answers, 1,
        "what was asked can be asked again, and is not while nobody does"
    );
}

#[test]
fn a_leader_whose_log_lacks_an_entry_is_found_in_portuguese() {
    let page = Page::visit().language("pt-BR").open();
    page.get("tab", "Regras").click();
    page.get("switch", containing("Verificação de log atualizado")).click();
    page.get("combobox", "Procurar").fill("1");
    page.button("Encontrar").click();
    page.wait_up_to(PATIENCE, "it is found", |page| {
        page.text()
            .contains("Contraexemplo: um leader a cujo log falta uma entrada")
    });
    page.wait_up_to(PATIENCE, "it is played", |page| {
        page.find("button", "Reproduzir").is_some()
    });
    panel(&page, "Segurança");
    page.wait_for_text("sem uma entrada que uma maioria tinha");
    let text = page.text();
    assert!(
        !text.contains("A leader lacks"),
        "nothing of it is told in English: {text}"
    );
}

/// The goal that is sought at first is not what a server that votes twice breaks first: the page offers one that is.
#[test]
fn where_the_goal_finds_nothing_another_is_offered() {
    let page = sought_without("A vote holds");
    page.wait_up_to(PATIENCE, "all was tried", |page| {
        page.text()
            .contains("A rule that is off may break something else than what was sought.")
    });
    assert!(!page.text().contains("may need more servers"), "{}", page.text());
    page.button("Find any safety violation").click();
    page.wait_up_to(PATIENCE, "it is found", |page| {
        page.text()
            .contains("Counterexample: two votes of one server in one term")
    });
}

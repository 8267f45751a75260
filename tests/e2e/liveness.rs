//! Find looks for faults with which elections make no progress, plays them, and says what it has tried where there are none.

use std::time::Duration;

use headless::{Page, containing};
use raft_playground::{
    lab::{FaultKinds, FaultSet, liveness},
    raft::Rules,
    scenario::link as run_link,
};

use crate::{
    sharing::link,
    steps::{now, stopped},
};

/// A search takes some seconds; a busy machine takes longer.
const PATIENCE: Duration = Duration::from_secs(90);

const NEVER: &str = "elections that never settle";

/// The rules, with a goal chosen.
fn goal(page: &Page, slug: &str) {
    page.get("tab", "Rules").click();
    page.wait_for("button", "Find");
    page.get("combobox", "Look for").fill(slug);
    page.wait_for("combobox", "Faults, at most");
}

/// The step that is lit, by its place in the list.
fn lit_step(page: &Page) -> Option<u64> {
    let at = page.execute(
        "return [...document.querySelectorAll('.found-step')]
            .findIndex((step) => step.getAttribute('aria-current') === 'step') + 1;",
    );
    at.as_u64().filter(|at| *at > 0)
}

#[test]
fn one_link_is_found_and_plays_step_by_step() {
    let page = stopped(Page::visit());
    goal(&page, "never-settles");
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it plays", |page| {
        page.find("heading", &*format!("Counterexample: {NEVER}")).is_some()
    });
    page.wait_for("tabpanel", "Space-time");
    page.wait_for_text("The link between S1 and S2 is cut in both directions.");
    page.wait_for_text("Without the fault it did not happen in 10 runs.");
    page.wait_up_to(PATIENCE, "the cut is lit", |page| lit_step(page) == Some(1));
    page.wait_up_to(PATIENCE, "the next step is lit", |page| lit_step(page) > Some(1));
    let run = run_link::decode(&link(&page)[1..]).expect("a run");
    let cut = FaultSet::larger(&[FaultSet::none(5)], FaultKinds::TwoWayLinks)[0];
    assert_eq!(run.scenario().script, liveness::scenario(cut, Rules::PAPER, 1).script);
    // A step is a way to its instant, also to the end that was judged.
    page.get("button", containing("At 60 s")).click();
    page.wait_until("it is the end", |page| now(page) == 60_000);
    page.wait_until("the last step is lit", |page| lit_step(page) == Some(10));
    page.button("Kill S3").click();
    page.get("button", containing("The link between S1 and S2")).click();
    page.button("Kill S4").click();
    page.wait_for_text("This branch differs from the steps that were found.");
    page.button("Play it again").click();
    page.wait_up_to(PATIENCE, "it plays once more", |page| lit_step(page) == Some(1));
    // Why there is no smaller one, where it was asked.
    page.get("tab", "Rules").click();
    page.wait_for_text("Of 9 sets of 1 fault, 1 does it; the first is shown.");
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

#[test]
fn a_link_tells_the_same_in_the_readers_language() {
    let page = stopped(Page::visit());
    goal(&page, "stuck");
    page.get("combobox", "Cluster").fill("3");
    page.button("Find").click();
    let heading = "Counterexample: a stuck cluster: no leader has a majority";
    page.wait_up_to(PATIENCE, "it plays", |page| page.find("heading", heading).is_some());
    page.wait_for_text("The counterexample has 3 servers; your cluster had 5.");
    page.wait_for_text("At 60 s S1 believes that it leads; the newest term is 1.");
    let link = link(&page);
    let there = Page::visit().language("pt-BR").at(&link).open();
    there.get("tab", "Espaço-tempo").click();
    there.wait_for(
        "heading",
        "Contraexemplo: um cluster travado: nenhum leader tem maioria",
    );
    there.wait_for_text("A conexão de S2 para S1 é cortada.");
    there.wait_for_text("10 conjuntos de menos falhas foram testados em vão, 10 execuções cada");
}

#[test]
fn with_pre_vote_and_check_quorum_it_says_what_was_tried() {
    let page = stopped(Page::visit());
    goal(&page, "never-settles");
    page.get("combobox", "Which faults").fill("two-way-links-and-servers");
    page.button("Pre-vote and check quorum").click();
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "nothing is found", |page| {
        page.text().contains("Nothing found with up to 3 faults.")
    });
    let text = page.text();
    assert!(text.contains("68 sets of faults were tried"), "{text}");
    assert!(
        text.contains("58 settle in all of 10 runs; 10 leave no server a majority."),
        "{text}"
    );
    assert!(text.contains("Seen, not proved"), "{text}");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    // Another bound is another question.
    page.get("combobox", "Faults, at most").fill("2");
    page.wait_until("the answer is gone", |page| !page.text().contains("Nothing found"));
}

#[test]
fn that_nobody_can_win_follows_from_the_faults() {
    let page = stopped(Page::visit());
    goal(&page, "no-majority");
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it plays", |page| {
        page.find("heading", "Counterexample: a cluster in which nobody can win")
            .is_some()
    });
    page.wait_for_text("S3 crashes and does not come back.");
    page.get("tab", "Rules").click();
    page.wait_for_text("This follows from the faults alone, so nothing had to run");
    page.wait_for_text("in 61 a server reaches enough others to win.");
}

#[test]
fn a_search_for_faults_goes_on_elsewhere_and_can_be_cancelled_by_keys() {
    let page = stopped(Page::visit());
    goal(&page, "stuck");
    page.get("combobox", "Faults, at most").fill("5");
    page.button("Pre-vote and check quorum").click();
    page.execute("document.getElementById('adversary-find').focus()");
    page.press("Enter");
    page.wait_up_to(PATIENCE, "it is under way", |page| page.text().contains("sets tried"));
    page.get("tab", "Log").click();
    page.button("Step").click();
    page.get("tab", "Rules").click();
    page.wait_for("button", "Cancel");
    page.execute("[...document.querySelectorAll('.adversary-answer button')].at(-1).focus()");
    page.press("Enter");
    page.wait_until("it is cancelled", |page| page.find("button", "Cancel").is_none());
    assert_eq!(page.focused().expect("a focus").name(), "Find");
    assert!(!page.text().contains("sets tried"));
}

#[test]
fn on_a_phone_what_is_found_plays_in_sight() {
    let page = stopped(Page::visit().size(360, 740).dark());
    goal(&page, "never-settles");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Find").click();
    page.wait_up_to(PATIENCE, "it plays", |page| {
        page.text().contains("Without the fault it did not happen")
    });
    let top = page.execute("return document.getElementById('ring-panel').getBoundingClientRect().top");
    let top = top.as_f64().expect("a number");
    assert!((-1.0..370.0).contains(&top), "the ring begins at {top}");
    let across = page.execute("return document.documentElement.scrollWidth");
    assert!(
        across.as_u64().is_some_and(|across| across <= 360),
        "{across} pixels across"
    );
}

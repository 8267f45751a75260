//! The Practice panel: the page asks what will happen and plays it, and judges challenges.

use headless::{Page, containing, starting};

use crate::steps::{REAL_TIME, at_speed, at_the_start, now, panel, run_to, server};

fn quiz_text(page: &Page) -> String {
    page.get("region", "Predict, then run").text()
}

/// At the start S2's timer is the shortest by far, and nothing is under way.
fn asked_at_the_start() -> Page {
    let page = at_the_start();
    at_speed(&page, REAL_TIME);
    panel(&page, "Practice");
    page.button("Quiz me").click();
    page.wait_for("group", "Answers");
    page
}

#[test]
fn a_question_is_answered_then_played_then_explained() {
    let page = asked_at_the_start();
    assert!(
        quiz_text(&page).contains("becomes leader next?"),
        "{}",
        quiz_text(&page)
    );
    assert_eq!(now(&page), 0, "it waits for the answer");
    let sentence = "return getComputedStyle(document.querySelector('.narration')).visibility";
    assert_eq!(
        page.execute(sentence),
        "hidden",
        "it would say whose timer is the first"
    );
    page.get("button", "S4").click();
    page.wait_until("it has played", |page| quiz_text(page).contains("Not so."));
    assert_eq!(page.execute(sentence), "visible");
    let text = quiz_text(&page);
    assert!(text.contains("S2 won term 1."), "{text}");
    assert!(text.contains("S4 did not stand"), "{text}");
    assert!(text.contains("0 of 1 right"), "{text}");
    assert_eq!(now(&page), 165, "it stands where S2 has won");
    let why = "return document.querySelector('.quiz-next button:not(.primary)').click()";
    page.execute(why);
    page.wait_for("heading", containing("S2"));
}

#[test]
fn a_server_on_the_ring_is_an_answer_while_one_is_asked_for() {
    let page = asked_at_the_start();
    server(&page, 2).click();
    page.wait_until("it has played", |page| quiz_text(page).contains("Right."));
    assert!(quiz_text(&page).contains("1 of 1 right"));
    assert!(
        page.find("button", starting("S2, leader")).is_some(),
        "it was not crashed"
    );
    // Now a press is what it always is.
    server(&page, 2).click();
    page.wait_for("button", starting("S2, crashed"));
}

#[test]
fn a_question_about_a_run_that_was_changed_is_over() {
    let page = asked_at_the_start();
    page.button("Kill S2").click();
    page.wait_until("it is over", |page| quiz_text(page).contains("that question is over"));
    page.button("Quiz me").click();
    page.wait_for("group", "Answers");
}

#[test]
fn where_a_leader_leads_nothing_is_asked() {
    let page = at_the_start();
    run_to(&page, 500);
    panel(&page, "Practice");
    page.button("Quiz me").click();
    page.wait_until("it says so", |page| quiz_text(page).contains("Nothing comes next"));
}

/// The list item of a challenge.
fn challenge(page: &Page, title: &str) -> String {
    let find = format!(
        "return [...document.querySelectorAll('.challenge')].find((row) => row.querySelector('h3').textContent === '{title}').textContent"
    );
    page.execute(&find).as_str().unwrap_or_default().to_owned()
}

#[test]
fn a_challenge_is_begun_and_solved_and_its_link_is_judged_again() {
    let page = at_the_start();
    panel(&page, "Practice");
    assert!(
        !challenge(&page, "Elect S5").contains("shortest known"),
        "the par is not shown yet"
    );
    page.get("button", "Start: Elect S5").click();
    page.wait_until("it begins", |page| {
        challenge(page, "Elect S5").contains("Not solved so far.")
    });
    page.press("Space");
    run_to(&page, 340);
    page.button("Kill S1").click();
    page.get("slider", "Speed").fill(REAL_TIME);
    page.button("Play").click();
    page.wait_until("it is solved", |page| {
        challenge(page, "Elect S5").contains("Solved in 1 action. No solution is shorter.")
    });
    page.button("Pause").click();
    assert_eq!(
        challenge(&page, "Elect S5").matches("olved in 1").count(),
        1,
        "it is said once"
    );
}

#[test]
fn what_is_not_allowed_spoils_a_challenge() {
    let page = at_the_start();
    panel(&page, "Practice");
    page.get("button", "Start: Elect S5").click();
    page.wait_until("it begins", |page| {
        challenge(page, "Elect S5").contains("Not solved so far.")
    });
    page.press("Space");
    server(&page, 5).right_click();
    page.get("menuitem", starting("Election timeout now")).click();
    page.wait_until("it is spoiled", |page| {
        challenge(page, "Elect S5").contains("Not allowed in this challenge")
    });
}

/// S5 is cut off at 0.3 s, and the panel Network is open.
fn stale_leader_seen_from_network() -> Page {
    let page = at_the_start();
    panel(&page, "Practice");
    page.get("button", "Start: The stale leader").click();
    page.wait_until("it begins", |page| page.find("region", "Under way").is_some());
    page.press("Space");
    run_to(&page, 700);
    panel(&page, "Network");
    assert_eq!(page.accessibility_problems(), Vec::<String>::new());
    page
}

#[test]
fn the_tab_of_a_challenge_stays_and_what_becomes_of_it_is_said_on_every_panel() {
    let page = stale_leader_seen_from_network();
    assert!(page.find("tab", "Practice").is_some(), "it is under way");
    page.button("Heal all").click();
    page.get("slider", "Speed").fill(REAL_TIME);
    page.button("Play").click();
    page.wait_for_text("Challenge solved: The stale leader.");
    page.wait_for("tab", "Practice (solved)");
    page.button("Pause").click();
    assert_eq!(page.accessibility_problems(), Vec::<String>::new());
    page.button("Show the challenge").click();
    page.wait_until("its tab has the focus", |page| {
        page.focused().is_some_and(|node| node.name() == "Practice (solved)")
    });
    let first = page.execute("return document.querySelector('.practice-panel h2').textContent");
    assert_eq!(first.as_str(), Some("Under way"));
    assert!(challenge(&page, "The stale leader").contains("Solved in 1 action."));
    // Another run ends it.
    panel(&page, "Network");
    page.get("combobox", "Scenario").fill("split-vote");
    page.wait_until_gone("tab", starting("Practice"));
}

#[test]
fn a_dead_end_is_said_and_undone() {
    let page = stale_leader_seen_from_network();
    page.button("Kill S5").click();
    page.wait_for_text("S5 crashed: it no longer leads term 1, so it cannot step down from it any more.");
    page.wait_for("tab", "Practice (no longer to be solved)");
    page.button("Undo").click();
    page.wait_for("tab", "Practice");
}

/// A stored solution, as a link.
fn link_of(solution: &str) -> String {
    let run = raft_playground::scenario::file::read(solution).expect("a solution");
    raft_playground::scenario::link::encode(&run)
}

#[test]
fn whoever_opens_a_solution_sees_it_judged() {
    let solution = include_str!("../../src/lesson/challenge/solutions/leaderless.raft");
    let page = Page::visit().at(&format!("#{}", link_of(solution))).open();
    page.wait_until("it is judged", |page| {
        page.find("region", "Challenges").is_some()
            && challenge(page, "Two seconds without a leader")
                .contains("Solved in 2 actions. The simulator tried every action alone, and none was enough.")
    });
}

//! What a lesson says of what its reader does, how they come back to it, and what they answer by keys.

use headless::{Page, starting};
use raft_playground::lesson::BuiltinLesson;

use crate::{
    lessons::at_step,
    steps::{server, servers},
};

/// A built-in lesson, at the step with this number, as somebody who has been there before.
pub fn at_kept_step(lesson: BuiltinLesson, number: usize) -> Page {
    let slug = lesson.slug();
    let page = Page::visit().at(&format!("?lesson={slug}")).open();
    page.wait_for("heading", lesson.lesson().title.get("en"));
    let kept = format!("{slug} {}.", "+".repeat(number - 1));
    page.execute(&format!("localStorage.setItem('raft-playground.lessons', {kept:?})"));
    page.reload();
    page.button(starting("Go on at step")).click();
    page.wait_for_text(&format!("{number} of "));
    page
}

/// Whether the card, which is read out as it changes, says something.
fn is_read_out(page: &Page, words: &str) -> bool {
    let read = page.execute("return document.querySelector('.lesson [aria-live=polite]').innerText");
    read.as_str().is_some_and(|read| read.contains(words))
}

fn focused(page: &Page) -> String {
    page.focused()
        .map(|focused| focused.name().to_owned())
        .unwrap_or_default()
}

#[test]
fn a_wrong_move_gets_a_word_and_a_way_back() {
    let page = at_step(6);
    server(&page, 1).click();
    page.wait_for_text("S1 was a follower. The task asks for S2, the leader.");
    assert!(is_read_out(&page, "The task asks for S2"));
    page.button("Back to the start of this step").click();
    page.wait_until("S1 runs again", |page| server(page, 1).name().contains("follower"));
    page.wait_until("nothing is said any more", |page| {
        !page.text().contains("The task asks for")
    });
    server(&page, 2).click();
    page.wait_for("button", "Next");
    assert!(!page.text().contains("You did more"));
}

/// Whoever has done a task may do it once more: the run is as it was when it began.
#[test]
fn a_task_that_is_done_can_be_done_again() {
    let page = at_step(6);
    server(&page, 2).click();
    page.wait_for("button", "Next");
    page.button("Try again").click();
    page.wait_for_text("Your turn");
    page.wait_until("S2 runs again", |page| server(page, 2).name().contains("leader"));
    assert!(page.find("button", "Next").is_none());
    server(&page, 2).click();
    page.wait_for("button", "Next");
}

/// What was right does not look as if it had gone wrong.
#[test]
fn a_right_move_gets_a_word_and_no_way_back() {
    let page = at_kept_step(BuiltinLesson::Majority, 3);
    server(&page, 2).click();
    page.wait_for_text("Good: 1 of 3 done.");
    assert!(is_read_out(&page, "1 of 3 done"));
    assert!(page.find("button", "Try again").is_none());
    // Who can't guess the rest is shown it.
    page.wait_for("button", "Show me");
    // Whoever stops there may want to begin again.
    page.press("Space");
    page.wait_for("button", "Try again");
    server(&page, 3).click();
    page.wait_for_text("Good: 2 of 3 done.");
    server(&page, 4).click();
    page.wait_for("button", "Next");
    assert!(!page.text().contains("of 3 done"));
    let page = at_kept_step(BuiltinLesson::OneLeader, 8);
    server(&page, 2).click();
    page.wait_for_text("Good. Now wait");
    page.wait_for("button", "Finish");
    assert!(!page.text().contains("Good. Now wait"));
}

/// Nobody waits half a minute to be told.
#[test]
fn what_comes_too_late_is_told_at_once() {
    let page = at_kept_step(BuiltinLesson::Terms, 13);
    page.wait_for_text("Your turn");
    page.press("Space");
    page.wait_for_text("Too late for the solution: it does not work any more from here.");
    page.button("Back to the start of this step").click();
    page.wait_for_text("Your turn");
}

/// Nobody leaves a question without its right answer, and why it is right.
#[test]
fn whoever_gives_a_question_up_sees_its_answer() {
    let page = at_step(5);
    assert!(page.find("button", "Show the answer").is_none());
    page.press("3");
    page.wait_for_text("Try again, or have the answer shown.");
    assert!(page.find("button", "Next").is_none());
    page.button("Show the answer").click();
    page.wait_for_text("5 of 8");
    assert!(is_read_out(
        &page,
        "The answer: “Each heartbeat restarts their election timers”. Each time one arrives"
    ));
    page.wait_until("the way on has the focus", |page| focused(page) == "Next");
    page.press("Enter");
    page.wait_for_text("6 of 8");
    page.button("Back").click();
    page.wait_for_text("As long as they come in time");
}

/// A step that is tried over again is no other future: of branches nothing is said.
#[test]
fn after_a_slip_there_is_no_word_of_branches() {
    let page = at_step(6);
    server(&page, 1).click();
    page.wait_for_text("S1 was a follower.");
    page.button("Back to the start of this step").click();
    page.wait_until("S1 runs again", |page| server(page, 1).name().contains("follower"));
    let is_silent = |page: &Page| {
        assert!(page.find("button", "Back to the end").is_none());
        assert!(page.find("combobox", "Branches").is_none());
        assert!(!page.text().to_lowercase().contains("branch"), "{}", page.text());
    };
    is_silent(&page);
    server(&page, 2).click();
    page.wait_for("button", "Next");
    is_silent(&page);
}

/// What is said of it has the room that there is, above the buttons.
#[test]
fn on_a_phone_the_word_about_a_wrong_move_is_in_sight() {
    let page = at_kept_step(BuiltinLesson::Timeouts, 3);
    page.resize(360, 740);
    page.press("4");
    page.wait_for_text("The task does not ask for that.");
    let hidden = "const box = (one) => document.querySelector(one).getBoundingClientRect();
        const word = box('.lesson-words > .lesson-wrong');
        return word.top < box('.lesson-head').bottom - 1 || word.bottom > box('.lesson-row').top + 1";
    page.wait_until("the word is in sight", |page| page.execute(hidden) == false);
}

#[test]
fn what_was_done_beside_a_task_is_said_in_the_steps_after_it() {
    let page = at_step(6);
    server(&page, 1).click();
    page.wait_for_text("S1 was a follower.");
    server(&page, 2).click();
    page.wait_for("button", "Next");
    page.wait_for_text("You did more than the task asks: S1 crashed.");
    page.button("Next").click();
    page.wait_for_text("In the task you did more than it asks: S1 crashed.");
    page.wait_for("button", "Watch");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Back to the task").click();
    page.wait_until("S1 runs again", |page| server(page, 1).name().contains("follower"));
    assert!(server(&page, 2).name().contains("leader"));
    server(&page, 2).click();
    page.button("Next").click();
    page.wait_for_text("Nothing tells the four that S2 is gone.");
    assert!(!page.text().contains("In the task you did more"));
}

#[test]
fn nobody_waits_for_what_can_happen_no_more() {
    let page = at_step(6);
    for number in [1, 3, 2] {
        server(&page, number).click();
        page.wait_until("it is down", |page| server(page, number).name().contains("crashed"));
    }
    page.button("Next").click();
    page.wait_for_text("What this step waits for does not happen in the next 30 s of this run.");
    assert!(page.find("button", "Watch").is_none() && page.find("button", "Go on anyway").is_some());
    page.button("Back to the task").click();
    page.wait_until("all run again", |page| {
        servers(page).iter().all(|name| !name.contains("crashed"))
    });
}

#[test]
fn a_task_that_was_left_is_as_it_was() {
    let page = at_step(6);
    server(&page, 1).click();
    page.wait_for_text("S1 was a follower.");
    page.button("Back").click();
    page.wait_for_text("5 of 8");
    page.button("Next").click();
    page.wait_for_text("6 of 8");
    server(&page, 2).click();
    page.wait_for("button", "Next");
    assert!(!page.text().contains("You did more"));
    assert!(server(&page, 1).name().contains("follower"));
}

#[test]
fn whoever_comes_back_goes_on_where_they_were() {
    let page = at_step(7);
    page.reload();
    page.wait_for_text("Last time you came to step 7.");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Go on at step 7").click();
    page.wait_for_text("Nothing tells the four that S2 is gone.");
    assert!(server(&page, 2).name().contains("crashed"));
    page.button("Back").click();
    page.wait_for_text("S2 is down, and sends no more heartbeats.");
    page.button("Next").click();
    page.button("Watch").click();
    page.wait_for_text("so there is a leader again");
    page.wait_for("button", "Next");
    // The first step again, and nothing is offered any more once the reader goes on from there.
    page.reload();
    page.wait_for("button", "Go on at step 8");
    page.press("2");
    page.button("Next").click();
    page.wait_until_gone("button", "Go on at step 8");
}

/// Back across scenes, the run is the one that the step tells of.
#[test]
fn a_step_of_an_earlier_scene_shows_what_it_was_done_by() {
    let page = at_kept_step(BuiltinLesson::Majority, 6);
    page.button("Back").click();
    page.wait_for_text("A majority runs again, and there is a leader.");
    assert!(servers(&page).iter().any(|name| name.contains("leader")));
    assert_eq!(servers(&page).iter().filter(|name| name.contains("crashed")).count(), 2);
}

/// As the reader did it, not by the solution, which restarts S3.
#[test]
fn a_step_of_an_earlier_scene_shows_what_the_reader_did() {
    let page = at_kept_step(BuiltinLesson::Majority, 5);
    server(&page, 4).click();
    page.wait_for_text("A majority runs again, and there is a leader.");
    page.button("Next").click();
    page.wait_for_text("6 of ");
    page.button("Back").click();
    page.wait_for_text("A majority runs again, and there is a leader.");
    assert!(server(&page, 3).name().contains("crashed"), "{:?}", servers(&page));
    assert!(!server(&page, 4).name().contains("crashed"), "{:?}", servers(&page));
}

#[test]
fn keys_answer_and_the_way_on_has_the_focus() {
    let page = at_step(5);
    page.press("3");
    page.wait_for_text("Not quite.");
    page.press("9");
    page.press("2");
    page.wait_for_text("As long as they come in time");
    assert!(is_read_out(&page, "Right."));
    page.wait_until("the way on has the focus", |page| focused(page) == "Next");
    assert!(servers(&page).iter().all(|name| !name.contains("crashed")));
    page.press("Enter");
    page.wait_for_text("6 of 8");
    // Where nothing is asked, they are the page's again.
    page.press("2");
    page.wait_for_text("S2 is down, and sends no more heartbeats.");
}

#[test]
fn the_key_of_a_server_says_that_server() {
    let page = Page::visit().at("?lesson=one-leader").open();
    page.wait_for_text("Whose election timer expires next?");
    page.press("4");
    page.wait_for_text("S4's timer runs until");
    page.wait_until("the way on has the focus", |page| focused(page) == "Next");
    assert!(is_read_out(&page, "Not quite."));
}

/// The name of the rule that the lesson about terms wants to be switched.
const STEPS_DOWN: &str = "A newer term makes a server step down";

#[test]
fn the_rule_that_a_task_is_about_is_in_sight_and_marked() {
    for size in [(1280, 800), (360, 740)] {
        let page = at_kept_step(BuiltinLesson::Terms, 9);
        page.resize(size.0, size.1);
        page.wait_for("switch", STEPS_DOWN);
        page.wait_for_text("for the task");
        page.button("Show the switch").click();
        page.wait_until("it has the focus", |page| focused(page) == STEPS_DOWN);
        let seen = page.execute(
            "const at = document.activeElement.getBoundingClientRect();
             const top = document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2);
             return top === document.activeElement",
        );
        assert_eq!(seen, serde_json::json!(true), "at {size:?}");
        assert_eq!(page.accessibility_problems(), [""; 0]);
        page.get("switch", STEPS_DOWN).click();
        page.wait_until("it is not sought any more", |page| {
            !page.text().contains("for the task")
        });
        assert!(page.find("button", "Show the switch").is_none());
    }
}

#[test]
fn the_switch_is_in_sight_as_soon_as_the_task_is_there() {
    let page = at_kept_step(BuiltinLesson::Terms, 9);
    page.wait_for("switch", STEPS_DOWN);
    page.wait_until("it is in sight", |page| {
        let seen = page.execute(
            "const at = document.getElementById('sought-rule')?.getBoundingClientRect();
             return !!at && document.elementFromPoint(at.x + 5, at.y + 5)?.id === 'sought-rule'",
        );
        seen == serde_json::json!(true)
    });
}

/// What happens after a task is told where it was told before.
#[test]
fn the_panel_of_a_task_goes_with_it() {
    let page = at_kept_step(BuiltinLesson::Terms, 9);
    page.wait_for("switch", STEPS_DOWN);
    page.button("Show me").click();
    page.wait_for("button", "Next");
    page.button("Next").click();
    page.wait_for_text("10 of ");
    page.wait_until_gone("switch", STEPS_DOWN);
}

/// A stretch of time that a task ends with is over soon, and whoever waited for it by keyboard goes on from there.
#[test]
fn what_takes_time_to_be_shown_leads_on_by_keyboard() {
    let page = at_kept_step(BuiltinLesson::Networks, 5);
    page.button("Show me").click();
    page.wait_for("button", "Next");
    page.wait_until("the way on has the focus", |page| focused(page) == "Next");
}

/// What a task about timing wants to be set is as near as a rule.
#[test]
fn the_setting_that_a_task_is_about_is_in_sight() {
    for (step, field) in [(3, "Election timeout, shortest"), (5, "Heartbeat interval")] {
        let page = at_kept_step(BuiltinLesson::Timeouts, step);
        page.wait_for("spinbutton", field);
        page.button("Show the setting").click();
        page.wait_until("it has the focus", |page| focused(page) == field);
    }
}

/// A leader that learned of a newer term, and goes on by a rule that is off, has no votes in that term.
#[test]
fn votes_of_an_older_term_are_not_those_of_a_newer_one() {
    let page = at_kept_step(BuiltinLesson::Terms, 7);
    page.button("Watch").click();
    page.wait_for_text("S5 has learned of term 2");
    assert!(
        server(&page, 5).name().contains("leader, term 2, won term 1"),
        "{}",
        server(&page, 5).name()
    );
    assert!(server(&page, 2).name().contains("leader, term 2, votes: S2 S3 S4"));
}

#[test]
fn a_split_vote_ends_when_the_votes_are_there() {
    let page = at_kept_step(BuiltinLesson::Luck, 4);
    page.button("Watch").click();
    page.wait_for_text("Two votes each, and all four");
    for number in [2, 3] {
        assert!(server(&page, number).name().contains("candidate, term 2, 2 of 3 votes"));
    }
    assert!(server(&page, 5).name().contains("follower, term 2"));
}

#[test]
fn the_transcript_of_the_server_that_is_asked_about_is_in_front() {
    let page = at_kept_step(BuiltinLesson::Lab, 10);
    let shown = |page: &Page| page.execute("return document.querySelector('.transcript-lines').ariaLabel");
    page.wait_until("that of S2 is in front", |page| shown(page).as_str() == Some("S2"));
    page.button("Watch").click();
    page.button("Next").click();
    page.wait_for("group", "Answers");
    assert_eq!(shown(&page).as_str(), Some("S2"));
}

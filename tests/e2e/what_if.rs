//! The walk for which all this is there: find a past election, step back to the deciding vote, ask why, lose that vote in a
//! fork, watch both futures, and send the link to somebody else.

use headless::{Page, containing, json, starting};

use raft_playground::raft::Rule;

use crate::{
    notes::drop_file,
    sharing::{SAVED, link, saved},
    steps::{
        at_the_start, every_line, leader, now, panel, run_to, seek, server, servers, status, stopped, wait_for_server,
        with_a_leader,
    },
};

#[test]
fn a_deciding_vote_is_found_explained_lost_and_sent_to_somebody_else() {
    let page = stopped(Page::visit().prelude(SAVED));
    run_to(&page, 400);
    let first = leader(&page);
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    run_to(&page, 1200);
    let second = leader(&page);
    assert!(
        status(&page).contains(&format!("S{second} leads term 2")),
        "{}",
        status(&page)
    );

    // To the past election.
    page.get("combobox", "Jump to").fill("1");
    page.button(starting("Previous leader change")).click();
    page.wait_until("time has moved", |page| now(page) < 1200);
    let elected = now(&page);
    wait_for_server(&page, second, "leader");

    // Back to the deciding vote.
    page.button("Step back").click();
    page.wait_until("time has moved", |page| now(page) < elected);
    wait_for_server(&page, second, "candidate");
    page.button("Step").click();
    wait_for_server(&page, second, "leader");

    // Why?
    page.button(starting("Why does S")).click();
    page.wait_for(
        "button",
        containing(&format!("S{second} became leader of term 2 with 3 votes")),
    );
    let vote = containing("vote for term 2 arrived at");
    page.button(vote).click();

    // What if?
    page.button("What if this message had been lost?").click();
    page.wait_for_text("Two branches with the same random choices");
    let rings = page.execute("return document.querySelectorAll('svg.ring').length");
    assert_eq!(rings, 2);
    run_to(&page, elected + 5);
    panel(&page, "Branches");
    page.wait_for_text("They diverge at");
    // What each has cost, and what was done in it alone.
    let table = page.get("table", "What differs so far").text();
    for row in [
        "Branch 2",
        "Branch 3",
        "Without a leader that a majority can follow",
        "Elections started",
        "Highest term",
        "Done in this branch only",
        "was dropped",
    ] {
        assert!(table.contains(row), "{row} in {table}");
    }

    // The same for somebody else.
    let there = Page::visit().at(&link(&page)).open();
    there.wait_until("it is that instant", |page| now(page) == elected + 5);
    assert_eq!(servers(&there), servers(&page));
    assert_eq!(
        there.find("combobox", "Branches").is_some(),
        page.find("combobox", "Branches").is_some()
    );
}

#[test]
fn every_line_of_the_log_says_why_by_keyboard() {
    let page = at_the_start();
    run_to(&page, 300);
    every_line(&page);
    page.get("log", "Event log").focus();
    for key in ["ArrowUp", "ArrowUp", "Enter"] {
        page.press(key);
    }
    page.wait_for("region", starting("Why? "));
    page.wait_for_text("because");
    let panel = page.get("region", starting("Why? ")).text();
    assert!(panel.contains("because"), "the answer is in the panel: {panel}");
}

#[test]
fn reset_loses_nothing() {
    let page = at_the_start();
    run_to(&page, 400);
    let first = leader(&page);
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    page.button("Reset").click();
    page.wait_until("it is the start", |page| now(page) == 0);
    panel(&page, "Branches");
    // The time was moved back to 400 ms, so the crash opened a branch.
    page.button(starting("Visit: Branch 2")).click();
    seek(&page, 400);
    wait_for_server(&page, first, "crashed");
    assert_eq!(now(&page), 400, "the branch is visited where the crash was");
}

/// Without the crash, the restart that came after it can't take effect: the tree of branches says so, and the saved file.
#[test]
fn what_had_no_effect_is_marked_in_the_tree_of_branches() {
    let page = at_the_start();
    run_to(&page, 400);
    for (state, at) in [("crashed", 450), ("follower", 500)] {
        server(&page, 4).click();
        wait_for_server(&page, 4, state);
        run_to(&page, at);
    }
    panel(&page, "Branches");
    let tree = |page: &Page| page.execute("return document.querySelector('.branch.current').innerText");
    assert!(!tree(&page).to_string().contains("no effect"), "{}", tree(&page));
    page.button("Remove: You crashed S4").click();
    run_to(&page, 500);
    page.wait_until("the mark is there", |page| {
        tree(page)
            .to_string()
            .contains("“You started S4” had no effect: S4 is already running")
    });
}

/// S2 crashed in both, and each ring says when: without its time, "without S2 crashed" would be read as wrong.
#[test]
fn the_words_beside_two_rings_are_true_of_them() {
    let page = with_a_leader();
    server(&page, 2).click();
    wait_for_server(&page, 2, "crashed");
    run_to(&page, 600);
    page.button("What if not? You crashed S2").click();
    page.wait_for("button", "Control this one");
    let said = |page: &Page| {
        page.execute("return [...document.querySelectorAll('.future-turning')].map((said) => said.textContent)")
    };
    assert_eq!(
        said(&page),
        json!([
            "at 0.200 s: S2 crashed",
            "at 0.200 s: without \u{201c}S2 crashed\u{201d}"
        ])
    );
    let sign =
        |page: &Page| page.execute("return document.querySelector('.differing-now path').getAttribute('d').length");
    let differs = sign(&page);
    seek(&page, 100);
    page.wait_for_text("Each server's state is the same in both right now.");
    assert_ne!(sign(&page), differs, "no sign says that they differ");
    seek(&page, 400);
    server(&page, 2).click();
    wait_for_server(&page, 2, "crashed");
    page.wait_until("both rings say when S2 crashed", |page| {
        said(page) == json!(["at 0.200 s: S2 crashed", "S2 crashed at 0.400 s, not at 0.200 s"])
    });
}

/// The answer is told first, and the reader was elsewhere.
#[test]
fn whoever_asks_what_if_not_sees_the_newest_card() {
    let page = stopped(Page::visit().size(1024, 768));
    for (number, at) in [(4, 250), (5, 500), (4, 550), (5, 600)] {
        run_to(&page, at);
        server(&page, number).click();
    }
    run_to(&page, 700);
    page.wait_for("button", starting("What if not? You crashed S4"));
    let scrolled = |page: &Page| page.execute("return document.querySelector('.story').scrollTop");
    page.execute("const story = document.querySelector('.story'); story.scrollTop = story.scrollHeight;");
    assert_ne!(scrolled(&page), 0);
    page.button("What if not? You crashed S4").click();
    page.wait_for("button", "Control this one");
    page.wait_until("the newest card is in sight", |page| scrolled(page) == 0);
}

const PARTED: &str = "raft-playground 1
title Three groups
seed 6
at 0.4 s partition S1 S2 | S3 | S4 S5
at 0.5 s kill S3
branch 1 until 1 s
visit 1 at 1 s
";

/// The branches of the run that a line has parted in three.
fn parted() -> Page {
    let page = stopped(Page::visit().prelude(SAVED));
    drop_file(&page, PARTED);
    page.wait_for_text("Three groups");
    page.wait_until("it is open", |page| now(page) == 1000);
    panel(&page, "Branches");
    page
}

/// What a line parted in three stands there as one thing, and goes as one.
#[test]
fn a_partition_in_three_groups_is_removed_as_a_whole() {
    let page = parted();
    let removes = |page: &Page| {
        let buttons = page.all("button");
        buttons
            .iter()
            .filter(|button| button.name().starts_with("Remove: "))
            .count()
    };
    page.wait_until("the line is one entry", |page| removes(page) == 2);
    page.button(containing("Remove: The scenario cut S1 and S2 off"))
        .click();
    page.wait_for_text("Two branches with the same random choices");
    page.wait_until("all of it is gone", |page| removes(page) == 1);
}

/// Settings are as good a what-if as faults, and are asked for where there is nothing of them before.
#[test]
fn what_is_done_instead_can_be_a_setting() {
    let page = parted();
    page.button("Replace…: The scenario crashed S3").click();
    assert!(page.find("combobox", "Setting").is_none());
    page.get("combobox", "Action").fill("setting");
    page.get("combobox", "Whose setting").fill("3");
    page.get("combobox", "Setting").fill("3");
    page.get("combobox", "Clock").fill("2000");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Compare both branches").click();
    page.wait_for_text("S3's timing was changed: clock at 2× normal speed instead of “S3 crashed”");
    assert!(saved(&page, "Scenario file").contains("do 0.5 s server S3 clock 2\n"));

    // One setting of the cluster, and one of a link.
    panel(&page, "Branches");
    page.button("Add an action now…").click();
    page.get("combobox", "Action").fill("setting");
    page.get("combobox", "Whose setting").fill("0");
    page.get("combobox", "Setting").fill("8");
    page.get("combobox", "Rule on").fill(&Rule::PreVote.bit().to_string());
    page.button("Compare both branches").click();
    page.wait_for_text("the rules were changed to: pre-vote");
    panel(&page, "Branches");
    page.button("Add an action now…").click();
    page.get("combobox", "Action").fill("setting");
    page.get("combobox", "Whose setting").fill("6");
    page.get("combobox", "Setting").fill("5");
    page.get("slider", "Messages lost").fill("1000");
    page.button("Compare both branches").click();
    page.wait_for_text("the link from S1 to S2 was changed: 100.0 % lost");
}

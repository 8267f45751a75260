//! The kill row below the ring: each server's button, the faults that a class asks for, and Undo.

use headless::{Page, json, starting};

use crate::steps::{
    at_the_start, leader, now, run_to, seek, server, servers, status, step_until, stopped, story, wait_for_notice,
    wait_for_server, with_a_leader,
};

#[test]
fn a_server_is_killed_and_restarted_in_the_row() {
    let page = with_a_leader();
    page.button("Kill S3").click();
    wait_for_server(&page, 3, "crashed");
    page.button("Restart S3").click();
    wait_for_server(&page, 3, "follower");
}

#[test]
fn the_leader_crashes_and_the_button_says_so_when_there_is_none() {
    let page = with_a_leader();
    let first = leader(&page);
    page.button("Crash leader").click();
    wait_for_server(&page, first, "crashed");
    assert!(status(&page).starts_with("No leader"), "{}", status(&page));
    let button = page.button("Crash leader");
    assert!(button.is("disabled"));
    assert_eq!(
        button.attribute("title").as_deref(),
        Some("No server acts as leader now.")
    );
}

/// Who believes that it leads is crashed as well, and the button names it.
#[test]
fn a_leader_that_is_cut_off_crashes_and_the_button_says_which() {
    let page = with_a_leader();
    let first = leader(&page);
    page.button(starting("Cut off")).click();
    page.button(&*format!("Cut off S{first}")).click();
    page.wait_for_text("No leader with a majority");
    let button = page.button("Crash leader");
    let hint = format!("Crashes S{first}, which acts as leader without a majority.");
    assert_eq!(button.attribute("title"), Some(hint));
    button.click();
    wait_for_server(&page, first, "crashed");
}

#[test]
fn the_votes_are_split_when_one_asks_for_it() {
    let page = with_a_leader();
    page.button("Split vote").click();
    run_to(&page, now(&page) + 152);
    let candidates = servers(&page)
        .iter()
        .filter(|name| name.contains(", candidate, "))
        .count();
    assert_eq!(candidates, 4, "{:?}", servers(&page));
}

#[test]
fn a_server_is_cut_off_and_its_links_are_restored() {
    let page = at_the_start();
    page.button(starting("Cut off")).click();
    page.button("Cut off S4").click();
    page.wait_for("button", "Link S1–S4: cut");
    assert!(page.find("button", "Cut off S4").is_none(), "the choice is made");
    page.button(starting("Cut off")).click();
    page.button("Restore links of S4").click();
    page.wait_for("button", "Link S1–S4: both ways");
    page.button(starting("Cut off")).click();
    page.press("Escape");
    page.wait_until_gone("button", "Cut off S4");
}

#[test]
fn what_was_cut_crashed_and_paused_is_healed_and_told_in_the_word_of_the_button() {
    let page = with_a_leader();
    let follower = leader(&page) % 5 + 1;
    page.button("Kill S5").click();
    wait_for_server(&page, 5, "crashed");
    page.button("Heal all").click();
    wait_for_server(&page, 5, "follower");
    assert!(page.button("Heal all").is("disabled"));
    let later = now(&page) + 10;
    run_to(&page, later);
    page.button("Kill S5").click();
    wait_for_server(&page, 5, "crashed");
    let later = now(&page) + 10;
    run_to(&page, later);
    server(&page, follower).right_click();
    page.get("menuitem", starting("Pause")).click();
    page.button(starting("Link S1–S2")).click();
    page.wait_for("button", "Link S1–S2: only S1 to S2");
    let later = now(&page) + 10;
    run_to(&page, later);
    page.button("Heal all").click();
    page.wait_for("button", "Link S1–S2: both ways");
    assert!(!server(&page, follower).name().contains("paused"));
    assert!(page.button("Heal all").is("disabled"));
    let cards = story(&page);
    assert!(cards.iter().any(|card| card == "You healed the cluster"), "{cards:?}");
}

#[test]
fn the_network_is_slowed_and_fast_again() {
    let page = at_the_start();
    let is_slow = |page: &Page| page.button("Slow network").attribute("aria-pressed");
    assert_eq!(is_slow(&page).as_deref(), Some("false"));
    let places = |page: &Page| ["Slow network", "Heal all"].map(|name| page.button(name).bounds());
    let before = places(&page);
    page.button("Slow network").click();
    page.wait_until("it is slow", |page| is_slow(page).as_deref() == Some("true"));
    assert_eq!(places(&page), before, "nothing moves for it");
    page.button("Slow network").click();
    page.wait_until("it is fast", |page| is_slow(page).as_deref() == Some("false"));
    assert!(page.button("Heal all").is("disabled"));
    page.button("Slow network").click();
    page.wait_until("it is slow", |page| is_slow(page).as_deref() == Some("true"));
    page.button("Heal all").click();
    page.wait_until("it is healed", |page| is_slow(page).as_deref() == Some("false"));
    page.button("Undo").click();
    wait_for_notice(&page, "You undid: “reset the network”");
}

/// The choice of a server lies over neither the kill row nor a server of the ring.
#[test]
fn whom_to_cut_off_is_chosen_below_the_buttons() {
    for size in [(1280, 800), (1280, 720), (1366, 768), (360, 740)] {
        let page = stopped(Page::visit().size(size.0, size.1));
        page.button(starting("Cut off")).click();
        page.wait_for("button", "Cut off S4");
        let covered = page.execute(
            "const choice = document.querySelector('.toolbar .choice-list').getBoundingClientRect();
            return [...document.querySelectorAll('.toolbar-row > button, .toolbar .choice > button, #ring .body')]
                .filter((part) => { const box = part.getBoundingClientRect();
                    return box.left < choice.right && choice.left < box.right && box.top < choice.bottom && choice.top < box.bottom; })
                .map((part) => part.textContent);",
        );
        assert_eq!(covered, json!([]), "{size:?}");
        page.button("Cut off S5").click();
        page.wait_for("button", "Link S1–S5: cut");
    }
}

/// Nobody asked for the crash, so it is told.
#[test]
fn a_split_vote_says_that_it_crashes_the_leader_and_waits_for_an_election_to_end() {
    let page = at_the_start();
    step_until(&page, ", leader, ");
    let first = leader(&page);
    page.button("Split vote").click();
    wait_for_notice(
        &page,
        &format!("You crashed S{first}: a leader's heartbeats prevent split votes."),
    );
    page.press("r");
    step_until(&page, ", candidate, ");
    let button = page.button("Split vote");
    assert!(button.is("disabled"));
    let why = button.attribute("title");
    assert_eq!(
        why.as_deref(),
        Some("An election is running. Votes can be split once it has ended.")
    );
}

/// Redo goes back to the branch that Undo left, by its button or by a key, until something else is done.
#[test]
fn what_was_taken_back_is_done_again() {
    let page = with_a_leader();
    assert!(page.button("Redo").is("disabled"));
    page.button("Kill S1").click();
    wait_for_server(&page, 1, "crashed");
    for (undo, redo) in [("Control+z", "Control+y"), ("Control+z", "Control+Shift+Z")] {
        page.press(undo);
        wait_for_server(&page, 1, "follower");
        page.press(redo);
        wait_for_server(&page, 1, "crashed");
    }
    page.button("Undo").click();
    wait_for_server(&page, 1, "follower");
    page.button("Redo").click();
    wait_for_server(&page, 1, "crashed");
    page.button("Undo").click();
    page.button("Kill S3").click();
    wait_for_server(&page, 3, "crashed");
    assert!(page.button("Redo").is("disabled"), "something else was done");
}

/// Undo takes things back one by one, by its button or by Ctrl+Z, at the instant shown, and says what.
#[test]
fn what_was_done_is_taken_back() {
    let page = with_a_leader();
    assert!(page.button("Undo").is("disabled"));
    let first = leader(&page);
    page.button("Crash leader").click();
    run_to(&page, 600);
    page.button("Kill S1").click();
    run_to(&page, 700);
    let instant = now(&page);
    page.button("Undo").click();
    wait_for_notice(&page, "You undid: “crashed S1”.");
    assert_eq!(now(&page), instant);
    page.press("Control+z");
    wait_for_notice(&page, &format!("You undid: “crashed S{first}”."));
    assert!(
        status(&page).starts_with(&format!("S{first} leads term 1")),
        "{}",
        status(&page)
    );
    assert_eq!(now(&page), instant);
    assert!(page.button("Undo").is("disabled"));
    seek(&page, 300);
    assert!(
        status(&page).starts_with(&format!("S{first} leads term 1")),
        "{}",
        status(&page)
    );
}

/// Both futures want faults: the row is in sight, and over neither ring.
#[test]
fn faults_are_at_hand_while_two_futures_are_compared() {
    for (width, height) in [(1280, 800), (1366, 768), (1280, 720)] {
        let (split, compare) = ("Split vote", "Compare with its parent");
        let page = stopped(Page::visit().size(width, height));
        run_to(&page, 300);
        seek(&page, 100);
        page.button(split).click();
        page.button(compare).click();
        page.wait_until("two rings", |page| {
            page.execute("return document.querySelectorAll('svg.ring').length") == json!(2)
        });
        let amiss = page.execute(
            "const rings = [...document.querySelectorAll('.future')].map((ring) => ring.getBoundingClientRect());
                const panel = document.getElementById('ring-panel').getBoundingClientRect();
                return [...document.querySelectorAll('.toolbar button')].filter((button) => {
                    const box = button.getBoundingClientRect();
                    return box.height === 0 || box.bottom > panel.bottom || rings.some((ring) => ring.bottom > box.top);
                }).map((button) => button.textContent);",
        );
        assert_eq!(amiss, json!([]), "{width} by {height}");
    }
}

/// The new branch does not silence what nobody asked for.
#[test]
fn a_split_vote_in_the_past_says_that_it_crashes_the_leader_and_that_a_branch_began() {
    let page = at_the_start();
    run_to(&page, 600);
    seek(&page, 400);
    page.button("Split vote").click();
    wait_for_notice(&page, "a leader's heartbeats prevent split votes.");
    wait_for_notice(&page, "New branch 2");
    page.wait_for("button", "Compare with its parent");
    let is_whole = page.execute(
        "const notice = document.querySelector('.notice p').getBoundingClientRect(); return notice.top >= 0 && notice.height <= 64;",
    );
    assert_eq!(is_whole, json!(true));
}

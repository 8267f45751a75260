//! The kill row below the ring: each server's button, the faults that a class asks for, and Undo.

use headless::{Page, starting};

use crate::steps::{
    at_the_start, leader, now, run_to, seek, server, servers, status, wait_for_notice, wait_for_server, with_a_leader,
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
    assert_eq!(button.attribute("title").as_deref(), Some("No server leads now."));
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
fn what_was_cut_and_paused_is_healed() {
    let page = with_a_leader();
    let follower = leader(&page) % 5 + 1;
    server(&page, follower).right_click();
    page.get("menuitem", starting("Pause")).click();
    page.button(starting("Link S1–S2")).click();
    page.wait_for("button", "Link S1–S2: only S1 to S2");
    page.button("Heal all").click();
    page.wait_for("button", "Link S1–S2: both ways");
    assert!(!server(&page, follower).name().contains("paused"));
    assert!(page.button("Heal all").is("disabled"));
}

#[test]
fn the_network_is_slowed_and_fast_again() {
    let page = at_the_start();
    let is_slow = |page: &Page| page.button("Slow network").attribute("aria-pressed");
    assert_eq!(is_slow(&page).as_deref(), Some("false"));
    page.button("Slow network").click();
    page.wait_until("it is slow", |page| is_slow(page).as_deref() == Some("true"));
    page.button("Slow network").click();
    page.wait_until("it is fast", |page| is_slow(page).as_deref() == Some("false"));
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

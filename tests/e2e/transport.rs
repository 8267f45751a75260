//! Time: it plays, stops, steps, starts again and can be visited; luck comes from the seed.

use headless::{Page, starting};

use crate::steps::{
    REAL_TIME, at_speed, at_the_start, copied_log, leader, now, run_to, seek, server, servers, status, step_until,
    wait_for_notice, wait_for_server, with_a_leader,
};

#[test]
fn pause_stops_the_time_and_play_lets_it_pass() {
    let page = Page::open();
    page.wait_until("time passes", |page| now(page) > 0);
    page.button("Pause").click();
    page.wait_for("button", "Play");
    let stopped = now(&page);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(now(&page), stopped);
    page.button("Play").click();
    page.wait_until("time passes again", |page| now(page) > stopped);
}

#[test]
fn step_goes_from_event_to_event() {
    let page = at_the_start();
    page.button("Step").click();
    page.wait_until("the time has moved", |page| now(page) > 0);
    let first = now(&page);
    let candidates = servers(&page).iter().filter(|name| name.contains("candidate")).count();
    assert_eq!(
        candidates,
        1,
        "the first thing to happen is an election timeout: {:?}",
        servers(&page)
    );
    step_until(&page, ", leader, ");
    assert!(now(&page) > first);
    page.wait_for("button", "Play");
}

#[test]
fn reset_starts_the_same_run_again() {
    let page = at_the_start();
    run_to(&page, 1000);
    let before = copied_log(&page);
    assert!(before.contains("Becoming leader."), "{before}");
    server(&page, leader(&page)).click();
    run_to(&page, 1500);
    assert_ne!(copied_log(&page), before);

    page.button("Reset").click();
    page.wait_until("it is the start", |page| now(page) == 0);
    assert_eq!(
        page.find("textbox", "Seed").map(|seed| seed.value().to_owned()),
        Some("6".to_owned())
    );
    run_to(&page, 1000);
    assert_eq!(copied_log(&page), before);
}

#[test]
fn the_same_seed_gives_the_same_run_and_another_seed_another() {
    let page = at_the_start();
    let run = |seed: &str| {
        page.get("textbox", "Seed").fill(seed);
        page.wait_until("it is the start", |page| now(page) == 0);
        run_to(&page, 1000);
        copied_log(&page)
    };
    let first = run("18446744073709551615");
    assert!(first.contains("Becoming leader."), "{first}");
    assert_ne!(run("2"), first);
    assert_eq!(run("18446744073709551615"), first);
}

#[test]
fn a_new_seed_is_made_by_chance() {
    let page = with_a_leader();
    let before = page.get("textbox", "Seed").value().to_owned();
    page.button("New seed").click();
    page.wait_until("it is the start", |page| now(page) == 0);
    assert_ne!(page.get("textbox", "Seed").value(), before);
}

#[test]
fn what_is_no_seed_gets_a_message_and_changes_nothing() {
    let page = with_a_leader();
    for nonsense in ["luck", "-1", "1.5", "18446744073709551616", ""] {
        let log = copied_log(&page);
        page.get("textbox", "Seed").fill(nonsense);
        page.wait_for_text("A seed is a whole number");
        assert!(page.get("textbox", "Seed").is("invalid"), "{nonsense:?}");
        assert_eq!(page.get("textbox", "Seed").value(), nonsense, "it stays to be mended");
        assert_eq!((now(&page), copied_log(&page)), (200, log), "{nonsense}");
    }
    page.get("textbox", "Seed").fill("7");
    page.wait_until("it is right", |page| !page.text().contains("A seed is a whole number"));
    page.wait_until("another run begins", |page| now(page) == 0);
}

#[test]
fn the_speed_goes_from_a_thousandth_to_tenfold() {
    let page = at_the_start();
    let speed = page.get("slider", "Speed");
    speed.focus();
    for (key, label) in [("Home", "1/1000×"), ("End", "10×")] {
        page.press(key);
        page.wait_for_text(label);
    }
    let pace = |step: &str| {
        at_speed(&page, step);
        let start = now(&page);
        page.button("Play").click();
        std::thread::sleep(std::time::Duration::from_millis(500));
        page.button("Pause").click();
        page.wait_for("button", "Play");
        now(&page) - start
    };
    let (slow, fast) = (pace("-40"), pace("0"));
    assert!(fast > 10 * slow, "a hundredth gave {slow} ms, real time {fast} ms");
}

#[test]
fn the_time_can_be_visited_and_the_future_is_the_same() {
    let page = with_a_leader();
    let (sentence, log) = (status(&page), copied_log(&page));
    seek(&page, 100);
    assert!(status(&page).starts_with("No leader"), "{}", status(&page));
    assert!(!copied_log(&page).contains("Election timeout."));
    seek(&page, 200);
    assert_eq!((status(&page), copied_log(&page)), (sentence.clone(), log.clone()));

    seek(&page, 100);
    run_to(&page, 200);
    assert_eq!((status(&page), copied_log(&page)), (sentence, log));
}

#[test]
fn the_reader_can_come_back_from_the_past() {
    let page = at_the_start();
    run_to(&page, 200);
    page.button("Back to the end").click();
    page.wait_until("it is the end", |page| page.find("button", "Back to the end").is_none());
    let end = now(&page);
    seek(&page, 100);
    page.button("Back to the end").click();
    page.wait_until("it is the end", |page| now(page) == end);
    assert!(
        page.find("button", "Back to the end").is_none(),
        "who is at the end is not offered to go there"
    );
}

#[test]
fn acting_in_the_past_opens_a_branch_and_keeps_the_old_one() {
    let page = with_a_leader();
    let first = leader(&page);
    let before = copied_log(&page);
    seek(&page, 100);
    server(&page, first).click();
    wait_for_notice(&page, "New branch 2: you changed the past.");
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    let second = leader(&page);
    assert_ne!(second, first, "in the new branch somebody else is elected");

    let branches = page.get("combobox", starting("Branch"));
    branches.fill("0");
    wait_for_server(&page, first, "leader");
    seek(&page, 200);
    assert_eq!(copied_log(&page), before);
    page.get("combobox", starting("Branch")).fill("1");
    wait_for_server(&page, second, "leader");
    wait_for_server(&page, first, "crashed");
}

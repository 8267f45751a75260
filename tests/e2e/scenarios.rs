//! The picker: each of the lab's figures shows what its sentence promises, and clusters of all sizes elect a leader.

use headless::Page;

use crate::steps::{TENFOLD, at_speed, at_the_start, leader, newest_term, now, run_to, seek, server, status};

/// A figure, stopped when this much of its time has passed.
fn figure(number: u8, millis: u64) -> Page {
    let page = at_the_start();
    page.get("combobox", "Scenario").fill(&format!("figure-{number}"));
    page.button("Pause").click();
    run_to(&page, millis);
    page.wait_for_text("modified rules");
    page
}

#[track_caller]
fn assert_at(page: &Page, millis: u64, sentence: &str) {
    seek(page, millis);
    assert!(status(page).starts_with(sentence), "at {millis} ms: {}", status(page));
}

#[track_caller]
fn assert_is(page: &Page, number: usize, part: &str) {
    let name = server(page, number).name().to_owned();
    assert!(name.contains(part), "{name} is not {part}");
}

#[test]
fn figure_1_five_servers_start_one_after_the_other() {
    let page = figure(1, 29_000);
    assert_at(&page, 29_000, "S2 leads term 2");
    assert_at(&page, 1_000, "No leader");
    assert_is(&page, 1, "follower");
    assert_is(&page, 5, "not started");
    assert_at(&page, 5_900, "");
    assert_is(&page, 4, "not started");
}

#[test]
fn figure_2_the_leader_fails_and_comes_back() {
    let page = figure(2, 12_000);
    assert_at(&page, 5_100, "S3 leads term 1");
    assert_at(&page, 5_300, "No leader");
    assert_at(&page, 9_900, "S2 leads term 2");
    assert_is(&page, 3, "crashed, term 1");
    assert_at(&page, 12_000, "S2 leads term 2");
    assert_is(&page, 3, "follower, term 2");
}

#[test]
fn figure_3_one_leader_fails_for_good() {
    let page = figure(3, 20_000);
    assert_at(&page, 8_900, "S1 leads term 2");
    assert_at(&page, 9_000, "No leader");
    assert_at(&page, 20_000, "S3 leads term 3");
    assert_is(&page, 1, "crashed, term 2");
}

#[test]
fn figure_4_two_leaders_fail() {
    let page = figure(4, 20_000);
    assert_at(&page, 5_000, "S1 leads");
    assert_at(&page, 10_900, "S3 leads");
    assert_at(&page, 20_000, "S4 leads");
    assert_is(&page, 1, "crashed");
    assert_is(&page, 3, "crashed");
}

#[test]
fn figure_5_three_fail_and_nobody_can_win() {
    let page = figure(5, 40_000);
    assert_at(&page, 6_600, "S1 leads term 2");
    assert_at(&page, 12_600, "S5 leads term 3");
    assert_at(&page, 15_900, "S3 leads term 4");
    assert_at(&page, 20_000, "No leader No majority");
    let term = newest_term(&page);
    assert_at(&page, 40_000, "No leader No majority");
    assert!(
        newest_term(&page) > term,
        "terms climb from {term} to {}",
        newest_term(&page)
    );
}

#[test]
fn clusters_of_one_to_nine_servers_elect_a_leader() {
    let page = Page::open();
    for size in 1..=9 {
        page.get("combobox", "Servers").fill(&size.to_string());
        at_speed(&page, TENFOLD);
        page.wait_until("it is another cluster", |page| {
            crate::steps::servers(page).len() == size
        });
        assert!((1..=size).contains(&leader(&page)), "{size} servers");
        assert!(
            status(&page).contains(" leads term "),
            "{size} servers: {}",
            status(&page)
        );
    }
}

#[test]
fn another_scenario_starts_at_its_beginning_and_plays() {
    let page = at_the_start();
    run_to(&page, 500);
    page.get("combobox", "Scenario").fill("figure-3");
    page.wait_for("button", "Pause");
    page.wait_for_text("S1 leads term 2 and crashes for good");
    assert!(
        page.find("combobox", "Servers").is_none(),
        "a figure has its five servers"
    );
    page.button("Pause").click();
    assert!(now(&page) < 60_000 && page.text().contains("1.25 s per second"));
    page.get("combobox", "Scenario").fill("free");
    page.wait_until("the free cluster is back", |page| {
        page.find("combobox", "Servers").is_some()
    });
}

#[test]
fn an_address_names_a_scenario_also_in_a_frame() {
    for address in ["?scenario=minority-leader", "?embed=1&scenario=minority-leader"] {
        let page = Page::visit().at(address).open();
        page.wait_until("S1 is cut off", |page| {
            server(page, 1).name().contains("reaches 2 of 5")
        });
    }
}

#[test]
fn a_name_that_an_address_has_wrong_is_told() {
    for (address, told) in [
        (
            "?scenario=splitvote",
            "a scenario that this page does not have: “splitvote”",
        ),
        ("?lesson=term", "a lesson that this page does not have: “term”"),
        ("?lab=figure-17", "an experiment that this page does not have"),
        ("?atlas=prevote", "a rule that this page does not have"),
    ] {
        let page = Page::visit().at(address).open();
        page.wait_for_text(told);
        assert_eq!(page.accessibility_problems(), [""; 0], "{address}");
    }
}

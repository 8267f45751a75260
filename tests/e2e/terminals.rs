//! The terminals: one for each server, with its own transcript, its button and its prompt.

use headless::{Page, starting};

use crate::steps::{at_the_start, leader, panel, run_to, server, wait_for_server};

fn terminals() -> Page {
    let page = at_the_start();
    run_to(&page, 200);
    panel(&page, "Terminals");
    page
}

/// The transcript of a server, as its terminal shows it.
fn transcript(page: &Page, number: usize) -> String {
    page.get("group", &format!("Terminal of S{number}")).text()
}

#[test]
fn each_server_has_a_terminal_with_its_own_lines() {
    let page = terminals();
    let leader = leader(&page);
    for number in 1..=5 {
        let text = transcript(&page, number);
        assert!(
            text.starts_with(&format!("[SERVER] Listening on 'localhost:300{number}'")),
            "{text}"
        );
        assert_eq!(text.contains("Becoming leader."), number == leader, "S{number}: {text}");
        assert_eq!(text.contains("Vote accepted to"), number != leader, "S{number}: {text}");
    }
}

#[test]
fn a_crash_prints_control_c_and_leaves_a_prompt() {
    let page = terminals();
    page.button("Crash S2").click();
    wait_for_server(&page, 2, "crashed");
    let text = transcript(&page, 2);
    assert!(text.trim_end().ends_with("^C\n$"), "{text:?}");
    page.button("Restart S2").click();
    let text = transcript(&page, 2);
    assert!(text.ends_with("[SERVER] Accepting connections."), "{text:?}");
    page.wait_for("button", "Crash S2");
}

#[test]
fn a_crash_in_the_ring_shows_in_the_terminal() {
    let page = terminals();
    server(&page, 4).click();
    page.wait_for("button", "Restart S4");
    assert!(transcript(&page, 4).contains("^C"));
}

#[test]
fn the_newest_lines_are_in_sight() {
    let page = terminals();
    run_to(&page, 1500);
    let hidden = "function () { return this.scrollHeight - this.clientHeight - this.scrollTop; }";
    page.wait_until("all terminals show their end", |page| {
        let screens = page
            .all("group")
            .into_iter()
            .filter(|group| starting("Terminal of ").fits(group.name()));
        screens
            .map(|screen| screen.call(hidden, &[]))
            .all(|below| below.as_f64() < Some(2.0))
    });
    let shown = page
        .all("group")
        .iter()
        .filter(|group| starting("Terminal of ").fits(group.name()))
        .count();
    assert_eq!(shown, 5, "a terminal for each server");
}

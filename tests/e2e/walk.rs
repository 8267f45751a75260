//! A newcomer's walk: a leader is there, it crashes, another is elected; it comes back; a majority is lost and found.

use headless::Page;

use crate::steps::{
    REAL_TIME, at_speed, at_the_start, every_line, leader, log_lines, newest_term, now, run_to, server, servers,
    status, wait_for_server, with_a_leader,
};

/// On the page's own clock, so that a slow machine doesn't matter: the page opens playing, and at its own pace five seconds end
/// later than at 170 ms, as the tests of the pace say.
#[test]
fn a_leader_is_there_within_five_seconds_of_opening() {
    let page = Page::open();
    assert!(page.find("button", "Pause").is_some(), "it plays by itself");
    let auto = page.button("Pace: auto").attribute("aria-pressed");
    assert_eq!(auto.as_deref(), Some("true"), "the run sets the pace");
    page.button("Pause").click();
    run_to(&page, 170);
    assert!(status(&page).contains(" leads term 1"), "{}", status(&page));
}

#[test]
fn a_crashed_leader_is_replaced_and_the_log_tells_the_story() {
    let page = at_the_start();
    every_line(&page);
    for kind in ["heartbeats", "votes", "terms"] {
        if page.find("button", kind).is_none() {
            page.button("Filters").click();
        }
        page.button(kind).click();
    }
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    let first = leader(&page);
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    let second = leader(&page);
    page.button("Pause").click();

    assert_ne!(second, first);
    let lines = log_lines(&page).join("\n");
    let mut rest = lines.as_str();
    let term = newest_term(&page);
    for told in [
        format!("S{first} [SERVER] ^C"),
        "[FOLLOWER] Election timeout.".to_owned(),
        format!("S{second} [CANDIDATE] Running for term '{term}'."),
        format!("S{second} [CANDIDATE] Becoming leader."),
    ] {
        let at = rest
            .find(&told)
            .unwrap_or_else(|| panic!("no {told} in time in {lines}"));
        rest = &rest[at + told.len()..];
    }
}

#[test]
fn the_old_leader_comes_back_as_a_follower() {
    let page = with_a_leader();
    let first = leader(&page);
    server(&page, first).click();
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    let second = leader(&page);
    let term = newest_term(&page);

    server(&page, first).click();
    wait_for_server(&page, first, &format!("follower, term {term}"));
    assert!(
        status(&page).contains(&format!("S{second} leads term {term}")),
        "{}",
        status(&page)
    );
}

#[test]
fn without_a_majority_terms_climb_and_nobody_leads() {
    let page = with_a_leader();
    let first = leader(&page);
    let others: Vec<usize> = (1..=5).filter(|number| *number != first).take(2).collect();
    for number in [first, others[0], others[1]] {
        server(&page, number).click();
    }
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.wait_until("terms climb", |page| newest_term(page) > 4);
    let (term, time) = (newest_term(&page), now(&page));
    page.wait_until("time passes", |page| now(page) > time + 1000);
    assert!(newest_term(&page) > term, "and they go on climbing");
    assert!(status(&page).starts_with("No leader"), "{}", status(&page));
    assert!(!servers(&page).iter().any(|name| name.contains("leader")));

    server(&page, others[0]).click();
    let leader = leader(&page);
    assert!(
        status(&page).contains(&format!("S{leader} leads term ")),
        "{}",
        status(&page)
    );
}

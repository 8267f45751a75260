//! The dials of network and timers change what happens, and refuse nonsense.

use headless::Page;

use crate::steps::{
    REAL_TIME, at_speed, at_the_start, leader, newest_term, now, panel, servers, status, wait_for_notice,
};

/// The page at time 0 with the dials.
fn dials() -> Page {
    let page = at_the_start();
    panel(&page, "Network");
    page
}

#[test]
fn when_every_message_is_lost_nobody_is_elected() {
    let page = dials();
    page.get("slider", "Messages lost").fill("1000");
    page.wait_for_text("100.0 %");
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.wait_until("terms climb", |page| newest_term(page) > 2);
    assert!(status(&page).starts_with("No leader"), "{}", status(&page));

    page.get("slider", "Messages lost").fill("0");
    let leader = leader(&page);
    assert!(status(&page).contains(&format!("S{leader} leads term ")));
}

#[test]
fn rare_heartbeats_make_followers_depose_their_leader() {
    let page = dials();
    page.wait_for_text("elections settle quickly");
    page.get("spinbutton", "Heartbeat interval").fill("400");
    page.wait_for_text("followers depose a healthy leader");
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.wait_until("leaders come and go", |page| newest_term(page) > 3);
    assert!(!servers(&page).iter().any(|name| name.contains("crashed")));
}

#[test]
fn a_long_delay_keeps_votes_away() {
    let page = dials();
    page.get("spinbutton", "One-way delay, longest").fill("600");
    page.get("spinbutton", "One-way delay, shortest").fill("500");
    page.wait_for_text("no leader lasts");
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.wait_until("candidates run in vain", |page| now(page) > 1500);
    assert!(status(&page).starts_with("No leader"), "{}", status(&page));
    assert!(newest_term(&page) > 1);
}

#[test]
fn election_timeouts_are_drawn_from_the_range() {
    let page = dials();
    page.get("spinbutton", "Election timeout, longest").fill("20000");
    page.get("spinbutton", "Election timeout, shortest").fill("10000");
    page.button("Reset").click();
    panel(&page, "Network");
    assert_eq!(
        page.get("spinbutton", "Election timeout, shortest").value(),
        "150",
        "reset is from the start"
    );
}

#[test]
fn nonsense_gets_a_message_and_changes_nothing() {
    let page = dials();
    for (field, nonsense, kept) in [
        ("Election timeout, shortest", "301", "150"),
        ("Election timeout, longest", "-5", "300"),
        ("Heartbeat interval", "0", "75"),
        ("Heartbeat interval", "", "75"),
        ("One-way delay, shortest", "1e9", "5"),
        ("One-way delay, longest", "4", "10"),
    ] {
        page.execute("document.querySelectorAll('[role=status]').forEach((status) => status.dataset.seen = '')");
        page.get("spinbutton", field).fill(nonsense);
        wait_for_notice(&page, "Out of range");
        assert_eq!(
            page.get("spinbutton", field).value(),
            kept,
            "{field} after {nonsense:?}"
        );
    }
}

#[test]
fn the_papers_values_come_back() {
    let page = dials();
    page.get("spinbutton", "Heartbeat interval").fill("50");
    page.get("spinbutton", "Election timeout, longest").fill("200");
    page.button("The paper's values").click();
    page.wait_until("the heartbeat interval is the paper's", |page| {
        page.get("spinbutton", "Heartbeat interval").value() == "75"
    });
    assert_eq!(page.get("spinbutton", "Election timeout, longest").value(), "300");
}

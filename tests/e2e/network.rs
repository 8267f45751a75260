//! The dials of network and timers change what happens, and refuse nonsense.

use headless::Page;

use crate::steps::{REAL_TIME, at_speed, at_the_start, leader, newest_term, now, panel, servers, status};

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
    page.wait_for_text("far below the election timeout, as §5.6 asks");
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

/// What is wrong stands at the field, which keeps what was typed, and goes with it; what is in force stays.
#[test]
fn nonsense_gets_a_message_at_the_field_and_changes_nothing() {
    let page = dials();
    let told = |page: &Page| -> Vec<String> {
        let alerts = page.all("alert").iter().map(headless::Node::text).collect::<Vec<_>>();
        alerts.into_iter().filter(|text| !text.is_empty()).collect()
    };
    let beside = "const alert = [...document.querySelectorAll('.field-error')].find((alert) => alert.textContent);
        const input = alert.parentElement.querySelector('input').getBoundingClientRect();
        const box = alert.getBoundingClientRect();
        return Math.abs(box.top - input.bottom) < 12 && Math.abs(box.left - input.left) < 12 && box.right <= innerWidth;";
    for (field, nonsense, right) in [
        ("Election timeout, longest", "-5", "300"),
        ("Heartbeat interval", "0", "75"),
        ("Heartbeat interval", "", "75"),
        ("One-way delay, shortest", "1e9", "5"),
    ] {
        page.get("spinbutton", field).fill(nonsense);
        page.wait_until("it is told", |page| told(page) == ["Enter 0.001 to 3,600,000 ms."]);
        assert_eq!(page.execute(beside), true, "{field}");
        assert!(page.get("spinbutton", field).is("invalid"), "{field}");
        let typed = page.execute("return document.querySelector('[aria-invalid]').value");
        assert_eq!(typed, nonsense, "it stays to be mended");
        page.get("spinbutton", field).fill(right);
        page.wait_until("it is right", |page| told(page).is_empty());
        assert_eq!(page.get("spinbutton", field).value(), right);
    }
    assert!(
        page.button("Undo").is("disabled"),
        "what was refused, or was in force already, has not been done"
    );
}

/// Of each pair, the one that was not typed moves along where it would be on the wrong side.
#[test]
fn the_other_end_of_a_range_moves_along() {
    let page = dials();
    let values = |page: &Page, name: &str| {
        let value = |end: &str| {
            page.get("spinbutton", format!("{name}, {end}").as_str())
                .value()
                .to_owned()
        };
        (value("shortest"), value("longest"))
    };
    for (name, end, typed, other) in [
        ("Election timeout", "shortest", "301", ("301", "301")),
        ("Election timeout", "longest", "200", ("200", "200")),
        ("One-way delay", "shortest", "12.5", ("12.5", "12.5")),
        ("One-way delay", "longest", "4", ("4", "4")),
        ("One-way delay", "longest", "9", ("4", "9")),
    ] {
        page.get("spinbutton", format!("{name}, {end}").as_str()).fill(typed);
        let other = (other.0.to_owned(), other.1.to_owned());
        page.wait_until("both fit", |page| values(page, name) == other);
    }
}

/// What is being typed is not lost as the run goes on and the panel is drawn anew.
#[test]
fn what_is_typed_stays_while_the_run_plays() {
    let page = dials();
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.get("spinbutton", "Heartbeat interval").focus();
    page.execute(
        "const input = document.activeElement;
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, '9');
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));",
    );
    let begun = now(&page);
    page.wait_until("heartbeats come and go", |page| now(page) > begun + 500);
    let typed = page.execute("return document.activeElement.value");
    assert_eq!(typed, "9");
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

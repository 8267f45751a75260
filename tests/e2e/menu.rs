//! A server's menu: every action that is not a click.

use headless::{Page, any, starting};

use crate::steps::{at_the_start, leader, run_to, server, servers, step_until, wait_for_server, with_a_leader};

fn choose(page: &Page, number: usize, item: &str) {
    server(page, number).right_click();
    page.get("menuitem", starting(item)).click();
    page.wait_until_gone("menu", any());
}

#[test]
fn a_paused_leader_keeps_its_memory_and_learns_the_news_when_it_resumes() {
    let page = with_a_leader();
    let first = leader(&page);
    choose(&page, first, "Pause");
    wait_for_server(&page, first, "leader, term 1, paused");
    run_to(&page, 800);
    let newer = servers(&page).into_iter().any(|name| name.contains("leader, term 2"));
    assert!(newer, "another one is elected: {:?}", servers(&page));
    choose(&page, first, "Resume");
    wait_for_server(&page, first, "follower, term 2");
}

#[test]
fn an_election_timeout_can_be_forced() {
    let page = at_the_start();
    choose(&page, 4, "Election timeout now");
    wait_for_server(&page, 4, "candidate, term 1");
    step_until(&page, "S4, leader, term 1");
}

#[test]
fn a_wiped_disk_forgets_term_and_vote() {
    let page = with_a_leader();
    let number = leader(&page) % 5 + 1;
    choose(&page, number, "Crash and wipe the disk");
    wait_for_server(&page, number, "crashed, term 0");
    choose(&page, number, "Restart");
    wait_for_server(&page, number, "follower, term 0, no vote yet");
}

#[test]
fn a_click_beside_the_menu_only_closes_it() {
    let page = with_a_leader();
    let before = servers(&page);
    server(&page, 3).right_click();
    page.wait_for("menu", "Actions for S3");
    let [x, y, ..] = page.get("heading", any()).bounds();
    let at =
        |kind: &str| headless::json!({ "type": kind, "x": x + 5.0, "y": y + 5.0, "button": "left", "clickCount": 1 });
    page.cdp("Input.dispatchMouseEvent", &at("mousePressed"));
    page.cdp("Input.dispatchMouseEvent", &at("mouseReleased"));
    page.wait_until_gone("menu", any());
    assert_eq!(servers(&page), before);
}

#[test]
fn a_finger_taps_to_crash_and_rests_for_the_menu() {
    let page = with_a_leader();
    server(&page, 3).tap();
    wait_for_server(&page, 3, "crashed");
    server(&page, 3).tap();
    wait_for_server(&page, 3, "follower");

    server(&page, 3).long_press();
    page.wait_for("menu", "Actions for S3");
    assert!(
        server(&page, 3).name().contains("follower"),
        "lifting the finger is no tap"
    );
    page.get("menuitem", starting("Crash")).tap();
    wait_for_server(&page, 3, "crashed");
}

//! A server's menu: every action that is not a click.

use headless::{Page, any, json, starting};

use crate::steps::{
    at_the_start, leader, newest_term, run_to, server, servers, step_until, wait_for_server, with_a_leader,
};

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
    assert_eq!(newest_term(&page), 1, "there was one election, its own");
}

#[test]
fn a_wiped_disk_forgets_term_and_vote() {
    let page = with_a_leader();
    let number = leader(&page) % 5 + 1;
    choose(&page, number, "Crash and wipe the disk");
    wait_for_server(&page, number, "crashed, term 0");
    choose(&page, number, "Restart");
    wait_for_server(&page, number, "follower, term 0, no vote yet");
    assert!(newest_term(&page) >= 1, "the others remember");
}

#[test]
fn a_click_beside_the_menu_only_closes_it() {
    let page = with_a_leader();
    let before = servers(&page);
    server(&page, 3).right_click();
    page.wait_for("menu", "Actions for S3");
    let [x, y, ..] = page.get("heading", any()).bounds();
    let at = |kind: &str| json!({ "type": kind, "x": x + 5.0, "y": y + 5.0, "button": "left", "clickCount": 1 });
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

/// A finger that goes down in the middle of a server, or comes up again, whatever lies above the server.
fn finger(page: &Page, kind: &str, number: usize) {
    let [x, y, width, height] = server(page, number).bounds();
    let points = if kind == "touchEnd" {
        json!([])
    } else {
        json!([{ "x": x + width / 2.0, "y": y + height / 2.0 }])
    };
    page.cdp(
        "Input.dispatchTouchEvent",
        &json!({ "type": kind, "touchPoints": points }),
    );
}

/// Some browsers say that the lifting of a finger that has rested is a click, on whatever is there by then.
fn click_at(page: &Page, number: usize) {
    let [x, y, width, height] = server(page, number).bounds();
    page.execute(&format!(
        "const at = {{ bubbles: true, detail: 1, clientX: {}, clientY: {} }};
        document.elementFromPoint(at.clientX, at.clientY).dispatchEvent(new MouseEvent('click', at));",
        x + width / 2.0,
        y + height / 2.0
    ));
}

#[test]
fn a_second_long_press_moves_the_menu_or_leaves_it_and_does_nothing_else() {
    let page = with_a_leader();
    let before = servers(&page);
    server(&page, 3).long_press();
    page.wait_for("menu", "Actions for S3");
    for (pressed, says_click) in [(5, false), (2, true), (2, true), (2, false)] {
        finger(&page, "touchStart", pressed);
        // It rests for longer than it takes to move a menu, by the page's own clock.
        page.execute("window.rested = false; setTimeout(() => { window.rested = true; }, 700)");
        page.wait_until("it has rested", |page| page.execute("return window.rested") == true);
        finger(&page, "touchEnd", pressed);
        if says_click {
            click_at(&page, pressed);
        }
        page.wait_for("menu", format!("Actions for S{pressed}").as_str());
        assert_eq!(servers(&page), before, "S{pressed} was only asked for its menu");
    }
    page.press("Escape");
    page.wait_until_gone("menu", any());
    assert_eq!(servers(&page), before);
}

#[test]
fn a_tap_on_a_server_while_a_menu_is_open_only_closes_the_menu() {
    let page = with_a_leader();
    let before = servers(&page);
    server(&page, 3).long_press();
    page.wait_for("menu", "Actions for S3");
    let [x, y, width, height] = server(&page, 4).bounds();
    let tap = json!({
        "type": "pointer",
        "id": "finger",
        "parameters": { "pointerType": "touch" },
        "actions": [
            { "type": "pointerMove", "duration": 0, "x": x + width / 2.0, "y": y + height / 2.0 },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ],
    });
    page.act(&tap);
    page.wait_until_gone("menu", any());
    assert_eq!(servers(&page), before);
}

#[test]
fn escape_closes_the_menu_wherever_the_focus_is_and_gives_it_to_the_server() {
    let page = with_a_leader();
    server(&page, 3).long_press();
    page.wait_for("menu", "Actions for S3");
    // As where lifting the finger takes the focus away.
    page.execute("document.activeElement.blur()");
    page.press("ArrowDown");
    let focused = page.focused().map(|node| node.name().to_owned()).unwrap_or_default();
    assert!(
        focused.starts_with("Crash"),
        "arrows lead back into the menu: {focused}"
    );
    page.execute("document.activeElement.blur()");
    page.press("Escape");
    page.wait_until_gone("menu", any());
    let focused = page.focused().map(|node| node.name().to_owned()).unwrap_or_default();
    assert!(focused.starts_with("S3, "), "{focused}");
}

#[test]
fn a_finger_that_rests_on_the_end_of_a_timer_opens_the_menu_as_anywhere_on_the_server() {
    let page = with_a_leader();
    let number = leader(&page) % 5 + 1;
    let at = format!(
        "const box = document.querySelector('#server-{number} .handle').getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];"
    );
    let at = page.execute(&at);
    let press = json!({ "x": at[0], "y": at[1], "duration": 1000, "gestureSourceType": "touch" });
    page.cdp("Input.synthesizeTapGesture", &press);
    page.wait_for("menu", format!("Actions for S{number}").as_str());
    assert!(server(&page, number).name().contains("follower"));
}

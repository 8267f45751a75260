//! A server's menu: every action that is not a click.

use headless::{Page, any, json, starting};

use crate::steps::{
    at_the_start, leader, newest_term, now, run_to, server, servers, step_until, stopped, wait_for_server,
    with_a_leader,
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

/// The names of all items, without their hints.
fn offered(page: &Page, number: usize) -> Vec<String> {
    server(page, number).right_click();
    page.wait_for("menu", any());
    let names = page.execute(
        "return [...document.querySelectorAll('.menu .menu-item .menu-label')].map((label) => label.textContent)",
    );
    page.press("Escape");
    page.wait_until_gone("menu", any());
    let names = names.as_array().cloned().unwrap_or_default();
    names
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect()
}

#[test]
fn a_menu_offers_only_what_applies_now() {
    let page = with_a_leader();
    let first = leader(&page);
    let other = first % 5 + 1;
    let wipe = "Crash and wipe the disk";
    assert_eq!(
        offered(&page, first),
        ["Crash", "Pause", "Send heartbeats now", "Cut off", wipe, "Why?"]
    );
    assert_eq!(
        offered(&page, other),
        ["Crash", "Pause", "Election timeout now", "Cut off", wipe, "Why?"]
    );
    choose(&page, other, "Cut off");
    assert_eq!(
        offered(&page, other),
        [
            "Crash",
            "Pause",
            "Election timeout now",
            "Restore its links",
            wipe,
            "Why?"
        ]
    );
    assert_eq!(
        offered(&page, first),
        [
            "Crash",
            "Pause",
            "Send heartbeats now",
            "Cut off",
            "Restore its links",
            wipe,
            "Why?"
        ],
        "one of its links is cut"
    );
    choose(&page, other, "Crash");
    assert_eq!(offered(&page, other), ["Restart", "Restore its links", wipe, "Why?"]);
    server(&page, first).right_click();
    page.wait_for("menu", any());
    assert!(
        page.find("menuitem", format!("Hand over to S{other}").as_str())
            .is_none(),
        "it is down"
    );
}

/// It is a column, beside its server, on the screen, whatever the cluster, the screen and the language.
#[test]
fn a_menu_covers_no_part_of_its_server_and_stays_on_the_screen() {
    const PLACE: &str = "const box = document.querySelector('.menu').getBoundingClientRect();
        const server = document.getElementById(arguments_id).getBoundingClientRect();
        const apart = box.right <= server.left || box.left >= server.right || box.bottom <= server.top || box.top >= server.bottom;
        const inside = box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
        const lefts = new Set([...document.querySelectorAll('.menu-item')].map((item) => item.getBoundingClientRect().left));
        return [apart, inside, lefts.size === 1].join(' ');";
    for (width, height, language, servers_word) in [
        (1280, 800, "en", "Servers"),
        (1366, 768, "pt-BR", "Servidores"),
        (360, 740, "en", "Servers"),
        (360, 740, "pt-BR", "Servidores"),
    ] {
        let page = stopped(Page::visit().size(width, height).language(language));
        for size in [5, 9] {
            page.get("combobox", servers_word).fill(&size.to_string());
            page.wait_until("they are so many", |page| servers(page).len() == size);
            for number in 1..=size {
                server(&page, number).right_click();
                page.wait_for("menu", any());
                let place = PLACE.replace("arguments_id", &format!("'server-{number}'"));
                assert_eq!(
                    page.execute(&place),
                    "true true true",
                    "S{number} of {size} at {width} by {height}, {language}: apart, inside, a column"
                );
                page.press("Escape");
                page.wait_until_gone("menu", any());
            }
        }
    }
}

/// A time is set where it is asked for. What is wrong with it stands there until it is right.
#[test]
fn a_timer_is_set_in_the_menu_by_keyboard() {
    let page = at_the_start();
    server(&page, 4).focus();
    page.press("Shift+F10");
    page.wait_for("menu", "Actions for S4");
    let field = "S4's election timer expires in";
    page.press("ArrowUp");
    let focused = page.focused().map(|node| node.name().to_owned()).unwrap_or_default();
    assert_eq!(focused, field, "the last stop is the field");
    page.get("spinbutton", field).fill("0");
    page.wait_for_text("Enter 0.001 to 3,600,000 ms.");
    page.wait_for("menu", "Actions for S4");
    page.get("spinbutton", field).fill("20");
    page.wait_until_gone("menu", any());
    let focused = page.focused().map(|node| node.name().to_owned()).unwrap_or_default();
    assert!(focused.starts_with("S4, "), "{focused}");
    step_until(&page, "S4, candidate, term 1");
    assert_eq!(now(&page), 20);
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
    wait_for_server(&page, number, "follower, term 0, has not voted");
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

//! What stands at the servers of the ring: names, votes as they come in, and where logs end.

use headless::{Page, Visit, json, starting};

use crate::steps::{
    at_the_start, leader, run_to, server, servers, step_until, stopped, wait_for_server, with_a_leader,
};

/// What is said at a server and lies over a line, a circle, or what is said at another one; or is cut off.
const COVERED: &str = "
    const ring = document.querySelector('#ring');
    const frame = ring.getBoundingClientRect();
    const box = (element) => element.getBoundingClientRect();
    const words = [...ring.querySelectorAll('.label, .ballots')].filter((label) => label.textContent || label.matches('.ballots'));
    const owner = (label) => label.closest('.server')?.id.slice(7) ?? label.closest('.tally').dataset.server;
    const name = (label) => `S${owner(label)}: ${label.textContent}`;
    const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
    const scale = ring.getScreenCTM();
    const onScreen = (x, y) => [x * scale.a + scale.e, y * scale.d + scale.f];
    const inside = ([x, y], area) => x > area.left + 1 && x < area.right - 1 && y > area.top + 3 && y < area.bottom - 3;
    const amiss = [];
    for (const label of words) {
        const area = box(label);
        if (area.left < frame.left - 1 || area.right > frame.right + 1 || area.top < frame.top - 1 || area.bottom > frame.bottom + 1) amiss.push(`cut: ${name(label)}`);
        for (const other of words) if (owner(other) !== owner(label) && !other.contains(label) && !label.contains(other) && !apart(area, box(other))) amiss.push(`${name(label)} over ${name(other)}`);
        for (const body of ring.querySelectorAll('.server .body')) {
            const disc = box(body);
            const [x, y, radius] = [disc.x + disc.width / 2, disc.y + disc.height / 2, disc.width / 2];
            const [dx, dy] = [Math.max(area.left - x, 0, x - area.right), Math.max(area.top + 3 - y, 0, y - area.bottom + 3)];
            if (Math.hypot(dx, dy) < radius) amiss.push(`${name(label)} over the circle of ${body.closest('.server').id}`);
        }
        for (const line of ring.querySelectorAll('.edges line')) {
            const [x1, y1, x2, y2] = ['x1', 'y1', 'x2', 'y2'].map((end) => line[end].baseVal.value);
            for (let part = 0; part <= 100; part++) {
                if (inside(onScreen(x1 + (x2 - x1) * part / 100, y1 + (y2 - y1) * part / 100), area)) { amiss.push(`${name(label)} over a line`); break; }
            }
        }
    }
    return [...new Set(amiss)];";

#[track_caller]
fn assert_clear(page: &Page, when: &str) {
    assert_eq!(page.execute(COVERED), json!([]), "{when}");
}

/// Followers, candidates with all their refusals, a leader, and crashed servers.
fn look_at_the_words(visit: Visit, language: &str) {
    let page = stopped(visit.language(language));
    let [name, split] = if language == "en-US" {
        ["Servers", "Split vote"]
    } else {
        ["Servidores", "Dividir votos"]
    };
    for size in [3, 5, 7, 9] {
        page.get("combobox", name).fill(&size.to_string());
        page.wait_until("it is that cluster", |page| servers(page).len() == size);
        page.press("Space");
        page.press("r");
        let when = |what: &str| format!("{what}, {size} servers, {language}");
        assert_clear(&page, &when("followers"));
        step_until(&page, ", leader, ");
        assert_clear(&page, &when("a leader"));
        page.button(split).click();
        step_until(&page, ", candidate, ");
        for step in 0..30 {
            assert_clear(&page, &when(&format!("candidates, step {step}")));
            page.press("ArrowRight");
        }
        for number in 1..=size {
            page.press(&number.to_string());
        }
        assert_clear(&page, &when("crashed and restarted"));
    }
}

#[test]
fn no_word_lies_over_a_line_a_circle_or_another_word() {
    look_at_the_words(Page::visit(), "en-US");
}

#[test]
fn no_word_lies_over_a_line_a_circle_or_another_word_in_portuguese_either() {
    look_at_the_words(Page::visit(), "pt-BR");
}

/// The names in a candidate's slots: those who voted for it, and those who refused.
fn slots(page: &Page, number: usize, class: &str) -> Vec<String> {
    let names = page.execute(&format!(
        "return [...document.querySelectorAll('.tally[data-server=\"{number}\"] .{class} text')].map((name) => name.textContent);"
    ));
    names
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str())
        .map(str::to_owned)
        .collect()
}

#[test]
fn votes_land_beside_the_candidate_with_the_voters_name() {
    let page = at_the_start();
    step_until(&page, "S2, candidate, term 1, 2 of 3 votes");
    let granted = slots(&page, 2, "ballot-yes");
    assert_eq!((granted.len(), &*granted[0]), (2, "S2"));
    assert_eq!(
        slots(&page, 2, "ballot-open").len() + slots(&page, 2, "ballot-no").len(),
        0,
        "no other has a name"
    );
}

#[test]
fn refusals_land_there_too_and_say_why() {
    let page = with_a_leader();
    page.button("Split vote").click();
    step_until(&page, ", candidate, ");
    for _ in 0..60 {
        page.press("ArrowRight");
    }
    page.wait_for_text("voted for itself");
}

#[test]
fn where_logs_end_is_seen_once_two_of_them_differ_and_the_refusal_names_it() {
    let page = at_the_start();
    let boxes = |page: &Page| page.execute("return document.querySelectorAll('#ring .log-end').length");
    assert_eq!(boxes(&page), 0);
    page.get("combobox", "Scenario").fill("stale-log");
    page.button("Pause").click();
    run_to(&page, 330);
    assert_eq!(boxes(&page), 5);
    for _ in 0..80 {
        if page.text().contains("log is newer: 1/1, not 0/0") {
            return;
        }
        page.press("ArrowRight");
    }
    panic!("no refusal names the logs: {}", page.text());
}

#[test]
fn somebody_new_is_told_what_a_click_does_until_a_server_was_crashed() {
    let page = with_a_leader();
    page.wait_for_text("Five servers, one leader. Crash it and see what happens.");
    page.wait_for_text("click to crash");
    let first = leader(&page);
    server(&page, first).hover();
    page.wait_for_text(&format!("Click: crash S{first}"));
    page.wait_for_text("Right click: more");
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    page.wait_for_text(&format!("Click: restart S{first}"));
    assert!(!page.text().contains("one leader. Crash it"));
    page.reload();
    page.wait_for("button", starting("S1, "));
    assert!(!page.text().contains("one leader. Crash it"), "it is remembered");
}

//! The timeline: who was what when, and the play head upon it, which is the slider of time.

use headless::{Page, Value, Visit, json, starting};
use raft_playground::{
    scenario::{Run, Scenario, ScenarioId, link},
    sim::Micros,
};

use crate::steps::{
    WATCHABLE, at_speed, at_the_start, leader, now, panel, run_to, seek, server, servers, status, stopped,
    with_a_leader,
};

/// The instant in ms at a place of the lanes, as the axis says, and where the play head is.
const AXIS: &str = "
    const lines = document.querySelectorAll('.tick');
    const ticks = [...document.querySelectorAll('.tick-label')].map((label, index) => [
        lines[index].getBoundingClientRect().left,
        Number(label.textContent.replace(',', '.').replace(' s', '')) * 1000]);
    const [[x1, t1], [x2, t2]] = [ticks[0], ticks[1]];
    const instant = (x) => t1 + (x - x1) * (t2 - t1) / (x2 - x1);
    const head = () => document.querySelector('.lanes-head').getBoundingClientRect().left;";

/// The instants in ms below the left edge of the lanes, at the head, and below the right edge.
fn instants(page: &Page) -> [f64; 3] {
    let lanes = "const lanes = document.getElementById('lanes').getBoundingClientRect();";
    let found = page.execute(&format!(
        "{AXIS}{lanes} return [lanes.left, head(), lanes.right].map(instant);"
    ));
    [0, 1, 2].map(|index| found[index].as_f64().expect("an instant"))
}

/// How many ms there are in a pixel.
fn pixel(page: &Page) -> f64 {
    let [from, _, to] = instants(page);
    (to - from) / page.get("slider", "Time").bounds()[2]
}

/// The point in the lanes at this share of their width.
fn point(page: &Page, share: f64) -> (f64, f64) {
    let [x, y, width, height] = page.get("slider", "Time").bounds();
    (x + width * share, y + height - 4.0)
}

fn mouse(page: &Page, kind: &str, (x, y): (f64, f64), more: &Value) {
    let mut event = json!({ "type": kind, "x": x, "y": y, "button": "none" });
    let fields = more.as_object().into_iter().flatten();
    fields.for_each(|(name, value)| event[name] = value.clone());
    page.cdp("Input.dispatchMouseEvent", &event);
}

/// What is said beside the pointer, if anything.
fn preview(page: &Page) -> String {
    let said =
        page.execute("return document.querySelector('.lane-preview:not([hidden]) > .lane-said')?.textContent ?? ''");
    said.as_str().unwrap_or_default().to_owned()
}

fn millis(said: &str) -> u64 {
    let seconds = said.split(' ').next().unwrap_or_default().replace('.', "");
    seconds.parse().unwrap_or_else(|_| panic!("no time in “{said}”"))
}

#[test]
fn the_pointer_shows_what_was_and_a_click_goes_there() {
    let page = with_a_leader();
    run_to(&page, 800);
    let who = format!("S{} leads term 1", leader(&page));
    let [from, _, to] = instants(&page);
    let share = |millis: f64| (millis - from) / (to - from);
    for (share, expected) in [
        (share(50.0), "no leader"),
        (share(500.0), who.as_str()),
        (0.97, "not played yet"),
    ] {
        mouse(&page, "mouseMoved", point(&page, share), &json!({}));
        let said = preview(&page);
        assert!(said.ends_with(expected), "{said}");
        let there = from + (to - from) * share;
        assert!(
            (millis(&said) as f64 - there).abs() < 2.0 * pixel(&page) + 1.0,
            "{said} is not {there}"
        );
    }
    let half = point(&page, 0.5);
    mouse(&page, "mouseMoved", half, &json!({}));
    let there = millis(&preview(&page));
    page.get("slider", "Time").click();
    page.wait_until("it is that instant", |page| now(page).abs_diff(there) <= 2);
    page.wait_for("button", "Play");
    assert!(status(&page).contains(" leads term 1"), "{}", status(&page));
    mouse(&page, "mouseMoved", (5.0, 5.0), &json!({}));
    assert_eq!(preview(&page), "");
}

#[test]
fn who_has_clicked_in_the_lanes_still_plays_by_the_space_bar() {
    let page = with_a_leader();
    page.get("textbox", "Seed").focus();
    page.get("slider", "Time").click();
    page.press("Space");
    page.wait_for("button", "Pause");
}

#[test]
fn dragging_moves_the_head_and_with_shift_the_lanes() {
    let page = with_a_leader();
    run_to(&page, 800);
    let drag = |modifiers: u8| {
        let held = json!({ "button": "left", "buttons": 1, "clickCount": 1, "modifiers": modifiers });
        mouse(&page, "mousePressed", point(&page, 0.2), &held);
        for share in [0.3, 0.35, 0.4] {
            mouse(&page, "mouseMoved", point(&page, share), &held);
        }
        let released = json!({ "button": "left", "buttons": 0, "clickCount": 1, "modifiers": modifiers });
        mouse(&page, "mouseReleased", point(&page, 0.4), &released);
    };
    drag(0);
    let at = |share: f64| {
        let [from, _, to] = instants(&page);
        from + (to - from) * share
    };
    page.wait_until("the head came along", |page| (now(page) as f64 - at(0.4)).abs() < 3.0);
    page.button(starting("Zoom in")).click();
    let (before, head) = (at(0.2), now(&page));
    drag(8);
    page.wait_until("the lanes came along", |_| (at(0.4) - before).abs() < 3.0);
    assert_eq!(now(&page), head);
}

/// Samples frames while a scenario plays, and says by how many pixels the head was away from the clock's time in the worst one,
/// by how many it leaped at most, and how often it was seen elsewhere than before.
const FOLLOW_THE_HEAD: &str = "
    const done = arguments[arguments.length - 1];
    const clock = document.querySelector('[role=timer]');
    const seen = [];
    const look = () => {
        AXIS
        const time = parseFloat(clock.textContent) * 1000;
        const pixel = (x2 - x1) / (t2 - t1);
        seen.push({ off: Math.abs(instant(head()) - time) * pixel, at: head(), pixel });
        if (time < arguments[0]) requestAnimationFrame(look);
        else done([
            Math.max(...seen.map((frame) => frame.off - frame.pixel)),
            Math.max(...seen.slice(1).map((frame, index) => Math.abs(frame.at - seen[index].at))),
            new Set(seen.map((frame) => frame.at)).size,
        ]);
    };
    requestAnimationFrame(look);";

/// It once stood still between two events, and leaped with the next one.
#[test]
fn the_head_is_where_the_clock_is_in_every_frame() {
    let page = at_the_start();
    page.get("combobox", "Scenario").fill("split-vote");
    page.wait_until("it plays", |page| now(page) > 0);
    let follow = |until: u64| {
        let script = FOLLOW_THE_HEAD.replace("AXIS", AXIS);
        let found = page.browser().execute_async(&script, &json!([until])).expect("frames");
        [0, 1, 2].map(|index| found[index].as_f64().expect("a number"))
    };
    // Within the first window, where the head moves; and beyond, where the lanes move below it.
    for until in [443, 1400] {
        at_speed(&page, if until > 1000 { "-10" } else { WATCHABLE });
        let [off, leap, places] = follow(until);
        assert!(off < 2.0, "the head is {off} px away from the clock's time");
        assert!(leap < 40.0, "the head leaped by {leap} px");
        assert!(places > 10.0, "the head was seen at {places} places only");
    }
    page.button("Pause").click();
    let [from, head, to] = instants(&page);
    assert!((head - now(&page) as f64).abs() < 1.0 + pixel(&page), "{head} ms");
    assert!((head - from) / (to - from) < 0.9, "there is room to come");
}

#[test]
fn wheel_and_fingers_zoom_around_what_they_point_at() {
    let page = with_a_leader();
    run_to(&page, 800);
    let below = |share: f64| {
        let [from, _, to] = instants(&page);
        from + (to - from) * share
    };
    let span = || instants(&page)[2] - instants(&page)[0];
    let (before, whole, head) = (below(0.3), span(), now(&page));
    for _ in 0..5 {
        mouse(
            &page,
            "mouseWheel",
            point(&page, 0.3),
            &json!({ "deltaX": 0, "deltaY": -100, "modifiers": 2 }),
        );
    }
    page.wait_until("it is closer", |_| span() < whole * 0.4);
    assert!(
        (below(0.3) - before).abs() < 1.0 + pixel(&page),
        "{} is not {before}",
        below(0.3)
    );
    mouse(
        &page,
        "mouseWheel",
        point(&page, 0.3),
        &json!({ "deltaX": 0, "deltaY": 100, "modifiers": 2 }),
    );
    page.wait_until("it is wider", |_| span() > whole * 0.35);
    assert!(
        (below(0.3) - before).abs() < 1.0 + pixel(&page),
        "{} is not {before}",
        below(0.3)
    );

    let held = [below(0.4), below(0.6)];
    let fingers = |kind: &str, shares: &[f64]| {
        let points: Vec<Value> = (0..)
            .zip(shares)
            .map(|(id, share)| {
                let (x, y) = point(&page, *share);
                json!({ "id": id, "x": x, "y": y })
            })
            .collect();
        page.cdp(
            "Input.dispatchTouchEvent",
            &json!({ "type": kind, "touchPoints": points }),
        );
    };
    fingers("touchStart", &[0.4]);
    fingers("touchStart", &[0.4, 0.6]);
    for step in [0.05, 0.1, 0.2] {
        fingers("touchMove", &[0.4 - step, 0.6 + step]);
    }
    page.wait_until("it is closer", |_| span() < whole * 0.2);
    let now_there = [below(0.2), below(0.8)];
    fingers("touchEnd", &[]);
    for (held, there) in held.iter().zip(now_there) {
        assert!((held - there).abs() < 1.0 + pixel(&page), "{there} is not {held}");
    }
    assert_eq!(now(&page), head, "time stands where it did");
    page.button(starting("Fit all")).click();
    page.wait_until("all is in sight", |_| span() >= whole * 0.99);
}

/// Only with Ctrl does the wheel zoom; without, the page scrolls.
#[test]
fn the_wheel_alone_is_left_to_the_page() {
    let page = with_a_leader();
    let before = instants(&page);
    let scrolled =
        "window.kept = 0; addEventListener('wheel', (event) => window.kept += event.defaultPrevented ? 1 : 0);";
    page.execute(scrolled);
    mouse(
        &page,
        "mouseWheel",
        point(&page, 0.3),
        &json!({ "deltaX": 0, "deltaY": -100 }),
    );
    assert_eq!(
        (instants(&page), page.execute("return window.kept")),
        (before, json!(0))
    );
}

#[test]
fn the_play_head_is_moved_and_zoomed_by_keys() {
    let page = with_a_leader();
    run_to(&page, 800);
    let head = page.get("slider", "Time");
    head.focus();
    for (key, expected) in [("ArrowLeft", 799), ("ArrowRight", 800), ("Home", 0), ("PageDown", 0)] {
        page.press(key);
        page.wait_until(key, |page| now(page) == expected);
    }
    // To the end of what was played, not of the lanes.
    page.press("End");
    page.wait_until("End", |page| now(page) >= 800);
    let room =
        page.execute("const { max, value } = document.getElementById('time'); return Number(max) > Number(value)");
    assert_eq!(room, true);
    page.press("Home");
    page.wait_until("Home", |page| now(page) == 0);
    let said = |page: &Page| {
        page.get("slider", "Time")
            .attribute("aria-valuetext")
            .unwrap_or_default()
    };
    assert_eq!(said(&page), "0.000 s, no leader");
    seek(&page, 600);
    assert_eq!(said(&page), format!("0.600 s, S{} leads term 1", leader(&page)));
    let beside = "return getComputedStyle(document.querySelector('.head-words > .lane-said')).visibility";
    assert_eq!(page.execute(beside), "visible");

    let share = |page: &Page| {
        let [from, head, to] = instants(page);
        (to - from, (head - from) / (to - from))
    };
    let (whole, place) = share(&page);
    page.press("+");
    page.wait_until("it is closer", |page| share(page).0 < whole * 0.6);
    assert!((share(&page).1 - place).abs() < 0.01, "the head stays in place");
    page.press("-");
    page.wait_until("it is as before", |page| share(page).0 > whole * 0.9);
    assert_eq!(now(&page), 600, "nothing else was done");
}

#[test]
fn each_lane_has_its_name_beside_it_whatever_the_size() {
    let page = with_a_leader();
    for size in [1, 5, 9] {
        page.get("combobox", "Servers").fill(&size.to_string());
        page.wait_until("it is that cluster", |page| servers(page).len() == size);
        let farthest = page.execute(
            "const middle = (element) => { const b = element.getBoundingClientRect(); return b.top + b.height / 2; };
             const lanes = document.querySelector('svg.lanes').getBoundingClientRect();
             const names = [...document.querySelectorAll('.lane-names text')];
             const off = (name, index) => middle(name) - lanes.top - lanes.height * (index + 0.5) / names.length;
             return names.length === 0 ? 99 : Math.max(...names.map((name, index) => Math.abs(off(name, index))));",
        );
        assert!(farthest.as_f64() < Some(2.0), "{farthest} px off with {size} servers");
    }
}

/// Both futures stand one above the other, below one axis and one head.
#[test]
fn two_futures_have_their_lanes_below_one_head() {
    let page = with_a_leader();
    run_to(&page, 600);
    let first = leader(&page);
    seek(&page, 300);
    server(&page, first).click();
    page.button(starting("Compare")).click();
    page.wait_until("there are two rings", |page| {
        page.execute("return document.querySelectorAll('svg.ring').length") == 2
    });
    let lanes = |page: &Page| {
        page.execute(
            "const box = (element) => element.getBoundingClientRect();
             const all = [...document.querySelectorAll('svg.lanes')];
             const head = box(document.querySelector('.lanes-head'));
             return [
                 [...document.querySelectorAll('.lane-branch')].map((name) => name.textContent),
                 all.map((lanes) => lanes.querySelectorAll('.d-lane-leader').length),
                 all.every((lanes) => box(lanes).left === box(all[0]).left && head.top < box(lanes).top && head.bottom >= box(lanes).bottom),
                 box(all[0]).bottom <= box(all[1]).top,
                 document.querySelectorAll('.lane-names text').length,
             ];",
        )
    };
    assert_eq!(lanes(&page), json!([["Branch 1", "Branch 2"], [1, 1], true, true, 10]));
    // The election in both, the crash in the new one, each above the lanes that it belongs to.
    let marks = |page: &Page| {
        page.execute(
            "const box = (element) => element.getBoundingClientRect();
             const lanes = [...document.querySelectorAll('svg.lanes')].map(box);
             const groups = [...document.querySelectorAll('.lane-marks > g')];
             return groups.map((group, place) => {
                 const marks = [...group.querySelectorAll('.lane-mark')];
                 const above = (mark) => mark.bottom <= lanes[place].top + 1 && (place === 0 || mark.top >= lanes[place - 1].bottom - 1);
                 return [marks.length, marks.map(box).every(above), group.querySelectorAll('.term-label').length];
             });",
        )
    };
    assert_eq!(marks(&page), json!([[1, true, 1], [2, true, 1]]));
    run_to(&page, 1000);
    let found = lanes(&page);
    assert_eq!(
        found[1],
        json!([1, 2]),
        "in the new branch, another leader follows: {found}"
    );
    assert_eq!(
        page.all("slider")
            .iter()
            .filter(|slider| slider.name() == "Time")
            .count(),
        1
    );
}

#[test]
fn the_lanes_are_operated_by_touch_on_a_phone() {
    let page = stopped(Visit::default().size(360, 740));
    run_to(&page, 400);
    page.get("slider", "Time").tap();
    page.wait_until("it is another instant", |page| now(page) != 400);
    let [from, head, to] = instants(&page);
    assert!(
        ((head - from) / (to - from) - 0.5).abs() < 0.05,
        "the head is where the finger was"
    );
    page.wait_for("combobox", "Jump to");
}

/// Where each thing stands that the legend of the lanes explains, by its words. A phone's page may scroll meanwhile.
const LEGEND: &str = "
    const { x, y } = document.querySelector('.lane-tools').getBoundingClientRect();
    const place = (each) => [each.getBoundingClientRect().x - x, each.getBoundingClientRect().y - y];
    return Object.fromEntries([...document.querySelectorAll('.lane-legend li')].map((each) => [each.textContent.trim(), place(each)]));";

#[test]
fn what_the_legend_explains_keeps_its_place_when_more_comes() {
    for (width, height) in [(1280, 800), (1920, 1080), (360, 740)] {
        let page = stopped(Page::visit().size(width, height));
        page.get("combobox", "Scenario").fill("leader-returns");
        page.button("Pause").click();
        let legend = |page: &Page| page.execute(LEGEND).as_object().cloned().unwrap_or_default();
        let mut places = legend(&page);
        let at_first = places.len();
        for millis in [400, 900, 1300] {
            run_to(&page, millis);
            let now = legend(&page);
            for (word, place) in &places {
                assert_eq!(now.get(word), Some(place), "{word} at {millis} ms, {width} by {height}");
            }
            places = now;
        }
        assert!(places.len() > at_first, "{places:?}");
    }
}

#[test]
fn a_run_from_a_link_has_its_lanes_at_once() {
    let scenario = Scenario::new(ScenarioId::SplitVote);
    let mut history = scenario.start();
    history.seek(Micros::from_millis(400));
    let link = link::encode(&Run::of(&scenario, &history));
    let page = Page::visit().at(&format!("#{link}")).open();
    let width = page.execute("return document.querySelector('.lanes').getBoundingClientRect().width");
    assert!(width.as_f64().is_some_and(|width| width > 300.0), "{width}");
}

/// Whoever cannot look at the lanes finds in words who led when.
#[test]
fn the_lanes_are_told_in_words() {
    let page = with_a_leader();
    // Nobody has wanted anything yet that is loaded later.
    panel(&page, "Servers");
    let words = |page: &Page| page.get("list", "Who led when").text();
    assert_eq!(words(&page), "Term 1: S2 leads since 0.165 s.");
    let crash = now(&page);
    server(&page, 2).click();
    let crashed = format!(
        "Term 1: S2 led from 0.165 s to {}.{:03} s, then crashed.",
        crash / 1000,
        crash % 1000
    );
    page.wait_until("the crash is told", |page| words(page) == crashed);
}

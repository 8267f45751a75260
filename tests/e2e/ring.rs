//! What stands at the servers of the ring: names, votes as they come in, and where logs end.

use headless::{Page, Visit, json, starting};
use raft_playground::lesson::BuiltinLesson;

use crate::{
    notes::drop_file,
    steps::{
        at_the_start, leader, newest_term, run_to, server, servers, status, step_until, stopped, wait_for_server,
        with_a_leader,
    },
    tasks::at_kept_step,
};

/// What is said at a server and lies over a line, a circle, or what is said at another one; or is cut off.
const COVERED: &str = "
    const ring = document.querySelector('#ring');
    const frame = ring.getBoundingClientRect();
    const box = (element) => element.getBoundingClientRect();
    const words = [...ring.querySelectorAll('.label, .ballots')].filter((label) => label.checkVisibility() && (label.textContent || label.matches('.ballots')));
    const owner = (label) => label.closest('.server')?.id.slice(7) ?? label.closest('.tally').dataset.server;
    const name = (label) => `S${owner(label)}: ${label.textContent}`;
    const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
    const scale = ring.getScreenCTM();
    const onScreen = (x, y) => [x * scale.a + scale.e, y * scale.d + scale.f];
    const inside = ([x, y], area) => x > area.left + 1 && x < area.right - 1 && y > area.top + 3 && y < area.bottom - 3;
    const amiss = [];
    // What holds a group together: its path, as wide as its stroke. The words have a margin of their own above and below.
    const bands = [...ring.querySelectorAll('.group-rim')].flatMap((path) => {
        const [length, reach] = [path.getTotalLength(), path.getAttribute('stroke-width') / 2 * scale.a];
        return Array.from({ length: 101 }, (_, part) => path.getPointAtLength(length * part / 100))
            .map(({ x, y }) => [...onScreen(x, y), reach]);
    });
    for (const label of words) {
        const area = box(label);
        const meets = ([x, y, reach]) =>
            Math.hypot(Math.max(area.left - x, 0, x - area.right), Math.max(area.top + 4 - y, 0, y - area.bottom + 4)) < reach;
        if (bands.some(meets)) amiss.push(`${name(label)} over what holds a group together`);
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

/// Candidates for so many steps, then each server crashed, or restarted.
fn look_at_candidates(page: &Page, size: usize, steps: usize, when: impl Fn(&str) -> String) {
    step_until(page, ", candidate, ");
    for step in 0..steps {
        assert_clear(page, &when(&format!("candidates, step {step}")));
        page.press("ArrowRight");
    }
    for number in 1..=size {
        page.press(&number.to_string());
    }
    assert_clear(page, &when("crashed and restarted"));
}

/// Followers, candidates with all their refusals, a leader, crashed servers, and groups that cannot hear each other.
fn look_at_the_words(visit: Visit, language: &str, sizes: &[usize]) {
    let page = stopped(visit.language(language));
    let [name, split, cut] = if language == "en-US" {
        ["Servers", "Split vote", "Cut off"]
    } else {
        ["Servidores", "Dividir votos", "Isolar"]
    };
    for &size in sizes {
        page.get("combobox", name).fill(&size.to_string());
        page.wait_until("it is that cluster", |page| servers(page).len() == size);
        page.press("Space");
        page.press("r");
        let when = |what: &str| format!("{what}, {size} servers, {language}");
        assert_clear(&page, &when("followers"));
        step_until(&page, ", leader, ");
        assert_clear(&page, &when("a leader"));
        page.button(split).click();
        look_at_candidates(&page, size, 30, when);
        page.press("r");
        step_until(&page, ", leader, ");
        for number in 2..=size / 2 + 1 {
            server(&page, number).right_click();
            page.get("menuitem", starting(cut)).click();
        }
        assert_clear(&page, &when("groups"));
        for _ in 0..10 {
            page.press("ArrowRight");
        }
        assert_clear(&page, &when("groups that run"));
    }
}

#[test]
fn no_word_lies_over_a_line_a_circle_or_another_word() {
    look_at_the_words(Page::visit(), "en-US", &[3, 5, 7, 9]);
}

#[test]
fn no_word_lies_over_a_line_a_circle_or_another_word_in_portuguese_either() {
    look_at_the_words(Page::visit(), "pt-BR", &[3, 5, 7, 9]);
}

#[test]
fn no_word_lies_over_a_line_a_circle_or_another_word_on_a_phone() {
    look_at_the_words(Page::visit().size(360, 740), "pt-BR", &[3, 5]);
}

/// There, what is said of the servers at the foot stands beside them.
#[test]
fn in_front_of_a_class_no_word_lies_over_a_line_a_circle_or_another_word() {
    for (language, size, servers_wanted) in [
        ("en-US", (1024, 768), 4),
        ("pt-BR", (1024, 768), 5),
        ("en-US", (1920, 1080), 5),
    ] {
        let page = stopped(Page::visit().size(size.0, size.1).language(language));
        page.get("combobox", starting("Serv")).fill(&servers_wanted.to_string());
        page.wait_until("it is that cluster", |page| servers(page).len() == servers_wanted);
        page.press("Space");
        page.press("r");
        let when = |what: &str| format!("{what}, {servers_wanted} servers, {size:?}, {language}");
        step_until(&page, ", leader, ");
        page.button(if language == "en-US" {
            "Split vote"
        } else {
            "Dividir votos"
        })
        .click();
        page.press("f");
        page.wait_until("it is presented", |page| {
            page.execute("return document.documentElement.dataset.present !== undefined") == true
        });
        look_at_candidates(&page, servers_wanted, 40, when);
    }
}

/// How large the smallest words of a kind in the ring are on screen.
fn smallest(page: &Page, kind: &str) -> f64 {
    let found = page.execute(&format!(
        "const ring = document.querySelector('#ring');
        const sizes = [...ring.querySelectorAll('{kind}')].filter((text) => text.checkVisibility() && text.textContent)
            .map((text) => parseFloat(getComputedStyle(text).fontSize) * ring.getScreenCTM().a);
        return Math.min(...sizes);"
    ));
    found.as_f64().unwrap_or_default()
}

/// The card of a lesson leaves the ring about half of its size: the names in a candidate's slots are read all the same.
#[test]
fn beside_a_lesson_a_candidates_slots_are_read_in_a_low_window() {
    for (lesson, step) in [
        (BuiltinLesson::Majority, 8),
        (BuiltinLesson::Majority, 13),
        (BuiltinLesson::Luck, 5),
        (BuiltinLesson::Luck, 7),
    ] {
        let page = at_kept_step(lesson, step);
        page.resize(1024, 768);
        let when = format!("{}, step {step}", lesson.slug());
        page.wait_until("the ring is beside the lesson", |page| {
            page.execute("return document.querySelector('#ring .ballots.large .ballot-name') !== null") == true
        });
        let smallest = smallest(&page, ".ballot-name");
        assert!(smallest >= 10.0, "{smallest}, {when}");
        assert_clear(&page, &when);
    }
}

/// On a laptop and on a projector: fewer words, which can be read.
#[test]
fn many_servers_are_read_on_a_low_screen() {
    for (language, size) in [("en-US", (1024, 768)), ("pt-BR", (1280, 800))] {
        let visit = || Page::visit().size(size.0, size.1);
        look_at_the_words(visit(), language, &[8, 9]);
        let page = stopped(visit().language(language));
        page.get("combobox", starting("Serv")).fill("9");
        page.wait_until("there are nine", |page| servers(page).len() == 9);
        let smallest = smallest(&page, "text");
        assert!(smallest >= 11.0, "{smallest}, {size:?}");
    }
}

/// How far from the middle of its server a term reaches at most, as a share of the inner side of the timer's arc.
const REACH: &str = "
    return Math.max(...[...document.querySelectorAll('#ring .server')].filter((server) => server.querySelector('.track')).map((server) => {
        const [term, track] = ['.term', '.track'].map((part) => server.querySelector(part));
        const size = parseFloat(getComputedStyle(term).fontSize);
        const foot = parseFloat(term.getAttribute('y'));
        const corner = Math.hypot(term.getBBox().width / 2, Math.max(foot, 0.73 * size - foot));
        return corner / (track.r.baseVal.value - parseFloat(getComputedStyle(track).strokeWidth) / 2);
    }));";

/// Tens and hundreds of terms, as where no election is won for long.
#[test]
fn a_high_term_keeps_clear_of_the_arc_of_the_timer() {
    for (size, high) in [((1280, 800), "term "), ((360, 740), "")] {
        let page = stopped(Page::visit().size(size.0, size.1));
        drop_file(
            &page,
            "raft-playground 1\nseed 6\nelection-timeout 5 ms to 6 ms\nheartbeat-interval 3 ms\ndelay 5 ms to 10 ms\n",
        );
        page.wait_until("it is that run", |page| page.text().contains("5 ms to 6 ms"));
        for (at, digits) in [(150, 2), (300, 2), (900, 3), (1500, 3)] {
            run_to(&page, at);
            let term = newest_term(&page);
            assert_eq!(term.to_string().len(), digits, "{term}");
            page.wait_until("it is said", |page| {
                page.execute("return document.querySelector('#ring .term').textContent")
                    .as_str()
                    .is_some_and(|said| said.starts_with(high) && said.len() == high.len() + digits)
            });
            let reach = page.execute(REACH).as_f64().unwrap_or(f64::MAX);
            assert!(reach <= 1.0, "{reach} at {size:?}");
        }
    }
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
    let said = |page: &Page| -> String {
        let all = "return [...document.querySelectorAll('#ring .tally .ballot-why')].map(it => it.textContent).join()";
        page.execute(all).as_str().unwrap_or_default().to_owned()
    };
    for reason in ["voted for itself", "had voted"] {
        for _ in 0..60 {
            if said(&page).contains(reason) {
                break;
            }
            page.press("ArrowRight");
        }
        assert!(said(&page).contains(reason), "{reason}: {}", said(&page));
    }
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
    page.wait_for_text("click to crash");
    let first = leader(&page);
    server(&page, first).hover();
    page.wait_for_text(&format!("Click: crash S{first}"));
    page.wait_for_text("Right click: more");
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    page.wait_for_text(&format!("Click: restart S{first}"));
    page.reload();
    page.wait_for("button", starting("S1, "));
    page.press("r");
    run_to(&page, 200);
    assert!(status(&page).contains(" leads"), "{}", status(&page));
    assert!(!page.text().contains("click to crash"), "it is remembered");
}

/// Where the dot at the end of a server's arc is, and whether what is said of it lies over the server's name or term.
fn timer(page: &Page, number: usize) -> ([f64; 2], bool) {
    let found = page.execute(&format!(
        "const server = document.querySelector('#server-{number}');
        const box = (part) => server.querySelector(part).getBoundingClientRect();
        const [dot, said] = [box('.handle'), box('.rest')];
        const over = (other) => said.left < other.right && other.left < said.right && said.top < other.bottom - 3 && other.top + 3 < said.bottom;
        return [dot.x + dot.width / 2, dot.y + dot.height / 2, said.width > 0 && ['.name', '.term'].some((part) => over(box(part)))];"
    ));
    let place = [0, 1].map(|index| found[index].as_f64().unwrap_or_default());
    (place, found[2] == true)
}

/// The dot follows the pointer, and stays where it is let go; the words beside it cover no other.
#[test]
fn a_timer_is_dragged_and_its_dot_stays_where_it_is_let_go() {
    let page = with_a_leader();
    let follower = leader(&page) % 5 + 1;
    let [x, y, width, height] = server(&page, follower).bounds();
    let middle = page.execute(&format!(
        "const hull = document.querySelector('#server-{follower} .body').getBoundingClientRect();
        return [hull.x + hull.width / 2, hull.y + hull.height / 2, hull.width / 2];"
    ));
    let middle = [0, 1, 2].map(|index| middle[index].as_f64().unwrap_or_default());
    assert!(x < middle[0] && middle[0] < x + width && y < middle[1] && middle[1] < y + height);
    let point = |action: &str, place: [f64; 2]| {
        let held = i32::from(action != "mouseReleased");
        let event =
            json!({ "type": action, "x": place[0], "y": place[1], "button": "left", "buttons": held, "clickCount": 1 });
        page.cdp("Input.dispatchMouseEvent", &event);
    };
    let (start, _) = timer(&page, follower);
    point("mousePressed", start);
    // To the right, a quarter of a turn from the top.
    let wanted = [middle[0] + middle[2], middle[1]];
    point(
        "mouseMoved",
        [f64::midpoint(start[0], wanted[0]), f64::midpoint(start[1], wanted[1])],
    );
    point("mouseMoved", wanted);
    let far = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).hypot(a[1] - b[1]);
    let (held, covers) = timer(&page, follower);
    assert!(far(held, wanted) < 10.0, "it follows: {held:?}, {wanted:?}");
    assert!(!covers, "its words are beside the name");
    let said = || {
        page.execute(&format!(
            "return document.querySelector('#server-{follower} .rest').textContent"
        ))
    };
    let rest = said();
    assert!(
        ["74 ms", "75 ms", "76 ms"].contains(&rest.as_str().unwrap_or_default()),
        "a quarter of 300 ms: {rest}"
    );
    point("mouseReleased", wanted);
    page.wait_until("it is let go", |_| said() == "");
    page.wait_until("it is done", |page| !page.button("Undo").is("disabled"));
    let (after, _) = timer(&page, follower);
    assert!(far(held, after) < 2.0, "it stays: {held:?}, {after:?}");
    assert!(
        !server(&page, follower).name().contains("crashed"),
        "a drag is no click"
    );
}

/// The server whose timer runs out before all others says so.
#[test]
fn who_is_next_says_so() {
    let page = at_the_start();
    let next: Vec<String> = servers(&page)
        .into_iter()
        .filter(|name| name.ends_with(", next to time out"))
        .collect();
    assert_eq!(next.len(), 1, "{:?}", servers(&page));
    assert!(
        next[0].starts_with("S2, follower, term 0"),
        "its timer is the shortest of this seed: {next:?}"
    );
}

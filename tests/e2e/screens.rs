//! Every screen: short windows, phones, frames, large text, paper, and colours that the reader's system sets.

use headless::{Page, json, starting};
use raft_playground::lesson::BuiltinLesson;

use crate::{
    narrow::OUT_OF_REACH,
    steps::{panel, panels, seek, stopped},
};

const LANGUAGES: [&str; 2] = ["en-US", "pt-BR"];

/// How far the page is wider than the window, in pixels.
fn overflow(page: &Page) -> headless::Value {
    page.execute("return document.documentElement.scrollWidth - innerWidth")
}

/// As when the reader zooms, a window is half as large for text of twice the size: the page takes its narrower shape.
#[test]
fn text_of_twice_the_size_cuts_nothing_off() {
    for language in LANGUAGES {
        let page = stopped(Page::visit().language(language).text_size(32));
        let size = "return getComputedStyle(document.querySelector('.narration')).fontSize";
        assert_ne!(page.execute(size), "15px", "the browser's size is heard");
        for (width, height) in [(1280, 800), (1920, 1080), (720, 1480)] {
            page.resize(width, height);
            assert_eq!(page.execute(OUT_OF_REACH), json!([]), "{width} by {height}, {language}");
            for tab in panels(&page) {
                panel(&page, &tab);
                assert_eq!(overflow(&page), 0, "{tab}, {width} by {height}, {language}");
            }
        }
    }
}

/// Playing, stepping and the clock, and what of them is not in the window or lies over something else.
const OUT_OF_SIGHT: &str = "
    const parts = [...document.querySelectorAll('.buttons > button, .clock')];
    const inside = ({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    const free = (part) => {
        const box = part.getBoundingClientRect();
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return part.contains(top);
    };
    return parts.length !== 5 ? ['nearly all'] : parts.filter((part) => !inside(part.getBoundingClientRect()) || !free(part))
        .map((part) => part.ariaLabel ?? part.textContent);";

/// Left, top, right and bottom of the ring's servers together, of the panels, and of the section of time.
const PLACES: &str = "
    const place = (all) => {
        const boxes = [...document.querySelectorAll(all)].map((each) => each.getBoundingClientRect());
        const least = (side) => Math.min(...boxes.map((box) => box[side]));
        const most = (side) => Math.max(...boxes.map((box) => box[side]));
        return [least('left'), least('top'), most('right'), most('bottom')].map(Math.round);
    };
    return [place('#ring .body, #ring .standing'), place('#panels'), place('.time')];";

fn place(places: &headless::Value, index: usize) -> [i64; 4] {
    std::array::from_fn(|side| places[index][side].as_i64().unwrap_or(i64::MAX))
}

/// A phone held sideways, and a laptop at 200 %.
#[test]
fn a_short_window_has_ring_panel_and_transport_side_by_side() {
    for language in LANGUAGES {
        let page = stopped(Page::visit().language(language));
        for (width, height) in [(740, 360), (844, 390), (640, 400)] {
            page.resize(width, height);
            page.execute("document.querySelector('.ring-panel').scrollTop = 0");
            let said = format!("{width} by {height}, {language}");
            assert_eq!(page.execute(OUT_OF_SIGHT), json!([]), "{said}");
            assert_eq!(overflow(&page), 0, "{said}");
            let places = page.execute(PLACES);
            let [ring, panels, time] = [0, 1, 2].map(|index| place(&places, index));
            assert!(ring[0] >= 0 && ring[1] >= 0, "{said}: {places}");
            assert!(ring[2] <= panels[0], "ring left, panel right, {said}: {places}");
            assert!(ring[3] <= time[1] && panels[3] <= time[1] + 1, "{said}: {places}");
            assert!(
                panels[2] <= i64::from(width) && time[3] <= i64::from(height),
                "{said}: {places}"
            );
            assert!(time[3] - time[1] <= 60, "the transport is slim, {said}: {places}");
            assert!(panels[3] - panels[1] >= 180, "the panel can be read, {said}: {places}");
            let rows = page.execute(
                "return new Set([...document.querySelectorAll('[role=tab]')].map((tab) => tab.getBoundingClientRect().top)).size",
            );
            assert!(
                width < 740 || rows.as_u64() <= Some(2),
                "two rows of tabs, {said}: {rows}"
            );
            assert_eq!(page.execute(OUT_OF_REACH), json!([]), "{said}");
        }
    }
}

/// As at 400 %.
#[test]
fn the_smallest_window_scrolls_and_keeps_what_plays_in_sight() {
    for language in LANGUAGES {
        let page = stopped(Page::visit().language(language).size(320, 256));
        for scrolled in [0, 300, 900] {
            page.execute(&format!("scrollTo(0, {scrolled})"));
            assert_eq!(page.execute(OUT_OF_SIGHT), json!([]), "{scrolled}, {language}");
            assert_eq!(overflow(&page), 0, "{language}");
        }
        page.execute("document.querySelector('.ring').scrollIntoView({ block: 'start', behavior: 'instant' })");
        let places = page.execute(PLACES);
        let [ring, _, time] = [0, 1, 2].map(|index| place(&places, index));
        assert!(ring[1] >= -1 && ring[3] <= time[1], "the ring is whole: {places}");
    }
}

/// Pages and slides that show a run.
#[test]
fn a_small_frame_has_a_ring_that_can_be_read() {
    const RING: &str = "
        const ring = document.querySelector('#ring');
        const scale = ring.getScreenCTM().a;
        const words = [...ring.querySelectorAll('.server text')].filter((text) => text.checkVisibility() && text.textContent);
        const smallest = Math.min(...words.map((text) => parseFloat(getComputedStyle(text).fontSize) * scale));
        const [, , width, height] = ring.getAttribute('viewBox').split(' ').map(Number);
        return [width * scale, height * scale, smallest];";
    for at in ["?embed=1", "?embed=1&panels=log,servers"] {
        for (width, height) in [(600, 400), (360, 740), (360, 480)] {
            let page = stopped(Page::visit().at(at).size(width, height));
            let ring = page.execute(RING);
            let [across, down, smallest] = [0, 1, 2].map(|index| ring[index].as_f64().unwrap_or_default());
            let said = format!("{width} by {height}, {at}: {ring}");
            assert!(across >= 240.0 && down >= 235.0, "{said}");
            assert!(smallest >= 11.0, "{said}");
            assert_eq!(page.execute(OUT_OF_SIGHT), json!([]), "{said}");
            assert_eq!(overflow(&page), 0, "{said}");
        }
    }
}

/// What is not as it should be beside a lesson in a low window: ring left, card right, all of its words and its buttons in sight.
const BESIDE_A_LESSON: &str = "
    const all = (selector) => [...document.querySelectorAll(selector)];
    const place = (each) => each.getBoundingClientRect();
    const inside = ({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    const free = (each) => {
        const box = place(each);
        const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return each.contains(top) || top.contains(each) && !top.contains(document.querySelector('.transport'));
    };
    const card = place(document.querySelector('.lesson'));
    const [ring, words, acts] = ['#ring .body, #ring .standing', '.lesson-words > p', '.lesson-acts button'].map(all);
    const head = all('.lesson-head > h2, .lesson-head > button').filter((each) => each.checkVisibility());
    const ringScale = document.querySelector('#ring').getScreenCTM().a;
    const size = (each) => parseFloat(getComputedStyle(each).fontSize);
    const shown = all('#ring .server text').filter((text) => text.checkVisibility() && text.textContent);
    return [
        ...ring.filter((each) => !inside(place(each)) || place(each).right > card.left).map((each) => 'ring: ' + each.textContent),
        ...[...words, ...acts, ...head].filter((each) => !inside(place(each)) || !free(each)).map((each) => 'card: ' + each.textContent),
        ...shown.filter((each) => size(each) * ringScale < 11).map((each) => `small: ${each.textContent} ${size(each) * ringScale}`),
        ...words.filter((each) => size(each) < 11).map((each) => 'small: ' + each.textContent),
        ...(ring.length < 10 || words.length === 0 || acts.length === 0 ? ['nearly everything'] : []),
        ...(scrollY > 0 ? ['it scrolls'] : []),
    ];";

/// A lesson in the page of a course, on a phone held sideways, and in a small window.
#[test]
fn in_a_low_window_a_lesson_stands_beside_the_ring() {
    let sizes = [
        ("?embed=1&", 600, 400),
        ("?embed=1&", 640, 480),
        ("?embed=1&", 800, 450),
        ("?embed=1&", 600, 500),
        ("?embed=1&panels=log&", 600, 400),
        ("?", 640, 480),
        ("?", 740, 360),
    ];
    for language in LANGUAGES {
        for (at, width, height) in sizes {
            let page = Page::visit()
                .language(language)
                .at(&format!("{at}lesson=terms"))
                .size(width, height)
                .open();
            let said = format!("{width} by {height}, {at}, {language}");
            page.wait_until("the lesson is there", |page| page.text().contains(" 13"));
            assert_eq!(page.execute(BESIDE_A_LESSON), json!([]), "{said}");
            assert_eq!(page.execute(OUT_OF_SIGHT), json!([]), "{said}");
            assert_eq!(overflow(&page), 0, "{said}");
        }
        for lesson in BuiltinLesson::ALL {
            let at = format!("?embed=1&lesson={}", lesson.slug());
            let page = Page::visit().language(language).at(&at).size(600, 400).open();
            let tag = if language == "pt-BR" { language } else { "en" };
            let title = lesson.lesson().title.get(tag).to_owned();
            page.wait_until("the lesson is there", |page| page.text().contains(&title));
            assert_eq!(page.execute(BESIDE_A_LESSON), json!([]), "{at}, {language}");
        }
    }
}

/// What lies over something else in the two heads of a lesson in a low window, or sticks out of them.
const HEADS: &str = "
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    const place = (each) => each.getBoundingClientRect();
    const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    const heads = ['.status strong, .badges > *, .full-link', '.lesson-head > *'].map(seen);
    const words = place(document.querySelector('.narration span'));
    const over = (each, all) => all.some((other) => other !== each && !apart(place(each), place(other)));
    return [
        ...heads.flatMap((head) => head.filter((each) => over(each, head))).map((each) => each.textContent),
        ...seen('.status strong').filter((each) => place(each).height > 42 || place(each).bottom > words.top + 2).map((each) => 'high: ' + each.textContent),
    ];";

#[test]
fn in_a_low_window_the_heads_of_a_lesson_have_room_for_modified_rules_and_what_is_broken() {
    for language in LANGUAGES {
        for (lesson, step, says) in [("terms", 7, 8), ("lab", 0, 1), ("networks", 8, 9)] {
            for at in ["?", "?embed=1&panels=&"] {
                let at = format!("{at}lesson={lesson}");
                let page = Page::visit().language(language).at(&at).size(600, 400).open();
                let (place, go_on) = if language == "pt-BR" {
                    ("de", "Continuar no passo")
                } else {
                    ("of", "Go on at step")
                };
                page.wait_for_text(&format!("1 {place} "));
                let kept = format!("{lesson} {}.", "+".repeat(step));
                page.execute(&format!("localStorage.setItem('raft-playground.lessons', {kept:?})"));
                page.reload();
                if step > 0 {
                    page.button(starting(go_on)).click();
                }
                page.wait_for_text(&format!("{says} {place} "));
                for (width, height) in [(600, 400), (640, 480), (740, 360)] {
                    page.resize(width, height);
                    assert_eq!(
                        page.execute(HEADS),
                        json!([]),
                        "{at}, {step}, {width} by {height}, {language}"
                    );
                }
            }
        }
    }
}

/// Beside a panel there is little room in the row that says who leads.
#[test]
fn in_a_frame_with_panels_nothing_lies_over_the_headline() {
    const COVERED: &str = "
        const words = document.querySelector('.status strong').getBoundingClientRect();
        const others = [...document.querySelectorAll('.badges > *, .full-link, [role=tab]')].filter((each) => each.checkVisibility());
        const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        const link = document.querySelector('.full-link').getBoundingClientRect();
        return others.filter((each) => {
            const box = each.getBoundingClientRect();
            return !apart(words, box) || each.role === 'tab' && !apart(link, box);
        }).map((each) => each.textContent);";
    for language in LANGUAGES {
        for (width, height) in [(600, 400), (640, 480), (800, 600)] {
            for panels in ["log", "log,servers,rules"] {
                let at = format!("?embed=1&panels={panels}&scenario=minority-leader");
                let page = stopped(Page::visit().language(language).at(&at).size(width, height));
                for millis in [200, 400] {
                    seek(&page, millis);
                    assert_eq!(
                        page.execute(COVERED),
                        json!([]),
                        "{millis} ms, {width} by {height}, {at}, {language}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_chosen_tab_is_told_in_the_colours_of_the_system() {
    let page = stopped(Page::visit().media("forced-colors", "active"));
    let lines = page.execute(
        "return ['true', 'false'].map((chosen) =>
            getComputedStyle(document.querySelector(`[role=tab][aria-selected=${chosen}]`)).borderBottomColor);",
    );
    assert_ne!(lines[0], lines[1], "{lines}");
}

/// What a lecturer hands out: what is seen, and nothing that is pressed.
#[test]
fn on_paper_stand_ring_sentence_and_story_black_on_white() {
    for (language, size) in [("en-US", (1280, 800)), ("pt-BR", (360, 740)), ("en-US", (740, 360))] {
        let page = stopped(Page::visit().language(language).size(size.0, size.1).dark());
        for _ in 0..12 {
            page.press("ArrowRight");
        }
        page.execute("scrollTo(0, 9999)");
        page.cdp(
            "Emulation.setEmulatedMedia",
            &json!({ "media": "print", "features": [{ "name": "prefers-color-scheme", "value": "dark" }] }),
        );
        let said = format!("{size:?}, {language}");
        let pressed = page.execute(
            "return [...document.querySelectorAll('button, input, [role=tab]')].filter((part) => part.checkVisibility())
                .map((part) => part.ariaLabel ?? part.textContent);",
        );
        assert_eq!(pressed, json!([]), "{said}");
        let missing = page.execute(
            "return ['.status', '.narration', '#ring .label', '.lanes', '.lane-legend', '.clock', '.story-order', '.story-card']
                .filter((part) => !document.querySelector(part)?.checkVisibility({ opacityProperty: true }));",
        );
        assert_eq!(missing, json!([]), "{said}");
        let cut = page.execute(
            "return [...document.querySelectorAll('#app :is(section, div, p, ol)')]
                .filter((part) => part.checkVisibility() && part.scrollHeight > part.clientHeight + 4
                    && getComputedStyle(part).overflowY !== 'visible' && !part.matches('.unseen'))
                .map((part) => part.className);",
        );
        assert_eq!(cut, json!([]), "{said}");
        let ink = page.execute("return getComputedStyle(document.querySelector('.narration')).color");
        assert_eq!(ink, "rgb(29, 33, 38)", "as in the light, {said}");
        let printed = page.cdp("Page.printToPDF", &json!({}));
        assert!(
            printed["data"].as_str().is_some_and(|data| data.len() > 10_000),
            "{said}"
        );
    }
}

/// A state is told by its shape as well: an outline, a symbol, or how high its lane is.
#[test]
fn roles_are_told_by_more_than_their_colour() {
    let page = stopped(Page::visit());
    crate::steps::step_until(&page, ", candidate, ");
    crate::steps::server(&page, 5).click();
    const SHAPES: &str = "
        const shape = (server) => [
            server.querySelector('.body').tagName,
            getComputedStyle(server.querySelector('.body')).strokeDasharray,
            server.querySelectorAll('.second-ring, .symbol').length,
        ].join(' ');
        return ['.follower', '.candidate', '.leader', '.crashed'].map((role) => document.querySelector('#ring ' + role))
            .map((server) => server && shape(server));";
    let election = page.execute(SHAPES);
    crate::steps::step_until(&page, ", leader, ");
    let led = page.execute(SHAPES);
    let shapes = [&election[0], &election[1], &led[2], &election[3]];
    assert!(shapes.iter().all(|shape| shape.is_string()), "{election} {led}");
    for (index, shape) in shapes.iter().enumerate() {
        assert!(!shapes[..index].contains(shape), "{shapes:?}");
    }
    let heights = page.execute(
        "return [...document.querySelectorAll('.lane-sample > *')].map((sample) => sample.getBoundingClientRect().height.toFixed(1));",
    );
    let heights: Vec<_> = heights
        .as_array()
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    assert!(heights.len() >= 4);
    assert_eq!(
        heights.iter().collect::<std::collections::BTreeSet<_>>().len(),
        heights.len(),
        "{heights:?}"
    );
}

/// In the colours of the system what is on, the slider and the lanes stand out from what is behind them.
#[test]
fn slider_dot_lanes_and_servers_are_seen_in_the_colours_of_the_system() {
    let page = crate::steps::with_a_leader();
    page.media(&[("forced-colors", "active"), ("prefers-color-scheme", "dark")]);
    let alike = page.execute(
        "const canvas = getComputedStyle(document.body).backgroundColor;
        const probe = document.body.appendChild(document.createElement('i'));
        probe.style.color = 'Canvas';
        const ground = getComputedStyle(probe).color;
        probe.remove();
        const colour = (part, property, pseudo) => getComputedStyle(document.querySelector(part), pseudo)[property];
        const told = {
            dot: colour('.status .dot', 'backgroundColor'),
            leader: colour('#ring .leader .body', 'stroke'),
            follower: colour('#ring .follower .body', 'stroke'),
            timer: colour('#ring .track', 'stroke'),
            crown: colour('#ring .leader .symbol', 'fill'),
            link: colour('#ring .edge', 'stroke'),
            lane: colour('.lanes .d-lane-leader', 'fill'),
            waiting: colour('.lanes .d-lane-follower', 'fill'),
            slider: colour('.speed-slider', 'backgroundColor', '::-webkit-slider-runnable-track'),
        };
        return Object.keys(told).filter((key) => told[key] === ground);",
    );
    assert_eq!(alike, json!([]));
}

#[test]
fn whoever_asks_for_more_contrast_reads_everything_in_ink() {
    let page = stopped(Page::visit().media("prefers-contrast", "more"));
    let inks = page.execute(
        "const ink = getComputedStyle(document.body).color;
        return [...document.querySelectorAll('.field-name, .watch, #ring .detail, .tempo')]
            .filter((part) => part.checkVisibility() && ![getComputedStyle(part).color, getComputedStyle(part).fill].includes(ink))
            .map((part) => part.className.baseVal ?? part.className);",
    );
    assert_eq!(inks, json!([]));
}

/// As readers set it who need more room between letters, words and lines (WCAG 1.4.12).
const TEXT_SPACING: &str = "
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];";

/// Words that are cut off by what they are in, and that cannot be scrolled to.
const CUT_OFF: &str = "
    const clips = (way) => way === 'hidden' || way === 'clip';
    const cut = (part, { overflowX, overflowY }) => clips(overflowY) && part.scrollHeight > part.clientHeight + 3
        || clips(overflowX) && part.scrollWidth > part.clientWidth + 3;
    const shown = (part) => part.checkVisibility() && !part.closest('.unseen, dialog, .tab-title') && part.getClientRects().length > 0;
    return [...document.querySelectorAll('#app :not(svg, svg *)')].filter(shown)
        .filter((part) => part.textContent.trim() && part.clientWidth > 1 && cut(part, getComputedStyle(part)))
        .filter((part) => !part.matches('.badge.safe, .log-row, .log-text, .log-space, .head-room, .lanes-clip, select, .clock-time, .timeline, .lanes-clip *'))
        .map((part) => `${part.className}: ${part.textContent.slice(0, 60)}`);";

#[test]
fn text_spaced_as_readers_want_it_is_not_cut_off() {
    for language in LANGUAGES {
        let page = stopped(Page::visit().language(language));
        page.execute(TEXT_SPACING);
        for (width, height) in [(1280, 800), (320, 640), (360, 740)] {
            page.resize(width, height);
            for _ in 0..10 {
                page.press("ArrowRight");
            }
            for tab in panels(&page) {
                panel(&page, &tab);
                let said = format!("{tab}, {width} by {height}, {language}");
                assert_eq!(page.execute(CUT_OFF), json!([]), "{said}");
                assert_eq!(overflow(&page), 0, "{said}");
            }
            // Messages lie over links.
            page.press("r");
            assert_eq!(page.execute(OUT_OF_REACH), json!([]), "{width} by {height}, {language}");
        }
    }
}

/// Whoever has the paper finds the run again; and nothing on it asks for a click.
#[test]
fn on_paper_stand_seed_and_link_of_the_run() {
    let page = stopped(Page::visit());
    crate::steps::server(&page, 5).click();
    page.wait_for("button", starting("S5, crashed"));
    page.cdp("Emulation.setEmulatedMedia", &json!({ "media": "print" }));
    page.execute("window.dispatchEvent(new Event('beforeprint'))");
    let line = page.execute("return document.querySelector('.on-paper').innerText");
    let line = line.as_str().expect("a line");
    assert!(line.starts_with("Seed ") && line.contains("/#"), "{line}");
    let shown = page.execute("return document.querySelector('.crashed .detail').checkVisibility()");
    assert_eq!(shown, false, "that a click restarts it");
}

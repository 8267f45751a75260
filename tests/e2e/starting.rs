//! What the page says while the program isn't there, and when it has stopped.

use headless::{Page, Value, starting};

#[test]
fn the_loading_message_makes_room_for_the_program() {
    let page = Page::open();
    assert!(!page.text().contains("Loading"), "{}", page.text());
    assert_eq!(page.execute("return document.documentElement.lang"), "en");
}

#[test]
fn without_scripts_it_says_what_it_needs() {
    let page = Page::visit().without_script().open_unstarted();
    let shown: Vec<_> = page.tree().iter().map(|node| node.name().to_owned()).collect();
    assert!(shown.iter().any(|text| text.contains("needs JavaScript")), "{shown:?}");
    assert!(
        shown.iter().any(|text| text.contains("precisa de JavaScript")),
        "{shown:?}"
    );
    assert!(!shown.iter().any(|text| text.contains("Loading")), "{shown:?}");
}

#[test]
fn an_old_browser_is_told_that_it_is_too_old() {
    for lack in ["delete window.WebAssembly", "CSS.supports = () => false"] {
        let page = Page::visit().prelude(lack).open_unstarted();
        page.wait_for_text("This browser is too old for the playground.");
        assert!(page.find("alert", headless::any()).is_some());
        assert_eq!(page.accessibility_problems(), [""; 0]);
    }
}

#[test]
fn a_missing_program_is_reported_with_what_to_do() {
    for lost in [".wasm", ".js"] {
        let page = Page::visit().losing(lost).open_unstarted();
        if lost == ".wasm" {
            page.wait_for_text("The playground could not be loaded.");
            page.wait_for_text("reload the page");
        } else {
            // Not even the script that speaks for the page came; its first words stay.
            page.wait_for_text("Loading the playground");
        }
        assert!(
            page.find("button", "Play").is_none(),
            "nothing offers to play without {lost}"
        );
    }
}

#[test]
fn the_trouble_is_told_in_the_visitors_language() {
    let page = Page::visit().language("pt-BR").losing(".wasm").open_unstarted();
    page.wait_for_text("Não foi possível carregar o playground.");
    assert_eq!(page.execute("return document.documentElement.lang"), "pt-BR");
}

#[test]
fn a_trap_shows_a_report_and_a_way_to_start_again() {
    let page = Page::open();
    page.execute("window.marker = true");

    page.execute(
        "const error = new WebAssembly.RuntimeError('unreachable');
         dispatchEvent(new ErrorEvent('error', { error }));",
    );
    page.wait_for_text("The playground has stopped");
    page.wait_until("the way out has the focus", |page| {
        page.focused().is_some_and(|node| node.name() == "Restart")
    });
    assert!(page.find("slider", "Speed").is_none(), "the program is out of reach");
    let report = page.get("textbox", "Report");
    assert!(report.value().contains("unreachable"), "{:?}", report.value());
    assert_eq!(page.accessibility_problems(), [""; 0]);

    page.button("Restart").click();
    page.wait_until("the page is loaded again", |page| {
        page.execute("return window.marker ?? null") == Value::Null
    });
    page.browser().wait_until_started().expect("the program runs again");
    assert!(page.find("textbox", "Report").is_none());
}

#[test]
fn what_is_not_on_screen_at_first_is_loaded_when_it_is_wanted() {
    let page = Page::open();
    let is_loaded = |page: &Page| {
        page.requests()
            .iter()
            .any(|request| request.path.contains("later_part"))
    };
    page.wait_for_text("leads term 1");
    assert!(!is_loaded(&page), "nothing asked for it");

    page.get("tab", "Servers").click();
    page.wait_for_text("On disk");
    assert!(is_loaded(&page));
}

/// The first time, a part of the program does not arrive.
const LOST_ONCE: &str = "const real = fetch;
    let lost = false;
    window.fetch = (address, ...more) => {
        if (String(address).includes('PART') && !lost) {
            lost = true;
            return Promise.reject(new TypeError('lost'));
        }
        return real(address, ...more);
    };";

#[test]
fn what_does_not_arrive_is_told_and_tried_again() {
    let lost_once = LOST_ONCE.replace("PART", "later_part");
    let page = Page::visit().prelude(&lost_once).open();
    page.get("tab", "Servers").click();
    page.wait_for_text("This part of the page did not load. Check your connection.");
    assert_eq!(page.accessibility_problems(), [""; 0]);

    page.button("Try again").click();
    page.wait_for_text("On disk");
}

#[test]
fn a_sheet_that_does_not_arrive_is_told_and_the_page_goes_on() {
    let page = Page::visit().losing("later_part.wasm").open();
    page.button("Help").click();
    page.wait_for_text("This part of the page did not load.");
    assert!(page.find("button", "Pause").is_some(), "the run goes on");
}

/// Keeps a part of the program back until `arrive()` is called.
const HELD_BACK: &str = "const real = fetch;
    window.fetch = (address, ...more) => String(address).includes('PART')
        ? new Promise((done) => { window.arrive = () => done(real(address, ...more)); })
        : real(address, ...more);";

#[test]
fn what_is_asked_for_before_it_is_here_is_done_once_it_is() {
    let page = Page::visit().prelude(&HELD_BACK.replace("PART", "later_part")).open();
    page.wait_for_text("leads term 1");
    page.press("Space");
    page.button("Crash leader").click();
    page.wait_for("button", starting("S2, crashed"));

    page.press("Control+z");
    page.wait_until("what undoes is on its way", |page| {
        page.execute("return typeof window.arrive") == "function"
    });
    assert!(page.find("button", starting("S2, crashed")).is_some());
    page.execute("window.arrive()");
    page.wait_for("button", starting("S2, leader"));
    page.wait_for_text("You undid: “");
}

#[test]
fn what_is_asked_for_and_does_not_arrive_is_told_and_the_page_goes_on() {
    let page = Page::visit().losing("later_part.wasm").open();
    page.wait_for_text("leads term 1");
    page.get("combobox", "Scenario").fill("split-vote");
    page.wait_for_text("This part of the page did not load.");
    assert_eq!(page.get("combobox", "Scenario").value(), "Free cluster");
    assert!(page.find("button", "Pause").is_some(), "the run goes on");
}

#[test]
fn nothing_moves_when_story_and_lanes_arrive_behind_the_ring() {
    const BOXES: &str = "const parts = document.querySelectorAll(
            '#ring .server .hit, .kill-row, .toolbar button, .status, .narration, .transport button, .transport input, [role=tab]');
        return [...parts].filter((part) => part.checkVisibility()).map((part) => {
            const { x, y, width, height } = part.getBoundingClientRect();
            return [part.textContent, ...[x, y, width, height].map(Math.round)].join(' ');
        })";
    for (width, height) in [(1280, 800), (1920, 1080), (360, 740)] {
        let page = Page::visit()
            .size(width, height)
            .prelude(&HELD_BACK.replace("PART", "soon_part"))
            .open_unstarted();
        page.wait_for("button", "Crash leader");
        page.press("Space");
        page.press("r");
        assert!(page.find("slider", "Time").is_none(), "the lanes are held back");
        let before = page.execute(BOXES);
        assert!(before.as_array().is_some_and(|boxes| boxes.len() > 15), "{before}");

        page.execute("window.arrive()");
        page.wait_for("slider", "Time");
        page.wait_for_text("Every line");
        assert_eq!(page.execute(BOXES), before, "at {width} by {height}");
    }
}

#[test]
fn without_story_and_lanes_the_ring_goes_on_and_they_can_be_tried_again() {
    let lost_once = LOST_ONCE.replace("PART", "soon_part");
    let page = Page::visit().prelude(&lost_once).open();
    page.wait_for_text("This part of the page did not load. Check your connection.");
    page.wait_for_text("leads term 1");
    assert_eq!(page.accessibility_problems(), [""; 0]);

    page.button("Try again").click();
    page.wait_for("slider", "Time");
    page.wait_for_text("Every line");
}

#[test]
fn the_program_takes_over_the_ring_where_it_stands() {
    const BOXES: &str =
        "const rings = [...document.querySelectorAll('.ring')].filter((ring) => ring.checkVisibility());
        const parts = rings.flatMap((ring) => [...ring.querySelectorAll('.body, .name')]);
        parts.push(...document.querySelectorAll('.narration, .time, .main, .legend-room'));
        return parts.map((part) => {
            const { x, y, width } = part.getBoundingClientRect();
            return [x, y, width];
        })";
    let alone = "?embed=1";
    for (query, width, height) in [
        ("", 1280, 800),
        ("", 1366, 768),
        ("", 1920, 1080),
        ("", 1050, 900),
        ("", 1024, 768),
        ("", 768, 1024),
        ("", 360, 740),
        ("", 740, 360),
        ("", 640, 400),
        (alone, 900, 560),
        (alone, 640, 420),
        (alone, 360, 480),
        ("?embed=1&panels=log", 900, 640),
    ] {
        let page = Page::visit()
            .at(query)
            .size(width, height)
            .prelude(&HELD_BACK.replace("PART", "_bg.wasm"))
            .open_unstarted();
        page.wait_until("the program is held back", |page| {
            page.execute("return typeof window.arrive") == "function"
        });
        assert_eq!(page.accessibility_problems(), [""; 0]);
        let before = page.execute(BOXES);
        // A frame has no legend.
        let boxes = 13 + usize::from(query.is_empty());
        assert!(before.as_array().is_some_and(|found| found.len() == boxes), "{before}");

        page.execute("window.arrive()");
        page.browser().wait_until_started().expect("the program runs");
        page.press("Space");
        page.press("r");
        let after = page.execute(BOXES);
        let edges = |boxes: &Value| -> Vec<f64> {
            let boxes = boxes.as_array().into_iter().flatten().filter_map(Value::as_array);
            boxes.flatten().filter_map(Value::as_f64).collect()
        };
        let moved = edges(&before)
            .iter()
            .zip(edges(&after))
            .any(|(before, after)| (before - after).abs() > 1.0);
        assert!(!moved, "{query} at {width} by {height}: {before} became {after}");
    }
}

#[test]
fn whoever_opens_a_link_sees_no_ring_before_it_is_that_of_the_link() {
    let page = Page::visit()
        .prelude(&HELD_BACK.replace("PART", "_bg.wasm"))
        .open_unstarted();
    page.execute("location.hash = '1abc'; location.reload()");
    page.wait_until("the program is held back", |page| {
        page.execute("return document.getElementById('boot')?.className === 'boot-other'") == true
    });
    assert_eq!(
        page.execute("return [...document.querySelectorAll('.ring')].some((ring) => ring.checkVisibility())"),
        false
    );
}

//! A finger does what a mouse does.

use headless::{Page, Visit, any, json, starting};

use crate::steps::{leader, panel, panels, run_to, server, stopped, wait_for_server};

/// The phone and the tablet of readers.
const SCREENS: [(u32, u32); 2] = [(360, 740), (1024, 768)];

/// A screen that is touched, as the page hears of it.
fn touched(visit: Visit, (width, height): (u32, u32)) -> Page {
    let page = stopped(visit.size(width, height));
    page.cdp(
        "Emulation.setTouchEmulationEnabled",
        &json!({ "enabled": true, "maxTouchPoints": 5 }),
    );
    let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": true });
    page.cdp("Emulation.setDeviceMetricsOverride", &screen);
    page
}

/// A finger goes down, moves or is lifted, as the screen tells the browser: what the page leaves to it scrolls the page.
fn finger(page: &Page, kind: &str, at: Option<[f64; 2]>) {
    let points: Vec<_> = at.iter().map(|[x, y]| json!({ "x": x, "y": y })).collect();
    page.cdp(
        "Input.dispatchTouchEvent",
        &json!({ "type": kind, "touchPoints": points }),
    );
}

/// The middle of something within a server.
fn middle(page: &Page, number: usize, part: &str) -> [f64; 2] {
    let found = page.execute(&format!(
        "const {{ x, y, width, height }} = document.querySelector('#server-{number} {part}').getBoundingClientRect();
        return [x + width / 2, y + height / 2];"
    ));
    [0, 1].map(|index| found[index].as_f64().unwrap_or_default())
}

/// The ring, which shrinks as the page scrolls, grows again in the frame after: only then do its parts stay where they are.
fn scroll_to_the_top(page: &Page) {
    page.execute(
        "scrollTo(0, 0);
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))",
    );
}

#[test]
fn a_finger_drags_a_timer_and_the_page_stays() {
    for size in SCREENS {
        let page = stopped(Page::visit().size(size.0, size.1));
        run_to(&page, 200);
        let follower = leader(&page) % 5 + 1;
        scroll_to_the_top(&page);
        let [start, body] = [".handle", ".body"].map(|part| middle(&page, follower, part));
        // To the side that is farther away: a quarter, or three, of a turn from the top.
        let wanted = [body[0] + if start[0] < body[0] { 40.0 } else { -40.0 }, body[1]];
        finger(&page, "touchStart", Some(start));
        for step in 1..=8 {
            let part = f64::from(step) / 8.0;
            let at = [0, 1].map(|axis| start[axis] + (wanted[axis] - start[axis]) * part);
            finger(&page, "touchMove", Some(at));
        }
        page.wait_until(&format!("it follows the finger to {wanted:?} at {size:?}"), |page| {
            let held = middle(page, follower, ".handle");
            (held[1] - body[1]).abs() < 4.0 && (held[0] - wanted[0]).abs() < 30.0
        });
        assert_eq!(page.execute("return scrollY"), 0, "{size:?}");
        finger(&page, "touchEnd", None);
        page.wait_until("it is done", |page| !page.button("Undo").is("disabled"));
        assert!(server(&page, follower).name().contains("follower"), "a drag is no tap");
    }
}

/// Up or down as well: where the page would scroll.
#[test]
fn a_finger_that_drags_a_timer_downwards_does_not_scroll_the_page() {
    let page = stopped(Page::visit().size(360, 740));
    run_to(&page, 200);
    let follower = leader(&page) % 5 + 1;
    scroll_to_the_top(&page);
    let start = middle(&page, follower, ".handle");
    finger(&page, "touchStart", Some(start));
    for step in 1..=20 {
        finger(&page, "touchMove", Some([start[0], start[1] - f64::from(step) * 10.0]));
    }
    assert_eq!(page.execute("return scrollY"), 0);
    finger(&page, "touchEnd", None);
    page.wait_until("it is done", |page| !page.button("Undo").is("disabled"));
    // A finger that begins on the body of a server goes on to scroll the page.
    let body = middle(&page, follower, ".name");
    finger(&page, "touchStart", Some(body));
    for step in 1..=20 {
        finger(&page, "touchMove", Some([body[0], body[1] - f64::from(step) * 10.0]));
    }
    finger(&page, "touchEnd", None);
    page.wait_until("it scrolls", |page| {
        page.execute("return scrollY").as_f64() > Some(50.0)
    });
}

/// Who has no mouse sees where the menus are: three dots in a corner of the ring, where they cover nothing.
#[test]
fn a_button_that_can_be_seen_opens_a_servers_menu() {
    for (language, more, more_for) in [
        ("en-US", "More for a server", "More for"),
        ("pt-BR", "Mais para um servidor", "Mais para"),
    ] {
        for size in SCREENS {
            let page = touched(Page::visit().language(language), size);
            let button = page.button(more);
            let covered = button.call(
                "function () {
                    const mine = this.getBoundingClientRect();
                    const over = ({ left, top, right, bottom }) => left < mine.right && mine.left < right && top < mine.bottom && mine.top < bottom;
                    return [...document.querySelectorAll('#ring text, #ring .hit')].filter((part) => over(part.getBoundingClientRect())).length;
                }",
                &[],
            );
            assert_eq!(covered, 0, "{size:?}");
            let [_, _, width, height] = button.bounds();
            assert!(width >= 44.0 && height >= 44.0, "{width} by {height}");
            button.tap();
            page.button(format!("{more_for} S4").as_str()).tap();
            page.wait_for("menu", any());
            page.get(
                "menuitem",
                starting(if language == "en-US" { "Crash" } else { "Derrubar" }),
            )
            .tap();
            let crashed = if language == "en-US" { "crashed" } else { "caído" };
            wait_for_server(&page, 4, crashed);
        }
    }
    let page = stopped(Page::visit());
    assert!(
        page.find("button", "More for a server").is_none(),
        "a mouse has its right button"
    );
}

/// What is pressed and is smaller than this to both sides, with its size; of `main` only what is pressed all the time.
const SMALLER_THAN: &str = "
    const [least, main] = arguments;
    const shown = (control) => control.checkVisibility() && !control.closest('dialog') && !control.matches('.unseen *, .skip');
    const size = (control) => (control.querySelector('.hit') ?? control).getBoundingClientRect();
    const all = 'button, select, summary, a, input, .server, [role=tab], [role=button]:not(.edge-hit)';
    // A word of a sentence may be as high as the sentence.
    return [...document.querySelectorAll(main ? '.server, .kill, .play, .buttons > button' : all)].filter(shown)
        .filter((control) => !control.matches('p a, a.why-cite, .flight, label input, .lane-mark'))
        .map((control) => [control.ariaLabel ?? control.textContent, size(control)])
        .filter(([, { width, height }]) => width < least - 0.5 || height < least - 0.5)
        .map(([name, { width, height }]) => `${name}: ${width} by ${height}`);";

fn smaller_than(page: &Page, least: u32, main: bool) -> headless::Value {
    let found = page.browser().execute(SMALLER_THAN, &json!([least, main]));
    found.expect("a list")
}

#[test]
fn everything_that_is_pressed_is_large_enough() {
    for language in ["en-US", "pt-BR"] {
        for size in [(1280, 800), (360, 740), (740, 360)] {
            let page = stopped(Page::visit().language(language).size(size.0, size.1));
            for tab in panels(&page) {
                panel(&page, &tab);
                assert_eq!(smaller_than(&page, 24, false), json!([]), "{tab}, {size:?}, {language}");
            }
        }
    }
}

#[test]
fn what_a_finger_presses_all_the_time_is_44_pixels_wide_and_high() {
    for size in [(360, 740), (740, 360), (1024, 768)] {
        let page = touched(Page::visit(), size);
        assert_eq!(smaller_than(&page, 44, true), json!([]), "{size:?}");
    }
}

/// What a press does is called by what the reader presses with; and no line of the sentence ends between a number and its unit.
#[test]
fn a_server_that_is_down_says_tap_to_a_finger_and_click_to_a_mouse() {
    let said = |page: &Page| {
        run_to(page, 200);
        page.button("Kill S1").click();
        page.wait_for("button", "Restart S1");
        let shown = page.execute(
            "const seen = (text) => getComputedStyle(text).display !== 'none';
            const shown = [...document.querySelectorAll('#server-1 .detail')].filter(seen).map((text) => text.textContent);
            return [...shown, document.querySelector('.narration').textContent].join('|')",
        );
        shown.as_str().unwrap_or_default().to_owned()
    };
    let by_finger = said(&touched(Page::visit(), SCREENS[1]));
    assert!(by_finger.starts_with("tap to restart|S1 crashed."), "{by_finger}");
    let by_mouse = said(&stopped(Page::visit()));
    assert!(by_mouse.starts_with("click to restart|S1 crashed."), "{by_mouse}");
}

//! A finger does what a mouse does.

use headless::{Page, json};

use crate::steps::{leader, run_to, server, stopped};

/// The phone and the tablet of readers.
const SCREENS: [(u32, u32); 2] = [(360, 740), (1024, 768)];

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

#[test]
fn a_finger_drags_a_timer_and_the_page_stays() {
    for size in SCREENS {
        let page = stopped(Page::visit().size(size.0, size.1));
        run_to(&page, 200);
        let follower = leader(&page) % 5 + 1;
        page.execute("scrollTo(0, 0)");
        let [start, body] = [".handle", ".body"].map(|part| middle(&page, follower, part));
        // To the side that is farther away: a quarter, or three, of a turn from the top.
        let wanted = [body[0] + if start[0] < body[0] { 40.0 } else { -40.0 }, body[1]];
        finger(&page, "touchStart", Some(start));
        for step in 1..=8 {
            let part = f64::from(step) / 8.0;
            let at = [0, 1].map(|axis| start[axis] + (wanted[axis] - start[axis]) * part);
            finger(&page, "touchMove", Some(at));
        }
        let held = middle(&page, follower, ".handle");
        assert!(
            (held[1] - body[1]).abs() < 4.0 && (held[0] - wanted[0]).abs() < 30.0,
            "{size:?}: it follows the finger: {held:?}, {wanted:?}"
        );
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
    page.execute("scrollTo(0, 0)");
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

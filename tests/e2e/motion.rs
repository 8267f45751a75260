//! Reduced motion: time moves from event to event, at the same pace.

use headless::{Page, Visit};

use crate::steps::{WATCHABLE, at_speed, copied_log, leader, run_to, stopped};

/// All that the clock shows from the start until a leader is there.
fn clock_until_elected(visit: Visit) -> Vec<String> {
    let page = stopped(visit);
    at_speed(&page, WATCHABLE);
    page.execute(
        "window.shown = [];
         const clock = document.querySelector('[role=timer]');
         new MutationObserver(() => window.shown.push(clock.textContent))
             .observe(clock, { childList: true, characterData: true, subtree: true });",
    );
    page.button("Play").click();
    leader(&page);
    page.button("Pause").click();
    let shown = page.execute("return window.shown");
    let shown = shown.as_array().cloned().unwrap_or_default();
    let mut shown: Vec<String> = shown
        .iter()
        .map(|text| text.as_str().unwrap_or_default().to_owned())
        .collect();
    shown.dedup();
    shown.retain(|text| text != "0.000 s");
    shown
}

#[test]
fn with_reduced_motion_the_clock_stands_until_something_happens() {
    let smooth = clock_until_elected(Page::visit());
    let by_events = clock_until_elected(Page::visit().reduced_motion());
    let before = |times: &[String]| times.iter().filter(|time| time.as_str() < "0.150 s").count();
    assert!(before(&smooth) > 3, "{smooth:?}");
    assert_eq!(before(&by_events), 0, "{by_events:?}");
    assert!(by_events.len() > 3, "{by_events:?}");
}

#[test]
fn it_is_the_same_run() {
    let run = |visit| {
        let page = stopped(visit);
        run_to(&page, 1000);
        copied_log(&page)
    };
    assert_eq!(run(Page::visit()), run(Page::visit().reduced_motion()));
}

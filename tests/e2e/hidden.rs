//! A page that is not seen does nothing, and goes on where it was.

use std::{thread, time::Duration};

use headless::{Page, json};

/// The time on the clock, in ms; asked by script, as a hidden page has no accessibility tree to ask.
fn now(page: &Page) -> u64 {
    let clock = page.execute("return document.querySelector('[role=timer]').textContent");
    let digits: String = clock
        .as_str()
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().expect("a time in seconds with three decimals")
}

#[test]
fn time_stands_while_the_page_is_hidden_and_does_not_jump_after() {
    let page = Page::open();
    page.wait_until("time passes", |page| now(page) > 0);
    let tab = page.cdp("Target.createTarget", &json!({ "url": "about:blank" }));
    page.wait_until("the page is hidden", |page| {
        page.execute("return document.hidden") == true
    });
    let before = now(&page);
    thread::sleep(Duration::from_secs(3));
    assert_eq!(now(&page), before, "nothing moves while nobody looks");

    page.cdp("Target.closeTarget", &json!({ "targetId": tab["targetId"] }));
    page.wait_until("the page is shown", |page| {
        page.execute("return document.hidden") == false
    });
    page.wait_until("time passes again", |page| now(page) > before);
    // Three seconds at 1/25 would be 120 ms.
    assert!(now(&page) < before + 100, "from {before} to {} ms", now(&page));
}

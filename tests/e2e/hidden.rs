//! A page that is not seen does nothing, and goes on where it was.

use std::{thread, time::Duration};

use headless::{Page, json};

use crate::steps::now;

#[test]
fn time_stands_while_the_page_is_hidden_and_does_not_jump_after() {
    let page = Page::open();
    page.wait_until("time passes", |page| now(page) > 0);
    let tab = page.cdp("Target.createTarget", &json!({ "url": "about:blank" }));
    page.wait_until("the page is hidden", |page| {
        page.execute("return document.hidden") == true
    });
    let before = now(&page);
    thread::sleep(Duration::from_secs(2));
    assert_eq!(now(&page), before, "nothing moves while nobody looks");

    page.cdp("Target.closeTarget", &json!({ "targetId": tab["targetId"] }));
    page.wait_until("the page is shown", |page| {
        page.execute("return document.hidden") == false
    });
    page.wait_until("time passes again", |page| now(page) > before);
    // Two seconds at 1/25 would be 80 ms.
    assert!(now(&page) < before + 60, "from {before} to {} ms", now(&page));
}

//! The Rules panel: what decides, and the lab's quirk.

use crate::steps::{at_the_start, now, panel, run_to};

#[test]
fn the_quirk_starts_the_run_again_and_marks_it_as_modified() {
    let page = at_the_start();
    run_to(&page, 200);
    panel(&page, "Rules");
    assert!(!page.text().contains("modified rules"));
    for (on, mark) in [(true, true), (false, false)] {
        page.get("switch", headless::starting("The lab's quirk")).click();
        page.wait_until("it is the start", |page| now(page) == 0);
        assert_eq!(
            page.get("switch", headless::starting("The lab's quirk")).is("checked"),
            on
        );
        assert_eq!(page.text().contains("modified rules"), mark);
        run_to(&page, 200);
    }
}

#[test]
fn every_rule_names_its_place_in_the_paper() {
    let page = at_the_start();
    panel(&page, "Rules");
    let text = page.get("tabpanel", "Rules").text();
    for rule in [
        "One vote per term",
        "Up-to-date check",
        "A newer term makes you step down",
    ] {
        assert!(text.contains(rule), "no {rule} in {text}");
    }
    assert!(
        text.matches("§5.").count() + text.matches("Figure 2").count() >= 10,
        "{text}"
    );
}

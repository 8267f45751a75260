//! axe-core finds nothing, whatever is shown.

use headless::{Page, Visit, any};

use crate::steps::{every_line, panel, panels, server, servers, step_until, stopped};

/// Mid-election, with a crashed and a paused server, every panel, the filters, the menu and the help sheet.
#[track_caller]
fn assert_accessible(visit: Visit) {
    let page = stopped(visit);
    step_until(&page, ", candidate, ");
    page.press("5");
    server(&page, 4).right_click();
    page.all("menuitem")[1].click();
    page.wait_until_gone("menu", any());
    let states = servers(&page).join(" ");
    let crashed = ["crashed", "caído"].iter().any(|word| states.contains(word));
    assert!(
        crashed && states.contains("candidate") && states.contains("paus"),
        "{states}"
    );

    let check = |what: &str| assert_eq!(page.accessibility_problems(), [""; 0], "{what}");
    for (index, name) in panels(&page).iter().enumerate() {
        panel(&page, name);
        if index == 0 {
            check("story");
            every_line(&page);
            page.all("tabpanel")[0].call("function () { this.querySelector('[aria-expanded]').click(); }", &[]);
        }
        check(name);
    }
    server(&page, 1).right_click();
    page.wait_for("menu", any());
    check("menu");
    page.press("Escape");
    page.press("?");
    page.wait_for("dialog", any());
    check("help");
}

#[test]
fn in_english_on_a_wide_light_screen() {
    assert_accessible(Page::visit());
}

#[test]
fn in_english_on_a_wide_dark_screen() {
    assert_accessible(Page::visit().dark());
}

#[test]
fn in_portuguese_on_a_wide_light_screen() {
    assert_accessible(Page::visit().language("pt-BR"));
}

#[test]
fn in_portuguese_on_a_wide_dark_screen() {
    assert_accessible(Page::visit().language("pt-BR").dark());
}

#[test]
fn in_english_on_a_light_phone() {
    assert_accessible(Page::visit().size(360, 740));
}

#[test]
fn in_english_on_a_dark_phone() {
    assert_accessible(Page::visit().size(360, 740).dark());
}

#[test]
fn in_portuguese_on_a_light_phone() {
    assert_accessible(Page::visit().language("pt-BR").size(360, 740));
}

#[test]
fn in_portuguese_on_a_dark_phone() {
    assert_accessible(Page::visit().language("pt-BR").size(360, 740).dark());
}

//! axe-core finds nothing, whatever is shown.

use headless::{Page, Visit, any};

use crate::steps::{every_line, panel, panels, server, servers, step_until, stopped};

/// Finds nothing while this is shown.
#[track_caller]
fn check(page: &Page, what: &str) {
    assert_eq!(page.accessibility_problems(), [""; 0], "{what}");
}

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

    let check = |what: &str| check(&page, what);
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

/// What opens or comes on request: the answer to a question, a message that was chosen, dialogues, choices, two futures, a
/// violation, and what is said about each. Elements are found by their class, so that it is the same in every language.
#[track_caller]
fn assert_accessible_on_request(visit: Visit) {
    let page = stopped(visit);
    step_until(&page, ", leader, ");
    press(&page, ".status-row button");
    page.wait_for("region", any());
    wait_for(&page, ".why-step");
    check(&page, "why");
    press(&page, ".why-button");
    wait_for(&page, ".why-event.selected");
    check(&page, "a step of why");
    press(&page, ".why-head button");

    press(&page, ".story-button[aria-expanded]");
    check(&page, "lines of a card");
    press(&page, ".toolbar .choice > button");
    wait_for(&page, ".toolbar .choice-list");
    check(&page, "whom to cut off");
    press(&page, ".toolbar .choice > button");
    press(&page, "#more");
    wait_for(&page, "[role=menu]");
    check(&page, "more panels");
    page.press("Escape");

    show(&page, 3);
    press(&page, ".flight-row");
    wait_for(&page, ".inspector");
    check(&page, "a chosen message");
    press(&page, ".inspector button");
    check(&page, "a message that was dropped");

    page.press("4");
    press(&page, "[aria-controls=panel]");
    wait_for(&page, ".story-card.act");
    // “What if not?”: both futures, and the panel of the branches.
    press(&page, ".story-card.act .story-button:nth-last-child(2)");
    wait_for(&page, ".future.there");
    check(&page, "two futures");
    panel(&page, &panels(&page)[8]);
    wait_for(&page, ".branch-controls");
    press(&page, "[id^=rename-]");
    wait_for(&page, "#branch-name");
    check(&page, "a branch is given a name");
    page.press("Escape");
    press(&page, "[id^=delete-]");
    wait_for(&page, "#branch-keep");
    check(&page, "a branch is to be deleted");
    page.press("Escape");

    let share = ["Share", "Compartilhar"]
        .iter()
        .find_map(|name| page.find("button", *name));
    share.expect("a button").click();
    wait_for(&page, "dialog[open]");
    check(&page, "share");
}

/// A candidate's own vote is enough: two lead one term.
#[track_caller]
fn assert_accessible_when_broken(visit: Visit) {
    let page = stopped(visit);
    show(&page, 4);
    let quorum = ["Votes that make a leader", "Votos que elegem um leader"];
    page.wait_until("the panel is there", |page| {
        quorum.iter().any(|name| page.find("combobox", *name).is_some())
    });
    let choice = quorum.iter().find_map(|name| page.find("combobox", *name));
    choice.expect("a choice of the quorum").fill("1");
    wait_for(&page, ".badge.modified");
    for _ in 0..40 {
        if page.execute("return document.querySelector('.badge.broken') !== null") == true {
            break;
        }
        page.press("ArrowRight");
    }
    wait_for(&page, ".badge.broken");
    check(&page, "broken");
    press(&page, ".badge.broken");
    wait_for(&page, ".why-blame");
    check(&page, "why it is broken");
    press(&page, ".why-head button");
    for index in 0..panels(&page).len() {
        show(&page, index);
        check(&page, &format!("panel {index} when broken"));
    }
}

/// Shows the panel at this place.
#[track_caller]
fn show(page: &Page, index: usize) {
    panel(page, &panels(page)[index]);
}

#[track_caller]
fn wait_for(page: &Page, selector: &str) {
    let is_there = format!("return document.querySelector('{selector}') !== null");
    page.wait_until(selector, |page| page.execute(&is_there) == true);
}

/// Presses the first of these.
#[track_caller]
fn press(page: &Page, selector: &str) {
    wait_for(page, selector);
    page.execute(&format!("document.querySelector('{selector}').click()"));
}

#[test]
fn on_request_in_english_on_a_wide_light_screen() {
    assert_accessible_on_request(Page::visit());
}

#[test]
fn on_request_in_portuguese_on_a_wide_dark_screen() {
    assert_accessible_on_request(Page::visit().language("pt-BR").dark());
}

#[test]
fn on_request_in_portuguese_on_a_light_phone() {
    assert_accessible_on_request(Page::visit().language("pt-BR").size(360, 740));
}

#[test]
fn on_request_in_english_on_a_dark_phone() {
    assert_accessible_on_request(Page::visit().size(360, 740).dark());
}

#[test]
fn broken_in_english_on_a_wide_dark_screen() {
    assert_accessible_when_broken(Page::visit().dark());
}

#[test]
fn broken_in_portuguese_on_a_light_phone() {
    assert_accessible_when_broken(Page::visit().language("pt-BR").size(360, 740));
}

//! The focus is never lost: whatever is pressed by keyboard, something has it afterwards, also where what was pressed is gone.

use std::{collections::BTreeSet, time::Duration};

use headless::{Page, any, containing, json, starting};

use crate::steps::{REAL_TIME, at_speed, at_the_start, panel, server, stopped, wait_for_server, with_a_leader};

/// Gives the focus, as a key does, to the first button in sight whose kind was not pressed yet, and says what kind it is: its name
/// without numbers. What lies above the page comes first.
const TO_NEXT: &str = "
    const [pressed] = arguments;
    const above = document.querySelector('dialog[open]') ?? document.querySelector('[role=menu]') ?? document;
    const kind = (button) => [button.getAttribute('role') ?? button.localName,
        (button.ariaLabel ?? button.textContent).trim().replace(/[\\d.,]+/g, '#')].join(' ');
    const buttons = [...above.querySelectorAll('button, [role=button], [role=menuitem], [role=tab], summary, [role=switch], [role=checkbox]')];
    const next = buttons.find((button) => button.checkVisibility() && !button.disabled && !pressed.includes(kind(button)));
    if (!next) return null;
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Tab' }));
    next.focus();
    return kind(next);";

/// Whether something has the focus, once the page has had the time to draw and to load what was wanted.
const HAS_FOCUS: &str = "
    const soon = () => new Promise((done) => setTimeout(done, 17));
    const is_lost = () => document.activeElement === null || document.activeElement === document.body;
    await soon();
    for (let frame = 0; frame < 30 && is_lost(); frame++) await soon();
    return !is_lost();";

/// Presses each kind of button that there is or that comes, and says after which of them nothing had the focus.
fn lost_in(page: &Page, what: &str) -> Vec<String> {
    const MOST: usize = 250;
    let (mut pressed, mut lost) = (BTreeSet::new(), Vec::new());
    for _ in 0..MOST {
        let list: Vec<&String> = pressed.iter().collect();
        let next = page
            .browser()
            .execute(TO_NEXT, &json!([list]))
            .expect("a look for buttons");
        let key = next.as_str().map(|kind| pressed.insert(kind.to_owned()));
        let is_above = || page.execute("return document.querySelector('dialog[open], [role=menu]') !== null") == true;
        match key {
            Some(_) => page.press("Enter"),
            None if is_above() => page.press("Escape"),
            None => return lost,
        }
        if page.execute(HAS_FOCUS) != true {
            lost.push(format!("{what}: {}", next.as_str().unwrap_or("Escape")));
        }
    }
    panic!("{what}: more than {MOST} kinds of buttons: {pressed:?}");
}

#[track_caller]
fn assert_never_lost(what: &str, page: &Page) {
    assert_eq!(lost_in(page, what), [""; 0], "after these, nothing had the focus");
}

#[test]
fn no_button_loses_it() {
    assert_never_lost("with a leader", &with_a_leader());
}

#[test]
fn no_button_loses_it_on_a_phone_in_portuguese() {
    let page = stopped(Page::visit().size(360, 740).language("pt-BR"));
    assert_never_lost("on a phone", &page);
}

/// Buttons come and go by themselves: cards of the story, what can be done to a leader.
#[test]
fn no_button_loses_it_while_time_passes() {
    let page = with_a_leader();
    page.button("Play").focus();
    page.press("Enter");
    assert_never_lost("while time passes", &page);
}

#[test]
fn no_button_loses_it_beside_a_violation() {
    let page = at_the_start();
    panel(&page, "Rules");
    page.get("combobox", "Votes that make a leader").fill("1");
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.wait_for("button", starting("S2 leads term 1 without a majority"));
    assert_never_lost("with a violation", &page);
}

#[test]
fn no_button_loses_it_beside_another_future() {
    let page = with_a_leader();
    server(&page, 4).click();
    wait_for_server(&page, 4, "crashed");
    page.button("What if not? You crashed S4").click();
    page.wait_for("button", "Control this one");
    assert_never_lost("while two futures are compared", &page);
}

/// Each item of a server's menu closes it, but for fields.
#[test]
fn no_item_of_a_menu_loses_it() {
    let page = with_a_leader();
    for item in 0..9 {
        server(&page, 3).focus();
        page.press("Shift+F10");
        page.wait_for("menu", any());
        for _ in 0..item {
            page.press("ArrowDown");
        }
        page.press("Enter");
        assert_eq!(page.execute(HAS_FOCUS), true, "after item {item}");
        page.press("Escape");
        assert_eq!(page.execute(HAS_FOCUS), true, "after item {item} and Escape");
    }
}

/// The name of what has the focus.
fn focused(page: &Page) -> String {
    page.focused().map(|node| node.name().to_owned()).unwrap_or_default()
}

/// Whoever waits for a search is led to its answer; whoever ends it, back to where it began.
#[test]
fn a_search_leads_to_its_answer() {
    const PATIENCE: Duration = Duration::from_secs(60);
    let page = at_the_start();
    panel(&page, "Rules");
    page.get("combobox", "Cluster").fill("2");
    page.button("Find").focus();
    page.press("Enter");
    let answer = "return document.activeElement.textContent.startsWith('Within these bounds')";
    page.wait_up_to(PATIENCE, "the answer has the focus", |page| {
        page.execute(answer) == true
    });

    page.get("combobox", "Cluster").fill("5");
    page.get("combobox", "Elections").fill("4");
    page.button("Find").focus();
    page.press("Enter");
    page.wait_for("button", "Cancel");
    assert!(page.button("Find").is("disabled"));
    assert_eq!(focused(&page), "Find");
    page.button("Cancel").focus();
    page.press("Enter");
    page.wait_until("the search can begin again", |page| focused(page) == "Find");

    page.get("switch", containing("The vote is persisted")).click();
    page.get("combobox", "Cluster").fill("3");
    page.get("combobox", "Elections").fill("2");
    page.button("Find").focus();
    page.press("Enter");
    page.wait_up_to(PATIENCE, "the steps have the focus", |page| {
        focused(page) == "Counterexample: two leaders in one term"
    });
}

/// Whoever clicks beside everything wants nothing to have the focus, and keeps it so.
#[test]
fn a_click_beside_everything_leaves_the_page_as_a_whole() {
    let page = with_a_leader();
    page.button("Kill S1").click();
    page.get("heading", any()).click();
    page.press("x");
    assert_eq!(page.execute("return document.activeElement === document.body"), true);
}

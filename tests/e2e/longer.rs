//! A language that says all a third longer, which a translation may: nothing is cut off, nothing lies over something else.
//!
//! The browser makes it of English: vowels are accented and doubled. The host's tests build the same as a column of the
//! catalogue; for where things stand the letters on the page are enough, and the page need not be built a second time.

use headless::{Page, Value, any};

use crate::{
    narrow::{CUT_WORDS, OUT_OF_REACH},
    steps::{panels, run_to, server, stopped},
};

/// Lengthens all that stands on the page, but for the log, which is in the lab's words in every language.
const LENGTHEN: &str = "
    const accented = { a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú' };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode;
        if (text.parentElement.closest('script, style, textarea, [role=log], code')) continue;
        text.data = text.data.replace(/[aeiou]/gi, (vowel) => accented[vowel].repeat(2));
    }";

/// What is wrong with the texts in sight: those that are cut off or stick out of their box, and those that others lie over.
const AMISS: &str = "
    const hidden = (element) => {
        const box = element.getBoundingClientRect();
        return element instanceof HTMLElement && box.width <= 1 && box.height <= 1;
    };
    const ancestors = (element) => element && element !== document.body ? [element, ...ancestors(element.parentElement)] : [];
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode;
        const around = ancestors(text.parentElement);
        if (!text.data.trim() || text.parentElement.closest('option, [role=log], dialog:not([open])')) continue;
        if (!text.parentElement.checkVisibility({ visibilityProperty: true }) || around.some(hidden)) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const windows = around.filter((element) => /auto|scroll/.test(getComputedStyle(element).overflow));
        for (const box of range.getClientRects()) {
            const seen = windows.map((element) => element.getBoundingClientRect())
                .every((part) => box.bottom <= part.bottom && box.top >= part.top);
            if (box.width > 0 && box.height > 0 && box.bottom > 0 && seen) texts.push({ text: text.data.trim(), box, around });
        }
    }
    const amiss = new Set();
    for (const { text, box, around } of texts) {
        for (const element of around) {
            const { overflowX, overflowY, display, position } = getComputedStyle(element);
            if (/auto|scroll/.test(overflowX + overflowY)) break;
            if (/inline$|contents/.test(display) || !(element instanceof HTMLElement)) continue;
            const room = element.getBoundingClientRect();
            if (box.left < room.left - 1 || box.right > room.right + 1) amiss.add(`${text}: wider than ${element.tagName} ${element.className}`);
            const cuts = /hidden|clip/.test(overflowY) || element.matches('button, [role=button], [role=tab]');
            if (cuts && (box.top < room.top - 2 || box.bottom > room.bottom + 2)) amiss.add(`${text}: higher than ${element.tagName} ${element.className}`);
            if (/absolute|fixed/.test(position)) break;
        }
    }
    const inside = texts.filter(({ around }) => !around.some((element) => element.closest('svg')));
    const apart = (a, b) => a.right <= b.left + 1 || b.right <= a.left + 1 || a.bottom <= b.top + 3 || b.bottom <= a.top + 3;
    inside.forEach((one, index) => inside.slice(index + 1).forEach((other) => {
        const lies = (element) => element.matches('.menu, [role=menu], .notice') || /fixed|sticky/.test(getComputedStyle(element).position);
        const layer = ({ around }) => around.find(lies);
        const beside = one.around[0] !== other.around[0] && layer(one) === layer(other);
        if (beside && !apart(one.box, other.box)) amiss.add(`${one.text}: over ${other.text}`);
    }));
    if (document.documentElement.scrollWidth > innerWidth) amiss.add('the page is wider than the window');
    return [...amiss];";

fn strings(list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    list.map(str::to_owned).collect()
}

fn amiss(page: &Page) -> Vec<String> {
    page.execute(LENGTHEN);
    strings(&page.execute(AMISS))
}

const SIZES: [(u32, u32); 2] = [(1280, 800), (360, 740)];

#[test]
fn a_language_that_is_a_third_longer_finds_its_room_in_every_panel() {
    for (width, height) in SIZES {
        let page = stopped(Page::visit().size(width, height));
        run_to(&page, 400);
        let (tabs, all) = (page.all("tab").len(), panels(&page).len());
        assert!(tabs >= 5 && all > tabs, "{tabs} of {all} panels have a tab");
        let mut found = Vec::new();
        for index in 0..all {
            // By place: what was lengthened has another name.
            match index.checked_sub(tabs) {
                None => page.all("tab")[index].click(),
                Some(in_menu) => {
                    page.execute("document.getElementById('more').click()");
                    page.wait_for("menu", any());
                    page.all("menuitem")[in_menu].click();
                }
            }
            found.extend(amiss(&page));
        }
        for dialog in ["?", "Share"] {
            match dialog {
                "?" => page.press("?"),
                name => page.button(name).click(),
            }
            page.wait_for("dialog", any());
            found.extend(amiss(&page));
            page.press("Escape");
            page.wait_until_gone("dialog", any());
        }
        assert_eq!(found, [""; 0], "{width} by {height}");
    }
}

#[test]
fn a_language_that_is_a_third_longer_finds_its_room_in_the_ring() {
    for (width, height) in SIZES {
        let page = stopped(Page::visit().size(width, height));
        run_to(&page, 400);
        let mut found = amiss(&page);
        for key in ["1", "2"] {
            page.press(key);
        }
        found.extend(amiss(&page));
        let in_ring = server(&page, 1).call(CUT_WORDS, &[]);
        found.extend(strings(&in_ring));
        server(&page, 3).right_click();
        page.wait_for("menu", any());
        found.extend(amiss(&page));
        assert_eq!(found, [""; 0], "{width} by {height}");
    }
}

#[test]
fn a_language_that_is_a_third_longer_leaves_every_control_in_reach() {
    for (width, height) in SIZES {
        let page = stopped(Page::visit().size(width, height));
        let mut found = amiss(&page);
        found.extend(strings(&page.execute(OUT_OF_REACH)));
        assert_eq!(found, [""; 0], "{width} by {height}");
    }
}

/// What the test holds against the page is found if it is there.
#[test]
fn a_text_without_room_is_found() {
    let page = stopped(Page::visit());
    let narrow = "const tab = document.querySelector('[role=tab]');
        tab.style.cssText = 'width: 1rem; min-width: 0; overflow: hidden; padding: 0; white-space: nowrap';";
    page.execute(narrow);
    assert!(!amiss(&page).is_empty());
}

//! Light and dark: as the system has it, or as the reader wants it, also next time.

use headless::Page;

/// Whether the page is dark, by the lightness of its paper.
fn is_dark(page: &Page) -> bool {
    let paper = page.execute(
        "const [r, g, b] = getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number);
         return r + g + b < 384;",
    );
    paper == true
}

#[test]
fn it_follows_the_system_at_once() {
    let page = Page::open();
    assert!(!is_dark(&page));
    page.media(&[("prefers-color-scheme", "dark")]);
    page.wait_until("it is dark", is_dark);
    page.media(&[("prefers-color-scheme", "light")]);
    page.wait_until("it is light", |page| !is_dark(page));
}

#[test]
fn the_reader_chooses_for_good() {
    let page = Page::visit().dark().open();
    page.button("Theme: system").click();
    page.wait_until("it is light", |page| !is_dark(page));
    page.reload();
    assert!(!is_dark(&page), "it is remembered");

    page.button("Theme: light").click();
    page.media(&[("prefers-color-scheme", "light")]);
    page.wait_until("it is dark", is_dark);
    page.reload();
    assert!(is_dark(&page));

    page.button("Theme: dark").click();
    page.wait_until("it follows the system again", |page| !is_dark(page));
    page.wait_for("button", "Theme: system");
}

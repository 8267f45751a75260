//! Every screen: short windows, phones, frames, large text, paper, and colours that the reader's system sets.

use headless::{Page, json};

use crate::{
    narrow::OUT_OF_REACH,
    steps::{panel, panels, stopped},
};

const LANGUAGES: [&str; 2] = ["en-US", "pt-BR"];

/// How far the page is wider than the window, in pixels.
fn overflow(page: &Page) -> headless::Value {
    page.execute("return document.documentElement.scrollWidth - innerWidth")
}

/// As when the reader zooms, a window is half as large for text of twice the size: the page takes its narrower shape.
#[test]
fn text_of_twice_the_size_cuts_nothing_off() {
    for language in LANGUAGES {
        let page = stopped(Page::visit().language(language).text_size(32));
        let size = "return getComputedStyle(document.querySelector('.narration')).fontSize";
        assert_ne!(page.execute(size), "15px", "the browser's size is heard");
        for (width, height) in [(1280, 800), (1920, 1080), (720, 1480)] {
            page.resize(width, height);
            assert_eq!(page.execute(OUT_OF_REACH), json!([]), "{width} by {height}, {language}");
            for tab in panels(&page) {
                panel(&page, &tab);
                assert_eq!(overflow(&page), 0, "{tab}, {width} by {height}, {language}");
            }
        }
    }
}

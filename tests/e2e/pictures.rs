//! The pictures at the top of the README show the page as it is.
//!
//! Pixels differ from machine to machine. So what is compared is what the pictures show: all words in reading order, where the parts
//! of the page stand, and the colours in use. It is kept as text beside the pictures.

use std::{env, fs, mem, path::PathBuf};

use headless::{Page, Value, json};
use raft_playground::scenario::{file, link};

/// `cargo xtask screenshots --readme` sets it: then the pictures are taken anew instead of judged.
const RENEW: &str = "RENEW_PICTURES";

const THEMES: [&str; 2] = ["light", "dark"];

/// Fonts differ, and so does the room that a text takes, in CSS pixels.
const TOLERANCE: f64 = 24.0;

/// Whoever opens the README waits for one of them.
const MOST_BYTES: usize = 300_000;

/// The words in sight: texts, and what stands in fields. What is there for assistive technology alone is clipped to nothing. How
/// many lines of the log there is room for is up to the fonts.
const TEXTS: &str = "
    const fields = 'select, input:not([type=range])';
    const shown = (element) => {
        const box = element.getBoundingClientRect();
        const clipped = element instanceof HTMLElement && box.width <= 1;
        return !clipped && element.role !== 'log' && (!element.parentElement || shown(element.parentElement));
    };
    const inSight = (box) => box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0;
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        const range = document.createRange();
        range.selectNode(node);
        const element = node instanceof Element ? node : node.parentElement;
        if (!inSight(range.getBoundingClientRect()) || !element.checkVisibility() || !shown(element)) continue;
        if (node instanceof Element && !node.matches(fields)) continue;
        texts.push(node instanceof Element ? node.selectedOptions?.[0].text ?? node.value : node.data.trim());
    }
    return texts.filter((text) => text);";

/// Each part of the page with its left, top, width and height.
const PLACES: &str = "
    return ['header', '#ring-panel', '#ring', '#panels', '#lanes', '#time'].map((part) => {
        const box = document.querySelector(part).getBoundingClientRect();
        return [part, ...[box.x, box.y, box.width, box.height].map(Math.round)].join(' ');
    });";

/// The colours that something is drawn in, each once.
const COLOURS: &str = "
    const drawn = [...document.querySelectorAll('body, body *')].filter((element) => element.checkVisibility());
    const colours = drawn.flatMap((element) => {
        const style = getComputedStyle(element);
        return [style.color, style.backgroundColor, style.borderTopColor, style.fill, style.stroke];
    });
    return [...new Set(colours)].filter((colour) => colour.includes('(')).sort();";

fn place(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("docs/pictures")
        .join(name)
}

/// A visitor who was sent the run of the pictures, which opens at their instant.
fn scene() -> Page {
    let text = fs::read_to_string(place("election.raft")).expect("the run of the pictures");
    let run = file::read(&text).expect("a scenario file");
    Page::visit().at(&format!("#{}", link::encode(&run))).open()
}

fn lines(kind: &str, list: &Value) -> Vec<String> {
    let list = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    list.map(|line| format!("{kind} {line}")).collect()
}

/// Makes the page light or dark, and waits until no colour fades any more.
fn turn(page: &Page, theme: &str) -> Vec<String> {
    page.media(&[("prefers-color-scheme", theme)]);
    let mut colours = Vec::new();
    page.wait_until("the colours are settled", |page| {
        let now = lines(theme, &page.execute(COLOURS));
        now == mem::replace(&mut colours, now.clone())
    });
    colours
}

/// All that the pictures show, a line each.
fn sight(page: &Page) -> Vec<String> {
    let mut sight = lines("text", &page.execute(TEXTS));
    sight.extend(lines("place", &page.execute(PLACES)));
    sight.extend(THEMES.iter().flat_map(|theme| turn(page, theme)));
    sight
}

/// Whether two lines say the same, or nearly the same place.
fn agree(kept: &str, now: &str) -> bool {
    let near = |(kept, now): (&str, &str)| match (kept.parse::<f64>(), now.parse::<f64>()) {
        (Ok(kept), Ok(now)) => (kept - now).abs() <= TOLERANCE,
        _ => kept == now,
    };
    kept == now || (kept.starts_with("place ") && kept.split(' ').zip(now.split(' ')).all(near))
}

/// Takes both pictures, sharp on fine screens as well, and keeps what they show.
fn renew(page: &Page, sight: &[String]) {
    let fine = json!({ "width": 1280, "height": 800, "deviceScaleFactor": 2, "mobile": false });
    page.cdp("Emulation.setDeviceMetricsOverride", &fine);
    for theme in THEMES {
        turn(page, theme);
        let picture = page.picture("webp", 85);
        assert!(picture.len() <= MOST_BYTES, "{} bytes are too many", picture.len());
        fs::write(place(&format!("election-{theme}.webp")), picture).expect("a folder for pictures");
    }
    fs::write(place("election.txt"), sight.join("\n") + "\n").expect("a folder for pictures");
}

#[test]
fn the_pictures_of_the_readme_are_not_older_than_the_page() {
    let page = scene();
    let now = sight(&page);
    if env::var_os(RENEW).is_some() {
        return renew(&page, &now);
    }
    let kept = fs::read_to_string(place("election.txt")).expect("a text beside the pictures");
    let kept: Vec<&str> = kept.lines().collect();
    let length = kept.len().max(now.len());
    let line = |at: usize| {
        (
            kept.get(at).copied().unwrap_or("nothing"),
            now.get(at).map_or("nothing", String::as_str),
        )
    };
    if let Some((kept, now)) = (0..length).map(line).find(|(kept, now)| !agree(kept, now)) {
        panic!(
            "the README's pictures show `{kept}`, the page `{now}`: renew them with `cargo xtask screenshots --readme`"
        );
    }
}

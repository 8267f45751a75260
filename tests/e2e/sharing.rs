//! A run is a link: whoever opens it sees the same, and a link that is none costs nothing.

use std::time::Duration;

use headless::{Page, starting};

use crate::{
    notes::drop_file,
    steps::{
        at_the_start, leader, now, run_to, seek, server, servers, status, stopped, wait_for_server, with_a_leader,
    },
};

/// Keeps what the page saves as a file.
pub const SAVED: &str = "const make = URL.createObjectURL;
    URL.createObjectURL = (blob) => { blob.text().then((text) => { window.saved = text; }); return make.call(URL, blob); };";

/// A file that the share dialogue makes of the run.
#[track_caller]
pub fn saved(page: &Page, button: &str) -> String {
    page.button("Share").click();
    let text = downloaded(page, button);
    page.press("Escape");
    text
}

/// What the page saves when this button is pressed.
#[track_caller]
pub fn downloaded(page: &Page, button: &str) -> String {
    page.execute("window.saved = null");
    page.button(button).click();
    page.wait_until("the file is made", |page| {
        !page.execute("return window.saved").is_null()
    });
    page.execute("return window.saved")
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// What follows the page's address in the link that the share dialogue shows.
#[track_caller]
pub fn link(page: &Page) -> String {
    page.button("Share").click();
    page.wait_for("textbox", "Link to this run");
    let link = page.get("textbox", "Link to this run").value().to_owned();
    page.press("Escape");
    let (_, fragment) = link.split_once('#').expect("a link with a fragment");
    format!("#{fragment}")
}

/// A link can lead to the start of the run instead of the instant shown; all that was done is in it.
#[test]
fn a_link_opens_at_the_instant_shown_or_from_the_beginning() {
    let page = busy();
    page.button("Share").click();
    page.wait_for_text("It opens at 0.950 s");
    page.get("checkbox", "From the beginning").click();
    page.wait_for_text("It opens at 0.000 s");
    page.press("Escape");
    let shared = opened(&link(&page));
    assert_eq!(now(&shared), 0);
    seek(&shared, 950);
    assert_eq!(servers(&shared), servers(&page));
}

fn opened(link: &str) -> Page {
    Page::visit().prelude(SAVED).at(link).open()
}

/// A run with faults, a fork and an instant in the past.
fn busy() -> Page {
    let page = stopped(Page::visit().prelude(SAVED));
    run_to(&page, 400);
    let first = leader(&page);
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    run_to(&page, 900);
    page.button(starting("Link S3–S4")).click();
    run_to(&page, 1200);
    seek(&page, 700);
    server(&page, first).click();
    wait_for_server(&page, first, "follower");
    run_to(&page, 1000);
    seek(&page, 950);
    page
}

#[test]
fn a_link_opens_the_same_run_at_the_same_instant_bit_for_bit() {
    let here = busy();
    let there = opened(&link(&here));
    there.wait_until("it is that instant", |page| now(page) == 950);
    assert_eq!(servers(&there), servers(&here));
    assert_eq!(status(&there), status(&here));
    // The trace itself, event by event, by way of the file that others compute with.
    let (before, after) = (saved(&here, "Trace (JSON)"), saved(&there, "Trace (JSON)"));
    assert!(before.len() > 30_000, "{}", before.len());
    assert_eq!(after, before);
    assert_eq!(link(&there), link(&here));
}

#[test]
fn a_run_saved_as_a_file_is_text_for_people() {
    let text = saved(&busy(), "Scenario file");
    for line in [
        "raft-playground ",
        "servers 5",
        "seed 6",
        " at 0.7 s until ",
        "  do 0.7 s start S2",
        " at 0.95 s",
    ] {
        assert!(text.contains(line), "no “{line}” in {text}");
    }
}

#[test]
fn a_link_that_is_none_is_said_and_the_page_goes_on() {
    let good = link(&busy());
    let cut = &good[..1 + (good.len() - 1) / 4 * 4 - 8];
    let long = format!("#{}", "A".repeat(100_000));
    for (bad, said) in [
        (cut, "a part of it is missing or was changed"),
        ("#<img src=x onerror=alert(1)>", "The link is incomplete or damaged"),
        (long.as_str(), "The link can't be opened"),
    ] {
        let page = Page::visit().at(bad).open();
        page.wait_for_text(said);
        page.wait_until("the free cluster runs", |page| now(page) > 0);
        assert!(page.console().is_empty(), "{:?}", page.console());
    }
}

#[test]
fn a_bad_link_in_the_same_tab_leaves_the_run_alone() {
    let page = at_the_start();
    run_to(&page, 400);
    let before = servers(&page);
    page.execute("location.hash = '#no-run-at-all'");
    page.wait_for_text("Copy the whole link again");
    assert_eq!((servers(&page), now(&page)), (before, 400));
}

#[test]
fn work_survives_a_reload() {
    let page = at_the_start();
    run_to(&page, 400);
    let first = leader(&page);
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    page.reload();
    page.wait_for_text("Your last run was restored");
    wait_for_server(&page, first, "crashed");
    assert_eq!(now(&page), 400);
    // It is true of that run alone.
    page.get("combobox", "Scenario").fill("split-vote");
    page.wait_for_text("A split vote");
    page.wait_up_to(Duration::from_secs(20), "the message goes", |page| {
        !page.text().contains("was restored")
    });
}

#[test]
fn a_forbidden_storage_is_said_once_and_costs_nothing_else() {
    let forbid = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    let page = stopped(Page::visit().prelude(forbid));
    run_to(&page, 400);
    let first = leader(&page);
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    page.wait_for_text("The browser has no room to keep your run");
    page.button("Dismiss").click();
    server(&page, first).click();
    wait_for_server(&page, first, "follower");
    assert!(!page.text().contains("The browser has no room"), "{}", page.text());
}

#[test]
fn a_framed_page_shows_the_ring_the_transport_and_the_panels_that_were_chosen() {
    let page = Page::visit().at("?embed=1&panels=log,why").size(640, 420).open();
    page.wait_for("button", starting("S1, "));
    let tabs: Vec<String> = page.all("tab").iter().map(|tab| tab.name().to_owned()).collect();
    assert_eq!(tabs, ["Log"], "the answer to why is no panel any more");
    assert!(page.find("combobox", "Scenario").is_none(), "no header");
    page.wait_for("button", "Pause");
    page.wait_for("link", starting("Open in full"));
}

/// Of a script that nobody has played yet there is nothing to see at 0 s.
#[test]
fn a_file_that_was_never_played_plays_as_the_run_before_it_did() {
    let page = Page::visit().prelude(SAVED).open();
    page.wait_for("button", "Pause");
    drop_file(
        &page,
        "raft-playground 1\ntitle A script\nseed 3\nat 0.4 s isolate S2\n",
    );
    page.wait_for_text("A script");
    page.wait_until("time passes", |page| now(page) > 0);
    page.button("Pause").click();
}

#[test]
fn of_several_dropped_files_the_first_is_opened_and_the_others_are_told() {
    let page = at_the_start();
    page.execute(
        "const data = new DataTransfer();
         for (const name of ['one', 'two', 'three']) {
             const text = `raft-playground 1\ntitle <b>${name}</b>\nwatch \u{202e}Look at S1.\nservers 5\nseed 3\n`;
             data.items.add(new File([text], `${name}.raft`));
         }
         window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));",
    );
    page.wait_for_text("Only “one.raft” is open: one file at a time. 2 more were dropped.");
    // What a stranger wrote is marked as such, and its direction ends where it ends.
    page.wait_for_text("Its author writes:");
    assert_eq!(
        page.execute("return document.querySelector('.watch q bdi').textContent.slice(1)"),
        "Look at S1."
    );
    assert_eq!(page.execute("return document.querySelectorAll('.header b').length"), 0);
}

#[test]
fn a_link_opens_with_what_stood_behind_it_in_a_text() {
    let page = at_the_start();
    run_to(&page, 200);
    let opened = opened(&(link(&page) + ").”"));
    assert_eq!(now(&opened), 200);
    assert!(!opened.text().contains("can't be opened"), "{}", opened.text());
}

/// What was done is said where it was done, whenever the reader is there, and whoever opens the link is told as well.
#[test]
fn what_the_reader_did_is_said_again_where_time_stands_at_it() {
    let page = with_a_leader();
    let says = |page: &Page, what: &str| {
        let said = page.execute("return document.querySelector('.narration').textContent");
        said.as_str().is_some_and(|said| said.starts_with(what))
    };
    server(&page, 4).click();
    page.wait_until("it is confirmed", |page| says(page, "S4 crashed. S2 leads term 1"));
    page.button("Step").click();
    page.wait_until("that is past", |page| says(page, "S2 leads term 1"));
    page.button("Step back").click();
    page.wait_until("it is confirmed again", |page| {
        says(page, "S4 crashed. S2 leads term 1")
    });
    let there = Page::visit().at(&link(&page)).open();
    there.wait_until("whoever opens it is told", |page| {
        says(page, "S4 crashed. S2 leads term 1")
    });
}

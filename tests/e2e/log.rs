//! The event log: what it lets through, how it follows the end, and how it is taken along.

use std::{fs, path::PathBuf, time::Duration};

use headless::{Page, json, starting};

use crate::steps::{
    REAL_TIME, TENFOLD, at_speed, at_the_start, copied_log, log_lines, now, panel, run_to, servers, with_a_leader,
};

/// The page after a second with a leader, filters shown.
fn filtering() -> Page {
    let page = at_the_start();
    run_to(&page, 1000);
    page.button("Filters").click();
    page
}

fn some(page: &Page, part: &str) -> bool {
    copied_log(page).lines().any(|line| line.contains(part))
}

#[test]
fn it_shows_only_the_servers_that_are_wanted() {
    let page = filtering();
    page.button("S2").click();
    assert!(!some(&page, "server2.log"));
    assert!(some(&page, "server3.log"));
    assert!(
        !log_lines(&page).iter().any(|line| line.contains(" S2 ")),
        "{:?}",
        log_lines(&page)
    );
    page.button("S2").click();
    assert!(some(&page, "server2.log"));
}

#[test]
fn it_shows_only_the_roles_that_are_wanted() {
    let page = filtering();
    page.button("FOLLOWER").click();
    assert!(!some(&page, "[FOLLOWER]"));
    assert!(some(&page, "[CANDIDATE]"));
    assert!(page.button("FOLLOWER").state("pressed").is_some());
    assert!(!page.button("FOLLOWER").is("pressed"));
}

#[test]
fn it_shows_only_the_kinds_that_are_wanted_until_all_are_again() {
    let page = filtering();
    let all = copied_log(&page);
    for (kind, line) in [
        ("heartbeats", "Accept AppendEntry"),
        ("votes", "VoteCount"),
        ("elections", "Becoming leader."),
        ("terms", "Update old term"),
        ("processes", "Accepting connections."),
        ("run logic", "Run Logic."),
    ] {
        assert!(some(&page, line), "{line}");
        page.button(kind).click();
        assert!(!some(&page, line), "without {kind} no {line}");
    }
    page.wait_for_text("No line matches the filter.");
    page.button("Show all").click();
    assert_eq!(copied_log(&page), all);
}

#[test]
fn search_finds_a_text_in_any_case() {
    let page = filtering();
    page.get("searchbox", "Search").fill("becoming LEADER");
    page.wait_until("one line is left", |page| log_lines(page).len() == 1);
    assert!(
        log_lines(&page)[0].ends_with("[CANDIDATE] Becoming leader."),
        "{:?}",
        log_lines(&page)
    );
    page.get("searchbox", "Search").fill("no such line");
    page.wait_for_text("No line matches the filter.");
}

#[test]
fn what_is_wanted_stays_wanted_while_another_panel_is_shown() {
    let page = filtering();
    page.get("searchbox", "Search").fill("Becoming");
    panel(&page, "Servers");
    panel(&page, "Log");
    assert_eq!(page.get("searchbox", "Search").value(), "Becoming");
    assert_eq!(log_lines(&page).len(), 1);
}

const SCROLLED: &str = "function () { return [this.scrollTop, this.scrollHeight - this.clientHeight]; }";

fn is_at_the_end(page: &Page) -> bool {
    let scrolled = page.get("log", "Event log").call(SCROLLED, &[]);
    let [top, end] = [0, 1].map(|index| scrolled[index].as_f64().unwrap_or_default());
    end - top < 2.0
}

#[test]
fn it_follows_the_end_until_the_reader_scrolls_up() {
    let page = with_a_leader();
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.wait_until("it has run on", |page| now(page) > 500);
    assert!(is_at_the_end(&page));

    page.get("log", "Event log").call(
        "function () { this.scrollTop = (this.scrollHeight - this.clientHeight) / 2; }",
        &[],
    );
    let count = page.button(starting("1")).name().to_owned();
    assert!(count.ends_with(" new lines") || count.ends_with(" new line"), "{count}");
    let seen = log_lines(&page);
    page.wait_until("more is new", |page| page.find("button", count.as_str()).is_none());
    assert_eq!(log_lines(&page), seen, "what the reader reads stays");

    page.button(headless::containing(" new line")).click();
    page.wait_until("it is at the end", is_at_the_end);
    page.wait_until("it has run on", |page| now(page) > 1500);
    assert!(is_at_the_end(&page), "and it follows again");
    assert!(page.find("button", headless::containing(" new line")).is_none());
}

#[test]
fn of_a_hundred_thousand_events_only_the_lines_in_sight_are_in_the_document() {
    let page = at_the_start();
    page.get("combobox", starting("Servers")).fill("9");
    page.button("Pause").click();
    panel(&page, "Network");
    page.get("spinbutton", "Heartbeat interval").fill("5");
    panel(&page, "Log");
    at_speed(&page, TENFOLD);
    page.button("Play").click();
    let count = |page: &Page| -> usize {
        let text = page.text();
        let line = text.lines().find(|line| line.ends_with(" lines"));
        line.and_then(|line| line.trim_end_matches(" lines").parse().ok())
            .unwrap_or(0)
    };
    page.wait_up_to(Duration::from_secs(60), "there are many lines", |page| {
        count(page) > 60_000
    });
    page.button("Pause").click();
    page.wait_for("button", "Play");
    for share in ["0.5", "0.99", "0", "1"] {
        let scroll = format!("function () {{ this.scrollTop = (this.scrollHeight - this.clientHeight) * {share}; }}");
        page.get("log", "Event log").call(&scroll, &[]);
        page.wait_until("lines are there", |page| log_lines(page).len() > 15);
        let lines = log_lines(&page);
        assert!(lines.len() < 100, "{} lines at {share}", lines.len());
        assert!(
            lines.windows(2).all(|pair| time(&pair[0]) <= time(&pair[1])),
            "{lines:?}"
        );
    }
    assert_eq!(servers(&page).len(), 9, "the page is as quick as ever");
}

/// A line's virtual time; a note above the lines has none.
fn time(line: &str) -> f64 {
    line.split_whitespace()
        .next()
        .and_then(|time| time.parse().ok())
        .unwrap_or(0.0)
}

#[test]
fn copy_takes_it_along_in_the_labs_format() {
    let page = at_the_start();
    run_to(&page, 1000);
    let copied = copied_log(&page);
    page.wait_for("button", "Copied");
    for server in 1..=5 {
        assert!(copied.contains(&format!("==> server{server}.log <==\n")), "{copied}");
    }
    let line = copied.lines().nth(1).expect("a first line");
    assert_eq!(line, "2019/10/07 10:07:40 [SERVER] Listening on 'localhost:3001'");
    assert!(
        copied.contains("\n2019/10/07 10:07:40 [CANDIDATE] Becoming leader.\n"),
        "{copied}"
    );
}

#[test]
fn a_browser_that_forbids_copying_is_no_dead_end() {
    let forbidding = "Object.defineProperty(navigator, 'clipboard', {
        value: { writeText: () => Promise.reject(new Error('no')) },
    });";
    let page = Page::visit().prelude(forbidding).open();
    page.button("Copy").click();
    crate::steps::wait_for_notice(&page, "Use Download instead.");
    assert!(
        !page.button("Download").is("disabled"),
        "what the notice advises can be done"
    );
}

#[test]
fn download_saves_the_same_as_a_log_file() {
    let page = at_the_start();
    run_to(&page, 1000);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("download");
    let _ = fs::remove_dir_all(&folder);
    page.cdp(
        "Browser.setDownloadBehavior",
        &json!({ "behavior": "allow", "downloadPath": folder }),
    );
    page.button("Download").click();
    let file = folder.join("raft-election.log");
    page.wait_until("the file is there", |_| file.exists());
    assert_eq!(fs::read_to_string(&file).expect("a text"), copied_log(&page));
}

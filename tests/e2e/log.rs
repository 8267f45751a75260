//! The event log: what it lets through, how it follows the end, and how it is taken along.

use std::{fs, path::PathBuf, time::Duration};

use headless::{Page, any, containing, json, starting};
use raft_playground::{
    scenario::{Run, Scenario, ScenarioId, link},
    sim::Micros,
};

use crate::steps::{
    REAL_TIME, TENFOLD, at_speed, at_the_start, copied_log, every_line, log_lines, now, panel, run_to, seek, server,
    servers, stopped, story, wait_for_notice, wait_for_server, with_a_leader,
};

/// The page after a second with a leader, filters shown.
fn filtering() -> Page {
    let page = at_the_start();
    run_to(&page, 1000);
    every_line(&page);
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
    ] {
        assert!(some(&page, line), "{line}");
        page.button(kind).click();
        assert!(!some(&page, line), "without {kind} no {line}");
    }
    page.wait_for_text("No line matches the filter.");
    page.button("Show all").click();
    assert_eq!(copied_log(&page), all);
}

/// It says nothing of an election: a reader asks for it. What is taken along is complete.
#[test]
fn run_logic_is_hidden_until_it_is_asked_for_but_for_the_figures() {
    let page = filtering();
    let goes_round = |page: &Page| log_lines(page).iter().any(|line| line.ends_with("Run Logic."));
    assert!(!goes_round(&page) && some(&page, "Run Logic."));
    assert!(!page.button("run logic").is("pressed"));
    page.button("run logic").click();
    page.wait_until("it is shown", goes_round);
    page.button("run logic").click();
    page.wait_until("it is hidden", |page| !goes_round(page));
    assert!(!some(&page, "Run Logic."), "and no longer wanted");
}

#[test]
fn the_figures_open_with_every_line_and_all_else_as_the_reader_likes() {
    let page = at_the_start();
    assert!(page.button("Story").is("pressed") && page.find("log", "Event log").is_none());
    page.get("combobox", "Scenario").fill("figure-2");
    page.wait_for("log", "Event log");
    page.wait_until("it shows all that the lab printed", |page| {
        log_lines(page).iter().any(|line| line.ends_with("Run Logic."))
    });
    page.button("Story").click();
    page.wait_until_gone("log", any());
    page.button("Every line").click();
    page.get("combobox", "Scenario").fill("split-vote");
    page.wait_until_gone("log", any());
    page.button("Every line").click();
    page.wait_for("log", "Event log");
    page.reload();
    page.wait_for("log", "Event log");
}

#[test]
fn the_story_has_a_card_for_each_election_each_deed_and_each_time_without_a_leader() {
    let page = with_a_leader();
    assert_eq!(story(&page), ["S2 won term 1", "Start"]);
    page.wait_for(
        "image",
        "Votes for S2: S2, S4, S5; 3 of 3 needed; too late to matter: S1 and S3",
    );
    server(&page, 2).click();
    wait_for_server(&page, 2, "crashed");
    assert_eq!(story(&page)[..2], ["No leader with a majority", "You crashed S2"]);
    run_to(&page, 600);
    let cards = story(&page);
    assert_eq!(
        cards[..3],
        [
            "S3 won term 2",
            "No leader with a majority for 214 ms",
            "You crashed S2"
        ]
    );
    let told = page.get("article", "S3 won term 2").text();
    for part in [
        "the last heartbeat that it accepted from S2",
        "S3 received the votes of ",
        "With 3 of 5 votes, S3 became leader.",
    ] {
        assert!(told.contains(part), "{told}");
    }
    seek(&page, 170);
    page.wait_until("it goes back with the time", |page| {
        story(page) == ["S2 won term 1", "Start"]
    });
}

#[test]
fn a_card_opens_to_its_lines_says_why_and_what_if_not() {
    let page = with_a_leader();
    page.button("Lines: S2 won term 1").click();
    page.wait_for_text("S2 [CANDIDATE] Becoming leader.");
    let lines = page.get("article", "S2 won term 1").text();
    assert!(
        lines.contains("S5 [FOLLOWER] Vote accepted to 'localhost:3002' for term '1'."),
        "{lines}"
    );
    assert!(!lines.contains("AppendEntry"), "{lines}");
    assert_eq!(
        page.button("Lines: S2 won term 1")
            .state("expanded")
            .and_then(|state| state.as_bool()),
        Some(true)
    );

    server(&page, 4).click();
    wait_for_server(&page, 4, "crashed");
    page.button("What if not? You crashed S4").click();
    page.wait_until("both futures are shown", |page| {
        page.find("button", starting("S4, follower")).is_some()
    });
}

/// The reader takes back one thing of several, not the last one.
#[test]
fn what_the_reader_did_is_undone_on_its_card() {
    let page = with_a_leader();
    for number in [4, 5] {
        server(&page, number).click();
        wait_for_server(&page, number, "crashed");
        let later = now(&page) + 10;
        run_to(&page, later);
    }
    page.button("Undo: You crashed S4").click();
    wait_for_server(&page, 4, "follower");
    wait_for_server(&page, 5, "crashed");
    wait_for_notice(&page, "You undid: “crashed S4”.");
    assert!(
        !story(&page).iter().any(|title| title == "You crashed S4"),
        "{:?}",
        story(&page)
    );
}

/// A leader that was cut off learns of the newer term when the network is healed, and the story says when.
#[test]
fn the_story_says_when_a_stale_leader_steps_down() {
    let page = at_the_start();
    page.get("combobox", "Scenario").fill("minority-leader");
    page.button("Pause").click();
    run_to(&page, 600);
    page.button("Heal all").click();
    run_to(&page, 800);
    let told = page.get("article", "S1 stepped down").text();
    assert!(
        told.contains("S1 learned of term 2 from S") && told.contains(", so it no longer leads term 1."),
        "{told}"
    );
}

/// Terms climb without end where nobody can win; a reader asks for what was long ago.
#[test]
fn of_a_long_story_only_the_newest_cards_are_in_the_document_and_elections_that_fail_are_one() {
    let page = with_a_leader();
    for number in [1, 3, 4] {
        page.press(&number.to_string());
        wait_for_server(&page, number, "crashed");
    }
    page.press("2");
    run_to(&page, 12_000);
    assert!(page.find("heading", containing(" and reached no majority")).is_some());
    let folded = story(&page).len();
    assert!(folded < 20, "{folded}");
    page.button(containing(" stood up to term ")).click();
    page.wait_until("they are there", |page| story(page).len() == 40);
    page.button("Show earlier").click();
    page.wait_until("more are there", |page| story(page).len() > 40);
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
    every_line(&page);
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.wait_until("it has run on", |page| now(page) > 500);
    assert!(is_at_the_end(&page));

    page.get("log", "Event log").call(
        "function () { this.scrollTop = (this.scrollHeight - this.clientHeight) / 2; }",
        &[],
    );
    let count = page.button(containing(" new line")).name().to_owned();
    let seen = log_lines(&page);
    page.wait_until("more is new", |page| page.find("button", count.as_str()).is_none());
    assert_eq!(log_lines(&page), seen, "what the reader reads stays");

    page.button(containing(" new line")).click();
    page.wait_until("it is at the end", is_at_the_end);
    page.wait_until("it has run on", |page| now(page) > 1500);
    assert!(is_at_the_end(&page), "and it follows again");
    assert!(page.find("button", containing(" new line")).is_none());
}

/// How far the story is scrolled.
fn scrolled(page: &Page) -> f64 {
    let top = page.execute("return document.querySelector('.story').scrollTop");
    top.as_f64().unwrap_or_default()
}

#[test]
fn once_a_question_about_an_earlier_card_is_answered_the_newest_is_in_sight_again() {
    let page = at_the_start();
    page.get("combobox", "Scenario").fill("split-vote");
    page.button("Pause").click();
    run_to(&page, 2500);
    page.button(starting("Why? Split vote in term 2")).click();
    page.wait_for("region", "Why did S2 and S3 not win term 2?");
    assert!(scrolled(&page) > 50.0, "it is an earlier card");
    page.button("Close").click();
    page.wait_until("the newest card is in sight", |page| scrolled(page) < 1.0);
}

#[test]
fn another_run_is_told_from_its_newest_card() {
    let link = |millis| {
        let scenario = Scenario::new(ScenarioId::SplitVote);
        let mut history = scenario.start();
        history.seek(Micros::from_millis(millis));
        format!("#{}", link::encode(&Run::of(&scenario, &history)))
    };
    let page = Page::visit().at(&link(2500)).open();
    page.wait_until("the reader is at an earlier card", |page| {
        page.execute("document.querySelector('.story')?.scrollTo(0, 400)");
        page.execute("return document.querySelector('.story')?.scrollTop > 100") == true
    });
    page.execute(&format!("location.hash = '{}'", link(2600)));
    page.wait_until("the newest card is in sight", |page| scrolled(page) < 1.0);
    assert!(story(&page).len() > 3);
}

#[test]
fn of_a_hundred_thousand_events_only_the_lines_in_sight_are_in_the_document() {
    let page = at_the_start();
    page.get("combobox", starting("Servers")).fill("9");
    page.button("Pause").click();
    every_line(&page);
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
    every_line(&page);
    page.button("Copy").click();
    wait_for_notice(&page, "Use Download instead.");
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
    every_line(&page);
    page.button("Download").click();
    let file = folder.join("raft-election.log");
    page.wait_until("the file is there", |_| file.exists());
    assert_eq!(fs::read_to_string(&file).expect("a text"), copied_log(&page));
}

/// The figures are shown beside what the servers of the lab printed, lit as far as the run has come.
#[test]
fn a_figure_lights_the_lines_of_its_transcripts() {
    let page = at_the_start();
    page.get("combobox", "Scenario").fill("figure-1");
    page.button("Pause").click();
    seek(&page, 0);
    let lit = |page: &Page| page.execute("return document.querySelectorAll('.transcript-line.reached').length");
    page.button("S2").click();
    page.wait_until("nothing is printed yet", |page| lit(page) == 0);
    page.wait_for_text("0 of 18 lines printed in this run");
    run_to(&page, 8000);
    page.wait_until("S2 has printed all but its end", |page| lit(page) == 17);
    page.wait_for_text("17 of 18 lines printed in this run");
    let newest = page.execute("return document.querySelector('.transcript-line.newest').innerText");
    assert!(newest.to_string().contains("[LEADER] Run Logic."), "{newest}");
    page.get("combobox", "Scenario").fill("figure-2");
    page.wait_until("the report has none of it", |page| page.find("button", "S2").is_none());
}

/// It is operated blind: Tab leads to it, each line has its place, the one that is selected is said, and Enter says why.
#[test]
fn its_lines_are_a_list_that_is_walked_by_keys() {
    let page = at_the_start();
    run_to(&page, 400);
    every_line(&page);
    page.button("Download").focus();
    page.press("Tab");
    let focused = page.focused().expect("the list");
    assert_eq!((focused.role(), focused.name()), ("listbox", "Event log"));
    assert_eq!(page.execute(AT), json!(null), "nothing is selected yet");
    page.press("ArrowUp");
    let at = |page: &Page| {
        let at = page.execute(AT);
        (
            at[0].as_str().unwrap_or_default().to_owned(),
            at[1].as_u64(),
            at[2].as_u64(),
            at[3] == "true",
        )
    };
    page.wait_until("the newest line is selected", |page| at(page).3);
    let (_, newest, count, _) = at(&page);
    assert_eq!(newest, count, "of all");
    let mut told = Vec::new();
    for place in (1..count.expect("a number").min(12)).rev() {
        page.press("ArrowUp");
        let before = count.map(|count| count - (count.min(12) - place));
        page.wait_until("it is the line before", |page| at(page).1 == before);
        assert!(at(&page).3, "it is selected");
        told.push(at(&page).0);
    }
    assert!(told.iter().all(|line| line.contains(" [")), "{told:?}");
    page.press("Home");
    page.wait_until("it is the first line", |page| at(page).1 == Some(1));
    page.press("End");
    page.wait_until("it is the newest again", |page| at(page).1 == count);
    page.press("Enter");
    page.wait_until("the answer has the focus", |page| {
        page.focused().is_some_and(|node| node.role() == "heading")
    });
    page.press("Escape");
    page.wait_until("the list has it again", |page| {
        page.focused().is_some_and(|node| node.role() == "listbox")
    });
}

/// What a screen reader is told to be at: its text, its place, of how many, and whether it is selected.
const AT: &str = "
    const id = document.activeElement.getAttribute('aria-activedescendant');
    const line = id && document.getElementById(id);
    return line && [line.textContent, ...['aria-posinset', 'aria-setsize'].map((name) => Number(line.getAttribute(name))), line.getAttribute('aria-selected')];";

/// No line ends in dots alone: where it was pressed it is whole, and nothing has moved for it.
#[test]
fn a_line_that_is_too_long_is_whole_where_it_was_pressed() {
    for (width, height) in [(360, 740), (740, 360), (1280, 800)] {
        let page = stopped(Page::visit().size(width, height));
        every_line(&page);
        for _ in 0..14 {
            page.press("ArrowRight");
        }
        page.execute("document.querySelector('.log-list').scrollTop = 0");
        let rows = page.execute(
            "const rows = [...document.querySelectorAll('.log-row')];
            const long = rows.find((row) => row.querySelector('.log-text').textContent.length > 38) ?? rows[0];
            window.places = () => rows.filter((row) => row.isConnected).map((row) => row.offsetTop).join();
            const before = window.places();
            long.classList.add('selected');
            const [text, list] = [long.querySelector('.log-text'), document.querySelector('.log-list')];
            const [box, frame] = [text.getBoundingClientRect(), list.getBoundingClientRect()];
            return [before === window.places(), text.scrollWidth <= text.clientWidth + 1 || getComputedStyle(text).display === 'inline',
                box.right <= frame.right + 1, getComputedStyle(text).whiteSpace, text.textContent];",
        );
        let said = format!("{width} by {height}: {rows}");
        assert_eq!(rows[0], true, "nothing moves, {said}");
        assert_eq!(rows[1], true, "it is whole, {said}");
        assert_eq!(rows[2], true, "it is in sight, {said}");
    }
}

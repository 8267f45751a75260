//! The Safety panel, and a violation: it stops the run, is red, and says why.

use headless::{Page, any, starting};

use crate::{
    notes::drop_file,
    steps::{REAL_TIME, at_speed, at_the_start, every_line, now, panel, run_to, seek, server, status, stopped},
};

/// Stopped at the start, in a cluster in which a candidate's own vote is enough.
fn alone_is_enough(page: &Page, rules: &str, quorum: &str) {
    panel(page, rules);
    page.get("combobox", quorum).fill("1");
    page.wait_for(
        "button",
        starting(if rules == "Rules" {
            "modified rules"
        } else {
            "regras modificadas"
        }),
    );
}

/// Lets two servers time out at the same instant: both lead term 1.
fn two_leaders(page: &Page, item: &str) {
    for number in [1, 2] {
        server(page, number).right_click();
        page.get("menuitem", starting(item)).click();
        page.wait_until_gone("menu", any());
    }
}

/// Live regions that say this.
fn announcements(page: &Page, words: &str) -> usize {
    let tree = page.tree();
    let is_live = |node: &&headless::Node| {
        let live = node.state("live").and_then(|live| live.as_str());
        live.is_some_and(|live| live != "off")
    };
    tree.iter()
        .filter(is_live)
        .filter(|node| node.text().contains(words))
        .count()
}

/// How much of the page is drawn in the red of a broken property.
const RED: &str = "
    const probe = document.createElement('i');
    document.body.append(probe);
    probe.style.color = 'var(--broken)';
    const red = getComputedStyle(probe).color;
    probe.remove();
    const drawn = (node) => {
        const style = getComputedStyle(node);
        return [style.color, style.fill, style.stroke, style.backgroundColor, style.borderTopColor].includes(red);
    };
    return [...document.querySelectorAll('#app *')].filter(drawn).length;";

#[test]
fn all_holds_in_a_run_by_the_paper_and_the_measures_go_with_the_time() {
    let page = at_the_start();
    run_to(&page, 400);
    panel(&page, "Safety");
    let text = |page: &Page| page.get("tabpanel", "Safety").text();
    assert_eq!(text(&page).matches("holds").count(), 5, "{}", text(&page));
    for name in [
        "Election safety",
        "Leader completeness",
        "One vote per term",
        "Terms never go back",
        "Leaders have a majority",
    ] {
        assert!(text(&page).contains(name), "{name}");
    }
    let measure = |page: &Page, name: &str| -> String {
        let find = format!(
            "return [...document.querySelectorAll('.measure')].find((row) => row.firstChild.textContent === '{name}').lastChild.textContent"
        );
        page.execute(&find).as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(measure(&page, "Elections won"), "1");
    assert_eq!(measure(&page, "Highest term"), "1");
    assert!(measure(&page, "Availability: a leader that a majority can follow").ends_with('%'));
    assert!(page.find("button", starting("Go there")).is_none());
    seek(&page, 50);
    page.wait_until("the measures go back", |page| measure(page, "Elections won") == "0");
    assert_eq!(measure(&page, "First leader after"), "none yet");
    assert_eq!(measure(&page, "A server that believes that it leads"), "0.000 s, 0.0 %");
    assert_eq!(
        measure(&page, "Availability: a leader that a majority can follow"),
        "0.000 s, 0.0 %"
    );
    assert_eq!(measure(&page, "Longest gap without such a leader"), "0.050 s");
    assert_eq!(page.execute(RED), 0, "nothing is red");
}

#[test]
fn a_violation_is_red_on_the_page_and_in_the_panel_and_goes_with_the_time() {
    let page = at_the_start();
    run_to(&page, 40);
    alone_is_enough(&page, "Rules", "Votes that make a leader");
    two_leaders(&page, "Election timeout now");
    assert!(page.execute(RED).as_u64().is_some_and(|drawn| drawn > 0));
    page.wait_for("button", "S2 and S1 both led term 1. Why?");
    let is_whole = "return [...document.querySelectorAll('.status, .badge.broken')].every((said) =>
        said.scrollWidth <= said.clientWidth && said.scrollHeight <= said.clientHeight + 1);";
    assert_eq!(page.execute(is_whole), true, "nothing of it is cut off");
    page.wait_for_text("A safety property is broken: S2 and S1 both led term 1.");
    assert!(
        status(&page).contains("S1 and S2 both lead term 1"),
        "{}",
        status(&page)
    );
    assert_eq!(announcements(&page, "both led term 1"), 1, "it is read out once");
    panel(&page, "Safety");
    let text = page.get("tabpanel", "Safety").text();
    assert!(text.contains("broken at 0.040 s by S2, term 1"), "{text}");
    assert!(text.contains("broken at 0.040 s by S1, term 1"), "{text}");
    assert_eq!(text.matches("holds").count(), 3, "{text}");

    run_to(&page, 60);
    page.button("Go there: Election safety").click();
    page.wait_until("it is that instant", |page| now(page) == 40);
    seek(&page, 30);
    page.wait_until("nothing is broken yet", |page| {
        page.get("tabpanel", "Safety").text().matches("holds").count() == 5
    });
    assert!(page.find("button", starting("S2 and S1 both led")).is_none());
    assert_eq!(
        page.execute(RED),
        4,
        "but the mark and the two lanes of the timeline, which lie ahead, and what explains them"
    );

    seek(&page, 60);
    page.button("Why? Election safety").click();
    page.wait_for("region", starting("Why? S2 wins term 1"));
    page.wait_for_text("S2 became leader of term 1");
    page.wait_for_text("S2's election timer was forced to expire.");
    page.wait_for_text("It counted the votes of S2: 1 of 5, where 3 are a majority.");
    page.wait_for_text("here a quorum of 1 did (off)");
    page.button("See the rules").click();
    page.wait_for("tabpanel", "Rules");
}

#[test]
fn a_violation_stops_the_run_and_says_why_and_play_goes_on() {
    let page = at_the_start();
    alone_is_enough(&page, "Rules", "Votes that make a leader");
    panel(&page, "Log");
    every_line(&page);
    at_speed(&page, REAL_TIME);
    page.button("Play").click();
    page.wait_for("button", starting("S2 leads term 1 without a majority"));
    page.wait_for("button", "Play");
    let stopped_at = now(&page);
    assert_eq!(stopped_at, 151, "at the instant of the first timeout");
    page.wait_for_text("A safety property is broken: S2 leads term 1 without a majority of valid votes.");
    let log = page.get("log", "Event log").text();
    assert!(log.contains("Becoming leader."), "the log has come so far: {log}");

    let badge = page.button(starting("S2 leads term 1 without a majority"));
    badge.focus();
    page.press("Enter");
    page.wait_for("region", "Why was a safety property broken?");
    page.wait_for_text("S2 became leader of term 1");

    page.button("Play").click();
    page.wait_until("time goes on", |page| now(page) > stopped_at + 20);
}

#[test]
fn safety_speaks_portuguese() {
    let page = stopped(Page::visit().language("pt-BR"));
    alone_is_enough(&page, "Regras", "Votos que elegem um leader");
    two_leaders(&page, "Election timeout agora");
    page.wait_for("button", "S2 e S1 lideraram ambos o term 1. Por quê?");
    panel(&page, "Segurança");
    let text = page.get("tabpanel", "Segurança").text();
    assert!(
        text.contains("violada aos 0,000 s por S2, term 1")
            && text.contains("Disponibilidade: um leader que uma maioria pode seguir"),
        "{text}"
    );
}

#[test]
fn both_panels_are_accessible_before_and_after_a_violation() {
    for visit in [
        Page::visit(),
        Page::visit().dark(),
        Page::visit().size(360, 740),
        Page::visit().size(360, 740).dark(),
    ] {
        let page = stopped(visit);
        let check = |what: &str| assert_eq!(page.accessibility_problems(), [""; 0], "{what}");
        for tab in ["Rules", "Safety"] {
            panel(&page, tab);
            check(tab);
        }
        alone_is_enough(&page, "Rules", "Votes that make a leader");
        page.get("switch", "The vote is persisted").click();
        two_leaders(&page, "Election timeout now");
        for tab in ["Rules", "Safety"] {
            panel(&page, tab);
            check(&format!("{tab}, after a violation"));
        }
        server(&page, 1).right_click();
        page.wait_for("menuitem", starting("Hand over to S2"));
        check("a leader's menu");
    }
}

const FOUR_LEADERS: &str = "raft-playground 1
title Four leaders
rule one-vote-per-term off
at 0 s timer S1 10 ms
at 0 s timer S2 10 ms
at 0 s timer S3 10 ms
at 0 s timer S4 10 ms
branch 1 until 0.08 s
visit 1 at 0.08 s
";

/// What is broken is said in full beside the way to why, on a projector as well: neither lies over the other.
#[test]
fn a_long_headline_leaves_the_way_to_why_its_room() {
    const FITS: &str = "
        const [status, why, row] = ['.status', '.badge.broken', '.status-row'].map((one) => document.querySelector(one));
        const [said, rest] = [status, document.querySelector('.badges')].map((one) => one.getBoundingClientRect());
        return said.right <= rest.left && status.scrollWidth <= status.clientWidth
            && why.scrollWidth <= why.clientWidth && row.scrollWidth <= row.clientWidth;";
    for (language, size) in [("en-US", (1024, 768)), ("pt-BR", (1024, 768)), ("pt-BR", (1280, 800))] {
        let page = stopped(Page::visit().size(size.0, size.1).language(language));
        drop_file(&page, FOUR_LEADERS);
        page.wait_for_text("S1, S2, S3");
        page.wait_until("both have room", |page| page.execute(FITS) == true);
    }
}

//! The contract for assistive technology and tests: what is called what. It is kept stable.

use headless::{Page, any};

use crate::steps::{
    at_the_start, every_line, log_lines, panel, panels, server, servers, status, step_until, with_a_leader,
};

#[test]
fn a_server_is_a_button_that_says_its_role_and_its_term() {
    let page = with_a_leader();
    let names = servers(&page);
    assert_eq!(names.len(), 5, "{names:?}");
    let is = |role: &str| {
        let fits = |(number, name): &(usize, &String)| name.starts_with(&format!("S{number}, {role}, term 1"));
        (1..).zip(&names).filter(fits).count()
    };
    assert_eq!((is("leader"), is("follower")), (1, 4), "{names:?}");
}

#[test]
fn a_candidate_and_a_crashed_server_are_called_so() {
    let page = at_the_start();
    step_until(&page, ", candidate, term 1");
    server(&page, 5).click();
    page.wait_for("button", headless::starting("S5, crashed, term "));
    let names = servers(&page);
    assert_eq!(
        names.iter().filter(|name| name.contains(", candidate, term 1")).count(),
        1,
        "{names:?}"
    );
    assert_eq!(
        names.iter().filter(|name| name.contains(", crashed, ")).count(),
        1,
        "{names:?}"
    );
}

#[test]
fn a_status_says_who_leads() {
    let page = at_the_start();
    assert!(status(&page).starts_with("No leader"), "{}", status(&page));
    step_until(&page, ", leader, term 1");
    let names = servers(&page);
    let leader = names.iter().find(|name| name.contains("leader")).expect("a leader");
    let sentence = format!("{} leads term 1", &leader[..2]);
    assert!(status(&page).contains(&sentence), "{} says {}", status(&page), sentence);
}

#[test]
fn the_log_has_the_labs_lines() {
    let page = at_the_start();
    step_until(&page, ", leader, term 1");
    let lines = log_lines(&page);
    for line in [
        "[SERVER] Accepting connections.",
        "[FOLLOWER] Election timeout.",
        "[CANDIDATE] Running for term '1'.",
        "[CANDIDATE] VoteCount: 3",
        "[CANDIDATE] Becoming leader.",
    ] {
        assert!(lines.iter().any(|row| row.contains(line)), "no {line} in {lines:#?}");
    }
}

#[test]
fn the_transport_has_its_buttons_and_sliders() {
    let page = Page::open();
    for button in ["Pause", "Step", "Reset"] {
        page.wait_for("button", button);
    }
    for slider in ["Speed", "Time"] {
        page.wait_for("slider", slider);
    }
    page.button("Pause").click();
    page.wait_for("button", "Play");
    assert!(page.find("button", "Pause").is_none());
}

#[test]
fn the_panels_are_tabs() {
    let page = Page::open();
    let names: Vec<String> = page.all("tab").iter().map(|tab| tab.name().to_owned()).collect();
    let expected = ["Log", "Servers", "Space-time", "Network", "Rules"];
    assert_eq!(names, expected, "each has a tab");
    let all = panels(&page);
    assert_eq!(
        all[5..],
        ["Practice", "Laboratory", "Safety", "Branches", "Notes", "Terminals"],
        "the menu More has the others"
    );
    for name in &all {
        panel(&page, name);
        let selected: Vec<_> = page.all("tab").into_iter().filter(|tab| tab.is("selected")).collect();
        assert_eq!(selected.len(), 1, "{selected:?}");
        assert_eq!(selected[0].name(), name);
        assert_eq!(page.all("tabpanel").len(), 1);
    }
}

/// The row below the ring and the Servers panel have buttons of the same names, the row first.
#[test]
fn the_kill_row_and_the_servers_panel_kill_and_restart() {
    let page = with_a_leader();
    panel(&page, "Servers");
    let press = |place: usize, name: &str| {
        let buttons: Vec<_> = page
            .all("button")
            .into_iter()
            .filter(|button| button.name() == name)
            .collect();
        assert_eq!(buttons.len(), 2, "{name}: {buttons:?}");
        buttons[place].click();
    };
    for place in [0, 1] {
        press(place, "Kill S2");
        page.wait_for("button", "Restart S2");
        assert!(
            server(&page, 2).name().starts_with("S2, crashed"),
            "{:?}",
            server(&page, 2)
        );
        press(place, "Restart S2");
        page.wait_for("button", "Kill S2");
        assert!(
            server(&page, 2).name().starts_with("S2, follower"),
            "{:?}",
            server(&page, 2)
        );
    }
}

/// A screen reader would read out the clock without end.
#[test]
fn nothing_is_announced_while_only_time_passes() {
    let page = with_a_leader();
    let announced = || -> Vec<String> {
        let tree = page.tree();
        let live = tree.iter().filter(|node| {
            let live = node.state("live").and_then(|live| live.as_str());
            live.is_some_and(|live| live != "off")
        });
        live.map(|node| format!("{node:?} {}", node.text())).collect()
    };
    let before = announced();
    assert!(before.iter().any(|text| text.contains("leads term")), "{before:?}");
    page.button("Play").click();
    let start = crate::steps::now(&page);
    page.wait_until("time passes", |page| crate::steps::now(page) > start + 40);
    assert_eq!(announced(), before);
    every_line(&page);
    assert!(
        page.find("log", any())
            .is_some_and(|log| log.attribute("aria-live").as_deref() == Some("off"))
    );
}

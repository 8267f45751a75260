//! The Servers panel: everything that each server knows, and buttons for it.

use headless::{Node, Page};

use crate::steps::{
    leader, panel, run_to, seek, servers, step_until, stopped, wait_for_notice, wait_for_server, with_a_leader,
};

/// The cells of each server's row.
fn rows(page: &Page) -> Vec<String> {
    let rows = page.all("row").into_iter().skip(1);
    rows.map(|row| row.text().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

#[test]
fn the_table_says_who_leads_by_whose_votes_and_what_is_on_disk() {
    let page = with_a_leader();
    panel(&page, "Servers");
    let leader = leader(&page);
    let rows = rows(&page);
    assert_eq!(rows.len(), 5, "{rows:?}");
    for (number, row) in (1..).zip(&rows) {
        let expected = if number == leader {
            format!("S{number} leader 1 S{leader} 3 / 3 S{leader} heartbeat 75 ms expires at ")
        } else {
            format!("S{number} follower 1 S{leader} – S{leader} election ")
        };
        assert!(row.starts_with(&expected), "{row} is not {expected}");
        assert!(row.ends_with(&format!("term 1, S{leader} empty log")), "{row}");
    }
}

#[test]
fn the_table_is_no_wider_than_its_panel_on_a_laptop() {
    for language in ["en-US", "pt-BR"] {
        let page = stopped(Page::visit().language(language));
        step_until(&page, ", leader, ");
        page.execute("document.querySelectorAll('[role=tab]')[1].click()");
        // The panel is loaded when it is first asked for.
        page.wait_until("the table is there", |page| {
            page.execute("return document.querySelector('.table-scroll') !== null") == true
        });
        let is_within =
            "const table = document.querySelector('.table-scroll'); return table.scrollWidth <= table.clientWidth";
        assert_eq!(page.execute(is_within), true, "{language}");
        for number in 3..=5 {
            page.press(&number.to_string());
        }
        page.wait_until("a leader has no majority", |page| {
            servers(page)
                .iter()
                .any(|name| name.ends_with(", reaches 2 of 5") || name.ends_with(", alcança 2 de 5"))
        });
        assert_eq!(
            page.execute(is_within),
            true,
            "{language}, with a leader that reaches two"
        );
    }
}

#[test]
fn what_a_crash_leaves_is_on_disk() {
    let page = with_a_leader();
    panel(&page, "Servers");
    let leader = leader(&page);
    page.button(&format!("Kill S{leader}")).click();
    page.wait_for("button", &format!("Restart S{leader}"));
    let row = &rows(&page)[leader - 1];
    assert_eq!(
        row,
        &format!("S{leader} crashed 1 S{leader} – – none term 1, S{leader} empty log")
    );
}

#[test]
fn a_server_is_paused_and_resumed() {
    let page = with_a_leader();
    panel(&page, "Servers");
    page.button("Pause S5").click();
    wait_for_server(&page, 5, "paused");
    page.button("Resume S5").click();
    page.wait_for("button", "Pause S5");
    page.button("Kill S5").click();
    wait_for_server(&page, 5, "crashed");
    assert!(
        page.button("Pause S5").is("disabled"),
        "nothing runs that could be paused"
    );
    page.button("Pause S5").click();
    wait_for_notice(&page, "The server is down.");
}

#[test]
fn it_shows_the_instant_that_is_visited() {
    let page = with_a_leader();
    panel(&page, "Servers");
    run_to(&page, 600);
    let later = rows(&page);
    seek(&page, 100);
    assert!(
        rows(&page).iter().all(|row| row.contains("follower 0 – – –")),
        "{:?}",
        rows(&page)
    );
    seek(&page, 600);
    assert_eq!(rows(&page), later);
    assert!(
        page.all("columnheader")
            .iter()
            .map(Node::name)
            .any(|name| name == "On disk")
    );
}

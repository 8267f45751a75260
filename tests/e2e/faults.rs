//! Faults of the network: links cut on the ring and in the matrix, messages taken, timers set.

use headless::starting;

use crate::steps::{at_the_start, leader, panel, run_to, server, servers, status, step_until, with_a_leader};

#[test]
fn a_line_of_the_ring_goes_round_its_four_states() {
    let page = at_the_start();
    for state in ["only S1 to S2", "only S2 to S1", "cut", "both ways"] {
        page.button(starting("Link S1–S2")).click();
        page.wait_for("button", &format!("Link S1–S2: {state}"));
    }
    let links: Vec<_> = page
        .all("button")
        .iter()
        .map(|button| button.name().to_owned())
        .collect();
    let cut = |name: &&String| name.starts_with("Link S") && !name.ends_with(": both ways") && name.contains('–');
    assert_eq!(links.iter().find(cut), None, "no other link has changed");
}

#[test]
fn a_partition_makes_groups_and_a_leader_of_the_minority_is_not_followed() {
    let page = with_a_leader();
    let first = leader(&page);
    let other = first % 5 + 1;
    panel(&page, "Network");
    for number in [first, other] {
        page.button(&format!("S{number}")).click();
    }
    page.button("Partition").click();
    page.wait_for_text("Groups A:");
    run_to(&page, 1500);
    let new = status(&page);
    assert!(!new.contains(&format!("S{first} leads")), "{new}");
    let named = |role: &str| servers(&page).iter().filter(|name| name.contains(role)).count();
    assert_eq!(
        [named(", leader, "), named(", stale leader, ")],
        [1, 1],
        "{:?}",
        servers(&page)
    );

    page.button("Heal all").click();
    run_to(&page, 1700);
    assert_eq!(
        [named(", leader, "), named(", stale leader, ")],
        [1, 0],
        "{:?}",
        servers(&page)
    );
}

#[test]
fn a_cell_of_the_matrix_cuts_one_direction_and_arrow_keys_move_between_cells() {
    let page = at_the_start();
    panel(&page, "Network");
    page.button("Link S1 to S2, up").focus();
    // Over the cell of S2 with itself.
    page.press("ArrowDown");
    page.press("Enter");
    page.wait_for("button", "Link S3 to S2, cut");
    page.wait_for("button", "Link S2–S3: only S2 to S3");
    let cut = |node: &headless::Node| node.name().ends_with(", cut");
    assert_eq!(
        page.all("button").iter().filter(|node| cut(node)).count(),
        1,
        "one direction alone is cut"
    );
}

#[test]
fn a_message_under_way_is_chosen_from_the_list_and_dropped() {
    let page = at_the_start();
    step_until(&page, ", candidate, ");
    panel(&page, "Network");
    page.button(starting("S2>S1#0")).focus();
    page.press("Enter");
    page.wait_for("group", starting("Chosen message"));
    page.wait_for_text("RequestVote");
    page.button("Drop").click();
    page.wait_for_text("Lost at");
    assert!(page.find("button", starting("S2>S1#0")).is_none());
}

#[test]
fn a_timer_is_set_by_keyboard() {
    let page = at_the_start();
    panel(&page, "Network");
    page.get("spinbutton", "S4's election timer expires in").fill("20");
    page.wait_for_text("expires at 0.020 s");
    page.button("Step").click();
    page.wait_for("button", starting("S4, candidate, term 1"));
    assert_eq!(crate::steps::now(&page), 20, "it fired when it was told to");
}

#[test]
fn a_crash_a_pause_and_a_wiped_disk_are_told_apart() {
    let page = with_a_leader();
    let first = leader(&page);
    let [a, b, c] = [1, 2, 3].map(|offset| (first + offset - 1) % 5 + 1);
    for (number, item) in [(b, "Pause"), (c, "Crash and wipe")] {
        server(&page, number).right_click();
        page.get("menuitem", starting(item)).click();
    }
    server(&page, a).click();
    page.wait_for("button", starting(&format!("S{c}, crashed")));
    assert!(
        server(&page, c).name().contains("disk wiped"),
        "{}",
        server(&page, c).name()
    );
    assert!(
        server(&page, b).name().contains("paused"),
        "{}",
        server(&page, b).name()
    );
    assert!(
        !server(&page, a).name().contains("wiped"),
        "{}",
        server(&page, a).name()
    );
}

//! Servers and links with settings of their own, from a file: the page tells them, counts them in, and takes them back.

use headless::Page;

use crate::{
    sharing::{SAVED, link, saved},
    steps::{now, panel, stopped, story},
};

const UNEVEN: &str = "raft-playground 1
title Far away and slow
seed 6
server S1 election-timeout 600 ms to 900 ms
server S2 clock 0.5
link S1 S4 delay 80 ms to 90 ms
link S3>S5 loss 5 %
at 0.4 s link S2>S3 loss 100 %
branch 1 until 1 s
visit 1 at 1 s
";

/// Drops a scenario file on the page.
fn drop_file(page: &Page, text: &str) {
    let text = serde_json::to_string(text).expect("a text");
    page.execute(&format!(
        "const data = new DataTransfer();
         data.items.add(new File([{text}], 'uneven.raft', {{ type: 'text/plain' }}));
         document.body.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}))"
    ));
}

#[track_caller]
fn uneven(page: Page) -> Page {
    drop_file(&page, UNEVEN);
    page.wait_for_text("Far away and slow");
    page.wait_until("it is open", |page| now(page) == 1000);
    page
}

#[test]
fn a_file_with_them_is_told_and_the_panels_show_whose_they_are() {
    let page = uneven(stopped(Page::visit().prelude(SAVED)));
    page.wait_for_text("(150 ms to 900 ms)");
    let told = story(&page);
    for title in [
        "The scenario changed settings of some servers or links",
        "The scenario changed the link from S2 to S3: 100.0 % lost",
    ] {
        assert!(told.iter().any(|card| card == title), "{title} is not in {told:?}");
    }
    page.wait_for_text("The link S1–S4 was changed: delay 80 ms to 90 ms.");
    panel(&page, "Servers");
    page.wait_for_text("its own: election timeout 600 ms to 900 ms");
    page.wait_for_text("its own: clock at 0.5× normal speed");
    panel(&page, "Network");
    page.wait_for("heading", "Settings of their own");
    page.wait_for_text("S1–S4: delay 80 ms to 90 ms");
    page.wait_for_text("S2→S3: 100.0 % lost");
    page.wait_for("button", "Link S4 to S1, up, delay 80 ms to 90 ms");
    // What is to be expected of all alike is not said of those that are not.
    assert!(!page.text().contains("as §5.6 asks"), "{}", page.text());
    assert_eq!(page.accessibility_problems(), [""; 0]);
    // A setting of the cluster leaves them alone.
    page.get("spinbutton", "One-way delay, longest").fill("50");
    page.wait_for_text("S1–S4: delay 80 ms to 90 ms");

    let file = saved(&page, "Scenario file");
    for line in [
        "\nserver S1 election-timeout 600 ms to 900 ms\n",
        "\nlink S4>S1 delay 80 ms to 90 ms\n",
    ] {
        assert!(file.contains(line), "{line} is not in {file}");
    }
    let shared = Page::visit().at(&link(&page)).open();
    panel(&shared, "Network");
    shared.wait_for_text("S3→S5: 5.0 % lost");
}

#[test]
fn what_if_leaves_one_of_them_out() {
    let page = uneven(stopped(Page::visit()));
    let what_if = "What if not? The scenario changed the link from S2 to S3: 100.0 % lost";
    page.wait_for("button", what_if);
    page.button(what_if).click();
    page.wait_for_text("Two branches with the same random choices");
    panel(&page, "Network");
    page.wait_for_text("S3→S5: 5.0 % lost");
    assert!(!page.text().contains("S2→S3"), "{}", page.text());
}

#[test]
fn they_are_told_in_portuguese() {
    let page = uneven(Page::visit().language("pt-BR").open());
    page.wait_for_text("Os tempos de S2 foram alterados: relógio a 0,5× da velocidade normal.");
    page.wait_for_text("A conexão S1–S4 foi alterada: atraso 80 ms a 90 ms.");
    panel(&page, "Rede");
    page.wait_for("heading", "Ajustes próprios");
    page.wait_for_text("S2→S3: 100,0 % perdidas");
    panel(&page, "Servidores");
    page.wait_for_text("só dele: election timeout 600 ms a 900 ms");
}

#[test]
fn what_can_not_be_read_is_told_where() {
    let page = stopped(Page::visit());
    drop_file(&page, "raft-playground 1\nserver S1 clock 3\n");
    page.wait_for_text("Line 2");
    page.wait_for_text("a clock from 0.5 to 2 times as fast as time");
    drop_file(&page, "raft-playground 1\nat 1 s kill S1\nlink S1>S2 loss 5 %\n");
    page.wait_for_text("Line 3");
    page.wait_for_text("or this line above all that happens later");
}

#[test]
fn three_regions_are_a_short_address() {
    let page = Page::visit().at("?scenario=three-regions").open();
    page.wait_for_text("its election takes about 180 ms");
    page.wait_for_text("The links S1–S2, S3–S4 were changed: delay 1 ms to 3 ms.");
}

#[test]
fn a_rolling_upgrade_says_which_servers_differ() {
    let page = Page::visit().at("?scenario=rolling-upgrade").open();
    page.wait_for_text("Only S4 and S5 have pre-vote yet.");
    page.wait_for_text("The scenario changed the rules of S4 and S5: “Pre-vote” on");
    panel(&page, "Servers");
    page.wait_for_text("its own: “Pre-vote” on");
    panel(&page, "Rules");
    page.wait_for("heading", "Rules of single servers");
    page.wait_for_text("S4 and S5: “Pre-vote” on");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.wait_for_text("S4 and S5 have rules of their own.");
    page.button("Back to the paper's rules").click();
    page.wait_until("no server has a rule of its own", |page| {
        !page.text().contains("rules of their own")
    });
    page.wait_for_text("Earlier in this run other rules were in force.");
}

#[test]
fn one_server_is_given_settings_of_its_own_on_the_page() {
    let page = stopped(Page::visit());
    panel(&page, "Servers");
    page.execute("document.querySelector('.own > summary').click()");
    page.get("combobox", "Server").fill("3");
    page.get("combobox", "Clock").fill("2000");
    page.wait_for_text("its own: clock at 2× normal speed");
    page.get("spinbutton", "Election timeout, longest").fill("400");
    page.wait_for_text("election timeout 150 ms to 400 ms, clock at 2× normal speed");
    page.get("switch", "S4: Pre-vote").click();
    page.wait_for_text("clock at 2× normal speed, “Pre-vote” on");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.get("spinbutton", "Disk write").fill("1001");
    page.wait_for_text("Enter 0 to 1,000 ms.");
    for takes in ["4", "0"] {
        page.get("spinbutton", "Disk write").fill(takes);
        page.wait_for_text(&format!("disk writes take {takes} ms"));
    }
    page.get("combobox", "Priority").fill("3");
    page.wait_for_text("priority 3");
    page.get("combobox", "Priority").fill("0");
    page.wait_for_text("priority 0");
    page.button("S4: Pre-vote as in the cluster").click();
    page.wait_until("the rule is given back and the clock is not", |page| {
        page.text()
            .contains("its own: election timeout 150 ms to 400 ms, clock at 2× normal speed")
            && !page.text().contains("“Pre-vote” on")
    });
    page.button("Same as the cluster").click();
    page.wait_until("it has nothing of its own", |page| !page.text().contains("its own:"));
}

const SLOW_DISKS: &str = "raft-playground 1
title Slow disks
seed 6
server S1 S2 S3 S4 S5 disk-write 20 ms
branch 1 until 0.16 s
visit 1 at 0.16 s
";

/// A candidate writes its vote for itself before it asks: its requests stand at its edge of the ring, and say when they leave.
#[test]
fn messages_wait_for_the_disk_of_their_sender() {
    let page = stopped(Page::visit());
    drop_file(&page, SLOW_DISKS);
    page.wait_for_text("Slow disks");
    page.wait_until("it is open", |page| now(page) == 160);
    page.wait_for_text("S4's timing was changed: disk writes take 20 ms.");
    panel(&page, "Network");
    page.execute("document.querySelector('.flight-row').click()");
    page.wait_for_text("Leaves at, after the disk");
    page.wait_for_text("0.171 s (20 ms)");
    let places = "return new Set([...document.querySelectorAll('.flight')].map(flight => getComputedStyle(flight).transform)).size";
    page.wait_until("all four stand where they leave", |page| page.execute(places) == 4);
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

#[test]
fn one_link_is_given_settings_of_its_own_on_the_page_and_the_ring_says_so() {
    let page = stopped(Page::visit());
    panel(&page, "Network");
    page.execute("document.querySelector('.own > summary').click()");
    page.get("combobox", "From").fill("3");
    page.get("combobox", "To").fill("1");
    page.get("spinbutton", "One-way delay, S4–S2, longest").fill("80");
    page.wait_for("button", "Link S2–S4: both ways, delay 5 ms to 80 ms");
    page.get("checkbox", "Both directions").click();
    page.get("spinbutton", "One-way delay, S4→S2, shortest").fill("60");
    page.wait_for(
        "button",
        "Link S2–S4: both ways, S2→S4: delay 5 ms to 80 ms, S4→S2: delay 60 ms to 80 ms",
    );
    // Its directions differ, so what is set is set for one; who wants both alike says so.
    page.get("combobox", "From").fill("1");
    page.wait_for("spinbutton", "One-way delay, S2→S4, longest");
    page.get("checkbox", "Both directions").click();
    page.wait_for("button", "Link S2–S4: both ways, delay 5 ms to 80 ms");
    page.wait_for("spinbutton", "One-way delay, S2–S4, longest");
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

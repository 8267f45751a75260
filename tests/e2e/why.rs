//! The drawer that says why: an election in six steps, longer chains on request, two leaders side by side; and a selection that
//! never becomes another event.

use headless::{Node, Page, containing, starting};

use crate::{
    notes::drop_file,
    steps::{at_the_start, every_line, panel, run_to, seek, server, stopped, story, wait_for_server, with_a_leader},
};

/// The steps of the chains that are shown, chain by chain.
fn steps(page: &Page) -> Vec<u64> {
    let counted = page.execute(
        "return [...document.querySelectorAll('.why-chain')].map(chain => chain.querySelectorAll('.why-step').length)",
    );
    let counted = counted.as_array().cloned().unwrap_or_default();
    counted.iter().filter_map(|steps| steps.as_u64()).collect()
}

#[test]
fn an_election_is_explained_in_six_steps_and_a_message_is_one_of_them() {
    let page = with_a_leader();
    page.button("Why does S2 lead?").click();
    page.wait_for(
        "button",
        containing("S4's vote for term 1 arrived at S2, sent at 0.157 s; that made 3."),
    );
    assert_eq!(steps(&page), [6]);
    let answer = page.get("region", starting("Why did S2 lead at ")).text();
    assert_eq!(answer.matches("S4's vote").count(), 1, "{answer}");
    assert!(
        page.find("button", containing(" earlier step")).is_none(),
        "these are all"
    );
}

#[test]
fn of_a_long_chain_six_steps_are_shown_until_all_are_asked_for() {
    let page = at_the_start();
    panel(&page, "Rules");
    page.get("switch", starting("Pre-vote")).click();
    run_to(&page, 300);
    page.button(starting("Why does S")).click();
    page.wait_for("button", containing(" earlier step"));
    assert_eq!(steps(&page), [6]);
    let more = page.button(containing(" earlier step"));
    let hidden: u64 = more
        .name()
        .split(' ')
        .nth(1)
        .and_then(|count| count.parse().ok())
        .unwrap_or(0);
    assert!(hidden > 0, "{}", more.name());
    more.click();
    page.wait_until("all are there", |page| steps(page) == [6 + hidden]);
    assert!(page.find("button", containing(" earlier step")).is_none());
}

/// Where two chains are, as boxes.
fn sides(page: &Page) -> Vec<[i64; 2]> {
    let places = page.execute(
        "return [...document.querySelectorAll('.why-side')].map(side => { const box = side.getBoundingClientRect(); return [box.x, box.y].map(Math.round) })",
    );
    serde_json::from_value(places).unwrap_or_default()
}

#[test]
fn two_leaders_are_explained_side_by_side_and_below_each_other_on_a_phone() {
    for (width, height) in [(1280, 800), (360, 740)] {
        let page = stopped(Page::visit().size(width, height));
        page.get("combobox", "Scenario").fill("minority-leader");
        page.button("Pause").click();
        run_to(&page, 600);
        page.button("Why does S3 lead?").click();
        page.wait_for("region", starting("Why did S1 and S3 both act as leader at "));
        let lists: Vec<String> = page
            .all("list")
            .iter()
            .map(Node::name)
            .filter(|name| name.contains(" wins "))
            .map(str::to_owned)
            .collect();
        assert_eq!(
            lists,
            [
                "S1 wins term 1 with the votes of S1, S3 and S4",
                "S3 wins term 2 with the votes of S3, S4 and S5"
            ]
        );
        let [one, other] = sides(&page)[..] else {
            panic!("{:?}", sides(&page))
        };
        let is_beside = one[1] == other[1] && one[0] < other[0];
        assert_eq!(is_beside, width > 1000, "{one:?} {other:?}");
        assert!(
            is_beside || (one[0] == other[0] && one[1] < other[1]),
            "{one:?} {other:?}"
        );
        page.wait_for("heading", "S1 still acts as leader of term 1");
        let answer = page.get("region", starting("Why did S1 and S3 both")).text();
        let (_, stale) = answer.split_once("S1 still acts as leader").expect("its side");
        for said in [
            "No message of a newer term has arrived at S1",
            "S1 and S2 were cut off from the others.",
        ] {
            assert!(stale.contains(said), "{said}: {answer}");
        }
        assert_eq!(
            page.execute("return document.querySelectorAll('.lit-link.past').length"),
            0,
            "how S1 was elected is not drawn over links that are cut now"
        );
    }
}

/// Whoever steps down after a cut is healed is told what let the news through.
#[test]
fn the_healing_is_named_where_it_let_the_news_through() {
    let page = stopped(Page::visit());
    page.get("combobox", "Scenario").fill("minority-leader");
    page.button("Pause").click();
    run_to(&page, 750);
    page.button("Heal all").click();
    run_to(&page, 900);
    page.button(starting("Why? S1 stepped down")).click();
    page.wait_for("region", starting("Why? S1 steps down"));
    let answer = page.get("region", starting("Why? S1 steps down")).text();
    assert!(answer.contains("possible only after:"), "{answer}");
    assert!(answer.contains("All links were restored."), "{answer}");
}

/// Who leads again does so by what was done; its election comes after that.
#[test]
fn the_healing_is_named_where_a_leader_leads_again_by_it() {
    let page = stopped(Page::visit());
    let cuts = [1, 3, 4].map(|server| format!("at 0.3 s isolate S{server}\n")).concat();
    drop_file(
        &page,
        &format!("raft-playground 1\ntitle Again\nseed 6\ndelay 5-10ms\n{cuts}at 0.44 s heal-all\n"),
    );
    page.wait_for_text("Again");
    run_to(&page, 443);
    assert_eq!(story(&page)[0], "S2 leads term 1 again");
    for ask in [starting("Why? S2 leads term 1 again"), starting("Why does S2 lead?")] {
        page.button(ask).click();
        page.wait_for("region", starting("Why did S2 lead at 0.44"));
        let answer = page.get("region", starting("Why did S2 lead")).text();
        let place = |said: &str| answer.find(said).unwrap_or_else(|| panic!("{said}: {answer}"));
        assert!(place("A majority can follow S2 again") < place("All links were restored."));
        assert!(place("Earlier, it had become leader:") < place("S2 became leader of term 1"));
        page.press("Escape");
    }
}

/// A lost election is answered by the answers, before what ended it.
#[test]
fn a_lost_election_is_answered_by_the_answers_first() {
    let page = stopped(Page::visit());
    page.get("combobox", "Scenario").fill("split-vote");
    page.button("Pause").click();
    run_to(&page, 700);
    page.button(starting("Why? Split vote in term 2")).click();
    page.wait_for("heading", "S2 had 2 of the 3 votes that it needed");
    let answer = page.get("region", starting("Why did S2 and S3")).text();
    let place = |said: &str| answer.find(said).unwrap_or_else(|| panic!("{said}: {answer}"));
    assert!(place("S3 refused S2") < place("Then its candidacy ended:"));
    assert!(place("Then its candidacy ended:") < place("S2 stepped down"));
    assert!(
        place("S2 stepped down") < place("S3 had 2 of the 3"),
        "S2 stands first, as in the title"
    );
}

/// What is selected lies ahead after stepping back; acting makes a branch in which it does not happen.
#[test]
fn a_selection_is_never_another_event_in_a_new_branch() {
    let page = at_the_start();
    run_to(&page, 400);
    every_line(&page);
    page.get("log", "Event log").focus();
    for key in ["ArrowUp", "Enter"] {
        page.press(key);
    }
    page.wait_for("region", starting("Why? "));
    seek(&page, 100);
    assert!(page.find("region", starting("Why? ")).is_some(), "it is still ahead");
    server(&page, 2).click();
    wait_for_server(&page, 2, "crashed");
    page.wait_until_gone("region", starting("Why? "));
    run_to(&page, 700);
    let marked =
        page.execute("return document.querySelectorAll('.log-row.selected, .log-row.lit, .why-drawer').length");
    assert_eq!(marked, 0, "nothing is selected in the new branch");
}

/// What is told lies in the past; what happens meanwhile would be missed.
#[test]
fn time_stands_while_the_drawer_is_open_and_goes_on_after() {
    let page = stopped(Page::visit());
    page.get("combobox", "Scenario").fill("split-vote");
    page.button("Pause").click();
    run_to(&page, 700);
    page.button("Play").click();
    page.button(starting("Why? Split vote in term 2")).click();
    page.wait_for("region", "Why did S2 and S3 not win term 2?");
    let drawer = page.get("region", "Why did S2 and S3 not win term 2?");
    assert!(drawer.text().contains("Time stands still until you close this."));
    page.wait_for("button", "Play");
    page.button("Close").click();
    page.wait_for("button", "Pause");
    // Whoever goes elsewhere stays there, and where time stood it stands.
    page.button(starting("Why? Split vote in term 2")).click();
    page.wait_for("button", "Play");
    page.button(containing("S5 refused S3")).click();
    page.button("Close").click();
    page.wait_until_gone("region", starting("Why did S2 and S3"));
    page.wait_for("button", "Play");
    page.button(starting("Why? ")).click();
    page.wait_for("region", starting("Why did"));
    let drawer = page.get("region", starting("Why did"));
    assert!(!drawer.text().contains("Time stands still"));
    page.button("Close").click();
    page.wait_for("button", "Play");
}

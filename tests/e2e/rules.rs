//! The Rules panel: what is in force, the bugs to try, a switch for each rule; and a leader that hands over.

use headless::{Page, any, starting};
use raft_playground::raft::Rule;

use crate::{
    sharing::{SAVED, link, saved},
    steps::{
        at_the_start, leader, now, panel, run_to, seek, server, servers, status, stopped, wait_for_server,
        with_a_leader,
    },
};

/// The line that says which rules are in force.
fn in_force(page: &Page) -> String {
    let lines: Vec<String> = page.all("status").iter().map(headless::Node::text).collect();
    let says = |line: &&String| {
        ["The paper's rules", "Modified:", "Extended:"]
            .iter()
            .any(|head| line.starts_with(head))
    };
    lines.iter().find(says).cloned().unwrap_or_default()
}

fn wait_for_rules(page: &Page, line: &str) {
    page.wait_until(&format!("the rules are “{line}”"), |page| in_force(page) == line);
}

fn is_on(page: &Page, rule: &str) -> bool {
    page.get("switch", rule).is("checked")
}

#[test]
fn a_switch_takes_effect_at_the_instant_shown_and_marks_the_run() {
    let page = at_the_start();
    run_to(&page, 200);
    panel(&page, "Rules");
    wait_for_rules(&page, "The paper's rules.");
    assert!(page.find("button", "modified rules").is_none());
    page.get("switch", "The vote is persisted").click();
    wait_for_rules(&page, "Modified: the vote is not persisted.");
    assert_eq!(now(&page), 200, "nothing starts again");
    page.wait_for("button", "modified rules");
    seek(&page, 150);
    wait_for_rules(&page, "The paper's rules.");
    assert!(
        page.find("button", "modified rules").is_none(),
        "it was not modified then"
    );
    seek(&page, 200);
    page.button("Back to the paper's rules").click();
    wait_for_rules(&page, "The paper's rules.");
    assert!(is_on(&page, "The vote is persisted"));
    page.wait_for_text("Earlier in this run other rules were in force.");
    page.wait_for("button", "earlier: modified rules");
}

#[test]
fn every_rule_is_switched_by_keyboard() {
    let page = at_the_start();
    panel(&page, "Rules");
    let names: Vec<String> = page
        .all("switch")
        .iter()
        .map(|switch| switch.name().to_owned())
        .collect();
    let shown = Rule::ALL.iter().filter(|rule| rule.part_of().is_none());
    assert_eq!(names.len(), shown.count(), "{names:?}");
    for name in &names {
        let before = is_on(&page, name);
        for on in [!before, before] {
            page.get("switch", name.as_str()).focus();
            page.press("Space");
            page.wait_until("it is switched", |page| is_on(page, name) == on);
            assert_eq!(
                in_force(&page) == "The paper's rules.",
                on == before,
                "{name}: {}",
                in_force(&page)
            );
        }
    }
    assert_eq!(now(&page), 0);
    page.wait_for("button", "Play");
}

/// They say nothing where nobody asks for a pre-vote, and so they are not there.
#[test]
fn details_of_pre_votes_are_there_while_pre_vote_is_on() {
    let page = at_the_start();
    panel(&page, "Rules");
    assert!(page.find("switch", "A promise is no vote").is_none());
    page.get("switch", "Pre-vote").click();
    page.wait_for("heading", "Pre-votes");
    wait_for_rules(&page, "Extended: pre-vote.");
    page.get("switch", "A promise is no vote").click();
    page.wait_for_text("pre-votes count as votes");
    page.get("switch", "Pre-vote").click();
    page.wait_for_text("pre-votes count as votes");
    page.get("switch", "A promise is no vote").click();
    page.wait_until("they are gone", |page| page.find("heading", "Pre-votes").is_none());
}

#[test]
fn starting_again_runs_by_the_rules_from_the_start_and_reset_goes_back_to_them() {
    let page = at_the_start();
    run_to(&page, 200);
    panel(&page, "Rules");
    page.get("switch", "The lab's bug").click();
    page.button("Start again with these rules").click();
    page.wait_until("it is the start", |page| now(page) == 0);
    wait_for_rules(&page, "Modified: the lab's bug.");
    page.get("switch", "Up-to-date check").click();
    wait_for_rules(&page, "Modified: no up-to-date check; the lab's bug.");
    page.button("Reset").click();
    wait_for_rules(&page, "Modified: the lab's bug.");
    assert_eq!(now(&page), 0, "a reset begins at the start");
}

/// Would pre-vote have spared this? The crash stays, and the rule holds from the start.
#[test]
fn the_same_faults_are_played_under_the_rules_in_force() {
    let page = at_the_start();
    run_to(&page, 400);
    page.button("Kill S2").click();
    run_to(&page, 700);
    panel(&page, "Rules");
    assert!(page.find("button", "Same faults with these rules").is_none());
    page.get("switch", "Pre-vote").click();
    page.button("Same faults with these rules").click();
    wait_for_rules(&page, "Extended: pre-vote.");
    page.wait_until("it plays from the start", |page| now(page) < 300);
    page.button("Pause").click();
    run_to(&page, 450);
    page.wait_until("S2 has crashed again", |page| {
        server(page, 2).name().contains("crashed")
    });
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

#[test]
fn bugs_and_cures_are_put_in_force_and_taken_back() {
    for (preset, line, badge) in [
        (
            "Forgets its vote",
            "Modified: the vote is not persisted.",
            "modified rules",
        ),
        ("Half is enough", "Modified: quorum of 2.", "modified rules"),
        (
            "Pre-vote and check quorum",
            "Extended: pre-vote; check quorum.",
            "extended rules",
        ),
    ] {
        let page = at_the_start();
        panel(&page, "Rules");
        page.button(starting(preset)).click();
        wait_for_rules(&page, line);
        let pressed = |page: &Page| -> Vec<String> {
            let other = ["Pace: auto", "Slow network"];
            let buttons = page.all("button").into_iter();
            let buttons = buttons.filter(|button| button.is("pressed") && !other.contains(&button.name()));
            buttons.map(|button| button.name().to_owned()).collect()
        };
        let pressed = pressed(&page);
        assert!(pressed.len() == 1 && pressed[0].starts_with(preset), "{pressed:?}");
        page.wait_until("it is marked", |page| page.find("button", badge).is_some());
        page.button(starting(preset)).focus();
        page.press("Enter");
        wait_for_rules(&page, "The paper's rules.");
    }
}

/// What to watch stands right below the preset that is in force, and what it tells the reader to do is a button there.
#[test]
fn a_preset_is_explained_where_it_stands_and_its_hint_can_be_pressed() {
    let page = with_a_leader();
    panel(&page, "Rules");
    page.button(starting("All timeouts alike")).click();
    page.wait_for_text("split the vote again and again");
    let below = "const watch = document.querySelector('.preset-watch');
        const preset = watch.previousElementSibling;
        const gap = watch.getBoundingClientRect().top - preset.getBoundingClientRect().bottom;
        return preset.getAttribute('aria-pressed') === 'true' && gap >= 0 && gap < 24;";
    assert_eq!(page.execute(below), true);
    let first = leader(&page);
    let in_panel =
        "[...document.querySelectorAll('.preset-watch button')].map((button) => button.textContent).join('; ')";
    assert_eq!(page.execute(&format!("return {in_panel}")), "Crash leader");
    page.execute("document.querySelector('.preset-watch button').click()");
    wait_for_server(&page, first, "crashed");
    assert_eq!(
        page.execute(&format!("return {in_panel}")),
        "",
        "there is no leader to crash"
    );
    page.button(starting("All timeouts alike")).click();
    page.wait_until("nothing is explained", |page| {
        !page.text().contains("split the vote again and again")
    });
}

/// What can be done to a vote alone waits for one, and is done with a press.
#[test]
fn a_hint_about_a_vote_waits_for_one() {
    const STEP: &str = "const button = document.querySelector('.preset-watch button');
        if (button.disabled) document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
        return !button.disabled;";
    let page = at_the_start();
    panel(&page, "Rules");
    for (preset, waits, done) in [
        ("Counts a vote twice", "Duplicate a vote", "was duplicated"),
        ("Forgets its vote", "Crash and restart", "restarted"),
    ] {
        page.button(starting(preset)).click();
        page.wait_for("button", starting(waits));
        let waits = page.execute("return document.querySelector('.preset-watch button').disabled");
        assert!(
            preset != "Counts a vote twice" || waits == true,
            "no vote is on its way at the start"
        );
        page.wait_until("there is a vote", |page| page.execute(STEP) == true);
        page.execute("document.querySelector('.preset-watch button').click()");
        page.wait_for_text(done);
    }
}

/// Where its effect shows in a scenario, a press opens that scenario by the preset's rules.
#[test]
fn a_preset_opens_the_scenario_in_which_it_shows() {
    let page = with_a_leader();
    panel(&page, "Rules");
    page.button(starting("Does not step down")).click();
    page.button("Open “The old leader returns” with these rules").click();
    page.wait_until("it is the scenario", |page| {
        page.get("combobox", "Scenario").value() == "The old leader returns"
    });
    page.wait_until("it begins by these rules", |page| {
        in_force(page).starts_with("Modified:") && now(page) < 300
    });
    page.wait_for("button", "Pause");
    page.button(starting("Counts stale replies")).click();
    page.button("Open “Timeouts near the round trip” with these rules")
        .click();
    page.wait_until("it is the scenario", |page| {
        page.get("combobox", "Scenario").value() == "Timeouts near the round trip"
    });
}

#[test]
fn the_mark_says_what_is_changed_and_leads_to_the_panel() {
    let page = at_the_start();
    panel(&page, "Rules");
    page.get("combobox", "Votes that make a leader").fill("2");
    wait_for_rules(&page, "Modified: quorum of 2.");
    page.wait_for_text("2 of 5: unsafe, because two groups can each elect");
    panel(&page, "Log");
    let badge = page.button("modified rules");
    let title = badge.attribute("title").unwrap_or_default();
    assert!(title.starts_with("Modified: quorum of 2."), "{title}");
    badge.click();
    page.wait_for("tabpanel", "Rules");
    assert_eq!(
        page.focused().map(|node| node.name().to_owned()).as_deref(),
        Some("Rules")
    );
    page.get("combobox", "Votes that make a leader").fill("majority");
    wait_for_rules(&page, "The paper's rules.");
}

#[test]
fn what_is_made_of_a_modified_run_says_so() {
    let page = stopped(Page::visit().prelude(SAVED));
    panel(&page, "Rules");
    page.get("switch", "One vote per term").click();
    wait_for_rules(&page, "Modified: several votes per term.");
    run_to(&page, 200);
    for button in ["Ring (SVG)", "Timeline (SVG)", "Space-time diagram (SVG)"] {
        let picture = saved(&page, button);
        assert!(
            picture.contains("modified rules") && picture.contains("several votes per term"),
            "{button}"
        );
    }
    let link = link(&page);
    let there = Page::visit().at(&link).open();
    there.wait_for("button", "modified rules");
    let frame = Page::visit().at(&format!("?embed=1{link}")).open();
    frame.wait_for_text("modified rules");
    assert!(
        frame.find("button", "modified rules").is_none(),
        "there is no panel to open"
    );
    let frame = Page::visit().at(&format!("?embed=1&panels=rules,safety{link}")).open();
    frame.button("modified rules").click();
    frame.wait_for("switch", "One vote per term");
    assert!(!is_on(&frame, "One vote per term"));
}

#[test]
fn every_rule_is_quoted_with_its_place_also_in_portuguese() {
    for (language, tab, name, place) in [
        ("en", "Rules", "One vote per term", "Figure 2, Followers"),
        ("pt-BR", "Regras", "Um voto por term", "Figura 2, Followers"),
    ] {
        let page = stopped(Page::visit().language(language));
        panel(&page, tab);
        page.wait_for("switch", name);
        page.execute("document.querySelectorAll('.rule summary').forEach((summary) => summary.click())");
        let text = page.get("tabpanel", tab).text();
        assert!(
            text.contains("Each server will vote for at most one candidate in a given term"),
            "{text}"
        );
        assert!(text.matches('§').count() >= 12 && text.contains(place), "{text}");
        let quotes =
            "return [...document.querySelectorAll('.rule-quote > span')].every((quote) => quote.lang === 'en')";
        assert_eq!(page.execute(quotes), true, "quotes are English, and say so");
    }
}

/// A switch says its sentence to a screen reader also while the sentence is folded away.
#[test]
fn a_row_unfolds_its_sentence_by_keyboard() {
    let page = at_the_start();
    panel(&page, "Rules");
    let sentence = "Each server will vote for at most one candidate in a given term";
    assert!(!page.get("tabpanel", "Rules").text().contains(sentence), "it is folded");
    page.get("switch", "One vote per term").focus();
    page.press("Tab");
    page.press("Enter");
    page.wait_for_text(sentence);
    page.press("Enter");
    page.wait_until("it is folded", |page| !page.text().contains(sentence));
}

/// What is in force, the presets and Find are in sight as the panel opens; what it finds is, once it is there.
#[test]
fn the_answer_comes_in_sight_by_itself() {
    const IN_SIGHT: &str = "const at = (element) => element.getBoundingClientRect();
        const panel = at(document.querySelector('#panel'));
        return [...document.querySelectorAll(arguments[0])].every((element) => at(element).top >= panel.top && at(element).bottom <= panel.bottom);";
    for (width, height) in [(1366, 768), (1280, 720), (1024, 768)] {
        let page = stopped(Page::visit().size(width, height));
        panel(&page, "Rules");
        page.button("Find").click();
        page.wait_up_to(std::time::Duration::from_secs(60), "it is searched", |page| {
            page.text().contains("it can't happen.")
        });
        let in_sight = IN_SIGHT.replace("arguments[0]", "'.adversary-answer'");
        page.wait_until("the answer is in sight", |page| page.execute(&in_sight) == true);
        let answers = page.execute("return document.querySelectorAll('.adversary-answer').length");
        assert!(
            answers.as_u64() > Some(0),
            "an answer that is not there would be in sight, too"
        );
    }
}

#[test]
fn a_leader_hands_over_from_its_menu_by_keyboard() {
    let page = with_a_leader();
    let (first, next) = (leader(&page), leader(&page) % 5 + 1);
    server(&page, next).right_click();
    page.wait_for("menu", any());
    assert!(
        page.find("menuitem", starting("Hand over")).is_none(),
        "a follower has nothing to hand over"
    );
    assert!(page.find("menuitem", starting("Send heartbeats")).is_none());
    page.press("Escape");

    server(&page, first).focus();
    page.press("Shift+F10");
    page.wait_for("menuitem", starting("Send heartbeats now"));
    let wanted = format!("Hand over to S{next}");
    for _ in 0..20 {
        if page.focused().is_some_and(|node| node.name() == wanted) {
            break;
        }
        page.press("ArrowDown");
    }
    page.press("Enter");
    page.wait_until_gone("menu", any());
    run_to(&page, 260);
    wait_for_server(&page, next, "leader, term 2");
    assert!(
        status(&page).contains(&format!("S{next} leads term 2")),
        "{}",
        status(&page)
    );
}

#[test]
fn a_leader_sends_heartbeats_when_told_to() {
    let page = with_a_leader();
    panel(&page, "Network");
    let under_way = |page: &Page| {
        let text = page.get("tabpanel", "Network").text();
        text.matches("a heartbeat of term 1").count()
    };
    assert_eq!(under_way(&page), 0);
    let first = leader(&page);
    server(&page, first).right_click();
    page.get("menuitem", starting("Send heartbeats now")).click();
    page.wait_until_gone("menu", any());
    page.wait_until("four heartbeats are under way", |page| under_way(page) == 4);
}

#[test]
fn the_menu_of_nine_servers_stays_on_the_screen() {
    for visit in [Page::visit(), Page::visit().size(360, 740)] {
        let page = stopped(visit);
        page.get("combobox", "Servers").fill("9");
        page.wait_until("there are nine", |page| servers(page).len() == 9);
        page.press("Space");
        page.wait_for("button", "Play");
        run_to(&page, 400);
        server(&page, leader(&page)).right_click();
        page.wait_for("menu", any());
        assert_eq!(
            page.tree()
                .iter()
                .filter(|node| node.name().starts_with("Hand over to S"))
                .count(),
            8
        );
        let fits = "const box = document.querySelector('.menu').getBoundingClientRect();
            return box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;";
        assert_eq!(page.execute(fits), true);
    }
}

//! Be the server: a run is played by keyboard behind a curtain, and a wrong decision is seen for what it did once that opens.

use headless::{Page, containing, starting};
use raft_playground::lesson::duty::{BuiltinDuty, DutyChoice, DutyWalk};

use crate::steps::{at_the_start, panel, servers, status};

/// What the page calls things in a language.
struct Names {
    tag: &'static str,
    more: &'static str,
    practice: &'static str,
    network: &'static str,
    under_way: &'static str,
    play: &'static str,
    duty: &'static str,
    title: &'static str,
    decision: &'static str,
    options: &'static str,
    opened: &'static str,
    broken: &'static str,
    close: &'static str,
}

const ENGLISH: Names = Names {
    tag: "en",
    more: "More",
    practice: "Practice",
    network: "Network",
    under_way: "Under way",
    play: "Play S3: The voter",
    duty: "Be S3: The voter",
    title: "The voter",
    decision: "Decision",
    options: "Decisions",
    opened: "The curtain is open",
    broken: "S1 and S5 both led term 1.",
    close: "Close the list",
};

const PORTUGUESE: Names = Names {
    tag: "pt-BR",
    more: "Mais",
    practice: "Prática",
    network: "Rede",
    under_way: "Em andamento",
    play: "Jogar com S3: O eleitor",
    duty: "Seja S3: O eleitor",
    title: "O eleitor",
    decision: "Decisão",
    options: "Decisões",
    opened: "A cortina se abriu",
    broken: "S1 e S5 lideraram ambos o term 1.",
    close: "Fechar a lista",
};

/// Presses the number of what is to be done.
fn decide(page: &Page, walk: &DutyWalk, choice: DutyChoice) {
    let moment = walk.moment().expect("a decision");
    let place = moment.options.iter().position(|option| *option == choice);
    page.press(&(place.expect("it is offered") + 1).to_string());
}

/// Plays the voter by its keys; the second candidate of term 1 has S3's vote as well.
fn play(names: &Names) {
    let page = Page::visit().language(names.tag).open();
    page.button(names.more).click();
    page.get("menuitem", names.practice).click();
    page.wait_for("button", names.play);
    page.button(names.play).click();
    page.wait_for("group", names.options);
    let mut walk = DutyWalk::new(BuiltinDuty::Voter.duty());
    while let Some(moment) = walk.moment().cloned() {
        let number = walk.records().len() + 1;
        page.wait_for_text(&format!("{} {number}", names.decision));
        assert_eq!(
            page.get("group", names.options).text().lines().count() % 3,
            0,
            "three options"
        );
        if number == 2 {
            decide(&page, &walk, DutyChoice::Grant);
            page.wait_for_text("§5.2");
            assert_eq!(page.accessibility_problems(), Vec::<String>::new());
            page.press("2");
            walk.decide(DutyChoice::Grant);
            assert!(walk.let_stand());
        } else {
            decide(&page, &walk, moment.right);
            walk.decide(moment.right);
        }
    }
    page.wait_for_text(names.opened);
    page.wait_for_text(names.broken);
    page.wait_for("heading", names.duty);
    // On a phone there is a row for its name, and more than half the screen for what came of it.
    page.resize(360, 740);
    let heights =
        page.execute("return ['.duty-opened', '.lesson-head'].map((one) => document.querySelector(one).offsetHeight)");
    assert!(
        heights[0].as_i64() >= Some(400) && heights[1].as_i64() <= Some(56),
        "{heights}"
    );
    page.resize(1280, 800);
    assert!(
        page.find("button", starting("S1, leader")).is_some(),
        "the ring shows what broke"
    );
    assert_eq!(page.accessibility_problems(), Vec::<String>::new());
    keeps_its_tab(&page, names);
    page.button(names.close).click();
    page.wait_until_gone("heading", names.duty);
    page.get("tab", names.network).click();
    page.wait_until_gone("tab", names.practice);
}

/// Behind what came of it the panels are there, and practice keeps its tab as long as the duty is on screen.
fn keeps_its_tab(page: &Page, names: &Names) {
    page.get("tab", names.network).click();
    page.get("tab", names.practice).click();
    let under_way = page.get("region", names.under_way);
    assert!(under_way.text().contains(names.title), "{}", under_way.text());
    page.get("tab", names.network).click();
    assert!(page.find("tab", names.practice).is_some(), "it is still on screen");
}

#[test]
fn a_duty_is_played_by_keyboard_and_what_a_wrong_decision_breaks_is_shown() {
    play(&ENGLISH);
}

#[test]
fn the_same_in_portuguese() {
    play(&PORTUGUESE);
}

/// The voter, before the first decision.
fn closed() -> Page {
    let page = at_the_start();
    panel(&page, "Practice");
    page.button("Play S3: The voter").click();
    page.wait_for("group", "Decisions");
    page
}

#[test]
fn behind_the_curtain_there_is_nothing_but_what_s3_knows() {
    let page = closed();
    assert_eq!(servers(&page), Vec::<String>::new());
    for (role, name) in [
        ("slider", "Time"),
        ("button", "Play"),
        ("button", "Kill S1"),
        ("tab", "Log"),
        ("link", "Skip to the ring"),
    ] {
        assert!(page.find(role, name).is_none(), "{role} {name}");
    }
    let text = page.text();
    assert!(text.contains("S1 asks for your vote in term 1."), "{text}");
    assert!(text.contains("What S3 knows") || page.find("DescriptionList", "What S3 knows").is_some());
    assert!(!text.contains("S5") && !text.contains("leads term"), "{text}");
    // Whoever opened a link to it would see all of it.
    page.button("Share").click();
    page.wait_for_text("The curtain is closed");
    assert!(page.find("dialog", "Share").is_none());
    // The keys that act on a run do nothing to the one that is hidden, and space plays nothing.
    for key in ["r", "w", "s", "ArrowRight", "9"] {
        page.press(key);
    }
    page.wait_for_text("The curtain is closed");
    assert!(page.text().contains("Decision 1"));
}

#[test]
fn escape_leaves_and_the_page_is_there_again() {
    let page = closed();
    page.press("Escape");
    page.wait_until_gone("group", "Decisions");
    assert_eq!(servers(&page).len(), 5);
    assert!(status(&page).contains("No leader"));
    assert!(page.find("slider", "Time").is_some());
}

#[test]
fn a_wrong_decision_is_explained_and_can_be_taken_back() {
    let page = closed();
    page.button(containing("Ignore it")).click();
    page.wait_for_text("The rules say otherwise.");
    assert!(page.text().contains("a message that you ignore looks lost"));
    page.button(containing("Decide again")).click();
    page.button(containing("Grant the vote")).click();
    page.wait_for_text("Decision 2");
    assert!(page.text().contains("Right."));
}

#[test]
fn a_duty_fits_a_phone() {
    let page = closed();
    page.resize(360, 740);
    let widths = "return [document.documentElement.scrollWidth, innerWidth]";
    let widths = page.execute(widths);
    assert_eq!(widths[0], widths[1], "nothing is wider than the screen");
    assert_eq!(page.accessibility_problems(), Vec::<String>::new());
}

//! What a visitor does and sees on the page, in words that all modules share.

use headless::{Node, Page, Visit, containing, starting};

/// Speeds by the number of their step on the slider.
pub const TENFOLD: &str = "20";
/// As fast as real time.
pub const REAL_TIME: &str = "0";
/// An election takes about a second.
pub const WATCHABLE: &str = "-34";

/// Keeps what the page puts on the clipboard, which a headless browser doesn't have.
/// A clipboard whose content a test can read, in `copied`.
pub const CLIPBOARD: &str = "Object.defineProperty(navigator, 'clipboard', {
    value: { writeText: async (text) => { window.copied = text; } },
});";

/// The page, stopped at time 0.
#[track_caller]
pub fn at_the_start() -> Page {
    stopped(Page::visit())
}

/// The page of a visit, stopped at time 0.
#[track_caller]
pub fn stopped(visit: Visit) -> Page {
    let page = visit.prelude(CLIPBOARD).open();
    page.press("Space");
    page.press("r");
    page.wait_until("the time is 0", |page| now(page) == 0);
    page
}

/// The page, stopped soon after its first leader was elected.
#[track_caller]
pub fn with_a_leader() -> Page {
    let page = at_the_start();
    run_to(&page, 200);
    page
}

/// The slider of time, in any language.
#[track_caller]
fn time(page: &Page) -> Node<'_> {
    let found = ["Time", "Tempo"].into_iter().find_map(|name| page.find("slider", name));
    found.expect("a slider of time")
}

/// The virtual time that is shown, in ms.
#[track_caller]
pub fn now(page: &Page) -> u64 {
    time(page).value().parse().expect("a time in ms")
}

/// Moves the time to an instant that has been reached before, and stops there.
#[track_caller]
pub fn seek(page: &Page, millis: u64) {
    time(page).fill(&millis.to_string());
    page.wait_until("it is that time", |page| now(page) == millis);
}

/// Plays until this instant and stops there.
#[track_caller]
pub fn run_to(page: &Page, millis: u64) {
    let speed = page.get("slider", "Speed");
    let pace = speed.value().to_owned();
    speed.fill(if millis > 2000 { TENFOLD } else { REAL_TIME });
    page.button("Play").click();
    page.wait_until("the run has come so far", |page| now(page) >= millis);
    seek(page, millis);
    speed.fill(&pace);
}

/// Sets the speed to a step of the slider.
#[track_caller]
pub fn at_speed(page: &Page, step: &str) {
    page.get("slider", "Speed").fill(step);
}

/// Steps from event to event until something of the ring has this in its name.
#[track_caller]
pub fn step_until(page: &Page, part: &str) {
    for _ in 0..40 {
        if servers(page).iter().any(|name| name.contains(part)) {
            return;
        }
        page.press("ArrowRight");
    }
    panic!("no “{part}” in {:?}", servers(page));
}

/// The sentence that says who leads.
#[track_caller]
pub fn status(page: &Page) -> String {
    let sentences: Vec<String> = page.all("status").iter().map(Node::text).collect();
    let says_who = |text: &&String| {
        ["leads term", "lead term", "No leader"]
            .iter()
            .any(|words| text.contains(words))
    };
    match sentences.iter().find(says_who) {
        // What is said to listeners only stands on a line of its own.
        Some(text) => text.replace('\n', " "),
        None => panic!("nothing of {sentences:?} says who leads"),
    }
}

/// The names of the ring's servers: `S2, leader, term 4, ...`.
#[track_caller]
pub fn servers(page: &Page) -> Vec<String> {
    let names = page.all("button").into_iter().map(|button| button.name().to_owned());
    names.filter(|name| is_server(name)).collect()
}

fn is_server(name: &str) -> bool {
    let rest = name
        .strip_prefix('S')
        .map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    rest.is_some_and(|rest| rest.starts_with(", "))
}

/// A server of the ring: `server(&page, 2)` is S2.
#[track_caller]
pub fn server(page: &Page, number: usize) -> Node<'_> {
    page.button(starting(&format!("S{number}, ")))
}

/// Waits for a leader and says which server it is.
#[track_caller]
pub fn leader(page: &Page) -> usize {
    let leader = page.button(containing(", leader, "));
    let number = leader.name().chars().nth(1).and_then(|digit| digit.to_digit(10));
    number.expect("a server's number") as usize
}

/// The newest term that a server of the ring is in.
#[track_caller]
pub fn newest_term(page: &Page) -> u64 {
    let terms = servers(page).into_iter().filter_map(|name| {
        let (_, rest) = name.split_once("term ")?;
        rest.split(',').next()?.parse().ok()
    });
    terms.max().expect("servers with terms")
}

/// Waits until a server's name has this in it: `leader`, `crashed`, ...
#[track_caller]
pub fn wait_for_server(page: &Page, number: usize, part: &str) {
    page.wait_until(&format!("S{number} is {part}"), |page| {
        server(page, number).name().contains(part)
    });
}

/// Shows every line of the log instead of the story, in any language.
#[track_caller]
pub fn every_line(page: &Page) {
    let choice = ["Every line", "Todas as linhas"]
        .into_iter()
        .find_map(|name| page.find("button", name));
    let choice = choice.expect("a choice of every line");
    if !choice.is("pressed") {
        choice.click();
        page.wait_for("log", headless::any());
    }
}

/// The titles of the story's cards that are in the document, the newest first.
#[track_caller]
pub fn story(page: &Page) -> Vec<String> {
    page.all("article").iter().map(|card| card.name().to_owned()).collect()
}

/// The lines of the event log that are in the document.
#[track_caller]
pub fn log_lines(page: &Page) -> Vec<String> {
    every_line(page);
    let text = page.get("log", "Event log").text();
    text.lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// All lines that the log's filter lets through, as “Copy” gives them: server by server, in the lab's format.
#[track_caller]
pub fn copied_log(page: &Page) -> String {
    every_line(page);
    page.execute("window.copied = null");
    page.button(starting("Cop")).click();
    page.wait_until("the log is copied", |page| {
        !page.execute("return window.copied").is_null()
    });
    page.execute("return window.copied")
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The notice that the page shows, if any.
#[track_caller]
pub fn wait_for_notice(page: &Page, text: &str) {
    page.wait_until(&format!("a notice says “{text}”"), |page| {
        page.all("status").iter().any(|node| node.says(text))
    });
}

/// The button of the menu with the panels that have no tab, in any language.
#[track_caller]
fn more(page: &Page) -> Node<'_> {
    let found = ["More", "Mais"].into_iter().find_map(|name| page.find("button", name));
    found.expect("a menu of more panels")
}

/// The names of all panels: those with a tab, then those of the menu.
#[track_caller]
pub fn panels(page: &Page) -> Vec<String> {
    let names = |role| -> Vec<String> { page.all(role).iter().map(|node| node.name().to_owned()).collect() };
    let mut panels = names("tab");
    more(page).click();
    let in_menu = names("menuitem");
    page.press("Escape");
    page.wait_until_gone("menu", headless::any());
    panels.retain(|name| !in_menu.contains(name));
    // The lessons stand above the panels, and are none.
    panels.extend(in_menu.into_iter().skip(1));
    panels
}

/// Shows a panel: by its tab, or else by the menu.
#[track_caller]
pub fn panel(page: &Page, name: &str) {
    match page.find("tab", name) {
        Some(tab) => tab.click(),
        None => {
            more(page).click();
            page.get("menuitem", name).click();
        }
    }
    page.wait_until("the panel is shown", |page| page.find("tabpanel", name).is_some());
}

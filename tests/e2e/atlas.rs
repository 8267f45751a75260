//! The atlas of broken networks: its totals are those of any other machine, and a picture opens the run that it stands for.

use headless::{Page, containing, starting};
use raft_playground::{
    lab::atlas::{self, KnownNetwork, NetworkShape, Stabilities, Stability, rule_sets},
    raft::{Rule, Rules},
    scenario::link as run_link,
};

use crate::{
    sharing::link,
    steps::{panel, stopped, wait_for_notice, with_a_leader},
};

/// All, those that settle, never settle, are stuck, have no majority, and depend on luck.
#[track_caller]
fn totals(page: &Page) -> Vec<u32> {
    let numbers =
        page.execute("return [...document.querySelectorAll('.atlas-total strong')].map((number) => number.innerText)");
    let numbers: Vec<String> = serde_json::from_value(numbers).expect("numbers");
    let read = |number: &String| number.replace([',', '.'], "").parse().expect("a number");
    numbers.iter().map(read).collect()
}

#[track_caller]
fn wait_for_totals(page: &Page, expected: [u32; 6]) {
    page.wait_until(&format!("the totals are {expected:?}"), |page| totals(page) == expected);
}

/// The same on the host.
fn totals_on_host(rules: Rules, seeds: u64) -> Vec<u32> {
    let shapes = NetworkShape::two_way(5);
    let seen: Vec<_> = shapes
        .iter()
        .map(|count| {
            (
                count.networks,
                Stabilities::of(count.shape, rules, 1..seeds + 1).always(),
            )
        })
        .collect();
    let came_to = |stability: Option<Stability>| {
        let those = seen.iter().filter(|(_, seen)| *seen == stability);
        those.map(|(networks, _)| networks).sum()
    };
    let always = Stability::ALL.map(|stability| came_to(Some(stability)));
    [&[1024][..], &always, &[came_to(None)]].concat()
}

/// Stops the runs, and says how many seeds have been tried.
#[track_caller]
fn cancelled(page: &Page) -> u64 {
    page.button("Cancel").click();
    wait_for_notice(page, "networks settle, seen over");
    let seeds = page
        .execute("return document.querySelector('.atlas-progress [role=status]').innerText.match(/over (\\d+)/)[1]");
    seeds.as_str().and_then(|seeds| seeds.parse().ok()).expect("a number")
}

#[test]
fn its_totals_are_those_of_any_other_machine() {
    let page = stopped(Page::visit().at("?atlas=pre-vote"));
    wait_for_totals(&page, [1024, 886, 0, 112, 26, 0]);
    page.get("switch", "Check quorum").click();
    wait_for_totals(&page, [1024, 998, 0, 0, 26, 0]);
    for rule in ["Check quorum", "Pre-vote"] {
        page.get("switch", rule).click();
    }
    page.wait_until("all networks have been tried", |page| {
        page.find("button", containing("Not tried yet")).is_none() && totals(page)[1] < 800
    });
    let seeds = cancelled(&page);
    assert_eq!(totals(&page), totals_on_host(Rules::PAPER, seeds), "{seeds} seeds");
    assert_eq!(page.focused().expect("a focus").name(), "Go on");
    assert_eq!(rule_sets()[0], Rules::PAPER);
}

#[test]
fn a_picture_opens_the_run_that_it_stands_for_and_nothing_is_lost() {
    let page = with_a_leader();
    page.button("Kill S2").click();
    panel(&page, "Laboratory");
    page.button("Atlas of broken networks").click();
    page.get("switch", "Pre-vote").click();
    wait_for_totals(&page, [1024, 886, 0, 112, 26, 0]);
    page.button(starting("Stuck")).click();
    page.wait_until("only those are shown", |page| {
        page.find("button", containing("Settles. ")).is_none()
    });
    page.button(starting("Quorum loss:")).click();
    wait_for_notice(&page, "Your earlier run is kept");
    page.wait_for_text("Watch S1: it leads on without a majority.");
    let run = run_link::decode(&link(&page)[1..]).expect("a run");
    let mut rules = Rules::PAPER;
    rules.set(Rule::PreVote, true);
    let expected = atlas::scenario(KnownNetwork::QuorumLoss.shape(), rules, 1);
    let opened = run.scenario();
    assert_eq!(opened.config, expected.config);
    assert_eq!((opened.seed, opened.script), (expected.seed, expected.script));
    page.get("combobox", "Language").fill("pt-BR");
    page.wait_for_text("Observe S1: segue liderando sem maioria.");
}

/// What the page says of a network whose links work in one direction is what the engine gives, and the run is the one that shows it.
#[test]
fn links_in_one_direction_are_there_and_open_their_runs() {
    let page = stopped(Page::visit().at("?atlas=pre-vote"));
    wait_for_totals(&page, [1024, 886, 0, 112, 26, 0]);
    let seeds = cancelled(&page);
    let mut rules = Rules::PAPER;
    rules.set(Rule::PreVote, true);
    let names = [
        (KnownNetwork::DeafLeader, "Leader that hears nobody"),
        (KnownNetwork::HalfDeafLeader, "Leader that hears one server"),
        (KnownNetwork::MuteLeader, "Leader that nobody hears"),
        (KnownNetwork::DeafFollower, "Follower that hears nobody"),
        (KnownNetwork::MuteFollower, "Follower that nobody hears"),
        (KnownNetwork::OneDirection, "One direction cut"),
        (KnownNetwork::Simplex, "Simplex partition"),
        (KnownNetwork::QuorumLossOneWay, "Quorum loss, one direction"),
        (KnownNetwork::Ring, "Ring of arrows"),
        (KnownNetwork::Tournament, "One arrow between any two"),
    ];
    for (known, name) in names {
        let word = match Stabilities::of(known.shape(), rules, 1..seeds + 1).always() {
            Some(Stability::Settles) => "Settles, seen in",
            Some(Stability::Stuck) => "Stuck, seen in",
            Some(Stability::NoMajority) => "No majority, proved",
            other => panic!("{known:?}: {other:?}"),
        };
        let picture = page.button(starting(&format!("{name}: S1 led")));
        assert!(picture.name().contains(word), "{}", picture.name());
    }
    page.button(starting("Quorum loss, one direction")).click();
    page.wait_for_text("Watch S1: it leads on without a majority.");
    let run = run_link::decode(&link(&page)[1..]).expect("a run");
    let expected = atlas::scenario(KnownNetwork::QuorumLossOneWay.shape(), rules, 1);
    let opened = run.scenario();
    assert_eq!((opened.config, opened.script), (expected.config, expected.script));
}

#[test]
fn on_a_phone_and_in_portuguese_it_is_all_there() {
    let visit = Page::visit().size(360, 740).language("pt-BR").dark();
    let page = stopped(visit.at("?atlas=pre-vote,check-quorum"));
    wait_for_totals(&page, [1024, 998, 0, 0, 26, 0]);
    let across = page.execute("return document.documentElement.scrollWidth");
    assert!(
        across.as_u64().is_some_and(|across| across <= 360),
        "{across} pixels across"
    );
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Tabela").click();
    page.button(starting("Cloudflare, 2020: S1–S2")).click();
    page.wait_for_text("após 50 s um leader mantém seu term");
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

#[test]
fn arrow_keys_move_among_the_pictures() {
    let page = stopped(Page::visit().at("?atlas=leader-stickiness,check-quorum"));
    wait_for_totals(&page, [1024, 998, 0, 0, 26, 0]);
    assert_eq!(page.accessibility_problems(), [""; 0]);
    let focused = |page: &Page| page.focused().expect("a focus").name().to_owned();
    page.execute("document.querySelector('.atlas-grid [tabindex=\"0\"]').focus()");
    assert!(focused(&page).contains("S4–S5"), "no link is cut: {}", focused(&page));
    page.press("End");
    page.wait_until("the last has the focus", |page| focused(page).contains("no links"));
    page.press("ArrowUp");
    page.press("Home");
    page.press("ArrowRight");
    page.wait_until("the second has the focus", |page| {
        focused(page).contains("links: S1–S2")
    });
    let reached = page.execute("return document.querySelectorAll('.atlas-grid [tabindex=\"0\"]').length");
    assert_eq!(reached, 1);
    let opened = focused(&page);
    // So they do among those with links in one direction, and time stands.
    page.execute("document.querySelector('[aria-labelledby=\"atlas-one-way\"] button').focus()");
    let (first, time) = (focused(&page), page.get("slider", "Time"));
    let now = time.value();
    page.press("ArrowRight");
    page.wait_until("another has the focus", |page| focused(page) != first);
    page.press("Home");
    page.wait_until("the first has it again", |page| focused(page) == first);
    assert_eq!(page.get("slider", "Time").value(), now);
    page.execute("document.querySelectorAll('.atlas-grid button')[1].focus()");
    page.press("Enter");
    page.wait_for_text("S1 leads; at 0.5 s links are cut.");
    assert!(opened.contains("Settles"), "{opened}");
}

//! What a screen reader hears of itself: one sentence, which is the one that is seen, as far as there is time to say it.

use std::{cell::Cell, thread, time::Duration};

use headless::{Page, Visit, starting};

use crate::steps::{TENFOLD, at_speed, seek, server, step_until, stopped};

/// Writes down, as a screen reader would say it, what changes in live regions.
const LISTENS: &str = "
    window.heard = [];
    const region = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest('[aria-live], [role=status], [role=alert], [role=log]');
    new MutationObserver((changes) => {
        const regions = new Set(changes.map((change) => region(change.target)).filter(Boolean));
        for (const one of regions) {
            const words = one.textContent.trim();
            if (one.ariaLive !== 'off' && words) window.heard.push(words);
        }
    }).observe(document, { subtree: true, childList: true, characterData: true });";

/// A visitor with a screen reader.
pub fn listening() -> Visit {
    Page::visit().prelude(LISTENS)
}

/// What was heard since this was asked last.
#[track_caller]
pub fn heard(page: &Page) -> Vec<String> {
    let heard = page.execute("return window.heard.splice(0)");
    serde_json::from_value(heard).unwrap_or_default()
}

/// The sentence that is seen.
#[track_caller]
fn seen(page: &Page) -> String {
    let seen = page.execute("return document.querySelector('.narration').textContent");
    seen.as_str().unwrap_or_default().to_owned()
}

#[track_caller]
fn wait_to_hear(page: &Page, words: &str) -> Vec<String> {
    const PATIENCE: Duration = Duration::from_secs(60);
    let mut all = Vec::new();
    page.wait_up_to(PATIENCE, &format!("“{words}” is heard"), |page| {
        all.extend(heard(page));
        all.iter().any(|said: &String| said.contains(words))
    });
    all
}

#[test]
fn what_is_heard_is_what_is_seen_and_once_time_stands_nothing_else() {
    let page = stopped(listening());
    for _ in 0..3 {
        page.button("Play").click();
        thread::sleep(Duration::from_millis(900));
        page.button("Pause").click();
        page.wait_for("button", "Play");
        let last = heard(&page).pop();
        assert!(last.is_none_or(|last| last == seen(&page)));
        let spoken = page.execute("return document.querySelector('.narration').ariaLive");
        assert_eq!(spoken, "polite");
    }
}

#[test]
fn each_step_is_heard_once() {
    let page = stopped(listening());
    page.wait_for("button", "Play");
    heard(&page);
    for _ in 0..12 {
        let before = seen(&page);
        page.press("ArrowRight");
        thread::sleep(Duration::from_millis(60));
        let now = seen(&page);
        let expected = if now == before { vec![] } else { vec![now] };
        assert_eq!(heard(&page), expected);
    }
}

/// Votes and heartbeats at ten times real time would be a torrent of words.
#[test]
fn at_a_fast_pace_only_what_matters_is_heard() {
    let page = stopped(listening());
    at_speed(&page, TENFOLD);
    page.button("Play").click();
    wait_to_hear(&page, "S2 leads term 1; its heartbeats");
    page.button(starting("Kill S2")).click();
    thread::sleep(Duration::from_secs(9));
    let said = heard(&page);
    assert!(said.len() <= 4, "{said:?}");
    assert!(said.iter().all(|said| !said.contains("votes: its own")), "{said:?}");
    let leads = said.last().is_some_and(|last| last.contains("leads term"));
    assert!(leads, "{said:?}");
}

/// The page as a visitor with a screen reader has it, stopped soon after S2 was elected.
#[track_caller]
fn led(visit: Visit) -> Page {
    let page = stopped(visit);
    step_until(&page, ", leader, term 1");
    heard(&page);
    page
}

#[test]
fn what_the_reader_does_is_confirmed_at_once_and_seen() {
    let page = led(listening());
    let under_way = "Nobody leads. Heartbeats that S2 sent before are on their way to";
    server(&page, 2).click();
    let said = wait_to_hear(&page, &format!("S2 crashed. {under_way} S1, S3, S4 and S5."));
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0], seen(&page));
    page.press("3");
    wait_to_hear(&page, &format!("S3 crashed. {under_way} S1, S4 and S5."));
    page.press("1");
    // Time stands: all three crashed at this instant.
    let few = "S1, S2 and S3 crashed. Nobody leads, and too few servers are running to elect a leader.";
    wait_to_hear(&page, few);
    page.press("1");
    wait_to_hear(&page, "S1 restarted. ");

    // What was done is not said of an instant before it.
    seek(&page, 100);
    assert!(!seen(&page).contains("started"), "{}", seen(&page));
}

#[test]
fn a_confirmation_is_not_repeated_and_goes_as_time_passes() {
    let page = led(listening());
    server(&page, 4).click();
    wait_to_hear(&page, "S4 crashed. S2 ");
    page.press("p");
    page.press("p");
    thread::sleep(Duration::from_millis(300));
    let said = heard(&page);
    assert!(!said.iter().any(|said| said.contains("S4 crashed")), "{said:?}");
    page.button("Play").click();
    page.wait_until("it is gone", |page| !seen(page).contains("S4 crashed."));
}

#[test]
fn it_is_confirmed_in_portuguese() {
    let page = stopped(listening().language("pt-BR"));
    page.press("ArrowRight");
    heard(&page);
    page.press("2");
    wait_to_hear(&page, "S2 caiu. ");
}

#[test]
fn a_key_says_how_everything_stands_and_the_focus_stays() {
    let page = led(listening());
    let before = server(&page, 2).name().to_owned();
    server(&page, 2).focus();
    for _ in 0..2 {
        page.press("s");
        let said = wait_to_hear(&page, "S2 leads term 1 with the votes of S2, S4, S5.");
        let all = said.last().expect("what was heard");
        for part in [
            "At 0.165 s: ",
            "S2: leader, term 1",
            "All links are up. Next: S2's heartbeat timer",
        ] {
            assert!(all.contains(part), "{all}");
        }
        assert_eq!(page.focused().map(|node| node.name().to_owned()), Some(before.clone()));
    }
    let width = page.execute("return document.querySelector('.notice p').getBoundingClientRect().width");
    assert_eq!(width, 1, "it is only heard");
}

#[test]
fn the_reader_chooses_how_much_is_spoken_for_good() {
    let page = led(listening());
    page.press("?");
    page.wait_for("dialog", headless::any());
    page.get("combobox", "Screen readers announce").fill("off");
    page.press("Escape");
    page.wait_until_gone("dialog", headless::any());
    heard(&page);
    page.press("2");
    page.wait_until("it is seen", |page| seen(page).contains("S2 crashed. "));
    page.press("ArrowRight");
    thread::sleep(Duration::from_millis(200));
    assert_eq!(heard(&page), [""; 0]);
    page.press("s");
    wait_to_hear(&page, "S2: crashed, term 1.");

    page.reload();
    page.press("?");
    page.wait_for("dialog", headless::any());
    assert_eq!(page.get("combobox", "Screen readers announce").value(), "nothing");
}

/// The server that a sentence begins with.
#[track_caller]
fn first_named(said: &str) -> String {
    let name = said.split(' ').find(|word| word.starts_with('S') && word.len() == 2);
    name.unwrap_or_else(|| panic!("no server in “{said}”")).to_owned()
}

/// Somebody who cannot look finds out who leads, crashes it, hears who is next, and asks why that leads: by these keys, and with
/// what is heard meanwhile.
#[track_caller]
fn walk(page: &Page, crash: impl FnOnce(&str), ask: impl FnOnce()) {
    const LEADS: &str = " keep the others from starting an election.";
    let hear = |words: &str| {
        let mut all = wait_to_hear(page, words).into_iter();
        all.find(|said| said.contains(words)).expect("what was heard")
    };
    let first = first_named(&hear(LEADS));
    crash(&first);
    let confirmed = hear(&format!("{first} crashed. "));
    // What comes next: a timer, or heartbeats that were sent before the crash and will still reset timers.
    let timer = confirmed.contains("'s election timer is set to expire next, at ");
    let heartbeats = confirmed.contains(&format!("Heartbeats that {first} sent before are on their way to "));
    assert!(timer || heartbeats, "{confirmed}");
    let second = first_named(&hear(LEADS));
    assert_ne!(second, first);
    ask();
    let heading = format!("Why did {second} lead at ");
    page.wait_until("the answer has the focus", |page| {
        page.focused()
            .is_some_and(|node| node.role() == "heading" && node.name().starts_with(&heading))
    });
    let answer = page.get("region", starting(&heading)).text();
    for part in ["vote", "election timer expired", &format!("{first} crashed")] {
        assert!(answer.contains(part), "{part} in {answer}");
    }
}

#[test]
fn the_core_path_takes_two_keys_and_an_ear() {
    let page = listening().open();
    walk(&page, |leader| page.press(&leader[1..]), || page.press("w"));
}

/// Also where single keys are switched off.
#[test]
fn without_single_keys_the_core_path_takes_a_dozen() {
    let page = listening().open();
    let pressed = Cell::new(0);
    let press = |key: &str| {
        pressed.set(pressed.get() + 1);
        page.press(key);
    };
    let is_on = |name: &str| page.focused().is_some_and(|node| node.name().starts_with(name));
    let crash = |leader: &str| {
        for key in ["Tab", "Enter"] {
            press(key);
        }
        while !is_on(&format!("{leader}, ")) {
            press("Tab");
        }
        press("Enter");
    };
    let ask = || {
        while !is_on("Why ") {
            press("Shift+Tab");
        }
        press("Enter");
    };
    walk(&page, crash, ask);
    assert!(pressed.get() <= 12, "{}", pressed.get());
}

// --- Sound ---

/// Writes down the pitches that begin to sound.
const PITCHES: &str = "
    window.pitches = [];
    const ramp = AudioParam.prototype.setValueAtTime;
    AudioParam.prototype.setValueAtTime = function (value, at) {
        if (value > 50) window.pitches.push(value);
        return ramp.call(this, value, at);
    };";

fn pitches(page: &Page) -> u64 {
    page.execute("return window.pitches.length").as_u64().unwrap_or(0)
}

/// An election is five tones or more: a timer runs out, four servers vote, and a chord.
#[test]
fn timers_and_votes_are_heard_once_somebody_wants_them() {
    let page = stopped(Page::visit().prelude(PITCHES));
    let switch = "Sound for timers and votes";
    let play_an_election = || {
        page.button("Reset").click();
        page.button("Play").click();
        page.wait_for("button", "Crash leader");
        page.wait_for_text("leads term 1");
        page.button("Pause").click();
    };
    play_an_election();
    assert_eq!(pitches(&page), 0, "it is off");
    page.button("Help").click();
    assert!(!page.get("switch", switch).is("checked"));
    page.get("switch", switch).focus();
    page.press("Space");
    page.wait_until("it is on", |page| page.get("switch", switch).is("checked"));
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.press("Escape");
    play_an_election();
    assert!(pitches(&page) >= 5, "{}", pitches(&page));
    let before = pitches(&page);
    seek(&page, 50);
    seek(&page, 400);
    assert_eq!(pitches(&page), before, "what is passed over is not heard");
}

//! In front of a class: the whole screen, a clicker's keys, and the QR code of the run.

use headless::{Page, starting};
use raft_playground::{lesson::BuiltinLesson, scenario::ScenarioId};

use crate::steps::{TENFOLD, at_speed, at_the_start, now, run_to, server, servers, status, stopped};

fn is_full(page: &Page) -> bool {
    page.execute("return document.fullscreenElement !== null") == true
}

/// The run from its start, presented.
fn presented() -> Page {
    let page = at_the_start();
    at_speed(&page, TENFOLD);
    page.press("f");
    page.wait_for("region", "Presentation");
    page
}

/// In each language, on the smallest projector.
#[test]
fn its_buttons_stand_in_one_row() {
    for language in ["en", "pt-BR"] {
        let page = Page::visit()
            .language(language)
            .size(1024, 768)
            .at("?lesson=one-leader")
            .open();
        page.press("f");
        page.wait_until("all buttons stand in one row", |page| {
            page.execute(
                "return new Set([...document.querySelectorAll('.present-buttons > *')].map((one) => one.offsetTop)).size",
            ) == 1
        });
    }
}

#[test]
fn the_ring_and_what_is_going_on_have_the_whole_screen() {
    let page = presented();
    page.wait_until("it has the whole screen", is_full);
    for gone in [
        ("slider", "Time"),
        ("tab", "Log"),
        ("button", "Kill S1"),
        ("button", "Share"),
    ] {
        assert!(page.find(gone.0, gone.1).is_none(), "{gone:?}");
    }
    assert_eq!(servers(&page).len(), 5);
    let size = |selector: &str| {
        let find = format!("return parseFloat(getComputedStyle(document.querySelector('{selector}')).fontSize)");
        page.execute(&find).as_f64().expect("a size")
    };
    assert!(size(".narration") >= 2.0 * 15.0 - 1.0, "{}", size(".narration"));
    assert!(size(".status") >= 36.0, "{}", size(".status"));
    page.press("f");
    page.wait_for("slider", "Time");
    page.wait_until("the screen is given back", |page| !is_full(page));
}

/// In pixels: the names of servers, the least of what is said at them, and what is said about all of it.
const SIZES: &str = "
    const scale = document.querySelector('#ring').getScreenCTM().a;
    const size = (element) => parseFloat(getComputedStyle(element).fontSize);
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility() && each.textContent);
    const least = (selector) => Math.min(...seen(selector).map(size));
    return [least('#ring .name') * scale, least('#ring .label') * scale, least('.narration, .lesson-words')];";

/// Whoever sits eight times as far away as the screen is high reads letters of a thirty-third of it; and on a projector all is twice as
/// large as it was.
#[test]
fn all_of_it_can_be_read_from_the_back_row() {
    let sizes = |page: &Page| -> [f64; 3] { serde_json::from_value(page.execute(SIZES)).expect("three numbers") };
    for (width, height) in [(1024, 768), (1920, 1080)] {
        for address in ["?scenario=split-vote", "?lesson=majority"] {
            let page = Page::visit().size(width, height).at(address).open();
            page.wait_for("slider", "Speed");
            let before = sizes(&page);
            page.press("f");
            page.wait_for("region", "Presentation");
            page.wait_until("it has the whole screen", is_full);
            page.press("PageDown");
            let [name, label, words] = sizes(&page);
            let when = format!("{address}, {width} by {height}: {name}, {label}, {words}; before {before:?}");
            let height = f64::from(height);
            assert!(
                name > height / 27.0 && label > height / 33.0 && words > height / 33.0,
                "{when}"
            );
            if width == 1024 {
                assert!(
                    name >= 2.0 * before[0] - 0.5 && label >= 2.0 * before[1] - 0.5,
                    "{when}"
                );
            }
        }
    }
}

/// “Press Heal all to see”, says the scenario: the class is shown what it asks about.
#[test]
fn where_links_are_cut_at_the_end_the_class_is_shown_what_comes_when_they_are_restored() {
    let page = stopped(Page::visit().at("?scenario=minority-leader"));
    page.press("f");
    page.wait_for("region", "Presentation");
    // A second press while it plays goes to the key moment at once.
    page.wait_until("no more key moments come", |page| {
        page.press("PageDown");
        page.find("button", "Heal all").is_some()
    });
    assert!(page.text().contains("No more key moments come by themselves."));
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Heal all").click();
    page.wait_until_gone("button", "Heal all");
    page.wait_until("the stale leader has stepped down", |page| {
        page.press("PageDown");
        servers(page)
            .iter()
            .any(|name| name.starts_with("S1, follower, term 2"))
    });
}

#[test]
fn a_clicker_goes_from_key_moment_to_key_moment_and_back() {
    let page = presented();
    page.press("PageDown");
    page.wait_for("button", starting("S2, candidate"));
    page.press("PageDown");
    page.wait_for("button", starting("S2, leader"));
    page.press("PageDown");
    page.wait_for_text("No more key moments come by themselves.");
    let told = page.execute("return document.querySelector('.present-told').textContent");
    let watch = ScenarioId::default().watch("en").expect("a sentence");
    assert!(
        told.as_str().is_some_and(|told| told.starts_with(watch)),
        "what the scenario shows, once it has been seen: {told}"
    );
    page.press("PageUp");
    page.wait_for("button", starting("S2, candidate"));
    page.press("PageUp");
    page.wait_until("all are followers", |page| {
        servers(page).iter().all(|name| name.contains("follower"))
    });
    page.press("PageUp");
    page.wait_for_text("This is the start of the run.");
    // Whatever is done meanwhile is a key moment as well.
    page.press("PageDown");
    page.wait_for("button", starting("S2, candidate"));
    server(&page, 2).click();
    page.wait_for("button", starting("S2, crashed"));
    page.press("PageDown");
    page.wait_until("another one stands", |page| {
        servers(page).iter().any(|name| name.contains("candidate"))
    });
    page.press("Escape");
    page.wait_for("slider", "Time");
}

#[test]
fn the_screen_goes_black_and_comes_back_and_time_stands_meanwhile() {
    let page = presented();
    // The spot follows the mouse; what covers the screen does not.
    page.get("button", starting("S3, ")).hover();
    page.press("b");
    page.wait_for_text("The screen is black.");
    let box_of = "const box = document.querySelector('.present-cover').getBoundingClientRect();
        return [box.x, box.y, box.width - innerWidth, box.height - innerHeight].join()";
    assert_eq!(page.execute(box_of).as_str(), Some("0,0,0,0"));
    page.press("b");
    page.wait_until("it is back", |page| !page.text().contains("The screen is black."));
    page.press(".");
    page.wait_for_text("The screen is black.");
    page.press("Escape");
    page.wait_until("it is back", |page| !page.text().contains("The screen is black."));
    assert!(page.find("region", "Presentation").is_some());
    page.press("Escape");
    page.wait_for("slider", "Time");
    assert_eq!(now(&page), 0);
}

#[test]
fn the_code_of_the_run_is_shown_with_its_link() {
    let page = presented();
    page.press("q");
    page.wait_for("image", "QR code of this run at this instant");
    page.wait_for_text("/#");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.press("q");
    page.wait_until_gone("image", "QR code of this run at this instant");
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

#[test]
fn a_spot_follows_the_mouse_until_it_is_switched_off() {
    let page = presented();
    let shows = |page: &Page| {
        page.execute(
            "window.dispatchEvent(new PointerEvent('pointermove', { clientX: 300, clientY: 200, pointerType: 'mouse' }));
             return getComputedStyle(document.querySelector('.spot')).display !== 'none'",
        ) == true
    };
    assert!(shows(&page));
    page.press("l");
    page.wait_until("it is off", |page| {
        page.find("button", starting("Pointer: off")).is_some()
    });
    assert!(!shows(&page));
    page.press("l");
    page.wait_until("it is on", shows);
}

#[test]
fn in_a_lesson_a_clicker_turns_its_steps() {
    let page = Page::visit().at("?lesson=terms").open();
    page.wait_for("heading", "Terms");
    page.get("slider", "Speed").fill(TENFOLD);
    page.press("f");
    page.wait_for("region", "Presentation");
    assert!(page.text().contains("1 of 13"));
    page.press("PageDown");
    page.wait_for("button", "Next");
    page.press("PageDown");
    page.wait_for_text("2 of 13");
    page.press("PageUp");
    page.wait_for_text("1 of 13");
    page.press("Escape");
    page.wait_for("slider", "Speed");
    page.wait_for("heading", "Terms");
}

/// Questions are answered and tasks solved by it, whatever they are about: nobody has to go to the keyboard. What a step says is all in
/// sight on an old projector: a clicker does not scroll.
#[test]
fn by_a_clicker_alone_lessons_come_to_their_ends() {
    // Of the first, a prediction and servers; of the second, questions and rules; of the third, the longest words.
    let mut answered = 0;
    for (slug, title, steps) in [
        ("one-leader", "One leader", 8),
        ("networks", "Networks that lie", 11),
        ("logs", "Logs", 7),
    ] {
        let page = Page::visit().size(1024, 768).at(&format!("?lesson={slug}")).open();
        page.wait_for("heading", title);
        page.get("slider", "Speed").fill(TENFOLD);
        page.press("f");
        page.wait_for("region", "Presentation");
        for step in 1..=steps {
            page.wait_for_text(&format!("{step} of {steps}"));
            let is_done = |page: &Page| {
                ["Next", "Finish"]
                    .iter()
                    .any(|name| page.find("button", *name).is_some())
            };
            if !is_done(&page) {
                for gone in ["Show the switch", "Show the setting"] {
                    assert!(page.find("button", gone).is_none(), "{slug}, {step}: {gone}");
                }
                page.press("PageDown");
                page.wait_until("the step is done", is_done);
            }
            assert!(
                !page.text().contains("Right."),
                "{slug}, {step}: nobody has answered, the answer was shown"
            );
            answered += usize::from(page.text().contains("The answer:"));
            let hidden = page.execute(
                "const card = document.querySelector('.lesson'); return card.scrollHeight - card.clientHeight",
            );
            assert!(
                hidden.as_f64() <= Some(1.0),
                "{slug}, {step}: {hidden} px are out of sight"
            );
            page.press("PageDown");
        }
        page.wait_for("heading", "Lessons");
        page.press("PageDown");
        page.wait_for_text("1 of ");
        assert!(page.find("heading", title).is_none(), "the next lesson");
    }
    assert!(answered >= 4, "{answered} answers were shown as such");
}

/// Where the answer lies, how large its words are, how many servers lie below it, and whether any leave the window.
const ANSWER: &str = "
    const answer = document.querySelector('.why-drawer').getBoundingClientRect();
    const words = parseFloat(getComputedStyle(document.querySelector('.why-sentence')).fontSize);
    const servers = [...document.querySelectorAll('#ring .body')].map((each) => each.getBoundingClientRect());
    const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
    const inside = ({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    return [words, servers.filter((each) => !apart(each, answer) || !inside(each)).length, inside(answer)];";

#[test]
fn a_class_reads_why_beside_the_ring() {
    let page = presented();
    page.press("PageDown");
    page.wait_for("button", starting("S2, candidate"));
    page.press("PageDown");
    page.wait_for("button", starting("S2, leader"));
    for (width, height) in [(1024, 768), (1280, 720), (1920, 1080), (768, 1024)] {
        page.resize(width, height);
        page.press("w");
        page.wait_for("heading", starting("Why did S2 lead"));
        let answer = page.execute(ANSWER);
        let said = format!("{width} by {height}: {answer}");
        assert!(answer[0].as_f64() >= Some(20.0), "{said}");
        assert_eq!((&answer[1], &answer[2]), (&0.into(), &true.into()), "{said}");
        assert_eq!(page.accessibility_problems(), [""; 0]);
        page.press("Escape");
        page.wait_until_gone("heading", starting("Why did S2 lead"));
        assert!(page.find("region", "Presentation").is_some());
    }
    page.press("w");
    page.wait_for("heading", starting("Why did S2 lead"));
    page.press("w");
    page.wait_until_gone("heading", starting("Why did S2 lead"));
    page.press("w");
    page.wait_for("heading", starting("Why did S2 lead"));
    page.press("PageUp");
    page.wait_for("button", starting("S2, candidate"));
    assert!(page.find("heading", starting("Why did S2 lead")).is_none());
}

/// Nobody has to look for the answer's end: the arrow keys lead there, and the wheel, wherever the mouse is.
#[test]
fn a_long_answer_is_scrolled_by_arrow_keys_and_wheel() {
    let page = presented();
    page.press("PageDown");
    page.wait_for("button", starting("S2, candidate"));
    page.press("PageDown");
    page.wait_for("button", starting("S2, leader"));
    page.resize(1024, 500);
    page.button(starting("Why?")).click();
    page.wait_for("heading", starting("Why did S2 lead"));
    let top = |page: &Page| {
        page.execute("return document.querySelector('.why-answer').scrollTop")
            .as_f64()
    };
    assert_eq!(top(&page), Some(0.0));
    page.press("ArrowDown");
    page.wait_until("it has scrolled down", |page| top(page) > Some(40.0));
    page.press("ArrowUp");
    page.wait_until("it is back", |page| top(page) == Some(0.0));
    page.execute(
        "document.querySelector('#ring').dispatchEvent(new WheelEvent('wheel', { deltaY: 60, bubbles: true }))",
    );
    page.wait_until("the wheel scrolls it", |page| top(page) == Some(60.0));
    let close = page.execute(
        "const { width, height } = document.querySelector('.why-head .icon-button').getBoundingClientRect();
         return Math.min(width, height)",
    );
    assert!(close.as_f64() >= Some(36.0), "the way out is as wide as it is: {close}");
}

#[test]
fn a_class_reads_why_of_a_step_of_a_lesson() {
    let page = Page::visit().at("?lesson=memory").open();
    page.wait_for("heading", BuiltinLesson::Memory.lesson().title.get("en"));
    page.get("slider", "Speed").fill(TENFOLD);
    page.press("f");
    page.wait_for("region", "Presentation");
    page.press("w");
    page.wait_until("the answer is there", |page| {
        page.execute("return !!document.querySelector('.why-answer')") == true
    });
    assert!(
        page.find("button", "Next").is_none() && page.find("button", "Watch").is_none(),
        "the ring has the room"
    );
    page.press("Escape");
    page.wait_until("the lesson is there again", |page| {
        page.execute("return document.querySelector('.lesson').checkVisibility()") == true
    });
}

#[test]
fn sharing_leads_there_and_has_the_code_too() {
    let page = at_the_start();
    run_to(&page, 200);
    page.button("Share").click();
    page.button("QR code").click();
    page.wait_for("image", "QR code of this link");
    let link = page.get("textbox", "Link to this run").value().to_owned();
    let shown = page.execute("return document.querySelector('.share-code figcaption').textContent");
    assert_eq!(shown, link);
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Present to a class").click();
    page.wait_for("region", "Presentation");
    assert!(status(&page).contains("S2 leads term 1"), "{}", status(&page));
}

/// Whose link holds more than a code can, is told what to do.
#[test]
fn a_link_that_is_too_long_for_a_code_is_said() {
    let page = at_the_start();
    run_to(&page, 200);
    // An address of the page that is longer than a code can be has the same effect as a long run.
    page.execute(&format!("history.replaceState(null, '', '/{}')", "long/".repeat(600)));
    page.button("Share").click();
    page.button("QR code").click();
    page.wait_for_text("The link is too long for a QR code");
}

/// What is told to whoever prepares a run is nothing for a class, nor is what a press does.
#[test]
fn a_class_is_told_nothing_about_the_page_and_what_the_marks_mean() {
    let page = presented();
    page.wait_for("list", "Legend");
    page.press("PageDown");
    page.wait_for("button", starting("S2, candidate"));
    server(&page, 3).click();
    page.wait_for("button", starting("S3, crashed"));
    let shown = page.execute("return document.querySelector('.crashed .detail')?.checkVisibility() ?? false");
    assert_eq!(shown, false, "that a click restarts it");
    page.press("PageUp");
    page.wait_until("no candidate is left", |page| {
        servers(page).iter().all(|name| !name.contains("candidate"))
    });
    server(&page, 4).click();
    page.wait_for("button", starting("S4, crashed"));
    assert!(!page.text().contains("is kept"), "{}", page.text());
    page.press("Escape");
    page.wait_for("slider", "Time");
    assert!(page.text().contains("click to restart"));
}

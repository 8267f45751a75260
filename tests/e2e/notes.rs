//! Notes pinned to moments of a run: written by one, seen by whoever opens the link or the file.

use headless::{Page, containing, json, starting};
use raft_playground::lesson::BuiltinLesson;

use crate::{
    sharing::{SAVED, link, saved},
    steps::{at_the_start, now, panel, run_to, seek, server, stopped, story, wait_for_notice, wait_for_server},
};

const FIELD: &str = "Note at ";

/// Writes a note at the instant that is shown, in its panel.
#[track_caller]
fn write(page: &Page, text: &str) {
    page.get("textbox", starting(FIELD)).focus();
    page.type_text(text);
    page.button("Add note").click();
    wait_for_notice(page, "Noted at ");
}

/// What stands over the ring.
fn over_the_ring(page: &Page) -> String {
    let text = page.execute("return document.querySelector('.note-now')?.innerText ?? ''");
    text.as_str().unwrap_or_default().to_owned()
}

fn shown(page: &Page, text: &str) {
    page.wait_until(&format!("“{text}” is over the ring"), |page| {
        over_the_ring(page) == text
    });
}

/// Drops a scenario file on the page.
pub fn drop_file(page: &Page, text: &str) {
    let text = serde_json::to_string(text).expect("a text");
    page.execute(&format!(
        "const data = new DataTransfer();
         data.items.add(new File([{text}], 'class.raft', {{ type: 'text/plain' }}));
         document.body.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}))"
    ));
}

const CLASS: &str = "raft-playground 1
title A leader is cut off
seed 6
at 0.4 s isolate S2
note at 0.165 s S2 has three of five votes.
note at 0.62 s Two leaders, in <b>different</b> terms. \"<img src=x onerror=alert(1)>\"
note at 1.55 s S2 is back.
at 1.5 s rejoin S2
branch 1 until 2 s
visit 1 at 0.3 s
";

#[track_caller]
fn class() -> Page {
    let page = stopped(Page::visit().prelude(SAVED));
    drop_file(&page, CLASS);
    page.wait_for_text("A leader is cut off");
    page.wait_until("it is open", |page| now(page) == 300);
    page
}

#[test]
fn a_note_is_written_at_the_instant_shown_and_whoever_has_the_link_sees_it() {
    let page = stopped(Page::visit().prelude(SAVED));
    run_to(&page, 400);
    panel(&page, "Notes");
    page.wait_for("textbox", "Note at 0.400 s");
    write(&page, "S2 leads: who would notice its crash first?");
    shown(&page, "S2 leads: who would notice its crash first?");
    page.wait_for("button", "Note at 0.400 s: S2 leads: who would notice its crash first?");
    assert_eq!(page.accessibility_problems(), [""; 0]);

    let shared = Page::visit().at(&link(&page)).open();
    shown(&shared, "S2 leads: who would notice its crash first?");
    assert_eq!(story(&shared)[0], "Note");
    seek(&shared, 100);
    shown(&shared, "");
    shared.wait_until("the story tells nothing that lies ahead", |page| {
        !story(page).contains(&"Note".to_owned())
    });
    shared.button(starting("Note at 0.400 s")).click();
    shared.wait_until("time is there", |page| now(page) == 400);
    shown(&shared, "S2 leads: who would notice its crash first?");
    assert_eq!(shared.accessibility_problems(), [""; 0]);
    assert_eq!(
        saved(&page, "Scenario file").matches("note at 0.4 s S2 leads").count(),
        1
    );
}

#[test]
fn a_note_is_changed_and_deleted_by_keyboard() {
    let page = at_the_start();
    panel(&page, "Notes");
    page.get("textbox", "Note at 0.000 s").focus();
    page.type_text("First");
    page.press("Tab");
    page.press("Enter");
    wait_for_notice(&page, "Noted at 0.000 s.");
    shown(&page, "First");
    // What is written at this instant is what was written here.
    page.get("textbox", "Note at 0.000 s").focus();
    page.press("End");
    page.type_text(" of all");
    page.press("Tab");
    page.press("Enter");
    shown(&page, "First of all");
    run_to(&page, 300);
    page.wait_for("button", "Add note");
    assert_eq!(page.get("textbox", "Note at 0.300 s").value(), "");
    page.button("Go to the note at 0.000 s").focus();
    page.press("Enter");
    page.wait_for("button", "Change note");
    assert_eq!(page.get("textbox", "Note at 0.000 s").value(), "First of all");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Delete note").focus();
    page.press("Enter");
    wait_for_notice(&page, "The note at 0.000 s is deleted.");
    shown(&page, "");
    page.wait_for("button", "Add note");
    page.wait_until("the focus is where the next one is written", |page| {
        page.focused().is_some_and(|node| node.name().starts_with(FIELD))
    });
}

#[test]
fn of_several_notes_of_one_moment_each_is_changed_by_itself_and_what_was_deleted_comes_back() {
    let page = stopped(Page::visit());
    drop_file(
        &page,
        "raft-playground 1\ntitle Two\nseed 6\nnote at 0.2 s One.\nnote at 0.2 s Two.\n",
    );
    page.wait_for_text("Two");
    panel(&page, "Notes");
    page.button("Go to the note at 0.200 s").click();
    page.wait_for("textbox", "Note at 0.200 s, 2 of 2");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.get("textbox", "Note at 0.200 s, 2 of 2").focus();
    page.press("End");
    page.type_text(" And more.");
    page.button("Change note 2").click();
    shown(&page, "One.\n\nTwo. And more.");
    page.button("Delete note 1").click();
    shown(&page, "Two. And more.");
    page.button("Delete note").click();
    shown(&page, "");
    page.button("Undo deletion").click();
    shown(&page, "Two. And more.");
    page.wait_until_gone("button", "Undo deletion");
}

/// Which servers lie below what is noted.
const COVERED: &str = "
    const note = document.querySelector('.note-now').getBoundingClientRect();
    return [...document.querySelectorAll('.ring .server circle')].map((one) => one.getBoundingClientRect())
        .filter((one) => one.top < note.bottom && one.bottom > note.top && one.left < note.right && one.right > note.left).length;";

#[test]
fn no_note_covers_a_server() {
    let page = stopped(Page::visit());
    let long = "This is as long as a note can be. ".repeat(6);
    for count in [1, 3] {
        let notes = format!("note at 0.2 s {}\n", long.trim_end().get(..200).unwrap_or_default()).repeat(count);
        drop_file(
            &page,
            &format!("raft-playground 1\ntitle Long {count}\nseed 6\n{notes}"),
        );
        page.wait_for_text(&format!("Long {count}"));
        for size in [(1280, 800), (1024, 768), (768, 1024), (360, 740)] {
            page.resize(size.0, size.1);
            seek(&page, 200);
            page.wait_until("it is there", |page| over_the_ring(page).starts_with("This is"));
            assert_eq!(page.execute(COVERED), 0, "{count} notes at {size:?}");
        }
    }
}

#[test]
fn time_stands_still_while_a_note_is_written() {
    let page = Page::open();
    panel(&page, "Notes");
    page.wait_for("button", "Pause");
    page.get("textbox", starting(FIELD)).focus();
    page.type_text("s");
    page.wait_for("button", "Play");
    // Letters are letters there, and no shortcuts.
    page.type_text("p 2r");
    let typed = page.get("textbox", starting(FIELD)).value().to_owned();
    assert_eq!(typed, "sp 2r");
}

#[test]
fn what_somebody_wrote_is_text_wherever_it_is_shown() {
    let page = class();
    let text = "Two leaders, in <b>different</b> terms. \"<img src=x onerror=alert(1)>\"";
    page.button(containing(": Two leaders, in <b>different</b> terms."))
        .click();
    shown(&page, text);
    assert_eq!(now(&page), 620);
    page.wait_for_text(text);
    panel(&page, "Notes");
    page.wait_until("the list has it", |page| page.text().matches(text).count() >= 2);
    assert_eq!(
        page.execute("return document.querySelectorAll('#app img, #app .note-list b').length"),
        0
    );
    assert_eq!(page.accessibility_problems(), [""; 0]);
    assert!(page.console().is_empty(), "{:?}", page.console());
}

#[test]
fn pins_are_reached_and_pressed_by_keyboard() {
    let page = class();
    for (key, at) in [("Enter", 165), ("Space", 620)] {
        let pin = page.button(starting(&format!("Note at 0.{at} s")));
        pin.focus();
        page.press(key);
        page.wait_until("time is there", |page| now(page) == at);
        page.wait_for("button", "Play");
    }
}

#[test]
fn while_a_run_is_presented_a_clicker_stops_at_notes_as_well() {
    let page = class();
    page.press("f");
    page.wait_for("region", "Presentation");
    page.press("PageUp");
    shown(&page, "S2 has three of five votes.");
    let mut seen = Vec::new();
    for _ in 0..12 {
        page.press("PageDown");
        // Once it is on its way, it goes there at once.
        page.press("PageDown");
        seen.push(over_the_ring(&page));
        if seen.last().is_some_and(|text| text == "S2 is back.") {
            break;
        }
    }
    assert!(seen.iter().any(|text| text.starts_with("Two leaders")), "{seen:?}");
    assert_eq!(seen.last().map(String::as_str), Some("S2 is back."));
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

/// What of the sentence lies below what is noted, or is cut off by its own room; and of the note, what is cut off.
const COVERED_WORDS: &str = "
    const range = document.createRange();
    range.selectNodeContents(document.querySelector('.narration'));
    const note = document.querySelector('.note-now');
    const box = note.getBoundingClientRect();
    const under = [...range.getClientRects()].filter((line) => line.bottom > box.top + 1 && line.top < box.bottom);
    return [under.length, Math.max(0, note.scrollHeight - note.clientHeight - 1)];";

#[test]
fn a_note_of_some_length_leaves_the_sentence_to_be_read() {
    let note =
        "Two servers cannot hear the other three: S1 keeps believing. Ask the class who will stand for election first.";
    let file = format!("raft-playground 1\ntitle Class\nseed 6\nat 0.3 s isolate S2\nnote at 0.4 s {note}\n");
    let page = stopped(Page::visit());
    drop_file(&page, &file);
    page.wait_for_text("Class");
    for presents in [false, true] {
        if presents {
            page.press("f");
            page.wait_for("region", "Presentation");
        }
        for (width, height) in [(1024, 768), (1280, 800), (1280, 720), (1920, 1080), (360, 740)] {
            page.resize(width, height);
            if !presents {
                seek(&page, 400);
            }
            shown(&page, note);
            let words = page.execute(COVERED_WORDS);
            // Nobody presents from a telephone.
            let is_left_out = presents && width == 360;
            assert!(
                is_left_out || words == json!([0, 0]),
                "{width} by {height}, presented: {presents}: {words}"
            );
            assert_eq!(page.execute(COVERED), 0, "{width} by {height}, presented: {presents}");
        }
    }
}

/// What was noted of one key moment is not said of the next.
#[test]
fn while_a_run_is_presented_a_note_is_gone_at_the_next_key_moment() {
    let page = stopped(Page::visit());
    drop_file(
        &page,
        "raft-playground 1\ntitle Class\nseed 6\nnote at 0.14 s Whose timer expires first?\n",
    );
    page.wait_for_text("Class");
    page.press("r");
    page.press("f");
    page.wait_for("region", "Presentation");
    let next = || {
        page.press("PageDown");
        page.press("PageDown");
    };
    next();
    shown(&page, "Whose timer expires first?");
    next();
    page.wait_for("button", starting("S2, candidate"));
    shown(&page, "");
}

/// It lies over the ring: nothing has to make room for it.
#[test]
fn nothing_moves_for_a_note() {
    for size in [(1280, 800), (1280, 720), (360, 740)] {
        let page = class();
        page.resize(size.0, size.1);
        seek(&page, 600);
        let places = |page: &Page| {
            page.execute(
                "return JSON.stringify([...document.querySelectorAll('.status-row, .narration, .ring, .toolbar, .transport')]
                     .map((node) => { const at = node.getBoundingClientRect(); return [at.x, at.y, at.width, at.height] }))",
            )
        };
        let before = places(&page);
        seek(&page, 620);
        page.wait_until("it is there", |page| over_the_ring(page).starts_with("Two leaders"));
        assert_eq!(places(&page), before, "at {size:?}");
    }
}

#[test]
fn another_future_tells_what_was_noted_before_and_the_first_one_keeps_its_own() {
    let page = class();
    seek(&page, 620);
    server(&page, 3).click();
    wait_for_server(&page, 3, "crashed");
    page.wait_until_gone("button", "Note at 1.550 s: S2 is back.");
    page.wait_for("button", starting("Note at 0.620 s"));
    panel(&page, "Notes");
    page.wait_for_text("1 more note is in other branches, about what was done there.");
    page.get("combobox", "Branches").fill("0");
    page.wait_for("button", "Note at 1.550 s: S2 is back.");
}

#[test]
fn a_file_that_says_it_wrong_is_told_where() {
    let page = at_the_start();
    drop_file(&page, "raft-playground 1\nseed 1\nnote 1 s Look.\n");
    page.wait_for_text("Line 3");
    page.wait_for_text("“at”");
    drop_file(&page, &format!("raft-playground 1\nnote at 1 s {}\n", "x".repeat(201)));
    page.wait_for_text("the text of a note, at most 200 characters long");
}

#[test]
fn notes_are_told_in_portuguese() {
    let page = Page::visit().language("pt-BR").open();
    drop_file(&page, CLASS);
    page.wait_for("button", "Nota aos 1,550 s: S2 is back.");
    panel(&page, "Notas");
    page.wait_for("textbox", "Nota aos 0,300 s");
    page.wait_for("button", "Ir à nota aos 0,165 s");
}

/// A note belongs to a run that can be shared; what is shared of a lesson is the lesson.
#[test]
fn in_a_lesson_no_note_is_written() {
    let page = Page::visit().at("?lesson=terms").open();
    page.wait_for("heading", BuiltinLesson::Terms.lesson().title.get("en"));
    panel(&page, "Notes");
    page.wait_for_text("Close the lesson to write one.");
    assert!(page.find("button", "Add note").is_none());
}

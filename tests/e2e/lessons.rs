//! Lessons on the page: each can be walked to its end in both languages, and a lesson of one's own opens as a file.

use base64ct::{Base64, Encoding};
use headless::{Page, any, containing, starting};
use raft_playground::{
    lesson::{BuiltinLesson, LessonStep, StepKind},
    raft::{NodeId, Rule, Rules},
    sim::{Action, ClusterAction, Micros, Range},
};

use crate::{
    steps::{TENFOLD, leader, server, servers, stopped, wait_for_server, with_a_leader},
    tasks::at_kept_step,
};

/// What the page calls things in a language.
struct Names {
    tag: &'static str,
    speed: &'static str,
    watch: &'static str,
    next: &'static str,
    finish: &'static str,
    show_me: &'static str,
    /// What is said of what does a task once some time has passed.
    rest_comes: &'static str,
}

const ENGLISH: Names = Names {
    tag: "en",
    speed: "Speed",
    watch: "Watch",
    next: "Next",
    finish: "Finish",
    show_me: "Show me",
    rest_comes: "the rest comes by itself",
};

const PORTUGUESE: Names = Names {
    tag: "pt-BR",
    speed: "Velocidade",
    watch: "Assistir",
    next: "Avançar",
    finish: "Concluir",
    show_me: "Mostrar",
    rest_comes: "o resto vem sozinho",
};

/// Walks through all lessons as they are offered, answering wrong before answering right.
fn walk_all(names: &Names) {
    let page = Page::visit().language(names.tag).at("?lesson=one-leader").open();
    for (place, id) in BuiltinLesson::ALL.into_iter().enumerate() {
        let lesson = id.lesson();
        page.wait_for("heading", lesson.title.get(names.tag));
        page.get("slider", names.speed).fill(TENFOLD);
        let steps = lesson.steps().count();
        for (number, (_, step)) in (1..).zip(lesson.steps()) {
            let is_last = number == steps;
            walk(&page, step, names, if is_last { names.finish } else { names.next });
        }
        if let Some(next) = BuiltinLesson::ALL.get(place + 1) {
            page.button(containing(next.lesson().about.get(names.tag))).click();
        }
    }
}

/// Takes the first answer of a question that the run answers; whether there is one.
const FIRST_ANSWER: &str = "
    const answer = document.querySelector('.lesson-answers button:enabled');
    answer?.click();
    return answer !== null;";

/// Does what nearly does a task, by what the lesson shows for it: a server, a switch, or a field for a time. The step is not done. What
/// is chosen from a menu is left to the tests of the lesson itself.
#[track_caller]
fn does_not_do(page: &Page, action: Action, names: &Names) {
    let is_it = |id: &NodeId| Action::kill(*id) == action;
    if let Some(id) = NodeId::all(5).find(is_it) {
        let number = id.number();
        let before = server(page, number).name().to_owned();
        server(page, number).click();
        page.wait_until("it has crashed", |page| server(page, number).name() != before);
    } else if let Some(rules) = action.rules() {
        turn_switches(page, rules);
    } else if let Action::Cluster(ClusterAction::SetTiming(timing)) = action {
        let Range { min, max } = timing.election_timeout;
        enter(page, "dial-timeout", &[min, max]);
        enter(page, "dial-interval", &[timing.heartbeat_interval]);
    } else {
        return;
    }
    page.wait_until("a word is said of it", |page| page.execute(WORD) == true);
    assert!(page.find("button", names.next).is_none(), "{action:?} is no solution");
    assert!(page.find("button", names.finish).is_none(), "{action:?} is no solution");
    assert!(!page.text().contains(names.rest_comes), "{action:?} is no solution");
}

/// Whether something is said of what the reader did in a task.
const WORD: &str =
    "return document.querySelector('.lesson-words > .lesson-right, .lesson-words > .lesson-wrong') !== null";

/// Presses each switch of the panel *Rules* that is not as in these rules.
#[track_caller]
fn turn_switches(page: &Page, rules: Rules) {
    for rule in Rule::ALL {
        let found =
            format!("const found = document.querySelector('[role=switch][aria-describedby=\"about-{rule:?}\"]');");
        let wanted = rules.get(*rule);
        // Details of pre-votes are shown only where there are some.
        let press = format!("{found} if (found && found.checked !== {wanted}) found.click();");
        let is_so = format!("{found} return !found || found.checked === {wanted}");
        page.wait_for("switch", any());
        page.execute(&press);
        page.wait_until("the switch is turned", |page| page.execute(&is_so) == true);
    }
}

/// Enters times in the fields of a dial of the panel *Network*, where they show others.
#[track_caller]
fn enter(page: &Page, dial: &str, times: &[Micros]) {
    for (place, time) in times.iter().enumerate() {
        let field = format!("document.getElementById('{dial}')?.closest('.field').querySelectorAll('input')[{place}]");
        let time = time.as_millis();
        page.wait_until("the field is there", |page| {
            page.execute(&format!("return !!{field}")) == true
        });
        page.execute(&format!(
            "const field = {field};
             if (field.value === '{time}') return;
             field.value = '{time}';
             for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {{ bubbles: true }}));"
        ));
        page.wait_until("it is taken", |page| {
            page.execute(&format!("return {field}.value")) == time.to_string().as_str()
        });
    }
}

/// Does what a step wants, and goes on.
#[track_caller]
fn walk(page: &Page, step: &LessonStep, names: &Names, next: &str) {
    page.wait_for_text(step.text.get(names.tag));
    match &step.kind {
        StepKind::Say => {}
        StepKind::Wait(_) => page.button(names.watch).click(),
        StepKind::Ask(choices) => {
            for choice in choices.iter().filter(|choice| !choice.right) {
                page.button(choice.text.get(names.tag)).click();
                page.wait_for_text(choice.because.get(names.tag));
            }
            let right = choices.iter().find(|choice| choice.right).expect("a right answer");
            page.button(right.text.get(names.tag)).click();
            page.wait_for_text(right.because.get(names.tag));
        }
        // Whoever predicts is told what happened, right or wrong, and goes on.
        StepKind::Predict(_) => {
            page.wait_until("it is asked", |page| page.execute(FIRST_ANSWER) == true);
        }
        StepKind::Task(task) => {
            for miss in &task.misses {
                does_not_do(page, miss.action, names);
            }
            page.button(names.show_me).click();
        }
    }
    page.wait_for("button", next);
    if !step.then.is_empty() {
        page.wait_for_text(step.then.get(names.tag));
    }
    page.button(next).click();
}

#[test]
fn every_lesson_can_be_walked_to_its_end() {
    walk_all(&ENGLISH);
}

#[test]
fn every_lesson_can_be_walked_to_its_end_in_portuguese() {
    walk_all(&PORTUGUESE);
}

/// The first lesson, at the step with this number.
pub fn at_step(number: usize) -> Page {
    let page = Page::visit().at("?lesson=one-leader").open();
    let lesson = BuiltinLesson::OneLeader.lesson();
    page.wait_for("heading", "One leader");
    page.get("slider", "Speed").fill(TENFOLD);
    for (_, step) in lesson.steps().take(number - 1) {
        walk(&page, step, &ENGLISH, "Next");
    }
    page
}

#[test]
fn the_reader_acts_in_tasks_and_nowhere_else() {
    let page = at_step(2);
    server(&page, 2).click();
    page.wait_for_text("You can act on the cluster in the tasks of the lesson.");
    page.press("3");
    assert!(servers(&page).iter().all(|name| !name.contains("crashed")));
    let page = at_step(6);
    server(&page, 1).click();
    page.wait_for_text("The task asks for S2");
    page.button("Back to the start of this step").click();
    page.wait_until("S1 runs again", |page| server(page, 1).name().contains("follower"));
    server(&page, 2).click();
    page.wait_for("button", "Next");
    page.wait_for_text("S2 is down, and sends no more heartbeats.");
}

#[test]
fn time_stands_where_a_step_is_done() {
    let page = at_step(3);
    page.button("Watch").click();
    page.wait_for("button", "Next");
    page.wait_for("button", "Play");
    assert_eq!(clock(&page), "0.165 s");
}

fn clock(page: &Page) -> String {
    let timer = page.all("timer").into_iter().map(|timer| timer.text()).next();
    timer.unwrap_or_default()
}

/// What is in bold of what a step says, and whether the sentence above the ring is seen.
const ASKED: &str = "
    const bold = [...document.querySelectorAll('.lesson-words > p:first-of-type b')].map((one) => one.innerText).join();
    return [bold, getComputedStyle(document.querySelector('.narration')).visibility].join(' ')";

#[test]
fn a_question_stands_out_and_nothing_else_says_its_answer() {
    let page = at_kept_step(BuiltinLesson::Majority, 7);
    assert_eq!(page.execute(ASKED), "Can both candidates win term 1? hidden");
    page.button(starting("Yes")).click();
    page.wait_for_text("Not quite.");
    assert_eq!(page.execute(ASKED), "Can both candidates win term 1? hidden");
    page.button(starting("No: that would take six")).click();
    page.wait_for("button", "Next");
    page.wait_until("the sentence is back", |page| {
        page.execute(ASKED) == "Can both candidates win term 1? visible"
    });
}

/// What the run does next is the answer; what it did before may be looked at.
#[test]
fn a_question_is_answered_before_time_goes_on() {
    let page = Page::visit().at("?lesson=luck").open();
    page.get("slider", "Speed").fill(TENFOLD);
    for _ in 0..2 {
        page.button("Watch").click();
        page.wait_for("button", "Next");
        page.button("Next").click();
    }
    page.wait_for_text("When does nobody win term 2?");
    let asked_at = clock(&page);
    for key in ["Space", "ArrowRight"] {
        page.press(key);
        page.wait_for_text("Answer first");
        assert_eq!(clock(&page), asked_at, "{key}");
    }
    page.press("ArrowLeft");
    page.wait_until("the past is shown", |page| clock(page) != asked_at);
    page.button(starting("When S4 and S5 vote for different")).click();
    page.button("Next").click();
    page.wait_for("button", "Watch");
    assert_eq!(clock(&page), asked_at);
}

#[test]
fn what_the_run_will_do_is_predicted_then_played_then_explained() {
    let page = Page::visit().at("?lesson=one-leader").open();
    page.wait_for_text("Whose election timer expires next?");
    page.press("Space");
    page.wait_for_text("Answer first");
    assert_eq!(clock(&page), "0.100 s");
    // A server on the ring is an answer, too.
    server(&page, 4).click();
    page.wait_for_text("S2's election timer was the next to expire.");
    page.wait_for_text("S4's timer runs until");
    page.wait_for("button", "Next");
    // The author offers no “Why?” here.
    page.wait_for("button", "Why?");
    assert_eq!(clock(&page), "0.151 s");
    assert!(servers(&page).iter().all(|name| !name.contains("crashed")));
}

#[test]
fn a_prediction_that_was_wrong_can_be_tried_again() {
    for size in [(1280, 800), (360, 740)] {
        let page = Page::visit().size(size.0, size.1).at("?lesson=one-leader").open();
        page.wait_for_text("Whose election timer expires next?");
        page.press("4");
        page.wait_for_text("S4's timer runs until");
        page.button("Try again").click();
        page.wait_until("time is where it was asked", |page| clock(page) == "0.100 s");
        page.wait_until_gone("button", "Next");
        assert!(!page.text().contains("S4's timer runs until"));
        page.wait_until("the answers have the focus", |page| focus_is_on(page, "Answers"));
        assert_eq!(page.accessibility_problems(), [""; 0]);
        page.press("2");
        page.wait_for("button", "Next");
        page.wait_for_text("Right.");
        assert!(page.find("button", "Try again").is_none());
    }
}

#[test]
fn a_lesson_takes_the_place_of_the_lanes_and_gives_it_back() {
    let page = Page::open();
    page.wait_for("slider", "Time");
    page.get("combobox", "Scenario").fill("lessons");
    page.wait_for("heading", "Lessons");
    page.wait_until_gone("slider", "Time");
    page.button(starting("A majority")).click();
    page.wait_for("heading", "A majority");
    page.button("Close the lesson").click();
    page.wait_for("slider", "Time");
    assert!(page.find("heading", "A majority").is_none());
}

/// Whoever chooses a scenario wants to see it, not the list.
#[test]
fn the_list_closes_where_a_scenario_is_chosen() {
    let page = Page::open();
    page.wait_for("slider", "Time");
    page.get("combobox", "Scenario").fill("lessons");
    page.wait_for("heading", "Lessons");
    page.get("combobox", "Scenario").fill("split-vote");
    page.wait_for("slider", "Time");
    assert!(page.find("heading", "Lessons").is_none());
    assert!(!page.text().contains("The lesson is closed"));
}

#[test]
fn whoever_has_opened_no_lesson_is_offered_the_first() {
    let page = with_a_leader();
    page.wait_for_text("Five servers, one leader. Crash it and see what happens.");
    let first = leader(&page);
    server(&page, first).click();
    wait_for_server(&page, first, "crashed");
    page.button("First lesson").click();
    page.wait_for("heading", "One leader");
    assert_eq!(
        page.focused().map(|focused| focused.name().to_owned()).as_deref(),
        Some("One leader")
    );
    page.button("Close the lesson").click();
    page.get("combobox", "Scenario").fill("free");
    page.wait_for_text("The first server whose timer expires asks for votes");
    assert!(page.find("button", "First lesson").is_none());
}

#[test]
fn the_lessons_are_found_in_the_menu_more_and_in_the_help_at_any_width() {
    for size in [(1280, 800), (1024, 768), (768, 1024), (360, 740)] {
        let page = stopped(Page::visit().size(size.0, size.1));
        page.button("More").click();
        page.get("menuitem", "Lessons…").click();
        page.wait_for("heading", "Lessons");
        page.wait_until("the list has the focus", |page| focus_is_on(page, "Lessons"));
        page.button("Close the lesson").click();
        page.wait_until_gone("heading", "Lessons");
        page.button("Help").click();
        page.wait_for("dialog", any());
        page.button("Lessons…").click();
        page.wait_for("heading", "Lessons");
        page.wait_until_gone("dialog", any());
        page.wait_until("the list has the focus", |page| focus_is_on(page, "Lessons"));
    }
}

/// What of the card's buttons and of the ring is covered, or out of the window; of answers once they are scrolled to.
const COVERED: &str = "
    const covered = (one) => {
        const { left, top, width, height } = one.getBoundingClientRect();
        const found = document.elementFromPoint(left + width / 2, top + height / 2);
        return !found || !(one.contains(found) || found.contains(one));
    };
    const out = [];
    for (const one of document.querySelectorAll('.lesson-row button')) if (covered(one)) out.push(one.textContent);
    for (const one of document.querySelectorAll('.ring .server')) if (covered(one)) out.push(one.getAttribute('aria-label'));
    for (const one of document.querySelectorAll('.lesson-answers button')) {
        one.scrollIntoView({ block: 'nearest' });
        if (covered(one)) out.push(one.textContent);
    }
    return out.join(', ');";

#[test]
fn on_a_phone_nothing_of_a_lesson_lies_over_anything() {
    let page = Page::visit().size(360, 740).at("?lesson=one-leader").open();
    let names = &ENGLISH;
    let lesson = BuiltinLesson::ALL[0].lesson();
    page.wait_for("heading", lesson.title.get(names.tag));
    page.get("slider", names.speed).fill(TENFOLD);
    let steps = lesson.steps().count();
    for (number, (_, step)) in (1..).zip(lesson.steps()) {
        page.wait_for_text(step.text.get(names.tag));
        assert_eq!(page.execute(COVERED), "", "step {number}");
        walk(
            &page,
            step,
            names,
            if number == steps { names.finish } else { names.next },
        );
    }
    // Of the list, more than one is seen whole.
    let whole = "const list = document.querySelector('.lessons').getBoundingClientRect();
        return [...document.querySelectorAll('.lesson-entry')].filter((one) => one.getBoundingClientRect().bottom <= list.bottom).length";
    assert!(page.execute(whole).as_i64().is_some_and(|count| count >= 3));
}

/// What of the ring lies above the end of the status, in a page that is scrolled to its end.
const CUT: &str = "
    scrollTo({ top: 99999, behavior: 'instant' });
    const end = document.querySelector('.status-row').getBoundingClientRect().bottom;
    return [...document.querySelectorAll('#ring .body')].filter((one) => one.getBoundingClientRect().top < end - 1).length";

/// What of the card is out of sight that shall be in it: its head, its buttons, what was said, and an answer that is left.
const OUT_OF_SIGHT: &str = "
    const is_seen = (one) => {
        const { left, top, bottom, width } = one.getBoundingClientRect();
        return [top + 3, bottom - 3].every((y) => one.contains(document.elementFromPoint(left + width / 2, y)));
    };
    const shown = [...document.querySelectorAll('.lesson-head button, .lesson-row button, .lesson-words .lesson-wrong')];
    const left = document.querySelector('.lesson-answers [aria-pressed=false]');
    return [...shown, left].filter((one) => one.offsetParent && !is_seen(one)).map((one) => one.innerText).join(', ')";

/// What of a question is out of the card once an answer was wrong: its words, and what was said of the answer.
const ASKED_OUT_OF_SIGHT: &str = "
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const [head, foot] = [box('.lesson-head').bottom, box('.lesson-row').top];
    const parts = ['.lesson-words > p > b', '.lesson-words > .lesson-wrong'];
    return parts.filter((one) => box(one).top < head - 1 || box(one).bottom > foot + 1).join()";

#[test]
fn in_a_low_window_the_question_stays_after_a_wrong_answer() {
    for (width, height) in [(600, 400), (740, 360)] {
        for (lesson, step) in [(BuiltinLesson::Majority, 7), (BuiltinLesson::Terms, 8)] {
            let page = at_kept_step(lesson, step);
            page.resize(width, height);
            let wrong = "return document.querySelector('.lesson-answers button').click()";
            page.execute(wrong);
            page.wait_for_text("Not quite.");
            page.wait_until("the question is in sight", |page| {
                page.execute(ASKED_OUT_OF_SIGHT) == ""
            });
        }
    }
}

/// A question whose answers take all the room that there is.
#[test]
fn on_a_phone_a_lesson_says_that_its_rules_are_modified_and_which() {
    let page = Page::visit().size(360, 740).at("?lesson=memory").open();
    page.wait_for("heading", "Memory");
    page.button("modified rules").click();
    page.wait_for_text("Modified: several votes per term.");
}

fn at_a_long_question(width: u32, height: u32) -> Page {
    let page = at_kept_step(BuiltinLesson::Majority, 7);
    page.resize(width, height);
    page
}

#[test]
fn a_long_question_on_a_phone_covers_neither_ring_nor_answers() {
    let page = at_a_long_question(360, 740);
    page.wait_until("the ring is whole", |page| page.execute(CUT) == 0);
    // At its end, the page is only as long as the card is high.
    page.wait_until("it has scrolled", |page| {
        page.execute("scrollTo({ top: 500, behavior: 'instant' }); return scrollY") == 500
    });
    let before = page.execute("return scrollY");
    page.button(starting("Yes")).click();
    page.wait_for_text("Not quite.");
    page.wait_until("what counts is in sight", |page| page.execute(OUT_OF_SIGHT) == "");
    assert_eq!(page.execute("return scrollY"), before, "the page stays where it is");
    page.button("Back").click();
    page.wait_for_text("6 of ");
    page.button("Next").click();
    page.wait_for_text("7 of ");
    page.wait_until("nor does it move from step to step", |page| {
        page.execute("return scrollY") == before
    });
    page.wait_until("the ring is whole", |page| page.execute(CUT) == 0);
}

/// The servers with anything of them below the upper edge of the card.
const UNDER_THE_CARD: &str = "
    const card = document.querySelector('.lesson').getBoundingClientRect().top;
    const under = [...document.querySelectorAll('#ring .server')].filter((one) => one.getBoundingClientRect().bottom > card);
    return under.map((one) => one.ariaLabel).join()";

/// Whoever is asked looks at the ring, and may have to press a server.
#[test]
fn a_question_on_a_phone_leaves_the_whole_ring_in_sight() {
    let whole = |page: &Page| page.execute(UNDER_THE_CARD) == "";
    // Four servers take more room than five.
    let page = on_a_phone_at(11);
    page.wait_until("the ring is whole", whole);
    let page = on_a_phone_at(7);
    page.wait_until("the ring is whole", whole);
    page.button(starting("Yes")).click();
    page.wait_for_text("Not quite.");
    page.wait_until("the ring is whole", whole);
    let page = Page::visit().size(360, 740).at("?lesson=one-leader").open();
    page.wait_for_text("Whose election timer expires next?");
    page.wait_until("the ring is whole", whole);
    server(&page, 4).click();
    page.wait_until("the ring is whole", whole);
}

/// On a phone, where a lesson has opened: its ring begins at the top.
fn on_a_phone_at(number: usize) -> Page {
    let page = at_kept_step(BuiltinLesson::Majority, number);
    page.resize(360, 740);
    page.execute("scrollTo(0, 80)");
    page
}

#[test]
fn on_a_phone_the_page_stays_where_it_is_from_step_to_step() {
    let scrolled = |page: &Page| page.execute("return scrollY").as_u64();
    // The ring of the next scene is higher.
    let page = on_a_phone_at(8);
    page.wait_until("it is asked", |page| page.execute(FIRST_ANSWER) == true);
    page.button("Next").click();
    page.wait_for_text("9 of ");
    assert_eq!(scrolled(&page), Some(80));
    // What had the focus goes away, and it is the reader's turn.
    let page = on_a_phone_at(2);
    page.button(containing("Two")).click();
    page.button("Next").click();
    page.wait_for_text("Your turn");
    assert_eq!(scrolled(&page), Some(80));
}

#[test]
fn however_long_answers_are_the_way_back_is_in_sight() {
    let page = at_kept_step(BuiltinLesson::Networks, 2);
    page.resize(1280, 800);
    page.wait_until("all is in sight", |page| page.execute(OUT_OF_SIGHT) == "");
    page.button(starting("Nothing")).click();
    page.wait_for_text("Not quite.");
    page.wait_until("all is in sight", |page| page.execute(OUT_OF_SIGHT) == "");
}

#[test]
fn the_end_of_a_lesson_leads_to_the_next() {
    let steps = BuiltinLesson::OneLeader.lesson().steps().count();
    let page = at_kept_step(BuiltinLesson::OneLeader, steps);
    page.resize(1280, 800);
    page.button("Show me").click();
    page.wait_for("button", "Finish");
    page.button("Finish").click();
    page.wait_until("the next has the focus", |page| {
        focus_is_on(page, "Next lesson: A majority")
    });
    let cut = page.execute(
        "const list = document.querySelector('.lessons').getBoundingClientRect();
        return [...document.querySelectorAll('.lesson-entry')].filter((one) => one.getBoundingClientRect().bottom > list.bottom).length",
    );
    assert_eq!(cut, 0, "all lessons are in sight");
    page.button("Next lesson: A majority").click();
    page.wait_for("heading", "A majority");
}

fn focus_is_on(page: &Page, name: &str) -> bool {
    page.focused().is_some_and(|focused| focused.name() == name)
}

/// What can't be done in a step looks so before it is tried, and says why.
#[test]
fn what_a_step_locks_looks_locked_and_says_why() {
    let look = |page: &Page| {
        page.execute(
            "const style = (selector, part) => getComputedStyle(document.querySelector(selector), part);
             document.querySelector('.toolbar button').focus();
             return [style('.toolbar button').borderTopStyle, style('.toolbar', '::after').content]",
        )
    };
    let page = at_step(5);
    let why = "\"You can act on the cluster in the tasks of the lesson. Close it to do as you like.\"";
    assert_eq!(look(&page), serde_json::json!(["dashed", why]));
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.press("2");
    page.button("Next").click();
    page.wait_for_text("Your turn");
    assert_eq!(look(&page), serde_json::json!(["solid", "none"]));
    page.button("Close the lesson").click();
    page.wait_until("nothing is locked", |page| {
        look(page) == serde_json::json!(["solid", "none"])
    });
}

#[test]
fn progress_is_kept_in_the_browser_until_it_is_erased() {
    let page = at_step(3);
    page.reload();
    page.get("combobox", "Scenario").fill("lessons");
    page.wait_for("button", containing("2 of 8 done"));
    page.button("Erase progress").click();
    page.wait_until_gone("button", containing("of 8 done"));
}

#[test]
fn a_lesson_of_ones_own_opens_as_a_file() {
    let drop = |page: &Page, text: &str| {
        page.execute(&format!(
            "const data = new DataTransfer();
             data.items.add(new File([{text:?}], 'mine.lesson'));
             window.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}));"
        ));
    };
    let page = Page::open();
    drop(&page, "raft-lesson 1\ntitle Mine\nscene\nwait victory\n  text Hello");
    page.wait_for_text("Line 4, “wait victory”: expected what has to happen or hold");
    drop(
        &page,
        "raft-lesson 1\ntitle Mine\nscene\n  servers 3\nsay\n  text Hello <b>class</b>",
    );
    page.wait_for("heading", "Mine");
    page.wait_for_text("Hello <b>class</b>");
    assert_eq!(servers(&page).len(), 3);
    // No lesson of the page comes after it.
    page.button("Finish and close").click();
    page.wait_until_gone("heading", "Mine");
    assert!(page.find("heading", "Lessons").is_none());
    assert_eq!(servers(&page).len(), 3);
    // A lesson that nobody has been in before is not gone on with.
    drop(
        &page,
        "raft-lesson 1\nlesson new\ntitle New\nscene\nsay\n  text One.\nsay\n  text Two.",
    );
    page.wait_for("heading", "New");
    assert!(!page.text().contains("Last time you came to"));
    // What does not come about is said where it begins.
    drop(
        &page,
        "raft-lesson 1\ntitle Bad\nscene\nsay\n  text One.\ntask crashes S1\n  text Two.\n  solve after 0 s kill S2",
    );
    page.wait_for("heading", "Bad");
    page.wait_for_text(
        "In your file: Line 8, “solve after 0 s kill S2”: expected a solution that does the task in this run.",
    );
    page.button("Next").click();
    page.wait_for_text("Your turn");
    assert!(!page.text().contains("In your file"));
}

#[test]
fn nothing_is_found_that_keeps_anybody_out() {
    for size in [(1280, 800), (360, 740)] {
        let page = Page::visit().size(size.0, size.1).at("?lesson=one-leader").open();
        page.wait_for("heading", "One leader");
        assert_eq!(page.accessibility_problems(), [""; 0]);
        page.button("S1").click();
        page.wait_for_text("Not quite.");
        page.wait_for("button", "Next");
        assert_eq!(page.accessibility_problems(), [""; 0]);
        page.get("combobox", "Scenario").fill("lessons");
        page.wait_for("heading", "Lessons");
        assert_eq!(page.accessibility_problems(), [""; 0]);
    }
}

/// With the keyboard alone; what chooses the file is the browser's own window, so the test puts it into the field.
#[test]
fn the_list_leads_to_where_a_lesson_file_is_opened() {
    let page = Page::visit().size(360, 740).open();
    page.get("combobox", "Scenario").fill("lessons");
    page.wait_for("heading", "Lessons");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Open a lesson file…").focus();
    page.press("Enter");
    page.wait_for("button", starting("Open a scenario or lesson file"));
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.execute(&format!(
        "const field = document.querySelector('dialog input[type=file]');
         const data = new DataTransfer();
         data.items.add(new File([{OWN:?}], 'mine.lesson'));
         field.files = data.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    ));
    page.wait_for("heading", "Mine");
    page.wait_for_text("Hello <b>class</b>: crash one.");
}

/// A lesson with a task, as somebody would write it.
const OWN: &str = "raft-lesson 1\ntitle Mine\nscene\n  servers 3\ntask crashes\n  text Hello <b>class</b>: crash one.\n  solve after 0 s kill S1\nsay\n  text Well done.\n";

fn link_of_own() -> String {
    let lesson = raft_playground::lesson::file::read(OWN).expect("a lesson");
    let link = raft_playground::lesson::link::encode(&lesson).expect("it fits");
    format!("#{link}")
}

#[test]
fn a_lesson_of_ones_own_is_shared_as_a_link() {
    let page = Page::open();
    page.execute(&format!(
        "const data = new DataTransfer();
         data.items.add(new File([{OWN:?}], 'mine.lesson'));
         window.dispatchEvent(new DragEvent('drop', {{ dataTransfer: data, bubbles: true, cancelable: true }}));"
    ));
    page.wait_for("heading", "Mine");
    page.button("Share the lesson").click();
    page.wait_for("textbox", "Link to this lesson");
    let link = page.get("textbox", "Link to this lesson").value().to_owned();
    assert!(link.ends_with(&link_of_own()), "{link}");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.get("radio", "This run, as it is now").click();
    page.wait_for("textbox", "Link to this run");
    page.press("Escape");
}

#[test]
fn a_link_opens_a_lesson_and_a_reload_opens_it_again() {
    let page = Page::visit().at(&link_of_own()).open();
    page.wait_for("heading", "Mine");
    page.wait_for_text("Hello <b>class</b>: crash one.");
    server(&page, 1).click();
    page.wait_for("button", "Next");
    page.reload();
    page.wait_for("heading", "Mine");
    page.wait_for_text("Hello <b>class</b>: crash one.");
    assert_eq!(servers(&page).len(), 3);
    page.button("Close the lesson").click();
    page.wait_until_gone("heading", "Mine");
}

#[test]
fn the_link_of_a_built_in_lesson_is_its_short_address() {
    let page = Page::visit().at("?lesson=terms").open();
    page.wait_for("heading", "Terms");
    page.button("Share").click();
    page.wait_for("textbox", "Link to this lesson");
    let link = page.get("textbox", "Link to this lesson").value().to_owned();
    assert!(link.ends_with("/?lesson=terms"), "{link}");
}

#[test]
fn a_lesson_link_that_is_none_is_said_and_the_page_goes_on() {
    use raft_playground::scenario::link::seal;
    let good = link_of_own();
    let newer = format!("#{}", seal(vec![raft_playground::lesson::link::VERSION + 1, 1, 2, 3]));
    let wrong = format!("#{}", seal(vec![raft_playground::lesson::link::VERSION, 1, 2, 3]));
    for (bad, said) in [
        (
            &good[..1 + (good.len() - 1) / 4 * 4 - 8],
            "a part of it is missing or was changed",
        ),
        (newer.as_str(), "The link was made by a newer version of this page."),
        (wrong.as_str(), "this page does not understand the lesson in it"),
    ] {
        let page = Page::visit().at(bad).open();
        page.wait_for_text(said);
        page.wait_for("slider", "Time");
        assert!(page.console().is_empty(), "{:?}", page.console());
    }
}

/// The text of the sheet with this name.
fn sheet(page: &Page, name: &str) -> String {
    page.get("article", name).text()
}

#[test]
fn a_worksheet_has_the_questions_of_a_lesson_and_each_copy_its_own_seed() {
    let page = Page::visit().at("?lesson=one-leader").open();
    page.wait_for("heading", "One leader");
    page.button("Worksheet").click();
    page.wait_for("article", "Seed 1");
    assert!(page.find("slider", "Speed").is_none() && page.find("combobox", "Scenario").is_none());
    assert!(sheet(&page, "Seed 1").contains("Why does no other server stand for election?"));
    assert!(
        sheet(&page, "Seed 1")
            .contains("At 0.345 s: S1, S3, S4 and S5: followers, term 1, voted for S2; S2: leader, term 1.")
    );
    assert!(sheet(&page, "Seed 1").contains("Whose election timer expires next?"));
    assert_eq!(
        page.all("image")
            .into_iter()
            .filter(|image| image.name().contains("QR code of the run of question"))
            .count(),
        3
    );
    assert!(sheet(&page, "Answers, seed 1").contains("As long as they come in time"));
    // More copies than fit are not made, and that is said before.
    page.wait_for_text("up to 60 at a time");
    page.get("spinbutton", "Copies").fill("3");
    page.wait_for("article", "Answers, seed 3");
    page.get("spinbutton", "First seed").fill("7");
    page.wait_for("article", "Seed 9");
    assert!(page.find("article", "Seed 1").is_none());
    assert_ne!(sheet(&page, "Seed 7"), sheet(&page, "Seed 8"));
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.button("Back to the lesson").click();
    page.wait_for("combobox", "Scenario");
    page.wait_for_text("1 of 8");
}

#[test]
fn an_address_has_the_seed_of_a_worksheet() {
    let page = Page::visit()
        .language("pt-BR")
        .at("?lesson=one-leader&worksheet&seed=7")
        .open();
    page.wait_for("article", "Semente 7");
    let questions = sheet(&page, "Semente 7");
    assert!(
        questions.contains("Por que nenhum outro servidor se candidata?"),
        "{questions}"
    );
    assert!(questions.contains("Execuções só suas"), "{questions}");
    assert!(sheet(&page, "Respostas, semente 7").contains("?lesson=one-leader&worksheet&seed=7"));
    assert_eq!(page.accessibility_problems(), [""; 0]);
}

/// On paper there is nothing but sheets, and answers begin on a page of their own.
#[test]
fn a_worksheet_is_printed_with_its_answers_on_another_page() {
    let page = Page::visit().at("?lesson=one-leader&worksheet&seed=7").open();
    page.wait_for("article", "Seed 7");
    page.cdp("Emulation.setEmulatedMedia", &serde_json::json!({ "media": "print" }));
    let seen = page.execute(
        "const shows = (selector) => getComputedStyle(document.querySelector(selector)).display !== 'none';
         return [shows('.sheet-tools'), shows('.header'), getComputedStyle(document.querySelector('.sheet-answers')).breakBefore]",
    );
    assert_eq!(seen, serde_json::json!([false, false, "page"]));
}

/// Each part fits on one page, and so do the answers: that is what is copied for each student.
#[test]
fn a_worksheet_has_a_page_for_each_part_and_one_for_its_answers() {
    for (lesson, pages) in [("terms", 4), ("luck", 3), ("memory", 3), ("lab", 2)] {
        let page = Page::visit().at(&format!("?lesson={lesson}&worksheet&seed=7")).open();
        page.wait_for("article", "Answers, seed 7");
        let a4 = serde_json::json!({ "paperWidth": 8.27, "paperHeight": 11.69 });
        let printed = page.cdp("Page.printToPDF", &a4);
        let pdf = Base64::decode_vec(printed["data"].as_str().unwrap_or_default()).expect("base64");
        let pdf = String::from_utf8_lossy(&pdf).into_owned();
        // One is the list of all.
        let found = pdf.matches("/Type /Page").count() - pdf.matches("/Type /Pages").count();
        assert_eq!(found, pages, "{lesson}");
    }
}

/// What tells the answer to an earlier question is on another page.
#[test]
fn a_worksheet_has_parts_where_a_question_tells_the_answer_to_another() {
    let page = Page::visit().at("?lesson=terms&worksheet&seed=7").open();
    page.wait_for("heading", "Part 2");
    page.wait_for("heading", "Part 3");
    assert_eq!(page.accessibility_problems(), [""; 0]);
    page.cdp("Emulation.setEmulatedMedia", &serde_json::json!({ "media": "print" }));
    let pages = page.execute(
        "return [...document.querySelectorAll('.sheet-part')].map((part) => getComputedStyle(part).breakBefore)",
    );
    assert_eq!(pages, serde_json::json!(["page", "page"]));
}

//! What moves as time passes, and how little of the document is written for it. With reduced motion, time moves from event to
//! event, at the same pace.

use headless::{Page, Value, Visit, json};

use crate::steps::{WATCHABLE, at_speed, at_the_start, copied_log, leader, run_to, seek, servers, stopped};

/// So slow that messages take seconds.
const SLOW: &str = "-54";

/// Where the marks of messages are, in pixels.
const MARKS: &str = "return [...document.querySelectorAll('#ring .flight-hit')].map((mark) => {
    const box = mark.getBoundingClientRect();
    return [Math.round(box.x), Math.round(box.y)];
});";

/// Counts what is written into the document from now on: in all, and what of it moves marks.
const COUNT_WRITES: &str = "window.writes = [0, 0];
    new MutationObserver((records) => {
        window.writes[0] += records.length;
        window.writes[1] += records.filter(({ target, type }) => type === 'attributes' && target.closest('#ring .marks')).length;
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    window.began = performance.now();";

/// What was counted, and over how many seconds.
fn writes(page: &Page) -> [f64; 3] {
    let counted = page.execute("return [...window.writes, (performance.now() - window.began) / 1000]");
    let number = |index: usize| counted[index].as_f64().expect("a number");
    [number(0), number(1), number(2)]
}

/// In the middle of the first election, where questions for votes are on their way.
fn in_an_election() -> Page {
    let page = at_the_start();
    run_to(&page, 1000);
    seek(&page, 155);
    at_speed(&page, SLOW);
    page
}

#[test]
fn marks_move_while_nothing_is_written_at_them_and_little_elsewhere() {
    let page = in_an_election();
    page.button("Play").click();
    page.execute(COUNT_WRITES);
    let mut places: Vec<Value> = Vec::new();
    page.wait_until("a second has passed", |page| {
        places.push(page.execute(MARKS));
        writes(page)[2] > 1.0
    });
    let [all, at_marks, seconds] = writes(&page);
    places.dedup();
    assert!(places.len() > 3, "{places:?}");
    assert!(at_marks.abs() < 0.5, "{at_marks} writes at the marks");
    // Ten times a second: the clock, the play head and the end of what was played, and for each server its arc and the handle.
    assert!(all < seconds * 10.0 * 16.0 + 32.0, "{all} writes in {seconds} s");
}

#[test]
fn an_election_writes_what_has_changed_in_it() {
    let page = in_an_election();
    page.execute(COUNT_WRITES);
    let mut steps = 0;
    while !servers(&page).iter().any(|name| name.contains("leader")) {
        page.press("ArrowRight");
        steps += 1;
    }
    let [all, ..] = writes(&page);
    assert!(steps > 4, "{steps}");
    let each = all / f64::from(steps);
    assert!(each < 90.0, "{each} writes an event");
}

/// Drags the play head from the right to the left over most of a run, a move in each of sixty frames. Gives what was written for each
/// move in the lanes' own shapes, at the ring and at all else but the story, and how many cards of the story were there at most.
const DRAG: &str = "
    const done = arguments[arguments.length - 1];
    const lanes = document.getElementById('lanes');
    const box = lanes.getBoundingClientRect();
    const MOVES = 60;
    const writes = [0, 0, 0];
    const observer = new MutationObserver((records) => records.forEach(({ target }) => {
        const element = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
        if (element?.closest('.lanes rect, .lanes g, .lane-grid line, .lane-mark')) writes[0] += 1;
        else if (element?.closest('#ring')) writes[1] += 1;
        else if (element && !element.closest('.story')) writes[2] += 1;
    }));
    const move = (kind, step) => lanes.dispatchEvent(new PointerEvent(kind, {
        bubbles: true, buttons: 1, pointerId: 1, isPrimary: true, clientY: box.top + 4,
        clientX: box.left + box.width * (0.8 - 0.7 * step / MOVES),
    }));
    let [step, cards] = [0, 0];
    move('pointerdown', 0);
    const next = () => {
        // What takes hold of the head draws the lanes as they are to stay meanwhile, and that alone is a render or two.
        if (step === 2) {
            observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        }
        cards = Math.max(cards, step > 1 ? document.querySelectorAll('.story-card').length : 0);
        if (step === MOVES) {
            move('pointerup', step);
            return done([...writes.map((count) => count / MOVES), cards]);
        }
        step += 1;
        move('pointermove', step);
        requestAnimationFrame(next);
    };
    requestAnimationFrame(next);";

#[test]
fn a_drag_writes_what_has_moved_and_no_more_of_the_story_than_is_seen() {
    let page = stopped(Page::visit().at("?scenario=one-way-cut"));
    run_to(&page, 30_000);
    let cards = |page: &Page| page.all("article").len();
    let before = cards(&page);
    let counted = page.browser().execute_async(DRAG, &json!([])).expect("counts");
    let [lanes, ring, others, most] = [0, 1, 2, 3].map(|index| counted[index].as_f64().expect("a number"));
    assert!(
        lanes.abs() < 0.5,
        "{lanes} writes a move in lanes that are as they were"
    );
    assert!(
        ring < 60.0 && others < 40.0,
        "{ring} writes a move in the ring, {others} elsewhere"
    );
    let half = f64::from(u32::try_from(before).expect("a few cards")) / 2.0;
    assert!(most >= 1.0 && most < half, "{most} cards of {before}");
    page.wait_until("the story is whole again", |page| cards(page) == before);
}

#[test]
fn marks_are_where_the_time_says_whatever_was_played_before() {
    let page = in_an_election();
    let at_first = page.execute(MARKS);
    assert!(at_first.as_array().is_some_and(|marks| marks.len() > 2), "{at_first}");
    page.button("Play").click();
    page.wait_until("they have moved", |page| page.execute(MARKS) != at_first);
    page.button("Pause").click();
    let stands = page.execute(MARKS);
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(page.execute(MARKS), stands, "they go on while time stands");
    seek(&page, 155);
    assert_eq!(page.execute(MARKS), at_first);
}

/// All that the clock shows from the start until a leader is there.
fn clock_until_elected(visit: Visit) -> Vec<String> {
    let page = stopped(visit);
    at_speed(&page, WATCHABLE);
    page.execute(
        "window.shown = [];
         const clock = document.querySelector('[role=timer]');
         new MutationObserver(() => window.shown.push(clock.textContent))
             .observe(clock, { childList: true, characterData: true, subtree: true });",
    );
    page.button("Play").click();
    leader(&page);
    page.button("Pause").click();
    let shown = page.execute("return window.shown");
    let shown = shown.as_array().cloned().unwrap_or_default();
    let mut shown: Vec<String> = shown
        .iter()
        .map(|text| text.as_str().unwrap_or_default().to_owned())
        .collect();
    shown.dedup();
    shown.retain(|text| text != "0.000 s");
    shown
}

#[test]
fn with_reduced_motion_the_clock_stands_until_something_happens() {
    let smooth = clock_until_elected(Page::visit());
    let by_events = clock_until_elected(Page::visit().reduced_motion());
    let before = |times: &[String]| times.iter().filter(|time| time.as_str() < "0.150 s").count();
    assert!(before(&smooth) > 3, "{smooth:?}");
    assert_eq!(before(&by_events), 0, "{by_events:?}");
    assert!(by_events.len() > 3, "{by_events:?}");
}

#[test]
fn it_is_the_same_run() {
    let run = |visit| {
        let page = stopped(visit);
        run_to(&page, 1000);
        copied_log(&page)
    };
    assert_eq!(run(Page::visit()), run(Page::visit().reduced_motion()));
}

//! What an author's file says that does not come about in its runs.

use raft_playground::lesson::{
    BuiltinLesson,
    file::{self, LessonExpected, flaws},
};

/// What is wrong in a lesson with these steps, whose first one is line 5.
fn found(steps: &str) -> Vec<(usize, LessonExpected)> {
    let text = format!("raft-lesson 1\ntitle A\nscene\n  seed 6\n{steps}");
    assert_eq!(file::read(&text).map(|_| ()), Ok(()), "{steps}");
    let flaws = flaws(&text).into_iter();
    flaws.map(|flaw| (flaw.line, flaw.expected)).collect()
}

#[test]
fn a_solution_that_solves_nothing_is_told_with_its_line() {
    let task = "task crashes S2\n  text A\n  # This one?\n  solve after 0 s kill S1\n";
    assert_eq!(found(task), [(8, LessonExpected::Solution)]);
    assert_eq!(found(&task.replace("kill S1", "kill S2")), []);
    assert_eq!(
        found("task crashes S2\n  text A\n"),
        [],
        "whoever reads it may find one"
    );
}

#[test]
fn what_is_offered_to_be_asked_about_has_happened() {
    let wait = "wait elected S2\n  text A\n  why elected S2\n  why crashes S1\n  what-if crashes S1\n";
    let wrong = LessonExpected::Happened;
    assert_eq!(found(wait), [(8, wrong), (9, wrong)]);
    let event = "wait elected S2\n  text A\n  what-if elected S2\n";
    assert_eq!(found(event), [(7, wrong)], "only what was done can be undone");
}

#[test]
fn what_never_comes_is_told_and_the_next_scene_is_played_all_the_same() {
    let steps = "wait crashes S1\n  text A\nwait crashes S2\n  text B\nscene\n  seed 6\nask predict vote S5 for S2\n  text C\nsay\n  text D\n  why crashes\n";
    let told = [
        (5, LessonExpected::Coming),
        (11, LessonExpected::Askable),
        (15, LessonExpected::Happened),
    ];
    assert_eq!(found(steps), told);
}

#[test]
fn the_line_is_shown() {
    let text = "raft-lesson 1\ntitle A\nscene\n  seed 6\ntask crashes S2\n  text A\n  solve after 0 s kill S1\n";
    assert_eq!(
        flaws(text)[0].to_string(),
        "line 7: expected a solution that does the task in this run, found “solve after 0 s kill S1”"
    );
}

#[test]
fn nothing_is_found_in_what_is_built_in() {
    for id in BuiltinLesson::ALL {
        assert_eq!(flaws(&file::write(&id.lesson())), [], "{}", id.slug());
    }
}

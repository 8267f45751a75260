//! What an author's file says that does not come about in its runs.

use raft_playground::lesson::{
    BuiltinLesson,
    file::{self, Instead, LessonExpected, LessonFlaw},
    predict::Unaskable,
};

/// What is wrong in a lesson that can be read.
fn flaws(text: &str) -> Vec<LessonFlaw> {
    let checked = file::check(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(Ok(&checked.0), file::read(text).as_ref());
    checked.1
}

/// A lesson with these steps, whose first one is line 5.
fn with_steps(steps: &str) -> String {
    format!("raft-lesson 1\ntitle A\nscene\n  seed 6\n{steps}")
}

/// What is wrong in a lesson with these steps, whose first one is line 5.
fn found(steps: &str) -> Vec<(usize, LessonExpected)> {
    let flaws = flaws(&with_steps(steps)).into_iter();
    flaws.map(|flaw| (flaw.error.line, flaw.error.expected)).collect()
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
        "line 7: expected a solution that does the task in this run, found “solve after 0 s kill S1”; “crashes S2” is missing; \
         there is “crashes S1” at 0.000 s"
    );
}

/// What there is instead of the only thing that is wrong in these steps.
fn instead(steps: &str) -> Instead {
    let [flaw] = &flaws(&with_steps(steps))[..] else {
        panic!("{steps}")
    };
    flaw.instead.clone().expect("something")
}

/// What happens, in the words that a file can have.
fn happening(instead: Instead) -> Vec<String> {
    let Instead::Happens(found) = instead else {
        panic!("{instead:?}")
    };
    found.into_iter().map(|(_, words)| words).collect()
}

#[test]
fn what_happens_in_place_of_what_was_waited_for_is_named_so_that_it_can_be_copied() {
    let wait = "wait elected S3\n  text A\n";
    let found = happening(instead(wait));
    assert_eq!(found, ["elected S2 in term 1"]);
    let mended = wait.replace("elected S3", &found[0]);
    assert_eq!(flaws(&with_steps(&mended)), []);
    assert_eq!(
        happening(instead("wait leader S3\n  text A\n")),
        ["elected S2 in term 1"],
        "who leads was elected"
    );
    let votes = happening(instead("wait votes S4 for S3\n  text A\n"));
    assert_eq!(votes, ["votes S4 for S2"], "what is most like it");
}

#[test]
fn what_happens_only_before_the_step_is_told_apart() {
    let steps = "wait elected S2\n  text A\nwait elected S2\n  text B\n";
    let Instead::Before(found) = instead(steps) else {
        panic!("{steps}")
    };
    assert_eq!(found[0].1, "elected S2 in term 1");
    assert_eq!(instead("wait crashes S2\n  text A\n"), Instead::Nothing);
}

#[test]
fn of_several_conditions_the_one_that_is_missing_is_named() {
    let flaws = flaws(&with_steps("wait elected S2 and crashes S1\n  text A\n"));
    assert_eq!(flaws[0].missing.as_deref(), Some("crashes S1"));
}

#[test]
fn an_offer_names_the_latest_of_its_kind() {
    let steps = "task crashes S2\n  text A\n  solve after 1 s kill S2\n  what-if crashes S1\n  why votes S2\n";
    let flaws = flaws(&with_steps(steps));
    let found: Vec<_> = flaws
        .iter()
        .map(|flaw| happening(flaw.instead.clone().expect("something")))
        .collect();
    assert_eq!(found[0], ["does kill S2"], "what was done can be left out");
    assert_eq!(found[1].len(), 3);
    assert!(found[1].iter().all(|words| words.starts_with("votes S")), "{found:?}");
}

#[test]
fn why_nothing_can_be_asked_is_told() {
    let ask = "ask predict vote S5 for S2\n";
    let cases = [
        (with_steps(ask), Unaskable::NoSubject),
        (
            with_steps(&format!("wait stands S2\n  text A\n{}", ask.replace("S5", "S2"))),
            Unaskable::NoSubject,
        ),
        (
            with_steps(ask).replace("seed 6", "seed 6\n  rule persist-vote off"),
            Unaskable::OtherRules,
        ),
        (
            with_steps(ask).replace("seed 6", "seed 6\n  loss 10 %"),
            Unaskable::UnreliableNetwork,
        ),
        (
            with_steps("ask predict next-leader\n").replace("seed 6", "seed 6\n  at 0.1 s kill S1"),
            Unaskable::Planned,
        ),
    ];
    for (text, why) in cases {
        let flaws = flaws(&text);
        assert_eq!(flaws[0].instead, Some(Instead::Unaskable(why)), "{text}");
    }
}

#[test]
fn a_language_that_the_page_does_not_speak_is_told_once_with_its_line() {
    let steps = "say\n  text A\n  text[ptbr] B\n  then[ptbr] C\n  text[pt] D\n";
    let flaws = flaws(&with_steps(steps).replace("title A", "title A\ntitle[xx] B"));
    let told: Vec<_> = flaws
        .iter()
        .map(|flaw| (flaw.error.line, flaw.error.expected))
        .collect();
    let wrong = LessonExpected::KnownLanguage;
    assert_eq!(told, [(3, wrong), (8, wrong)]);
    assert_eq!(flaws[0].error.found, "title[xx] B");
    assert!(wrong.known().contains(&"pt-BR"));
}

#[test]
fn a_language_that_a_text_has_already_is_told_with_its_line() {
    let wrong = LessonExpected::LanguageOnce;
    assert_eq!(found("say\n  text A\n  text[pt] B\n  text[pt-BR] C\n"), [(8, wrong)]);
    assert_eq!(
        found("say\n  text[pt] A\n  text[pt] B\n"),
        [],
        "lines with one word follow one another"
    );
    let ask = "ask\n  text A\n  right B\n  right[pt] C\n  right[pt] D\n    because E\n  wrong F\n    because G\n";
    let text = with_steps(ask);
    assert!(
        file::read(&text).is_err(),
        "the second one would be an answer without a reason"
    );
    let ask = "ask\n  text A\n  right B\n  right[pt] C\n    because E\n  right[pt] D\n    because E\n  wrong F\n    because G\n";
    assert_eq!(found(ask), [(10, wrong)]);
    let alone = "ask\n  text[pt] A\n  right[pt] B\n    because[pt] C\n  right[pt] D\n    because[pt] E\n  wrong[pt] F\n    because[pt] G\n";
    assert_eq!(found(alone), [], "a lesson in one language");
    let titles = flaws(&with_steps("say\n  text A\n").replace("title A", "title A\ntitle B"));
    assert_eq!((titles[0].error.line, titles[0].error.expected), (3, wrong));
}

/// Whoever copies the lesson of the documents begins with one that is played as it says.
#[test]
fn nothing_is_found_in_the_lesson_of_the_documents() {
    let documents = include_str!("../../docs/lessons.md");
    let text = documents
        .split("```")
        .nth(1)
        .and_then(|block| block.strip_prefix("text\n"));
    let text = text.expect("the first block is a lesson");
    assert_eq!(flaws(text), []);
    let lesson = file::read(text).expect("a lesson");
    assert_eq!(lesson.steps().count(), 3);
    for (_, step) in lesson.steps() {
        assert!(step.text.exactly("pt-BR").is_some(), "{step:?}");
    }
}

#[test]
fn nothing_is_found_in_what_is_built_in() {
    for id in BuiltinLesson::ALL {
        assert_eq!(flaws(&file::write(&id.lesson())), [], "{}", id.slug());
    }
}

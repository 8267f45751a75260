//! Lesson files: what can be written can be read, and what can't be read is refused with its line.

use raft_playground::{
    lesson::{
        BuiltinLesson, Condition, Control, CountedDeed, Lesson, Misconception, Occurrence, OccurrenceKind, Offer,
        Reason, RunState, StepKind,
        file::{self, LessonExpected},
        predict::{QuizTopic, QuizWish},
    },
    raft::{NodeId, Rule, Term},
    safety::Property,
    scenario::{ScenarioId, file::Expected},
    sim::{Action, Micros},
};

/// A file that uses all that there is.
const WHOLE: &str = "\u{feff}# A comment.
raft-lesson 1
lesson old-leaders
title Old leaders
title[pt-BR] Antigos leaders
about What becomes of a leader
about that was cut off.

scene
  servers 3
  seed 7
  at 0.3 s isolate S1
  open at 0.2 s
  misconception no-step-down
  misconception voting-twice
  lock time

say
  text One.
  text Two.
  text[pt-BR] Um. Dois.
  why elected S1 in term 1
  what-if does isolate S1
  unlock time actions

wait refuses S1 to S2 because log-behind in term 3 and leader S2 for 500 ms and no-majority
  text Watch.
  pace 25ms
  then There it is.

ask
  text Which term # is it?
  right Term 1
  right[pt-BR] Term 1
    because It is.
  wrong Term 2
    because It is not.
  wrong Term 3
    because Nor this.

ask predict next-timeout
ask predict vote S3 for S2
  then So it was.
ask predict vote-count
ask predict loss to S3 # any that is sent to S3

task rule persist-vote off and breaks election-safety and two-leaders and at-most 2 actions and at-most 1 crashes and at-most 0 links
  text Break it.
  solve after 0 s kill S1
  solve after 0.1 s start S1 # it forgets
  miss after 2 ms kill S2

scene figure-3
say
  text The lab.
";

fn read(text: &str) -> Lesson {
    file::read(text).unwrap_or_else(|error| panic!("{error}"))
}

const fn server(number: usize) -> NodeId {
    NodeId::new(number - 1)
}

#[test]
fn a_file_is_read_as_people_write_it() {
    let typed = [
        ("0.3 s isolate S1", "300ms isolate s1"),
        ("why elected S1", "why elected s1"),
        ("refuses S1 to S2", "refuses s1 to s2"),
        ("for 500 ms", "for 500ms"),
        ("vote S3 for S2", "vote s3 for s2"),
        ("loss to S3", "loss to s3"),
        ("after 0.1 s start S1", "after 0.1s start s1"),
    ];
    let typed = typed.iter().fold(WHOLE.to_owned(), |text, (spelled, typed)| {
        assert!(text.contains(spelled), "{spelled}");
        text.replace(spelled, typed)
    });
    assert_eq!(read(&typed), read(WHOLE));
}

#[test]
fn a_file_says_all_that_a_lesson_is() {
    let lesson = read(WHOLE);
    assert_eq!(
        (&*lesson.name, lesson.title.get("pt-BR")),
        ("old-leaders", "Antigos leaders")
    );
    assert_eq!(lesson.about.get("pt-BR"), "What becomes of a leader that was cut off.");
    assert_eq!(lesson.about.exactly("pt-BR"), None);
    let [scene, lab] = &lesson.scenes[..] else {
        panic!("{lesson:?}")
    };
    assert_eq!((scene.run.recording.seed, scene.run.recording.config.size), (7, 3));
    assert_eq!(scene.open, Micros::from_millis(200));
    assert_eq!(
        scene.misconceptions,
        [Misconception::NoStepDown, Misconception::VotingTwice]
    );
    assert_eq!(scene.locks, [Control::Time]);
    assert_eq!(
        (lab.scenario, lab.run.id),
        (Some(ScenarioId::Figure3), ScenarioId::Figure3)
    );

    let [say, wait, ask, timeout, vote, count, loss, task] = &scene.steps[..] else {
        panic!("{scene:?}")
    };
    assert_eq!((say.text.get("en"), say.text.get("pt-BR")), ("One. Two.", "Um. Dois."));
    assert_eq!((say.text.get("PT"), say.text.get("fr")), ("Um. Dois.", "One. Two."));
    assert_eq!(say.unlocks, [Control::Time, Control::Actions]);
    let elected = Occurrence {
        server: Some(server(1)),
        term: Some(Term(1)),
        ..Occurrence::any(OccurrenceKind::Elected)
    };
    let isolate = Occurrence::any(OccurrenceKind::Does(Action::isolate(server(1))));
    assert_eq!(say.offers, [Offer::Why(elected), Offer::WhatIf(isolate)]);
    let refused = Occurrence {
        kind: OccurrenceKind::Refuses,
        server: Some(server(1)),
        other: Some(server(2)),
        why: Some(Reason::LogBehind),
        term: Some(Term(3)),
    };
    let goal = vec![
        Condition::Happened(refused),
        Condition::HeldFor(RunState::Leader(Some(server(2))), Micros::from_millis(500)),
        Condition::Holds(RunState::NoMajority),
    ];
    assert_eq!(wait.kind, StepKind::Wait(goal));
    assert_eq!((wait.pace, say.pace), (Some(Micros::from_millis(25)), None));
    let StepKind::Ask(choices) = &ask.kind else {
        panic!("{ask:?}")
    };
    let right: Vec<_> = choices.iter().map(|choice| choice.right).collect();
    assert_eq!(right, [true, false, false]);
    assert_eq!(ask.text.get("en"), "Which term # is it?");
    let wish = |topic, server, other| StepKind::Predict(QuizWish { topic, server, other });
    assert_eq!(timeout.kind, wish(QuizTopic::NextTimeout, None, None));
    assert_eq!(vote.kind, wish(QuizTopic::Vote, Some(server(3)), Some(server(2))));
    assert_eq!(count.kind, wish(QuizTopic::VoteCount, None, None));
    assert_eq!(loss.kind, wish(QuizTopic::Loss, None, Some(server(3))));
    assert!(timeout.text.is_empty());
    let StepKind::Task(task) = &task.kind else {
        panic!("{task:?}")
    };
    assert_eq!(
        task.goal,
        [
            Condition::Holds(RunState::Rule(Rule::PersistVote, false)),
            Condition::Happened(Occurrence::any(OccurrenceKind::Breaks(Property::ElectionSafety))),
            Condition::Holds(RunState::TwoLeaders),
            Condition::AtMost(2, CountedDeed::Actions),
            Condition::AtMost(1, CountedDeed::Crashes),
            Condition::AtMost(0, CountedDeed::Links),
        ]
    );
    assert_eq!((task.solution.len(), task.misses.len()), (2, 1));
}

#[test]
fn what_is_written_is_read_as_the_same() {
    let builtin = BuiltinLesson::ALL.map(BuiltinLesson::lesson);
    for lesson in builtin.into_iter().chain([read(WHOLE)]) {
        let text = file::write(&lesson);
        assert_eq!(read(&text), lesson, "{text}");
        assert_eq!(file::write(&read(&text)), text);
    }
}

/// The file with a line in place of another one, or without it.
fn with(line: &str, instead: &str) -> String {
    assert!(WHOLE.contains(&format!("{line}\n")), "{line}");
    WHOLE.replacen(&format!("{line}\n"), &format!("{instead}\n"), 1)
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    use LessonExpected as Wrong;
    let lines = |line: &str, up_to: usize| 1 + WHOLE.lines().position(|each| each == line).expect("a line") + up_to;
    let cases = [
        ("raft-lesson 1", "raft-playground 1", Wrong::Header),
        ("raft-lesson 1", "raft-lesson 2", Wrong::OlderVersion),
        ("raft-lesson 1", "raft-lesson 1 1", Wrong::Header),
        ("lesson old-leaders", "lesson Old", Wrong::Name),
        ("title Old leaders", "title", Wrong::Text),
        ("about that was cut off.", "say", Wrong::Scene),
        ("about that was cut off.", "text Hello", Wrong::Scene),
        ("  servers 3", "  servers 12", Wrong::Run(Expected::Size)),
        (
            "  at 0.3 s isolate S1",
            "  at 0.3 s isolate S4",
            Wrong::Run(Expected::Server),
        ),
        ("  at 0.3 s isolate S1", "  text Hello", Wrong::Run(Expected::Keyword)),
        ("  open at 0.2 s", "  open at noon", Wrong::Run(Expected::Time)),
        (
            "  misconception voting-twice",
            "  misconception sloth",
            Wrong::Misconception,
        ),
        ("  lock time", "  lock doors", Wrong::Control),
        ("  lock time", "  lock", Wrong::Control),
        ("  text[pt-BR] Um. Dois.", "  text[pt_BR] Um. Dois.", Wrong::Language),
        ("  text[pt-BR] Um. Dois.", "  text[] Um. Dois.", Wrong::Language),
        ("  why elected S1 in term 1", "  why leader S1", Wrong::Happening),
        ("  why elected S1 in term 1", "  why[pt-BR] elected S1", Wrong::Step),
        (
            "  why elected S1 in term 1",
            "  why elected S4",
            Wrong::Run(Expected::Server),
        ),
        (
            "  why elected S1 in term 1",
            "  why elected S1 for S2",
            Wrong::Run(Expected::End),
        ),
        (
            "  what-if does isolate S1",
            "  what-if does nothing",
            Wrong::Run(Expected::Action),
        ),
        ("  what-if does isolate S1", "  jump", Wrong::Step),
        ("  pace 25ms", "  pace slowly", Wrong::Run(Expected::Time)),
        ("  then There it is.", "  pace 25ms", Wrong::Once),
        ("  then There it is.", "  because There it is.", Wrong::Ask),
        ("  then There it is.", "  solve after 0 s kill S1", Wrong::Task),
        ("    because It is.", "    because", Wrong::Text),
        ("ask predict next-timeout", "ask predict weather", Wrong::Prediction),
        ("ask predict next-timeout", "ask predict", Wrong::Prediction),
        (
            "ask predict next-timeout",
            "ask predict next-timeout S2",
            Wrong::Run(Expected::End),
        ),
        ("ask predict next-timeout", "ask why", Wrong::Run(Expected::End)),
        (
            "ask predict vote S3 for S2",
            "ask predict vote S4",
            Wrong::Run(Expected::Server),
        ),
        (
            "ask predict vote-count",
            "ask predict vote-count S2 for S3",
            Wrong::Run(Expected::End),
        ),
        ("  then So it was.", "  right Yes", Wrong::Ask),
        (
            "  solve after 0.1 s start S1 # it forgets",
            "  solve 0.1 s start S1",
            Wrong::Run(Expected::Word("after")),
        ),
        ("  solve after 0 s kill S1", "  solve after 1 s kill S1", Wrong::Later),
        ("scene figure-3", "scene figure-9", Wrong::Scenario),
        ("scene figure-3", "scene figure-3\n  seed 5", Wrong::NoRun),
    ];
    for (line, instead, expected) in cases {
        let error = file::read(&with(line, instead)).expect_err(instead);
        // A longer replacement, or what comes too early for the line below, is told one line further on.
        let further = usize::from(matches!(expected, Wrong::NoRun | Wrong::Later));
        assert_eq!(
            (error.expected, error.line),
            (expected, lines(line, further)),
            "{instead}: {error}"
        );
    }
}

#[test]
fn a_step_that_lacks_something_is_told_with_its_own_line() {
    use LessonExpected as Wrong;
    let line = |line: &str| 1 + WHOLE.lines().position(|each| each == line).expect("a line");
    let wait = WHOLE.lines().find(|line| line.starts_with("wait")).expect("a wait");
    for (gone, step, expected) in [
        ("  text Watch.", wait, Wrong::Said),
        ("    because It is not.", "ask", Wrong::Because),
    ] {
        let error = file::read(&with(gone, "  # gone")).expect_err(gone);
        assert_eq!((error.expected, error.line), (expected, line(step)), "{gone}: {error}");
    }
    let no_wrong = WHOLE.replace("  wrong Term", "  right Term");
    let error = file::read(&no_wrong).expect_err("no wrong choice");
    assert_eq!((error.expected, error.line), (Wrong::Choices, line("ask")));
    let error = file::read("raft-lesson 1\ntitle A\nscene\nscene\nsay\n  text B").expect_err("an empty scene");
    assert_eq!((error.expected, error.line, &*error.found), (Wrong::Steps, 3, "scene"));
    let error = file::read("raft-lesson 1\ntitle A").expect_err("no scene");
    assert_eq!((error.expected, error.line), (Wrong::Steps, 2));
    let error = file::read("raft-lesson 1\nscene").expect_err("no title");
    assert_eq!((error.expected, error.line), (Wrong::Title, 2));
    let error = file::read("").expect_err("nothing");
    assert_eq!((error.expected, error.line), (Wrong::Header, 1));
}

#[test]
fn conditions_that_are_none_are_refused() {
    use LessonExpected as Wrong;
    let error = |goal: &str| {
        let text = format!("raft-lesson 1\ntitle A\nscene\nwait {goal}\n  text B\n");
        file::read(&text).map(|_| ()).map_err(|error| error.expected)
    };
    for fine in [
        "elected",
        "stands S2 in term 3",
        "stale-leader S1 and no-leader",
        "misses S2 from S1",
        "leader for 1 s",
    ] {
        assert_eq!(error(fine), Ok(()), "{fine}");
    }
    for (goal, expected) in [
        ("", Wrong::Condition),
        ("victory", Wrong::Condition),
        ("elected and", Wrong::Condition),
        ("elected S2 or S3", Wrong::Run(Expected::End)),
        ("refuses S1 because sloth", Wrong::Reason),
        ("breaks nothing", Wrong::Property),
        ("rule persist-vote", Wrong::Run(Expected::OnOff)),
        ("rule sloth on", Wrong::Run(Expected::Rule)),
        ("no-majority for 1 s", Wrong::Lasting),
        ("leader for ever", Wrong::Run(Expected::Time)),
    ] {
        assert_eq!(error(goal), Err(expected), "{goal}");
    }
}

#[test]
fn a_lesson_is_told_from_a_scenario() {
    assert!(file::is_lesson(WHOLE));
    for other in [
        "",
        "raft-playground 1",
        "raft-lessons 1",
        "# raft-lesson 1\nraft-playground 1",
    ] {
        assert!(!file::is_lesson(other), "{other}");
    }
}

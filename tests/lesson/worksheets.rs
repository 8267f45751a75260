//! Worksheets: each copy is its own, and what it marks as right is what happens.

use std::collections::BTreeSet;

use raft_playground::{
    lesson::{BuiltinLesson, Lesson, StepKind, Worksheet},
    raft::Message,
    sim::Micros,
};

fn all() -> impl Iterator<Item = Lesson> {
    BuiltinLesson::ALL.into_iter().map(BuiltinLesson::lesson)
}

#[test]
fn a_copy_has_all_that_its_lesson_asks() {
    for lesson in all() {
        let asked: Vec<_> = lesson
            .steps()
            .filter(|(_, step)| matches!(step.kind, StepKind::Ask(_)))
            .map(|(_, step)| &step.text)
            .collect();
        let sheet = Worksheet::of(&lesson, 7);
        let written: Vec<_> = sheet.written.iter().map(|question| &question.text).collect();
        assert_eq!(written, asked, "{}", lesson.name);
        for question in &sheet.written {
            assert_eq!(
                question.choices.iter().filter(|choice| choice.right).count(),
                1,
                "{}",
                lesson.name
            );
        }
    }
}

#[test]
fn a_copy_is_made_by_its_seed_alone() {
    for lesson in all() {
        assert_eq!(Worksheet::of(&lesson, 5), Worksheet::of(&lesson, 5));
    }
}

/// A neighbour's letters are of no use.
#[test]
fn copies_differ_in_their_right_answers() {
    let lesson = BuiltinLesson::OneLeader.lesson();
    let letters = |seed: u64| {
        let sheet = Worksheet::of(&lesson, seed);
        let written = sheet
            .written
            .iter()
            .map(|question| question.choices.iter().position(|choice| choice.right));
        let predicted = sheet.predicted.iter().map(|asked| {
            let mut answers = asked.question.prediction.answers.iter();
            answers.position(|(_, mistake)| mistake.is_none())
        });
        written.chain(predicted).collect::<Vec<_>>()
    };
    let copies: BTreeSet<_> = (1..=40).map(letters).collect();
    assert!(copies.len() >= 25, "{} of 40 differ", copies.len());
}

/// The marked answer is judged by the run itself: opened as it is printed, it comes to what the question says.
#[test]
fn what_is_asked_of_a_run_comes_to_what_is_marked() {
    let lesson = BuiltinLesson::OneLeader.lesson();
    for seed in 1..=40 {
        let predicted = Worksheet::of(&lesson, seed).predicted;
        assert_eq!(predicted.len(), 3, "seed {seed}");
        for asked in predicted {
            let prediction = &asked.question.prediction;
            let mut history = asked.run.open().expect("a run");
            assert_eq!((history.now(), asked.run.recording.seed), (prediction.at, seed));
            assert!(prediction.settled_at > prediction.at);
            history.seek(prediction.settled_at);
            assert!(
                history
                    .trace()
                    .get(prediction.settled_by)
                    .is_some_and(|event| event.at == prediction.settled_at)
            );
            assert!(history.now() <= Micros::from_secs(4));
        }
    }
}

/// What is printed to the millisecond has to be enough to work the answer out.
#[test]
fn no_two_requests_reach_a_server_in_one_millisecond() {
    let lesson = BuiltinLesson::OneLeader.lesson();
    for asked in (1..=60).flat_map(|seed| Worksheet::of(&lesson, seed).predicted) {
        let history = asked.run.open().expect("a run that can be replayed");
        let due = history
            .world()
            .in_flight()
            .filter(|flight| matches!(flight.message, Message::RequestVote { .. }))
            .map(|flight| (flight.to(), flight.due_at.to_string()));
        let due: Vec<_> = due.collect();
        let different: BTreeSet<_> = due.iter().cloned().collect();
        assert_eq!(different.len(), due.len(), "{due:?}");
    }
}

//! Worksheets: each copy is its own, and what it marks as right is what happens.

use std::collections::BTreeSet;

use raft_playground::{
    lesson::{BuiltinLesson, LEAST, Lesson, StepKind, Worksheet, file, predict::PredictionKind},
    raft::{Message, NodeId, Role, Term, Timer},
    sim::{Action, Micros},
};

fn all() -> impl Iterator<Item = Lesson> {
    BuiltinLesson::ALL.into_iter().map(BuiltinLesson::lesson)
}

#[test]
fn a_copy_has_all_that_its_lesson_asks() {
    for lesson in all() {
        let mut asked: Vec<_> = lesson
            .steps()
            .filter(|(_, step)| matches!(step.kind, StepKind::Ask(_)))
            .map(|(_, step)| &step.text)
            .collect();
        let sheet = Worksheet::of(&lesson, 7);
        let mut written: Vec<_> = sheet.written.iter().map(|question| &question.text).collect();
        for texts in [&mut asked, &mut written] {
            texts.sort_by_key(|text| text.get("en"));
        }
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

/// Nor are those of last week's sheet.
#[test]
fn copies_of_two_lessons_with_one_seed_ask_of_other_runs() {
    let seeds = |lesson: &Lesson| {
        let copies = Worksheet::copies(lesson, LEAST, 1..=60);
        let asked = copies.into_iter().flat_map(|copy| copy.predicted);
        asked.map(|asked| asked.run.recording.seed).collect::<BTreeSet<_>>()
    };
    let all: Vec<_> = all().map(|lesson| seeds(&lesson)).collect();
    let together: usize = all.iter().map(BTreeSet::len).sum();
    assert_eq!(all.into_iter().flatten().collect::<BTreeSet<_>>().len(), together);
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
            assert_eq!(history.now(), prediction.at);
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

/// Where nobody stands yet, the first to do so has all votes before another one asks for any: else delays decide that nobody can see.
#[test]
fn who_wins_is_asked_where_one_timer_is_well_before_the_others() {
    let copies = all().flat_map(|lesson| Worksheet::copies(&lesson, LEAST, 1..=20));
    let mut asked_before_anybody_stands = 0;
    for asked in copies.flat_map(|copy| copy.predicted) {
        let history = asked.run.open().expect("a run that can be replayed");
        let world = history.world();
        let is_contested = world
            .in_flight()
            .any(|flight| matches!(flight.message, Message::RequestVote { .. }));
        if asked.question.prediction.kind != PredictionKind::NextLeader || is_contested {
            continue;
        }
        asked_before_anybody_stands += 1;
        let timers = world.servers().filter_map(|(_, server)| server.timer(Timer::Election));
        let mut expire: Vec<_> = timers.map(|timer| timer.fires_at).collect();
        expire.sort();
        assert!(expire[1] - expire[0] > world.config().network.delay.max, "{expire:?}");
    }
    assert!(asked_before_anybody_stands > 0);
}

/// What stands on paper says what was done in the run, and how it is set.
#[test]
fn a_question_comes_with_what_was_done_and_how_the_run_is_set() {
    let scene = |lesson: BuiltinLesson, text: &str| {
        let sheet = Worksheet::of(&lesson.lesson(), 1);
        let mut written = sheet.written.into_iter();
        let found = written.find(|question| question.text.get("en").starts_with(text));
        found
            .and_then(|question| question.scene)
            .expect("a question with its scene")
    };
    let waits = scene(BuiltinLesson::Terms, "Will the other four wait");
    let cut_off = Action::isolate(NodeId::new(4));
    assert_eq!(waits.deeds, [(Micros::from_millis(300), cut_off)]);
    assert!(!waits.config.rules.modified());
    let ends = scene(BuiltinLesson::Luck, "Will it end by itself");
    assert!(!ends.config.rules.randomised_timeouts);
    let late = scene(BuiltinLesson::Timeouts, "S3 did get a vote");
    assert_eq!(late.config.network.delay.min, Micros::from_millis(120));
}

/// Whoever reads a question does not read the answer to another one: what is about the same run is in a later part.
#[test]
fn no_question_tells_the_answer_to_another() {
    for lesson in all() {
        let sheet = Worksheet::of(&lesson, 3);
        for part in 0..sheet.parts() {
            let texts: Vec<_> = sheet.part(part).map(|(_, question)| question.text.get("en")).collect();
            let scenes = lesson.scenes.iter().filter(|scene| {
                let mut steps = scene.steps.iter();
                steps.any(|step| matches!(step.kind, StepKind::Ask(_)) && texts.contains(&step.text.get("en")))
            });
            let seeds: BTreeSet<_> = scenes.map(|scene| scene.run.recording.seed).collect();
            assert_eq!(
                seeds.len(),
                texts.len(),
                "{}, part {}: {texts:?}",
                lesson.name,
                part + 1
            );
        }
        let seeds: BTreeSet<_> = sheet.predicted.iter().map(|asked| asked.run.recording.seed).collect();
        assert_eq!(seeds.len(), sheet.predicted.len());
    }
}

/// What stands on paper is how the servers stand on the page when the question is asked.
#[test]
fn a_question_comes_with_who_is_what() {
    let sheet = Worksheet::of(&BuiltinLesson::Terms.lesson(), 1);
    let question = |text: &str| {
        let found = sheet
            .written
            .iter()
            .find(|question| question.text.get("en").starts_with(text));
        found.expect("a question").clone()
    };
    let will_they_wait = question("Will the other four wait");
    let scene = will_they_wait.scene.expect("it is known");
    assert_eq!((scene.at, will_they_wait.part), (Micros::from_millis(300), 0));
    let [(four, followers), (s5, leader)] = scene.servers[..] else {
        panic!("{scene:?}");
    };
    assert_eq!((four, s5), (NodeId::all(4).collect(), NodeId::all(5).skip(4).collect()));
    assert_eq!(
        (followers.role, leader.role),
        (Some(Role::Follower), Some(Role::Leader))
    );
    assert_eq!((followers.term, followers.voted_for), (Term(1), Some(NodeId::new(4))));
    assert_eq!(question("S5 still sends").part, 1);
    assert!(sheet.written.iter().all(|question| question.scene.is_some()));
}

/// Who writes a lesson says what it asks: their worksheet has no other runs, and its answers are told by their places alone.
#[test]
fn of_a_lesson_of_ones_own_no_more_is_asked_than_it_asks() {
    let ask = "ask\n  text A?\n  right B\n    because C\n  wrong D\n    because E\n";
    let read =
        |more: &str| file::read(&format!("raft-lesson 1\ntitle Mine\nscene\n  seed 6\n{ask}{more}")).expect("a lesson");
    let asked = |more: &str| {
        Worksheet::copies(&read(more), 0, 1..=2)
            .iter()
            .map(|copy| copy.predicted.len())
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(""), [0, 0]);
    assert_eq!(asked("ask predict next-timeout\n"), [1, 1]);
}

#[test]
fn copies_are_made_together_as_one_by_one() {
    let lesson = BuiltinLesson::Majority.lesson();
    let together = Worksheet::copies(&lesson, LEAST, 4..=6);
    assert_eq!(together, [4, 5, 6].map(|seed| Worksheet::of(&lesson, seed)));
}

//! The way through a lesson, and that of the built-in ones to their ends.

use raft_playground::{
    lesson::{
        BuiltinLesson, Control, LANGUAGES, Lesson, LessonScene, LessonStep, LessonText, LessonWalk, Misconception,
        Occurrence, OccurrenceKind, StepKind, file,
        predict::{Guess, PredictionKind, QuizTopic},
    },
    raft::{NodeId, Role, Term},
    sim::{Action, Micros},
};

use crate::support::Reader;

fn lesson(steps: &str) -> Lesson {
    let text = format!("raft-lesson 1\ntitle A\nscene\n  seed 6\n{steps}");
    file::read(&text).unwrap_or_else(|error| panic!("{error}"))
}

const S2: NodeId = NodeId::new(1);

#[test]
fn a_step_waits_until_what_it_waits_for_has_happened_and_no_longer() {
    let mut reader = Reader::new(lesson("wait elected S2\n  text A\nwait elected\n  text B\n"));
    assert!(!reader.walk.is_done() && reader.walk.waits());
    assert_eq!(reader.walk.go_on(), None, "nobody goes on before");
    assert!(reader.wait());
    let elected = reader.history.now();
    assert_eq!(reader.history.world().leader(), Some(S2));
    assert!(reader.next());
    // The same event does not count again.
    assert!(!reader.walk.is_done() && !reader.wait());
    assert!(reader.history.now() > elected);
}

#[test]
fn what_lasts_is_counted_from_the_beginning_of_the_step() {
    let mut reader = Reader::new(lesson(
        "wait elected S2\n  text A\nwait leader S2 for 300 ms\n  text B\n",
    ));
    reader.fulfil();
    let elected = reader.history.now();
    assert!(reader.next() && reader.wait());
    assert_eq!(reader.history.now() - elected, Micros::from_millis(300));
}

/// How often somebody looks makes no difference: not even where it ends with the next event.
#[test]
fn what_has_lasted_is_known_to_the_instant() {
    let steps = "wait elected S2\n  text A\nwait leader S2 for 24 ms\n  text B\n";
    let mut reader = Reader::new(lesson(steps));
    reader.fulfil();
    let elected = reader.history.now();
    reader.history.seek(elected + Micros::from_millis(30));
    let _ = reader.history.act(Action::kill(S2)).expect("it can be done");
    reader.history.seek(elected);
    reader.next();
    let comes = reader.walk.comes(&reader.history);
    assert_eq!(comes, Some(elected + Micros::from_millis(24)));
    reader.history.seek(elected + Micros::from_millis(30));
    let fulfilled = reader.walk.follow(&reader.history).expect("it had lasted");
    assert_eq!(Some(fulfilled.at), comes);
}

#[test]
fn a_task_is_judged_by_what_happened() {
    let steps = "wait elected S2\n  text A\ntask crashes S2 and elected\n  text B\n";
    let mut reader = Reader::new(lesson(steps));
    reader.fulfil();
    reader.next();
    assert!(!reader.wait(), "nobody crashes by itself");
    reader.does(Action::kill(NodeId::new(2)));
    assert!(!reader.wait(), "that was another one");
    reader.does(Action::wipe_disk(S2));
    assert!(reader.wait());
}

#[test]
fn what_was_undone_by_going_back_does_not_count() {
    let steps = "wait elected S2\n  text A\ntask crashes S2 and no-leader for 100 ms\n  text B\n";
    let mut reader = Reader::new(lesson(steps));
    reader.fulfil();
    reader.next();
    let before = reader.history.now();
    reader.history.seek(before + Micros::from_millis(5));
    reader.does(Action::kill(S2));
    assert_eq!(reader.walk.follow(&reader.history), None);
    reader.history.seek(before);
    let _ = reader
        .history
        .act(Action::kill(NodeId::new(0)))
        .expect("it can be done");
    assert!(!reader.wait(), "S2 was crashed in another branch");
}

#[test]
fn a_wrong_answer_is_told_apart_and_can_be_mended() {
    let ask = "ask\n  text A\n  wrong B\n    because C\n  right D\n    because E\n";
    let mut reader = Reader::new(lesson(ask));
    assert_eq!(reader.walk.answer(2), None);
    assert!(!reader.walk.answer(0).expect("it is asked").right);
    assert!(!reader.walk.is_done());
    assert!(reader.walk.answer(1).expect("it is asked").right);
    assert_eq!(reader.walk.answer(0), None, "it is answered");
    assert!(reader.walk.is_over() && !reader.walk.state().is_own_work());
    assert_eq!(reader.walk.kept(), "-");
}

/// Nobody leaves a question without its answer: whoever gives it up sees that, also at the end of a lesson.
#[test]
fn a_question_can_be_given_up_once_it_was_answered() {
    let ask = "ask\n  text A\n  wrong B\n    because C\n  right D\n    because E\n";
    let mut reader = Reader::new(lesson(ask));
    reader.walk.give_up();
    assert!(!reader.walk.can_give_up() && !reader.walk.is_done(), "it was not tried");
    reader.walk.answer(0).expect("it is asked");
    assert!(reader.walk.can_give_up());
    reader.walk.give_up();
    assert!(reader.walk.is_over() && !reader.walk.can_give_up());
    assert_eq!(reader.walk.answer(1), None, "its answer shows");
    assert_eq!(reader.walk.kept(), "-");
}

#[test]
fn the_reader_acts_where_that_is_the_task() {
    let steps = "say\n  text A\ntask crashes\n  text B\n  lock rules\nsay\n  text C\n  unlock actions\n";
    let mut reader = Reader::new(lesson(steps));
    let locked = |reader: &Reader| reader.walk.locked().collect::<Vec<_>>();
    assert_eq!(locked(&reader), [Control::Actions, Control::Rules]);
    reader.next();
    assert_eq!(locked(&reader), [Control::Rules]);
    reader.does(Action::kill(S2));
    assert!(reader.wait() && reader.next());
    assert_eq!(locked(&reader), [Control::Rules]);
    assert_eq!(reader.walk.back(), Some(false));
    assert!(reader.walk.is_done() && reader.walk.began().is_some());
}

const PREDICT: &str = "ask predict next-timeout\n  text A\n  then B\n";

#[test]
fn what_the_run_will_do_is_asked_once_and_then_shows() {
    let mut reader = Reader::new(lesson(PREDICT));
    let question = reader.walk.asks().expect("a question").clone();
    let guesses: Vec<_> = question.prediction.answers.iter().map(|(guess, _)| *guess).collect();
    assert_eq!(
        guesses,
        (0..5)
            .map(|place| Guess::Server(NodeId::new(place)))
            .collect::<Vec<_>>()
    );
    assert_eq!(reader.walk.follow(&reader.history), None, "it waits for an answer");
    let mut other = reader.again();
    reader.predict(1);
    assert_eq!(reader.history.now(), question.prediction.settled_at);
    assert_eq!(reader.walk.kept(), "+");
    other.predict(3);
    assert_eq!(other.walk.kept(), "-", "whoever was wrong goes on as well");
    assert_eq!(other.walk.answer(1), None);
}

/// Whoever saw why they were wrong goes back and says it rightly; that they were wrong at first is kept.
#[test]
fn whoever_was_wrong_about_the_run_may_say_it_once_more() {
    let mut reader = Reader::new(lesson(PREDICT));
    let mut other = reader.again();
    assert!(!reader.walk.can_predict_again(), "nothing was said yet");
    reader.predict(1);
    assert!(!reader.walk.can_predict_again(), "it was right");
    other.predict(3);
    let asked = other.walk.state().question.clone();
    other.walk.predict_again();
    assert!(!other.walk.is_done() && other.walk.kept() == ".");
    let began = other.walk.began().expect("it is known");
    other.history.seek(began.at);
    other.walk.begin(&other.history);
    assert_eq!(other.walk.state().question, asked, "the same is asked");
    other.predict(1);
    assert_eq!(other.walk.kept(), "-");
    assert!(!other.walk.state().shown, "it was said, not shown");
    let mut loses = Reader::new(lesson("wait stands S2\n  text A\nask predict loss S2 to S4\n"));
    loses.fulfil();
    loses.next();
    loses.predict(1);
    assert!(!loses.walk.can_predict_again(), "the message is lost");
}

#[test]
fn a_question_can_be_about_one_of_several() {
    let wait = "wait stands S2\n  text A\n";
    for (wish, asked) in [
        ("vote S5 for S2", "S5"),
        ("vote S1", "S1"),
        ("vote-count S2", "S2"),
        ("loss S2 to S4", "S4"),
    ] {
        let mut reader = Reader::new(lesson(&format!("{wait}ask predict {wish}\n")));
        reader.fulfil();
        reader.next();
        let kind = reader.walk.asks().unwrap_or_else(|| panic!("{wish}")).prediction.kind;
        let about = match kind {
            PredictionKind::Vote(id) | PredictionKind::Loss(id) => id.to.to_string(),
            PredictionKind::VoteCount(candidate) => candidate.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(about, asked, "{wish}");
        reader.fulfil();
    }
}

#[test]
fn where_nothing_can_be_asked_nobody_is_kept() {
    let reader = Reader::new(lesson("ask predict vote S5 for S2\n"));
    assert!(reader.walk.asks().is_none() && reader.walk.is_done());
}

// --- The built-in lessons ---

fn all() -> impl Iterator<Item = Lesson> {
    BuiltinLesson::ALL.into_iter().map(BuiltinLesson::lesson)
}

#[test]
fn every_built_in_lesson_can_be_walked_to_its_end() {
    all().for_each(walk);
}

/// Whoever answers wrong is told so each time, and whoever does nothing, or what nearly does it, has not done a task.
#[test]
fn no_built_in_lesson_takes_what_is_wrong() {
    for lesson in all() {
        let mut reader = Reader::new(lesson);
        loop {
            match reader.walk.step().kind.clone() {
                StepKind::Say | StepKind::Wait(_) => {}
                StepKind::Ask(choices) => {
                    for (place, choice) in choices.iter().enumerate().filter(|(_, choice)| !choice.right) {
                        let answered = reader.walk.answer(place).expect("it is asked");
                        assert!(
                            !answered.right && !reader.walk.is_done(),
                            "{}: {choice:?}",
                            reader.place()
                        );
                    }
                }
                StepKind::Predict(_) => {
                    let question = reader.walk.asks().expect("it is asked").clone();
                    let wrong =
                        (0..question.prediction.answers.len()).filter(|place| question.is_right(*place) == Some(false));
                    for place in wrong {
                        let mut other = reader.again();
                        other.predict(place);
                        assert!(
                            other.walk.is_done() && !other.walk.state().is_own_work(),
                            "{}",
                            other.place()
                        );
                    }
                }
                StepKind::Task(task) => {
                    assert!(
                        !task.solution.is_empty() && !task.misses.is_empty(),
                        "{}",
                        reader.place()
                    );
                    for miss in &task.misses {
                        let mut other = reader.again();
                        other.act(&[*miss]);
                        assert!(!other.wait(), "{}: {miss:?} is no miss", other.place());
                    }
                    let mut other = reader.again();
                    assert!(!other.wait(), "{}: it is done by itself", other.place());
                }
            }
            reader.fulfil();
            if !reader.next() {
                break;
            }
        }
        assert!(reader.walk.is_over());
    }
}

/// All texts of a lesson, with where they stand.
fn texts(lesson: &Lesson) -> Vec<(String, &LessonText)> {
    let mut texts = vec![("title".to_owned(), &lesson.title), ("about".to_owned(), &lesson.about)];
    for (place, (_, step)) in lesson.steps().enumerate() {
        if !(step.text.is_empty() && matches!(step.kind, StepKind::Predict(_))) {
            texts.push((format!("step {}, text", place + 1), &step.text));
        }
        if !step.then.is_empty() {
            texts.push((format!("step {}, then", place + 1), &step.then));
        }
        if let StepKind::Ask(choices) = &step.kind {
            let choices = choices.iter().flat_map(|choice| [&choice.text, &choice.because]);
            texts.extend(choices.map(|text| (format!("step {}, choice", place + 1), text)));
        }
    }
    texts
}

#[test]
fn every_built_in_lesson_says_all_in_every_language() {
    for lesson in all() {
        for (place, text) in texts(&lesson) {
            let languages: Vec<_> = text.all().map(|(language, _)| language).collect();
            assert_eq!(languages, LANGUAGES, "{}, {place}: {text:?}", lesson.name);
            // What is read at one look.
            for (language, said) in text.all() {
                assert!(
                    said.chars().count() <= 400,
                    "{}, {place}, {language}: {said}",
                    lesson.name
                );
            }
        }
    }
}

#[test]
fn every_built_in_lesson_is_called_as_its_file() {
    for id in BuiltinLesson::ALL {
        assert_eq!(id.lesson().name, id.slug());
        assert_eq!(BuiltinLesson::from_slug(id.slug()), Some(id));
    }
}

/// Addresses carry them.
#[test]
fn the_names_of_built_in_lessons_never_change() {
    for slug in [
        "one-leader",
        "majority",
        "terms",
        "luck",
        "timeouts",
        "memory",
        "logs",
        "networks",
        "lab",
    ] {
        assert!(BuiltinLesson::from_slug(slug).is_some(), "{slug}");
    }
}

/// Whoever has no mouse is told the key.
#[test]
fn where_a_right_click_is_named_its_key_is_as_well() {
    let mut named = 0;
    for lesson in all() {
        for (_, step) in lesson.steps() {
            for (tag, click) in [("en", "right click"), ("pt-BR", "clique direito")] {
                let text = step.text.get(tag);
                named += usize::from(text.contains(click));
                assert_eq!(text.contains(click), text.contains("Shift+F10"), "{text}");
            }
        }
    }
    assert!(named > 0, "none is named");
}

#[test]
fn the_document_lists_every_lesson_by_its_address() {
    let document = include_str!("../../docs/lessons.md");
    for id in BuiltinLesson::ALL {
        let row = format!("| `?lesson={}` | ", id.slug());
        assert!(document.contains(&row), "docs/lessons.md lacks {row}");
    }
}

/// Predict, then run: of all that the page can ask about a run, how many vote and what a lost message changes are left to practice
/// and paper.
#[test]
fn lessons_ask_what_the_run_will_do_in_four_of_six_ways() {
    let asked = |topic| {
        let mut steps = all().flat_map(|lesson| {
            let kinds: Vec<_> = lesson.steps().map(|(_, step)| step.kind.clone()).collect();
            kinds
        });
        steps.any(|kind| matches!(kind, StepKind::Predict(wish) if wish.topic == topic))
    };
    let unasked: Vec<_> = QuizTopic::WORDS
        .map(|(topic, ..)| topic)
        .into_iter()
        .filter(|topic| !asked(*topic))
        .collect();
    assert_eq!(unasked, [QuizTopic::VoteCount, QuizTopic::Loss]);
}

/// What becomes of the heartbeat of a leader whose term is over: whoever is in a newer term refuses it, and the answer deposes the
/// sender. It is asked before it is seen.
#[test]
fn what_a_server_does_with_a_stale_heartbeat_is_asked_and_then_seen() {
    let s5 = NodeId::new(4);
    let mut reader = Reader::new(BuiltinLesson::Terms.lesson());
    let is_asked = |reader: &Reader| reader.walk.step().text.get("en").contains("heartbeats of term 1. What");
    while !is_asked(&reader) {
        reader.fulfil();
        assert!(reader.next(), "it is never asked");
    }
    let node = |reader: &Reader, id: NodeId| {
        let node = reader.history.world().server(id).node();
        (node.role(), node.term())
    };
    assert_eq!(node(&reader, s5), (Role::Leader, Term(1)));
    assert_eq!(node(&reader, S2), (Role::Leader, Term(2)));
    let asked = reader.history.world().next_event();
    reader.fulfil();
    assert!(reader.next());
    reader.fulfil();
    let first = |kind, server, other| {
        let seen = Occurrence {
            server,
            other,
            ..Occurrence::any(kind)
        };
        seen.first(&reader.history, asked).map(|(_, event)| event)
    };
    let refused = first(OccurrenceKind::RefusesHeartbeat, None, Some(s5));
    let deposed = first(OccurrenceKind::StepsDown, Some(s5), None);
    assert!(refused.is_some() && refused < deposed, "{refused:?} {deposed:?}");
    assert_eq!(node(&reader, s5), (Role::Follower, Term(2)));
}

/// The row of `docs/lessons.md` about a mistake: in which lessons it has a scene, a question and a task, by the numbers of the steps.
fn row(misconception: Misconception) -> String {
    let mut places = Vec::new();
    for lesson in all() {
        let steps: Vec<_> = lesson.steps().zip(1..).collect();
        let about = |(scene, _): &(&LessonScene, &LessonStep)| scene.misconceptions.contains(&misconception);
        let of_kind = |is: &dyn Fn(&StepKind) -> bool| {
            let steps = steps.iter().filter(|(step, _)| about(step) && is(&step.1.kind));
            steps
                .map(|(_, number)| number.to_string())
                .collect::<Vec<_>>()
                .join(", ")
        };
        let scenes = of_kind(&|kind| matches!(kind, StepKind::Wait(_)));
        let questions = of_kind(&|kind| matches!(kind, StepKind::Ask(_) | StepKind::Predict(_)));
        let tasks = of_kind(&|kind| matches!(kind, StepKind::Task(_)));
        if !(scenes.is_empty() && questions.is_empty() && tasks.is_empty()) {
            assert!(
                !scenes.is_empty() && !questions.is_empty() && !tasks.is_empty(),
                "{misconception:?} lacks something in {}",
                lesson.name
            );
            places.push(format!("`{}`: {scenes}; {questions}; {tasks}", lesson.name));
        }
    }
    assert!(!places.is_empty(), "no lesson is about {misconception:?}");
    format!("| `{}` | {} |", misconception.slug(), places.join("<br>"))
}

#[test]
fn each_mistake_of_the_students_guide_has_a_scene_a_question_and_a_task() {
    let documents = include_str!("../../docs/lessons.md");
    let rows = Misconception::ALL.map(row);
    let table = rows.join("\n");
    assert!(
        documents.contains(&table),
        "docs/lessons.md should have the rows\n{table}"
    );
}

/// Walks rightly through a lesson to its end.
fn walk(lesson: Lesson) {
    let mut reader = Reader::new(lesson);
    loop {
        reader.fulfil();
        let offers = reader.walk.offers(&reader.history).count();
        assert_eq!(
            offers,
            reader.walk.step().offers.len(),
            "what it offers: {}",
            reader.place()
        );
        if !reader.next() {
            break;
        }
    }
    assert!(reader.walk.is_over(), "{}", reader.place());
    assert!(reader.walk.kept().chars().all(|step| step == '+'), "{}", reader.place());
}

#[test]
fn the_lesson_of_the_documents_can_be_walked() {
    let documents = include_str!("../../docs/lessons.md");
    let text = documents
        .split("```")
        .nth(1)
        .and_then(|block| block.strip_prefix("text\n"));
    walk(file::read(text.expect("a lesson")).unwrap_or_else(|error| panic!("{error}")));
}

/// A question is about what has just happened.
#[test]
fn the_lab_tells_of_the_server_that_it_waits_for_and_then_asks_about() {
    let mut walk = LessonWalk::new(BuiltinLesson::Lab.lesson());
    let told: Vec<_> = (0..walk.len())
        .map(|step| {
            walk.stand_at(step);
            walk.server_told().map(|server| server.to_string())
        })
        .collect();
    let told: Vec<_> = told.iter().map(|server| server.as_deref().unwrap_or("-")).collect();
    assert_eq!(told.join(" "), "S3 S2 S2 S3 S3 S3 S4 S4 S4 S2 S2 S2");
}

//! The way through a lesson, and that of the built-in ones to their ends.

use raft_playground::{
    lesson::{BuiltinLesson, Control, Lesson, StepKind, file},
    raft::NodeId,
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
    assert_eq!(reader.walk.next(&reader.history), None, "nobody goes on before");
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
    let lasted = reader.history.now() - elected;
    assert!(
        lasted >= Micros::from_millis(300) && lasted < Micros::from_millis(330),
        "{lasted}"
    );
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

// --- The built-in lessons ---

fn all() -> impl Iterator<Item = Lesson> {
    BuiltinLesson::ALL.into_iter().map(BuiltinLesson::lesson)
}

#[test]
fn every_built_in_lesson_can_be_walked_to_its_end() {
    for lesson in all() {
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
                StepKind::Task(task) => {
                    assert!(
                        !task.solution.is_empty() && !task.misses.is_empty(),
                        "{}",
                        reader.place()
                    );
                    for miss in &task.misses {
                        let mut other = Reader {
                            walk: reader.walk.clone(),
                            history: reader.history.clone(),
                        };
                        other.act(&[*miss]);
                        assert!(!other.wait(), "{}: {miss:?} is no miss", other.place());
                    }
                    let mut other = Reader {
                        walk: reader.walk.clone(),
                        history: reader.history.clone(),
                    };
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

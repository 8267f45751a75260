//! What a reader does in a task that it does not ask for, and what is said of it then and later.

use raft_playground::{
    lesson::{BesideTask, BuiltinLesson, Lesson, SoughtDial, StepKind, TaskWord, file},
    raft::{NodeId, Role, Rules},
    sim::{Action, Config, Micros, Range, Timing},
};

use crate::support::Reader;

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const S3: NodeId = NodeId::new(2);
const S4: NodeId = NodeId::new(3);
const S5: NodeId = NodeId::new(4);

fn lesson(steps: &str) -> Lesson {
    let text = format!("raft-lesson 1\ntitle A\nscene\n  seed 6\nwait elected S2\n  text A\n{steps}");
    file::read(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// A reader at the second step.
fn at_task(steps: &str) -> Reader {
    let mut reader = Reader::new(lesson(steps));
    reader.fulfil();
    assert!(reader.next());
    reader
}

const CRASH: &str = "task crashes S2\n  text A\n  solve after 0 s kill S2\nwait elected\n  text B\n";

/// What was done beside the task, with whom it should have been done to.
fn strayed(reader: &Reader) -> Vec<(Action, Option<NodeId>)> {
    let beside = reader.walk.strayed().iter();
    beside
        .map(|beside| (beside.action, beside.wanted.map(|(server, _)| server)))
        .collect()
}

/// What is said of what was wrong.
fn word(reader: &Reader) -> Option<TaskWord> {
    reader.walk.word(&reader.history).filter(TaskWord::is_wrong)
}

#[test]
fn a_wrong_move_is_told_with_what_both_servers_were() {
    let mut reader = at_task(CRASH);
    assert_eq!(word(&reader), None, "nothing was done");
    reader.does(Action::kill(S1));
    let told = BesideTask {
        action: Action::kill(S1),
        role: Some(Role::Follower),
        wanted: Some((S2, Some(Role::Leader))),
    };
    assert_eq!(word(&reader), Some(TaskWord::Beside(told)));
    reader.does(Action::kill(S2));
    assert!(reader.wait());
    assert_eq!(word(&reader), None, "it is done");
    assert_eq!(strayed(&reader), [(Action::kill(S1), Some(S2))]);
    assert!(reader.walk.goes_on_in_scene() && reader.next());
    assert_eq!(
        strayed(&reader),
        [(Action::kill(S1), Some(S2))],
        "what follows tells of another run"
    );
}

#[test]
fn only_what_was_asked_leaves_nothing_to_be_said() {
    let mut reader = at_task(CRASH);
    reader.does(Action::kill(S2));
    assert!(reader.wait() && reader.next());
    assert_eq!(strayed(&reader), []);
    assert!(reader.walk.comes(&reader.history).is_some());
}

#[test]
fn a_crash_that_was_taken_back_is_no_other_run() {
    let mut reader = at_task(CRASH);
    for action in [Action::kill(S1), Action::start(S1), Action::kill(S2)] {
        reader.does(action);
    }
    assert!(reader.wait());
    assert_eq!(strayed(&reader), []);
}

/// What was done too early is not praised, unless the rest of the solution is enough after it.
#[test]
fn parts_count_in_the_order_in_which_they_help() {
    let mut reader = Reader::new(BuiltinLesson::Terms.lesson());
    while reader.walk.index() < 8 {
        reader.fulfil();
        reader.next();
    }
    let said = |reader: &Reader| reader.walk.word(&reader.history);
    let mut other = reader.again();
    reader.does(Action::force_timeout(S3));
    assert_eq!(said(&reader), Some(TaskWord::InVain), "the rule was off");
    other.does(Action::set_rules(Rules::PAPER));
    assert_eq!(said(&other), Some(TaskWord::Part { done: 1, of: 2 }));
    let either = "task crashes S2 and misses S1\n  text A\n  solve after 0 s kill S2\n  solve after 0 s isolate S1\n";
    let mut reader = at_task(either);
    reader.does(Action::isolate(S1));
    assert_eq!(said(&reader), Some(TaskWord::Part { done: 1, of: 2 }));
}

/// An author can say how much may be done.
#[test]
fn a_task_can_have_limits() {
    for (limit, too_much) in [
        ("at-most 1 actions", Action::start(S2)),
        ("at-most 1 crashes", Action::kill(S1)),
        ("at-most 4 links", Action::cut(S1, S3)),
        ("at-most 0 links", Action::isolate(S2)),
    ] {
        let mut reader = at_task(&format!(
            "task elected and {limit}\n  text A\n  solve after 0 s kill S2\n"
        ));
        reader.does(Action::kill(S2));
        let mut other = reader.again();
        assert!(reader.wait(), "{limit}");
        if limit == "at-most 4 links" {
            other.does(Action::isolate(S2));
            assert_ne!(word(&other), Some(TaskWord::TooMuch), "it has four");
        }
        other.does(too_much);
        assert_eq!(word(&other), Some(TaskWord::TooMuch), "{limit}");
        assert!(!other.wait(), "{limit}");
    }
}

#[test]
fn what_can_happen_no_more_is_known_when_the_step_begins() {
    let mut reader = at_task(CRASH);
    for server in [S1, S3, S2] {
        reader.does(Action::kill(server));
    }
    assert!(reader.wait() && reader.next());
    assert_eq!(reader.walk.comes(&reader.history), None);
    assert!(!reader.wait());
    assert_eq!(reader.walk.go_on(), None);
    assert_eq!(reader.walk.pass(), None, "it is the last");
}

#[test]
fn what_will_come_comes_then() {
    let mut reader = Reader::new(lesson(CRASH));
    let comes = reader.walk.comes(&reader.history).expect("S2 is elected");
    assert!(reader.wait());
    assert_eq!(reader.history.now(), comes);
}

#[test]
fn where_the_task_names_nobody_anybody_is_right_but_no_more_than_the_solution_has() {
    let majority = "task crashes S2 and no-majority\n  text A\n  solve after 0 s kill S2\n  solve after 0 s kill S3\n  solve after 0 s kill S4\nsay\n  text B\n";
    let mut reader = at_task(majority);
    for server in [S5, S1] {
        reader.does(Action::kill(server));
        assert_eq!(word(&reader), None, "{server} is as good as another one");
    }
    let mut other = reader.again();
    reader.does(Action::kill(S2));
    assert!(reader.wait());
    assert_eq!(strayed(&reader), []);
    other.does(Action::kill(S4));
    let told = word(&other);
    assert!(
        matches!(told, Some(TaskWord::Beside(beside)) if beside.wanted.is_some_and(|(server, _)| server == S2)),
        "{told:?}"
    );
}

#[test]
fn what_the_solution_has_nothing_of_is_not_asked_for() {
    let mut reader = at_task(CRASH);
    reader.does(Action::isolate(S3));
    assert!(matches!(
        word(&reader),
        Some(TaskWord::Beside(BesideTask { wanted: None, .. }))
    ));
    let mut other = at_task("task crashes S2\n  text A\nsay\n  text B\n");
    other.does(Action::isolate(S3));
    assert_eq!(word(&other), None, "its author does not say how it is done");
}

#[test]
fn of_rules_the_last_change_counts() {
    let rules =
        "task rule pre-vote on and leader for 300 ms\n  text A\n  solve after 0 s rules pre-vote on\nsay\n  text B\n";
    let mut reader = at_task(rules);
    let (mut wrong, mut right) = (Rules::PAPER, Rules::PAPER);
    wrong.check_quorum = true;
    right.pre_vote = true;
    assert_eq!(
        reader.walk.sought_rule(&reader.history),
        Some(raft_playground::raft::Rule::PreVote)
    );
    reader.does(Action::set_rules(wrong));
    assert!(matches!(word(&reader), Some(TaskWord::Beside(_))));
    reader.does(Action::set_rules(right));
    assert_eq!((word(&reader), reader.walk.sought_rule(&reader.history)), (None, None));
    assert!(reader.wait());
    assert_eq!(strayed(&reader), []);
}

#[test]
fn what_a_task_wants_to_be_set_is_known_until_it_is_done() {
    let timing = "task leader for 300 ms\n  text A\n  solve after 0 s timing election-timeout 400 ms to 500 ms heartbeat-interval 50 ms\nsay\n  text B\n";
    let mut reader = at_task(timing);
    let sought = |reader: &Reader| reader.walk.sought_dial(&reader.history);
    assert_eq!(sought(&reader), Some(SoughtDial::ElectionTimeout));
    let paper = Config::paper(5).timing;
    let election_timeout = Range::millis(400, 500);
    reader.does(Action::set_timing(Timing {
        election_timeout,
        ..paper
    }));
    assert_eq!(sought(&reader), Some(SoughtDial::HeartbeatInterval));
    assert!(reader.wait());
    assert_eq!(sought(&reader), None, "it is done");
    let network = "task leader for 300 ms\n  text A\n  solve after 0 s network delay 1 ms to 2 ms\nsay\n  text B\n";
    assert_eq!(sought(&at_task(network)), Some(SoughtDial::Network));
    assert_eq!(sought(&at_task(CRASH)), None);
}

#[test]
fn whoever_does_what_is_asked_is_told_how_far_they_are() {
    let majority = "task crashes S2 and no-majority\n  text A\n  solve after 0 s kill S2\n  solve after 0 s kill S3\n  solve after 0 s kill S4\nsay\n  text B\n";
    let progress = |reader: &Reader| reader.walk.word(&reader.history).filter(|word| !word.is_wrong());
    let mut reader = at_task(majority);
    assert_eq!(progress(&reader), None, "nothing was done");
    reader.does(Action::kill(S2));
    assert_eq!(progress(&reader), Some(TaskWord::Part { done: 1, of: 3 }));
    let mut other = reader.again();
    other.does(Action::isolate(S3));
    assert_eq!(progress(&other), None, "that was not asked for");
    reader.does(Action::kill(S4));
    reader.does(Action::kill(S5));
    assert!(reader.wait());
    assert_eq!(progress(&reader), None, "it is done");
    let mut waits = at_task("task crashes S2 and elected\n  text A\n  solve after 0 s kill S2\nsay\n  text B\n");
    waits.does(Action::kill(S2));
    assert_eq!(progress(&waits), Some(TaskWord::Waits));
}

/// Nobody waits for long for what can't happen any more, also if they have done nothing yet.
#[test]
fn what_comes_too_late_is_told_before_anything_is_done() {
    let mut reader = Reader::new(BuiltinLesson::Terms.lesson());
    while !matches!(&reader.walk.step().kind, StepKind::Task(_)) || !reader.walk.is_at_the_end() {
        reader.fulfil();
        assert!(reader.next());
    }
    assert_eq!(word(&reader), None);
    let mut early = reader.again();
    early.history.seek(Micros::from_millis(100));
    assert_eq!(word(&early), None, "the old votes are still in flight");
    reader.history.seek(Micros::from_millis(300));
    assert_eq!(word(&reader), Some(TaskWord::TooLate));
}

/// Less was set than is needed: that can still be mended.
#[test]
fn what_is_not_enough_yet_is_no_reason_to_begin_again() {
    let timing = "task leader for 2 s\n  text A\n  solve after 0 s timing election-timeout 400 ms to 500 ms heartbeat-interval 50 ms\nsay\n  text B\n";
    let mut reader = at_task(timing);
    let paper = Config::paper(5).timing;
    let election_timeout = Range::millis(10, 10);
    reader.does(Action::set_timing(Timing {
        election_timeout,
        ..paper
    }));
    assert_eq!(word(&reader), Some(TaskWord::InVain));
}

/// As much was done as the solution has, and what is asked for is in the past.
#[test]
fn what_was_missed_is_told() {
    let steps = "task elected in term 2\n  text A\n  solve after 0 s time-out S4\n";
    let mut reader = at_task(steps);
    let mut right = reader.again();
    right.does(Action::force_timeout(S4));
    assert_eq!(word(&right), None);
    reader.does(Action::force_timeout(S4));
    reader.does(Action::force_timeout(S5));
    reader.does(Action::force_timeout(S4));
    assert_eq!(word(&reader), Some(TaskWord::TooLate));
}

#[test]
fn a_task_stands_again_without_what_came_of_it() {
    let mut reader = at_task(CRASH);
    reader.does(Action::kill(S1));
    reader.does(Action::kill(S2));
    assert!(reader.wait() && reader.next());
    assert_eq!(reader.walk.last_task(), Some(1));
    reader.walk.stand_again(1);
    assert!(!reader.walk.is_done() && reader.walk.strayed().is_empty());
    assert!(reader.walk.began().is_some(), "where it begins is known");
    assert_eq!(reader.walk.kept(), "+..");
}

/// Nobody who does what a built-in lesson says is told that they did something else, nor that they wait in vain.
#[test]
fn the_built_in_lessons_ask_for_what_solves_them() {
    for id in BuiltinLesson::ALL {
        let mut reader = Reader::new(id.lesson());
        loop {
            if let StepKind::Wait(_) = reader.walk.step().kind {
                assert!(reader.walk.comes(&reader.history).is_some(), "{}", reader.place());
            }
            if let StepKind::Task(task) = reader.walk.step().kind.clone() {
                let mut other = reader.again();
                other.act(&task.solution);
                assert_eq!(word(&other), None, "{}", other.place());
                assert_eq!(reader.walk.last_task(), Some(reader.walk.index()));
            }
            reader.fulfil();
            assert_eq!(strayed(&reader), [], "{}", reader.place());
            if !reader.next() {
                break;
            }
        }
    }
}

/// What was kept of an earlier visit is there again, and what the reader knew is not what they were brought there by.
#[test]
fn what_was_done_before_is_remembered() {
    let ask = "ask\n  text A\n  wrong B\n    because C\n  right D\n    because E\n";
    let mut reader = Reader::new(lesson(&format!("{ask}{CRASH}")));
    reader.walk.recall("+-..", 2);
    let before = reader.walk.start_scene_of(2);
    assert_eq!(reader.walk.index(), 0);
    reader.walk.begin(&reader.history);
    while reader.walk.index() < 2 {
        reader.fulfil();
        reader.next();
    }
    reader.walk.remember(before);
    assert_eq!(reader.walk.kept(), "+-..");
    assert!(reader.history.now() > Micros::ZERO && reader.walk.began().is_some());
}

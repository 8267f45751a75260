//! What a history says of itself, how far it goes at a time, and which recordings are one.

use crate::runs::{S1, S2, S3, S4, S5, ms, recorded::quiet_config};
use raft_playground::{
    raft::Term,
    sim::{Action, BranchId, Difference, History, Memory, Micros, Recording, ReplayError},
};

fn quiet(script: &[(Micros, Action)], memory: Memory) -> History {
    History::with_memory(quiet_config(), 1, script, memory).expect("a valid configuration")
}

/// Two branches of a second each.
fn two_branches() -> Recording {
    let mut history = quiet(&[], Memory::default());
    history.act(Action::kill(S1)).expect("possible");
    history.seek(ms(1000));
    history.fork_without(0);
    history.recording()
}

#[test]
fn a_recording_whose_branches_do_not_fit_together_is_refused() {
    let refused = |change: fn(&mut Recording)| {
        let mut recording = two_branches();
        change(&mut recording);
        recording.check() == Err(ReplayError::Branches)
    };
    assert!(!refused(|_| {}));
    assert!(refused(|recording| {
        let second = &mut recording.branches[1].about;
        (second.id, second.parent, recording.current) = (BranchId(0), None, BranchId(0));
    }));
    assert!(refused(|recording| recording.branches.swap(0, 1)));
    assert!(refused(|recording| {
        // No branch could come after it.
        let last = &mut recording.branches[1].about;
        last.id = BranchId(usize::MAX);
        recording.current = last.id;
    }));
    assert!(refused(
        |recording| recording.branches[1].about.parent = Some(BranchId(1))
    ));
    assert!(refused(
        |recording| recording.branches[1].about.parent = Some(BranchId(7))
    ));
    assert!(refused(|recording| recording.branches[1].about.forked_at = ms(1001)));
    assert!(refused(|recording| recording.now = ms(1001)));
    assert!(refused(|recording| recording.current = BranchId(2)));
}

#[test]
fn a_branch_that_says_to_leave_after_all_time_leaves_at_its_end() {
    let mut recording = two_branches();
    // Not the one that is visited, which runs and so learns its end.
    let about = &mut recording.branches[0].about;
    (about.forked_at, about.end) = (Micros::NEVER, Micros::NEVER);
    let memory = Memory {
        opening: 100,
        ..Memory::default()
    };
    let history = History::replay_with_memory(&recording, memory).expect("it fits together");
    let about = history.branch_info(BranchId(0)).expect("it is there");
    assert!(about.forked_at <= History::LONGEST, "{about:?}");
}

#[test]
fn it_knows_what_is_planned_next_and_whether_the_reader_has_done_anything() {
    let mut history = quiet(&[(ms(500), Action::kill(S2))], Memory::default());
    assert_eq!((history.next_planned(), history.is_touched()), (Some(ms(500)), false));
    history.seek(ms(500));
    assert_eq!((history.next_planned(), history.is_touched()), (None, false));
    history.seek(ms(600));
    history.act(Action::start(S2)).expect("it is down");
    assert!(history.is_touched());
    // Also where it was done in another branch.
    history.seek(ms(100));
    history.fork_without(1);
    assert!(history.is_touched());
}

/// Who asks for little at a time gets there all the same.
#[test]
fn with_no_events_to_spend_it_goes_on_by_an_instant() {
    let mut history = quiet(&[], Memory::default());
    history.act(Action::force_timeout(S1)).expect("possible");
    for at in [10, 20, 30] {
        assert!(!history.advance(ms(1000), 0));
        assert_eq!(history.now(), ms(at));
    }
    assert!(
        history.advance(ms(1000), 0),
        "one more instant, and nothing else happens"
    );
}

/// While few messages are under way, an event counts once.
#[test]
fn with_as_many_events_to_spend_as_happen_it_gets_there() {
    let mut history = quiet(&[], Memory::default());
    history.act(Action::force_timeout(S1)).expect("possible");
    let before = history.world().next_event().0;
    let mut ahead = history.clone();
    ahead.seek(ms(9000));
    let happen = ahead.world().next_event().0 - before;
    assert!(history.advance(ms(9000), happen));
}

/// However closely a run is kept: here each event has a checkpoint of its own.
#[test]
fn of_two_actions_of_one_instant_the_first_can_be_left_out() {
    let memory = Memory {
        spacing: 1,
        ..Memory::default()
    };
    let mut history = quiet(&[], memory);
    for (at, action) in [
        (0, Action::force_timeout(S1)),
        (100, Action::kill(S4)),
        (100, Action::kill(S5)),
    ] {
        history.seek(ms(at));
        history.act(action).expect("possible");
    }
    history.seek(ms(3000));
    // Opened again, it has checkpoints between the actions of an instant.
    let mut history = History::replay_with_memory(&history.recording(), memory).expect("it was recorded");
    let main = history.current();
    history.fork_without(1);
    history.seek(ms(3000));
    let mut fresh = quiet(&[], Memory::default());
    for (at, action) in [(0, Action::force_timeout(S1)), (100, Action::kill(S5))] {
        fresh.seek(ms(at));
        fresh.act(action).expect("possible");
    }
    fresh.seek(ms(3000));
    assert!(history.world() == fresh.world());
    let mut difference = Difference::between(&history, main, history.current()).expect("they differ");
    assert!(difference.advance(ms(3000), u64::MAX));
    assert_eq!(difference.first().map(|parting| parting.at), Some(ms(100)));
}

#[test]
fn two_branches_are_compared_however_little_at_a_time() {
    let mut history = quiet(&[], Memory::default());
    for (at, action) in [(0, Action::force_timeout(S1)), (100, Action::kill(S3))] {
        history.seek(ms(at));
        history.act(action).expect("possible");
    }
    history.seek(ms(5000));
    let main = history.current();
    history.fork_without(1);
    history.seek(ms(5000));
    let mut difference = Difference::between(&history, main, history.current()).expect("they differ");
    assert!((0..1000).any(|_| difference.advance(ms(5000), 0)));
}

/// A reply that was long under way makes a leader of an older term: who led last has not changed.
#[test]
fn a_leader_of_an_older_term_is_no_change_of_leaders() {
    let mut history = History::new(quiet_config(), 1, &[]).expect("a valid configuration");
    for action in [Action::cut(S1, S4), Action::cut(S1, S5), Action::force_timeout(S1)] {
        history.act(action).expect("possible");
    }
    history.seek(ms(10));
    let late = history
        .world()
        .in_flight()
        .find(|flight| flight.from() == S3)
        .expect("a vote")
        .id;
    history
        .act(Action::delay_message(late, ms(1000)))
        .expect("it is under way");
    history.seek(ms(90));
    history.act(Action::cut(S2, S1)).expect("possible");
    history.act(Action::force_timeout(S2)).expect("it waits");
    history.seek(ms(1100));
    let led = |server| history.world().server(server).elected().map(|(term, _)| term);
    assert_eq!([S1, S2].map(led), [Some(Term(1)), Some(Term(2))]);
    assert_eq!(history.measures().leader_changes, 0);
}

/// Each instant has more events than are kept.
#[test]
fn stepping_back_finds_an_instant_that_is_no_longer_in_memory() {
    let memory = Memory {
        events: 4,
        spacing: 1,
        ..Memory::default()
    };
    let mut history = quiet(&[], memory);
    history.act(Action::force_timeout(S1)).expect("possible");
    history.seek(ms(30));
    for at in [20, 10, 0] {
        assert!(history.step_back());
        assert_eq!(history.now(), ms(at));
    }
    assert!(!history.step_back());
}

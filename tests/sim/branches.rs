//! Branches: nothing that a reader did is lost by starting again, changing the past or taking the run elsewhere; every earlier
//! instant can be stepped back to; and a recording, whoever made it, is run in bounded time or refused.

use crate::runs::{
    Digest, S1, S2, S3, S4, ms,
    random::{self, Dice},
};
use proptest::prelude::*;
use raft_playground::{
    raft::NodeId,
    sim::{
        Action, BranchId, BranchInfo, Config, ConfigError, Event, EventId, History, Memory, Micros, Recording, Refused,
        ReplayError,
    },
};

const MAIN: BranchId = BranchId(0);

fn paper(script: &[(Micros, Action)]) -> History {
    History::new(Config::paper(5), 1, script).expect("a valid configuration")
}

/// A branch from its first event to its end.
fn events(history: &History, branch: BranchId) -> Vec<Event> {
    let mut twin = history.twin(branch);
    let end = twin.end();
    twin.seek(Micros::ZERO);
    // Step by step: a leap ahead would leave out of the trace what lies before the last checkpoints.
    while twin.next_instant().is_some_and(|next| next <= end) {
        twin.step();
    }
    twin.seek(end);
    let trace = twin.trace();
    assert_eq!(trace.first(), EventId(0), "short enough to be held");
    trace.range(EventId(0), twin.world().next_event()).copied().collect()
}

fn digest(history: &History, branch: BranchId) -> u64 {
    let mut digest = Digest::default();
    for event in events(history, branch) {
        digest.add(&event);
    }
    digest.value()
}

fn all(history: &History) -> Vec<BranchInfo> {
    history.branches().cloned().collect()
}

fn done(history: &History) -> Vec<(Micros, Action)> {
    history.actions().collect()
}

/// Three branches: one left at two seconds and one of its own left at one second.
fn three() -> History {
    let mut history = paper(&[]);
    history.seek(ms(1000));
    history.act(Action::kill(S1)).expect("it runs");
    history.seek(ms(3000));
    history.seek(ms(2000));
    history.act(Action::start(S1)).expect("it is down");
    history.seek(ms(2500));
    history.seek(ms(1500));
    history.act(Action::pause(S2)).expect("it runs");
    history.seek(ms(2200));
    assert_eq!(history.branches().len(), 3);
    history
}

// --- Starting again ---

#[test]
fn starting_again_keeps_what_was_done_in_its_branch() {
    let mut history = three();
    let (before, digests) = (all(&history), [0, 1, 2].map(|id| digest(&history, BranchId(id))));
    history.restart();
    assert_eq!((history.now(), history.end()), (Micros::ZERO, Micros::ZERO));
    assert_eq!(history.current(), BranchId(3));
    assert_eq!(done(&history), []);
    assert_eq!(all(&history)[..3], before);
    assert_eq!([0, 1, 2].map(|id| digest(&history, BranchId(id))), digests);
    // Nothing was done in the new one, so it is the one that starts again.
    history.seek(ms(4000));
    history.restart();
    assert_eq!((history.current(), history.branches().len()), (BranchId(3), 4));
    history.switch_to(MAIN);
    history.restart();
    assert_eq!((history.current(), history.branches().len()), (BranchId(3), 4));
}

#[test]
fn what_starts_again_is_the_run_as_it_was_first() {
    let script = [(Micros::ZERO, Action::kill(S3)), (ms(900), Action::start(S3))];
    let mut first = paper(&script);
    first.seek(ms(2000));
    let mut history = paper(&script);
    history.act(Action::kill(S1)).expect("it runs");
    history.seek(ms(1200));
    history.act(Action::kill(S2)).expect("it runs");
    history.seek(ms(1300));
    history.restart();
    history.seek(ms(2000));
    assert!(history.world() == first.world());
    assert_eq!(digest(&history, history.current()), digest(&first, MAIN));
    assert_eq!(history.roles().marks().count(), first.roles().marks().count());
}

#[test]
fn a_branch_that_lacks_what_the_script_does_does_not_start_again_as_the_run() {
    let script = [(ms(500), Action::kill(S3))];
    let mut history = paper(&script);
    history.seek(ms(1000));
    history.act(Action::kill(S1)).expect("it runs");
    history.fork_without(0);
    history.restart();
    history.seek(ms(1000));
    assert_eq!(done(&history), script);
}

/// A link gives the end of a branch by the time since it left its parent, so it can't leave later than it ends.
#[test]
fn what_starts_again_has_left_no_other_branch() {
    let mut history = paper(&[]);
    history.seek(ms(1000));
    history.act(Action::kill(S1)).expect("it runs");
    history.seek(ms(3000));
    history.fork_without(0);
    history.rename(BranchId(1), "without it");
    history.seek(ms(2500));
    history.act_in_fork(Action::kill(S3)).expect("it runs");
    history.switch_to(BranchId(1));
    history.restart();
    let again = BranchInfo {
        id: BranchId(1),
        parent: None,
        forked_at: Micros::ZERO,
        name: "without it".to_owned(),
        end: Micros::ZERO,
    };
    assert_eq!(all(&history)[1], again);
    let child = &all(&history)[2];
    assert_eq!((child.parent, child.forked_at), (Some(BranchId(1)), Micros::ZERO));
    assert_same(
        &history,
        &History::replay(&history.recording()).expect("it was recorded"),
    );
}

/// Nor where so much happens that it is opened only as far as is reasonable.
#[test]
fn a_branch_that_is_opened_in_part_has_left_its_parent_by_then() {
    let mut history = three();
    history.visit(MAIN, ms(1500));
    let memory = Memory {
        opening: 100,
        ..Memory::default()
    };
    let mut opened = History::replay_with_memory(&history.recording(), memory).expect("it was recorded");
    for id in [0, 1, 2] {
        opened.switch_to(BranchId(id));
    }
    for about in opened.branches() {
        assert!(about.end < ms(1500) && about.forked_at <= about.end, "{about:?}");
    }
}

// --- Stepping back ---

/// Every instant at which something happened, the last first.
fn instants(history: &History) -> Vec<Micros> {
    let mut instants: Vec<_> = events(history, history.current())
        .iter()
        .map(|event| event.at)
        .collect();
    instants.dedup();
    instants.reverse();
    instants
}

fn step_back_to_the_start(mut history: History) {
    let end = history.end();
    history.seek(end);
    let expected: Vec<_> = instants(&history).into_iter().filter(|at| *at < end).collect();
    let mut visited = Vec::new();
    while history.step_back() {
        visited.push(history.now());
    }
    assert_eq!(visited, expected);
    assert_eq!(history.end(), end);
}

#[test]
fn stepping_back_visits_every_earlier_instant() {
    let mut history = three();
    history.switch_to(BranchId(1));
    step_back_to_the_start(history);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 30, failure_persistence: None, ..ProptestConfig::default() })]

    /// Also where the trace no longer reaches back, and in storms of messages.
    #[test]
    fn stepping_back_visits_every_earlier_instant_however_little_is_kept(
        seed in any::<u64>(),
        (events, checkpoints, spacing) in (20..300_usize, 2..6_usize, 5..60_u64),
    ) {
        let run = random::wild(seed);
        let memory = Memory { events, checkpoints, spacing, opening: u64::MAX };
        let mut history = History::with_memory(run.config, run.seed, &run.actions, memory).expect("a valid configuration");
        let end = run.end.min(ms(1200));
        history.seek(end);
        let mut straight = run.history();
        straight.seek(end);
        let expected: Vec<_> = instants(&straight).into_iter().filter(|at| *at < end).collect();
        for at in expected {
            prop_assert!(history.step_back());
            prop_assert_eq!(history.now(), at);
        }
        prop_assert!(!history.step_back());
    }
}

// --- Names, deleting, visiting ---

#[test]
fn a_name_is_kept_whatever_it_says_but_not_however_long() {
    let mut history = three();
    let name = "<b>Zoë & \"S3\"</b>\u{202e}";
    history.rename(BranchId(1), name);
    assert_eq!(all(&history)[1].name, name);
    history.rename(BranchId(1), &"é".repeat(1000));
    assert_eq!(all(&history)[1].name.chars().count(), BranchInfo::LONGEST_NAME);
    history.rename(BranchId(9), "nobody");
}

#[test]
fn deleting_a_branch_hands_its_children_on() {
    let mut history = three();
    let [about, _, grandchild] = <[BranchInfo; 3]>::try_from(all(&history)).expect("three");
    assert_eq!((about.parent, grandchild.parent), (None, Some(BranchId(1))));
    let kept = digest(&history, BranchId(2));
    assert!(!history.delete(BranchId(2)), "the current one stays");
    assert!(history.delete(BranchId(1)));
    assert!(!history.delete(BranchId(1)), "it is gone");
    let after = all(&history);
    assert_eq!(after.len(), 2);
    assert_eq!(
        (after[1].id, after[1].parent, after[1].forked_at),
        (BranchId(2), Some(MAIN), ms(1500))
    );
    assert_eq!(digest(&history, BranchId(2)), kept);
    assert!(history.delete(MAIN));
    assert_eq!(all(&history)[0].parent, None);
    // Names of branches are not given twice.
    history.seek(ms(100));
    history.act(Action::kill(S1)).expect("it runs");
    assert_eq!(history.current(), BranchId(3));
}

#[test]
fn one_that_left_a_deleted_branch_late_leaves_its_parent_where_that_did() {
    let mut history = three();
    history.switch_to(BranchId(1));
    history.seek(ms(2400));
    history.act(Action::kill(S4)).expect("it runs");
    history.delete(BranchId(1));
    assert_eq!(history.branch_info(BranchId(3)).expect("there").forked_at, ms(2000));
}

#[test]
fn visiting_a_branch_stops_at_its_end_and_changes_nothing() {
    let mut history = three();
    let before = all(&history);
    history.visit(BranchId(1), ms(2100));
    assert_eq!((history.current(), history.now()), (BranchId(1), ms(2100)));
    history.visit(MAIN, ms(99_000));
    assert_eq!((history.current(), history.now()), (MAIN, ms(3000)));
    assert_eq!(all(&history), before);
}

/// However long a branch is, visiting it does not cut off what has run.
#[test]
fn visiting_a_long_branch_does_not_shorten_it() {
    let memory = Memory {
        opening: 500,
        ..Memory::default()
    };
    let mut history = History::with_memory(Config::paper(5), 1, &[], memory).expect("a valid configuration");
    history.seek(ms(20_000));
    assert!(history.world().next_event().0 > 2000);
    history.seek(ms(1000));
    history.act(Action::kill(S1)).expect("it runs");
    history.visit(MAIN, ms(10));
    assert_eq!(history.end(), ms(20_000));
    history.seek(ms(20_000));
    let world = history.world().clone();
    let mut straight = paper(&[]);
    straight.seek(ms(20_000));
    assert!(&world == straight.world());
}

#[test]
fn a_twin_goes_its_own_way() {
    let history = three();
    let mut twin = history.twin(MAIN);
    assert_eq!((twin.now(), twin.end()), (ms(2200), ms(3000)));
    twin.seek(ms(9000));
    twin.act(Action::kill(S3)).expect("it runs");
    assert_eq!(history.branch_info(MAIN).expect("there").end, ms(3000));
    assert_eq!((history.now(), history.current()), (ms(2200), BranchId(2)));
}

// --- One action changed ---

#[test]
fn without_an_action_everything_else_is_done_as_it_was() {
    let script = [(ms(2000), Action::kill(S4))];
    let mut history = paper(&script);
    history.seek(ms(1000));
    history.act(Action::kill(S1)).expect("it runs");
    history.seek(ms(1500));
    history.act(Action::kill(S2)).expect("it runs");
    history.seek(ms(3000));
    let was = digest(&history, MAIN);
    assert_eq!(history.fork_without(0), MAIN);
    let about = history.branch_info(history.current()).expect("there").clone();
    assert_eq!(
        (about.parent, about.forked_at, about.end),
        (Some(MAIN), ms(1000), ms(3000))
    );
    assert_eq!(history.now(), ms(1000));
    history.seek(ms(3000));
    assert_eq!(done(&history), [(ms(1500), Action::kill(S2)), script[0]]);
    let mut straight = paper(&[(ms(1500), Action::kill(S2)), script[0]]);
    straight.seek(ms(3000));
    assert_eq!(digest(&history, history.current()), digest(&straight, MAIN));
    assert_eq!(digest(&history, MAIN), was);
    let marks = |history: &History| history.roles().marks().copied().collect::<Vec<_>>();
    assert_eq!(marks(&history), marks(&straight));
}

#[test]
fn another_action_in_its_place_must_be_possible_there() {
    let mut history = three();
    history.switch_to(MAIN);
    let before = all(&history);
    assert_eq!(history.fork_with_instead(0, Action::start(S1)), Err(Refused::Running));
    assert_eq!(
        history.fork_with_instead(0, Action::kill(NodeId::new(7))),
        Err(Refused::NoSuchServer)
    );
    assert_eq!(
        (all(&history), history.current(), history.now()),
        (before, MAIN, ms(3000))
    );
    assert_eq!(history.fork_with_instead(0, Action::kill(S2)), Ok(MAIN));
    history.seek(ms(3000));
    assert_eq!(done(&history), [(ms(1000), Action::kill(S2))]);
}

#[test]
fn something_new_at_the_end_can_have_its_own_branch() {
    let mut history = three();
    let acted = history.act_in_fork(Action::kill(S3)).expect("it runs");
    assert_eq!((acted.forked_from, history.current()), (Some(BranchId(2)), BranchId(3)));
    assert_eq!(history.branch_info(BranchId(3)).expect("there").forked_at, ms(2200));
    history.act_in_fork(Action::kill(S3)).expect_err("it is down");
    assert_eq!(history.branches().len(), 4);
}

#[test]
fn the_turning_of_two_branches_is_the_first_action_that_differs() {
    let mut history = three();
    let turning = history.turning(MAIN, BranchId(1)).expect("they differ");
    assert_eq!((turning.at, turning.one), (ms(2000), None));
    assert_eq!(turning.other.expect("done there").action, Action::start(S1));
    assert_eq!(history.turning(MAIN, MAIN), None);
    let only = |one, other| history.only_in(one, other, history.end()).count();
    assert_eq!(only(MAIN, MAIN), 0);
    assert!(only(MAIN, BranchId(1)) + only(BranchId(1), MAIN) > 0);
    history.switch_to(MAIN);
    history.fork_without(0);
    let turning = history.turning(MAIN, history.current()).expect("they differ");
    assert_eq!((turning.at, turning.other), (ms(1000), None));
    history.switch_to(MAIN);
    history.fork_with_instead(0, Action::isolate(S1)).expect("possible");
    let turning = history.turning(MAIN, history.current()).expect("they differ");
    let did = [turning.one, turning.other].map(|entry| entry.expect("both").action);
    assert_eq!(did, [Action::kill(S1), Action::isolate(S1)]);
}

// --- Recordings ---

/// The same events in every branch, and the same to say of each.
fn assert_same(one: &History, other: &History) {
    assert_eq!((one.now(), one.current()), (other.now(), other.current()));
    assert!(one.world() == other.world());
    assert_eq!(all(one), all(other));
    for about in all(one) {
        assert_eq!(one.journal(about.id), other.journal(about.id));
        assert_eq!(digest(one, about.id), digest(other, about.id), "{about:?}");
    }
}

#[test]
fn a_recording_makes_every_branch_again() {
    let mut history = three();
    history.rename(BranchId(1), "a name");
    history.visit(BranchId(1), ms(2100));
    let again = History::replay(&history.recording()).expect("it was recorded");
    assert_same(&history, &again);
    assert_eq!(again.recording(), history.recording());
}

/// Not even where a branch before the last was deleted: two branches with one number would be one.
#[test]
fn a_new_branch_of_a_recording_has_a_number_that_no_other_has() {
    let mut history = three();
    assert!(history.delete(BranchId(1)));
    let mut again = History::replay(&history.recording()).expect("it was recorded");
    again.act_in_fork(Action::kill(S4)).expect("it runs");
    let ids: Vec<_> = again.branches().map(|about| about.id).collect();
    assert_eq!(ids, [MAIN, BranchId(2), BranchId(3)]);
    assert_eq!(again.current(), BranchId(3));
}

/// Also what the script does at time 0, beside other things, left out or changed.
#[test]
fn a_recording_knows_what_of_the_script_was_left_out() {
    let script = [
        (Micros::ZERO, Action::kill(S1)),
        (ms(500), Action::kill(S3)),
        (ms(500), Action::kill(S4)),
        (ms(500), Action::start(S3)),
        (ms(500), Action::kill(S3)),
    ];
    let mut history = paper(&script);
    history.seek(ms(1500));
    for index in 0..script.len() {
        history.switch_to(MAIN);
        history.fork_without(index);
        history.switch_to(MAIN);
        history.fork_with_instead(index, Action::pause(S2)).expect("it runs");
    }
    history.switch_to(MAIN);
    let again = History::replay(&history.recording()).expect("it was recorded");
    assert_same(&history, &again);
    let marks = |history: &History, id| history.twin(BranchId(id)).roles().marks().count();
    for id in 0..11 {
        assert_eq!(marks(&history, id), marks(&again, id), "branch {id}");
    }
    assert_eq!(again.recording(), history.recording());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_done_is_recorded(seed in any::<u64>(), moves in prop::collection::vec(any::<u64>(), 1..20)) {
        let run = random::wild(seed);
        let mut history = run.history();
        for number in moves {
            wander(&mut history, &mut Dice::new(number));
        }
        let again = History::replay(&history.recording()).expect("it was recorded");
        assert_same(&history, &again);
    }
}

/// Does one of the things that a reader can do.
fn wander(history: &mut History, dice: &mut Dice) {
    let branches: Vec<_> = history.branches().map(|about| about.id).collect();
    let branch = branches[usize::try_from(dice.roll(branches.len() as u64)).expect("a few")];
    let entries = history.journal(history.current()).len() as u64;
    match dice.roll(9) {
        0 => history.seek(Micros(dice.roll(history.end().0 + 1))),
        1 | 2 => history.seek(history.now() + Micros(dice.roll(300_000))),
        3 => history.visit(branch, Micros(dice.roll(2_000_000))),
        4 => {
            history.delete(branch);
        }
        5 if entries > 0 => {
            let index = usize::try_from(dice.roll(entries)).expect("a few");
            // Short, so that the test does not take long.
            if history.journal(history.current())[index].at < ms(3000) {
                let _ = history.fork_with_instead(index, dice.action(history.world()));
                history.fork_without(index.min(history.journal(history.current()).len() - 1));
            }
        }
        6 => history.restart(),
        7 => {
            let _ = history.act_in_fork(dice.action(history.world()));
        }
        _ => {
            let _ = history.act(dice.action(history.world()));
        }
    }
}

fn refused(change: impl FnOnce(&mut Recording)) -> ReplayError {
    let mut recording = three().recording();
    change(&mut recording);
    History::replay(&recording).expect_err("it makes no sense")
}

#[test]
fn a_recording_whose_branches_do_not_fit_is_refused() {
    let branches = [
        refused(|recording| recording.branches.clear()),
        refused(|recording| recording.current = BranchId(3)),
        refused(|recording| recording.branches[1].about.parent = Some(BranchId(1))),
        refused(|recording| recording.branches[1].about.parent = Some(BranchId(2))),
        refused(|recording| recording.branches[2].about.parent = Some(BranchId(usize::MAX))),
        refused(|recording| recording.branches[2].about.id = BranchId(1)),
        refused(|recording| recording.branches[2].about.id = BranchId(usize::MAX)),
        refused(|recording| recording.branches.swap(0, 1)),
    ];
    assert_eq!(branches, [ReplayError::Branches; 8]);
    assert_eq!(
        refused(|recording| recording.config.size = 200),
        ReplayError::Config(ConfigError::Size)
    );
}

#[test]
fn a_recording_that_asks_for_too_much_is_run_as_far_as_is_reasonable() {
    let mut recording = three().recording();
    for branch in &mut recording.branches {
        branch.about.end = Micros::NEVER;
        branch.about.forked_at = Micros::NEVER;
        branch.about.name = "x".repeat(100_000);
        branch.actions.push((Micros::NEVER, Action::kill(S1)));
        branch.actions.push((ms(1), Action::kill(NodeId::new(8))));
        branch.left_out = vec![usize::MAX, 7];
    }
    recording.now = Micros::NEVER;
    let memory = Memory {
        opening: 10_000,
        ..Memory::default()
    };
    let mut history = History::replay_with_memory(&recording, memory).expect("it can be run");
    for id in [2, 1, 0] {
        history.switch_to(BranchId(id));
        assert!(history.world().next_event().0 < 11_000);
        assert!(
            history.end() < History::LONGEST,
            "a cluster that lives runs so far only"
        );
        let about = history.branch_info(BranchId(id)).expect("there");
        assert!(about.forked_at <= History::LONGEST && about.name.len() == BranchInfo::LONGEST_NAME);
    }
    // Where nothing happens by itself, even the last instant is reached at once.
    for branch in &mut recording.branches {
        branch.actions = NodeId::all(5)
            .map(|server| (Micros::ZERO, Action::kill(server)))
            .collect();
    }
    let history = History::replay_with_memory(&recording, memory).expect("it can be run");
    assert_eq!(history.now(), History::LONGEST);
}

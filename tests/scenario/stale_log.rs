//! A candidate whose log is behind can't win (§5.4.1), even if it is the first to run.

use crate::support::{LongRun, Run, S1, S2, S3, S4, S5};
use raft_playground::{
    raft::{Decision, DeniedVote, LogPosition, NodeId, Role, Term},
    scenario::{Scenario, ScenarioId},
    sim::{EventKind, Micros},
};

fn run() -> Run {
    Run::of(ScenarioId::StaleLog)
}

#[test]
fn s5_runs_first_and_is_refused_by_all() {
    let run = run();
    let expected = [
        "S1 is killed",
        "S5 times out",
        "S5 runs for term 2",
        "S3 learns of term 2 from S5",
        "S2 learns of term 2 from S5",
        "S4 learns of term 2 from S5",
        "S5 is refused by S2",
        "S5 is refused by S3",
        "S5 is refused by S4",
        "S2 times out",
        "S2 runs for term 3",
        "S3 learns of term 3 from S2",
        "S4 learns of term 3 from S2",
        "S5 learns of term 3 from S2",
        "S5 steps down",
        "S2 gets the vote of S3",
        "S2 gets the vote of S4",
        "S2 leads term 3",
        "S2 gets the vote of S5 too late",
        "S5 follows S2",
        "S3 follows S2",
        "S4 follows S2",
    ];
    assert_eq!(run.story_from("S1 is killed"), expected);
    assert_eq!(run.leaders(), [(S1, Term(1)), (S2, Term(3))]);
    assert_eq!(run.history.incidents(), []);
}

#[test]
fn each_refusal_is_for_its_log() {
    let run = run();
    let why = DeniedVote::LogBehind {
        mine: LogPosition {
            last_term: Term(1),
            last_index: 1,
        },
        theirs: LogPosition::default(),
    };
    let denied = run.events.iter().filter_map(|event| match event.kind {
        EventKind::Decided(Decision::VoteDenied { to, term, why }) => Some((event.server?, to, term, why)),
        _ => None,
    });
    let expected = [S3, S2, S4].map(|server| (server, S5, Term(2), why));
    assert_eq!(denied.collect::<Vec<_>>(), expected);
}

/// Not with any luck: who has the entry leads, or nobody.
#[test]
fn s5_never_wins_once_the_others_have_the_entry() {
    let scenario = Scenario::new(ScenarioId::StaleLog);
    let mut ran = 0;
    for seed in 0..300 {
        let run = LongRun::of(&scenario, seed, Micros::from_secs(3));
        // With some seeds S5 has won before there was an entry.
        let won: Vec<(NodeId, Term)> = run.elected.iter().copied().filter(|won| won.0 == S5).collect();
        let before = LongRun::of(&scenario, seed, Micros::from_millis(325)).elected;
        assert!(won.iter().all(|won| before.contains(won)), "seed {seed}: {won:?}");
        assert_eq!(run.violations, [], "seed {seed}");
        ran += usize::from(run.elected.len() > 1);
    }
    assert!(ran > 50, "{ran}");
}

/// Without the rule S5, which asks first, would win with the entry missing from its log.
#[test]
fn without_the_rule_it_would_win() {
    let mut scenario = Scenario::new(ScenarioId::StaleLog);
    scenario.config.rules.up_to_date_check = false;
    let run = Run::until(Micros::from_secs(2), scenario);
    assert_eq!(run.leaders(), [(S1, Term(1)), (S5, Term(2))]);
    assert_eq!(run.history.world().server(S5).node().role(), Role::Leader);
}

#[test]
fn it_does_not_keep_its_reader_waiting() {
    let run = run();
    run.assert_within(5, run.elected(Term(1)));
    run.assert_within(11, run.ran(Term(2)));
    run.assert_within(13, run.elected(Term(3)));
}

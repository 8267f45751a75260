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

/// Whatever the seed, a server that has the entry leads, or no server does.
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

//! In the middle of a rolling upgrade, the servers that have pre-vote keep their terms while they are cut off. The others do not.

use crate::support::{S3, S5};
use raft_playground::{
    raft::{Conformity, NodeId, Rule, Term},
    scenario::{Scenario, ScenarioId, conformity},
    sim::{Action, History, Micros, OwnSetting},
};

const S5_RETURNS: Micros = Micros::from_secs(1);
const S3_IS_CUT_OFF: Micros = Micros::from_millis(1200);
const S3_RETURNS: Micros = Micros::from_millis(1800);

/// It with this seed, and with pre-vote in the whole cluster if all are upgraded.
fn started(seed: u64, upgraded: bool) -> History {
    let mut scenario = Scenario::new(ScenarioId::RollingUpgrade);
    scenario.seed = seed;
    scenario.config.rules.pre_vote = upgraded;
    scenario.start()
}

/// The term of a server, and who leads which.
fn look(history: &mut History, at: Micros, server: NodeId) -> (Term, Option<(NodeId, Term)>) {
    history.seek(at);
    let term = |id| history.world().server(id).node().term();
    (
        term(server),
        history.world().leader().map(|leader| (leader, term(leader))),
    )
}

#[test]
fn what_there_is_to_watch_is_so() {
    let seed = Scenario::new(ScenarioId::RollingUpgrade).seed;
    let mut history = started(seed, false);
    let world = history.world();
    let upgraded = world.servers().filter(|(id, _)| world.rules_of(*id).pre_vote);
    assert_eq!(upgraded.map(|(id, _)| id.number()).collect::<Vec<_>>(), [4, 5]);
    let before = look(&mut history, Micros::from_millis(390), S5);
    let (leader, term) = before.1.expect("somebody leads");
    assert_eq!(before.0, term);
    for at in [S5_RETURNS, S3_IS_CUT_OFF] {
        assert_eq!(look(&mut history, at, S5), before, "{at}");
    }
    let (taken, still) = look(&mut history, S3_RETURNS, S3);
    assert_eq!((taken, still), (Term(term.0 + 3), before.1));
    let (newer, next) = look(&mut history, S3_RETURNS + Micros::from_millis(300), S3);
    assert!(newer > taken && next.is_some_and(|(now, _)| now != leader));
}

/// A server with pre-vote takes no term while nobody answers it, and one without it takes one after the other.
#[test]
fn pre_vote_keeps_the_term_of_whoever_has_it() {
    for seed in 0..200 {
        let mut history = started(seed, false);
        let (before, _) = look(&mut history, Micros::from_millis(410), S5);
        let (after, _) = look(&mut history, S5_RETURNS, S5);
        assert_eq!(before, after, "seed {seed}");
        let (before, leader) = look(&mut history, S3_IS_CUT_OFF + Micros::from_millis(10), S3);
        // A leader by the paper's rules stays one.
        if leader.is_some_and(|(leader, _)| leader != S3) {
            let (after, _) = look(&mut history, S3_RETURNS, S3);
            assert!(after.0 > before.0, "seed {seed}");
        }
    }
}

/// Once all are upgraded, nobody who returns deposes a leader. Before, even a server with pre-vote can do so, where it asks before it
/// hears from the leader: those without it remember no leader, and promise their votes.
#[test]
fn all_have_to_be_upgraded() {
    let deposed = |upgraded: bool, from: Micros, to: Micros| {
        let changes = (0..200).filter(|seed| {
            let mut history = started(*seed, upgraded);
            let (_, before) = look(&mut history, from, S5);
            let (_, after) = look(&mut history, to, S5);
            before.is_some() && before != after
        });
        changes.count()
    };
    let (s5_is_back, s3_is_back) = (S3_IS_CUT_OFF, S3_RETURNS + Micros::from_millis(400));
    let half = (
        deposed(false, S5_RETURNS, s5_is_back),
        deposed(false, S3_RETURNS, s3_is_back),
    );
    let whole = (
        deposed(true, S5_RETURNS, s5_is_back),
        deposed(true, S3_RETURNS, s3_is_back),
    );
    assert_eq!(whole, (0, 0));
    assert!(half.0 > 10 && half.1 > 100, "{half:?}");
}

/// Though the rules of the cluster are the paper's, the run is not by the paper alone.
#[test]
fn it_is_marked_as_extended() {
    let mut history = started(1, false);
    assert!(!history.world().config().rules.modified());
    assert_eq!(conformity(&history), Conformity::Extended);
    history
        .act(Action::set_server(S3, OwnSetting::rule(Rule::PersistVote, true)))
        .expect("S3 is there");
    assert_eq!(conformity(&history), Conformity::Extended);
    history
        .act(Action::set_server(S3, OwnSetting::rule(Rule::PersistVote, false)))
        .expect("S3 is there");
    assert_eq!(conformity(&history), Conformity::Modified);
}

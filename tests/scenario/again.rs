//! The same faults under other settings: would another rule have spared it all?

use crate::runs::{S1, S2, ms};
use raft_playground::{
    raft::{Rule, Rules},
    scenario::{Run, Scenario, ScenarioId},
    sim::{Action, Micros},
};

/// What was done is done again at the same instants; settings of the cluster that came on the way hold from the start.
#[test]
fn the_same_faults_are_done_under_the_settings_in_force() {
    let scenario = Scenario::new(ScenarioId::OneWayCut);
    let mut history = scenario.start();
    history.seek(ms(250));
    history.act(Action::kill(S1)).expect("it runs");
    let mut rules = Rules::PAPER;
    rules.set(Rule::PreVote, true);
    history.act(Action::set_rules(rules)).expect("they can be set");
    history.seek(ms(400));
    history.act(Action::start(S1)).expect("it is down");
    // A branch that is not visited.
    history.seek(ms(100));
    history.act(Action::kill(S2)).expect("it runs");
    let first = history.branches().next().expect("a branch").id;
    history.switch_to(first);
    history.seek(ms(900));
    let run = Run::of(&scenario, &history);
    let again = run.clone().again(history.world().config());
    assert_eq!(again.recording.check(), Ok(()));
    assert_eq!(
        (again.recording.config.rules, again.recording.now),
        (rules, Micros::ZERO)
    );
    assert_eq!((again.recording.branches.len(), &again.notes[..]), (1, &[][..]));
    let faults = |run: &Run| -> Vec<_> {
        let done = run.recording.done().into_iter();
        done.filter(|(_, action)| !action.sets_cluster()).collect()
    };
    assert_eq!(
        (faults(&again), again.recording.done().len()),
        (faults(&run), run.recording.done().len() - 1)
    );
    // Nothing was done without the rule before.
    let mut history = again.open().expect("it can be run");
    assert_eq!((history.now(), history.world().config().rules), (Micros::ZERO, rules));
    history.seek(history.end());
    assert!(history.end() >= ms(400));
}

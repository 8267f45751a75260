//! What the checker finds is played with time, and breaks there what it broke for the checker.

use crate::bounds::{bounds, question, quorum, verdict, without};
use raft_playground::{
    checker::{Envelope, Model, NetworkModel, Setup, Step, Verdict},
    raft::{Decision, LogPosition, Message, NodeId, Rule, Rules, Term, Timer},
    safety::Property,
    scenario::{
        Finding, Run, Scenario,
        counterexample::{self, Unplayable},
        file, link,
    },
    sim::{Action, EventKind, History, LostWhere, MessageAction, Micros},
};

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const S3: NodeId = NodeId::new(2);

fn setup(rules: Rules, property: Property) -> Setup {
    question(bounds(3, 2, 1), rules, property)
}

fn found(setup: &Setup) -> Vec<Step> {
    match verdict(*setup).0 {
        Verdict::Violated { path, .. } => path,
        verdict => panic!("{verdict:?} under {:?}", setup.rules),
    }
}

/// The run at the instant of the last step.
fn played(scenario: &Scenario, path: &[Step]) -> History {
    let mut history = scenario.start();
    history.seek(counterexample::end(path));
    history
}

fn plays(setup: &Setup, property: Property) {
    let path = found(setup);
    let scenario = counterexample::play(setup, &path).expect("it can be played");
    let history = played(&scenario, &path);
    let incident = history
        .incidents()
        .iter()
        .find(|incident| incident.violation.property == property)
        .unwrap_or_else(|| panic!("{property:?} holds under {:?} after {path:#?}", setup.rules));
    assert_eq!(incident.at, counterexample::end(&path), "at the last step, not before");
}

#[test]
fn two_leaders_in_one_term_are_found_and_played_for_each_rule_that_prevents_them() {
    for rule in [Rule::PersistVote, Rule::OneVotePerTerm, Rule::PersistTerm] {
        plays(
            &setup(without(rule), Property::ElectionSafety),
            Property::ElectionSafety,
        );
    }
    plays(&setup(quorum(1), Property::ElectionSafety), Property::ElectionSafety);
}

#[test]
fn every_property_is_played_where_it_is_broken() {
    plays(
        &setup(without(Rule::PersistTerm), Property::MonotonicTerms),
        Property::MonotonicTerms,
    );
    plays(
        &setup(without(Rule::PersistVote), Property::OneVotePerTerm),
        Property::OneVotePerTerm,
    );
    plays(
        &setup(quorum(1), Property::LeaderHadMajority),
        Property::LeaderHadMajority,
    );
    let mut behind = setup(without(Rule::UpToDateCheck), Property::LeaderCompleteness);
    let entry = LogPosition {
        last_term: Term(1),
        last_index: 1,
    };
    behind.logs[..2].fill(entry);
    plays(&behind, Property::LeaderCompleteness);
}

/// Messages arrive by themselves, after as long as they have to wait, or are lost on their way: nothing is delivered by hand.
#[test]
fn messages_travel_to_their_beat() {
    let setup = setup(without(Rule::PersistVote), Property::ElectionSafety);
    let path = found(&setup);
    let scenario = counterexample::play(&setup, &path).expect("it can be played");
    let history = played(&scenario, &path);
    let events: Vec<_> = history
        .trace()
        .range(history.trace().first(), history.world().next_event())
        .collect();
    let delivered = events
        .iter()
        .filter(|event| matches!(event.kind, EventKind::Delivered { .. }));
    let steps = path.iter().filter(|step| matches!(step, Step::Deliver(_)));
    assert_eq!(delivered.count(), steps.count());
    for event in events {
        if let EventKind::Lost { place, .. } = event.kind {
            assert_eq!(place, LostWhere::Dropped);
        }
    }
}

/// A link holds the run alone; the steps to be told are read from it, and they are the path that the search has found.
#[test]
fn the_steps_of_a_found_run_are_the_path_that_was_found() {
    let rules = [
        Rule::PersistVote,
        Rule::OneVotePerTerm,
        Rule::PersistTerm,
        Rule::UpToDateCheck,
    ];
    let rules = rules.map(without).into_iter().chain([quorum(1)]);
    for (rules, property) in rules.flat_map(|rules| Property::ALL.map(|property| (rules, property))) {
        let setup = setup(rules, property);
        let Verdict::Violated { path, .. } = verdict(setup).0 else {
            continue;
        };
        let mut scenario = counterexample::play(&setup, &path).expect("it can be played");
        assert_eq!(
            counterexample::steps(&scenario),
            None,
            "only its title says that it was found"
        );
        let steps = path.len();
        scenario.title = Finding { property, steps }.to_string();
        let shared = link::decode(&link::encode(&Run::of(&scenario, &scenario.start()))).expect("a link");
        let told = counterexample::steps(&shared.scenario()).expect("it was found");
        assert_eq!(told.iter().map(|told| told.step).collect::<Vec<_>>(), path);
        assert_eq!(told.last().map(|told| told.at), Some(counterexample::end(&path)));
        scenario.title = Finding {
            property,
            steps: steps + 1,
        }
        .to_string();
        assert_eq!(counterexample::steps(&scenario), None, "the title is not this run's");
    }
}

/// It is a run like any other: it fits in a link, and goes on after its end.
#[test]
fn it_can_be_shared_and_goes_on() {
    let setup = setup(without(Rule::PersistVote), Property::ElectionSafety);
    let path = found(&setup);
    let scenario = counterexample::play(&setup, &path).expect("it can be played");
    let run = Run::of(&scenario, &scenario.start());
    let link = link::encode(&run);
    assert!(link.len() < 1000, "{} characters", link.len());
    assert_eq!(link::decode(&link), Ok(run));
    let mut history = played(&scenario, &path);
    history.seek(counterexample::end(&path) + scenario.config.timing.election_timeout.max);
    let leads = |history: &History| history.world().leader().is_some();
    assert!(leads(&history), "the cluster works on");
}

/// The timers of the extensions fire at their beat, too.
#[test]
fn what_only_time_sets_off_is_played() {
    let mut rules = quorum(1);
    rules.leader_stickiness = true;
    rules.check_quorum = true;
    let setup = setup(rules, Property::ElectionSafety);
    let model = Model::new(setup).expect("small bounds");
    let mut state = model.initial();
    let mut path = Vec::new();
    let heartbeat = |step: &Step| {
        let Step::Deliver(Envelope { to, message, .. }) = *step else {
            return false;
        };
        to == S2 && matches!(message, Message::AppendEntries { .. })
    };
    let wanted: [&dyn Fn(&Step) -> bool; 3] = [
        &|step| *step == Step::Timeout(S1, Timer::Election),
        &heartbeat,
        &|step| *step == Step::Timeout(S2, Timer::RecentLeader),
    ];
    for wanted in wanted {
        let steps = model.steps(&state);
        let step = steps.into_iter().find(|step| wanted(step)).expect("it can happen");
        state = model.apply(&state, step).expect("it can happen");
        path.push(step);
    }
    // A leader whose own word is a quorum changes nothing by this, so a search passes over it; it can be taken all the same.
    let check = Step::Timeout(S1, Timer::CheckQuorum);
    assert!(!model.steps(&state).contains(&check));
    assert!(model.apply(&state, check).is_some());
    path.push(check);
    let scenario = counterexample::play(&setup, &path).expect("it can be played");
    let history = played(&scenario, &path);
    assert!(!history.world().server(S2).node().volatile().leader_is_recent);
    let trace = history.trace();
    let mut events = trace.range(trace.first(), history.world().next_event());
    let fires = events.find(|event| event.kind == EventKind::TimerFired(Timer::CheckQuorum));
    assert_eq!(fires.map(|event| event.at), Some(counterexample::end(&path)));
    let run = Run::of(&scenario, &history);
    assert_eq!(link::decode(&link::encode(&run)).as_ref(), Ok(&run));
    assert_eq!(file::read(&file::write(&run)).as_ref(), Ok(&run));
}

/// A path with a step of every kind.
fn of_every_kind(setup: &Setup) -> Vec<Step> {
    let model = Model::new(*setup).expect("small bounds");
    let mut state = model.initial();
    let mut path = Vec::new();
    let says = |step: &Step, wanted: fn(&Message) -> bool| match step {
        Step::Deliver(envelope) | Step::Lose(envelope) | Step::Duplicate(envelope) => wanted(&envelope.message),
        _ => false,
    };
    let asks = |message: &Message| matches!(message, Message::RequestVote { .. });
    let answers = |message: &Message| matches!(message, Message::RequestVoteReply { .. });
    let beats = |message: &Message| matches!(message, Message::AppendEntries { .. });
    let to = |step: &Step, server| match step {
        Step::Deliver(envelope) => envelope.to == server,
        _ => false,
    };
    let wanted: [&dyn Fn(&Step) -> bool; 12] = [
        &|step| *step == Step::Timeout(S1, Timer::Election),
        &|step| matches!(step, Step::Duplicate(_)) && says(step, asks),
        &|step| to(step, S2) && says(step, asks),
        &|step| to(step, S1) && says(step, answers),
        &|step| to(step, S2) && says(step, beats),
        // Two beats after it was sent.
        &|step| matches!(step, Step::Lose(envelope) if envelope.to == S3) && says(step, beats),
        &|step| *step == Step::Timeout(S1, Timer::Heartbeat),
        &|step| *step == Step::Timeout(S2, Timer::RecentLeader),
        &|step| *step == Step::Crash(S3),
        &|step| *step == Step::Restart(S3),
        &|step| *step == Step::TransferLeadership(S1, S2),
        &|step| *step == Step::Timeout(S1, Timer::CheckQuorum),
    ];
    for wanted in wanted {
        let step = model.steps(&state).into_iter().find(|step| wanted(step));
        let step = step.unwrap_or_else(|| panic!("it can happen after {path:?}"));
        state = model.apply(&state, step).expect("it can happen");
        path.push(step);
    }
    path
}

/// The set-up in which all of them can be taken.
fn with_all_there_is() -> Setup {
    let mut rules = Rules::PAPER;
    rules.leader_stickiness = true;
    rules.check_quorum = true;
    let mut setup = setup(rules, Property::ElectionSafety);
    setup.network = NetworkModel::Counted;
    (
        setup.bounds.duplications,
        setup.bounds.heartbeats,
        setup.bounds.transfers,
    ) = (1, 1, true);
    setup
}

#[test]
fn a_step_of_every_kind_is_told_as_it_was_taken_and_what_was_decided_in_it() {
    let setup = with_all_there_is();
    let path = of_every_kind(&setup);
    let mut scenario = counterexample::play(&setup, &path).expect("it can be played");
    scenario.title = Finding {
        property: Property::ElectionSafety,
        steps: path.len(),
    }
    .to_string();
    let told = counterexample::steps(&scenario).expect("it was found");
    assert_eq!(told.iter().map(|told| told.step).collect::<Vec<_>>(), path);
    let decided = |wanted| {
        let told = told
            .iter()
            .find(|told| told.step == wanted)
            .expect("a step of the path");
        told.decision.map(|event| event.kind)
    };
    let runs = Decision::ElectionStarted { term: Term(1) };
    assert_eq!(decided(path[0]), Some(EventKind::Decided(runs)));
    // That it has started goes without saying.
    assert_eq!(decided(Step::Restart(S3)), None);
}

/// Nothing but the path happens until four beats after its end, and nobody who hears from a leader runs even then.
#[test]
fn while_a_path_is_played_nothing_happens_by_itself() {
    let setup = with_all_there_is();
    let path = of_every_kind(&setup);
    let scenario = counterexample::play(&setup, &path).expect("it can be played");
    let timing = scenario.config.timing;
    let quiet = counterexample::end(&path) + Micros(4 * counterexample::BEAT.0);
    assert!(timing.heartbeat_interval >= quiet, "{timing:?}");
    assert!(
        timing.election_timeout.min.0 >= 2 * timing.heartbeat_interval.0,
        "{timing:?}"
    );
    // Messages that arrive as soon as they can are left alone.
    let held = |(_, action): &(Micros, Action)| matches!(action, Action::Message(_, MessageAction::Delay(Micros(0))));
    assert!(!scenario.script.iter().any(held), "{:?}", scenario.script);
}

#[test]
fn a_path_of_another_cluster_can_not_be_played() {
    let persist_vote = setup(without(Rule::PersistVote), Property::ElectionSafety);
    let path = found(&persist_vote);
    let last = &path[path.len() - 1..];
    assert_eq!(
        counterexample::play(&persist_vote, last),
        Err(Unplayable::Step(0)),
        "nothing was sent yet"
    );
    let mut nobody = persist_vote;
    nobody.bounds.servers = 0;
    assert_eq!(counterexample::play(&nobody, &path), Err(Unplayable::Config));
}

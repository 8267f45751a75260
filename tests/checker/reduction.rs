//! What the checker leaves out of its states makes no difference: the reduced network reaches the same servers and breaks the
//! same properties as the plain ones.

use std::collections::{HashSet, VecDeque};

use crate::bounds::{bounds, question, quorum, verdict, without};
use raft_playground::{
    checker::{Bounds, Model, NetworkModel, Setup, State, Verdict},
    raft::{HardState, LogPosition, Node, NodeId, Rule, Rules, Term},
    safety::{Properties, Property},
};

/// What a cluster is without its network.
type Servers = Vec<(Node, HardState)>;

/// All states that can be reached.
fn reachable(model: &Model) -> HashSet<State> {
    let initial = model.initial();
    let mut seen = HashSet::from([initial]);
    let mut open = VecDeque::from([initial]);
    while let Some(state) = open.pop_front() {
        for next in model.next_states(&state) {
            if seen.insert(next) {
                open.push_back(next);
            }
        }
    }
    seen
}

/// All that the servers can be while all of them run.
fn servers(setup: Setup) -> HashSet<Servers> {
    let model = Model::new(setup).expect("small bounds");
    let size = usize::from(setup.bounds.servers);
    let of = |state: &State| {
        let servers = || NodeId::all(size).map(|id| model.server(state, id));
        let running = servers().all(|server| server.is_running());
        running.then(|| servers().map(|server| (server.node().clone(), server.disk())).collect())
    };
    reachable(&model).iter().filter_map(of).collect()
}

/// Each property that can be broken, if it is the only one that ends a search.
fn breakable(setup: Setup) -> Vec<Property> {
    let breaks = |property: &Property| {
        let (verdict, _) = verdict(watching(setup, Properties::only(*property)));
        verdict != Verdict::Exhausted
    };
    Property::ALL.into_iter().filter(breaks).collect()
}

/// The paper's rules, and each rule switched the other way.
fn all_rules() -> Vec<Rules> {
    let mut all: Vec<Rules> = Rule::ALL.iter().map(|&rule| Rules::switching(rule)).collect();
    all.push(Rules::PAPER);
    all.push(quorum(1));
    all
}

/// S1 has a longer log than the others.
fn one_long_log() -> [LogPosition; 9] {
    let mut logs = [LogPosition::default(); 9];
    logs[0] = LogPosition {
        last_term: Term(0),
        last_index: 1,
    };
    logs
}

/// All rules and both kinds of logs. The plain network of an extension explodes, so those are left to the smallest bounds.
fn setups(bounds: Bounds) -> impl Iterator<Item = Setup> {
    let smallest = bounds.servers == 2 && bounds.elections == 1;
    let extends = |rules: &Rules| rules.pre_vote || rules.leader_stickiness || rules.check_quorum;
    let logs = [[LogPosition::default(); 9], one_long_log()];
    let with = move |rules| {
        logs.map(|logs| Setup {
            rules,
            logs,
            ..Setup::paper(bounds)
        })
    };
    let rules = all_rules().into_iter().filter(move |rules| smallest || !extends(rules));
    rules.flat_map(with)
}

/// With this many duplications, and as many heartbeats.
fn counting(setup: Setup, most: u8) -> Setup {
    Setup {
        bounds: Bounds {
            duplications: most,
            heartbeats: most,
            ..setup.bounds
        },
        network: NetworkModel::Counted,
        ..setup
    }
}

/// With a network that keeps all that was sent.
fn sent(setup: Setup) -> Setup {
    Setup {
        network: NetworkModel::Sent,
        ..setup
    }
}

fn watching(setup: Setup, watched: Properties) -> Setup {
    Setup { watched, ..setup }
}

#[test]
fn the_reduced_network_reaches_the_same_servers() {
    for bounds in [bounds(2, 1, 1), bounds(2, 2, 1), bounds(3, 1, 0)] {
        for setup in setups(bounds) {
            let setup = watching(setup, Properties::EMPTY);
            let reduced = servers(setup);
            let plain = servers(sent(setup));
            assert!(reduced == plain, "{} and {}: {setup:?}", reduced.len(), plain.len());
        }
    }
}

#[test]
fn the_reduced_network_breaks_the_same_properties() {
    for bounds in [bounds(2, 1, 1), bounds(2, 2, 0), bounds(3, 1, 0)] {
        for setup in setups(bounds) {
            assert_eq!(breakable(setup), breakable(sent(setup)), "{setup:?}");
        }
    }
}

/// How long the shortest way to break the property is, step by step as a simulator takes it.
fn shortest(setup: Setup) -> usize {
    match verdict(setup).0 {
        Verdict::Violated { path, .. } => path.len(),
        verdict => panic!("{verdict:?}: {setup:?}"),
    }
}

/// Wider bounds, where the whole plain network is too much for a test: it is not needed until something breaks.
#[test]
fn the_shortest_ways_are_as_short() {
    use Property::{ElectionSafety, LeaderHadMajority, MonotonicTerms, OneVotePerTerm};
    let broken: [(Rule, &[Property]); 6] = [
        (
            Rule::OneVotePerTerm,
            &[ElectionSafety, OneVotePerTerm, LeaderHadMajority],
        ),
        (Rule::PersistVote, &[ElectionSafety, OneVotePerTerm, LeaderHadMajority]),
        (
            Rule::PersistTerm,
            &[ElectionSafety, OneVotePerTerm, MonotonicTerms, LeaderHadMajority],
        ),
        (Rule::NewerTermStepsDown, &[ElectionSafety, LeaderHadMajority]),
        (
            Rule::NewElectionNewTerm,
            &[ElectionSafety, OneVotePerTerm, LeaderHadMajority],
        ),
        (Rule::ReplyTermMustMatch, &[ElectionSafety, LeaderHadMajority]),
    ];
    for (rule, properties) in broken {
        for &property in properties {
            let setup = question(bounds(3, 2, 1), without(rule), property);
            assert_eq!(shortest(setup), shortest(sent(setup)), "{setup:?}");
        }
    }
}

/// Loss and duplication as steps of their own reach nothing else, and all of it once the bounds are wide enough.
#[test]
fn messages_that_stay_stand_for_loss_and_duplication() {
    for bounds in [bounds(2, 1, 1), bounds(2, 2, 0), bounds(3, 1, 0)] {
        let setup = watching(Setup::paper(bounds), Properties::EMPTY);
        let kept = servers(setup);
        for most in 0..=1 {
            let counted = servers(counting(setup, most));
            assert!(counted.is_subset(&kept), "{setup:?}");
            assert!(
                most < 1 || counted == kept,
                "{} of {}: {setup:?}",
                counted.len(),
                kept.len()
            );
        }
    }
}

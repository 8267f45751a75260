//! Stateright, a model checker by others, explores the very same model: it meets the same number of states and comes to the same
//! verdicts.

use crate::bounds::{bounds, question, search, without};
use crate::oracle::Oracle;
use raft_playground::{
    checker::{Bounds, Model, NetworkModel, Options, Search, Setup, Step, Verdict},
    raft::{Rule, Rules},
    safety::Property,
};
use stateright::Checker;

/// How many states stateright meets, and how many steps its way to a broken property has.
fn by_stateright(setup: Setup) -> (usize, Option<usize>) {
    let oracle = Oracle(Model::new(setup).expect("small bounds"));
    let checker = stateright::Model::checker(oracle).threads(1).spawn_bfs().join();
    let path = checker.discovery("holds").map(|path| path.into_actions().len());
    (checker.unique_state_count(), path)
}

fn by_us(setup: Setup) -> Search {
    let plain = Options {
        symmetry: false,
        ..Options::default()
    };
    search(setup, plain)
}

fn under(network: NetworkModel, bounds: Bounds) -> Setup {
    Setup {
        network,
        ..Setup::paper(bounds)
    }
}

fn counted(servers: u8, elections: u8, crashes: u8) -> Bounds {
    Bounds {
        duplications: 1,
        heartbeats: 1,
        ..bounds(servers, elections, crashes)
    }
}

#[test]
fn stateright_meets_as_many_states() {
    let setups = [
        under(NetworkModel::Counted, counted(2, 1, 1)),
        under(NetworkModel::Counted, bounds(2, 2, 1)),
        under(NetworkModel::Counted, bounds(3, 1, 0)),
        under(NetworkModel::Sent, bounds(2, 2, 1)),
        under(NetworkModel::Sent, bounds(3, 1, 1)),
        under(NetworkModel::Reduced, bounds(3, 2, 1)),
        under(NetworkModel::Reduced, bounds(3, 3, 0)),
        under(NetworkModel::Reduced, bounds(4, 1, 1)),
    ];
    for setup in setups {
        let search = by_us(setup);
        assert_eq!(search.verdict(), Some(&Verdict::Exhausted));
        let unique = usize::try_from(search.progress().unique).expect("small bounds");
        assert_eq!(by_stateright(setup), (unique, None), "{setup:?}");
    }
}

#[test]
fn stateright_finds_what_breaks_without_a_rule() {
    let broken = [
        (Rule::OneVotePerTerm, bounds(3, 1, 0), Property::ElectionSafety),
        (Rule::PersistVote, bounds(3, 1, 1), Property::ElectionSafety),
        (Rule::NewerTermStepsDown, bounds(2, 2, 0), Property::LeaderHadMajority),
        (Rule::NewElectionNewTerm, bounds(2, 1, 0), Property::OneVotePerTerm),
        (Rule::PersistTerm, bounds(2, 1, 1), Property::MonotonicTerms),
    ];
    for (rule, bounds, property) in broken {
        for network in [NetworkModel::Counted, NetworkModel::Sent] {
            let setup = Setup {
                network,
                ..question(bounds, without(rule), property)
            };
            let steps = match by_us(setup).verdict() {
                Some(Verdict::Violated { path, .. }) => {
                    path.iter().filter(|step| !matches!(step, Step::Duplicate(_))).count()
                }
                other => panic!("{rule:?}: {other:?}"),
            };
            assert_eq!(by_stateright(setup).1, Some(steps), "{rule:?} {network:?}");
            let safe = Setup {
                rules: Rules::PAPER,
                ..setup
            };
            assert_eq!(by_us(safe).verdict(), Some(&Verdict::Exhausted));
            assert_eq!(by_stateright(safe).1, None);
        }
    }
}

//! What is passed over leads to nothing new: a search meets the same states in the same order as a plain breadth-first search
//! that takes every step.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    checker::{Bounds, Coverage, Model, NetworkModel, Options, Search, Setup, State, model::Choice, servers::Local},
    raft::{LogPosition, NodeId, Rule, Rules, Term, Timer},
    safety::Properties,
};

/// States at which a comparison ends, so that it ends soon.
const MOST: usize = 1_000;

/// Everything that could happen, in the order in which a search takes it.
fn choices(model: &Model) -> Vec<Choice> {
    let servers = || NodeId::all(model.setup().bounds.servers.into());
    let nameless = |server| {
        let timers = Timer::ALL.into_iter().map(Local::Timeout);
        timers
            .chain([Local::Crash, Local::Restart])
            .map(move |local| Choice::Local(server, local))
    };
    let transfers = |server| servers().map(move |to| Choice::Local(server, Local::Transfer(to)));
    let deliveries = || 0..model.layout.deliveries.len();
    let mut all: Vec<Choice> = servers()
        .flat_map(|server| nameless(server).chain(transfers(server)))
        .collect();
    if model.setup().network == NetworkModel::Counted {
        let each = |delivery| {
            [Choice::Deliver, Choice::Lose, Choice::Duplicate].map(|choice: fn(usize) -> _| choice(delivery))
        };
        all.extend(deliveries().flat_map(each));
    } else {
        all.extend(deliveries().map(Choice::Deliver));
    }
    all
}

/// The states by depth, in the order in which they are met, and how many steps were taken.
fn plain(model: &Model, symmetry: bool) -> (Vec<Vec<State>>, u64) {
    let choices = choices(model);
    // By fingerprint all states that share it, so that none is taken for another.
    let mut seen = BTreeMap::from([(model.fingerprint(&model.initial()), vec![model.initial()])]);
    let mut levels = vec![vec![model.initial()]];
    let mut steps = 0;
    while levels.last().is_some_and(|level| !level.is_empty()) && seen.len() < MOST {
        let mut next = Vec::new();
        for state in &levels[levels.len() - 1] {
            for &choice in &choices {
                let Some((after, _)) = model.take(state, choice) else {
                    continue;
                };
                steps += 1;
                let after = if symmetry { model.canonical(&after).0 } else { after };
                let alike = seen.entry(model.fingerprint(&after)).or_default();
                if !alike.contains(&after) {
                    alike.push(after);
                    next.push(after);
                }
            }
        }
        levels.push(next);
    }
    (levels, steps)
}

/// The same by a search that passes over steps from the beginning, to the same depth.
fn searched(model: &Arc<Model>, symmetry: bool, depth: usize) -> (Vec<Vec<State>>, u64) {
    let options = Options {
        symmetry,
        ..Options::default()
    };
    let mut search = Search::new(Arc::clone(model), options);
    // Else it would take every step until it has seen everything once.
    search.shards[0].expected = Coverage::EMPTY;
    let frontier = |search: &Search| {
        let waiting = search.shards[0].frontier.iter();
        waiting.map(|waiting| waiting.state).collect::<Vec<_>>()
    };
    let mut levels = vec![frontier(&search)];
    while levels.len() < depth {
        search.run(1);
        if search.verdict().is_some() {
            levels.push(Vec::new());
            break;
        }
        if usize::try_from(search.depth) == Ok(levels.len()) {
            levels.push(frontier(&search));
        }
    }
    (levels, search.progress().generated)
}

/// How many steps of how many were taken.
fn compare(setup: Setup) -> [u64; 2] {
    let model = Arc::new(Model::new(setup).expect("small bounds"));
    let mut steps = [0, 0];
    for symmetry in [false, true] {
        let (levels, all) = plain(&model, symmetry);
        let (found, taken) = searched(&model, symmetry, levels.len());
        for (depth, (level, found)) in levels.iter().zip(&found).enumerate() {
            assert!(level == found, "depth {depth}, symmetry {symmetry}: {setup:?}");
        }
        assert_eq!(levels.len(), found.len(), "symmetry {symmetry}: {setup:?}");
        steps = [steps[0] + taken, steps[1] + all];
    }
    steps
}

/// Nothing is watched, so that no search ends before all is met.
fn setup(rules: Rules, servers: u8, elections: u8, network: NetworkModel) -> Setup {
    let bounds = Bounds {
        servers,
        elections,
        crashes: 2,
        duplications: 1,
        heartbeats: 1,
        transfers: true,
    };
    Setup {
        rules,
        network,
        watched: Properties::EMPTY,
        ..Setup::paper(bounds)
    }
}

#[test]
fn a_search_meets_what_a_plain_one_meets_in_the_same_order() {
    let sizes = [(1, 3), (2, 3), (3, 1), (3, 3), (4, 2), (5, 2)];
    let mut steps = [0, 0];
    for (servers, elections) in sizes {
        for network in [NetworkModel::Reduced, NetworkModel::Sent] {
            let [taken, all] = compare(setup(Rules::PAPER, servers, elections, network));
            steps = [steps[0] + taken, steps[1] + all];
        }
    }
    assert!(steps[0] * 3 < steps[1] * 2, "{} of {} steps", steps[0], steps[1]);
}

#[test]
fn under_any_rules_and_logs() {
    for &rule in Rule::ALL {
        for (servers, elections) in [(2, 2), (3, 2)] {
            let mut setup = setup(Rules::switching(rule), servers, elections, NetworkModel::Reduced);
            compare(setup);
            setup.logs[1] = LogPosition {
                last_term: Term(0),
                last_index: 1,
            };
            compare(setup);
        }
    }
}

#[test]
fn where_copies_are_counted() {
    compare(setup(Rules::PAPER, 2, 2, NetworkModel::Counted));
}

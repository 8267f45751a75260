//! Questions for the checker.

#![allow(dead_code, reason = "each test uses some of it")]

use std::sync::Arc;

use raft_playground::{
    checker::{Bounds, Model, NetworkModel, Options, Progress, Search, Setup, Step, Verdict},
    raft::{Quorum, Rule, Rules},
    safety::{Properties, Property},
};

/// Bounds without what counts only where messages are counted.
pub fn bounds(servers: u8, elections: u8, crashes: u8) -> Bounds {
    Bounds {
        servers,
        elections,
        crashes,
        duplications: 0,
        heartbeats: 0,
        transfers: false,
    }
}

/// The paper's rules without one.
pub fn without(rule: Rule) -> Rules {
    let mut rules = Rules::PAPER;
    rules.set(rule, false);
    rules
}

/// The paper's rules with another quorum.
pub fn quorum(votes: u8) -> Rules {
    Rules {
        quorum: Quorum::Votes(votes),
        ..Rules::PAPER
    }
}

/// The question whether one property holds under some rules.
pub fn question(bounds: Bounds, rules: Rules, property: Property) -> Setup {
    Setup {
        rules,
        watched: Properties::only(property),
        ..Setup::paper(bounds)
    }
}

/// Searches to the end.
pub fn search(setup: Setup, options: Options) -> Search {
    let model = Model::new(setup).expect("bounds that fit");
    let mut search = Search::new(Arc::new(model), options);
    search.finish();
    search
}

/// Searches to the end with symmetry.
pub fn verdict(setup: Setup) -> (Verdict, Progress) {
    let mut search = search(setup, Options::default());
    let progress = search.progress();
    (search.finish().clone(), progress)
}

/// Takes a path step by step where messages are counted, and says what it breaks in the end.
pub fn replay(setup: Setup, path: &[Step]) -> Properties {
    let duplications = path.iter().filter(|step| matches!(step, Step::Duplicate(_))).count();
    let bounds = Bounds {
        duplications: u8::try_from(duplications).expect("a short path"),
        ..setup.bounds
    };
    let counted = Setup {
        bounds,
        network: NetworkModel::Counted,
        ..setup
    };
    let model = Model::new(counted).expect("bounds that fit");
    let mut state = model.initial();
    for step in path {
        assert!(model.steps(&state).contains(step), "{step} can happen: {path:?}");
        state = model.apply(&state, *step).expect("a step that can happen");
    }
    model.broken(&state)
}

//! The ledger of the checker judges as the monitor does.

mod checker_support;

use checker_support::bounds;
use raft_playground::{
    checker::{Bounds, Model, Network, Setup, State},
    raft::{LogPosition, NodeId, Quorum, Rule, Rules, Term},
    safety::{Judge, Ledger, Monitor, Properties, Status},
};

/// A number below `limit`, from a sequence that looks random (Numerical Recipes' generator).
fn draw(seed: &mut u64, limit: usize) -> usize {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*seed >> 33).expect("31 bits") % limit
}

fn setup(rules: Rules) -> Setup {
    let mut logs = [LogPosition::default(); 9];
    logs[0].last_index = 1;
    logs[2] = LogPosition {
        last_term: Term(0),
        last_index: 1,
    };
    Setup {
        rules,
        logs,
        network: Network::Counted,
        watched: Properties::NONE,
        ..Setup::paper(Bounds {
            duplications: 2,
            heartbeats: 2,
            ..bounds(3, 3, 3)
        })
    }
}

/// What can be seen of a server, unless it has crashed.
fn seen(model: &Model, state: &State, id: NodeId) -> Option<Status> {
    let server = model.server(state, id);
    let node = server.node();
    server.is_running().then(|| Status::new(node.role(), node.hard_state()))
}

/// Follows one run; says what broke in it.
fn follow(model: &Model, judge: &Judge, mut seed: u64) -> Properties {
    let servers = || NodeId::all(3);
    let mut monitor = Monitor::new(3);
    let mut ledger = Ledger::default();
    let mut state = model.initial();
    let mut last: Vec<Status> = servers().filter_map(|id| seen(model, &state, id)).collect();
    for id in servers() {
        assert!(monitor.observe(id, last[id.index()]).is_empty());
    }
    let mut all = Properties::NONE;
    for _ in 0..60 {
        let steps = model.steps(&state);
        if steps.is_empty() {
            break;
        }
        state = model
            .apply(&state, steps[draw(&mut seed, steps.len())])
            .expect("it can happen");
        for id in servers() {
            let Some(now) = seen(model, &state, id) else { continue };
            let before = std::mem::replace(&mut last[id.index()], now);
            let judged = judge.observe(&mut ledger, id, before, now);
            let monitored: Properties = monitor
                .observe(id, now)
                .iter()
                .map(|violation| violation.property)
                .collect();
            assert_eq!(judged, monitored, "{before:?} to {now:?}");
            judged.iter().for_each(|property| all.insert(property));
        }
    }
    all
}

#[test]
fn the_ledger_agrees_with_the_monitor() {
    let mut all_rules: Vec<Rules> = Rule::ALL
        .iter()
        .map(|&rule| {
            let mut rules = Rules::PAPER;
            rules.set(rule, !rules.get(rule));
            rules
        })
        .collect();
    all_rules.push(Rules {
        quorum: Quorum::Votes(1),
        ..Rules::PAPER
    });
    let mut broken = Properties::NONE;
    for rules in all_rules {
        let setup = setup(rules);
        let model = Model::new(setup).expect("small bounds");
        let judge = Judge::new(&setup.logs[..3], setup.bounds.elections).expect("small bounds");
        for seed in 0..100 {
            follow(&model, &judge, seed)
                .iter()
                .for_each(|property| broken.insert(property));
        }
    }
    assert_eq!(broken, Properties::ALL, "each property breaks in some run");
}

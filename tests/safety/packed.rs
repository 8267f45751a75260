//! The packed monitor judges as the monitor does.

use crate::bounds::bounds;
use raft_playground::{
    checker::{Bounds, Model, NetworkModel, Setup, State},
    raft::{LogPosition, NodeId, Quorum, Role, Rule, Rules, Term},
    safety::{Monitor, PackedElections, PackedMonitor, Properties, Property, Status},
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
        network: NetworkModel::Counted,
        watched: Properties::EMPTY,
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
fn follow(model: &Model, packed: &PackedMonitor, mut seed: u64) -> Properties {
    let servers = || NodeId::all(3);
    let mut monitor = Monitor::new(3);
    let mut elections = PackedElections::default();
    let mut state = model.initial();
    let mut last: Vec<Status> = servers().filter_map(|id| seen(model, &state, id)).collect();
    for id in servers() {
        assert!(monitor.observe(id, last[id.index()]).is_empty());
    }
    let mut all = Properties::EMPTY;
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
            let judged = packed.observe(&mut elections, id, before, now);
            let monitored: Properties = monitor
                .observe(id, now)
                .iter()
                .map(|violation| violation.property)
                .collect();
            assert_eq!(judged, monitored, "{before:?} to {now:?}");
            all.extend(judged);
        }
    }
    all
}

#[test]
fn the_packed_monitor_agrees_with_the_monitor() {
    let mut all_rules: Vec<Rules> = Rule::ALL.iter().map(|&rule| Rules::switching(rule)).collect();
    all_rules.push(Rules {
        quorum: Quorum::Votes(1),
        ..Rules::PAPER
    });
    let mut broken = Properties::EMPTY;
    for rules in all_rules {
        let setup = setup(rules);
        let model = Model::new(setup).expect("small bounds");
        let packed = PackedMonitor::new(&setup.logs[..3], setup.bounds.elections).expect("small bounds");
        for seed in 0..100 {
            broken.extend(follow(&model, &packed, seed));
        }
    }
    assert_eq!(broken, Properties::ALL, "each property breaks in some run");
}

fn voted(term: u32, candidate: NodeId) -> Status {
    Status {
        term: Term(term),
        voted_for: Some(candidate),
        ..Status::default()
    }
}

/// A packed monitor of five servers up to term 6, and what it writes down when each votes in each term for the one after it.
fn all_votes() -> (PackedMonitor, PackedElections) {
    let packed = PackedMonitor::new(&[LogPosition::default(); 5], 6).expect("small enough");
    let mut elections = PackedElections::default();
    for term in 1..=6 {
        for voter in NodeId::all(5) {
            let candidate = NodeId::new((voter.index() + 1) % 5);
            let broken = packed.observe(
                &mut elections,
                voter,
                voted(term - 1, candidate),
                voted(term, candidate),
            );
            assert!(broken.is_empty());
        }
    }
    (packed, elections)
}

#[test]
fn a_vote_that_is_forgotten_takes_nothing_else_along() {
    let (packed, all) = all_votes();
    for term in 1..=6 {
        for voter in NodeId::all(5) {
            let mut elections = all;
            packed.forget_vote(&mut elections, voter, Term(term));
            for (other_term, other) in (1..=6).flat_map(|term| NodeId::all(5).map(move |voter| (term, voter))) {
                let forgotten = (other_term, other) == (term, voter);
                let vote = packed.vote_of(elections, other, Term(other_term));
                assert_eq!(vote.is_none(), forgotten, "{other} in {other_term}");
            }
        }
    }
}

/// Sixteen bytes in two words: what is written last is in the second.
#[test]
fn the_words_are_all_elections() {
    let (packed, all) = all_votes();
    let mut without_last = all;
    packed.forget_vote(&mut without_last, NodeId::new(4), Term(6));
    let ([low, high], [low_without, high_without]) = (all.words(), without_last.words());
    assert_eq!(low, low_without);
    assert_ne!(high, high_without);
    let mut without_first = all;
    packed.forget_vote(&mut without_first, NodeId::new(0), Term(1));
    assert_ne!(low, without_first.words()[0]);
    assert_eq!(high, without_first.words()[1]);
}

/// What a packed monitor of this cluster says when a server leads term 1 that was a candidate there.
fn judge_leader(packed: &PackedMonitor, elections: &mut PackedElections, leader: NodeId) -> Properties {
    let before = voted(1, leader);
    let leads = Status {
        role: Role::Leader,
        ..before
    };
    packed.observe(elections, leader, before, leads)
}

#[test]
fn a_leader_has_the_votes_of_more_than_half() {
    let leader = NodeId::new(0);
    for size in 1..=9 {
        for votes in 1..=size {
            let packed = PackedMonitor::new(&vec![LogPosition::default(); size], 1).expect("one term fits");
            let mut elections = PackedElections::default();
            for voter in NodeId::all(votes) {
                let broken = packed.observe(&mut elections, voter, Status::default(), voted(1, leader));
                assert!(broken.is_empty());
            }
            let broken = judge_leader(&packed, &mut elections, leader);
            let lacks = broken.contains(Property::LeaderHadMajority);
            assert_eq!(lacks, votes <= size / 2, "{votes} votes of {size}");
        }
    }
}

#[test]
fn a_leader_that_is_forgotten_takes_nothing_else_along() {
    let (packed, all) = all_votes();
    let mut elections = all;
    assert!(!elections.is_blank() && PackedElections::default().is_blank());
    let _ = judge_leader(&packed, &mut elections, NodeId::new(2));
    assert_eq!(packed.leader_of(elections, Term(1)), Some(NodeId::new(2)));
    packed.forget_leader(&mut elections, Term(1));
    assert_eq!(elections, all);
}

#[test]
fn the_votes_of_a_term_are_those_that_are_remembered() {
    let (packed, mut elections) = all_votes();
    let one_after = |voter: NodeId| NodeId::new((voter.index() + 1) % 5);
    for term in (1..=6).map(Term) {
        let votes: Vec<_> = packed.votes_of(elections, term).collect();
        assert_eq!(
            votes,
            NodeId::all(5)
                .map(|voter| (voter, one_after(voter)))
                .collect::<Vec<_>>()
        );
    }
    packed.forget_vote(&mut elections, NodeId::new(2), Term(4));
    let voters: Vec<_> = packed
        .votes_of(elections, Term(4))
        .map(|(voter, _)| voter.index())
        .collect();
    assert_eq!(voters, [0, 1, 3, 4]);
    assert_eq!(packed.votes_of(elections, Term(0)).count(), 0);
    assert!(packed.is_blank_in(elections, Term(0)) && !packed.is_blank_in(elections, Term(1)));
}

/// In clusters of every size whose first servers hold one entry more: whoever lacks it may not lead once a majority has it.
#[test]
fn a_leader_lacks_what_a_majority_holds_and_no_less() {
    for size in 1..=9 {
        for holders in 0..=size {
            let mut logs = vec![LogPosition::default(); size];
            logs[..holders].iter_mut().for_each(|log| log.last_index = 1);
            let packed = PackedMonitor::new(&logs, 1).expect("one term fits");
            for server in NodeId::all(size) {
                let broken = judge_leader(&packed, &mut PackedElections::default(), server);
                let lacks = server.index() >= holders && holders > size / 2;
                let context = format!("{server} of {size}, {holders} hold the entry");
                assert_eq!(broken.contains(Property::LeaderCompleteness), lacks, "{context}");
            }
        }
    }
}

#[test]
fn properties_are_a_set() {
    for property in Property::ALL {
        let only = Properties::only(property);
        assert_eq!(only.iter().collect::<Vec<_>>(), [property]);
        assert_eq!(only.bits().count_ones(), 1);
        for other in Property::ALL {
            assert_eq!(only.contains(other), other == property);
            let both: Properties = [property, other].into_iter().collect();
            assert!(both.contains(property) && both.contains(other));
            assert_eq!(both.and(only), only);
        }
        assert!(Properties::ALL.contains(property) && !Properties::EMPTY.contains(property));
        assert!(!only.is_empty() && Properties::EMPTY.is_empty());
    }
    assert_eq!(Properties::ALL.bits(), 0b1_1111);
}

//! Where no server reaches a majority, the checker meets every state and no election that is won; elsewhere it meets one.

use raft_playground::{
    lab::{
        atlas::{KnownNetwork, NetworkShape, rule_sets},
        proof::{Electable, electable},
    },
    raft::{Rule, Rules, Term},
};

/// More than any of these searches meets.
const MOST: u64 = 400_000;

/// How many states there are, all without an election that is won.
#[track_caller]
fn never(shape: NetworkShape, rules: Rules, last: u32) -> u64 {
    match electable(shape, rules, Term(last), MOST).expect("few servers") {
        Electable::Never(states) => states,
        other => panic!("{shape:?}, {rules:?}, up to term {last}: {other:?}"),
    }
}

/// Whether somebody wins term 2, or term 3 if only S1 can win, which has to lose term 1 first.
fn is_won(shape: NetworkShape, rules: Rules) -> bool {
    [2, 3].into_iter().any(|last| {
        let found = electable(shape, rules, Term(last), MOST).expect("few servers");
        assert!(!matches!(found, Electable::Unknown(_)), "{shape:?}, {rules:?}");
        matches!(found, Electable::Yes(_))
    })
}

#[test]
fn nobody_wins_without_a_majority() {
    let mut shapes = 0;
    for (size, last) in [(2, 4), (3, 4), (5, 3)] {
        for count in NetworkShape::two_way(size) {
            if !count.shape.has_majority() {
                shapes += 1;
                for rules in rule_sets() {
                    assert!(never(count.shape, rules, last) > 1);
                }
            }
        }
    }
    assert_eq!(shapes, 1 + 1 + 5);
}

/// With pre-vote no term grows, so there are as many states whatever the last term: it is proved for every term.
#[test]
fn with_pre_vote_the_last_term_is_no_bound() {
    let all = NetworkShape::two_way(5).into_iter().map(|count| count.shape);
    for shape in all.filter(|shape| !shape.has_majority()) {
        for rules in rule_sets().into_iter().filter(|rules| rules.get(Rule::PreVote)) {
            assert_eq!(never(shape, rules, 2), never(shape, rules, 5), "{shape:?}");
        }
    }
}

/// So a search can fail: by the paper's rules it finds an election that is won in every other network.
#[test]
fn somebody_wins_with_a_majority() {
    for size in [2, 3, 5] {
        for count in NetworkShape::two_way(size) {
            let expected = count.shape.has_majority();
            assert_eq!(is_won(count.shape, Rules::PAPER), expected, "{:?}", count.shape);
        }
    }
    for rules in rule_sets() {
        assert!(is_won(KnownNetwork::ConstrainedElection.shape(), rules), "{rules:?}");
    }
}

/// With pre-vote a leader refuses as long as it leads, so where its vote is needed nobody else wins, and S1 leads on.
#[test]
fn nobody_wins_where_the_vote_of_a_leader_that_stays_is_needed() {
    let pair = NetworkShape::two_way(2)[1].shape;
    for rules in rule_sets() {
        let stays = rules.get(Rule::PreVote) && !rules.get(Rule::CheckQuorum);
        assert_eq!(is_won(pair, rules), !stays, "{rules:?}");
    }
}

#[test]
fn links_in_one_direction_count_as_none() {
    for size in [2, 3] {
        for count in NetworkShape::one_way(size) {
            assert_eq!(
                is_won(count.shape, Rules::PAPER),
                count.shape.has_majority(),
                "{:?}",
                count.shape
            );
        }
    }
    let known = KnownNetwork::ALL.map(KnownNetwork::shape).into_iter();
    let without: Vec<_> = known.filter(|shape| !shape.has_majority()).collect();
    assert_eq!(without.len(), 2);
    for shape in without {
        for rules in rule_sets() {
            assert!(never(shape, rules, 2) > 1);
        }
    }
}

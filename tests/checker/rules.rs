//! Each rule of the election switched off: what breaks, within which bounds, and how short the shortest way there is.

use crate::bounds::{bounds, question, quorum, replay, verdict, without};
use raft_playground::{
    checker::{Bounds, Setup, Verdict},
    raft::{LogPosition, Protects, Rule, RuleGroup, Rules, Term},
    safety::Property::{self, ElectionSafety, LeaderCompleteness, LeaderHadMajority, MonotonicTerms, OneVotePerTerm},
};

/// The length of the shortest way to break the property, after it was taken step by step; `None` if all of it holds.
fn shortest(setup: Setup) -> Option<usize> {
    match verdict(setup).0 {
        Verdict::Violated { broken, path } => {
            assert_eq!(
                replay(setup, &path),
                broken,
                "the path leads to what it is said to break"
            );
            Some(path.len())
        }
        Verdict::Exhausted => None,
        Verdict::Truncated(limit) => panic!("cut off: {limit:?}"),
    }
}

/// S1 and S2 have a longer log than S3.
fn uneven(setup: Setup) -> Setup {
    let longer = LogPosition {
        last_term: Term(0),
        last_index: 1,
    };
    let mut logs = [LogPosition::default(); 9];
    logs[..2].fill(longer);
    Setup { logs, ..setup }
}

fn assert_breaks(bounds: Bounds, rules: Rules, expected: &[(Property, usize)]) {
    for property in Property::ALL {
        let expected = expected.iter().find(|(broken, _)| *broken == property);
        let found = shortest(uneven(question(bounds, rules, property)));
        assert_eq!(found, expected.map(|(_, steps)| *steps), "{property:?}");
    }
}

#[test]
fn with_all_rules_nothing_breaks() {
    assert_breaks(bounds(3, 2, 1), Rules::PAPER, &[]);
}

#[test]
fn votes_for_two_candidates_make_two_leaders() {
    let rules = without(Rule::OneVotePerTerm);
    let broken = [(ElectionSafety, 6), (OneVotePerTerm, 3), (LeaderHadMajority, 4)];
    assert_breaks(bounds(3, 1, 0), rules, &broken);
}

#[test]
fn a_vote_that_a_crash_takes_is_given_again() {
    let rules = without(Rule::PersistVote);
    let broken = [(ElectionSafety, 8), (OneVotePerTerm, 5), (LeaderHadMajority, 6)];
    assert_breaks(bounds(3, 1, 1), rules, &broken);
    assert_breaks(bounds(3, 2, 0), rules, &[]);
}

#[test]
fn a_term_that_a_crash_takes_is_run_for_again() {
    let rules = without(Rule::PersistTerm);
    let broken = [
        (ElectionSafety, 8),
        (OneVotePerTerm, 5),
        (MonotonicTerms, 3),
        (LeaderHadMajority, 6),
    ];
    assert_breaks(bounds(3, 1, 1), rules, &broken);
}

#[test]
fn one_vote_is_no_majority() {
    let broken = [(ElectionSafety, 2), (LeaderCompleteness, 1), (LeaderHadMajority, 1)];
    assert_breaks(bounds(3, 1, 0), quorum(1), &broken);
}

#[test]
fn late_replies_elect_a_second_leader() {
    let broken = [(ElectionSafety, 7), (LeaderHadMajority, 4)];
    assert_breaks(bounds(3, 2, 0), without(Rule::ReplyTermMustMatch), &broken);
    assert_breaks(bounds(3, 1, 1), without(Rule::ReplyTermMustMatch), &[]);
}

/// In a cluster of three one vote besides its own is enough, so that a second copy does no harm.
#[test]
fn a_vote_that_counts_twice_harms_five_servers() {
    let rules = without(Rule::CountEachVoteOnce);
    assert_breaks(bounds(3, 2, 1), rules, &[]);
    let five = |property| shortest(question(bounds(5, 1, 0), rules, property));
    assert_eq!(five(LeaderHadMajority), Some(5));
    assert_eq!(five(ElectionSafety), Some(10));
    assert_eq!(five(OneVotePerTerm), None);
    assert_eq!(five(MonotonicTerms), None);
}

#[test]
fn a_leader_that_stays_in_a_newer_term_is_its_second() {
    let broken = [(ElectionSafety, 6), (LeaderHadMajority, 5)];
    assert_breaks(bounds(3, 2, 0), without(Rule::NewerTermStepsDown), &broken);
}

#[test]
fn without_the_up_to_date_check_a_leader_lacks_what_a_majority_holds() {
    assert_breaks(
        bounds(3, 2, 1),
        without(Rule::UpToDateCheck),
        &[(LeaderCompleteness, 3)],
    );
}

#[test]
fn an_election_in_the_same_term_votes_twice() {
    let broken = [(ElectionSafety, 6), (OneVotePerTerm, 3), (LeaderHadMajority, 5)];
    assert_breaks(bounds(3, 1, 0), without(Rule::NewElectionNewTerm), &broken);
}

/// A leader that no quorum answers steps down within its term, as a candidate does that hears a leader of its own.
#[test]
fn a_vote_that_stepping_down_takes_is_given_again() {
    let rules = without(Rule::KeepVoteInTerm);
    assert_breaks(bounds(3, 1, 0), rules, &[(OneVotePerTerm, 6)]);
    let checked = Rules {
        check_quorum: true,
        ..rules
    };
    let broken = [(ElectionSafety, 7), (OneVotePerTerm, 6), (LeaderHadMajority, 7)];
    assert_breaks(bounds(3, 1, 0), checked, &broken);
}

#[test]
fn promises_that_count_elect_whom_nobody_has_voted_for() {
    let broken = [(ElectionSafety, 10), (LeaderHadMajority, 5)];
    assert_breaks(bounds(3, 1, 0), Rules::switching(Rule::PreVoteIsNoVote), &broken);
}

/// S1 and S2 have an entry of term 1, S3 has two older ones.
#[test]
fn a_longer_log_without_the_newer_entry_wins_where_length_counts_first() {
    let end = |last_term, last_index| LogPosition {
        last_term: Term(last_term),
        last_index,
    };
    let mut logs = [LogPosition::default(); 9];
    logs[..3].copy_from_slice(&[end(1, 1), end(1, 1), end(0, 2)]);
    for (rules, steps) in [(Rules::PAPER, None), (without(Rule::LogTermBeforeIndex), Some(3))] {
        let question = question(bounds(3, 2, 1), rules, LeaderCompleteness);
        assert_eq!(shortest(Setup { logs, ..question }), steps);
    }
}

fn rules_of_progress() -> impl Iterator<Item = Rule> {
    let all = Rule::ALL.iter().copied();
    all.filter(|rule| rule.protects() == Protects::Progress)
}

/// These are no rules of safety: nothing breaks without them, as far as was searched. They make elections end.
#[test]
fn rules_of_liveness_break_nothing() {
    for rule in rules_of_progress().filter(|rule| Rules::PAPER.get(*rule)) {
        // Questions about terms make many more states.
        let bounds = match rule.part_of() {
            Some(_) => bounds(3, 1, 1),
            None => bounds(3, 2, 1),
        };
        assert_breaks(bounds, Rules::switching(rule), &[]);
    }
}

/// Nor do the extensions break anything.
#[test]
fn extensions_break_nothing() {
    let mut rules = Rules::PAPER;
    let extensions = [RuleGroup::Extensions, RuleGroup::Lab].map(RuleGroup::rules).concat();
    for extension in extensions.into_iter().chain([Rule::LeaderMayAsk]) {
        rules.set(extension, true);
        let bounds = Bounds {
            transfers: true,
            ..bounds(3, 1, 1)
        };
        assert_breaks(bounds, rules, &[]);
    }
}

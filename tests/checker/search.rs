//! What a search promises: pinned counts, honest verdicts, the same in slices and in shards, with and without symmetry.

use std::sync::Arc;

use crate::bounds::{bounds, question, quorum, search, verdict, without};
use raft_playground::{
    checker::{Limit, Milestone, Model, Options, Progress, Search, Setup, Shard, TooLarge, Verdict},
    raft::{Rule, Rules},
    safety::Property,
};

const ONE_BY_ONE: Options = Options {
    symmetry: false,
    shards: 1,
    most_states: u64::MAX,
    most_depth: u32::MAX,
};

fn counts(setup: Setup, options: Options) -> (u64, u32) {
    let search = search(setup, options);
    assert_eq!(search.verdict(), Some(&Verdict::Exhausted));
    assert!(
        search.unseen().is_empty(),
        "{:?}",
        search.unseen().iter().collect::<Vec<_>>()
    );
    let progress = search.progress();
    assert_eq!(progress.frontier, 0);
    (progress.unique, progress.depth)
}

/// States with symmetry, states without, and steps to the farthest.
#[test]
fn all_rules_hold_in_so_many_states() {
    let pinned = [
        ((3, 1, 0), (19, 95, 6)),
        ((3, 1, 1), (60, 307, 7)),
        ((3, 2, 1), (663, 3804, 11)),
        ((3, 3, 0), (2035, 12016, 14)),
        ((4, 1, 1), (116, 1680, 10)),
        ((5, 1, 1), (383, 24779, 12)),
    ];
    for ((servers, elections, crashes), expected) in pinned {
        let setup = Setup::paper(bounds(servers, elections, crashes));
        let (one_by_one, depth) = counts(setup, ONE_BY_ONE);
        let (symmetric, same_depth) = counts(setup, Options::default());
        println!(
            "{:?} {:?}",
            (servers, elections, crashes),
            (symmetric, one_by_one, depth)
        );
        assert_eq!(depth, same_depth);
        assert_eq!((symmetric, one_by_one, depth), expected, "{:?}", setup.bounds);
    }
}

#[test]
fn three_elections_and_a_crash_are_exhausted() {
    let setup = Setup::paper(bounds(3, 3, 1));
    assert_eq!(counts(setup, Options::default()), (8185, 15));
}

#[test]
fn five_servers_are_truncated_and_said_to_be() {
    let setup = Setup::paper(bounds(5, 3, 1));
    let deep = Options {
        most_depth: 5,
        ..Options::default()
    };
    let cut_off = search(setup, deep);
    assert_eq!(cut_off.verdict(), Some(&Verdict::Truncated(Limit::Depth(5))));
    assert!(cut_off.progress().frontier > 0);
    let wide = Options {
        most_states: 1000,
        ..Options::default()
    };
    let cut_off = search(setup, wide);
    assert_eq!(cut_off.verdict(), Some(&Verdict::Truncated(Limit::States(1000))));
    assert!(cut_off.progress().unique >= 1000);
}

#[test]
fn symmetry_changes_no_verdict() {
    for rules in [
        Rules::PAPER,
        without(Rule::OneVotePerTerm),
        without(Rule::PersistVote),
        quorum(1),
    ] {
        for property in Property::ALL {
            let setup = question(bounds(3, 1, 1), rules, property);
            let plain = search(setup, ONE_BY_ONE);
            let (with, progress) = verdict(setup);
            let length = |verdict: &Verdict| match verdict {
                Verdict::Violated { path, .. } => Some(path.len()),
                _ => None,
            };
            assert_eq!(plain.verdict().map(length), Some(length(&with)));
            assert!(progress.unique < plain.progress().unique);
        }
    }
}

#[test]
fn shards_and_slices_change_no_count() {
    let setup = Setup::paper(bounds(3, 2, 1));
    let whole = search(setup, ONE_BY_ONE);
    // Several shards meet states in no one order, so they pass over no steps that commute.
    let every_step = Progress {
        generated: 21_474,
        ..whole.progress()
    };
    assert!(whole.progress().generated < every_step.generated * 2 / 3);
    for (shards, progress) in [(1, whole.progress()), (2, every_step), (3, every_step)] {
        let model = Arc::new(Model::new(setup).expect("small bounds"));
        let mut sliced = Search::new(model, Options { shards, ..ONE_BY_ONE });
        while sliced.verdict().is_none() {
            // The last first: shards don't depend on each other.
            sliced.run_with(1, |shards| shards.iter_mut().rev().for_each(Shard::work));
        }
        assert_eq!(sliced.verdict(), whole.verdict());
        assert_eq!(sliced.progress(), progress);
    }
}

#[test]
fn the_same_question_has_the_same_answer() {
    let setup = question(bounds(3, 1, 1), without(Rule::PersistVote), Property::ElectionSafety);
    assert_eq!(verdict(setup), verdict(setup));
}

#[test]
fn a_check_in_which_nothing_happens_says_so() {
    let setup = Setup {
        rules: quorum(3),
        ..Setup::paper(bounds(2, 2, 0))
    };
    let search = search(setup, Options::default());
    assert_eq!(search.verdict(), Some(&Verdict::Exhausted));
    assert!(search.unseen().contains(Milestone::SomebodyLeads));
}

#[test]
fn bounds_that_are_too_wide_are_refused() {
    let refusal = |servers, elections| Model::new(Setup::paper(bounds(servers, elections, 0))).err();
    assert_eq!(refusal(0, 1), Some(TooLarge::Servers));
    assert_eq!(refusal(10, 1), Some(TooLarge::Servers));
    assert_eq!(refusal(9, 3), Some(TooLarge::Terms));
}

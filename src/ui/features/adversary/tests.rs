use super::{
    AimField,
    aim::Aim,
    talk::{Question, Reached, Report, SearchLimit},
};
use crate::{
    checker::Milestone,
    raft::{Quorum, Rule, Rules},
    safety::Property,
    ui::text::Lang,
};

#[test]
fn a_question_comes_back_as_it_was() {
    let mut rules = Rules::PAPER;
    for rule in [
        None,
        Some(Rule::PersistVote),
        Some(Rule::UpToDateCheck),
        Some(Rule::PreVote),
    ] {
        if let Some(rule) = rule {
            rules.set(rule, !rules.get(rule));
        }
        for property in [None, Some(Property::MonotonicTerms)] {
            let question = Aim {
                property,
                servers: Some(5),
                ..Aim::default()
            }
            .question(rules);
            assert_eq!(Question::decode(&question.encode()), Some(question));
        }
    }
}

/// Each bug that the page offers is broken in the cluster that is searched unless the reader chooses another, if it can be.
#[test]
fn the_cluster_is_large_enough_for_the_rules() {
    let with = |change: fn(&mut Rules)| {
        let mut rules = Rules::PAPER;
        change(&mut rules);
        let bounds = Aim::default().question(rules).setup.bounds;
        (bounds.servers, bounds.elections)
    };
    assert_eq!(with(|_| {}), (3, 3));
    assert_eq!(with(|rules| rules.persist_vote = false), (3, 3));
    assert_eq!(with(|rules| rules.count_each_vote_once = false), (5, 1));
    assert_eq!(with(|rules| rules.quorum = Quorum::Votes(1)), (3, 3));
    assert_eq!(with(|rules| rules.quorum = Quorum::Votes(2)), (4, 1));
    assert_eq!(with(|rules| rules.quorum = Quorum::Votes(3)), (3, 3));
}

/// Who is told to reduce the bounds is offered all that can be reduced, and nothing that would hide what is sought.
#[test]
fn bounds_can_be_lower_down_to_the_least_that_makes_sense() {
    let mut aim = Aim {
        servers: Some(5),
        elections: Some(3),
        crashes: 2,
        ..Aim::default()
    };
    let lower = |aim: Aim, rules| aim.lower(rules).collect::<Vec<_>>();
    assert_eq!(
        lower(aim, Rules::PAPER),
        [(AimField::Servers, 4), (AimField::Elections, 2), (AimField::Crashes, 1)]
    );
    let mut counts_twice = Rules::PAPER;
    counts_twice.count_each_vote_once = false;
    assert_eq!(
        lower(aim, counts_twice),
        [(AimField::Elections, 2), (AimField::Crashes, 1)],
        "of fewer than five servers it would not show"
    );
    (aim.servers, aim.elections, aim.crashes) = (Some(3), Some(1), 0);
    assert_eq!(lower(aim, Rules::PAPER), []);
}

#[test]
fn a_search_ends_before_half_a_minute_unless_its_reader_wants_to_wait() {
    let seconds = |long| Aim { long, ..Aim::default() }.question(Rules::PAPER).most_seconds;
    assert!(seconds(false) < 30 && seconds(true) > 60);
}

#[test]
fn a_report_comes_back_as_it_was() {
    let reached = Reached {
        states: 123_456,
        depth: 17,
    };
    let violated = |path| Report::Violated {
        reached,
        property: Property::ElectionSafety,
        steps: 9,
        path,
    };
    for report in [
        Report::Ready,
        Report::TooLarge,
        Report::Progress(reached),
        Report::Truncated(reached, SearchLimit::States),
        Report::Truncated(reached, SearchLimit::Time),
        Report::Exhausted(reached, Vec::new()),
        Report::Exhausted(reached, Milestone::ALL.to_vec()),
        violated(Ok("AbC_-".to_owned())),
        violated(Err(vec![
            Lang::ALL.map(|lang| format!("S1 crashes, {lang:?}.")),
            Lang::ALL.map(|lang| format!("It restarts, {lang:?}.")),
        ])),
    ] {
        assert_eq!(Report::decode(&report.encode()), Some(report));
    }
}

#[test]
fn what_is_no_report_is_none() {
    for text in [
        "",
        "progress",
        "progress 1",
        "progress a b",
        "violated 1 2 9 3 run x",
        "violated 1 2 0 3 words in one language only",
        "exhausted 1 2 7",
        "?",
    ] {
        assert_eq!(Report::decode(text), None, "{text}");
    }
    for text in ["", "1 2 3", "1 1 1 1 100 0 notalink", "1 1 1 1 100 99 x"] {
        assert_eq!(Question::decode(text), None, "{text}");
    }
}

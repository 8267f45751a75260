use std::sync::Arc;

use super::{
    AimField,
    aim::Aim,
    liveness::{LivenessAsked, LivenessReport},
    talk::{Question, Reached, Report, SearchAsked, SearchLimit},
};
use crate::{
    checker::{Milestone, Model, Options, Search, Verdict},
    lab::{
        FaultKinds,
        liveness::{LivenessGoal, LivenessQuestion, LivenessSearch},
    },
    raft::{Quorum, Rule, Rules},
    safety::{Properties, Property},
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

/// A search for faults, of three servers.
fn faults_of_three(goal: LivenessGoal, most_faults: u8) -> LivenessSearch {
    let SearchAsked::Liveness(asked) = (Aim {
        goal: Some(goal),
        servers: Some(3),
        faults: most_faults,
        ..Aim::default()
    })
    .asked(Rules::PAPER) else {
        panic!("a goal is sought")
    };
    LivenessSearch::new(LivenessQuestion {
        seeds: 1,
        ..asked.question
    })
}

#[test]
fn a_question_about_faults_comes_back_as_it_was() {
    let mut rules = Rules::PAPER;
    rules.set(Rule::PreVote, true);
    rules.set(Rule::RandomisedTimeouts, false);
    rules.quorum = Quorum::Votes(2);
    for goal in LivenessGoal::ALL {
        for kinds in FaultKinds::ALL {
            let asked = Aim {
                goal: Some(goal),
                kinds,
                faults: 4,
                ..Aim::default()
            }
            .asked(rules);
            let decoded = LivenessAsked::decode(&asked.encode()).map(SearchAsked::Liveness);
            assert_eq!(decoded, Some(asked));
            assert_eq!(asked.rules(), rules);
        }
    }
    let safety = Aim::default().asked(rules);
    assert_eq!(LivenessAsked::decode(&safety.encode()), None);
}

#[test]
fn a_report_about_faults_comes_back_as_it_was() {
    let comes_back = |report: LivenessReport| {
        let report = Report::Liveness(report);
        assert_eq!(Report::decode(&report.encode()), Some(report));
    };
    let mut search = faults_of_three(LivenessGoal::Stuck, 2);
    comes_back(LivenessReport::of(&search));
    comes_back(LivenessReport::at_end(&search));
    search.step(1);
    search.step(4);
    comes_back(LivenessReport::of(&search));
    search.finish();
    assert!(matches!(LivenessReport::of(&search), LivenessReport::Found { .. }));
    comes_back(LivenessReport::of(&search));
    let mut search = faults_of_three(LivenessGoal::Stuck, 1);
    search.finish();
    assert!(matches!(LivenessReport::of(&search), LivenessReport::Nothing(_)));
    comes_back(LivenessReport::of(&search));
}

/// The sentences agree with the numbers of what was tried.
#[test]
fn what_was_tried_is_said_in_both_languages() {
    let mut search = faults_of_three(LivenessGoal::Stuck, 2);
    search.finish();
    let LivenessReport::Found { tried, .. } = LivenessReport::of(&search) else {
        panic!("two cuts do it")
    };
    let said = |lang: Lang| lang.no_fewer_faults(search.question(), &tried);
    assert_eq!(
        said(Lang::En),
        "10 sets of fewer faults were tried, those that differ only in the names of S2, S3… once: 9 settle in all of 1 runs; 1 never settles."
    );
    assert_eq!(
        said(Lang::Pt),
        "10 conjuntos de menos falhas foram testados, os que só diferem nos nomes de S2, S3… uma vez: 9 estabilizam em todas as 1 execuções; 1 nunca estabiliza."
    );
}

#[test]
fn fewer_faults_are_offered_where_a_search_takes_too_long() {
    let aim = Aim {
        goal: Some(LivenessGoal::NeverSettles),
        ..Aim::default()
    };
    let lower = aim.lower(Rules::PAPER).collect::<Vec<_>>();
    assert_eq!(lower, [(AimField::Servers, 4), (AimField::Faults, 2)]);
}

/// With these rules off the goal that is sought at first is never reached. The page then offers to seek anything, which is.
#[test]
fn what_the_first_goal_misses_is_found_where_anything_is_sought() {
    for (rule, property, steps) in [
        (Rule::KeepVoteInTerm, Property::OneVotePerTerm, 6),
        (Rule::LogTermBeforeIndex, Property::LeaderCompleteness, 3),
    ] {
        let mut rules = Rules::PAPER;
        rules.set(rule, false);
        let aim = Aim {
            property: None,
            ..Aim::default()
        };
        let question = aim.question(rules);
        let model = Model::new(question.setup).expect("it is small enough");
        let mut search = Search::new(Arc::new(model), Options::default());
        match search.finish() {
            Verdict::Violated { broken, path } => {
                assert_eq!((*broken, path.len()), (Properties::only(property), steps), "{rule:?}");
            }
            other => panic!("{rule:?}: {other:?}"),
        }
    }
}

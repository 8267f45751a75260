//! The search for the fewest faults with which elections make no progress, against what is known and against counts made apart from
//! it.

use std::collections::BTreeSet;

use raft_playground::{
    lab::{
        Fault, FaultKinds, FaultSet,
        atlas::Stability,
        liveness::{
            self, FoundLiveness, LivenessGoal, LivenessMoment, LivenessQuestion, LivenessSearch, LivenessVerdict,
        },
    },
    raft::{Decision, NodeId, Quorum, Rule, Rules},
    scenario::link,
    sim::{EventKind, Leadership, Micros},
};

const fn server(number: usize) -> NodeId {
    NodeId::new(number - 1)
}

fn with(extensions: &[Rule]) -> Rules {
    let mut rules = Rules::PAPER;
    for rule in extensions {
        rules.set(*rule, true);
    }
    rules
}

fn ask(goal: LivenessGoal, rules: Rules, kinds: FaultKinds) -> LivenessQuestion {
    LivenessQuestion {
        goal,
        servers: 5,
        rules,
        kinds,
        most_faults: 3,
        // More of them are seen by the command of `docs/atlas.md`.
        seeds: 1,
    }
}

/// The search to its end, and what was found.
fn searched(question: LivenessQuestion) -> (LivenessSearch, Option<Vec<Fault>>) {
    let mut search = LivenessSearch::new(question);
    let found = match search.finish() {
        LivenessVerdict::Found(set) => Some(set.faults()),
        LivenessVerdict::Nothing => None,
    };
    (search, found)
}

/// Howard and Abraham (2020): one link is enough.
#[test]
fn by_the_papers_rules_one_link_cut_in_both_directions_is_enough() {
    for kinds in FaultKinds::ALL {
        let (search, found) = searched(ask(LivenessGoal::NeverSettles, Rules::PAPER, kinds));
        assert_eq!(found, Some(vec![Fault::CutBothWays(server(1), server(2))]), "{kinds:?}");
        assert_eq!(
            search.smaller().always(Stability::Settles),
            1,
            "without a fault it settles"
        );
        let slow = u64::from(kinds == FaultKinds::AllAndSlowMessages);
        assert_eq!(
            search.alike().always(Stability::NeverSettles),
            1 + slow,
            "no other fault does it but slow messages"
        );
    }
}

/// Whoever cannot hear the leader is elected, and all can hear it: a link that is cut in one direction only does no harm for long.
#[test]
fn by_the_papers_rules_one_link_cut_in_one_direction_is_not_enough() {
    let question = ask(LivenessGoal::NeverSettles, Rules::PAPER, FaultKinds::Links);
    for (from, to) in [(1, 2), (2, 1), (2, 3)] {
        let cut = FaultSet::none(5).with(Fault::CutOneWay(server(from), server(to)));
        let seen = question.judge(cut.expect("a fault"));
        assert_eq!(seen.always(), Some(Stability::Settles), "{from} to {to}");
    }
}

/// A leader that has lost its majority stays where all others hear it, or hear somebody that does.
#[test]
fn a_leader_stays_without_a_majority_by_three_faults() {
    let stuck = |rules, kinds, most_faults| {
        let question = LivenessQuestion {
            most_faults,
            ..ask(LivenessGoal::Stuck, rules, kinds)
        };
        let (search, found) = searched(question);
        (
            search.faults(),
            search.smaller().all(),
            search.smaller().sometimes,
            found,
        )
    };
    let cut = |from, to| Fault::CutOneWay(server(from), server(to));
    let deaf = vec![cut(2, 1), cut(3, 1), cut(4, 1)];
    let pre_vote = with(&[Rule::PreVote]);
    let set = deaf.iter().try_fold(FaultSet::none(5), |set, fault| set.with(*fault));
    let seen = ask(LivenessGoal::Stuck, pre_vote, FaultKinds::All).judge(set.expect("three faults"));
    assert_eq!(seen.always(), Some(Stability::Stuck), "with pre-vote as well");
    assert_eq!(stuck(Rules::PAPER, FaultKinds::All, 3), (3, 61, 0, Some(deaf)));
    let (faults, smaller, sometimes, _) = stuck(pre_vote, FaultKinds::All, 3);
    assert_eq!((faults, smaller, sometimes), (3, 61, 0));
    let cut = |one, other| Fault::CutBothWays(server(one), server(other));
    let apart = vec![cut(1, 2), cut(1, 3), cut(1, 4), cut(2, 3), cut(2, 4)];
    assert_eq!(stuck(pre_vote, FaultKinds::TwoWayLinks, 5), (5, 36, 0, Some(apart)));
    assert_eq!(stuck(Rules::PAPER, FaultKinds::TwoWayLinks, 5).3, None);
}

/// Where a vote takes longer to come than a candidate waits, nobody wins an election in time (§5.6). Pre-vote keeps the leader that is
/// there: the pre-votes against it come too late as well. Check quorum takes it away again: the answers to its heartbeats come too late.
#[test]
fn slow_messages_are_cured_by_pre_vote_and_brought_back_by_check_quorum() {
    let slow = FaultSet::none(5).with(Fault::SlowMessages).expect("a fault");
    for (rules, expected) in [
        (&[][..], Stability::NeverSettles),
        (&[Rule::PreVote][..], Stability::Settles),
        (&[Rule::PreVote, Rule::CheckQuorum][..], Stability::NeverSettles),
        (&[Rule::CheckQuorum][..], Stability::NeverSettles),
    ] {
        let question = LivenessQuestion {
            seeds: 10,
            ..ask(LivenessGoal::NeverSettles, with(rules), FaultKinds::AllAndSlowMessages)
        };
        assert_eq!(question.judge(slow).always(), Some(expected), "{rules:?}");
        let mut history = liveness::scenario(slow, with(rules), 1).start();
        history.seek(Micros::from_secs(60));
        let stays = Leadership::of(history.world()).leaders().contains(server(1));
        assert_eq!(stays, expected == Stability::Settles, "{rules:?}");
    }
    let both = with(&[Rule::PreVote, Rule::CheckQuorum]);
    let (_, found) = searched(ask(LivenessGoal::NeverSettles, both, FaultKinds::AllAndSlowMessages));
    assert_eq!(found, Some(vec![Fault::SlowMessages]));
}

/// The cure of the thesis: all that was tried settled, but for the sets that leave nobody a majority.
#[test]
fn pre_vote_with_check_quorum_leaves_nothing_to_be_found() {
    let rules = with(&[Rule::PreVote, Rule::CheckQuorum]);
    for (goal, kinds, settle, no_majority) in [
        (LivenessGoal::NeverSettles, FaultKinds::All, 333, 10),
        (LivenessGoal::Stuck, FaultKinds::TwoWayLinksAndServers, 58, 10),
    ] {
        let (search, found) = searched(ask(goal, rules, kinds));
        assert_eq!(found, None);
        assert_eq!(search.smaller().numbers(), [settle, 0, 0, no_majority, 0, 0]);
    }
    let (search, found) = searched(ask(LivenessGoal::NeverSettles, with(&[Rule::PreVote]), FaultKinds::All));
    assert_eq!(found, None);
    assert_eq!(search.smaller().numbers(), [306, 0, 27, 10, 0, 0]);
}

#[test]
fn nobody_can_win_once_a_majority_is_down_and_no_earlier() {
    for (servers, down) in [(3, 2), (4, 2), (5, 3)] {
        let question = LivenessQuestion {
            servers,
            ..ask(LivenessGoal::NobodyCanWin, Rules::PAPER, FaultKinds::All)
        };
        let (search, found) = searched(question);
        assert_eq!(search.faults(), down);
        if servers == 5 {
            assert_eq!(
                found,
                Some([1, 2, 3].map(|number| Fault::Crash(server(number))).to_vec())
            );
        }
    }
    // With links alone a server keeps one at most: of ten, eight are cut.
    let links = LivenessQuestion {
        most_faults: 8,
        ..ask(LivenessGoal::NobodyCanWin, Rules::PAPER, FaultKinds::TwoWayLinks)
    };
    assert_eq!(searched(links).0.faults(), 8);
    // It is the rule that says how many votes it takes.
    let all = LivenessQuestion {
        rules: Rules {
            quorum: Quorum::Votes(5),
            ..Rules::PAPER
        },
        ..ask(LivenessGoal::NobodyCanWin, Rules::PAPER, FaultKinds::All)
    };
    assert_eq!(searched(all).0.faults(), 1);
}

/// What needs no run is seen in runs as well: nobody is elected after the faults.
#[test]
fn where_nobody_can_win_nobody_does() {
    let LivenessVerdict::Found(set) =
        LivenessSearch::new(ask(LivenessGoal::NobodyCanWin, Rules::PAPER, FaultKinds::All)).finish()
    else {
        panic!("three crashes do it")
    };
    let mut history = liveness::scenario(set, Rules::PAPER, 1).start();
    history.seek(Micros::from_secs(20));
    let won = history.happened().filter(|event| {
        event.at > Micros::from_millis(500) && matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }))
    });
    assert_eq!(won.count(), 0);
}

/// All ways to choose so many faults, as sets of labels, counted up to renaming by Burnside's lemma.
fn orbits(size: usize, faults: usize) -> usize {
    let mut all = Vec::new();
    for one in 1..=size {
        for other in (1..=size).filter(|other| *other != one) {
            all.push(Fault::CutOneWay(server(one), server(other)));
            if one < other {
                all.push(Fault::CutBothWays(server(one), server(other)));
            }
        }
        all.extend([Fault::Crash(server(one)), Fault::Pause(server(one))]);
    }
    let mut sets = BTreeSet::from([Vec::new()]);
    for _ in 0..faults {
        sets = sets
            .iter()
            .flat_map(|set: &Vec<usize>| {
                (0..all.len())
                    .filter(|next| fits(&all, set, *next))
                    .map(|next| [&set[..], &[next]].concat())
                    .collect::<Vec<_>>()
            })
            .map(|mut set| {
                set.sort_unstable();
                set
            })
            .collect();
    }
    let orders = orders(&(2..=size).collect::<Vec<_>>());
    let fixed = orders.iter().map(|order| {
        let renamed = |of: NodeId| {
            let number = of.index() + 1;
            server(if number == 1 { 1 } else { order[number - 2] })
        };
        let place = |fault: Fault| {
            let moved = match fault {
                Fault::CutOneWay(from, to) => Fault::CutOneWay(renamed(from), renamed(to)),
                Fault::CutBothWays(one, other) => {
                    Fault::CutBothWays(renamed(one).min(renamed(other)), renamed(one).max(renamed(other)))
                }
                Fault::Crash(down) => Fault::Crash(renamed(down)),
                Fault::Pause(paused) => Fault::Pause(renamed(paused)),
                Fault::SlowMessages => Fault::SlowMessages,
            };
            all.iter().position(|other| *other == moved).expect("a fault")
        };
        let moves: Vec<usize> = all.iter().map(|fault| place(*fault)).collect();
        let is_fixed = |set: &&Vec<usize>| {
            let mut moved: Vec<usize> = set.iter().map(|fault| moves[*fault]).collect();
            moved.sort_unstable();
            moved == **set
        };
        sets.iter().filter(is_fixed).count()
    });
    fixed.sum::<usize>() / orders.len()
}

/// A link has one fault at most, and none if one of its servers does not run; nor does a server fail twice.
fn fits(all: &[Fault], set: &[usize], next: usize) -> bool {
    let touched = |fault: Fault| match fault {
        Fault::CutOneWay(one, other) | Fault::CutBothWays(one, other) => (one, other, true),
        Fault::Crash(down) | Fault::Pause(down) => (down, down, false),
        Fault::SlowMessages => unreachable!("it concerns no server"),
    };
    let (one, other, is_link) = touched(all[next]);
    set.iter().all(|earlier| {
        let (first, second, was_link) = touched(all[*earlier]);
        if is_link && was_link {
            (first.min(second), first.max(second)) != (one.min(other), one.max(other))
        } else {
            ![first, second].iter().any(|server| *server == one || *server == other)
        }
    })
}

fn orders(numbers: &[usize]) -> Vec<Vec<usize>> {
    if numbers.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for first in numbers {
        let rest: Vec<usize> = numbers.iter().copied().filter(|number| number != first).collect();
        all.extend(orders(&rest).into_iter().map(|order| [&[*first][..], &order].concat()));
    }
    all
}

#[test]
fn every_set_of_faults_is_tried_once() {
    for (size, most) in [(3, 4), (4, 3), (5, 2)] {
        let mut sets = vec![FaultSet::none(size)];
        for faults in 1..=most {
            sets = FaultSet::larger(&sets, FaultKinds::All);
            assert_eq!(
                sets.len(),
                orbits(size.into(), faults),
                "{faults} faults in {size} servers"
            );
            assert!(sets.iter().all(|set| set.faults().len() == faults));
        }
    }
}

/// Each fault in the list of a set makes it, whatever the order.
#[test]
fn a_set_is_made_of_its_faults_and_its_actions_tell_them() {
    let mut sets = vec![FaultSet::none(4)];
    for _ in 0..3 {
        sets = FaultSet::larger(&sets, FaultKinds::AllAndSlowMessages);
        for set in &sets {
            let faults = set.faults();
            let made = faults
                .iter()
                .rev()
                .try_fold(FaultSet::none(4), |set, fault| set.with(*fault));
            assert_eq!(made, Some(*set));
            let actions: Vec<_> = faults.iter().flat_map(|fault| fault.actions()).collect();
            assert_eq!(Fault::of_actions(&actions), Some(faults));
        }
    }
}

fn found() -> (LivenessQuestion, FaultSet, FoundLiveness) {
    let question = ask(
        LivenessGoal::Stuck,
        with(&[Rule::PreVote]),
        FaultKinds::TwoWayLinksAndServers,
    );
    let mut search = LivenessSearch::new(question);
    let LivenessVerdict::Found(set) = search.finish() else {
        panic!("three cuts do it")
    };
    (question, set, FoundLiveness::of(&search).expect("it was found"))
}

/// What plays is what was judged: the same run comes to the same, also by way of a link.
#[test]
fn a_run_that_was_found_shows_what_was_found() {
    let (question, set, found) = found();
    let run = found.run("Stuck".to_owned(), set, question.rules);
    let opened = link::decode(&link::encode(&run)).expect("a link").scenario();
    assert_eq!(opened.script, liveness::scenario(set, question.rules, 1).script);
    let told = liveness::told(&opened).expect("a run that was found");
    assert_eq!(told.found, found);
    let faults: Vec<_> = told
        .steps
        .iter()
        .filter_map(|step| match step.moment {
            LivenessMoment::Fault(fault) => Some(fault),
            _ => None,
        })
        .collect();
    assert_eq!(faults, set.faults());
    // The end, as an ordinary run shows it.
    let mut history = opened.start();
    history.seek(Micros::from_secs(60));
    let believers: Vec<_> = history
        .world()
        .servers()
        .filter(|(_, server)| server.node().role() == raft_playground::raft::Role::Leader)
        .map(|(id, _)| id)
        .collect();
    let Some(LivenessMoment::End { leaders, term }) = told.steps.last().map(|step| step.moment) else {
        panic!("it ends")
    };
    assert_eq!((leaders.iter().collect::<Vec<_>>(), term.0), (believers, 1));
    assert_eq!(leaders.iter().collect::<Vec<_>>(), [server(1)], "S1 leads on in name");
    assert!(
        Leadership::of(history.world()).leaders().is_empty(),
        "no majority can follow it"
    );
}

#[test]
fn a_run_in_which_somebody_did_something_else_is_none_that_was_found() {
    let (question, set, found) = found();
    let run = found.run(String::new(), set, question.rules);
    let scenario = run.scenario();
    assert!(liveness::told(&scenario).is_some());
    let mut other = scenario.clone();
    other.script.pop();
    assert_eq!(liveness::told(&other), None, "half a fault is missing");
    let mut other = scenario.clone();
    other.watch = "find: what it is".to_owned();
    assert_eq!(liveness::told(&other), None, "its author says something");
    let mut other = scenario;
    if let Some((at, _)) = other.script.last_mut() {
        *at = Micros::from_secs(1);
    }
    assert_eq!(liveness::told(&other), None, "a fault comes later");
}

/// Links carry it.
#[test]
fn what_was_found_is_told_by_a_text_that_never_changes() {
    let (_, _, found) = found();
    assert_eq!(
        found.watch(),
        "find: stuck, faults 3 of two-way-links-and-servers, smaller sets 25, runs 1"
    );
    assert_eq!(FoundLiveness::of_watch(&found.watch()), Some(found));
    for other in [
        "",
        "find: ",
        "find: stuck, faults 3 of all",
        "find: stuck, faults +3 of all, smaller sets 61, runs 3",
    ] {
        assert_eq!(FoundLiveness::of_watch(other), None, "{other}");
    }
    let slugs = LivenessGoal::ALL.map(LivenessGoal::slug);
    assert_eq!(slugs, ["never-settles", "stuck", "no-majority"]);
    let kinds = FaultKinds::ALL.map(FaultKinds::slug);
    assert_eq!(
        kinds,
        [
            "all",
            "all-and-slow-messages",
            "two-way-links-and-servers",
            "links",
            "two-way-links"
        ]
    );
}

//! The safety monitor finds each broken property, by hand-made sequences that know nothing of the protocol, and in simulated
//! runs with a rule switched off. By the paper's rules it has nothing to say.

use crate::runs::{Run, S1, S2, S3, S4, S5, ms, random};
use raft_playground::{
    raft::{
        Decision, Input, LogPosition, Message, Node, NodeId, Outputs, Protects, Quorum, Role, Rule, Rules, Settings,
        Term, Timer,
    },
    safety::{Monitor, Property, Status, Violation},
    sim::{Action, ClusterAction, EventKind, LinkAction, MessageAction, ServerAction},
};

// --- By hand ---

const fn status(role: Role, term: u32, voted_for: Option<NodeId>) -> Status {
    Status {
        role,
        term: Term(term),
        voted_for,
        last_log: LogPosition {
            last_term: Term::ZERO,
            last_index: 0,
        },
    }
}

const fn follower(term: u32, voted_for: Option<NodeId>) -> Status {
    status(Role::Follower, term, voted_for)
}

const fn candidate(term: u32, itself: NodeId) -> Status {
    status(Role::Candidate, term, Some(itself))
}

const fn leader(term: u32, itself: NodeId) -> Status {
    status(Role::Leader, term, Some(itself))
}

/// Shows a monitor of five servers a sequence; answers what it finds at each step.
fn judge(sequence: &[(NodeId, Status)]) -> Vec<Vec<Violation>> {
    let mut monitor = Monitor::new(5);
    sequence
        .iter()
        .map(|&(server, status)| monitor.observe(server, status))
        .collect()
}

/// What it finds at the last step, nothing being wrong before.
fn judge_last(sequence: &[(NodeId, Status)]) -> Vec<Violation> {
    let mut found = judge(sequence);
    let last = found.pop().expect("a sequence");
    assert_eq!(found.concat(), [], "before the last step");
    last
}

fn violation(property: Property, server: NodeId, term: u32, other: impl Into<Option<NodeId>>) -> Violation {
    Violation {
        property,
        server,
        term: Term(term),
        other: other.into(),
        then: None,
    }
}

/// A server gave its vote in a term first to one and then to another.
fn two_votes(server: NodeId, term: u32, first: NodeId, then: NodeId) -> Violation {
    Violation {
        then: Some(then),
        ..violation(Property::OneVotePerTerm, server, term, first)
    }
}

/// S1 is elected leader of term 1 by S2 and S3.
const ELECTION: [(NodeId, Status); 4] = [
    (S1, candidate(1, S1)),
    (S2, follower(1, Some(S1))),
    (S3, follower(1, Some(S1))),
    (S1, leader(1, S1)),
];

fn after_election(then: &[(NodeId, Status)]) -> Vec<(NodeId, Status)> {
    [&ELECTION, then].concat()
}

#[test]
fn an_election_by_the_book_is_fine() {
    assert_eq!(judge_last(&ELECTION), []);
    let next = [
        (S4, follower(1, None)),
        (S2, candidate(2, S2)),
        (S1, follower(2, Some(S2))),
        (S3, follower(2, None)),
        (S4, follower(2, Some(S2))),
        (S2, leader(2, S2)),
        (S2, leader(2, S2)),
        // A split vote, and a winner afterwards.
        (S3, candidate(3, S3)),
        (S4, candidate(3, S4)),
        (S1, follower(3, Some(S3))),
        (S2, follower(3, Some(S4))),
        (S4, candidate(4, S4)),
        (S3, follower(4, Some(S4))),
        (S5, follower(4, Some(S4))),
        (S4, leader(4, S4)),
    ];
    assert_eq!(judge_last(&after_election(&next)), []);
}

#[test]
fn a_restart_from_disk_is_fine() {
    let restarts = [
        (S1, follower(1, Some(S1))),
        (S2, follower(1, Some(S1))),
        (S2, candidate(2, S2)),
        (S2, follower(2, Some(S2))),
    ];
    assert_eq!(judge_last(&after_election(&restarts)), []);
}

#[test]
fn two_leaders_of_a_term_at_once_are_found() {
    let found = judge_last(&after_election(&[(S4, leader(1, S4))]));
    assert!(
        found.contains(&violation(Property::ElectionSafety, S4, 1, S1)),
        "{found:?}"
    );
}

#[test]
fn two_leaders_of_a_term_at_different_times_are_found() {
    let long_after = [
        (S1, follower(2, None)),
        (S2, follower(2, None)),
        (S1, follower(900, None)),
        (S4, leader(1, S4)),
    ];
    let found = judge_last(&after_election(&long_after));
    assert!(
        found.contains(&violation(Property::ElectionSafety, S4, 1, S1)),
        "{found:?}"
    );
}

#[test]
fn a_second_leader_that_has_a_majority_is_found_as_well() {
    // S2 and S3 vote twice, which is found when they do.
    let found = judge(&after_election(&[
        (S5, candidate(1, S5)),
        (S4, follower(1, Some(S5))),
        (S2, follower(1, Some(S5))),
        (S5, leader(1, S5)),
    ]));
    assert_eq!(found[6], [two_votes(S2, 1, S1, S5)]);
    assert!(
        found[7].contains(&violation(Property::ElectionSafety, S5, 1, S1)),
        "{found:?}"
    );
}

#[test]
fn a_leader_of_another_term_is_no_second_leader() {
    let other = [
        (S5, candidate(2, S5)),
        (S4, follower(2, Some(S5))),
        (S3, follower(2, Some(S5))),
        (S5, leader(2, S5)),
    ];
    assert_eq!(
        judge_last(&after_election(&other)),
        [],
        "S1 leads term 1 still, without knowing better"
    );
}

#[test]
fn a_second_vote_in_a_term_is_found() {
    let found = judge_last(&[(S3, follower(1, Some(S1))), (S3, follower(1, Some(S2)))]);
    assert_eq!(found, [two_votes(S3, 1, S1, S2)]);
}

#[test]
fn a_second_vote_after_a_restart_that_forgot_the_first_is_found() {
    let found = judge_last(&[
        (S3, follower(1, Some(S1))),
        (S3, follower(1, None)),
        (S3, follower(1, Some(S2))),
    ]);
    assert_eq!(found, [two_votes(S3, 1, S1, S2)]);
}

#[test]
fn a_candidate_that_voted_for_another_before_is_found() {
    let found = judge_last(&[(S3, follower(1, Some(S1))), (S3, candidate(1, S3))]);
    assert_eq!(found, [two_votes(S3, 1, S1, S3)]);
}

#[test]
fn the_same_vote_again_and_a_vote_in_another_term_are_fine() {
    let votes = [
        (S3, follower(1, Some(S1))),
        (S3, follower(1, None)),
        (S3, follower(1, Some(S1))),
        (S3, follower(2, Some(S2))),
    ];
    assert_eq!(judge_last(&votes), []);
}

#[test]
fn a_term_that_goes_back_is_found() {
    let found = judge_last(&[(S3, follower(7, None)), (S3, follower(6, None))]);
    assert_eq!(found, [violation(Property::MonotonicTerms, S3, 6, None)]);
}

#[test]
fn terms_of_different_servers_need_not_agree() {
    assert_eq!(judge_last(&[(S3, follower(7, None)), (S4, follower(6, None))]), []);
}

#[test]
fn a_leader_needs_votes_of_more_than_half_of_all_servers() {
    for size in 1..=9 {
        for votes in 1..=size {
            let mut monitor = Monitor::new(size);
            for voter in NodeId::all(votes).skip(1) {
                assert_eq!(monitor.observe(voter, follower(1, Some(S1))), []);
            }
            assert_eq!(monitor.observe(S1, candidate(1, S1)), []);
            let found = monitor.observe(S1, leader(1, S1));
            let expected = violation(Property::LeaderHadMajority, S1, 1, None);
            assert_eq!(
                found.contains(&expected),
                votes <= size / 2,
                "{votes} of {size}: {found:?}"
            );
        }
    }
}

#[test]
fn votes_of_another_term_or_for_another_server_do_not_count() {
    let found = judge_last(&[
        (S2, follower(1, Some(S1))),
        (S3, follower(1, Some(S1))),
        (S4, follower(2, Some(S5))),
        (S1, candidate(2, S1)),
        (S1, leader(2, S1)),
    ]);
    assert_eq!(found, [violation(Property::LeaderHadMajority, S1, 2, None)]);
}

#[test]
fn a_leader_that_takes_its_role_into_a_newer_term_is_found() {
    let found = judge_last(&after_election(&[(S1, status(Role::Leader, 5, None))]));
    assert_eq!(found, [violation(Property::LeaderHadMajority, S1, 5, None)]);
}

#[test]
fn properties_rank_in_the_order_in_which_they_are_shown() {
    let ranks = Property::ALL.map(Property::rank);
    assert_eq!(ranks, [0, 1, 2, 3, 4]);
}

// --- Wiped disks ---

#[test]
fn properties_are_found_by_their_names() {
    let names = [
        "election-safety",
        "leader-completeness",
        "one-vote-per-term",
        "monotonic-terms",
        "leader-had-majority",
    ];
    assert_eq!(Property::ALL.map(Property::slug), names);
    assert_eq!(names.map(Property::from_slug), Property::ALL.map(Some));
    assert_eq!(Property::from_slug("liveness"), None);
}

#[test]
fn the_first_vote_of_a_term_is_remembered() {
    let mut monitor = Monitor::new(5);
    let votes = |term, candidate| Status {
        term: Term(term),
        voted_for: Some(candidate),
        ..Status::default()
    };
    for status in [votes(1, S2), votes(1, S3), votes(2, S3)] {
        let _ = monitor.observe(S1, status);
    }
    assert_eq!(monitor.first_vote(S1, Term(1)), Some(S2));
    assert_eq!(monitor.first_vote(S1, Term(2)), Some(S3));
    assert_eq!(monitor.first_vote(S1, Term(3)), None);
    assert_eq!(monitor.first_vote(S2, Term(1)), None);
}

#[test]
fn a_wiped_server_may_start_from_term_0_but_its_votes_stay_given() {
    let mut monitor = Monitor::new(5);
    for (server, status) in ELECTION {
        assert_eq!(monitor.observe(server, status), []);
    }
    monitor.disk_wiped(S3);
    assert_eq!(monitor.observe(S3, follower(0, None)), [], "no term went back");
    assert_eq!(monitor.observe(S3, follower(1, None)), []);
    let found = monitor.observe(S3, follower(1, Some(S4)));
    assert_eq!(found, [two_votes(S3, 1, S1, S4)]);
}

#[test]
fn only_the_wiped_server_may_go_back() {
    let mut monitor = Monitor::new(5);
    for (server, status) in ELECTION {
        assert_eq!(monitor.observe(server, status), []);
    }
    monitor.disk_wiped(S3);
    assert_eq!(
        monitor.observe(S2, follower(0, None)),
        [violation(Property::MonotonicTerms, S2, 0, None)]
    );
}

// --- Long runs ---

/// S1 to S3 elect S1 in each term up to one.
fn long_reign(last: u32) -> Monitor {
    let mut monitor = Monitor::new(3);
    for term in 1..=last {
        for (server, status) in [
            (S1, candidate(term, S1)),
            (S2, follower(term, Some(S1))),
            (S1, leader(term, S1)),
        ] {
            assert_eq!(monitor.observe(server, status), [], "term {term}");
        }
    }
    monitor
}

#[test]
fn the_last_terms_are_remembered_and_nothing_is_said_about_forgotten_ones() {
    let last = 3 * Monitor::TERMS_REMEMBERED;
    let remembered = last - Monitor::TERMS_REMEMBERED + 1;
    let mut monitor = long_reign(last);
    assert_eq!(monitor.leader_of(Term(last)), Some(S1));
    assert_eq!(monitor.leader_of(Term(remembered)), Some(S1));
    assert_eq!(monitor.leader_of(Term(1)), None);
    // S3 was asleep all the time. Whether it had a majority in the forgotten term can't be told.
    assert_eq!(monitor.observe(S3, leader(1, S3)), []);
    assert_eq!(monitor.observe(S3, candidate(2, S3)), []);
    assert_eq!(monitor.observe(S3, leader(2, S3)), []);
    let found = monitor.observe(S3, leader(remembered, S3));
    assert!(
        found.contains(&violation(Property::ElectionSafety, S3, remembered, S1)),
        "{found:?}"
    );
}

// --- In simulated runs ---

/// The tests below hold the table of rules to what it says: a rule that protects safety sooner or later shows as a broken
/// property when it is off, and the others never do.
fn is_about_safety(rule: Rule) -> bool {
    rule.protects() == Protects::Safety
}

fn with_rules(mut run: Run, rules: Rules) -> Run {
    run.config.rules = rules;
    run
}

#[test]
fn by_the_papers_rules_nothing_is_broken_whatever_fails() {
    for seed in 0..300 {
        assert_eq!(random::faulty(seed).violations(), [], "seed {seed}");
    }
}

/// The test above would say little if nothing happened in its runs.
#[test]
fn in_the_random_runs_much_happens() {
    let mut seen = [0; 8];
    for seed in 0..300 {
        for event in random::faulty(seed).make().1.events {
            let index = match event.kind {
                EventKind::Decided(Decision::ElectionWon { votes }) if votes.len() > 1 => 0,
                EventKind::Decided(Decision::VoteDenied { .. }) => 1,
                EventKind::Decided(Decision::SteppedDown(_)) => 2,
                EventKind::Lost { .. } => 3,
                EventKind::Action(Action::Server(_, ServerAction::Start)) if event.term > Term(0) => 4,
                EventKind::Duplicated { .. } => 5,
                EventKind::Action(
                    Action::Server(_, ServerAction::Isolate)
                    | Action::Cluster(ClusterAction::Partition(_))
                    | Action::Link(.., LinkAction::Cut),
                ) => 6,
                EventKind::Action(
                    Action::Message(_, MessageAction::Deliver)
                    | Action::Message(.., MessageAction::Delay(_))
                    | Action::Message(_, MessageAction::Drop),
                ) => 7,
                _ => continue,
            };
            seen[index] += 1;
        }
    }
    assert!(seen.iter().all(|&count| count > 100), "{seen:?}");
}

#[test]
fn a_safety_rule_that_is_off_is_found_in_some_run() {
    for &rule in Rule::ALL.iter().filter(|rule| is_about_safety(**rule)) {
        let breaks = |seed: &u64| {
            !with_rules(random::faulty(*seed), Rules::switching(rule))
                .violations()
                .is_empty()
        };
        assert!((0..3000).any(|seed| breaks(&seed)), "{rule:?} off went unnoticed");
    }
}

#[test]
fn too_few_votes_are_found_in_some_run() {
    let mut rules = Rules::PAPER;
    rules.quorum = Quorum::Votes(2);
    let finds = |seed| {
        let found = with_rules(random::faulty(seed), rules).violations();
        found
            .iter()
            .any(|violation| violation.property == Property::LeaderHadMajority)
    };
    assert!((0..300).any(finds));
}

#[test]
fn the_other_rules_break_no_safety_property() {
    for &rule in Rule::ALL.iter().filter(|rule| !is_about_safety(**rule)) {
        for seed in 0..60 {
            assert_eq!(
                with_rules(random::faulty(seed), Rules::switching(rule)).violations(),
                [],
                "{rule:?}, seed {seed}"
            );
        }
    }
}

/// A vote comes twice only if the network brings it twice.
#[test]
fn counting_votes_twice_breaks_nothing_where_no_message_arrives_twice() {
    for seed in 0..300 {
        let mut run = with_rules(random::faulty(seed), Rules::switching(Rule::CountEachVoteOnce));
        run.config.network.duplication_permille = 0;
        for (_, action) in &mut run.actions {
            match action {
                Action::Cluster(ClusterAction::SetNetwork(network)) => network.duplication_permille = 0,
                Action::Message(_, MessageAction::Duplicate) => *action = Action::heal_all(),
                _ => {}
            }
        }
        assert_eq!(run.violations(), [], "seed {seed}");
    }
}

#[test]
fn counting_a_vote_twice_is_found() {
    let rules = Rules::switching(Rule::CountEachVoteOnce);
    let mut candidate = Node::new(S1, Settings::new(5, rules), Default::default());
    let mut monitor = Monitor::new(5);
    let granted = Message::RequestVoteReply {
        term: Term(1),
        vote_granted: true,
    };
    let reply = Input::Receive {
        from: S2,
        message: granted,
    };
    assert_eq!(monitor.observe(S2, follower(1, Some(S1))), []);
    let mut found = Vec::new();
    for input in [Input::Start, Input::Timeout(Timer::Election), reply, reply] {
        candidate.step(input, &mut Outputs::new());
        found.extend(monitor.observe(S1, Status::new(candidate.role(), candidate.hard_state())));
    }
    assert_eq!(found, [violation(Property::LeaderHadMajority, S1, 1, None)]);
}

/// Raft assumes that disks keep what they are given.
#[test]
fn a_wiped_disk_is_found_in_some_run() {
    let wiping = |seed| {
        let mut run = random::faulty(seed);
        let mut dice = random::Dice::new(seed);
        for (_, action) in &mut run.actions {
            if let Action::Server(server, ServerAction::Kill) = *action
                && dice.one_in(2)
            {
                *action = Action::wipe_disk(server);
            }
        }
        run.violations()
    };
    let found = (0..3000)
        .map(wiping)
        .find(|found| !found.is_empty())
        .expect("a vote is given twice");
    assert!(
        found
            .iter()
            .all(|violation| violation.property != Property::MonotonicTerms),
        "{found:?}"
    );
}

#[test]
fn a_history_says_when_it_happened() {
    let mut run = random::faulty(0);
    run.config = raft_playground::sim::Config::paper(5);
    run.config.rules.quorum = Quorum::Votes(1);
    run.actions = vec![(ms(50), Action::force_timeout(S4))];
    let mut history = run.history();
    history.seek(ms(49));
    assert_eq!(history.incidents(), []);
    history.seek(ms(60));
    let incident = history.incidents()[0];
    assert_eq!(incident.violation, violation(Property::LeaderHadMajority, S4, 1, None));
    assert_eq!(incident.at, ms(50));
    let event = history.trace().get(incident.event).expect("it is in memory");
    assert_eq!((event.at, event.server), (ms(50), Some(S4)));
    history.seek(ms(49));
    assert_eq!(history.incidents(), [], "it has not happened yet");
}

#[test]
fn a_history_keeps_the_first_hundred_violations() {
    let mut run = random::faulty(0);
    run.config = raft_playground::sim::Config::paper(1);
    run.config.rules.persist_term = false;
    let cycle = |round: u64| {
        [
            (ms(400 * round + 390), Action::kill(S1)),
            (ms(400 * round + 399), Action::start(S1)),
        ]
    };
    run.actions = (0..150).flat_map(cycle).collect();
    let mut history = run.history();
    history.seek(ms(400 * 50));
    assert_eq!(history.incidents().len(), 50, "each restart is in term 0 again");
    history.seek(ms(400 * 150));
    assert_eq!(history.incidents().len(), 100);
    assert_eq!(history.incidents()[0].at, ms(399));
}

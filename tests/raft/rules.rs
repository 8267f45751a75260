//! The rules as switches: each changes the behaviour of its sentence, and of no other.
//!
//! For every rule there is a smallest scenario in which it decides. It is played with the rule and without; the outputs of its
//! last step and the state after it are compared. A matrix then shows in which scenarios of other rules a rule has a say.

use crate::common::cluster::Cluster;
use crate::common::server::{Seen, Server, candidate, follower, leader, pre_candidate};
use crate::common::words;
use crate::common::words::{
    S1, S2, S3, S4, S5, accepted, cancel, decision, decisions, disk, granted, heartbeat, log, persist, refused,
    rejected, request_vote, request_vote_with, send, set,
};
use raft_playground::raft::Role::{Candidate, Follower, Leader};
use raft_playground::raft::SteppedDown::{LeaderOfTerm, NewerTerm};
use raft_playground::raft::Timer::{Election, Heartbeat};
use raft_playground::raft::{
    Conformity, Decision, DeniedHeartbeat, DeniedVote, HardState, IgnoredReply, Input, NodeId, NodeSet, Output, Quorum,
    Role, Rule, RuleGroup, Rules, Source, SteppedDown, Term, Timer,
};

/// What the last step of a scenario put out, and the state after it.
#[derive(Debug, PartialEq)]
struct Outcome {
    outputs: Vec<Output>,
    seen: Seen,
}

fn outcome<const N: usize>(outputs: [Output; N], seen: Seen) -> Outcome {
    let outputs = outputs.to_vec();
    Outcome { outputs, seen }
}

/// The paper's rules with this one on.
fn with(rule: Rule) -> Rules {
    switched(rule, true)
}

/// The paper's rules with this one off.
fn without(rule: Rule) -> Rules {
    switched(rule, false)
}

fn switched(rule: Rule, on: bool) -> Rules {
    moved(Rules::PAPER, rule, on)
}

fn moved(mut rules: Rules, rule: Rule, on: bool) -> Rules {
    rules.set(rule, on);
    rules
}

/// Plays the smallest scenario in which the rule decides. `None` for the simulator's rule.
fn play(scenario_of: Rule, rules: Rules) -> Option<Outcome> {
    let (server, outputs) = match scenario_of {
        Rule::NewElectionNewTerm => a_follower_times_out(rules),
        Rule::OneVotePerTerm => two_ask_in_one_term(rules),
        Rule::PersistVote => two_ask_in_one_term_with_a_crash_between(rules),
        Rule::PersistTerm => an_older_leader_beats_after_a_crash(rules),
        Rule::UpToDateCheck => a_candidate_with_a_lesser_log_asks(rules),
        Rule::ReplyTermMustMatch => a_vote_of_the_term_before_arrives(rules),
        Rule::CountEachVoteOnce => a_vote_arrives_twice(rules),
        Rule::NewerTermStepsDown => a_leader_hears_of_a_newer_term(rules),
        Rule::CandidateYieldsToLeader => a_candidate_hears_the_leader_of_its_term(rules),
        Rule::GrantedVoteResetsTimer => one_asks(rules),
        Rule::RefusedVoteKeepsTimer => one_asks_too_late(rules),
        Rule::HeartbeatResetsTimer => a_leader_beats(rules),
        Rule::RerunAfterRefusal => a_rival_asks_a_candidate(rules),
        Rule::PreVote => a_follower_times_out(rules),
        Rule::LeaderStickiness => one_asks_soon_after_a_heartbeat(rules),
        Rule::CheckQuorum => a_leader_is_answered_by_nobody(rules),
        Rule::KeepVoteInTerm => one_asks_whom_a_leader_has_deposed(rules),
        Rule::LearnTermFromReplies => a_candidate_is_refused_by_a_newer_term(rules),
        Rule::LogTermBeforeIndex => a_candidate_with_a_longer_older_log_asks(rules),
        Rule::PreVoteIsNoVote => a_promise_comes_after_the_last_that_was_needed(rules),
        Rule::PreVoteMovesNoTerm => one_asks_about_a_newer_term(rules),
        Rule::PreVoteChecksLog => one_with_a_lesser_log_asks_about_a_term(rules),
        Rule::PreVoteHeedsLeader => one_asks_about_a_term_soon_after_a_heartbeat(rules),
        Rule::LeaderMayAsk => the_leader_asks_about_a_term_soon_after_its_heartbeat(rules),
        Rule::RandomisedTimeouts => return None,
    };
    let seen = server.seen();
    Some(Outcome { outputs, seen })
}

/// Plays it with the rule and without.
fn compare(rule: Rule) -> (Outcome, Outcome) {
    let played = |rules| play(rule, rules).expect("a rule of the protocol");
    let paper = Rules::paper_for(rule);
    (played(moved(paper, rule, true)), played(moved(paper, rule, false)))
}

// --- The scenarios: S1 of five in term 3 ---

fn a_follower_times_out(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    let outputs = server.time_out();
    (server, outputs)
}

fn two_ask_in_one_term(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.receive(S2, request_vote(3));
    let outputs = server.receive(S3, request_vote(3));
    (server, outputs)
}

fn two_ask_in_one_term_with_a_crash_between(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.receive(S2, request_vote(3));
    server.restart();
    let outputs = server.receive(S3, request_vote(3));
    (server, outputs)
}

fn an_older_leader_beats_after_a_crash(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.receive(S2, heartbeat(5));
    server.restart();
    let outputs = server.receive(S3, heartbeat(4));
    (server, outputs)
}

fn a_candidate_with_a_lesser_log_asks(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.step(Input::LogMoved(log(2, 2)));
    let outputs = server.receive(S2, request_vote_with(3, log(2, 1)));
    (server, outputs)
}

fn a_vote_of_the_term_before_arrives(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::candidate(3).under(rules);
    let outputs = server.receive(S2, granted(2));
    (server, outputs)
}

/// With its own vote, the two copies would make three.
fn a_vote_arrives_twice(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::candidate(3).under(rules);
    server.receive(S2, granted(3));
    let outputs = server.receive(S2, granted(3));
    (server, outputs)
}

fn a_leader_hears_of_a_newer_term(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::leader(3).under(rules);
    let outputs = server.receive(S5, rejected(9));
    (server, outputs)
}

fn a_candidate_hears_the_leader_of_its_term(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::candidate(3).under(rules);
    let outputs = server.receive(S2, heartbeat(3));
    (server, outputs)
}

fn one_asks(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    let outputs = server.receive(S2, request_vote(3));
    (server, outputs)
}

fn one_asks_too_late(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    let outputs = server.receive(S2, request_vote(2));
    (server, outputs)
}

fn a_leader_beats(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    let outputs = server.receive(S2, heartbeat(3));
    (server, outputs)
}

fn a_rival_asks_a_candidate(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::candidate(3).under(rules);
    let outputs = server.receive(S2, request_vote(3));
    (server, outputs)
}

fn one_asks_soon_after_a_heartbeat(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.receive(S2, heartbeat(3));
    let outputs = server.receive(S3, request_vote(4));
    (server, outputs)
}

fn a_leader_is_answered_by_nobody(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::leader(3).under(rules);
    server.step(Input::Timeout(Heartbeat));
    let outputs = server.step(Input::Timeout(Timer::CheckQuorum));
    (server, outputs)
}

/// S1 has voted for itself.
fn one_asks_whom_a_leader_has_deposed(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::candidate(3).under(rules);
    server.receive(S2, heartbeat(3));
    let outputs = server.receive(S3, request_vote(3));
    (server, outputs)
}

fn a_candidate_is_refused_by_a_newer_term(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::candidate(3).under(rules);
    let outputs = server.receive(S5, refused(9));
    (server, outputs)
}

fn a_candidate_with_a_longer_older_log_asks(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.step(Input::LogMoved(log(2, 2)));
    let outputs = server.receive(S2, request_vote_with(3, log(1, 3)));
    (server, outputs)
}

/// With those of S2 and S3 it stands.
fn a_promise_comes_after_the_last_that_was_needed(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.time_out();
    server.receive(S2, words::promised(4));
    server.receive(S3, words::promised(4));
    let outputs = server.receive(S4, words::promised(4));
    (server, outputs)
}

fn one_asks_about_a_newer_term(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    let outputs = server.receive(S2, words::pre_vote(4));
    (server, outputs)
}

fn one_with_a_lesser_log_asks_about_a_term(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.step(Input::LogMoved(log(2, 2)));
    let outputs = server.receive(S2, words::pre_vote_with(4, log(2, 1)));
    (server, outputs)
}

fn one_asks_about_a_term_soon_after_a_heartbeat(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.receive(S2, heartbeat(3));
    let outputs = server.receive(S3, words::pre_vote(4));
    (server, outputs)
}

fn the_leader_asks_about_a_term_soon_after_its_heartbeat(rules: Rules) -> (Server, Vec<Output>) {
    let mut server = Server::follower(3).under(rules);
    server.receive(S2, heartbeat(3));
    let outputs = server.receive(S2, words::pre_vote(4));
    (server, outputs)
}

// --- Each rule, with and without ---

fn vote_granted(to: NodeId) -> Output {
    vote_granted_in(3, to, true)
}

fn vote_granted_in(term: u32, to: NodeId, timer_reset: bool) -> Output {
    let term = Term(term);
    decision(Follower, Decision::VoteGranted { to, term, timer_reset })
}

fn vote_denied(role: Role, to: NodeId, term: u32, why: DeniedVote) -> Output {
    let term = Term(term);
    decision(role, Decision::VoteDenied { to, term, why })
}

fn term_advanced(role: Role, old: u32, new: u32, from: NodeId) -> Output {
    let (old, new) = (Term(old), Term(new));
    decision(role, Decision::TermAdvanced { old, new, from })
}

/// What a follower puts out that starts an election.
fn election(term: u32) -> Vec<Output> {
    let start = [
        persist(term, S1),
        decision(Follower, Decision::ElectionTimedOut),
        decision(Candidate, Decision::ElectionStarted { term: Term(term) }),
        set(Election),
    ];
    let requests = [S2, S3, S4, S5].map(|to| send(to, request_vote(term)));
    start.into_iter().chain(requests).collect()
}

/// Without it, a follower runs in the term in which it may have voted.
#[test]
fn new_election_new_term() {
    let (on, off) = compare(Rule::NewElectionNewTerm);
    assert_eq!((on.outputs, on.seen), (election(4), candidate(4)));
    assert_eq!((off.outputs, off.seen), (election(3), candidate(3)));
}

#[test]
fn one_vote_per_term() {
    let (on, off) = compare(Rule::OneVotePerTerm);
    let why = DeniedVote::AlreadyVotedFor(S2);
    let refuses = [vote_denied(Follower, S3, 3, why), send(S3, refused(3))];
    assert_eq!(on, outcome(refuses, follower(3).voted_for(S2)));
    let votes_again = [persist(3, S3), set(Election), vote_granted(S3), send(S3, granted(3))];
    assert_eq!(off, outcome(votes_again, follower(3).voted_for(S3)));
}

#[test]
fn persist_vote() {
    let (on, off) = compare(Rule::PersistVote);
    let why = DeniedVote::AlreadyVotedFor(S2);
    let refuses = [vote_denied(Follower, S3, 3, why), send(S3, refused(3))];
    assert_eq!(on, outcome(refuses, follower(3).voted_for(S2)));
    let votes_again = [set(Election), vote_granted(S3), send(S3, granted(3))];
    assert_eq!(off, outcome(votes_again, follower(3).voted_for(S3)));
}

/// Without it the term is written all the same.
#[test]
fn persist_vote_is_about_the_vote_only() {
    let mut server = Server::follower(3).under(without(Rule::PersistVote));
    let outputs = server.receive(S2, request_vote(4));
    assert_eq!(outputs[0], persist(4, None));
    assert_eq!(server.disk(), disk(4, None));
}

#[test]
fn persist_term() {
    let (on, off) = compare(Rule::PersistTerm);
    let why = DeniedHeartbeat::StaleTerm;
    let denied = Decision::HeartbeatDenied {
        from: S3,
        term: Term(4),
        why,
    };
    assert_eq!(
        on,
        outcome([decision(Follower, denied), send(S3, rejected(5))], follower(5))
    );
    let follows = [
        term_advanced(Follower, 3, 4, S3),
        set(Election),
        decision(
            Follower,
            Decision::HeartbeatAccepted {
                from: S3,
                timer_reset: true,
            },
        ),
        send(S3, accepted(4)),
    ];
    assert_eq!(off, outcome(follows, follower(4).following(S3)));
}

/// Without it the vote is written all the same, but not for which term it was.
#[test]
fn persist_term_is_about_the_term_only() {
    let mut server = Server::follower(3).under(without(Rule::PersistTerm));
    let outputs = server.receive(S2, request_vote(4));
    assert_eq!(outputs[0], persist(0, S2));
    assert_eq!(server.hard_state(), disk(4, S2), "the memory knows");
}

#[test]
fn up_to_date_check() {
    let (on, off) = compare(Rule::UpToDateCheck);
    let (mine, theirs) = (log(2, 2), log(2, 1));
    let why = DeniedVote::LogBehind { mine, theirs };
    let refuses = [vote_denied(Follower, S2, 3, why), send(S2, refused(3))];
    assert_eq!(on, outcome(refuses, follower(3)));
    let written = HardState {
        last_log: mine,
        ..disk(3, S2)
    };
    let votes = [
        Output::Persist(written),
        set(Election),
        vote_granted(S2),
        send(S2, granted(3)),
    ];
    assert_eq!(off, outcome(votes, follower(3).voted_for(S2)));
}

#[test]
fn reply_term_must_match() {
    let (on, off) = compare(Rule::ReplyTermMustMatch);
    let why = IgnoredReply::StaleTerm;
    let ignores = [decision(Candidate, Decision::ReplyIgnored { from: S2, why })];
    assert_eq!(on, outcome(ignores, candidate(3)));
    let counts = [decision(Candidate, Decision::VoteReceived { from: S2, count: 2 })];
    assert_eq!(off, outcome(counts, candidate(3).with_votes_of([S1, S2])));
}

#[test]
fn count_each_vote_once() {
    let (on, off) = compare(Rule::CountEachVoteOnce);
    let why = IgnoredReply::Duplicate;
    let ignores = [decision(Candidate, Decision::ReplyIgnored { from: S2, why })];
    assert_eq!(on, outcome(ignores, candidate(3).with_votes_of([S1, S2])));
    let votes = NodeSet::from_iter([S1, S2]);
    let wins = [
        decision(Candidate, Decision::VoteReceived { from: S2, count: 3 }),
        decision(Candidate, Decision::ElectionWon { votes }),
        cancel(Election),
        set(Heartbeat),
        send(S2, heartbeat(3)),
        send(S3, heartbeat(3)),
        send(S4, heartbeat(3)),
        send(S5, heartbeat(3)),
    ];
    assert_eq!(off, outcome(wins, leader(3).with_votes_of([S1, S2])));
}

/// Without it the term is learned all the same; the leader believes that it leads the new term too.
#[test]
fn newer_term_steps_down() {
    let (on, off) = compare(Rule::NewerTermStepsDown);
    let yields = [
        persist(9, None),
        term_advanced(Leader, 3, 9, S5),
        decision(Leader, Decision::SteppedDown(NewerTerm)),
        cancel(Heartbeat),
        set(Election),
    ];
    assert_eq!(on, outcome(yields, follower(9)));
    let stays = [persist(9, None), term_advanced(Leader, 3, 9, S5)];
    assert_eq!(off, outcome(stays, leader(9).voted_for_nobody()));
}

/// A candidate keeps the votes of the term before, and its request goes on in the new one.
#[test]
fn newer_term_steps_down_holds_for_candidates_too() {
    let mut server = Server::candidate(3).under(without(Rule::NewerTermStepsDown));
    server.receive(S2, granted(3));
    let outputs = server.receive(S5, refused(9));
    let stays = [
        persist(9, None),
        term_advanced(Candidate, 3, 9, S5),
        decision(Candidate, Decision::VoteRefused { from: S5 }),
    ];
    assert_eq!(outputs, stays);
    assert_eq!(server.seen(), candidate(9).with_votes_of([S1, S2]).voted_for_nobody());
}

#[test]
fn candidate_yields_to_leader() {
    let (on, off) = compare(Rule::CandidateYieldsToLeader);
    let yields = [
        decision(Candidate, Decision::SteppedDown(LeaderOfTerm(S2))),
        set(Election),
        decision(
            Follower,
            Decision::HeartbeatAccepted {
                from: S2,
                timer_reset: true,
            },
        ),
        send(S2, accepted(3)),
    ];
    assert_eq!(on, outcome(yields, follower(3).voted_for(S1).following(S2)));
    let denied = Decision::HeartbeatDenied {
        from: S2,
        term: Term(3),
        why: DeniedHeartbeat::KeepsRunning,
    };
    assert_eq!(
        off,
        outcome([decision(Candidate, denied), send(S2, rejected(3))], candidate(3))
    );
}

/// The rule is about the leader of the candidate's own term: a newer one ends the candidacy by §5.1.
#[test]
fn candidate_yields_to_leader_is_about_its_own_term_only() {
    let mut server = Server::candidate(3).under(without(Rule::CandidateYieldsToLeader));
    server.receive(S2, heartbeat(4));
    assert_eq!(server.seen(), follower(4).following(S2));
}

#[test]
fn granted_vote_resets_timer() {
    let (on, off) = compare(Rule::GrantedVoteResetsTimer);
    let voter = || follower(3).voted_for(S2);
    let resets = [persist(3, S2), set(Election), vote_granted(S2), send(S2, granted(3))];
    assert_eq!(on, outcome(resets, voter()));
    let runs_on = [persist(3, S2), vote_granted_in(3, S2, false), send(S2, granted(3))];
    assert_eq!(off, outcome(runs_on, voter()));
}

#[test]
fn refused_vote_keeps_timer() {
    let (on, off) = compare(Rule::RefusedVoteKeepsTimer);
    let denied = vote_denied(Follower, S2, 2, DeniedVote::StaleTerm);
    assert_eq!(on, outcome([denied, send(S2, refused(3))], follower(3)));
    assert_eq!(off, outcome([set(Election), denied, send(S2, refused(3))], follower(3)));
}

#[test]
fn heartbeat_resets_timer() {
    let (on, off) = compare(Rule::HeartbeatResetsTimer);
    let accept = |timer_reset| decision(Follower, Decision::HeartbeatAccepted { from: S2, timer_reset });
    let follows = || follower(3).following(S2);
    assert_eq!(
        on,
        outcome([set(Election), accept(true), send(S2, accepted(3))], follows())
    );
    assert_eq!(off, outcome([accept(false), send(S2, accepted(3))], follows()));
}

/// Without it, a follower that times out runs at once; with it, it asks first. See `extensions.rs` for all of it.
#[test]
fn pre_vote() {
    let (on, off) = compare(Rule::PreVote);
    assert_eq!((off.outputs, off.seen), (election(4), candidate(4)));
    let asks = [
        decision(Follower, Decision::ElectionTimedOut),
        decision(Role::PreCandidate, Decision::PreVoteStarted { term: Term(4) }),
        set(Election),
    ];
    let questions = [S2, S3, S4, S5].map(|to| send(to, words::pre_vote(4)));
    assert_eq!(on.outputs, asks.into_iter().chain(questions).collect::<Vec<_>>());
    assert_eq!(on.seen, pre_candidate(3));
}

#[test]
fn leader_stickiness() {
    let (on, off) = compare(Rule::LeaderStickiness);
    let refuses = [
        vote_denied(Follower, S3, 4, DeniedVote::HasLeader(S2)),
        send(S3, refused(3)),
    ];
    assert_eq!(on, outcome(refuses, follower(3).following(S2)));
    let votes = [
        persist(4, S3),
        term_advanced(Follower, 3, 4, S3),
        set(Election),
        vote_granted_in(4, S3, true),
        send(S3, granted(4)),
    ];
    assert_eq!(off, outcome(votes, follower(4).voted_for(S3)));
}

#[test]
fn check_quorum() {
    let (on, off) = compare(Rule::CheckQuorum);
    let steps_down = [
        decision(Leader, Decision::SteppedDown(SteppedDown::NoQuorum)),
        cancel(Heartbeat),
        set(Election),
    ];
    assert_eq!(on, outcome(steps_down, follower(3).voted_for(S1)));
    assert_eq!(off, outcome([], leader(3)));
}

/// The lab's quirk: a candidate that refuses a vote runs again at once.
#[test]
fn rerun_after_refusal() {
    let (on, off) = compare(Rule::RerunAfterRefusal);
    let denied = vote_denied(Candidate, S2, 3, DeniedVote::AlreadyVotedFor(S1));
    let runs_again = [
        persist(4, S1),
        denied,
        send(S2, refused(3)),
        decision(Candidate, Decision::ElectionStarted { term: Term(4) }),
        set(Election),
        send(S2, request_vote(4)),
        send(S3, request_vote(4)),
        send(S4, request_vote(4)),
        send(S5, request_vote(4)),
    ];
    assert_eq!(on, outcome(runs_again, candidate(4)));
    assert_eq!(off, outcome([denied, send(S2, refused(3))], candidate(3)));
}

/// It has nothing but its own vote then: those of the term before are gone.
#[test]
fn rerun_after_refusal_gives_up_the_votes() {
    let mut server = Server::candidate(3).under(Rules::lab());
    server.receive(S3, granted(3));
    server.receive(S2, request_vote(1));
    assert_eq!(server.seen(), candidate(4), "a refusal of a stale request is one too");
}

/// Followers and leaders that refuse, and a candidate that a newer term turned into a follower, do not run.
#[test]
fn rerun_after_refusal_is_about_candidates_only() {
    let mut voter = Server::start(S1, 5, disk(3, S3)).under(Rules::lab());
    voter.receive(S2, request_vote(3));
    assert_eq!(voter.seen(), follower(3).voted_for(S3));

    let mut leads = Server::leader(3).under(Rules::lab());
    leads.receive(S5, request_vote(3));
    assert_eq!(leads.seen(), leader(3));

    let mut outdated = Server::candidate(3).under(Rules::lab());
    outdated.step(Input::LogMoved(log(2, 2)));
    outdated.receive(S2, request_vote(4));
    assert_eq!(outdated.seen(), follower(4));
}

/// Without it, a server that yields votes again in the term in which it has voted for itself.
#[test]
fn keep_vote_in_term() {
    let (on, off) = compare(Rule::KeepVoteInTerm);
    let why = DeniedVote::AlreadyVotedFor(S1);
    let refuses = [vote_denied(Follower, S3, 3, why), send(S3, refused(3))];
    assert_eq!(on, outcome(refuses, follower(3).voted_for(S1).following(S2)));
    let votes = [persist(3, S3), set(Election), vote_granted(S3), send(S3, granted(3))];
    assert_eq!(off, outcome(votes, follower(3).voted_for(S3).following(S2)));
}

/// A server that learns a newer term has no vote in it, with the rule and without.
#[test]
fn keep_vote_in_term_is_about_one_term() {
    for rules in [Rules::PAPER, without(Rule::KeepVoteInTerm)] {
        let mut server = Server::candidate(3).under(rules);
        server.receive(S5, heartbeat(9));
        assert_eq!(server.seen(), follower(9).following(S5));
    }
}

#[test]
fn learn_term_from_replies() {
    let (on, off) = compare(Rule::LearnTermFromReplies);
    let yields = [
        persist(9, None),
        term_advanced(Candidate, 3, 9, S5),
        decision(Candidate, Decision::SteppedDown(NewerTerm)),
        decision(
            Follower,
            Decision::ReplyIgnored {
                from: S5,
                why: IgnoredReply::NotCandidate,
            },
        ),
    ];
    assert_eq!(on, outcome(yields, follower(9)));
    let goes_on = [decision(Candidate, Decision::VoteRefused { from: S5 })];
    assert_eq!(off, outcome(goes_on, candidate(3)));
}

/// What others ask is still heard, and so is a heartbeat.
#[test]
fn learn_term_from_replies_is_about_replies() {
    for message in [request_vote(9), heartbeat(9)] {
        let mut server = Server::leader(3).under(without(Rule::LearnTermFromReplies));
        server.receive(S5, rejected(9));
        assert_eq!(server.seen(), leader(3));
        server.receive(S5, message);
        assert_eq!((server.role(), server.term()), (Follower, Term(9)));
    }
}

#[test]
fn log_term_before_index() {
    let (on, off) = compare(Rule::LogTermBeforeIndex);
    let (mine, theirs) = (log(2, 2), log(1, 3));
    let why = DeniedVote::LogBehind { mine, theirs };
    let refuses = [vote_denied(Follower, S2, 3, why), send(S2, refused(3))];
    assert_eq!(on, outcome(refuses, follower(3)));
    let written = HardState {
        last_log: mine,
        ..disk(3, S2)
    };
    let votes = [
        Output::Persist(written),
        set(Election),
        vote_granted(S2),
        send(S2, granted(3)),
    ];
    assert_eq!(off, outcome(votes, follower(3).voted_for(S2)));
}

/// Own vote, and a promise that was needed no more: two votes, of which nobody gave the second.
#[test]
fn pre_vote_is_no_vote() {
    let (on, off) = compare(Rule::PreVoteIsNoVote);
    let why = IgnoredReply::NotCandidate;
    let ignores = [decision(Candidate, Decision::ReplyIgnored { from: S4, why })];
    assert_eq!(on, outcome(ignores, candidate(4)));
    let counts = [decision(Candidate, Decision::VoteReceived { from: S4, count: 2 })];
    assert_eq!(off, outcome(counts, candidate(4).with_votes_of([S1, S4])));
}

fn promise(to: NodeId) -> [Output; 2] {
    let term = Term(4);
    [
        decision(Follower, Decision::PreVoteGranted { to, term }),
        send(to, words::promised(4)),
    ]
}

fn no_promise(to: NodeId, why: DeniedVote) -> [Output; 2] {
    let term = Term(4);
    [
        decision(Follower, Decision::PreVoteDenied { to, term, why }),
        send(to, words::not_promised(3)),
    ]
}

#[test]
fn pre_vote_moves_no_term() {
    let (on, off) = compare(Rule::PreVoteMovesNoTerm);
    assert_eq!(on, outcome(promise(S2), follower(3)));
    let [promises, reply] = promise(S2);
    let moves = [persist(4, None), term_advanced(Follower, 3, 4, S2), promises, reply];
    assert_eq!(off, outcome(moves, follower(4)));
}

#[test]
fn pre_vote_checks_log() {
    let (on, off) = compare(Rule::PreVoteChecksLog);
    let (mine, theirs) = (log(2, 2), log(2, 1));
    assert_eq!(
        on,
        outcome(no_promise(S2, DeniedVote::LogBehind { mine, theirs }), follower(3))
    );
    assert_eq!(off, outcome(promise(S2), follower(3)));
}

#[test]
fn pre_vote_heeds_leader() {
    let (on, off) = compare(Rule::PreVoteHeedsLeader);
    let follows = || follower(3).following(S2);
    assert_eq!(on, outcome(no_promise(S3, DeniedVote::HasLeader(S2)), follows()));
    assert_eq!(off, outcome(promise(S3), follows()));
}

/// By the thesis' wording a leader that restarts is refused by those that it has just sent heartbeats.
#[test]
fn leader_may_ask() {
    let (on, off) = compare(Rule::LeaderMayAsk);
    let follows = || follower(3).following(S2);
    assert_eq!(on, outcome(promise(S2), follows()));
    assert_eq!(off, outcome(no_promise(S2, DeniedVote::HasLeader(S2)), follows()));
}

// --- No leader restarts an election timer that it does not have ---

#[test]
fn no_rule_starts_the_election_timer_of_a_leader() {
    for rule in [
        Rule::RefusedVoteKeepsTimer,
        Rule::OneVotePerTerm,
        Rule::NewerTermStepsDown,
    ] {
        for request in [2, 3, 4].map(request_vote) {
            let mut server = Server::leader(3).under(without(rule));
            let outputs = server.receive(S5, request);
            let leads = server.role() == Leader;
            assert!(!(leads && outputs.contains(&set(Election))), "{rule:?}, {request:?}");
        }
    }
}

// --- All rules together ---

/// In which other scenarios a rule has a say, because its sentence speaks about them too.
fn also_decides(rule: Rule) -> &'static [Rule] {
    match rule {
        // A vote that does not bind need not be remembered, and a candidate's own vote is one.
        Rule::OneVotePerTerm => &[Rule::PersistVote, Rule::RerunAfterRefusal, Rule::KeepVoteInTerm],
        // A server that forgets its term also forgets in which term it voted.
        Rule::PersistTerm => &[Rule::PersistVote],
        // These end with a refusal.
        Rule::RefusedVoteKeepsTimer => &[
            Rule::OneVotePerTerm,
            Rule::PersistVote,
            Rule::UpToDateCheck,
            Rule::RerunAfterRefusal,
            Rule::KeepVoteInTerm,
            Rule::LogTermBeforeIndex,
        ],
        // This one ends with a vote that is given.
        Rule::GrantedVoteResetsTimer => &[Rule::LeaderStickiness],
        // These end with a timeout, or go on from one.
        Rule::NewElectionNewTerm => &[Rule::PreVote, Rule::PreVoteIsNoVote],
        // Only for its sake are leaders remembered.
        Rule::PreVote => &[Rule::NewElectionNewTerm, Rule::PreVoteHeedsLeader, Rule::LeaderMayAsk],
        // This one ends with a heartbeat that is accepted.
        Rule::HeartbeatResetsTimer => &[Rule::CandidateYieldsToLeader],
        // A check that is not made compares nothing, before a vote and before a promise.
        Rule::UpToDateCheck => &[Rule::LogTermBeforeIndex, Rule::PreVoteChecksLog],
        // Who does not yield keeps its vote in any case, and who yields may forget it.
        Rule::CandidateYieldsToLeader => &[Rule::KeepVoteInTerm],
        Rule::KeepVoteInTerm => &[Rule::CandidateYieldsToLeader],
        // This one yields to a leader, and is asked soon after.
        Rule::LeaderStickiness => &[Rule::KeepVoteInTerm],
        // These are about a reply of a newer term.
        Rule::NewerTermStepsDown => &[Rule::LearnTermFromReplies],
        Rule::LearnTermFromReplies => &[Rule::NewerTermStepsDown],
        // These are asked about a newer term.
        Rule::PreVoteMovesNoTerm => &[Rule::PreVoteChecksLog, Rule::PreVoteHeedsLeader, Rule::LeaderMayAsk],
        // Where nobody heeds a leader, it may ask as well.
        Rule::PreVoteHeedsLeader => &[Rule::LeaderMayAsk],
        _ => &[],
    }
}

/// What others could notice: everything but the writing itself, and how long a leader counts as recent.
fn behaviour(outcome: Option<Outcome>) -> Option<Outcome> {
    let mut outcome = outcome?;
    let silent = |output: &Output| {
        matches!(
            output,
            Output::Persist(_) | Output::SetTimer(Timer::RecentLeader) | Output::CancelTimer(Timer::RecentLeader)
        )
    };
    outcome.outputs.retain(|output| !silent(output));
    Some(outcome)
}

#[test]
fn a_rule_decides_in_its_own_scenario_and_where_its_sentence_reaches() {
    let mut surprises = Vec::new();
    for &rule in Rule::ALL {
        for &scenario in Rule::ALL {
            let paper = Rules::paper_for(scenario);
            let switched = moved(paper, rule, !paper.get(rule));
            let by_the_paper = behaviour(play(scenario, paper));
            let differs = behaviour(play(scenario, switched)) != by_the_paper;
            let own = rule == scenario && rule != Rule::RandomisedTimeouts;
            let expected = own || also_decides(rule).contains(&scenario);
            if differs != expected {
                surprises.push((rule, scenario, differs));
            }
        }
    }
    assert_eq!(
        surprises,
        [],
        "a rule in the scenario of another, and whether it decides there"
    );
}

#[test]
fn the_paper_has_all_rules_on_but_those_of_the_lab_and_the_extensions() {
    for &rule in Rule::ALL {
        let added = matches!(rule.group(), RuleGroup::Lab | RuleGroup::Extensions) || rule == Rule::LeaderMayAsk;
        assert_eq!(Rules::PAPER.get(rule), !added, "{rule:?}");
    }
    assert_eq!(Rules::PAPER.quorum, Quorum::Majority);
    assert_eq!(Rules::default(), Rules::PAPER);
    assert!(!Rules::PAPER.modified());
}

/// The group in which a rule is shown says the same as where its sentence stands.
#[test]
fn extensions_are_of_the_thesis_and_the_quirk_is_the_labs() {
    for &rule in Rule::ALL {
        assert!(rule.group().rules().contains(&rule));
        let of_thesis = matches!(rule.source(), Source::Thesis(_));
        let of_extensions = matches!(rule.group(), RuleGroup::Extensions | RuleGroup::PreVotes);
        assert_eq!(of_extensions && rule != Rule::LeaderMayAsk, of_thesis, "{rule:?}");
        assert_eq!(rule.group() == RuleGroup::Lab, rule.source() == Source::Lab, "{rule:?}");
        let in_the_paper = matches!(rule.source(), Source::Section(_) | Source::Figure2(_));
        assert_eq!(rule.group().is_of_paper(), in_the_paper, "{rule:?}");
        assert_eq!(
            rule.part_of().is_some(),
            rule.group() == RuleGroup::PreVotes,
            "{rule:?}"
        );
    }
}

/// Files and links of every age name rules so.
#[test]
fn slugs_and_bits_never_change() {
    let pinned = [
        "new-election-new-term",
        "one-vote-per-term",
        "persist-vote",
        "persist-term",
        "up-to-date-check",
        "reply-term-must-match",
        "count-each-vote-once",
        "newer-term-steps-down",
        "candidate-yields-to-leader",
        "granted-vote-resets-timer",
        "refused-vote-keeps-timer",
        "heartbeat-resets-timer",
        "randomised-timeouts",
        "rerun-after-refusal",
        "pre-vote",
        "leader-stickiness",
        "check-quorum",
        "keep-vote-in-term",
        "learn-term-from-replies",
        "log-term-before-index",
        "pre-vote-is-no-vote",
        "pre-vote-moves-no-term",
        "pre-vote-checks-log",
        "pre-vote-heeds-leader",
        "leader-may-ask",
    ];
    for (bit, slug) in (0..).zip(pinned) {
        let rule = Rule::from_slug(slug).expect(slug);
        assert_eq!((rule.bit(), rule.slug()), (bit, slug));
    }
}

#[test]
fn the_lab_has_the_quirk_besides() {
    assert_eq!(Rules::lab(), with(Rule::RerunAfterRefusal));
    assert!(Rules::lab().modified());
}

#[test]
fn a_switch_moves_its_own_rule_only() {
    for &rule in Rule::ALL {
        let rules = switched(rule, !Rules::PAPER.get(rule));
        assert!(rules.modified(), "{rule:?}");
        for &other in Rule::ALL {
            let moved = rules.get(other) != Rules::PAPER.get(other);
            assert_eq!(moved, other == rule, "{rule:?} and {other:?}");
        }
        assert_eq!(rules.quorum, Quorum::Majority);
    }
}

// --- The quorum ---

fn quorum(quorum: Quorum) -> Rules {
    Rules { quorum, ..Rules::PAPER }
}

#[test]
fn a_majority_is_more_than_half_of_the_full_cluster() {
    let majorities = (1..=9).map(|size| Quorum::Majority.votes(size));
    assert_eq!(majorities.collect::<Vec<u8>>(), [1, 2, 2, 3, 3, 4, 4, 5, 5]);
}

/// A candidate always has its own vote, so a quorum of none is a quorum of one.
#[test]
fn a_quorum_of_votes_does_not_depend_on_the_size() {
    for size in 1..=9 {
        let quorums = [0, 1, 2, 9].map(|votes| Quorum::Votes(votes).votes(size));
        assert_eq!(quorums, [1, 1, 2, 9]);
    }
}

#[test]
fn the_quorum_decides_with_how_many_votes_a_candidate_wins() {
    for needed in 2..=5 {
        let mut server = Server::candidate(3).under(quorum(Quorum::Votes(needed)));
        assert_eq!(server.quorum(), needed);
        for (voter, votes) in [S2, S3, S4, S5].into_iter().zip(2..=needed) {
            assert_eq!(server.role(), Candidate, "{} of {needed} votes", votes - 1);
            server.receive(voter, granted(3));
        }
        assert_eq!(server.role(), Leader, "{needed} votes");
    }
    assert!(quorum(Quorum::Votes(3)).modified(), "even where three are the majority");
}

#[test]
fn a_quorum_of_one_wins_without_asking() {
    let mut server = Server::follower(3).under(quorum(Quorum::Votes(1)));
    let outputs = server.time_out();
    let votes = NodeSet::from_iter([S1]);
    assert!(decisions(&outputs).contains(&Decision::ElectionWon { votes }));
    assert_eq!(server.seen(), leader(4).with_votes_of([S1]));
}

/// What the majority is good for: with two votes of five, one term has two leaders.
#[test]
fn less_than_a_majority_elects_two_leaders_in_one_term() {
    let elect = |rules| {
        let mut cluster = Cluster::new(5).under(rules);
        cluster.time_out(S1);
        cluster.lose(|flight| flight.to != S3);
        cluster.time_out(S2);
        cluster.lose(|flight| flight.from == S2 && flight.to != S4);
        // Each voter and then its candidate.
        for _ in 0..4 {
            cluster.deliver(0);
        }
        cluster.terms_with_two_leaders()
    };
    assert_eq!(elect(Rules::PAPER), []);
    assert_eq!(elect(quorum(Quorum::Votes(2))), [Term(1)]);
}

/// One rule of the paper that is off weighs more than any extension that is on.
#[test]
fn rules_conform_as_far_as_the_furthest_of_them() {
    assert_eq!(Rules::PAPER.conformity(), Conformity::Paper);
    for &rule in Rule::ALL {
        let extension = Rule::EXTENSIONS.contains(&rule);
        let changed = switched(rule, !Rules::PAPER.get(rule));
        let expected = if extension {
            Conformity::Extended
        } else {
            Conformity::Modified
        };
        assert_eq!(changed.conformity(), expected, "{rule:?}");
        let mut besides = changed;
        besides.set(Rule::PreVote, true);
        assert_eq!(besides.conformity(), expected, "{rule:?} and pre-vote");
    }
    assert_eq!(quorum(Quorum::Votes(3)).conformity(), Conformity::Modified);
}

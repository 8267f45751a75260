//! The extensions of Ongaro's thesis, sentence by sentence: pre-vote (§9.6), leader stickiness (§4.2.3), check quorum (§6.2) and
//! leadership transfer (§3.10).

use crate::common::server::{Server, candidate, follower, leader, pre_candidate};
use crate::common::words::{
    S1, S2, S3, S4, S5, accepted, cancel, decision, decisions, disk, granted, heartbeat, log, not_promised, pre_vote,
    pre_vote_with, promised, refused, rejected, request_vote, request_vote_with, send, sent, set, timeout_now,
};
use raft_playground::raft::Role::{Follower, Leader};
use raft_playground::raft::Timer::{CheckQuorum, Election, Heartbeat, RecentLeader};
use raft_playground::raft::{
    Decision, DeniedVote, IgnoredReply, Input, Message, Output, Role, Rule, Rules, SteppedDown, Term,
};

fn with(rules: &[Rule]) -> Rules {
    let mut with = Rules::PAPER;
    rules.iter().for_each(|rule| with.set(*rule, true));
    with
}

fn under(rule: Rule) -> Rules {
    with(&[rule])
}

/// S1 of five under pre-vote, asking for votes of the term after this one.
fn asking(term: u32) -> Server {
    let mut server = Server::follower(term).under(under(Rule::PreVote));
    server.time_out();
    server
}

/// S1 of five, which has just heard from its leader S2.
fn led(term: u32, rule: Rule) -> Server {
    let mut server = Server::follower(term).under(under(rule));
    server.receive(S2, heartbeat(term));
    server
}

fn denied(outputs: &[Output]) -> Option<DeniedVote> {
    decisions(outputs).into_iter().find_map(|decision| match decision {
        Decision::PreVoteDenied { why, .. } | Decision::VoteDenied { why, .. } => Some(why),
        _ => None,
    })
}

// --- Pre-vote, §9.6 ---

/// "In the Pre-Vote algorithm, a candidate only increments its term if it first learns from a majority of the cluster that they
/// would be willing to grant the candidate their votes": until then, term, vote and disk stay.
#[test]
fn pre_vote_a_server_asks_before_it_increments_its_term() {
    let mut server = Server::start(S1, 5, disk(3, S4)).under(under(Rule::PreVote));
    let outputs = server.time_out();
    assert_eq!(sent(&outputs), [S2, S3, S4, S5].map(|to| (to, pre_vote(4))));
    assert!(outputs.contains(&set(Election)), "it must not wait for ever");
    assert!(!outputs.iter().any(|output| matches!(output, Output::Persist(_))));
    assert_eq!(server.seen(), pre_candidate(3).voted_for(S4));

    server.receive(S2, promised(4));
    assert_eq!(server.term(), Term(3), "two of five are no majority");
    let outputs = server.receive(S3, promised(4));
    assert_eq!(sent(&outputs), [S2, S3, S4, S5].map(|to| (to, request_vote(4))));
    assert_eq!(server.seen(), candidate(4));
    assert_eq!(server.disk(), disk(4, S1));
}

/// Promises are no votes: the election counts anew.
#[test]
fn pre_vote_promises_do_not_count_as_votes() {
    let mut server = asking(3);
    server.receive(S2, promised(4));
    server.receive(S3, promised(4));
    server.receive(S4, granted(4));
    assert_eq!(server.seen(), candidate(4).with_votes_of([S1, S4]));
    server.receive(S5, granted(4));
    assert_eq!(server.role(), Leader);
}

/// To be asked changes nothing: no term, no vote, no timer.
#[test]
fn pre_vote_an_answer_changes_nothing() {
    let mut server = Server::follower(3).under(under(Rule::PreVote));
    let outputs = server.receive(S2, pre_vote(4));
    let promise = Decision::PreVoteGranted { to: S2, term: Term(4) };
    assert_eq!(outputs, [decision(Follower, promise), send(S2, promised(4))]);
    assert_eq!(server.seen(), follower(3));
    // To anyone who asks, as often as they ask.
    assert_eq!(sent(&server.receive(S3, pre_vote(9))), [(S3, promised(9))]);
    assert_eq!(sent(&server.receive(S2, pre_vote(4))), [(S2, promised(4))]);
}

/// "(if the candidate's log is sufficiently up-to-date ..."
#[test]
fn pre_vote_is_denied_to_a_log_that_is_behind() {
    let mut server = Server::follower(3).under(under(Rule::PreVote));
    server.step(Input::LogMoved(log(2, 5)));
    let (mine, theirs) = (log(2, 5), log(2, 4));
    let outputs = server.receive(S2, pre_vote_with(4, theirs));
    assert_eq!(denied(&outputs), Some(DeniedVote::LogBehind { mine, theirs }));
    assert_eq!(sent(&outputs), [(S2, not_promised(3))]);
    assert_eq!(sent(&server.receive(S2, pre_vote_with(4, mine))), [(S2, promised(4))]);
}

/// "... and the voters have not received heartbeats from a valid leader for at least a baseline election timeout)".
#[test]
fn pre_vote_is_denied_while_a_leader_is_recent() {
    let mut server = led(3, Rule::PreVote);
    let outputs = server.receive(S3, pre_vote(4));
    assert_eq!(denied(&outputs), Some(DeniedVote::HasLeader(S2)));
    assert_eq!(sent(&outputs), [(S3, not_promised(3))]);
    server.step(Input::Timeout(RecentLeader));
    assert_eq!(sent(&server.receive(S3, pre_vote(4))), [(S3, promised(4))]);
    // A leader need not hear from itself.
    let mut leads = Server::leader(3).under(under(Rule::PreVote));
    assert_eq!(denied(&leads.receive(S3, pre_vote(4))), Some(DeniedVote::HasLeader(S1)));
    assert_eq!(leads.seen(), leader(3));
}

/// A heartbeat that is refused comes from no valid leader.
#[test]
fn pre_vote_a_stale_leader_is_not_recent() {
    let mut server = Server::follower(3).under(under(Rule::PreVote));
    let outputs = server.receive(S2, heartbeat(2));
    assert!(!outputs.contains(&set(RecentLeader)));
    assert_eq!(sent(&server.receive(S3, pre_vote(4))), [(S3, promised(4))]);
}

/// As a real request, a question about an older term is refused, and about its own term its vote decides.
#[test]
fn pre_vote_is_denied_where_a_vote_would_be() {
    let mut server = Server::start(S1, 5, disk(4, S3)).under(under(Rule::PreVote));
    assert_eq!(denied(&server.receive(S2, pre_vote(3))), Some(DeniedVote::StaleTerm));
    let taken = DeniedVote::AlreadyVotedFor(S3);
    assert_eq!(denied(&server.receive(S2, pre_vote(4))), Some(taken));
    assert_eq!(sent(&server.receive(S3, pre_vote(4))), [(S3, promised(4))]);
    assert_eq!(sent(&server.receive(S2, pre_vote(5))), [(S2, promised(5))]);
    // Who asks is a voter as well.
    let mut asks = asking(3);
    assert_eq!(sent(&asks.receive(S2, pre_vote(4))), [(S2, promised(4))]);
    assert_eq!(asks.seen(), pre_candidate(3));
}

/// §5.1 holds for refusals, which carry the term of who refuses; it does not hold for what is asked or promised.
#[test]
fn pre_vote_only_a_refusal_brings_a_newer_term() {
    let mut server = asking(3);
    server.receive(S2, pre_vote(9));
    server.receive(S3, promised(9));
    assert_eq!(server.seen(), pre_candidate(3));
    server.receive(S4, not_promised(3));
    assert_eq!(server.seen(), pre_candidate(3));
    server.receive(S5, not_promised(7));
    assert_eq!(server.seen(), follower(7));
}

#[test]
fn pre_vote_late_and_double_promises_do_not_count() {
    let mut server = asking(3);
    let outputs = server.receive(S2, promised(3));
    let why = IgnoredReply::StaleTerm;
    assert_eq!(decisions(&outputs), [Decision::ReplyIgnored { from: S2, why }]);
    server.receive(S2, promised(4));
    let outputs = server.receive(S2, promised(4));
    let why = IgnoredReply::Duplicate;
    assert_eq!(decisions(&outputs), [Decision::ReplyIgnored { from: S2, why }]);
    assert_eq!(server.seen(), pre_candidate(3).with_votes_of([S1, S2]));
    // Nor do promises to who runs already, or has given up.
    for mut other in [Server::candidate(4), Server::follower(3), Server::leader(4)] {
        let before = other.seen();
        other.receive(S4, promised(4));
        other.receive(S5, promised(4));
        assert_eq!(other.seen(), before);
    }
}

#[test]
fn pre_vote_ends_with_a_leader_a_newer_term_or_another_timeout() {
    let mut server = asking(3);
    server.receive(S2, heartbeat(3));
    assert_eq!(server.seen(), follower(3).following(S2));

    let mut server = asking(3);
    server.receive(S2, request_vote(4));
    assert_eq!(server.seen(), follower(4).voted_for(S2));

    let mut server = asking(3);
    server.receive(S2, promised(4));
    let outputs = server.time_out();
    assert_eq!(sent(&outputs).len(), 4);
    assert_eq!(server.seen(), pre_candidate(3), "in the same term, from the start");
}

/// What it is good for: a server that is cut off keeps its term however long, and disturbs nobody when it comes back.
#[test]
fn pre_vote_a_server_that_is_cut_off_keeps_its_term() {
    for (rules, term) in [(under(Rule::PreVote), 3), (Rules::PAPER, 103)] {
        let mut server = Server::follower(3).under(rules);
        for _ in 0..100 {
            server.time_out();
        }
        assert_eq!(server.term(), Term(term));
    }
}

#[test]
fn pre_vote_a_server_alone_is_its_own_majority() {
    let mut server = Server::start(S1, 1, disk(3, None)).under(under(Rule::PreVote));
    server.time_out();
    assert_eq!((server.role(), server.term()), (Leader, Term(4)));
    assert_eq!(server.disk(), disk(4, S1));
}

// --- Leader stickiness, §4.2.3 ---

/// "If a server receives a RequestVote request within the minimum election timeout of hearing from a current leader, it does not
/// update its term or grant its vote": whatever the term.
#[test]
fn stickiness_keeps_term_and_vote() {
    for term in [3, 4, 99] {
        let mut server = led(3, Rule::LeaderStickiness);
        let outputs = server.receive(S3, request_vote(term));
        assert_eq!(denied(&outputs), Some(DeniedVote::HasLeader(S2)));
        assert_eq!(server.seen(), follower(3).following(S2));
        assert_eq!(server.disk(), disk(3, None));
    }
    // A stale request is refused as ever, so that its sender learns the newer term.
    let outputs = led(3, Rule::LeaderStickiness).receive(S3, request_vote(2));
    assert_eq!(denied(&outputs), Some(DeniedVote::StaleTerm));
}

/// "Within the minimum election timeout": the timer is asked for with each heartbeat, and once it fires the vote is free.
#[test]
fn stickiness_lasts_as_long_as_its_timer() {
    let mut server = led(3, Rule::LeaderStickiness);
    assert!(server.receive(S2, heartbeat(3)).contains(&set(RecentLeader)));
    assert_eq!(server.step(Input::Timeout(RecentLeader)), []);
    server.receive(S3, request_vote(4));
    assert_eq!(server.seen(), follower(4).voted_for(S3));
}

/// "A current leader": with a newer term the old leader is none any more.
#[test]
fn stickiness_ends_with_the_leaders_term() {
    let mut server = led(3, Rule::LeaderStickiness);
    let outputs = server.receive(S4, rejected(5));
    assert!(outputs.contains(&cancel(RecentLeader)));
    assert_eq!(sent(&server.receive(S3, request_vote(5))), [(S3, granted(5))]);
}

/// A server that gave up its leader and stands for election does not hold to it.
#[test]
fn stickiness_is_not_for_candidates() {
    let mut server = led(3, Rule::LeaderStickiness);
    assert!(server.time_out().contains(&cancel(RecentLeader)));
    server.receive(S3, request_vote(5));
    assert_eq!(server.seen(), follower(5).voted_for(S3));
}

/// A leader has heard from the current leader: itself.
#[test]
fn stickiness_holds_for_leaders() {
    let mut server = Server::leader(3).under(under(Rule::LeaderStickiness));
    let outputs = server.receive(S3, request_vote(9));
    assert_eq!(denied(&outputs), Some(DeniedVote::HasLeader(S1)));
    assert_eq!(server.seen(), leader(3));
}

/// "It can either drop the request, reply with a vote denial, or delay the request; the result is essentially the same": the
/// denial carries an older term than the candidate's, which does not count it.
#[test]
fn stickiness_its_denial_does_not_stop_the_candidate() {
    let mut server = Server::candidate(9);
    let outputs = server.receive(S2, refused(3));
    let why = IgnoredReply::StaleTerm;
    assert_eq!(decisions(&outputs), [Decision::ReplyIgnored { from: S2, why }]);
    assert_eq!(server.seen(), candidate(9));
}

/// No other message is held back: newer terms are learned from them as ever (§5.1).
#[test]
fn stickiness_is_about_requests_for_votes_only() {
    for message in [
        granted(4),
        refused(4),
        heartbeat(4),
        accepted(4),
        rejected(4),
        timeout_now(4),
    ] {
        let mut server = led(3, Rule::LeaderStickiness);
        server.receive(S3, message);
        assert!(server.term() >= Term(4), "{message:?}");
    }
}

#[test]
fn without_a_rule_that_asks_for_it_nobody_measures_how_recent_a_leader_is() {
    for rules in [Rules::PAPER, under(Rule::CheckQuorum), Rules::lab()] {
        let mut server = Server::follower(3).under(rules);
        let outputs = server.receive(S2, heartbeat(3));
        assert!(!outputs.contains(&set(RecentLeader)));
        assert!(!server.volatile().leader_is_recent);
    }
}

// --- Check quorum, §6.2 ---

/// S1 of five under check quorum, elected under it.
fn checking() -> Server {
    let mut server = Server::follower(2).under(under(Rule::CheckQuorum));
    server.time_out();
    server.receive(S2, granted(3));
    let outputs = server.receive(S3, granted(3));
    assert!(outputs.contains(&set(CheckQuorum)), "from its election on");
    server
}

/// "A leader in Raft steps down if an election timeout elapses without a successful round of heartbeats to a majority of its
/// cluster."
#[test]
fn check_quorum_a_leader_that_too_few_answer_steps_down() {
    let mut server = checking();
    server.receive(S2, accepted(3));
    let outputs = server.step(Input::Timeout(CheckQuorum));
    let steps_down = [
        decision(Leader, Decision::SteppedDown(SteppedDown::NoQuorum)),
        cancel(Heartbeat),
        set(Election),
    ];
    assert_eq!(outputs, steps_down);
    assert_eq!(server.seen(), follower(3).voted_for(S1), "in its term, with its vote");
}

#[test]
fn check_quorum_a_leader_that_a_majority_answers_goes_on() {
    let mut server = checking();
    server.receive(S2, accepted(3));
    server.receive(S5, accepted(3));
    let outputs = server.step(Input::Timeout(CheckQuorum));
    let servers = [S1, S2, S5].into_iter().collect();
    assert_eq!(
        outputs,
        [decision(Leader, Decision::QuorumHeard { servers }), set(CheckQuorum)]
    );
    assert_eq!(server.role(), Leader);
    // Each election timeout anew.
    server.step(Input::Timeout(CheckQuorum));
    assert_eq!(server.role(), Follower);
}

/// "A successful round": a refusal, an answer of another term and the same answer twice are none.
#[test]
fn check_quorum_only_answers_to_its_own_heartbeats_count() {
    for answers in [
        [(S2, accepted(3)), (S2, accepted(3))],
        [(S2, accepted(3)), (S4, rejected(3))],
        [(S2, accepted(3)), (S4, accepted(2))],
        [(S2, accepted(3)), (S4, granted(3))],
    ] {
        let mut server = checking();
        for (from, answer) in answers {
            server.receive(from, answer);
        }
        server.step(Input::Timeout(CheckQuorum));
        assert_eq!(server.role(), Follower, "{answers:?}");
    }
}

/// A leader that is deposed stops checking, and who does not lead does not check.
#[test]
fn check_quorum_is_for_leaders() {
    let mut server = checking();
    let outputs = server.receive(S2, heartbeat(5));
    assert!(outputs.contains(&cancel(CheckQuorum)));
    for mut server in [server, Server::candidate(5), Server::follower(5)] {
        let before = server.seen();
        assert_eq!(server.step(Input::Timeout(CheckQuorum)), []);
        assert_eq!(server.seen(), before);
    }
}

/// Switched on under a leader, it begins with its next heartbeats; switched off, it ends with the next check.
#[test]
fn check_quorum_can_be_switched_under_a_leader() {
    let server = Server::leader(3);
    let mut server = server.under(under(Rule::CheckQuorum));
    assert!(server.step(Input::Timeout(Heartbeat)).contains(&set(CheckQuorum)));
    assert!(!server.step(Input::Timeout(Heartbeat)).contains(&set(CheckQuorum)));
    let mut server = server.under(Rules::PAPER);
    assert_eq!(server.step(Input::Timeout(CheckQuorum)), []);
    assert_eq!(server.seen(), leader(3));
}

// --- Leadership transfer, §3.10 ---

/// "The prior leader sends a TimeoutNow request to the target server." It leads on until it hears of the newer term.
#[test]
fn transfer_a_leader_asks_the_target_to_run() {
    let mut server = Server::leader(3);
    let outputs = server.step(Input::TransferLeadership(S4));
    assert_eq!(
        outputs,
        [
            decision(Leader, Decision::TransferStarted { to: S4 }),
            send(S4, timeout_now(3))
        ]
    );
    assert_eq!(server.seen(), leader(3));
}

#[test]
fn transfer_is_for_leaders_and_to_others() {
    for mut server in [Server::follower(3), Server::candidate(3)] {
        assert_eq!(server.step(Input::TransferLeadership(S4)), []);
    }
    assert_eq!(Server::leader(3).step(Input::TransferLeadership(S1)), []);
}

/// "This request has the same effect as the target server's election timer firing: the target server starts a new election
/// (incrementing its term and becoming a candidate)."
#[test]
fn transfer_the_target_runs_at_once() {
    let mut server = Server::follower(3);
    let outputs = server.receive(S2, timeout_now(3));
    assert_eq!(server.seen(), candidate(4));
    assert_eq!(server.disk(), disk(4, S1));
    assert!(outputs.contains(&set(Election)));
    assert_eq!(decisions(&outputs)[0], Decision::AskedToRun { by: S2 });
    let last_log = log(0, 0);
    let request = Message::RequestVote {
        term: Term(4),
        last_log,
        leadership_transfer: true,
    };
    assert_eq!(sent(&outputs), [S2, S3, S4, S5].map(|to| (to, request)));
}

/// Its leader wants it to: there is nothing to ask first (§9.6).
#[test]
fn transfer_needs_no_pre_vote() {
    let mut server = led(3, Rule::PreVote);
    server.receive(S2, timeout_now(3));
    assert_eq!(server.seen(), candidate(4));
}

/// §4.2.3: requests of a transfer are marked, so that nobody holds to the leader that asked for it, the leader least of all.
#[test]
fn transfer_overrides_stickiness() {
    let request = Message::RequestVote {
        term: Term(4),
        last_log: log(0, 0),
        leadership_transfer: true,
    };
    let mut voter = led(3, Rule::LeaderStickiness);
    assert_eq!(sent(&voter.receive(S3, request)), [(S3, granted(4))]);
    let mut old = Server::leader(3).under(under(Rule::LeaderStickiness));
    assert_eq!(sent(&old.receive(S3, request)), [(S3, granted(4))]);
    assert_eq!(old.seen(), follower(4).voted_for(S3));
}

/// Only a leader of its term can ask it: a late request does nothing, and one of a newer term is learned first (§5.1).
#[test]
fn transfer_a_stale_request_does_nothing() {
    let mut server = Server::follower(3);
    assert_eq!(server.receive(S2, timeout_now(2)), []);
    assert_eq!(server.seen(), follower(3));
    server.receive(S2, timeout_now(5));
    assert_eq!(server.seen(), candidate(6));
    let mut leads = Server::leader(3);
    leads.receive(S2, timeout_now(3));
    assert_eq!(leads.seen(), leader(3));
}

/// A candidate's timer could fire as well: it runs again, for the next term.
#[test]
fn transfer_a_candidate_runs_again() {
    let mut server = Server::candidate(3);
    server.receive(S2, timeout_now(3));
    assert_eq!(server.seen(), candidate(4));
    assert_eq!(server.role(), Role::Candidate);
}

// --- Priorities, as in raft-rs ---

/// A vote goes to a candidate of a lower priority only if its log is longer; of an equal or higher one, as without priorities.
#[test]
fn priority_a_candidate_of_a_lower_one_yields() {
    let voter = || {
        let mut server = Server::follower(3).outranking([S2]);
        server.step(Input::LogMoved(log(2, 5)));
        server
    };
    let lower = Some(DeniedVote::LowerPriority);
    assert_eq!(denied(&voter().receive(S2, request_vote_with(4, log(2, 5)))), lower);
    // raft-rs compares the index alone: a later term is not enough.
    assert_eq!(denied(&voter().receive(S2, request_vote_with(4, log(3, 5)))), lower);
    let (mine, theirs) = (log(2, 5), log(2, 4));
    let behind = Some(DeniedVote::LogBehind { mine, theirs });
    assert_eq!(denied(&voter().receive(S2, request_vote_with(4, theirs))), behind);
    for (candidate, last_log) in [(S2, log(2, 6)), (S3, log(2, 5))] {
        let mut server = voter();
        assert_eq!(denied(&server.receive(candidate, request_vote_with(4, last_log))), None);
        assert_eq!(server.seen(), follower(4).voted_for(candidate));
    }
}

/// Nor does it promise one, whether logs are compared or not.
#[test]
fn priority_no_promise_is_made_to_a_lower_one() {
    let unchecked = Rules {
        pre_vote_checks_log: false,
        ..under(Rule::PreVote)
    };
    for rules in [under(Rule::PreVote), unchecked] {
        let mut server = Server::follower(3).under(rules).outranking([S2]);
        assert_eq!(
            denied(&server.receive(S2, pre_vote(4))),
            Some(DeniedVote::LowerPriority)
        );
        assert_eq!(
            sent(&server.receive(S2, pre_vote_with(4, log(1, 1)))),
            [(S2, promised(4))]
        );
        assert_eq!(sent(&server.receive(S3, pre_vote(4))), [(S3, promised(4))]);
    }
}

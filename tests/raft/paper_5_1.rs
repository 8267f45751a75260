//! §5.1 "Raft basics" of the Raft paper (extended version): one test for each sentence on elections, and the parts of
//! Figure 2 that cite §5.1.
//!
//! A test quotes the sentence that it checks. The server under test is S1 of five unless a test says otherwise.

use crate::common::cluster::{Cluster, Flight};
use crate::common::server::{Server, follower};
use crate::common::words::{
    S1, S2, S3, S4, S5, cancel, decisions, disk, every_message, granted, heartbeat, refused, rejected, request_vote,
    resets_election_timer, sent,
};
use raft_playground::raft::{Decision, Input, Message, NodeId, Role, Term, Timer};

/// Five servers, of which S1 leads term 1.
fn cluster_led_by_s1() -> Cluster {
    let mut cluster = Cluster::new(5);
    cluster.time_out(S1);
    cluster.settle();
    assert_eq!(cluster.in_role(Role::Leader), [S1]);
    cluster
}

/// Is it a message that only an own initiative sends?
fn is_request(message: Message) -> bool {
    matches!(message, Message::RequestVote { .. } | Message::AppendEntries { .. })
}

// --- Servers ---

/// "Five is a typical number, which allows the system to tolerate two failures."
#[test]
fn paper_5_1_five_servers_tolerate_two_failures() {
    let mut cluster = cluster_led_by_s1();
    cluster.crash(S1);
    cluster.crash(S2);
    cluster.time_out(S3);
    cluster.settle();
    assert_eq!(cluster.in_role(Role::Leader), [S3]);

    cluster.crash(S3);
    for _ in 0..10 {
        cluster.time_out(S4);
        cluster.settle();
        assert_eq!(cluster.in_role(Role::Leader), []);
    }
}

/// "In normal operation there is exactly one leader and all of the other servers are followers."
#[test]
fn paper_5_1_normal_operation_has_one_leader_and_followers() {
    let mut cluster = cluster_led_by_s1();
    for _ in 0..10 {
        assert_eq!(cluster.in_role(Role::Leader), [S1]);
        assert_eq!(cluster.in_role(Role::Follower), [S2, S3, S4, S5]);
        for server in cluster.servers() {
            assert_eq!(server.term(), Term(1));
            assert_eq!(server.leader(), Some(S1));
        }
        cluster.beat(S1);
        cluster.settle();
    }
}

/// "Followers are passive: they issue no requests on their own but simply respond to requests from leaders and candidates."
#[test]
fn paper_5_1_followers_only_respond() {
    for message in [2, 3, 4].into_iter().flat_map(every_message) {
        let mut server = Server::follower(3);
        let answers = sent(&server.receive(S2, message));
        assert_eq!(answers.len(), usize::from(is_request(message)), "to {message:?}");
        assert!(answers.iter().all(|&(to, answer)| to == S2 && !is_request(answer)));
    }
    let mut server = Server::follower(3);
    assert_eq!(server.step(Input::Timeout(Timer::Heartbeat)), []);
    assert_eq!(sent(&server.restart()), []);
}

/// Figure 2, Followers: "Respond to RPCs from candidates and leaders." So do the other roles, each with the reply that fits.
#[test]
fn paper_5_1_every_request_is_answered_once_by_its_own_kind_of_reply() {
    for term in [2, 3, 4] {
        for server in Server::in_every_role(3) {
            let answers = sent(&server.clone().receive(S2, request_vote(term)));
            assert!(
                matches!(answers[..], [(S2, Message::RequestVoteReply { .. })]),
                "{answers:?}"
            );
            let answers = sent(&server.clone().receive(S2, heartbeat(term)));
            assert!(
                matches!(answers[..], [(S2, Message::AppendEntriesReply { .. })]),
                "{answers:?}"
            );
        }
    }
}

// --- Terms ---

/// "Terms are numbered with consecutive integers." Figure 2: `currentTerm` is "initialized to 0 on first boot".
#[test]
fn paper_5_1_terms_are_consecutive_integers_from_zero() {
    let mut server = Server::start(S1, 5, disk(0, None));
    assert_eq!(server.seen(), follower(0));
    for term in 1..20 {
        server.time_out();
        assert_eq!(server.term(), Term(term));
    }
}

/// "Each term begins with an election, in which one or more candidates attempt to become leader."
#[test]
fn paper_5_1_each_term_begins_with_an_election() {
    let mut cluster = Cluster::new(5);
    for (term, id) in (1..).zip([S1, S2, S3, S1, S5, S4]) {
        let outputs = cluster.time_out(id);
        assert!(decisions(&outputs).contains(&Decision::ElectionStarted { term: Term(term) }));
        assert_eq!(cluster.server(id).role(), Role::Candidate);
        assert!(cluster.servers().all(|server| server.term() <= Term(term)));
        cluster.settle();
    }
}

/// "If a candidate wins the election, then it serves as leader for the rest of the term": only a newer term ends it.
#[test]
fn paper_5_1_the_winner_leads_for_the_rest_of_its_term() {
    let mut server = Server::leader(3);
    let as_it_was = server.clone();
    for message in [1, 2, 3].into_iter().flat_map(every_message) {
        for from in [S2, S3, S4, S5] {
            server.receive(from, message);
            assert_eq!(server, as_it_was, "after {message:?} of {from}");
        }
    }
    assert_eq!(server.time_out(), []);
    server.step(Input::Timeout(Timer::Heartbeat));
    assert_eq!(server, as_it_was);
}

/// "In some situations an election will result in a split vote. In this case the term will end with no leader; a new term
/// (with a new election) will begin shortly."
#[test]
fn paper_5_1_a_split_vote_ends_the_term_without_a_leader() {
    let mut cluster = Cluster::new(4);
    cluster.time_out(S1);
    cluster.time_out(S2);
    // S3 hears S1 first, S4 hears S2 first.
    cluster.lose(|flight| matches!((flight.from, flight.to), (S1, S4) | (S2, S3)));
    cluster.settle();
    assert_eq!(cluster.in_role(Role::Leader), []);
    assert_eq!(cluster.in_role(Role::Candidate), [S1, S2]);

    cluster.time_out(S1);
    cluster.settle();
    assert_eq!(cluster.in_role(Role::Leader), [S1]);
    assert_eq!(cluster.server(S1).term(), Term(2));
}

/// "Raft ensures that there is at most one leader in a given term": S1 and S2 run at once, S1 runs again, and the messages
/// arrive in every possible order.
#[test]
fn paper_5_1_at_most_one_leader_in_a_term() {
    let mut cluster = Cluster::new(3);
    cluster.time_out(S1);
    // Keeps the search small: one late request of the first term is enough.
    cluster.lose(|flight| flight.to == S2);
    cluster.time_out(S2);
    cluster.time_out(S1);
    let ends = cluster.every_end(|cluster| assert_eq!(cluster.terms_with_two_leaders(), []));
    let led_by = |id, term| ends.iter().any(|end| end.leaders.contains(&(Term(term), id)));
    assert!(led_by(S1, 2) && led_by(S2, 1), "both can win, each in its term");
    assert!(!led_by(S1, 1) && !led_by(S2, 2), "neither can win where it did not run");
}

/// "Different servers may observe the transitions between terms at different times, and in some situations a server may not
/// observe an election or even entire terms."
#[test]
fn paper_5_1_a_server_may_miss_entire_terms() {
    let mut cluster = cluster_led_by_s1();
    cluster.crash(S5);
    for id in [S2, S3, S4] {
        cluster.time_out(id);
        cluster.settle();
        assert_eq!(cluster.in_role(Role::Leader), [id]);
    }
    cluster.restart(S5);
    assert_eq!(cluster.server(S5).term(), Term(1));
    cluster.beat(S4);
    cluster.settle();
    assert_eq!(cluster.server(S5).seen(), follower(4).following(S4));
}

/// Terms "allow servers to detect obsolete information such as stale leaders".
#[test]
fn paper_5_1_terms_expose_a_stale_leader() {
    let mut cluster = cluster_led_by_s1();
    cluster.time_out(S2);
    cluster.lose(|flight| flight.to == S1);
    while !cluster.in_flight.is_empty() {
        cluster.deliver(0);
        cluster.lose(|flight| flight.to == S1);
    }
    assert_eq!(
        cluster.in_role(Role::Leader),
        [S1, S2],
        "S1 was cut off and does not know"
    );

    cluster.beat(S1);
    cluster.lose(|flight| flight.to != S3);
    cluster.deliver(0);
    let answer = Flight {
        from: S3,
        to: S1,
        message: rejected(2),
    };
    assert_eq!(cluster.in_flight, [answer]);
    assert_eq!(cluster.server(S3).leader(), Some(S2));
    cluster.deliver(0);
    assert_eq!(cluster.in_role(Role::Leader), [S2]);
}

/// "Each server stores a current term number, which increases monotonically over time."
#[test]
fn paper_5_1_the_current_term_increases_monotonically() {
    for mut server in Server::in_every_role(3) {
        for message in [0, 1, 2].into_iter().flat_map(every_message) {
            server.receive(S2, message);
            assert_eq!(server.term(), Term(3), "after {message:?}");
        }
        server.restart();
        assert_eq!(server.term(), Term(3));
    }
}

/// "Current terms are exchanged whenever servers communicate": every message carries its sender's current term.
#[test]
fn paper_5_1_current_terms_are_exchanged_whenever_servers_communicate() {
    let inputs = [Timer::Election, Timer::Heartbeat].map(Input::Timeout);
    let messages = [2, 3, 4].into_iter().flat_map(every_message);
    let inputs: Vec<Input> = messages
        .map(|message| Input::Receive { from: S2, message })
        .chain(inputs)
        .collect();
    for server in Server::in_every_role(3) {
        for &input in &inputs {
            let mut server = server.clone();
            for (_, message) in sent(&server.step(input)) {
                assert_eq!(message.term(), server.term(), "after {input:?}");
            }
        }
    }
}

/// "If one server's current term is smaller than the other's, then it updates its current term to the larger value."
#[test]
fn paper_5_1_the_smaller_term_is_updated_to_the_larger() {
    for server in Server::in_every_role(3) {
        for message in every_message(7) {
            let mut server = server.clone();
            let outputs = server.receive(S2, message);
            assert_eq!(server.term(), Term(7), "after {message:?}");
            let learned = Decision::TermAdvanced {
                old: Term(3),
                new: Term(7),
                from: S2,
            };
            assert_eq!(decisions(&outputs)[0], learned);
        }
    }
}

/// The other side of the same exchange: Figure 2's results carry `currentTerm` "for candidate to update itself" and "for
/// leader to update itself".
#[test]
fn paper_5_1_a_reply_carries_the_term_for_the_asker_to_update_itself() {
    let mut server = Server::follower(7);
    assert_eq!(sent(&server.receive(S2, request_vote(3))), [(S2, refused(7))]);
    assert_eq!(sent(&server.receive(S2, heartbeat(3))), [(S2, rejected(7))]);
    for message in [refused(7), rejected(7)] {
        for mut server in [Server::candidate(3), Server::leader(3)] {
            server.receive(S2, message);
            assert_eq!(server.seen(), follower(7));
        }
    }
}

/// "If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state."
#[test]
fn paper_5_1_an_outdated_candidate_or_leader_reverts_to_follower() {
    for server in [Server::candidate(3), Server::leader(3)] {
        for message in every_message(4) {
            let mut server = server.clone();
            server.receive(S2, message);
            assert_eq!(server.role(), Role::Follower, "after {message:?}");
            assert!(server.votes().is_empty(), "its votes were for the term before");
            assert_ne!(server.voted_for(), Some(S1), "its own vote was for the term before");
            assert_ne!(server.leader(), Some(S1));
        }
    }
}

/// A leader has no election timer, so one that reverts starts one; its heartbeats end.
#[test]
fn paper_5_1_a_leader_that_reverts_can_run_again() {
    for message in every_message(4) {
        let mut server = Server::leader(3);
        let outputs = server.receive(S2, message);
        assert!(outputs.contains(&cancel(Timer::Heartbeat)));
        assert!(resets_election_timer(&outputs));
        assert_eq!(server.step(Input::Timeout(Timer::Heartbeat)), []);
        server.time_out();
        assert_eq!((server.role(), server.term()), (Role::Candidate, Term(5)));
    }
}

/// "If a server receives a request with a stale term number, it rejects the request." And nothing else changes.
#[test]
fn paper_5_1_a_request_with_a_stale_term_is_rejected() {
    for mut server in Server::in_every_role(3) {
        let as_it_was = server.clone();
        for stale in 0..3 {
            let outputs = server.receive(S2, request_vote(stale));
            assert_eq!(sent(&outputs), [(S2, refused(3))]);
            assert!(!resets_election_timer(&outputs));
            let outputs = server.receive(S2, heartbeat(stale));
            assert_eq!(sent(&outputs), [(S2, rejected(3))]);
            assert!(!resets_election_timer(&outputs));
        }
        assert_eq!(server, as_it_was);
    }
}

// --- Remote procedure calls ---

/// "RequestVote RPCs are initiated by candidates during elections, and AppendEntries RPCs are initiated by leaders."
#[test]
fn paper_5_1_candidates_initiate_request_vote_and_leaders_append_entries() {
    for server in Server::in_every_role(3) {
        for timer in [Timer::Election, Timer::Heartbeat] {
            let mut server = server.clone();
            for (_, message) in sent(&server.step(Input::Timeout(timer))) {
                let initiator = match message {
                    Message::RequestVote { .. } => Role::Candidate,
                    Message::AppendEntries { .. } => Role::Leader,
                    reply => panic!("{reply:?} answers nothing"),
                };
                assert_eq!(server.role(), initiator);
            }
        }
    }
}

/// "Servers retry RPCs if they do not receive a response in a timely manner": a leader at its next heartbeat, a candidate
/// in its next election. The next round goes to everybody, heard from or not.
#[test]
fn paper_5_1_servers_retry_what_was_not_answered() {
    let everybody = [S2, S3, S4, S5];
    let receivers = |outputs: &[_]| -> Vec<NodeId> { sent(outputs).into_iter().map(|(to, _)| to).collect() };
    let mut server = Server::candidate(3);
    server.receive(S2, refused(3));
    assert_eq!(receivers(&server.time_out()), everybody);
    server.receive(S2, granted(4));
    server.receive(S3, granted(4));
    for _ in 0..3 {
        assert_eq!(receivers(&server.step(Input::Timeout(Timer::Heartbeat))), everybody);
    }
}

/// "They issue RPCs in parallel for best performance": all at once, before any answer.
#[test]
fn paper_5_1_requests_are_issued_in_parallel() {
    let everybody = |message| [S2, S3, S4, S5].map(|to| (to, message));
    let mut server = Server::follower(2);
    assert_eq!(sent(&server.time_out()), everybody(request_vote(3)));
    server.receive(S2, granted(3));
    assert_eq!(sent(&server.receive(S3, granted(3))), everybody(heartbeat(3)));
    assert_eq!(
        sent(&server.step(Input::Timeout(Timer::Heartbeat))),
        everybody(heartbeat(3))
    );
}

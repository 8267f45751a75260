//! §5.2 "Leader election" of the Raft paper (extended version): one test for each sentence, and the parts of Figure 2 that
//! cite §5.2.
//!
//! How long a timeout lasts is the simulator's; the node only asks for timers, and these tests fire them. The server under
//! test is S1 of five unless a test says otherwise.

use crate::common::cluster::{Cluster, Flight};
use crate::common::server::{Server, candidate, follower};
use crate::common::words::{
    S1, S2, S3, S4, S5, accepted, cancel, decisions, disk, every_message, granted, heartbeat, received, refused,
    rejected, request_vote, resets_election_timer, sent, set,
};
use raft_playground::raft::{
    Decision, DeniedHeartbeat, DeniedVote, IgnoredReply, Input, Message, NodeId, Output, Role, SteppedDown, Term, Timer,
};

/// Four servers. S1 and S2 run for term 1 at once; S3 hears S1 first and S4 hears S2 first: two votes each.
fn split_vote() -> Cluster {
    let mut cluster = Cluster::new(4);
    cluster.time_out(S1);
    cluster.time_out(S2);
    for (from, to) in [(S1, S3), (S2, S4)] {
        let first = |flight: &Flight| (flight.from, flight.to) == (from, to);
        let index = cluster.in_flight.iter().position(first).expect("a request");
        cluster.deliver(index);
    }
    cluster.settle();
    cluster
}

/// Delivers everything; the servers that started their election timer anew.
fn settle_and_see_who_resets(cluster: &mut Cluster) -> Vec<NodeId> {
    let mut who = Vec::new();
    while let Some(flight) = cluster.in_flight.pop_front() {
        let outputs = cluster.step(flight.to, received(flight.from, flight.message));
        if resets_election_timer(&outputs) {
            who.push(flight.to);
        }
    }
    who.sort();
    who.dedup();
    who
}

// --- Followers ---

/// "When servers start up, they begin as followers", whatever they were and whatever their disk says.
#[test]
fn paper_5_2_servers_begin_as_followers() {
    for mut server in Server::in_every_role(3) {
        let outputs = server.restart();
        assert_eq!(server.role(), Role::Follower);
        assert_eq!(server.leader(), None);
        assert!(server.votes().is_empty());
        let expected = [Output::Decided(Role::Follower, Decision::Started), set(Timer::Election)];
        assert_eq!(outputs, expected);
    }
}

/// "A server remains in follower state as long as it receives valid RPCs from a leader or candidate": each starts the
/// election timeout anew, and none makes it anything else.
#[test]
fn paper_5_2_valid_requests_keep_a_follower_a_follower() {
    let mut server = Server::follower(3);
    for (from, message) in [
        (S2, request_vote(3)),
        (S2, heartbeat(3)),
        (S2, heartbeat(3)),
        (S3, request_vote(4)),
        (S4, heartbeat(5)),
    ] {
        let outputs = server.receive(from, message);
        assert!(resets_election_timer(&outputs), "after {message:?}");
        assert_eq!(server.role(), Role::Follower, "after {message:?}");
    }
}

/// Figure 2, Followers: the timeout elapses "without receiving AppendEntries RPC from current leader or granting vote to
/// candidate". Nothing else starts it anew: no refused vote, no stale leader, no reply.
#[test]
fn paper_5_2_only_a_heartbeat_or_a_granted_vote_restarts_the_timeout() {
    let mut server = Server::start(S1, 5, disk(3, S2));
    server.receive(S2, heartbeat(3));
    let no_reason = [
        request_vote(2),
        request_vote(3),
        heartbeat(2),
        granted(3),
        refused(3),
        accepted(3),
        rejected(3),
        granted(9),
    ];
    for message in no_reason {
        let outputs = server.receive(S4, message);
        assert!(!resets_election_timer(&outputs), "after {message:?}");
    }
}

/// "Leaders send periodic heartbeats (AppendEntries RPCs that carry no log entries) to all followers in order to maintain
/// their authority." Figure 2, Leaders: "repeat during idle periods to prevent election timeouts".
#[test]
fn paper_5_2_leaders_send_periodic_heartbeats() {
    let mut server = Server::leader(3);
    for _ in 0..3 {
        let outputs = server.step(Input::Timeout(Timer::Heartbeat));
        assert_eq!(outputs[0], set(Timer::Heartbeat), "the next one is due");
        assert_eq!(
            outputs[1..],
            [S2, S3, S4, S5].map(|to| Output::Send {
                to,
                message: heartbeat(3)
            })
        );
    }
}

/// Followers and candidates send none.
#[test]
fn paper_5_2_only_leaders_send_heartbeats() {
    for mut server in [Server::follower(3), Server::candidate(3)] {
        assert_eq!(server.step(Input::Timeout(Timer::Heartbeat)), []);
    }
}

/// "If a follower receives no communication over a period of time called the election timeout, then it assumes there is no
/// viable leader and begins an election to choose a new leader."
#[test]
fn paper_5_2_a_follower_that_hears_nothing_begins_an_election() {
    let mut server = Server::follower(3);
    server.receive(S2, heartbeat(3));
    let outputs = server.time_out();
    assert_eq!(outputs[1], Output::Decided(Role::Follower, Decision::ElectionTimedOut));
    assert!(decisions(&outputs).contains(&Decision::ElectionStarted { term: Term(4) }));
    assert_eq!(server.leader(), None, "it assumes that there is no viable leader");
}

// --- Beginning an election ---

/// "To begin an election, a follower increments its current term and transitions to candidate state."
#[test]
fn paper_5_2_an_election_increments_the_term_and_makes_a_candidate() {
    for voted_for in [None, Some(S1), Some(S2)] {
        let mut server = Server::start(S1, 5, disk(3, voted_for));
        server.time_out();
        assert_eq!((server.role(), server.term()), (Role::Candidate, Term(4)));
    }
}

/// "It then votes for itself and issues RequestVote RPCs in parallel to each of the other servers in the cluster." Figure 2,
/// Candidates: increment the term, vote for self, reset the election timer, send RequestVote to all other servers.
#[test]
fn paper_5_2_a_candidate_votes_for_itself_and_asks_all_others() {
    let mut server = Server::follower(3);
    let outputs = server.time_out();
    assert_eq!(server.seen(), candidate(4));
    assert_eq!(server.disk(), disk(4, S1));
    assert!(resets_election_timer(&outputs));
    assert_eq!(sent(&outputs), [S2, S3, S4, S5].map(|to| (to, request_vote(4))));
}

/// The same from the middle of a cluster, and of every size.
#[test]
fn paper_5_2_a_candidate_asks_everybody_but_itself() {
    for size in 1..=9 {
        for id in NodeId::all(usize::from(size)) {
            let mut server = Server::start(id, size, disk(0, None));
            let outputs = server.time_out();
            let asked: Vec<NodeId> = sent(&outputs)
                .into_iter()
                .filter(|&(_, message)| message == request_vote(1))
                .map(|(to, _)| to)
                .collect();
            let others: Vec<NodeId> = NodeId::all(usize::from(size)).filter(|&other| other != id).collect();
            assert_eq!(asked, others);
        }
    }
}

/// "A candidate continues in this state until one of three things happens: (a) it wins the election, (b) another server
/// establishes itself as leader, or (c) a period of time goes by with no winner." Nothing else of its term ends it.
#[test]
fn paper_5_2_nothing_else_ends_a_candidacy() {
    let mut server = Server::candidate(3);
    server.receive(S2, granted(3));
    let as_it_was = server.clone();
    let of_older_terms = [1, 2].into_iter().flat_map(every_message);
    let of_its_term = [request_vote(3), refused(3), accepted(3), rejected(3)];
    for message in of_older_terms.chain(of_its_term) {
        for from in [S2, S3, S4, S5] {
            let outputs = server.receive(from, message);
            assert_eq!(server, as_it_was, "after {message:?} of {from}");
            assert!(!resets_election_timer(&outputs), "after {message:?} of {from}");
        }
    }
}

/// The three things of the same sentence.
#[test]
fn paper_5_2_three_things_end_a_candidacy() {
    let mut wins = Server::candidate(3);
    wins.receive(S2, granted(3));
    wins.receive(S3, granted(3));
    assert_eq!((wins.role(), wins.term()), (Role::Leader, Term(3)));

    let mut loses = Server::candidate(3);
    loses.receive(S2, heartbeat(3));
    assert_eq!((loses.role(), loses.term()), (Role::Follower, Term(3)));

    let mut waits = Server::candidate(3);
    waits.time_out();
    assert_eq!((waits.role(), waits.term()), (Role::Candidate, Term(4)));
}

// --- (a) It wins ---

/// "A candidate wins an election if it receives votes from a majority of the servers in the full cluster for the same term":
/// its own and half of the others', rounded up, in clusters of every size.
#[test]
fn paper_5_2_a_majority_of_the_full_cluster_wins() {
    let votes_needed = [1, 2, 2, 3, 3, 4, 4, 5, 5];
    for (size, needed) in (1..=9).zip(votes_needed) {
        let mut server = Server::candidate_of(size, 3);
        for (voter, votes) in NodeId::all(9).skip(1).zip(2..=needed) {
            assert_eq!(server.role(), Role::Candidate, "{} of {size} votes", votes - 1);
            server.receive(voter, granted(3));
        }
        assert_eq!(server.role(), Role::Leader, "{needed} of {size} votes");
        assert_eq!(server.votes().len(), needed);
        assert_eq!(usize::from(server.quorum()), needed);
    }
}

/// A majority is one of servers: the vote of one server counts once, however often it arrives.
#[test]
fn paper_5_2_a_vote_that_arrives_twice_counts_once() {
    let mut server = Server::candidate(3);
    for _ in 0..5 {
        server.receive(S2, granted(3));
    }
    assert_eq!(server.seen(), candidate(3).with_votes_of([S1, S2]));
}

/// "... for the same term": votes of an earlier round do not count, neither those it had nor those that arrive late.
#[test]
fn paper_5_2_votes_of_different_terms_do_not_add_up() {
    let mut server = Server::candidate(3);
    server.receive(S2, granted(3));
    server.time_out();
    assert_eq!(server.seen(), candidate(4));
    let outputs = server.receive(S3, granted(3));
    let ignored = Decision::ReplyIgnored {
        from: S3,
        why: IgnoredReply::StaleTerm,
    };
    assert_eq!(decisions(&outputs), [ignored]);
    server.receive(S4, granted(4));
    assert_eq!(server.seen(), candidate(4).with_votes_of([S1, S4]));
}

/// Refusals do not count, and do not stop a candidate that has the others' votes.
#[test]
fn paper_5_2_refusals_neither_count_nor_stop_a_candidate() {
    let mut server = Server::candidate(3);
    server.receive(S2, refused(3));
    server.receive(S3, refused(3));
    assert_eq!(server.seen(), candidate(3));
    server.receive(S4, granted(3));
    server.receive(S5, granted(3));
    assert_eq!(server.role(), Role::Leader);
}

/// "Each server will vote for at most one candidate in a given term, on a first-come-first-served basis." Figure 2: grant "if
/// votedFor is null or candidateId".
#[test]
fn paper_5_2_one_vote_per_term_first_come_first_served() {
    for (first, second) in [(S2, S3), (S3, S2), (S5, S2)] {
        let mut server = Server::follower(3);
        assert_eq!(sent(&server.receive(first, request_vote(3))), [(first, granted(3))]);
        let outputs = server.receive(second, request_vote(3));
        assert_eq!(sent(&outputs), [(second, refused(3))]);
        let why = DeniedVote::AlreadyVotedFor(first);
        let denied = Decision::VoteDenied {
            to: second,
            term: Term(3),
            why,
        };
        assert_eq!(decisions(&outputs), [denied]);
        assert_eq!(sent(&server.receive(first, request_vote(3))), [(first, granted(3))]);
        assert_eq!(sent(&server.receive(second, request_vote(4))), [(second, granted(4))]);
    }
}

/// A candidate's own vote is its vote of the term; a leader's too.
#[test]
fn paper_5_2_candidates_and_leaders_have_voted() {
    for mut server in [Server::candidate(3), Server::leader(3)] {
        assert_eq!(sent(&server.receive(S5, request_vote(3))), [(S5, refused(3))]);
        assert_eq!(server.voted_for(), Some(S1));
    }
}

/// "The majority rule ensures that at most one candidate can win the election for a particular term": of two that run at
/// once in a cluster of three or four, in every order in which the messages may arrive, one at most.
#[test]
fn paper_5_2_at_most_one_candidate_wins() {
    for size in [3, 4] {
        let mut cluster = Cluster::new(size);
        cluster.time_out(S1);
        cluster.time_out(S2);
        let ends = cluster.every_end(|cluster| assert!(cluster.leaders.len() <= 1, "{cluster:?}"));
        for id in [S1, S2] {
            assert!(ends.iter().any(|end| end.in_role(Role::Leader) == [id]), "{id} can win");
        }
    }
}

/// "Once a candidate wins an election, it becomes leader. It then sends heartbeat messages to all of the other servers to
/// establish its authority and prevent new elections." Figure 2, Leaders: "upon election".
#[test]
fn paper_5_2_the_winner_leads_and_sends_heartbeats_at_once() {
    let mut server = Server::candidate(3);
    server.receive(S2, granted(3));
    let outputs = server.receive(S3, granted(3));
    assert_eq!((server.role(), server.leader()), (Role::Leader, Some(S1)));
    assert_eq!(sent(&outputs), [S2, S3, S4, S5].map(|to| (to, heartbeat(3))));
    assert!(outputs.contains(&set(Timer::Heartbeat)));
    assert!(
        outputs.contains(&cancel(Timer::Election)),
        "a leader does not run against itself"
    );
    assert_eq!(server.time_out(), []);
}

/// The other servers' side of the same sentence.
#[test]
fn paper_5_2_heartbeats_establish_authority_and_prevent_elections() {
    let mut cluster = Cluster::new(5);
    cluster.time_out(S1);
    cluster.settle();
    cluster.beat(S1);
    assert_eq!(settle_and_see_who_resets(&mut cluster), [S2, S3, S4, S5]);
    assert!(cluster.servers().all(|server| server.leader() == Some(S1)));
}

/// A cluster of one is its own majority.
#[test]
fn paper_5_2_a_single_server_elects_itself() {
    let mut server = Server::start(S1, 1, disk(0, None));
    let outputs = server.time_out();
    assert_eq!((server.role(), server.term()), (Role::Leader, Term(1)));
    assert_eq!(outputs[0], Output::Persist(disk(1, S1)));
    assert_eq!(sent(&outputs), []);
    let timers: Vec<&Output> = outputs
        .iter()
        .filter(|output| matches!(output, Output::SetTimer(_) | Output::CancelTimer(_)))
        .collect();
    let expected = [set(Timer::Election), cancel(Timer::Election), set(Timer::Heartbeat)];
    assert_eq!(timers, expected.iter().collect::<Vec<_>>());
}

// --- (b) Another server leads ---

/// "If the leader's term (included in its RPC) is at least as large as the candidate's current term, then the candidate
/// recognizes the leader as legitimate and returns to follower state."
#[test]
fn paper_5_2_a_candidate_recognizes_a_leader_of_its_term_or_a_newer_one() {
    let why_of = |term| match term {
        3 => SteppedDown::LeaderOfTerm(S2),
        _ => SteppedDown::NewerTerm,
    };
    for term in [3, 4, 9] {
        let mut server = Server::candidate(3);
        server.receive(S3, granted(3));
        let outputs = server.receive(S2, heartbeat(term));
        assert_eq!(server.role(), Role::Follower);
        assert_eq!((server.term(), server.leader()), (Term(term), Some(S2)));
        assert!(server.votes().is_empty());
        assert!(decisions(&outputs).contains(&Decision::SteppedDown(why_of(term))));
        assert!(decisions(&outputs).contains(&Decision::HeartbeatAccepted {
            from: S2,
            timer_reset: true
        }));
        assert_eq!(sent(&outputs), [(S2, accepted(term))]);
    }
}

/// One that returned to follower state is out: votes that arrive now make no leader of it.
#[test]
fn paper_5_2_a_candidate_that_gave_up_does_not_win_by_late_votes() {
    let mut server = Server::candidate(3);
    server.receive(S3, granted(3));
    server.receive(S2, heartbeat(3));
    for voter in [S3, S4, S5] {
        server.receive(voter, granted(3));
        assert_eq!(server.seen(), follower(3).voted_for(S1).following(S2));
    }
}

/// "If the term in the RPC is smaller than the candidate's current term, then the candidate rejects the RPC and continues in
/// candidate state."
#[test]
fn paper_5_2_a_candidate_rejects_a_leader_of_an_older_term() {
    let mut server = Server::candidate(3);
    server.receive(S3, granted(3));
    let as_it_was = server.clone();
    let outputs = server.receive(S2, heartbeat(2));
    assert_eq!(server, as_it_was);
    assert_eq!(sent(&outputs), [(S2, rejected(3))]);
    let denied = Decision::HeartbeatDenied {
        from: S2,
        term: Term(2),
        why: DeniedHeartbeat::StaleTerm,
    };
    assert_eq!(decisions(&outputs), [denied]);
}

// --- (c) No winner ---

/// "If many followers become candidates at the same time, votes could be split so that no candidate obtains a majority."
#[test]
fn paper_5_2_votes_can_be_split() {
    let cluster = split_vote();
    assert_eq!(cluster.in_role(Role::Candidate), [S1, S2]);
    for id in [S1, S2] {
        assert_eq!(cluster.server(id).votes().len(), 2);
        assert_eq!(cluster.server(id).term(), Term(1));
    }
    assert!(cluster.leaders.is_empty());
}

/// "When this happens, each candidate will time out and start a new election by incrementing its term and initiating another
/// round of RequestVote RPCs." Figure 2, Candidates: "If election timeout elapses: start new election."
#[test]
fn paper_5_2_a_candidate_that_times_out_starts_a_new_election() {
    let mut server = Server::candidate(3);
    server.receive(S2, granted(3));
    let outputs = server.time_out();
    assert_eq!(server.seen(), candidate(4), "with its own vote only");
    assert_eq!(outputs[1], Output::Decided(Role::Candidate, Decision::ElectionTimedOut));
    assert_eq!(sent(&outputs), [S2, S3, S4, S5].map(|to| (to, request_vote(4))));
}

/// "However, without extra measures split votes could repeat indefinitely": if all time out together again and again.
#[test]
fn paper_5_2_split_votes_could_repeat_indefinitely() {
    let mut cluster = Cluster::new(3);
    for term in 1..20 {
        for id in [S1, S2, S3] {
            cluster.time_out(id);
        }
        cluster.settle();
        assert_eq!(cluster.in_role(Role::Candidate), [S1, S2, S3]);
        assert!(cluster.servers().all(|server| server.term() == Term(term)));
    }
}

/// Randomised timeouts mean that "in most cases only a single server will time out; it wins the election and sends heartbeats
/// before any other servers time out".
#[test]
fn paper_5_2_a_single_server_that_times_out_wins() {
    for size in 1..=9 {
        for id in NodeId::all(usize::from(size)) {
            let mut cluster = Cluster::new(size);
            cluster.time_out(id);
            cluster.settle();
            assert_eq!(cluster.in_role(Role::Leader), [id]);
            assert!(cluster.servers().all(|server| server.leader() == Some(id)));
        }
    }
}

/// "The same mechanism is used to handle split votes": after one, the candidate that times out first wins the next term.
#[test]
fn paper_5_2_the_first_to_time_out_resolves_a_split_vote() {
    for id in [S1, S2] {
        let mut cluster = split_vote();
        cluster.time_out(id);
        cluster.settle();
        assert_eq!(cluster.in_role(Role::Leader), [id]);
        assert_eq!(cluster.in_role(Role::Follower).len(), 3);
    }
}

/// "Each candidate restarts its randomized election timeout at the start of an election": once for each election.
#[test]
fn paper_5_2_a_candidate_restarts_its_timeout_at_the_start_of_an_election() {
    let mut server = Server::follower(3);
    for _ in 0..3 {
        let outputs = server.time_out();
        let restarts = outputs.iter().filter(|&&output| output == set(Timer::Election));
        assert_eq!(restarts.count(), 1);
    }
}

/// "... and it waits for that timeout to elapse before starting the next election": no message starts one.
#[test]
fn paper_5_2_a_candidate_waits_for_its_timeout_before_the_next_election() {
    for message in [2, 3, 4].into_iter().flat_map(every_message) {
        let mut server = Server::candidate(3);
        let outputs = server.receive(S2, message);
        let asks = |&(_, message): &(NodeId, Message)| matches!(message, Message::RequestVote { .. });
        assert!(!sent(&outputs).iter().any(asks), "after {message:?}");
        assert!(
            !decisions(&outputs)
                .iter()
                .any(|decision| matches!(decision, Decision::ElectionStarted { .. }))
        );
    }
}

// --- Beyond the sentences ---

/// "The servers in the full cluster" are S1 to Sn. Nobody else, and not itself, is listened to.
#[test]
fn paper_5_2_messages_from_outside_the_cluster_do_nothing() {
    let outside = NodeId::all(9).skip(5).chain([S1]);
    for from in outside {
        for server in Server::in_every_role(3) {
            for message in [2, 3, 4].into_iter().flat_map(every_message) {
                let mut visited = server.clone();
                assert_eq!(visited.receive(from, message), []);
                assert_eq!(visited, server);
            }
        }
    }
}

//! The contract with whoever drives a node: which nodes there are, and how outputs are handed over.

use crate::common::server::Server;
use crate::common::words::{S1, S2, S3, S4, decision, disk, granted, heartbeat, log, request_vote, send, set};
use raft_playground::raft::Role::{Candidate, Follower};
use raft_playground::raft::{Decision, Input, MAX_SERVERS, Node, NodeId, Outputs, Role, Rules, Settings, Term, Timer};

fn settings(size: u8) -> Settings {
    Settings::new(size, Rules::PAPER)
}

#[test]
fn a_node_belongs_to_a_cluster_of_one_to_nine() {
    for size in 1..=9 {
        for id in NodeId::all(size.into()) {
            let node = Node::new(id, settings(size), disk(0, None));
            assert_eq!(node.id(), id);
        }
    }
}

#[test]
#[should_panic(expected = "a cluster has 1 to 9 servers")]
fn no_cluster_is_empty() {
    let _ = Node::new(S1, settings(0), disk(0, None));
}

#[test]
#[should_panic(expected = "a cluster has 1 to 9 servers")]
fn no_cluster_has_ten_servers() {
    let _ = Node::new(S1, settings(10), disk(0, None));
}

#[test]
#[should_panic(expected = "S4 lies outside the cluster")]
fn s4_is_in_no_cluster_of_three() {
    let _ = Node::new(S4, settings(3), disk(0, None));
}

/// A world is cloned for every checkpoint.
#[test]
fn a_node_is_a_few_words() {
    assert!(size_of::<Node>() <= 64, "{} bytes", size_of::<Node>());
    assert_eq!(MAX_SERVERS, 9);
}

#[test]
fn a_step_appends_to_the_outputs_of_earlier_steps() {
    let mut node = Node::new(S1, settings(5), disk(0, None));
    let mut outputs = Outputs::new();
    node.step(Input::Start, &mut outputs);
    node.step(Input::LogMoved(log(1, 1)), &mut outputs);
    let started = [decision(Follower, Decision::Started), set(Timer::Election)];
    assert_eq!(outputs.as_slice()[..2], started);
    assert_eq!(outputs.as_slice().len(), 4, "a write and a decision besides");
    outputs.clear();
    assert_eq!(outputs, Outputs::new());
}

#[test]
fn messages_and_notes_are_picked_from_the_outputs_in_order() {
    let mut node = Node::new(S1, settings(3), disk(0, None));
    let mut outputs = Outputs::new();
    node.step(Input::Timeout(Timer::Election), &mut outputs);
    let requests: Vec<_> = outputs.sent().collect();
    assert_eq!(requests, [(S2, request_vote(1)), (S3, request_vote(1))]);
    let decisions: Vec<_> = outputs.decisions().collect();
    assert_eq!(
        decisions,
        [Decision::ElectionTimedOut, Decision::ElectionStarted { term: Term(1) }]
    );
    assert!(outputs.as_slice().contains(&send(S2, request_vote(1))));
}

/// Equal futures compare equal, which a search over states relies on: a follower keeps no trace of what it was before.
#[test]
fn a_server_that_stepped_down_equals_one_that_never_ran() {
    let mut never_ran = Server::follower(3);
    never_ran.receive(S4, heartbeat(4));
    for mut server in [Server::candidate(3), Server::leader(3)] {
        server.receive(S4, heartbeat(4));
        assert_eq!(server, never_ran);
    }
}

/// A timer that was stopped may fire all the same, if its driver is late.
#[test]
fn a_timeout_that_does_not_fit_the_role_does_nothing() {
    for (server, timer) in [
        (Server::follower(3), Timer::Heartbeat),
        (Server::candidate(3), Timer::Heartbeat),
        (Server::leader(3), Timer::Election),
    ] {
        let mut visited = server.clone();
        assert_eq!(visited.step(Input::Timeout(timer)), []);
        assert_eq!(visited, server);
    }
}

/// The log moves under a server in any role; its election goes on.
#[test]
fn a_log_that_moves_changes_nothing_else() {
    for server in Server::in_every_role(3) {
        let mut moved = server.clone();
        let outputs = moved.step(Input::LogMoved(log(3, 8)));
        assert_eq!(outputs.len(), 2, "a write and a decision");
        assert_eq!(outputs[1], decision(server.role(), Decision::LogMoved(log(3, 8))));
        assert_eq!(moved.seen(), server.seen());
        assert_eq!(moved.hard_state().last_log, log(3, 8));
    }
}

/// Rules change under a running server: what it is stays, what it does next is by the new ones.
#[test]
fn rules_change_under_a_running_server() {
    let server = Server::candidate(3);
    let mut changed = server.clone().under(Rules::lab());
    assert_eq!(changed.seen(), server.seen());
    changed.receive(S2, request_vote(3));
    assert_eq!((changed.role(), changed.term()), (Candidate, Term(4)));
    let mut back = changed.under(Rules::PAPER);
    back.receive(S2, request_vote(4));
    assert_eq!((back.role(), back.term()), (Candidate, Term(4)));
}

/// S1 is no special case: the last server of a cluster runs, wins and beats like the first.
#[test]
fn any_server_can_be_the_one() {
    for id in NodeId::all(5) {
        let mut server = Server::start(id, 5, disk(0, None));
        server.time_out();
        let others: Vec<NodeId> = NodeId::all(5).filter(|&other| other != id).collect();
        server.receive(others[0], granted(1));
        let outputs = server.receive(others[3], granted(1));
        assert_eq!((server.role(), server.leader()), (Role::Leader, Some(id)));
        let beats: Vec<_> = others.iter().map(|&to| (to, heartbeat(1))).collect();
        assert_eq!(crate::common::words::sent(&outputs), beats);
    }
}

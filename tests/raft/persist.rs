//! Persist before send. Figure 2: `currentTerm` and `votedFor` are "updated on stable storage before responding to RPCs".
//!
//! Besides the write itself, these tests crash a server after each single output of a step: whatever it has promised by
//! then, the server that comes back from the disk keeps.

use crate::common::server::{Server, follower};
use crate::common::words::{
    S1, S2, S3, disk, every_message, granted, heartbeat, log, received, refused, request_vote, sent,
};
use raft_playground::raft::{
    HardState, Input, Message, Node, NodeId, Output, Outputs, Role, Rules, Settings, Term, Timer,
};

/// S1 of five in term 3 in each role, and as a follower that has voted.
fn servers() -> Vec<Server> {
    let voter = Server::start(S1, 5, disk(3, S2));
    Server::in_every_role(3).into_iter().chain([voter]).collect()
}

/// Everything that can happen to a server in term 3, from two different servers.
fn inputs() -> Vec<Input> {
    let messages = [2, 3, 4].into_iter().flat_map(every_message);
    messages
        .flat_map(|message| [S2, S3].map(|from| received(from, message)))
        .chain([Timer::Election, Timer::Heartbeat].map(Input::Timeout))
        .chain([Input::Start, Input::LogMoved(log(1, 1))])
        .collect()
}

/// All pairs of the two, and what the server answers.
fn every_step() -> impl Iterator<Item = (Server, Input, Server, Vec<Output>)> {
    servers().into_iter().flat_map(|before| {
        inputs().into_iter().map(move |input| {
            let mut after = before.clone();
            let outputs = after.step(input);
            (before.clone(), input, after, outputs)
        })
    })
}

fn is_persist(output: &Output) -> bool {
    matches!(output, Output::Persist(_))
}

#[test]
fn a_step_that_changes_the_hard_state_persists_it_first() {
    let mut changes = 0;
    for (before, input, after, outputs) in every_step() {
        if before.hard_state() != after.hard_state() {
            changes += 1;
            assert_eq!(outputs[0], Output::Persist(after.hard_state()), "{input:?}");
            assert_eq!(
                outputs.iter().filter(|output| is_persist(output)).count(),
                1,
                "{input:?}"
            );
        }
    }
    assert!(changes > 0);
}

/// Writing to a disk is slow; a server that has nothing new to say to it says nothing.
#[test]
fn a_step_that_changes_nothing_persists_nothing() {
    for (before, input, after, outputs) in every_step() {
        if before.hard_state() == after.hard_state() {
            assert!(!outputs.iter().any(is_persist), "{input:?}");
        }
    }
}

/// A buffer may hold the outputs of earlier steps: the write goes before those of its own step, not before theirs.
#[test]
fn the_write_goes_before_the_outputs_of_its_own_step() {
    let settings = Settings::new(3, Rules::PAPER);
    let mut node = Node::new(S1, settings, disk(0, None));
    let mut outputs = Outputs::new();
    node.step(Input::Start, &mut outputs);
    let earlier = outputs.as_slice().to_vec();
    node.step(Input::Timeout(Timer::Election), &mut outputs);
    assert_eq!(outputs.as_slice()[..earlier.len()], earlier);
    assert_eq!(outputs.as_slice()[earlier.len()], Output::Persist(disk(1, S1)));
}

/// Who has the vote of S1 by this message, if anybody.
fn promised_vote(to: NodeId, message: Message) -> Option<NodeId> {
    match message {
        Message::RequestVote { .. } => Some(S1),
        Message::RequestVoteReply { vote_granted: true, .. } => Some(to),
        _ => None,
    }
}

/// The server that comes back from this disk knows the term that it named and the vote that it gave.
fn assert_kept(disk: HardState, to: NodeId, message: Message) {
    let mut server = Server::start(S1, 5, disk);
    let term = message.term();
    assert!(server.term() >= term, "{message:?} to {to}");
    if let Some(candidate) = promised_vote(to, message) {
        for rival in [S2, S3].into_iter().filter(|&rival| rival != candidate) {
            let answers = sent(&server.receive(rival, request_vote(term.0)));
            assert_eq!(answers, [(rival, refused(server.term().0))], "{message:?} to {to}");
        }
    }
}

#[test]
fn a_crash_after_any_output_breaks_no_promise() {
    let mut votes = 0;
    for (before, _, _, outputs) in every_step() {
        let mut disk = before.disk();
        for output in outputs {
            match output {
                Output::Persist(state) => disk = state,
                Output::Send { to, message } => {
                    votes += usize::from(promised_vote(to, message).is_some());
                    assert_kept(disk, to, message);
                }
                _ => {}
            }
        }
    }
    assert!(votes > 0);
}

#[test]
fn a_restart_keeps_term_vote_and_log() {
    for mut server in servers() {
        server.step(Input::LogMoved(log(2, 5)));
        let before = server.hard_state();
        server.restart();
        assert_eq!(server.hard_state(), before);
    }
}

#[test]
fn a_restart_forgets_everything_else() {
    for mut server in servers() {
        server.receive(S2, heartbeat(3));
        let voted_for = server.voted_for();
        server.restart();
        let expected = voted_for.map_or(follower(3), |candidate| follower(3).voted_for(candidate));
        assert_eq!(server.seen(), expected);
    }
}

/// A restart reads the disk and not the memory: from a disk that was wiped, a server starts without a past.
#[test]
fn a_server_starts_from_what_its_disk_holds() {
    for state in [disk(0, None), disk(7, None), disk(7, S3)] {
        let server = Server::start(S1, 5, state);
        assert_eq!(server.hard_state(), state);
        assert_eq!(server.role(), Role::Follower);
    }
}

#[test]
fn a_voter_that_restarts_does_not_vote_for_another_in_the_term() {
    let mut voter = Server::follower(3);
    voter.receive(S2, request_vote(4));
    voter.restart();
    assert_eq!(sent(&voter.receive(S3, request_vote(4))), [(S3, refused(4))]);
    assert_eq!(sent(&voter.receive(S2, request_vote(4))), [(S2, granted(4))]);
    assert_eq!(sent(&voter.receive(S3, request_vote(5))), [(S3, granted(5))]);
}

#[test]
fn a_candidate_that_restarts_does_not_vote_for_another_in_its_term() {
    for mut server in [Server::candidate(4), Server::leader(4)] {
        server.restart();
        assert_eq!(sent(&server.receive(S3, request_vote(4))), [(S3, refused(4))]);
    }
}

/// Votes for the election before the crash answer a process that no longer exists.
#[test]
fn a_candidate_that_restarts_does_not_win_by_old_votes() {
    let mut server = Server::candidate(4);
    server.receive(S2, granted(4));
    server.restart();
    server.receive(S3, granted(4));
    assert_eq!(server.seen(), follower(4).voted_for(S1));
    server.time_out();
    assert_eq!(server.term(), Term(5), "never twice for the same term");
    server.receive(S2, granted(4));
    server.receive(S3, granted(4));
    assert_eq!(server.role(), Role::Candidate);
}

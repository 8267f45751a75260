//! Short words for servers, messages and outputs, so that a test reads as a transcript.

use raft_playground::raft::{Decision, HardState, Input, LogPosition, Message, NodeId, Output, Role, Term, Timer};

pub const S1: NodeId = NodeId::new(0);
pub const S2: NodeId = NodeId::new(1);
pub const S3: NodeId = NodeId::new(2);
pub const S4: NodeId = NodeId::new(3);
pub const S5: NodeId = NodeId::new(4);

/// A log that ends at `last_index`, with an entry of `last_term`.
pub fn log(last_term: u32, last_index: u32) -> LogPosition {
    LogPosition {
        last_term: Term(last_term),
        last_index,
    }
}

/// A disk with an empty log.
pub fn disk(term: u32, voted_for: impl Into<Option<NodeId>>) -> HardState {
    HardState {
        current_term: Term(term),
        voted_for: voted_for.into(),
        last_log: LogPosition::default(),
    }
}

/// A RequestVote of a candidate with an empty log.
pub fn request_vote(term: u32) -> Message {
    request_vote_with(term, LogPosition::default())
}

pub fn request_vote_with(term: u32, last_log: LogPosition) -> Message {
    Message::RequestVote {
        term: Term(term),
        last_log,
        leadership_transfer: false,
    }
}

pub fn granted(term: u32) -> Message {
    Message::RequestVoteReply {
        term: Term(term),
        vote_granted: true,
    }
}

pub fn refused(term: u32) -> Message {
    Message::RequestVoteReply {
        term: Term(term),
        vote_granted: false,
    }
}

pub fn heartbeat(term: u32) -> Message {
    Message::AppendEntries { term: Term(term) }
}

pub fn accepted(term: u32) -> Message {
    Message::AppendEntriesReply {
        term: Term(term),
        success: true,
    }
}

pub fn rejected(term: u32) -> Message {
    Message::AppendEntriesReply {
        term: Term(term),
        success: false,
    }
}

pub fn pre_vote(term: u32) -> Message {
    pre_vote_with(term, LogPosition::default())
}

pub fn pre_vote_with(term: u32, last_log: LogPosition) -> Message {
    Message::PreVote {
        term: Term(term),
        last_log,
    }
}

pub fn promised(term: u32) -> Message {
    Message::PreVoteReply {
        term: Term(term),
        vote_granted: true,
    }
}

pub fn not_promised(term: u32) -> Message {
    Message::PreVoteReply {
        term: Term(term),
        vote_granted: false,
    }
}

pub fn timeout_now(term: u32) -> Message {
    Message::TimeoutNow { term: Term(term) }
}

/// Every kind of message of the paper, with this term.
pub fn every_message(term: u32) -> [Message; 6] {
    [
        request_vote(term),
        granted(term),
        refused(term),
        heartbeat(term),
        accepted(term),
        rejected(term),
    ]
}

pub fn received(from: NodeId, message: Message) -> Input {
    Input::Receive { from, message }
}

/// The write of a server with an empty log.
pub fn persist(term: u32, voted_for: impl Into<Option<NodeId>>) -> Output {
    Output::Persist(disk(term, voted_for))
}

pub fn send(to: NodeId, message: Message) -> Output {
    Output::Send { to, message }
}

pub fn decision(role: Role, decision: Decision) -> Output {
    Output::Decided(role, decision)
}

pub fn set(timer: Timer) -> Output {
    Output::SetTimer(timer)
}

pub fn cancel(timer: Timer) -> Output {
    Output::CancelTimer(timer)
}

/// The messages among the outputs.
pub fn sent(outputs: &[Output]) -> Vec<(NodeId, Message)> {
    let message = |output: &Output| match *output {
        Output::Send { to, message } => Some((to, message)),
        _ => None,
    };
    outputs.iter().filter_map(message).collect()
}

/// The decisions among the outputs.
pub fn decisions(outputs: &[Output]) -> Vec<Decision> {
    let decision = |output: &Output| match *output {
        Output::Decided(_, decision) => Some(decision),
        _ => None,
    };
    outputs.iter().filter_map(decision).collect()
}

/// Whether the outputs start the election timer anew.
pub fn resets_election_timer(outputs: &[Output]) -> bool {
    outputs.contains(&set(Timer::Election))
}

//! A message under way: one of ours and one of theirs that say the same.

use std::fmt;

use raft::eraftpb::{Message as Theirs, MessageType};
use raft_playground::raft::{LogPosition, Message as Ours, NodeId};

use super::theirs::term;

/// What kind of message it is, in the names of this crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// RequestVote; MsgRequestVote.
    RequestVote,
    /// RequestVoteReply; MsgRequestVoteResponse.
    RequestVoteReply,
    /// AppendEntries; MsgAppend and MsgHeartbeat.
    AppendEntries,
    /// AppendEntriesReply; MsgAppendResponse and MsgHeartbeatResponse.
    AppendEntriesReply,
    /// PreVote; MsgRequestPreVote.
    PreVote,
    /// PreVoteReply; MsgRequestPreVoteResponse.
    PreVoteReply,
    /// TimeoutNow; MsgTimeoutNow.
    TimeoutNow,
}

/// What a MsgRequestVote carries if a leader asked for the election.
const TRANSFER: &[u8] = b"CampaignTransfer";

/// A message under way in both implementations.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// What this crate sent.
    pub ours: Ours,
    /// What raft-rs sent.
    pub theirs: Theirs,
}

/// The kind of one of our messages.
pub fn kind_of_ours(message: Ours) -> Kind {
    match message {
        Ours::RequestVote { .. } => Kind::RequestVote,
        Ours::RequestVoteReply { .. } => Kind::RequestVoteReply,
        Ours::AppendEntries { .. } => Kind::AppendEntries,
        Ours::AppendEntriesReply { .. } => Kind::AppendEntriesReply,
        Ours::PreVote { .. } => Kind::PreVote,
        Ours::PreVoteReply { .. } => Kind::PreVoteReply,
        Ours::TimeoutNow { .. } => Kind::TimeoutNow,
    }
}

/// The kind of one of their messages. `None` for those that have nothing to do with elections, which are not expected.
pub fn kind_of_theirs(message: &Theirs) -> Option<Kind> {
    Some(match message.get_msg_type() {
        MessageType::MsgRequestVote => Kind::RequestVote,
        MessageType::MsgRequestVoteResponse => Kind::RequestVoteReply,
        MessageType::MsgAppend | MessageType::MsgHeartbeat => Kind::AppendEntries,
        MessageType::MsgAppendResponse | MessageType::MsgHeartbeatResponse => Kind::AppendEntriesReply,
        MessageType::MsgRequestPreVote => Kind::PreVote,
        MessageType::MsgRequestPreVoteResponse => Kind::PreVoteReply,
        MessageType::MsgTimeoutNow => Kind::TimeoutNow,
        _ => return None,
    })
}

/// Whether two messages of one kind say the same: term, log position, vote. `success` of an AppendEntriesReply is about the
/// term in ours and about the log in theirs, so that it has no counterpart.
pub fn say_the_same(ours: Ours, theirs: &Theirs) -> bool {
    let content = match ours {
        Ours::RequestVote {
            last_log,
            leadership_transfer,
            ..
        } => last_log == position(theirs) && leadership_transfer == (theirs.get_context() == TRANSFER),
        Ours::PreVote { last_log, .. } => last_log == position(theirs),
        Ours::RequestVoteReply { vote_granted, .. } | Ours::PreVoteReply { vote_granted, .. } => {
            vote_granted != theirs.reject
        }
        Ours::AppendEntries { .. } | Ours::AppendEntriesReply { .. } | Ours::TimeoutNow { .. } => true,
    };
    content && ours.term() == term(theirs.term)
}

fn position(theirs: &Theirs) -> LogPosition {
    LogPosition {
        last_term: term(theirs.log_term),
        last_index: u32::try_from(theirs.index).expect("a short run"),
    }
}

/// One of their messages for people to read.
pub fn describe_theirs(theirs: &Theirs) -> String {
    let refused = if theirs.reject { ", refused" } else { "" };
    format!("{:?} (term {}{refused})", theirs.get_msg_type(), theirs.term)
}

impl fmt::Display for Letter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let theirs = self.theirs.get_msg_type();
        write!(
            f,
            "{} to {}: {} / {theirs:?}",
            self.from,
            self.to,
            describe_ours(self.ours)
        )
    }
}

/// One of our messages for people to read.
pub fn describe_ours(message: Ours) -> String {
    let kind = kind_of_ours(message);
    let more = match message {
        Ours::RequestVote { last_log, .. } | Ours::PreVote { last_log, .. } => {
            let LogPosition { last_term, last_index } = last_log;
            format!(", last log term {last_term}, index {last_index}")
        }
        Ours::RequestVoteReply { vote_granted, .. } | Ours::PreVoteReply { vote_granted, .. } => {
            if vote_granted { ", granted" } else { ", refused" }.to_owned()
        }
        Ours::AppendEntriesReply { success: false, .. } => ", refused".to_owned(),
        Ours::AppendEntries { .. } | Ours::AppendEntriesReply { .. } | Ours::TimeoutNow { .. } => String::new(),
    };
    format!("{kind:?} (term {}{more})", message.term())
}

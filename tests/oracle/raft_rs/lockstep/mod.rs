//! An outside oracle: [raft-rs](https://docs.rs/raft), the Raft of TiKV, goes in step with this crate's
//! [`Node`](raft_playground::raft::Node).
//!
//! A [`schedule`], drawn from a seed, says what happens to a cluster: timers fire; messages arrive, arrive twice, or get lost;
//! servers crash, also in the middle of a step, and start again from their disks; leaders append to their logs and hand over.
//! The same happens to both implementations. After each step the server that it happened to
//!
//! - has the same role, term, vote and known leader in both;
//! - counted as many votes, unless it leads, and heard the same servers, if it leads and checks its quorum;
//! - began its election timer anew in both or in neither;
//! - holds to its leader in both or in neither, if check quorum is on;
//! - sends the same messages.
//!
//! # What corresponds
//!
//! | this crate | raft-rs |
//! |---|---|
//! | `Timeout(Election)`, a timer that runs | a tick that reaches the election timeout: MsgHup |
//! | `Timeout(Heartbeat)`, a timer that runs | a tick that reaches the heartbeat timeout: MsgBeat |
//! | `Timeout(CheckQuorum)`, a timer that runs | MsgCheckQuorum, and the end of a transfer, as on a tick |
//! | `Timeout(RecentLeader)`, a timer that runs | `election_elapsed` reaches `election_timeout` |
//! | `TransferLeadership` | MsgTransferLeader |
//! | `SetTimer(Election)` | `election_elapsed` becomes 0 |
//! | `pre_vote` | `pre_vote` |
//! | `check_quorum` and `leader_stickiness` | `check_quorum` |
//! | `outranks` | `priority` |
//! | RequestVote, RequestVoteReply | MsgRequestVote, MsgRequestVoteResponse |
//! | `leadership_transfer` | the context `CampaignTransfer` |
//! | PreVote, PreVoteReply | MsgRequestPreVote, MsgRequestPreVoteResponse |
//! | AppendEntries | MsgHeartbeat, MsgAppend |
//! | AppendEntriesReply | MsgHeartbeatResponse, MsgAppendResponse |
//! | TimeoutNow | MsgTimeoutNow |
//! | `Persist` | the hard state and the entries of a `Ready` |
//! | `LogMoved` | the log grew, or its end was replaced |
//!
//! A message under way is a pair that arrives, or is lost, in both: see [`letter`]. The two were sent in the same step to the
//! same server, and say the same: term, log position, and whether a vote was given. Whether a MsgAppend fits the log is no
//! matter of elections; `success` of an AppendEntriesReply is about the term.
//!
//! raft-rs has logs: its leaders append an entry when they are elected, and replicate it. Ours moves its log position to the
//! same place in the same step, so that both compare the same logs before they vote.
//!
//! Ours has no clock and that of raft-rs stands still: it is set right before a tick lets the timer fire that the schedule
//! names, and no tick is made otherwise. What a server writes reaches its disk before its messages leave. A crash takes all
//! that was not written.
//!
//! Each server has its own `pre_vote` and `check_quorum`: in half of the clusters some differ from the others, and in some of these
//! they change when they start again, as in a rolling upgrade. In a fourth they have priorities.
//!
//! # What does not
//!
//! Where raft-rs differs by design, [`difference`] says how and why, one by one. Each is recognised by a condition of its own in
//! [`excuses`] and counted. Both are in the same state again right after it, so that no difference covers up another one.

pub mod both;
pub mod cluster;
pub mod command;
pub mod difference;
pub mod excuses;
pub mod letter;
pub mod luck;
pub mod ours;
pub mod run;
pub mod schedule;
pub mod theirs;
pub mod view;

#[cfg(test)]
mod tests;

//! An outside oracle: [raft-rs](https://docs.rs/raft), the Raft of TiKV, goes in step with this crate's
//! [`Node`](raft_playground::raft::Node).
//!
//! A schedule, drawn from a seed, says what happens to a cluster: timers fire; messages arrive, arrive twice, or get lost;
//! servers crash, also in the middle of a step, and start again from their disks. The same happens to both implementations.
//! After each step the server that it happened to has the same role, term, vote and known leader in both; its election timer
//! began anew in both or in neither; and it sends the same messages.
//!
//! # What corresponds
//!
//! | this crate | raft-rs |
//! |---|---|
//! | `Timeout(Election)`, a timer that runs | a tick that reaches the election timeout |
//! | `Timeout(Heartbeat)`, a timer that runs | a tick that reaches the heartbeat timeout |
//! | `SetTimer(Election)` | `election_elapsed` becomes 0 |
//! | RequestVote, RequestVoteReply | MsgRequestVote, MsgRequestVoteResponse |
//! | AppendEntries | MsgHeartbeat, MsgAppend |
//! | AppendEntriesReply | MsgHeartbeatResponse, MsgAppendResponse |
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
//! Where raft-rs differs by design, [`difference`] says how and why. Each is excused at one place in [`cluster`].

pub mod cluster;
pub mod command;
pub mod difference;
pub mod letter;
pub mod luck;
pub mod ours;
pub mod run;
pub mod schedule;
pub mod theirs;
pub mod view;

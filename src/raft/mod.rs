//! The protocol: leader election of the Raft paper (Ongaro and Ousterhout, extended version), as a pure state machine.
//!
//! [`Node::step`] takes one [`Input`] and answers with ordered [`Output`]s. There is no clock, no randomness, no I/O and no
//! text for readers in here (a rule's slug is an identifier, and a section number a reference): whoever drives a node (the
//! simulator, the checker, a test) owns time, luck, the network and the disk.
//!
//! What the layer promises:
//! - **Persist before send.** If a step changes what must survive a crash, [`Output::Persist`] is the first output of that
//!   step, so whoever performs the outputs in order never sends a promise that the disk does not know (§5.2, Figure 2 "State").
//! - **A rule is one row and one guard.** Each sentence of the paper that can be switched off is a field of [`Rules`], decided at
//!   one place; what that has to remember is kept where it happens. What else is to be known of it (its name in files, its bit in
//!   links, its group, what it protects) is said by [`Rule`], and all of it stands in one row of one table.
//! - **Small values.** A node is a few words without heap: cloning, comparing and hashing one costs nanoseconds.

mod ids;
mod message;
mod node;
mod output;
mod rules;
mod set;
mod state;

pub use ids::{MAX_SERVERS, NodeId, NodeSet, Term};
pub use message::Message;
pub use node::{Node, Settings};
pub use output::{Decision, DeniedHeartbeat, DeniedVote, IgnoredReply, Input, Output, Outputs, SteppedDown, Timer};
pub use rules::{Conformity, Protects, Quorum, Rule, RuleGroup, Rules, Source};
pub use set::{Member, Set};
pub use state::{HardState, LogPosition, Role, VolatileState};

//! Exhaustive search over [`raft`](crate::raft) without time, judged by [`safety`](crate::safety).
//!
//! There is no clock: any timer that runs may fire next, any message in flight may arrive, be lost or be duplicated, and any
//! server may crash and start again from its disk. A [`Model`] says what can happen within the bounds of a [`Setup`]; a
//! [`Search`] goes through all of it, the shortest paths first, and ends with a [`Verdict`]. Every step of a server was computed
//! by [`Node::step`](crate::raft::Node::step), the very code that runs in the page.
//!
//! # An example
//!
//! Why must a server write its vote to disk before it answers (Figure 2)? Without that rule the search finds two leaders of one
//! term: S3 votes for S1, forgets it in a crash, and votes for S2.
//!
//! ```
//! use std::sync::Arc;
//! use raft_playground::checker::{Bounds, Model, Options, Search, Setup, Verdict};
//! use raft_playground::safety::{Properties, Property};
//!
//! let bounds = Bounds { servers: 3, elections: 1, crashes: 1, duplications: 0, heartbeats: 0, transfers: false };
//! let mut setup = Setup::paper(bounds);
//! setup.rules.persist_vote = false;
//! setup.watched = Properties::only(Property::ElectionSafety);
//!
//! let mut search = Search::new(Arc::new(Model::new(setup)?), Options::default());
//! let Verdict::Violated { path, .. } = search.finish() else { panic!("a forgotten vote is given twice") };
//! let story: Vec<String> = path.iter().map(ToString::to_string).collect();
//! println!("{}", story.join("\n"));
//! assert_eq!(story, [
//!     "S1's election timer fires",
//!     "S2's election timer fires",
//!     "S3 receives RequestVote of term 1 from S1",
//!     "S3 crashes",
//!     "S3 restarts from its disk",
//!     "S1 receives the vote of S3 in term 1",
//!     "S3 receives RequestVote of term 1 from S2",
//!     "S2 receives the vote of S3 in term 1",
//! ]);
//!
//! // With the rule, nothing within the bounds breaks.
//! setup.rules.persist_vote = true;
//! let mut search = Search::new(Arc::new(Model::new(setup)?), Options::default());
//! assert_eq!(search.finish(), &Verdict::Exhausted);
//! # Ok::<(), raft_playground::checker::TooLarge>(())
//! ```
//!
//! # The folders
//!
//! - `question`: what is asked ([`Setup`]), and the words of the answer ([`Step`], [`Milestone`]).
//! - `servers`: what each server can do, seen alone. A table of all its states, filled in by `Node::step` once.
//! - `state`: a cluster at one instant, packed into less than a hundred bytes.
//! - `reduce` and `symmetry`: what may be left out of a state, and which states are the same but for names.
//! - `commute`: which steps need not be taken.
//! - `model`: the steps that a cluster can take.
//! - `search`: breadth first through all states, and the path to what it finds.
//!
//! # What is left out of a state, and why that is sound
//!
//! [`NetworkModel::Counted`] leaves nothing out: each copy of a message is there, and loss and duplication are steps. The number
//! of its states explodes, so there are two smaller networks. The tests compare all three at small bounds, under each rule
//! switched: the same servers are reached, and the same properties break.
//!
//! **Messages stay** ([`NetworkModel::Sent`]). A message that is never delivered stands for one that was lost: nothing has to
//! be delivered, and no step asks that something be absent, so what a cluster can do after a loss it can do without it. One that
//! is delivered again stands for one that was duplicated, or for the next heartbeat of the same term. So loss, reordering, any
//! number of duplications and any number of heartbeats are covered without steps of their own.
//!
//! **What makes no difference goes** ([`NetworkModel::Reduced`]). Nothing is argued from the protocol: it is computed from the
//! table of all that `Node::step` makes of each server alone, when every message there is may arrive at any time. That is more
//! than can happen in the cluster, so what makes no difference there makes none in the cluster.
//! - Messages with the same effect on their receiver in each of its states are one: two refusals of the same term, say.
//! - A message goes if its receiver will neither change by it nor answer it in any state that can follow; or only with answers
//!   that make no difference themselves.
//! - Of messages that will only be answered, always alike, one stays.
//! - A crash and the restart are one step: a server that is down does what a running one does to which nothing happens.
//! - The [`PackedElections`](crate::safety::PackedElections) forget a vote once the voter can't vote for another server in that
//!   term and the candidate can't begin to lead it. They forget a leader once nobody can begin to lead its term. No later
//!   judgement asks for either.
//!
//! **Names of servers** don't matter: of states that are renamings of each other a search meets one, unless told otherwise
//! ([`Options::symmetry`]). A renaming counts only if it maps the whole table onto itself, which is looked up.
//!
//! # Which steps are not taken
//!
//! A search that takes every step finds each state many times. Steps that commute, and those of servers that differ in their
//! names only, are passed over where what they lead to was met before: `src/checker/commute` says which, and proves that a search
//! meets the same states in the same order all the same. Its tests compare the order with that of a plain search.
//!
//! # What is not certain
//!
//! A search remembers 64 bits of each state that it has met. Two states that share them count as one, and what lies behind the
//! second may be missed: with a chance of about one in 37 million among a million states, and of one in 3,700 among a hundred
//! million. With symmetry, each next state is also compared, before it is renamed, with some thousand that were met just before,
//! by as many bits; that adds about one in a hundred million for each million states. A violation is never invented: its path is
//! rebuilt step by step.

mod commute;
mod model;
mod question;
mod reduce;
mod search;
mod servers;
mod state;
mod symmetry;

pub use model::Model;
pub use question::{Bounds, Coverage, Envelope, Milestone, NetworkModel, Setup, Step, TooLarge};
pub use search::{Limit, Options, Progress, Search, Shard, Verdict};
pub use servers::ServerState;
pub use state::State;

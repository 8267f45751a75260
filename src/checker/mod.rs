//! Exhaustive search over [`raft`](crate::raft) without time, judged by [`safety`](crate::safety).
//!
//! There is no clock: any timer that runs may fire next, any message under way may arrive, be lost or be duplicated, and any
//! server may crash and start again from its disk. A [`Model`] says what can happen within the bounds of a [`Setup`]; a
//! [`Search`] goes through all of it, the shortest ways first, and ends with a [`Verdict`]. Every step of a server was computed
//! by [`Node::step`](crate::raft::Node::step), the very code that runs in the page.
//!
//! ```
//! use std::sync::Arc;
//! use raft_playground::checker::{Bounds, Model, Options, Search, Setup, Verdict};
//!
//! let bounds = Bounds { servers: 3, elections: 1, crashes: 1, duplications: 1, heartbeats: 1, transfers: false };
//! let mut setup = Setup::paper(bounds);
//! setup.rules.persist_vote = false;
//! let model = Model::new(setup)?;
//! let mut search = Search::new(Arc::new(model), Options::default());
//! while search.verdict().is_none() {
//!     let progress = search.run(10_000);
//!     println!("{} states, {} steps deep", progress.unique, progress.depth);
//! }
//! let Some(Verdict::Violated { broken, path }) = search.verdict() else { panic!("a vote that is forgotten is given twice") };
//! for step in path {
//!     println!("{step}");
//! }
//! # Ok::<(), raft_playground::checker::TooLarge>(())
//! ```
//!
//! # What is left out of a state, and why that is sound
//!
//! [`Network::Counted`] leaves nothing out: each copy of a message is there, and loss and duplication are steps. The number of
//! its states explodes, so there are two smaller networks. The tests compare all three at small bounds, under each rule
//! switched: the same servers are reached, and the same properties break.
//!
//! **Messages stay** ([`Network::Sent`]). A message that is never delivered stands for one that was lost: nothing has to be
//! delivered, and no step asks that something be absent, so what a cluster can do after a loss it can do without it. One that is
//! delivered again stands for one that was duplicated, or for the next heartbeat of the same term. So loss, reordering, any
//! number of duplications and any number of heartbeats are covered without steps of their own.
//!
//! **What makes no difference goes** ([`Network::Reduced`]). Nothing is argued from the protocol: it is computed from the table
//! of all that `Node::step` makes of each server alone, when every message there is may arrive at any time. That is more than
//! can happen in the cluster, so what makes no difference there makes none in the cluster.
//! - Messages with the same effect on their receiver in each of its states are one: two refusals of the same term, say.
//! - A message goes if its receiver will neither change by it nor answer it in any state that can follow; or only with answers
//!   that make no difference themselves.
//! - Of messages that will only be answered, always alike, one stays.
//! - A crash and the restart are one step: a server that is down does what a running one does to which nothing happens.
//! - The [`PackedElections`](crate::safety::PackedElections) of votes and leaders forgets a vote once the voter can't vote for another in that term
//!   and the candidate can't begin to lead it, and a leader once nobody can begin to lead its term: then no judgement can ask
//!   for them any more.
//!
//! **Names of servers** don't matter: of states that are renamings of each other a search meets one, unless told otherwise
//! ([`Options::symmetry`]). A renaming counts only if it maps the whole table onto itself, which is looked up.
//!
//! # What is not certain
//!
//! A search remembers 64 bits of each state that it has met. Two states that share them count as one, and what lies behind the
//! second may be missed: among a million states with a chance of about one in 37 million, among a hundred million with one of
//! about one in 3,700. Where names don't matter, as many bits of some thousand states, as they were before they were renamed,
//! are compared with each next state, which adds about one in a hundred million for each million states. A violation is never
//! invented: its path is rebuilt step by step.

mod bits;
mod coverage;
mod intern;
mod layout;
mod model;
mod path;
mod reduce;
mod search;
mod server;
mod setup;
mod state;
mod step;
mod symmetry;
mod table;
mod visited;

pub use coverage::{Coverage, Sight};
pub use model::Model;
pub use search::{Limit, Options, Progress, Search, Shard, Verdict};
pub use server::Server;
pub use setup::{Bounds, Network, Setup, TooLarge};
pub use state::State;
pub use step::{Envelope, Step};

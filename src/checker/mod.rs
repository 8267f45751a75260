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

mod bits;
mod intern;
mod layout;
mod model;
mod path;
mod reduce;
mod search;
mod server;
mod setup;
mod sights;
mod state;
mod step;
mod symmetry;
mod table;
mod visited;

pub use model::Model;
pub use search::{Limit, Options, Progress, Search, Shard, Verdict};
pub use server::Server;
pub use setup::{Bounds, Network, Setup, TooLarge};
pub use sights::{Sight, Sights};
pub use state::State;
pub use step::{Envelope, Step};

//! Raft leader election as software to learn from: the protocol, a simulator for it and a page to watch it on.
//!
//! | layer | what it promises |
//! |---|---|
//! | [`raft`] | the protocol: `Node::step(Input) -> Outputs`. No clock, no randomness, no I/O, no strings. |
//! | [`safety`] | what must always hold, judged from outside the node. |
//! | [`checker`] | exhaustive search over `raft` without time, judged by `safety`. Never uses `sim`. |
//! | [`sim`] | virtual time, timers, network, disks, faults, history. Drives `raft`, is watched by `safety`. |
//! | [`scenario`] | named set-ups and scripts; the lab's log format. |
//! | [`ui`] | the page. Uses all of the above; nothing uses it. |
//!
//! Imports go up this table only. Below `ui` nothing names a browser, a wall clock, a thread or a float, so the same code
//! runs bit for bit the same in the page, in the tests and in the benchmarks.
//!
//! # How it works
//!
//! **Timers are commands.** A [`raft::Node`] asks for a timer; the [`sim::World`] draws its duration and fires it. The node
//! holds no time, so anything that can fire timers and deliver messages can drive it.
//!
//! **Persist before send.** A node's outputs are ordered, and what a crash must not lose comes before any message that depends
//! on it. A crash in the simulator keeps the disk and nothing else.
//!
//! **Luck has an address.** A random draw is a pure function of the seed, what it is for, and how many like it came before
//! ([`sim::Luck`]). Crashing S1 changes no timeout of S4, so two futures can be compared under the same luck.
//!
//! **Every event has a cause.** The trace of a run is a sequence of [`sim::Event`]s, each naming the one that led to it. The log
//! is a view of it: the protocol writes no text, [`scenario::lablog`] renders lines from the decisions that a node gives.
//!
//! **History is a journal with checkpoints.** A run is its configuration, its seed and what was done to it and when.
//! [`sim::History`] visits any past instant by running forward from the nearest checkpoint; acting there opens a new branch.
//!
//! **The screen is a function of the state.** The page renders what changed in plain values (`ui::run::view`); what moves by
//! itself between two events is placed by a painter each frame, from the instant alone.

pub mod checker;
pub mod raft;
pub mod safety;
pub mod scenario;
pub mod sim;
pub mod ui;

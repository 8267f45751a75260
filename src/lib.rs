//! Raft leader election as software to learn from: the protocol, a simulator for it and a page to watch it on.
//!
//! | layer | what it promises |
//! |---|---|
//! | [`raft`] | the protocol: `Node::step(Input) -> Outputs`. No clock, no randomness, no I/O, no strings. |
//! | [`safety`] | what must always hold, judged from outside the node. |
//! | [`checker`] | exhaustive search over `raft` without time, judged by `safety`. Never uses `sim`. |
//! | [`sim`] | virtual time, timers, network, disks, faults, history. Drives `raft`, is watched by `safety`. |
//! | [`scenario`] | scenarios as files, runs as links, exports; the lab's log format. |
//! | [`lab`] | elections by the thousand: experiments, measures, statistics; the paper's Figure 16. |
//! | [`lesson`] | lessons as files: scenes, questions and tasks along a run, and who judges them. |
//! | [`ui`] | the page. Uses all of the above; nothing uses it. |
//!
//! Imports go up this table only; what mixes numbers (`splitmix`) and sorts short lists (`short_sort`) is below them all. Below
//! `ui` nothing names a browser, a wall clock, a thread or a float, so the same code runs bit for bit the same in the page, in the
//! tests and in the benchmarks.
//!
//! `docs/ARCHITECTURE.md` says how a click becomes a picture, and where to add a panel, a rule, a fault, a scenario or a
//! language.

pub mod checker;
pub mod lab;
pub mod lesson;
pub mod raft;
pub mod safety;
pub mod scenario;
mod short_sort;
pub mod sim;
mod splitmix;
pub mod ui;

//! What must always hold, judged from outside the node.
//!
//! The [`Monitor`] sees each server's role, term and vote after every step, and nothing else: not how they came about. It
//! shares no code with [`crate::raft`] but its types, so a mistake there cannot hide itself here.
//!
//! It remembers votes and leaders by term, so that it also catches a second leader of a term that the first has long left.

mod history;
mod monitor;

pub use monitor::{Monitor, Property, Status, Violation};

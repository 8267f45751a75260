//! Raft leader election as software to learn from.
pub mod ui;

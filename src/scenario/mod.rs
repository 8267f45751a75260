//! Named set-ups with scripts, and the lab's log format.
//!
//! The playground goes back to a university lab on leader election in Raft without log replication: five servers, each a
//! small program that printed a log. Its vocabulary is the log of the page, and its five figures are scenarios.

pub mod lablog;

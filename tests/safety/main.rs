//! The monitor and the ledger: every violation is found, and nothing else.

#[path = "../support/checker/mod.rs"]
mod bounds;
mod completeness;
mod ledger;
mod monitor;
#[path = "../support/runs/mod.rs"]
mod runs;

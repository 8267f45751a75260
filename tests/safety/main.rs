//! The monitor and the packed monitor: every violation is found, and nothing else.

#[path = "../support/checker/mod.rs"]
mod bounds;
mod completeness;
mod monitor;
mod packed;
#[path = "../support/runs/mod.rs"]
mod runs;

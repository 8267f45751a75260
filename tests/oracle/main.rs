//! Raft by others, as judges of this one: raft-rs in lockstep, stateright on the same model.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../support/checker/mod.rs"]
mod bounds;
#[path = "../support/checker/oracle.rs"]
mod oracle;
mod raft_rs;
mod stateright;

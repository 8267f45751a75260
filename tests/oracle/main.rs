//! Raft by others, as judges of this one: raft-rs in lockstep, stateright on the same model.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../support/checker/mod.rs"]
mod bounds;
// Where raft-rs builds without anything that would have to be installed; see Cargo.toml.
#[cfg(all(
    target_arch = "x86_64",
    any(target_os = "linux", target_os = "macos", target_os = "windows")
))]
#[allow(dead_code, reason = "the example uses its own part")]
mod lockstep;
#[path = "../support/checker/oracle.rs"]
mod oracle;
#[cfg(all(
    target_arch = "x86_64",
    any(target_os = "linux", target_os = "macos", target_os = "windows")
))]
mod raft_rs;
mod stateright;

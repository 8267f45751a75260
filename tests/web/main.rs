//! What runs in a real browser: `cargo xtask test web`.
#![cfg(target_arch = "wasm32")]

mod digest;
mod lab;
mod page;
#[path = "../support/lab/pinned.rs"]
mod pinned;
#[path = "../support/runs/mod.rs"]
mod runs;

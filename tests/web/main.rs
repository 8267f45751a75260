//! What runs in a real browser: `cargo xtask test web`.
#![cfg(target_arch = "wasm32")]

mod digest;
mod page;
#[path = "../support/runs/mod.rs"]
mod runs;

//! `cargo xtask check`: what is wrong without running anything.

use crate::Result;
use crate::arguments::Arguments;
use crate::process::{cargo, run as run_process};
use crate::tools::{self, WASM};

/// Formatting, lints for this machine and for the browser, and documentation.
pub fn run(arguments: Arguments) -> Result<()> {
    arguments.finish()?;
    tools::ensure_components()?;
    tools::ensure_wasm_target()?;
    step("formatting", &["fmt", "--all", "--check"])?;
    step(
        "lints for this machine",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
    )?;
    step(
        "lints for the browser",
        &[
            "clippy", "--target", WASM, "--lib", "--bins", "--bench", "events", "--test", "web", "--", "-D", "warnings",
        ],
    )?;
    step("documentation", &["doc", "--workspace", "--no-deps"])
}

fn step(name: &str, arguments: &[&str]) -> Result<()> {
    eprintln!("== {name}: cargo {}", arguments.join(" "));
    run_process(cargo(arguments).env("RUSTDOCFLAGS", "-D warnings"))
}

//! `cargo xtask build`: the page to put on a web server.

use std::path::PathBuf;

use crate::arguments::Arguments;
use crate::process::{root, run as run_process};
use crate::{Result, tools, weight};

/// Makes `dist/` and says what it weighs.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let quiet = arguments.flag("--quiet");
    arguments.finish()?;
    build()?;
    if !quiet {
        print!("\n{}", weight::table(&folder())?);
    }
    println!("The page is in {}", folder().display());
    Ok(())
}

/// Where the built page is.
pub fn folder() -> PathBuf {
    root().join("dist")
}

/// Makes `dist/` anew.
pub fn build() -> Result<()> {
    run_process(tools::trunk()?.args(["--quiet", "build", "--release"]))
}

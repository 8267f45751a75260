//! `cargo xtask build`: the page to put on a web server.

use std::fs;
use std::path::{Path, PathBuf};

use crate::arguments::Arguments;
use crate::process::{root, run as run_process};
use crate::{Result, tools, weight};

/// Makes `dist/` and says what it weighs.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let quiet = arguments.flag("--quiet");
    arguments.finish()?;
    let weight = build()?;
    if !quiet {
        print!("\n{weight}");
    }
    println!("The page is in {}", folder().display());
    Ok(())
}

/// Where the built page is.
pub fn folder() -> PathBuf {
    root().join("dist")
}

/// Makes `dist/` anew. Gives a table of what it weighs; fails if that is above the budget.
pub fn build() -> Result<String> {
    let mut trunk = tools::splitting_trunk()?;
    run_process(trunk.args(["--quiet", "build", "--release", "--features", "split"]))?;
    name_the_program(&folder())?;
    weight::table(&folder())
}

/// Tells the parts that are loaded later the name that trunk has given to the page's program.
fn name_the_program(dist: &Path) -> Result<()> {
    let page = fs::read_to_string(dist.join("index.html"))?;
    let program = page.split('"').find_map(|word| {
        let name = word.strip_prefix("./")?;
        (name.starts_with("raft-playground-") && name.ends_with(".js")).then_some(name)
    });
    let program = program.ok_or("dist/index.html does not name the page's program")?;
    for folder in fs::read_dir(dist.join("snippets"))? {
        let link = folder?.path().join("link.js");
        let text = fs::read_to_string(&link)?;
        fs::write(&link, text.replace("PROGRAM.js", program))?;
    }
    Ok(())
}

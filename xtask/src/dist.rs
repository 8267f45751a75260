//! `cargo xtask build`: the page to put on a web server.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::arguments::Arguments;
use crate::process::{cargo, root, run as run_process, target};
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
    // Trunk would publish the parts of an earlier build if it is done with the search before the page's program is split.
    let parts = target().join("wasm-bindgen/release/snippets");
    if parts.exists() {
        fs::remove_dir_all(parts)?;
    }
    run_process(trunk.args(["--quiet", "build", "--release", "--features", "split"]))?;
    name_the_program(&folder())?;
    leave_out_remarks(&folder().join("index.html"))?;
    // What keeps the page offline knows the files as they are in the end, and is one of them.
    let scripts = weight::files_in(&folder())?.into_iter().filter(|path| is_script(path));
    eprintln!("Shortening the scripts (the first time, about a minute)");
    let (worker, others): (Vec<_>, Vec<_>) = scripts.partition(|path| path.ends_with(OFFLINE));
    shorten(&others)?;
    keep_offline(&folder())?;
    shorten(&worker)?;
    weight::table(&folder())
}

fn is_script(path: &Path) -> bool {
    path.extension().and_then(OsStr::to_str) == Some("js")
}

/// Makes these scripts short (`xtask/scripts`).
fn shorten(scripts: &[PathBuf]) -> Result<()> {
    run_process(cargo(&["run", "--quiet", "--package", "scripts", "--"]).args(scripts))
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

/// Takes out of a page what only its authors read: indentation, empty lines, and remarks that have lines of their own.
fn leave_out_remarks(page: &Path) -> Result<()> {
    Ok(fs::write(page, without_remarks(&fs::read_to_string(page)?))?)
}

fn without_remarks(text: &str) -> String {
    const REMARK: (&str, &str) = ("<!-- ", " -->");
    let mut short = String::with_capacity(text.len());
    let mut is_remark = false;
    for line in text.lines().map(str::trim) {
        is_remark |= line.starts_with(REMARK.0);
        if !is_remark && !line.is_empty() {
            short.extend([line, "\n"]);
        }
        is_remark &= !line.ends_with(REMARK.1);
    }
    short
}

/// The page's service worker.
const OFFLINE: &str = "offline.js";

/// What `static/offline.js` says before it knows the files.
const NO_FILES: [&str; 2] = ["const VERSION = \"\";", "const FILES = [];"];

/// Tells the page's service worker all files, and their version, which changes with any of them. The page learns that there is
/// one: a page that is served while it is worked on has none.
fn keep_offline(dist: &Path) -> Result<()> {
    let page = dist.join("index.html");
    let text = fs::read_to_string(&page)?.replacen("<html ", "<html data-offline ", 1);
    fs::write(&page, text)?;
    let mut hasher = DefaultHasher::new();
    let mut names = Vec::new();
    let mut paths = weight::files_in(dist)?;
    paths.sort();
    for path in paths {
        let parts: Vec<_> = path
            .strip_prefix(dist)?
            .iter()
            .map(|part| part.to_string_lossy())
            .collect();
        let name = parts.join("/");
        if name != OFFLINE {
            (&name, fs::read(&path)?).hash(&mut hasher);
            // The page itself is asked for by the address of its folder.
            names.push(if name == "index.html" { "./".to_owned() } else { name });
        }
    }
    let worker = dist.join(OFFLINE);
    let text = fs::read_to_string(&worker)?;
    let version = format!("const VERSION = \"{:016x}\";", hasher.finish());
    let files = format!("const FILES = {names:?};");
    if !NO_FILES.iter().all(|line| text.contains(line)) {
        return Err("static/offline.js has no room for the list of files".into());
    }
    fs::write(worker, text.replace(NO_FILES[0], &version).replace(NO_FILES[1], &files))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_loses_what_only_its_authors_read() {
        let page = "<p>\n  <!-- One. -->\n  Two <b>\n  <!-- Three\n       four. -->\n\n  </b>\n</p>\n";
        assert_eq!(without_remarks(page), "<p>\nTwo <b>\n</b>\n</p>\n");
    }
}

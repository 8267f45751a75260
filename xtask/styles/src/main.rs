//! Puts the sheets of `static/styles/` together into three that the page loads: `target/styles.css`, `target/later.css` with
//! the look of what is not on screen at first, and `target/print.css` with that of a page on paper.
//!
//! Trunk runs this before each build (`Trunk.toml`). It depends on nothing, so that this takes no time.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What the other sheets build upon, in this order. These follow by name: none of them counts on its place.
const FIRST: [&str; 3] = ["tokens.css", "base.css", "layout.css"];

/// The sheets of features that come with the last part of the program (`src/ui/app/lazy.rs`).
const LATER: [&str; 20] = [
    "adversary.css",
    "atlas.css",
    "branches.css",
    "diagram.css",
    "fields.css",
    "help.css",
    "laboratory.css",
    "lessons.css",
    "log-lines.css",
    "network.css",
    "notes.css",
    "practice.css",
    "present.css",
    "ring-menu.css",
    "ring-signs.css",
    "rules.css",
    "safety.css",
    "servers.css",
    "share.css",
    "why.css",
];

/// What only paper needs: the browser loads it behind all else.
const PRINT: &str = "print.css";

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let is_later = |sheet: &PathBuf| LATER.iter().any(|later| sheet.ends_with(later));
    let (later, others): (Vec<_>, Vec<_>) = sheets(&root.join("static/styles"))?.into_iter().partition(is_later);
    let (print, first): (Vec<_>, Vec<_>) = others.into_iter().partition(|sheet| sheet.ends_with(PRINT));
    let target = root.join("target");
    fs::create_dir_all(&target)?;
    for (name, sheets) in [("styles.css", first), ("later.css", later), ("print.css", print)] {
        let sheets: Vec<String> = sheets.iter().map(fs::read_to_string).collect::<Result<_, _>>()?;
        let together: String = sheets.iter().map(|sheet| compact(sheet)).collect();
        fs::write(target.join(name), together)?;
    }
    Ok(())
}

/// The sheets of a folder in the order in which they apply.
fn sheets(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    let mut sheets: Vec<_> = entries
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension() == Some(OsStr::new("css")))
        .collect();
    sheets.sort_by_cached_key(|path| {
        let name = path.file_name().map(OsStr::to_owned).unwrap_or_default();
        (
            FIRST.iter().position(|first| name == *first).unwrap_or(FIRST.len()),
            name,
        )
    });
    Ok(sheets)
}

/// A sheet without its comments, indentation, lines and other space, which only its authors need.
fn compact(sheet: &str) -> String {
    let mut rules = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        rules += before;
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    rules += rest;
    let mut together = String::with_capacity(rules.len());
    for line in rules.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with('}') && together.ends_with(';') {
            together.pop();
        } else if !together.is_empty() && !together.ends_with(['{', '}', ';', ',']) {
            // A value, or a selector, on several lines.
            together.push(' ');
        }
        match line.split_once(": ").filter(|(name, _)| is_property(name)) {
            Some((property, value)) => together.extend([property, ":", value]),
            None => together += line,
        }
    }
    together + "\n"
}

fn is_property(name: &str) -> bool {
    name.chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{FIRST, compact, sheets};

    #[test]
    fn a_sheet_loses_what_only_its_authors_need() {
        let sheet =
            "/* A ring\n   of servers */\n.ring {\n  fill: none; /* seen through */\n}\n\n.edge { stroke: red; }\n";
        assert_eq!(compact(sheet), ".ring {fill:none}.edge { stroke: red; }\n");
        let areas = "main {\n  grid-template:\n    'a b' 1fr\n    'c d' / 1fr;\n  content: ': ';\n}\n\na,\nb:is(i, u) :hover {\n  top: 0;\n}\n";
        assert_eq!(
            compact(areas),
            "main {grid-template: 'a b' 1fr 'c d' / 1fr;content:': '}a,b:is(i, u) :hover {top:0}\n"
        );
    }

    #[test]
    fn what_others_build_upon_comes_first_and_the_others_by_name() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/styles");
        let sheets = sheets(&folder).unwrap();
        let names: Vec<_> = sheets
            .iter()
            .map(|path| path.file_name().unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names[..FIRST.len()], FIRST);
        assert!(names[FIRST.len()..].is_sorted(), "{names:?}");
    }
}

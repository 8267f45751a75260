//! The documents are true of the repository: what they link to and name is there.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders of the repository. A name in a document that begins with one is a path.
const FOLDERS: [&str; 8] = [
    "src/",
    "tests/",
    "docs/",
    "static/",
    "examples/",
    "benches/",
    "xtask/",
    ".cargo/",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Each document with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let in_docs = fs::read_dir(root().join("docs")).expect("a folder");
    let files = in_docs.map(|entry| entry.expect("a readable folder").path());
    let files = files.filter(|file| file.extension().is_some_and(|extension| extension == "md"));
    let outside = ["README.md", "CONTRIBUTING.md"].map(|name| root().join(name));
    let read = |file: PathBuf| fs::read_to_string(&file).map(|text| (file, text)).expect("a text file");
    files.chain(outside).map(read).collect()
}

/// The texts between a start and an end, each on one line.
fn between<'t>(text: &'t str, start: &'t str, end: char) -> impl Iterator<Item = &'t str> {
    let pieces = text.lines().flat_map(move |line| line.split(start).skip(1));
    pieces.filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

/// What stands in backticks, outside blocks of code.
fn code(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose
        .flat_map(str::lines)
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    for (file, text) in documents() {
        let pictures = between(&text, "src=\"", '"').chain(between(&text, "srcset=\"", '"'));
        for link in between(&text, "](", ')').chain(pictures) {
            let (target, heading) = link.split_once('#').unwrap_or((link, ""));
            if target.starts_with("https://") {
                continue;
            }
            let there = if target.is_empty() {
                file.clone()
            } else {
                file.with_file_name(target)
            };
            assert!(there.exists(), "{}: {link}", file.display());
            let headings = fs::read_to_string(&there).unwrap_or_default();
            let anchor = |line: &str| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-");
            let found = headings
                .lines()
                .any(|line| line.starts_with('#') && anchor(line) == heading);
            assert!(heading.is_empty() || found, "{}: {link}", file.display());
        }
    }
}

/// A path may hold a name to be chosen, in capitals, as in `src/scenario/builtin/NAME.raft`: then its folder is there.
#[test]
fn every_path_that_is_named_is_there() {
    for (file, text) in documents() {
        for path in code(&text)
            .into_iter()
            .filter(|code| FOLDERS.iter().any(|folder| code.starts_with(folder)))
        {
            let folder = path
                .split_once("NAME")
                .map(|(before, _)| before.rsplit_once('/').map_or("", |(folder, _)| folder));
            let there = root().join(folder.unwrap_or(path));
            assert!(there.exists(), "{}: `{path}`", file.display());
        }
    }
}

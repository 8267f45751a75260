//! The style sheets hold nothing that the page does not use.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// All files of these kinds in a folder and those below it.
fn files(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let mut found: Vec<PathBuf> = files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == kind))
        .collect();
    found.extend(folders.iter().flat_map(|folder| self::files(folder, kind)));
    found
}

fn read(paths: &[PathBuf]) -> String {
    paths
        .iter()
        .map(|path| fs::read_to_string(path).expect("a text"))
        .collect()
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(|sign: char| !(sign.is_ascii_alphanumeric() || "-_".contains(sign)))
        .collect()
}

/// What stands before each brace, without comments.
fn selectors(sheet: &str) -> Vec<&str> {
    let uncommented = sheet
        .split("*/")
        .map(|part| part.split("/*").next().unwrap_or_default());
    uncommented
        .flat_map(|part| {
            part.split('{')
                .map(|rule| rule.rsplit(['}', ';']).next().unwrap_or_default())
        })
        .collect()
}

fn names(selector: &str, sign: char) -> impl Iterator<Item = &str> {
    selector.split(sign).skip(1).filter_map(|rest| {
        let end = rest.find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-'));
        let name = &rest[..end.unwrap_or(rest.len())];
        name.starts_with(|first: char| first.is_ascii_alphabetic())
            .then_some(name)
    })
}

#[test]
fn every_class_and_name_in_the_style_sheets_is_one_of_the_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sheets = read(&files(&root.join("static"), "css"));
    let mut source = read(&files(&root.join("src"), "rs"));
    source += &read(&files(&root.join("static"), "js"));
    source += &read(&[root.join("index.html")]);
    let used = words(&source);
    let styled: BTreeSet<&str> = selectors(&sheets)
        .into_iter()
        .flat_map(|selector| names(selector, '.').chain(names(selector, '#')))
        .collect();
    assert!(styled.len() > 300, "{}", styled.len());
    // The depth of a branch is a number after this.
    let unused: Vec<_> = styled
        .iter()
        .filter(|name| !name.starts_with("depth-") && !used.contains(*name))
        .collect();
    assert!(unused.is_empty(), "styled, but not used: {unused:?}");
}

//! A type's name is defined once, so that whoever reads it knows which is meant without looking at the imports.

use std::{collections::BTreeMap, fs};

use crate::source::{Token, rust_files, source_folder, tokens};

/// The types that a file defines, with their lines. What an `impl` or a `trait` says of its own types (`type Item = ...`) defines
/// none.
fn types(tokens: &[Token]) -> Vec<(&str, usize)> {
    let text = |at: usize| tokens.get(at).map_or("", |token: &Token| token.text.as_str());
    let mut found = Vec::new();
    let (mut depth, mut within) = (0, None);
    let mut opens_impl = false;
    for (at, token) in tokens.iter().enumerate() {
        let begins_item = at == 0 || matches!(text(at - 1), ";" | "}" | "{" | "]" | "pub" | ")");
        match token.text.as_str() {
            "impl" if begins_item => opens_impl = true,
            "{" => {
                depth += 1;
                if std::mem::take(&mut opens_impl) {
                    within = within.or(Some(depth));
                }
            }
            "}" => {
                within = within.filter(|impl_depth| *impl_depth != depth);
                depth -= 1;
            }
            kind @ ("struct" | "enum" | "union" | "trait" | "type") if begins_item => {
                let is_name = text(at + 1).starts_with(|first: char| first.is_ascii_uppercase());
                if is_name && (kind != "type" || within.is_none()) {
                    found.push((text(at + 1), token.line));
                }
                opens_impl |= kind == "trait";
            }
            _ => {}
        }
    }
    found
}

#[test]
fn the_name_of_a_type_is_defined_once() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in rust_files(&source_folder()) {
        let source = fs::read_to_string(&path).expect("a text");
        for (name, line) in types(&tokens(&source)) {
            let home = format!("{}:{line}", path.display());
            homes.entry(name.to_owned()).or_default().push(home);
        }
    }
    assert!(homes.len() > 300, "{}", homes.len());
    let twice: Vec<_> = homes.iter().filter(|(_, homes)| homes.len() > 1).collect();
    assert!(twice.is_empty(), "defined more than once: {twice:#?}");
}

#[test]
fn definitions_are_told_from_uses() {
    let source = "
        pub struct One<T>(T);
        #[derive(Clone)] enum Two { A }
        pub(crate) trait Three { type Inner; fn each(&self) -> impl Iterator<Item = u8>; }
        impl Three for Two { type Inner = One<u8>; }
        fn four() { type Four = u8; struct Five { type_name: Four } }
        macro_rules! make { ($name:ident) => { struct $name; } }
    ";
    let names: Vec<_> = types(&tokens(source))
        .into_iter()
        .map(|(name, _)| name.to_owned())
        .collect();
    assert_eq!(names, ["One", "Two", "Three", "Four", "Five"]);
}

//! The layers stay apart: imports go up the table in `src/lib.rs` only, and outside the page nothing names a browser, a clock,
//! a thread, a map whose order shows, or a float.

use std::fs;

use crate::source::{Token, rust_files, source_folder, tokens};

/// Each layer with those that it may use. The page may use all.
const LAYERS: [(&str, &[&str]); 8] = [
    ("raft", &["raft"]),
    ("safety", &["raft", "safety"]),
    ("checker", &["raft", "safety", "checker"]),
    ("sim", &["raft", "safety", "sim"]),
    ("scenario", &["raft", "safety", "checker", "sim", "scenario"]),
    ("lab", &["raft", "safety", "checker", "sim", "scenario", "lab"]),
    ("lesson", &["raft", "safety", "checker", "sim", "scenario", "lesson"]),
    (
        "ui",
        &["raft", "safety", "checker", "sim", "scenario", "lab", "lesson", "ui"],
    ),
];

/// What the protocol is made of besides its types: the safety monitor must not share in its mistakes.
const PROTOCOL: &[&str] = &[
    "Node", "Settings", "Input", "Output", "Outputs", "Rules", "Decision", "Message",
];

/// Names of a browser.
pub const BROWSER: &[&str] = &[
    "yew",
    "web_sys",
    "js_sys",
    "gloo",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "getrandom",
];
const CLOCKS_AND_THREADS: &[&str] = &["SystemTime", "Instant", "Duration", "thread", "rayon"];
const MAPS: &[&str] = &["HashMap", "HashSet", "RandomState"];
const FLOATS: &[&str] = &["f32", "f64"];

// --- What is not allowed ---

/// What a file names that it may not name, with lines.
fn offences(layer: &str, source: &str) -> Vec<(usize, String)> {
    let tokens = tokens(source);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        let line = tokens[at].line;
        for used in layers_used(&tokens[at..]) {
            if !may_use(layer, &used) {
                found.push((line, format!("{layer} uses {used}")));
            }
        }
        if layer != "ui" {
            found.extend(not_below_the_page(&tokens, at).map(|what| (line, what)));
        }
        if layer == "safety" && PROTOCOL.contains(&tokens[at].text.as_str()) {
            found.push((line, format!("safety shares {} with raft", tokens[at].text)));
        }
    }
    found
}

fn may_use(layer: &str, used: &str) -> bool {
    let known = LAYERS.iter().any(|(name, _)| *name == used);
    let (_, allowed) = LAYERS
        .iter()
        .find(|(name, _)| *name == layer)
        .expect("a layer of the table");
    !known || allowed.contains(&used)
}

/// The names that follow `crate::`, or a way up by `super::super::`, with those in braces.
fn layers_used(tokens: &[Token]) -> Vec<String> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let colons = |at| text(at) == ":" && text(at + 1) == ":";
    let begins = text(0) == "crate" || (text(0) == "super" && colons(1) && text(3) == "super");
    if !begins {
        return Vec::new();
    }
    let mut at = 0;
    while matches!(text(at), "crate" | "super") && colons(at + 1) {
        at += 3;
    }
    if text(at) != "{" {
        return vec![text(at).to_owned()];
    }
    let mut depth = 0;
    let mut names = Vec::new();
    while at < tokens.len() {
        match text(at) {
            "{" => depth += 1,
            "}" if depth == 1 => break,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 1 && matches!(text(at), "{" | ",") {
            names.push(text(at + 1).to_owned());
        }
        at += 1;
    }
    names
}

/// What no layer below the page may name.
fn not_below_the_page(tokens: &[Token], at: usize) -> Option<String> {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let word = text(at);
    let lists = [
        (BROWSER, "the browser"),
        (CLOCKS_AND_THREADS, "a clock or thread"),
        (MAPS, "a map whose order shows"),
        (FLOATS, "a float"),
    ];
    if let Some((_, what)) = lists.iter().find(|(words, _)| words.contains(&word)) {
        return Some(format!("{word} is {what}"));
    }
    if word == "std" && text(1 + at) == ":" && text(3 + at) == "time" {
        return Some("std::time is a clock".to_owned());
    }
    let is_fraction = word.contains('.') && word.len() > 1;
    // In a.0.1 the number is two fields of tuples.
    (is_fraction && (at == 0 || text(at - 1) != ".")).then(|| format!("{word} is a float"))
}

// --- The tests ---

#[test]
fn no_layer_names_what_it_may_not() {
    let mut found = Vec::new();
    for (layer, _) in LAYERS {
        for file in rust_files(&source_folder().join(layer)) {
            let source = fs::read_to_string(&file).expect("a text file");
            for (line, what) in offences(layer, &source) {
                found.push(format!("{}:{line}: {what}", file.display()));
            }
        }
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_folder_is_a_layer_of_the_table() {
    let folders = fs::read_dir(source_folder()).expect("a folder").filter_map(|entry| {
        let path = entry.expect("a readable folder").path();
        path.is_dir()
            .then(|| path.file_name().unwrap_or_default().display().to_string())
    });
    for folder in folders {
        assert!(
            LAYERS.iter().any(|(layer, _)| *layer == folder),
            "say above what src/{folder} may use"
        );
    }
}

/// Lines of a source text in which something is found.
fn lines(layer: &str, source: &str) -> Vec<usize> {
    offences(layer, source).into_iter().map(|(line, _)| line).collect()
}

#[test]
fn what_is_not_allowed_is_found_with_its_line() {
    assert_eq!(lines("raft", "// fine\nuse crate::sim::World;"), [2]);
    assert_eq!(
        lines("raft", "use crate::{\n    raft::Node,\n    sim::{World, raft},\n};"),
        [1]
    );
    assert_eq!(lines("scenario", "use super::super::ui::App;"), [1]);
    assert_eq!(lines("sim", "let a = 1;\n\nlet b: std::time::Foo;"), [3]);
    assert_eq!(lines("sim", "let half = x * 0.5;"), [1]);
    assert_eq!(lines("sim", "fn f(x: f64) {}\nuse web_sys::Window;"), [1, 2]);
    assert_eq!(lines("safety", "use std::collections::HashMap;"), [1]);
    assert_eq!(lines("safety", "use crate::raft::{Node, Term};"), [1]);
}

#[test]
fn what_is_allowed_is_not_found() {
    assert_eq!(
        lines(
            "ui",
            "use crate::{raft::Node, sim::World};\nlet half = 0.5; use yew::html;"
        ),
        []
    );
    assert_eq!(
        lines(
            "sim",
            "use crate::{raft::{Node, ui}, safety::Monitor}; use super::{Micros, time};"
        ),
        []
    );
    assert_eq!(
        lines(
            "sim",
            "/// No f64, no HashMap, no crate::ui.\n/* thread */ let s = \"f64 \\\" yew\";"
        ),
        []
    );
    assert_eq!(
        lines(
            "sim",
            "let t = a.0.1; let r = 1..5; let m = 1.max(5); let c = '\"'; fn f<'a>(x: &'a u8) {}"
        ),
        []
    );
    assert_eq!(lines("sim", "let raw = r#\"crate::ui::App \" f64\"#;"), []);
}

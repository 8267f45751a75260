//! The rooms of the page stay apart, and nothing in the program is built on itself.
//!
//! Imports in `src/ui` run app -> features -> {explain, intent, text, svg, kit} -> run -> the layers below. What two features
//! need sinks below both; what puts two of them together is in the app.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use crate::layers::BROWSER;
use crate::source::{Token, module_of, rust_files, source_folder, tokens};

/// Each room of the page with the rooms that it may use.
const ROOMS: [(&str, &[&str]); 8] = [
    (
        "app",
        &["app", "features", "explain", "intent", "text", "svg", "kit", "run"],
    ),
    ("features", &["explain", "intent", "text", "svg", "kit", "run"]),
    ("explain", &["explain", "text", "run"]),
    ("intent", &["explain", "text", "run"]),
    ("text", &["text", "run"]),
    ("svg", &["svg", "text", "kit", "run"]),
    ("kit", &["kit", "text"]),
    ("run", &["run"]),
];

/// Rooms that work and are tested without a browser.
const NO_BROWSER: [&str; 4] = ["explain", "intent", "run", "text"];
/// What only a page in a browser knows, besides what no layer below it may name.
const OF_A_PAGE: [&str; 6] = ["html", "Html", "AttrValue", "Callback", "NodeRef", "classes"];

// --- The program as modules that import each other ---

/// The way to a module, `ui::svg::point`.
type Path = Vec<String>;

/// What one module names of others.
#[derive(Debug, Default)]
struct Module {
    /// Paths as they are written, with their lines: of imports and of the code.
    names: Vec<(Path, usize)>,
    /// By name what it passes on as its own (`pub use`).
    passed_on: BTreeMap<String, Path>,
    /// Where its tests begin; names from there on are not the program's.
    tests_from: usize,
    tokens: Vec<Token>,
}

/// All modules by their paths.
type Program = BTreeMap<Path, Module>;

/// The modules of some files, given by path below `src` and text.
fn program<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Program {
    let read = |(file, text): (&str, &str)| (module_of(file), read(text));
    files.into_iter().map(read).collect()
}

fn read(text: &str) -> Module {
    let tokens = tokens(text);
    let mut module = Module {
        tests_from: tests_from(&tokens),
        ..Module::default()
    };
    let mut at = 0;
    while at < tokens.len() {
        if text_at(&tokens, at) == "use" {
            let passes_on = at > 0 && matches!(text_at(&tokens, at - 1), "pub" | ")");
            let mut paths = Vec::new();
            at = read_import(&tokens, at + 1, &[], &mut paths);
            for (path, line) in paths {
                match path.last() {
                    // What it passes on counts for those who import it.
                    Some(last) if passes_on => drop(module.passed_on.insert(last.clone(), path)),
                    _ => module.names.push((path, line)),
                }
            }
        } else if let Some(path) = path_at(&tokens, at) {
            at += path.len() * 3 - 2;
            module.names.push((path, tokens[at - 1].line));
        } else {
            at += 1;
        }
    }
    module.tokens = tokens;
    module
}

fn text_at(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

/// The line from which on a file holds tests.
fn tests_from(tokens: &[Token]) -> usize {
    let begins = |window: &[Token]| {
        let words: Vec<_> = window.iter().map(|token| token.text.as_str()).collect();
        words[..7] == ["#", "[", "cfg", "(", "test", ")", "]"] && words[7] == "mod" && words[9] == "{"
    };
    tokens
        .windows(10)
        .find(|window| begins(window))
        .map_or(usize::MAX, |window| window[0].line)
}

/// A path in the code, `a::b::c`; not one in the brackets of `pub(in ...)`.
fn path_at(tokens: &[Token], at: usize) -> Option<Path> {
    let is_name = |at| text_at(tokens, at).starts_with(|first: char| first.is_alphabetic() || first == '_');
    let colons = |at| text_at(tokens, at) == ":" && text_at(tokens, at + 1) == ":";
    let before = at.checked_sub(1).map_or("", |before| text_at(tokens, before));
    if !is_name(at) || !colons(at + 1) || matches!(before, ":" | "in") {
        return None;
    }
    let mut path = vec![text_at(tokens, at).to_owned()];
    let mut end = at + 1;
    while colons(end) && is_name(end + 2) {
        path.push(text_at(tokens, end + 2).to_owned());
        end += 3;
    }
    (path.len() > 1).then_some(path)
}

/// Reads a part of an import, `a::b` or `a::{b, c::d}`, into the paths that it stands for. Says where it ends.
fn read_import(tokens: &[Token], from: usize, before: &[String], paths: &mut Vec<(Path, usize)>) -> usize {
    let mut path = before.to_vec();
    let mut at = from;
    loop {
        match text_at(tokens, at) {
            "{" => {
                at += 1;
                while !matches!(text_at(tokens, at), "}" | "") {
                    at = read_import(tokens, at, &path, paths);
                    at += usize::from(text_at(tokens, at) == ",");
                }
                return at + 1;
            }
            // A folder itself, or all that is in it.
            "self" if path.len() > before.len() || !before.is_empty() => {}
            "*" => {}
            name => path.push(name.to_owned()),
        }
        let line = tokens.get(at).map_or(0, |token| token.line);
        at += 1;
        if text_at(tokens, at) != ":" {
            paths.push((path, line));
            // What it is called here is of no interest.
            return at + if text_at(tokens, at) == "as" { 2 } else { 0 };
        }
        at += 2;
    }
}

/// The module that a path leads to from another one, by way of what modules pass on. `None` for what is no module's.
fn leads_to(program: &Program, from: &[String], path: &[String], steps: usize) -> Option<Path> {
    let mut rest = path;
    let mut here = match rest.first()?.as_str() {
        "crate" => Path::new(),
        "self" | "super" => from.to_vec(),
        first => {
            let child = [from, &[first.to_owned()]].concat();
            if !program.contains_key(&child) {
                return None;
            }
            from.to_vec()
        }
    };
    while let Some(first) = rest.first() {
        match first.as_str() {
            "crate" | "self" => {}
            "super" => drop(here.pop()),
            name => {
                let child = [here.as_slice(), &[name.to_owned()]].concat();
                if program.contains_key(&child) {
                    here = child;
                } else {
                    let passed_on = program.get(&here).and_then(|module| module.passed_on.get(name));
                    let further = passed_on.filter(|_| steps > 0);
                    return Some(
                        further
                            .and_then(|path| leads_to(program, &here, path, steps - 1))
                            .unwrap_or(here),
                    );
                }
            }
        }
        rest = &rest[1..];
    }
    Some(here)
}

/// An import: from a module to another one, and the line in which it stands.
type Arrow = (Path, Path, usize);

fn arrows(program: &Program, with_tests: bool) -> Vec<Arrow> {
    let mut arrows = Vec::new();
    for (from, module) in program {
        // Tests stand in a file of their own where they are long.
        let is_tests = from.last().is_some_and(|last| last == "tests");
        for (path, line) in &module.names {
            let is_test = is_tests || *line >= module.tests_from;
            if is_test && !with_tests {
                continue;
            }
            let here = if is_test && !is_tests {
                [from.as_slice(), &["tests".to_owned()]].concat()
            } else {
                from.clone()
            };
            match leads_to(program, &here, path, 5) {
                Some(to) if to != *from => arrows.push((from.clone(), to, *line)),
                _ => {}
            }
        }
    }
    arrows
}

// --- What is not allowed ---

/// The room of the page that a module is in. The root of the page is the app's.
fn room(module: &[String]) -> Option<&str> {
    match module {
        [ui] if ui == "ui" => Some("app"),
        [ui, room, ..] if ui == "ui" => Some(room),
        _ => None,
    }
}

/// Imports against the order of the rooms.
fn offences(program: &Program) -> Vec<String> {
    let mut found = Vec::new();
    for (from, to, line) in arrows(program, true) {
        let at = format!("{}, line {line}", from.join("::"));
        let to_name = to.join("::");
        match (room(&from), room(&to)) {
            // The folder that lists the features is none of them.
            (Some("features"), Some("features")) if from.len() <= 2 || to.get(2) == from.get(2) => {}
            (Some("features"), Some("features")) => found.push(format!("{at}: a feature imports {to_name}")),
            (Some(here), Some(there)) => {
                let (_, allowed) = ROOMS
                    .iter()
                    .find(|(name, _)| *name == here)
                    .expect("a room of the table");
                if !allowed.contains(&there) {
                    found.push(format!("{at}: {here} imports {to_name}"));
                }
            }
            (Some("kit"), None) => found.push(format!("{at}: kit knows {to_name}")),
            _ => {}
        }
    }
    found.extend(browsers(program));
    found
}

/// Names of the browser where none may be.
fn browsers(program: &Program) -> Vec<String> {
    let bare = program
        .iter()
        .filter(|(path, _)| room(path).is_some_and(|room| NO_BROWSER.contains(&room)));
    bare.flat_map(|(path, module)| {
        let names = module
            .tokens
            .iter()
            .filter(|token| OF_A_PAGE.contains(&token.text.as_str()) || BROWSER.contains(&token.text.as_str()));
        names.map(move |token| {
            format!(
                "{}, line {}: {} is a browser's",
                path.join("::"),
                token.line,
                token.text
            )
        })
    })
    .collect()
}

/// Modules side by side in one folder that import each other in a circle, each with all that is below it: layers, rooms,
/// features, files. That a module uses what the folder around it defines is none: the two are one thing that is told in several
/// files. What a folder only passes on counts as an import of the file that defines it.
fn circles(program: &Program) -> Vec<String> {
    let mut sides: BTreeMap<Path, BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    let arrows = arrows(program, false);
    for (from, to, _) in &arrows {
        let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
        if let (Some(here), Some(there)) = (from.get(shared), to.get(shared)) {
            let side = sides.entry(from[..shared].to_vec()).or_default();
            side.entry(here).or_default().insert(there);
        }
    }
    let mut found = Vec::new();
    for (folder, side) in &sides {
        for name in side.keys() {
            let reached = reached(side, name);
            if reached.contains(name) {
                found.push(format!("{}: {name} is built on itself", folder.join("::")));
            }
        }
    }
    found
}

fn reached<'a>(side: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&str> = side.get(from).into_iter().flatten().copied().collect();
    while let Some(next) = open.pop() {
        if reached.insert(next) {
            open.extend(side.get(next).into_iter().flatten());
        }
    }
    reached
}

// --- The tests ---

/// The program as it is.
fn whole() -> Program {
    let folder = source_folder();
    let files = rust_files(&folder).into_iter().map(|path| {
        let name = path
            .strip_prefix(&folder)
            .expect("a file of the folder")
            .display()
            .to_string();
        (name.replace('\\', "/"), fs::read_to_string(&path).expect("a text file"))
    });
    let files: Vec<_> = files.filter(|(name, _)| name != "main.rs").collect();
    program(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

#[test]
fn no_room_names_what_it_may_not() {
    let found = offences(&whole());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn nothing_is_built_on_itself() {
    let found = circles(&whole());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_room_is_one_of_the_table() {
    for path in whole().keys() {
        if let Some(room) = room(path) {
            assert!(
                ROOMS.iter().any(|(name, _)| *name == room),
                "say above what src/ui/{room} may use"
            );
        }
    }
}

/// Files that are below the features, so that something can be imported from them.
const BELOW: [(&str, &str); 8] = [
    ("sim/mod.rs", ""),
    ("ui/mod.rs", ""),
    ("ui/app/mod.rs", ""),
    ("ui/features/mod.rs", ""),
    ("ui/features/ring/mod.rs", ""),
    ("ui/text/mod.rs", ""),
    ("ui/run/mod.rs", "pub mod player;"),
    ("ui/run/player.rs", ""),
];

/// What is wrong with one more file.
fn wrong(file: &str, text: &str) -> Vec<String> {
    offences(&program(BELOW.into_iter().chain([
        (file, text),
        ("sim/mod.rs", ""),
        ("ui/app/mod.rs", ""),
    ])))
}

#[test]
fn an_import_upward_is_found() {
    assert_eq!(
        wrong(
            "ui/explain/why.rs",
            "use crate::{\n    sim::Event,\n    ui::{run::player::Player, features::ring},\n};"
        ),
        ["ui::explain::why, line 3: explain imports ui::features::ring"]
    );
    assert_eq!(
        wrong("ui/run/view.rs", "fn f() {\n    crate::ui::text::list();\n}"),
        ["ui::run::view, line 2: run imports ui::text"]
    );
    assert_eq!(
        wrong("ui/features/log/mod.rs", "use super::super::app;"),
        ["ui::features::log, line 1: features imports ui::app"]
    );
    assert_eq!(
        wrong("ui/kit/dom.rs", "use crate::sim::Event;"),
        ["ui::kit::dom, line 1: kit knows sim"]
    );
}

#[test]
fn a_feature_that_imports_another_is_found_also_in_its_tests() {
    let found = ["ui::features::log, line 1: a feature imports ui::features::ring"];
    assert_eq!(
        wrong("ui/features/log/mod.rs", "use crate::ui::features::ring::Ring;"),
        found
    );
    assert_eq!(wrong("ui/features/log/mod.rs", "use super::{ring, log as it};"), found);
    let test = "#[cfg(test)]\nmod tests {\n    use crate::ui::features::ring::Ring;\n}";
    assert_eq!(wrong("ui/features/log/mod.rs", test).len(), 1);
    assert!(wrong("ui/features/ring/marks.rs", "use crate::ui::features::ring::Ring;").is_empty());
}

#[test]
fn a_browser_is_found_where_none_may_be() {
    assert_eq!(
        wrong("ui/run/view.rs", "// yew\nfn name() -> yew::AttrValue {}"),
        [
            "ui::run::view, line 2: yew is a browser's",
            "ui::run::view, line 2: AttrValue is a browser's"
        ]
    );
    assert!(wrong("ui/svg/point.rs", "use yew::prelude::*;").is_empty());
}

#[test]
fn what_runs_downward_is_not_found() {
    let text = "use crate::ui::{features::ring::Ring, run::player};\npub(in crate::ui) fn f() { player::g(); }";
    assert!(wrong("ui/app/keys.rs", text).is_empty());
    assert!(
        wrong(
            "ui/text/numbers.rs",
            "/// [`crate::ui::app`]\nuse crate::{ui::run::player::Player, sim::Event};"
        )
        .is_empty()
    );
}

#[test]
fn a_circle_is_found_through_what_a_folder_passes_on() {
    let one_way = [
        (
            "sim/mod.rs",
            "mod event;\nmod queue;\npub use event::Event;\npub use queue::Queue;",
        ),
        ("sim/event.rs", ""),
        ("sim/queue.rs", "use super::Event;"),
    ];
    assert!(circles(&program(one_way)).is_empty());
    let round = [one_way[0], ("sim/event.rs", "use crate::sim::Queue;"), one_way[2]];
    assert_eq!(
        circles(&program(round)),
        ["sim: event is built on itself", "sim: queue is built on itself"]
    );
}

#[test]
fn a_circle_of_folders_is_one_though_no_file_is_in_it() {
    let files = [
        ("a/mod.rs", ""),
        ("a/one.rs", "use crate::b::two::Two;"),
        ("a/three.rs", ""),
        ("b/mod.rs", ""),
        ("b/two.rs", ""),
        ("b/four.rs", "use crate::a::three::Three;"),
    ];
    assert_eq!(
        circles(&program(files)),
        [": a is built on itself", ": b is built on itself"]
    );
}

#[test]
fn a_module_and_the_folder_around_it_are_no_circle_and_tests_make_none() {
    let files = [
        ("sim/mod.rs", "mod event;\nfn f() { event::g(); }\npub struct Time;"),
        ("sim/event.rs", "use super::Time;"),
    ];
    assert!(circles(&program(files)).is_empty());
    let tests = [
        ("sim/mod.rs", ""),
        (
            "sim/event.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::sim::queue::Queue;\n}",
        ),
        ("sim/queue.rs", "use crate::sim::event::Event;"),
        ("sim/queue/tests.rs", "use super::*;\nuse crate::sim::World;"),
        ("sim/world.rs", "use crate::sim::queue::Queue;"),
    ];
    assert!(circles(&program(tests)).is_empty());
}

//! Reads the program's files, just well enough.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// A piece of code: a name, a number, or a single sign.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// The code without its comments, strings and characters.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest).unwrap_or_else(|| {
            let length = token_length(rest);
            if !first.is_whitespace() {
                let text = rest[..length].to_owned();
                tokens.push(Token { text, line });
            }
            length
        });
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// How long a comment, string or character is that begins here.
fn skipped(rest: &str) -> Option<usize> {
    let up_to = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    if rest.starts_with("//") {
        return Some(up_to("\n", 2));
    }
    if rest.starts_with("/*") {
        return Some(up_to("*/", 2));
    }
    if rest.starts_with("r\"") {
        return Some(up_to("\"", 2));
    }
    if rest.starts_with("r#\"") {
        return Some(up_to("\"#", 3));
    }
    if rest.starts_with('"') {
        return Some(escaped(rest, '"'));
    }
    // 'a' and '\n' are characters, 'a alone is a lifetime.
    let mut ahead = rest.strip_prefix('\'')?.chars();
    let character = ahead.next() == Some('\\') || ahead.next() == Some('\'');
    character.then(|| escaped(rest, '\''))
}

fn escaped(rest: &str, quote: char) -> usize {
    let mut backslash = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if backslash => backslash = false,
            '\\' => backslash = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn token_length(rest: &str) -> usize {
    let word = |character: char| character.is_alphanumeric() || character == '_';
    let length = rest.find(|character| !word(character)).unwrap_or(rest.len());
    if length == 0 {
        return rest.chars().next().map_or(0, char::len_utf8);
    }
    // The fraction belongs to a number: 1.5, but not 1..5 and not 1.max(5).
    let is_number = rest.starts_with(|character: char| character.is_ascii_digit());
    match rest[length..].strip_prefix('.') {
        Some(fraction) if is_number && fraction.starts_with(|digit: char| digit.is_ascii_digit()) => {
            length + 1 + fraction.find(|character| !word(character)).unwrap_or(fraction.len())
        }
        _ => length,
    }
}

/// All files of the program in a folder and those below it.
pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a readable folder").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

pub fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The way to the module of a file, given by its path below `src`: `ui/svg/mod.rs` is `ui::svg`.
pub fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    let parts = path.split('/').filter(|part| !matches!(*part, "lib" | "mod"));
    parts.map(str::to_owned).collect()
}

//! Stands in for wasm-bindgen while trunk builds the page: it takes out of the program what is loaded later, then lets the
//! real wasm-bindgen go on with the rest.
//!
//! Trunk has no step between the compiler and wasm-bindgen, and finds wasm-bindgen by its name; `cargo xtask build` puts
//! this program in its place. What is cut off is what only the split points of `src/main.rs` lead to. It lies in a folder
//! of wasm-bindgen's snippets, which trunk copies as it is; its name is that of the content, so that no browser's cache
//! mixes two versions.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use wasm_encoder::Module;
use wasm_encoder::reencode::{Error as EncodeError, Reencode};
use wasm_split_cli_support::{Options, transform};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Where the real wasm-bindgen is.
const WASM_BINDGEN: &str = "SPLIT_WASM_BINDGEN";

/// What stands in the cut-off part for the name of the page's program, which trunk chooses when all else is done.
const PROGRAM: &str = "PROGRAM.js";

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: the program can't be split: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[OsString]) -> Result<ExitCode> {
    let program = arguments
        .iter()
        .position(|argument| Path::new(argument).extension().is_some_and(|it| it == "wasm"));
    let Some(program) = program else {
        return bind(arguments);
    };
    let content = fs::read(&arguments[program])?;
    if !has_split_points(&content) {
        return bind(arguments);
    }
    let out = option(arguments, "--out-dir").ok_or("trunk did not say where to (--out-dir)")?;
    let main = split(&content, &out)?;
    let mut arguments = arguments.to_vec();
    arguments[program] = main.into();
    // The parts share memory and functions, by exports that wasm-bindgen would take away. Names had to stay for the split.
    let options = [
        "--keep-lld-exports",
        "--remove-name-section",
        "--remove-producers-section",
    ];
    arguments.extend(options.map(OsString::from));
    bind(&arguments)
}

/// The real wasm-bindgen.
fn bind(arguments: &[OsString]) -> Result<ExitCode> {
    let program =
        env::var_os(WASM_BINDGEN).ok_or_else(|| format!("{WASM_BINDGEN} does not say where wasm-bindgen is"))?;
    let status = Command::new(program).args(arguments).status()?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The value of an option that is given as `--name=value` or as `--name value`.
fn option(arguments: &[OsString], name: &str) -> Option<PathBuf> {
    let mut arguments = arguments.iter();
    loop {
        let argument = arguments.next()?.to_str()?;
        match argument.strip_prefix(name) {
            Some("") => return arguments.next().map(PathBuf::from),
            Some(rest) if rest.starts_with('=') => return Some(rest[1..].into()),
            _ => {}
        }
    }
}

/// `wasm_split` leaves a section of its own in a program.
fn has_split_points(program: &[u8]) -> bool {
    const MARK: &[u8] = b"__wasm_split_unstable";
    program.windows(MARK.len()).any(|window| window == MARK)
}

/// Cuts the program in parts below `out`. Gives the place of the part that the page begins with, for wasm-bindgen.
fn split(program: &[u8], out: &Path) -> Result<PathBuf> {
    let snippets = out.join("snippets");
    // What an earlier build has left there would be published as well.
    if snippets.exists() {
        fs::remove_dir_all(&snippets)?;
    }
    let folder = snippets.join(format!("later-{:016x}", hash(program)));
    fs::create_dir_all(&folder)?;
    let main = out.join("first.wasm");
    let link = format!(
        "./snippets/{}/link.js",
        folder.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    );
    let main_module = format!("../../{PROGRAM}");
    let mut options = Options::new(program);
    options.output_dir = out;
    options.main_out_path = &main;
    options.link_name = &link;
    options.main_module = &main_module;
    let parts = transform(options).map_err(|error| format!("{error:#}"))?;
    for part in parts.split_modules {
        let name = part.file_name().ok_or("a part has no name")?;
        fs::write(folder.join(name), compact(&fs::read(&part)?)?)?;
        fs::remove_file(&part)?;
    }
    Ok(main)
}

fn hash(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

/// The same module without names, and with numbers as short as they can be: the linker left room in them for the split.
fn compact(module: &[u8]) -> Result<Vec<u8>> {
    let mut compacted = Module::new();
    Compact
        .parse_core_module(&mut compacted, wasmparser::Parser::new(0), module)
        .map_err(|error| format!("{error}"))?;
    Ok(compacted.finish())
}

struct Compact;

impl Reencode for Compact {
    type Error = std::convert::Infallible;

    fn parse_custom_section(
        &mut self,
        _: &mut Module,
        _: wasmparser::CustomSectionReader<'_>,
    ) -> std::result::Result<(), EncodeError<Self::Error>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_found_in_both_spellings() {
        for spelling in [&["--out-dir", "here"][..], &["--target=web", "--out-dir=here"][..]] {
            let arguments: Vec<OsString> = spelling.iter().map(OsString::from).collect();
            assert_eq!(option(&arguments, "--out-dir"), Some("here".into()));
        }
        assert_eq!(option(&["--out-directory".into()], "--out-dir"), None);
    }

    #[test]
    fn a_program_without_split_points_is_left_alone() {
        assert!(!has_split_points(&Module::new().finish()));
    }
}

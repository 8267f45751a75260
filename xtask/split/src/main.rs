//! Stands in for wasm-bindgen while trunk builds the page: it takes out of the program what is loaded later, then lets the
//! real wasm-bindgen go on with the rest.
//!
//! Trunk has no step between the compiler and wasm-bindgen, and finds wasm-bindgen by its name; `cargo xtask build` puts
//! this program in its place. What is cut off is what only the split points of `src/main.rs` lead to. It lies in a folder
//! of wasm-bindgen's snippets, which trunk copies as it is; its name is that of the content, so that no browser's cache
//! mixes two versions.
//!
//! What program and script call each other by is made short afterwards, in the programs that run beside the page as well:
//! wasm-bindgen's names end in a hash, which no gzip makes smaller, and stand in both files.

mod compact;
mod order;

use std::collections::HashMap;
use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

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
    let out = option(arguments, "--out-dir").ok_or("trunk did not say where to (--out-dir)")?;
    let name = option(arguments, "--out-name").ok_or("trunk did not say what to call it (--out-name)")?;
    let content = fs::read(&arguments[program])?;
    let mut arguments = arguments.to_vec();
    if has_split_points(&content) {
        arguments[program] = split(&content, &out)?.into();
        // The parts share memory and functions, by exports that wasm-bindgen would take away. Names had to stay for the split.
        let options = [
            "--keep-lld-exports",
            "--remove-name-section",
            "--remove-producers-section",
        ];
        arguments.extend(options.map(OsString::from));
    }
    let code = bind(&arguments)?;
    shorten(&out.join(name))?;
    Ok(code)
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
        fs::write(folder.join(name), compact::module(&fs::read(&part)?, &HashMap::new())?)?;
        fs::remove_file(&part)?;
    }
    Ok(main)
}

fn hash(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

/// Gives short names to what the program imports from the script that wasm-bindgen has made beside it. `path` is that of both,
/// without what follows the name.
fn shorten(path: &Path) -> Result<()> {
    let beside = |end: &str| {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        PathBuf::from(file)
    };
    let (program, script) = (beside("_bg.wasm"), beside(".js"));
    let module = fs::read(&program)?;
    let names = short_names(&module)?;
    let text = fs::read_to_string(&script)?;
    fs::write(&script, short_script(&text, &names))?;
    fs::write(&program, compact::module(&module, &names)?)?;
    Ok(())
}

/// A short name for each function that a program imports from its script.
fn short_names(module: &[u8]) -> Result<HashMap<String, String>> {
    let mut names = HashMap::new();
    for payload in wasmparser::Parser::new(0).parse_all(module) {
        if let wasmparser::Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                let import = import?;
                if import.module.ends_with("_bg.js") {
                    let short = format!("_{}", names.len());
                    names.entry(import.name.to_owned()).or_insert(short);
                }
            }
        }
    }
    Ok(names)
}

/// The script with those names. In what wasm-bindgen writes, a function that the program imports begins a line: `name: function(`.
fn short_script(script: &str, names: &HashMap<String, String>) -> String {
    let mut short = String::with_capacity(script.len());
    for line in script.lines() {
        let imported = line
            .trim_start()
            .split_once(':')
            .and_then(|(name, rest)| Some((names.get(name)?, rest)));
        match imported {
            Some((name, rest)) => short.extend([name, ":", rest]),
            None => short += line,
        }
        short.push('\n');
    }
    short
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{EntityType, ImportSection, Module, TypeSection};

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
    fn a_script_keeps_all_but_names() {
        let script = "return {\n    __wbg_now_0f: function() {\n        return __wbg_now_0f;\n    },\n};\n";
        let names = HashMap::from([("__wbg_now_0f".to_owned(), "_0".to_owned())]);
        let short = "return {\n_0: function() {\n        return __wbg_now_0f;\n    },\n};\n";
        assert_eq!(short_script(script, &names), short);
    }

    #[test]
    fn a_program_and_its_script_agree_on_the_names() {
        let mut module = Module::new();
        let mut types = TypeSection::new();
        types.ty().function([], []);
        module.section(&types);
        let mut imports = ImportSection::new();
        for (from, name) in [("./page_bg.js", "__wbg_now_0f"), ("./link.js", "load")] {
            imports.import(from, name, EntityType::Function(0));
        }
        module.section(&imports);
        let module = module.finish();
        let names = short_names(&module).unwrap();
        assert_eq!(names, HashMap::from([("__wbg_now_0f".to_owned(), "_0".to_owned())]));
        let short = String::from_utf8_lossy(&compact::module(&module, &names).unwrap()).into_owned();
        assert!(
            short.contains("_0") && short.contains("load") && !short.contains("__wbg"),
            "{short}"
        );
    }

    #[test]
    fn a_program_without_split_points_stays_whole() {
        assert!(!has_split_points(&Module::new().finish()));
    }
}

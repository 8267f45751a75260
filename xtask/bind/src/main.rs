//! `bind PROGRAM FOLDER`: writes a WebAssembly program into a folder, and the script beside it that browsers start it with.
//!
//! It is what `wasm-bindgen --target=web` does, as a program that is compiled in a quarter of the time, so that a newcomer sees the
//! page sooner (`xtask/src/look.rs`). All other commands use wasm-bindgen's own.

use std::env;
use std::path::PathBuf;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [program, folder] = &arguments[..] else {
        anyhow::bail!("usage: bind PROGRAM FOLDER");
    };
    Bindgen::new()
        .input_path(program)
        .web(true)?
        .typescript(false)
        .generate(folder)
}

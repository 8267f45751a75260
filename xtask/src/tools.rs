//! The tools that turn the program into a page, installed where they are missing.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::process::{cargo, command, output, root, run, succeeds, target};

/// The target that browsers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The trunk that gets installed; another patch of this release serves as well if it is newer.
const TRUNK: (u32, u32, u32) = (0, 21, 14);

/// Makes sure that rustc can compile for the browser.
pub fn ensure_wasm_target() -> Result<()> {
    let libraries = output(command("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if libraries.is_some_and(|folder| Path::new(&folder).exists()) {
        return Ok(());
    }
    if output(command("rustup").arg("--version")).is_none() {
        return Err(format!(
            "this Rust can't compile for the browser: install Rust through https://rustup.rs, \
             or add the target {WASM} to the one that is there"
        )
        .into());
    }
    eprintln!("Adding the target {WASM} to this Rust (once, some seconds)");
    run(command("rustup").args(["target", "add", WASM]))
}

/// Makes sure that formatting and lints can be checked.
pub fn ensure_components() -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if !succeeds(cargo(&[subcommand, "--version"]).current_dir(root())) {
            eprintln!("Adding the component {component} to this Rust (once, some seconds)");
            run(command("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// A trunk command, everything it needs being there.
pub fn trunk() -> Result<Command> {
    ensure_wasm_target()?;
    let trunk = ensure_trunk()?;
    ensure_wasm_bindgen("wasm-bindgen")?;
    let mut command = command(trunk);
    command.env("PATH", path_with_tools()?);
    // Some environments set this to 1, which trunk doesn't take for a yes.
    if env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    Ok(command)
}

/// A trunk command that splits the page's program: what is not wanted at first is loaded later.
pub fn splitting_trunk() -> Result<Command> {
    let mut command = trunk()?;
    let wasm_bindgen = ensure_wasm_bindgen("wasm-bindgen")?;
    eprintln!("Building what splits the program (once, about a minute)");
    run(&mut cargo(&["build", "--quiet", "--package", "split"]))?;
    // Trunk knows wasm-bindgen by its name only.
    let stand_in = tools().join("split");
    fs::create_dir_all(&stand_in)?;
    let suffix = env::consts::EXE_SUFFIX;
    fs::copy(
        target().join("debug").join(format!("split{suffix}")),
        stand_in.join(format!("wasm-bindgen{suffix}")),
    )?;
    let path = path_with_tools()?;
    let folders = std::iter::once(stand_in).chain(env::split_paths(&path));
    command
        .env("PATH", env::join_paths(folders)?)
        .env("SPLIT_WASM_BINDGEN", wasm_bindgen)
        // The split goes by the names of functions and takes them away afterwards.
        .env("CARGO_PROFILE_RELEASE_STRIP", "none")
        .env("CARGO_PROFILE_SEARCH_STRIP", "symbols");
    Ok(command)
}

/// The program that runs component tests in a browser.
pub fn component_test_runner() -> Result<PathBuf> {
    ensure_wasm_target()?;
    ensure_wasm_bindgen("wasm-bindgen-test-runner")
}

fn ensure_trunk() -> Result<PathBuf> {
    let fits = |version: &str| {
        parse(version).is_some_and(|(major, minor, patch)| (major, minor) == (TRUNK.0, TRUNK.1) && patch >= TRUNK.2)
    };
    if let Some(trunk) = find("trunk", fits) {
        return Ok(trunk);
    }
    let version = format!("{}.{}.{}", TRUNK.0, TRUNK.1, TRUNK.2);
    install("trunk", &version, "about 5 minutes", &["--locked"])?;
    Ok(tool("trunk"))
}

/// wasm-bindgen's commands must have the very version of the library.
fn ensure_wasm_bindgen(name: &str) -> Result<PathBuf> {
    let version = locked_version("wasm-bindgen")?;
    if let Some(program) = find(name, |found| found == version) {
        return Ok(program);
    }
    let both = ["--bin", "wasm-bindgen", "--bin", "wasm-bindgen-test-runner"];
    install("wasm-bindgen-cli", &version, "about 2 minutes", &both)?;
    Ok(tool(name))
}

/// A program of ours, else one on the `PATH`, whose version is right.
fn find(name: &str, fits: impl Fn(&str) -> bool) -> Option<PathBuf> {
    [tool(name), PathBuf::from(name)].into_iter().find(|program| {
        output(command(program).arg("--version"))
            .as_deref()
            .and_then(|answer| answer.split_whitespace().nth(1))
            .is_some_and(&fits)
    })
}

fn install(package: &str, version: &str, time: &str, options: &[&str]) -> Result<()> {
    eprintln!("Installing {package} {version} into target/tools (once, {time} on two cores)");
    let mut install = cargo(&["install", "--no-default-features", package]);
    install.arg(format!("--version={version}")).args(options);
    install.arg("--root").arg(tools());
    // Optimised little, so that they are built sooner: these tools have little to do.
    install.env("CARGO_PROFILE_RELEASE_LTO", "off");
    install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    run(&mut install)
}

fn tools() -> PathBuf {
    target().join("tools")
}

fn tool(name: &str) -> PathBuf {
    tools().join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

fn path_with_tools() -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(tools().join("bin")).chain(env::split_paths(&path));
    Ok(env::join_paths(folders)?)
}

/// The version of a dependency that Cargo.lock has settled on.
fn locked_version(package: &str) -> Result<String> {
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let version = version_in(&lock, package);
    Ok(version
        .ok_or_else(|| format!("Cargo.lock has no {package}"))?
        .to_owned())
}

fn version_in<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    let version = lines.nth(1)?.strip_prefix("version = \"")?;
    version.strip_suffix('"')
}

fn parse(version: &str) -> Option<(u32, u32, u32)> {
    let mut parts = version.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}

#[cfg(test)]
mod tests {
    use super::{parse, version_in};

    #[test]
    fn versions_are_read() {
        assert_eq!(parse("0.21.14"), Some((0, 21, 14)));
        assert_eq!(parse("nightly"), None);
    }

    #[test]
    fn the_locked_version_is_the_one_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"0.1.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in(lock, "yew"), None);
    }
}

//! `cargo xtask serve`: the playground on this machine.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use headless::Site;

use crate::arguments::Arguments;
use crate::process::{command, root, succeeds, target};
use crate::{Result, look, tools};

const FIRST_PORT: u16 = 8080;

/// What the page is made of.
const SOURCES: [&str; 6] = ["src", "static", "index.html", "Cargo.toml", "Cargo.lock", "Trunk.toml"];

/// Builds the page, serves it and builds it again when its source changes.
///
/// It doesn't leave this to `trunk serve`, which has to be installed first, puts a script into the page that the page's policy
/// forbids, and stays behind when only this process is ended.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let asked = arguments.option("--port")?;
    let open = arguments.flag("--open");
    let debug = arguments.flag("--debug");
    arguments.finish()?;
    let listener = listen(asked)?;
    let mut built = fingerprint();
    let profile = if debug { "dev" } else { "look" };
    tools::ensure_wasm_target()?;
    eprintln!(
        "Building the page, and beside it the tool that ties it to its script (about two minutes the first time, on two cores)"
    );
    look::build(&folder(), profile)?;
    let site = Site::serve_at(listener, folder(), "/")?;
    println!("The playground is at {} (Ctrl+C ends it)", site.url());
    if open && !open_browser(&site.url()) {
        eprintln!("No browser could be opened; please go there yourself");
    }
    loop {
        built = wait_for_change(built);
        eprintln!("The source has changed: building the page again");
        if let Err(error) = look::build(&folder(), profile) {
            eprintln!("error: {error}; the page stays as it was");
        }
    }
}

/// Apart from `dist/`, which is for publishing.
fn folder() -> PathBuf {
    target().join("page")
}

/// The port that was asked for, or the first free one.
fn listen(asked: Option<u16>) -> Result<TcpListener> {
    match asked {
        Some(port) => {
            TcpListener::bind(("127.0.0.1", port)).map_err(|error| format!("port {port} can't be used: {error}").into())
        }
        None => (FIRST_PORT..FIRST_PORT + 100)
            .find_map(|port| TcpListener::bind(("127.0.0.1", port)).ok())
            .ok_or_else(|| format!("no free port from {FIRST_PORT} on").into()),
    }
}

fn open_browser(url: &str) -> bool {
    let mut opener = match std::env::consts::OS {
        "macos" => command("open"),
        "windows" => command("explorer"),
        _ => command("xdg-open"),
    };
    // Windows' explorer opens the page and reports failure all the same.
    succeeds(opener.arg(url)) || cfg!(windows)
}

/// How many files the page has and when the last one was changed.
type Fingerprint = (usize, SystemTime);

fn wait_for_change(built: Fingerprint) -> Fingerprint {
    loop {
        thread::sleep(Duration::from_secs(1));
        let now = fingerprint();
        if now != built {
            return now;
        }
    }
}

fn fingerprint() -> Fingerprint {
    let mut fingerprint = (0, SystemTime::UNIX_EPOCH);
    for source in SOURCES {
        add(&root().join(source), &mut fingerprint);
    }
    fingerprint
}

/// Adds a file, or all files of a folder. Files that can't be read are ignored.
fn add(path: &Path, fingerprint: &mut Fingerprint) {
    if let Ok(entries) = fs::read_dir(path) {
        entries.flatten().for_each(|entry| add(&entry.path(), fingerprint));
    } else if let Ok(changed) = fs::metadata(path).and_then(|file| file.modified()) {
        fingerprint.0 += 1;
        fingerprint.1 = fingerprint.1.max(changed);
    }
}

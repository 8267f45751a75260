//! Where the browser and its driver are on this machine.

use std::env;
use std::path::{Path, PathBuf};

const BROWSERS: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

const MAC_BROWSERS: [&str; 2] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

const DRIVERS: [&str; 2] = [
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
];

/// A Chromium or Chrome: what `CHROME` names, else one on the `PATH` or in its usual place.
#[must_use]
pub fn browser() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROME") {
        return program(Path::new(&named));
    }
    let installed = MAC_BROWSERS.iter().map(PathBuf::from).chain(windows_browsers());
    BROWSERS
        .iter()
        .find_map(|name| on_path(name))
        .or_else(|| existing(installed))
}

/// A chromedriver: what `CHROMEDRIVER` names, else one on the `PATH` or in its usual place.
#[must_use]
pub fn driver() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMEDRIVER") {
        return program(Path::new(&named));
    }
    on_path("chromedriver").or_else(|| existing(DRIVERS.iter().map(PathBuf::from)))
}

/// The file that a command of this name would run.
#[must_use]
pub fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let path = env::var_os("PATH")?;
    existing(env::split_paths(&path).map(|folder| folder.join(&file)))
}

/// A program given as a path or as a bare command name.
fn program(named: &Path) -> Option<PathBuf> {
    if named.is_file() {
        return Some(named.to_path_buf());
    }
    on_path(named.to_str()?)
}

fn existing(candidates: impl Iterator<Item = PathBuf>) -> Option<PathBuf> {
    candidates.into_iter().find(|candidate| candidate.is_file())
}

fn windows_browsers() -> impl Iterator<Item = PathBuf> {
    ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
        .into_iter()
        .filter_map(env::var_os)
        .map(|folder| Path::new(&folder).join(r"Google\Chrome\Application\chrome.exe"))
}

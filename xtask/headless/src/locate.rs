//! Where the browser and its driver are on this machine.

use std::env;
use std::path::{Path, PathBuf};

use crate::Engine;

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

/// A Firefox: what `FIREFOX` names, else one on the `PATH`.
#[must_use]
pub fn firefox() -> Option<PathBuf> {
    if let Some(named) = env::var_os("FIREFOX") {
        return program(Path::new(&named));
    }
    ["firefox", "firefox-esr"].iter().find_map(|name| on_path(name))
}

/// The small browser that comes with WebKitGTK and can be driven.
#[must_use]
pub fn mini_browser() -> Option<PathBuf> {
    let versions = ["4.1", "6.0", "4.0"].into_iter();
    let folders = versions.flat_map(|version| {
        [
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/libexec",
            "/usr/lib",
        ]
        .map(|folder| Path::new(folder).join(format!("webkit2gtk-{version}/MiniBrowser")))
    });
    existing(folders)
}

/// The driver of a browser: what its variable names, else one on the `PATH` or in its usual place.
#[must_use]
pub fn driver(engine: Engine) -> Option<PathBuf> {
    if let Some(named) = env::var_os(engine.driver_variable()) {
        return program(Path::new(&named));
    }
    let usual = || existing(DRIVERS.iter().map(PathBuf::from)).filter(|_| engine == Engine::Chromium);
    on_path(engine.driver()).or_else(usual)
}

/// Whether a browser and its driver are installed, and what they need to run without a screen.
#[must_use]
pub fn is_installed(engine: Engine) -> bool {
    let browser = match engine {
        Engine::Chromium => browser(),
        Engine::Firefox => firefox(),
        Engine::WebKit => mini_browser().filter(|_| on_path("Xvfb").is_some()),
    };
    browser.is_some() && driver(engine).is_some()
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

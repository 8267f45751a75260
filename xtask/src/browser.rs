//! The headless browser of the tests, installed where that is possible.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use headless::{Engine, locate};

use crate::Result;
use crate::process::{command, output, run, succeeds};

const ADVICE: &str = "the browser tests need Chromium or Chrome and the chromedriver of the same \
                      version: install both, or name them in CHROME and CHROMEDRIVER";

/// A browser and its driver.
pub struct Programs {
    /// Chromium or Chrome.
    pub browser: PathBuf,
    /// Its chromedriver.
    pub driver: PathBuf,
}

/// Makes sure that there is a browser with its driver.
pub fn ensure() -> Result<Programs> {
    for name in ["CHROME", "CHROMEDRIVER"] {
        if let (Some(value), None) = (env::var_os(name), named(name)) {
            return Err(format!("{name} names {value:?}, which is not there").into());
        }
    }
    if let Some(programs) = find() {
        return Ok(programs);
    }
    install()?;
    find().ok_or_else(|| ADVICE.into())
}

fn named(variable: &str) -> Option<PathBuf> {
    if variable == "CHROME" {
        locate::browser()
    } else {
        locate::driver(Engine::Chromium)
    }
}

fn find() -> Option<Programs> {
    Some(Programs {
        browser: locate::browser()?,
        driver: locate::driver(Engine::Chromium)?,
    })
}

/// Installs both through apt, the one package manager that is asked.
fn install() -> Result<()> {
    let Some(packages) = packages() else {
        return Err(ADVICE.into());
    };
    let Some(mut update) = as_root("apt-get") else {
        return Err(ADVICE.into());
    };
    let Some(mut install) = as_root("apt-get") else {
        return Err(ADVICE.into());
    };
    eprintln!(
        "Installing {} through apt (once, about a minute)",
        packages.join(" and ")
    );
    run(update.args(["-qq", "update"]))?;
    run(install
        .args(["-qq", "install", "-y", "--no-install-recommends"])
        .args(packages))
}

/// What browser and driver are called here, on the systems where that is known.
fn packages() -> Option<[&'static str; 2]> {
    let system = fs::read_to_string("/etc/os-release").ok()?;
    let is = |name: &str| system.lines().any(|line| line == format!("ID={name}"));
    if is("debian") {
        Some(["chromium", "chromium-driver"])
    } else if is("ubuntu") {
        Some(["chromium-browser", "chromium-chromedriver"])
    } else {
        None
    }
}

/// A command with the rights of root, if they can be had without a password.
fn as_root(program: &str) -> Option<Command> {
    let mut command = if output(command("id").arg("-u"))? == "0" {
        command("env")
    } else if succeeds(command("sudo").args(["-n", "true"])) {
        let mut sudo = command("sudo");
        sudo.args(["-n", "env"]);
        sudo
    } else {
        return None;
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", program]);
    Some(command)
}

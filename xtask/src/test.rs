//! `cargo xtask test`: all tests, on this machine and in a real browser.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use headless::Value;

use crate::arguments::Arguments;
use crate::process::{cargo, root, run as run_process, target};
use crate::tools::{self, WASM};
use crate::{Result, browser, dist};

struct Stage {
    name: &'static str,
    what: &'static str,
    /// Provides what the stage needs.
    prepare: fn() -> Result<()>,
    run: fn() -> Result<()>,
}

const STAGES: [Stage; 3] = [
    Stage {
        name: "host",
        what: "unit, integration and doc tests on this machine",
        prepare: || Ok(()),
        run: host,
    },
    Stage {
        name: "web",
        what: "component tests in a headless browser",
        prepare: || browser::ensure().and(tools::component_test_runner()).map(drop),
        run: web,
    },
    Stage {
        name: "e2e",
        what: "end-to-end tests of the built page in a headless browser",
        prepare: || browser::ensure().and(tools::trunk()).map(drop),
        run: e2e,
    },
];

/// Runs all stages, or the one that was named; the first failure ends it.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let wanted = arguments.word();
    arguments.finish()?;
    let stages: Vec<&Stage> = STAGES
        .iter()
        .filter(|stage| wanted.as_deref().is_none_or(|it| it == stage.name))
        .collect();
    if stages.is_empty() {
        return Err("the stages are called host, web and e2e".into());
    }
    // Find out what a later stage lacks before minutes of testing.
    stages.iter().try_for_each(|stage| (stage.prepare)())?;
    let mut times = Vec::new();
    for stage in &stages {
        eprintln!("\n== {}: {}", stage.name, stage.what);
        let start = Instant::now();
        (stage.run)().map_err(|error| format!("stage {}: {error}", stage.name))?;
        times.push(start.elapsed());
    }
    summarise(&stages, &times);
    Ok(())
}

fn summarise(stages: &[&Stage], times: &[Duration]) {
    eprintln!("\n== all passed");
    for (stage, time) in stages.iter().zip(times) {
        eprintln!("   {:4}  {:>4} s  {}", stage.name, time.as_secs(), stage.what);
    }
}

fn host() -> Result<()> {
    run_process(&mut cargo(&["test", "--workspace"]))
}

fn web() -> Result<()> {
    run_process(&mut in_browser(&["test", "--target", WASM, "--test", "web"])?)
}

/// A cargo command whose programs run in the browser.
pub fn in_browser(arguments: &[&str]) -> Result<Command> {
    let runner = tools::component_test_runner()?;
    let programs = browser::ensure()?;
    let mut command = cargo(arguments);
    command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", programs.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", configuration(&programs.browser)?)
        // The runner's own limits are for an idle machine.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
    without_other_drivers(&mut command);
    Ok(command)
}

/// The runner would take another browser's driver first.
fn without_other_drivers(tests: &mut Command) {
    for driver in ["GECKODRIVER", "SAFARIDRIVER", "CHROMEDRIVER_REMOTE"] {
        tests.env_remove(driver);
    }
}

/// webdriver.json, with the browser's place on this machine added.
fn configuration(browser: &std::path::Path) -> Result<PathBuf> {
    let text = fs::read_to_string(root().join("webdriver.json"))?;
    let mut configuration: Value = text.parse()?;
    configuration["goog:chromeOptions"]["binary"] = browser.display().to_string().into();
    let file = target().join("webdriver.json");
    fs::write(&file, configuration.to_string())?;
    Ok(file)
}

fn e2e() -> Result<()> {
    page("", &[])
}

/// Builds the page and runs the end-to-end tests that have this in their names, with these variables of the environment.
pub fn page(part: &str, variables: &[(&str, &str)]) -> Result<()> {
    let programs = browser::ensure()?;
    dist::build()?;
    // Every test has a browser of its own, and more than two at once only slow each other down.
    let mut tests = cargo(&[
        "test",
        "--features",
        "e2e",
        "--test",
        "e2e",
        part,
        "--",
        "--test-threads=2",
    ]);
    tests
        .envs(variables.iter().copied())
        .env("CHROME", programs.browser)
        .env("CHROMEDRIVER", programs.driver);
    run_process(&mut tests)
}

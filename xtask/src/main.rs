//! The project's commands: `cargo xtask <command>`.
//!
//! They run on a machine that has nothing but Rust from rustup: what else a command needs it
//! installs first, at a pinned version and inside the target folder, and says so.

mod arguments;
mod bench;
mod browser;
mod check;
mod dist;
mod lighthouse;
mod look;
mod measure;
mod process;
mod screenshots;
mod serve;
mod test;
mod tools;
mod weight;

use std::process::ExitCode;

use arguments::Arguments;

/// What any part of a command returns; the error is a sentence for the terminal.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str = "\
The commands of the Raft election playground:

  cargo xtask serve [--port N] [--open] [--debug]
                               serve the playground on this machine
  cargo xtask test [host|web|e2e]
                               run all tests, or one stage of them
  cargo xtask build [--quiet]  make dist/, the page to put on a web server
  cargo xtask check            formatting, lints and documentation
  cargo xtask measure [--seconds N] [--windows N]
                               the main-thread time that playing takes
  cargo xtask lighthouse [--visits N]
                               what Lighthouse says of the page on a slow phone; needs Node.js
  cargo xtask bench [events|lab|seeking]
                               events a second of the simulator, trials, and seeks, here and in the browser
  cargo xtask screenshots [--out DIR] [--after SECONDS]
                               pictures of the page, wide and narrow, light and dark
  cargo xtask screenshots --readme
                               the pictures at the top of the README, taken anew
";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next();
    match run(command.as_deref(), Arguments::new(words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Option<&str>, arguments: Arguments) -> Result<()> {
    match command {
        Some("serve") => serve::run(arguments),
        Some("test") => test::run(arguments),
        Some("build") => dist::run(arguments),
        Some("check") => check::run(arguments),
        Some("measure") => measure::run(arguments),
        Some("lighthouse") => lighthouse::run(arguments),
        Some("bench") => bench::run(arguments),
        Some("screenshots") => screenshots::run(arguments),
        Some("help" | "--help" | "-h") | None => {
            print!("{USAGE}");
            Ok(())
        }
        Some(other) => Err(format!("there is no command `{other}`\n\n{USAGE}").into()),
    }
}

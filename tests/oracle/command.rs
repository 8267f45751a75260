//! The command of the example: many schedules, with progress and the result.

use std::{env, process::ExitCode, time::Instant};

use raft_playground::raft::Rule;

use super::{
    cluster::Reached,
    difference::Difference,
    run::{run_all, shrink},
    schedule::Setup,
};

/// Schedules between two lines of progress.
const LINES: u64 = 10;

struct Options {
    schedules: u64,
    seed: u64,
    servers: Option<u8>,
    pre_vote: Option<bool>,
    check_quorum: Option<bool>,
    broken: Option<Rule>,
}

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            schedules: 100_000,
            seed: 0,
            servers: None,
            pre_vote: None,
            check_quorum: None,
            broken: None,
        };
        while let Some(name) = words.next() {
            let value = words.next().ok_or_else(|| format!("{name} needs a value"))?;
            let unfit = || format!("{name} can't be {value}");
            match name.as_str() {
                "--schedules" => options.schedules = value.parse().map_err(|_| unfit())?,
                "--seed" => options.seed = value.parse().map_err(|_| unfit())?,
                "--servers" => {
                    let servers = value.parse().ok().filter(|servers| (1..=9).contains(servers));
                    options.servers = Some(servers.ok_or_else(unfit)?);
                }
                "--pre-vote" => options.pre_vote = Some(switch(&value).ok_or_else(unfit)?),
                "--check-quorum" => options.check_quorum = Some(switch(&value).ok_or_else(unfit)?),
                "--break" => options.broken = Some(rule(&value).ok_or_else(unfit)?),
                _ => return Err(format!("there is no option {name}")),
            }
        }
        Ok(options)
    }

    fn setup(&self, seed: u64) -> Setup {
        let setup = Setup::of_seed(seed);
        Setup {
            size: self.servers.unwrap_or(setup.size),
            pre_vote: self.pre_vote.unwrap_or(setup.pre_vote),
            check_quorum: self.check_quorum.unwrap_or(setup.check_quorum),
            broken: self.broken,
            ..setup
        }
    }
}

fn switch(word: &str) -> Option<bool> {
    match word {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn rule(name: &str) -> Option<Rule> {
    Rule::ALL.iter().copied().find(|rule| format!("{rule:?}") == name)
}

/// Runs the command: 0 if they agree, 1 if they do not, 2 if it was not understood.
pub fn run() -> ExitCode {
    let options = match Options::read(env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    let began = Instant::now();
    let end = options.seed.saturating_add(options.schedules);
    let part = options.schedules.div_ceil(LINES).max(1);
    let mut all = Reached::default();
    let mut seed = options.seed;
    while seed < end {
        let next = seed.saturating_add(part).min(end);
        match run_all(seed..next, |seed| options.setup(seed)) {
            Ok(reached) => all += reached,
            Err((seed, found)) => {
                println!("With seed {seed} they disagree:\n{}", shrink(&found));
                return ExitCode::FAILURE;
            }
        }
        seed = next;
        let done = seed - options.seed;
        let rate = u128::from(done) * 1000 / began.elapsed().as_millis().max(1);
        println!("{done} schedules agree, {rate} a second");
    }
    report(&options, all);
    ExitCode::SUCCESS
}

fn report(options: &Options, all: Reached) {
    println!(
        "\nAll {} schedules from seed {} on agree.",
        options.schedules, options.seed
    );
    println!(
        "{} steps, {} leaders elected, {} crashes.",
        all.steps, all.leaders, all.crashes
    );
    println!("\nWhere raft-rs differs by design, and how often it did:");
    for &difference in Difference::ALL {
        println!("{:>10}  {difference:?}", all.uses.of(difference));
    }
}

//! The command of the example: many schedules, with progress and the result.

use std::{env, fmt::Display, process::ExitCode, time::Instant};

use raft_playground::raft::{NodeSet, Rule};

use super::{
    cluster::Reached,
    difference::Difference,
    run::{run, shrink},
    schedule::{Schedule, Setup},
};

/// Lines of progress.
const LINES: u64 = 10;

/// The columns of the report: pre-vote, check quorum, and clusters whose servers differ.
const COMBINATIONS: [&str; 5] = ["neither", "pre-vote", "check quorum", "both", "mixed"];

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
            other_pre_vote: Self::unless_said(self.pre_vote, setup.other_pre_vote),
            other_check_quorum: Self::unless_said(self.check_quorum, setup.other_check_quorum),
            broken: self.broken,
            ..setup
        }
    }

    /// Where it is said whether an extension is on, it is so for all.
    fn unless_said(said: Option<bool>, others: NodeSet) -> NodeSet {
        if said.is_some() { NodeSet::EMPTY } else { others }
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
pub fn main() -> ExitCode {
    let options = match Options::read(env::args().skip(1)) {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}");
            return ExitCode::from(2);
        }
    };
    let began = Instant::now();
    let part = options.schedules.div_ceil(LINES).max(1);
    let mut all = [Reached::default(); COMBINATIONS.len()];
    for done in 0..options.schedules {
        let seed = options.seed.wrapping_add(done);
        let setup = options.setup(seed);
        match run(&Schedule::draw(setup, seed)) {
            Ok(reached) => all[combination(setup)] += reached,
            Err(found) => {
                println!("With seed {seed} they disagree:\n{}", shrink(&found));
                return ExitCode::FAILURE;
            }
        }
        let done = done + 1;
        if done % part == 0 || done == options.schedules {
            let rate = u128::from(done) * 1000 / began.elapsed().as_millis().max(1);
            println!("{done} schedules agree, {rate} a second");
        }
    }
    println!(
        "\nAll {} schedules from seed {} on agree.\n",
        options.schedules, options.seed
    );
    report(&all);
    ExitCode::SUCCESS
}

fn combination(setup: Setup) -> usize {
    if setup.is_mixed() {
        return COMBINATIONS.len() - 1;
    }
    usize::from(setup.pre_vote) + 2 * usize::from(setup.check_quorum)
}

fn report(all: &[Reached; COMBINATIONS.len()]) {
    line("", &COMBINATIONS);
    let row = |name: &str, number: &dyn Fn(&Reached) -> u64| {
        let numbers: Vec<String> = all.iter().map(|reached| number(reached).to_string()).collect();
        line(name, &numbers);
    };
    row("steps", &|reached| reached.steps);
    row("leaders elected", &|reached| reached.leaders);
    row("crashes", &|reached| reached.crashes);
    println!("\nWhere raft-rs differs by design, and how often it did:");
    for &difference in Difference::ALL {
        row(&format!("{difference:?}"), &|reached| reached.uses.of(difference));
    }
}

fn line(name: &str, cells: &[impl Display]) {
    let cells: String = cells.iter().map(|cell| format!("{cell:>14}")).collect();
    println!("{name:<32}{cells}");
}

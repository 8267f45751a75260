//! The laboratory on the command line: the paper's Figure 16, or an experiment of your own, with as many trials as you like.
//!
//! ```text
//! cargo run --profile bench --example lab -- [--trials 100000] [--seed 1] [--delay 2000 4000] [--csv] [FILE.lab]
//! ```
//!
//! Without a file it tries all lines of Figure 16 and prints what the paper says of them; `--delay` is how long a message takes,
//! from and to, in microseconds. `--csv` prints every trial of a file instead. Times are in milliseconds. All cores run, and the numbers are the same with any number of them.

use std::{
    env, fs,
    num::NonZero,
    process::ExitCode,
    thread,
    time::{Duration, Instant},
};

use raft_playground::{
    lab::{Distribution, Experiment, InitialLogs, PaperHalf, PaperLine, Published, Quantity, TrialOutcome, file},
    sim::{Micros, Range},
};

const USAGE: &str = "usage: lab [--trials N] [--seed N] [--delay FROM TO] [--same-logs] [--csv] [FILE]";

/// What is to be tried.
#[derive(Default)]
struct Order {
    trials: Option<u32>,
    seed: Option<u64>,
    delay: Option<Range>,
    same_logs: bool,
    csv: bool,
    file: Option<String>,
}

impl Order {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut order = Self::default();
        while let Some(argument) = arguments.next() {
            let mut number = || arguments.next()?.parse().ok();
            match argument.as_str() {
                "--trials" => order.trials = Some(u32::try_from(number()?).ok()?),
                "--seed" => order.seed = Some(number()?),
                "--delay" => {
                    order.delay = Some(Range {
                        min: Micros(number()?),
                        max: Micros(number()?),
                    });
                }
                "--same-logs" => order.same_logs = true,
                "--csv" => order.csv = true,
                option if option.starts_with("--") => return None,
                file => order.file = Some(file.to_owned()),
            }
        }
        // Two tables in one file would be of no use.
        (!order.csv || order.file.is_some()).then_some(order)
    }

    fn apply(&self, experiment: &mut Experiment) {
        experiment.trials = self.trials.unwrap_or(experiment.trials);
        experiment.seed = self.seed.unwrap_or(experiment.seed);
        experiment.config.network.delay = self.delay.unwrap_or(experiment.config.network.delay);
        if self.same_logs {
            experiment.logs = InitialLogs::AsGiven;
        }
    }

    /// The lines of Figure 16, or that of the file.
    fn lines(&self) -> Result<Vec<(Experiment, &'static [Published])>, String> {
        let mut lines: Vec<(Experiment, &[Published])> = match &self.file {
            None => PaperHalf::ALL
                .into_iter()
                .flat_map(PaperHalf::lines)
                .map(|line| (line.experiment(PaperLine::DELAY), line.published))
                .collect(),
            Some(name) => {
                let text = fs::read_to_string(name).map_err(|error| format!("{name}: {error}"))?;
                let experiment = file::read(&text).map_err(|error| format!("{name}: {error}"))?;
                vec![(experiment, &[])]
            }
        };
        for (experiment, _) in &mut lines {
            self.apply(experiment);
            experiment.validate().map_err(|error| format!("expected {error}"))?;
        }
        Ok(lines)
    }
}

/// All trials of an experiment, on all cores.
fn try_all(experiment: &Experiment) -> Vec<TrialOutcome> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let each = experiment.trials.div_ceil(u32::try_from(threads).unwrap_or(1));
    thread::scope(|scope| {
        let parts = (0..experiment.trials).step_by(each as usize).map(|from| {
            let until = (from + each).min(experiment.trials);
            scope.spawn(move || (from..until).map(|trial| experiment.trial(trial)).collect::<Vec<_>>())
        });
        let parts: Vec<_> = parts.collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().expect("a trial"))
            .collect()
    })
}

fn millis(time: Option<u64>, experiment: &Experiment) -> String {
    let time = time.map(|time| format!("{}.{}", time / 1000, time / 100 % 10));
    time.unwrap_or_else(|| format!("> {}", experiment.limit.as_millis()))
}

fn row(experiment: &Experiment, published: &[Published], outcomes: &[TrialOutcome], took: Duration) -> String {
    let times = Distribution::of(Quantity::WithoutLeader, outcomes);
    let splits: u64 = outcomes.iter().map(|outcome| u64::from(outcome.split_votes)).sum();
    let columns = [
        millis(times.least(), experiment),
        millis(times.quantile(50), experiment),
        millis(times.median(), experiment),
        times
            .mean()
            .map_or("-".to_owned(), |mean| millis(Some(mean), experiment)),
        millis(times.quantile(950), experiment),
        millis(times.greatest(), experiment),
        times.beyond().to_string(),
        format!("{:.2}", splits as f64 / outcomes.len() as f64),
        format!("{:.0}", outcomes.len() as f64 / took.as_secs_f64()),
    ];
    let columns: String = columns.iter().map(|column| format!("{column:>9}")).collect();
    format!("{:14}{columns}  {published:?}", experiment.title)
}

fn main() -> ExitCode {
    let Some(order) = Order::from_arguments(env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let lines = match order.lines() {
        Ok(lines) => lines,
        Err(wrong) => {
            eprintln!("{wrong}");
            return ExitCode::from(2);
        }
    };
    let names = [
        "least", "5 %", "median", "mean", "95 %", "worst", "beyond", "splits", "trials/s",
    ];
    println!("{:14}{}", "", names.map(|name| format!("{name:>9}")).concat());
    for (experiment, published) in lines {
        let begun = Instant::now();
        let outcomes = try_all(&experiment);
        println!("{}", row(&experiment, published, &outcomes, begun.elapsed()));
    }
    ExitCode::SUCCESS
}

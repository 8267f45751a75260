//! The laboratory on the command line: the paper's Figure 16, or an experiment of your own, with as many trials as you like.
//!
//! ```text
//! cargo run --profile bench --example lab -- [OPTION...] [FILE.lab]
//! ```
//!
//! Without a file it tries all lines of Figure 16, and prints what the paper says of them. Times in its tables are in milliseconds. All
//! cores run, and the numbers are the same with any number of them.
//!
//! | option | meaning |
//! |---|---|
//! | `--trials N`, `--seed N` | other than those of the experiment |
//! | `--delay FROM TO` | how long a message takes, in microseconds |
//! | `--disk-write TIME` | how long each server's disk takes for a write, in microseconds |
//! | `--same-logs` | all servers have logs of one length |
//! | `--line 150-155` | this line of Figure 16 only |
//! | `--vary NAME A,B,C` | several values of a setting: `spread`, `timeout`, `heartbeat-interval`, `delay` (in microseconds) or `loss` (in thousandths) |
//! | `--csv` | prints every trial instead, of one experiment |
//! | `--trial N` | prints the run of this trial, counted from 0, as a scenario file that the page opens |

use std::{
    env, fs,
    num::NonZero,
    process::ExitCode,
    str::FromStr,
    thread,
    time::{Duration, Instant},
};

use raft_playground::{
    lab::{
        Distribution, Experiment, InitialLogs, PaperHalf, PaperLine, Published, Quantity, Sweep, TrialOutcome,
        Variable, file,
    },
    scenario,
    sim::{Micros, Range},
};

const USAGE: &str = "usage: lab [--trials N] [--seed N] [--delay FROM TO] [--disk-write TIME] [--same-logs] [--line A-B] \
    [--vary NAME A,B,C] [--csv] [--trial N] [FILE]";

/// A line of a table: an experiment, and what the paper says of it.
type Row = (Experiment, &'static [Published]);

/// What is to be tried.
#[derive(Default)]
struct Order {
    trials: Option<u32>,
    seed: Option<u64>,
    delay: Option<Range>,
    disk_write: Option<Micros>,
    same_logs: bool,
    line: Option<(u64, u64)>,
    vary: Option<(Variable, Vec<u64>)>,
    csv: bool,
    trial: Option<u32>,
    file: Option<String>,
}

impl Order {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut order = Self::default();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--same-logs" => order.same_logs = true,
                "--csv" => order.csv = true,
                "--trials" => order.trials = Some(number(&mut arguments)?),
                "--seed" => order.seed = Some(number(&mut arguments)?),
                "--trial" => order.trial = Some(number(&mut arguments)?),
                "--delay" => {
                    order.delay = Some(Range {
                        min: Micros(number(&mut arguments)?),
                        max: Micros(number(&mut arguments)?),
                    });
                }
                "--disk-write" => order.disk_write = Some(Micros(number(&mut arguments)?)),
                "--line" => {
                    let range = arguments.next()?;
                    let (min, max) = range.split_once('-')?;
                    order.line = Some((min.parse().ok()?, max.parse().ok()?));
                }
                "--vary" => {
                    let name = arguments.next()?;
                    let variable = Variable::ALL.into_iter().find(|variable| variable.slug() == name)?;
                    let values = arguments.next()?.split(',').map(str::parse).collect::<Result<_, _>>();
                    order.vary = Some((variable, values.ok()?));
                }
                option if option.starts_with("--") => return None,
                file => order.file = Some(file.to_owned()),
            }
        }
        Some(order)
    }

    fn apply(&self, experiment: &mut Experiment) {
        experiment.trials = self.trials.unwrap_or(experiment.trials);
        experiment.seed = self.seed.unwrap_or(experiment.seed);
        experiment.config.network.delay = self.delay.unwrap_or(experiment.config.network.delay);
        if self.same_logs {
            experiment.logs = InitialLogs::AsGiven;
        }
        if let Some(takes) = self.disk_write {
            *experiment = experiment.clone().with_disk_writes(takes);
        }
    }

    /// What is tried, line by line.
    fn rows(&self) -> Result<Vec<Row>, String> {
        let mut rows = match &self.file {
            None => self.lines_of_the_figure(),
            Some(name) => {
                let text = fs::read_to_string(name).map_err(|error| format!("{name}: {error}"))?;
                let experiment = file::read(&text).map_err(|error| format!("{name}: {error}"))?;
                vec![(experiment, &[] as &[_])]
            }
        };
        for (experiment, _) in &mut rows {
            self.apply(experiment);
        }
        if let Some((variable, values)) = &self.vary {
            let varied = rows.iter().map(|(experiment, _)| varied(experiment, *variable, values));
            rows = varied.collect::<Result<Vec<_>, _>>()?.concat();
        }
        for (experiment, _) in &rows {
            experiment.validate().map_err(|error| format!("expected {error}"))?;
        }
        let is_for_one = self.csv || self.trial.is_some();
        match rows.len() {
            0 => Err("Figure 16 has no such line".to_owned()),
            2.. if is_for_one => Err("choose a file or a --line".to_owned()),
            _ => Ok(rows),
        }
    }

    fn lines_of_the_figure(&self) -> Vec<Row> {
        let lines = PaperHalf::ALL.into_iter().flat_map(PaperHalf::lines);
        let is_wanted = |line: &&PaperLine| self.line.is_none_or(|millis| line.millis == millis);
        let mut rows: Vec<_> = lines
            .filter(is_wanted)
            .map(|line| (line.experiment(PaperLine::DELAY), line.published))
            .collect();
        if self.line.is_some() {
            // 150-300 stands in both graphs.
            rows.truncate(1);
        }
        rows
    }
}

fn number<T: FromStr>(arguments: &mut impl Iterator<Item = String>) -> Option<T> {
    arguments.next()?.parse().ok()
}

/// An experiment at several values of a setting.
fn varied(experiment: &Experiment, variable: Variable, values: &[u64]) -> Result<Vec<Row>, String> {
    let sweep = Sweep {
        experiment: experiment.clone(),
        variable,
        values: values.to_vec(),
    };
    let experiments = sweep.experiments().map_err(|error| format!("expected {error}"))?;
    let named = experiments.into_iter().zip(values).map(|(experiment, value)| {
        let title = format!("{} {value}", variable.slug());
        (Experiment { title, ..experiment }, &[] as &[_])
    });
    Ok(named.collect())
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

/// What the paper says.
fn said(published: Published) -> String {
    match published {
        Published::LongerThan(millis) => format!("paper: > {millis}"),
        Published::Median(millis) => format!("paper: median {millis}"),
        Published::Mean(millis) => format!("paper: mean {millis}"),
        Published::Worst(millis) => format!("paper: worst {millis}"),
    }
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
    let said: Vec<_> = published.iter().map(|published| said(*published)).collect();
    format!("{:24}{columns}  {}", experiment.title, said.join(", "))
}

fn main() -> ExitCode {
    let Some(order) = Order::from_arguments(env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let lines = match order.rows() {
        Ok(lines) => lines,
        Err(wrong) => {
            eprintln!("{wrong}");
            return ExitCode::from(2);
        }
    };
    if let Some(trial) = order.trial {
        print!("{}", scenario::file::write(&lines[0].0.run(trial)));
        return ExitCode::SUCCESS;
    }
    if order.csv {
        print!("{}", file::csv(&try_all(&lines[0].0)));
        return ExitCode::SUCCESS;
    }
    let names = [
        "least", "5 %", "median", "mean", "95 %", "worst", "beyond", "splits", "trials/s",
    ];
    println!("{:24}{}", "", names.map(|name| format!("{name:>9}")).concat());
    for (experiment, published) in lines {
        let begun = Instant::now();
        let outcomes = try_all(&experiment);
        println!("{}", row(&experiment, published, &outcomes, begun.elapsed()));
    }
    ExitCode::SUCCESS
}

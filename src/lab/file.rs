//! An experiment as a file for people to read and write.
//!
//! One thing a line, as in scenario files, whose lines describe the cluster. `docs/laboratory.md` has the whole grammar. What the
//! layer promises: what [`write()`] writes, [`read()`] reads as the same experiment; and a file that can't be read is refused with
//! the line and what was expected there.
//!
//! ```text
//! raft-lab 1
//! title 150–155 ms
//! begin leader-crash
//! logs different
//! limit 10 s
//! trials 1000
//! election-timeout 150 ms to 155 ms
//! ```

use std::fmt::{self, Write};

use super::{
    Experiment, ExperimentError, InitialLogs, LabPlan, Opening, TrialEnding, TrialOutcome, Variable, Variation,
};
use crate::{
    raft::Rule,
    scenario::{
        Run, Scenario,
        file::{self, Expected, WordReader},
    },
    sim::{ConfigError, Micros},
};

/// The newest version of files. All are read for ever; an experiment is written in the oldest that has all that it needs.
pub const VERSION: u8 = 4;

/// The version that brought scripts.
const VERSION_OF_SCRIPTS: u8 = 2;

/// The version that brought settings of single servers and links beside beginnings that are no script.
const VERSION_OF_OWN_SETTINGS: u8 = 3;

/// The version that brought trials that end at the limit.
const VERSION_OF_ENDINGS: u8 = 4;

/// How file names end.
pub const EXTENSION: &str = "lab";

/// The first word of a file.
const HEADER: &str = "raft-lab";

/// The first line of a scenario file.
const RUN_HEADER: &str = "raft-playground 1";

/// Characters of a line that are shown with what is wrong with it.
const SHOWN: usize = 60;

/// The lines that describe the cluster, as in scenario files.
const OF_THE_CLUSTER: [&str; 14] = [
    "title",
    "servers",
    "down",
    "seed",
    "election-timeout",
    "heartbeat-interval",
    "delay",
    "loss",
    "duplication",
    "reordering",
    "log",
    "cut",
    "rule",
    "quorum",
];

/// The lines of a script, as in scenario files: what a server or a link has of its own from the start is done at the start.
const OF_THE_SCRIPT: [&str; 3] = ["at", "server", "link"];

/// Why a file can't be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabError {
    /// The line, counted from 1.
    pub line: usize,
    /// What was expected there.
    pub expected: LabExpected,
    /// What is there instead, as far as there is room to show it.
    pub found: String,
}

impl fmt::Display for LabError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, expected, found } = self;
        write!(f, "line {line}: expected {expected}, found “{found}”")
    }
}

impl std::error::Error for LabError {}

/// What a line should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabExpected {
    /// The first line says what kind of file it is: `raft-lab 1`.
    Header,
    /// A version that is known; this one is newer.
    OlderVersion,
    /// A setting of an experiment, or of its cluster.
    Keyword,
    /// What has not been given before.
    Once,
    /// How a trial begins.
    Opening,
    /// `begin script`, as there are lines with `at`.
    BeginScript,
    /// When a trial ends.
    Ending,
    /// `different` or `as-given`.
    Logs,
    /// No log of a single server, as all logs are different.
    NoLog,
    /// The name of a rule.
    RuleName,
    /// The name of a setting that can be varied.
    Variable,
    /// An experiment that can be made; the line is the last.
    Possible(ExperimentError),
    /// What a line of a scenario file should have been, or a word that both have.
    Run(Expected),
}

impl From<Expected> for LabExpected {
    fn from(expected: Expected) -> Self {
        Self::Run(expected)
    }
}

impl fmt::Display for LabExpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "the first line “raft-lab 1”, with a version up to 4",
            Self::OlderVersion => "a file of version 1 to 4; this one is newer",
            Self::Keyword => {
                "“begin”, “at”, “logs”, “limit”, “end”, “trials”, “compare”, “vary” or a setting of the cluster"
            }
            Self::Once => "what is not given twice",
            Self::Opening => "“leader-crash”, “leader-cut-off”, “cold-start” or “script”",
            Self::Ending => "“with-leader” or “at-limit”",
            Self::BeginScript => "“begin script” beside lines with “at”",
            Self::Logs => "“different” or “as-given”",
            Self::NoLog => "“logs as-given” beside the log of a server",
            Self::RuleName => "the name of a rule, as “pre-vote”",
            Self::Variable => "“spread”, “timeout”, “heartbeat-interval”, “delay” or “loss”",
            Self::Possible(error) => return error.fmt(f),
            Self::Run(expected) => return expected.fmt(f),
        })
    }
}

type LabRead<T> = Result<T, LabExpected>;

/// The experiment as a text.
#[must_use]
pub fn write(experiment: &Experiment) -> String {
    let scenario = Scenario {
        title: experiment.title.clone(),
        config: experiment.config,
        script: experiment.script.clone(),
        ..Scenario::free(experiment.config.size, experiment.seed)
    };
    let logs = match experiment.logs {
        InitialLogs::AsGiven => "as-given",
        InitialLogs::Different => "different",
    };
    let (limit, begin) = (file::instant(experiment.limit), experiment.opening.slug());
    let run = file::write(&Run::of(&scenario, &scenario.start()));
    let of_the_cluster = run.lines().filter(|line| OF_THE_CLUSTER.contains(&keyword(line)));
    let of_the_script = run.lines().filter(|line| OF_THE_SCRIPT.contains(&keyword(line)));
    // A configuration may hold logs that are not used.
    let used = of_the_cluster.filter(|line| experiment.logs == InitialLogs::AsGiven || keyword(line) != "log");
    let (cluster, script): (Vec<_>, String) = (used.collect(), of_the_script.map(|line| format!("{line}\n")).collect());
    let (cluster, trials) = (cluster.join("\n"), experiment.trials);
    let version = version_for(experiment);
    let end = match experiment.ending {
        TrialEnding::WithLeader => String::new(),
        TrialEnding::AtLimit => format!("end {}\n", experiment.ending.slug()),
    };
    format!("{HEADER} {version}\n{cluster}\nbegin {begin}\n{script}logs {logs}\nlimit {limit}\n{end}trials {trials}\n")
}

/// The oldest version that has all that an experiment needs.
pub(super) const fn version_for(experiment: &Experiment) -> u8 {
    match experiment.opening {
        _ if matches!(experiment.ending, TrialEnding::AtLimit) => VERSION_OF_ENDINGS,
        Opening::Script => VERSION_OF_SCRIPTS,
        _ if experiment.script.is_empty() => 1,
        Opening::LeaderCrash | Opening::LeaderCutOff | Opening::ColdStart => VERSION_OF_OWN_SETTINGS,
    }
}

/// What was measured as comma-separated values: a line for each trial, times in microseconds. The time of a trial that ended without
/// a leader is empty, and what is counted of it is what there was up to the limit.
#[must_use]
pub fn csv(outcomes: &[TrialOutcome]) -> String {
    let mut text = "trial,without-leader-us,terms,elections,split-votes,messages,elected\n".to_owned();
    for outcome in outcomes {
        let TrialOutcome {
            trial,
            without_leader,
            terms,
            elections,
            split_votes,
            messages,
            elected,
        } = outcome;
        let time = without_leader.map(|time| time.0.to_string()).unwrap_or_default();
        let _ = writeln!(
            text,
            "{trial},{time},{terms},{elections},{split_votes},{messages},{elected}"
        );
    }
    text
}

/// The same of several experiments, each with its name before the number of the trial.
#[must_use]
pub fn csv_of_all<'a>(named: impl IntoIterator<Item = (&'a str, &'a [TrialOutcome])>) -> String {
    let mut all = String::new();
    for (name, outcomes) in named {
        let name = format!("\"{}\"", name.replace('"', "\"\""));
        let lines = csv(outcomes);
        for (number, line) in lines.lines().enumerate() {
            if number > 0 {
                let _ = writeln!(all, "{name},{line}");
            } else if all.is_empty() {
                let _ = writeln!(all, "experiment,{line}");
            }
        }
    }
    all
}

fn keyword(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default()
}

fn says_something(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

/// Whether a text is meant as an experiment; what else is wrong with it [`read_plan`] says.
#[must_use]
pub fn is_experiment(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    lines.find(|line| says_something(line)).map(keyword) == Some(HEADER)
}

/// The experiment, what it is compared with, and what is varied in it, as a text.
#[must_use]
pub fn write_plan(plan: &LabPlan) -> String {
    let mut text = write(&plan.experiment);
    if let Some(rule) = plan.compare {
        let _ = writeln!(text, "compare {}", rule.slug());
    }
    if let Some(Variation { variable, from, to }) = plan.vary {
        let value = |value| match variable {
            Variable::Loss => file::percent(u16::try_from(value).unwrap_or(u16::MAX)),
            _ => file::span(Micros(value)),
        };
        let _ = writeln!(text, "vary {} {} to {}", variable.slug(), value(from), value(to));
    }
    text
}

/// The experiment of a text.
///
/// # Errors
/// The first line that can't be understood.
pub fn read(text: &str) -> Result<Experiment, LabError> {
    read_plan(text).map(|plan| plan.experiment)
}

/// The experiment of a text, what it is compared with, and what is varied in it.
///
/// # Errors
/// The first line that can't be understood.
pub fn read_plan(text: &str) -> Result<LabPlan, LabError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fail = |number: usize, expected| LabError {
        line: number,
        expected,
        found: shown(text.lines().nth(number - 1).unwrap_or_default()),
    };
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| says_something(line));
    let (first, line) = lines.next().unwrap_or((1, ""));
    header(line).map_err(|expected| fail(first, expected))?;
    // The lines of the cluster are read as a scenario file that has them at the same places.
    let mut of_the_cluster = "\n".repeat(first - 1) + RUN_HEADER;
    let (mut reader, mut wrong) = (LabReader::new(), None);
    let mut last = first;
    for (number, line) in lines {
        if reader.is_of_a_run(number, line) {
            of_the_cluster.push_str(&"\n".repeat(number - last));
            of_the_cluster.push_str(line);
            last = number;
        } else if let Err(expected) = reader.line(line) {
            wrong = Some(fail(number, expected));
            break;
        }
    }
    match (file::read(&of_the_cluster), wrong) {
        (Err(error), None) => Err(fail(error.line, error.expected.into())),
        (Err(error), Some(wrong)) if error.line < wrong.line => Err(fail(error.line, error.expected.into())),
        (_, Some(wrong)) => Err(wrong),
        (Ok(run), None) => {
            let (script_at, end) = (reader.script_at, text.lines().count().max(1));
            reader.finish(run).map_err(|expected| match expected {
                LabExpected::BeginScript => fail(script_at.unwrap_or(end), expected),
                _ => fail(end, expected),
            })
        }
    }
}

fn shown(line: &str) -> String {
    line.trim().chars().take(SHOWN).collect()
}

fn header(line: &str) -> LabRead<()> {
    let mut words = line.split_whitespace();
    if words.next() != Some(HEADER) {
        return Err(LabExpected::Header);
    }
    let version = words.next().and_then(|word| word.parse::<u32>().ok());
    let newest = VERSION.into();
    match (version, words.next()) {
        (Some(version), None) if (1..=newest).contains(&version) => Ok(()),
        (Some(version), None) if version > newest => Err(LabExpected::OlderVersion),
        _ => Err(LabExpected::Header),
    }
}

/// What has been read so far, besides the cluster.
struct LabReader {
    experiment: Experiment,
    compare: Option<Rule>,
    vary: Option<Variation>,
    given: Vec<String>,
    names_a_log: bool,
    /// The first line with `at`.
    script_at: Option<usize>,
    /// The cluster's heartbeat interval, else half of the shortest timeout as in the paper.
    has_heartbeats: bool,
}

impl LabReader {
    const fn new() -> Self {
        Self {
            experiment: Experiment::paper(),
            compare: None,
            vary: None,
            given: Vec::new(),
            names_a_log: false,
            script_at: None,
            has_heartbeats: false,
        }
    }

    /// Whether a line is one of a scenario file: of the cluster, or of the script.
    fn is_of_a_run(&mut self, number: usize, line: &str) -> bool {
        let keyword = keyword(line);
        let is_script = OF_THE_SCRIPT.contains(&keyword);
        self.script_at = self.script_at.or((keyword == "at").then_some(number));
        self.names_a_log |= keyword == "log";
        self.has_heartbeats |= keyword == "heartbeat-interval";
        is_script || OF_THE_CLUSTER.contains(&keyword)
    }

    fn line(&mut self, line: &str) -> LabRead<()> {
        let keyword = keyword(line);
        let rest = line.trim_start().strip_prefix(keyword).unwrap_or_default();
        let mut words = WordReader::new(rest, self.experiment.config.size);
        if self.given.iter().any(|given| given == keyword) {
            return Err(LabExpected::Once);
        }
        self.given.push(keyword.to_owned());
        match keyword {
            "begin" => {
                let word = words.next();
                let named = Opening::ALL.into_iter().find(|opening| Some(opening.slug()) == word);
                self.experiment.opening = named.ok_or(LabExpected::Opening)?;
            }
            "logs" => {
                self.experiment.logs = match words.next() {
                    Some("different") => InitialLogs::Different,
                    Some("as-given") => InitialLogs::AsGiven,
                    _ => return Err(LabExpected::Logs),
                }
            }
            "limit" => {
                self.experiment.limit = words.instant()?;
                if !Experiment::LIMITS.contains(&self.experiment.limit) {
                    return Err(LabExpected::Possible(ExperimentError::Limit));
                }
            }
            "end" => {
                let word = words.next();
                let named = TrialEnding::ALL.into_iter().find(|ending| Some(ending.slug()) == word);
                self.experiment.ending = named.ok_or(LabExpected::Ending)?;
            }
            "compare" => {
                let rule = words.next().and_then(Rule::from_slug);
                self.compare = Some(rule.ok_or(LabExpected::RuleName)?);
            }
            "vary" => self.vary = Some(variation(&mut words)?),
            "trials" => self.experiment.trials = words.number(1..=Experiment::MOST_TRIALS.into())?,
            _ => return Err(LabExpected::Keyword),
        }
        Ok(words.end()?)
    }

    fn finish(self, run: Run) -> LabRead<LabPlan> {
        let mut experiment = self.experiment;
        if self.script_at.is_some() && experiment.opening != Opening::Script {
            return Err(LabExpected::BeginScript);
        }
        if experiment.opening == Opening::Script && !self.given.iter().any(|given| given == "logs") {
            experiment.logs = InitialLogs::AsGiven;
        }
        if self.names_a_log && experiment.logs == InitialLogs::Different {
            return Err(LabExpected::NoLog);
        }
        experiment.title = run.title;
        experiment.config = run.recording.config;
        experiment.seed = run.recording.seed;
        experiment.script = run.recording.script;
        if !self.has_heartbeats {
            let half = experiment.config.timing.election_timeout.min.0.div_ceil(2);
            experiment.config.timing.heartbeat_interval = Micros(half);
        }
        let plan = LabPlan {
            experiment,
            compare: self.compare,
            vary: self.vary,
        };
        plan.experiments().map_err(LabExpected::Possible)?;
        Ok(plan)
    }
}

/// `delay 1 ms to 100 ms`.
fn variation(words: &mut WordReader<'_>) -> LabRead<Variation> {
    let name = words.next();
    let variable = Variable::ALL.into_iter().find(|variable| Some(variable.slug()) == name);
    let variable = variable.ok_or(LabExpected::Variable)?;
    let value = |words: &mut WordReader<'_>| match variable {
        Variable::Loss => words.percent().map(u64::from),
        _ => words.span().map(|span| span.0),
    };
    let from = value(words)?;
    words.word("to")?;
    let to = value(words)?;
    if to < from {
        return Err(Expected::Valid(ConfigError::Range).into());
    }
    Ok(Variation { variable, from, to })
}

//! The checker on the command line, on all cores. It prints what it found and a shortest way there:
//!
//! ```text
//! cargo run --profile bench --example check -- --servers 3 --elections 3 --crashes 1
//! cargo run --profile bench --example check -- --elections 1 --crashes 1 --without persist-vote --property election-safety
//! ```
//!
//! Ends with 0 if everything holds within the bounds and something happened (or, with `--expect-violation`, if a property is
//! broken), with 1 if not, and with 2 if the question makes no sense.

use std::{
    process::ExitCode,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use raft_playground::{
    checker::{Bounds, Limit, Milestone, Model, NetworkModel, Options, Progress, Search, Setup, Shard, Verdict},
    raft::{LogPosition, NodeId, Quorum, Rule, Term},
    safety::{Properties, Property},
};

const USAGE: &str = "\
usage: check [OPTION]...
  --servers N           servers of the cluster (3)
  --elections N         the highest term (2)
  --crashes N           crashes in all (0)
  --transfers           leaders may be asked to hand over
  --network KIND        reduced, sent or counted (reduced)
  --duplications N      messages that are duplicated, if counted (0)
  --heartbeats N        heartbeat timers that fire, if counted (0)
  --without RULE        switch a rule off, by its name in scenario files: persist-vote
  --with RULE           switch one on: pre-vote
  --quorum N            votes that make a leader (a majority)
  --log N TERM INDEX    where the log of server N ends
  --property NAME       end at this property only: election-safety, leader-completeness, one-vote-per-term, monotonic-terms,
                        leader-had-majority (any of them)
  --no-symmetry         clusters that differ in names only count one by one
  --states N            give up after so many states
  --depth N             give up after so many steps
  --shards N            parts of the work at a time (as many as there are cores)
  --expect-violation    a broken property is what was asked for";

/// The question and how to go about it.
struct Question {
    setup: Setup,
    options: Options,
    expect_violation: bool,
}

impl Question {
    fn new() -> Self {
        let bounds = Bounds {
            servers: 3,
            elections: 2,
            crashes: 0,
            duplications: 0,
            heartbeats: 0,
            transfers: false,
        };
        Self {
            setup: Setup::paper(bounds),
            options: Options {
                shards: thread::available_parallelism().map_or(1, usize::from),
                ..Options::default()
            },
            expect_violation: false,
        }
    }

    fn read(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut question = Self::new();
        let mut watched = Properties::EMPTY;
        while let Some(option) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{option} needs a value"));
            let Setup { bounds, rules, .. } = &mut question.setup;
            match option.as_str() {
                "--servers" => bounds.servers = number(&value()?)?,
                "--elections" => bounds.elections = number(&value()?)?,
                "--crashes" => bounds.crashes = number(&value()?)?,
                "--duplications" => bounds.duplications = number(&value()?)?,
                "--heartbeats" => bounds.heartbeats = number(&value()?)?,
                "--transfers" => bounds.transfers = true,
                "--network" => question.setup.network = network(&value()?)?,
                "--without" => rules.set(rule(&value()?)?, false),
                "--with" => rules.set(rule(&value()?)?, true),
                "--quorum" => rules.quorum = Quorum::Votes(number(&value()?)?),
                "--log" => question.set_log([value()?, value()?, value()?])?,
                "--property" => _ = watched.insert(property(&value()?)?),
                "--no-symmetry" => question.options.symmetry = false,
                "--states" => question.options.most_states = number(&value()?)?,
                "--depth" => question.options.most_depth = number(&value()?)?,
                "--shards" => question.options.shards = number::<usize>(&value()?)?.max(1),
                "--expect-violation" => question.expect_violation = true,
                other => return Err(format!("there is no option {other}")),
            }
        }
        if !watched.is_empty() {
            question.setup.watched = watched;
        }
        Ok(question)
    }

    fn set_log(&mut self, [server, term, index]: [String; 3]) -> Result<(), String> {
        let server = NodeId::from_number(number(&server)?).ok_or("servers are numbered from 1 to 9")?;
        self.setup.logs[server.index()] = LogPosition {
            last_term: Term(number(&term)?),
            last_index: number(&index)?,
        };
        Ok(())
    }
}

fn number<T: std::str::FromStr>(word: &str) -> Result<T, String> {
    word.parse()
        .map_err(|_| format!("{word} is not a number that fits here"))
}

fn rule(name: &str) -> Result<Rule, String> {
    Rule::from_slug(name).ok_or(format!("there is no rule {name}"))
}

fn network(name: &str) -> Result<NetworkModel, String> {
    match name {
        "reduced" => Ok(NetworkModel::Reduced),
        "sent" => Ok(NetworkModel::Sent),
        "counted" => Ok(NetworkModel::Counted),
        other => Err(format!("there is no network {other}")),
    }
}

fn property(name: &str) -> Result<Property, String> {
    Property::from_slug(name).ok_or(format!("there is no property {name}"))
}

const fn sight_words(milestone: Milestone) -> &'static str {
    match milestone {
        Milestone::SomebodyLeads => "somebody leads",
        Milestone::HeartbeatAccepted => "a heartbeat is accepted",
        Milestone::VoteRefused => "a vote is refused",
        Milestone::LeaderStepsDown => "a leader steps down",
        Milestone::VoteSplits => "a vote splits",
        Milestone::ServerReturns => "a crashed server comes back",
    }
}

/// All shards at once.
fn in_parallel(shards: &mut [Shard]) {
    if let [only] = shards {
        return only.work();
    }
    thread::scope(|scope| {
        for shard in shards {
            scope.spawn(|| shard.work());
        }
    });
}

fn per_second(count: u64, elapsed: Duration) -> u128 {
    u128::from(count) * 1_000_000 / elapsed.as_micros().max(1)
}

fn report(progress: &Progress, elapsed: Duration) {
    println!(
        "{:>11} states, {:>12} steps, depth {:>3}, {:>10} to go, {:>9} states/s, {:>9} steps/s",
        progress.unique,
        progress.generated,
        progress.depth,
        progress.frontier,
        per_second(progress.unique, elapsed),
        per_second(progress.generated, elapsed),
    );
}

/// Searches to the end and says now and then how far it is.
fn search(search: &mut Search) -> Verdict {
    let begun = Instant::now();
    let mut reported = begun;
    loop {
        let progress = search.run_with(20_000, in_parallel);
        if let Some(verdict) = search.verdict() {
            report(&progress, begun.elapsed());
            return verdict.clone();
        }
        if reported.elapsed() > Duration::from_secs(1) {
            report(&progress, begun.elapsed());
            reported = Instant::now();
        }
    }
}

fn print(verdict: &Verdict) {
    match verdict {
        Verdict::Exhausted => println!("Exhausted: everything holds in all states within the bounds."),
        Verdict::Truncated(Limit::States(states)) => {
            println!("Truncated, not exhausted: everything holds so far, but the search ended after {states} states.");
        }
        Verdict::Truncated(Limit::Depth(depth)) => {
            println!("Truncated, not exhausted: everything holds so far, but the search ended after {depth} steps.");
        }
        Verdict::Violated { broken, path } => {
            for property in broken.iter() {
                println!("Violated: {}, in {} steps:", property.slug(), path.len());
            }
            for (number, step) in path.iter().enumerate() {
                println!("{:>4}. {step}", number + 1);
            }
        }
    }
}

fn main() -> ExitCode {
    let question = match Question::read(std::env::args().skip(1)) {
        Ok(question) => question,
        Err(error) => {
            eprintln!("{error}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let model = match Model::new(question.setup) {
        Ok(model) => model,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let mut search_of = Search::new(Arc::new(model), question.options);
    let verdict = search(&mut search_of);
    print(&verdict);
    let violated = matches!(verdict, Verdict::Violated { .. });
    let mut as_it_should_be = violated == question.expect_violation;
    if verdict == Verdict::Exhausted {
        for milestone in search_of.unseen().iter() {
            println!("But this never happened: {}.", sight_words(milestone));
            as_it_should_be = false;
        }
    }
    if as_it_should_be {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

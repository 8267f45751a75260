//! The search for the fewest faults with which elections make no progress, on the command line.
//!
//! ```text
//! cargo run --profile bench --example liveness -- --goal never-settles
//! cargo run --profile bench --example liveness -- --goal stuck --with pre-vote --faults 4 --seeds 100
//! ```
//!
//! Tries the sets of faults in order of their size and judges each by several runs, on all cores. The numbers are the same with any
//! number of them. Ends with 0 if it has found something, with 1 if not, and with 2 if the question makes no sense.

use std::{env, num::NonZero, process::ExitCode, thread};

use raft_playground::{
    lab::{
        Fault, FaultKinds, FaultSet,
        atlas::{Stabilities, Stability},
        liveness::{FoundLiveness, LivenessGoal, LivenessQuestion, LivenessSearch, LivenessVerdict, TriedSets},
    },
    raft::{Quorum, Rule, Rules},
    scenario::file,
};

const USAGE: &str = "\
usage: liveness [OPTION]...
  --goal NAME           never-settles, stuck or no-majority (never-settles)
  --servers N           3 to 6 servers (5)
  --faults N            faults at most (3)
  --kinds NAME          all, all-and-slow-messages, two-way-links-and-servers, links or two-way-links (all)
  --seeds N             runs of each set (10)
  --with RULE           switch a rule on, by its name in scenario files: pre-vote
  --without RULE        switch one off
  --quorum N            votes that make a leader (a majority)
  --scenario            print the run that was found as a scenario file";

struct Order {
    question: LivenessQuestion,
    prints_scenario: bool,
}

impl Order {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut order = Self {
            question: LivenessQuestion {
                goal: LivenessGoal::NeverSettles,
                servers: 5,
                rules: Rules::PAPER,
                kinds: FaultKinds::All,
                most_faults: 3,
                seeds: 10,
            },
            prints_scenario: false,
        };
        while let Some(argument) = arguments.next() {
            let LivenessQuestion {
                goal,
                servers,
                rules,
                kinds,
                most_faults,
                seeds,
            } = &mut order.question;
            match argument.as_str() {
                "--goal" => *goal = LivenessGoal::from_slug(&arguments.next()?)?,
                "--servers" => *servers = arguments.next()?.parse().ok()?,
                "--faults" => *most_faults = arguments.next()?.parse().ok()?,
                "--kinds" => *kinds = FaultKinds::from_slug(&arguments.next()?)?,
                "--seeds" => *seeds = arguments.next()?.parse().ok()?,
                "--with" => rules.set(Rule::from_slug(&arguments.next()?)?, true),
                "--without" => rules.set(Rule::from_slug(&arguments.next()?)?, false),
                "--quorum" => rules.quorum = Quorum::Votes(arguments.next()?.parse().ok()?),
                "--scenario" => order.prints_scenario = true,
                _ => return None,
            }
        }
        let LivenessQuestion { servers, seeds, .. } = order.question;
        ((3..=FaultSet::MOST_SERVERS).contains(&servers) && seeds > 0).then_some(order)
    }
}

/// What becomes of each set, on all cores.
fn judge_all(question: LivenessQuestion, sets: &[FaultSet]) -> Vec<Stabilities> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let of_part = |part: &[FaultSet]| part.iter().map(|set| question.judge(*set)).collect::<Vec<_>>();
    thread::scope(|scope| {
        let parts: Vec<_> = sets
            .chunks(sets.len().div_ceil(threads))
            .map(|part| scope.spawn(move || of_part(part)))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("runs")).collect()
    })
}

fn in_words(fault: &Fault) -> String {
    match fault {
        Fault::CutOneWay(from, to) => format!("the link from {from} to {to} is cut"),
        Fault::CutBothWays(one, other) => format!("the links between {one} and {other} are cut"),
        Fault::Crash(server) => format!("{server} crashes"),
        Fault::Pause(server) => format!("{server} is paused"),
        Fault::SlowMessages => "messages are slow".to_owned(),
    }
}

fn print_tried(tried: &TriedSets, question: &LivenessQuestion) {
    let of = |stability| tried.always(stability);
    if question.needs_no_run() {
        println!("  in each a server reaches enough others to be elected");
        return;
    }
    println!(
        "  in all of {} runs {} settle, {} never settle, {} are stuck; {} leave no majority; {} depend on luck, {} of which did it in some runs",
        question.seeds,
        of(Stability::Settles),
        of(Stability::NeverSettles),
        of(Stability::Stuck),
        of(Stability::NoMajority),
        tried.differ,
        tried.sometimes,
    );
}

fn main() -> ExitCode {
    let Some(Order {
        question,
        prints_scenario,
    }) = Order::from_arguments(env::args().skip(1))
    else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let mut search = LivenessSearch::new(question);
    let verdict = loop {
        if let Some(verdict) = search.verdict() {
            break verdict;
        }
        if search.of_size().1 == 0 && !prints_scenario {
            println!(
                "{} sets of {} faults, up to renaming",
                search.of_size().0,
                search.faults()
            );
        }
        search.step_with(500, |sets| judge_all(question, sets));
    };
    match verdict {
        LivenessVerdict::Found(set) if prints_scenario => {
            let found = FoundLiveness::of(&search).expect("it was found");
            print!(
                "{}",
                file::write(&found.run("Found on the command line".to_owned(), set, question.rules))
            );
        }
        LivenessVerdict::Found(set) => {
            println!("Found, with {} faults:", search.faults());
            for fault in set.faults() {
                println!("  {}", in_words(&fault));
            }
            let doing = search.alike().always(question.goal.stability());
            println!("Of {} sets of so many faults {doing} do it.", search.alike().all());
            println!("No set of fewer does it. Of {} such sets:", search.smaller().all());
            print_tried(search.smaller(), &question);
        }
        LivenessVerdict::Nothing => {
            println!(
                "Nothing found. Of {} sets of at most {} faults:",
                search.smaller().all(),
                question.most_faults
            );
            print_tried(search.smaller(), &question);
        }
    }
    match verdict {
        LivenessVerdict::Found(_) => ExitCode::SUCCESS,
        LivenessVerdict::Nothing => ExitCode::FAILURE,
    }
}

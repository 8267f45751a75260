//! The atlas of broken networks on the command line.
//!
//! ```text
//! cargo run --profile bench --example atlas -- [OPTION...]
//! ```
//!
//! Tries every network of a cluster that S1 leads under every combination of the rules for elections in broken networks, and counts
//! what becomes of the leadership. All cores run, and the numbers are the same with any number of them.
//!
//! | option | meaning |
//! |---|---|
//! | `--servers N` | 2 to 6 servers instead of 5 |
//! | `--one-way` | also networks in which a link is cut in one direction only; 5 servers at most |
//! | `--seeds N` | so many runs of each, instead of 10 |
//! | `--shapes` | prints each shape as well |
//! | `--prove` | nothing is run: the checker says in which networks a server can still win an election, over all orders of events |
//! | `--term N` | the last term of that search, instead of 3 |

use std::{env, num::NonZero, process::ExitCode, thread};

use raft_playground::{
    lab::{
        atlas::{NetworkShape, ShapeCount, Stabilities, Stability, rule_sets},
        proof::{Electable, electable},
    },
    raft::{Rules, Term},
};

const USAGE: &str = "usage: atlas [--servers N] [--one-way] [--seeds N] [--shapes] [--prove [--term N]]";

struct Order {
    servers: u8,
    one_way: bool,
    seeds: u64,
    shapes: bool,
    prove: bool,
    term: u32,
}

impl Order {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut order = Self {
            servers: 5,
            one_way: false,
            seeds: 10,
            shapes: false,
            prove: false,
            term: 3,
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--servers" => order.servers = arguments.next()?.parse().ok()?,
                "--one-way" => order.one_way = true,
                "--seeds" => order.seeds = arguments.next()?.parse().ok()?,
                "--shapes" => order.shapes = true,
                "--prove" => order.prove = true,
                "--term" => order.term = arguments.next()?.parse().ok()?,
                _ => return None,
            }
        }
        let most = if order.one_way {
            NetworkShape::MOST_SERVERS_ONE_WAY
        } else {
            NetworkShape::MOST_SERVERS
        };
        ((2..=most).contains(&order.servers) && order.seeds > 0).then_some(order)
    }
}

/// Something of each shape, on all cores.
fn of_all<T: Send>(shapes: &[ShapeCount], of: impl Fn(NetworkShape) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let of = &of;
    thread::scope(|scope| {
        let parts: Vec<_> = shapes
            .chunks(shapes.len().div_ceil(threads))
            .map(|part| scope.spawn(move || part.iter().map(|count| of(count.shape)).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("runs")).collect()
    })
}

/// What becomes of each shape under each rule set.
fn try_all(shapes: &[ShapeCount], sets: &[Rules], seeds: u64) -> Vec<Vec<Stabilities>> {
    of_all(shapes, |shape| {
        let of = |rules: &Rules| Stabilities::of(shape, *rules, 1..seeds + 1);
        sets.iter().map(of).collect()
    })
}

/// States of a search at most.
const MOST_STATES: u64 = 1_000_000;

/// Prints in which networks a server can still win an election. Says whether that is so nowhere without a majority, and everywhere else
/// by the paper's rules; by others a leader that stays may be needed for its vote.
fn prove(order: &Order, shapes: &[ShapeCount]) -> bool {
    println!(
        "S1 has led term 1. Networks in which somebody wins a later term / nobody wins one up to term {} / unknown:",
        order.term
    );
    let mut is_as_counted = true;
    for rules in rule_sets() {
        let found = of_all(shapes, |shape| {
            let up_to = |term| electable(shape, rules, Term(term), MOST_STATES);
            // Where somebody wins, the next term is mostly enough to find it.
            match up_to(order.term.min(2)) {
                Ok(Electable::Never(_)) => up_to(order.term),
                found => found,
            }
        });
        let (mut networks, mut most) = ([0; 3], 0);
        for (count, found) in shapes.iter().zip(found) {
            let (place, states) = match found {
                Ok(Electable::Yes(_)) => (0, 0),
                Ok(Electable::Never(states)) => (1, states),
                Ok(Electable::Unknown(_)) | Err(_) => (2, 0),
            };
            networks[place] += count.networks;
            most = most.max(states);
            let may_differ = rules != Rules::PAPER && count.shape.has_majority();
            is_as_counted &= may_differ || place == usize::from(!count.shape.has_majority());
        }
        let [won, never, unknown] = networks;
        println!(
            "{:52}{won:>9}{never:>9}{unknown:>9}, {most} states at most",
            named(rules)
        );
    }
    is_as_counted
}

/// `pre-vote + check-quorum`.
fn named(rules: Rules) -> String {
    let names: Vec<_> = rules.changed().map(|rule| rule.slug()).collect();
    if names.is_empty() {
        "the paper's rules".to_owned()
    } else {
        names.join(" + ")
    }
}

/// Which links are up: `1-2 2>3`.
fn drawn(shape: NetworkShape) -> String {
    let links = shape.links();
    let all = || raft_playground::raft::NodeId::all(shape.size().into());
    let mut words = Vec::new();
    for from in all() {
        for to in all().filter(|to| *to != from && links.is_up(from, *to)) {
            let (one, other) = (from.index() + 1, to.index() + 1);
            match links.is_up(to, from) {
                true if from < to => words.push(format!("{one}-{other}")),
                true => {}
                false => words.push(format!("{one}>{other}")),
            }
        }
    }
    words.join(" ")
}

const WORDS: [&str; 4] = ["settles", "never", "stuck", "no majority"];

fn main() -> ExitCode {
    let Some(order) = Order::from_arguments(env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let shapes = if order.one_way {
        NetworkShape::one_way(order.servers)
    } else {
        NetworkShape::two_way(order.servers)
    };
    let sets = rule_sets();
    let networks: u32 = shapes.iter().map(|count| count.networks).sum();
    if order.prove {
        println!("{} shapes of {networks} networks", shapes.len());
        return if prove(&order, &shapes) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        };
    }
    println!(
        "{} shapes of {networks} networks, {} runs of each",
        shapes.len(),
        order.seeds
    );
    let tried = try_all(&shapes, &sets, order.seeds);
    println!("networks in which:");
    println!(
        "{:52}{}  it depends",
        "",
        WORDS.map(|word| format!("{word:>13}")).concat()
    );
    for (place, rules) in sets.iter().enumerate() {
        let of = |stability| {
            let such = shapes
                .iter()
                .zip(&tried)
                .filter(|(_, stabilities)| stabilities[place].always() == stability);
            such.map(|(count, _)| count.networks).sum::<u32>()
        };
        let columns = Stability::ALL
            .map(|stability| format!("{:>13}", of(Some(stability))))
            .concat();
        println!("{:52}{columns}{:>12}", named(*rules), of(None));
    }
    if order.shapes {
        println!(
            "\neach shape by its links and how many networks have it; by rules, the runs that settle / never settle / are stuck"
        );
        for (count, stabilities) in shapes.iter().zip(&tried) {
            let columns = stabilities.iter().map(|stabilities| {
                let counts = Stability::ALL[..3]
                    .iter()
                    .map(|stability| stabilities.count(*stability).to_string());
                format!("{:>9}", counts.collect::<Vec<_>>().join("/"))
            });
            println!(
                "{:44}{:>4}{}",
                drawn(count.shape),
                count.networks,
                columns.collect::<String>()
            );
        }
    }
    ExitCode::SUCCESS
}

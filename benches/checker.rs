//! How many states a second the checker meets on this machine, on one core, and how many stateright meets in the very same model:
//! `cargo bench --bench checker`.
//!
//! A step is a next state that was computed, whether it was new or not; a state is one that was new. The checker passes over
//! steps that lead to what it has met, stateright takes them all. Each row is the best of
//! some rounds, because whatever else the machine does can only slow a round down.

#[path = "../tests/support/checker/oracle.rs"]
mod oracle;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use oracle::Oracle;
use raft_playground::checker::{Bounds, Model, NetworkModel, Options, Search, Setup};
use stateright::Checker;

const ROUNDS: u32 = 5;

struct Row {
    what: &'static str,
    servers: u8,
    elections: u8,
    network: NetworkModel,
    symmetry: bool,
}

const ROWS: [Row; 6] = [
    Row::new("3 servers, 4 elections, reduced", 3, 4, NetworkModel::Reduced, false),
    Row::new(
        "3 servers, 4 elections, reduced, symmetry",
        3,
        4,
        NetworkModel::Reduced,
        true,
    ),
    Row::new(
        "5 servers, 2 elections, reduced, symmetry",
        5,
        2,
        NetworkModel::Reduced,
        true,
    ),
    Row::new(
        "5 servers, 3 elections, reduced, symmetry",
        5,
        3,
        NetworkModel::Reduced,
        true,
    ),
    Row::new("3 servers, 2 elections, sent", 3, 2, NetworkModel::Sent, false),
    Row::new("3 servers, 1 election, counted", 3, 1, NetworkModel::Counted, false),
];

impl Row {
    const fn new(what: &'static str, servers: u8, elections: u8, network: NetworkModel, symmetry: bool) -> Self {
        Self {
            what,
            servers,
            elections,
            network,
            symmetry,
        }
    }

    fn model(&self) -> Model {
        let bounds = Bounds {
            servers: self.servers,
            elections: self.elections,
            crashes: 1,
            duplications: 1,
            heartbeats: 1,
            transfers: false,
        };
        let setup = Setup {
            network: self.network,
            ..Setup::paper(bounds)
        };
        Model::new(setup).expect("bounds that fit")
    }
}

fn print(what: &str, states: u64, steps: u64, elapsed: Duration) {
    let per_second = |count: u64| u128::from(count) * 1_000_000 / elapsed.as_micros().max(1);
    let (states_rate, steps_rate) = (per_second(states), per_second(steps));
    println!("{what:<45} {states:>9} {steps:>10} {states_rate:>11} {steps_rate:>11}");
}

/// One row under stateright, without symmetry and with one thread.
fn by_stateright(row: &Row) {
    let begun = Instant::now();
    let checker = stateright::Model::checker(Oracle(row.model()))
        .threads(1)
        .spawn_bfs()
        .join();
    let elapsed = begun.elapsed();
    let states = checker.unique_state_count() as u64;
    print(
        "  the same by stateright",
        states,
        checker.state_count() as u64,
        elapsed,
    );
}

fn main() {
    println!(
        "{:<45} {:>9} {:>10} {:>11} {:>11}",
        "", "states", "steps", "states/s", "steps/s"
    );
    for row in ROWS {
        let model = Arc::new(row.model());
        let options = Options {
            symmetry: row.symmetry,
            most_states: 1_000_000,
            ..Options::default()
        };
        let round = |_| {
            let begun = Instant::now();
            let mut search = Search::new(Arc::clone(&model), options);
            search.finish();
            (begun.elapsed(), search.progress())
        };
        let (elapsed, progress) = (0..ROUNDS)
            .map(round)
            .min_by_key(|(elapsed, _)| *elapsed)
            .expect("some rounds");
        print(row.what, progress.unique, progress.generated, elapsed);
        if !row.symmetry && progress.unique < 1_000_000 {
            by_stateright(&row);
        }
    }
}

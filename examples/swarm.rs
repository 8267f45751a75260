//! Random runs by the million, on all cores: safe while everything fails, and a leader once nothing fails any more.
//!
//! ```text
//! cargo run --profile bench --example swarm -- --runs 1000000 [--seed 0]
//! ```
//!
//! Run number *n* is made from seed + *n*; without `--seed` the clock says where to begin. A run that fails is written to
//! `target/swarm` as a scenario file that the page opens, with the command that makes it again; then the exit code is 1. The
//! bench profile is the release profile built for speed, not for size; `--release` does the same, slower.

#[path = "../tests/support/runs/mod.rs"]
mod runs;
#[path = "../tests/swarm/cluster.rs"]
mod swarm;

use std::{
    env,
    path::Path,
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

const USAGE: &str = "usage: swarm [--runs N] [--seed N]";

/// Failed runs that are written to files; one is enough to begin with.
const MOST_FAILURES: u64 = 10;

/// What is to be run.
struct Order {
    seed: u64,
    runs: u64,
}

impl Order {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut order = Self {
            seed: seed_of_the_clock(),
            runs: 10_000,
        };
        while let Some(name) = arguments.next() {
            let number = arguments.next()?.parse().ok()?;
            match name.as_str() {
                "--seed" => order.seed = number,
                "--runs" => order.runs = number,
                _ => return None,
            }
        }
        Some(order)
    }
}

fn seed_of_the_clock() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() * 1_000_000_000)
}

/// What all threads add to.
#[derive(Default)]
struct Progress {
    /// Runs that somebody has taken on.
    taken: AtomicU64,
    done: AtomicU64,
    failed: AtomicU64,
    events: AtomicU64,
    /// The longest election of a healed cluster, in rounds.
    slowest: AtomicU64,
    is_over: AtomicBool,
    /// So that reports are printed one at a time.
    printing: Mutex<()>,
}

impl Progress {
    fn work(&self, order: &Order) {
        loop {
            let number = self.taken.fetch_add(1, Relaxed);
            if number >= order.runs || self.failed.load(Relaxed) >= MOST_FAILURES {
                return;
            }
            self.run(order.seed.wrapping_add(number));
            self.done.fetch_add(1, Relaxed);
        }
    }

    fn run(&self, seed: u64) {
        let trial = swarm::trial(seed, |_| ());
        match trial.result {
            Ok(outcome) => {
                self.events.fetch_add(outcome.events, Relaxed);
                self.slowest.fetch_max(outcome.rounds, Relaxed);
            }
            Err(failure) => {
                self.failed.fetch_add(1, Relaxed);
                let _printing = self.printing.lock();
                let file = swarm::write_failure(&trial, failure, Path::new("target/swarm"));
                println!("seed {seed} failed: {failure}");
                println!("  to make it again: {}", swarm::command(seed));
                println!("  to look at it, open {}", file.display());
            }
        }
    }

    fn report(&self, order: &Order, began: Instant) {
        let done = self.done.load(Relaxed);
        let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX).max(1);
        println!(
            "{done} of {} runs, {} failed, {} runs/s, {} events/s, slowest election {} rounds",
            order.runs,
            self.failed.load(Relaxed),
            done * 1000 / millis,
            self.events.load(Relaxed) * 1000 / millis,
            self.slowest.load(Relaxed),
        );
    }

    /// Says every ten seconds how far it is.
    fn watch(&self, order: &Order, began: Instant) {
        let mut next = Duration::from_secs(10);
        while !self.is_over.load(Relaxed) {
            thread::sleep(Duration::from_millis(20));
            if began.elapsed() >= next {
                self.report(order, began);
                next += Duration::from_secs(10);
            }
        }
    }
}

fn main() -> ExitCode {
    let Some(order) = Order::from_arguments(env::args().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    println!("{} runs from seed {} on {threads} threads", order.runs, order.seed);
    let (progress, began) = (Progress::default(), Instant::now());
    thread::scope(|scope| {
        let watch = scope.spawn(|| progress.watch(&order, began));
        let work = |_| scope.spawn(|| progress.work(&order));
        let workers: Vec<_> = (0..threads).map(work).collect();
        for worker in workers {
            worker.join().expect("a run that ends");
        }
        progress.is_over.store(true, Relaxed);
        watch.join().expect("it only prints");
    });
    progress.report(&order, began);
    ExitCode::from(u8::from(progress.failed.load(Relaxed) > 0))
}

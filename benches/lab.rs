//! How many trials a second the laboratory runs, on one core of this machine (`cargo bench --bench lab`) or in a browser
//! (`cargo xtask bench` runs both and compares).
//!
//! Each row is a line of the paper's Figure 16, and the best of some rounds, because whatever else the machine does can only slow a
//! round down.

#[macro_use]
mod support;

use std::hint::black_box;

use raft_playground::lab::{PaperHalf, PaperLine};

#[cfg(not(target_arch = "wasm32"))]
use std::time::Instant;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::Instant;

const ROUNDS: u32 = 5;

/// Milliseconds for 1000 trials, and trials in the best second.
fn measure(line: &PaperLine) -> (f64, f64) {
    let experiment = line.experiment(PaperLine::DELAY);
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        for trial in 0..experiment.trials {
            black_box(experiment.trial(trial));
        }
        best = best.min(begun.elapsed().as_secs_f64() / f64::from(experiment.trials));
    }
    (best * 1e6, 1.0 / best)
}

/// The table, line by line.
fn run(mut line: impl FnMut(&str)) {
    line("Figure 16                              ms for 1000  trials/s");
    for paper in PaperHalf::ALL.into_iter().flat_map(PaperHalf::lines) {
        let (min, max) = paper.millis;
        let (millis, rate) = measure(paper);
        let name = format!("{min} to {max} ms");
        line(&format!("{name:38}  {millis:10.1}  {rate:10.0}"));
    }
}

table!(lab);

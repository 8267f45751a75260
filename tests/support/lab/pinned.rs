//! A number that stands for trials of all lines of Figure 16, on this machine and in the browser.

use raft_playground::{
    lab::{PaperHalf, PaperLine},
    sim::Micros,
};

/// It is the same on every machine.
pub const DIGEST: u64 = 0x5b71_1904_e8d8_c812;

/// What the trials are measured to be: FNV-1a over the numbers of the first twenty of each line.
pub fn digest() -> u64 {
    let mut digest = 0xcbf2_9ce4_8422_2325_u64;
    for line in PaperHalf::ALL.into_iter().flat_map(PaperHalf::lines) {
        let experiment = line.experiment(PaperLine::DELAY);
        for trial in 0..20 {
            let outcome = experiment.trial(trial);
            let time = outcome.without_leader.unwrap_or(Micros::NEVER).0;
            let counts = [outcome.terms, outcome.elections, outcome.split_votes, outcome.messages];
            for value in counts.map(u64::from).into_iter().chain([time]) {
                digest = (digest ^ value).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    digest
}

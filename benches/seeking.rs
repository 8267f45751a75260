//! How long it takes to go anywhere in a day of nine servers whose leader is killed twice a second, and what keeping that day at
//! hand costs: on this machine (`cargo bench --bench seeking`) or in a browser (`cargo xtask bench seeking` runs both).
//!
//! A seek runs forward from a checkpoint, so what it costs is the events that it runs through. Their number is the same on
//! every machine; the time is this machine's.

#[macro_use]
mod support;

use raft_playground::{
    raft::NodeId,
    sim::{Action, Config, History, Micros},
};

#[cfg(not(target_arch = "wasm32"))]
use std::time::Instant;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::Instant;

const SERVERS: u8 = 9;
const DAY: Micros = Micros::from_secs(24 * 3600);
const SEEKS: usize = 500;
/// Of each seek the best time counts: whatever else the machine does can only slow one down.
const ROUNDS: usize = 3;

/// A day in which the leader is killed twice a second and started again half a second later.
fn day() -> History {
    let mut history = History::new(Config::paper(SERVERS), 1, &[]).expect("a valid configuration");
    let mut down: Option<NodeId> = None;
    while history.now() < DAY {
        history.seek(history.now() + Micros::from_millis(500));
        let act = |history: &mut History, action| history.act(action).expect("it can be done");
        if let Some(server) = down.take() {
            act(&mut history, Action::start(server));
        }
        down = history.world().leader();
        if let Some(server) = down {
            act(&mut history, Action::kill(server));
        }
    }
    history
}

/// The memory that the program holds, in MB; `None` where the system does not say.
#[cfg(not(target_arch = "wasm32"))]
fn held() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

/// Nothing else lives in it, so all of its memory is what it holds.
#[cfg(target_arch = "wasm32")]
fn held() -> Option<u64> {
    let pages = core::arch::wasm32::memory_size::<0>() as u64;
    Some(pages * 64 / 1024)
}

/// The median and the greatest of some numbers.
fn summary(mut numbers: Vec<f64>) -> (f64, f64) {
    numbers.sort_by(f64::total_cmp);
    (numbers[numbers.len() / 2], numbers[numbers.len() - 1])
}

/// The table: medians and the worst.
fn run(mut line: impl FnMut(&str)) {
    let before = held();
    let mut history = day();
    let events = history.world().next_event().0;
    line(&format!(
        "a day of nine servers: {events} events, {} checkpoints, {} actions",
        history.checkpoints(),
        history.journal(history.current()).len(),
    ));
    if let (Some(before), Some(after)) = (before, held()) {
        line(&format!("memory: {} MB", after.saturating_sub(before)));
    }
    let (mut times, mut passed) = (vec![f64::INFINITY; SEEKS], Vec::new());
    for round in 0..ROUNDS {
        for (seek, best) in (0..).zip(&mut times) {
            // The golden ratio spreads them evenly, whatever their number.
            let at = Micros(0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(seek) % DAY.0);
            let start = Instant::now();
            history.seek(at);
            *best = best.min(start.elapsed().as_secs_f64() * 1000.0);
            // The trace begins anew where a seek sets out from.
            if round == 0 {
                #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
                passed.push((history.world().next_event().0 - history.trace().first().0) as f64);
            }
        }
    }
    line("a seek                                 median       worst");
    for (name, numbers) in [("time in ms", times), ("events run through at most", passed)] {
        let (median, worst) = summary(numbers);
        line(&format!("{name:36}  {median:10.1}  {worst:10.1}"));
    }
}

table!(seeking);

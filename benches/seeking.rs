//! How long it takes to go anywhere in a day of nine servers whose leader is killed twice a second, and what keeping that day at
//! hand costs (`cargo bench --bench seeking`).
//!
//! A seek runs forward from a checkpoint, so what it costs is the events that it runs through. Their number is the same on
//! every machine; the time is this machine's.

use std::{
    fs,
    time::{Duration, Instant},
};

use raft_playground::{
    raft::NodeId,
    sim::{Action, Config, History, Micros},
};

const SERVERS: u8 = 9;
const DAY: Micros = Micros::from_secs(24 * 3600);
const SEEKS: u64 = 500;

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
fn held() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn main() {
    // `cargo test --benches` only wants to know that it compiles.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let before = held();
    let mut history = day();
    let events = history.world().next_event().0;
    println!(
        "a day of nine servers: {events} events, {} checkpoints",
        history.checkpoints()
    );
    if let (Some(before), Some(after)) = (before, held()) {
        println!("memory: {} MB", after.saturating_sub(before));
    }
    let mut times: Vec<Duration> = Vec::new();
    for seek in 0..SEEKS {
        // The golden ratio spreads them evenly, whatever their number.
        let at = Micros(seek.wrapping_mul(0x9E37_79B9_7F4A_7C15) % DAY.0);
        let start = Instant::now();
        history.seek(at);
        times.push(start.elapsed());
    }
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let (median, last) = (times[times.len() / 2], times[times.len() - 1]);
    println!(
        "a seek: median {:.1} ms, worst of {SEEKS} {:.1} ms",
        ms(median),
        ms(last)
    );
}

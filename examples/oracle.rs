//! Drives this crate and raft-rs, the Raft of TiKV, through random schedules in step, and says whether they agree:
//!
//! ```text
//! cargo run --release --example oracle -- --schedules 100000
//! ```
//!
//! | option | |
//! |---|---|
//! | `--schedules N` | how many; 100,000 if not said |
//! | `--seed N` | the first one's seed, which the others count up from; 0 if not said |
//! | `--servers N` | clusters of this size only, 1 to 9 |
//! | `--pre-vote on` or `off` | one of them only; schedules take turns if not said |
//! | `--check-quorum on` or `off` | the same |
//! | `--break RULE` | without a rule of this crate, by its name in the code, as `OneVotePerTerm` |
//!
//! The exit code is 1 on a disagreement, which is then told as short as it can be made, and 2 if an option can't be read. What
//! corresponds to what, and where raft-rs differs by design, is in `tests/oracle/raft_rs/lockstep`.

use std::process::ExitCode;

#[path = "../tests/oracle/raft_rs/mod.rs"]
mod raft_rs;

fn main() -> ExitCode {
    raft_rs::lockstep::command::main()
}

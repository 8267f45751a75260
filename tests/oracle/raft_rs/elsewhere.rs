//! Stands in for `lockstep` where raft-rs does not build, and says so.

pub mod command {
    use std::process::ExitCode;

    pub fn main() -> ExitCode {
        eprintln!("raft-rs builds by itself only for x86-64 with Linux, macOS or Windows");
        ExitCode::from(2)
    }
}

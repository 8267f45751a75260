//! raft-rs, the Raft of TiKV, as a judge of this crate. It builds for some machines without anything that would have to be
//! installed; `Cargo.toml` names the same ones.

#[cfg_attr(
    not(all(
        target_arch = "x86_64",
        any(target_os = "linux", target_os = "macos", target_os = "windows")
    )),
    path = "elsewhere.rs"
)]
#[allow(dead_code, reason = "the tests and the example use their own parts")]
pub mod lockstep;

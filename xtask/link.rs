//! Build script: what the linker has to leave in the page's program for `xtask/split`.

fn main() {
    println!("cargo::rerun-if-changed=xtask/link.rs");
    if std::env::var_os("CARGO_FEATURE_SPLIT").is_some() {
        println!("cargo::rustc-link-arg-bin=raft-playground=--emit-relocs");
    }
}

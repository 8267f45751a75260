//! `cargo xtask serve`: the playground on this machine.

use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use crate::arguments::Arguments;
use crate::process::{run as run_process, target};
use crate::{Result, tools};

const FIRST_PORT: u16 = 8080;

/// Builds the page, serves it and builds it again when its source changes.
pub fn run(mut arguments: Arguments) -> Result<()> {
    let asked = arguments.option("--port")?;
    let open = arguments.flag("--open");
    let debug = arguments.flag("--debug");
    arguments.finish()?;
    let mut trunk = tools::trunk()?;
    let port = port(asked)?;
    eprintln!("Building the page (the first time takes about two minutes)");
    // Apart from dist/, which is for publishing.
    trunk
        .args(["--quiet", "serve", "--no-autoreload", "--dist"])
        .arg(target().join("serve"));
    trunk.args(["--address=127.0.0.1", &format!("--port={port}")]);
    if !debug {
        trunk.arg("--release");
    }
    if open {
        trunk.arg("--open");
    }
    thread::spawn(move || announce(port));
    run_process(&mut trunk)
}

/// The port that was asked for, or the first free one.
fn port(asked: Option<u16>) -> Result<u16> {
    match asked {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => Err(format!("port {port} is taken by another program").into()),
        None => (FIRST_PORT..FIRST_PORT + 100)
            .find(|port| is_free(*port))
            .ok_or_else(|| format!("no free port from {FIRST_PORT} on").into()),
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}

/// Says where the page is, once it is there.
fn announce(port: u16) {
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        thread::sleep(Duration::from_millis(200));
    }
    println!("The playground is at http://127.0.0.1:{port}/ (Ctrl+C ends it)");
}

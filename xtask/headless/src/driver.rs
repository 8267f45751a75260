//! The chromedriver process.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::{Error, Result, locate};

/// A running chromedriver; it is killed when dropped.
pub struct Driver {
    process: Child,
    port: u16,
    /// Kept open: a chromedriver that can't write to its output ends.
    _output: BufReader<ChildStdout>,
}

/// How many chromedrivers are started before giving up. One asks for any free port of IPv4 and then for the same one of
/// IPv6, which another program may hold: "Address already in use", and it ends. The next is given another port.
const ATTEMPTS: usize = 8;

impl Driver {
    /// Starts chromedriver on a free port.
    pub fn start() -> Result<Self> {
        let program =
            locate::driver().ok_or_else(|| Error::new("no chromedriver found on the PATH or in CHROMEDRIVER"))?;
        first_success(ATTEMPTS, || Self::start_once(&program))
    }

    fn start_once(program: &Path) -> Result<Self> {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| Error::new(format!("{} can't be run: {error}", program.display())))?;
        let output = process.stdout.take().expect("the output is piped");
        let mut output = BufReader::new(output);
        match read_port(&mut output) {
            Ok(port) => Ok(Self {
                process,
                port,
                _output: output,
            }),
            Err(error) => {
                end(&mut process);
                Err(error)
            }
        }
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// The first success of at most `attempts`, or the last error.
fn first_success<T>(attempts: usize, mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
    for _ in 1..attempts {
        if let Ok(success) = attempt() {
            return Ok(success);
        }
    }
    attempt()
}

fn end(process: &mut Child) {
    // It may have ended by itself already.
    let _ = process.kill();
    let _ = process.wait();
}

/// Finds the port in `ChromeDriver was started successfully on port 41233.`
fn read_port(output: &mut impl BufRead) -> Result<u16> {
    for line in output.lines() {
        if let Some(port) = port_in(&line?) {
            return Ok(port);
        }
    }
    Err(Error::new("chromedriver ended without saying on which port it listens"))
}

fn port_in(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once("started successfully on port ")?;
    rest.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{first_success, port_in};
    use crate::Error;

    #[test]
    fn a_start_that_fails_is_tried_again() {
        let mut tried = 0;
        let started = first_success(3, || {
            tried += 1;
            if tried < 3 {
                Err(Error::new("in use"))
            } else {
                Ok(tried)
            }
        });
        assert_eq!(started, Ok(3));
    }

    #[test]
    fn what_never_starts_says_why() {
        let mut tried = 0;
        let started: Result<(), _> = first_success(3, || {
            tried += 1;
            Err(Error::new("not a program"))
        });
        assert_eq!((started, tried), (Err(Error::new("not a program")), 3));
    }

    #[test]
    fn the_port_is_read_from_the_line_that_says_it() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 41233."),
            Some(41233)
        );
        assert_eq!(port_in("Starting ChromeDriver 150.0 on port 0"), None);
    }
}

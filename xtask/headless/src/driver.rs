//! The chromedriver process.

use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::{Error, Result, locate};

/// A running chromedriver; it is killed when dropped.
pub struct Driver {
    process: Child,
    port: u16,
    /// Kept open: a chromedriver that can't write to its output ends.
    _output: BufReader<ChildStdout>,
}

impl Driver {
    /// Starts chromedriver on a free port.
    pub fn start() -> Result<Self> {
        let program =
            locate::driver().ok_or_else(|| Error::new("no chromedriver found on the PATH or in CHROMEDRIVER"))?;
        let mut process = Command::new(&program)
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

fn end(process: &mut Child) {
    // It may have ended by itself, which is as good.
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
    use super::port_in;

    #[test]
    fn the_port_is_read_from_the_line_that_says_it() {
        assert_eq!(
            port_in("ChromeDriver was started successfully on port 41233."),
            Some(41233)
        );
        assert_eq!(port_in("Starting ChromeDriver 150.0 on port 0"), None);
    }
}

//! The process that drives a browser, and the screen that it needs if it can't do without one.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use tempfile::TempDir;

use crate::{Engine, Error, Result, locate};

/// A running driver; it is killed when dropped.
pub struct Driver {
    process: Child,
    port: u16,
    /// Kept open: a driver that can't write to its output ends.
    _output: BufReader<ChildStdout>,
    /// What the browser draws on, if it has to draw.
    _screen: Option<Screen>,
    /// Dropped last: what the browser leaves behind goes with it.
    _scratch: Scratch,
}

/// How many chromedrivers are started before giving up. One asks for any free port of IPv4 and then for the same one of
/// IPv6, which another program may hold: "Address already in use", and it ends. The next is given another port.
const ATTEMPTS: usize = 8;

impl Driver {
    /// Starts the driver of a browser on a free port.
    pub fn start(engine: Engine) -> Result<Self> {
        let program = locate::driver(engine).ok_or_else(|| {
            let (name, variable) = (engine.driver(), engine.driver_variable());
            Error::new(format!("no {name} found on the PATH or in {variable}"))
        })?;
        first_success(ATTEMPTS, || Self::start_once(engine, &program))
    }

    fn start_once(engine: Engine, program: &Path) -> Result<Self> {
        // Chromedriver finds a free port by itself and says which; the others have to be given one.
        let given = (engine != Engine::Chromium).then(free_port).transpose()?;
        let screen = (engine == Engine::WebKit).then(Screen::start).transpose()?;
        let scratch = Scratch::new()?;
        let mut command = Command::new(program);
        command
            .env("TMPDIR", &scratch.0)
            .arg(format!("--port={}", given.unwrap_or_default()))
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        if let Some(Screen { name, .. }) = &screen {
            command.env("DISPLAY", name);
        }
        let mut process = command
            .spawn()
            .map_err(|error| Error::new(format!("{} can't be run: {error}", program.display())))?;
        let output = process.stdout.take().expect("the output is piped");
        let mut output = BufReader::new(output);
        let port = match given {
            Some(port) => wait_for(port),
            None => read_port(&mut output),
        };
        match port {
            Ok(port) => Ok(Self {
                process,
                port,
                _output: output,
                _screen: screen,
                _scratch: scratch,
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

/// A folder for what one browser writes, removed when dropped. A driver leaves a profile of some megabytes behind, and after a
/// few hundred tests the disk is full.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self> {
        Ok(Self(TempDir::new()?.keep()))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The browser's own processes end a moment after its driver, and write to the last.
        let removed = first_success(ATTEMPTS, || {
            fs::remove_dir_all(&self.0).inspect_err(|_| sleep(Duration::from_millis(100)))?;
            Ok(())
        });
        if let Err(error) = removed {
            eprintln!("{} stays: {error}", self.0.display());
        }
    }
}

/// A screen that nobody sees; it ends when dropped.
struct Screen {
    process: Child,
    name: String,
}

impl Screen {
    /// Starts Xvfb as a display that is free.
    fn start() -> Result<Self> {
        let mut process = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "2000x1400x24"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| Error::new(format!("Xvfb can't be run: {error}")))?;
        let mut number = String::new();
        let output = process.stdout.take().expect("the output is piped");
        BufReader::new(output).read_line(&mut number)?;
        let name = format!(":{}", number.trim());
        Ok(Self { process, name })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

/// A port that is free now; if another takes it first, the driver is started again.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Waits until somebody listens on a port.
fn wait_for(port: u16) -> Result<u16> {
    for _ in 0..100 {
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Ok(port);
        }
        sleep(Duration::from_millis(100));
    }
    Err(Error::new(format!("the driver does not listen on port {port}")))
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
    use std::fs;

    use super::{Scratch, first_success, port_in};
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
    fn what_a_browser_wrote_is_removed() {
        let scratch = Scratch::new().expect("a folder");
        let folder = scratch.0.clone();
        fs::create_dir(folder.join("profile")).expect("a profile");
        fs::write(folder.join("profile/Preferences"), "{}").expect("a file");
        drop(scratch);
        assert!(!folder.exists(), "{}", folder.display());
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

//! A static web host for one folder, as dumb as the dumbest the page may meet.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{fs, io};

use crate::Result;

/// A request that the site has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The path that was asked for, with the sub-folder before it.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
}

/// A folder served over HTTP on a free port of this machine; it ends when dropped.
pub struct Site {
    shared: Arc<Shared>,
    address: SocketAddr,
    acceptor: Option<JoinHandle<()>>,
}

struct Shared {
    folder: PathBuf,
    prefix: String,
    requests: Mutex<Vec<Request>>,
    missing: Mutex<Option<String>>,
    stopped: AtomicBool,
}

impl Site {
    /// Serves `folder` below `prefix`, such as `/some/sub-folder/`; everything else is a 404.
    pub fn serve(folder: impl Into<PathBuf>, prefix: &str) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            folder: folder.into(),
            prefix: prefix.to_owned(),
            requests: Mutex::default(),
            missing: Mutex::default(),
            stopped: AtomicBool::new(false),
        });
        let acceptor = Some(thread::spawn({
            let shared = Arc::clone(&shared);
            move || accept(&listener, &shared)
        }));
        Ok(Self {
            shared,
            address,
            acceptor,
        })
    }

    /// The address of the served folder.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.shared.prefix)
    }

    /// What has been asked for so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.shared.requests).clone()
    }

    /// From now on, files whose name ends so are not found.
    pub fn lose(&self, ending: &str) {
        *lock(&self.shared.missing) = Some(ending.to_owned());
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.shared.stopped.store(true, Ordering::SeqCst);
        // The acceptor waits for a connection; this is the last one.
        let _ = TcpStream::connect(self.address);
        if let Some(acceptor) = self.acceptor.take() {
            let _ = acceptor.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for connection in listener.incoming() {
        if shared.stopped.load(Ordering::SeqCst) {
            return;
        }
        if let Ok(connection) = connection {
            let shared = Arc::clone(shared);
            // A connection that the browser gives up on concerns nobody else.
            thread::spawn(move || drop(shared.answer(&connection)));
        }
    }
}

impl Shared {
    fn answer(&self, mut connection: &TcpStream) -> io::Result<()> {
        // Browsers open connections in advance and may never use them.
        connection.set_read_timeout(Some(Duration::from_secs(30)))?;
        let Some(path) = read_path(&mut BufReader::new(connection))? else {
            return Ok(());
        };
        let found = self.find(&path);
        let status = if found.is_some() { 200 } else { 404 };
        lock(&self.requests).push(Request { path, status });
        let (kind, body) = found.unwrap_or_else(|| ("text/plain", b"not found\n".to_vec()));
        let reason = if status == 200 { "OK" } else { "Not Found" };
        let head = format!(
            "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            body.len()
        );
        connection.write_all(head.as_bytes())?;
        connection.write_all(&body)
    }

    fn find(&self, path: &str) -> Option<(&'static str, Vec<u8>)> {
        let name = path.strip_prefix(&self.prefix)?;
        let name = if name.is_empty() { "index.html" } else { name };
        if name.split('/').any(|part| part == "..") || self.is_lost(name) {
            return None;
        }
        let file = self.folder.join(name);
        Some((kind(&file), fs::read(&file).ok()?))
    }

    fn is_lost(&self, name: &str) -> bool {
        lock(&self.missing)
            .as_ref()
            .is_some_and(|ending| name.ends_with(ending))
    }
}

/// The path in a request's first line, without its query; the rest of the head is read and left.
fn read_path(reader: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let target = first.split_whitespace().nth(1);
    Ok(target.and_then(|target| target.split('?').next()).map(str::to_owned))
}

fn kind(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json" | "webmanifest") => "application/json",
        _ => "application/octet-stream",
    }
}

//! A static web host for one folder, as dumb as the dumbest the page may meet.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
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

/// A folder served over HTTP on this machine; it ends when dropped.
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
    head: Mutex<String>,
    stopped: AtomicBool,
}

impl Site {
    /// Serves `folder` on a free port below `prefix`, such as `/some/sub-folder/`; everything else
    /// is a 404.
    pub fn serve(folder: impl Into<PathBuf>, prefix: &str) -> Result<Self> {
        Self::serve_at(TcpListener::bind(("127.0.0.1", 0))?, folder, prefix)
    }

    /// Like [`serve`](Self::serve), at an address of your choice.
    pub fn serve_at(listener: TcpListener, folder: impl Into<PathBuf>, prefix: &str) -> Result<Self> {
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            folder: folder.into(),
            prefix: prefix.to_owned(),
            requests: Mutex::default(),
            missing: Mutex::default(),
            head: Mutex::default(),
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

    /// From now on, every answer has this line in its head.
    pub fn send(&self, line: &str) {
        *lock(&self.shared.head) += &format!("{line}\r\n");
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
        let Some((method, path)) = read_request(&mut BufReader::new(connection))? else {
            return Ok(());
        };
        let found = self.find(&path);
        let status = if found.is_some() { 200 } else { 404 };
        lock(&self.requests).push(Request { path, status });
        let (kind, encoding, body) = found.unwrap_or_else(|| ("text/plain", "", b"not found\n".to_vec()));
        let reason = if status == 200 { "OK" } else { "Not Found" };
        let head = format!(
            "HTTP/1.1 {status} {reason}\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {}\r\n\
             Cache-Control: no-store\r\n{}Connection: close\r\n\r\n",
            body.len(),
            lock(&self.head),
        );
        connection.write_all(head.as_bytes())?;
        if method == "HEAD" {
            return Ok(());
        }
        connection.write_all(&body)
    }

    /// The kind of a file, a line about its encoding, and its content: the compressed form, where that lies beside it.
    fn find(&self, path: &str) -> Option<(&'static str, &'static str, Vec<u8>)> {
        let name = path.strip_prefix(&self.prefix)?;
        let name = if name.is_empty() { "index.html" } else { name };
        let inside = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !inside || self.is_lost(name) {
            return None;
        }
        let file = self.folder.join(name);
        if let Ok(compressed) = fs::read(self.folder.join(format!("{name}.gz"))) {
            return Some((kind(&file), "Content-Encoding: gzip\r\n", compressed));
        }
        Some((kind(&file), "", fs::read(&file).ok()?))
    }

    fn is_lost(&self, name: &str) -> bool {
        lock(&self.missing)
            .as_ref()
            .is_some_and(|ending| name.ends_with(ending))
    }
}

/// The method and the path of a request, without its query; the rest of the head is read and left.
fn read_request(reader: &mut impl BufRead) -> io::Result<Option<(String, String)>> {
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    let mut words = first.split_whitespace();
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let path = target.split_once('?').map_or(target, |(path, _)| path);
    Ok(Some((method.to_owned(), path.to_owned())))
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

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::Site;

    fn ask(site: &Site, request: &str) -> String {
        let mut connection = TcpStream::connect(site.address).expect("a site that listens");
        write!(connection, "{request} HTTP/1.1\r\nHost: here\r\n\r\n").expect("a request sent");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).expect("an answer");
        answer
    }

    #[test]
    fn files_are_served_below_the_prefix_and_nowhere_else() {
        let site = Site::serve(env!("CARGO_MANIFEST_DIR"), "/a/b/").expect("a free port");
        assert!(ask(&site, "GET /a/b/Cargo.toml?v=1").starts_with("HTTP/1.1 200"));
        assert!(ask(&site, "HEAD /a/b/Cargo.toml").ends_with("\r\n\r\n"));
        for path in ["/Cargo.toml", "/a/b/none", "/a/b/../Cargo.toml", "/a/b//etc/hostname"] {
            assert!(ask(&site, &format!("GET {path}")).starts_with("HTTP/1.1 404"), "{path}");
        }
        assert_eq!(site.requests()[0].path, "/a/b/Cargo.toml");
    }

    #[test]
    fn a_lost_file_is_not_found() {
        let site = Site::serve(env!("CARGO_MANIFEST_DIR"), "/").expect("a free port");
        site.lose(".toml");
        assert!(ask(&site, "GET /Cargo.toml").starts_with("HTTP/1.1 404"));
    }
}

//! What a visitor has to download before the page is there.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Result;

/// The aim for the compressed first view, in KB.
const AIM_KB: usize = 120;

struct File {
    name: String,
    raw: usize,
    compressed: usize,
}

/// A table of the first view's files: the page and the files it names.
pub fn table(dist: &Path) -> Result<String> {
    let files = first_view(dist)?;
    let width = files.iter().map(|file| file.name.len()).max().unwrap_or_default();
    let mut table = format!("{:width$}  {:>9}  {:>9}\n", "first view", "raw KB", "gzip KB");
    let mut line = |name: &str, raw: usize, compressed: usize| {
        writeln!(
            table,
            "{name:width$}  {:>9}  {:>9}",
            kilobytes(raw),
            kilobytes(compressed)
        )
    };
    for file in &files {
        line(&file.name, file.raw, file.compressed)?;
    }
    let raw = files.iter().map(|file| file.raw).sum();
    let compressed = files.iter().map(|file| file.compressed).sum();
    line("together", raw, compressed)?;
    let verdict = if compressed <= AIM_KB * 1000 { "kept" } else { "missed" };
    writeln!(table, "The aim of {AIM_KB} KB after compression is {verdict}.")?;
    Ok(table)
}

fn first_view(dist: &Path) -> Result<Vec<File>> {
    let page = fs::read_to_string(dist.join("index.html"))?;
    let mut files = Vec::new();
    for entry in fs::read_dir(dist)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name == "index.html" || page.contains(&name) {
            let content = fs::read(dist.join(&name))?;
            files.push(File {
                name,
                raw: content.len(),
                compressed: compressed(&content)?,
            });
        }
    }
    files.sort_by_key(|file| std::cmp::Reverse(file.compressed));
    Ok(files)
}

/// The size after gzip -9, which any web host manages; many send the smaller Brotli.
fn compressed(content: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}

/// In units of 1000 bytes with one decimal, rounded up.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::{compressed, kilobytes};

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(kilobytes(0), "0.0");
        assert_eq!(kilobytes(57_401), "57.5");
    }

    #[test]
    fn repetition_compresses() {
        assert!(compressed(&[b'a'; 10_000]).unwrap() < 100);
    }
}

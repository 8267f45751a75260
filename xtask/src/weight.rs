//! What a visitor has to download, and how much that may be.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Result;

/// A part of the page that is loaded at one time.
struct Part {
    name: &'static str,
    /// What it may weigh after gzip, in KB. Whoever raises it says in the commit what the reader gets for it.
    budget_kb: usize,
    /// Whether a file belongs to it, by its name; the page names the files of the first view.
    holds: fn(page: &str, name: &str) -> bool,
}

/// The page's aim is 220 KB until a leader leads.
const PARTS: [Part; 9] = [
    Part {
        name: "first view: the ring",
        budget_kb: 249,
        holds: |page, name| {
            name == "index.html"
                || page.contains(name) && !is_later_sheet(name) && !is_print_sheet(name)
                || name.ends_with("link.js")
        },
    },
    Part {
        name: "story and lanes, at once behind it",
        budget_kb: 72,
        // What the parts after this one need as well is a chunk; it is here when they come.
        holds: |_, name| name.starts_with("split_soon") || is_chunk(name, &CHUNKS_OF_STORY),
    },
    Part {
        name: "panels, menus and sheets, when one is wanted",
        budget_kb: 451,
        holds: |_, name| name.starts_with("split_later") || is_later_sheet(name) || is_chunk(name, &CHUNKS_OF_PANELS),
    },
    Part {
        name: "lessons and runs to be a server in, when one is wanted",
        budget_kb: 124,
        // What the laboratory needs as well, and no panel does, is counted here.
        holds: |_, name| name.starts_with("split_lessons") || is_chunk(name, &CHUNKS_OF_LESSONS),
    },
    Part {
        name: "laboratory and atlas, when one is wanted",
        budget_kb: 107,
        holds: |_, name| name.starts_with("split_lab"),
    },
    Part {
        name: "trials of the laboratory, runs of the atlas and of sets of faults, when they run",
        budget_kb: 110,
        holds: |_, name| name.starts_with("laboratory"),
    },
    Part {
        name: "search, when it is wanted",
        budget_kb: 137,
        holds: |_, name| name.starts_with("adversary") || name == "worker.js",
    },
    Part {
        name: "paper, behind all else",
        budget_kb: 1,
        holds: |_, name| is_print_sheet(name),
    },
    Part {
        name: "for visits without a network, once somebody has done something",
        budget_kb: 10,
        holds: |_, name| name == "offline.js" || name.starts_with("app-icon"),
    },
];

// The split numbers parts, then the chunks that several of them need, by the names of the parts that they belong to. A chunk is
// counted with the first of them that is loaded: story, panels, lessons, laboratory.

/// What the story needs, and others after it.
const CHUNKS_OF_STORY: [u8; 2] = [7, 8];
/// What panels need, and lessons or the laboratory after them.
const CHUNKS_OF_PANELS: [u8; 2] = [5, 6];
/// What lessons and the laboratory need.
const CHUNKS_OF_LESSONS: [u8; 1] = [9];

fn is_chunk(name: &str, numbers: &[u8]) -> bool {
    numbers.iter().any(|number| name == format!("chunk_{number}.wasm"))
}

/// The page names it, but does not load it at first.
fn is_later_sheet(name: &str) -> bool {
    name.starts_with("later-") && name.ends_with(".css")
}

/// The browser loads it without waiting for it, and uses it on paper alone.
fn is_print_sheet(name: &str) -> bool {
    name.starts_with("print-") && name.ends_with(".css")
}

/// So many parts come by themselves, until the first leader leads.
const UNASKED: usize = 2;

struct File {
    name: String,
    raw: usize,
    compressed: usize,
}

/// A table of all files, part by part; an error if a part is above its budget.
pub fn table(dist: &Path) -> Result<String> {
    let page = fs::read_to_string(dist.join("index.html"))?;
    let paths = files_in(dist)?;
    let mut table = String::new();
    let mut above = Vec::new();
    let (mut unasked, mut may_weigh) = (0, 0);
    for (index, part) in PARTS.iter().enumerate() {
        let files = weigh(&paths, |name| (part.holds)(&page, name))?;
        let compressed = write_part(&mut table, part, &files)?;
        if compressed > part.budget_kb * 1000 {
            above.push(format!(
                "{}: {} KB of {}",
                part.name,
                kilobytes(compressed),
                part.budget_kb
            ));
        }
        if index < UNASKED {
            unasked += compressed;
            may_weigh += part.budget_kb;
        }
    }
    writeln!(
        table,
        "until the first leader leads: {} of {may_weigh} KB after gzip",
        kilobytes(unasked)
    )?;
    if above.is_empty() {
        Ok(table)
    } else {
        Err(format!("{table}\nthe page is above its budget: {}", above.join("; ")).into())
    }
}

/// Writes the files of a part, and gives what they weigh together after gzip.
fn write_part(table: &mut String, part: &Part, files: &[File]) -> Result<usize> {
    let width = files.iter().map(|file| file.name.len()).max().unwrap_or_default();
    writeln!(table, "{}", part.name)?;
    for File { name, raw, compressed } in files {
        writeln!(
            table,
            "  {name:width$}  {:>9}  {:>9}",
            kilobytes(*raw),
            kilobytes(*compressed)
        )?;
    }
    let raw = files.iter().map(|file| file.raw).sum();
    let compressed = files.iter().map(|file| file.compressed).sum();
    writeln!(
        table,
        "  {:width$}  {:>9}  {:>9}  of {} KB after gzip\n",
        "together",
        kilobytes(raw),
        kilobytes(compressed),
        part.budget_kb
    )?;
    Ok(compressed)
}

fn weigh(paths: &[PathBuf], holds: impl Fn(&str) -> bool) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if holds(&name) {
            let content = fs::read(path)?;
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

/// All files below a folder.
pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_in(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// The size after gzip -9, which any web host manages; many send the smaller Brotli.
fn compressed(content: &[u8]) -> Result<usize> {
    Ok(gzip(content)?.len())
}

/// Compressed as well as gzip can.
pub fn gzip(content: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

/// In units of 1000 bytes with one decimal, rounded up.
fn kilobytes(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        assert_eq!(kilobytes(0), "0.0");
        assert_eq!(kilobytes(57_401), "57.5");
    }

    #[test]
    fn repetition_compresses() {
        assert!(compressed(&[b'a'; 10_000]).unwrap() < 100);
    }

    #[test]
    fn a_part_above_its_budget_is_named() {
        let dist = std::env::temp_dir().join(format!("weight-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        fs::write(dist.join("index.html"), "").unwrap();
        assert!(table(&dist).unwrap().contains("first view"));

        // Bytes in which nothing repeats stay as many.
        let mut state = 1_u64;
        let noise = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()
        });
        let noise: Vec<u8> = noise.take(PARTS[2].budget_kb * 130).flatten().collect();
        fs::write(dist.join("split_later_part.wasm"), noise).unwrap();
        let refused = table(&dist).unwrap_err().to_string();
        assert!(refused.contains("above its budget: panels"), "{refused}");
        fs::remove_dir_all(&dist).unwrap();
    }
}

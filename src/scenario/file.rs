//! A run as a file for people to read and write.

use super::Run;

/// Why a file can't be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The line, counted from 1.
    pub line: usize,
    /// What was expected there.
    pub expected: Expected,
}

/// What a line should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The first line says what kind of file it is.
    Header,
}

/// The run as a text.
#[must_use]
pub fn write(run: &Run) -> String {
    let _ = run;
    String::new()
}

/// The run of a text.
///
/// # Errors
/// The first line that can't be understood.
pub fn read(text: &str) -> Result<Run, FileError> {
    let _ = text;
    Err(FileError {
        line: 1,
        expected: Expected::Header,
    })
}

//! Lessons: their files, and the way through them.

mod flaws;
mod format;
mod links;
#[path = "../scenario/support.rs"]
#[allow(unused_imports, unused_macros, reason = "the tests of the scenarios use them")]
mod runs;
mod stories;
mod support;
mod tasks;
mod walks;
mod worksheets;

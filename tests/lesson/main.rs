//! Lessons: their files, and the way through them.

mod format;
mod support;
mod walks;

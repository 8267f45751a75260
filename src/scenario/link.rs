//! A run as a link.

use super::Run;

/// Why a link can't be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It is not whole, or has been changed.
    Mangled,
}

/// The run as the fragment of a link, without `#`: letters, digits, `-` and `_`.
#[must_use]
pub fn encode(run: &Run) -> String {
    let _ = run;
    String::new()
}

/// The run of a fragment.
///
/// # Errors
/// If it is no run that this version can open.
pub fn decode(fragment: &str) -> Result<Run, LinkError> {
    let _ = fragment;
    Err(LinkError::Mangled)
}

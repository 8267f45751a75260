//! What is done in a line of events, and when.

use crate::{
    short_sort::sorted_by_key,
    sim::{Action, Micros},
};

/// An action in the journal of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it is done.
    pub at: Micros,
    /// What is done. What has become impossible by then is passed over.
    pub action: Action,
    /// Whether the scenario does it, not the reader; a fork keeps those that are still to come.
    pub scripted: bool,
}

impl Entry {
    /// Sorts by time. What a script does at an instant is done before the reader can do anything at it: what comes first of
    /// two at one instant stays first.
    pub(super) fn sorted(entries: impl IntoIterator<Item = Self>) -> Vec<Self> {
        sorted_by_key(entries, |entry| entry.at)
    }
}

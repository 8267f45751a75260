//! What is done in a line of events, and when.

use crate::{
    raft::NodeSet,
    short_sort::sorted_by_key,
    sim::{Action, Micros, Refused},
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

/// What became of the entries of a journal, as far as its line has run. It follows from the line, so links and files do not hold it.
#[derive(Clone, Debug, Default)]
pub(super) struct Outcomes(Vec<Outcome>);

/// Which servers an entry concerned, if it is done by role, and why it had no effect, if it had none.
pub(super) type Outcome = (NodeSet, Option<Refused>);

impl Outcomes {
    /// Why an entry had no effect when its time came. `None` if it had one, or if the line has not reached it.
    pub(super) fn refusal(&self, place: usize) -> Option<Refused> {
        self.0.get(place).and_then(|(_, refused)| *refused)
    }

    /// Which servers an entry that is done by role concerned; none if nobody had the role, or if the line has not reached it.
    pub(super) fn concerned(&self, place: usize) -> NodeSet {
        self.0.get(place).map_or(NodeSet::EMPTY, |(concerned, _)| *concerned)
    }

    /// Notes what became of an entry, unless it is known: a line that is visited again goes as it went.
    pub(super) fn note(&mut self, place: usize, outcome: Outcome) {
        if place == self.0.len() {
            self.0.push(outcome);
        }
    }

    /// Forgets the entries from this place on, because the journal is another one there.
    pub(super) fn forget_from(&mut self, place: usize) {
        self.0.truncate(place);
    }
}

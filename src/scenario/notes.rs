//! What somebody has noted at moments of a run, for whoever opens it.
//!
//! A note is no action: nothing of the run depends on it. It is about what happened up to its moment, so it is told wherever the
//! same was done up to then, in whichever branch, and nowhere else ([`Note::is_told_in`]).

use super::one_line;
use crate::{
    short_sort::sorted_by_key,
    sim::{BranchId, Entry, History, Micros},
};

/// Notes that a run has at most.
pub const MOST_NOTES: usize = 100;

/// Bytes that a note can have, of as many characters as it may have.
pub(super) const LONGEST_IN_BYTES: usize = 4 * Note::LONGEST;

/// A text at a moment of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The branch in which it was written.
    pub branch: BranchId,
    /// The moment.
    pub at: Micros,
    /// What it says, as [`Self::text_of`] makes it.
    pub text: String,
}

impl Note {
    /// Characters that a note has at most.
    pub const LONGEST: usize = 200;

    /// What somebody wrote as the text of a note: in one line, with single spaces and no control characters. `None` if nothing is
    /// left of it, or too much.
    #[must_use]
    pub fn text_of(written: &str) -> Option<String> {
        let text = one_line(&written.replace(char::is_control, " "));
        (1..=Self::LONGEST).contains(&text.chars().count()).then_some(text)
    }

    /// Notes as files and links hold them: by branch, then by moment; of one moment, those that came first stay first.
    #[must_use]
    pub fn in_order(notes: Vec<Self>) -> Vec<Self> {
        sorted_by_key(notes, |note| (note.branch, note.at))
    }

    /// Whether a branch tells it: up to its moment the same was done there as in the branch in which it was written. What else is
    /// done at that very moment comes after it.
    #[must_use]
    pub fn is_told_in(&self, history: &History, branch: BranchId) -> bool {
        if branch == self.branch {
            return true;
        }
        let is_there = |branch| history.branch_info(branch).is_some();
        if !is_there(branch) || !is_there(self.branch) {
            return false;
        }
        let [own, other] = [self.branch, branch].map(|branch| history.journal(branch));
        let done = &own[..own.partition_point(|entry| entry.at <= self.at)];
        let same = |(one, other): (&Entry, &Entry)| (one.at, one.action) == (other.at, other.action);
        other.len() >= done.len()
            && done.iter().zip(other).all(same)
            && other.get(done.len()).is_none_or(|next| next.at >= self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{raft::NodeId, scenario::Scenario, sim::Action};

    const S1: NodeId = NodeId::new(0);

    fn ms(millis: u64) -> Micros {
        Micros::from_millis(millis)
    }

    fn note(branch: BranchId, millis: u64) -> Note {
        Note {
            branch,
            at: ms(millis),
            text: "Look.".to_owned(),
        }
    }

    #[test]
    fn a_text_is_one_line_of_letters() {
        assert_eq!(Note::text_of(" a  b\tc\u{a0}d\r\ne "), Some("a b c d e".to_owned()));
        assert_eq!(
            Note::text_of("a\u{0}b \u{7} c\u{1b}[31m"),
            Some("a b c [31m".to_owned())
        );
        assert_eq!(Note::text_of("<b># no comment"), Some("<b># no comment".to_owned()));
        for nothing in ["", " \u{a0}", "\u{0}", "\u{1} \u{2}"] {
            assert_eq!(Note::text_of(nothing), None, "{nothing:?}");
        }
        let longest = "é".repeat(Note::LONGEST);
        assert_eq!(Note::text_of(&longest), Some(longest.clone()));
        assert_eq!(Note::text_of(&format!("{longest}!")), None);
    }

    #[test]
    fn it_is_told_wherever_the_same_was_done_up_to_its_moment() {
        let mut history = Scenario::free(5, 6).start();
        history.seek(ms(2000));
        let first = history.current();
        history.seek(ms(1000));
        history.act(Action::kill(S1)).expect("S1 runs");
        let second = history.current();
        assert!(note(first, 500).is_told_in(&history, second), "before they part");
        assert!(
            note(first, 1000).is_told_in(&history, second),
            "what was said there before the crash"
        );
        assert!(!note(first, 1001).is_told_in(&history, second), "another future");
        assert!(note(second, 999).is_told_in(&history, first));
        assert!(
            !note(second, 1000).is_told_in(&history, first),
            "it may be about the crash"
        );
        assert!(note(second, 1500).is_told_in(&history, second));
    }

    #[test]
    fn a_run_that_starts_again_tells_what_was_noted_before_the_reader_did_anything() {
        let mut history = Scenario::free(5, 6).start();
        history.seek(ms(1000));
        history.act(Action::kill(S1)).expect("S1 runs");
        let first = history.current();
        history.restart();
        let again = history.current();
        assert_ne!(first, again);
        assert!(note(first, 900).is_told_in(&history, again));
        assert!(!note(first, 1200).is_told_in(&history, again), "nothing was done here");
        // Until the same is done again.
        history.seek(ms(1000));
        history.act(Action::kill(S1)).expect("S1 runs");
        assert!(note(first, 1200).is_told_in(&history, again));
    }

    #[test]
    fn of_a_branch_that_is_not_there_nothing_is_told() {
        let history = Scenario::free(5, 6).start();
        assert!(!note(BranchId(3), 0).is_told_in(&history, history.current()));
        assert!(!note(history.current(), 0).is_told_in(&history, BranchId(3)));
    }
}

//! What is measured in a trial.

use super::TrialOutcome;

/// What is measured in a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The time without a leader that a majority can follow, in microseconds.
    WithoutLeader,
    /// The terms that it took.
    Terms,
    /// How often a server stood for election.
    Elections,
    /// The terms whose votes were split.
    SplitVotes,
    /// The messages sent.
    Messages,
    /// The elections that were won.
    Elected,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::WithoutLeader,
        Self::Terms,
        Self::Elections,
        Self::SplitVotes,
        Self::Messages,
        Self::Elected,
    ];

    /// Its name in files and tables.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::WithoutLeader => "without-leader",
            Self::Terms => "terms",
            Self::Elections => "elections",
            Self::SplitVotes => "split-votes",
            Self::Messages => "messages",
            Self::Elected => "elected",
        }
    }

    /// How much of it there was in a trial; `None` if the trial ended before it could tell. What is counted of such a trial is a
    /// lower bound, so it is not told either.
    #[must_use]
    pub fn of(self, outcome: &TrialOutcome) -> Option<u64> {
        let without_leader = outcome.without_leader?;
        Some(match self {
            Self::WithoutLeader => without_leader.0,
            Self::Terms => outcome.terms.into(),
            Self::Elections => outcome.elections.into(),
            Self::SplitVotes => outcome.split_votes.into(),
            Self::Messages => outcome.messages.into(),
            Self::Elected => outcome.elected.into(),
        })
    }
}

//! What must happen at least once, lest a check holds because nothing happens.

/// Something that a search should have seen: a `sometimes` property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// A server wins an election (§5.2).
    SomebodyLeads,
    /// A server accepts a heartbeat (§5.2).
    HeartbeatAccepted,
    /// A server refuses its vote (§5.2).
    VoteRefused,
    /// A leader steps down (§5.1).
    LeaderStepsDown,
    /// All servers have voted in the same term, and nobody has a majority (§5.2).
    VoteSplits,
    /// A crashed server comes back.
    ServerReturns,
}

impl Sight {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::SomebodyLeads,
        Self::HeartbeatAccepted,
        Self::VoteRefused,
        Self::LeaderStepsDown,
        Self::VoteSplits,
        Self::ServerReturns,
    ];
}

/// The sights that a search has had, as a bit set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Coverage(u8);

impl Coverage {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// Adds a sight.
    pub const fn insert(&mut self, sight: Sight) {
        self.0 |= 1 << sight as u8;
    }

    /// Adds all of another set.
    pub const fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Whether it was seen.
    #[must_use]
    pub const fn contains(self, sight: Sight) -> bool {
        self.0 >> sight as u8 & 1 != 0
    }

    /// What was seen, in the order of [`Sight::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Sight> {
        Sight::ALL.into_iter().filter(move |&sight| self.contains(sight))
    }

    /// Those that are not in the other set.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether it is empty.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl FromIterator<Sight> for Coverage {
    fn from_iter<I: IntoIterator<Item = Sight>>(coverage: I) -> Self {
        let mut set = Self::NONE;
        for sight in coverage {
            set.insert(sight);
        }
        set
    }
}

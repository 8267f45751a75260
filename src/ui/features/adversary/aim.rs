//! What the adversary seeks, and in how large a cluster.

use super::{
    AimField,
    liveness::LivenessAsked,
    talk::{Question, SearchAsked},
};
use crate::{
    checker::{Bounds, Setup},
    lab::{
        FaultKinds,
        liveness::{LivenessGoal, LivenessQuestion},
    },
    raft::{Conformity, LogPosition, MAX_SERVERS, Protects, Quorum, Rules, Term},
    safety::{Properties, Property},
};

/// What is sought, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Aim {
    /// What is to become of elections, if that is sought instead of a broken property.
    pub(super) goal: Option<LivenessGoal>,
    pub(super) property: Option<Property>,
    /// As the reader chose; else what fits the rules.
    pub(super) servers: Option<u8>,
    pub(super) elections: Option<u8>,
    pub(super) crashes: u8,
    /// At most, where faults are sought.
    pub(super) faults: u8,
    pub(super) kinds: FaultKinds,
    /// Whether the reader waits for a long search.
    pub(super) long: bool,
}

impl Default for Aim {
    fn default() -> Self {
        Self {
            goal: None,
            property: Some(Property::ElectionSafety),
            servers: None,
            elections: None,
            crashes: 1,
            faults: 3,
            kinds: FaultKinds::All,
            long: false,
        }
    }
}

/// The smallest cluster, 3 to 5, in which a lack of these rules can show. Of three servers, a candidate and one more are a
/// majority: a vote that counts twice does not help it. And a quorum of so many votes is none where it is a majority.
fn smallest_cluster(rules: Rules) -> u8 {
    match rules.quorum {
        _ if !rules.count_each_vote_once => 5,
        Quorum::Votes(votes) if votes <= 2 => (2 * votes).max(3),
        _ => 3,
    }
}

impl Aim {
    const MOST_STATES: u64 = 4_000_000;
    /// A search that has found nothing says so while its reader still waits for it.
    const MOST_SECONDS: u32 = 20;
    /// For those who want to wait.
    pub(super) const LONG_SECONDS: u32 = 180;
    /// Faults that a reader may choose at most: with one more there are some five times as many sets.
    pub(super) const MOST_FAULTS: u8 = 5;
    /// Runs of each set of faults.
    const SEEDS: u32 = 10;

    pub(super) fn servers(self, rules: Rules) -> u8 {
        match self.goal {
            Some(_) => self.servers.unwrap_or(5).max(3),
            None => self.servers.unwrap_or_else(|| smallest_cluster(rules)),
        }
    }

    const fn seconds(self) -> u32 {
        if self.long {
            Self::LONG_SECONDS
        } else {
            Self::MOST_SECONDS
        }
    }

    /// What the worker is asked.
    pub(super) fn asked(self, rules: Rules) -> SearchAsked {
        match self.goal {
            None => SearchAsked::Safety(self.question(rules)),
            Some(goal) => SearchAsked::Liveness(LivenessAsked {
                question: LivenessQuestion {
                    goal,
                    servers: self.servers(rules),
                    rules,
                    kinds: self.kinds,
                    most_faults: self.faults,
                    seeds: Self::SEEDS,
                },
                most_seconds: self.seconds(),
            }),
        }
    }

    /// With more servers there are so many more states that fewer elections can be searched.
    pub(super) fn elections(self, rules: Rules) -> u8 {
        let fit = if self.servers(rules) > 3 { 1 } else { 3 };
        self.elections.unwrap_or(fit)
    }

    pub(super) fn question(self, rules: Rules) -> Question {
        let bounds = Bounds {
            servers: self.servers(rules),
            elections: self.elections(rules),
            crashes: self.crashes,
            duplications: 1,
            heartbeats: 1,
            transfers: true,
        };
        let watched = match self.property {
            Some(property) => Properties::only(property),
            None => Properties::ALL,
        };
        let setup = Setup {
            rules,
            watched,
            logs: logs(bounds.servers, rules),
            ..Setup::paper(bounds)
        };
        Question {
            setup,
            most_states: Self::MOST_STATES,
            most_seconds: self.seconds(),
        }
    }

    /// The bounds that can be lower, each with the next lower value.
    pub(super) fn lower(self, rules: Rules) -> impl Iterator<Item = (AimField, u8)> {
        let servers = self.servers(rules);
        let bounds = match self.goal {
            Some(_) => vec![(AimField::Servers, servers, 3), (AimField::Faults, self.faults, 1)],
            None => vec![
                (AimField::Servers, servers, smallest_cluster(rules)),
                (AimField::Elections, self.elections(rules), 1),
                (AimField::Crashes, self.crashes, 0),
            ],
        };
        let lower = bounds.into_iter().filter(|(_, now, least)| now > least);
        lower.map(|(field, now, _)| (field, now - 1))
    }
}

/// Whether all that is off is about progress: how long elections take, not what comes out.
pub(super) fn only_slows(rules: Rules) -> bool {
    let mut restored = rules;
    for rule in rules.changed().filter(|rule| rule.protects() == Protects::Progress) {
        restored.set(rule, Rules::PAPER.get(rule));
    }
    restored.conformity() != Conformity::Modified
}

/// A majority has an entry that the others lack: without the check, one of those can win. So it can where logs are compared by
/// length first, if its own is longer and older.
fn logs(servers: u8, rules: Rules) -> [LogPosition; MAX_SERVERS] {
    let end = |last_term, last_index| LogPosition {
        last_term: Term(last_term),
        last_index,
    };
    let (entry, others) = match (rules.up_to_date_check, rules.log_term_before_index) {
        (true, true) => return Default::default(),
        (false, true) => (end(1, 1), LogPosition::default()),
        (_, false) => (end(1, 1), end(0, 2)),
    };
    let majority = usize::from(servers) / 2 + 1;
    std::array::from_fn(|index| if index < majority { entry } else { others })
}

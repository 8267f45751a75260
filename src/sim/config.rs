//! How a cluster is set up.

use std::fmt;

use super::{Links, Micros};
use crate::raft::{LogPosition, MAX_SERVERS, NodeId, NodeSet, Rules};

/// A range of spans, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The shortest.
    pub min: Micros,
    /// The longest.
    pub max: Micros,
}

impl Range {
    /// From so many to so many milliseconds.
    #[must_use]
    pub const fn millis(min: u64, max: u64) -> Self {
        Self {
            min: Micros::from_millis(min),
            max: Micros::from_millis(max),
        }
    }

    /// From so many to so many microseconds.
    #[must_use]
    pub const fn of_micros((min, max): (u64, u64)) -> Self {
        Self {
            min: Micros(min),
            max: Micros(max),
        }
    }

    /// Its ends in microseconds.
    #[must_use]
    pub const fn in_micros(self) -> (u64, u64) {
        (self.min.0, self.max.0)
    }

    /// The same from another shortest span on. The longest moves along where it would be shorter.
    #[must_use]
    pub fn from(self, min: Micros) -> Self {
        Self {
            min,
            max: self.max.max(min),
        }
    }

    /// From the shortest of both to the longest of both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        Self {
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    /// The same up to another longest span. The shortest moves along where it would be longer.
    #[must_use]
    pub fn up_to(self, max: Micros) -> Self {
        Self {
            min: self.min.min(max),
            max,
        }
    }
}

/// The timers of all servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// "Election timeouts are chosen randomly from a fixed interval (e.g., 150-300ms)" (§5.2).
    pub election_timeout: Range,
    /// How often a leader sends heartbeats.
    pub heartbeat_interval: Micros,
}

/// The network between all servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// How long a message is under way, one way.
    pub delay: Range,
    /// How many of a thousand messages are lost, 0 to 1000.
    pub loss_permille: u16,
    /// How many of a thousand messages arrive twice, 0 to 1000.
    pub duplication_permille: u16,
    /// How many of a thousand messages are held back so that later ones overtake them, 0 to 1000: by one to three times the
    /// longest delay.
    pub reordering_permille: u16,
}

impl Network {
    /// A network that delays messages and does nothing else to them.
    #[must_use]
    pub const fn delaying(delay: Range) -> Self {
        Self {
            delay,
            loss_permille: 0,
            duplication_permille: 0,
            reordering_permille: 0,
        }
    }

    /// The span by which a message that is held back is late.
    #[must_use]
    pub const fn held_back(&self) -> Range {
        Range {
            min: self.delay.max,
            max: Micros(self.delay.max.0 * 3),
        }
    }
}

/// A cluster before it starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Servers in the full cluster, 1 to 9.
    pub size: u8,
    /// Those that start at time 0. The others start when an action starts them.
    pub running: NodeSet,
    /// The timers.
    pub timing: Timing,
    /// The network.
    pub network: Network,
    /// Which links are cut.
    pub links: Links,
    /// The rules in force.
    pub rules: Rules,
    /// Where each server's log ends at first.
    pub logs: [LogPosition; MAX_SERVERS],
}

/// What is wrong with a configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// A cluster has 1 to 9 servers.
    Size,
    /// A server starts that the cluster does not have.
    Running,
    /// A link is cut that the cluster does not have.
    Links,
    /// A span is shorter than [`Config::SHORTEST`] or longer than [`Config::LONGEST`].
    Span,
    /// A range's longest span is shorter than its shortest.
    Range,
    /// More than 1000 of a thousand messages are lost, duplicated or held back.
    Share,
    /// A disk takes longer for a write than [`super::OwnSetting::LONGEST_WRITE`].
    DiskWrite,
    /// A priority is above [`super::OwnSetting::HIGHEST_PRIORITY`].
    Priority,
    /// A clock runs slower than [`super::OwnSetting::SLOWEST`] or faster than [`super::OwnSetting::FASTEST`].
    Clock,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Size => "a cluster has 1 to 9 servers",
            Self::Running => "a server starts that the cluster does not have",
            Self::Links => "a link is cut that the cluster does not have",
            Self::Span => "a time must be 1 microsecond to 1 hour",
            Self::Range => "a range's end lies before its start",
            Self::Share => "loss, duplication and reordering must be 0 to 1000 of a thousand",
            Self::DiskWrite => "a disk write takes 0 ms to 1 s",
            Self::Priority => "a priority is 0 to 9",
            Self::Clock => "a clock runs 0.5 to 2 times as fast as time",
        })
    }
}

impl std::error::Error for ConfigError {}

impl Config {
    /// The shortest delay, timeout or interval. Everything takes some time, so only finitely many things happen at one instant.
    pub const SHORTEST: Micros = Micros(1);
    /// The longest delay, timeout or interval: one hour.
    pub const LONGEST: Micros = Micros::from_secs(3600);

    /// From the shortest to the longest of them.
    pub const SPANS: Range = Range {
        min: Self::SHORTEST,
        max: Self::LONGEST,
    };

    /// A cluster of `size` with the paper's rules, its recommended 150-300 ms (§5.6), heartbeats at half the shortest
    /// timeout and a broadcast time of about 15 ms (both as in Figure 16).
    #[must_use]
    pub const fn paper(size: u8) -> Self {
        Self {
            size,
            running: NodeSet::all(size as usize),
            timing: Timing {
                election_timeout: Range::millis(150, 300),
                heartbeat_interval: Micros::from_millis(75),
            },
            network: Network::delaying(Range::millis(5, 10)),
            links: Links::ALL_UP,
            rules: Rules::PAPER,
            logs: [LogPosition {
                last_term: crate::raft::Term::ZERO,
                last_index: 0,
            }; MAX_SERVERS],
        }
    }

    /// Whether a world can be built from it.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), ConfigError> {
        if !(1..=MAX_SERVERS).contains(&usize::from(self.size)) {
            return Err(ConfigError::Size);
        }
        if self
            .running
            .iter()
            .any(|server| server.index() >= usize::from(self.size))
        {
            return Err(ConfigError::Running);
        }
        let outside = |server: NodeId| server.index() >= usize::from(self.size);
        if self
            .links
            .cut()
            .any(|(from, to)| from == to || outside(from) || outside(to))
        {
            return Err(ConfigError::Links);
        }
        self.timing.validate()?;
        self.network.validate()
    }
}

impl Timing {
    /// Whether servers can run by it.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), ConfigError> {
        self.election_timeout.validate()?;
        validate_span(self.heartbeat_interval)
    }
}

impl Network {
    /// Whether messages can travel by it.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), ConfigError> {
        let shares = [self.loss_permille, self.duplication_permille, self.reordering_permille];
        if shares.into_iter().any(|permille| permille > 1000) {
            return Err(ConfigError::Share);
        }
        self.delay.validate()
    }
}

impl Range {
    pub(super) fn validate(self) -> Result<(), ConfigError> {
        validate_span(self.min)?;
        validate_span(self.max)?;
        if self.max < self.min {
            return Err(ConfigError::Range);
        }
        Ok(())
    }
}

pub(super) fn validate_span(span: Micros) -> Result<(), ConfigError> {
    if (Config::SHORTEST..=Config::LONGEST).contains(&span) {
        Ok(())
    } else {
        Err(ConfigError::Span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_end_of_a_range_moves_along_only_where_it_must() {
        let range = Range::millis(5, 10);
        let millis = Micros::from_millis;
        assert_eq!(range.from(millis(7)), Range::millis(7, 10));
        assert_eq!(range.from(millis(12)), Range::millis(12, 12));
        assert_eq!(range.up_to(millis(20)), Range::millis(5, 20));
        assert_eq!(range.up_to(millis(3)), Range::millis(3, 3));
    }
}

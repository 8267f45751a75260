//! One setting that a line changes while the others stay as they are.

use super::{Read, WordReader};
use crate::{
    raft::{Quorum, Rule},
    sim::{Action, Config, Micros, Range},
};

/// A setting and its value.
#[derive(Clone, Copy)]
pub(super) enum Setting {
    ElectionTimeout(Range),
    HeartbeatInterval(Micros),
    Delay(Range),
    Loss(u16),
    Duplication(u16),
    Reordering(u16),
    Rule(Rule, bool),
    Quorum(Quorum),
}

impl Setting {
    /// The setting of this name, and its value, which is next; `None` if there is none of this name.
    #[inline(never)]
    pub(super) fn read(name: &str, words: &mut WordReader<'_>) -> Read<Option<Self>> {
        Ok(Some(match name {
            "election-timeout" => Self::ElectionTimeout(words.range()?),
            "heartbeat-interval" => Self::HeartbeatInterval(words.span()?),
            "delay" => Self::Delay(words.range()?),
            "loss" => Self::Loss(words.percent()?),
            "duplication" => Self::Duplication(words.percent()?),
            "reordering" => Self::Reordering(words.percent()?),
            "rule" => words.rule().map(|(rule, on)| Self::Rule(rule, on))?,
            "quorum" => Self::Quorum(words.quorum()?),
            _ => return Ok(None),
        }))
    }

    /// Changes it in a cluster.
    #[inline(never)]
    pub(super) const fn change(self, config: &mut Config) {
        match self {
            Self::ElectionTimeout(range) => config.timing.election_timeout = range,
            Self::HeartbeatInterval(span) => config.timing.heartbeat_interval = span,
            Self::Delay(range) => config.network.delay = range,
            Self::Loss(permille) => config.network.loss_permille = permille,
            Self::Duplication(permille) => config.network.duplication_permille = permille,
            Self::Reordering(permille) => config.network.reordering_permille = permille,
            Self::Rule(rule, on) => config.rules.set(rule, on),
            Self::Quorum(quorum) => config.rules.quorum = quorum,
        }
    }

    /// The action that changes it where this is in force.
    pub(super) const fn action(self, mut in_force: Config) -> Action {
        self.change(&mut in_force);
        match self {
            Self::ElectionTimeout(_) | Self::HeartbeatInterval(_) => Action::set_timing(in_force.timing),
            Self::Delay(_) | Self::Loss(_) | Self::Duplication(_) | Self::Reordering(_) => {
                Action::set_network(in_force.network)
            }
            Self::Rule(..) | Self::Quorum(_) => Action::set_rules(in_force.rules),
        }
    }
}

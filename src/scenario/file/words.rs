//! Actions, times and rules in the words of scenario files.

use std::fmt::{self, Write};

use super::AS_CLUSTER;
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Quorum, Rule, Rules},
    sim::{Action, ActionWriter, MessageId, Micros, Network, OwnKind, OwnSetting, Range, Timing},
};

/// An action as scenario files say it: `kill S2`.
#[must_use]
pub fn words(action: Action) -> String {
    let example = action.example();
    let mut sentence = Sentence {
        words: example.spelling().word.to_owned(),
        role: match action {
            Action::Role(role, ..) => Some(role.word()),
            _ => None,
        },
    };
    example.write(&mut sentence);
    sentence.words
}

/// What an action is called, and what it is done to.
struct Sentence {
    words: String,
    /// What stands in the place of servers, if it is done by role.
    role: Option<&'static str>,
}

impl Sentence {
    fn say(&mut self, words: impl fmt::Display) {
        let _ = write!(self.words, " {words}");
    }
}

impl ActionWriter for Sentence {
    fn server(&mut self, server: NodeId) {
        self.servers(NodeSet::from_iter([server]));
    }

    fn pair(&mut self, from: NodeId, to: NodeId) {
        self.say(format_args!("{from}>{to}"));
    }

    fn way(&mut self, from: NodeId, to: NodeId) {
        self.pair(from, to);
    }

    fn message(&mut self, id: MessageId) {
        self.say(id);
    }

    fn servers(&mut self, servers: NodeSet) {
        match self.role {
            Some(role) => self.say(role),
            None => self.words.push_str(&list(servers)),
        }
    }

    fn position(&mut self, log: LogPosition) {
        self.say(position(log));
    }

    fn time(&mut self, time: Micros) {
        self.say(span(time));
    }

    fn for_time(&mut self, time: Micros) {
        self.say(format_args!("for {}", span(time)));
    }

    fn timing(&mut self, timing: Timing) {
        let (timeout, heartbeat) = (range(timing.election_timeout), span(timing.heartbeat_interval));
        self.say(format_args!(
            "election-timeout {timeout} heartbeat-interval {heartbeat}"
        ));
    }

    fn network(&mut self, network: Network) {
        self.say(format_args!(
            "delay {} loss {} duplication {} reordering {}",
            range(network.delay),
            percent(network.loss_permille),
            percent(network.duplication_permille),
            percent(network.reordering_permille)
        ));
    }

    fn rules(&mut self, rules: Rules) {
        self.words.push_str(&changes(rules));
    }

    fn server_setting(&mut self, setting: OwnSetting) {
        let (name, value) = match setting.kind {
            OwnKind::ElectionTimeout => ("election-timeout ", range(setting.value)),
            OwnKind::HeartbeatInterval => ("heartbeat-interval ", span(setting.value.min)),
            OwnKind::Clock => ("clock ", decimal(setting.value.min.0, 1000, 3)),
            OwnKind::DiskWrite => ("disk-write ", span(setting.value.min)),
            OwnKind::Priority => ("priority ", setting.value.min.0.to_string()),
            OwnKind::Delay => ("delay ", range(setting.value)),
            OwnKind::Loss => ("loss ", percent(setting.permille())),
            OwnKind::Duplication => ("duplication ", percent(setting.permille())),
            OwnKind::Reordering => ("reordering ", percent(setting.permille())),
            OwnKind::AsCluster => (AS_CLUSTER, String::new()),
            OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster => ("rule ", own_rule(setting)),
        };
        self.say(format_args!("{name}{value}"));
    }

    fn link_setting(&mut self, setting: OwnSetting) {
        self.server_setting(setting);
    }
}

/// `pre-vote on`, `pre-vote as-cluster`.
fn own_rule(setting: OwnSetting) -> String {
    let rule = setting.about_rule().map_or("", Rule::slug);
    let how = setting.of_rule().map_or(AS_CLUSTER, |(_, on)| on_off(on));
    format!("{rule} {how}")
}

/// Servers, each after a space.
pub(super) fn list(servers: NodeSet) -> String {
    servers.iter().fold(String::new(), |mut list, server| {
        let _ = write!(list, " {server}");
        list
    })
}

/// `term 2 index 7`.
pub(super) fn position(log: LogPosition) -> String {
    format!("term {} index {}", log.last_term, log.last_index)
}

/// The rules that are not as in the paper, each after a space; ` paper` if all are.
fn changes(rules: Rules) -> String {
    let mut words = String::new();
    for rule in rules.changed() {
        let _ = write!(words, " {} {}", rule.slug(), on_off(rules.get(rule)));
    }
    if let Quorum::Votes(votes) = rules.quorum {
        let _ = write!(words, " quorum {votes}");
    }
    if words.is_empty() {
        words.push_str(" paper");
    }
    words
}

pub(crate) const fn on_off(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}

/// `5 ms to 10 ms`.
pub(super) fn range(range: Range) -> String {
    format!("{} to {}", span(range.min), span(range.max))
}

/// A span in milliseconds, to the microsecond: `75 ms`, `0.5 ms`.
pub(crate) fn span(span: Micros) -> String {
    decimal(span.0, 1000, 3) + " ms"
}

/// An instant in seconds, to the microsecond: `1.204 s`.
pub(crate) fn instant(at: Micros) -> String {
    decimal(at.0, 1_000_000, 6) + " s"
}

/// Thousandths as a percentage: `2.5 %`.
pub(crate) fn percent(permille: u16) -> String {
    decimal(u64::from(permille), 10, 1) + " %"
}

fn decimal(value: u64, unit: u64, places: usize) -> String {
    let (whole, rest) = (value / unit, value % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let decimals = format!("{rest:0places$}");
    format!("{whole}.{}", decimals.trim_end_matches('0'))
}

//! What single servers and links have of their own, beside what the cluster has.
//!
//! Only files and links bring such settings, so the page begins without the code for them: it is reached through the settings.

use std::{fmt, rc::Rc};

use super::{Config, ConfigError, Links, Micros, Network, Range, Timing, config::validate_span};
use crate::raft::{MAX_SERVERS, NodeId, NodeSet, Rule, Rules};

/// What a server or a link can have of its own. The numbers are those in links of runs and never change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnKind {
    /// Nothing: all is as in the cluster again.
    AsCluster,
    /// From which range a server's election timeouts are.
    ElectionTimeout,
    /// How often a server sends heartbeats while it leads.
    HeartbeatInterval,
    /// How fast a server's clock runs, in thousandths: at 2000, each of its timers expires after half the time.
    Clock,
    /// How long a message is under way on a link.
    Delay,
    /// How many of a thousand messages a link loses.
    Loss,
    /// How many of a thousand messages of a link arrive twice.
    Duplication,
    /// How many of a thousand messages a link holds back.
    Reordering,
    /// By which rule, given by its bit, a server goes whatever the cluster does.
    RuleOn,
    /// By which rule, given by its bit, a server does not go whatever the cluster does.
    RuleOff,
    /// By which rule, given by its bit, a server goes again as the cluster does.
    RuleAsCluster,
    /// How long a server's disk takes to write something: "Updated on stable storage before responding to RPCs" (Figure 2).
    DiskWrite,
    /// With which priority a server stands for election. One with a higher priority votes for it only if its log is longer.
    Priority,
}

impl OwnKind {
    /// All, by their numbers.
    pub const ALL: [Self; 13] = [
        Self::AsCluster,
        Self::ElectionTimeout,
        Self::HeartbeatInterval,
        Self::Clock,
        Self::Delay,
        Self::Loss,
        Self::Duplication,
        Self::Reordering,
        Self::RuleOn,
        Self::RuleOff,
        Self::RuleAsCluster,
        Self::DiskWrite,
        Self::Priority,
    ];

    /// Whether links can have it, or servers.
    #[must_use]
    pub const fn suits(self, link: bool) -> bool {
        let is_of_links = matches!(self, Self::Delay | Self::Loss | Self::Duplication | Self::Reordering);
        matches!(self, Self::AsCluster) || link == is_of_links
    }

    /// Whether the cluster has it as well, so that it can be set for all at once.
    #[must_use]
    pub const fn suits_cluster(self) -> bool {
        !matches!(
            self,
            Self::AsCluster | Self::RuleAsCluster | Self::Clock | Self::DiskWrite | Self::Priority
        )
    }
}

/// One thing that a server has of its own, or a link in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnSetting {
    /// What it is.
    pub kind: OwnKind,
    /// From where to where it goes, in microseconds, thousandths, the bit of a rule, or nothing. What is no range has both ends alike.
    pub value: Range,
    code: OwnCode,
}

impl OwnSetting {
    /// The first version of links that has all kinds.
    pub const NEWEST: u8 = 10;
    /// The slowest clock, in thousandths.
    pub const SLOWEST: u64 = 500;
    /// The fastest clock, in thousandths.
    pub const FASTEST: u64 = 2000;
    /// The clocks that readers are offered, in thousandths.
    pub const CLOCKS: [u16; 8] = [500, 800, 900, 1000, 1100, 1250, 1500, 2000];
    /// The longest that a disk takes for a write: it is slow, and not broken.
    pub const LONGEST_WRITE: Micros = Micros::from_secs(1);
    /// How long a disk takes for a write.
    pub const DISK_WRITES: Range = Range {
        min: Micros::ZERO,
        max: Self::LONGEST_WRITE,
    };
    /// The highest priority: each server can have another. The cluster's is zero.
    pub const HIGHEST_PRIORITY: u64 = MAX_SERVERS as u64;

    /// One of a kind.
    #[must_use]
    pub const fn new(kind: OwnKind, value: Range) -> Self {
        Self {
            kind,
            value,
            code: OwnCode(&CODE),
        }
    }

    /// One whose value is a single number.
    #[must_use]
    pub const fn single(kind: OwnKind, value: u64) -> Self {
        let value = Micros(value);
        Self::new(kind, Range { min: value, max: value })
    }

    /// A server's own range of election timeouts.
    #[must_use]
    pub const fn election_timeout(range: Range) -> Self {
        Self::new(OwnKind::ElectionTimeout, range)
    }

    /// A server's own heartbeat interval.
    #[must_use]
    pub const fn heartbeat_interval(interval: Micros) -> Self {
        Self::single(OwnKind::HeartbeatInterval, interval.0)
    }

    /// A server's own clock, in thousandths.
    #[must_use]
    pub const fn clock(rate: u16) -> Self {
        Self::single(OwnKind::Clock, rate as u64)
    }

    /// How long a server's disk takes for a write; zero is no time at all.
    #[must_use]
    pub const fn disk_write(takes: Micros) -> Self {
        Self::single(OwnKind::DiskWrite, takes.0)
    }

    /// With which priority a server stands for election; zero is that of the cluster.
    #[must_use]
    pub const fn priority(priority: u64) -> Self {
        Self::single(OwnKind::Priority, priority)
    }

    /// A link's own delay.
    #[must_use]
    pub const fn delay(range: Range) -> Self {
        Self::new(OwnKind::Delay, range)
    }

    /// A link's own losses, of a thousand.
    #[must_use]
    pub const fn loss(permille: u16) -> Self {
        Self::single(OwnKind::Loss, permille as u64)
    }

    /// A link's own share of messages that arrive twice, of a thousand.
    #[must_use]
    pub const fn duplication(permille: u16) -> Self {
        Self::single(OwnKind::Duplication, permille as u64)
    }

    /// A link's own share of messages that are held back, of a thousand.
    #[must_use]
    pub const fn reordering(permille: u16) -> Self {
        Self::single(OwnKind::Reordering, permille as u64)
    }

    /// A rule by which a server goes, or does not, whatever the cluster does: its program is newer or older than that of the others.
    #[must_use]
    pub const fn rule(rule: Rule, on: bool) -> Self {
        let kind = if on { OwnKind::RuleOn } else { OwnKind::RuleOff };
        Self::single(kind, rule.bit() as u64)
    }

    /// No rule of its own in this place any more: it goes by it as the cluster does.
    #[must_use]
    pub const fn rule_as_cluster(rule: Rule) -> Self {
        Self::single(OwnKind::RuleAsCluster, rule.bit() as u64)
    }

    /// Nothing of its own.
    #[must_use]
    pub const fn as_cluster() -> Self {
        Self::single(OwnKind::AsCluster, 0)
    }

    /// A share, or how fast a clock runs, in thousandths.
    #[must_use]
    pub fn permille(self) -> u16 {
        u16::try_from(self.value.min.0).unwrap_or(u16::MAX)
    }

    /// The rule that it is about, if it is about one.
    #[must_use]
    pub fn about_rule(self) -> Option<Rule> {
        let is_of_rule = matches!(self.kind, OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster);
        let bit = usize::try_from(self.value.min.0).ok().filter(|_| is_of_rule)?;
        Rule::ALL.get(bit).copied()
    }

    /// The rule by which it lets a server go, or not go, whatever the cluster does.
    #[must_use]
    pub fn of_rule(self) -> Option<(Rule, bool)> {
        let rule = self.about_rule().filter(|_| self.kind != OwnKind::RuleAsCluster)?;
        Some((rule, self.kind == OwnKind::RuleOn))
    }

    /// Whether it is about a timer, a clock, a disk or the network.
    #[must_use]
    pub fn is_time(self) -> bool {
        self.kind != OwnKind::Priority && self.about_rule().is_none()
    }

    /// Whether it takes something back, instead of giving it.
    const fn takes(self) -> bool {
        matches!(self.kind, OwnKind::AsCluster | OwnKind::RuleAsCluster)
    }

    /// The first version of links that has it.
    #[must_use]
    pub fn since(self) -> u8 {
        match self.kind {
            OwnKind::Priority => Self::NEWEST,
            OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster | OwnKind::DiskWrite => 9,
            _ => 8,
        }
    }

    /// Of what a server or a link can have one only: its kind, and of rules which.
    fn place(self) -> (OwnKind, u64) {
        match self.kind {
            OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster => (OwnKind::RuleOn, self.value.min.0),
            kind => (kind, 0),
        }
    }

    /// Whether a server or a link can have it.
    ///
    /// # Errors
    /// What is wrong.
    pub fn validate(self, link: bool) -> Result<(), ConfigError> {
        let Range { min, max } = self.value;
        match self.kind {
            kind if !kind.suits(link) => Err(ConfigError::Range),
            OwnKind::ElectionTimeout | OwnKind::Delay => self.value.validate(),
            _ if min != max => Err(ConfigError::Range),
            OwnKind::HeartbeatInterval => validate_span(min),
            OwnKind::Clock if (Self::SLOWEST..=Self::FASTEST).contains(&min.0) => Ok(()),
            OwnKind::Clock => Err(ConfigError::Clock),
            OwnKind::DiskWrite if min <= Self::LONGEST_WRITE => Ok(()),
            OwnKind::DiskWrite => Err(ConfigError::DiskWrite),
            OwnKind::Priority if min.0 <= Self::HIGHEST_PRIORITY => Ok(()),
            OwnKind::Priority => Err(ConfigError::Priority),
            OwnKind::AsCluster if min == Micros::ZERO => Ok(()),
            OwnKind::AsCluster => Err(ConfigError::Range),
            _ if self.about_rule().is_some() => Ok(()),
            OwnKind::RuleOn | OwnKind::RuleOff | OwnKind::RuleAsCluster => Err(ConfigError::Range),
            _ if min.0 > 1000 => Err(ConfigError::Share),
            _ => Ok(()),
        }
    }

    /// Whether it can be given to a server, or to a link if there are two.
    pub(super) fn allow(self, from: NodeId, to: NodeId) -> Result<(), ConfigError> {
        (self.code.0.validate)(self, from != to)
    }
}

/// What is done with settings of one's own. Whoever has no such setting has no way to it.
#[derive(Clone, Copy)]
struct OwnCode(&'static Functions);

struct Functions {
    validate: fn(OwnSetting, bool) -> Result<(), ConfigError>,
    set: fn(&mut OwnSettings, (NodeId, NodeId), OwnSetting),
    timing: fn(&Owned, NodeId, Timing) -> Timing,
    rules: fn(&Owned, NodeId, Rules) -> Rules,
    disk_write: fn(&Owned, NodeId) -> Micros,
    outranked: fn(&Owned, NodeId) -> NodeSet,
    network: fn(&Owned, NodeId, NodeId, Network) -> Network,
    extremes: fn(&Owned, &Config) -> (Timing, Network),
    carrying: fn(&Owned, &Config) -> Links,
}

static CODE: Functions = Functions {
    validate: OwnSetting::validate,
    set: OwnSettings::change,
    timing: Owned::timing,
    rules: Owned::rules,
    disk_write: Owned::disk_write,
    outranked: Owned::outranked,
    network: Owned::network,
    extremes: Owned::extremes,
    carrying: Owned::carrying,
};

/// There is one of it.
impl PartialEq for OwnCode {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for OwnCode {}

impl fmt::Debug for OwnCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnCode")
    }
}

/// What all servers and links of a cluster have of their own. Few clusters have any of it, and nothing is kept for the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnSettings(Option<Rc<Owned>>);

/// All settings, by those who have them and by kind.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Owned {
    settings: Vec<Given>,
    code: OwnCode,
}

/// A server, as the sender and the receiver, or a link by both; and what it has.
type Given = (NodeId, NodeId, OwnSetting);

impl OwnSettings {
    /// Whether nothing has anything of its own.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a server has a timer, a clock or a slow disk of its own, or a link a network.
    #[must_use]
    pub fn has_times(&self) -> bool {
        self.all().any(|(.., setting)| setting.is_time())
    }

    /// What a server has, by kind.
    pub fn server(&self, server: NodeId) -> impl Iterator<Item = OwnSetting> {
        self.of(server, server)
    }

    /// What the link from one server to another has, by kind.
    pub fn link(&self, from: NodeId, to: NodeId) -> impl Iterator<Item = OwnSetting> {
        self.of(from, to)
    }

    /// All that there is, by those who have it and by kind: a server, as both, or a link.
    pub fn all(&self) -> impl Iterator<Item = (NodeId, NodeId, OwnSetting)> {
        self.0.iter().flat_map(|own| own.settings.iter().copied())
    }

    fn of(&self, from: NodeId, to: NodeId) -> impl Iterator<Item = OwnSetting> {
        let of_those = self.all().filter(move |given| (given.0, given.1) == (from, to));
        of_those.map(|(.., setting)| setting)
    }

    /// How long a server's timers run in a cluster of this timing.
    #[must_use]
    pub fn timing(&self, server: NodeId, cluster: Timing) -> Timing {
        self.0
            .as_ref()
            .map_or(cluster, |own| (own.code.0.timing)(own, server, cluster))
    }

    /// By which rules a server goes in a cluster of these rules.
    #[must_use]
    pub fn rules(&self, server: NodeId, cluster: Rules) -> Rules {
        self.0
            .as_ref()
            .map_or(cluster, |own| (own.code.0.rules)(own, server, cluster))
    }

    /// How long a server's disk takes for a write: no time, unless it has a time of its own.
    #[must_use]
    pub fn disk_write(&self, server: NodeId) -> Micros {
        self.0
            .as_ref()
            .map_or(Micros::ZERO, |own| (own.code.0.disk_write)(own, server))
    }

    /// Whose priority is lower than a server's.
    #[must_use]
    pub fn outranked(&self, by: NodeId) -> NodeSet {
        self.0
            .as_ref()
            .map_or(NodeSet::EMPTY, |own| (own.code.0.outranked)(own, by))
    }

    /// Whether a server has a priority of its own.
    #[must_use]
    pub fn has_priorities(&self) -> bool {
        self.all().any(|(.., setting)| setting.kind == OwnKind::Priority)
    }

    /// What a link does to messages in a cluster of this network.
    #[must_use]
    pub fn network(&self, from: NodeId, to: NodeId, cluster: Network) -> Network {
        self.0
            .as_ref()
            .map_or(cluster, |own| (own.code.0.network)(own, from, to, cluster))
    }

    /// See [`super::World::extremes`].
    pub(super) fn extremes(&self, config: &Config) -> (Timing, Network) {
        self.0.as_ref().map_or((config.timing, config.network), |own| {
            (own.code.0.extremes)(own, config)
        })
    }

    /// Which links can carry a message in a cluster: those that are up and do not lose every one.
    #[must_use]
    pub fn carrying(&self, config: &Config) -> Links {
        match &self.0 {
            Some(own) => (own.code.0.carrying)(own, config),
            None => carrying_alike(config),
        }
    }

    /// Gives a server something of its own, or a link if there are two servers; or takes all of it.
    pub fn set(&mut self, from: NodeId, to: NodeId, setting: OwnSetting) {
        (setting.code.0.set)(self, (from, to), setting);
    }

    fn change(&mut self, (from, to): (NodeId, NodeId), setting: OwnSetting) {
        let mut settings = self.0.take().map_or_else(Vec::new, |own| own.settings.clone());
        let all = setting.kind == OwnKind::AsCluster;
        settings.retain(|given| (given.0, given.1) != (from, to) || !all && given.2.place() != setting.place());
        if !setting.takes() {
            let place =
                settings.partition_point(|given| (given.0, given.1, given.2.place()) < (from, to, setting.place()));
            settings.insert(place, (from, to, setting));
        }
        // Where all is as in the cluster again, the world is the one that has never had anything else.
        let code = setting.code;
        self.0 = (!settings.is_empty()).then(|| Rc::new(Owned { settings, code }));
    }
}

/// Which links can carry a message where none has a loss of its own.
fn carrying_alike(config: &Config) -> Links {
    if config.network.loss_permille >= 1000 {
        Links::all_cut(config.size.into())
    } else {
        config.links
    }
}

impl Owned {
    fn extremes(&self, config: &Config) -> (Timing, Network) {
        let mut timing = None;
        for id in NodeId::all(usize::from(config.size)) {
            let own = self.timing(id, config.timing);
            timing = Some(timing.map_or(own, |all: Timing| Timing {
                election_timeout: all.election_timeout.joined(own.election_timeout),
                heartbeat_interval: all.heartbeat_interval.max(own.heartbeat_interval),
            }));
        }
        let mut network = None;
        for (from, to) in Links::pairs(config.size.into()) {
            let own = self.network(from, to, config.network);
            network = Some(network.map_or(own, |all: Network| Network {
                delay: all.delay.joined(own.delay),
                loss_permille: all.loss_permille.max(own.loss_permille),
                duplication_permille: all.duplication_permille.max(own.duplication_permille),
                reordering_permille: all.reordering_permille.max(own.reordering_permille),
            }));
        }
        let mut network = network.unwrap_or(config.network);
        // A message waits for the disk of its sender.
        let writes = NodeId::all(usize::from(config.size)).map(|id| self.disk_write(id));
        network.delay.max = network.delay.max + writes.max().unwrap_or_default();
        (timing.unwrap_or(config.timing), network)
    }

    fn carrying(&self, config: &Config) -> Links {
        let mut links = carrying_alike(config);
        for &(from, to, own) in self.settings.iter().filter(|given| given.2.kind == OwnKind::Loss) {
            links.set(from, to, own.permille() < 1000 && config.links.is_up(from, to));
        }
        links
    }

    #[inline(never)]
    fn value(&self, from: NodeId, to: NodeId, kind: OwnKind) -> Option<Range> {
        let found = self
            .settings
            .iter()
            .find(|given| (given.0, given.1, given.2.kind) == (from, to, kind));
        found.map(|given| given.2.value)
    }

    #[inline(never)]
    fn timing(&self, server: NodeId, cluster: Timing) -> Timing {
        let own = |kind| self.value(server, server, kind);
        let rate = own(OwnKind::Clock).map_or(1000, |rate| rate.min.0);
        let by_clock = |span: Micros| Micros((span.0 * 1000 / rate).max(1));
        let range = own(OwnKind::ElectionTimeout).unwrap_or(cluster.election_timeout);
        let interval = own(OwnKind::HeartbeatInterval).map_or(cluster.heartbeat_interval, |interval| interval.min);
        Timing {
            election_timeout: Range {
                min: by_clock(range.min),
                max: by_clock(range.max),
            },
            heartbeat_interval: by_clock(interval),
        }
    }

    fn rules(&self, server: NodeId, cluster: Rules) -> Rules {
        let own = self
            .settings
            .iter()
            .filter(|given| (given.0, given.1) == (server, server));
        own.filter_map(|given| given.2.of_rule())
            .fold(cluster, |mut rules, (rule, on)| {
                rules.set(rule, on);
                rules
            })
    }

    fn disk_write(&self, server: NodeId) -> Micros {
        let own = self.value(server, server, OwnKind::DiskWrite);
        own.map_or(Micros::ZERO, |takes| takes.min)
    }

    fn outranked(&self, by: NodeId) -> NodeSet {
        let priority = |server| self.value(server, server, OwnKind::Priority).map_or(0, |own| own.min.0);
        let own = priority(by);
        NodeId::all(MAX_SERVERS)
            .filter(|other| priority(*other) < own)
            .collect()
    }

    #[inline(never)]
    fn network(&self, from: NodeId, to: NodeId, cluster: Network) -> Network {
        let permille = |kind, cluster| {
            let own = self.value(from, to, kind);
            own.map_or(cluster, |share| u16::try_from(share.min.0).unwrap_or(1000))
        };
        Network {
            delay: self.value(from, to, OwnKind::Delay).unwrap_or(cluster.delay),
            loss_permille: permille(OwnKind::Loss, cluster.loss_permille),
            duplication_permille: permille(OwnKind::Duplication, cluster.duplication_permille),
            reordering_permille: permille(OwnKind::Reordering, cluster.reordering_permille),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const S1: NodeId = NodeId::new(0);
    const S2: NodeId = NodeId::new(1);

    #[test]
    fn what_is_not_its_own_is_that_of_the_cluster() {
        let timing = Timing {
            election_timeout: Range::millis(150, 300),
            heartbeat_interval: Micros::from_millis(75),
        };
        let mut own = OwnSettings::default();
        assert_eq!(own.timing(S1, timing), timing);
        own.set(S1, S1, OwnSetting::heartbeat_interval(Micros::from_millis(50)));
        assert_eq!(
            own.timing(S1, timing),
            Timing {
                heartbeat_interval: Micros::from_millis(50),
                ..timing
            }
        );
        assert_eq!(own.timing(S2, timing), timing);
        let network = Network::delaying(Range::millis(5, 10));
        own.set(S1, S2, OwnSetting::loss(50));
        assert_eq!(
            own.network(S1, S2, network),
            Network {
                loss_permille: 50,
                ..network
            }
        );
        assert_eq!(own.network(S2, S1, network), network);
    }

    #[test]
    fn a_fast_clock_makes_all_timers_short() {
        let timing = Timing {
            election_timeout: Range::millis(150, 300),
            heartbeat_interval: Micros::from_millis(75),
        };
        let by = |rate| {
            let mut own = OwnSettings::default();
            own.set(S1, S1, OwnSetting::clock(rate));
            own.timing(S1, timing)
        };
        let fast = Timing {
            election_timeout: Range::millis(75, 150),
            heartbeat_interval: Micros(37_500),
        };
        let slow = Timing {
            election_timeout: Range::millis(300, 600),
            heartbeat_interval: Micros::from_millis(150),
        };
        assert_eq!([by(2000), by(1000), by(500)], [fast, timing, slow]);
        // Nothing takes no time.
        let mut own = OwnSettings::default();
        own.set(S1, S1, OwnSetting::heartbeat_interval(Micros(1)));
        own.set(S1, S1, OwnSetting::clock(2000));
        assert_eq!(own.timing(S1, timing).heartbeat_interval, Micros(1));
    }

    #[test]
    fn who_gives_all_back_has_never_had_anything() {
        let mut own = OwnSettings::default();
        own.set(S1, S2, OwnSetting::as_cluster());
        assert!(own.is_empty());
        own.set(S1, S2, OwnSetting::delay(Range::millis(80, 90)));
        own.set(S2, S2, OwnSetting::clock(900));
        own.set(S1, S2, OwnSetting::as_cluster());
        assert!(!own.is_empty());
        own.set(S2, S2, OwnSetting::as_cluster());
        assert_eq!(own, OwnSettings::default());
    }

    #[test]
    fn one_rule_is_given_back_alone() {
        let mut own = OwnSettings::default();
        own.set(S1, S1, OwnSetting::clock(900));
        own.set(S1, S1, OwnSetting::rule(Rule::PreVote, true));
        own.set(S1, S1, OwnSetting::rule(Rule::PersistVote, false));
        own.set(S1, S1, OwnSetting::rule_as_cluster(Rule::PreVote));
        own.set(S2, S2, OwnSetting::rule_as_cluster(Rule::PreVote));
        let left: Vec<_> = own.server(S1).collect();
        assert_eq!(
            left,
            [OwnSetting::clock(900), OwnSetting::rule(Rule::PersistVote, false)]
        );
        assert_eq!(own.server(S2).next(), None);
        assert!(own.rules(S1, Rules { ..Rules::PAPER }).get(Rule::PreVote) == Rules::PAPER.get(Rule::PreVote));
    }

    #[test]
    fn what_nobody_can_run_by_is_refused() {
        assert_eq!(OwnSetting::clock(499).validate(false), Err(ConfigError::Clock));
        assert_eq!(OwnSetting::clock(2001).validate(false), Err(ConfigError::Clock));
        assert_eq!(
            OwnSetting::heartbeat_interval(Micros::ZERO).validate(false),
            Err(ConfigError::Span)
        );
        assert_eq!(
            OwnSetting::election_timeout(Range::millis(2, 1)).validate(false),
            Err(ConfigError::Range)
        );
        let longest = OwnSetting::LONGEST_WRITE;
        for fits in [Micros::ZERO, longest] {
            assert_eq!(OwnSetting::disk_write(fits).validate(false), Ok(()));
        }
        assert_eq!(
            OwnSetting::disk_write(longest + Micros(1)).validate(false),
            Err(ConfigError::DiskWrite)
        );
        assert_eq!(OwnSetting::disk_write(longest).validate(true), Err(ConfigError::Range));
        assert_eq!(OwnSetting::loss(1001).validate(true), Err(ConfigError::Share));
        assert_eq!(
            OwnSetting::delay(Range::millis(0, 1)).validate(true),
            Err(ConfigError::Span)
        );
    }
}

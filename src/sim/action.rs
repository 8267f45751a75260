//! What is done to a world, and how it is spelled in files and links.
//!
//! Everything about an action but what it does stands in its row of the one table below.

use std::{any::Any, fmt};

use super::{ConfigError, MessageId, Micros, Network, OwnKind, OwnSetting, OwnSettings, Timing};
use crate::raft::{LogPosition, NodeId, NodeSet, Rule, Rules};

/// Makes [`Action`] from a table. A row has, in this order:
/// - the variant, with what it needs to know besides what it is done to;
/// - the function that makes such an action;
/// - its [`Effect`];
/// - its word in files, its code in links, and the version of links that it came with. They never change;
/// - what files and links say after that, as methods of [`ActionWriter`] and [`ActionReader`].
macro_rules! actions {
    (
        $(
            $(#[$about:meta])*
            $group:ident $places:tt does $kind:ident {
                $(
                    $(#[$doc:meta])*
                    $variant:ident $(($with:ident: $type:ty))? => $new:ident, effect $effect:ident,
                    word $word:literal, code $code:literal since $since:literal
                    $(, $value:ident($($part:ident),+))*;
                )*
            }
        )*
    ) => {
        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $kind {
                $($(#[$doc])* $variant $(($type))?,)*
            }
        )*

        impl Action {
            $($(actions!(@new $group $places $kind $variant $(($with: $type))?; $(#[$doc])* $new);)*)*

            /// How it is called in files and links.
            #[must_use]
            pub const fn spelling(&self) -> Spelling {
                match self {
                    $($(
                        Self::$group(.., $kind::$variant { .. }) => {
                            Spelling { word: $word, code: $code, since: $since }
                        }
                    )*)*
                    // In files it has the word of its [`Self::example`].
                    Self::Role(_, done, _) => {
                        let done = done.example().spelling().since;
                        let since = if done > Self::ROLES_SINCE { done } else { Self::ROLES_SINCE };
                        Spelling { word: "", code: Self::ROLE_CODE, since }
                    }
                }
            }

            /// What becomes of processes, disks or links.
            #[must_use]
            pub const fn effect(&self) -> Effect {
                match self {
                    $($(Self::$group(.., $kind::$variant { .. }) => Effect::$effect,)*)*
                    // Those whom it concerns are named when it happens.
                    Self::Role(..) => Effect::Other,
                }
            }

            /// Writes what it is done to, and how.
            pub fn write(&self, writer: &mut impl ActionWriter) {
                match *self {
                    $($(
                        actions!(@action $group $places $kind $variant $(($with))?) => {
                            $(writer.$value($($part),+);)*
                        }
                    )*)*
                    // It is written as [`Self::example`] is.
                    Self::Role(..) => {}
                }
            }

            /// Reads what the action with this spelling is done to, and how. `None` if there is no such action.
            ///
            /// # Errors
            /// What the reader has found instead.
            pub fn read<R: ActionReader>(
                reader: &mut R,
                is_meant: impl Fn(&Spelling) -> bool,
            ) -> Result<Option<Self>, R::Error> {
                $($(
                    if is_meant(&Spelling { word: $word, code: $code, since: $since }) {
                        $(let actions!(@parts $($part),+) = reader.$value()?;)*
                        return Ok(Some(actions!(@action $group $places $kind $variant $(($with))?)));
                    }
                )*)*
                Ok(None)
            }

            /// How each action is called in files and links.
            pub const SPELLINGS: &[Spelling] = &[$($(Spelling { word: $word, code: $code, since: $since },)*)*];
        }
    };
    (
        @new $group:ident ($($place:ident: $place_type:ty),*) $kind:ident $variant:ident $(($with:ident: $type:ty))?;
        $(#[$doc:meta])* $new:ident
    ) => {
        $(#[$doc])*
        #[must_use]
        pub const fn $new($($place: $place_type,)* $($with: $type)?) -> Self {
            Self::$group($($place,)* $kind::$variant $(($with))?)
        }
    };
    // Both a pattern and an expression.
    (@action $group:ident ($($place:ident: $place_type:ty),*) $kind:ident $variant:ident $(($with:ident))?) => {
        Action::$group($($place,)* $kind::$variant $(($with))?)
    };
    (@parts $part:ident) => { $part };
    (@parts $($part:ident),+) => { ($($part),+) };
}

/// Something that the reader does, or that a script does for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// To one server.
    Server(NodeId, ServerAction),
    /// To the link from one server to another.
    Link(NodeId, NodeId, LinkAction),
    /// To a message that is under way.
    Message(MessageId, MessageAction),
    /// To the cluster.
    Cluster(ClusterAction),
    /// To whoever has a role when its time comes.
    Role(Whom, RoleAction, Meaning),
}

/// Whom a script means without naming them. [`super::World::having`] says who that is at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Who leads, as [`super::Leadership`] has it.
    Leader,
    /// Who stands for election.
    Candidates,
    /// Who follows, or waits for somebody to follow.
    Followers,
    /// More than half of all servers.
    Majority,
}

impl Whom {
    /// All, in the order of their numbers in links, with their words in files. Neither ever changes.
    pub const WORDS: [(Self, &'static str); 4] = [
        (Self::Leader, "leader"),
        (Self::Candidates, "candidates"),
        (Self::Followers, "followers"),
        (Self::Majority, "majority"),
    ];

    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        Self::WORDS[self as usize].1
    }
}

/// What is done to those who have a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleAction {
    /// To each of them.
    Server(ServerAction),
    /// They are cut off from all others.
    Partition,
}

impl RoleAction {
    /// The same, done to [`Action::EXAMPLE`].
    const fn example(self) -> Action {
        match self {
            Self::Server(done) => Action::Server(Action::EXAMPLE, done),
            Self::Partition => Action::Cluster(ClusterAction::Partition(NodeSet::all(1))),
        }
    }
}

/// How it is found out what an action comes to that is done by role, and how that is done: worlds know. The page begins without the code
/// for it, which is reached through here: only links and files have such actions.
#[derive(Clone, Copy)]
pub struct Meaning(pub(super) &'static (dyn Any + Send + Sync));

/// There is one way to do so.
impl PartialEq for Meaning {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Meaning {}

impl fmt::Debug for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Meaning")
    }
}

actions! {
    /// What is done to one server.
    Server(server: NodeId) does ServerAction {
        /// Starts a server that is down: for the first time, or again from its disk.
        Start => start, effect Start, word "start", code 0 since 1, server(server);
        /// Crashes a server. Its disk stays; memory and timers are gone. What it has sent still travels.
        Kill => kill, effect Crash, word "kill", code 1 since 1, server(server);
        /// Stops a process without ending it, as a long garbage collection or `SIGSTOP` does: memory stays, nothing runs.
        Pause => pause, effect Pause, word "pause", code 2 since 1, server(server);
        /// Lets a paused process go on. What arrived meanwhile is handled first, then timers that ran out.
        Resume => resume, effect Resume, word "resume", code 3 since 1, server(server);
        /// Lets a server's election timer fire now.
        ForceTimeout => force_timeout, effect Other, word "time-out", code 4 since 1, server(server);
        /// Lets a leader's heartbeat timer fire now.
        SendHeartbeats => send_heartbeats, effect Other, word "heartbeat", code 23 since 2, server(server);
        /// Lets the time run out now for which a server takes its leader to be alive (thesis §4.2.3).
        ExpireLeader => expire_leader, effect Other, word "doubt-leader", code 25 since 3, server(server);
        /// Lets a leader see now whether a majority still answers (thesis §6.2).
        CheckQuorum => check_quorum, effect Other, word "check-quorum", code 26 since 3, server(server);
        /// Asks a leader to hand over to another server (thesis §3.10).
        TransferLeadership(to: NodeId) => transfer_leadership, effect Other,
            word "transfer", code 24 since 2, pair(server, to);
        /// Crashes a server and blanks its disk. Unsafe: Raft assumes that disks keep what they are given.
        WipeDisk => wipe_disk, effect Wipe, word "wipe", code 5 since 1, server(server);
        /// Lets a server's log end elsewhere.
        SetLog(log: LogPosition) => set_log, effect Other, word "log", code 8 since 1, server(server), position(log);
        /// Lets a server's election timer fire so long from now.
        SetElectionTimer(rest: Micros) => set_election_timer, effect Other,
            word "timer", code 9 since 1, server(server), time(rest);
        /// Cuts all links to and from a server.
        Isolate => isolate, effect Cut, word "isolate", code 6 since 1, server(server);
        /// Mends all links to and from a server.
        Rejoin => rejoin, effect Mend, word "rejoin", code 7 since 1, server(server);
        /// Gives a server something of its own, for timers and writes that start from now on, or takes all of it. A crash does not change it.
        Set(setting: OwnSetting) => set_server, effect Other,
            word "server", code 30 since 8, server(server), server_setting(setting);
    }

    /// What is done to the link from one server to another.
    Link(from: NodeId, to: NodeId) does LinkAction {
        /// Cuts the link from one server to another; what is on it is lost.
        Cut => cut, effect Cut, word "cut", code 12 since 1, pair(from, to);
        /// Mends the link from one server to another.
        Heal => heal, effect Mend, word "heal", code 13 since 1, pair(from, to);
        /// Gives the link from one server to another something of its own, for messages sent from now on, or takes all of it.
        Set(setting: OwnSetting) => set_link, effect Other,
            word "link", code 31 since 8, way(from, to), link_setting(setting);
    }

    /// What is done to a message that is under way.
    Message(id: MessageId) does MessageAction {
        /// Loses a message that is under way.
        Drop => drop_message, effect Other, word "drop", code 16 since 1, message(id);
        /// Lets a message that is under way arrive once more.
        Duplicate => duplicate_message, effect Other, word "duplicate", code 17 since 1, message(id);
        /// Lets a message that is under way take so much longer.
        Delay(by: Micros) => delay_message, effect Other, word "hold", code 18 since 1, message(id), for_time(by);
        /// Lets a message that is under way arrive now.
        Deliver => deliver_message, effect Other, word "deliver", code 19 since 1, message(id);
        /// Lets a message that is under way arrive now, and its receiver take it, if it is a RequestVote or an AppendEntries, to be of
        /// its own term where it is of an older one: what a server does that forgets to compare terms (§5.1).
        Accept => accept_message, effect Other, word "accept", code 27 since 4, message(id);
        /// Lets a message that is under way arrive now, and its receiver refuse it, if it is a RequestVote or an AppendEntries,
        /// whatever its rules say. Of what it says the receiver takes the term only.
        Refuse => refuse_message, effect Other, word "refuse", code 28 since 4, message(id);
    }

    /// What is done to the cluster.
    Cluster() does ClusterAction {
        /// Lets the election timers of all servers fire at the same instant, the shortest election timeout from now.
        AlignTimers => align_timers, effect Other, word "align-timers", code 10 since 1;
        /// Lets the election timers of all servers fire one after the other, evenly over the range of election timeouts.
        SpreadTimers => spread_timers, effect Other, word "spread-timers", code 11 since 1;
        /// Cuts all links between these servers and the others.
        Partition(group: NodeSet) => partition, effect Cut, word "partition", code 14 since 1, servers(group);
        /// Mends all links.
        HealAll => heal_all, effect Mend, word "heal-all", code 15 since 1;
        /// Changes all timers from their next start on.
        SetTiming(timing: Timing) => set_timing, effect Other, word "timing", code 20 since 1, timing(timing);
        /// Changes the network for messages sent from now on.
        SetNetwork(network: Network) => set_network, effect Other, word "network", code 21 since 1, network(network);
        /// Changes the rules for all servers.
        SetRules(rules: Rules) => set_rules, effect Other, word "rules", code 22 since 1, rules(rules);
    }
}

impl Action {
    /// In links, says that what follows is done to whoever has a role.
    pub const ROLE_CODE: u8 = 29;
    /// The first version of links that has it.
    pub const ROLES_SINCE: u8 = 7;
    /// The server in whose place a role stands.
    pub const EXAMPLE: NodeId = NodeId::new(0);

    /// What is written of it besides a role: the same done to [`Self::EXAMPLE`], if it is done by role.
    #[must_use]
    pub const fn example(self) -> Self {
        match self {
            Self::Role(_, done, _) => done.example(),
            named => named,
        }
    }

    /// What was done in the end, one after the other, when it concerned these servers: to each of them, if it is done by role; else it is
    /// itself alone.
    #[must_use]
    #[inline(never)]
    pub fn upon(self, servers: NodeSet, nth: usize) -> Option<Self> {
        let action = match self {
            Self::Role(_, RoleAction::Server(done), _) => return Some(Self::Server(servers.iter().nth(nth)?, done)),
            Self::Role(_, RoleAction::Partition, _) if servers.is_empty() => return None,
            Self::Role(_, RoleAction::Partition, _) => Self::partition(servers),
            named => named,
        };
        (nth == 0).then_some(action)
    }

    /// The same done to another server, if it is done to one.
    #[must_use]
    pub const fn to(self, server: NodeId) -> Self {
        match self {
            Self::Server(_, done) => Self::Server(server, done),
            other => other,
        }
    }

    /// The server that it is done to, if it is one.
    #[must_use]
    pub const fn server(&self) -> Option<NodeId> {
        match *self {
            Self::Server(server, _) => Some(server),
            Self::Link(..) | Self::Message(..) | Self::Cluster(_) | Self::Role(..) => None,
        }
    }

    /// Whether it sets timing, network or rules of the cluster.
    #[must_use]
    pub const fn sets_cluster(&self) -> bool {
        matches!(
            self,
            Self::Cluster(ClusterAction::SetTiming(_) | ClusterAction::SetNetwork(_) | ClusterAction::SetRules(_))
        )
    }

    /// Whether it gives a server or a link that it names something of its own, or takes it.
    #[must_use]
    pub const fn is_own_setting(&self) -> bool {
        matches!(
            self,
            Self::Server(_, ServerAction::Set(_)) | Self::Link(.., LinkAction::Set(_))
        )
    }

    /// Whether it is a setting, of the cluster or of a server or a link that it names, and no fault.
    #[must_use]
    pub const fn is_setting(&self) -> bool {
        self.sets_cluster() || self.is_own_setting()
    }

    /// What it gives a server or a link of its own, also by role.
    #[must_use]
    pub const fn own_setting(&self) -> Option<OwnSetting> {
        match *self {
            Self::Server(_, ServerAction::Set(setting))
            | Self::Link(.., LinkAction::Set(setting))
            | Self::Role(_, RoleAction::Server(ServerAction::Set(setting)), _) => Some(setting),
            _ => None,
        }
    }

    /// What gives a cluster all that servers and links have of their own, if nobody has any of it.
    pub fn giving(own: &OwnSettings) -> impl Iterator<Item = Self> {
        own.all().map(|(from, to, setting)| {
            if from == to {
                Self::set_server(from, setting)
            } else {
                Self::set_link(from, to, setting)
            }
        })
    }

    /// Takes note of what it gives a server or a link that it names of its own, or takes.
    pub fn note_own(&self, own: &mut OwnSettings) {
        match *self {
            Self::Server(server, ServerAction::Set(setting)) => own.set(server, server, setting),
            Self::Link(from, to, LinkAction::Set(setting)) => own.set(from, to, setting),
            _ => {}
        }
    }

    /// The rule by which it lets a server go, or not go, whatever the cluster does.
    #[must_use]
    pub fn own_rule(&self) -> Option<(Rule, bool)> {
        self.own_setting()?.of_rule()
    }

    /// Whether it gives a server a rule of its own, or takes one back.
    #[must_use]
    pub fn is_about_own_rule(&self) -> bool {
        self.own_setting().and_then(OwnSetting::about_rule).is_some()
    }

    /// Whether it gives a server a priority of its own, or takes back all that it has of its own.
    #[must_use]
    pub fn is_about_priority(&self) -> bool {
        let own = self.own_setting().map(|setting| setting.kind);
        matches!(own, Some(OwnKind::Priority | OwnKind::AsCluster))
    }

    /// The first version of links that has it.
    #[must_use]
    pub fn since(&self) -> u8 {
        let own = self.own_setting().map_or(1, OwnSetting::since);
        self.spelling().since.max(own)
    }

    /// The rules that it puts in force in the cluster, if it does.
    #[must_use]
    pub const fn rules(&self) -> Option<Rules> {
        if let Self::Cluster(ClusterAction::SetRules(rules)) = *self {
            Some(rules)
        } else {
            None
        }
    }

    /// Whether the link from one server to another is one of those that it cuts or mends, if it cuts or mends links.
    #[must_use]
    pub fn is_about_link(&self, from: NodeId, to: NodeId) -> bool {
        match *self {
            Self::Server(server, _) => from == server || to == server,
            Self::Link(a, b, LinkAction::Cut | LinkAction::Heal) => (a, b) == (from, to),
            Self::Link(..) | Self::Message(..) | Self::Role(..) => false,
            Self::Cluster(ClusterAction::Partition(group)) => group.contains(from) != group.contains(to),
            Self::Cluster(ClusterAction::HealAll) => true,
            Self::Cluster(
                ClusterAction::AlignTimers
                | ClusterAction::SpreadTimers
                | ClusterAction::SetTiming(_)
                | ClusterAction::SetNetwork(_)
                | ClusterAction::SetRules(_),
            ) => false,
        }
    }
}

/// What becomes of processes, disks or links by an action: all that the timeline and the diagram show of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A process starts.
    Start,
    /// A process ends.
    Crash,
    /// A process ends, and its disk is blanked.
    Wipe,
    /// A process stops.
    Pause,
    /// A process goes on.
    Resume,
    /// Links no longer carry messages.
    Cut,
    /// Links carry messages again.
    Mend,
    /// None of these.
    Other,
}

impl Effect {
    /// Whether a process ends.
    #[must_use]
    pub const fn is_crash(self) -> bool {
        matches!(self, Self::Crash | Self::Wipe)
    }
}

/// How an action is called in files and links. Never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spelling {
    /// Its word in files.
    pub word: &'static str,
    /// Its code in links.
    pub code: u8,
    /// The first version of links that has it.
    pub since: u8,
}

/// Writes what actions are done to, and how: a file in words, a link in bits.
pub trait ActionWriter {
    /// A server.
    fn server(&mut self, server: NodeId);
    /// Two servers; a link leads from the first to the second.
    fn pair(&mut self, from: NodeId, to: NodeId);
    /// One direction of a link; files can name both at once.
    fn way(&mut self, from: NodeId, to: NodeId);
    /// A message that is under way.
    fn message(&mut self, id: MessageId);
    /// One server or more.
    fn servers(&mut self, servers: NodeSet);
    /// Where a log ends.
    fn position(&mut self, log: LogPosition);
    /// A time.
    fn time(&mut self, time: Micros);
    /// How long something is held up.
    fn for_time(&mut self, time: Micros);
    /// How long timers run.
    fn timing(&mut self, timing: Timing);
    /// What the network does to messages.
    fn network(&mut self, network: Network);
    /// The rules of all servers.
    fn rules(&mut self, rules: Rules);
    /// What a server has of its own.
    fn server_setting(&mut self, setting: OwnSetting);
    /// What a link has of its own.
    fn link_setting(&mut self, setting: OwnSetting);
}

/// Reads what an [`ActionWriter`] wrote.
pub trait ActionReader {
    /// Why something can't be read.
    type Error;

    /// A server.
    ///
    /// # Errors
    /// If there is none.
    fn server(&mut self) -> Result<NodeId, Self::Error>;
    /// Two servers that are not the same.
    ///
    /// # Errors
    /// If there are none.
    fn pair(&mut self) -> Result<(NodeId, NodeId), Self::Error>;
    /// One direction of a link, or more.
    ///
    /// # Errors
    /// If there is none.
    fn way(&mut self) -> Result<(NodeId, NodeId), Self::Error>;
    /// A message.
    ///
    /// # Errors
    /// If there is none.
    fn message(&mut self) -> Result<MessageId, Self::Error>;
    /// One server or more.
    ///
    /// # Errors
    /// If there are none.
    fn servers(&mut self) -> Result<NodeSet, Self::Error>;
    /// Where a log ends.
    ///
    /// # Errors
    /// If there is no such place.
    fn position(&mut self) -> Result<LogPosition, Self::Error>;
    /// A time.
    ///
    /// # Errors
    /// If there is none.
    fn time(&mut self) -> Result<Micros, Self::Error>;
    /// How long something is held up.
    ///
    /// # Errors
    /// If there is no time.
    fn for_time(&mut self) -> Result<Micros, Self::Error>;
    /// How long timers run.
    ///
    /// # Errors
    /// If there are no such times.
    fn timing(&mut self) -> Result<Timing, Self::Error>;
    /// What the network does to messages.
    ///
    /// # Errors
    /// If there is nothing of that kind.
    fn network(&mut self) -> Result<Network, Self::Error>;
    /// The rules of all servers.
    ///
    /// # Errors
    /// If there are none.
    fn rules(&mut self) -> Result<Rules, Self::Error>;
    /// What a server has of its own.
    ///
    /// # Errors
    /// If there is nothing of that kind.
    fn server_setting(&mut self) -> Result<OwnSetting, Self::Error>;
    /// What a link has of its own.
    ///
    /// # Errors
    /// If there is nothing of that kind.
    fn link_setting(&mut self) -> Result<OwnSetting, Self::Error>;
}

/// Why an action can't be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The cluster has no such server.
    NoSuchServer,
    /// The server is down.
    Down,
    /// The server runs already.
    Running,
    /// The server is paused.
    Paused,
    /// The server is not paused.
    NotPaused,
    /// The server leads; leaders have no election timer.
    NoElectionTimer,
    /// The server has no such timer now: by its rules, or because it hasn't heard from a leader or doesn't lead.
    NoSuchTimer,
    /// The server does not lead.
    NotLeader,
    /// The server leads already.
    LeadsAlready,
    /// No server that runs has an election timer.
    NoElectionTimers,
    /// A server has no link to itself.
    NoSuchLink,
    /// A partition has servers on both sides.
    NoPartition,
    /// No such message is under way: it has arrived or was lost, or was never sent.
    NoSuchMessage,
    /// The link carries as many messages as it can.
    LinkFull,
    /// Nobody has the role.
    Nobody(Whom),
    /// The values can't be used.
    Config(ConfigError),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSuchServer => "the cluster has no such server",
            Self::Down => "the server is down",
            Self::Running => "the server runs already",
            Self::Paused => "the server is paused",
            Self::NotPaused => "the server is not paused",
            Self::NoElectionTimer => "a leader has no election timer",
            Self::NoSuchTimer => "the server has no such timer now",
            Self::NotLeader => "the server does not lead",
            Self::LeadsAlready => "the server leads already",
            Self::NoElectionTimers => "no server that runs has an election timer",
            Self::NoSuchLink => "a server has no link to itself",
            Self::NoPartition => "a partition needs servers on both sides",
            Self::NoSuchMessage => "no such message is under way",
            Self::LinkFull => "the link carries as many messages as it can",
            Self::Nobody(_) => "nobody has that role",
            Self::Config(error) => return error.fmt(f),
        })
    }
}

impl std::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_are_spelled_alike() {
        for (index, one) in Action::SPELLINGS.iter().enumerate() {
            for other in &Action::SPELLINGS[..index] {
                assert!(
                    one.word != other.word && one.code != other.code,
                    "{one:?} and {other:?}"
                );
            }
        }
    }
}

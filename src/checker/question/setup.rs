//! What is to be checked.

use std::fmt;

use crate::{
    checker::{Coverage, Milestone},
    raft::{LogPosition, MAX_SERVERS, NodeSet, Rules},
    safety::Properties,
};

/// A question for the checker: which cluster, under which rules, how far, and what must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Setup {
    /// The rules in force.
    pub rules: Rules,
    /// How far the search goes.
    pub bounds: Bounds,
    /// Where the servers' logs end, by server; they stay there. Those beyond the cluster's size don't matter.
    pub logs: [LogPosition; MAX_SERVERS],
    /// The links that are cut for good, by sender: to whom. What is sent on them never arrives.
    pub cut: [NodeSet; MAX_SERVERS],
    /// Whether the first server has been elected in term 1, before any link was cut, and all servers follow it. It takes one of the
    /// elections. If not, or if the bounds leave no election, all servers have just started.
    pub led: bool,
    /// How messages in flight are represented.
    pub network: NetworkModel,
    /// The properties that end the search when one is broken. Others may be broken on the way.
    pub watched: Properties,
}

impl Setup {
    /// The paper's rules, empty logs, every property, and the smallest network that covers everything.
    #[must_use]
    pub const fn paper(bounds: Bounds) -> Self {
        Self {
            rules: Rules::PAPER,
            bounds,
            logs: [LogPosition {
                last_term: crate::raft::Term::ZERO,
                last_index: 0,
            }; MAX_SERVERS],
            cut: [NodeSet::EMPTY; MAX_SERVERS],
            led: false,
            network: NetworkModel::Reduced,
            watched: Properties::ALL,
        }
    }
}

impl Setup {
    /// What a search of these bounds should see happen. If it does not, its properties may hold only because nothing happened.
    /// With rules off or links cut there may be less to see.
    #[must_use]
    pub fn expected(&self) -> Coverage {
        let Bounds {
            servers,
            elections,
            crashes,
            ..
        } = self.bounds;
        let expected = |milestone: &Milestone| match milestone {
            Milestone::SomebodyLeads => elections > 0,
            Milestone::HeartbeatAccepted | Milestone::VoteRefused | Milestone::VoteSplits => {
                elections > 0 && servers > 1
            }
            Milestone::LeaderStepsDown => elections > 1 && servers > 1,
            Milestone::ServerReturns => crashes > 0,
        };
        Milestone::ALL.into_iter().filter(expected).collect()
    }
}

/// How far the search goes. A step beyond a bound is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// Servers of the cluster, 1 to 9.
    pub servers: u8,
    /// Elections one after the other: the highest term that a server reaches.
    pub elections: u8,
    /// Crashes in all. A crashed server may come back from its disk at any time, or never.
    pub crashes: u8,
    /// Messages in all of which the network makes a second copy. Counts under [`NetworkModel::Counted`] only: elsewhere every
    /// message may be delivered any number of times.
    pub duplications: u8,
    /// Heartbeat timers that fire in all. Counts under [`NetworkModel::Counted`] only: elsewhere a leader's heartbeats may be
    /// delivered any number of times.
    pub heartbeats: u8,
    /// Whether a leader may be asked at any time to hand over (thesis §3.10).
    pub transfers: bool,
}

/// How messages in flight are represented. In all three they may be lost, and overtake each other.
///
/// A message that is never delivered stands for one that was lost: all that a cluster does after a loss it can also do while
/// the message is still in flight, because no message has to be delivered and none waits for another. So where messages stay,
/// loss is covered without a step of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NetworkModel {
    /// Each message is counted. Delivering takes one copy away; loss and duplication are steps of their own. What a simulator
    /// does, step by step; but the number of states explodes. No more than three equal messages are in flight at once:
    /// a step that would send a fourth lies beyond the bounds.
    Counted,
    /// What was once sent can be delivered at any time, any number of times: any number of duplications and of heartbeats.
    Sent,
    /// As [`Self::Sent`], without what makes no difference: see [the module](crate::checker).
    Reduced,
}

/// Why a question can't be asked: its bounds are too wide for the checker's packed states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TooLarge {
    /// A cluster has 1 to 9 servers.
    Servers,
    /// Too many terms for the [`PackedElections`](crate::safety::PackedElections).
    Terms,
    /// Too many different messages.
    Messages,
    /// Too many states of one server.
    ServerStates,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Servers => "a cluster has 1 to 9 servers",
            Self::Terms => "too many elections for so many servers",
            Self::Messages => "too many different messages for a packed state",
            Self::ServerStates => "a server has too many different states",
        })
    }
}

impl std::error::Error for TooLarge {}

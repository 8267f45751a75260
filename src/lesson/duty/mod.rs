//! Be the server: a run in which the reader decides for one server, who is shown what that server knows and nothing else.
//!
//! A [`DutyWalk`] goes along a run and stops before each [`DutyMoment`]: a message, or its election timer, is about to give S3
//! something to decide. What is right is asked of the protocol itself: the world is cloned and lets it happen. A wrong decision may
//! be let stand. Then the run goes on with it: S3 does what a server with that bug does, by actions like any others (a rule is off
//! for that one step, a message is dropped, accepted or refused against the rules), so that what comes of it is a run like any
//! other, with a link, a log and a *Why?*.
//!
//! What is promised:
//! - **Only what S3 knows.** A moment holds S3's own state, the message, and nothing of the rest of the cluster.
//! - **What is said to be done is done.** Each wrong decision that is offered was played in a clone, and S3 did that.
//! - **What is said to be broken is broken.** A [`DutyOutcome`] comes from the monitor and from the same run by the rules.
//!
//! `truth` holds this over random runs, against predicates that are written apart.

mod builtin;
mod moment;
mod outcome;
mod record;
mod slip;
#[cfg(test)]
mod truth;
mod walk;

pub use builtin::BuiltinDuty;
pub use outcome::{DutyDamage, DutyOutcome, DutyParting, DutyWin};
pub use record::{DutyNotes, DutyRecord};
pub use walk::DutyWalk;

use crate::{
    raft::{LogPosition, Message, Node, NodeId, Role, Term},
    scenario::Scenario,
    sim::{Action, MessageId, Micros, ServerAction},
};

/// The server that the reader is.
pub const PLAYED: NodeId = NodeId::new(2);

/// A run to be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What it starts from, and what its script does.
    pub scenario: Scenario,
    /// From when on decisions are asked for. Before, S3 does what the rules do.
    pub asks_from: Micros,
    /// Up to when decisions are asked for.
    pub asks_until: Micros,
    /// Up to when the run goes on, so that what comes of them is seen.
    pub ends: Micros,
}

impl Duty {
    /// So many decisions are asked for at most.
    pub const MOST: usize = 10;

    /// A run, up to some time after the last that its script does.
    fn along(scenario: Scenario, asks_from: Micros) -> Self {
        let last = scenario.script.last().map_or(Micros::ZERO, |(at, _)| *at);
        Self {
            scenario,
            asks_from,
            asks_until: last + Micros::from_millis(300),
            ends: last + Micros::from_millis(700),
        }
    }

    /// Whether logs matter in it: they end in different places, or come to.
    #[must_use]
    pub fn has_logs(&self) -> bool {
        let config = &self.scenario.config;
        let logs = &config.logs[..usize::from(config.size)];
        let moves_one = |action: &Action| matches!(action, Action::Server(_, ServerAction::SetLog(_)));
        logs.iter().any(|log| *log != logs[0]) || self.scenario.script.iter().any(|(_, action)| moves_one(action))
    }
}

/// What is about to give S3 something to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyTrigger {
    /// A message arrives.
    Message {
        /// Which; its sender is part of its name.
        id: MessageId,
        /// What it says.
        message: Message,
    },
    /// Its election timer expires.
    Timeout,
}

/// What S3 may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyChoice {
    /// It gives its vote.
    Grant,
    /// It says no.
    Refuse,
    /// It acts as if the message had not come.
    Ignore,
    /// A follower accepts the sender as its leader.
    Follow,
    /// A candidate or leader becomes follower.
    StepDown,
    /// It takes the newer term, and stays what it is.
    GoOn,
    /// It counts the vote and waits for more.
    Count,
    /// It counts the vote and leads.
    Lead,
    /// It stands for election in a new term.
    Run,
    /// It stands for election in the term that it is in.
    RunAgain,
    /// It starts its timer anew.
    Wait,
}

impl DutyChoice {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Grant,
        Self::Refuse,
        Self::Ignore,
        Self::Follow,
        Self::StepDown,
        Self::GoOn,
        Self::Count,
        Self::Lead,
        Self::Run,
        Self::RunAgain,
        Self::Wait,
    ];
}

/// Why a decision is right, with what S3 knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyReason {
    /// It has given no vote to another in the term of the request, and the candidate's log is not behind (§5.2, §5.4.1).
    VoteIsFree {
        /// Who asks.
        candidate: NodeId,
        /// The term of the request.
        term: Term,
        /// Its own term before.
        own: Term,
        /// Whether it had given its vote of this term to this very candidate.
        again: bool,
    },
    /// It has voted for another in this term (§5.2).
    HasVoted {
        /// For whom; itself, if it stands.
        to: NodeId,
        /// In which term.
        term: Term,
    },
    /// The candidate's log is behind its own (§5.4.1).
    LogBehind {
        /// Who asks.
        candidate: NodeId,
        /// Where its own log ends.
        mine: LogPosition,
        /// Where the candidate's log ends.
        theirs: LogPosition,
        /// The term that it learns of, if it is a newer one.
        newer: Option<Term>,
    },
    /// What was sent is of an older term (§5.1).
    TermIsOld {
        /// Its own term.
        own: Term,
        /// That of the message.
        theirs: Term,
    },
    /// The sender leads its term, or a newer one (§5.2).
    HasLeader {
        /// Who leads.
        leader: NodeId,
        /// Which term.
        term: Term,
        /// Its own term before.
        own: Term,
        /// What it was.
        was: Role,
    },
    /// The message carries a newer term (§5.1).
    TermIsNewer {
        /// Its own term.
        own: Term,
        /// That of the message.
        theirs: Term,
        /// What it was.
        was: Role,
    },
    /// The vote counts, and is not enough (§5.2).
    TooFewVotes {
        /// With this one.
        votes: u8,
        /// Needed.
        quorum: u8,
    },
    /// The vote makes a majority (§5.2).
    Majority {
        /// With this one.
        votes: u8,
        /// Needed.
        quorum: u8,
        /// Of which term.
        term: Term,
    },
    /// The vote is of another term than the one that it stands in (§5.2).
    VoteIsOld {
        /// The term that it stands in.
        own: Term,
        /// That of the vote.
        theirs: Term,
    },
    /// The vote of this server is counted already.
    VoteIsCounted {
        /// Whose.
        voter: NodeId,
    },
    /// Its election timer expired (§5.2).
    TimerExpired {
        /// The term that it stands in.
        term: Term,
        /// Its own term before.
        own: Term,
        /// What it was.
        was: Role,
    },
}

/// A decision to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyMoment {
    /// When it happens.
    pub at: Micros,
    /// S3 before it.
    pub node: Node,
    /// When its election timer expires, if it runs.
    pub timer: Option<Micros>,
    /// What happens.
    pub trigger: DutyTrigger,
    /// What it may do. Their order never depends on what is right.
    pub options: &'static [DutyChoice],
    /// What the rules do.
    pub right: DutyChoice,
    /// Why.
    pub reason: DutyReason,
}

impl DutyMoment {
    /// Whether something is one of its options.
    #[must_use]
    pub fn offers(&self, choice: DutyChoice) -> bool {
        self.options.contains(&choice)
    }
}

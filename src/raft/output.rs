//! What goes into a node and what comes out: the contract with whoever drives it.

use serde::Serialize;

use super::{HardState, LogPosition, Member, Message, NodeId, NodeSet, Role, Term};

/// A timer that a node asks for. The driver decides how long it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// Runs in followers and candidates; when it fires, an election starts (§5.2).
    Election,
    /// Runs in leaders; when it fires, heartbeats go out (§5.2).
    Heartbeat,
    /// Runs for the shortest election timeout after a leader was heard from; until it fires, a server that is asked for a vote
    /// holds to that leader (thesis §4.2.3, §9.6). Only where a rule asks for it.
    RecentLeader,
    /// Runs in leaders for the shortest election timeout; when it fires, a majority must have answered (thesis §6.2). Only where
    /// that rule is on.
    CheckQuorum,
}

impl Timer {
    /// All of them. Where several fire at one instant, in this order: a leader that was heard from exactly the shortest election
    /// timeout ago is not recent any more.
    pub const ALL: [Self; 4] = [Self::RecentLeader, Self::Election, Self::CheckQuorum, Self::Heartbeat];
}

impl Member for Timer {
    const ALL: &'static [Self] = &Self::ALL;

    fn bit(self) -> u32 {
        self as u32
    }
}

/// One thing that happens to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Input {
    /// The process starts, for the first time or after a crash, from the hard state it was built with.
    Start,
    /// A timer that it had set fires.
    Timeout(Timer),
    /// A message arrives.
    Receive {
        /// Who sent it.
        from: NodeId,
        /// What it says.
        message: Message,
    },
    /// Its log ends elsewhere now. Stands in for log replication, which is out of scope.
    LogMoved(LogPosition),
    /// Somebody asks a leader to hand over to this server (thesis §3.10). Others do nothing.
    TransferLeadership(NodeId),
}

/// One thing that a node wants done, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// Write this to stable storage before anything that follows.
    Persist(HardState),
    /// Send a message.
    Send {
        /// To whom.
        to: NodeId,
        /// What.
        message: Message,
    },
    /// Start the timer, or start it anew with a fresh duration.
    SetTimer(Timer),
    /// Stop the timer.
    CancelTimer(Timer),
    /// Something was decided in this role. For people to read; a driver may ignore it.
    Decided(Role, Decision),
}

/// What was decided, and by which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The process runs.
    Started,
    /// The election timer fired (§5.2).
    ElectionTimedOut,
    /// It runs for this term: it voted for itself and asks the others (§5.2).
    ElectionStarted {
        /// The new term.
        term: Term,
    },
    /// A vote arrived and counts (§5.2).
    VoteReceived {
        /// Who gave it.
        from: NodeId,
        /// Votes so far, its own included.
        count: u8,
    },
    /// A refusal arrived.
    VoteRefused {
        /// Who refused.
        from: NodeId,
    },
    /// The reply to a RequestVote arrived and does not count.
    ReplyIgnored {
        /// Who sent it.
        from: NodeId,
        /// Why it does not count.
        why: IgnoredReply,
    },
    /// Votes from a majority: it leads its term (§5.2).
    ElectionWon {
        /// Who voted for it.
        votes: NodeSet,
    },
    /// It learned of a newer term (§5.1).
    TermAdvanced {
        /// The term it was in.
        old: Term,
        /// The term it is in now.
        new: Term,
        /// Whose message carried it.
        from: NodeId,
    },
    /// It gave up being candidate or leader.
    SteppedDown(SteppedDown),
    /// It gave its vote (Figure 2, RequestVote receiver 2).
    VoteGranted {
        /// To whom.
        to: NodeId,
        /// In which term.
        term: Term,
        /// Whether its election timer started anew (Figure 2, Followers).
        timer_reset: bool,
    },
    /// It refused its vote.
    VoteDenied {
        /// To whom.
        to: NodeId,
        /// The term that the request carried.
        term: Term,
        /// By which rule.
        why: DeniedVote,
    },
    /// It accepted the sender as leader of its term (§5.2).
    HeartbeatAccepted {
        /// The leader.
        from: NodeId,
        /// Whether its election timer started anew (Figure 2, Followers).
        timer_reset: bool,
    },
    /// It refused a heartbeat (Figure 2, AppendEntries receiver 1).
    HeartbeatDenied {
        /// Who sent it.
        from: NodeId,
        /// The term that the heartbeat carried.
        term: Term,
        /// By which rule.
        why: DeniedHeartbeat,
    },
    /// Its log ends elsewhere now.
    LogMoved(LogPosition),
    /// It asks who would vote for it (thesis §9.6).
    PreVoteStarted {
        /// The term that it would run for.
        term: Term,
    },
    /// It would give its vote, and says so (thesis §9.6).
    PreVoteGranted {
        /// To whom.
        to: NodeId,
        /// In which term.
        term: Term,
    },
    /// It would not give its vote.
    PreVoteDenied {
        /// To whom.
        to: NodeId,
        /// The term that was asked about.
        term: Term,
        /// By which rule.
        why: DeniedVote,
    },
    /// Somebody would vote for it.
    PreVoteReceived {
        /// Who.
        from: NodeId,
        /// How many would so far, itself included.
        count: u8,
    },
    /// Somebody would not vote for it.
    PreVoteRefused {
        /// Who.
        from: NodeId,
    },
    /// A leader found that a majority answers its heartbeats (thesis §6.2).
    QuorumHeard {
        /// Who answered, itself included.
        servers: NodeSet,
    },
    /// A leader asks another server to take over (thesis §3.10).
    TransferStarted {
        /// Whom.
        to: NodeId,
    },
    /// The leader asked it to run at once (thesis §3.10).
    AskedToRun {
        /// The leader.
        by: NodeId,
    },
}

/// Why a vote was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DeniedVote {
    /// The request's term is older than its own (Figure 2, RequestVote receiver 1; §5.1).
    StaleTerm,
    /// It has voted for another server in this term (Figure 2, RequestVote receiver 2; §5.2).
    AlreadyVotedFor(NodeId),
    /// The candidate's log is less up-to-date than its own (§5.4.1).
    LogBehind {
        /// Where its own log ends.
        mine: LogPosition,
        /// Where the candidate's log ends.
        theirs: LogPosition,
    },
    /// It heard from this leader less than the shortest election timeout ago, or is it (thesis §4.2.3, §9.6).
    HasLeader(NodeId),
    /// Its priority is higher than the candidate's, whose log is no longer than its own. Neither the paper nor the thesis has priorities;
    /// TiKV's raft-rs does it this way.
    LowerPriority,
}

/// Why a heartbeat was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeniedHeartbeat {
    /// Its term is older (Figure 2, AppendEntries receiver 1; §5.1).
    StaleTerm,
    /// It leads that very term itself. With all rules on this cannot happen (§5.2, Election Safety).
    LeadsItself,
    /// The rule that a candidate yields to the leader of its term is switched off.
    KeepsRunning,
}

/// Why a reply to a RequestVote does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IgnoredReply {
    /// It carries another term than the one that is run for: it answers an earlier request, or comes from a server that stays in
    /// an earlier term.
    StaleTerm,
    /// The election is over: it won, or gave up.
    NotCandidate,
    /// This server's vote is counted already.
    Duplicate,
}

/// Why a candidate or leader stepped down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SteppedDown {
    /// It saw a newer term (§5.1).
    NewerTerm,
    /// It is a candidate, and this server leads its term (§5.2).
    LeaderOfTerm(NodeId),
    /// It led, and no majority answered its heartbeats (thesis §6.2).
    NoQuorum,
}

/// The outputs of one step, in order. Reuse one buffer for many steps; a step appends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outputs(Vec<Output>);

impl Outputs {
    /// An empty buffer.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Forgets what was done.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The outputs, in the order in which they are to be done.
    #[must_use]
    pub fn as_slice(&self) -> &[Output] {
        &self.0
    }

    /// Only the messages, with whom they go to.
    pub fn sent(&self) -> impl Iterator<Item = (NodeId, Message)> {
        self.0.iter().filter_map(|output| match *output {
            Output::Send { to, message } => Some((to, message)),
            _ => None,
        })
    }

    /// Only the decisions.
    pub fn decisions(&self) -> impl Iterator<Item = Decision> {
        self.0.iter().filter_map(|output| match *output {
            Output::Decided(_, decision) => Some(decision),
            _ => None,
        })
    }

    pub(super) fn push(&mut self, output: Output) {
        self.0.push(output);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Puts a `Persist` before everything that a step has said since `start`.
    pub(super) fn persist_first(&mut self, start: usize, state: HardState) {
        self.0.insert(start, Output::Persist(state));
    }
}

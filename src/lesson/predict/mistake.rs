//! Why an answer is wrong, with the values of the run, so that a reader's language can say it.

use crate::{
    raft::{LogPosition, NodeId, NodeSet, Term},
    sim::Micros,
};

/// Why an answer is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QuizMistake {
    /// It is down, and nobody starts it.
    Down {
        /// Who.
        server: NodeId,
    },
    /// It is paused, and nobody lets it go on.
    Paused {
        /// Who.
        server: NodeId,
    },
    /// A leader has no election timer.
    NoElectionTimer {
        /// Who leads.
        leader: NodeId,
    },
    /// Another timer runs out first.
    NotTheShortestTimer {
        /// Who was named.
        server: NodeId,
        /// When its timer would run out.
        fires_at: Micros,
        /// Whose timer runs out first.
        first: NodeId,
        /// When.
        first_at: Micros,
    },
    /// Its timer starts anew before it can run out.
    TimerRestarts {
        /// Who was named.
        server: NodeId,
        /// When its timer would have run out.
        fires_at: Micros,
        /// When it starts anew.
        at: Micros,
        /// Why.
        by: TimerRestart,
    },
    /// It wins its election before its timer can run out, and a leader has no election timer.
    WinsFirst {
        /// Who was named.
        server: NodeId,
        /// Which term it wins.
        term: Term,
    },
    /// The voter has given the vote of this term to another.
    HasVoted {
        /// The voter.
        voter: NodeId,
        /// Who has its vote.
        to: NodeId,
        /// In which term.
        term: Term,
        /// Whether it gave it after the question was asked, while the request was under way.
        meanwhile: bool,
    },
    /// The voter has not given the vote of the request's term to anybody.
    VoteIsFree {
        /// The voter.
        voter: NodeId,
        /// The request's term.
        term: Term,
        /// Whom it voted for last and in which term, if that is an earlier one.
        earlier: Option<(NodeId, Term)>,
    },
    /// The request's term is older than the voter's.
    TermIsStale {
        /// The voter.
        voter: NodeId,
        /// The request's term.
        term: Term,
        /// The voter's term.
        own: Term,
    },
    /// The request's term is not older than the voter's.
    TermIsNotStale {
        /// The voter.
        voter: NodeId,
        /// The request's term.
        term: Term,
        /// The voter's term.
        own: Term,
    },
    /// The candidate's log is behind the voter's.
    LogBehind {
        /// The voter.
        voter: NodeId,
        /// Where the voter's log ends.
        mine: LogPosition,
        /// Where the candidate's log ends.
        theirs: LogPosition,
    },
    /// The candidate's log is at least as up-to-date as the voter's.
    LogNotBehind {
        /// The voter.
        voter: NodeId,
        /// Where the voter's log ends.
        mine: LogPosition,
        /// Where the candidate's log ends.
        theirs: LogPosition,
    },
    /// More were counted than vote for it.
    TooManyVotes {
        /// The candidate.
        candidate: NodeId,
        /// Who does not vote for it, and why.
        without: Vec<(NodeId, NoVote)>,
    },
    /// A candidate votes for itself, and that counts.
    OwnVoteForgotten {
        /// The candidate.
        candidate: NodeId,
    },
    /// The others answer also when a majority is reached.
    StoppedAtMajority {
        /// The candidate.
        candidate: NodeId,
        /// The votes that it needs.
        quorum: usize,
        /// Who votes for it.
        voters: NodeSet,
    },
    /// Fewer were counted than vote for it.
    TooFewVotes {
        /// The candidate.
        candidate: NodeId,
        /// Who votes for it.
        voters: NodeSet,
    },
    /// It reaches too few to win.
    ReachesTooFew {
        /// Who was named.
        server: NodeId,
        /// How many it reaches, itself included.
        reach: usize,
        /// The votes that it would need.
        quorum: usize,
    },
    /// Too many logs are more up-to-date than its own.
    LogBehindTooMany {
        /// Who was named.
        server: NodeId,
        /// Whose logs are more up-to-date.
        ahead: NodeSet,
    },
    /// Another one is in a newer term, so its candidacy is over.
    TermIsOver {
        /// Who was named.
        server: NodeId,
        /// The term that it is in.
        term: Term,
        /// The newest term.
        newest: Term,
    },
    /// It stands for election and does not win.
    Loses {
        /// Who was named.
        server: NodeId,
        /// In which term it stands last.
        term: Term,
    },
    /// It stands for election, and another one wins another term before that is over. It may yet win.
    StillStands {
        /// Who was named.
        server: NodeId,
        /// In which term it stands.
        term: Term,
        /// Who wins.
        winner: NodeId,
        /// The term that is won.
        won: Term,
    },
    /// It never stands for election: by then another one leads.
    NeverStands {
        /// Who was named.
        server: NodeId,
        /// Who wins.
        winner: NodeId,
        /// In which term.
        term: Term,
    },
    /// That term has had its leader.
    TermHadLeader {
        /// The term.
        term: Term,
        /// Who won it.
        leader: NodeId,
    },
    /// Nobody wins that term.
    NobodyWinsTerm {
        /// The term.
        term: Term,
        /// Who stands in it.
        candidates: NodeSet,
    },
    /// Who stands for election takes a new term, and nobody stands in that one.
    NeedsNewTerm {
        /// The term.
        term: Term,
    },
    /// An earlier term is won.
    WonEarlier {
        /// Who wins.
        winner: NodeId,
        /// The term that is won.
        term: Term,
    },
    /// The votes suffice without that message.
    StillEnoughVotes {
        /// The candidate.
        candidate: NodeId,
        /// Its votes in the end.
        votes: usize,
        /// The votes that it needs.
        quorum: usize,
    },
    /// Without that message the votes do not suffice.
    TooFewWithout {
        /// The candidate.
        candidate: NodeId,
        /// Its votes in the end.
        votes: usize,
        /// The votes that it needs.
        quorum: usize,
    },
    /// Nobody else wins that term.
    NobodyElseWins {
        /// The candidate whose election it is.
        candidate: NodeId,
        /// The term.
        term: Term,
    },
    /// The next heartbeat arrives before the timer runs out.
    NextHeartbeatInTime {
        /// Whose timer.
        server: NodeId,
        /// When the next heartbeat arrives.
        arrives_at: Micros,
        /// When the timer would run out.
        fires_at: Micros,
    },
    /// The timer runs out before the next heartbeat arrives.
    TimerRunsOut {
        /// Whose timer.
        server: NodeId,
        /// When.
        fires_at: Micros,
    },
    /// A leader does not step down because a heartbeat is lost: it does not even know.
    LeaderDoesNotKnow {
        /// The leader.
        leader: NodeId,
    },
}

/// Why an election timer starts anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimerRestart {
    /// A heartbeat of this leader arrives.
    Heartbeat(NodeId),
    /// It gives this candidate its vote.
    Vote(NodeId),
}

/// Why a server does not vote for a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoVote {
    /// It is down.
    Down,
    /// It is paused.
    Paused,
    /// The request does not arrive.
    NotReached,
    /// It has given the vote of this term to another, or to itself.
    VotedFor(NodeId),
    /// Its log is more up-to-date.
    LogAhead,
    /// It has come to a newer term.
    NewerTerm(Term),
}

//! Predict, then run: questions about a cluster as it is, answered by running its future.
//!
//! A [`Prediction`] has an instant, possible answers, the one that is right, and for each other one the [`QuizMistake`] that fits it.
//! None of it is written down anywhere: the world is cloned, runs on without anybody doing anything, and what happens is right.
//!
//! What is promised:
//! - **It can be worked out.** Timers that run and messages that are under way are on the screen, but what is drawn later is not.
//!   So the future is run again with other luck from the instant on: where that leads to another answer, nothing is asked.
//! - **It has one answer.** Where two things happen at one instant, or a reason that is not the marked one is true as well,
//!   nothing is asked, or that reason is not offered.
//! - **It is about Raft.** Under other rules than the paper's, or where a network loses, doubles or overtakes, nothing is asked.
//!
//! `truth` holds all this against predicates that are written apart from it.

mod future;
mod leader;
mod loss;
mod mistake;
mod moments;
mod tally;
mod timeout;
#[cfg(test)]
mod truth;
mod vote;

pub use mistake::{NoVote, QuizMistake, TimerRestart};
pub use moments::{QuizMoment, is_election_near, next_moment};

use crate::{
    raft::{DeniedVote, Message, NodeId, NodeSet, Rules, Term},
    sim::{Action, EventId, LostWhere, MessageId, Micros, World},
};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PredictionKind {
    /// Whose election timer runs out next?
    NextTimeout,
    /// What does the receiver of this request for a vote do?
    Vote(MessageId),
    /// How many servers vote for this candidate in its term, itself included?
    VoteCount(NodeId),
    /// Who wins the next election?
    NextLeader,
    /// Which term is the next that is won?
    NextTerm,
    /// What changes if this message is lost?
    Loss(MessageId),
}

/// The kinds of questions, without what they are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuizTopic {
    /// [`PredictionKind::NextTimeout`].
    NextTimeout,
    /// [`PredictionKind::Vote`].
    Vote,
    /// [`PredictionKind::VoteCount`].
    VoteCount,
    /// [`PredictionKind::NextLeader`].
    NextLeader,
    /// [`PredictionKind::NextTerm`].
    NextTerm,
    /// [`PredictionKind::Loss`].
    Loss,
}

/// An answer that can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// This server.
    Server(NodeId),
    /// So many votes.
    Votes(usize),
    /// This term.
    Term(Term),
    /// This is what the voter does.
    Vote(VoteAnswer),
    /// This is what the loss changes.
    Loss(LossAnswer),
}

impl Guess {
    /// The number that it is, of a server, of votes or of a term; none of what is a sentence.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        match *self {
            Self::Server(server) => Some(server.number()),
            Self::Votes(votes) => Some(votes),
            Self::Term(term) => usize::try_from(term.0).ok(),
            Self::Vote(_) | Self::Loss(_) => None,
        }
    }
}

/// What a server that is asked for its vote may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VoteAnswer {
    /// It grants it.
    Grants,
    /// It refuses it, because it has voted for another in this term.
    HasVoted,
    /// It refuses it, because the request's term is older than its own.
    TermIsStale,
    /// It refuses it, because the candidate's log is behind its own.
    LogBehind,
}

/// What the loss of a message may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossAnswer {
    /// The candidate wins its term all the same.
    StillWins,
    /// Nobody wins that term.
    NobodyWins,
    /// Another one wins that term.
    OtherWins,
    /// The follower stays one: the next heartbeat is in time.
    StillFollows,
    /// The follower stands for election.
    StandsForElection,
    /// The leader steps down.
    LeaderStepsDown,
}

/// What happens, for who tells the right answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PredictedOutcome {
    /// This server's election timer runs out.
    TimesOut {
        /// Who.
        server: NodeId,
    },
    /// It grants its vote.
    Grants {
        /// Who.
        voter: NodeId,
        /// To whom.
        candidate: NodeId,
        /// In which term.
        term: Term,
    },
    /// It refuses its vote.
    Refuses {
        /// Who.
        voter: NodeId,
        /// To whom.
        candidate: NodeId,
        /// Why.
        why: DeniedVote,
    },
    /// So it gets its votes.
    Votes {
        /// Who stands.
        candidate: NodeId,
        /// Who votes for it, itself included.
        voters: NodeSet,
        /// The votes that it needs.
        quorum: usize,
        /// Who does not vote for it, and why.
        without: Vec<(NodeId, NoVote)>,
    },
    /// It wins.
    Wins {
        /// Who.
        server: NodeId,
        /// Which term.
        term: Term,
    },
    /// The candidate has so many votes without the message that was lost.
    VotesWithout {
        /// Who stands.
        candidate: NodeId,
        /// In which term.
        term: Term,
        /// The votes that it counts.
        votes: usize,
        /// The votes that it needs.
        quorum: usize,
    },
    /// The next heartbeat arrives in time.
    NextHeartbeat {
        /// Where.
        server: NodeId,
        /// When.
        arrives_at: Micros,
        /// When the timer would have run out.
        fires_at: Micros,
    },
}

/// A question, with all that is known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prediction {
    /// The instant that it is about.
    pub at: Micros,
    /// What is asked.
    pub kind: PredictionKind,
    /// What is done first, as the question says: the message is lost.
    pub given: Option<Action>,
    /// What may be answered, each with what is wrong about it. `None` stands beside the one that is right.
    pub answers: Vec<(Guess, Option<QuizMistake>)>,
    /// What happens.
    pub outcome: PredictedOutcome,
    /// When it has happened.
    pub settled_at: Micros,
    /// The event that settles it, of the run in which what is given is done. *Why?* can be asked of it.
    pub settled_by: EventId,
}

/// Why nothing is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unaskable {
    /// The rules are not the paper's.
    OtherRules,
    /// The network loses, doubles or overtakes messages.
    UnreliableNetwork,
    /// There is no such server or message, or it is none that can be asked about.
    NoSubject,
    /// It is settled already.
    Settled,
    /// Nothing settles it for as long as can be waited for.
    NothingHappens,
    /// What settles it happens too close to something else for anybody to tell which comes first.
    TooClose,
    /// It depends on luck that is still to come.
    Luck,
    /// A script does something before it is settled.
    Planned,
}

impl Prediction {
    /// Asks about a world. A script does something next at the instant that is `planned`.
    ///
    /// # Errors
    /// Why that would be no good question.
    pub fn ask(world: &World, kind: PredictionKind, planned: Option<Micros>) -> Result<Self, Unaskable> {
        Self::ask_in(world, kind, planned, OTHER_LUCK)
    }

    /// The same, where so many other lucks must lead to the same answer.
    // Inlined, it would be there wherever it is called.
    #[inline(never)]
    fn ask_in(world: &World, kind: PredictionKind, planned: Option<Micros>, lucks: u64) -> Result<Self, Unaskable> {
        if let Some(why) = unforeseeable(world) {
            return Err(why);
        }
        let question = Self::with_luck(world, kind)?;
        if planned.is_some_and(|planned| planned <= question.settled_at) {
            return Err(Unaskable::Planned);
        }
        for luck in 1..=lucks {
            let elsewhere = world.with_luck(world.seed().wrapping_add(luck));
            let other = Self::with_luck(&elsewhere, kind);
            if !other.is_ok_and(|other| other.right() == question.right()) {
                return Err(Unaskable::Luck);
            }
        }
        Ok(question)
    }

    /// The first question that is wished for and can be asked about a world, where it stays for good: in a lesson, or on paper. A
    /// script does something next at the instant that is `planned`.
    #[must_use]
    pub fn wished(world: &World, wish: &QuizWish, planned: Option<Micros>) -> Option<Self> {
        let mut kinds = moments::kinds(world).filter(|kind| wish.fits(*kind));
        kinds.find_map(|kind| Self::ask_in(world, kind, planned, MUCH_OTHER_LUCK).ok())
    }

    /// Why nothing that is wished for can be asked about a world; `None` if something can.
    #[must_use]
    pub fn refusal(world: &World, wish: &QuizWish, planned: Option<Micros>) -> Option<Unaskable> {
        let mut kinds = moments::kinds(world).filter(|kind| wish.fits(*kind)).peekable();
        if kinds.peek().is_none() {
            return Some(unforeseeable(world).unwrap_or(Unaskable::NoSubject));
        }
        let asked: Result<Vec<_>, _> = kinds
            .map(|kind| Self::ask_in(world, kind, planned, MUCH_OTHER_LUCK).err().ok_or(()))
            .collect();
        asked.ok()?.first().copied()
    }

    /// What the message says that it is about, in the world that it was asked about.
    #[must_use]
    pub fn message(&self, world: &World) -> Option<Message> {
        match self.kind {
            PredictionKind::Vote(id) | PredictionKind::Loss(id) => world.message(id).map(|flight| flight.message),
            _ => None,
        }
    }

    fn with_luck(world: &World, kind: PredictionKind) -> Result<Self, Unaskable> {
        match kind {
            PredictionKind::NextTimeout => timeout::ask(world),
            PredictionKind::Vote(message) => vote::ask(world, message),
            PredictionKind::VoteCount(candidate) => tally::ask(world, candidate),
            PredictionKind::NextLeader => leader::ask_who(world),
            PredictionKind::NextTerm => leader::ask_which_term(world),
            PredictionKind::Loss(message) => loss::ask(world, message),
        }
    }

    /// Whether it is worth asking when it can be asked: not what there is for all to see, and not what is over at once.
    #[must_use]
    pub fn is_worth_asking(&self) -> bool {
        moments::is_good(self)
    }

    /// The answer that is right.
    #[must_use]
    pub fn right(&self) -> Option<Guess> {
        let right = self.answers.iter().find(|(_, mistake)| mistake.is_none());
        right.map(|(answer, _)| *answer)
    }

    /// What is wrong about an answer: `Some(None)` if it is right, `None` if it is none of those that may be given.
    #[must_use]
    pub fn judge(&self, answer: Guess) -> Option<Option<&QuizMistake>> {
        let given = self.answers.iter().find(|(other, _)| *other == answer);
        given.map(|(_, mistake)| mistake.as_ref())
    }
}

impl PredictionKind {
    /// Its topic.
    #[must_use]
    pub const fn topic(self) -> QuizTopic {
        match self {
            Self::NextTimeout => QuizTopic::NextTimeout,
            Self::Vote(_) => QuizTopic::Vote,
            Self::VoteCount(_) => QuizTopic::VoteCount,
            Self::NextLeader => QuizTopic::NextLeader,
            Self::NextTerm => QuizTopic::NextTerm,
            Self::Loss(_) => QuizTopic::Loss,
        }
    }
}

/// What is to be asked: a topic, and whom it is to be about, if that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuizWish {
    /// The topic.
    pub topic: QuizTopic,
    /// The voter, the candidate whose votes are counted, or who sends the message that is lost.
    pub server: Option<NodeId>,
    /// Whom the vote is for, or who does not get the message.
    pub other: Option<NodeId>,
}

impl QuizWish {
    /// Whether a question is what is wished for.
    #[must_use]
    pub fn fits(&self, kind: PredictionKind) -> bool {
        let (server, other) = match kind {
            PredictionKind::NextTimeout | PredictionKind::NextLeader | PredictionKind::NextTerm => (None, None),
            PredictionKind::VoteCount(candidate) => (Some(candidate), None),
            PredictionKind::Vote(id) => (Some(id.to), Some(id.from)),
            PredictionKind::Loss(id) => (Some(id.from), Some(id.to)),
        };
        let is_it = |wished: Option<NodeId>, is: Option<NodeId>| wished.is_none() || wished == is;
        self.topic == kind.topic() && is_it(self.server, server) && is_it(self.other, other)
    }
}

impl From<QuizTopic> for QuizWish {
    fn from(topic: QuizTopic) -> Self {
        Self {
            topic,
            server: None,
            other: None,
        }
    }
}

impl QuizTopic {
    /// Each with its name in files, and the word before the other server, if it has to do with two.
    pub const WORDS: [(Self, &str, &str); 6] = [
        (Self::NextTimeout, "next-timeout", ""),
        (Self::Vote, "vote", "for"),
        (Self::VoteCount, "vote-count", ""),
        (Self::NextLeader, "next-leader", ""),
        (Self::NextTerm, "next-term", ""),
        (Self::Loss, "loss", "to"),
    ];

    /// Whether it is about a server or two, and not about all of them.
    #[must_use]
    pub const fn has_subject(self) -> bool {
        matches!(self, Self::Vote | Self::VoteCount | Self::Loss)
    }

    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Vote,
        Self::Loss,
        Self::VoteCount,
        Self::NextLeader,
        Self::NextTimeout,
        Self::NextTerm,
    ];
}

/// How many other lucks must lead to the same answer.
const OTHER_LUCK: u64 = 6;
/// The same where a question stays for good: what turns out otherwise in one run of twenty is found in all but one case of twenty-five.
const MUCH_OTHER_LUCK: u64 = 64;

/// Why nothing at all can be foretold about a world.
fn unforeseeable(world: &World) -> Option<Unaskable> {
    if world.own().has_priorities() || world.servers().any(|(id, _)| *world.rules_of(id) != Rules::PAPER) {
        return Some(Unaskable::OtherRules);
    }
    (!is_reliable(world)).then_some(Unaskable::UnreliableNetwork)
}

/// Whether what arrives, and in which order, is up to delays alone.
fn is_reliable(world: &World) -> bool {
    let (_, network) = world.extremes();
    let shares = [
        network.loss_permille,
        network.duplication_permille,
        network.reordering_permille,
    ];
    let is_doomed = world.in_flight().any(|flight| flight.lost == Some(LostWhere::Network));
    shares == [0; 3] && !is_doomed
}

/// The votes that make a leader.
fn quorum(world: &World) -> usize {
    let config = world.config();
    usize::from(config.rules.quorum.votes(config.size))
}

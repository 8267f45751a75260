//! How many votes will a candidate get?

use super::{
    Guess, NoVote, PredictedOutcome, Prediction, PredictionKind, QuizMistake, Unaskable, future::Outlook, quorum,
    vote::VoteRequest,
};
use crate::{
    raft::{Decision, DeniedVote, NodeId, NodeSet, Role, Term},
    sim::{Event, EventKind, Micros, Process, World},
};

pub(super) fn ask(world: &World, candidate: NodeId) -> Result<Prediction, Unaskable> {
    let term = newest_candidacy(world, candidate).ok_or(Unaskable::NoSubject)?;
    if !is_asking(world, candidate, term) {
        return Err(Unaskable::Settled);
    }
    // No request is under way for longer.
    let patience = Micros(world.extremes().1.delay.max.0 * 4);
    let future = Outlook::until(world, patience, |world, _| !is_asking(world, candidate, term))?;
    let settled = future.events.last().ok_or(Unaskable::NothingHappens)?;
    let mut voters = old_voters(world, candidate, term);
    voters.extend(future.new_voters(candidate, term));
    let without: Vec<_> = world
        .servers()
        .filter(|(id, _)| !voters.contains(*id))
        .map(|(id, _)| (id, no_vote(world, &future, id, candidate, term)))
        .collect();
    let ballot = ExpectedVotes {
        candidate,
        voters,
        quorum: quorum(world),
        without,
    };
    let answers = (1..=world.servers().len()).map(|votes| (Guess::Votes(votes), ballot.mistake(votes)));
    Ok(Prediction {
        at: world.now(),
        kind: PredictionKind::VoteCount(candidate),
        given: None,
        answers: answers.collect(),
        settled_at: settled.at,
        settled_by: settled.id,
        outcome: PredictedOutcome::Votes {
            candidate,
            voters,
            quorum: ballot.quorum,
            without: ballot.without.clone(),
        },
    })
}

/// The term in which a server stands for election, if nobody is in a newer one: votes of older terms can't be known any more.
pub(super) fn newest_candidacy(world: &World, candidate: NodeId) -> Option<Term> {
    let (_, server) = world.servers().find(|(id, _)| *id == candidate)?;
    let term = server.node().term();
    let stands = server.process() == Process::Running && server.node().role() == Role::Candidate;
    let is_newest = world.servers().all(|(_, other)| other.node().term() <= term);
    (stands && is_newest).then_some(term)
}

/// Whether a request of a candidate is still under way.
fn is_asking(world: &World, candidate: NodeId, term: Term) -> bool {
    let mut requests = world.in_flight().filter_map(VoteRequest::of);
    requests.any(|request| request.id.from == candidate && request.term == term)
}

/// Who has voted for a candidate of the newest term.
pub(super) fn old_voters(world: &World, candidate: NodeId, term: Term) -> NodeSet {
    let voted = world.servers().filter(|(_, server)| {
        let node = server.node();
        node.term() == term && node.voted_for() == Some(candidate)
    });
    voted.map(|(id, _)| id).collect()
}

/// Why a server does not vote for a candidate.
fn no_vote(world: &World, future: &Outlook, voter: NodeId, candidate: NodeId, term: Term) -> NoVote {
    match world.server(voter).process() {
        Process::Down => return NoVote::Down,
        Process::Paused => return NoVote::Paused,
        Process::Running => {}
    }
    let denied = |event: &Event| match event.kind {
        EventKind::Decided(Decision::VoteDenied { to, term: of, why })
            if (to, of) == (candidate, term) && event.server == Some(voter) =>
        {
            Some((why, event.term))
        }
        _ => None,
    };
    if let Some((_, (why, own))) = future.first(denied) {
        return match why {
            DeniedVote::AlreadyVotedFor(other) => NoVote::VotedFor(other),
            DeniedVote::LogBehind { .. } => NoVote::LogAhead,
            // Under rules of the paper nobody holds to a leader, and all have the same priority.
            DeniedVote::StaleTerm | DeniedVote::HasLeader(_) | DeniedVote::LowerPriority => NoVote::NewerTerm(own),
        };
    }
    already_denied(world, voter, candidate, term)
}

/// The same of one that no request is still to come to: it has refused, or was never reached.
fn already_denied(world: &World, voter: NodeId, candidate: NodeId, term: Term) -> NoVote {
    let node = world.server(voter).node();
    let log = |server: NodeId| world.server(server).node().hard_state().last_log;
    match node.voted_for() {
        Some(other) if node.term() == term => NoVote::VotedFor(other),
        _ if node.term() == term && log(voter) > log(candidate) => NoVote::LogAhead,
        _ => NoVote::NotReached,
    }
}

struct ExpectedVotes {
    candidate: NodeId,
    voters: NodeSet,
    quorum: usize,
    without: Vec<(NodeId, NoVote)>,
}

impl ExpectedVotes {
    /// What is wrong about so many votes, if anything is.
    fn mistake(&self, votes: usize) -> Option<QuizMistake> {
        let Self { candidate, voters, .. } = *self;
        let right = voters.len();
        if votes == right {
            None
        } else if votes > right {
            Some(QuizMistake::TooManyVotes {
                candidate,
                without: self.without.clone(),
            })
        } else if votes == self.quorum {
            Some(QuizMistake::StoppedAtMajority {
                candidate,
                quorum: self.quorum,
                voters,
            })
        } else if votes + 1 == right {
            Some(QuizMistake::OwnVoteForgotten { candidate })
        } else {
            Some(QuizMistake::TooFewVotes { candidate, voters })
        }
    }
}

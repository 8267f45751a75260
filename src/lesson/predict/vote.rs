//! Will a server grant its vote, and why not?

use super::{Guess, PredictedOutcome, Prediction, PredictionKind, QuizMistake, Unaskable, VoteAnswer, future::Outlook};
use crate::{
    raft::{Decision, DeniedVote, LogPosition, Message, Node, NodeId, Term, Timer},
    sim::{Event, EventId, EventKind, InFlight, MessageId, Micros, Process, World},
};

/// A request for a vote on its way.
#[derive(Clone, Copy)]
pub(super) struct VoteRequest {
    pub(super) id: MessageId,
    pub(super) term: Term,
    last_log: LogPosition,
    due_at: Micros,
    sent: EventId,
}

impl VoteRequest {
    pub(super) fn of(flight: &InFlight) -> Option<Self> {
        match flight.message {
            Message::RequestVote { term, last_log, .. } => Some(Self {
                id: flight.id,
                term,
                last_log,
                due_at: flight.due_at,
                sent: flight.sent,
            }),
            _ => None,
        }
    }
}

pub(super) fn ask(world: &World, message: MessageId) -> Result<Prediction, Unaskable> {
    let flight = world.message(message).filter(|flight| flight.lost.is_none());
    let request = flight.and_then(VoteRequest::of).ok_or(Unaskable::NoSubject)?;
    let (candidate, voter) = (request.id.from, request.id.to);
    if world.server(voter).process() != Process::Running {
        return Err(Unaskable::NoSubject);
    }
    let patience = request.due_at.since(world.now());
    let future = Outlook::until(world, patience, |_, events| {
        events.iter().any(|event| arrives(event, request))
    })?;
    let before = just_before(world, request.due_at);
    if is_close(&before, request) {
        return Err(Unaskable::TooClose);
    }
    let (event, judgement) = future
        .first(|event| judgement(event, request))
        .ok_or(Unaskable::NoSubject)?;
    let node = before.server(voter).node();
    let (right, outcome) = match judgement {
        Ok(()) => (
            VoteAnswer::Grants,
            PredictedOutcome::Grants {
                voter,
                candidate,
                term: request.term,
            },
        ),
        Err(why) => (name_of(why)?, PredictedOutcome::Refuses { voter, candidate, why }),
    };
    let answers = ALL.into_iter().filter_map(|answer| {
        let mistake = if answer == right {
            None
        } else {
            Some(mistake(world, node, request, answer, right)?)
        };
        Some((Guess::Vote(answer), mistake))
    });
    Ok(Prediction {
        at: world.now(),
        kind: PredictionKind::Vote(message),
        given: None,
        answers: answers.collect(),
        outcome,
        settled_at: event.at,
        settled_by: event.id,
    })
}

const ALL: [VoteAnswer; 4] = [
    VoteAnswer::Grants,
    VoteAnswer::HasVoted,
    VoteAnswer::TermIsStale,
    VoteAnswer::LogBehind,
];

fn arrives(event: &Event, request: VoteRequest) -> bool {
    matches!(event.kind, EventKind::Delivered { .. }) && event.cause == Some(request.sent)
}

/// What the voter decides about this request.
fn judgement(event: &Event, request: VoteRequest) -> Option<Result<(), DeniedVote>> {
    let is_its = event.at == request.due_at && event.server == Some(request.id.to);
    match event.kind {
        EventKind::Decided(Decision::VoteGranted { to, .. }) if is_its && to == request.id.from => Some(Ok(())),
        EventKind::Decided(Decision::VoteDenied { to, why, .. }) if is_its && to == request.id.from => Some(Err(why)),
        _ => None,
    }
}

const fn name_of(why: DeniedVote) -> Result<VoteAnswer, Unaskable> {
    match why {
        DeniedVote::StaleTerm => Ok(VoteAnswer::TermIsStale),
        DeniedVote::AlreadyVotedFor(_) => Ok(VoteAnswer::HasVoted),
        DeniedVote::LogBehind { .. } => Ok(VoteAnswer::LogBehind),
        DeniedVote::HasLeader(_) | DeniedVote::LowerPriority => Err(Unaskable::OtherRules),
    }
}

/// The world in which nothing has happened yet that happens at an instant.
fn just_before(world: &World, at: Micros) -> World {
    let mut before = world.clone();
    before.run_until(Micros(at.0 - 1).max(world.now()), &mut ());
    before
}

/// Whether something else happens to the voter at that very instant.
fn is_close(before: &World, request: VoteRequest) -> bool {
    let voter = request.id.to;
    let arrivals = before
        .in_flight()
        .filter(|flight| flight.to() == voter && flight.due_at == request.due_at);
    let timer = before.server(voter).timer(Timer::Election);
    arrivals.count() > 1 || timer.is_some_and(|timer| timer.fires_at == request.due_at)
}

/// What is wrong about an answer. `None` if the reason that it gives is true as well, although another one decides.
fn mistake(
    world: &World,
    voter: &Node,
    request: VoteRequest,
    answer: VoteAnswer,
    right: VoteAnswer,
) -> Option<QuizMistake> {
    let candidate = request.id.from;
    let vote = voter.voted_for().filter(|to| *to != candidate);
    let mine = voter.hard_state().last_log;
    let is_stale = request.term < voter.term();
    match answer {
        VoteAnswer::Grants => Some(why_refused(world, voter, request, right)),
        VoteAnswer::HasVoted if vote.is_some() && voter.term() >= request.term => None,
        VoteAnswer::HasVoted => Some(QuizMistake::VoteIsFree {
            voter: voter.id(),
            term: request.term,
            earlier: vote.map(|to| (to, voter.term())),
        }),
        VoteAnswer::TermIsStale if is_stale => None,
        VoteAnswer::TermIsStale => Some(QuizMistake::TermIsNotStale {
            voter: voter.id(),
            term: request.term,
            own: voter.term(),
        }),
        VoteAnswer::LogBehind if request.last_log < mine => None,
        VoteAnswer::LogBehind => Some(QuizMistake::LogNotBehind {
            voter: voter.id(),
            mine,
            theirs: request.last_log,
        }),
    }
}

fn why_refused(world: &World, voter: &Node, request: VoteRequest, right: VoteAnswer) -> QuizMistake {
    let (id, own) = (voter.id(), voter.term());
    match (right, voter.voted_for()) {
        (VoteAnswer::HasVoted, Some(to)) => QuizMistake::HasVoted {
            voter: id,
            to,
            term: own,
            meanwhile: has_voted_since(world, id, own, to),
        },
        (VoteAnswer::LogBehind, _) => QuizMistake::LogBehind {
            voter: id,
            mine: voter.hard_state().last_log,
            theirs: request.last_log,
        },
        _ => QuizMistake::TermIsStale {
            voter: id,
            term: request.term,
            own,
        },
    }
}

/// Whether a vote is given after an instant.
fn has_voted_since(world: &World, voter: NodeId, term: Term, to: NodeId) -> bool {
    let node = world.server(voter).node();
    (node.term(), node.voted_for()) != (term, Some(to))
}

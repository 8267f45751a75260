//! What changes if a message is lost?

use super::{
    Guess, LossAnswer, PredictedOutcome, Prediction, PredictionKind, QuizMistake, Unaskable,
    future::{Outlook, times_out, wins},
    quorum,
    tally::{newest_candidacy, old_voters},
    timeout::MARGIN,
};
use crate::{
    raft::{Decision, Message, NodeId, Role, Term, Timer},
    sim::{Action, Event, EventKind, InFlight, MessageId, Micros, Process, World},
};

pub(super) fn ask(world: &World, message: MessageId) -> Result<Prediction, Unaskable> {
    let flight = world.message(message).filter(|flight| flight.lost.is_none());
    let flight = *flight.ok_or(Unaskable::NoSubject)?;
    match flight.message {
        Message::RequestVote { term, .. } => of_a_vote(world, &flight, flight.from(), term),
        Message::RequestVoteReply {
            term,
            vote_granted: true,
        } => of_a_vote(world, &flight, flight.to(), term),
        Message::AppendEntries { term } => of_a_heartbeat(world, &flight, term),
        _ => Err(Unaskable::NoSubject),
    }
}

/// The world in which the message is lost.
fn without(world: &World, message: MessageId) -> Result<World, Unaskable> {
    let mut world = world.clone();
    world
        .act(Action::drop_message(message), &mut ())
        .map_err(|_| Unaskable::NoSubject)?;
    Ok(world)
}

fn question(
    world: &World,
    flight: &InFlight,
    answers: Vec<(Guess, Option<QuizMistake>)>,
    end: (PredictedOutcome, Event),
) -> Prediction {
    let (outcome, event) = end;
    Prediction {
        at: world.now(),
        kind: PredictionKind::Loss(flight.id),
        given: Some(Action::drop_message(flight.id)),
        answers,
        outcome,
        settled_at: event.at,
        settled_by: event.id,
    }
}

// --- A request for a vote, or a vote ---

fn of_a_vote(world: &World, flight: &InFlight, candidate: NodeId, term: Term) -> Result<Prediction, Unaskable> {
    if newest_candidacy(world, candidate) != Some(term) {
        return Err(Unaskable::NoSubject);
    }
    // With the message it wins: else nothing much could change.
    let with = election(world, candidate, term)?;
    if with.first(wins).map(|(_, winner)| winner) != Some(candidate) {
        return Err(Unaskable::Settled);
    }
    let lost = without(world, flight.id)?;
    let future = election(&lost, candidate, term)?;
    let mut won = future
        .events
        .iter()
        .filter(|event| wins(event).is_some() && event.term == term);
    let (victory, another) = (won.next(), won.next());
    if another.is_some() {
        return Err(Unaskable::TooClose);
    }
    let of_candidate = |event: &&Event| event.server == Some(candidate);
    let event = victory.or_else(|| future.events.iter().rfind(of_candidate));
    let event = event.ok_or(Unaskable::NothingHappens)?;
    let winner = victory.and_then(wins);
    let votes = counted(&future, &lost, candidate, term);
    let (quorum, right) = (
        quorum(world),
        match winner {
            Some(winner) if winner == candidate => LossAnswer::StillWins,
            Some(_) => LossAnswer::OtherWins,
            None => LossAnswer::NobodyWins,
        },
    );
    let mistake = |answer: LossAnswer| match answer {
        _ if answer == right => None,
        LossAnswer::OtherWins => Some(QuizMistake::NobodyElseWins { candidate, term }),
        _ if right == LossAnswer::StillWins => Some(QuizMistake::StillEnoughVotes {
            candidate,
            votes,
            quorum,
        }),
        _ => Some(QuizMistake::TooFewWithout {
            candidate,
            votes,
            quorum,
        }),
    };
    if right == LossAnswer::OtherWins {
        // Two who share the votes of a term, and one lost message that turns it: too much for one question.
        return Err(Unaskable::NoSubject);
    }
    let all = [LossAnswer::StillWins, LossAnswer::NobodyWins, LossAnswer::OtherWins];
    let answers = all.map(|answer| (Guess::Loss(answer), mistake(answer))).to_vec();
    let outcome = PredictedOutcome::VotesWithout {
        candidate,
        term,
        votes,
        quorum,
    };
    Ok(question(world, flight, answers, (outcome, *event)))
}

/// The future until somebody wins a term, or its candidate is in a newer one.
fn election(world: &World, candidate: NodeId, term: Term) -> Result<Outlook, Unaskable> {
    let patience = Micros(world.extremes().0.election_timeout.max.0 * 2);
    let is_won = |event: &Event| wins(event).is_some() && event.term == term;
    Outlook::until(world, patience, |world, events| {
        events.iter().any(is_won) || world.server(candidate).node().term() > term
    })
}

/// The votes that a candidate counts in its election: as it has won, or as it gave up.
fn counted(future: &Outlook, start: &World, candidate: NodeId, term: Term) -> usize {
    let counts = future.events.iter().filter_map(|event| match event.kind {
        EventKind::Decided(Decision::VoteReceived { count, .. })
            if event.server == Some(candidate) && event.term == term =>
        {
            Some(usize::from(count))
        }
        _ => None,
    });
    let so_far = start.server(candidate).node().votes().len();
    debug_assert!(old_voters(start, candidate, term).contains(candidate));
    counts.max().unwrap_or(so_far)
}

// --- A heartbeat ---

fn of_a_heartbeat(world: &World, flight: &InFlight, term: Term) -> Result<Prediction, Unaskable> {
    let (leader, follower) = (flight.from(), flight.to());
    let server = world.server(follower);
    let node = server.node();
    let follows = server.process() == Process::Running && node.term() == term && node.leader() == Some(leader);
    let leads =
        world.server(leader).node().role() == Role::Leader && world.server(leader).process() == Process::Running;
    let others = world
        .in_flight()
        .filter(|other| other.to() == follower && other.id != flight.id);
    let is_only = !others
        .into_iter()
        .any(|other| matches!(other.message, Message::AppendEntries { .. }));
    if !follows || !leads || !is_only || node.role() != Role::Follower {
        return Err(Unaskable::NoSubject);
    }
    let fires_at = server
        .timer(Timer::Election)
        .map(|timer| timer.fires_at)
        .ok_or(Unaskable::NoSubject)?;
    let lost = without(world, flight.id)?;
    let patience = Micros(world.extremes().0.election_timeout.max.0 * 2);
    let ends = |event: &Event| times_out(event).is_some() || is_heartbeat(event, follower);
    let future = Outlook::until(&lost, patience, |_, events| events.iter().any(ends))?;
    let (event, ()) = future
        .first(|event| ends(event).then_some(()))
        .ok_or(Unaskable::NothingHappens)?;
    let runs_out = times_out(event);
    if runs_out.is_some_and(|server| server != follower) || future.events.iter().filter(|event| ends(event)).count() > 1
    {
        return Err(Unaskable::TooClose);
    }
    if future.events.iter().any(|event| steps_down(event, leader)) {
        // It does so for another reason, and the answer would look like an effect of the loss.
        return Err(Unaskable::NoSubject);
    }
    if runs_out.is_none() && fires_at <= event.at + MARGIN {
        return Err(Unaskable::TooClose);
    }
    let right = if runs_out.is_some() {
        LossAnswer::StandsForElection
    } else {
        LossAnswer::StillFollows
    };
    let arrives_at = event.at;
    let mistake = |answer: LossAnswer| match answer {
        _ if answer == right => None,
        LossAnswer::LeaderStepsDown => Some(QuizMistake::LeaderDoesNotKnow { leader }),
        LossAnswer::StillFollows => Some(QuizMistake::TimerRunsOut {
            server: follower,
            fires_at,
        }),
        _ => Some(QuizMistake::NextHeartbeatInTime {
            server: follower,
            arrives_at,
            fires_at,
        }),
    };
    let all = [
        LossAnswer::StillFollows,
        LossAnswer::StandsForElection,
        LossAnswer::LeaderStepsDown,
    ];
    let answers = all.map(|answer| (Guess::Loss(answer), mistake(answer))).to_vec();
    let outcome = match runs_out {
        Some(server) => PredictedOutcome::TimesOut { server },
        None => PredictedOutcome::NextHeartbeat {
            server: follower,
            arrives_at,
            fires_at,
        },
    };
    Ok(question(world, flight, answers, (outcome, *event)))
}

fn is_heartbeat(event: &Event, follower: NodeId) -> bool {
    event.server == Some(follower) && matches!(event.kind, EventKind::Decided(Decision::HeartbeatAccepted { .. }))
}

fn steps_down(event: &Event, leader: NodeId) -> bool {
    event.server == Some(leader) && matches!(event.kind, EventKind::Decided(Decision::SteppedDown(_)))
}

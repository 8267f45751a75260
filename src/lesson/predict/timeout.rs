//! Who times out next?

use super::{
    Guess, PredictedOutcome, Prediction, PredictionKind, QuizMistake, TimerRestart, Unaskable,
    future::{Outlook, times_out, wins},
};
use crate::{
    raft::{Decision, NodeId, Role, Timer},
    sim::{Event, EventKind, Micros, Process, Server, World},
};

/// Timers that run out closer to one another than this can't be told apart on the screen.
pub(super) const MARGIN: Micros = Micros::from_millis(2);

/// How long is waited for a timeout.
fn patience(world: &World) -> Micros {
    Micros(world.extremes().0.election_timeout.max.0 * 4)
}

pub(super) fn ask(world: &World) -> Result<Prediction, Unaskable> {
    let ends = |_: &World, events: &[Event]| events.iter().any(|event| times_out(event).is_some());
    let future = Outlook::until(world, patience(world), ends)?;
    let (event, first) = future.first(times_out).ok_or(Unaskable::NothingHappens)?;
    if is_close(&future.world, first) || other_timeouts(&future, first) {
        return Err(Unaskable::TooClose);
    }
    let answer = |server: NodeId| {
        let mistake = (server != first).then(|| mistake(world, &future, server, (first, event.at)));
        (Guess::Server(server), mistake)
    };
    Ok(Prediction {
        at: world.now(),
        kind: PredictionKind::NextTimeout,
        given: None,
        answers: world.servers().map(|(id, _)| answer(id)).collect(),
        outcome: PredictedOutcome::TimesOut { server: first },
        settled_at: event.at,
        settled_by: event.id,
    })
}

/// Whether another timer is about to run out as well.
fn is_close(world: &World, first: NodeId) -> bool {
    let soon = |server: &Server| {
        let timer = server.timer(Timer::Election);
        timer.is_some_and(|timer| timer.fires_at <= world.now() + MARGIN)
    };
    let mut others = world
        .servers()
        .filter(|(id, server)| *id != first && server.process() == Process::Running);
    others.any(|(_, server)| soon(server))
}

fn other_timeouts(future: &Outlook, first: NodeId) -> bool {
    let mut all = future.events.iter().filter_map(times_out);
    all.any(|server| server != first)
}

fn mistake(world: &World, future: &Outlook, id: NodeId, (first, first_at): (NodeId, Micros)) -> QuizMistake {
    let server = world.server(id);
    if let Some(stopped) = stopped(server) {
        return stopped;
    }
    let Some(timer) = server.timer(Timer::Election) else {
        return QuizMistake::NoElectionTimer { leader: id };
    };
    if let Some(restart) = restart(future, id, timer.fires_at) {
        return restart;
    }
    if let Some((event, _)) = future.first(|event| wins(event).filter(|winner| *winner == id)) {
        return QuizMistake::WinsFirst {
            server: id,
            term: event.term,
        };
    }
    QuizMistake::NotTheShortestTimer {
        server: id,
        fires_at: timer.fires_at,
        first,
        first_at,
    }
}

/// A server that does not run does nothing.
pub(super) fn stopped(server: &Server) -> Option<QuizMistake> {
    let id = server.node().id();
    match server.process() {
        Process::Down => Some(QuizMistake::Down { server: id }),
        Process::Paused => Some(QuizMistake::Paused { server: id }),
        Process::Running => None,
    }
}

/// That a timer starts anew before it can run out, if it does within the stretch.
pub(super) fn restart(future: &Outlook, server: NodeId, fires_at: Micros) -> Option<QuizMistake> {
    let event = future.restart(server, fires_at)?;
    let by = match event.kind {
        EventKind::Decided(Decision::HeartbeatAccepted { from, .. }) => TimerRestart::Heartbeat(from),
        EventKind::Decided(Decision::VoteGranted { to, .. }) => TimerRestart::Vote(to),
        _ => return None,
    };
    let would_have = fires_at <= future.world.now();
    would_have.then_some(QuizMistake::TimerRestarts {
        server,
        fires_at,
        at: event.at,
        by,
    })
}

/// Whether nobody waits for an election timeout but those who stand already.
pub(super) fn waiting(world: &World) -> usize {
    let waits = |server: &Server| {
        server.process() == Process::Running
            && server.node().role() != Role::Leader
            && server.timer(Timer::Election).is_some()
    };
    world.servers().filter(|(_, server)| waits(server)).count()
}

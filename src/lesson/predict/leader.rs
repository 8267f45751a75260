//! Who leads next, and which term?

use super::{
    Guess, PredictedOutcome, Prediction, PredictionKind, QuizMistake, Unaskable,
    future::{Outlook, stands, wins},
    quorum,
    timeout::{restart, stopped},
};
use crate::{
    raft::{NodeId, NodeSet, Role, Term, Timer},
    sim::{Event, EventId, Leadership, Micros, Process, World},
};

/// The next election that is won.
struct NextVictory {
    future: Outlook,
    winner: NodeId,
    term: Term,
    at: Micros,
    event: EventId,
}

impl NextVictory {
    fn after(world: &World) -> Result<Self, Unaskable> {
        if !Leadership::of(world).leaders().is_empty() {
            return Err(Unaskable::Settled);
        }
        let patience = Micros(world.extremes().0.election_timeout.max.0 * 20);
        let future = Outlook::until(world, patience, |_, events| {
            events.iter().any(|event| wins(event).is_some())
        })?;
        let (event, winner) = future.first(wins).ok_or(Unaskable::NothingHappens)?;
        if future.events.iter().filter_map(wins).count() > 1 {
            return Err(Unaskable::TooClose);
        }
        let (term, at, event) = (event.term, event.at, event.id);
        Ok(Self {
            future,
            winner,
            term,
            at,
            event,
        })
    }

    fn question(&self, world: &World, kind: PredictionKind, answers: Vec<(Guess, Option<QuizMistake>)>) -> Prediction {
        Prediction {
            at: world.now(),
            kind,
            given: None,
            answers,
            outcome: PredictedOutcome::Wins {
                server: self.winner,
                term: self.term,
            },
            settled_at: self.at,
            settled_by: self.event,
        }
    }

    /// Why a server is not the next to win.
    fn not_it(&self, world: &World, id: NodeId) -> QuizMistake {
        let server = world.server(id);
        if let Some(mistake) = stopped(server).or_else(|| can_never(world, id)) {
            return mistake;
        }
        let stood = self.future.events.iter().filter(|event| event.server == Some(id));
        let last = stood.filter_map(stands).next_back();
        let node = server.node();
        if let Some(term) = last {
            return self.no_winner_of(id, term);
        }
        if node.role() == Role::Candidate {
            let newest = newest_term(world);
            return if node.term() < newest {
                QuizMistake::TermIsOver {
                    server: id,
                    term: node.term(),
                    newest,
                }
            } else {
                self.no_winner_of(id, node.term())
            };
        }
        let timer = server.timer(Timer::Election);
        let restarted = timer.and_then(|timer| restart(&self.future, id, timer.fires_at));
        restarted.unwrap_or(QuizMistake::NeverStands {
            server: id,
            winner: self.winner,
            term: self.term,
        })
    }

    /// Why a candidate of a term is not the next to win: it loses, or its election is not over yet by then and may still be won.
    fn no_winner_of(&self, server: NodeId, term: Term) -> QuizMistake {
        let node = self.future.world.server(server).node();
        let is_open = node.role() == Role::Candidate && node.term() == term && term != self.term;
        if is_open {
            let (winner, won) = (self.winner, self.term);
            return QuizMistake::StillStands {
                server,
                term,
                winner,
                won,
            };
        }
        QuizMistake::Loses { server, term }
    }

    /// Why a term is not the next that is won.
    fn not_in(&self, world: &World, term: Term) -> QuizMistake {
        if term > self.term {
            return QuizMistake::WonEarlier {
                winner: self.winner,
                term: self.term,
            };
        }
        let led =
            |(id, server): (NodeId, &crate::sim::Server)| server.elected().filter(|(won, _)| *won == term).map(|_| id);
        if let Some(leader) = world.servers().find_map(led) {
            return QuizMistake::TermHadLeader { term, leader };
        }
        let candidates = self.candidates(world, term);
        if candidates.is_empty() {
            QuizMistake::NeedsNewTerm { term }
        } else {
            QuizMistake::NobodyWinsTerm { term, candidates }
        }
    }

    /// Who stands in a term, now or later.
    fn candidates(&self, world: &World, term: Term) -> NodeSet {
        let now = world.servers().filter(|(_, server)| {
            let node = server.node();
            server.process() != Process::Down && node.role() == Role::Candidate && node.term() == term
        });
        let later = self.future.events.iter().filter(|event| stands(event) == Some(term));
        let later = later.filter_map(|event: &Event| event.server);
        now.map(|(id, _)| id).chain(later).collect()
    }
}

pub(super) fn ask_who(world: &World) -> Result<Prediction, Unaskable> {
    let victory = NextVictory::after(world)?;
    let answer = |id| {
        let mistake = (id != victory.winner).then(|| victory.not_it(world, id));
        (Guess::Server(id), mistake)
    };
    let answers = world.servers().map(|(id, _)| answer(id)).collect();
    Ok(victory.question(world, PredictionKind::NextLeader, answers))
}

pub(super) fn ask_which_term(world: &World) -> Result<Prediction, Unaskable> {
    /// Terms that are offered.
    const OFFERED: u32 = 4;
    let victory = NextVictory::after(world)?;
    let first = newest_term(world).max(Term(1)).0;
    if victory.term.0 < first || victory.term.0 >= first + OFFERED {
        return Err(Unaskable::NoSubject);
    }
    let answer = |term| {
        let mistake = (term != victory.term).then(|| victory.not_in(world, term));
        (Guess::Term(term), mistake)
    };
    let answers = (first..first + OFFERED).map(|term| answer(Term(term))).collect();
    Ok(victory.question(world, PredictionKind::NextTerm, answers))
}

fn newest_term(world: &World) -> Term {
    let terms = world.servers().map(|(_, server)| server.node().term());
    terms.max().unwrap_or_default()
}

/// Why a server can win no election as things are, if it can't.
fn can_never(world: &World, id: NodeId) -> Option<QuizMistake> {
    let (reach, quorum) = (Leadership::of(world).reach(id), quorum(world));
    if reach.len() < quorum {
        return Some(QuizMistake::ReachesTooFew {
            server: id,
            reach: reach.len(),
            quorum,
        });
    }
    let log = |server: NodeId| world.server(server).node().hard_state().last_log;
    let ahead: NodeSet = reach.iter().filter(|other| log(*other) > log(id)).collect();
    (reach.len() - ahead.len() < quorum).then_some(QuizMistake::LogBehindTooMany { server: id, ahead })
}

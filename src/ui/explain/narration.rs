//! What is going on at this moment, as one thing to say.

use crate::{
    raft::{NodeId, NodeSet, Role, Term},
    safety::Violation,
    sim::{Micros, Process},
    ui::{
        explain::groups::groups,
        run::{
            incident::Tally,
            view::{ClusterView, ServerView},
        },
    },
};

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A property was broken just now; if that is a majority, the votes that were counted.
    Broken(Violation, Option<Tally>),
    /// No server runs.
    AllDown,
    /// One server runs for a term.
    Candidacy {
        /// Who.
        candidate: NodeId,
        /// For which term.
        term: Term,
        /// Who has voted for it, as far as it knows.
        votes: NodeSet,
        /// The votes it needs.
        quorum: u8,
    },
    /// Somebody asks who would vote for it, and nobody runs.
    Asks {
        /// Who; the first of several.
        asking: NodeId,
        /// In which term it stays meanwhile.
        term: Term,
        /// Who would vote for it, as far as it knows.
        votes: NodeSet,
        /// How many it needs.
        quorum: u8,
    },
    /// Several run for the same term.
    Rivals {
        /// Who.
        candidates: NodeSet,
        /// For which term.
        term: Term,
        /// Whether all votes are given and none has enough.
        split: bool,
    },
    /// A leader is the only one to believe that it leads, or reaches too few to be followed by a majority.
    CutOff {
        /// Who.
        leader: NodeId,
        /// Of which term.
        term: Term,
        /// Whom it reaches.
        reaches: NodeSet,
        /// Who leads a newer term, if anyone does.
        newer: Option<(NodeId, Term)>,
    },
    /// Several lead one term.
    TwoLead {
        /// Who.
        leaders: NodeSet,
        /// Which.
        term: Term,
    },
    /// A leader was elected, and some have not heard of it.
    Announces {
        /// Who.
        leader: NodeId,
        /// Of which term.
        term: Term,
        /// Those that run and don't know.
        unaware: NodeSet,
    },
    /// A leader leads, and all that run follow.
    Leads {
        /// Who.
        leader: NodeId,
        /// Of which term.
        term: Term,
        /// Those that are down or paused.
        away: NodeSet,
    },
    /// Nobody leads or runs for leader.
    Waits {
        /// What ends the wait, if anything does.
        next: Option<Next>,
        /// Whether too few servers run for a majority.
        too_few: bool,
    },
}

/// What ends a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// This server's election timer runs out, and when.
    Timer(NodeId, Micros),
    /// Something is done to the cluster before, and when; it may set off any timer.
    Planned(Micros),
}

impl Moment {
    /// What is going on in a cluster.
    #[must_use]
    pub fn of(view: &ClusterView) -> Self {
        if let Some(violation) = view.broken {
            return Self::Broken(violation, view.tally.clone());
        }
        let running = || view.servers.iter().filter(|server| server.process == Process::Running);
        if running().next().is_none() {
            return Self::AllDown;
        }
        let newest = running().map(|server| server.term).max().unwrap_or_default();
        let candidates = running().filter(|server| server.role == Role::Candidate && server.term == newest);
        match candidates.clone().count() {
            0 => {}
            1 => return candidacy(candidates.clone().next()),
            _ => return rivals(view, newest, candidates.map(|server| server.id).collect()),
        }
        match view.leader().filter(|leader| leader.process == Process::Running) {
            Some(leader) => led(view, leader),
            None => running()
                .find(|server| server.role == Role::PreCandidate)
                .map_or_else(|| waits(view), asks),
        }
    }
}

fn asks(server: &ServerView) -> Moment {
    Moment::Asks {
        asking: server.id,
        term: server.term,
        votes: server.votes,
        quorum: server.quorum,
    }
}

fn candidacy(candidate: Option<&ServerView>) -> Moment {
    let candidate = candidate.expect("there is one");
    Moment::Candidacy {
        candidate: candidate.id,
        term: candidate.term,
        votes: candidate.votes,
        quorum: candidate.quorum,
    }
}

fn rivals(view: &ClusterView, term: Term, candidates: NodeSet) -> Moment {
    let up: Vec<_> = view
        .servers
        .iter()
        .filter(|server| server.process == Process::Running)
        .collect();
    let all_voted = up
        .iter()
        .all(|server| server.term == term && server.voted_for.is_some());
    let votes = |candidate| up.iter().filter(|server| server.voted_for == Some(candidate)).count();
    let quorum = view.servers.first().map_or(1, |server| usize::from(server.quorum));
    Moment::Rivals {
        candidates,
        term,
        split: all_voted && candidates.iter().all(|candidate| votes(candidate) < quorum),
    }
}

fn led(view: &ClusterView, leader: &ServerView) -> Moment {
    let running = |server: &&ServerView| server.process == Process::Running;
    let rivals: NodeSet = view.leaders().filter(running).map(|server| server.id).collect();
    if rivals.len() > 1 {
        return Moment::TwoLead {
            leaders: rivals,
            term: leader.term,
        };
    }
    let groups = groups(&view.links, view.servers.len());
    let reach = |server: NodeId| {
        groups
            .iter()
            .copied()
            .find(|group| group.contains(server))
            .unwrap_or_default()
    };
    let quorum = usize::from(leader.quorum);
    // The oldest that still believes to lead has the most to learn.
    let believers = view
        .servers
        .iter()
        .filter(|server| server.leads() && server.process == Process::Running);
    let deposed = believers
        .filter(|server| server.term < leader.term)
        .min_by_key(|server| server.term);
    let newer = Some((leader.id, leader.term));
    match deposed {
        Some(old) => cut_off(old, reach(old.id), newer),
        None if reach(leader.id).len() < quorum => cut_off(leader, reach(leader.id), None),
        None => followed(view, leader),
    }
}

const fn cut_off(leader: &ServerView, reaches: NodeSet, newer: Option<(NodeId, Term)>) -> Moment {
    Moment::CutOff {
        leader: leader.id,
        term: leader.term,
        reaches,
        newer,
    }
}

fn followed(view: &ClusterView, leader: &ServerView) -> Moment {
    let (id, term) = (leader.id, leader.term);
    let select = |wanted: fn(&ServerView, NodeId) -> bool| -> NodeSet {
        view.servers
            .iter()
            .filter(|server| wanted(server, id))
            .map(|server| server.id)
            .collect()
    };
    let unaware = select(|server, leader| server.process == Process::Running && server.leader != Some(leader));
    if !unaware.is_empty() {
        return Moment::Announces {
            leader: id,
            term,
            unaware,
        };
    }
    Moment::Leads {
        leader: id,
        term,
        away: select(|server, _| server.process != Process::Running),
    }
}

fn waits(view: &ClusterView) -> Moment {
    let running = || view.servers.iter().filter(|server| server.process == Process::Running);
    let timers = running().filter_map(|server| server.election.map(|timer| (server.id, timer.fires_at)));
    let quorum = view.servers.first().map_or(1, |server| usize::from(server.quorum));
    Moment::Waits {
        next: next(timers.min_by_key(|(_, fires_at)| *fires_at), view.planned),
        too_few: running().count() < quorum,
    }
}

/// A timer that runs out after something else is done may never do so: that is no news.
fn next(timer: Option<(NodeId, Micros)>, planned: Option<Micros>) -> Option<Next> {
    let (server, fires_at) = timer?;
    Some(match planned {
        Some(planned) if planned < fires_at => Next::Planned(planned),
        _ => Next::Timer(server, fires_at),
    })
}

/// How long it takes to speak a sentence, in ms, with a pause after it.
#[must_use]
pub fn spoken_ms(sentence: &str) -> f64 {
    const SHORTEST: u32 = 4000;
    /// Some fifteen characters a second.
    const A_CHARACTER: u32 = 65;
    let characters = u32::try_from(sentence.chars().count()).unwrap_or(u32::MAX);
    f64::from(characters.saturating_mul(A_CHARACTER).max(SHORTEST))
}

#[cfg(test)]
mod tests;

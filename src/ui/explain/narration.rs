//! What is going on at this moment, as one thing to say: a value, so that a test can hold it against the cluster.

use crate::{
    raft::{Message, NodeId, NodeSet, Role, Term},
    safety::Violation,
    sim::{Claim, InFlight, Micros, Process},
    ui::{
        explain::{
            chance::{LostChance, lost_chance, out_of_reach, refused_by, split},
            headline::{Belief, Lack},
        },
        run::view::{ClusterView, ServerView},
    },
};

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A property was broken just now.
    Broken(Violation),
    /// No server runs.
    NoneRuns {
        /// Those that are paused; the others are down.
        paused: NodeSet,
    },
    /// One server that can win stands for election in a term.
    Candidacy {
        /// Who.
        candidate: NodeId,
        /// For which term.
        term: Term,
        /// Who has voted for it, as far as it knows.
        votes: NodeSet,
        /// Who has refused it, as far as it knows.
        refused: NodeSet,
        /// The votes it needs.
        quorum: u8,
        /// Why it can't win any more, if it can't.
        lost: Option<LostChance>,
        /// Whether the votes it needs are no majority, by the rules in force.
        lax: bool,
    },
    /// A server asks who would vote for it, enough could, and nobody stands for election.
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
    /// Several servers that can win stand for election in the same term.
    Rivals {
        /// Who.
        candidates: NodeSet,
        /// For which term.
        term: Term,
        /// If the votes are given in such a way that nobody can win as things are: out of whose reach that is, each of whom could
        /// still give a vote.
        split: Option<NodeSet>,
        /// Whether it is their contest that splits the votes, and nothing that was lost ([`crate::sim::votes_are_split`]).
        contested: bool,
    },
    /// Nobody leads, and a server asks for votes that it can't get.
    InVain {
        /// Who; the one of the newest term.
        candidate: NodeId,
        /// In which term.
        term: Term,
        /// Whether it stands for election, or only asks whether it may.
        stands: bool,
        /// The votes it needs.
        quorum: u8,
        /// Why it can't get them.
        why: LostChance,
        /// Whether servers that it cannot hear hear its requests: its newer term makes a leader among them step down.
        heard: bool,
        /// Others that stand for election and can't win either.
        others: NodeSet,
    },
    /// A server leads, and another that runs believes that it does.
    Deposed {
        /// Who believes it; the one of the oldest term.
        old: Belief,
        /// Who leads, and which term.
        new: (NodeId, Term),
    },
    /// Nobody leads, and a server that runs believes that it does.
    Stale {
        /// Who, and what.
        belief: Belief,
        /// Those that stand for election and can't win.
        vain: NodeSet,
        /// Those that ask who would vote for them, and reach enough.
        asking: NodeSet,
        /// Those that ask who would vote for them, and reach too few.
        asking_in_vain: NodeSet,
        /// Whether its heartbeats keep all others from standing, of whom one could win.
        keeps: bool,
    },
    /// Several that run believe that they lead one term.
    TwoLead {
        /// Who.
        leaders: NodeSet,
        /// Which.
        term: Term,
    },
    /// A leader leads, and some that can hear it have not heard from it yet.
    Announces {
        /// Who.
        leader: NodeId,
        /// Of which term.
        term: Term,
        /// Those that have not heard of a leader in this term.
        unaware: NodeSet,
        /// Whether it was elected just now: its first heartbeats are on their way.
        is_new: bool,
    },
    /// A leader leads.
    Leads {
        /// Who.
        leader: NodeId,
        /// Of which term.
        term: Term,
        /// Whether its heartbeats come in time.
        is_steady: bool,
        /// Those that do not follow it, or cannot answer it.
        apart: Apart,
        /// Whether it steps down when it hears of a newer term (§5.1).
        yields: bool,
    },
    /// Nobody leads or can win an election.
    Waits {
        /// What ends the wait, if anything does.
        next: Option<Next>,
        /// Why nobody leads.
        lack: Lack,
        /// Who believes that it leads, and is paused.
        paused: NodeSet,
    },
}

/// Those beside a leader that do not follow it or cannot answer it. Each server is in one set, but for `cut_off`, `vain`, `asking` and
/// `deposing`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// They are down.
    pub down: NodeSet,
    /// They are paused.
    pub paused: NodeSet,
    /// They run and cannot hear it.
    pub deaf: NodeSet,
    /// Those of them whom it cannot hear either.
    pub cut_off: NodeSet,
    /// They hear it and cannot answer.
    pub mute: NodeSet,
    /// They are in a newer term.
    pub newer: NodeSet,
    /// They have followed it in this term, and do not now.
    pub former: NodeSet,
    /// They have followed it in this term before they crashed, and have not heard from it since they started again.
    pub restarted: NodeSet,
    /// They have followed it in this term as well, and ask who would vote for them; they reach enough.
    pub seeking: NodeSet,
    /// Those of them that ask for votes which they can't get.
    pub vain: NodeSet,
    /// Those of these that only ask who would vote for them.
    pub asking: NodeSet,
    /// Those of `vain` that cannot hear it and whose newer term it hears of, by which it has to step down.
    pub deposing: NodeSet,
}

impl Apart {
    /// Whether all others that run have heard the leader since they last waited for one.
    pub(super) fn all_hear(&self) -> bool {
        let have_not = [
            self.deaf,
            self.newer,
            self.former,
            self.restarted,
            self.seeking,
            self.vain,
        ];
        have_not.iter().all(|servers| servers.is_empty())
    }
}

/// What ends a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// These servers' election timers run out, and when.
    Timer(NodeSet, Micros),
    /// Heartbeats of leaders that no longer lead are on their way to servers that will accept them, and so draw new timeouts: who
    /// sent them, and to whom.
    Heartbeats(NodeSet, NodeSet),
    /// An action is planned before that, and when; it may change any timer.
    Planned(Micros),
}

impl Moment {
    /// What is going on in a cluster. What a majority takes part in is said before what is of the newest term.
    #[must_use]
    pub fn of(view: &ClusterView) -> Self {
        if let Some(violation) = view.broken {
            return Self::Broken(violation);
        }
        if running(view).next().is_none() {
            let paused = view.those(|server| server.process == Process::Paused);
            return Self::NoneRuns { paused };
        }
        let election = two_lead(view).or_else(|| election(view));
        election.unwrap_or_else(|| match view.leader() {
            Some(leader) => led(view, leader),
            None => leaderless(view),
        })
    }
}

fn running(view: &ClusterView) -> impl Iterator<Item = &ServerView> + Clone {
    view.servers.iter().filter(|server| server.runs())
}

fn two_lead(view: &ClusterView) -> Option<Moment> {
    let believers = || running(view).filter(|server| server.claim.is_some());
    let with_rival = |one: &ServerView| believers().any(|other| other.id != one.id && other.term == one.term);
    let term = believers()
        .filter(|server| with_rival(server))
        .map(|server| server.term)
        .max()?;
    let leaders = view.those(|server| server.runs() && server.claim.is_some() && server.term == term);
    Some(Moment::TwoLead { leaders, term })
}

/// An election that can be won, of a newer term than that of who leads. Beside a leader, one that nobody can win any more is no news.
fn election(view: &ClusterView) -> Option<Moment> {
    let led = view.leader().map(|leader| leader.term);
    let all = || running(view).filter(|server| server.role == Role::Candidate && server.can_win);
    let is_news = |term| led.is_none() || all().any(|rival| rival.term == term && lost_chance(view, rival).is_none());
    let candidates = || all().filter(|server| is_news(server.term));
    let newest = candidates()
        .max_by_key(|server| server.term)
        .filter(|newest| Some(newest.term) > led)?;
    let (candidate, term) = (newest.id, newest.term);
    let candidates: NodeSet = candidates()
        .filter(|server| server.term == term)
        .map(|server| server.id)
        .collect();
    Some(match candidates.len() {
        1 => Moment::Candidacy {
            candidate,
            term,
            votes: newest.votes,
            refused: refused_by(newest),
            quorum: newest.quorum,
            lost: lost_chance(view, newest),
            lax: usize::from(newest.quorum) < view.majority(),
        },
        _ => Moment::Rivals {
            candidates,
            term,
            split: split(view, candidates, usize::from(newest.quorum)),
            contested: newest.contested,
        },
    })
}

fn led(view: &ClusterView, leader: &ServerView) -> Moment {
    let (id, term) = (leader.id, leader.term);
    // The oldest that still believes that it leads has the most to learn.
    let deposed = view
        .stale()
        .filter(|server| server.runs())
        .min_by_key(|server| server.term);
    if let Some(old) = deposed {
        return Moment::Deposed {
            old: Belief::of(view, old),
            new: (id, term),
        };
    }
    let (mut apart, mut unaware) = (Apart::default(), NodeSet::EMPTY);
    for server in view.servers.iter().filter(|server| server.id != id) {
        let is_vain = server.runs_for_leader() && server.runs() && seeks_in_vain(view, server);
        match place(view, leader, server, &mut apart, &mut unaware) {
            Some(place) => {
                place.insert(server.id);
            }
            None => continue,
        }
        if is_vain {
            apart.vain.insert(server.id);
            if server.role == Role::PreCandidate {
                apart.asking.insert(server.id);
            }
            let is_heard = server.term > leader.term && view.hears(id, server.id);
            if is_heard && apart.deaf.contains(server.id) && deposes(server, leader) {
                apart.deposing.insert(server.id);
            }
        }
        if apart.deaf.contains(server.id) && !view.hears(id, server.id) {
            apart.cut_off.insert(server.id);
        }
    }
    if !unaware.is_empty() {
        return Moment::Announces {
            leader: id,
            term,
            unaware,
            is_new: leader.is_new,
        };
    }
    Moment::Leads {
        leader: id,
        term,
        is_steady: view.is_steady,
        apart,
        yields: leader.rules.newer_term_steps_down,
    }
}

/// Whether a server that seeks votes can't get enough.
fn seeks_in_vain(view: &ClusterView, server: &ServerView) -> bool {
    !server.can_win || server.role == Role::Candidate && lost_chance(view, server).is_some()
}

/// Whether a leader that hears of a server's candidacy in a newer term has to step down, by the rules of whoever hears of it.
const fn deposes(server: &ServerView, hears: &ServerView) -> bool {
    let rules = &hears.rules;
    matches!(server.role, Role::Candidate) && rules.newer_term_steps_down && !rules.leader_stickiness
}

/// Whether a server asks who would vote for it, and reaches enough.
const fn asks(server: &ServerView) -> bool {
    matches!(server.role, Role::PreCandidate) && server.can_win
}

/// The set in which a server is told of beside a leader; none if it follows and answers.
fn place<'a>(
    view: &ClusterView,
    leader: &ServerView,
    server: &ServerView,
    apart: &'a mut Apart,
    unaware: &'a mut NodeSet,
) -> Option<&'a mut NodeSet> {
    Some(match server.process {
        Process::Down => &mut apart.down,
        Process::Paused => &mut apart.paused,
        Process::Running if !view.hears(server.id, leader.id) => &mut apart.deaf,
        // Whoever cannot answer may not have heard yet either.
        Process::Running if server.term <= leader.term && server.followed < Some(leader.term) => unaware,
        Process::Running if !view.hears(leader.id, server.id) => &mut apart.mute,
        Process::Running if server.term > leader.term => &mut apart.newer,
        Process::Running if server.term == leader.term && server.leader == Some(leader.id) => return None,
        Process::Running if server.followed >= Some(leader.term) && asks(server) => &mut apart.seeking,
        Process::Running if server.followed_since_start >= Some(leader.term) => &mut apart.former,
        Process::Running => &mut apart.restarted,
    })
}

/// Whether the heartbeats of a leader that nobody can follow keep all others from standing, though one of them could win, and
/// nothing makes it give up (thesis §6.2).
fn keeps(view: &ClusterView, leader: &ServerView) -> bool {
    let mut could_win = false;
    for server in running(view).filter(|server| server.id != leader.id) {
        let follows = server.term == leader.term && server.leader == Some(leader.id);
        if !(follows && view.hears(server.id, leader.id)) {
            return false;
        }
        could_win |= server.can_win;
    }
    could_win && view.is_steady && !leader.rules.check_quorum
}

fn leaderless(view: &ClusterView) -> Moment {
    if let Some(leader) = view.newest_stale().filter(|server| server.runs()) {
        let seeking =
            |role, can_win| view.those(|server| server.runs() && server.role == role && server.can_win == can_win);
        return Moment::Stale {
            belief: Belief::of(view, leader),
            vain: seeking(Role::Candidate, false),
            asking: seeking(Role::PreCandidate, true),
            asking_in_vain: seeking(Role::PreCandidate, false),
            keeps: keeps(view, leader),
        };
    }
    let asking = || running(view).filter(|server| server.runs_for_leader());
    if let Some(server) = asking().find(|server| server.role == Role::PreCandidate && server.can_win) {
        return Moment::Asks {
            asking: server.id,
            term: server.term,
            votes: server.votes,
            quorum: server.quorum,
        };
    }
    match asking()
        .filter(|server| !server.can_win)
        .max_by_key(|server| server.term)
    {
        Some(candidate) => Moment::InVain {
            candidate: candidate.id,
            term: candidate.term,
            stands: candidate.role == Role::Candidate,
            quorum: candidate.quorum,
            why: out_of_reach(view, candidate),
            heard: running(view).any(|other| {
                let is_one_way = view.hears(other.id, candidate.id) && !view.hears(candidate.id, other.id);
                is_one_way && deposes(candidate, other)
            }),
            others: view.those(|server| server.runs() && server.role == Role::Candidate && server.id != candidate.id),
        },
        None => waits(view),
    }
}

fn waits(view: &ClusterView) -> Moment {
    let fires_at = |server: &ServerView| server.election.map(|timer| timer.fires_at);
    let first = running(view).filter_map(fires_at).min();
    let timers = view.those(|server| server.runs() && fires_at(server) == first);
    let next = heartbeats(view).or_else(|| first.map(|first| (Next::Timer(timers, first), first)));
    Moment::Waits {
        next: next.map(|(next, at)| unless_planned(next, at, view.planned)),
        lack: Lack::of(view),
        paused: view
            .stale()
            .filter(|server| server.claim == Some(Claim::Paused))
            .map(|server| server.id)
            .collect(),
    }
}

/// Heartbeats that still make servers that run wait anew (§5.2), and when the first of them arrives.
fn heartbeats(view: &ClusterView) -> Option<(Next, Micros)> {
    let is_accepted = |flight: &&InFlight| {
        let to = &view.servers[flight.to().index()];
        let is_heartbeat = matches!(flight.message, Message::AppendEntries { term } if term >= to.term);
        is_heartbeat && flight.lost.is_none() && to.runs()
    };
    let flights = || view.flights.iter().filter(is_accepted);
    let due = flights().map(|flight| flight.due_at).min()?;
    let senders = flights().map(InFlight::from).collect();
    Some((Next::Heartbeats(senders, flights().map(InFlight::to).collect()), due))
}

/// What would happen only after a planned action may never do so, so it is not announced.
fn unless_planned(next: Next, at: Micros, planned: Option<Micros>) -> Next {
    planned.filter(|planned| *planned < at).map_or(next, Next::Planned)
}

#[cfg(test)]
mod tests;

//! Whether a candidate can still win, and why it can't: for the sentence, the headline and the story.

use crate::{
    raft::{MAX_SERVERS, Message, NodeSet, Role, Rule, Term},
    sim::{InFlight, LostWhere, Process},
    ui::run::view::{ClusterView, ServerView},
};

/// Why a candidate can't win, or can't win any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LostChance {
    /// It reaches too few servers: it can get so many votes of those at most, its own included.
    OutOfReach(usize, usize),
    /// It reaches enough, but too few of them are in no newer term than its own.
    LeftBehind,
    /// The logs of these that refused it are more up-to-date than its own (§5.4.1), and without them there is no majority.
    LogBehind(NodeSet),
    /// These have refused it, and without them there is no majority.
    Refused(NodeSet),
    /// Enough could vote for it if its requests, or their answers, had not been lost: it sends none again in this term.
    Unheard {
        /// Whether some were lost on links that have been restored since.
        restored: bool,
    },
    /// Too few are left that have neither refused it nor voted for another, and that its request can still reach.
    TooFewLeft,
}

/// By server: why it can't win, if it stands for election.
pub type LostChances = [Option<LostChance>; MAX_SERVERS];

/// What is said here of votes that are still missing rests on these rules: a server gives one vote in a term and does not forget it, it
/// counts once and in that term alone, and a candidate asks once in a term. Without one of them it may win all the same.
const VOTES_ARE_FINAL: [Rule; 8] = [
    Rule::OneVotePerTerm,
    Rule::PersistVote,
    Rule::PersistTerm,
    Rule::KeepVoteInTerm,
    Rule::CountEachVoteOnce,
    Rule::ReplyTermMustMatch,
    Rule::NewElectionNewTerm,
    Rule::PreVoteIsNoVote,
];

/// Why each server that stands for election in a term can't win it, by server, if none of them can: each reaches too few, or too few
/// are left to vote for it, whoever comes back. One that is paused may have votes in its inbox.
#[must_use]
pub fn hopeless(view: &ClusterView, term: Term) -> LostChances {
    let mut chances = LostChances::default();
    for server in &view.servers {
        if server.process == Process::Down || server.role != Role::Candidate || server.term != term {
            continue;
        }
        match lost_chance(view, server) {
            Some(lost) if server.runs() => chances[server.id.index()] = Some(lost),
            _ => return LostChances::default(),
        }
    }
    chances
}

/// Why a candidate can't win as things are, or can't win any more whoever comes back.
pub(super) fn lost_chance(view: &ClusterView, candidate: &ServerView) -> Option<LostChance> {
    let quorum = usize::from(candidate.quorum);
    if !candidate.can_win {
        return Some(out_of_reach(view, candidate));
    }
    let missing = split(view, NodeSet::only(candidate.id), quorum)?;
    if !missing.is_empty() {
        return None;
    }
    let decides = |against: NodeSet| view.servers.len() - against.len() < quorum;
    let refused = view.those(|server| has_refused(view, candidate, server));
    let ahead = view.those(|server| refused.contains(server.id) && server.disk.last_log > candidate.disk.last_log);
    let mut able = view.those(|server| is_unspent(candidate, server)).and(candidate.reach);
    able = able.without(refused);
    able.extend(has(view, candidate));
    // Their votes were lost, or they would be on their way.
    let mut granted = able;
    granted.extend(view.those(|server| has_voted_for(candidate, server)));
    Some(if decides(ahead) {
        LostChance::LogBehind(ahead)
    } else if decides(refused) {
        LostChance::Refused(refused)
    } else if granted.len() >= quorum {
        LostChance::Unheard {
            restored: able.len() >= quorum && !unheard(view, candidate).and(candidate.reach).is_empty(),
        }
    } else {
        LostChance::TooFewLeft
    })
}

fn votes_are_final(view: &ClusterView) -> bool {
    let keeps = |server: &ServerView| VOTES_ARE_FINAL.iter().all(|rule| server.rules.get(*rule));
    view.servers.iter().all(keeps)
}

/// Why a server that seeks votes can get too few as things are.
pub(super) fn out_of_reach(view: &ClusterView, candidate: &ServerView) -> LostChance {
    let quorum = usize::from(candidate.quorum);
    if candidate.reach.len() < quorum {
        let refused = view.those(|server| has_refused(view, candidate, server));
        // What it promised or gave in the term before binds nobody in the one for which pre-votes are asked.
        let stands = candidate.role == Role::Candidate;
        let free = view.those(|server| !stands || is_unspent(candidate, server));
        let mut able = candidate.reach.without(refused).and(free);
        able.insert(candidate.id);
        // It may reach some no longer whose votes it has.
        able.extend(view.those(|server| candidate.votes.contains(server.id) || is_voting(view, candidate, server)));
        LostChance::OutOfReach(able.len().min(quorum - 1), view.servers.len())
    } else {
        LostChance::LeftBehind
    }
}

/// Whether none of the candidates can get a quorum as things are; then those out of reach with whose votes one could.
pub(super) fn split(view: &ClusterView, candidates: NodeSet, quorum: usize) -> Option<NodeSet> {
    if !votes_are_final(view) {
        return None;
    }
    let mut missing = NodeSet::EMPTY;
    for candidate in candidates.iter() {
        let one = &view.servers[candidate.index()];
        let free = view.those(|server| is_unspent(one, server) && is_asked(view, one, server));
        let mut votes = has(view, one);
        votes.extend(free.and(one.reach));
        if votes.len() >= quorum {
            return None;
        }
        let others = free.without(votes);
        if votes.len() + others.len() >= quorum {
            missing.extend(others);
        }
    }
    Some(missing)
}

/// Who has refused a candidate its vote, as far as it knows.
pub(super) fn refused_by(candidate: &ServerView) -> NodeSet {
    let refused: NodeSet = candidate.refusals.iter().map(|refusal| refusal.by).collect();
    refused.without(candidate.votes)
}

/// Whether a server has refused a candidate its vote: the answer has arrived, or is on its way.
fn has_refused(view: &ClusterView, candidate: &ServerView, server: &ServerView) -> bool {
    let is_refusal =
        |message| matches!(message, Message::RequestVoteReply { term, vote_granted: false } if term >= candidate.term);
    refused_by(candidate).contains(server.id) || is_on_its_way(view, server, candidate, is_refusal)
}

/// Whether a server has given no vote yet in the term of a candidate.
fn is_unspent(candidate: &ServerView, server: &ServerView) -> bool {
    server.term < candidate.term || server.term == candidate.term && server.voted_for.is_none()
}

/// Whether a server has given its vote to a candidate, in the term of both.
fn has_voted_for(candidate: &ServerView, server: &ServerView) -> bool {
    server.term == candidate.term && server.voted_for == Some(candidate.id)
}

/// Whose votes a candidate has, or will have: a vote that was lost is not given again. In the inbox of one that is paused there may be
/// some.
fn has(view: &ClusterView, candidate: &ServerView) -> NodeSet {
    view.those(|server| {
        has_voted_for(candidate, server) && !candidate.runs()
            || candidate.votes.contains(server.id)
            || is_voting(view, candidate, server)
    })
}

/// To whom requests of a candidate were sent while the link was cut: they are lost, or will be.
fn unheard(view: &ClusterView, candidate: &ServerView) -> NodeSet {
    let is_cut = |flight: &&InFlight| {
        let is_request = matches!(flight.message, Message::RequestVote { term, .. } if term == candidate.term);
        flight.from() == candidate.id && is_request && flight.lost == Some(LostWhere::CutLink)
    };
    let flights = view.flights.iter().filter(is_cut).map(InFlight::to);
    flights.chain(candidate.cut_requests.iter()).collect()
}

/// Whether a server may still be asked by a candidate: a request is on its way, or the server is paused, and may have one in its
/// inbox. One that is down hears none. A request that was lost is not sent again.
fn is_asked(view: &ClusterView, candidate: &ServerView, server: &ServerView) -> bool {
    let is_request = |message| matches!(message, Message::RequestVote { .. });
    match server.process {
        Process::Running => is_on_its_way(view, candidate, server, is_request),
        Process::Paused => true,
        Process::Down => false,
    }
}

/// Whether a server's vote is on its way to a candidate: it counts also if the server is in a newer term by now.
fn is_voting(view: &ClusterView, candidate: &ServerView, server: &ServerView) -> bool {
    let is_vote =
        |message| matches!(message, Message::RequestVoteReply { term, vote_granted: true } if term == candidate.term);
    is_on_its_way(view, server, candidate, is_vote)
}

/// Whether a message is on its way from one server to another. On a link that is cut none is; which ones the network will lose by chance
/// nobody knows before.
fn is_on_its_way(view: &ClusterView, from: &ServerView, to: &ServerView, wanted: impl Fn(Message) -> bool) -> bool {
    let is_it = |flight: &InFlight| (flight.from(), flight.to()) == (from.id, to.id) && wanted(flight.message);
    let may_arrive = |flight: &&InFlight| flight.lost != Some(LostWhere::CutLink);
    view.flights.iter().filter(may_arrive).any(is_it)
}

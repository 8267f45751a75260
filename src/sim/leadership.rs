//! Who really leads: whom a server reaches, and whether a majority can follow who believes that it leads.
//!
//! The page, the timeline and the measures all take it from here.

use super::{Links, Process, World};
use crate::raft::{MAX_SERVERS, NodeId, NodeSet, Role, Term};

/// What the belief of a server that it leads is worth.
///
/// A server *leads* if it runs and a majority of the cluster can follow it: counting itself, those that run, that it has a link
/// to in both directions, and that are in no newer term. If that is true of servers of several terms, those of the newest lead.
/// Whoever believes that it leads and does not is *stale*; the first reason that fits is given, in the order below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It leads.
    Leads,
    /// It is paused.
    Paused,
    /// It reaches fewer than a majority.
    Reaches(Contact),
    /// So many of those that it reaches are in a newer term that too few are left, or a majority can follow a newer leader.
    Outdated,
}

/// Whom a server reaches that reaches too few to lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// So many servers, itself included.
    Servers(usize),
    /// It hears so few servers, itself included, and more others than it hears, so many, hear it.
    HearsFew(usize, usize),
    /// It is heard by so few servers, itself included, and hears more others, so many.
    HeardByFew(usize, usize),
    /// No other, and no message gets to it or from it.
    Nobody,
    /// No other: it hears nobody, but some hear it.
    HearsNobody,
    /// No other: nobody hears it, but it hears some.
    Unheard,
}

/// All that decides who leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leadership {
    /// Servers in the cluster.
    pub size: usize,
    /// Which links can carry a message ([`World::carrying`]): one that loses every message is as good as cut.
    pub links: Links,
    /// The votes that make a leader, by the rules in force.
    pub quorum: usize,
    /// Those that run and are not paused.
    pub running: NodeSet,
    /// Those that are not down and believe that they lead.
    pub believers: NodeSet,
    /// The term of each server, by its index.
    pub terms: [Term; MAX_SERVERS],
}

impl Leadership {
    /// That of a world now.
    #[must_use]
    pub fn of(world: &World) -> Self {
        let mut terms = [Term::ZERO; MAX_SERVERS];
        let (mut running, mut believers) = (NodeSet::EMPTY, NodeSet::EMPTY);
        for (id, server) in world.servers() {
            terms[id.index()] = server.node().term();
            if server.process() == Process::Running {
                running.insert(id);
            }
            if server.process() != Process::Down && server.node().role() == Role::Leader {
                believers.insert(id);
            }
        }
        Self {
            size: world.servers().len(),
            links: world.carrying(),
            quorum: usize::from(world.config().rules.quorum.votes(world.config().size)),
            running,
            believers,
            terms,
        }
    }

    /// More than half of all servers.
    #[must_use]
    pub const fn majority(&self) -> usize {
        self.size / 2 + 1
    }

    /// Whom a server reaches: itself, and each that runs and that it has a link to in both directions. Raft forwards no message,
    /// so nobody is reached by way of another.
    #[must_use]
    pub fn reach(&self, server: NodeId) -> NodeSet {
        self.links.reach(server, self.running)
    }

    /// Of those that a server reaches, who is in no newer term than this one: the others neither follow a leader of it nor vote
    /// for a candidate of it.
    fn backers(&self, server: NodeId, term: Term) -> usize {
        let reach = self.reach(server).iter();
        reach.filter(|other| self.terms[other.index()] <= term).count()
    }

    /// Whether a server that runs can win an election in a term, as far as reach and terms go: enough of those that it reaches
    /// are in no newer term to make a quorum. Two such servers in one term contend for votes; one alone splits none.
    #[must_use]
    pub fn can_win(&self, server: NodeId, term: Term) -> bool {
        self.backers(server, term) >= self.quorum
    }

    fn can_lead(&self, server: NodeId) -> bool {
        self.running.contains(server) && self.backers(server, self.terms[server.index()]) >= self.majority()
    }

    /// Who leads: nobody, one, or several of one term where election safety is broken.
    #[must_use]
    pub fn leaders(&self) -> NodeSet {
        let able = || self.believers.iter().filter(|server| self.can_lead(*server));
        let newest = able().map(|server| self.terms[server.index()]).max();
        able()
            .filter(|server| Some(self.terms[server.index()]) == newest)
            .collect()
    }

    /// What a server's belief that it leads is worth; `None` if it does not believe so.
    #[must_use]
    pub fn claim(&self, server: NodeId) -> Option<Claim> {
        self.believers.contains(server).then(|| {
            if self.leaders().contains(server) {
                Claim::Leads
            } else if !self.running.contains(server) {
                Claim::Paused
            } else if self.reach(server).len() < self.majority() {
                Claim::Reaches(self.contact(server))
            } else {
                Claim::Outdated
            }
        })
    }

    /// Whom a server reaches that reaches few.
    fn contact(&self, server: NodeId) -> Contact {
        let others = || self.running.without(NodeSet::only(server)).iter();
        let hears = others().filter(|other| self.links.is_up(*other, server)).count();
        let heard_by = others().filter(|other| self.links.is_up(server, *other)).count();
        // Whom it reaches it hears, and is heard by.
        match self.reach(server).len() {
            1 if hears + heard_by == 0 => Contact::Nobody,
            1 if hears == 0 => Contact::HearsNobody,
            1 if heard_by == 0 => Contact::Unheard,
            servers if servers > hears && heard_by > hears => Contact::HearsFew(servers, heard_by),
            servers if servers > heard_by && hears > heard_by => Contact::HeardByFew(servers, hears),
            servers => Contact::Servers(servers),
        }
    }

    /// Whether a server, paused or not, believes that it leads, and another one is in a newer term while no majority can follow it. By
    /// §5.1 it is to step down as soon as it hears of that term.
    #[must_use]
    pub fn is_overtaken(&self, server: NodeId) -> bool {
        let is_stale = self.claim(server).is_some_and(|claim| claim != Claim::Leads);
        let is_newer = |other: NodeId| self.terms[other.index()] > self.terms[server.index()];
        is_stale && NodeId::all(self.size).any(is_newer)
    }

    /// Those that believe that they lead one and the same term: what election safety forbids.
    #[must_use]
    pub fn rivals(&self) -> NodeSet {
        let term = |server: NodeId| self.terms[server.index()];
        let rival = |one: &NodeId| {
            self.believers
                .iter()
                .any(|other| other != *one && term(other) == term(*one))
        };
        self.believers.iter().filter(rival).collect()
    }
}

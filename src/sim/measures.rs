//! How well a run goes: not whether it is safe, but how long it is without a leader and what elections cost it.

use super::{
    Event, EventId, EventKind, Leadership, Micros, Observer, UnheardRequest, VoteShare, World, votes_are_split,
};
use crate::raft::{Decision, MAX_SERVERS, Node, NodeId, NodeSet, Role, Term, Timer};

/// What can be counted and timed in a run up to an instant. None of it is about safety: a run without a leader breaks nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measures {
    /// Elections that a server started: it became candidate of a term (§5.2).
    pub elections_started: u64,
    /// Elections that a server won.
    pub elections_won: u64,
    /// Terms whose votes were split: at least two servers stood for election that each reached enough others to win
    /// ([`Leadership::can_win`]), they kept each other from a majority ([`votes_are_split`]), and one that reaches as many gave up
    /// waiting (§5.2: "many followers become candidates at the same time, votes could be split so that no candidate obtains a
    /// majority"). Votes that come too late, or are lost, are not split. The same as [`super::MarkKind::Split`].
    pub split_votes: u64,
    /// How often another server than the last leader came to lead, in the same or a newer term. The first one changes nothing.
    pub leader_changes: u64,
    /// The newest term that a server has come to.
    pub highest_term: Term,
    /// When there was a leader for the first time.
    pub first_leader_at: Option<Micros>,
    /// All the time in which no server that runs or is paused believed that it leads, as [`super::World::leader`] finds one. The
    /// time before the first leader is part of it.
    pub without_leader: Micros,
    /// Availability: all the time in which there was a leader that a majority could follow ([`Leadership::leaders`]).
    pub available: Micros,
    /// The longest time at a stretch without such a leader, the one that lasts at the instant included.
    pub longest_gap: Micros,
}

/// Takes the [`Measures`] of a run while it hears it, in constant time and space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meter {
    elections_started: u64,
    elections_won: u64,
    split_votes: u64,
    leader_changes: u64,
    highest_term: Term,
    first_leader_at: Option<Micros>,
    /// The newest term that somebody led, and who came to lead it last.
    last_leader: Option<(Term, NodeId)>,
    /// Who leads and is not down.
    leaders: NodeSet,
    /// Since when there is no leader, or there is one.
    since: Micros,
    /// The sum of the gaps that are over.
    without_leader: Micros,
    /// Who reaches whom and who leads, as last heard.
    leadership: Option<Leadership>,
    /// Whether there is a leader that a majority can follow, and since when that is so or not.
    is_available: bool,
    turned_at: Micros,
    /// The sum of the times with such a leader that are over, and the longest of those without one.
    available: Micros,
    longest_gap: Micros,
    races: [Race; Self::RACES],
    /// By server: the newest term in which it has voted.
    voted: [Term; MAX_SERVERS],
}

/// Who runs for a term. Nobody has ever run for term 0, but where a new election takes no new term.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Race {
    term: Term,
    /// Those that could win it when they began to stand.
    contenders: NodeSet,
    /// By server: who has voted for it, if it is one of them, and whom its requests did not reach.
    shares: [VoteShare; MAX_SERVERS],
    /// By server: who has refused it.
    refused: [NodeSet; MAX_SERVERS],
    /// Who has voted in it, for whomever.
    spent: NodeSet,
    /// When the last of them began to stand, or was given a vote.
    voted_at: Micros,
    /// It was won, or counts as split already.
    is_decided: bool,
}

impl Race {
    /// Whether contention kept each of them from so many votes.
    fn is_split(&self, quorum: usize) -> bool {
        let shares = self.contenders.iter().map(|server| {
            let VoteShare { voters, missed } = self.shares[server.index()];
            let missed = missed.without(voters).without(self.refused[server.index()]);
            VoteShare { voters, missed }
        });
        votes_are_split(shares, self.spent, quorum)
    }
}

impl Meter {
    /// Races that are remembered, of the newest terms. Each server is in one term, so all that are still open are among them, but
    /// for those that all who ran slept through.
    const RACES: usize = 16;

    /// The measures at an instant, up to which it has heard everything.
    #[must_use]
    pub fn measures(&self, now: Micros) -> Measures {
        let gap = if self.leaders.is_empty() {
            now.since(self.since)
        } else {
            Micros::ZERO
        };
        let last = now.since(self.turned_at);
        let (up, down) = if self.is_available {
            (last, Micros::ZERO)
        } else {
            (Micros::ZERO, last)
        };
        Measures {
            elections_started: self.elections_started,
            elections_won: self.elections_won,
            split_votes: self.split_votes,
            leader_changes: self.leader_changes,
            highest_term: self.highest_term,
            first_leader_at: self.first_leader_at,
            without_leader: self.without_leader + gap,
            available: self.available + up,
            longest_gap: self.longest_gap.max(down),
        }
    }

    /// Hears an event. If it shows that its term's votes were split, says when the last of them was given.
    pub(super) fn hear(&mut self, event: &Event) -> Option<Micros> {
        self.highest_term = self.highest_term.max(event.term);
        let server = event.server?;
        match event.kind {
            EventKind::TimerFired(Timer::Election) => return self.hear_of_timeout(server, event.term),
            EventKind::Decided(Decision::ElectionStarted { term }) => {
                self.elections_started += 1;
                if self.can_win(server, term) {
                    self.contends(server, term);
                }
                self.hear_of_vote(server, server, term, event.at);
            }
            EventKind::Decided(Decision::VoteGranted { to, term, .. }) => {
                self.hear_of_vote(server, to, term, event.at);
            }
            EventKind::Decided(Decision::VoteDenied { to, term, .. }) => {
                if let Some(race) = self.race_for(term) {
                    race.refused[to.index()].insert(server);
                }
            }
            EventKind::Decided(Decision::ElectionWon { .. }) => {
                self.elections_won += 1;
                self.race(event.term).is_decided = true;
            }
            EventKind::Action(action) if action.effect().is_crash() => self.hear_of_role(server, None, event.at),
            EventKind::Sent { .. } | EventKind::Lost { .. } => self.hear_of_request(event),
            _ => {}
        }
        None
    }

    /// A server that could win stands for election.
    fn contends(&mut self, server: NodeId, term: Term) {
        let voted = self.voted;
        let race = self.race(term);
        if race.contenders.is_empty() {
            // Who can't win may have stood before.
            let has_voted = |other: &NodeId| voted[other.index()] == term;
            race.spent = NodeId::all(MAX_SERVERS).filter(has_voted).collect();
        }
        race.contenders.insert(server);
    }

    /// A server votes in a term.
    fn hear_of_vote(&mut self, voter: NodeId, candidate: NodeId, term: Term, at: Micros) {
        let newest = &mut self.voted[voter.index()];
        *newest = term.max(*newest);
        let Some(race) = self.race_for(term) else { return };
        race.spent.insert(voter);
        if race.contenders.contains(candidate) {
            race.shares[candidate.index()].voters.insert(voter);
            race.voted_at = at;
        }
    }

    /// What was sent or lost may be a request for a vote that does not reach its receiver.
    fn hear_of_request(&mut self, event: &Event) {
        let unheard = self
            .leadership
            .as_ref()
            .and_then(|cluster| UnheardRequest::of(event, cluster));
        let Some(request) = unheard else { return };
        if let Some(race) = self.race_for(request.term) {
            race.shares[request.from.index()].missed.take(request);
        }
    }

    /// Whether contention for the votes of a term keeps each of those that could have won it from a majority.
    #[must_use]
    pub fn is_split(&self, term: Term) -> bool {
        let race = self.races.iter().find(|race| race.term == term);
        race.is_some_and(|race| race.is_split(self.quorum()))
    }

    /// Who began to stand for election in a term when it could have won ([`Leadership::can_win`]).
    #[must_use]
    pub fn contenders(&self, term: Term) -> NodeSet {
        let race = self.races.iter().find(|race| race.term == term);
        race.map_or(NodeSet::EMPTY, |race| race.contenders)
    }

    /// A timeout of who could win a term, or might as well have, ends one that several contended for and nobody has won.
    fn hear_of_timeout(&mut self, server: NodeId, term: Term) -> Option<Micros> {
        if !self.can_win(server, term) {
            return None;
        }
        let quorum = self.quorum();
        let race = self.race_for(term);
        let race = race.filter(|race| !race.is_decided && race.is_split(quorum))?;
        race.is_decided = true;
        let voted_at = race.voted_at;
        self.split_votes += 1;
        Some(voted_at)
    }

    fn quorum(&self) -> usize {
        self.leadership.map_or(0, |leadership| leadership.quorum)
    }

    /// The race for a term, if somebody who could win it has stood.
    fn race_for(&mut self, term: Term) -> Option<&mut Race> {
        self.races.iter_mut().find(|race| race.term == term)
    }

    fn can_win(&self, server: NodeId, term: Term) -> bool {
        self.leadership
            .is_some_and(|leadership| leadership.can_win(server, term))
    }

    /// Who reaches whom, and who leads, from an instant on. Says whether that is new.
    pub(super) fn hear_of_leadership(&mut self, leadership: Leadership, at: Micros) -> bool {
        if self.leadership == Some(leadership) {
            return false;
        }
        self.leadership = Some(leadership);
        let is_available = !leadership.leaders().is_empty();
        if is_available == self.is_available {
            return true;
        }
        let passed = at.since(self.turned_at);
        if self.is_available {
            self.available = self.available + passed;
        } else {
            self.longest_gap = self.longest_gap.max(passed);
        }
        (self.is_available, self.turned_at) = (is_available, at);
        true
    }

    /// The race for a term; the oldest one makes room for it if it is new.
    fn race(&mut self, term: Term) -> &mut Race {
        let known = self.races.iter().position(|race| race.term == term);
        let oldest = || (0..Self::RACES).min_by_key(|&index| self.races[index].term);
        let race = &mut self.races[known.or_else(oldest).unwrap_or(0)];
        if race.term != term {
            *race = Race {
                term,
                ..Race::default()
            };
        }
        race
    }

    /// A server leads this term now, or leads none.
    fn hear_of_role(&mut self, server: NodeId, leads: Option<Term>, at: Micros) {
        let there_was_one = !self.leaders.is_empty();
        match leads {
            Some(term) if self.leaders.insert(server) => self.hear_of_leader(server, term, at),
            Some(_) => {}
            None => {
                self.leaders.remove(server);
            }
        }
        if there_was_one != self.leaders.is_empty() {
            return;
        }
        if !there_was_one {
            self.without_leader = self.without_leader + at.since(self.since);
        }
        self.since = at;
    }

    fn hear_of_leader(&mut self, server: NodeId, term: Term, at: Micros) {
        self.first_leader_at = self.first_leader_at.or(Some(at));
        match self.last_leader {
            // A late reply can still make a leader of an older term.
            Some((newest, _)) if term < newest => return,
            Some((_, last)) if last != server => self.leader_changes += 1,
            _ => {}
        }
        self.last_leader = Some((term, server));
    }
}

impl Observer for Meter {
    fn event(&mut self, event: &Event) {
        self.hear(event);
    }

    fn stepped(&mut self, _: EventId, at: Micros, node: &Node) {
        let leads = (node.role() == Role::Leader).then(|| node.term());
        self.hear_of_role(node.id(), leads, at);
    }

    fn settled(&mut self, world: &World) {
        self.hear_of_leadership(Leadership::of(world), world.now());
    }
}

//! What can be left out of a state because it makes no difference to the future.
//!
//! Nothing here uses what is known about Raft. Everything is computed from the table of what each server does alone, so it holds
//! under any rules. Alone, with every message possible at any time, a server can do everything that it can do in the cluster, and
//! more. So what makes no difference to it alone makes none in the cluster.

mod future;
mod representatives;

pub use representatives::representatives;

use self::future::{Alike, Future, futures, vote_bit, votes_in};
use super::{
    State,
    servers::Table,
    state::{Bits, Layout},
};
use crate::{
    raft::{MAX_SERVERS, NodeId, Term},
    safety::PackedMonitor,
};

/// What still makes a difference, by server and state.
#[derive(Debug)]
pub struct Reduction {
    servers: Vec<Vec<Future>>,
    terms: u32,
}

/// The messages that are live as far as the other servers are concerned, by server.
pub struct Others([Bits; MAX_SERVERS]);

/// What a step changed of the messages.
struct Changes {
    /// They are in flight and were not before.
    sent: Bits,
    /// They would have made a difference before.
    dead: Bits,
}

impl Changes {
    /// Whether there may be more to thin out than before at a server that did not take the step.
    fn touches(&self, future: &Future) -> bool {
        self.sent.intersects(&future.grouped) || self.dead.intersects(&future.answered)
    }
}

impl Reduction {
    pub fn new(table: &Table, layout: &Layout, sends: &[Bits]) -> Self {
        let of = |server| futures(table, layout, sends, server);
        let statuses = table.servers.iter().flat_map(|automaton| &automaton.statuses);
        Self {
            servers: (0..table.servers.len()).map(of).collect(),
            terms: statuses.map(|status| status.term.0).max().unwrap_or(0),
        }
    }

    fn future(&self, state: &State, server: usize) -> &Future {
        &self.servers[server][usize::from(state.servers[server])]
    }

    /// The messages that make a difference.
    pub fn live(&self, state: &State) -> Bits {
        let futures = (0..self.servers.len()).map(|server| self.future(state, server));
        futures.fold(Bits::ALL, |live, future| live.and(&future.live))
    }

    /// What does not depend on which server takes a step.
    pub fn others(&self, state: &State) -> Others {
        let mut others = Others([Bits::ALL; MAX_SERVERS]);
        let size = self.servers.len();
        let (mut below, mut above) = (Bits::ALL, Bits::ALL);
        for server in 0..size {
            others.0[server] = below;
            below = below.and(&self.future(state, server).live);
        }
        for server in (0..size).rev() {
            others.0[server] = others.0[server].and(&above);
            above = above.and(&self.future(state, server).live);
        }
        others
    }

    /// Drops what makes no difference after a step of one server, if that was done before the step as well.
    pub fn apply(&self, monitor: &PackedMonitor, others: &Others, before: &State, server: usize, state: &mut State) {
        let (earlier, now) = (self.future(before, server), self.future(state, server));
        let live = now.live.and(&others.0[server]);
        state.messages = state.messages.and(&live);
        let step = Changes {
            sent: state.messages.without(&before.messages),
            dead: earlier.live.without(&now.live),
        };
        let moved = before.servers[server] != state.servers[server];
        for receiver in 0..self.servers.len() {
            let future = self.future(state, receiver);
            if receiver == server && moved || step.touches(future) {
                future
                    .groups
                    .iter()
                    .for_each(|group| thin_out(&mut state.messages, group, &live));
            }
        }
        // Forgetting something twice changes nothing.
        if before.elections != state.elections || (earlier.leads, earlier.votes) != (now.leads, now.votes) {
            self.forget(monitor, state);
        }
    }

    /// Drops the past votes and leaders that no later judgement needs.
    pub fn forget(&self, monitor: &PackedMonitor, state: &mut State) {
        let size = self.servers.len();
        for term in (0..=self.terms).map(Term) {
            if monitor.is_blank_in(state.elections, term) {
                continue;
            }
            let can_lead = |server: NodeId| self.future(state, server.index()).leads >> term.0 & 1 != 0;
            let leader = monitor.leader_of(state.elections, term);
            let mut elections = state.elections;
            for (voter, candidate) in monitor.votes_of(state.elections, term) {
                let others = votes_in(term, size) & !vote_bit(term, candidate, size);
                let may_vote_again = self.future(state, voter.index()).votes & others != 0;
                let counts = leader != Some(candidate) && can_lead(candidate);
                if !may_vote_again && !counts {
                    monitor.forget_vote(&mut elections, voter, term);
                }
            }
            if leader.is_some() && !NodeId::all(size).any(can_lead) {
                monitor.forget_leader(&mut elections, term);
            }
            state.elections = elections;
        }
    }
}

/// Keeps one of the messages that get the same answers, or none if the answers make no difference to anyone.
fn thin_out(messages: &mut Bits, group: &Alike, live: &Bits) {
    let word = &mut messages.0[group.word];
    let present = *word & group.members;
    if present == 0 {
        return;
    }
    *word &= !present;
    if group.answers.intersects(live) {
        *word |= lowest(present);
    }
}

const fn lowest(word: u64) -> u64 {
    word & word.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::{Reduction, thin_out};
    use crate::{
        checker::{Bounds, Model, Setup, State},
        raft::{Rule, Rules},
    };

    fn setup(rules: Rules) -> Setup {
        let bounds = Bounds {
            servers: 3,
            elections: 2,
            crashes: 1,
            duplications: 0,
            heartbeats: 0,
            transfers: true,
        };
        Setup {
            rules,
            ..Setup::paper(bounds)
        }
    }

    impl Reduction {
        /// Drops all messages that make no difference, wherever they come from.
        fn thin_out_all(&self, state: &mut State) {
            let live = self.live(state);
            state.messages = state.messages.and(&live);
            for server in 0..self.servers.len() {
                let groups = self.future(state, server).groups.iter();
                groups.for_each(|group| thin_out(&mut state.messages, group, &live));
            }
        }
    }

    /// A step reduces only what the step can have changed, so that has to be as good as to reduce everything.
    #[test]
    fn what_was_reduced_stays_as_it_is() {
        for broken in [None, Some(Rule::PersistVote), Some(Rule::OneVotePerTerm)] {
            let mut rules = Rules::PAPER;
            if let Some(rule) = broken {
                rules.set(rule, false);
            }
            let model = Model::new(setup(rules)).expect("small bounds");
            let reduction = model.reduction.as_ref().expect("a reduced network");
            let mut open = vec![model.initial()];
            for _ in 0..7 {
                let mut next = Vec::new();
                for state in &open {
                    model.expand(state, |_, found, _| next.push(*found));
                }
                next.truncate(20_000);
                for state in &next {
                    let mut again = *state;
                    reduction.thin_out_all(&mut again);
                    reduction.forget(&model.monitor, &mut again);
                    assert_eq!(again, *state);
                }
                open = next;
            }
        }
    }
}

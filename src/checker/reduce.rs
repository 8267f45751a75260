//! What can be left out of a state because it makes no difference to the future.
//!
//! Nothing here knows Raft. All is computed from the table of what single servers do, so it holds for whatever rules are on or
//! off. A server alone, with every message at any time, can do more than in the cluster, so what makes no difference there
//! makes none in the cluster.

use super::{
    State,
    bits::Bits,
    layout::{Delivery, Layout},
    table::{Automaton, Table},
};
use crate::{
    raft::{MAX_SERVERS, NodeId, Role, Term},
    safety::PackedMonitor,
};

/// By message: the first message with the same effect on its receiver in each of its states.
pub(super) fn representatives(table: &Table) -> Vec<usize> {
    let mut represented_by: Vec<usize> = (0..table.messages.values().len()).collect();
    // Replies that have the same effect make requests alike that led to them, so once is not enough.
    loop {
        let mut next = represented_by.clone();
        for automaton in &table.servers {
            represent(table, automaton, &represented_by, &mut next);
        }
        if next == represented_by {
            return next;
        }
        represented_by = next;
    }
}

fn represent(table: &Table, automaton: &Automaton, before: &[usize], next: &mut [usize]) {
    let effects = |arrival: usize| -> Vec<_> {
        let effect = |state| {
            let happened = automaton.get(state, automaton.column_of(arrival))?;
            let sent = &table.sends[usize::from(happened.sends)];
            let mut sent: Vec<usize> = sent.iter().map(|&message| before[message]).collect();
            sent.sort_unstable();
            Some((happened.next, sent))
        };
        (0..automaton.states.len()).map(effect).collect()
    };
    let all: Vec<_> = (0..automaton.arrivals.len()).map(effects).collect();
    for (arrival, &message) in automaton.arrivals.iter().enumerate() {
        let first = all.iter().position(|other| *other == all[arrival]);
        next[message] = automaton.arrivals[first.unwrap_or(arrival)];
    }
}

/// Messages of one sender that will never change their receiver again, and get the same answers from it for ever.
#[derive(Clone, Copy, Debug)]
struct Group {
    /// They lie within one word.
    word: usize,
    members: u64,
    /// All that the receiver may ever answer to them.
    answers: Bits,
}

/// What still makes a difference once a server is in some state.
#[derive(Clone, Debug)]
struct Future {
    /// All messages but those to this server that it will neither answer nor be changed by.
    live: Bits,
    groups: Vec<Group>,
    /// The terms that it can still begin to lead, as bits.
    leads: u64,
    /// The votes that it can still give, as bits: see [`vote_bit`].
    votes: u64,
}

/// What still makes a difference, by server and state.
#[derive(Debug)]
pub(super) struct Reduction {
    servers: Vec<Vec<Future>>,
    terms: u32,
}

/// The messages that are live as far as the other servers are concerned, by server.
pub(super) struct Others([Bits; MAX_SERVERS]);

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
        let live = self.future(state, server).live.and(&others.0[server]);
        state.messages = state.messages.and(&live);
        for server in 0..self.servers.len() {
            for group in &self.future(state, server).groups {
                thin_out(&mut state.messages, group, &live);
            }
        }
        let (earlier, now) = (self.future(before, server), self.future(state, server));
        // To forget once more what was forgotten changes nothing.
        if before.elections != state.elections || (earlier.leads, earlier.votes) != (now.leads, now.votes) {
            self.forget(monitor, state);
        }
    }

    /// Drops votes and leaders of the past by which nothing can be judged any more.
    fn forget(&self, monitor: &PackedMonitor, state: &mut State) {
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

/// Of messages that get the same answers one is enough, and none if nobody needs the answers.
fn thin_out(messages: &mut Bits, group: &Group, live: &Bits) {
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

/// Terms and candidates fit into a word because they fit into [`PackedElections`](crate::safety::PackedElections).
fn vote_bit(term: Term, candidate: NodeId, size: usize) -> u64 {
    1 << (term.0 as usize * size + candidate.index())
}

fn votes_in(term: Term, size: usize) -> u64 {
    ((1 << size) - 1) << (term.0 as usize * size)
}

// --- Looking into the future of one server ---

fn futures(table: &Table, layout: &Layout, sends: &[Bits], server: usize) -> Vec<Future> {
    let to_it = |delivery: &&Delivery| delivery.server == server;
    let deliveries: Vec<Delivery> = layout.deliveries.iter().filter(to_it).copied().collect();
    let here = Here {
        table,
        layout,
        sends,
        automaton: &table.servers[server],
        deliveries: &deliveries,
    };
    let pairs = here.pairs();
    let changes = here.gather(|state| vec![here.changes(state)], unite);
    let answers = here.gather(|state| here.answers(state), unite);
    let differences = here.gather(|state| here.differences(&pairs, state), add_bits);
    let judged = here.gather(|state| here.judged(state), add_bits);
    let future = |state: usize| {
        let (changes, answers) = (&changes[state][0], &answers[state]);
        let [leads, votes] = judged[state];
        Future {
            live: here.live(changes, answers),
            groups: here.groups(changes, answers, &pairs, &differences[state]),
            leads,
            votes,
        }
    };
    (0..here.automaton.states.len()).map(future).collect()
}

fn unite<T: AsMut<[Bits]> + AsRef<[Bits]>>(all: &mut T, more: &T) {
    for (all, more) in all.as_mut().iter_mut().zip(more.as_ref()) {
        *all = all.or(more);
    }
}

fn add_bits<T: AsMut<[u64]> + AsRef<[u64]>>(all: &mut T, more: &T) {
    for (all, more) in all.as_mut().iter_mut().zip(more.as_ref()) {
        *all |= more;
    }
}

/// One server and the messages to it.
struct Here<'a> {
    table: &'a Table,
    layout: &'a Layout,
    sends: &'a [Bits],
    automaton: &'a Automaton,
    deliveries: &'a [Delivery],
}

impl Here<'_> {
    /// Adds to what is true of each state what is true of all those that can follow, now or later.
    fn gather<T: Clone + PartialEq>(&self, of: impl Fn(usize) -> T, add: impl Fn(&mut T, &T)) -> Vec<T> {
        let states = self.automaton.states.len();
        let mut all: Vec<T> = (0..states).map(of).collect();
        let followers: Vec<Vec<usize>> = (0..states).map(|state| self.followers(state)).collect();
        let mut settled = false;
        while !settled {
            settled = true;
            for state in (0..states).rev() {
                let mut sum = all[state].clone();
                for &follower in &followers[state] {
                    add(&mut sum, &all[follower]);
                }
                if sum != all[state] {
                    all[state] = sum;
                    settled = false;
                }
            }
        }
        all
    }

    fn followers(&self, state: usize) -> Vec<usize> {
        let row = self.automaton.row(state).iter().flatten();
        let mut followers: Vec<usize> = row.map(|happened| usize::from(happened.next)).collect();
        followers.sort_unstable();
        followers.dedup();
        followers.retain(|&follower| follower != state);
        followers
    }

    /// The messages that change the server in this state.
    fn changes(&self, state: usize) -> Bits {
        let mut changes = Bits::EMPTY;
        for delivery in self.deliveries {
            let happened = self.automaton.get(state, delivery.column);
            if happened.is_some_and(|happened| usize::from(happened.next) != state) {
                changes.insert(delivery.bit);
            }
        }
        changes
    }

    /// By message: what the server in this state answers.
    fn answers(&self, state: usize) -> Vec<Bits> {
        let answer = |delivery: &Delivery| {
            let happened = self.automaton.get(state, delivery.column);
            happened.map_or(Bits::EMPTY, |happened| self.sends[usize::from(happened.sends)])
        };
        self.deliveries.iter().map(answer).collect()
    }

    /// Messages of the same sender, in pairs. Those whose sender makes no difference stand for several.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let sender = |at: usize| {
            let bit = self.deliveries[at].bit;
            let holds = |block: &&super::layout::Block| (block.bit..block.bit + block.length).contains(&bit);
            self.layout.blocks.iter().find(holds).and_then(|block| block.from)
        };
        let senders: Vec<_> = (0..self.deliveries.len()).map(sender).collect();
        let mut pairs = Vec::new();
        for (second, from) in senders.iter().enumerate() {
            let alike = |first: &usize| from.is_some() && senders[*first] == *from;
            pairs.extend((0..second).filter(alike).map(|first| (first, second)));
        }
        pairs
    }

    /// The pairs between which the server in this state makes a difference, as bits.
    fn differences(&self, pairs: &[(usize, usize)], state: usize) -> Vec<u64> {
        let effect = |at: usize| {
            let happened = self.automaton.get(state, self.deliveries[at].column);
            happened.map_or((state, Bits::EMPTY), |happened| {
                (usize::from(happened.next), self.sends[usize::from(happened.sends)])
            })
        };
        let mut differences = vec![0; pairs.len().div_ceil(64)];
        for (pair, &(first, second)) in pairs.iter().enumerate() {
            if effect(first) != effect(second) {
                differences[pair / 64] |= 1 << (pair % 64);
            }
        }
        differences
    }

    /// The terms that the server begins to lead by a step from this state, and the votes that it is seen with after one.
    fn judged(&self, state: usize) -> [u64; 2] {
        let size = self.table.servers.len();
        let (mut leads, mut votes) = (0, 0);
        for happened in self
            .automaton
            .row(state)
            .iter()
            .flatten()
            .filter(|happened| happened.judged)
        {
            let status = self.automaton.statuses[usize::from(happened.next)];
            if status.role == Role::Leader {
                leads |= 1 << status.term.0;
            }
            if let Some(candidate) = status.voted_for {
                votes |= vote_bit(status.term, candidate, size);
            }
        }
        [leads, votes]
    }

    fn live(&self, changes: &Bits, answers: &[Bits]) -> Bits {
        let mut live = Bits::ALL;
        for (delivery, answers) in self.deliveries.iter().zip(answers) {
            if !changes.contains(delivery.bit) && answers.is_empty() {
                live.remove(delivery.bit);
            }
        }
        live
    }

    fn groups(&self, changes: &Bits, answers: &[Bits], pairs: &[(usize, usize)], differences: &[u64]) -> Vec<Group> {
        let alike = |first: usize, second: usize| {
            let pair = pairs.iter().position(|&pair| pair == (first, second));
            pair.is_some_and(|pair| differences[pair / 64] >> (pair % 64) & 1 == 0)
        };
        let mut groups: Vec<(usize, Group)> = Vec::new();
        for (at, delivery) in self.deliveries.iter().enumerate() {
            if changes.contains(delivery.bit) || answers[at].is_empty() {
                continue;
            }
            let member = 1 << (delivery.bit % 64);
            match groups.iter_mut().find(|(first, _)| alike(*first, at)) {
                Some((_, group)) => group.members |= member,
                None => {
                    let group = Group {
                        word: delivery.bit / 64,
                        members: member,
                        answers: answers[at],
                    };
                    groups.push((at, group));
                }
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        checker::{Bounds, Model, Setup},
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
            for _ in 0..5 {
                let mut next = Vec::new();
                for state in &open {
                    model.expand(state, |_, found, _| next.push(*found));
                }
                for state in &next {
                    let mut again = *state;
                    reduction.forget(&model.monitor, &mut again);
                    assert_eq!(again, *state);
                }
                open = next;
            }
        }
    }
}

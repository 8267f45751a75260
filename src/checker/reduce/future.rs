//! Looking into the future of one server: which messages can still change it, and which votes and terms are still open to it.

use crate::{
    checker::{
        servers::{Automaton, Table},
        state::{Bits, Block, Delivery, Layout},
    },
    raft::{NodeId, Role, Term},
};

/// Messages of one sender that will never change their receiver again, and to which it will always give the same answers: one
/// of them is enough.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alike {
    /// They lie within one word.
    pub word: usize,
    pub members: u64,
    /// All that the receiver may ever answer to them.
    pub answers: Bits,
}

/// What still makes a difference once a server is in some state.
#[derive(Clone, Debug)]
pub(super) struct Future {
    /// All messages but those to this server that it will neither answer nor be changed by.
    pub live: Bits,
    pub groups: Vec<Alike>,
    /// The members of all groups, and all answers to them.
    pub grouped: Bits,
    pub answered: Bits,
    /// The terms that it can still begin to lead, as bits.
    pub leads: u64,
    /// The votes that it can still give, as bits: see [`vote_bit`].
    pub votes: u64,
}

/// Terms and candidates fit into a word because they fit into [`PackedElections`](crate::safety::PackedElections).
pub(super) fn vote_bit(term: Term, candidate: NodeId, size: usize) -> u64 {
    1 << (term.0 as usize * size + candidate.index())
}

pub(super) fn votes_in(term: Term, size: usize) -> u64 {
    ((1 << size) - 1) << (term.0 as usize * size)
}

/// By state of this server: what still makes a difference.
pub(super) fn futures(table: &Table, layout: &Layout, sends: &[Bits], server: usize) -> Vec<Future> {
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
        let groups = here.groups(changes, answers, &pairs, &differences[state]);
        let (mut grouped, mut answered) = (Bits::EMPTY, Bits::EMPTY);
        for group in &groups {
            grouped.0[group.word] |= group.members;
            answered = answered.or(&group.answers);
        }
        Future {
            live: here.live(changes, answers),
            groups,
            grouped,
            answered,
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
    /// Computes something for each state (`of`) and adds (`add`) the same of all states that can follow it, now or later.
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
            let happened = self.automaton.get(state, delivery.arrival);
            if happened.is_some_and(|happened| usize::from(happened.next) != state) {
                changes.insert(delivery.bit);
            }
        }
        changes
    }

    /// By message: what the server in this state answers.
    fn answers(&self, state: usize) -> Vec<Bits> {
        let answer = |delivery: &Delivery| {
            let happened = self.automaton.get(state, delivery.arrival);
            happened.map_or(Bits::EMPTY, |happened| self.sends[usize::from(happened.sends)])
        };
        self.deliveries.iter().map(answer).collect()
    }

    /// Messages of the same sender, in pairs. Those whose sender makes no difference stand for several.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let sender = |at: usize| {
            let bit = self.deliveries[at].bit;
            let holds = |block: &&Block| (block.bit..block.bit + block.length).contains(&bit);
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
            let happened = self.automaton.get(state, self.deliveries[at].arrival);
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

    fn groups(&self, changes: &Bits, answers: &[Bits], pairs: &[(usize, usize)], differences: &[u64]) -> Vec<Alike> {
        let alike = |first: usize, second: usize| {
            let pair = pairs.iter().position(|&pair| pair == (first, second));
            pair.is_some_and(|pair| differences[pair / 64] >> (pair % 64) & 1 == 0)
        };
        let mut groups: Vec<(usize, Alike)> = Vec::new();
        for (at, delivery) in self.deliveries.iter().enumerate() {
            if changes.contains(delivery.bit) || answers[at].is_empty() {
                continue;
            }
            let member = 1 << (delivery.bit % 64);
            match groups.iter_mut().find(|(first, _)| alike(*first, at)) {
                Some((_, group)) => group.members |= member,
                None => {
                    let group = Alike {
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

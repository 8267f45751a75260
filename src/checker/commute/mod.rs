//! Steps that need not be taken, because a search has met by then what they lead to.
//!
//! # Steps that commute
//!
//! Steps `a` and `b` of two servers commute in a state `s` if `ab` and `ba` lead from it to the same state. Sleep sets
//! (Godefroid, *Partial-Order Methods for the Verification of Concurrent Systems*, 1996, chapter 5) pass over one of the two ways.
//! Here they are adapted to a breadth-first search that keeps all its states, and they leave out steps only, never a state: a
//! search meets the same states in the same order, with the same shortest paths.
//!
//! A search takes the steps of a state in a fixed order. Say `p = b(s)` is new when it is found, and `a` commutes with `b` in `s`
//! and comes before it. Then `a` *sleeps* in `p`: it is not taken there.
//!
//! **Why nothing is missed.** Claim: once a state is expanded, all that its steps lead to was met, those that sleep included. By
//! induction over the order in which states are expanded. Let `a` sleep in `p = b(s)`. All of `a(s)` was met before `p` was found,
//! because `s` was expanded up to `b` by then: `a` was taken, or it slept and the claim holds for what came before. So `q = a(s)`
//! was met before `p` and is expanded before it, and by the claim `b(q)` was met by then. It is the same state as `a(p)`. With
//! symmetry everything holds up to a renaming: if a search keeps `π(p)` instead of `p`, then `π(a)` sleeps in it.
//!
//! This needs one order of all states, so it is not done where several shards search at the same time.
//!
//! **Which steps commute.** Those of different servers, unless both make a leader.
//! - *Servers.* Each changes only its own, by what is in the table.
//! - *Messages.* They are sent, never taken away, and then reduced. Reducing commutes with sending: what makes no difference
//!   after a step makes none after more steps, because all that can follow was looked at (see [`reduce`](super::reduce)); of
//!   messages that are alike the lowest stays, in whatever order they come; and messages that are alike stay alike. So what
//!   is left is the same as if everything was sent first, and reduced once at the end. If the message of `b` makes no
//!   difference after `a`, `b(q)` is `q`; if another that is alike stands for it, that one leads to the same state.
//! - *Elections.* A step that is judged writes down the vote of its own server. One that makes a leader also writes the leader,
//!   which all share, so two of them don't commute; and it reads the votes of others. If it breaks nothing without the vote of
//!   the other step, it breaks nothing with it. If it does break something, the search ends before `p` is expanded. What was
//!   forgotten after one step would be forgotten after both as well.
//! - *Bounds.* Both count how often something happened, and either order counts the same.
//!
//! # Servers that are doubles
//!
//! If two servers can swap their names without any change to the state, then each step of the second is one of the first under
//! other names, and leads to the same state but for names. Where symmetry is used, only the first takes its steps, and only
//! messages from the first arrive elsewhere. The steps that are left out come later in the order than those that stand for them,
//! so the proof above holds for them, too.

mod steps;
#[cfg(test)]
mod tests;

pub use steps::StepSet;

use super::{
    State,
    servers::{Automaton, Happening, Local, Table, Transition},
    state::{Bits, Block, Layout},
};
use crate::raft::Role;

/// What is needed to tell which steps need not be taken.
#[derive(Debug)]
pub struct Commuting {
    /// By server and state: its steps that make it a leader.
    leading: Vec<Vec<StepSet>>,
    /// By server: the messages to those before it.
    to_earlier: Vec<Bits>,
    /// By server: its steps, and the arrivals of its messages, that the server before it takes if the two are doubles.
    double: Vec<StepSet>,
}

impl Commuting {
    pub fn new(table: &Table, layout: &Layout) -> Self {
        let servers = 0..table.servers.len();
        let leading = |server: usize| {
            let states = 0..table.servers[server].states.len();
            states.map(|state| leading(table, layout, server, state)).collect()
        };
        let to_earlier = |server: usize| bits_of(layout, |block| block.to.index() < server);
        Self {
            leading: servers.clone().map(leading).collect(),
            to_earlier: servers.clone().map(to_earlier).collect(),
            double: servers.map(|server| double(layout, server)).collect(),
        }
    }

    /// What sleeps after something happened to a server in this state, if the state after it is new.
    pub fn asleep_after(&self, table: &Table, before: &State, server: usize, happening: Happening) -> StepSet {
        let mut asleep = match happening {
            Happening::Local(_) => StepSet::local_before(server),
            Happening::Arrival(_) => {
                StepSet::local_besides(server).with_arrivals(before.messages.and(&self.to_earlier[server]))
            }
        };
        let automaton = &table.servers[server];
        let happened = automaton.get(before.servers[server].into(), happening);
        if happened.is_some_and(|happened| makes_leader(automaton, happened)) {
            for (leading, &state) in self.leading.iter().zip(&before.servers) {
                asleep = asleep.without(&leading[usize::from(state)]);
            }
        }
        asleep
    }

    /// What need not be taken if this server and the one before it are doubles.
    pub fn steps_of_double(&self, server: usize) -> &StepSet {
        &self.double[server]
    }
}

/// Whether it leads afterwards, and something changed that is judged.
fn makes_leader(automaton: &Automaton, happened: Transition) -> bool {
    happened.judged && automaton.statuses[usize::from(happened.next)].role == Role::Leader
}

fn leading(table: &Table, layout: &Layout, server: usize, state: usize) -> StepSet {
    let automaton = &table.servers[server];
    let leads = |happening| {
        let happened = automaton.get(state, happening);
        happened.is_some_and(|happened| makes_leader(automaton, happened))
    };
    let mut steps = StepSet::EMPTY;
    for local in Local::all().filter(|&local| leads(Happening::Local(local))) {
        steps.insert_local(server, local);
    }
    let to_it = layout.deliveries.iter().filter(|delivery| delivery.server == server);
    for delivery in to_it.filter(|delivery| leads(delivery.arrival)) {
        steps.insert_arrival(delivery);
    }
    steps
}

fn double(layout: &Layout, server: usize) -> StepSet {
    let is = |name: usize| name == server;
    let arrivals = bits_of(layout, |block| {
        let (to, from) = (block.to.index(), block.from.map(|from| from.index()));
        // What it sends to its double stands for what its double sends to it.
        is(to) || from.is_some_and(is) && to + 1 != server
    });
    StepSet::local_of(server).with_arrivals(arrivals)
}

fn bits_of(layout: &Layout, wanted: impl Fn(&Block) -> bool) -> Bits {
    let mut bits = Bits::EMPTY;
    for block in layout.blocks.iter().filter(|block| wanted(block)) {
        (block.bit..block.bit + block.length).for_each(|bit| bits.insert(bit));
    }
    bits
}

//! Servers that differ in their names only.
//!
//! A renaming of the servers is a symmetry if it maps the whole table of what servers do onto itself. That is checked here entry
//! by entry, because an argument could overlook something: servers whose logs end differently are no symmetry, nor would be a
//! rule that depends on names. Under a symmetry, the futures of a state and of the renamed state are the same but for names, so
//! the search visits one state of each such class.

mod orbits;
mod renaming;

use self::{orbits::Orbits, renaming::Renaming};
use super::{
    State,
    commute::StepSet,
    servers::{Table, low_bits},
    state::{Bits, Layout, low},
};
use crate::{
    raft::{MAX_SERVERS, NodeId},
    safety::PackedMonitor,
    splitmix::{GOLDEN_GAMMA as GOLDEN, mix},
};

/// Servers that are renamed at most, the first ones: five have 120 orders, six 720.
const RENAMED: usize = 5;

/// All renamings under which nothing changes but names.
#[derive(Debug)]
pub struct Symmetry {
    /// The first changes nothing.
    renamings: Vec<Renaming>,
    /// By [`code`] of its names: which renaming.
    numbers: Vec<u8>,
    /// By server: the renaming that swaps it and the one before it.
    swaps: Vec<Option<RenamingNumber>>,
    /// The servers in the order of their kinds, so that servers that can take each other's names are neighbours.
    places: Vec<u8>,
    /// By server and state: a number that all renamings of this state share.
    kinds: Vec<Vec<u32>>,
    /// By server, state and other server: a number that all renamings of this state and that name share.
    relations: Vec<Vec<u32>>,
    /// By sender and receiver: the block of messages between them. Of a server to itself: those whose sender makes no difference.
    between: Vec<WordBits>,
}

/// Which of the renamings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenamingNumber(u8);

impl RenamingNumber {
    /// Nothing is renamed.
    pub const NONE: Self = Self(0);
}

/// Some bits of a word.
#[derive(Clone, Copy, Debug, Default)]
struct WordBits {
    word: usize,
    shift: usize,
    mask: u64,
}

impl WordBits {
    fn of(self, messages: &Bits) -> u64 {
        messages.0[self.word] >> self.shift & self.mask
    }
}

/// The servers in the order in which they get names: by kind, then by colour where kinds are the same. The number of the server
/// is in the lowest bits.
type Order = [u64; MAX_SERVERS];

const SERVER_BITS: u32 = MAX_SERVERS.next_power_of_two().trailing_zeros();
const COLOUR_BITS: u32 = 40;

const fn server_in(entry: u64) -> usize {
    low_bits(entry, (1 << SERVER_BITS) - 1)
}

/// Whether the two have the same kind and colour, so that either may come first.
const fn are_tied(first: &u64, second: &u64) -> bool {
    *first >> SERVER_BITS == *second >> SERVER_BITS
}

impl Symmetry {
    pub fn new(table: &Table, layout: &Layout) -> Self {
        let size = table.servers.len();
        let swaps = |first| (first + 1..size.min(RENAMED)).map(move |second| swapped(size, first, second));
        let candidates = (0..size.min(RENAMED)).flat_map(swaps);
        let symmetric = candidates.filter_map(|names| Renaming::new(table, layout, names));
        let swaps: Vec<Vec<NodeId>> = symmetric
            .filter(|swap| swap.is_symmetry(table, layout))
            .map(|swap| swap.names)
            .collect();
        let renamings: Vec<Renaming> = generated(size, &swaps)
            .into_iter()
            .filter_map(|names| Renaming::new(table, layout, names))
            .collect();
        let orbits = Orbits {
            table,
            renamings: &renamings,
        };
        let kinds: Vec<Vec<u32>> = (0..size).map(|server| orbits.kinds(server)).collect();
        let mut places: Vec<u8> = (0..).take(size).collect();
        places.sort_by_key(|&server| kinds[usize::from(server)][0]);
        Self {
            numbers: numbers(&renamings),
            swaps: (0..size)
                .map(|server| swap_with_earlier(&renamings, size, server))
                .collect(),
            places,
            relations: (0..size).map(|server| orbits.relations(server)).collect(),
            kinds,
            between: between(size, layout),
            renamings,
        }
    }

    /// The state that stands for all renamings of this one, and the renaming that leads there.
    ///
    /// The servers are named in an order computed only from what no renaming changes. Where that leaves servers tied, all orders
    /// are tried, and the smallest result is taken.
    pub fn canonical(&self, monitor: &PackedMonitor, state: &State) -> (State, RenamingNumber) {
        if self.renamings.len() == 1 {
            return (*state, RenamingNumber::NONE);
        }
        let size = self.places.len();
        let mut order = self.order(state);
        let apply = |order: &[u64]| match self.renaming(order) {
            // As often as not: one server took a step, and those before were in order.
            RenamingNumber::NONE => (*state, RenamingNumber::NONE),
            number => (self.numbered(number).apply(monitor, state), number),
        };
        let mut best = apply(&order[..size]);
        while advance(&mut order[..size]) {
            let renamed = apply(&order[..size]);
            if rank(&renamed.0) < rank(&best.0) {
                best = renamed;
            }
        }
        best
    }

    fn order(&self, state: &State) -> Order {
        let size = self.places.len();
        let mut order = Order::default();
        for (server, entry) in order[..size].iter_mut().enumerate() {
            let kind = self.kinds[server][usize::from(state.servers[server])];
            *entry = u64::from(kind) << (COLOUR_BITS + SERVER_BITS) | server as u64;
        }
        sort(&mut order[..size]);
        for tied in order[..size].chunk_by_mut(are_tied).filter(|tied| tied.len() > 1) {
            for entry in &mut *tied {
                let colour = self.colour(state, server_in(*entry)) >> (u64::BITS - COLOUR_BITS);
                *entry |= colour << SERVER_BITS;
            }
            sort(tied);
        }
        order
    }

    /// A hash of how a server stands to each other server, which does not depend on names. Different colours tell servers of the
    /// same kind apart; equal ones may be chance.
    fn colour(&self, state: &State, server: usize) -> u64 {
        let size = self.places.len();
        let relation = |of: usize, to: usize| self.relations[of][usize::from(state.servers[of]) * size + to];
        let mut colour = 0_u64;
        for other in 0..size {
            let relations = u64::from(relation(server, other)) << 32 | u64::from(relation(other, server));
            let sent = self.between[server * size + other].of(&state.messages);
            let received = self.between[other * size + server].of(&state.messages);
            let messages = sent.wrapping_mul(GOLDEN) ^ received.wrapping_mul(GOLDEN).rotate_left(32);
            colour = colour.wrapping_add(mix(relations ^ messages));
        }
        colour
    }

    /// The renaming that names the servers in this order.
    fn renaming(&self, order: &[u64]) -> RenamingNumber {
        let places = self.places.iter().map(|&place| usize::from(place));
        let code = code(order.iter().map(|&entry| server_in(entry)).zip(places));
        RenamingNumber(self.numbers[code])
    }

    fn numbered(&self, number: RenamingNumber) -> &Renaming {
        &self.renamings[usize::from(number.0)]
    }

    /// The same steps under other names.
    pub fn renamed_steps(&self, number: RenamingNumber, steps: &StepSet) -> StepSet {
        let renaming = self.numbered(number);
        steps.renamed(&renaming.names, renaming.renamed_messages(&steps.arrivals))
    }

    /// The servers that can swap names with the one before them without any change.
    pub fn doubles(&self, monitor: &PackedMonitor, state: &State) -> impl Iterator<Item = usize> {
        (1..self.places.len()).filter(|&server| {
            let kind = |server: usize| self.kinds[server][usize::from(state.servers[server])];
            let swap = self.swaps[server].filter(|_| kind(server - 1) == kind(server));
            swap.is_some_and(|swap| self.numbered(swap).apply(monitor, state) == *state)
        })
    }
}

/// Goes to the next order of the tied servers. After the last it answers `false` and is back at the first.
fn advance(order: &mut [u64]) -> bool {
    order.chunk_by_mut(are_tied).any(|tied| {
        let Some(falls) = tied.windows(2).rposition(|pair| pair[0] < pair[1]) else {
            tied.reverse();
            return false;
        };
        let larger = tied.iter().rposition(|&entry| entry > tied[falls]);
        tied.swap(falls, larger.unwrap_or(falls));
        tied[falls + 1..].reverse();
        true
    })
}

/// Sorts a few values.
fn sort(entries: &mut [u64]) {
    for end in 1..entries.len() {
        let mut at = end;
        while at > 0 && entries[at] < entries[at - 1] {
            entries.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// A renaming as one number: each renamed server is a digit, its new name the digit's value.
fn code(names: impl Iterator<Item = (usize, usize)>) -> usize {
    const WEIGHTS: [usize; MAX_SERVERS] = [1, 5, 25, 125, 625, 0, 0, 0, 0];
    names.map(|(server, name)| name * WEIGHTS[server]).sum()
}

fn numbers(renamings: &[Renaming]) -> Vec<u8> {
    let mut numbers = vec![0; RENAMED.pow(5)];
    for (number, renaming) in (0..).zip(renamings) {
        let names = renaming.names.iter().map(|name| name.index());
        numbers[code(names.enumerate())] = number;
    }
    numbers
}

fn between(size: usize, layout: &Layout) -> Vec<WordBits> {
    let mut between = vec![WordBits::default(); size * size];
    for block in &layout.blocks {
        let from = block.from.unwrap_or(block.to);
        between[from.index() * size + block.to.index()] = WordBits {
            word: block.bit / 64,
            shift: block.bit % 64,
            mask: low(block.length),
        };
    }
    between
}

fn rank(state: &State) -> impl Ord + use<> {
    let State { used, broken, .. } = *state;
    let counters = [used.crashes, used.duplications, used.heartbeats];
    (
        state.servers,
        state.messages.0,
        state.elections.words(),
        counters,
        broken.bits(),
    )
}

fn swap_with_earlier(renamings: &[Renaming], size: usize, server: usize) -> Option<RenamingNumber> {
    let names = swapped(size, server.checked_sub(1)?, server);
    let numbered = (0..).map(RenamingNumber).zip(renamings);
    numbered
        .filter(|(_, renaming)| renaming.names == names)
        .map(|(number, _)| number)
        .next()
}

fn swapped(size: usize, first: usize, second: usize) -> Vec<NodeId> {
    let mut names: Vec<NodeId> = NodeId::all(size).collect();
    names.swap(first, second);
    names
}

/// All renamings that come of these swaps, one after the other; the first renames nothing.
fn generated(size: usize, swaps: &[Vec<NodeId>]) -> Vec<Vec<NodeId>> {
    let mut all: Vec<Vec<NodeId>> = vec![NodeId::all(size).collect()];
    let mut at = 0;
    while at < all.len() {
        for swap in swaps {
            let names = all[at].iter().map(|name| swap[name.index()]).collect();
            if !all.contains(&names) {
                all.push(names);
            }
        }
        at += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{NodeId, State};
    use crate::{
        checker::{Bounds, Model, NetworkModel, Options, Search, Setup},
        raft::{LogPosition, Term},
    };

    fn holds(sorted: &[State], state: &State) -> bool {
        let wanted = super::rank(state);
        let found = sorted.binary_search_by(|other| super::rank(other).cmp(&wanted));
        found.is_ok_and(|at| sorted[at..].iter().chain(&sorted[..at]).any(|other| other == state))
    }

    /// All states that can be reached, sorted.
    fn reachable(model: &Model) -> Vec<State> {
        let mut seen = vec![model.initial()];
        let mut open = seen.clone();
        while !open.is_empty() {
            let mut next = Vec::new();
            for state in &open {
                model.expand(state, |_, found, _| next.push(*found));
            }
            next.sort_by_key(super::rank);
            next.dedup();
            next.retain(|state| !holds(&seen, state));
            seen.extend(&next);
            seen.sort_by_key(super::rank);
            open = next;
        }
        seen
    }

    /// How many classes of states that are renamings of each other.
    fn orbits(model: &Model) -> usize {
        let all = reachable(model);
        let is_smallest = |state: &&State| {
            model.symmetry.renamings.iter().all(|renaming| {
                let renamed = renaming.apply(&model.monitor, state);
                assert!(holds(&all, &renamed), "what is reached is reached under all names");
                super::rank(&renamed) >= super::rank(state)
            })
        };
        all.iter().filter(is_smallest).count()
    }

    fn setup(servers: u8, elections: u8, crashes: u8, network: NetworkModel) -> Setup {
        let bounds = Bounds {
            servers,
            elections,
            crashes,
            duplications: 1,
            heartbeats: 1,
            transfers: true,
        };
        Setup {
            network,
            ..Setup::paper(bounds)
        }
    }

    #[test]
    fn a_search_with_symmetry_meets_one_state_of_each_orbit() {
        let mut uneven = setup(3, 1, 1, NetworkModel::Reduced);
        uneven.logs[1].last_term = Term(1);
        let setups = [
            setup(3, 1, 1, NetworkModel::Reduced),
            setup(3, 2, 0, NetworkModel::Reduced),
            setup(2, 1, 1, NetworkModel::Sent),
            setup(2, 1, 0, NetworkModel::Counted),
            setup(4, 1, 0, NetworkModel::Reduced),
            uneven,
        ];
        for setup in setups {
            let model = Arc::new(Model::new(setup).expect("small bounds"));
            let mut search = Search::new(Arc::clone(&model), Options::default());
            search.finish();
            let unique = usize::try_from(search.progress().unique).expect("small bounds");
            assert_eq!(unique, orbits(&model), "{setup:?}");
        }
    }

    #[test]
    fn servers_with_unequal_logs_are_not_renamed() {
        let mut uneven = setup(3, 1, 0, NetworkModel::Reduced);
        uneven.logs[1] = LogPosition {
            last_term: Term(1),
            last_index: 1,
        };
        let model = Model::new(uneven).expect("small bounds");
        let names: Vec<_> = model.symmetry.renamings[1..]
            .iter()
            .map(|renaming| renaming.names.clone())
            .collect();
        assert_eq!(names, [[2, 1, 0].map(NodeId::new)]);
    }
}

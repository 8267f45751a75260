//! Servers that differ in their names only.
//!
//! A renaming of the servers is a symmetry if it maps the whole table of what servers do onto itself: that is looked up here,
//! entry by entry, not argued. It rules out servers whose logs end differently, and would rule out a rule that depends on names.
//! Then whatever follows from a state follows from the renamed one under the same renaming, so of all states that are renamings
//! of each other the search need meet one only.

use super::{
    State,
    bits::{Bits, low},
    intern::{GOLDEN, mix},
    layout::Layout,
    server::Server,
    step::Envelope,
    table::{FIXED, RESTART, Table, transfer_column},
};
use crate::{
    raft::{MAX_SERVERS, NodeId},
    safety::PackedMonitor,
};

/// Servers that are renamed at most, the first ones: five have 120 orders, six 720.
const RENAMED: usize = 5;

/// One way to rename the servers.
#[derive(Debug)]
struct Renaming {
    /// By server: its new name.
    names: Vec<NodeId>,
    /// By server and state: the number of the renamed state among those of the server with the new name.
    states: Vec<Vec<u16>>,
    shifts: Vec<Shift>,
}

/// Messages that move together: these bits of a word, turned left by so many, go into another.
#[derive(Debug)]
struct Shift {
    from: usize,
    mask: u64,
    by: u32,
    to: usize,
}

/// All renamings under which nothing changes but names.
#[derive(Debug)]
pub(super) struct Symmetry {
    /// The first changes nothing.
    renamings: Vec<Renaming>,
    /// By [`code`] of its names: which renaming.
    numbers: Vec<u8>,
    /// The servers in the order of their kinds: those that can take each other's names lie together.
    places: Vec<u8>,
    /// By server and state: a number that all renamings of this state share.
    kinds: Vec<Vec<u32>>,
    /// By server, state and other server: a number that all renamings of this state and that name share.
    relations: Vec<Vec<u32>>,
    /// By sender and receiver: the block of messages between them. Of a server to itself: those whose sender makes no difference.
    between: Vec<Field>,
}

/// Some bits of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Field {
    word: usize,
    shift: usize,
    mask: u64,
}

impl Field {
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
    super::intern::low_bits(entry, (1 << SERVER_BITS) - 1)
}

/// Whether nothing tells which of the two comes first.
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
            places,
            relations: (0..size).map(|server| orbits.relations(server)).collect(),
            kinds,
            between: between(size, layout),
            renamings,
        }
    }

    /// The state that stands for all renamings of this one.
    ///
    /// Names go to the servers in an order that depends on nothing but what is the same under all names. Where that tells too
    /// little, all orders are tried, and the smallest outcome wins.
    pub fn canonical(&self, monitor: &PackedMonitor, state: &State) -> State {
        if self.renamings.len() == 1 {
            return *state;
        }
        let size = self.places.len();
        let mut order = self.order(state);
        let mut best = self.renaming(&order[..size]).apply(monitor, state);
        while advance(&mut order[..size]) {
            let renamed = self.renaming(&order[..size]).apply(monitor, state);
            if rank(&renamed) < rank(&best) {
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

    /// A number that sums up what a server has to do with each other one, whatever their names are: different numbers tell
    /// servers of the same kind apart, equal ones say nothing.
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
    fn renaming(&self, order: &[u64]) -> &Renaming {
        let places = self.places.iter().map(|&place| usize::from(place));
        let code = code(order.iter().map(|&entry| server_in(entry)).zip(places));
        &self.renamings[usize::from(self.numbers[code])]
    }
}

/// The next order among those that are tied; `false`, and the first one, after the last.
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

/// Sorts a handful.
fn sort(entries: &mut [u64]) {
    for end in 1..entries.len() {
        let mut at = end;
        while at > 0 && entries[at] < entries[at - 1] {
            entries.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// One number for servers, those that are renamed at all, and their new names.
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

fn between(size: usize, layout: &Layout) -> Vec<Field> {
    let mut between = vec![Field::default(); size * size];
    for block in &layout.blocks {
        let from = block.from.unwrap_or(block.to);
        between[from.index() * size + block.to.index()] = Field {
            word: block.bit / 64,
            shift: block.bit % 64,
            mask: low(block.length),
        };
    }
    between
}

fn rank(state: &State) -> impl Ord + use<> {
    let State { used, broken, .. } = *state;
    let counters = [used.crashes, used.duplications, used.heartbeats, broken.bits()];
    (state.servers, state.messages.0, state.elections.words(), counters)
}

fn swapped(size: usize, first: usize, second: usize) -> Vec<NodeId> {
    let mut names: Vec<NodeId> = NodeId::all(size).collect();
    names.swap(first, second);
    names
}

/// All orders that follow from some swaps; the first is none.
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

/// What is the same under all renamings, as the smallest number among all that it can be renamed to.
struct Orbits<'a> {
    table: &'a Table,
    renamings: &'a [Renaming],
}

impl Orbits<'_> {
    /// A number for each state of each server. Those of a server that comes later are larger.
    fn number(&self, server: usize, state: usize) -> usize {
        let earlier = self.table.servers[..server].iter();
        earlier.map(|automaton| automaton.states.len()).sum::<usize>() + state
    }

    /// By state of this server.
    fn kinds(&self, server: usize) -> Vec<u32> {
        let smallest = |state: usize| {
            let renamed = self.renamings.iter().map(|renaming| {
                let name = renaming.names[server].index();
                self.number(name, renaming.states[server][state].into())
            });
            as_kind(renamed.min())
        };
        (0..self.table.servers[server].states.len()).map(smallest).collect()
    }

    /// By state of this server and by server.
    fn relations(&self, server: usize) -> Vec<u32> {
        let size = self.table.servers.len();
        let smallest = |state: usize, other: usize| {
            let renamed = self.renamings.iter().map(|renaming| {
                let name = renaming.names[server].index();
                let state = self.number(name, renaming.states[server][state].into());
                state * size + renaming.names[other].index()
            });
            as_kind(renamed.min())
        };
        (0..self.table.servers[server].states.len())
            .flat_map(|state| (0..size).map(move |other| (state, other)))
            .map(|(state, other)| smallest(state, other))
            .collect()
    }
}

/// Nine servers have fewer than 2^20 states, and nine times as many relations.
fn as_kind(smallest: Option<usize>) -> u32 {
    smallest.and_then(|kind| u32::try_from(kind).ok()).unwrap_or(u32::MAX)
}

/// Moves of bits, each from a bit to a bit and so many of them, as few words at a time as possible.
fn shifts(moves: &[(usize, usize, usize)]) -> Vec<Shift> {
    let mut shifts: Vec<Shift> = Vec::new();
    for &(from, to, length) in moves {
        let mask = low(length) << (from % 64);
        let by = u32::try_from((to + 64 - from % 64) % 64).unwrap_or_default();
        let (from, to) = (from / 64, to / 64);
        match shifts
            .iter_mut()
            .find(|shift| (shift.from, shift.by, shift.to) == (from, by, to))
        {
            Some(shift) => shift.mask |= mask,
            None => shifts.push(Shift { from, mask, by, to }),
        }
    }
    shifts
}

impl Renaming {
    /// `None` if some renamed state or message does not exist.
    fn new(table: &Table, layout: &Layout, names: Vec<NodeId>) -> Option<Self> {
        let renamed_states = |server: usize| {
            let states = table.servers[server].states.iter();
            let target = &table.servers[names[server].index()];
            let renamed = |state: &Server| u16::try_from(target.number_of(&state.renamed(&names))?).ok();
            states.map(renamed).collect::<Option<Vec<u16>>>()
        };
        let states = (0..names.len()).map(renamed_states).collect::<Option<_>>()?;
        let renamed_block = |block: &super::layout::Block| {
            let (to, from) = (names[block.to.index()], block.from.map(|from| names[from.index()]));
            let target = layout
                .blocks
                .iter()
                .find(|other| (other.to, other.from) == (to, from))?;
            (target.length == block.length).then_some((block.bit, target.bit, block.length))
        };
        let moves: Vec<_> = layout.blocks.iter().map(renamed_block).collect::<Option<_>>()?;
        let shifts = shifts(&moves);
        Some(Self { names, states, shifts })
    }

    fn apply(&self, monitor: &PackedMonitor, state: &State) -> State {
        let mut renamed = *state;
        for (server, states) in self.states.iter().enumerate() {
            renamed.servers[self.names[server].index()] = states[usize::from(state.servers[server])];
        }
        renamed.messages = self.renamed_messages(&state.messages);
        if !state.elections.is_blank() {
            renamed.elections = monitor.renamed(state.elections, &self.names);
        }
        renamed
    }

    fn renamed_messages(&self, messages: &Bits) -> Bits {
        let mut renamed = Bits::EMPTY;
        for shift in &self.shifts {
            renamed.0[shift.to] |= (messages.0[shift.from] & shift.mask).rotate_left(shift.by);
        }
        renamed
    }

    /// Whether it maps what every server does, whatever happens to it, onto what the renamed server does.
    fn is_symmetry(&self, table: &Table, layout: &Layout) -> bool {
        let all = |server: usize| (0..table.servers[server].states.len()).map(move |state| (server, state));
        let initial = self.states.iter().all(|states| states[0] == 0);
        initial
            && (0..table.servers.len())
                .flat_map(all)
                .all(|(server, state)| self.keeps(table, layout, server, state))
    }

    fn keeps(&self, table: &Table, layout: &Layout, server: usize, state: usize) -> bool {
        let renamed_server = self.names[server].index();
        let renamed_state = usize::from(self.states[server][state]);
        let (here, there) = (&table.servers[server], &table.servers[renamed_server]);
        (0..here.columns()).all(|column| {
            let Some(renamed_column) = self.renamed_column(table, server, column) else {
                return false;
            };
            match (here.get(state, column), there.get(renamed_state, renamed_column)) {
                (None, None) => true,
                (Some(here), Some(there)) => {
                    let sent = layout.bits(&table.sends[usize::from(here.sends)]);
                    let renamed_sent = layout.bits(&table.sends[usize::from(there.sends)]);
                    self.states[server][usize::from(here.next)] == there.next
                        && self.renamed_messages(&sent) == renamed_sent
                }
                _ => false,
            }
        })
    }

    fn renamed_column(&self, table: &Table, server: usize, column: usize) -> Option<usize> {
        let Some(arrival) = column.checked_sub(FIXED) else {
            let transfer = column.checked_sub(RESTART + 1);
            let target = transfer.and_then(|target| self.names.get(target));
            return Some(target.map_or(column, |target| transfer_column(target.index())));
        };
        let envelope = table.messages.values()[table.servers[server].arrivals[arrival]];
        let renamed = Envelope {
            from: self.names[envelope.from.index()],
            to: self.names[envelope.to.index()],
            ..envelope
        };
        let renamed = table.messages.get(&renamed)?;
        let there = &table.servers[self.names[server].index()];
        let arrival = there.arrivals.binary_search(&renamed).ok()?;
        Some(there.column_of(arrival))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{NodeId, State};
    use crate::{
        checker::{Bounds, Model, Network, Options, Search, Setup},
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

    fn setup(servers: u8, elections: u8, crashes: u8, network: Network) -> Setup {
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
        let mut uneven = setup(3, 1, 1, Network::Reduced);
        uneven.logs[1].last_term = Term(1);
        let setups = [
            setup(3, 1, 1, Network::Reduced),
            setup(3, 2, 0, Network::Reduced),
            setup(2, 1, 1, Network::Sent),
            setup(2, 1, 0, Network::Counted),
            setup(4, 1, 0, Network::Reduced),
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
        let mut uneven = setup(3, 1, 0, Network::Reduced);
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

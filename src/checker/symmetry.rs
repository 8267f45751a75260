//! Servers that differ in their names only.
//!
//! A renaming of the servers is a symmetry if it maps the whole table of what servers do onto itself: that is looked up here,
//! entry by entry, not argued. It rules out servers whose logs end differently, and would rule out a rule that depends on names.
//! Then whatever follows from a state follows from the renamed one under the same renaming, so of all states that are renamings
//! of each other the search need meet one only.

use super::{
    State,
    bits::Bits,
    layout::Layout,
    server::Server,
    step::Envelope,
    table::{FIXED, RESTART, Table, transfer_column},
};
use crate::{
    raft::{MAX_SERVERS, NodeId},
    safety::Judge,
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
    /// Messages that move: from a bit to a bit, so many bits.
    moves: Vec<(usize, usize, usize)>,
}

/// All renamings under which nothing changes but names.
#[derive(Debug)]
pub(super) struct Symmetry {
    /// Without the one that changes nothing.
    renamings: Vec<Renaming>,
    /// By server and state: a number that all renamings of this state share.
    kinds: Vec<Vec<u16>>,
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
        let kinds = (0..size).map(|server| kinds(table, &renamings, server)).collect();
        Self { renamings, kinds }
    }

    /// The state that stands for all renamings of this one.
    pub fn canonical(&self, judge: &Judge, layout: &Layout, state: State) -> State {
        // Most renamings are ruled out by what the servers are, without a look at the messages.
        let size = self.kinds.len();
        let mut kinds = [0; MAX_SERVERS];
        for (server, kind) in kinds[..size].iter_mut().enumerate() {
            *kind = self.kinds[server][usize::from(state.servers[server])];
        }
        let mut best_key = key(&kinds[..size], |server| server);
        let mut best = state;
        for renaming in &self.renamings {
            let key = key(&kinds[..size], |server| renaming.names[server].index());
            if key > best_key {
                continue;
            }
            let renamed = renaming.apply(judge, layout, &state);
            if key < best_key || order(&renamed) < order(&best) {
                best_key = key;
                best = renamed;
            }
        }
        best
    }
}

/// The kinds of all servers, in the order of their new names.
fn key(kinds: &[u16], place: impl Fn(usize) -> usize) -> [u16; MAX_SERVERS] {
    let mut key = [0; MAX_SERVERS];
    for (server, kind) in kinds.iter().enumerate() {
        key[place(server)] = *kind;
    }
    key
}

fn order(state: &State) -> impl Ord + use<> {
    (state.servers, state.messages.0, state.ledger.words())
}

fn swapped(size: usize, first: usize, second: usize) -> Vec<NodeId> {
    let mut names: Vec<NodeId> = NodeId::all(size).collect();
    names.swap(first, second);
    names
}

/// All orders that follow from some swaps, but the first.
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
    all.remove(0);
    all
}

/// By state: the smallest pair of server and state among its renamings, as one number.
fn kinds(table: &Table, renamings: &[Renaming], server: usize) -> Vec<u16> {
    let offsets = |server: usize| -> usize { table.servers[..server].iter().map(|servers| servers.states.len()).sum() };
    let number = |server: usize, state: usize| offsets(server) + state;
    let smallest = |state: usize| {
        let renamed = renamings
            .iter()
            .map(|renaming| number(renaming.names[server].index(), renaming.states[server][state].into()));
        renamed.chain([number(server, state)]).min()
    };
    (0..table.servers[server].states.len())
        .map(|state| {
            smallest(state)
                .and_then(|kind| u16::try_from(kind).ok())
                .unwrap_or(u16::MAX)
        })
        .collect()
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
        let moves = layout.blocks.iter().map(renamed_block).collect::<Option<_>>()?;
        Some(Self { names, states, moves })
    }

    fn apply(&self, judge: &Judge, layout: &Layout, state: &State) -> State {
        let mut renamed = *state;
        for (server, states) in self.states.iter().enumerate() {
            renamed.servers[self.names[server].index()] = states[usize::from(state.servers[server])];
        }
        renamed.messages = self.renamed_messages(&state.messages);
        debug_assert!(layout.words <= renamed.messages.0.len(), "messages fit");
        if !state.ledger.is_blank() {
            renamed.ledger = judge.renamed(state.ledger, &self.names);
        }
        renamed
    }

    fn renamed_messages(&self, messages: &Bits) -> Bits {
        let mut renamed = Bits::EMPTY;
        for &(from, to, length) in &self.moves {
            renamed.0[to / 64] |= messages.field(from, length) << (to % 64);
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

//! One way to rename the servers of a cluster.

use crate::{
    checker::{
        Envelope, ServerState, State,
        servers::{Happening, Local, Table},
        state::{Bits, Block, Layout, low},
    },
    raft::NodeId,
    safety::PackedMonitor,
};

/// One way to rename the servers.
#[derive(Debug)]
pub(super) struct Renaming {
    /// By server: its new name.
    pub names: Vec<NodeId>,
    /// By server and state: the number of the renamed state among those of the server with the new name.
    pub states: Vec<Vec<u16>>,
    shifts: Vec<Shift>,
}

/// Messages that move together: the bits of `mask` in one word, rotated left by `by`, become bits of another.
#[derive(Debug)]
struct Shift {
    from: usize,
    mask: u64,
    by: u32,
    to: usize,
}

/// Turns moves of bits (from a bit, to a bit, how many) into shifts of whole words, as few as possible.
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
    pub fn new(table: &Table, layout: &Layout, names: Vec<NodeId>) -> Option<Self> {
        let renamed_states = |server: usize| {
            let states = table.servers[server].states.iter();
            let target = &table.servers[names[server].index()];
            let renamed = |state: &ServerState| u16::try_from(target.number_of(&state.renamed(&names))?).ok();
            states.map(renamed).collect::<Option<Vec<u16>>>()
        };
        let states = (0..names.len()).map(renamed_states).collect::<Option<_>>()?;
        let renamed_block = |block: &Block| {
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

    pub fn apply(&self, monitor: &PackedMonitor, state: &State) -> State {
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

    pub fn renamed_messages(&self, messages: &Bits) -> Bits {
        let mut renamed = Bits::EMPTY;
        for shift in &self.shifts {
            renamed.0[shift.to] |= (messages.0[shift.from] & shift.mask).rotate_left(shift.by);
        }
        renamed
    }

    /// Whether every server does, in every state and at everything that happens, what the renamed server does under new names.
    pub fn is_symmetry(&self, table: &Table, layout: &Layout) -> bool {
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
        here.happenings().all(|happening| {
            let Some(renamed) = self.renamed_happening(table, server, happening) else {
                return false;
            };
            match (here.get(state, happening), there.get(renamed_state, renamed)) {
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

    fn renamed_happening(&self, table: &Table, server: usize, happening: Happening) -> Option<Happening> {
        let arrival = match happening {
            Happening::Arrival(arrival) => arrival,
            // Beyond the cluster's size names stay.
            Happening::Local(Local::Transfer(to)) => {
                let to = self.names.get(to.index()).copied().unwrap_or(to);
                return Some(Happening::Local(Local::Transfer(to)));
            }
            Happening::Local(_) => return Some(happening),
        };
        let envelope = table.messages.values()[table.servers[server].arrivals[arrival]];
        let renamed = Envelope {
            from: self.names[envelope.from.index()],
            to: self.names[envelope.to.index()],
            ..envelope
        };
        let renamed = table.messages.get(&renamed)?;
        table.servers[self.names[server].index()].arrival_of(renamed)
    }
}

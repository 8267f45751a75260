//! Classes of servers' states that are renamings of each other.

use super::renaming::Renaming;
use crate::checker::servers::Table;

/// Finds the classes of states that are renamings of each other. A class has the smallest number of its members.
pub(super) struct Orbits<'a> {
    pub table: &'a Table,
    pub renamings: &'a [Renaming],
}

impl Orbits<'_> {
    /// A number for each state of each server. Those of a server that comes later are larger.
    fn number(&self, server: usize, state: usize) -> usize {
        let earlier = self.table.servers[..server].iter();
        earlier.map(|automaton| automaton.states.len()).sum::<usize>() + state
    }

    /// By state of this server.
    pub fn kinds(&self, server: usize) -> Vec<u32> {
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
    pub fn relations(&self, server: usize) -> Vec<u32> {
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

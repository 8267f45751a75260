//! Which messages have the same effect on their receivers, so that one of them can stand for all.

use crate::checker::servers::{Automaton, Happening, Table};

/// By message: the first message with the same effect on its receiver in each of its states.
pub fn representatives(table: &Table) -> Vec<usize> {
    let mut represented_by: Vec<usize> = (0..table.messages.values().len()).collect();
    // Once two replies count as one, the requests that led to them may have the same effect as well: so this is repeated.
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
            let happened = automaton.get(state, Happening::Arrival(arrival))?;
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

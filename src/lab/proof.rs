//! Can a server still win an election in a broken network? The checker answers without time, for all orders of events at once.
//!
//! It begins where the atlas cuts the links: S1 leads term 1, and all servers follow it. From there any timer may fire at any time,
//! and what is sent on a link that is up may arrive at any time, any number of times, or never. Either the search meets an election
//! that is won, or it has met all states up to some term, and none is won in any of them.

use std::sync::Arc;

use super::atlas::NetworkShape;
use crate::{
    checker::{Bounds, Milestone, Model, Options, Search, Setup, TooLarge, Verdict},
    raft::{Rules, Term},
    safety::Properties,
    sim::Links,
};

/// Whether a server can win an election once the links are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Electable {
    /// One can: the search met it after so many states.
    Yes(u64),
    /// None can, up to the term that was asked for: these are all states there are.
    Never(u64),
    /// The search gave up after so many states, and had met no election that was won.
    Unknown(u64),
}

/// Looks for an election that is won after S1 has led term 1 and the links of this network are cut, up to a term, in at most so many
/// states.
///
/// # Errors
/// If the checker can't hold states of so many servers and terms.
pub fn electable(shape: NetworkShape, rules: Rules, last: Term, most_states: u64) -> Result<Electable, TooLarge> {
    let model = Arc::new(Model::new(question(shape, rules, last))?);
    let options = Options {
        most_states,
        ..Options::default()
    };
    let mut search = Search::new(model, options);
    while search.verdict().is_none() {
        let progress = search.run(1);
        if progress.coverage.contains(Milestone::SomebodyLeads) {
            return Ok(Electable::Yes(progress.unique));
        }
    }
    let states = search.progress().unique;
    Ok(match search.verdict() {
        Some(Verdict::Exhausted) => Electable::Never(states),
        _ => Electable::Unknown(states),
    })
}

/// What the checker is asked.
fn question(shape: NetworkShape, rules: Rules, last: Term) -> Setup {
    let bounds = Bounds {
        servers: shape.size(),
        elections: u8::try_from(last.0).unwrap_or(u8::MAX),
        crashes: 0,
        duplications: 0,
        heartbeats: 0,
        transfers: false,
    };
    let links = shape.links();
    let mut setup = Setup {
        rules,
        led: true,
        // Only who wins is asked.
        watched: Properties::EMPTY,
        ..Setup::paper(bounds)
    };
    for (from, to) in Links::pairs(shape.size().into()).filter(|(from, to)| !links.is_up(*from, *to)) {
        setup.cut[from.index()].insert(to);
    }
    setup
}

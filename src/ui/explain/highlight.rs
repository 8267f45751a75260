//! What is lit on ring, log, timeline and diagram at once: the event that is asked about, and all that led to it.

use crate::ui::explain::blame::Blame;
use crate::{
    raft::{NodeId, NodeSet},
    sim::{Chain, EventId, EventKind, History, Micros},
};

/// The event that is asked about, and all that led to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Highlight {
    /// The chain of causes.
    pub chain: Chain,
    /// Its events, in order.
    pub events: Vec<EventId>,
    /// The servers that they happened at.
    pub servers: NodeSet,
    /// The links that their messages took, by sender and receiver.
    pub links: Vec<(NodeId, NodeId)>,
    /// When they happened, and where.
    pub times: Vec<(Micros, NodeId)>,
    /// What made it possible, if the event broke what must hold.
    pub blame: Option<Blame>,
}

impl Highlight {
    /// What an event lights; nothing if it is not in memory.
    #[must_use]
    pub fn of(history: &History, event: EventId) -> Self {
        let chain = Chain::of(history.trace(), event);
        let mut lit = Self {
            blame: Blame::of(history, event),
            ..Self::default()
        };
        for event in chain.events() {
            if let Err(place) = lit.events.binary_search(&event.id) {
                lit.events.insert(place, event.id);
            }
            if let Some(server) = event.server {
                lit.servers.insert(server);
                lit.times.push((event.at, server));
            }
            if let (Some(from), EventKind::Sent { to, .. }) = (event.server, event.kind)
                && !lit.links.contains(&(from, to))
            {
                lit.links.push((from, to));
            }
        }
        lit.chain = chain;
        lit
    }

    /// Whether an event is among them.
    #[must_use]
    pub fn contains(&self, event: EventId) -> bool {
        self.events.binary_search(&event).is_ok()
    }
}

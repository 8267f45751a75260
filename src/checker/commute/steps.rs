//! Sets of steps.

use crate::{
    checker::{
        servers::{Happening, Local},
        state::{Bits, Delivery},
    },
    raft::NodeId,
};

/// Some of the steps that a cluster can take: arrivals of messages, and what needs no message. Leadership transfers are never in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepSet {
    /// The messages that arrive.
    pub arrivals: Bits,
    /// [`Local::NAMELESS`] bits for each server.
    local: u64,
}

impl StepSet {
    pub const EMPTY: Self = Self {
        arrivals: Bits::EMPTY,
        local: 0,
    };

    /// What can happen without a message to the servers before this one.
    pub const fn local_before(server: usize) -> Self {
        Self {
            arrivals: Bits::EMPTY,
            local: (1 << (server * Local::NAMELESS)) - 1,
        }
    }

    /// What can happen without a message to any server but this one.
    pub const fn local_besides(server: usize) -> Self {
        Self {
            arrivals: Bits::EMPTY,
            local: !local_steps_of(server),
        }
    }

    /// What can happen without a message to this server.
    pub const fn local_of(server: usize) -> Self {
        Self {
            arrivals: Bits::EMPTY,
            local: local_steps_of(server),
        }
    }

    /// With these arrivals instead of those that are in.
    pub const fn with_arrivals(self, arrivals: Bits) -> Self {
        Self { arrivals, ..self }
    }

    pub fn has_local(&self, server: usize, local: Local) -> bool {
        self.local & local_bit(server, local) != 0
    }

    pub fn insert_local(&mut self, server: usize, local: Local) {
        self.local |= local_bit(server, local);
    }

    pub const fn insert_arrival(&mut self, delivery: &Delivery) {
        self.arrivals.insert(delivery.bit);
    }

    pub fn with(&self, other: &Self) -> Self {
        Self {
            arrivals: self.arrivals.or(&other.arrivals),
            local: self.local | other.local,
        }
    }

    pub fn without(&self, other: &Self) -> Self {
        Self {
            arrivals: self.arrivals.without(&other.arrivals),
            local: self.local & !other.local,
        }
    }

    /// The same steps of a cluster whose servers have other names, as `arrivals` already have.
    pub fn renamed(&self, names: &[NodeId], arrivals: Bits) -> Self {
        let mut local = 0;
        for (server, name) in names.iter().enumerate() {
            let steps = (self.local & local_steps_of(server)) >> (server * Local::NAMELESS);
            local |= steps << (name.index() * Local::NAMELESS);
        }
        Self { arrivals, local }
    }
}

const fn local_steps_of(server: usize) -> u64 {
    ((1 << Local::NAMELESS) - 1) << (server * Local::NAMELESS)
}

/// No bit for a step that names another server.
fn local_bit(server: usize, local: Local) -> u64 {
    let column = Happening::Local(local).column();
    u64::from(column < Local::NAMELESS) << (server * Local::NAMELESS + column)
}

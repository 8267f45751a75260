//! Luck with an address: every random draw is a pure function of (seed, stream, counter).

use super::{Micros, Range};
use crate::{
    raft::{MAX_SERVERS, NodeId},
    splitmix::{GOLDEN_GAMMA, mix},
};

/// What a draw is for. Each stream has its own counter, so that what happens on one changes nothing on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// How long a server's election timer runs.
    ElectionTimer(NodeId),
    /// How long a message from the first to the second server is under way.
    Delay(NodeId, NodeId),
    /// Whether the network loses a message from the first to the second server.
    Loss(NodeId, NodeId),
    /// Whether the network delivers a message from the first to the second server twice.
    Duplication(NodeId, NodeId),
    /// How long the duplicate is under way.
    DuplicateDelay(NodeId, NodeId),
    /// Whether the network holds a message from the first to the second server back.
    Reordering(NodeId, NodeId),
    /// For how long.
    HoldBack(NodeId, NodeId),
}

impl Stream {
    const fn address(self) -> u64 {
        let (kind, from, to) = match self {
            Self::ElectionTimer(server) => (0, server, server),
            Self::Delay(from, to) => (1, from, to),
            Self::Loss(from, to) => (2, from, to),
            Self::Duplication(from, to) => (3, from, to),
            Self::DuplicateDelay(from, to) => (4, from, to),
            Self::Reordering(from, to) => (5, from, to),
            Self::HoldBack(from, to) => (6, from, to),
        };
        ((kind * MAX_SERVERS + from.index()) * MAX_SERVERS + to.index()) as u64
    }
}

/// The luck of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Luck {
    seed: u64,
}

impl Luck {
    /// The luck that belongs to a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The seed.
    #[must_use]
    pub const fn seed(self) -> u64 {
        self.seed
    }

    /// The draw number `counter` of a stream: 64 even bits.
    ///
    /// It is mixed as SplitMix64 does. Its values never change: links and files carry seeds.
    #[must_use]
    pub const fn draw(self, stream: Stream, counter: u32) -> u64 {
        let seed = mix(self.seed.wrapping_add(GOLDEN_GAMMA));
        let stream = mix(seed ^ stream.address().wrapping_mul(GOLDEN_GAMMA));
        mix(stream.wrapping_add((counter as u64).wrapping_mul(GOLDEN_GAMMA)))
    }

    /// A span from the range, both ends included, all equally likely (to one part in 2^64 / width).
    #[must_use]
    pub const fn span(self, stream: Stream, counter: u32, range: Range) -> Micros {
        let width = range.max.0 - range.min.0 + 1;
        Micros(range.min.0 + scale(self.draw(stream, counter), width))
    }

    /// True in so many of a thousand draws.
    #[must_use]
    pub const fn chance(self, stream: Stream, counter: u32, permille: u16) -> bool {
        scale(self.draw(stream, counter), 1000) < permille as u64
    }
}

/// Maps 64 even bits onto 0 to `width - 1`.
const fn scale(bits: u64, width: u64) -> u64 {
    ((bits as u128 * width as u128) >> 64) as u64
}

//! A cluster at one instant, in a few words.

mod bits;
mod layout;

pub use bits::{Bits, low};
pub use layout::{Block, Delivery, Layout};

use crate::{
    raft::MAX_SERVERS,
    safety::{PackedElections, Properties},
    splitmix::{GOLDEN_GAMMA as GOLDEN, mix},
};

/// A cluster at one instant: what its servers are, what is in flight, how much of the bounds is used up, and as much of the past
/// as is needed to judge the future. Only the [`Model`](super::Model) that made it can read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// By server: the number of its state in the table.
    pub(in crate::checker) servers: [u16; MAX_SERVERS],
    pub(in crate::checker) used: Used,
    /// What the last step broke; nothing happens afterwards.
    pub(in crate::checker) broken: Properties,
    pub(in crate::checker) elections: PackedElections,
    pub(in crate::checker) messages: Bits,
}

/// How much of the bounds is used up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(in crate::checker) struct Used {
    pub crashes: u8,
    pub duplications: u8,
    pub heartbeats: u8,
}

impl State {
    /// 64 bits that stand for the state. `words` is how many words of messages are in use.
    pub(in crate::checker) fn fingerprint(&self, words: usize) -> u64 {
        let of = |at: usize| u64::from(self.servers[at]);
        let four = |at: usize| of(at) | of(at + 1) << 16 | of(at + 2) << 32 | of(at + 3) << 48;
        let Used {
            crashes,
            duplications,
            heartbeats,
        } = self.used;
        let used = u64::from(crashes) | u64::from(duplications) << 8 | u64::from(heartbeats) << 16;
        let broken = u64::from(self.broken.bits()) << 24;
        let [votes, leaders] = self.elections.words();
        let mut place = 0_u64;
        let mut sum = 0_u64;
        let mut add = |word: u64| {
            place = place.wrapping_add(GOLDEN);
            sum = sum.wrapping_add(mix(word ^ place));
        };
        add(four(0));
        add(used | broken | of(8) << 32);
        add(votes);
        add(leaders);
        self.messages.0[..words].iter().copied().for_each(&mut add);
        add(four(4));
        // 0 marks a free slot.
        mix(sum).max(1)
    }
}

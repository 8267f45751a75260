//! The states that a search has met, by fingerprint.

use crate::checker::servers::low_bits;

/// Fingerprints, each with that of the state from which it was first reached. Open addressing, at most three quarters full.
#[derive(Debug)]
pub struct Visited {
    /// Fingerprint and parent; 0 where none is.
    slots: Vec<(u64, u64)>,
    count: usize,
    /// Keeps the compiler from leaving out what [`Self::fetch`] reads.
    fetched: u64,
}

/// Recently met fingerprints; each stays until another takes its slot.
#[derive(Debug)]
pub struct Recent(Vec<u64>);

impl Recent {
    /// Few enough to fit into the processor's cache.
    const MOST: usize = 1 << 14;

    pub fn new() -> Self {
        Self(vec![0; Self::MOST])
    }

    /// Adds a fingerprint that is not 0; says whether it was there.
    pub fn replace(&mut self, fingerprint: u64) -> bool {
        let slot = &mut self.0[low_bits(fingerprint, Self::MOST - 1)];
        std::mem::replace(slot, fingerprint) == fingerprint
    }
}

impl Visited {
    pub fn new() -> Self {
        Self {
            slots: vec![(0, 0); 1024],
            count: 0,
            fetched: 0,
        }
    }

    pub const fn len(&self) -> usize {
        self.count
    }

    /// Reads the slot of a fingerprint ahead of time, so that it is in the cache when it is looked up.
    pub fn fetch(&mut self, fingerprint: u64) {
        self.fetched ^= self.slots[low_bits(fingerprint, self.slots.len() - 1)].0;
    }

    /// Adds a fingerprint that is not 0; says whether it was new.
    pub fn insert(&mut self, fingerprint: u64, parent: u64) -> bool {
        let slot = self.find(fingerprint);
        if self.slots[slot].0 != 0 {
            return false;
        }
        self.slots[slot] = (fingerprint, parent);
        self.count += 1;
        if self.count * 4 > self.slots.len() * 3 {
            self.grow();
        }
        true
    }

    /// From which state this one was first reached; 0 for the initial one.
    pub fn parent(&self, fingerprint: u64) -> Option<u64> {
        let (found, parent) = self.slots[self.find(fingerprint)];
        (found != 0).then_some(parent)
    }

    fn find(&self, fingerprint: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = low_bits(fingerprint, mask);
        while !matches!(self.slots[slot].0, found if found == 0 || found == fingerprint) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let larger = vec![(0, 0); self.slots.len() * 2];
        for entry in std::mem::replace(&mut self.slots, larger) {
            if entry.0 != 0 {
                let slot = self.find(entry.0);
                self.slots[slot] = entry;
            }
        }
    }
}

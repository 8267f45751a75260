//! Numbers for values, and the hash behind them: the same on every machine and in every run.

use std::hash::{Hash, Hasher};

use crate::splitmix::{GOLDEN_GAMMA as GOLDEN, mix};

#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(byte.into());
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = mix(self.0.wrapping_add(GOLDEN) ^ word);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Gives each different value a number, in the order in which they come.
#[derive(Clone, Debug)]
pub struct Interner<T> {
    values: Vec<T>,
    /// Numbers plus one by hash, 0 where none is; a power of two in length.
    slots: Vec<u32>,
}

impl<T: Eq + Hash> Interner<T> {
    pub fn new() -> Self {
        Self {
            values: Vec::new(),
            slots: vec![0; 64],
        }
    }

    /// The number of a value that has one.
    pub fn get(&self, value: &T) -> Option<usize> {
        self.find(value).ok()
    }

    /// The number of a value, a new one if need be.
    pub fn number(&mut self, value: T) -> usize {
        match self.find(&value) {
            Ok(number) => number,
            Err(slot) => {
                self.values.push(value);
                self.slots[slot] = u32::try_from(self.values.len()).expect("fewer than 2^32 values");
                if self.values.len() * 2 > self.slots.len() {
                    self.grow();
                }
                self.values.len() - 1
            }
        }
    }

    pub fn values(&self) -> &[T] {
        &self.values
    }

    pub fn into_values(self) -> Vec<T> {
        self.values
    }

    /// The number of the value, or the slot where it belongs.
    fn find(&self, value: &T) -> Result<usize, usize> {
        let mut hasher = Mixer::default();
        value.hash(&mut hasher);
        let mask = self.slots.len() - 1;
        let mut slot = low_bits(hasher.finish(), mask);
        loop {
            match self.slots[slot] as usize {
                0 => return Err(slot),
                number if self.values[number - 1] == *value => return Ok(number - 1),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 2];
        for (number, value) in self.values.iter().enumerate() {
            let Err(slot) = self.find(value) else { continue };
            self.slots[slot] = u32::try_from(number + 1).expect("fewer than 2^32 values");
        }
    }
}

/// Where to begin to look in a table of `mask + 1` slots.
#[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
pub const fn low_bits(hash: u64, mask: usize) -> usize {
    hash as usize & mask
}

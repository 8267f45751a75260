//! Sets of messages, as bits.

/// Words of a set.
pub const WORDS: usize = 6;

/// Bits of a set.
pub const BITS: usize = WORDS * 64;

/// A set of small numbers, or a row of small counters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Bits(pub [u64; WORDS]);

impl Bits {
    pub const EMPTY: Self = Self([0; WORDS]);
    pub const ALL: Self = Self([u64::MAX; WORDS]);

    pub const fn contains(&self, bit: usize) -> bool {
        self.0[bit / 64] >> (bit % 64) & 1 != 0
    }

    pub const fn insert(&mut self, bit: usize) {
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    pub const fn remove(&mut self, bit: usize) {
        self.0[bit / 64] &= !(1 << (bit % 64));
    }

    /// The counter of `width` bits that begins at `bit` and lies within one word.
    pub const fn field(&self, bit: usize, width: usize) -> u64 {
        self.0[bit / 64] >> (bit % 64) & low(width)
    }

    pub const fn set_field(&mut self, bit: usize, width: usize, value: u64) {
        let word = &mut self.0[bit / 64];
        *word = *word & !(low(width) << (bit % 64)) | value << (bit % 64);
    }

    pub fn is_empty(&self) -> bool {
        // Faster than to compare: no branches.
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    pub fn intersects(&self, other: &Self) -> bool {
        !self.and(other).is_empty()
    }

    pub fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    pub fn without(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    /// The smallest number that is in.
    pub fn first(&self) -> Option<usize> {
        let word = self.0.iter().position(|&word| word != 0)?;
        Some(word * 64 + self.0[word].trailing_zeros() as usize)
    }

    /// The numbers that are in, in order.
    pub fn iter(mut self) -> impl Iterator<Item = usize> {
        std::iter::from_fn(move || {
            let bit = self.first()?;
            self.remove(bit);
            Some(bit)
        })
    }
}

/// A mask: so many low bits are one.
pub const fn low(width: usize) -> u64 {
    if width == 64 { u64::MAX } else { (1 << width) - 1 }
}

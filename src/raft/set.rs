//! Small sets, as bits: one type for sets of servers, of timers, of properties and of a checker's milestones.

use std::{fmt, marker::PhantomData};

use serde::{Serialize, Serializer};

/// What a [`Set`] can hold: one of at most sixteen values, each with a bit of its own.
pub trait Member: Copy + 'static {
    /// All values, in the order in which a set hands them out.
    const ALL: &'static [Self];

    /// Which bit stands for it: below the number of values, and for each another.
    fn bit(self) -> u32;
}

/// A set of a few values, as bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Set<T> {
    bits: u16,
    members: PhantomData<T>,
}

impl<T> Set<T> {
    /// Nothing.
    pub const EMPTY: Self = Self::from_bits(0);

    pub(super) const fn from_bits(bits: u16) -> Self {
        let members = PhantomData;
        Self { bits, members }
    }
}

impl<T: Member> Set<T> {
    /// Everything.
    pub const ALL: Self = Self::from_bits(u16::MAX >> (u16::BITS as usize - T::ALL.len()));

    /// The set of this one only.
    #[must_use]
    pub fn only(member: T) -> Self {
        Self::from_bits(1 << member.bit())
    }

    /// The set as bits.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.bits
    }

    /// How many are in.
    #[must_use]
    pub const fn len(self) -> usize {
        self.bits.count_ones() as usize
    }

    /// Whether none is in.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// Adds one; says whether it was new.
    pub fn insert(&mut self, member: T) -> bool {
        let new = !self.contains(member);
        self.bits |= 1 << member.bit();
        new
    }

    /// Takes one out; says whether it was in.
    pub fn remove(&mut self, member: T) -> bool {
        let was_in = self.contains(member);
        self.bits &= !(1 << member.bit());
        was_in
    }

    /// Adds all of another set.
    pub const fn extend(&mut self, other: Self) {
        self.bits |= other.bits;
    }

    /// Whether it is in.
    #[must_use]
    pub fn contains(self, member: T) -> bool {
        self.bits & 1 << member.bit() != 0
    }

    /// Those that are in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self::from_bits(self.bits & other.bits)
    }

    /// Those that are not in the other set.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self::from_bits(self.bits & !other.bits)
    }

    /// The members, in the order of [`Member::ALL`].
    pub fn iter(self) -> impl Iterator<Item = T> + Clone {
        T::ALL.iter().copied().filter(move |member| self.contains(*member))
    }
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T: Member> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut set = Self::EMPTY;
        for member in members {
            set.insert(member);
        }
        set
    }
}

impl<T: Member + fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl<T: Member + Serialize> Serialize for Set<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

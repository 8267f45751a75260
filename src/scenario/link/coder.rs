//! An arithmetic coder: it packs bits into few bytes and learns how likely each bit is.
//!
//! The bytes are the digits of a fraction, which is known to lie between two bounds of 32 bits. Each bit divides this range in two
//! parts, as large as the bit is likely to be 1 or 0, and keeps one of them. A digit that both bounds share is final and is
//! written out. So a likely bit hardly narrows the range and costs next to nothing. The scheme is that of lpaq by Matt Mahoney;
//! here each model counts its bits as well, so that it learns from a few hundred of them.

/// How likely a bit is to be 1, as far as is known from those before.
#[derive(Clone, Copy, Debug)]
pub(super) struct BitModel {
    /// Of 65,536.
    ones: u16,
    /// Bits seen, as far as they count.
    seen: u8,
}

impl BitModel {
    pub(super) const NEW: Self = Self { ones: 1 << 15, seen: 0 };
    /// Later bits count as much as this many.
    const MOST_SEEN: u8 = 40;

    /// Of 65,536 bits, so many are expected to be 1.
    pub(super) const fn ones(self) -> u16 {
        self.ones
    }

    /// The first bits change the estimate most.
    pub(super) fn learn(&mut self, bit: bool) {
        let share = |room: u16| {
            let part = u32::from(room) * 2 / (u32::from(self.seen) * 2 + 3);
            u16::try_from(part).unwrap_or(u16::MAX)
        };
        if bit {
            self.ones += share(u16::MAX - self.ones);
        } else {
            self.ones -= share(self.ones);
        }
        self.seen = (self.seen + 1).min(Self::MOST_SEEN);
    }
}

/// Where the number can still be, both ends included.
#[derive(Clone, Copy, Debug)]
struct Interval {
    low: u32,
    high: u32,
}

impl Interval {
    const ALL: Self = Self { low: 0, high: u32::MAX };

    /// The highest number that says 1. Never the highest of all, so that both bits can be said.
    fn middle(self, ones: u16) -> u32 {
        let part = (u64::from(self.high - self.low) * u64::from(ones)) >> 16;
        self.low + u32::try_from(part).unwrap_or(0)
    }

    const fn divide(&mut self, middle: u32, bit: bool) {
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
    }

    /// The first byte, if it is decided; then it is done with.
    fn done(&mut self) -> Option<u8> {
        let [byte, ..] = self.low.to_be_bytes();
        if byte != self.high.to_be_bytes()[0] {
            return None;
        }
        self.low <<= 8;
        self.high = self.high << 8 | 255;
        Some(byte)
    }
}

/// From bits to bytes.
#[derive(Debug)]
pub(super) struct Encoder {
    bounds: Interval,
    bytes: Vec<u8>,
}

impl Encoder {
    /// After these bytes.
    pub(super) const fn new(bytes: Vec<u8>) -> Self {
        Self {
            bounds: Interval::ALL,
            bytes,
        }
    }

    pub(super) fn bit(&mut self, model: &mut BitModel, bit: bool) {
        self.bit_as(model.ones, bit);
        model.learn(bit);
    }

    /// A bit that is 1 in so many cases of 65,536.
    pub(super) fn bit_as(&mut self, ones: u16, bit: bool) {
        self.bounds.divide(self.bounds.middle(ones), bit);
        while let Some(byte) = self.bounds.done() {
            self.bytes.push(byte);
        }
    }

    /// A bit of which nothing can be expected.
    pub(super) fn even_bit(&mut self, bit: bool) {
        let mut even = BitModel::NEW;
        self.bit(&mut even, bit);
    }

    /// All bytes. Zeros that follow them would not change what they mean.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let [low, ..] = self.bounds.low.to_be_bytes();
        // The bounds' first bytes differ, so this is not above the upper one.
        if self.bounds.low > 0 {
            self.bytes.push(low + 1);
        }
        self.bytes
    }
}

/// From bytes to bits.
#[derive(Debug)]
pub(super) struct Decoder<'a> {
    bounds: Interval,
    number: u32,
    rest: &'a [u8],
    /// Bytes read beyond the end.
    beyond: usize,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let mut decoder = Self {
            bounds: Interval::ALL,
            number: 0,
            rest: bytes,
            beyond: 0,
        };
        for _ in 0..4 {
            decoder.next_byte();
        }
        decoder
    }

    fn next_byte(&mut self) {
        let byte = match self.rest.split_first() {
            Some((byte, rest)) => {
                self.rest = rest;
                *byte
            }
            None => {
                self.beyond += 1;
                0
            }
        };
        self.number = self.number << 8 | u32::from(byte);
    }

    pub(super) fn bit(&mut self, model: &mut BitModel) -> bool {
        let bit = self.bit_as(model.ones);
        model.learn(bit);
        bit
    }

    /// A bit that is 1 in so many cases of 65,536.
    pub(super) fn bit_as(&mut self, ones: u16) -> bool {
        let middle = self.bounds.middle(ones);
        let bit = self.number <= middle;
        self.bounds.divide(middle, bit);
        while self.bounds.done().is_some() {
            self.next_byte();
        }
        bit
    }

    /// A bit of which nothing can be expected.
    pub(super) fn even_bit(&mut self) -> bool {
        let mut even = BitModel::NEW;
        self.bit(&mut even)
    }

    /// Whether all bytes were needed.
    pub(super) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Whether bits were read that no encoder wrote.
    pub(super) const fn is_beyond_end(&self) -> bool {
        self.beyond > 4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits of several kinds: even, nearly always 1, nearly always 0, always the same.
    fn bits(count: u32) -> Vec<(usize, bool)> {
        let mut noise = 12345_u32;
        let mut next = || {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            noise >> 24
        };
        let kinds = [128, 250, 5, 256];
        (0..count)
            .map(|index| {
                let kind = index as usize % kinds.len();
                (kind, next() < kinds[kind])
            })
            .collect()
    }

    #[test]
    fn what_was_written_is_read_from_few_bytes() {
        for count in [0, 1, 2, 7, 100, 100_000] {
            let bits = bits(count);
            let mut models = [BitModel::NEW; 4];
            let mut encoder = Encoder::new(Vec::new());
            for &(kind, bit) in &bits {
                encoder.bit(&mut models[kind], bit);
            }
            let bytes = encoder.finish();
            let mut models = [BitModel::NEW; 4];
            let mut decoder = Decoder::new(&bytes);
            for &(kind, bit) in &bits {
                assert_eq!(decoder.bit(&mut models[kind]), bit);
            }
            assert!(decoder.is_at_end() && !decoder.is_beyond_end());
            // One bit in four is even, and most of the rest say little.
            assert!(
                bytes.len() <= 2 + bits.len() / 8 * 2 / 5,
                "{count} bits, {} bytes",
                bytes.len()
            );
        }
    }

    #[test]
    fn nothing_is_written_as_nothing() {
        assert!(Encoder::new(Vec::new()).finish().is_empty());
    }

    #[test]
    fn reading_on_beyond_the_end_is_noticed() {
        let bytes = [0x5a; 10];
        let mut decoder = Decoder::new(&bytes);
        for _ in 0..10 * 8 {
            decoder.even_bit();
            assert!(!decoder.is_beyond_end());
        }
        for _ in 0..20 {
            decoder.even_bit();
        }
        assert!(decoder.is_beyond_end());
    }
}

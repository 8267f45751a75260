//! A long text in few bytes.
//!
//! Each bit is expected by what followed, earlier in the text, the last letters: the last one, two, three, four and six, and the word
//! so far. These opinions are weighed against each other, and the weights learn which of them to trust. The scheme is that of lpaq by
//! Matt Mahoney, in whole numbers. Before the first letter the models read a primer: so a short text profits as well.

use super::{
    LinkError,
    coder::{BitModel, Decoder, Encoder},
};

/// Appends a text to what is written already. It can be read again by whoever has the same primer.
#[must_use]
pub fn pack(mut before: Vec<u8>, text: &str, primer: &str) -> Vec<u8> {
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    before.extend(length.to_le_bytes());
    let (mut expectation, mut coder) = (Expectation::after(primer), Encoder::new(before));
    for byte in text.bytes() {
        for place in (0..8).rev() {
            let bit = byte >> place & 1 == 1;
            coder.bit_as(expectation.ones(), bit);
            expectation.learn(bit);
        }
    }
    coder.finish()
}

/// The text that these bytes are, of so many bytes at most.
///
/// # Errors
/// If they are none.
pub fn unpack(bytes: &[u8], primer: &str, longest: usize) -> Result<String, LinkError> {
    let (length, packed) = bytes.split_first_chunk::<4>().ok_or(LinkError::Impossible)?;
    let length = usize::try_from(u32::from_le_bytes(*length)).ok();
    let length = length
        .filter(|length| *length <= longest)
        .ok_or(LinkError::Impossible)?;
    let (mut expectation, mut coder) = (Expectation::after(primer), Decoder::new(packed));
    let mut text = Vec::new();
    for _ in 0..length {
        let mut byte = 0;
        for _ in 0..8 {
            let bit = coder.bit_as(expectation.ones());
            expectation.learn(bit);
            byte = byte << 1 | u8::from(bit);
        }
        if coder.is_beyond_end() {
            return Err(LinkError::Impossible);
        }
        text.push(byte);
    }
    let text = String::from_utf8(text).ok().filter(|_| coder.is_at_end());
    text.ok_or(LinkError::Impossible)
}

/// How many opinions there are about a bit.
const OPINIONS: usize = 6;
/// Of so many letters each looks back; the last one looks back to where the word begins.
const ORDERS: [usize; OPINIONS - 1] = [1, 2, 3, 4, 6];
/// Models of an opinion. What shares one by chance disturbs little in a text of this size.
const SLOTS: usize = 1 << 16;
/// A weight of 1.
const ONE: i32 = 1 << 16;
/// No opinion counts for more, whatever a text does.
const HIGHEST: i32 = 16 * ONE;

/// What the next bit is expected to be.
struct Expectation {
    /// Those of one opinion after those of the other.
    models: Vec<BitModel>,
    /// How much each opinion counts, for each beginning of a letter.
    weights: Vec<[i32; OPINIONS]>,
    /// From a share of 4096 to its log odds.
    stretched: Vec<i32>,
    /// Hashes of what each opinion looks at.
    contexts: [usize; OPINIONS],
    /// The bits of this letter so far, after a leading 1.
    begun: usize,
    /// The last letters, the latest in the lowest bits.
    last: u64,
    word: usize,
    /// What each says of the next bit, and what comes of it, of 4096.
    opinions: [i32; OPINIONS],
    expected: i32,
}

impl Expectation {
    /// After this text.
    fn after(primer: &str) -> Self {
        let mut expectation = Self {
            models: vec![BitModel::NEW; SLOTS * OPINIONS],
            weights: vec![[ONE * 2 / 5; OPINIONS]; 1 << 8],
            stretched: stretched(),
            contexts: [0; OPINIONS],
            begun: 1,
            last: 0,
            word: 0,
            opinions: [0; OPINIONS],
            expected: 0,
        };
        expectation.weigh();
        for byte in primer.bytes() {
            for place in (0..8).rev() {
                expectation.learn(byte >> place & 1 == 1);
            }
        }
        expectation
    }

    /// Of 65,536 cases, in so many the next bit is 1.
    fn ones(&self) -> u16 {
        u16::try_from(self.expected * 16 + 8).unwrap_or(1 << 15)
    }

    const fn slot(&self, opinion: usize) -> usize {
        opinion * SLOTS + self.contexts[opinion].wrapping_add(self.begun.wrapping_mul(0x9e35)) % SLOTS
    }

    /// Asks all opinions about the next bit.
    fn weigh(&mut self) {
        let mut sum = 0_i64;
        for opinion in 0..OPINIONS {
            let ones = self.models[self.slot(opinion)].ones();
            let said = self.stretched[usize::from(ones >> 4)];
            self.opinions[opinion] = said;
            sum += i64::from(said) * i64::from(self.weights[self.begun][opinion]);
        }
        let sum = (sum >> 16).clamp(-2047, 2047);
        self.expected = squash(i32::try_from(sum).unwrap_or(0)).clamp(1, 4094);
    }

    /// Learns what the bit was.
    fn learn(&mut self, bit: bool) {
        let error = ((i32::from(bit) << 12) - self.expected) * 6;
        for opinion in 0..OPINIONS {
            let slot = self.slot(opinion);
            self.models[slot].learn(bit);
            let weight = &mut self.weights[self.begun][opinion];
            *weight = (*weight + ((self.opinions[opinion] * error + (1 << 13)) >> 14)).clamp(-HIGHEST, HIGHEST);
        }
        self.begun = self.begun << 1 | usize::from(bit);
        if self.begun >= 1 << 8 {
            self.letter();
        }
        self.weigh();
    }

    /// A letter is whole.
    fn letter(&mut self) {
        let byte = self.begun & 0xff;
        self.begun = 1;
        self.last = self.last << 8 | byte as u64;
        let is_in_word = u8::try_from(byte).is_ok_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        self.word = if is_in_word {
            hash(self.word, byte as u64 + 1)
        } else {
            0
        };
        for (context, order) in self.contexts.iter_mut().zip(ORDERS) {
            let seen = self.last & ((1 << (8 * order)) - 1);
            *context = hash(order, seen);
        }
        self.contexts[OPINIONS - 1] = hash(self.word, 0x77);
    }
}

/// Spreads what is looked at over the models. The same on every machine.
const fn hash(seed: usize, seen: u64) -> usize {
    let mixed = (seen.wrapping_add(seed as u64 + 1)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 33) as usize
}

/// The share of 4096 whose log odds, in units of 1/256, are these.
fn squash(odds: i32) -> i32 {
    /// At every 128th place.
    const SHARES: [i32; 33] = [
        1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901,
        3975, 4022, 4050, 4068, 4079, 4085, 4089, 4092, 4093, 4094,
    ];
    let from_least = usize::try_from(odds.clamp(-2047, 2047) + 2048).unwrap_or(0);
    let (place, beyond) = (from_least / 128, i32::try_from(from_least % 128).unwrap_or(0));
    (SHARES[place] * (128 - beyond) + SHARES[place + 1] * beyond + 64) / 128
}

/// The log odds of each share of 4096.
fn stretched() -> Vec<i32> {
    let mut all = Vec::with_capacity(1 << 12);
    for odds in -2047..=2047 {
        let share = usize::try_from(squash(odds)).unwrap_or(0);
        while all.len() <= share {
            all.push(odds);
        }
    }
    all.resize(1 << 12, 2047);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRIMER: &str = "one leader in a term";

    #[track_caller]
    fn is_read_again(text: &str) -> usize {
        let packed = pack(vec![7], text, PRIMER);
        assert_eq!(packed[0], 7);
        assert_eq!(unpack(&packed[1..], PRIMER, text.len()).as_deref(), Ok(text));
        packed.len()
    }

    #[test]
    fn what_is_packed_is_unpacked_from_fewer_bytes() {
        for text in [
            "",
            "a",
            "é",
            "\u{0}\u{10ffff}",
            "one leader in a term, one leader in a term",
        ] {
            is_read_again(text);
        }
        let prose = include_str!("../../../docs/lessons.md");
        let packed = is_read_again(prose);
        assert!(packed * 5 < prose.len() * 2, "{packed} of {}", prose.len());
        assert!(is_read_again(&"ab".repeat(20_000)) < 300);
    }

    #[test]
    fn what_is_longer_than_it_may_be_is_refused() {
        let packed = pack(Vec::new(), "one leader", PRIMER);
        assert_eq!(unpack(&packed, PRIMER, 9), Err(LinkError::Impossible));
        assert_eq!(unpack(&packed[..5], PRIMER, 100), Err(LinkError::Impossible));
        assert_eq!(unpack(&[], PRIMER, 100), Err(LinkError::Impossible));
        assert_eq!(
            unpack(&[0xff; 8], PRIMER, usize::MAX).err(),
            Some(LinkError::Impossible)
        );
        let longer = [&packed[..], &[1; 8]].concat();
        assert_eq!(unpack(&longer, PRIMER, 100), Err(LinkError::Impossible));
    }

    #[test]
    fn odds_and_shares_are_inverse() {
        let stretched = stretched();
        assert_eq!((stretched.len(), stretched[0], stretched[4095]), (4096, -2047, 2047));
        assert!(stretched.is_sorted());
        assert!((squash(stretched[1000]) - 1000).abs() < 16);
    }
}

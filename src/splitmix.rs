//! The mixing function of SplitMix64 (Steele, Lea, Flood 2014).
//!
//! By hand: every run that a link or a file holds rests on its values, and it is three lines.

/// An odd constant, 2^64 divided by the golden ratio: what the generator adds from one place to the next.
pub const GOLDEN_GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

/// The output function: every bit of the input changes every bit of the result with about even chances.
pub const fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_number_with_seed_0_is_the_published_one() {
        assert_eq!(mix(GOLDEN_GAMMA), 0xe220_a839_7b1d_cdaf);
    }
}

//! The free cluster: what a visitor sees first.

use crate::sim::Micros;

/// Servers on opening the page.
pub(super) const OPENING_SIZE: u8 = 5;

/// Luck on opening the page. S2's timer runs out first, after 152 ms, the next one only 54 ms later, so S2 leads after 165 ms:
/// four seconds of the reader's at [`PACE`]. The timers run far enough apart to be told from one another.
pub(super) const OPENING_SEED: u64 = 6;

/// 25 times slower than real time: a message (5-10 ms) takes a quarter of a second at most, an election timeout (150-300 ms)
/// four to eight seconds.
pub(super) const PACE: Micros = Micros::from_millis(40);

//! A number that stands for all events of a run.

use raft_playground::{scenario::json, sim::Event};

/// A fingerprint of a sequence of events, the same on every machine: FNV-1a over their text in the JSON trace, which is
/// documented and does not change when something in the code gets another name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Takes in one more event.
    pub fn add(&mut self, event: &Event) {
        self.add_text(&json::event(event));
    }

    /// Takes in a text.
    pub fn add_text(&mut self, text: &str) {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// The fingerprint so far.
    pub const fn value(self) -> u64 {
        self.0
    }
}

//! Whether the reader has ever crashed a server. To somebody who has not, the page says how.

use crate::{
    sim::Action,
    ui::kit::key_value::{BrowserStorage, KeyValue},
};

const CRASHED: &str = "raft-playground.crashed";

/// Whether the reader is new. The browser remembers it, where it lets us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newcomer(bool);

impl Newcomer {
    /// As the browser remembers it. In a frame of another page nobody is told how.
    #[must_use]
    pub fn load(framed: bool) -> Self {
        Self(!framed && BrowserStorage.get(CRASHED).is_none())
    }

    /// Whether the reader has never crashed a server.
    #[must_use]
    pub const fn is_new(self) -> bool {
        self.0
    }

    /// The reader has done something.
    pub fn has_done(&mut self, action: Action) {
        if self.0 && action.effect().is_crash() {
            self.0 = false;
            let _ = BrowserStorage.put(CRASHED, "yes");
        }
    }
}

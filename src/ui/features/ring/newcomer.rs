//! Whether the reader has ever crashed a server, or opened a lesson. To somebody who has not, the page says how.

use crate::{
    sim::Action,
    ui::kit::key_value::{BrowserStorage, KeyValue},
};

const CRASHED: &str = "raft-playground.crashed";
const LESSONS: &str = "raft-playground.lessons";

/// Whether the reader is new. The browser remembers it, where it lets us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Newcomer {
    crashes: bool,
    lessons: bool,
}

impl Newcomer {
    /// As the browser remembers it. In a frame of another page nobody is told how.
    #[must_use]
    pub fn load(framed: bool) -> Self {
        Self {
            crashes: !framed && is_unknown(CRASHED),
            lessons: !framed && is_unknown(LESSONS),
        }
    }

    /// Whether the reader has never crashed a server.
    #[must_use]
    pub const fn is_new(self) -> bool {
        self.crashes
    }

    /// Whether the reader has opened no lesson yet.
    #[must_use]
    pub const fn is_new_to_lessons(self) -> bool {
        self.lessons
    }

    /// The reader has opened a lesson. What is done in it is remembered with the lesson.
    pub const fn has_opened_lesson(&mut self) {
        self.lessons = false;
    }

    /// The reader has done something.
    pub fn has_done(&mut self, action: Action) {
        if self.crashes && action.effect().is_crash() {
            self.crashes = false;
            let _ = BrowserStorage.put(CRASHED, "yes");
        }
    }
}

#[inline(never)]
fn is_unknown(key: &str) -> bool {
    BrowserStorage.get(key).is_none()
}

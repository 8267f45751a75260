//! What outlives a reload: the run on screen, as a link, and the one before it.
//!
//! Nothing that the reader did is lost by opening something else. What is stored and was not stored by this page (another tab
//! wrote it, or the page was opened by a link) is put aside as the earlier run before it is written over, if the reader did
//! anything in it. Where a browser forbids storage, or has no room, the page works as well, and only forgets the run.

use crate::{
    scenario::link,
    ui::kit::key_value::{BrowserStorage, KeyValue},
};

/// The run on screen. The number is that of how it is kept, and grows when older pages could not read it any more.
const RUN: &str = "raft-playground.run.v1";
/// The run before it.
const EARLIER: &str = "raft-playground.run.v1.earlier";
/// One that could not be read, for whoever wants to look into it.
const UNREADABLE: &str = "raft-playground.run.unreadable";
/// Whether the program had a bug and stopped.
const STOPPED: &str = "raft-playground.stopped";

/// Why a run is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unkept {
    /// There is no storage, or no room in it.
    Refused,
    /// It is longer than [`RunStore::LONGEST`].
    TooLong,
}

/// Keeps the run on screen, and the one before it.
#[derive(Debug)]
pub struct RunStore<S> {
    store: S,
    /// What this page has read or written as the run on screen.
    own: Option<String>,
    /// Whether a run is worth being put aside.
    precious: fn(&str) -> bool,
}

impl<S: KeyValue> RunStore<S> {
    /// The longest run that is kept, in bytes: what a link can have.
    pub const LONGEST: usize = link::LONGEST;

    /// Reads and writes nothing yet. `precious` says whether a run is worth being put aside.
    pub const fn new(store: S, precious: fn(&str) -> bool) -> Self {
        Self {
            store,
            own: None,
            precious,
        }
    }

    /// The run that was on screen last, which is from now on this page's own.
    pub fn restore(&mut self) -> Option<String> {
        self.own = self.store.get(RUN);
        self.own.clone()
    }

    /// Keeps the run on screen.
    ///
    /// # Errors
    /// Why it is not kept; then what was kept still is.
    pub fn save(&mut self, run: &str) -> Result<(), Unkept> {
        if run.len() > Self::LONGEST {
            return Err(Unkept::TooLong);
        }
        let stored = self.store.get(RUN);
        if stored.as_deref() == Some(run) {
            self.own = stored;
            return Ok(());
        }
        if let Some(stored) = stored.filter(|stored| self.own.as_ref() != Some(stored)) {
            self.put_aside(&stored)?;
        }
        if !self.store.put(RUN, run) {
            return Err(Unkept::Refused);
        }
        self.own = Some(run.to_owned());
        Ok(())
    }

    fn put_aside(&self, run: &str) -> Result<(), Unkept> {
        if (self.precious)(run) && !self.store.put(EARLIER, run) {
            return Err(Unkept::Refused);
        }
        Ok(())
    }

    /// Another run is on screen: what is stored is not its past.
    pub fn disown(&mut self) {
        self.own = None;
    }

    /// A new visit begins. What was kept is put aside.
    pub fn start_afresh(&mut self) {
        self.own = None;
        if let Some(stored) = self.store.get(RUN)
            && self.put_aside(&stored).is_ok()
        {
            self.store.remove(RUN);
        }
    }

    /// The run that can be brought back in place of the one on screen.
    #[must_use]
    pub fn earlier(&self) -> Option<String> {
        let stored = self.store.get(RUN);
        let not_own = stored.filter(|stored| self.own.as_ref() != Some(stored) && (self.precious)(stored));
        not_own.or_else(|| self.store.get(EARLIER))
    }

    /// Brings that run back; what was stored changes places with it.
    pub fn bring_back(&mut self) -> Option<String> {
        let earlier = self.earlier()?;
        let stored = self.store.get(RUN);
        if stored.as_ref() != Some(&earlier) && self.store.put(RUN, &earlier) {
            match stored.filter(|stored| (self.precious)(stored)) {
                Some(stored) => drop(self.store.put(EARLIER, &stored)),
                None => self.store.remove(EARLIER),
            }
        }
        self.own = Some(earlier.clone());
        Some(earlier)
    }

    /// What was restored can't be read: it goes out of the way.
    pub fn set_unreadable_aside(&mut self) {
        if let Some(text) = self.own.take() {
            let _ = self.store.put(UNREADABLE, &text);
        }
        self.store.remove(RUN);
    }

    /// Whether there is a run to restore.
    pub fn holds(&self) -> bool {
        self.store.get(RUN).is_some()
    }

    /// Whether the program stopped the last time that it ran. Forgets it.
    pub fn stopped(&self) -> bool {
        let stopped = self.store.get(STOPPED).is_some();
        if stopped {
            self.store.remove(STOPPED);
        }
        stopped
    }
}

/// Whether an earlier visit has left a run, or stopped.
pub fn is_left() -> bool {
    [RUN, STOPPED].iter().any(|name| BrowserStorage.get(name).is_some())
}

/// Keeps the first run of all. Says whether it is kept.
pub fn keep_first(run: &str) -> bool {
    run.len() <= link::LONGEST && BrowserStorage.put(RUN, run)
}

/// Remembers that the program has stopped, so that it does not open at once again what stopped it. Never panics.
pub fn remember_stop() {
    let _ = BrowserStorage.put(STOPPED, "1");
}

#[cfg(test)]
mod tests;

//! What outlives a reload: the run on screen, as a link, and the one before it.
//!
//! Nothing that the reader did is lost by opening something else. What is stored and was not stored by this page (another tab
//! wrote it, or the page was opened by a link) is put aside as the earlier run before it is written over, if the reader did
//! anything in it. A browser that forbids storage, or has no room, costs nothing but that.

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

/// Remembers that the program has stopped, so that it does not open at once again what stopped it. Never panics.
pub fn remember_stop() {
    let _ = BrowserStorage.put(STOPPED, "1");
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

    use super::*;

    /// A store with room for so many bytes, seen by several pages.
    #[derive(Clone)]
    struct Board {
        texts: Rc<RefCell<BTreeMap<String, String>>>,
        room: usize,
    }

    impl Board {
        fn with_room(room: usize) -> Self {
            Self {
                texts: Rc::default(),
                room,
            }
        }

        fn new() -> Self {
            Self::with_room(1_000_000)
        }

        /// A page that takes runs with an `!` for precious.
        fn page(&self) -> RunStore<Self> {
            RunStore::new(self.clone(), |run| run.contains('!'))
        }
    }

    impl KeyValue for Board {
        fn get(&self, key: &str) -> Option<String> {
            self.texts.borrow().get(key).cloned()
        }

        fn put(&self, key: &str, text: &str) -> bool {
            let mut texts = self.texts.borrow_mut();
            let others = texts.iter().filter(|(other, _)| *other != key);
            let fits = others.map(|(_, text)| text.len()).sum::<usize>() + text.len() <= self.room;
            if fits {
                texts.insert(key.to_owned(), text.to_owned());
            }
            fits
        }

        fn remove(&self, key: &str) {
            self.texts.borrow_mut().remove(key);
        }
    }

    #[test]
    fn a_first_visit_finds_nothing() {
        let mut page = Board::new().page();
        assert_eq!((page.restore(), page.earlier(), page.bring_back()), (None, None, None));
        assert!(!page.stopped());
    }

    #[test]
    fn work_survives_a_reload() {
        let board = Board::new();
        let mut page = board.page();
        assert_eq!(page.save("one!"), Ok(()));
        assert_eq!(page.save("one more!"), Ok(()));
        let mut reloaded = board.page();
        assert_eq!(reloaded.restore().as_deref(), Some("one more!"));
        assert_eq!(reloaded.earlier(), None, "steps of the same work are no earlier runs");
    }

    #[test]
    fn looking_at_a_link_changes_nothing_and_working_on_it_puts_the_earlier_run_aside() {
        let board = Board::new();
        assert_eq!(board.page().save("mine!"), Ok(()));
        let mut visitor = board.page();
        assert_eq!(visitor.earlier().as_deref(), Some("mine!"));
        assert_eq!(board.page().restore().as_deref(), Some("mine!"), "it only looked");
        assert_eq!(visitor.save("theirs, changed!"), Ok(()));
        assert_eq!(visitor.save("theirs, changed twice!"), Ok(()));
        assert_eq!(visitor.earlier().as_deref(), Some("mine!"));
        assert_eq!(board.page().restore().as_deref(), Some("theirs, changed twice!"));
    }

    #[test]
    fn bringing_back_changes_places() {
        let board = Board::new();
        let mut page = board.page();
        assert_eq!(page.save("first!"), Ok(()));
        page.disown();
        assert_eq!(page.save("second!"), Ok(()));
        for expected in ["first!", "second!", "first!"] {
            assert_eq!(page.bring_back().as_deref(), Some(expected));
            assert_eq!(board.page().restore().as_deref(), Some(expected));
        }
    }

    #[test]
    fn bringing_back_from_a_link_that_was_only_looked_at_leaves_the_one_before_alone() {
        let board = Board::new();
        let mut page = board.page();
        assert_eq!(page.save("old!"), Ok(()));
        page.disown();
        assert_eq!(page.save("mine!"), Ok(()));
        let mut visitor = board.page();
        assert_eq!(visitor.bring_back().as_deref(), Some("mine!"));
        assert_eq!(visitor.earlier().as_deref(), Some("old!"));
    }

    #[test]
    fn a_run_in_which_nothing_was_done_does_not_displace_one_in_which_something_was() {
        let mut page = Board::new().page();
        assert_eq!(page.save("work!"), Ok(()));
        for watched in ["figure 1", "figure 2", "figure 3"] {
            page.disown();
            assert_eq!(page.save(watched), Ok(()));
        }
        assert_eq!(page.earlier().as_deref(), Some("work!"));
    }

    #[test]
    fn what_was_only_watched_is_not_what_is_brought_back() {
        let board = Board::new();
        let mut page = board.page();
        assert_eq!(page.save("work!"), Ok(()));
        page.disown();
        assert_eq!(page.save("figure 1"), Ok(()));
        let mut visitor = board.page();
        assert_eq!(visitor.bring_back().as_deref(), Some("work!"));
        assert_eq!(
            visitor.earlier(),
            None,
            "a run that was only watched has no place to be kept"
        );
    }

    #[test]
    fn two_tabs_at_work_keep_both_runs() {
        let board = Board::new();
        let (mut one, mut two) = (board.page(), board.page());
        for turn in 0..3 {
            assert_eq!(one.save(&format!("one {turn}!")), Ok(()));
            assert_eq!(two.save(&format!("two {turn}!")), Ok(()));
        }
        assert_eq!(board.page().restore().as_deref(), Some("two 2!"));
        assert_eq!(two.earlier().as_deref(), Some("one 2!"));
    }

    #[test]
    fn starting_afresh_can_be_taken_back() {
        let board = Board::new();
        let mut page = board.page();
        assert_eq!(page.save("mine!"), Ok(()));
        page.start_afresh();
        assert_eq!(board.page().restore(), None);
        assert_eq!(page.bring_back().as_deref(), Some("mine!"));
        assert_eq!(board.page().restore().as_deref(), Some("mine!"));
    }

    #[test]
    fn what_does_not_fit_is_not_kept_and_what_was_kept_still_is() {
        let board = Board::with_room(12);
        let mut page = board.page();
        assert_eq!(page.save("mine!"), Ok(()));
        assert_eq!(page.save("far too long a run!"), Err(Unkept::Refused));
        assert_eq!(board.page().restore().as_deref(), Some("mine!"));

        let mut visitor = board.page();
        assert_eq!(
            visitor.save("theirs!!"),
            Err(Unkept::Refused),
            "no room to put the earlier run aside"
        );
        assert_eq!(board.page().earlier().as_deref(), Some("mine!"));

        let huge = "!".repeat(RunStore::<Board>::LONGEST + 1);
        assert_eq!(Board::new().page().save(&huge), Err(Unkept::TooLong));
    }

    #[test]
    fn no_storage_at_all_is_only_that() {
        let mut page = Board::with_room(0).page();
        assert_eq!(page.save("mine!"), Err(Unkept::Refused));
        page.start_afresh();
        page.set_unreadable_aside();
        assert_eq!((page.restore(), page.bring_back()), (None, None));
    }

    #[test]
    fn what_can_not_be_read_goes_out_of_the_way_once() {
        let board = Board::new();
        assert!(board.put(RUN, "garbage"));
        let mut page = board.page();
        assert_eq!(page.restore().as_deref(), Some("garbage"));
        page.set_unreadable_aside();
        assert_eq!(board.page().restore(), None);
        assert_eq!(board.get(UNREADABLE).as_deref(), Some("garbage"));
        assert_eq!(page.save("new!"), Ok(()));
    }

    #[test]
    fn a_stop_is_remembered_once() {
        let board = Board::new();
        assert!(board.put(STOPPED, "1"));
        assert!(board.page().stopped());
        assert!(!board.page().stopped());
    }
}

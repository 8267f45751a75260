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

//! What the page says when the program has a bug and stops.

use std::{
    cell::{Cell, RefCell},
    panic::PanicHookInfo,
};

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::ui::{
    features::share::storage,
    kit::address::link_address,
    run::{handle::PlayerRef, player::Player},
    text::Lang,
};
use crate::{
    scenario::{Run, link},
    sim::{Action, Entry, Micros},
};

thread_local! {
    static WITNESS: RefCell<Option<Witness>> = const { RefCell::new(None) };
    static REPORTER: Cell<Option<Reporter>> = const { Cell::new(None) };
}

/// What can write a run down. It is loaded once the reader does something; before, there is nothing to write.
#[derive(Clone, Copy)]
struct Reporter {
    look: fn(),
    recipe: fn() -> Option<String>,
}

/// What can tell which run was on screen when the program stopped.
///
/// The report copies the run when there is a report to make: the player is still there and can be read. It can't be read if the
/// program stopped in the middle of a change to it. For that case alone the run is known here as it was when its branch began,
/// and each action since then is noted as it is done. Nothing is lost: all else that has happened since follows from these.
struct Witness {
    player: PlayerRef,
    /// The run when its branch began.
    begun: Run,
    /// Grows when another branch or another run is on screen.
    epoch: u64,
    /// How many entries its journal has, those of the scenario included.
    entries: usize,
    /// What the reader has done in it since.
    since: Vec<(Micros, Action)>,
}

/// What is done in the branch on screen, by scenario or reader.
fn journal(player: &Player) -> &[Entry] {
    let history = player.history();
    history.journal(history.current())
}

impl Witness {
    fn new(player: &PlayerRef) -> Self {
        let shown = player.0.borrow();
        Self {
            player: player.clone(),
            begun: shown.run(),
            epoch: shown.epoch(),
            entries: journal(&shown).len(),
            since: Vec::new(),
        }
    }

    /// Notes what the reader has done in the branch. Copies the run only where another branch or another run began.
    fn look(&mut self) {
        let shared = self.player.clone();
        let player = shared.0.borrow();
        if player.epoch() != self.epoch {
            *self = Self::new(&shared);
            return;
        }
        if self.begun.notes != player.all_notes() {
            self.begun.notes = player.all_notes().to_vec();
        }
        let journal = journal(&player);
        // Within a branch the reader only acts at its end. After that come only entries of the scenario.
        let mut done = journal.iter().filter(|entry| !entry.scripted).rev();
        let new = done.by_ref().take(journal.len() - self.entries);
        let new: Vec<_> = new.map(|entry| (entry.at, entry.action)).collect();
        self.since.extend(new.into_iter().rev());
        self.entries = journal.len();
    }

    /// The run on screen, or what is known of it while it is being changed.
    fn run(&self) -> Run {
        self.player
            .0
            .try_borrow()
            .map_or_else(|_| self.known(), |player| player.run())
    }

    /// The run up to the last action that is known of.
    fn known(&self) -> Run {
        let mut run = self.begun.clone();
        let recording = &mut run.recording;
        let mut branches = recording.branches.iter_mut();
        if let Some((branch, &(last, _))) = branches
            .find(|branch| branch.about.id == recording.current)
            .zip(self.since.last())
        {
            branch.actions.extend(&self.since);
            branch.about.end = branch.about.end.max(last);
            recording.now = last;
        }
        run
    }
}

/// A report will tell of this player's run.
pub fn watch(player: &PlayerRef) {
    WITNESS.set(Some(Witness::new(player)));
    REPORTER.set(Some(Reporter { look: note, recipe }));
}

/// The reader may have done something.
pub fn look() {
    if let Some(reporter) = REPORTER.get() {
        (reporter.look)();
    }
}

fn note() {
    WITNESS.with_borrow_mut(|witness| {
        if let Some(witness) = witness {
            witness.look();
        }
    });
}

/// From now on a panic shows the message that index.html holds ready, with what reproduces it. The next visit learns that the
/// program has stopped, unless the page is in a frame of another one.
pub fn install(framed: bool) {
    std::panic::set_hook(Box::new(move |info| {
        web_sys::console::error_1(&info.to_string().into());
        if !framed {
            storage::remember_stop();
        }
        // Nothing here may panic again, so what is missing is left out.
        let _ = show(info);
    }));
}

/// Whether the address asks the page to stop on purpose (`?panic`), for whoever wants to see what a reader would.
#[must_use]
pub fn is_asked_for() -> bool {
    let search = gloo::utils::window().location().search();
    search.is_ok_and(|search| search == "?panic")
}

fn show(info: &PanicHookInfo<'_>) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let language = document.document_element()?.get_attribute("lang").unwrap_or_default();
    let text = Lang::from_tag(&language).text();
    say(&document, "panic-title", text.stopped);
    say(&document, "panic-text", text.stopped_advice);
    say(&document, "panic-restart", text.restart);
    let area: HtmlTextAreaElement = document.get_element_by_id("panic-report")?.unchecked_into();
    let what = format!("raft-playground {}\n{info}\n", env!("CARGO_PKG_VERSION"));
    area.set_value(&what);
    let message: HtmlElement = document.get_element_by_id("panic")?.unchecked_into();
    message.set_hidden(false);
    let restart: HtmlElement = document.get_element_by_id("panic-restart")?.unchecked_into();
    restart.focus().ok()?;
    // Last, because this does most and may fail; then the report has at least what was written above.
    let reporter = REPORTER.try_with(Cell::get).ok()??;
    area.set_value(&format!("{what}\n{}", (reporter.recipe)()?));
    Some(())
}

/// What makes the run on screen again.
fn recipe() -> Option<String> {
    let run = WITNESS.try_with(|witness| Some(witness.try_borrow().ok()?.as_ref()?.run()));
    let run = run.ok()??;
    let (scenario, seed) = (run.id.slug(), run.recording.seed);
    let address = link_address(&link::encode(&run));
    Some(format!("scenario {scenario}, seed {seed}\n{address}"))
}

fn say(document: &web_sys::Document, id: &str, text: &str) {
    if let Some(element) = document.get_element_by_id(id) {
        element.set_text_content(Some(text));
    }
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use super::*;
    use crate::raft::NodeId;

    fn crash(player: &PlayerRef, number: usize) {
        let server = NodeId::from_number(number).unwrap();
        player.0.borrow_mut().act(Action::kill(server)).unwrap();
    }

    fn actions(run: &Run) -> usize {
        run.recording.branches.iter().map(|branch| branch.actions.len()).sum()
    }

    #[test]
    fn a_report_tells_of_the_run_as_it_is_now() {
        let player = PlayerRef(Rc::new(RefCell::new(Player::default())));
        let witness = Witness::new(&player);
        player.0.borrow_mut().seek(Micros::from_millis(400));
        crash(&player, 1);
        assert_eq!(witness.run(), player.0.borrow().run());
    }

    #[test]
    fn in_the_middle_of_a_change_it_tells_of_all_that_the_reader_had_done() {
        let player = PlayerRef(Rc::new(RefCell::new(Player::default())));
        let mut witness = Witness::new(&player);
        player.0.borrow_mut().seek(Micros::from_millis(400));
        crash(&player, 1);
        witness.look();
        // In the past, which opens a branch.
        player.0.borrow_mut().seek(Micros::from_millis(200));
        crash(&player, 2);
        witness.look();
        let begun = witness.begun.clone();
        // At its end, twice at one instant and once later.
        player.0.borrow_mut().seek(Micros::from_millis(300));
        crash(&player, 3);
        crash(&player, 4);
        witness.look();
        player.0.borrow_mut().seek(Micros::from_millis(500));
        crash(&player, 5);
        witness.look();
        let done = player.0.borrow().run();
        player.0.borrow_mut().seek(Micros::from_millis(900));
        let _in_the_middle = player.0.borrow_mut();
        assert_eq!(
            witness.begun, begun,
            "what was done in the branch is noted, not copied with all the rest"
        );
        assert_eq!((actions(&witness.run()), witness.since.len()), (5, 3));
        assert_eq!(witness.run(), done);
    }
}

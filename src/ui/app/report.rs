//! What the page says when the program has a bug and stops.

use std::{cell::RefCell, panic::PanicHookInfo};

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::scenario::{Run, link};
use crate::ui::{
    features::share::{link_address, storage},
    run::{handle::PlayerRef, player::Player},
    text::Lang,
};

thread_local! {
    static WITNESS: RefCell<Option<Witness>> = const { RefCell::new(None) };
}

/// What can tell which run was on screen when the program stopped.
///
/// The run is copied for the report when there is one to make, not before: the player is still there and can be read. It can't
/// be if the program stopped in the middle of a change to it. For that case alone there is a copy from when the reader last
/// did something in the run; it lacks nothing, because what has happened since follows from it by itself.
struct Witness {
    player: PlayerRef,
    last_known: Run,
    deeds: Deeds,
}

/// What grows when the reader does something in the run, goes to another branch, or opens another run.
type Deeds = (u64, usize);

fn deeds(player: &Player) -> Deeds {
    let history = player.history();
    (player.epoch(), history.journal(history.current()).len())
}

impl Witness {
    fn new(player: PlayerRef) -> Self {
        let (last_known, deeds) = {
            let player = player.0.borrow();
            (player.run(), deeds(&player))
        };
        Self {
            player,
            last_known,
            deeds,
        }
    }

    /// Copies the run if the reader has done something since it was copied.
    fn look(&mut self) {
        let player = self.player.0.borrow();
        if self.deeds != deeds(&player) {
            self.deeds = deeds(&player);
            self.last_known = player.run();
        }
    }

    /// The run on screen, or what is known of it while it is being changed.
    fn run(&self) -> Run {
        match self.player.0.try_borrow() {
            Ok(player) => player.run(),
            Err(_) => self.last_known.clone(),
        }
    }
}

/// A report will tell of this player's run.
pub fn watch(player: PlayerRef) {
    WITNESS.set(Some(Witness::new(player)));
}

/// The reader may have done something.
pub fn look() {
    WITNESS.with_borrow_mut(|witness| {
        if let Some(witness) = witness {
            witness.look();
        }
    });
}

/// From now on a panic shows the message that index.html holds ready, with what is needed to see it again. The next visit will
/// know of it, unless the page is in a frame of another one.
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
    // Last, because it is the most that is done here: should it fail, what stands there by now stays.
    area.set_value(&format!("{what}\n{}", recipe()?));
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
    use crate::{
        raft::NodeId,
        sim::{Action, Micros},
    };

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
        let witness = Witness::new(player.clone());
        player.0.borrow_mut().seek(Micros::from_millis(400));
        crash(&player, 1);
        assert_eq!(witness.run(), player.0.borrow().run());
    }

    #[test]
    fn in_the_middle_of_a_change_it_tells_of_all_that_the_reader_had_done() {
        let player = PlayerRef(Rc::new(RefCell::new(Player::default())));
        let mut witness = Witness::new(player.clone());
        player.0.borrow_mut().seek(Micros::from_millis(400));
        crash(&player, 1);
        witness.look();
        // In the past, which opens a branch.
        player.0.borrow_mut().seek(Micros::from_millis(200));
        crash(&player, 2);
        witness.look();
        player.0.borrow_mut().seek(Micros::from_millis(900));
        let done = player.0.borrow().run();
        let _in_the_middle = player.0.borrow_mut();
        let told = witness.run();
        assert_eq!((actions(&told), actions(&done)), (2, 2));
        assert_eq!(told.recording.current, done.recording.current);
    }
}

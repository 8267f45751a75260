//! Sharing a run, opening one, and keeping the one on screen over a reload.
//!
//! A link just opened and only watched reloads to itself: its fragment stays in the address, and nothing is stored. With the
//! first change the run becomes the reader's own work: it is stored, and the fragment goes, so that a reload brings back the
//! work and not the link. A page in a frame of another page stores nothing.

mod banner;
mod dialog;
mod export;
mod frame;
mod full;
mod opening;
pub mod storage;
mod text;

use gloo::{
    events::{EventListener, EventListenerOptions},
    timers::callback::Timeout,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DragEvent, File, History};
use yew::Callback;

pub use self::{
    banner::Banner,
    dialog::{LessonLink, ShareDialog},
    export::Export,
    frame::Frame,
    full::full_link,
    opening::{Trouble, experiment_of, lesson_of},
};
use crate::lab::link::is_experiment;
use crate::lesson::link::is_lesson;
use crate::scenario::{
    Run, Scenario, ScenarioId, file,
    link::{self, LinkError},
};
use crate::sim::Micros;
use crate::ui::{
    features::share::storage::RunStore,
    kit::{address::location, files, key_value::BrowserStorage},
    run::{handle::PlayerRef, player::Player},
};

/// Something to say that stays until it is dismissed or out of date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BannerMessage {
    /// Something could not be done.
    Trouble(Trouble),
    /// The last run was restored.
    Restored,
    /// A link was opened, and the reader has a run of their own.
    Linked,
    /// A file of this name was opened, and so many others were not.
    Opened(String, u32),
    /// A new run was begun, and there is an earlier one.
    Afresh,
    /// What was to be opened stopped the program the last time.
    Stopped,
}

/// What happens to sharing, opening and keeping.
pub enum ShareMsg {
    /// The dialogue opens or closes.
    Dialog(bool),
    /// The fragment of the address has changed.
    Address,
    /// A file was chosen or dropped, with so many others.
    Picked(File, u32),
    /// A file was read, with so many others beside it; `None` if it could not be.
    Read(String, u32, Option<Vec<u8>>),
    /// A file is being dragged over the page, or is not any more.
    Dragged(bool),
    /// The run on screen is to be kept.
    Keep,
    /// A new run, in place of the one that was restored.
    Afresh,
    /// The earlier run, in place of the one on screen.
    BringBack,
    /// What was not opened by itself is to be opened.
    OpenAgain,
    /// A message is not wanted any more.
    Dismiss(usize),
    /// The run is to be presented to a class.
    Present,
}

/// How long after a change the run is kept, in ms: a burst of changes is kept once.
const KEEP_AFTER_MS: u32 = 800;

/// Opens runs, keeps the one on screen, and knows what there is to say about that.
pub struct Session {
    player: PlayerRef,
    emit: Callback<ShareMsg>,
    /// Whether the page is in a frame of another one. Then nothing is stored.
    framed: bool,
    /// Whether the first that was done on this page is stored.
    is_first_kept: bool,
    /// Whether it can open and keep: the code for that is loaded when it is wanted.
    is_settled: bool,
    store: Option<RunStore<BrowserStorage>>,
    /// What is on screen as long as the reader has changed nothing in it; nothing is stored then.
    untouched: Option<Run>,
    /// Whether it was said that the run is not kept.
    told: bool,
    /// Whether the dialogue is open.
    pub dialog: bool,
    /// Whether a file is being dragged over the page.
    pub dragged: bool,
    /// What there is to say.
    pub messages: Vec<BannerMessage>,
    /// The link of a lesson that is to be opened.
    pub lesson: Option<String>,
    /// The link of an experiment that is to be opened.
    pub experiment: Option<String>,
    /// Whether the lesson of the address is open: a reload is to bring it back, whatever is done in its run.
    pub teaches: bool,
    due: Option<Timeout>,
    _listeners: Vec<EventListener>,
}

// From the start.
impl Session {
    /// Nothing is opened or kept yet. `framed` if the page is in a frame of another one.
    #[must_use]
    pub fn new(player: PlayerRef, framed: bool, emit: Callback<ShareMsg>) -> Self {
        Self {
            _listeners: listeners(&emit),
            player,
            emit,
            framed,
            is_first_kept: false,
            is_settled: false,
            store: None,
            untouched: None,
            told: false,
            dialog: false,
            dragged: false,
            messages: Vec::new(),
            lesson: None,
            experiment: None,
            teaches: false,
            due: None,
        }
    }

    /// Something may have changed: the run will be kept in a moment.
    pub fn touched(&mut self) {
        if !self.framed && self.due.is_none() {
            let emit = self.emit.clone();
            let keep = move || emit.emit(ShareMsg::Keep);
            self.due = Some(Timeout::new(KEEP_AFTER_MS, keep));
        }
    }

    /// Time goes on: what said that a file is open and how to go on has been followed.
    pub fn goes_on(&mut self) {
        self.messages.retain(|said| !matches!(said, BannerMessage::Opened(..)));
    }

    /// Keeps the run if something was done in it, before the code for more is here: the page may be gone before that arrives. Only
    /// where nothing is stored that would have to be put aside. Says whether there is something to keep.
    pub fn keep_first(&mut self) -> bool {
        let wanted = self.due.is_some();
        if wanted && (self.is_first_kept || !is_expected(self.framed)) {
            let player = self.player.0.borrow();
            // Before the code for more is here, nothing is noted.
            let run = Run::of(player.scenario(), player.history());
            self.is_first_kept = storage::keep_first(&link::encode_plain(&run));
        }
        wanted
    }
}

/// Whether the address or the last visit has left something to open. `framed` if the page is in a frame of another one.
#[must_use]
pub fn is_expected(framed: bool) -> bool {
    has_link() || (!framed && storage::is_left())
}

/// Whether the address holds a run, which comes before all else that it asks for.
#[must_use]
pub fn has_link() -> bool {
    fragment().is_some()
}

// Opening.
impl Session {
    /// From now on runs are opened and kept. If nothing has happened on the page yet, `opens` what the address or the last visit
    /// left, in place of the start of a first visit.
    pub fn settle(&mut self, opens: bool) {
        if self.is_settled {
            return;
        }
        self.is_settled = true;
        self.untouched = Some(opening::essence(Player::default().run()));
        let precious = |run: &str| link::decode(run).is_ok_and(|run| opening::has_work(&run));
        self.store = (!self.framed).then(|| RunStore::new(BrowserStorage, precious));
        if let Some(store) = self.store.as_mut().filter(|_| self.is_first_kept) {
            // It is this page's own.
            store.restore();
        }
        let stopped = self.store.as_ref().is_some_and(RunStore::stopped);
        let holds = self.store.as_ref().is_some_and(RunStore::holds);
        if opens && stopped && (fragment().is_some() || holds) {
            self.say(BannerMessage::Stopped);
        } else if opens {
            self.open_what_is_there();
        }
        self.list_earlier();
    }

    /// The run that was kept over the end of an earlier visit stands in the list of earlier runs, with those of this visit.
    fn list_earlier(&self) {
        let earlier = self.store.as_ref().and_then(RunStore::earlier);
        if let Some(run) = earlier.and_then(|stored| opening::from_link(&stored).ok()) {
            self.player.0.borrow_mut().list_earlier(run);
        }
    }

    fn open_what_is_there(&mut self) {
        let linked = fragment().is_some_and(|fragment| self.open_link(&fragment));
        if !linked {
            self.restore();
        }
    }

    /// Opens a link's run. Says whether it could. A lesson opens once the code for it is here, in place of what is on screen then.
    fn open_link(&mut self, fragment: &str) -> bool {
        self.store();
        let link = opening::without_context(fragment);
        let is_lesson = is_lesson(link);
        if is_lesson || is_experiment(link) {
            self.hush();
            let opens = if is_lesson {
                &mut self.lesson
            } else {
                &mut self.experiment
            };
            *opens = Some(link.to_owned());
            if let Some(store) = &mut self.store {
                store.disown();
            }
            return true;
        }
        let opened = opening::from_link(fragment).and_then(|run| self.show(&run));
        match opened {
            Ok(()) => {
                self.hush();
                self.untouched = Some(opening::essence(self.player.0.borrow().run()));
                if let Some(store) = &mut self.store {
                    store.disown();
                }
                if self.can_bring_back() {
                    self.say(BannerMessage::Linked);
                }
                true
            }
            Err(trouble) => self.fail(trouble),
        }
    }

    fn open_file(&mut self, name: &str, others: u32, bytes: Option<Vec<u8>>) -> bool {
        self.keep();
        let name = shortened(name);
        let read = match bytes {
            Some(bytes) => opening::from_file(name.clone(), bytes),
            None => Err(Trouble::Unread { name: name.clone() }),
        };
        let played = self.player.0.borrow().playing();
        match read.and_then(|run| self.show(&run)) {
            Ok(()) => {
                // Of a run that nobody has played yet there is nothing to see at its start: like a scenario, it goes on playing.
                let mut player = self.player.0.borrow_mut();
                if player.history().end() == Micros::ZERO {
                    player.set_playing(played);
                }
                drop(player);
                self.hush();
                self.take_over();
                self.say(BannerMessage::Opened(name, others));
                true
            }
            Err(trouble) => self.fail(trouble),
        }
    }

    fn restore(&mut self) {
        let Some(stored) = self.store.as_mut().and_then(RunStore::restore) else {
            return;
        };
        if opening::from_link(&stored).and_then(|run| self.show(&run)).is_ok() {
            self.untouched = None;
            self.say(BannerMessage::Restored);
        } else {
            if let Some(store) = &mut self.store {
                store.set_unreadable_aside();
            }
            self.say(BannerMessage::Trouble(Trouble::Stored));
        }
    }

    fn start_afresh(&mut self) {
        self.keep();
        if let Some(store) = &mut self.store {
            store.start_afresh();
        }
        self.player.0.borrow_mut().open(Scenario::new(ScenarioId::Free));
        self.untouched = Some(opening::essence(self.player.0.borrow().run()));
        forget_fragment();
        self.hush();
        if self.can_bring_back() {
            self.say(BannerMessage::Afresh);
        }
    }

    fn bring_back(&mut self) -> bool {
        self.keep();
        let Some(earlier) = self.store.as_mut().and_then(RunStore::bring_back) else {
            return false;
        };
        match opening::from_link(&earlier).and_then(|run| self.show(&run)) {
            Ok(()) => {
                // A step in the browser's history: its back button returns to the link.
                leave_fragment();
                self.untouched = None;
                self.hush();
                true
            }
            Err(trouble) => self.fail(trouble),
        }
    }

    /// Shows a run, or leaves what is on screen.
    fn show(&mut self, run: &Run) -> Result<(), Trouble> {
        self.dialog = false;
        let shown = self.player.0.borrow_mut().open_run(run);
        shown.map_err(|_| Trouble::Impossible)
    }

    /// What is on screen is the reader's own work from now on, and not what is stored.
    fn take_over(&mut self) {
        self.untouched = None;
        if let Some(store) = &mut self.store {
            store.disown();
        }
        self.keep();
    }

    /// The lesson of a file can't be read.
    pub fn fail_lesson(&mut self, name: &str, why: String) {
        let name = shortened(name);
        self.fail(Trouble::Lesson { name, why });
    }

    /// The lesson of a link can't be opened.
    pub fn fail_lesson_link(&mut self, why: LinkError) {
        self.fail(Trouble::LessonLink(why));
    }

    /// A lesson is open, of the page, of a file or of a link: what was said about others is out of date.
    pub fn opened_lesson(&mut self, from_link: bool) {
        self.hush();
        self.teaches = from_link;
        if !from_link {
            forget_fragment();
        }
    }

    /// An experiment can't be opened.
    pub fn fail_experiment(&mut self, why: String) {
        self.fail(Trouble::Experiment(why));
    }

    /// An experiment is opened: what was said about others is out of date.
    pub fn opened_experiment(&mut self, from_file: bool) {
        self.dialog = false;
        self.hush();
        if from_file {
            forget_fragment();
        }
    }

    fn fail(&mut self, trouble: Trouble) -> bool {
        self.dialog = false;
        self.say(BannerMessage::Trouble(trouble));
        false
    }

    /// Says it in place of what was said of the same kind. That the run is not kept stays true.
    fn say(&mut self, message: BannerMessage) {
        let is_trouble = |message: &BannerMessage| matches!(message, BannerMessage::Trouble(_));
        self.messages.retain(|said| {
            matches!(said, BannerMessage::Trouble(Trouble::Unkept(_))) || is_trouble(said) != is_trouble(&message)
        });
        self.messages.push(message);
    }

    /// Another run is on screen as it was asked for: what was said about others is out of date.
    fn hush(&mut self) {
        self.messages
            .retain(|said| matches!(said, BannerMessage::Trouble(Trouble::Unkept(_))));
    }
}

// Keeping.
impl Session {
    /// Another run is about to take the place of the one on screen. Says whether that one can be brought back.
    pub fn make_room(&mut self) -> bool {
        self.keep();
        self.hush();
        let work = opening::has_work(&self.player.0.borrow().run());
        if let Some(store) = &mut self.store {
            store.disown();
        }
        let own = self.untouched.is_none();
        own && work && !self.told && self.can_bring_back()
    }

    /// Whether there is an earlier run.
    fn can_bring_back(&self) -> bool {
        self.store.as_ref().is_some_and(|store| store.earlier().is_some())
    }

    /// Keeps the run on screen if it is the reader's own work. The address is then not that of what is on screen.
    fn keep(&mut self) {
        self.due = None;
        if self.store() && !self.teaches {
            forget_fragment();
        }
    }

    /// Says whether the run on screen is the reader's own work and is stored now.
    fn store(&mut self) -> bool {
        let Some(store) = &mut self.store else { return false };
        let run = self.player.0.borrow().run();
        if let Some(untouched) = &self.untouched
            && *untouched == opening::essence(run.clone())
        {
            return false;
        }
        self.untouched = None;
        let stored = store.save(&link::encode(&run));
        if let Err(why) = stored
            && !self.told
        {
            self.told = true;
            self.say(BannerMessage::Trouble(Trouble::Unkept(why)));
        }
        stored.is_ok()
    }
}

impl Session {
    /// Handles a message. Says whether another run is on screen.
    pub fn handle(&mut self, message: ShareMsg) -> bool {
        match message {
            ShareMsg::Dialog(open) => {
                self.dialog = open;
                if open {
                    // What is shared is the instant that is seen.
                    self.player.0.borrow_mut().set_playing(false);
                }
            }
            ShareMsg::Dragged(dragged) => self.dragged = dragged,
            ShareMsg::Keep => self.keep(),
            ShareMsg::Dismiss(index) => {
                if index < self.messages.len() {
                    self.messages.remove(index);
                }
            }
            // The page does it.
            ShareMsg::Present => {}
            ShareMsg::Picked(picked, others) => self.read(&picked, others),
            ShareMsg::Read(name, others, bytes) => return self.open_file(&name, others, bytes),
            ShareMsg::Address => return fragment().is_some_and(|fragment| self.open_link(&fragment)),
            ShareMsg::BringBack => return self.bring_back(),
            ShareMsg::Afresh => {
                self.start_afresh();
                return true;
            }
            ShareMsg::OpenAgain => {
                self.hush();
                self.open_what_is_there();
                return true;
            }
        }
        false
    }

    fn read(&mut self, picked: &File, others: u32) {
        self.dragged = false;
        self.dialog = false;
        let name = picked.name();
        if picked.size() > file::LONGEST as f64 {
            let name = shortened(&name);
            return self.say(BannerMessage::Trouble(Trouble::TooBig { name }));
        }
        let emit = self.emit.clone();
        let done = Callback::from(move |bytes| emit.emit(ShareMsg::Read(name.clone(), others, bytes)));
        files::read(picked, done);
    }
}

/// The start of a name, as much as fits into a sentence.
fn shortened(name: &str) -> String {
    const LONGEST: usize = 60;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

fn listeners(emit: &Callback<ShareMsg>) -> Vec<EventListener> {
    let window = gloo::utils::window();
    let on = |target: &web_sys::EventTarget, event: &'static str, message: fn() -> ShareMsg| {
        let emit = emit.clone();
        EventListener::new(target, event, move |_| emit.emit(message()))
    };
    let drag = |event: &'static str, handle: fn(&DragEvent) -> Option<ShareMsg>| {
        let emit = emit.clone();
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(&window, event, options, move |event| {
            if let Some(message) = handle(event.unchecked_ref()) {
                emit.emit(message);
            }
        })
    };
    vec![
        on(&window, "hashchange", || ShareMsg::Address),
        // The last event that a page gets: before a reload, and before a phone discards it.
        on(&window, "pagehide", || ShareMsg::Keep),
        on(&gloo::utils::document(), "visibilitychange", || ShareMsg::Keep),
        drag("dragover", dragged_over),
        drag("dragleave", |event| {
            let left_the_page = event.related_target().is_none();
            left_the_page.then_some(ShareMsg::Dragged(false))
        }),
        drag("drop", dropped),
    ]
}

/// A file over the page may be dropped. Hearing of it again and again would draw the page each time.
fn dragged_over(event: &DragEvent) -> Option<ShareMsg> {
    if !files::are_dragged(event) {
        return None;
    }
    event.prevent_default();
    let hint_is_there = gloo::utils::document().get_element_by_id(DROP_HINT).is_some();
    (!hint_is_there).then_some(ShareMsg::Dragged(true))
}

/// The hint's id in the document.
pub const DROP_HINT: &str = "drop-hint";

fn dropped(event: &DragEvent) -> Option<ShareMsg> {
    if !files::are_dragged(event) {
        return None;
    }
    event.prevent_default();
    let files = event.data_transfer().and_then(|data| data.files());
    let first = files.and_then(|files| Some(ShareMsg::Picked(files.get(0)?, files.length() - 1)));
    Some(first.unwrap_or(ShareMsg::Dragged(false)))
}

/// The part of the address after `#`, if it is no place on this page.
fn fragment() -> Option<String> {
    let hash = location().hash().unwrap_or_default();
    let fragment = hash.strip_prefix('#').unwrap_or(&hash);
    let is_place = gloo::utils::document().get_element_by_id(fragment).is_some();
    // Browsers write what no address may have, a blank for one, in numbers.
    let plain = || js_sys::decode_uri_component(fragment).map_or_else(|_| fragment.to_owned(), String::from);
    (!fragment.is_empty() && !is_place).then(plain)
}

/// The address without the link, in place of the one with it.
fn forget_fragment() {
    move_on(|history, address| history.replace_state_with_url(&JsValue::NULL, "", Some(address)));
}

/// The address without the link, after the one with it.
fn leave_fragment() {
    move_on(|history, address| history.push_state_with_url(&JsValue::NULL, "", Some(address)));
}

fn move_on(to: impl Fn(&History, &str) -> Result<(), JsValue>) {
    if fragment().is_some()
        && let Ok(history) = gloo::utils::window().history()
    {
        let location = location();
        let address = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
        // A page without an address of its own, in some frames, can't change it; the run is kept all the same.
        let _ = to(&history, &address);
    }
}

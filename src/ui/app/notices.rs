//! What is said to the reader for a few seconds.

use gloo::timers::callback::Timeout;
use yew::{Callback, MouseEvent};

/// How long a notice is there at least, in ms, and for each of its characters: time to find it, and to read it twice.
const SHOWN_MS: u32 = 7000;
const A_CHARACTER_MS: usize = 80;

/// What there is to say: one thing at a time, the newest.
pub struct Notices {
    now: Option<Notice>,
    count: usize,
    over: Callback<()>,
}

/// Something that is said.
pub struct Notice {
    /// What.
    pub text: String,
    /// Whether it is only heard.
    pub unseen: bool,
    /// How many were there before: what is said again is another element, so that it is heard again.
    pub count: usize,
    /// What may be done about it: what that is called, and what it is.
    pub offer: Option<(&'static str, Callback<MouseEvent>)>,
    _until: Timeout,
}

impl Notices {
    /// Nothing is said yet. `over` is called when a notice has been there long enough.
    pub const fn new(over: Callback<()>) -> Self {
        Self {
            now: None,
            count: 0,
            over,
        }
    }

    /// What is said now.
    pub const fn now(&self) -> Option<&Notice> {
        self.now.as_ref()
    }

    /// Says something.
    pub fn tell(&mut self, text: String) {
        self.say(text, None);
    }

    /// Says something more about what was just said, or about nothing yet.
    pub fn tell_also(&mut self, more: &str) {
        let before = self.now.take().map(|notice| notice.text + " ").unwrap_or_default();
        self.tell(before + more);
    }

    /// Says something before what was just said, and keeps its offer.
    pub fn tell_first(&mut self, text: String) {
        let (text, offer) = match self.now.take() {
            Some(notice) => (text + " " + &notice.text, notice.offer),
            None => (text, None),
        };
        self.say(text, offer);
    }

    /// Says something, and offers to do something about it.
    pub fn offer(&mut self, text: String, offer: (&'static str, Callback<MouseEvent>)) {
        self.say(text, Some(offer));
    }

    /// Says something to screen readers only.
    pub fn whisper(&mut self, text: String) {
        self.tell(text);
        if let Some(notice) = &mut self.now {
            notice.unseen = true;
        }
    }

    fn say(&mut self, text: String, offer: Option<(&'static str, Callback<MouseEvent>)>) {
        let over = self.over.clone();
        let reading = u32::try_from(text.len() * A_CHARACTER_MS).unwrap_or(SHOWN_MS);
        self.count += 1;
        self.now = Some(Notice {
            text,
            unseen: false,
            count: self.count,
            offer,
            _until: Timeout::new(SHOWN_MS.max(reading), move || over.emit(())),
        });
    }

    /// It has been there long enough.
    pub fn clear(&mut self) {
        self.now = None;
    }
}

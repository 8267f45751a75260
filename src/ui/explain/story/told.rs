//! What a card says, before it is laid out.

use crate::sim::Micros;

/// What a card says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Its heading.
    pub title: String,
    /// What stands beside it.
    pub status: String,
    /// What happened, in order.
    pub sentences: Vec<TimedSentence>,
}

/// A sentence, and when what it tells happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimedSentence {
    /// When the first of it did, and the last; nothing, if it tells how things stand.
    pub when: Option<(Micros, Micros)>,
    /// What happened.
    pub text: String,
}

impl Told {
    pub(super) fn say(&mut self, at: Micros, text: String) {
        self.say_of(at, at, text);
    }

    pub(super) fn say_of(&mut self, since: Micros, at: Micros, text: String) {
        let when = Some((since, at));
        self.sentences.push(TimedSentence { when, text });
    }

    /// Tells how things stand, which has no time of its own.
    pub(super) fn say_now(&mut self, text: String) {
        self.sentences.push(TimedSentence { when: None, text });
    }
}

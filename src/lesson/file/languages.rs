//! What is odd about the languages of a text: nobody sees what stands in one that the page does not speak.
//!
//! Such a file can be read all the same, as it always could; its author is told.

use super::LessonExpected;
use crate::lesson::{LANGUAGES, LessonChoice, LessonText, text::is_same_language};

/// The tags that were found, to speak of each unknown one once.
#[derive(Default)]
pub(super) struct TagCheck(Vec<String>);

impl TagCheck {
    /// What should stand instead of a tag that no language of the page has.
    pub(super) fn known(&mut self, tag: &str) -> Option<LessonExpected> {
        let is_known = LANGUAGES.iter().any(|known| is_same_language(known, tag));
        if is_known || self.0.iter().any(|seen| seen == tag) {
            return None;
        }
        self.0.push(tag.to_owned());
        Some(LessonExpected::KnownLanguage)
    }
}

/// Whether a text says this in another tag of the same language, so that only one of both is seen.
pub(super) fn has_other_tag(text: &LessonText, tag: &str) -> bool {
    text.all()
        .any(|(other, _)| other != tag && is_same_language(other, tag))
}

/// Whether an answer in this language is likely to be meant for the choice above, which has it already: nothing has closed that yet, or
/// it was said in several languages, and this one would begin another choice in a language alone.
pub(super) fn repeats(choice: &LessonChoice, right: bool, tag: &str) -> bool {
    let is_closed = !choice.because.is_empty();
    let is_translated = choice.text.all().count() > 1;
    choice.right == right && tag != LANGUAGES[0] && choice.text.exactly(tag).is_some() && (!is_closed || is_translated)
}

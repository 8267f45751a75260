//! What is to be predicted, in the words of lesson files.

use std::fmt::Write;

use super::{LessonExpected, LessonRead};
use crate::{
    lesson::predict::{QuizTopic, QuizWish},
    scenario::file::WordReader,
};

/// What follows `ask predict`, up to the end of the line.
pub(super) fn read_wish(words: &mut WordReader<'_>) -> LessonRead<QuizWish> {
    let word = words.next().unwrap_or_default();
    let known = QuizTopic::WORDS.iter().find(|(_, known, _)| *known == word);
    let (topic, _, preposition) = known.ok_or(LessonExpected::Prediction)?;
    let mut wish = QuizWish::from(*topic);
    if topic.has_subject() && words.names_server() {
        wish.server = Some(words.one_server()?);
    }
    if !preposition.is_empty() && words.after(preposition) {
        wish.other = Some(words.one_server()?);
    }
    words.end()?;
    Ok(wish)
}

/// What follows `ask predict`.
pub(super) fn wish_words(wish: &QuizWish) -> String {
    let known = QuizTopic::WORDS.iter().find(|(topic, ..)| *topic == wish.topic);
    let (_, word, preposition) = known.copied().unwrap_or((wish.topic, "", ""));
    let mut said = word.to_owned();
    if let Some(server) = wish.server {
        let _ = write!(said, " {server}");
    }
    if let Some(other) = wish.other {
        let _ = write!(said, " {preposition} {other}");
    }
    said
}

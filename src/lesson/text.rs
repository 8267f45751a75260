//! What a lesson says, in each language.

use crate::scenario::ScenarioId;

/// The languages that a built-in lesson speaks, as BCP 47 tags; the first is the one of lines without a tag.
pub const LANGUAGES: [&str; 2] = [ScenarioId::LANGUAGE, "pt-BR"];

/// Whether two tags name one language, be it of two countries, as `pt` and `pt-BR`.
pub(super) fn is_same_language(one: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split('-').next().map(str::to_ascii_lowercase);
    primary(one) == primary(other)
}

/// A text in some languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonText(Vec<(String, String)>);

impl LessonText {
    /// The text in the language with this tag; else in that of another country, as `pt` for `pt-BR`; else in the first one.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        let related = || self.all().find(|(tag, _)| is_same_language(tag, language));
        let first = || self.0.first().map_or("", |(_, text)| text);
        self.exactly(language)
            .or_else(|| related().map(|(_, text)| text))
            .unwrap_or_else(first)
    }

    /// The text in the language with this tag, if there is one.
    #[must_use]
    pub fn exactly(&self, language: &str) -> Option<&str> {
        let found = self.0.iter().find(|(tag, _)| tag == language);
        found.map(|(_, text)| text.as_str())
    }

    /// Whether nothing is said in any language.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The texts with the tags of their languages.
    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// Says it in a language; what is said there already goes before. Answers how long that text has become.
    pub fn add(&mut self, language: &str, text: &str) -> usize {
        if let Some((_, said)) = self.0.iter_mut().find(|(tag, _)| tag == language) {
            said.push(' ');
            said.push_str(text);
            return said.len();
        }
        self.0.push((language.to_owned(), text.to_owned()));
        text.len()
    }
}

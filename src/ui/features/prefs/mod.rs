//! What the reader chose for themselves: language, theme, shortcuts. Kept in the browser where it lets us.

use crate::ui::{
    intent::Talk,
    kit::{
        key_value::{BrowserStorage, KeyValue},
        theme::Theme,
    },
    text::Lang,
};

/// What the reader chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prefs {
    /// The page's language.
    pub lang: Lang,
    /// Light or dark.
    pub theme: Theme,
    /// Whether single keys do something (WCAG 2.1.4 asks for a way to switch them off).
    pub shortcuts: bool,
    /// Whether the log shows every line instead of the story.
    pub every_line: bool,
    /// How much a screen reader is told by itself.
    pub talk: Talk,
}

const LANG: &str = "raft-playground.lang";
const THEME: &str = "raft-playground.theme";
const SHORTCUTS: &str = "raft-playground.shortcuts";
const LOG: &str = "raft-playground.log";
const LINES: &str = "lines";
const TALK: &str = "raft-playground.talk";

impl Prefs {
    /// What was chosen earlier, else what browser and system ask for.
    #[must_use]
    pub fn load() -> Self {
        let read = |key| BrowserStorage.get(key);
        let browser = gloo::utils::window().navigator().language().unwrap_or_default();
        Self {
            lang: Lang::from_tag(&read(LANG).unwrap_or(browser)),
            theme: read(THEME).and_then(|name| Theme::from_name(&name)).unwrap_or_default(),
            shortcuts: read(SHORTCUTS).is_none_or(|value| value != "off"),
            every_line: read(LOG).is_some_and(|value| value == LINES),
            talk: Talk::from_name(&read(TALK).unwrap_or_default()),
        }
    }

    /// The same but for what the address asks for.
    #[must_use]
    pub fn as_wished(self, lang: Option<Lang>, theme: Option<Theme>) -> Self {
        Self {
            lang: lang.unwrap_or(self.lang),
            theme: theme.unwrap_or(self.theme),
            ..self
        }
    }

    /// Keeps the choice. A browser that forbids storage only forgets it.
    pub fn save(self) {
        let shortcuts = if self.shortcuts { "on" } else { "off" };
        let log = if self.every_line { LINES } else { "story" };
        for (key, value) in [
            (LANG, self.lang.tag()),
            (THEME, self.theme.name()),
            (SHORTCUTS, shortcuts),
            (LOG, log),
            (TALK, self.talk.name()),
        ] {
            let _ = BrowserStorage.put(key, value);
        }
    }

    /// Lets the document show it.
    pub fn apply(self) {
        let Some(root) = gloo::utils::document().document_element() else {
            return;
        };
        let _ = root.set_attribute("lang", self.lang.tag());
        let _ = root.set_attribute("data-theme", self.theme.name());
        let _ = root.set_attribute("data-shortcuts", if self.shortcuts { "on" } else { "off" });
        gloo::utils::document().set_title(self.lang.text().title);
    }
}

//! The words for what was done to the cluster, which are loaded once somebody does something.

use super::{Acts, Regained, told::Told};
use crate::{
    sim::{Action, Micros, Refused},
    ui::text::Lang,
};

/// What was done to the cluster, in words. Nobody has done anything when the page begins, so it begins without them.
pub struct DeedWords {
    pub(super) acts: fn(Lang, Micros, &Acts) -> Told,
    pub(super) regained: fn(Lang, Micros, Regained) -> Told,
    pub(super) action: fn(Lang, Action) -> String,
    pub(super) had_no_effect: fn(Lang, Action, Refused) -> String,
}

/// The words for what was done, once they are here.
#[derive(Clone, Copy)]
pub struct DeedsInWords(pub Option<&'static DeedWords>);

impl PartialEq for DeedsInWords {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_some() == other.0.is_some()
    }
}

impl DeedsInWords {
    /// What stands for the words before they are here.
    const TO_COME: &str = "…";

    /// What somebody did at one instant.
    pub(super) fn told(self, lang: Lang, at: Micros, acts: &Acts) -> Told {
        self.0.map_or_else(
            || Told {
                title: lang.did(lang.who_did(acts.scripted), Self::TO_COME),
                ..Told::default()
            },
            |words| (words.acts)(lang, at, acts),
        )
    }

    /// That what was done let a majority follow a leader.
    pub(super) fn regained(self, lang: Lang, at: Micros, regained: Regained) -> Told {
        self.0
            .map(|words| (words.regained)(lang, at, regained))
            .unwrap_or_default()
    }

    /// An action as a sentence without its full stop.
    #[must_use]
    pub fn action(self, lang: Lang, action: Action) -> String {
        self.0
            .map_or_else(|| Self::TO_COME.to_owned(), |words| (words.action)(lang, action))
    }

    /// That an action had no effect, and why.
    #[must_use]
    pub fn had_no_effect(self, lang: Lang, action: Action, why: Refused) -> String {
        self.0
            .map_or_else(String::new, |words| (words.had_no_effect)(lang, action, why))
    }
}

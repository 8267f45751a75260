//! What a network came to, as a colour and a mark; its word is in the catalogue.

use yew::prelude::*;

use super::networks::SeenStability;
use crate::{lab::atlas::Stability, ui::kit::icons};

/// The class of what a network came to.
pub fn look(seen: Option<SeenStability>) -> &'static str {
    match seen {
        Some(SeenStability::Always(Stability::Settles)) => "atlas-settles",
        Some(SeenStability::Always(Stability::NeverSettles)) => "atlas-never",
        Some(SeenStability::Always(Stability::Stuck)) => "atlas-stuck",
        Some(SeenStability::Always(Stability::NoMajority)) => "atlas-none",
        Some(SeenStability::Luck) => "atlas-luck",
        None => "atlas-unknown",
    }
}

/// The mark of what a network came to.
pub fn mark(seen: Option<SeenStability>) -> Html {
    let path = match seen {
        Some(SeenStability::Always(Stability::Settles)) => icons::CHECK,
        Some(SeenStability::Always(Stability::NeverSettles)) => icons::START,
        Some(SeenStability::Always(Stability::Stuck)) => icons::PAUSE,
        Some(SeenStability::Always(Stability::NoMajority)) => icons::CUT,
        Some(SeenStability::Luck) => icons::DICE,
        None => icons::MORE,
    };
    icons::icon(path)
}

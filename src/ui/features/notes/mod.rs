//! Notes pinned to moments of the run: the panel in which they are written, and how they are shown elsewhere.
//!
//! What somebody wrote is text, wherever it is shown: it is in whatever language and direction they wrote it in, and never markup.

mod panel;
mod shown;
mod text;

pub use self::{
    panel::view_panel,
    shown::{add_cards, view_now, view_pins},
};

use crate::ui::kit::panel::Panel;

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "notes",
    title: |lang| lang.notes_text().title,
    about: |lang| lang.notes_text().about,
};

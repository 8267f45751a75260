//! What a panel beside the ring is, for whoever lists them or opens one.

use crate::ui::text::Lang;

/// A panel beside the ring. Each is defined in the folder of its feature, and listed once, where the page shows it.
#[derive(Clone, Copy, Debug)]
pub struct Panel {
    /// Its name in the document and in addresses. No two have the same.
    pub slug: &'static str,
    /// Its name for readers.
    pub title: fn(Lang) -> &'static str,
    /// What it is for, in a sentence or two.
    pub about: fn(Lang) -> &'static str,
}

impl PartialEq for Panel {
    fn eq(&self, other: &Self) -> bool {
        self.slug == other.slug
    }
}

impl Eq for Panel {}

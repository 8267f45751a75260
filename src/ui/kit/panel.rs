//! The panels beside the ring.

use crate::ui::text::Lang;

/// A panel beside the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// All that was said.
    Log,
    /// All that servers know.
    Servers,
    /// A terminal each.
    Terminals,
    /// Delay, loss, timers.
    Network,
    /// What decides.
    Rules,
    /// What must always hold, and whether it does.
    Safety,
    /// Why something happened.
    Why,
    /// Messages between servers, time downward.
    Diagram,
    /// The branches of the run.
    Branches,
}

impl Panel {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 9] = [
        Self::Log,
        Self::Servers,
        Self::Terminals,
        Self::Network,
        Self::Rules,
        Self::Safety,
        Self::Why,
        Self::Diagram,
        Self::Branches,
    ];

    /// Its name in the document.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Log => "log",
            Self::Servers => "servers",
            Self::Terminals => "terminals",
            Self::Network => "network",
            Self::Rules => "rules",
            Self::Safety => "safety",
            Self::Why => "why",
            Self::Diagram => "diagram",
            Self::Branches => "branches",
        }
    }

    /// Its name for readers.
    #[must_use]
    pub const fn name(self, lang: Lang) -> &'static str {
        let text = lang.text();
        match self {
            Self::Log => text.log,
            Self::Servers => text.servers,
            Self::Terminals => text.terminals,
            Self::Network => text.network,
            Self::Rules => text.rules,
            Self::Safety => lang.safety_text().title,
            Self::Why => lang.why_text().title,
            Self::Diagram => lang.diagram_text().title,
            Self::Branches => lang.branches_text().title,
        }
    }
}

//! The laboratory: elections by the thousand, as curves. It is loaded when it is wanted, its trials run in workers of their own, and
//! each point that is shown opens the run that it stands for.
//!
//! | file | what is in it |
//! |---|---|
//! | `desk` | what is tried, what is shown of it, and what has come of it so far |
//! | `line` | an experiment in the plot, with its outcomes |
//! | `talk`, `worker` | the trials, and how the page and its workers speak of them |
//! | `scale`, `plot` | where what is measured lies in the plot; knows no browser |
//! | `picture` | the plot as SVG, for the page and for a file |
//! | `tried` | what was tried, in words for files |
//! | `view`, `chart`, `large`, `form`, `table`, `splits`, `save` | what the reader sees and does |
//!
//! What of it is there before it is wanted is [`PANEL`] and the trait [`Laboratory`]: so the page begins without it.

mod chart;
mod desk;
mod form;
mod hints;
mod large;
mod line;
mod picture;
mod plot;
mod reader;
mod save;
mod scale;
mod splits;
mod table;
mod talk;
mod text;
mod tried;
mod view;
mod worker;

use std::rc::Rc;

use yew::prelude::*;

pub use self::worker::serve;
use crate::{
    sim::{Config, OwnSettings},
    ui::{
        intent::{Intent, LabAsked},
        kit::panel::Panel,
        text::Lang,
    },
};

/// The panel's entry in the list of panels.
pub const PANEL: Panel = Panel {
    slug: "laboratory",
    title: |lang| lang.lab_title().title,
    about: |lang| lang.lab_text().about,
};

/// The settings of the cluster on screen.
#[derive(Clone, Debug, PartialEq)]
pub struct RingSettings {
    /// Those of the cluster.
    pub cluster: Config,
    /// What its servers and links have of their own.
    pub own: OwnSettings,
}

/// What the panel needs.
#[derive(Clone, PartialEq, Properties)]
pub struct LabProps {
    /// The cluster on screen.
    pub ring: RingSettings,
    /// The language.
    pub lang: Lang,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// Where it asks for something.
    pub emit: Callback<Intent>,
}

/// The laboratory, once it is here. What is tried in it goes on while the reader looks at something else.
pub trait Laboratory {
    /// Opens an experiment.
    fn ask(&self, asked: LabAsked, lang: Lang);
    /// The panel.
    fn view(&self, props: LabProps) -> Html;
}

/// An empty one. It asks the page by `emit`.
#[must_use]
pub fn open(emit: Callback<Intent>) -> Rc<dyn Laboratory> {
    Rc::new(desk::LabHandle::new(desk::LabDesk::new(emit)))
}

//! Everything that can happen to the page.

use crate::{
    raft::NodeId,
    ui::{
        app::lazy::{LazyPart, LazyViews, LessonViews, SoonViews},
        features::{adversary::AdversaryMsg, share::ShareMsg, timeline::zoom::ZoomMove},
        intent::Intent,
        kit::panel::Panel,
        run::player::Playback,
    },
};

/// Everything that can happen to the page; most of it is a feature's own.
pub enum Msg {
    /// A feature asks for something.
    Intent(Intent),
    /// A key was pressed that does something wherever the focus is.
    Key(Shortcut),
    /// Something concerns the whole page.
    Shell(ShellMsg),
    /// Time has passed, for the page.
    Clock(ClockMsg),
    /// What happens to sharing, opening and keeping.
    Share(ShareMsg),
    /// What happens to the adversary.
    Adversary(AdversaryMsg),
    /// The timeline shows another part of the run.
    Timeline(ZoomMove),
    /// The notice has been there long enough.
    NoticeOver,
    /// The program stops, as if it had a bug.
    Stop,
    /// What comes behind the ring is here, or did not arrive.
    LoadedSoon(Option<&'static SoonViews>),
    /// What was wanted is here, or did not arrive.
    Loaded(Option<&'static LazyViews>),
    /// The lessons are here, or did not arrive.
    LoadedLessons(Option<&'static LessonViews>),
}

impl From<Option<&'static SoonViews>> for Msg {
    fn from(views: Option<&'static SoonViews>) -> Self {
        Self::LoadedSoon(views)
    }
}

impl From<Option<&'static LessonViews>> for Msg {
    fn from(views: Option<&'static LessonViews>) -> Self {
        Self::LoadedLessons(views)
    }
}

impl From<Option<&'static LazyViews>> for Msg {
    fn from(views: Option<&'static LazyViews>) -> Self {
        Self::Loaded(views)
    }
}

/// What a key does that does something wherever the focus is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcut {
    /// Time passes, stands, or goes elsewhere.
    Play(Playback),
    /// It is explained why there is a leader, or none.
    Why,
    /// A screen reader says how everything stands.
    Overview,
    /// A server crashes, or starts again.
    Power(NodeId),
    /// The last thing that the reader did is taken back.
    Undo,
    /// What was taken back last is done again.
    Redo,
    /// The panel after this one.
    NextPanel,
    /// The help sheet opens.
    Help,
    /// The run is presented to a class.
    Present,
}

/// What happens to the page's tabs, and to the window that it is in.
#[derive(Clone, Copy, Debug)]
pub enum ShellMsg {
    /// Another panel.
    Panel(Panel),
    /// Another panel, whose tab takes the focus.
    FocusPanel(Panel),
    /// The menu *More* opens or closes.
    More(bool),
    /// A part of the program is wanted, or will soon be.
    Load(LazyPart),
    /// The page was hidden or shown again.
    Visibility,
    /// The screen became narrow or wide, or motion unwanted.
    Media,
}

/// What the page's clock says.
pub enum ClockMsg {
    /// A frame is due, at this many ms since the page opened.
    Frame(f64),
    /// Log and terminals may follow.
    Read,
}

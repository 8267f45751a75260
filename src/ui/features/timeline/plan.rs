//! What the timeline shows, and where things are in it.

use yew::prelude::*;

use crate::{
    raft::NodeId,
    sim::{EventId, Micros},
    ui::{
        explain::story::DeedsInWords,
        features::timeline::{painter::TimeNodes, zoom::ZoomMove},
        intent::Intent,
        run::{handle::PlayerRef, player::Player},
        svg::timeline::{lanes::Rows, window::Window},
        text::Lang,
    },
};

/// Draws the pins of a window into a layer that the painter moves.
pub type ViewPins = fn(&Player, Window, &NodeRef, Lang, &Callback<Intent>) -> Html;

/// What is noted in the run.
#[derive(Clone, Copy)]
pub struct Pins {
    /// Grows whenever that changes.
    pub revision: u64,
    /// Draws it. The page begins without that.
    pub view: Option<ViewPins>,
}

impl PartialEq for Pins {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
    }
}

/// What the timeline needs. Where time stands in it is the painter's.
#[derive(Clone, PartialEq, Properties)]
pub struct TimelineProps {
    /// The run on screen.
    pub player: PlayerRef,
    /// Its epoch, how often the roles of its branches have changed, and, where details are in sight, what has happened.
    pub version: (u64, [u64; 2], u64),
    /// What the lanes are drawn for.
    pub window: Window,
    /// Whether that is only a part of the run.
    pub close: bool,
    /// Servers in the cluster.
    pub size: usize,
    /// What two branches are called that are compared, the one that can be acted on first.
    pub compared: Option<[AttrValue; 2]>,
    /// What is noted in the run.
    pub pins: Pins,
    /// The words for what was done.
    pub deeds: DeedsInWords,
    /// The event that is selected.
    pub selected: Option<EventId>,
    /// What led to it: when, and where.
    pub lit: Vec<(Micros, NodeId)>,
    /// The language.
    pub lang: Lang,
    /// Whether there is room for the lanes alone.
    pub slim: bool,
    /// Whether the screen is narrow.
    pub compact: bool,
    /// What the painter moves.
    pub nodes: TimeNodes,
    /// Receives what the reader clicks.
    pub emit: Callback<Intent>,
    /// Receives requests to show another part of the run.
    pub zoom: Callback<ZoomMove>,
}

/// Where things are in the lanes, in pixels from top to bottom.
#[derive(Clone, Copy)]
pub struct LanePlan {
    /// Where the first branch begins, below the axis.
    pub top: u32,
    /// Height of a lane.
    pub lane: u32,
    /// What is above the lanes of each branch: its name, if there are two, and its terms and marks.
    pub head: u32,
    /// Where everything ends.
    pub bottom: u32,
}

impl LanePlan {
    /// The height of the axis.
    pub const AXIS: u32 = 17;

    /// For so many servers, in so many branches.
    #[must_use]
    pub fn new(size: usize, slim: bool, branches: u32) -> Self {
        const MARKS: u32 = 27;
        let servers = u32::try_from(size.max(1)).unwrap_or(1);
        // Height of a lane, and of all of them, at most.
        let (lane, highest) = match (slim, branches) {
            (false, 1) => (12, 90),
            (false, _) => (9, 54),
            (true, 1) => (9, 48),
            (true, _) => (7, 35),
        };
        let lane = lane.min(highest / servers);
        // What two branches differ in is seen on a phone, too.
        let head = if slim && branches == 1 { 0 } else { MARKS };
        let top = Self::AXIS + if slim { 2 } else { 0 };
        Self {
            top,
            lane,
            head,
            bottom: top + branches * (head + lane * servers),
        }
    }

    /// The height of all lanes of a branch.
    #[must_use]
    pub fn lanes(self, size: usize) -> u32 {
        self.lane * u32::try_from(size).unwrap_or(0)
    }

    /// Where lanes are within those of their branch.
    #[must_use]
    pub fn rows(self) -> Rows {
        Rows {
            lane: f64::from(self.lane),
        }
    }
}

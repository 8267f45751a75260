//! Everything that can happen to the page.

use crate::ui::{
    features::{adversary::Heard, share::ShareMsg, timeline::zoom::Move},
    run::player::{BranchChange, Speed},
    text::Lang,
};
use crate::{
    raft::{NodeId, Rules},
    safety::Property,
    scenario::ScenarioId,
    sim::{Action, BranchId, EventId, MessageId, Micros},
};

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

/// Everything that can happen to the page.
pub enum Msg {
    /// A frame is due, at this many ms since the page opened.
    Frame(f64),
    /// Play or pause.
    TogglePlay,
    /// To the next event.
    Step,
    /// From the start.
    Reset,
    /// To an instant.
    Seek(Micros),
    /// Log and terminals may follow.
    Read,
    /// The timeline shows another part of the run.
    Zoom(Move),
    /// To the end of what has run.
    ToEnd,
    /// Another speed.
    Speed(Speed),
    /// So many steps faster, or slower.
    Faster(i32),
    /// Another seed, as typed.
    Seed(String),
    /// A seed by chance.
    NewSeed,
    /// Another scenario.
    Scenario(ScenarioId),
    /// A free cluster of another size.
    Size(u8),
    /// The run begins again, by these rules from its start on.
    RestartWith(Rules),
    /// Crash or start a server.
    Power(NodeId),
    /// Any action.
    Act(Action),
    /// Several actions at once.
    ActAll(Vec<Action>),
    /// A message under way is taken hold of, or let go.
    TakeMessage(Option<MessageId>),
    /// To where a server's election timer is set.
    EditTimer(NodeId),
    /// Time stands still while a timer is dragged, or goes on again.
    HoldTime(bool),
    /// An action from a menu, which closes.
    Choose(Action),
    /// Another branch.
    Branch(BranchId),
    /// Something is done with branches.
    Branches(BranchChange),
    /// An event is selected, on the ring, in the log, on the timeline and in the diagram at once; or nothing is.
    Select(Option<EventId>),
    /// An event is selected, and the panel that says why it happened opens.
    Why(EventId),
    /// An event of the chain is selected, and time moves to it; what is asked about stays.
    GoTo(EventId, Micros),
    /// Why a server is what it is.
    WhyServer(NodeId),
    /// Why there is a leader, or none.
    WhyStatus,
    /// To the instant before this one at which something happened.
    StepBack,
    /// A server's menu opens.
    OpenMenu(NodeId),
    /// The menu closes.
    CloseMenu,
    /// Another panel.
    Panel(Panel),
    /// Another panel, which takes the focus.
    FocusPanel(Panel),
    /// The panel after this one.
    NextPanel,
    /// Another language.
    Lang(Lang),
    /// The next theme.
    NextTheme,
    /// Single-key shortcuts on or off.
    Shortcuts(bool),
    /// The help sheet opens or closes.
    Help(bool),
    /// What happens to sharing, opening and keeping.
    Share(ShareMsg),
    /// What happens to the adversary.
    Adversary(Heard),
    /// The adversary has found a way to break something; it is to be played.
    Found {
        /// The run, as a link.
        link: String,
        /// What is broken in it.
        property: Property,
        /// In how many steps.
        steps: usize,
    },
    /// Something to tell the reader.
    Notice(String),
    /// It has been there long enough.
    NoticeOver,
    /// The page was hidden or shown again.
    Visibility,
    /// The screen became narrow or wide, or motion unwanted.
    Media,
    /// The program stops, as if it had a bug.
    Stop,
}

//! What a feature may ask of the page.
//!
//! A feature decides by itself what only it shows. What concerns the run, or what another feature shows too, it asks for
//! here; the page does it, and every feature sees the result. So no feature has to know another, nor the page.

use crate::ui::{
    explain::story::Contest,
    run::player::{BranchChange, Playback},
    text::Lang,
};
use crate::{
    lesson::{
        challenge::{Challenge, DeadEnd},
        duty::{BuiltinDuty, DutyChoice},
        predict::Guess,
    },
    raft::{NodeId, Rules},
    safety::Property,
    scenario::ScenarioId,
    sim::{Action, EventId, MessageId, Micros},
};

/// What a feature asks of the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// This server was pressed: it crashes or starts again, or it is the answer to what was asked.
    Press(NodeId),
    /// The reader practises.
    Practise(PracticeStep),
    /// These are done to the run now, one after the other. A menu that they were chosen from closes.
    Act(Vec<Action>),
    /// The last thing that the reader did is taken back.
    Undo,
    /// What the reader did with these events is taken back.
    UndoEvents(Vec<EventId>),
    /// What was taken back last is done again.
    Redo,
    /// Time passes, stands, or goes elsewhere.
    Play(Playback),
    /// Another run takes the place of the one on screen.
    Begin(Beginning),
    /// Something is done with branches.
    Branches(BranchChange),
    /// An event is selected, on the ring, in the log, on the timeline and in the diagram at once; or nothing is.
    Select(Option<EventId>),
    /// An event of the chain is selected, and time moves to it; what is asked about stays.
    GoTo(EventId, Micros),
    /// It is explained why something is as it is.
    Why(Subject),
    /// It is explained how an election that nobody has won went.
    WhyElection(ElectionAsked),
    /// The lines of a card of the story are opened, and what draws them is to be loaded.
    ReadLines,
    /// A message under way is taken hold of, or let go.
    TakeMessage(Option<MessageId>),
    /// Time stands still while a timer is dragged, or goes on again.
    HoldTime(bool),
    /// A server's menu opens.
    OpenMenu(NodeId),
    /// The menu closes.
    CloseMenu,
    /// The panel with the rules opens.
    ShowRules,
    /// The dialogue opens in which the run can be shared.
    Share,
    /// The help sheet opens or closes.
    Help(bool),
    /// The reader likes something else.
    Prefer(Preference),
    /// Something to tell the reader.
    Notice(String),
    /// Something is done that does more than it is asked for, which is told.
    ActAndTell(Vec<Action>, String),
    /// Something is done with a lesson.
    Lesson(LessonAsked),
    /// The run is presented to a class.
    Present(PresentStep),
    /// Something is opened in the laboratory.
    Lab(LabAsked),
    /// Something is done with notes.
    Note(NoteStep),
}

/// What is done with notes at moments of the run. A place is that among all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoteStep {
    /// The reader begins to write one: time stands.
    Begin,
    /// This is noted at the instant on screen: in the note at this place, if there is one.
    Keep(Option<usize>, String),
    /// The one at this place is deleted.
    Delete(usize),
    /// The one that was deleted last is put back.
    PutBack,
}

/// What is opened in the laboratory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabAsked {
    /// What the text is.
    pub source: LabSource,
    /// The text.
    pub text: String,
    /// The name of a file.
    pub name: String,
}

/// Where the laboratory finds an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabSource {
    /// The page has it under a name.
    Named,
    /// A file says what it is.
    File,
    /// A link holds it.
    Link,
    /// The run on screen is how its trials begin; the text is its file.
    Ring,
    /// Nowhere: the text says why it can't be opened.
    Refused,
}

impl LabAsked {
    /// What a text leads to that is no file.
    #[must_use]
    pub const fn by(source: LabSource, text: String) -> Self {
        Self {
            source,
            text,
            name: String::new(),
        }
    }
}

/// What whoever presents a run wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentStep {
    /// To begin.
    Begin,
    /// To end.
    End,
    /// To end, or to take away what lies over the ring.
    Escape,
    /// To go to the next key moment, or else to the one before.
    Go(bool),
    /// To make the screen black, or to bring it back.
    Blank,
    /// To have a pointer that students see, or none.
    Pointer,
    /// To show the code of the run, or to take it away.
    Code,
}

/// What is done with a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LessonAsked {
    /// All that there are are shown, to be chosen from.
    List,
    /// The built-in one with this name opens.
    Open(String),
    /// That of a file opens.
    OpenFile {
        /// The file's name.
        name: String,
        /// What it says.
        text: String,
    },
    /// That of a link opens.
    OpenLink(String),
    /// Its questions are shown as they are printed: so many copies, from this seed on.
    Sheet {
        /// The first copy's seed.
        seed: u64,
        /// How many.
        copies: usize,
    },
    /// They are not shown any more.
    SheetAway,
    /// It closes.
    Close,
    /// The next step stands.
    Next,
    /// The step before stands.
    Back,
    /// This answer is chosen, counted from 0.
    Answer(usize),
    /// The task is done, or the question answered, for the reader.
    Show,
    /// The step begins again, or the task before it that the reader did more in than it asks for.
    Again,
    /// The lesson goes on at the step at which the reader left it.
    Resume,
    /// The rule that the task wants to be switched, or what it wants to be set, is brought into sight.
    FindRule,
    /// What was done is forgotten.
    Erase,
    /// Something is done with a run in which the reader is a server. It has the place of a lesson.
    Duty(DutyAsked),
}

/// What is done with a run in which the reader is a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DutyAsked {
    /// This one begins.
    Begin(BuiltinDuty),
    /// The server does this.
    Decide(DutyChoice),
    /// A wrong decision is taken back.
    TakeBack,
    /// A wrong decision stands.
    LetStand,
}

impl Intent {
    /// An action is done to the run now.
    #[must_use]
    pub fn act(action: Action) -> Self {
        Self::Act(vec![action])
    }
}

/// What whoever practises wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PracticeStep {
    /// To be asked something.
    Ask,
    /// To answer.
    Answer(Guess),
    /// To answer by this server, if one is asked for; else it was pressed.
    Press(NodeId),
    /// To begin a challenge.
    Begin(Challenge),
    /// To come back to what is under way.
    Return,
    /// Nothing: what is under way on the run on screen has become this.
    Stands(Option<UnderWay>),
}

/// What whoever practises has begun, and is on screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnderWay {
    /// A challenge, and how it stands.
    Challenge(Challenge, ChallengeState),
    /// A run in which the reader is a server.
    Duty(BuiltinDuty),
}

/// How a challenge stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeState {
    /// Not solved so far.
    Open,
    /// It can't be solved any more as it was meant.
    Stuck(DeadEnd),
    /// This was done, and is not allowed.
    Spoiled(Action),
    /// Solved in so many actions, or steps.
    Solved(usize),
}

/// What takes the place of the run on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beginning {
    /// A scenario.
    Scenario(ScenarioId),
    /// The scenario with this name, if there is one.
    Named(String),
    /// A scenario, by these rules from its start on.
    With(ScenarioId, Rules),
    /// A free cluster with so many servers.
    Size(u8),
    /// The same scenario with other luck.
    Seed(u64),
    /// The same with luck that nobody chose.
    NewSeed,
    /// The same run, by these rules from its start on.
    Rules(Rules),
    /// What was done in the same run, with the settings in force from its start on.
    Replay,
    /// What a search has found.
    Found {
        /// The run, as a link.
        link: String,
        /// What is broken in it.
        property: Property,
        /// In how many steps.
        steps: usize,
    },
    /// Faults that a search has found: a run, as a link.
    FoundLiveness(String),
    /// What a search has found, and is on screen, from its start.
    FoundAgain,
    /// A trial of the laboratory.
    Trial {
        /// The run, as a link.
        link: String,
        /// What is told of it.
        told: String,
    },
}

/// What is to be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Why an event happened.
    Event(EventId),
    /// Why a server is what it is.
    Server(NodeId),
    /// Why there is a leader, or none; or why a property is broken.
    Status,
    /// Why nobody leads a majority since this event.
    Leaderless(EventId),
    /// Why this server leads since this event, which was done to the cluster.
    Regained(NodeId, EventId),
}

/// An election that nobody has won. What is to be told of it is found where it is told: that is loaded when somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElectionAsked {
    /// Who stood, and what came of it.
    pub contest: Contest,
    /// The event that it is known by.
    pub event: EventId,
}

/// What the reader likes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Another language.
    Lang(Lang),
    /// The next theme.
    NextTheme,
    /// Single-key shortcuts on or off.
    Shortcuts(bool),
    /// Every line of the log, or the story.
    EveryLine(bool),
    /// How much a screen reader is told by itself.
    Talk(Talk),
    /// Timers and votes as sounds, until the page is left.
    Sound(bool),
}

/// How much a screen reader is told by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Talk {
    /// All that there is time for.
    #[default]
    Everything,
    /// Who leads, who stands still, what is broken, and what the reader did.
    Important,
    /// Nothing.
    Off,
}

impl Talk {
    /// All that a reader may choose.
    pub const ALL: [Self; 3] = [Self::Everything, Self::Important, Self::Off];

    /// Its name in storage.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Important => "important",
            Self::Off => "off",
        }
    }

    /// The one with this name, else the usual one.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|talk| talk.name() == name)
            .unwrap_or_default()
    }
}

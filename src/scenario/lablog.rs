//! The log as the lab's servers printed it: `2019/10/07 10:07:42 [ROLE] text`.
//!
//! Lines are made from the decisions of a trace; the protocol writes none. The vocabulary is English in every language, as the
//! lab's transcripts are.

use std::fmt;

use super::about_rules;
use crate::{
    raft::{Decision, NodeId, Role, SteppedDown, Term},
    sim::{Action, Effect, Event, EventKind, History, Micros},
};

/// What stands in brackets before a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// The process, whatever its role.
    Server,
    /// A follower.
    Follower,
    /// A pre-candidate, which the lab did not have.
    PreCandidate,
    /// A candidate.
    Candidate,
    /// A leader.
    Leader,
}

impl Tag {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Server,
        Self::Follower,
        Self::PreCandidate,
        Self::Candidate,
        Self::Leader,
    ];

    /// As printed, without brackets.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "SERVER",
            Self::Follower => "FOLLOWER",
            Self::PreCandidate => "PRECANDIDATE",
            Self::Candidate => "CANDIDATE",
            Self::Leader => "LEADER",
        }
    }
}

impl From<Role> for Tag {
    fn from(role: Role) -> Self {
        match role {
            Role::Follower => Self::Follower,
            Role::PreCandidate => Self::PreCandidate,
            Role::Candidate => Self::Candidate,
            Role::Leader => Self::Leader,
        }
    }
}

/// What a line is about, to filter by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Timeouts, candidacies, victories, stepping down.
    Election,
    /// Votes given, refused, received.
    Vote,
    /// Heartbeats accepted and refused.
    Heartbeat,
    /// A newer term seen.
    Term,
    /// Starts, crashes, pauses.
    Process,
    /// The server goes round its loop.
    Loop,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Election,
        Self::Vote,
        Self::Heartbeat,
        Self::Term,
        Self::Process,
        Self::Loop,
    ];
}

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// The process listens at its address.
    Listening(NodeId),
    /// The process takes connections.
    Accepting,
    /// It enters a role, or goes round its loop after a message.
    RunLogic,
    /// The election timer fired.
    ElectionTimeout,
    /// It starts an election.
    Running(Term),
    /// A vote arrived.
    VoteGrantedBy(NodeId),
    /// Votes so far.
    VoteCount(u8),
    /// A refusal arrived.
    VoteDeniedBy(NodeId),
    /// It wins.
    BecomingLeader,
    /// It saw a newer term.
    UpdateTerm {
        /// Its term before.
        old: Term,
        /// Its term now.
        new: Term,
        /// Whose message carried it.
        from: NodeId,
    },
    /// The election timer starts anew.
    ResettingTimeout,
    /// It gives its vote.
    VoteAcceptedTo(NodeId, Term),
    /// It refuses its vote.
    VoteDeniedTo(NodeId, Term),
    /// It accepts a heartbeat.
    AcceptAppendEntry(NodeId),
    /// It refuses a heartbeat.
    DeniedAppendEntry(NodeId),
    /// It asks who would vote for it.
    AskingFor(Term),
    /// It would give its vote.
    PreVoteAcceptedTo(NodeId, Term),
    /// It would not give its vote.
    PreVoteDeniedTo(NodeId, Term),
    /// Somebody would vote for it.
    PreVoteGrantedBy(NodeId),
    /// How many would so far.
    PreVoteCount(u8),
    /// Somebody would not vote for it.
    PreVoteDeniedBy(NodeId),
    /// As a leader it finds that so many servers answer, itself included.
    QuorumHeard(usize),
    /// As a leader it finds that too few answer.
    NoQuorum,
    /// As a leader it asks another to take over.
    TransferTo(NodeId),
    /// The leader asks it to take over.
    TimeoutNowFrom(NodeId),
    /// It gives up a role.
    SteppingDown,
    /// The process is killed at its terminal.
    Interrupt,
    /// The process is stopped at its terminal.
    Suspend,
    /// The process goes on.
    Foreground,
    /// The process is killed and its disk blanked.
    Wipe,
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Listening(server) => write!(f, "Listening on '{}'", Address(server)),
            Self::Accepting => f.write_str("Accepting connections."),
            Self::RunLogic => f.write_str("Run Logic."),
            Self::ElectionTimeout => f.write_str("Election timeout."),
            Self::Running(term) => write!(f, "Running for term '{term}'."),
            Self::VoteGrantedBy(from) => write!(f, "Vote granted by '{}'.", Address(from)),
            Self::VoteCount(count) => write!(f, "VoteCount: {count}"),
            Self::VoteDeniedBy(from) => write!(f, "Vote denied by '{}'.", Address(from)),
            Self::BecomingLeader => f.write_str("Becoming leader."),
            Self::UpdateTerm { old, new, from } => {
                write!(
                    f,
                    "Update old term '{old}' to new term '{new}' from '{}'.",
                    Address(from)
                )
            }
            Self::ResettingTimeout => f.write_str("Resetting election timeout."),
            Self::VoteAcceptedTo(to, term) => write!(f, "Vote accepted to '{}' for term '{term}'.", Address(to)),
            Self::VoteDeniedTo(to, term) => write!(f, "Vote denied to '{}' for term '{term}'.", Address(to)),
            Self::AcceptAppendEntry(from) => write!(f, "Accept AppendEntry from '{}'.", Address(from)),
            Self::DeniedAppendEntry(from) => write!(f, "Denied AppendEntry from '{}'.", Address(from)),
            Self::AskingFor(term) => write!(f, "Asking for votes of term '{term}'."),
            Self::PreVoteAcceptedTo(to, term) => {
                write!(f, "PreVote accepted to '{}' for term '{term}'.", Address(to))
            }
            Self::PreVoteDeniedTo(to, term) => write!(f, "PreVote denied to '{}' for term '{term}'.", Address(to)),
            Self::PreVoteGrantedBy(from) => write!(f, "PreVote granted by '{}'.", Address(from)),
            Self::PreVoteCount(count) => write!(f, "PreVoteCount: {count}"),
            Self::PreVoteDeniedBy(from) => write!(f, "PreVote denied by '{}'.", Address(from)),
            Self::QuorumHeard(count) => write!(f, "Quorum answers: {count}"),
            Self::NoQuorum => f.write_str("No quorum answers."),
            Self::TransferTo(to) => write!(f, "Transferring leadership to '{}'.", Address(to)),
            Self::TimeoutNowFrom(from) => write!(f, "TimeoutNow from '{}'.", Address(from)),
            Self::SteppingDown => f.write_str("Stepping down."),
            Self::Interrupt => f.write_str("^C"),
            Self::Suspend => f.write_str("^Z"),
            Self::Foreground => f.write_str("fg"),
            Self::Wipe => f.write_str("^C rm state"),
        }
    }
}

impl Text {
    /// Whether it was typed at the server's terminal; such a line has neither time nor tag in a transcript.
    #[must_use]
    pub const fn typed(self) -> bool {
        matches!(self, Self::Interrupt | Self::Suspend | Self::Foreground | Self::Wipe)
    }
}

/// Where a server listens in the lab: `localhost:3001` for S1.
#[derive(Clone, Copy, Debug)]
pub struct Address(pub NodeId);

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "localhost:{}", 3000 + self.0.number())
    }
}

/// One line of one server's log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What stands in brackets.
    pub tag: Tag,
    /// What it is about.
    pub kind: Kind,
    /// What it says.
    pub text: Text,
}

/// As in a transcript but for the time: `[ROLE] text`.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.text.typed() {
            self.text.fmt(f)
        } else {
            write!(f, "[{}] {}", self.tag.name(), self.text)
        }
    }
}

/// The lines of one event: up to three.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    lines: [Option<Line>; 3],
}

impl Lines {
    fn push(&mut self, tag: Tag, kind: Kind, text: Text) {
        let free = self.lines.iter_mut().find(|line| line.is_none());
        *free.expect("an event has at most three lines") = Some(Line { tag, kind, text });
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.iter().flatten().count()
    }

    /// Whether the event says nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines[0].is_none()
    }

    /// The lines, in order.
    pub fn iter(&self) -> impl Iterator<Item = Line> {
        self.lines.into_iter().flatten()
    }
}

/// What a server prints about an event. Most events are silent.
#[must_use]
pub fn lines(event: &Event) -> Lines {
    let mut lines = Lines::default();
    match event.kind {
        EventKind::Action(action) => action_lines(action, &mut lines),
        EventKind::Decided(decision) => decision_lines(event, decision, &mut lines),
        _ => {}
    }
    lines
}

fn action_lines(action: Action, lines: &mut Lines) {
    let text = match action.effect() {
        Effect::Crash => Text::Interrupt,
        Effect::Pause => Text::Suspend,
        Effect::Resume => Text::Foreground,
        Effect::Wipe => Text::Wipe,
        // A server that starts prints that itself; other actions leave no line at its terminal.
        Effect::Start | Effect::Cut | Effect::Mend | Effect::Other => return,
    };
    lines.push(Tag::Server, Kind::Process, text);
}

fn decision_lines(event: &Event, decision: Decision, lines: &mut Lines) {
    let tag = Tag::from(event.role);
    let mut say = |tag, kind, text| lines.push(tag, kind, text);
    match decision {
        Decision::Started => {
            if let Some(server) = event.server {
                say(Tag::Server, Kind::Process, Text::Listening(server));
            }
            say(tag, Kind::Loop, Text::RunLogic);
            say(Tag::Server, Kind::Process, Text::Accepting);
        }
        Decision::ElectionTimedOut => say(tag, Kind::Election, Text::ElectionTimeout),
        Decision::ElectionStarted { term } => {
            say(tag, Kind::Loop, Text::RunLogic);
            say(tag, Kind::Election, Text::Running(term));
        }
        Decision::VoteReceived { from, count } => {
            say(tag, Kind::Vote, Text::VoteGrantedBy(from));
            say(tag, Kind::Vote, Text::VoteCount(count));
        }
        Decision::VoteRefused { from } => say(tag, Kind::Vote, Text::VoteDeniedBy(from)),
        Decision::ElectionWon { .. } => {
            say(tag, Kind::Election, Text::BecomingLeader);
            say(Tag::Leader, Kind::Loop, Text::RunLogic);
        }
        Decision::TermAdvanced { old, new, from } => say(tag, Kind::Term, Text::UpdateTerm { old, new, from }),
        Decision::SteppedDown(why) => {
            if why == SteppedDown::NoQuorum {
                say(tag, Kind::Election, Text::NoQuorum);
            }
            say(tag, Kind::Election, Text::SteppingDown);
            say(Tag::Follower, Kind::Loop, Text::RunLogic);
        }
        Decision::VoteGranted { to, term, timer_reset } => {
            if timer_reset {
                say(tag, Kind::Vote, Text::ResettingTimeout);
            }
            say(tag, Kind::Vote, Text::VoteAcceptedTo(to, term));
        }
        Decision::VoteDenied { to, term, .. } => say(tag, Kind::Vote, Text::VoteDeniedTo(to, term)),
        Decision::HeartbeatAccepted { from, timer_reset } => {
            if timer_reset {
                say(tag, Kind::Heartbeat, Text::ResettingTimeout);
            }
            say(tag, Kind::Heartbeat, Text::AcceptAppendEntry(from));
        }
        Decision::HeartbeatDenied { from, .. } => say(tag, Kind::Heartbeat, Text::DeniedAppendEntry(from)),
        Decision::PreVoteStarted { term } => {
            say(tag, Kind::Loop, Text::RunLogic);
            say(tag, Kind::Election, Text::AskingFor(term));
        }
        Decision::PreVoteGranted { to, term } => say(tag, Kind::Vote, Text::PreVoteAcceptedTo(to, term)),
        Decision::PreVoteDenied { to, term, .. } => say(tag, Kind::Vote, Text::PreVoteDeniedTo(to, term)),
        Decision::PreVoteReceived { from, count } => {
            say(tag, Kind::Vote, Text::PreVoteGrantedBy(from));
            say(tag, Kind::Vote, Text::PreVoteCount(count));
        }
        Decision::PreVoteRefused { from } => say(tag, Kind::Vote, Text::PreVoteDeniedBy(from)),
        Decision::QuorumHeard { servers } => say(tag, Kind::Heartbeat, Text::QuorumHeard(servers.len())),
        Decision::TransferStarted { to } => say(tag, Kind::Election, Text::TransferTo(to)),
        Decision::AskedToRun { by } => say(tag, Kind::Election, Text::TimeoutNowFrom(by)),
        Decision::ReplyIgnored { .. } | Decision::LogMoved(_) => {}
    }
    if goes_round(event.role, decision) {
        say(tag, Kind::Loop, Text::RunLogic);
    }
}

/// The lab's follower goes round its loop after every request that it answered.
fn goes_round(role: Role, decision: Decision) -> bool {
    let answered = matches!(
        decision,
        Decision::VoteGranted { .. }
            | Decision::VoteDenied { .. }
            | Decision::HeartbeatAccepted { .. }
            | Decision::HeartbeatDenied { .. }
            | Decision::PreVoteGranted { .. }
            | Decision::PreVoteDenied { .. }
    );
    answered && role == Role::Follower
}

/// One server's log as the lab's terminal showed it: a line each, `2019/10/07 10:07:42 [ROLE] text`, and what was typed
/// (`^C`) alone on a line.
///
/// `began` is when the run began, counted as in [`timestamp`]; see [`super::ScenarioId::began`].
#[must_use]
pub fn transcript<'a>(server: NodeId, began: Micros, events: impl IntoIterator<Item = &'a Event>) -> String {
    let mut transcript = String::new();
    for event in events.into_iter().filter(|event| event.server == Some(server)) {
        for line in lines(event).iter() {
            transcript.push_str(&file_line(began + event.at, line));
            transcript.push('\n');
        }
    }
    transcript
}

/// What all servers print about some events: when, which server, and the line.
pub fn printed<'a>(events: impl IntoIterator<Item = &'a Event>) -> impl Iterator<Item = (Micros, NodeId, Line)> {
    let of_servers = events.into_iter().filter_map(|event| Some((event, event.server?)));
    of_servers.flat_map(|(event, server)| {
        let lines = lines(event).lines.into_iter().flatten();
        lines.map(move |line| (event.at, server, line))
    })
}

/// A file of a run's lines, one server after the other; first of all it says so if the rules are not the paper's.
///
/// `began` is when the run began, as in [`transcript`].
#[must_use]
pub fn file(history: &History, began: Micros, lines: impl IntoIterator<Item = (Micros, NodeId, Line)>) -> String {
    let mut logs = vec![String::new(); history.world().servers().len()];
    for (at, server, line) in lines {
        let log = &mut logs[server.index()];
        log.push_str(&file_line(began + at, line));
        log.push('\n');
    }
    let note = about_rules(history).map(|about| format!("# {about}\n"));
    let logs = NodeId::all(logs.len()).zip(logs).filter(|(_, log)| !log.is_empty());
    let logs = logs.map(|(server, log)| format!("==> server{}.log <==\n{log}", server.number()));
    note.into_iter().chain(logs).collect::<Vec<_>>().join("\n")
}

/// One line as in a lab's file: with its time, but for what was typed.
fn file_line(at: Micros, line: Line) -> String {
    if line.text.typed() {
        line.to_string()
    } else {
        format!("{} {line}", timestamp(at))
    }
}

/// Seconds from midnight to the start of the lab's first figure, at 10:07:40.
const MIDNIGHT_TO_START: u64 = 10 * 3600 + 7 * 60 + 40;

/// How long after the start of the lab's first figure a time of the same day is, such as `10:23:31`.
pub(super) fn since_start(time: &str) -> Option<Micros> {
    let mut parts = time.split(':').map(|part| part.parse::<u64>().ok());
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let is_time = hour < 24 && minute < 60 && second < 60 && parts.next().is_none();
    let seconds = (hour * 3600 + minute * 60 + second).checked_sub(MIDNIGHT_TO_START)?;
    is_time.then_some(Micros::from_secs(seconds))
}

/// A line's time as the lab printed it, so long after the start of the lab's first figure: 2019/10/07 10:07:40.
#[must_use]
pub fn timestamp(at: Micros) -> String {
    const SECONDS_A_DAY: u64 = 86_400;
    let seconds = MIDNIGHT_TO_START + at.0 / 1_000_000;
    let (year, month, day) = date(seconds / SECONDS_A_DAY);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year}/{month:02}/{day:02} {hour:02}:{minute:02}:{second:02}")
}

/// The date so many days after 2019/10/07, as year, month and day of the Gregorian calendar.
///
/// Years are counted from March, so that the leap day is a year's last and months have a pattern: the first day of month m
/// (March is 0) is day (153 m + 2) / 5 of its year.
const fn date(days_later: u64) -> (u64, u64, u64) {
    /// Days in 400 years, after which the calendar repeats.
    const DAYS_AN_ERA: u64 = 146_097;
    /// Days from 0000/03/01 to 2019/10/07.
    const FIRST_DAY: u64 = 737_644;
    let days = FIRST_DAY + days_later;
    let (era, day_of_era) = (days / DAYS_AN_ERA, days % DAYS_AN_ERA);
    let leap_days = day_of_era / 1_460 + day_of_era / 146_096 - day_of_era / 36_524;
    let year_of_era = (day_of_era - leap_days) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let (month, next_year) = if month_from_march < 10 {
        (month_from_march + 3, 0)
    } else {
        (month_from_march - 9, 1)
    };
    (400 * era + year_of_era + next_year, month, day)
}

#[cfg(test)]
mod tests;

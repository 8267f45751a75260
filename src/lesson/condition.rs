//! What a step waits for, or wants brought about: something that happens in the run, or that holds in it.
//!
//! All of it is worked out from the trace, from the standings of the servers over time, and from the rules in force, so it does
//! not matter who brought it about, nor by which control.

use crate::{
    raft::{Decision, DeniedHeartbeat, DeniedVote, IgnoredReply, NodeId, Role, Rule, SteppedDown, Term},
    safety::Property,
    sim::{
        Action, Effect, Event, EventId, EventKind, History, Leadership, Links, MarkKind, Micros, RoleTimeline,
        ServerAction, Standing, Stretch,
    },
};

/// What has to be so: all of these.
pub type Goal = Vec<Condition>;

/// One thing that has to be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// This has happened since the step began.
    Happened(Occurrence),
    /// This is so now.
    Holds(RunState),
    /// This has been so for at least this long, all of it since the step began.
    HeldFor(RunState, Micros),
    /// The reader has done no more than so much of this since the step began.
    AtMost(usize, CountedDeed),
}

/// What of the reader's deeds is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountedDeed {
    /// All that was done.
    Actions,
    /// Crashes of servers.
    Crashes,
    /// Links that were cut, in one direction or in both.
    Links,
}

impl CountedDeed {
    /// All of them, with their words in files.
    pub(super) const WORDS: [(Self, &'static str); 3] = [
        (Self::Actions, "actions"),
        (Self::Crashes, "crashes"),
        (Self::Links, "links"),
    ];

    /// How much of it the reader has done, from an event on and up to the instant that is visited.
    fn count(self, history: &History, from: EventId) -> usize {
        let journal = history.journal(history.current());
        let is_readers = |at: Micros, action: Action| {
            let mut entries = journal.iter();
            entries.any(|entry| !entry.scripted && (entry.at, entry.action) == (at, action))
        };
        let events = history.trace().range(from, history.world().next_event());
        let deeds = events.filter_map(|event| match event.kind {
            EventKind::Action(action) if is_readers(event.at, action) => Some(action),
            _ => None,
        });
        match self {
            Self::Actions => deeds.count(),
            Self::Crashes => deeds.filter(|deed| deed.effect().is_crash()).count(),
            Self::Links => {
                let cuts: Vec<Action> = deeds.filter(|deed| deed.effect() == Effect::Cut).collect();
                let size = history.world().servers().len();
                let is_cut = |a: NodeId, b: NodeId| {
                    cuts.iter()
                        .any(|cut| cut.is_about_link(a, b) || cut.is_about_link(b, a))
                };
                Links::pairs(size).filter(|(a, b)| a < b && is_cut(*a, *b)).count()
            }
        }
    }
}

/// Something that happens. What is `None` may be anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// What happens.
    pub kind: OccurrenceKind,
    /// At which server.
    pub server: Option<NodeId>,
    /// Which other server it is about.
    pub other: Option<NodeId>,
    /// By which rule.
    pub why: Option<Reason>,
    /// In which term.
    pub term: Option<Term>,
}

/// Makes [`OccurrenceKind`] from a table: the word in files, and the word before the other server if there is one.
macro_rules! occurrences {
    ($($(#[$doc:meta])* $kind:ident = $word:literal $($preposition:literal)?;)*) => {
        /// What happens.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum OccurrenceKind {
            $($(#[$doc])* $kind,)*
            /// A safety property is broken.
            Breaks(Property),
            /// This is done, by the reader or by the scenario.
            Does(Action),
        }

        impl OccurrenceKind {
            /// Those that are a word, with the word before the other server; empty if it is about one server only.
            pub(super) const WORDS: &[(Self, &'static str, &'static str)] =
                &[$((Self::$kind, $word, concat!($($preposition)?)),)*];
        }
    };
}

occurrences! {
    /// A server's election timer fires.
    TimesOut = "times-out";
    /// A server stands for election.
    Stands = "stands";
    /// A server gives its vote to another one.
    Votes = "votes" "for";
    /// A server refuses its vote.
    Refuses = "refuses" "to";
    /// A candidate counts a vote.
    GetsVote = "gets-vote" "from";
    /// A reply does not count.
    IgnoresReply = "ignores-reply" "from";
    /// A server wins an election.
    Elected = "elected";
    /// A candidate or leader steps down.
    StepsDown = "steps-down";
    /// A server learns of a newer term.
    LearnsTerm = "learns-term" "from";
    /// A server accepts a heartbeat.
    Follows = "follows" "behind";
    /// A server refuses a heartbeat.
    RefusesHeartbeat = "refuses-heartbeat" "from";
    /// A server asks who would vote for it, before it stands.
    AsksFirst = "asks-first";
    /// A server would not give its vote.
    WouldRefuse = "would-refuse" "to";
    /// A message to a server is lost.
    Misses = "misses" "from";
    /// A server crashes.
    Crashes = "crashes";
    /// A server starts.
    Starts = "starts";
    /// The votes of a term turn out to be split.
    SplitVote = "split-vote";
}

/// By which rule something was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It has voted for another one in this term.
    AlreadyVoted,
    /// The message is of an older term.
    StaleTerm,
    /// The candidate's log is less up-to-date.
    LogBehind,
    /// It has heard from a leader a moment ago.
    HasLeader,
    /// The candidate's priority is lower.
    LowerPriority,
    /// It has seen a newer term.
    NewerTerm,
    /// Another server leads its term.
    OtherLeads,
    /// No majority answers.
    NoQuorum,
    /// The election is over.
    ElectionOver,
    /// That vote is counted already.
    Duplicate,
}

impl Reason {
    /// All of them, with their words in files.
    pub(super) const WORDS: [(Self, &'static str); 10] = [
        (Self::AlreadyVoted, "already-voted"),
        (Self::StaleTerm, "stale-term"),
        (Self::LogBehind, "log-behind"),
        (Self::HasLeader, "has-leader"),
        (Self::LowerPriority, "lower-priority"),
        (Self::NewerTerm, "newer-term"),
        (Self::OtherLeads, "other-leads"),
        (Self::NoQuorum, "no-quorum"),
        (Self::ElectionOver, "election-over"),
        (Self::Duplicate, "duplicate"),
    ];
}

/// Something that holds at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// This server leads, or any: it believes so, and a majority can follow it.
    Leader(Option<NodeId>),
    /// Nobody leads.
    NoLeader,
    /// This server, or any, believes that it leads, and no majority can follow it.
    StaleLeader(Option<NodeId>),
    /// Two servers believe that they lead.
    TwoLeaders,
    /// No server that runs reaches a majority.
    NoMajority,
    /// A rule is on or off.
    Rule(Rule, bool),
}

impl RunState {
    /// Whether it can be told of any instant of the past.
    pub(super) const fn has_past(self) -> bool {
        !matches!(self, Self::NoMajority | Self::Rule(..))
    }

    fn holds(self, history: &History) -> bool {
        match self {
            Self::NoMajority => {
                let leadership = Leadership::of(history.world());
                let enough = |server: NodeId| leadership.reach(server).len() >= leadership.majority();
                !leadership.running.iter().any(enough)
            }
            Self::Rule(rule, on) => {
                let world = history.world();
                world.servers().all(|(id, _)| world.rules_of(id).get(rule) == on)
            }
            _ => self.held_at(history.roles(), history.world().servers().len(), history.now()),
        }
    }

    /// Whether it held at an instant, after all that happened at it.
    // Inlined, it would be there wherever it is called.
    #[inline(never)]
    fn held_at(self, roles: &RoleTimeline, size: usize, at: Micros) -> bool {
        let standing = |server: NodeId| {
            let stretch = roles.lane_since(server, at).next();
            stretch
                .filter(|stretch| stretch.from <= at)
                .map(|stretch| stretch.standing)
        };
        let leads = |standing| matches!(standing, Some(Standing::Runs(Role::Leader) | Standing::Unsafe));
        let is_stale = |standing| standing == Some(Standing::Stale);
        let any = |wanted: Option<NodeId>, is: &dyn Fn(Option<Standing>) -> bool| {
            NodeId::all(size)
                .filter(|server| wanted.is_none_or(|wanted| wanted == *server))
                .filter(|server| is(standing(*server)))
                .count()
        };
        match self {
            Self::Leader(wanted) => any(wanted, &leads) > 0,
            Self::NoLeader => any(None, &leads) == 0,
            Self::StaleLeader(wanted) => any(wanted, &is_stale) > 0,
            Self::TwoLeaders => any(None, &|standing| leads(standing) || is_stale(standing)) > 1,
            Self::NoMajority | Self::Rule(..) => false,
        }
    }

    /// Since when it holds without a break, looked at from an instant on; or held, if this is the very instant at which it ends. So
    /// it does not matter how often anybody looks, as long as it is at each event.
    fn held_since(self, history: &History, from: Micros) -> Option<Micros> {
        let (roles, size, now) = (history.roles(), history.world().servers().len(), history.now());
        let changes = NodeId::all(size).flat_map(|server| {
            let begins = |stretch: &Stretch| stretch.from;
            roles.lane_since(server, from).map(begins)
        });
        let is_past = |at: &Micros| (from..=now).contains(at);
        let changes: Vec<Micros> = changes.filter(is_past).chain([from]).collect();
        let breaks = |at: &&Micros| !self.held_at(roles, size, **at);
        // What breaks off at this very instant has held until now.
        let broke = changes.iter().filter(|at| **at < now).filter(breaks).max();
        let held = changes
            .iter()
            .filter(|at| broke.is_none_or(|broke| *at > broke) && !breaks(at));
        held.min().copied()
    }
}

impl Condition {
    /// When it came to be so, since a step began with this event and at this instant; `None` if it is not so.
    pub(super) fn met(&self, history: &History, from: EventId, since: Micros) -> Option<(Micros, Option<EventId>)> {
        let now = history.now();
        match *self {
            Self::Happened(occurrence) => {
                let (at, event) = occurrence.first(history, from)?;
                Some((at, Some(event)))
            }
            Self::Holds(state) => state.holds(history).then_some((now, None)),
            Self::HeldFor(state, span) => {
                let lasted = state.held_since(history, since)? + span;
                (lasted <= now).then_some((lasted, None))
            }
            Self::AtMost(most, deed) => (deed.count(history, from) <= most).then_some((since, None)),
        }
    }
}

/// What an event is, as far as conditions ask for it.
struct OccurrenceFacts {
    kind: OccurrenceKind,
    other: Option<NodeId>,
    why: Option<Reason>,
    term: Term,
}

impl Occurrence {
    /// Anything of a kind.
    #[must_use]
    pub const fn any(kind: OccurrenceKind) -> Self {
        Self {
            kind,
            server: None,
            other: None,
            why: None,
            term: None,
        }
    }

    /// All that an event is, as far as conditions ask for it.
    pub(super) fn of(event: &Event) -> Option<Self> {
        let OccurrenceFacts { kind, other, why, term } = OccurrenceFacts::of(event)?;
        Some(Self {
            kind,
            server: event.server,
            other,
            why,
            term: Some(term),
        })
    }

    /// The first that fits, from an event on and up to the instant that is visited.
    #[must_use]
    pub fn first(&self, history: &History, from: EventId) -> Option<(Micros, EventId)> {
        let until = history.world().next_event();
        if self.is_mark() {
            let marks = history
                .roles()
                .marks()
                .filter(|mark| (from..until).contains(&mark.event));
            return marks
                .filter(|mark| self.fits_mark(mark.kind))
                .map(|mark| (mark.at, mark.event))
                .next();
        }
        let mut events = history.trace().range(from, until);
        events.find(|event| self.fits(event)).map(|event| (event.at, event.id))
    }

    /// The last that fits, up to the instant that is visited.
    #[must_use]
    pub fn last(&self, history: &History) -> Option<(Micros, EventId)> {
        let until = history.world().next_event();
        if self.is_mark() {
            let mut marks = history.roles().marks().rev().filter(|mark| mark.event < until);
            return marks
                .find(|mark| self.fits_mark(mark.kind))
                .map(|mark| (mark.at, mark.event));
        }
        let found = history.happened().rev().find(|event| self.fits(event));
        found.map(|event| (event.at, event.id))
    }

    /// Whether it shows in what is worth going to, not in a single event.
    const fn is_mark(&self) -> bool {
        matches!(self.kind, OccurrenceKind::SplitVote | OccurrenceKind::Breaks(_))
    }

    fn fits_mark(&self, mark: MarkKind) -> bool {
        match (self.kind, mark) {
            (OccurrenceKind::SplitVote, MarkKind::Split(term)) => self.term.is_none_or(|wanted| wanted == term),
            (OccurrenceKind::Breaks(property), MarkKind::Broken(violation)) => violation.property == property,
            _ => false,
        }
    }

    /// Whether an event is such.
    #[must_use]
    pub fn fits(&self, event: &Event) -> bool {
        if let OccurrenceKind::Does(action) = self.kind {
            return event.kind == EventKind::Action(action);
        }
        let Some(facts) = OccurrenceFacts::of(event) else {
            return false;
        };
        facts.kind == self.kind
            && (self.server.is_none() || self.server == event.server)
            && (self.other.is_none() || self.other == facts.other)
            && (self.why.is_none() || self.why == facts.why)
            && self.term.is_none_or(|term| term == facts.term)
    }
}

impl OccurrenceFacts {
    fn of(event: &Event) -> Option<Self> {
        let facts = |kind, other, why| Self {
            kind,
            other,
            why,
            term: event.term,
        };
        let in_term = |term, facts: Self| Self { term, ..facts };
        use OccurrenceKind as Kind;
        Some(match event.kind {
            EventKind::Action(action @ Action::Server(_, done)) => match action.effect() {
                Effect::Crash | Effect::Wipe => facts(Kind::Crashes, None, None),
                _ if done == ServerAction::Start => facts(Kind::Starts, None, None),
                _ => return None,
            },
            EventKind::Lost { from, .. } => facts(Kind::Misses, Some(from), None),
            EventKind::Decided(decision) => match decision {
                Decision::ElectionTimedOut => facts(Kind::TimesOut, None, None),
                Decision::ElectionStarted { term } => in_term(term, facts(Kind::Stands, None, None)),
                Decision::VoteGranted { to, term, .. } => in_term(term, facts(Kind::Votes, Some(to), None)),
                Decision::VoteDenied { to, term, why } => {
                    in_term(term, facts(Kind::Refuses, Some(to), Some(why.into())))
                }
                Decision::VoteReceived { from, .. } => facts(Kind::GetsVote, Some(from), None),
                Decision::ReplyIgnored { from, why } => facts(Kind::IgnoresReply, Some(from), Some(why.into())),
                Decision::ElectionWon { .. } => facts(Kind::Elected, None, None),
                Decision::SteppedDown(why) => facts(Kind::StepsDown, None, Some(why.into())),
                Decision::TermAdvanced { new, from, .. } => in_term(new, facts(Kind::LearnsTerm, Some(from), None)),
                Decision::HeartbeatAccepted { from, .. } => facts(Kind::Follows, Some(from), None),
                Decision::HeartbeatDenied { from, term, why } => {
                    in_term(term, facts(Kind::RefusesHeartbeat, Some(from), why.into()))
                }
                Decision::PreVoteStarted { term } => in_term(term, facts(Kind::AsksFirst, None, None)),
                Decision::PreVoteDenied { to, term, why } => {
                    in_term(term, facts(Kind::WouldRefuse, Some(to), Some(why.into())))
                }
                _ => return None,
            },
            _ => return None,
        })
    }
}

impl From<DeniedVote> for Reason {
    fn from(why: DeniedVote) -> Self {
        match why {
            DeniedVote::StaleTerm => Self::StaleTerm,
            DeniedVote::AlreadyVotedFor(_) => Self::AlreadyVoted,
            DeniedVote::LogBehind { .. } => Self::LogBehind,
            DeniedVote::HasLeader(_) => Self::HasLeader,
            DeniedVote::LowerPriority => Self::LowerPriority,
        }
    }
}

impl From<IgnoredReply> for Reason {
    fn from(why: IgnoredReply) -> Self {
        match why {
            IgnoredReply::StaleTerm => Self::StaleTerm,
            IgnoredReply::NotCandidate => Self::ElectionOver,
            IgnoredReply::Duplicate => Self::Duplicate,
        }
    }
}

impl From<SteppedDown> for Reason {
    fn from(why: SteppedDown) -> Self {
        match why {
            SteppedDown::NewerTerm => Self::NewerTerm,
            SteppedDown::LeaderOfTerm(_) => Self::OtherLeads,
            SteppedDown::NoQuorum => Self::NoQuorum,
        }
    }
}

impl From<DeniedHeartbeat> for Option<Reason> {
    fn from(why: DeniedHeartbeat) -> Self {
        match why {
            DeniedHeartbeat::StaleTerm => Some(Reason::StaleTerm),
            DeniedHeartbeat::LeadsItself | DeniedHeartbeat::KeepsRunning => None,
        }
    }
}

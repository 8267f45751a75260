//! What a space-time diagram shows: an index over the trace that grows with it, so that a long run costs no more than a short one.

use std::collections::VecDeque;

use crate::{
    raft::{Decision, MAX_SERVERS, Message, NodeId, Term, Timer},
    sim::{Effect, Event, EventId, EventKind, History, LostWhere, Micros, Trace},
};

/// The way of one message, or of one copy of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Journey {
    /// The event of its sending, or of its duplication.
    pub sent: EventId,
    /// When it was sent.
    pub sent_at: Micros,
    /// When it leaves its sender: later than it was sent if it waits for the disk.
    pub leaves_at: Micros,
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// What it says.
    pub message: Message,
    /// Whether it is a copy that the network made.
    pub copy: bool,
    /// Since when it waited at a paused server.
    pub held: Option<Waypoint>,
    /// Where it ended, if it has.
    pub end: Option<Waypoint>,
    /// Where it was lost, if it was.
    pub lost: Option<LostWhere>,
}

/// An event on the way of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waypoint {
    /// Which.
    pub event: EventId,
    /// When.
    pub at: Micros,
}

impl Journey {
    /// When it left its sender, as far as it has by an instant: whatever is done by hand to one that waits for the disk ends its wait.
    #[must_use]
    pub fn left_by(&self, now: Micros) -> Micros {
        let stops = [self.held, self.end].into_iter().flatten();
        stops.map(|stop| stop.at).fold(self.leaves_at.min(now), Micros::min)
    }

    /// When it was last seen; [`Micros::NEVER`] while it is under way.
    #[must_use]
    pub fn until(&self) -> Micros {
        self.end.map_or(Micros::NEVER, |end| end.at)
    }

    /// Whether an event is one of its stops.
    #[must_use]
    pub fn has(&self, event: EventId) -> bool {
        let is = |stop: Option<Waypoint>| stop.is_some_and(|stop| stop.event == event);
        self.sent == event || is(self.held) || is(self.end)
    }
}

/// What a dot on a server's line stands for. Of several things at one instant the last in this order is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DotKind {
    /// A leader's heartbeat timer fired.
    Beat,
    /// A heartbeat was accepted.
    Heard,
    /// A reply did not count.
    Ignored,
    /// Something else was done to a server, or to the network.
    Acted,
    /// A heartbeat was refused.
    Unheard,
    /// A newer term was learned.
    Term,
    /// An election timer fired.
    Timeout,
    /// A refusal arrived.
    Refusal,
    /// A vote arrived.
    Vote,
    /// A vote was refused.
    Denied,
    /// A vote was given.
    Granted,
    /// A candidate or leader stepped down.
    SteppedDown,
    /// An election started.
    Started,
    /// An election was won.
    Won,
    /// A server was paused.
    Paused,
    /// A server goes on.
    Resumed,
    /// A server started.
    Up,
    /// A server crashed.
    Crashed,
    /// A server crashed and its disk was wiped.
    Wiped,
}

impl DotKind {
    /// What an event is shown as; most are not.
    #[must_use]
    pub const fn of(event: &Event) -> Option<Self> {
        Some(match event.kind {
            EventKind::Action(action) => match action.effect() {
                Effect::Start => Self::Up,
                Effect::Crash => Self::Crashed,
                Effect::Wipe => Self::Wiped,
                Effect::Pause => Self::Paused,
                Effect::Resume => Self::Resumed,
                Effect::Cut | Effect::Mend | Effect::Other => Self::Acted,
            },
            EventKind::TimerFired(Timer::Election) => Self::Timeout,
            EventKind::TimerFired(Timer::Heartbeat) => Self::Beat,
            EventKind::Decided(decision) => return Self::of_decision(decision),
            _ => return None,
        })
    }

    const fn of_decision(decision: Decision) -> Option<Self> {
        Some(match decision {
            Decision::Started | Decision::LogMoved(_) | Decision::QuorumHeard { .. } => return None,
            Decision::ElectionTimedOut | Decision::AskedToRun { .. } => Self::Timeout,
            Decision::ElectionStarted { .. } | Decision::PreVoteStarted { .. } => Self::Started,
            Decision::VoteReceived { .. } | Decision::PreVoteReceived { .. } => Self::Vote,
            Decision::VoteRefused { .. } | Decision::PreVoteRefused { .. } => Self::Refusal,
            Decision::TransferStarted { .. } => Self::Acted,
            Decision::ReplyIgnored { .. } => Self::Ignored,
            Decision::ElectionWon { .. } => Self::Won,
            Decision::TermAdvanced { .. } => Self::Term,
            Decision::SteppedDown(_) => Self::SteppedDown,
            Decision::VoteGranted { .. } | Decision::PreVoteGranted { .. } => Self::Granted,
            Decision::VoteDenied { .. } | Decision::PreVoteDenied { .. } => Self::Denied,
            Decision::HeartbeatAccepted { .. } => Self::Heard,
            Decision::HeartbeatDenied { .. } => Self::Unheard,
        })
    }
}

/// What happened to a server at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dot {
    /// When.
    pub at: Micros,
    /// To whom; `None` for what was done to the whole cluster.
    pub server: Option<NodeId>,
    /// The most telling of it.
    pub kind: DotKind,
    /// Its event.
    pub event: EventId,
    first: EventId,
}

/// From when on a server is in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermChange {
    /// When.
    pub at: Micros,
    /// In which.
    pub term: Term,
    event: EventId,
}

/// What there is to draw of a run, up to the instant that is visited and as far back as its trace reaches.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Whether heartbeats are left out, but for those that changed a term or a role.
    elections_only: bool,
    epoch: Option<u64>,
    scanned: u64,
    /// In order of sending.
    journeys: VecDeque<Journey>,
    /// In order of time.
    dots: VecDeque<Dot>,
    /// The instants at which something is drawn, in order.
    rows: VecDeque<Micros>,
    terms: [VecDeque<TermChange>; MAX_SERVERS],
    /// How long the longest journey took that has ended.
    longest: Micros,
    /// All journeys before this one have ended.
    first_open: usize,
    /// Rows dropped since the index was made.
    dropped: usize,
}

impl Index {
    /// An index of everything, or without heartbeats.
    #[must_use]
    pub fn new(elections_only: bool) -> Self {
        Self {
            elections_only,
            ..Self::default()
        }
    }

    /// Whether heartbeats are left out.
    #[must_use]
    pub const fn elections_only(&self) -> bool {
        self.elections_only
    }

    /// The instants at which something is drawn, in order.
    #[must_use]
    pub const fn rows(&self) -> &VecDeque<Micros> {
        &self.rows
    }

    /// How many rows before the first one were dropped as the trace forgot them.
    #[must_use]
    pub const fn dropped(&self) -> usize {
        self.dropped
    }

    /// The journeys that are under way at some time between two instants, in order of sending.
    pub fn journeys(&self, from: Micros, to: Micros) -> impl DoubleEndedIterator<Item = &Journey> {
        let sent_before = |at: Micros| self.journeys.partition_point(|journey| journey.sent_at < at);
        let start = sent_before(from - self.longest).min(self.first_open);
        let end = sent_before(to + Micros(1));
        self.journeys
            .range(start.min(end)..end)
            .filter(move |journey| journey.until() >= from)
    }

    /// The dots between two instants, in order of time.
    pub fn dots(&self, from: Micros, to: Micros) -> impl DoubleEndedIterator<Item = &Dot> + ExactSizeIterator {
        let before = |at: Micros| self.dots.partition_point(|dot| dot.at < at);
        let end = before(to + Micros(1));
        self.dots.range(before(from).min(end)..end)
    }

    /// When a server's term changed.
    pub fn terms(&self, server: NodeId) -> impl Iterator<Item = &TermChange> {
        self.terms[server.index()].iter()
    }

    /// The journey that an event is a stop of.
    #[must_use]
    pub fn journey_of(&self, event: &Event) -> Option<&Journey> {
        let sent = match event.kind {
            EventKind::Sent { .. } | EventKind::Duplicated { .. } => event.id,
            EventKind::Delivered { .. } | EventKind::Held { .. } | EventKind::Lost { .. } => event.cause?,
            _ => return None,
        };
        self.journeys.get(self.find(sent).ok()?)
    }

    /// Whether an event can be selected here: it is drawn, or shares a dot with one that is.
    #[must_use]
    pub const fn lists(&self, event: &Event) -> bool {
        let silent = matches!(
            event.kind,
            EventKind::TimerSet { .. } | EventKind::TimerCancelled(_) | EventKind::Persisted(_)
        );
        !(silent || self.elections_only && is_heartbeat(event))
    }

    /// Catches up with a history. `epoch` differs from the last call if events have become others.
    pub fn sync(&mut self, history: &History, epoch: u64) {
        let trace = history.trace();
        let (first, end) = (trace.first(), history.world().next_event());
        if self.epoch != Some(epoch) || self.scanned < first.0 {
            *self = Self::new(self.elections_only);
            self.epoch = Some(epoch);
            self.scanned = first.0;
        }
        self.forget_before(first, trace);
        if end.0 < self.scanned {
            self.go_back(end, history.now());
        }
        for event in trace.range(EventId(self.scanned), end) {
            self.take(event, trace);
        }
        self.scanned = end.0;
        while self
            .journeys
            .get(self.first_open)
            .is_some_and(|journey| journey.end.is_some())
        {
            self.first_open += 1;
        }
    }

    fn forget_before(&mut self, first: EventId, trace: &Trace) {
        let Some(since) = trace.get(first).map(|event| event.at) else {
            return;
        };
        while self.journeys.front().is_some_and(|journey| journey.sent < first) {
            self.journeys.pop_front();
            self.first_open = self.first_open.saturating_sub(1);
        }
        while self.dots.front().is_some_and(|dot| dot.first < first) {
            self.dots.pop_front();
        }
        while self.rows.front().is_some_and(|row| *row < since) {
            self.rows.pop_front();
            self.dropped += 1;
        }
        for terms in &mut self.terms {
            // The term that a server was in at the first event is still of interest.
            while terms.get(1).is_some_and(|next| next.event < first) {
                terms.pop_front();
            }
        }
    }

    /// Forgets what happened from an event on, which lies after `now`.
    fn go_back(&mut self, end: EventId, now: Micros) {
        while self.journeys.back().is_some_and(|journey| journey.sent >= end) {
            self.journeys.pop_back();
        }
        for journey in &mut self.journeys {
            journey.held = journey.held.filter(|stop| stop.event < end);
            journey.end = journey.end.filter(|stop| stop.event < end);
            journey.lost = journey.lost.filter(|_| journey.end.is_some());
        }
        while self.dots.back().is_some_and(|dot| dot.first >= end) {
            self.dots.pop_back();
        }
        while self.rows.back().is_some_and(|row| *row > now) {
            self.rows.pop_back();
        }
        for terms in &mut self.terms {
            while terms.back().is_some_and(|change| change.event >= end) {
                terms.pop_back();
            }
        }
        self.first_open = 0;
        self.scanned = end.0;
    }

    fn take(&mut self, event: &Event, trace: &Trace) {
        self.take_term(event);
        let left_out = self.elections_only && is_heartbeat(event);
        match event.kind {
            EventKind::Sent { to, waits, message } | EventKind::Duplicated { to, waits, message } if !left_out => {
                if let Some(from) = event.server {
                    self.depart(event, from, (to, message), waits);
                }
            }
            EventKind::Delivered { .. } | EventKind::Held { .. } | EventKind::Lost { .. } => self.arrive(event),
            EventKind::Decided(Decision::SteppedDown(_) | Decision::TermAdvanced { .. }) if self.elections_only => {
                self.keep_cause(event, trace);
            }
            _ => {}
        }
        if let Some(kind) = DotKind::of(event).filter(|_| !left_out) {
            self.dot(event, kind);
        }
    }

    fn take_term(&mut self, event: &Event) {
        let Some(server) = event.server else { return };
        let terms = &mut self.terms[server.index()];
        if terms.back().map_or(Term::ZERO, |last| last.term) != event.term {
            terms.push_back(TermChange {
                at: event.at,
                term: event.term,
                event: event.id,
            });
        }
    }

    fn depart(&mut self, event: &Event, from: NodeId, (to, message): (NodeId, Message), waits: Micros) {
        let journey = Journey {
            sent: event.id,
            sent_at: event.at,
            leaves_at: event.at + waits,
            from,
            to,
            message,
            copy: matches!(event.kind, EventKind::Duplicated { .. }),
            held: None,
            end: None,
            lost: None,
        };
        if let Err(place) = self.find(event.id) {
            self.journeys.insert(place, journey);
            self.first_open = self.first_open.min(place);
            self.row(event.at);
        }
    }

    fn arrive(&mut self, event: &Event) {
        let Some(place) = event.cause.and_then(|sent| self.find(sent).ok()) else {
            return;
        };
        let journey = &mut self.journeys[place];
        let stop = Some(Waypoint {
            event: event.id,
            at: event.at,
        });
        match event.kind {
            EventKind::Held { .. } => journey.held = stop,
            EventKind::Lost { place, .. } => {
                journey.end = stop;
                journey.lost = Some(place);
            }
            _ => journey.end = stop,
        }
        self.longest = self.longest.max(event.at - journey.sent_at);
        self.row(event.at);
    }

    /// A heartbeat that changed a term or a role belongs to the elections.
    fn keep_cause(&mut self, note: &Event, trace: &Trace) {
        let cause = |event: &Event| event.cause.and_then(|cause| trace.get(cause));
        let mut event = *note;
        while let (EventKind::Decided(_), Some(earlier)) = (event.kind, cause(&event)) {
            event = *earlier;
        }
        if !matches!(event.kind, EventKind::Delivered { .. }) {
            return;
        }
        let Some(sent) = cause(&event) else { return };
        if let (Some(from), EventKind::Sent { to, waits, message } | EventKind::Duplicated { to, waits, message }) =
            (sent.server, sent.kind)
        {
            self.depart(sent, from, (to, message), waits);
            self.arrive(&event);
        }
    }

    fn dot(&mut self, event: &Event, kind: DotKind) {
        let last = self.dots.back_mut();
        if let Some(last) = last.filter(|last| (last.at, last.server) == (event.at, event.server)) {
            // What came first of equals led to the others.
            if kind > last.kind {
                (last.kind, last.event) = (kind, event.id);
            }
            return;
        }
        self.dots.push_back(Dot {
            at: event.at,
            server: event.server,
            kind,
            event: event.id,
            first: event.id,
        });
        self.row(event.at);
    }

    fn row(&mut self, at: Micros) {
        match self.rows.back() {
            Some(last) if *last >= at => {
                if let Err(place) = self.rows.binary_search(&at) {
                    self.rows.insert(place, at);
                }
            }
            _ => self.rows.push_back(at),
        }
    }

    fn find(&self, sent: EventId) -> Result<usize, usize> {
        self.journeys.binary_search_by_key(&sent, |journey| journey.sent)
    }
}

/// Whether an event is part of a leader's routine.
#[must_use]
pub const fn is_heartbeat(event: &Event) -> bool {
    match event.kind {
        EventKind::Sent { message, .. }
        | EventKind::Duplicated { message, .. }
        | EventKind::Delivered { message, .. }
        | EventKind::Held { message, .. }
        | EventKind::Lost { message, .. } => is_routine(message),
        EventKind::TimerFired(timer) => matches!(timer, Timer::Heartbeat),
        EventKind::Decided(decision) => matches!(
            decision,
            Decision::HeartbeatAccepted { .. } | Decision::HeartbeatDenied { .. }
        ),
        _ => false,
    }
}

/// Whether a message is a heartbeat or the reply to one.
#[must_use]
pub const fn is_routine(message: Message) -> bool {
    matches!(
        message,
        Message::AppendEntries { .. } | Message::AppendEntriesReply { .. }
    )
}

#[cfg(test)]
mod tests;

//! What there is to see in a window of the run, in numbers that are bounded by the width of the lanes, not by what happened.

use crate::{
    raft::{Decision, Message, NodeId, Term},
    sim::{Event, EventId, EventKind, LostWhere, Mark, MarkKind, Micros, RoleTimeline, Trace},
    ui::svg::timeline::window::{Place, Window},
};

/// Where a term begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// Where.
    pub at: Place,
    /// Which.
    pub term: Term,
    /// Whether there is room for its number.
    pub labelled: bool,
}

/// The starts of terms in a window: as far as they are apart, and numbers only as far apart as `apart`.
#[must_use]
pub fn starts(roles: &RoleTimeline, window: Window, apart: Place) -> Vec<Start> {
    const LINES_APART: Place = 40;
    let mut starts: Vec<Start> = Vec::new();
    let mut free = 0;
    for start in roles.terms_since(window.from) {
        if start.at > window.end() {
            break;
        }
        let at = window.place(start.at);
        if starts.last().is_some_and(|last| at < last.at + LINES_APART) {
            continue;
        }
        // A number is written to the right of its line.
        let labelled = at >= free && at + apart <= Window::WIDTH + apart / 3;
        if labelled {
            free = at + apart;
        }
        starts.push(Start {
            at,
            term: start.term,
            labelled,
        });
    }
    starts
}

/// A mark above the lanes, which may stand for several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Where: beside its instant, if another mark is there.
    pub at: Place,
    /// The weightiest of those it stands for.
    pub mark: Mark,
    /// How many others it stands for.
    pub others: usize,
}

/// The marks in a window, not closer to each other than `apart`.
#[must_use]
pub fn spots(roles: &RoleTimeline, window: Window, apart: Place) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for mark in seen_in(roles, window) {
        let mut at = window.place(mark.seen_at);
        // That a leader was elected is not hidden by what happened shortly before or after: the two stand side by side.
        let beside = |last: &&Spot| at >= last.at && is_elected(last.mark.kind) != is_elected(mark.kind);
        if let Some(last) = spots.last().filter(beside) {
            at = at.max(last.at + apart);
        }
        match spots.last_mut().filter(|last| at < last.at + apart) {
            Some(last) => {
                last.others += 1;
                if weight(mark.kind) > weight(last.mark.kind) {
                    last.mark = mark;
                }
            }
            None => spots.push(Spot { at, mark, others: 0 }),
        }
    }
    spots
}

/// The marks that are seen in a window, in the order in which they are: votes are split when the last of them is given, though a later
/// timeout shows it. The lanes show already who is a candidate.
fn seen_in(roles: &RoleTimeline, window: Window) -> Vec<Mark> {
    /// Marks after the window among which is that of a split that is seen in it.
    const LATER: usize = 50;
    let (mut seen, mut later): (Vec<Mark>, _) = (Vec::new(), 0);
    for mark in roles.marks_since(window.from) {
        later += usize::from(mark.at > window.end());
        if later > LATER {
            break;
        }
        let is_in = window.from <= mark.seen_at && mark.seen_at <= window.end();
        if is_in && !matches!(mark.kind, MarkKind::Ran(..)) {
            let place = seen.partition_point(|other| other.seen_at <= mark.seen_at);
            seen.insert(place, *mark);
        }
    }
    seen
}

const fn is_elected(kind: MarkKind) -> bool {
    matches!(kind, MarkKind::Elected(..))
}

const fn weight(kind: MarkKind) -> u8 {
    match kind {
        MarkKind::Ran(..) => 0,
        MarkKind::Split(_) => 1,
        MarkKind::Elected(..) | MarkKind::Deposed(..) => 2,
        MarkKind::Acted(action) if action.effect().is_crash() => 4,
        MarkKind::Acted(_) => 3,
        MarkKind::Broken(_) => 5,
    }
}

/// A message between two lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flight {
    /// The event that ended it.
    pub event: EventId,
    /// When that was.
    pub ended_at: Micros,
    /// Where it left.
    pub sent: (Place, NodeId),
    /// Where it arrived, or would have if it had not been lost.
    pub ended: (Place, NodeId),
    /// How it was lost, if it was.
    pub lost: Option<LostWhere>,
    /// What it says.
    pub message: Message,
}

/// A vote that a server gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vote {
    /// The event.
    pub event: EventId,
    /// When.
    pub when: Micros,
    /// Where.
    pub at: Place,
    /// Who voted.
    pub voter: NodeId,
    /// For whom.
    pub candidate: NodeId,
    /// In which term.
    pub term: Term,
}

/// What is only seen at close zoom: messages and votes, as far as they are in memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Messages, by when they ended.
    pub flights: Vec<Flight>,
    /// Votes, by when they were given.
    pub votes: Vec<Vote>,
}

impl Details {
    /// Messages drawn at most: more could not be told apart.
    pub const MOST_FLIGHTS: usize = 240;
    /// Votes drawn at most.
    pub const MOST_VOTES: usize = 240;
    /// Events looked through at most.
    const MOST_EVENTS: u64 = 20_000;

    /// The details of a window; without messages or votes if there are too many.
    #[must_use]
    pub fn of(trace: &Trace, window: Window) -> Self {
        let (first, end) = (
            first_since(trace, window.from),
            first_since(trace, window.end() + Micros(1)),
        );
        let mut details = Self::default();
        if end.0 - first.0 > Self::MOST_EVENTS {
            return details;
        }
        for event in trace.range(first, end) {
            if details.flights.len() <= Self::MOST_FLIGHTS {
                details.flights.extend(flight(trace, event, window));
            }
            if details.votes.len() <= Self::MOST_VOTES {
                details.votes.extend(vote(event, window));
            }
        }
        if details.flights.len() > Self::MOST_FLIGHTS {
            details.flights.clear();
        }
        if details.votes.len() > Self::MOST_VOTES {
            details.votes.clear();
        }
        details
    }
}

/// The first event in memory that is not before an instant.
fn first_since(trace: &Trace, at: Micros) -> EventId {
    let (mut low, mut high) = (trace.first().0, trace.end().0);
    while low < high {
        let middle = low + (high - low) / 2;
        if trace.get(EventId(middle)).is_some_and(|event| event.at < at) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    EventId(low)
}

fn flight(trace: &Trace, event: &Event, window: Window) -> Option<Flight> {
    let (message, lost) = match event.kind {
        EventKind::Delivered { message, .. } => (message, None),
        EventKind::Lost { message, place, .. } => (message, Some(place)),
        _ => return None,
    };
    let (EventKind::Delivered { from, .. } | EventKind::Lost { from, .. }) = event.kind else {
        return None;
    };
    let sent = trace.get(event.cause?)?;
    Some(Flight {
        event: event.id,
        ended_at: event.at,
        sent: (window.place(sent.at), from),
        ended: (window.place(event.at), event.server?),
        lost,
        message,
    })
}

fn vote(event: &Event, window: Window) -> Option<Vote> {
    let EventKind::Decided(Decision::VoteGranted { to, term, .. }) = event.kind else {
        return None;
    };
    Some(Vote {
        event: event.id,
        when: event.at,
        at: window.place(event.at),
        voter: event.server?,
        candidate: to,
        term,
    })
}

#[cfg(test)]
mod tests;

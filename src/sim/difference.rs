//! Where two futures of one history part, and what differs from then on.

use super::{BranchId, Entry, Event, EventId, EventKind, History, Micros, Observer, World};

/// An instant at which two branches differ, with the first event of either that the other lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parting {
    /// When.
    pub at: Micros,
    /// The event of the one branch and of the other; at least one of them.
    pub events: [Option<Event>; 2],
}

/// Which of the two branches that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one.
    One,
    /// The other.
    Other,
}

impl Side {
    /// Both of them.
    pub const BOTH: [Self; 2] = [Self::One, Self::Other];
}

/// Two branches side by side, compared as far as asked.
///
/// They are made again from somewhat before they part, each in a world of its own, so it does not matter where the reader is or what the
/// history still holds. An event is shared if an equal one happens in the other branch at the same instant, whatever its number
/// and its cause. Equal events are matched one to one.
#[derive(Clone, Debug)]
pub struct Difference {
    branches: [BranchId; 2],
    lines: [RunningBranch; 2],
    /// The first instant that differs, of those that are settled.
    first: Option<Parting>,
    /// The first instant at which a decision differs, of those that are settled.
    first_decision: Option<Parting>,
    /// The instant that was compared last. More may be done at it, so it is not settled.
    open: Option<Open>,
}

/// What differs at the instant that is being visited.
#[derive(Clone, Debug)]
struct Open {
    at: Micros,
    differing: [Vec<EventId>; 2],
    first: Option<Parting>,
    first_decision: Option<Parting>,
}

/// A branch on its way: a world, and what is done to it.
#[derive(Clone, Debug)]
struct RunningBranch {
    world: World,
    journal: Vec<Entry>,
    /// How many entries of the journal have been applied.
    applied: usize,
    marks: Marks,
}

/// A bit for each event: whether it differs.
#[derive(Clone, Debug, Default)]
struct Marks {
    /// The first event that has one.
    from: u64,
    bits: Vec<u64>,
}

impl Marks {
    /// Events marked at most. Beyond, where two futures have long had nothing in common, all differ.
    const CAPACITY: usize = 1 << 23;

    fn set(&mut self, event: EventId) {
        let Some((word, bit)) = self.place(event).filter(|(word, _)| *word < Self::CAPACITY / 64) else {
            return;
        };
        if word >= self.bits.len() {
            self.bits.resize(word + 1, 0);
        }
        self.bits[word] |= bit;
    }

    fn has(&self, event: EventId) -> bool {
        match self.place(event) {
            None => false,
            Some((word, _)) if word >= Self::CAPACITY / 64 => true,
            Some((word, bit)) => self.bits.get(word).is_some_and(|bits| bits & bit != 0),
        }
    }

    fn place(&self, event: EventId) -> Option<(usize, u64)> {
        let offset = event.0.checked_sub(self.from)?;
        let word = usize::try_from(offset / 64).unwrap_or(usize::MAX);
        Some((word, 1 << (offset % 64)))
    }
}

/// All events of an instant.
#[derive(Default)]
struct Collected(Vec<Event>);

impl Observer for Collected {
    fn event(&mut self, event: &Event) {
        self.0.push(*event);
    }
}

impl RunningBranch {
    fn next_instant(&self) -> Micros {
        let planned = self.journal.get(self.applied).map(|entry| entry.at);
        let by_itself = self.world.next_instant();
        planned.unwrap_or(Micros::NEVER).min(by_itself.unwrap_or(Micros::NEVER))
    }

    /// Lets all happen that happens up to and at an instant.
    fn run(&mut self, until: Micros, observer: &mut impl Observer) {
        loop {
            let next = self.journal.get(self.applied).filter(|entry| entry.at <= until);
            self.world.run_until(next.map_or(until, |entry| entry.at), observer);
            let Some(entry) = next else { return };
            // What has become impossible is passed over, as in the history itself.
            let _ = self.world.act(entry.action, observer);
            self.applied += 1;
        }
    }
}

impl Difference {
    /// Two branches that part, with nothing compared so far. `None` if the same is done in both.
    ///
    /// # Panics
    /// If there are no such branches.
    #[must_use]
    pub fn between(history: &History, one: BranchId, other: BranchId) -> Option<Self> {
        let at = history.turning(one, other)?.at;
        // Up to there they are the same, so either's past is the other's. It may be long in a branch that has not run yet: going
        // through it is left to `advance`, which knows how much is too much.
        let [mine, theirs] = [one, other].map(|branch| history.before(branch, at));
        let later = theirs.0.next_event() > mine.0.next_event();
        let (world, applied) = if later { theirs } else { mine };
        let line = |branch| RunningBranch {
            world: world.clone(),
            journal: history.journal(branch).to_vec(),
            applied,
            marks: Marks {
                from: world.next_event().0,
                bits: Vec::new(),
            },
        };
        Some(Self {
            branches: [one, other],
            lines: [one, other].map(line),
            first: None,
            first_decision: None,
            open: None,
        })
    }

    /// The one branch and the other.
    #[must_use]
    pub const fn branches(&self) -> [BranchId; 2] {
        self.branches
    }

    /// Takes in what has been done in the branches since, at the end of what was compared. Says whether that is all that was
    /// done; else they have to be compared anew.
    #[must_use]
    pub fn follow(&mut self, history: &History) -> bool {
        for (line, branch) in self.lines.iter_mut().zip(self.branches) {
            if history.branch_info(branch).is_none() {
                return false;
            }
            let journal = history.journal(branch);
            if *journal == line.journal {
                continue;
            }
            if journal.get(..line.applied) != Some(&line.journal[..line.applied]) {
                return false;
            }
            // A branch that was started again is acted in at instants that were compared as they were before.
            let new = journal.get(line.applied);
            if new.is_some_and(|entry| entry.at <= line.world.now()) {
                return false;
            }
            line.journal = journal.to_vec();
            self.open = None;
        }
        true
    }

    /// Compares up to and at an instant, or less if more than so many events happen on the way. Says whether it got there.
    /// What was compared before, also of later instants, stays.
    pub fn advance(&mut self, until: Micros, most: u64) -> bool {
        if self.open.as_ref().is_some_and(|open| open.at == until) {
            return true;
        }
        self.open = None;
        let events = |lines: &[RunningBranch; 2]| lines.iter().map(|line| line.world.next_event().0).sum::<u64>();
        let limit = events(&self.lines).saturating_add(most);
        loop {
            let [one, other] = &self.lines;
            let next = one.next_instant().min(other.next_instant());
            if next >= until {
                self.open = (next == until && next != Micros::NEVER).then(|| self.look_at(until));
                return true;
            }
            if events(&self.lines) > limit {
                return false;
            }
            let happened = self.lines.each_mut().map(|line| {
                let mut collected = Collected::default();
                line.run(next, &mut collected);
                collected.0
            });
            let unmatched = unmatched(&happened);
            for (line, differing) in self.lines.iter_mut().zip(&unmatched) {
                differing.iter().for_each(|event| line.marks.set(event.id));
            }
            self.first = self.first.or_else(|| parting(&unmatched, |_| true));
            self.first_decision = self.first_decision.or_else(|| parting(&unmatched, is_decision));
        }
    }

    /// An instant at which something happens, without going there.
    fn look_at(&self, at: Micros) -> Open {
        let happened = self.lines.each_ref().map(|line| {
            let mut collected = Collected::default();
            line.clone_for_a_look().run(at, &mut collected);
            collected.0
        });
        let unmatched = unmatched(&happened);
        Open {
            at,
            first: parting(&unmatched, |_| true),
            first_decision: parting(&unmatched, is_decision),
            differing: unmatched.map(|events| events.iter().map(|event| event.id).collect()),
        }
    }

    /// Where the branches part, if what was compared goes so far.
    #[must_use]
    pub fn first(&self) -> Option<Parting> {
        self.first.or_else(|| self.open.as_ref()?.first)
    }

    /// Where a server first decides otherwise: what a reader sees of the parting.
    #[must_use]
    pub fn first_decision(&self) -> Option<Parting> {
        self.first_decision.or_else(|| self.open.as_ref()?.first_decision)
    }

    /// Whether an event of a branch has no equal in the other. `false` beyond what was compared.
    #[must_use]
    pub fn differs(&self, side: Side, event: EventId) -> bool {
        let index = side as usize;
        let line = &self.lines[index];
        if event >= line.world.next_event() {
            let open = self.open.as_ref();
            return open.is_some_and(|open| open.differing[index].contains(&event));
        }
        line.marks.has(event)
    }
}

impl RunningBranch {
    /// All but the marks, which are long.
    fn clone_for_a_look(&self) -> Self {
        Self {
            world: self.world.clone(),
            journal: self.journal.clone(),
            applied: self.applied,
            marks: Marks::default(),
        }
    }
}

const fn is_decision(event: &Event) -> bool {
    matches!(event.kind, EventKind::Decided(_))
}

/// The first events on either side that fit.
fn parting(unmatched: &[Vec<Event>; 2], fits: impl Fn(&Event) -> bool) -> Option<Parting> {
    let events = unmatched
        .each_ref()
        .map(|events| events.iter().find(|event| fits(event)).copied());
    let at = events.iter().flatten().next()?.at;
    Some(Parting { at, events })
}

/// The events of one instant on either side that have no equal on the other.
fn unmatched(happened: &[Vec<Event>; 2]) -> [Vec<Event>; 2] {
    /// Events looked at for an equal one: both sides tell of an instant in nearly the same order.
    const SOUGHT: usize = 256;
    let [one, other] = happened;
    let mut taken = vec![false; other.len()];
    let mut from = 0;
    let mut left = Vec::new();
    for event in one {
        while taken.get(from) == Some(&true) {
            from += 1;
        }
        let mut places = (from..other.len()).take(SOUGHT);
        match places.find(|place| !taken[*place] && is_same(event, &other[*place])) {
            Some(place) => taken[place] = true,
            None => left.push(*event),
        }
    }
    let rest = other.iter().zip(taken).filter(|(_, taken)| !taken);
    [left, rest.map(|(event, _)| *event).collect()]
}

/// Whether the same happened. Numbers and causes count all events before, so they differ as soon as anything does.
fn is_same(one: &Event, other: &Event) -> bool {
    let what = |event: &Event| (event.at, event.server, event.role, event.term, event.kind);
    what(one) == what(other)
}

#[cfg(test)]
mod tests;

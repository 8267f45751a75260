//! One line of events that can be visited at any instant.
//!
//! A [`ReplayLine`] is a journal (what is done, and when) with checkpoints along it. A [`Replay`] visits one: it goes to an
//! instant from the nearest checkpoint before it, by running forward, and keeps the events on its way in the trace. It knows
//! nothing of branches.

use std::rc::Rc;

use super::{
    journal::{Entry, Outcomes},
    snapshot::Snapshot,
};
use crate::sim::{Action, Config, ConfigError, EventId, Micros, Refused, RoleTimeline, Trace, World};

/// How much of a run is kept at hand. All else is made again when it is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Events that the trace holds at most.
    pub events: usize,
    /// Checkpoints that a branch holds at most; beyond, every second one goes. At least two.
    pub checkpoints: usize,
    /// Events that opening a branch may run through. One that is longer is opened as far as they go.
    pub opening: u64,
    /// Events between two checkpoints, until there are too many. As many events before an instant are in the trace at least
    /// when it is visited, if so many have happened.
    pub spacing: u64,
}

impl Default for Memory {
    /// Some dozens of megabytes, however long the run.
    fn default() -> Self {
        Self {
            events: 200_000,
            checkpoints: 2048,
            opening: 10_000_000,
            spacing: 4096,
        }
    }
}

/// A journal, checkpoints along it, and the role of each server over time, as far as the line has run.
#[derive(Clone, Debug)]
pub(super) struct ReplayLine {
    /// In order of time. At one instant, what the script does comes before what the reader does.
    pub(super) journal: Vec<Entry>,
    /// In order of time; the first one is the start.
    pub(super) checkpoints: Vec<Rc<Snapshot>>,
    /// Events between two checkpoints.
    spacing: u64,
    pub(super) roles: RoleTimeline,
    /// By place in the journal.
    pub(super) outcomes: Outcomes,
}

impl ReplayLine {
    /// A line that has not run yet, with another journal but the same start.
    pub(super) fn unrun(&self, journal: Vec<Entry>) -> Self {
        Self {
            journal,
            checkpoints: self.checkpoints[..1].to_vec(),
            spacing: self.spacing,
            roles: RoleTimeline::default(),
            outcomes: Outcomes::default(),
        }
    }

    /// A line that has another action in the place of one entry of this one's journal. It has run as far as the last
    /// checkpoint before that entry, which both have in common.
    ///
    /// # Errors
    /// Why the other action can't be done then.
    ///
    /// # Panics
    /// If the journal has no such entry.
    pub(super) fn changed(&self, gone: &[usize], action: Action) -> Result<Self, Refused> {
        let index = gone[0];
        let Entry { at, scripted, .. } = self.journal[index];
        let mut line = self.without(gone);
        let later = line.journal[index..].iter();
        let beside = later.take_while(|other| scripted && other.scripted && other.at == at);
        let place = index + beside.count();
        let start = line.checkpoints.last().expect("the start is before everything");
        start.allow_later(action, at, &line.journal[..place])?;
        let entry = Entry {
            at,
            action,
            scripted: false,
        };
        line.journal.insert(place, entry);
        Ok(line)
    }

    /// A line that lacks some entries of this one's journal, which are given in order. It has run as far as the last checkpoint
    /// before the first of them, which both have in common.
    ///
    /// # Panics
    /// If there is no such entry, or none is given.
    pub(super) fn without(&self, gone: &[usize]) -> Self {
        let mut line = self.clone();
        let first = gone[0];
        let at = line.journal[first].at;
        for index in gone.iter().rev() {
            line.journal.remove(*index);
        }
        // Nothing before the change is touched: the last checkpoint there is where both lines set out from.
        line.checkpoints
            .retain(|checkpoint| checkpoint.applied <= first && checkpoint.world.now() <= at);
        let start = line.checkpoints.last().expect("the start is before everything");
        line.roles.truncate(start.world.next_event());
        line.outcomes.forget_from(first);
        line
    }

    /// A world before an instant, at which nothing has happened yet, and how many entries of the journal it has behind it.
    pub(super) fn before(&self, at: Micros) -> (&World, usize) {
        let later = self
            .checkpoints
            .partition_point(|checkpoint| checkpoint.world.now() < at);
        let checkpoint = &self.checkpoints[later.saturating_sub(1)];
        (&checkpoint.world, checkpoint.applied)
    }

    /// How far its checkpoints reach.
    pub(super) fn last_checkpoint(&self) -> Micros {
        self.checkpoints.last().map_or(Micros::ZERO, |last| last.world.now())
    }

    /// Keeps a checkpoint; once there are too many, every second one goes and the next come at twice the distance.
    fn checkpoint(&mut self, snapshot: &Snapshot, most: usize) {
        self.checkpoints.push(Rc::new(snapshot.clone()));
        if self.checkpoints.len() > most {
            let mut index = 0;
            self.checkpoints.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing *= 2;
        }
    }
}

/// A line that is visited at an instant.
#[derive(Clone, Debug)]
pub(super) struct Replay {
    pub(super) memory: Memory,
    /// The cluster before it started.
    pub(super) config: Config,
    pub(super) line: ReplayLine,
    /// The instant that is visited.
    pub(super) snapshot: Snapshot,
    /// The events around it that are in memory. Those from the snapshot's next event on lie in its future.
    pub(super) trace: Trace,
}

/// Where to begin running towards an instant.
struct Landing {
    /// The checkpoint.
    index: usize,
    /// Whether the trace covers it, so that running on from there continues the trace.
    in_trace: bool,
}

impl Landing {
    /// The checkpoint before it, with a trace that begins anew.
    const fn earlier(&self) -> Self {
        Self {
            index: self.index.saturating_sub(1),
            in_trace: false,
        }
    }
}

impl Replay {
    /// Time 0 of a line with this journal; nothing that is due at it has happened yet.
    ///
    /// # Errors
    /// If the configuration is not valid.
    pub(super) fn new(config: Config, seed: u64, journal: Vec<Entry>, memory: Memory) -> Result<Self, ConfigError> {
        let mut trace = Trace::new(memory.events);
        let mut roles = RoleTimeline::default();
        let snapshot = Snapshot::new(config, seed, &mut trace, &mut roles)?;
        let line = ReplayLine {
            journal,
            checkpoints: vec![Rc::new(snapshot.clone())],
            spacing: memory.spacing,
            roles,
            outcomes: Outcomes::default(),
        };
        Ok(Self {
            memory,
            config,
            line,
            snapshot,
            trace,
        })
    }

    /// The instant that is visited.
    pub(super) const fn now(&self) -> Micros {
        self.snapshot.world.now()
    }

    /// When the next entry of the journal is due.
    pub(super) fn next_planned(&self) -> Option<Micros> {
        self.line.journal.get(self.snapshot.applied).map(|entry| entry.at)
    }

    /// When the next thing happens, by itself or by the journal.
    pub(super) fn next_instant(&self) -> Option<Micros> {
        match (self.next_planned(), self.snapshot.world.next_instant()) {
            (Some(planned), Some(world)) => Some(planned.min(world)),
            (one, other) => one.or(other),
        }
    }

    /// The last instant before this one at which something happened. Looking for it may make the trace anew from further back.
    pub(super) fn previous_instant(&mut self) -> Option<Micros> {
        let (now, next_event) = (self.now(), self.snapshot.world.next_event());
        let before = |trace: &Trace| {
            let happened = trace.range(trace.first(), next_event).rev();
            happened.map(|event| event.at).find(|at| *at < now)
        };
        let held = before(&self.trace);
        if held.is_some() || self.trace.first() == EventId(0) {
            return held;
        }
        // The trace does not reach back that far: visit a moment ago, which makes it anew from further back.
        self.seek(Micros(now.0.saturating_sub(1)));
        let found = before(&self.trace);
        self.seek(now);
        found
    }

    /// Visits an instant, past or future; all that is due at it has happened.
    pub(super) fn seek(&mut self, at: Micros) {
        let landing = self.landing(at);
        let next_event = self.line.checkpoints[landing.index].world.next_event();
        let runs_on = at >= self.now() && next_event <= self.snapshot.world.next_event();
        if !runs_on {
            self.land(&landing);
        }
        self.run_to(at);
        if !runs_on && !self.has_past(self.snapshot.world.next_event()) {
            // Running there may have thinned the checkpoints out.
            self.land(&self.landing(at).earlier());
            self.run_to(at);
        }
    }

    /// Runs forward to an instant that is not in the past of the one being visited.
    pub(super) fn run_to(&mut self, at: Micros) {
        loop {
            let last = self.line.checkpoints.last();
            let last = last.map_or(0, |last| last.world.next_event().0);
            let limit = EventId(last + self.line.spacing);
            let ReplayLine {
                journal,
                outcomes,
                roles,
                ..
            } = &mut self.line;
            if self.snapshot.run(at, limit, journal, outcomes, &mut self.trace, roles) {
                break;
            }
            self.line.checkpoint(&self.snapshot, self.memory.checkpoints);
        }
    }

    /// Does an action at the instant being visited, after which the line must not have run, and writes it into the journal.
    ///
    /// # Errors
    /// Why it can't be done; then nothing has changed.
    pub(super) fn act(&mut self, action: Action) -> Result<EventId, Refused> {
        let concerned = self.snapshot.world.concerned(action);
        let place = self.snapshot.applied;
        let event = self.snapshot.act(action, &mut self.trace, &mut self.line.roles)?;
        let entry = Entry {
            at: self.now(),
            action,
            scripted: false,
        };
        self.line.journal.insert(place, entry);
        self.line.outcomes.forget_from(place);
        self.line.outcomes.note(place, (concerned, None));
        Ok(event)
    }

    /// Forgets all that the line did and the reader has planned after the instant being visited. The script's plans stay.
    pub(super) fn forget_future(&mut self) {
        let (now, applied) = (self.now(), self.snapshot.applied);
        let mut index = 0;
        self.line.journal.retain(|entry| {
            index += 1;
            index <= applied || entry.scripted
        });
        self.line.outcomes.forget_from(applied);
        let next_event = self.snapshot.world.next_event();
        // All that is due now has happened, so a checkpoint of this instant lies in the past, too.
        self.line.checkpoints.retain(|checkpoint| checkpoint.world.now() <= now);
        self.line.roles.truncate(next_event);
        self.trace.truncate(next_event);
    }

    /// Begins a new line with another journal, at time 0. Answers the one left.
    pub(super) fn begin_again(&mut self, journal: Vec<Entry>) -> ReplayLine {
        let seed = self.snapshot.world.seed();
        let again = Self::new(self.config, seed, journal, self.memory);
        std::mem::replace(self, again.expect("it was valid before")).line
    }

    /// Visits another line. Answers the one left. Nothing else is valid until [`Self::land_afresh`].
    #[must_use]
    pub(super) fn exchange(&mut self, line: ReplayLine) -> ReplayLine {
        std::mem::replace(&mut self.line, line)
    }

    /// Visits the last checkpoint before an instant, or one a little earlier, with a new trace: what is in the present one may
    /// not have happened in this line.
    pub(super) fn land_afresh(&mut self, at: Micros) {
        self.trace.restart(EventId(0));
        self.land(&self.landing(at).earlier());
    }

    /// The last checkpoint before an instant. If the trace does not cover it, it begins anew there.
    fn landing(&self, at: Micros) -> Landing {
        let checkpoints = &self.line.checkpoints;
        let later = checkpoints.partition_point(|checkpoint| checkpoint.world.now() <= at);
        let index = later.saturating_sub(1);
        let in_trace = self.trace_covers(checkpoints[index].world.next_event());
        Landing { index, in_trace }
    }

    /// Whether the trace has some of what happened before this event.
    fn has_past(&self, next: EventId) -> bool {
        let first = self.trace.first().0;
        first == 0 || first + self.memory.spacing <= next.0
    }

    /// Whether the trace has the events up to this one, and some before.
    fn trace_covers(&self, next: EventId) -> bool {
        next <= self.trace.end() && self.has_past(next)
    }

    fn land(&mut self, landing: &Landing) {
        let checkpoint = &self.line.checkpoints[landing.index];
        if !landing.in_trace && landing.index == 0 {
            // What happened before the first checkpoint belongs to the trace as well.
            let seed = checkpoint.world.seed();
            self.trace.restart(EventId(0));
            let snapshot = Snapshot::new(self.config, seed, &mut self.trace, &mut self.line.roles);
            self.snapshot = snapshot.expect("it was valid before");
            return;
        }
        self.snapshot = Snapshot::clone(checkpoint);
        if !landing.in_trace {
            self.trace.restart(self.snapshot.world.next_event());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::raft::NodeId;

    const MEMORY: Memory = Memory {
        events: 500,
        checkpoints: 8,
        opening: 1_000_000,
        spacing: 50,
    };

    fn replay(journal: Vec<Entry>) -> Replay {
        Replay::new(Config::paper(5), 3, journal, MEMORY).expect("a valid configuration")
    }

    fn ms(millis: u64) -> Micros {
        Micros::from_millis(millis)
    }

    #[test]
    fn every_instant_is_the_same_whatever_was_visited_before() {
        let mut wanderer = replay(Vec::new());
        for millis in [3000, 20, 2999, 0, 700, 4000, 701] {
            wanderer.seek(ms(millis));
            let mut fresh = replay(Vec::new());
            fresh.run_to(ms(millis));
            assert_eq!(wanderer.snapshot, fresh.snapshot, "at {millis} ms");
            let next = fresh.snapshot.world.next_event();
            let newest = |replay: &Replay| replay.trace.range(EventId(0), next).next_back().copied();
            assert_eq!(newest(&wanderer), newest(&fresh), "at {millis} ms");
        }
        assert!(wanderer.line.checkpoints.len() <= MEMORY.checkpoints);
    }

    /// Where there is room for a checkpoint it is kept; where there is none, all of them go apart.
    #[test]
    fn checkpoints_fill_their_room_at_even_distances() {
        let mut replay = replay(Vec::new());
        let mut most = 0;
        for millis in 1..200 {
            replay.run_to(ms(50 * millis));
            let events: Vec<u64> = replay
                .line
                .checkpoints
                .iter()
                .map(|at| at.world.next_event().0)
                .collect();
            most = most.max(events.len());
            let gaps = || events.windows(2).skip(1).map(|pair| pair[1] - pair[0]);
            // A checkpoint is kept after an instant, in which several events may happen.
            let (least, greatest) = (gaps().min().unwrap_or(1), gaps().max().unwrap_or(1));
            assert!(greatest < 2 * least, "{events:?}");
        }
        assert_eq!(most, MEMORY.checkpoints);
    }

    /// Going anywhere runs through one gap between checkpoints, and a little more where that would show too little past.
    #[test]
    fn a_seek_runs_through_one_gap_and_some_past() {
        let roomy = Memory { events: 3000, ..MEMORY };
        let mut replay = Replay::new(Config::paper(5), 3, Vec::new(), roomy).expect("a valid configuration");
        replay.run_to(Micros::from_secs(20));
        let gap = replay.line.spacing + MEMORY.spacing;
        assert!(gap > 4 * MEMORY.spacing, "the checkpoints have gone apart: {gap}");
        let mut longest = 0;
        for seek in (0..200).rev() {
            // From the start, so that nothing of the trace can be used again.
            replay.seek(Micros::ZERO);
            replay.seek(ms(97 * seek));
            let made = replay.snapshot.world.next_event().0 - replay.trace.first().0;
            assert!(made <= gap + MEMORY.spacing, "{made} events for seek {seek}");
            assert!(replay.has_past(replay.snapshot.world.next_event()), "seek {seek}");
            longest = longest.max(made);
        }
        assert!(longest > gap / 2, "{longest}");
    }

    #[test]
    fn what_is_done_is_done_again_when_its_instant_is_passed_again() {
        let mut replay = replay(Vec::new());
        replay.run_to(ms(500));
        let crashed = NodeId::new(2);
        replay.act(Action::kill(crashed)).expect("it runs");
        replay.run_to(ms(900));
        let later = replay.snapshot.clone();
        replay.seek(ms(499));
        assert_eq!(replay.next_planned(), Some(ms(500)));
        replay.seek(ms(900));
        assert_eq!(replay.snapshot, later);
        assert_eq!(replay.act(Action::kill(crashed)), Err(Refused::Down));
        assert_eq!(replay.line.journal.len(), 1, "what is refused is not written down");
    }

    #[test]
    fn a_forgotten_future_is_lived_through_again_without_the_reader() {
        let script = Entry {
            at: ms(800),
            action: Action::kill(NodeId::new(0)),
            scripted: true,
        };
        let mut replay = replay(vec![script]);
        let mut untouched = replay.clone();
        replay.run_to(ms(600));
        replay.act(Action::kill(NodeId::new(1))).expect("it runs");
        replay.run_to(ms(1000));
        replay.seek(ms(300));
        replay.forget_future();
        assert_eq!(replay.line.journal, [script]);
        assert_eq!(replay.trace.end(), replay.snapshot.world.next_event());
        replay.run_to(ms(1000));
        untouched.run_to(ms(1000));
        assert_eq!(replay.snapshot, untouched.snapshot);
        assert!(replay.line.roles.marks().eq(untouched.line.roles.marks()));
    }

    #[test]
    fn a_line_with_another_action_is_the_same_up_to_there() {
        let mut replay = replay(Vec::new());
        for (millis, server) in [(400, 0), (800, 1)] {
            replay.run_to(ms(millis));
            replay.act(Action::pause(NodeId::new(server))).expect("it runs");
        }
        replay.run_to(ms(1200));
        let changed = replay
            .line
            .changed(&[1], Action::kill(NodeId::new(0)))
            .expect("possible");
        assert_eq!(changed.journal[0], replay.line.journal[0]);
        assert_eq!(changed.journal[1].action, Action::kill(NodeId::new(0)));
        assert!((ms(1)..=ms(800)).contains(&changed.last_checkpoint()) && changed.checkpoints.len() > 1);
        let refused = replay.line.changed(&[1], Action::start(NodeId::new(0)));
        assert_eq!(refused.err(), Some(Refused::Running));
    }
}

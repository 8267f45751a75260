//! What was done to a world and when, and the way back to any instant of it.

use std::rc::Rc;

use super::{Action, Config, ConfigError, Event, EventId, Micros, Observer, Refused, Trace, World};
use crate::{
    raft::{Node, NodeId},
    safety::{Monitor, Status, Violation},
};

/// A property that was broken in a run, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The event whose step broke it.
    pub event: EventId,
    /// When.
    pub at: Micros,
    /// What.
    pub violation: Violation,
}

/// An action in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    at: Micros,
    action: Action,
    /// Done by the scenario; a fork keeps those that are still to come.
    scripted: bool,
}

/// Everything that is true at an instant of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Moment {
    world: World,
    monitor: Monitor,
    incidents: Vec<Incident>,
    /// How many entries of the journal have been applied.
    applied: usize,
}

/// Which branch of a history, counted from 0 in the order in which they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(pub usize);

/// One line of events: a journal, and checkpoints along it.
#[derive(Clone, Debug)]
struct Branch {
    journal: Vec<Entry>,
    checkpoints: Vec<Rc<Moment>>,
    /// Events between two checkpoints.
    spacing: u64,
    /// How far it has run.
    end: Micros,
}

/// What became of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acted {
    /// The event of the action.
    pub event: EventId,
    /// The branch that was left because the action changed its past. It is kept.
    pub forked_from: Option<BranchId>,
}

/// A run with its past, and other runs that branched off it.
///
/// Its memory is bounded but for the journal (what the reader did) and the number of branches: a trace of
/// [`Trace::CAPACITY`] events, and [`History::CHECKPOINTS`] checkpoints a branch, thinned as the run grows.
#[derive(Clone, Debug)]
pub struct History {
    branches: Vec<Branch>,
    current: BranchId,
    moment: Moment,
    trace: Trace,
}

/// Records what happens at a moment.
struct Recorder<'a> {
    monitor: &'a mut Monitor,
    incidents: &'a mut Vec<Incident>,
    trace: &'a mut Trace,
}

impl Recorder<'_> {
    /// Broken properties kept; the first ones are those that matter.
    const INCIDENTS: usize = 100;
}

impl Observer for Recorder<'_> {
    fn event(&mut self, event: &Event) {
        self.trace.record(*event);
    }

    fn stepped(&mut self, event: EventId, at: Micros, node: &Node) {
        let status = Status::new(node.role(), node.hard_state());
        for violation in self.monitor.observe(node.id(), status) {
            if self.incidents.len() < Self::INCIDENTS {
                self.incidents.push(Incident { event, at, violation });
            }
        }
    }

    fn disk_wiped(&mut self, server: NodeId) {
        self.monitor.disk_wiped(server);
    }
}

/// The moment's world and a recorder of what happens to it, borrowed side by side.
fn recording<'a>(moment: &'a mut Moment, trace: &'a mut Trace) -> (&'a mut World, Recorder<'a>) {
    let Moment {
        world,
        monitor,
        incidents,
        ..
    } = moment;
    let recorder = Recorder {
        monitor,
        incidents,
        trace,
    };
    (world, recorder)
}

impl Moment {
    fn new(config: Config, seed: u64, trace: &mut Trace) -> Result<Self, ConfigError> {
        let mut monitor = Monitor::new(usize::from(config.size));
        let mut incidents = Vec::new();
        let mut recorder = Recorder {
            monitor: &mut monitor,
            incidents: &mut incidents,
            trace,
        };
        let world = World::new(config, seed, &mut recorder)?;
        Ok(Self {
            world,
            monitor,
            incidents,
            applied: 0,
        })
    }

    /// Runs along a journal up to and with `until`, or until event `limit`. Says whether it got there.
    fn run(&mut self, until: Micros, limit: EventId, journal: &[Entry], trace: &mut Trace) -> bool {
        loop {
            let next = journal.get(self.applied).filter(|entry| entry.at <= until);
            let (world, mut recorder) = recording(self, trace);
            if !world.run_some(next.map_or(until, |entry| entry.at), limit, &mut recorder) {
                return false;
            }
            let Some(entry) = next else { return true };
            // A script may do what has become impossible, such as killing a server that the reader killed before.
            let _ = world.act(entry.action, &mut recorder);
            self.applied += 1;
        }
    }
}

impl History {
    /// Checkpoints kept for a branch at most.
    pub const CHECKPOINTS: usize = 2048;
    const FIRST_SPACING: u64 = 4096;

    /// A run at time 0, with the actions that a script will do, in any order.
    ///
    /// # Errors
    /// If the configuration is not valid.
    pub fn new(config: Config, seed: u64, script: &[(Micros, Action)]) -> Result<Self, ConfigError> {
        let mut trace = Trace::default();
        let moment = Moment::new(config, seed, &mut trace)?;
        let entry = |&(at, action)| Entry {
            at,
            action,
            scripted: true,
        };
        let mut journal: Vec<Entry> = script.iter().map(entry).collect();
        journal.sort_by_key(|entry| entry.at);
        let branch = Branch {
            journal,
            checkpoints: vec![Rc::new(moment.clone())],
            spacing: Self::FIRST_SPACING,
            end: Micros::ZERO,
        };
        let mut history = Self {
            branches: vec![branch],
            current: BranchId(0),
            moment,
            trace,
        };
        history.run_to(Micros::ZERO);
        Ok(history)
    }

    /// The world at the instant that is being visited.
    #[must_use]
    pub const fn world(&self) -> &World {
        &self.moment.world
    }

    /// The instant that is being visited.
    #[must_use]
    pub const fn now(&self) -> Micros {
        self.moment.world.now()
    }

    /// How far the current branch has run.
    #[must_use]
    pub fn end(&self) -> Micros {
        self.branch().end
    }

    /// The current branch.
    #[must_use]
    pub const fn current(&self) -> BranchId {
        self.current
    }

    /// How many branches there are.
    #[must_use]
    pub const fn branches(&self) -> usize {
        self.branches.len()
    }

    /// The events that are in memory; those from [`World::next_event`] on lie in the future of the instant being visited.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// What was broken so far, the first hundred.
    #[must_use]
    pub fn incidents(&self) -> &[Incident] {
        &self.moment.incidents
    }

    /// The actions that were done in the current branch up to now, by script or reader.
    pub fn actions(&self) -> impl Iterator<Item = (Micros, Action)> {
        let done = &self.branch().journal[..self.moment.applied];
        done.iter().map(|entry| (entry.at, entry.action))
    }

    /// When the next thing happens, by itself or by script.
    #[must_use]
    pub fn next_instant(&self) -> Option<Micros> {
        let scripted = self.branch().journal.get(self.moment.applied).map(|entry| entry.at);
        let by_itself = self.world().next_instant();
        match (scripted, by_itself) {
            (Some(script), Some(world)) => Some(script.min(world)),
            (one, other) => one.or(other),
        }
    }

    /// Goes to the next instant at which something happens. Says whether there is one.
    pub fn step(&mut self) -> bool {
        match self.next_instant() {
            Some(at) => {
                self.run_to(at);
                true
            }
            None => false,
        }
    }

    /// Visits an instant, past or future; all that is due at it has happened.
    pub fn seek(&mut self, at: Micros) {
        let checkpoint = self.checkpoint_before(at);
        let nearer = |moment: &Moment| at < self.now() || moment.world.next_event() > self.world().next_event();
        if checkpoint.is_some_and(|index| nearer(&self.branch().checkpoints[index])) {
            self.visit_checkpoint(checkpoint.unwrap_or_default());
        }
        self.run_to(at);
    }

    /// Runs forward to an instant that is not in the past of the one being visited.
    fn run_to(&mut self, at: Micros) {
        let branch = &mut self.branches[self.current.0];
        loop {
            let last = branch.checkpoints.last().map_or(0, |last| last.world.next_event().0);
            let limit = EventId(last + branch.spacing);
            if self.moment.run(at, limit, &branch.journal, &mut self.trace) {
                break;
            }
            branch.checkpoint(&self.moment);
        }
        branch.end = branch.end.max(at);
    }

    /// Does an action at the instant being visited. In the past of a branch that opens a new branch there; the old one is kept.
    ///
    /// # Errors
    /// Why it can't be done; then nothing has changed.
    pub fn act(&mut self, action: Action) -> Result<Acted, Refused> {
        self.moment.world.allow(action)?;
        let forked_from = (self.now() < self.end()).then(|| self.fork());
        let entry = Entry {
            at: self.now(),
            action,
            scripted: false,
        };
        self.branches[self.current.0].journal.insert(self.moment.applied, entry);
        let (world, mut recorder) = recording(&mut self.moment, &mut self.trace);
        let event = world.act(action, &mut recorder)?;
        self.moment.applied += 1;
        Ok(Acted { event, forked_from })
    }

    /// Opens a branch at the instant being visited, with all that the script has still to do. Answers the branch left.
    fn fork(&mut self) -> BranchId {
        let (now, applied) = (self.now(), self.moment.applied);
        let mut branch = self.branch().clone();
        let mut index = 0;
        branch.journal.retain(|entry| {
            index += 1;
            index <= applied || entry.scripted
        });
        let next_event = self.world().next_event();
        branch.checkpoints.retain(|moment| {
            moment.world.now() <= now && moment.applied <= applied && moment.world.next_event() <= next_event
        });
        branch.end = now;
        self.trace.truncate(next_event);
        self.branches.push(branch);
        std::mem::replace(&mut self.current, BranchId(self.branches.len() - 1))
    }

    /// Goes to another branch, to the instant where it ends.
    ///
    /// # Panics
    /// If there is no such branch.
    pub fn switch_to(&mut self, branch: BranchId) {
        assert!(
            branch.0 < self.branches.len(),
            "there are {} branches",
            self.branches.len()
        );
        self.current = branch;
        let end = self.end();
        self.trace.restart(EventId(0));
        self.visit_checkpoint(self.checkpoint_before(end).unwrap_or_default());
        self.run_to(end);
    }

    fn branch(&self) -> &Branch {
        &self.branches[self.current.0]
    }

    fn checkpoint_before(&self, at: Micros) -> Option<usize> {
        let checkpoints = &self.branch().checkpoints;
        checkpoints
            .partition_point(|moment| moment.world.now() <= at)
            .checked_sub(1)
    }

    /// Moves to a checkpoint. If the events in memory don't reach it, begins them anew one checkpoint earlier, so that the
    /// instant has some past to show.
    fn visit_checkpoint(&mut self, index: usize) {
        let checkpoints = &self.branches[self.current.0].checkpoints;
        let next = checkpoints[index].world.next_event();
        let has_past = self.trace.first().0 == 0 || self.trace.first().0 + Self::FIRST_SPACING <= next.0;
        if has_past && next <= self.trace.end() {
            self.moment = Moment::clone(&checkpoints[index]);
        } else {
            self.moment = Moment::clone(&checkpoints[index.saturating_sub(1)]);
            self.trace.restart(self.moment.world.next_event());
        }
    }
}

impl Branch {
    /// Keeps a moment; once there are too many, every second one goes and the next come at twice the distance.
    fn checkpoint(&mut self, moment: &Moment) {
        self.checkpoints.push(Rc::new(moment.clone()));
        if self.checkpoints.len() > History::CHECKPOINTS {
            let mut index = 0;
            self.checkpoints.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing *= 2;
        }
    }
}

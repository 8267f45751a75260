//! What was done to a world and when, and the way back to any instant of it.

use std::rc::Rc;

use super::{Action, Chronicle, Config, ConfigError, Event, EventId, Micros, Observer, Refused, Trace, World};
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

/// Which branch of a history, counted from 0 in the order in which they were made. Deleting one changes no other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(pub usize);

/// One line of events: a journal, and checkpoints along it.
#[derive(Clone, Debug)]
struct Branch {
    about: BranchInfo,
    journal: Vec<Entry>,
    checkpoints: Vec<Rc<Moment>>,
    /// Events between two checkpoints.
    spacing: u64,
    chronicle: Chronicle,
}

/// What there is to know of a branch without visiting it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchInfo {
    /// Which one.
    pub id: BranchId,
    /// The branch that it left. `None` for a first one, and where the one that it left was such and is deleted.
    pub parent: Option<BranchId>,
    /// When it left it.
    pub forked_at: Micros,
    /// As the reader calls it; empty until they do.
    pub name: String,
    /// How far it has run.
    pub end: Micros,
}

/// A branch as it is kept in links and files: what the reader did in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchRecord {
    /// What there is to know of it.
    pub about: BranchInfo,
    /// What the reader did, in order of time, the part before it left its parent included.
    pub actions: Vec<(Micros, Action)>,
}

/// All that makes a run again with all its branches: what links and files hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The cluster before it started.
    pub config: Config,
    /// The seed of its luck.
    pub seed: u64,
    /// What a script does, in order of time.
    pub script: Vec<(Micros, Action)>,
    /// The branches, in the order in which they were made; at least one.
    pub branches: Vec<BranchRecord>,
    /// The branch that is visited.
    pub current: BranchId,
    /// The instant that is visited.
    pub now: Micros,
}

/// Why a recording can't be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayError {
    /// No world can be built.
    Config(ConfigError),
    /// It has no branch, two with one name, or one that leaves or is visited is not there.
    Branches,
}

impl std::fmt::Display for ReplayError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Branches => f.write_str("the branches do not fit together"),
        }
    }
}

impl std::error::Error for ReplayError {}

/// What became of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acted {
    /// The event of the action.
    pub event: EventId,
    /// The branch that was left because the action changed its past. It is kept.
    pub forked_from: Option<BranchId>,
}

/// How much of a run is kept at hand. All else is made again when it is visited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Memory {
    /// Events that the trace holds at most.
    pub events: usize,
    /// Checkpoints that a branch holds at most; beyond, every second one goes. At least two.
    pub checkpoints: usize,
    /// Events that opening a branch may run through. One that is longer is opened as far as they go.
    pub opening: u64,
    /// Events between two checkpoints, until there are too many.
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

/// A run with its past, and other runs that branched off it.
///
/// Its [`Memory`] is bounded but for the journal (what the reader did) and the number of branches.
#[derive(Clone, Debug)]
pub struct History {
    memory: Memory,
    /// In the order in which they were made.
    branches: Vec<Branch>,
    current: BranchId,
    /// The branch that will be made next.
    next_branch: usize,
    /// The cluster before it started.
    config: Config,
    moment: Moment,
    trace: Trace,
}

/// Where to begin running towards an instant.
struct Landing {
    /// The checkpoint.
    index: usize,
    /// Whether the trace covers it, so that running on from there continues the trace.
    in_trace: bool,
}

/// Records what happens at a moment.
struct Recorder<'a> {
    monitor: &'a mut Monitor,
    incidents: &'a mut Vec<Incident>,
    trace: &'a mut Trace,
    chronicle: &'a mut Chronicle,
}

impl Recorder<'_> {
    /// Broken properties kept; the first ones are those that matter.
    const INCIDENTS: usize = 100;
}

impl Observer for Recorder<'_> {
    fn event(&mut self, event: &Event) {
        self.trace.record(*event);
        self.chronicle.hear(event);
    }

    fn stepped(&mut self, event: EventId, at: Micros, node: &Node) {
        let status = Status::new(node.role(), node.hard_state());
        for violation in self.monitor.observe(node.id(), status) {
            self.chronicle.hear_of_violation(event, at, violation);
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
fn recording<'a>(
    moment: &'a mut Moment,
    trace: &'a mut Trace,
    chronicle: &'a mut Chronicle,
) -> (&'a mut World, Recorder<'a>) {
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
        chronicle,
    };
    (world, recorder)
}

impl Moment {
    fn new(config: Config, seed: u64, trace: &mut Trace, chronicle: &mut Chronicle) -> Result<Self, ConfigError> {
        let mut monitor = Monitor::new(usize::from(config.size));
        let mut incidents = Vec::new();
        let mut recorder = Recorder {
            monitor: &mut monitor,
            incidents: &mut incidents,
            trace,
            chronicle,
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
    fn run(
        &mut self,
        until: Micros,
        limit: EventId,
        journal: &[Entry],
        trace: &mut Trace,
        chronicle: &mut Chronicle,
    ) -> bool {
        loop {
            let next = journal.get(self.applied).filter(|entry| entry.at <= until);
            let (world, mut recorder) = recording(self, trace, chronicle);
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
    /// A run at time 0, with the actions that a script will do, in any order.
    ///
    /// # Errors
    /// If the configuration is not valid.
    pub fn new(config: Config, seed: u64, script: &[(Micros, Action)]) -> Result<Self, ConfigError> {
        Self::with_memory(config, seed, script, Memory::default())
    }

    /// The same, keeping more or less of it at hand.
    ///
    /// # Errors
    /// If the configuration is not valid.
    pub fn with_memory(
        config: Config,
        seed: u64,
        script: &[(Micros, Action)],
        memory: Memory,
    ) -> Result<Self, ConfigError> {
        let mut trace = Trace::new(memory.events);
        let mut chronicle = Chronicle::default();
        let moment = Moment::new(config, seed, &mut trace, &mut chronicle)?;
        let entry = |&(at, action)| Entry {
            at,
            action,
            scripted: true,
        };
        let mut journal: Vec<Entry> = script.iter().map(entry).collect();
        journal.sort_by_key(|entry| entry.at);
        let about = BranchInfo {
            id: BranchId(0),
            parent: None,
            forked_at: Micros::ZERO,
            name: String::new(),
            end: Micros::ZERO,
        };
        let branch = Branch {
            about,
            journal,
            checkpoints: vec![Rc::new(moment.clone())],
            spacing: memory.spacing,
            chronicle,
        };
        let mut history = Self {
            memory,
            branches: vec![branch],
            current: BranchId(0),
            next_branch: 1,
            config,
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
        self.branch().about.end
    }

    /// The current branch.
    #[must_use]
    pub const fn current(&self) -> BranchId {
        self.current
    }

    /// The branches, in the order in which they were made.
    pub fn branches(&self) -> impl ExactSizeIterator<Item = &BranchInfo> {
        self.branches.iter().map(|branch| &branch.about)
    }

    /// The events that are in memory; those from [`World::next_event`] on lie in the future of the instant being visited.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Who was what when in the current branch, as far as it has run.
    #[must_use]
    pub fn chronicle(&self) -> &Chronicle {
        &self.branch().chronicle
    }

    /// How many checkpoints the current branch has.
    #[must_use]
    pub fn checkpoints(&self) -> usize {
        self.branch().checkpoints.len()
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

    /// Runs forward to an instant, or to an earlier one where more than so many events have happened on the way: a bad enough
    /// configuration has more of them in a moment than anyone can wait for. Says whether it got there.
    pub fn advance(&mut self, until: Micros, most: u64) -> bool {
        let limit = self.world().next_event().0.saturating_add(most);
        while let Some(next) = self.next_instant().filter(|next| *next <= until) {
            if self.world().next_event().0 > limit {
                return false;
            }
            self.seek(next);
        }
        self.seek(until.max(self.now()));
        true
    }

    /// Goes back to the instant before this one at which something happened. Says whether there is one.
    pub fn step_back(&mut self) -> bool {
        match self.previous_instant() {
            Some(at) => {
                self.seek(at);
                true
            }
            None => false,
        }
    }

    /// The last instant before this one at which something happened.
    fn previous_instant(&mut self) -> Option<Micros> {
        let (now, next_event) = (self.now(), self.world().next_event());
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
    pub fn seek(&mut self, at: Micros) {
        let landing = self.landing(at);
        let next_event = self.branch().checkpoints[landing.index].world.next_event();
        if at < self.now() || next_event > self.world().next_event() {
            self.land(&landing);
        }
        self.run_to(at);
    }

    /// Runs forward to an instant that is not in the past of the one being visited.
    fn run_to(&mut self, at: Micros) {
        let branch = branch_mut(&mut self.branches, self.current);
        loop {
            let last = branch.checkpoints.last().map_or(0, |last| last.world.next_event().0);
            let limit = EventId(last + branch.spacing);
            if self
                .moment
                .run(at, limit, &branch.journal, &mut self.trace, &mut branch.chronicle)
            {
                break;
            }
            branch.checkpoint(&self.moment, self.memory.checkpoints);
        }
        branch.about.end = branch.about.end.max(at);
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
        let branch = branch_mut(&mut self.branches, self.current);
        branch.journal.insert(self.moment.applied, entry);
        let (world, mut recorder) = recording(&mut self.moment, &mut self.trace, &mut branch.chronicle);
        let event = world.act(action, &mut recorder)?;
        self.moment.applied += 1;
        Ok(Acted { event, forked_from })
    }

    /// Opens a branch at the instant being visited, with all that the script has still to do. Answers the branch left.
    fn fork(&mut self) -> BranchId {
        let mut branch = self.branch().clone();
        branch.about = BranchInfo {
            id: BranchId(self.next_branch),
            parent: Some(self.current),
            forked_at: self.now(),
            name: String::new(),
            end: self.now(),
        };
        self.next_branch += 1;
        self.forget_future(&mut branch);
        let left = std::mem::replace(&mut self.current, branch.about.id);
        self.branches.push(branch);
        left
    }

    /// Lets a branch, and the trace, end at the instant being visited.
    fn forget_future(&mut self, branch: &mut Branch) {
        let (now, applied) = (self.now(), self.moment.applied);
        let mut index = 0;
        branch.journal.retain(|entry| {
            index += 1;
            index <= applied || entry.scripted
        });
        let next_event = self.world().next_event();
        // All that is due now has happened, so a checkpoint of this instant lies in the past, too.
        branch.checkpoints.retain(|moment| moment.world.now() <= now);
        branch.about.end = now;
        branch.chronicle.truncate(next_event);
        self.trace.truncate(next_event);
    }

    /// Starts again from time 0 with nothing done by the reader. What they did is kept in its branch; a branch in which they
    /// did nothing starts anew itself.
    pub fn restart(&mut self) {
        let untouched = |branch: &&Branch| branch.journal.iter().all(|entry| entry.scripted);
        let current = Some(self.branch()).filter(untouched);
        if let Some(branch) = current.or_else(|| self.branches.iter().find(untouched)) {
            self.visit(branch.about.id, Micros::ZERO);
            let mut branch = self.branch().clone();
            self.forget_future(&mut branch);
            *branch_mut(&mut self.branches, self.current) = branch;
        } else {
            self.seek(Micros::ZERO);
            self.fork();
            let mut branch = self.branch().clone();
            branch.about.parent = None;
            branch.journal.retain(|entry| entry.scripted);
            *branch_mut(&mut self.branches, self.current) = branch;
            // What the reader did at time 0 is still in the moment, the trace and the chronicle.
            self.begin_again();
        }
    }

    /// Makes the current branch's time 0 anew from its configuration.
    fn begin_again(&mut self) {
        let branch = branch_mut(&mut self.branches, self.current);
        let world = &branch.checkpoints[0].world;
        let (config, seed) = (self.config, world.seed());
        branch.chronicle = Chronicle::default();
        self.trace.restart(EventId(0));
        let moment = Moment::new(config, seed, &mut self.trace, &mut branch.chronicle);
        self.moment = moment.expect("it was valid before");
        branch.checkpoints = vec![Rc::new(self.moment.clone())];
        self.run_to(Micros::ZERO);
    }

    /// Gives a branch a name. Does nothing if there is no such branch.
    pub fn rename(&mut self, branch: BranchId, name: String) {
        if let Some(branch) = self.branches.iter_mut().find(|other| other.about.id == branch) {
            branch.about.name = name;
        }
    }

    /// Deletes a branch; those that left it now leave the one that it left. Says whether it did: the current branch stays.
    pub fn delete(&mut self, branch: BranchId) -> bool {
        if branch == self.current {
            return false;
        }
        let Some(position) = self.branches.iter().position(|other| other.about.id == branch) else {
            return false;
        };
        let parent = self.branches.remove(position).about.parent;
        for other in &mut self.branches {
            if other.about.parent == Some(branch) {
                other.about.parent = parent;
            }
        }
        true
    }

    /// Goes to another branch, to the instant where it ends.
    ///
    /// # Panics
    /// If there is no such branch.
    pub fn switch_to(&mut self, branch: BranchId) {
        let end = branch_of(&self.branches, branch).about.end;
        self.visit(branch, end);
    }

    /// Goes to an instant of another branch; to its end if the instant lies beyond.
    ///
    /// # Panics
    /// If there is no such branch.
    pub fn visit(&mut self, branch: BranchId, at: Micros) {
        let end = branch_of(&self.branches, branch).about.end;
        self.current = branch;
        self.trace.restart(EventId(0));
        self.land(&self.landing(end.min(at)));
        // A branch from a link has not run yet.
        if !self.advance(end, self.memory.opening) {
            branch_mut(&mut self.branches, branch).about.end = self.now();
        }
        self.seek(at.min(self.end()));
    }

    /// A history of its own of one of the branches, at the instant being visited or at the branch's end, whichever is first.
    ///
    /// # Panics
    /// If there is no such branch.
    #[must_use]
    pub fn twin(&self, branch: BranchId) -> Self {
        let mut twin = Self {
            branches: vec![branch_of(&self.branches, branch).clone()],
            current: branch,
            moment: self.moment.clone(),
            trace: Trace::new(self.memory.events),
            ..*self
        };
        twin.visit(branch, self.now());
        twin
    }

    /// What makes this run again, with all its branches.
    #[must_use]
    pub fn recording(&self) -> Recording {
        let entries = |branch: &Branch, scripted: bool| {
            let entries = branch.journal.iter().filter(|entry| entry.scripted == scripted);
            entries.map(|entry| (entry.at, entry.action)).collect::<Vec<_>>()
        };
        let record = |branch: &Branch| BranchRecord {
            about: branch.about.clone(),
            actions: entries(branch, false),
        };
        Recording {
            config: self.config,
            seed: self.world().seed(),
            script: entries(self.branch(), true),
            branches: self.branches.iter().map(record).collect(),
            current: self.current,
            now: self.now(),
        }
    }

    /// The run that was recorded, at the instant that was visited.
    ///
    /// # Errors
    /// If no world can be built from the recording.
    pub fn replay(recording: &Recording) -> Result<Self, ReplayError> {
        Self::replay_with_memory(recording, Memory::default())
    }

    /// The same, keeping more or less of it at hand.
    ///
    /// # Errors
    /// If no world can be built from the recording.
    pub fn replay_with_memory(recording: &Recording, memory: Memory) -> Result<Self, ReplayError> {
        recording.check()?;
        let Recording { config, seed, .. } = *recording;
        let mut history = Self::with_memory(config, seed, &recording.script, memory).map_err(ReplayError::Config)?;
        let first = history.branch().clone();
        let replay = |record: &BranchRecord| {
            let mut branch = first.clone();
            branch.about = record.about.clone();
            branch.journal.extend(record.actions.iter().map(|&(at, action)| Entry {
                at,
                action,
                scripted: false,
            }));
            // What a script does at an instant is done before the reader can do anything at it: a stable sort keeps that.
            branch.journal.sort_by_key(|entry| entry.at);
            branch
        };
        history.branches = recording.branches.iter().map(replay).collect();
        let ids = recording.branches.iter().map(|record| record.about.id.0);
        history.next_branch = ids.max().unwrap_or(0) + 1;
        history.visit(recording.current, recording.now);
        Ok(history)
    }

    fn branch(&self) -> &Branch {
        branch_of(&self.branches, self.current)
    }

    /// The last checkpoint before an instant, or the one before that: if the trace covers neither, it begins anew, and the
    /// instant should have some past to show.
    fn landing(&self, at: Micros) -> Landing {
        let checkpoints = &self.branch().checkpoints;
        let last = checkpoints
            .partition_point(|moment| moment.world.now() <= at)
            .saturating_sub(1);
        let earlier = last.saturating_sub(1);
        let landing = |index| Landing { index, in_trace: true };
        let covered = |landing: &Landing| self.trace_covers(checkpoints[landing.index].world.next_event());
        [last, earlier]
            .map(landing)
            .into_iter()
            .find(covered)
            .unwrap_or(Landing {
                index: earlier,
                in_trace: false,
            })
    }

    /// Whether the trace has the events up to this one, and some before.
    fn trace_covers(&self, next: EventId) -> bool {
        let first = self.trace.first().0;
        next <= self.trace.end() && (first == 0 || first + self.memory.spacing <= next.0)
    }

    fn land(&mut self, landing: &Landing) {
        let branch = branch_mut(&mut self.branches, self.current);
        let checkpoint = &branch.checkpoints[landing.index];
        if !landing.in_trace && landing.index == 0 {
            // What happened before the first checkpoint belongs to the trace as well.
            let seed = checkpoint.world.seed();
            self.trace.restart(EventId(0));
            let moment = Moment::new(self.config, seed, &mut self.trace, &mut branch.chronicle);
            self.moment = moment.expect("it was valid before");
            return;
        }
        self.moment = Moment::clone(checkpoint);
        if !landing.in_trace {
            self.trace.restart(self.moment.world.next_event());
        }
    }
}

impl Recording {
    /// Whether the branches fit together.
    ///
    /// # Errors
    /// If they don't.
    pub fn check(&self) -> Result<(), ReplayError> {
        let ids: Vec<_> = self.branches.iter().map(|branch| branch.about.id).collect();
        let in_order = ids.is_sorted_by(|one, other| one < other) && ids.last() < Some(&BranchId(usize::MAX));
        let parents = self
            .branches
            .iter()
            .filter_map(|branch| branch.about.parent.map(|parent| (parent, branch)));
        let mut parents = parents.map(|(parent, branch)| parent < branch.about.id && ids.contains(&parent));
        if in_order && ids.contains(&self.current) && parents.all(|fits| fits) {
            Ok(())
        } else {
            Err(ReplayError::Branches)
        }
    }
}

fn branch_of(branches: &[Branch], id: BranchId) -> &Branch {
    let branch = branches.iter().find(|branch| branch.about.id == id);
    branch.expect("a branch that is there")
}

fn branch_mut(branches: &mut [Branch], id: BranchId) -> &mut Branch {
    let branch = branches.iter_mut().find(|branch| branch.about.id == id);
    branch.expect("a branch that is there")
}

impl Branch {
    /// Keeps a moment; once there are too many, every second one goes and the next come at twice the distance.
    fn checkpoint(&mut self, moment: &Moment, most: usize) {
        self.checkpoints.push(Rc::new(moment.clone()));
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

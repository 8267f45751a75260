//! What was done to a world and when, and the way back to any instant of it.

mod branches;
mod recording;

pub use branches::{BranchId, BranchInfo, Entry, Turning};
pub use recording::{BranchRecord, Recording, ReplayError};

use std::rc::Rc;

use self::branches::{Branch, branch_mut, branch_of};
use super::{
    Action, Config, ConfigError, Event, EventId, Measures, Meter, Micros, Observer, RoleTimeline, Trace, World,
};
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

/// Everything that is true at an instant of a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Moment {
    world: World,
    monitor: Monitor,
    incidents: Vec<Incident>,
    meter: Meter,
    /// How many entries of the journal have been applied.
    applied: usize,
}

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
    /// What the scenario does, in order of time.
    script: Vec<Entry>,
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
    meter: &'a mut Meter,
    trace: &'a mut Trace,
    roles: &'a mut RoleTimeline,
}

impl Recorder<'_> {
    /// Broken properties kept; the first ones are those that matter. The first of each property is kept in any case.
    const INCIDENTS: usize = 100;

    fn is_first_of_its_kind(&self, violation: Violation) -> bool {
        let of_its_kind = |incident: &Incident| incident.violation.property == violation.property;
        !self.incidents.iter().any(of_its_kind)
    }
}

impl Observer for Recorder<'_> {
    fn event(&mut self, event: &Event) {
        self.trace.record(*event);
        let is_split = self.meter.hear(event);
        self.roles.hear(event, is_split);
    }

    fn stepped(&mut self, event: EventId, at: Micros, node: &Node) {
        self.meter.stepped(event, at, node);
        let status = Status::new(node.role(), node.hard_state());
        for violation in self.monitor.observe(node.id(), status) {
            self.roles.hear_of_violation(event, at, violation);
            if self.incidents.len() < Self::INCIDENTS || self.is_first_of_its_kind(violation) {
                self.incidents.push(Incident { event, at, violation });
            }
        }
    }

    fn disk_wiped(&mut self, server: NodeId) {
        self.monitor.disk_wiped(server);
    }
}

/// The moment's world and a recorder of what happens to it, borrowed side by side.
fn recorder<'a>(
    moment: &'a mut Moment,
    trace: &'a mut Trace,
    roles: &'a mut RoleTimeline,
) -> (&'a mut World, Recorder<'a>) {
    let Moment {
        world,
        monitor,
        incidents,
        meter,
        ..
    } = moment;
    let recorder = Recorder {
        monitor,
        incidents,
        meter,
        trace,
        roles,
    };
    (world, recorder)
}

impl Moment {
    fn new(config: Config, seed: u64, trace: &mut Trace, roles: &mut RoleTimeline) -> Result<Self, ConfigError> {
        let mut monitor = Monitor::new(usize::from(config.size));
        let mut incidents = Vec::new();
        let mut meter = Meter::default();
        let mut recorder = Recorder {
            monitor: &mut monitor,
            incidents: &mut incidents,
            meter: &mut meter,
            trace,
            roles,
        };
        let world = World::new(config, seed, &mut recorder)?;
        Ok(Self {
            world,
            monitor,
            incidents,
            meter,
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
        roles: &mut RoleTimeline,
    ) -> bool {
        loop {
            let next = journal.get(self.applied).filter(|entry| entry.at <= until);
            let (world, mut recorder) = recorder(self, trace, roles);
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
        let mut roles = RoleTimeline::default();
        let moment = Moment::new(config, seed, &mut trace, &mut roles)?;
        let entry = |&(at, action)| Entry {
            at,
            action,
            scripted: true,
        };
        let mut script: Vec<Entry> = script.iter().map(entry).collect();
        Entry::sort(&mut script);
        let about = BranchInfo {
            id: BranchId(0),
            parent: None,
            forked_at: Micros::ZERO,
            name: String::new(),
            end: Micros::ZERO,
        };
        let branch = Branch {
            about,
            journal: script.clone(),
            checkpoints: vec![Rc::new(moment.clone())],
            spacing: memory.spacing,
            roles,
            has_run: true,
        };
        let mut history = Self {
            memory,
            branches: vec![branch],
            current: BranchId(0),
            next_branch: 1,
            config,
            script,
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

    /// The cluster before it started.
    #[must_use]
    pub const fn started_with(&self) -> &Config {
        &self.config
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

    /// The events that are in memory; those from [`World::next_event`] on lie in the future of the instant being visited.
    #[must_use]
    pub const fn trace(&self) -> &Trace {
        &self.trace
    }

    /// Who was what when in the current branch, as far as it has run.
    #[must_use]
    pub fn roles(&self) -> &RoleTimeline {
        &self.branch().roles
    }

    /// How many checkpoints the current branch has.
    #[must_use]
    pub fn checkpoints(&self) -> usize {
        self.branch().checkpoints.len()
    }

    /// What was broken so far: the first hundred, and the first time that each property was.
    #[must_use]
    pub fn incidents(&self) -> &[Incident] {
        &self.moment.incidents
    }

    /// How long the current branch was without a leader up to now, and what elections cost it. Exact at any instant that is
    /// visited, and free.
    #[must_use]
    pub fn measures(&self) -> Measures {
        self.moment.meter.measures(self.now())
    }

    /// What watches the run, as it is now.
    #[must_use]
    pub const fn monitor(&self) -> &Monitor {
        &self.moment.monitor
    }

    /// The actions that were done in the current branch up to now, by script or reader.
    pub fn actions(&self) -> impl Iterator<Item = (Micros, Action)> {
        let done = &self.branch().journal[..self.moment.applied];
        done.iter().map(|entry| (entry.at, entry.action))
    }

    /// When the next action is due that the script plans, or that was done here before the time was moved back.
    #[must_use]
    pub fn next_planned(&self) -> Option<Micros> {
        self.branch().journal.get(self.moment.applied).map(|entry| entry.at)
    }

    /// When the next thing happens, by itself or by script.
    #[must_use]
    pub fn next_instant(&self) -> Option<Micros> {
        match (self.next_planned(), self.world().next_instant()) {
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

    /// With so many messages under way, an event takes about twice as long as with none.
    const FLOOD: u64 = 128;

    /// Runs forward to an instant, or to an earlier one where more than so many events have happened on the way: a bad enough
    /// configuration has more of them in a moment than anyone can wait for. In a flood of messages each event takes longer, so
    /// it counts more. Says whether it got there.
    pub fn advance(&mut self, until: Micros, most: u64) -> bool {
        self.advance_while(until, most, |_| true)
    }

    /// The same, but no further than to the first instant on the way after which it shall not go on.
    pub fn advance_while(&mut self, until: Micros, most: u64, go_on: impl Fn(&Self) -> bool) -> bool {
        let mut limit = self.world().next_event().0.saturating_add(most);
        while let Some(next) = self.next_instant().filter(|next| *next <= until) {
            let event = self.world().next_event().0;
            if event > limit {
                return false;
            }
            self.seek(next);
            if !go_on(self) {
                return false;
            }
            let happened = self.world().next_event().0.saturating_sub(event);
            let flood = self.world().in_flight().count() as u64 / Self::FLOOD;
            limit = limit.saturating_sub(happened.saturating_mul(flood));
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

    /// The last instant before this one at which something happened. Looking for it may make the trace anew from further back.
    pub fn previous_instant(&mut self) -> Option<Micros> {
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
                .run(at, limit, &branch.journal, &mut self.trace, &mut branch.roles)
            {
                break;
            }
            branch.checkpoint(&self.moment, self.memory.checkpoints);
        }
        branch.about.end = branch.about.end.max(at);
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
            let moment = Moment::new(self.config, seed, &mut self.trace, &mut branch.roles);
            self.moment = moment.expect("it was valid before");
            return;
        }
        self.moment = Moment::clone(checkpoint);
        if !landing.in_trace {
            self.trace.restart(self.moment.world.next_event());
        }
    }
}

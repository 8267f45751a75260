//! Everything that is true at an instant of a run: the world, and what watched it on its way there.

use super::journal::{Entry, Outcomes};
use crate::{
    raft::{Node, NodeId},
    safety::{Monitor, Status, Violation},
    sim::{
        Action, Config, ConfigError, Event, EventId, Leadership, Meter, Micros, Observer, Refused, RoleTimeline, Trace,
        World,
    },
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

/// A world at an instant, with the watchers that have seen all that led to it. A clone of it is a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    pub(super) world: World,
    pub(super) monitor: Monitor,
    pub(super) incidents: Vec<Incident>,
    pub(super) meter: Meter,
    /// How many entries of the journal have been applied.
    pub(super) applied: usize,
}

impl Snapshot {
    /// Time 0.
    pub(super) fn new(
        config: Config,
        seed: u64,
        trace: &mut Trace,
        roles: &mut RoleTimeline,
    ) -> Result<Self, ConfigError> {
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

    /// Runs along a journal up to and including `until`, or until event `limit`, and notes what can't be done when its time comes.
    /// Says whether it reached `until`.
    pub(super) fn run(
        &mut self,
        until: Micros,
        limit: EventId,
        journal: &[Entry],
        outcomes: &mut Outcomes,
        trace: &mut Trace,
        roles: &mut RoleTimeline,
    ) -> bool {
        loop {
            let next = journal.get(self.applied).filter(|entry| entry.at <= until);
            let (world, mut recorder) = self.recorder(trace, roles);
            if !world.run_some(next.map_or(until, |entry| entry.at), limit, &mut recorder) {
                return false;
            }
            let Some(entry) = next else { return true };
            // A script may do what has become impossible, such as killing a server that the reader killed before.
            let concerned = world.concerned(entry.action);
            let outcome = world.act(entry.action, &mut recorder);
            outcomes.note(self.applied, (concerned, outcome.err()));
            self.applied += 1;
        }
    }

    /// Does the action that is the next entry of the journal.
    pub(super) fn act(
        &mut self,
        action: Action,
        trace: &mut Trace,
        roles: &mut RoleTimeline,
    ) -> Result<EventId, Refused> {
        let (world, mut recorder) = self.recorder(trace, roles);
        let event = world.act(action, &mut recorder)?;
        self.applied += 1;
        Ok(event)
    }

    /// Whether an action can be done at an instant, after all that a journal has done by then.
    pub(super) fn allow_later(&self, action: Action, at: Micros, journal: &[Entry]) -> Result<(), Refused> {
        let mut trace = Trace::new(1);
        trace.restart(self.world.next_event());
        let mut later = self.clone();
        let (mut outcomes, mut roles) = (Outcomes::default(), RoleTimeline::default());
        later.run(at, EventId(u64::MAX), journal, &mut outcomes, &mut trace, &mut roles);
        later.world.allow(action)
    }

    /// The world and a recorder of what happens to it, borrowed side by side.
    fn recorder<'a>(&'a mut self, trace: &'a mut Trace, roles: &'a mut RoleTimeline) -> (&'a mut World, Recorder<'a>) {
        let recorder = Recorder {
            monitor: &mut self.monitor,
            incidents: &mut self.incidents,
            meter: &mut self.meter,
            trace,
            roles,
        };
        (&mut self.world, recorder)
    }
}

/// Tells all watchers what happens to a world.
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
        let split_at = self.meter.hear(event);
        self.roles.hear(event, split_at);
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

    fn settled(&mut self, world: &World) {
        let leadership = Leadership::of(world);
        let has_changed = self.meter.hear_of_leadership(leadership, world.now());
        self.roles.hear_of_standings(&leadership, has_changed, world);
    }

    fn disk_wiped(&mut self, server: NodeId) {
        self.monitor.disk_wiped(server);
    }
}

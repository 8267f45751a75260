//! A world whose events are written down.

use std::ops::Deref;

use raft_playground::{
    raft::{Decision, HardState, Message, Node, NodeId, Timer},
    safety::{Monitor, Status, Violation},
    sim::{Action, Config, Event, EventId, EventKind, LostWhere, Micros, Network, Observer, Range, Refused, World},
};

use super::ms;

/// All that happened in a world, and what the safety monitor says to it.
#[derive(Clone, Debug)]
pub struct Record {
    pub events: Vec<Event>,
    pub violations: Vec<Violation>,
    monitor: Monitor,
}

impl Record {
    pub fn new(size: usize) -> Self {
        Self {
            events: Vec::new(),
            violations: Vec::new(),
            monitor: Monitor::new(size),
        }
    }
}

impl Observer for Record {
    fn event(&mut self, event: &Event) {
        self.events.push(*event);
    }

    fn stepped(&mut self, _: EventId, _: Micros, node: &Node) {
        let status = Status::new(node.role(), node.hard_state());
        self.violations.extend(self.monitor.observe(node.id(), status));
    }

    fn disk_wiped(&mut self, server: NodeId) {
        self.monitor.disk_wiped(server);
    }
}

/// A world and its record.
#[derive(Clone, Debug)]
pub struct Recorded {
    world: World,
    pub record: Record,
}

impl Deref for Recorded {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl Recorded {
    pub fn new(config: Config, seed: u64) -> Self {
        let mut record = Record::new(usize::from(config.size));
        let world = World::new(config, seed, &mut record).expect("a valid configuration");
        Self { world, record }
    }

    /// Five servers in which nothing happens unless a test lets it: election timeouts take ten seconds, heartbeats two,
    /// and each message exactly ten milliseconds.
    pub fn quiet() -> Self {
        Self::new(quiet_config(), 1)
    }

    /// The same with S1 as leader of term 1, at 1 s and just before its next heartbeats.
    pub fn led_by_s1() -> Self {
        let mut world = Self::quiet();
        world.act(Action::force_timeout(super::S1));
        world.run_to(ms(1000));
        assert_eq!(world.leader(), Some(super::S1));
        world
    }

    pub fn act(&mut self, action: Action) -> EventId {
        self.try_act(action).expect("the action can be done")
    }

    pub fn try_act(&mut self, action: Action) -> Result<EventId, Refused> {
        self.world.act(action, &mut self.record)
    }

    /// The action can't be done, changes nothing and leaves no trace.
    #[track_caller]
    pub fn assert_refuses(&mut self, action: Action, why: Refused) {
        let (before, events) = (self.world.clone(), self.events_so_far());
        assert_eq!(self.world.allow(action), Err(why), "{action:?}");
        assert_eq!(self.try_act(action), Err(why), "{action:?}");
        assert!(self.world == before, "{action:?} changed the world");
        assert_eq!(self.events_so_far(), events, "{action:?} left a trace");
    }

    pub fn run_to(&mut self, at: Micros) {
        self.world.run_until(at, &mut self.record);
    }

    /// Runs to an instant and answers what happened at one server on the way.
    pub fn run_and_watch(&mut self, server: NodeId, at: Micros) -> Vec<EventKind> {
        let before = self.record.events.len();
        self.run_to(at);
        self.happened(server, before)
    }

    /// What happened at one server since the record had this length.
    pub fn happened(&self, server: NodeId, since: usize) -> Vec<EventKind> {
        let there = self.record.events[since..]
            .iter()
            .filter(|event| event.server == Some(server));
        there.map(|event| event.kind).collect()
    }

    pub fn events_so_far(&self) -> usize {
        self.record.events.len()
    }

    pub fn disk_of(&self, server: NodeId) -> HardState {
        self.server(server).disk()
    }
}

/// See [`Recorded::quiet`].
pub fn quiet_config() -> Config {
    let mut config = Config::paper(5);
    config.timing.election_timeout = Range::millis(10_000, 10_000);
    config.timing.heartbeat_interval = ms(2000);
    config.network = fixed_delay(10);
    config
}

/// A network without losses in which each message takes this long.
pub const fn fixed_delay(millis: u64) -> Network {
    Network::delaying(Range::millis(millis, millis))
}

/// The messages that were handled, by sender.
pub fn delivered(kinds: &[EventKind]) -> Vec<(NodeId, Message)> {
    let message = |kind: &EventKind| match *kind {
        EventKind::Delivered { from, message } => Some((from, message)),
        _ => None,
    };
    kinds.iter().filter_map(message).collect()
}

/// Where messages were lost.
pub fn lost(kinds: &[EventKind]) -> Vec<LostWhere> {
    let place = |kind: &EventKind| match *kind {
        EventKind::Lost { place, .. } => Some(place),
        _ => None,
    };
    kinds.iter().filter_map(place).collect()
}

pub fn decisions(kinds: &[EventKind]) -> Vec<Decision> {
    let decision = |kind: &EventKind| match *kind {
        EventKind::Decided(decision) => Some(decision),
        _ => None,
    };
    kinds.iter().filter_map(decision).collect()
}

/// Whether the election timer fired.
pub fn timed_out(kinds: &[EventKind]) -> bool {
    kinds.contains(&EventKind::TimerFired(Timer::Election))
}

//! A server as the simulator knows it: its process, its memory, its disk, its timers.

use super::super::{EventId, InFlight, Micros};
use crate::raft::{HardState, LogPosition, Node, NodeId, Settings, Timer};

/// What the operating system knows of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Process {
    /// It does not run: not yet, or not any more.
    Down,
    /// It runs.
    Running,
    /// It is stopped in the middle and keeps its memory.
    Paused,
}

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Armed {
    /// When it was started.
    pub set_at: Micros,
    /// When it fires.
    pub fires_at: Micros,
    /// The event of its start.
    pub event: EventId,
}

/// A server as the simulator knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub(super) process: Process,
    pub(super) node: Node,
    pub(super) disk: HardState,
    pub(super) election: Option<Armed>,
    pub(super) heartbeat: Option<Armed>,
    pub(super) boots: u32,
    pub(super) timer_draws: u32,
    pub(super) inbox: Vec<InFlight>,
    pub(super) wiped: bool,
}

impl Server {
    /// Messages that a paused process's socket buffer holds; what arrives beyond is lost.
    pub const INBOX: usize = 64;

    pub(super) fn new(id: NodeId, settings: Settings, last_log: LogPosition) -> Self {
        let disk = HardState {
            last_log,
            ..HardState::default()
        };
        Self {
            process: Process::Down,
            node: Node::new(id, settings, disk),
            disk,
            election: None,
            heartbeat: None,
            boots: 0,
            timer_draws: 0,
            inbox: Vec::new(),
            wiped: false,
        }
    }

    /// Whether it runs.
    #[must_use]
    pub const fn process(&self) -> Process {
        self.process
    }

    /// Its memory; of a server that is down, what it would start from.
    #[must_use]
    pub const fn node(&self) -> &Node {
        &self.node
    }

    /// What its disk holds.
    #[must_use]
    pub const fn disk(&self) -> HardState {
        self.disk
    }

    /// One of its timers, if it runs.
    #[must_use]
    pub const fn timer(&self, timer: Timer) -> Option<Armed> {
        match timer {
            Timer::Election => self.election,
            Timer::Heartbeat => self.heartbeat,
        }
    }

    /// How often it was started.
    #[must_use]
    pub const fn boots(&self) -> u32 {
        self.boots
    }

    /// Whether its disk was blanked and has not been written since.
    #[must_use]
    pub const fn wiped(&self) -> bool {
        self.wiped
    }

    /// Messages that wait for a paused process, in order of arrival.
    #[must_use]
    pub fn inbox(&self) -> &[InFlight] {
        &self.inbox
    }

    pub(super) const fn timer_mut(&mut self, timer: Timer) -> &mut Option<Armed> {
        match timer {
            Timer::Election => &mut self.election,
            Timer::Heartbeat => &mut self.heartbeat,
        }
    }

    /// When its next timer fires.
    pub(super) fn deadline(&self) -> Micros {
        if self.process != Process::Running {
            return Micros::NEVER;
        }
        let fires_at = |timer: Option<Armed>| timer.map_or(Micros::NEVER, |timer| timer.fires_at);
        fires_at(self.election).min(fires_at(self.heartbeat))
    }

    /// Which timer fires at its deadline.
    pub(super) fn due_timer(&self) -> Timer {
        match (self.election, self.heartbeat) {
            (Some(election), Some(heartbeat)) if heartbeat.fires_at < election.fires_at => Timer::Heartbeat,
            (Some(_), _) => Timer::Election,
            (None, _) => Timer::Heartbeat,
        }
    }
}

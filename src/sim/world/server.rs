//! A server as the simulator knows it: its process, its memory, its disk, its timers.

use super::super::{EventId, InFlight, Micros};
use crate::raft::{HardState, LogPosition, Node, NodeId, Settings, Term, Timer};

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

/// The timers of a server that run, by [`Timer`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Timers([Option<Armed>; Timer::ALL.len()]);

/// A server as the simulator knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    pub(super) process: Process,
    pub(super) node: Node,
    pub(super) disk: HardState,
    /// When its disk has written all that it was given; in the past if it has.
    pub(super) writes_until: Micros,
    pub(super) timers: Timers,
    pub(super) boots: u32,
    pub(super) timer_draws: u32,
    pub(super) inbox: Vec<InFlight>,
    pub(super) wiped: bool,
    pub(super) followed: Option<Term>,
    pub(super) followed_since_start: Option<Term>,
    pub(super) elected: Option<(Term, Micros)>,
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
            writes_until: Micros::ZERO,
            timers: Timers::default(),
            boots: 0,
            timer_draws: 0,
            inbox: Vec::new(),
            wiped: false,
            followed: None,
            followed_since_start: None,
            elected: None,
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
        self.timers.0[timer as usize]
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

    /// The newest term in which it has heard from a leader, or led, in all its lives. No server knows this of itself after a
    /// crash; who tells of the run does.
    #[must_use]
    pub const fn followed(&self) -> Option<Term> {
        self.followed
    }

    /// The same in this life alone: that of its process, since it started.
    #[must_use]
    pub const fn followed_since_start(&self) -> Option<Term> {
        self.followed_since_start
    }

    /// The last term that it won, in all its lives, and when. Like [`Self::followed`], for who tells of the run.
    #[must_use]
    pub const fn elected(&self) -> Option<(Term, Micros)> {
        self.elected
    }

    /// Messages that wait for a paused process, in order of arrival.
    #[must_use]
    pub fn inbox(&self) -> &[InFlight] {
        &self.inbox
    }

    pub(super) const fn timer_mut(&mut self, timer: Timer) -> &mut Option<Armed> {
        &mut self.timers.0[timer as usize]
    }

    /// When its next timer fires.
    pub(super) fn deadline(&self) -> Micros {
        if self.process != Process::Running {
            return Micros::NEVER;
        }
        self.next_timer().map_or(Micros::NEVER, |(at, _)| at)
    }

    /// Which timer fires next, and when. At one instant, in the order of [`Timer::ALL`].
    pub(super) fn next_timer(&self) -> Option<(Micros, Timer)> {
        let mut next: Option<(Micros, Timer)> = None;
        for timer in Timer::ALL {
            if let Some(armed) = self.timer(timer)
                && next.is_none_or(|(at, _)| armed.fires_at < at)
            {
                next = Some((armed.fires_at, timer));
            }
        }
        next
    }
}

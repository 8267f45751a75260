//! What the tests of the simulator share: runs that can be made again, a world whose events are written down, and random
//! runs with faults.

#![allow(dead_code, reason = "each test file uses its own part")]

mod digest;
pub mod pinned;
pub mod random;
pub mod recorded;

use raft_playground::{
    raft::NodeId,
    safety::Violation,
    sim::{Action, Config, History, Micros, World},
};

pub use digest::Digest;
use recorded::Record;

pub const S1: NodeId = NodeId::new(0);
pub const S2: NodeId = NodeId::new(1);
pub const S3: NodeId = NodeId::new(2);
pub const S4: NodeId = NodeId::new(3);
pub const S5: NodeId = NodeId::new(4);

pub const fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

/// All that determines a run.
#[derive(Clone, Debug)]
pub struct Run {
    pub config: Config,
    pub seed: u64,
    /// In order of time. Those that can't be done are skipped.
    pub actions: Vec<(Micros, Action)>,
    pub end: Micros,
}

impl Run {
    /// Makes the run in a world of its own. Answers the world at its end and all that happened.
    pub fn make(&self) -> (World, Record) {
        let mut record = Record::new(usize::from(self.config.size));
        let mut world = World::new(self.config, self.seed, &mut record).expect("a valid configuration");
        for &(at, action) in &self.actions {
            world.run_until(at, &mut record);
            let _ = world.act(action, &mut record);
        }
        world.run_until(self.end, &mut record);
        (world, record)
    }

    /// The run as a history, at its start.
    pub fn history(&self) -> History {
        History::new(self.config, self.seed, &self.actions).expect("a valid configuration")
    }

    /// The fingerprint of its events.
    pub fn digest(&self) -> u64 {
        let mut digest = Digest::default();
        for event in &self.make().1.events {
            digest.add(event);
        }
        digest.value()
    }

    /// What the safety monitor found.
    pub fn violations(&self) -> Vec<Violation> {
        self.make().1.violations
    }
}

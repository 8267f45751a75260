//! The built-in duties: what each starts from, and what its script does, so that there is something to decide.

use super::{Duty, PLAYED};
use crate::{
    raft::NodeId,
    scenario::{Scenario, ScenarioId, file},
    short_sort::sorted_by_key,
    sim::{Action, Micros},
    splitmix::{GOLDEN_GAMMA, mix},
};

/// A run to be played that is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltinDuty {
    /// S3 follows: it is asked for its vote, also twice in a term and too late, and hears from leaders, also from a stale one.
    Voter,
    /// S3 stands for election: against another, then alone.
    Candidate,
    /// Candidates whose logs are behind, and some whose are not.
    Logs,
    /// Votes of an election that is over, and one that comes twice.
    LateVotes,
    /// S3 leads, and is cut off while the others elect another leader.
    Leader,
    /// Whatever this seed brings.
    Chance(u64),
}

const S1: NodeId = NodeId::new(0);
const S3: NodeId = PLAYED;

const fn ms(millis: u64) -> Micros {
    Micros::from_millis(millis)
}

impl BuiltinDuty {
    /// Those that are always the same, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Voter, Self::Candidate, Self::Logs, Self::LateVotes, Self::Leader];

    /// Its name in the document and in what is kept. Never changes.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Voter => "voter",
            Self::Candidate => "candidate",
            Self::Logs => "logs",
            Self::LateVotes => "late-votes",
            Self::Leader => "leader",
            Self::Chance(_) => "chance",
        }
    }

    /// The file that it is, and from when on it asks. What S3 does before is told.
    const fn source(self) -> Option<(&'static str, Micros)> {
        Some(match self {
            Self::Voter => (include_str!("builtin/voter.raft"), Micros::ZERO),
            Self::Candidate => (include_str!("builtin/candidate.raft"), ms(330)),
            Self::Logs => (include_str!("builtin/logs.raft"), ms(600)),
            Self::LateVotes => (include_str!("builtin/late-votes.raft"), ms(330)),
            Self::Leader => (include_str!("builtin/leader.raft"), ms(330)),
            Self::Chance(_) => return None,
        })
    }

    /// What is played.
    ///
    /// # Panics
    /// Never: a test reads the files of all.
    #[must_use]
    pub fn duty(self) -> Duty {
        match (self, self.source()) {
            (Self::Chance(seed), _) => chance(seed),
            (_, Some((text, asks_from))) => {
                let run = file::read(text).expect("the built-in files are right");
                Duty::along(run.scenario(), asks_from)
            }
            (_, None) => chance(0),
        }
    }
}

/// A cluster in which elections are often disputed, and in which servers crash, stop and are cut off.
fn chance(seed: u64) -> Duty {
    let mut word = seed;
    let mut roll = |sides: u64| {
        word = word.wrapping_add(GOLDEN_GAMMA);
        (mix(word) >> 33) % sides
    };
    let mut script = Vec::new();
    let mut at = 250;
    for _ in 0..4 {
        at += 50 + roll(150);
        let one = NodeId::new(usize::try_from(roll(5)).unwrap_or(0));
        let other = if one == S3 { S1 } else { one };
        let back = at + 150 + roll(250);
        let (does, undoes) = match roll(5) {
            0 => (Action::kill(other), Action::start(other)),
            1 => (Action::pause(other), Action::resume(other)),
            2 => (Action::isolate(S3), Action::rejoin(S3)),
            3 => (Action::isolate(other), Action::rejoin(other)),
            _ => (Action::align_timers(), Action::heal_all()),
        };
        script.extend([(ms(at), does), (ms(back), undoes)]);
    }
    let first = NodeId::all(5).map(|id| (Micros::ZERO, Action::set_election_timer(id, ms(150 + roll(20)))));
    let script = sorted_by_key(first.chain(script), |(at, _)| *at);
    let scenario = Scenario {
        id: ScenarioId::Own,
        script,
        ..Scenario::free(5, seed)
    };
    Duty::along(scenario, Micros::ZERO)
}

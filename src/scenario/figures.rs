//! The five figures of the lab report.

use super::{Scenario, ScenarioId};
use crate::{
    raft::{NodeId, NodeSet, Rules},
    sim::{Action, Config, Micros, Network, Range, Timing},
};

/// Half of real time: a message takes a tenth to a fifth of the reader's second.
const PACE: Micros = Micros::from_millis(500);

/// 10:23:30, eleven seconds before the second leader.
pub(super) const FIGURE3_BEGAN: Micros = Micros::from_secs(15 * 60 + 50);

/// 10:28:40.
pub(super) const FIGURE5_BEGAN: Micros = Micros::from_secs(21 * 60);

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const S3: NodeId = NodeId::new(2);
const S4: NodeId = NodeId::new(3);
const S5: NodeId = NodeId::new(4);

/// The lab's five servers, none of which runs yet.
const fn lab() -> Config {
    let mut config = Config::paper(5);
    config.running = NodeSet::EMPTY;
    config.timing = Timing {
        election_timeout: Range::millis(900, 4000),
        heartbeat_interval: Micros::from_millis(125),
    };
    config.network = Network {
        delay: Range::millis(40, 100),
        loss_permille: 0,
    };
    config.rules = Rules::lab();
    config
}

fn figure<const N: usize>(id: ScenarioId, seed: u64, script: [(u64, Action); N]) -> Scenario {
    let script = script.map(|(millis, action)| (Micros::from_millis(millis), action));
    Scenario {
        id,
        config: lab(),
        seed,
        script: script.to_vec(),
        pace: PACE,
    }
}

pub(super) fn figure1() -> Scenario {
    let script = [
        (0, Action::Start(S1)),
        (2_000, Action::Start(S2)),
        (4_000, Action::Start(S3)),
        (6_000, Action::Start(S4)),
        (8_000, Action::Start(S5)),
        (30_000, Action::Kill(S2)),
    ];
    figure(ScenarioId::Figure1, 1, script)
}

pub(super) fn figure2() -> Scenario {
    let script = [
        (0, Action::Start(S1)),
        (200, Action::Start(S2)),
        (400, Action::Start(S3)),
        (600, Action::Start(S4)),
        (800, Action::Start(S5)),
        (6_000, Action::Kill(S3)),
        (12_000, Action::Start(S3)),
    ];
    figure(ScenarioId::Figure2, 1, script)
}

pub(super) fn figure3() -> Scenario {
    let script = [
        (0, Action::Start(S1)),
        (2_000, Action::Start(S2)),
        (4_000, Action::Start(S3)),
        (5_000, Action::Start(S4)),
        (7_000, Action::Start(S5)),
        (9_500, Action::Kill(S1)),
    ];
    figure(ScenarioId::Figure3, 1, script)
}

pub(super) fn figure4() -> Scenario {
    let script = [
        (0, Action::Start(S1)),
        (200, Action::Start(S2)),
        (400, Action::Start(S3)),
        (600, Action::Start(S4)),
        (800, Action::Start(S5)),
        (6_000, Action::Kill(S1)),
        (12_000, Action::Kill(S3)),
    ];
    figure(ScenarioId::Figure4, 1, script)
}

pub(super) fn figure5() -> Scenario {
    let script = [
        (0, Action::Start(S1)),
        (2_000, Action::Start(S2)),
        (4_000, Action::Start(S3)),
        (5_000, Action::Start(S4)),
        (6_500, Action::Start(S5)),
        (8_000, Action::Kill(S1)),
        (13_500, Action::Kill(S5)),
        (17_000, Action::Kill(S3)),
    ];
    figure(ScenarioId::Figure5, 1, script)
}

//! Stories that the paper tells, and some that it doesn't: votes that split, logs that are behind, networks that fail in part.
//!
//! All run by the paper's rules. Nothing is forced where luck can do it: each timer runs out by itself and each message takes as
//! long as it takes. The seeds were found by trying, and the tests `scenario_*` hold them to what is told of them.

use super::{Scenario, ScenarioId};
use crate::{
    raft::{LogPosition, NodeId, NodeSet, Term},
    sim::{Action, Config, Micros, Range},
};

/// 25 times slower than real time, as the free cluster.
const PACE: Micros = Micros::from_millis(40);

const S1: NodeId = NodeId::new(0);
const S2: NodeId = NodeId::new(1);
const S3: NodeId = NodeId::new(2);
const S4: NodeId = NodeId::new(3);
const S5: NodeId = NodeId::new(4);

fn story(id: ScenarioId, config: Config, seed: u64, script: &[(u64, Action)]) -> Scenario {
    let script = script
        .iter()
        .map(|&(millis, action)| (Micros::from_millis(millis), action));
    Scenario {
        id,
        title: String::new(),
        watch: String::new(),
        config,
        seed,
        script: script.collect(),
        pace: PACE,
    }
}

/// The leader crashes, and two of the four that are left run for the same term: each gets two votes.
pub(super) fn split_vote() -> Scenario {
    let script = [(320, Action::Kill(S1))];
    story(ScenarioId::SplitVote, Config::paper(5), 202, &script)
}

/// Election timeouts that differ by little more than a message takes: in each of three terms three servers run. One cluster in
/// thirty five has no leader before its fourth term.
pub(super) fn split_vote_thrice() -> Scenario {
    let mut config = Config::paper(5);
    config.timing.election_timeout = Range::millis(150, 170);
    story(ScenarioId::SplitVoteThrice, config, 1095, &[])
}

/// The leader's last entry has reached all but S5 when it crashes. S5's timer runs out first.
pub(super) fn stale_log() -> Scenario {
    let entry = LogPosition {
        last_term: Term(1),
        last_index: 1,
    };
    let has_entry = |server| (320, Action::SetLog(server, entry));
    let script = [
        has_entry(S1),
        has_entry(S2),
        has_entry(S3),
        has_entry(S4),
        (325, Action::Kill(S1)),
    ];
    story(ScenarioId::StaleLog, Config::paper(5), 101, &script)
}

/// A round trip takes 240 to 360 ms, the election timeouts are the recommended 150 to 300 ms: `broadcastTime` is not much less than
/// `electionTimeout` (§5.6), and of sixty terms one has a leader, for a quarter of a second.
pub(super) fn tight_timeout() -> Scenario {
    let mut config = Config::paper(5);
    config.network.delay = Range::millis(120, 180);
    Scenario {
        pace: Micros::from_millis(80),
        ..story(ScenarioId::TightTimeout, config, 4, &[])
    }
}

/// S1 and S2 alone can't elect anybody.
pub(super) fn one_by_one() -> Scenario {
    let mut config = Config::paper(5);
    config.running = NodeSet::EMPTY;
    let script = [
        (0, Action::Start(S1)),
        (300, Action::Start(S2)),
        (600, Action::Start(S3)),
        (900, Action::Start(S4)),
        (1200, Action::Start(S5)),
    ];
    Scenario {
        pace: Micros::from_millis(50),
        ..story(ScenarioId::OneByOne, config, 14, &script)
    }
}

/// The leader keeps one follower and loses the other three.
pub(super) fn minority_leader() -> Scenario {
    let minority = [S1, S2].into_iter().collect();
    let script = [(300, Action::Partition(minority))];
    story(ScenarioId::MinorityLeader, Config::paper(5), 1, &script)
}

/// The leader is cut off and comes back when there is another one.
pub(super) fn leader_returns() -> Scenario {
    let script = [(300, Action::Isolate(S5)), (600, Action::Rejoin(S5))];
    story(ScenarioId::LeaderReturns, Config::paper(5), 53, &script)
}

/// S5 can send but not hear. (Were it the leader by then, it would lead for ever: its heartbeats arrive.)
pub(super) fn one_way_cut() -> Scenario {
    let script = [S1, S2, S3, S4].map(|from| (300, Action::Cut(from, S5)));
    story(ScenarioId::OneWayCut, Config::paper(5), 10, &script)
}

/// S1, S2 and S3 reach each other, S4 only S2, S5 only S3: the example by which Howard and Abraham explained the outage of etcd at
/// Cloudflare in 2020 ("Raft does not guarantee liveness in the face of network faults"). As there, S3 leads at first.
pub(super) fn partial_partition() -> Scenario {
    let apart = [(S1, S4), (S1, S5), (S2, S5), (S3, S4), (S4, S5)];
    let cut = |(one, other)| [(300, Action::Cut(one, other)), (300, Action::Cut(other, one))];
    let script: Vec<_> = apart.into_iter().flat_map(cut).collect();
    story(ScenarioId::PartialPartition, Config::paper(5), 128, &script)
}

//! Random runs, each made from one number: a cluster that is mistreated while the safety monitor judges every step, then healed and
//! required to elect one leader that stays. The tests and the example `swarm` share it.
//!
//! Everything but the rules' paper setting is drawn: one to nine servers, timings, network, logs and cut links to begin with, the
//! extensions on or off, and faults of every kind that Raft survives. Disks are not wiped, rules not switched off, and logs only
//! grow.

#![allow(dead_code, reason = "each target uses its own part")]

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use raft_playground::{
    raft::{LogPosition, Message, Node, NodeId, Role, Rule, Rules, Term, Timer},
    safety::{Monitor, Status, Violation},
    scenario::{Run as SharedRun, Scenario, ScenarioId, file},
    sim::{
        Action, Config, Event, EventId, Micros, Network, Observer, OwnSetting, Process, Range, ServerAction, Timing,
        World,
    },
};

use crate::runs::{Run, random::Dice};

/// Longest election timeouts within which a healed cluster must have its leader.
///
/// How likely is it to fail by bad luck? Let the shortest election timeout be T and the longest 2T. The network takes at most T/40,
/// and an election is over after five messages: pre-vote and its reply if that is on, the request, the vote, and the heartbeat
/// that stops the others. So a round in which every server waits with a fresh timer ends with a leader if the first timer to
/// fire is that of a server that can win, and no other fires within T/8 after it. At least half of the servers can win: of logs
/// in order, those with a majority at or below their own. Of nine independent timers the first leads by T/8 with probability
/// (1 - 1/8)^9 = 0.30, of fewer ones more often. A round therefore fails with less than 0.85, and 180 of them with 0.85^180 =
/// 2e-13. This is an estimate, not a proof: timers that were not drawn in one round are not quite independent. In the first
/// million runs the slowest took 3 rounds from when all was calm.
pub const ROUNDS: u64 = 180;

/// Longest election timeouts for which the leader must then stay.
pub const STAYS: u64 = 10;

/// What went wrong in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A safety property was broken.
    Unsafe(Micros, Violation),
    /// Nobody was elected in time although nothing failed any more.
    NoLeader(Micros),
    /// A leader that all followed was deposed although nothing failed any more.
    Deposed(Micros, NodeId),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsafe(at, violation) => write!(f, "at {at} s {violation:?}"),
            Self::NoLeader(at) => write!(f, "no leader that all follow by {at} s"),
            Self::Deposed(at, leader) => write!(f, "{leader} no longer leads at {at} s"),
        }
    }
}

/// What a run that went well was like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Events in all.
    pub events: u64,
    /// The newest term when the cluster was healed.
    pub term: Term,
    /// How long the election took then, in longest election timeouts.
    pub rounds: u64,
}

/// A run and what became of it.
#[derive(Clone, Debug)]
pub struct Trial {
    /// What was done, the healing included.
    pub run: Run,
    pub result: Result<Outcome, Failure>,
}

/// The run that belongs to a seed, by the paper's rules with the extensions that the seed says, and changed as one likes.
pub fn trial(seed: u64, change: impl Fn(&mut Rules)) -> Trial {
    let mut dice = Dice::new(seed);
    let mut config = dice.config();
    config.rules.pre_vote = dice.one_in(2);
    config.rules.leader_stickiness = dice.one_in(2);
    config.rules.check_quorum = dice.one_in(2);
    change(&mut config.rules);
    let mut arena = Arena::new(config, seed);
    let result = arena
        .mistreat(&mut dice)
        .and_then(|()| arena.heal_and_require_a_leader());
    arena.trial(result)
}

/// The same judgement on a run that is given. It is healed at its end, whether its actions healed it or not.
pub fn judge(run: &Run) -> Result<Outcome, Failure> {
    let mut arena = Arena::new(run.config, run.seed);
    for &(at, action) in &run.actions {
        arena.run_to(at)?;
        arena.act(action);
    }
    arena.run_to(run.end)?;
    arena.heal_and_require_a_leader()
}

/// The run with as few actions as still fail: each is left out whose absence changes nothing about that.
pub fn shrink(run: &Run) -> Run {
    let mut small = run.clone();
    let mut index = small.actions.len();
    while index > 0 {
        index -= 1;
        let mut smaller = small.clone();
        smaller.actions.remove(index);
        if judge(&smaller).is_err() {
            small = smaller;
        }
    }
    small
}

/// A run as a scenario file that opens at its end.
pub fn to_file(run: &Run, title: &str, watch: &str) -> String {
    let scenario = Scenario {
        id: ScenarioId::Own,
        title: title.to_owned(),
        watch: watch.to_owned(),
        config: run.config,
        seed: run.seed,
        script: run.actions.clone(),
        pace: Micros::from_millis(40),
    };
    let mut history = scenario.start();
    history.seek(run.end);
    file::write(&SharedRun::of(&scenario, &history))
}

/// The run that a scenario file holds.
///
/// # Panics
/// If it can't be read.
pub fn from_file(text: &str) -> Run {
    let shared = file::read(text).unwrap_or_else(|error| panic!("{error}"));
    let recording = shared.recording;
    Run {
        config: recording.config,
        seed: recording.seed,
        actions: recording.script,
        end: recording.now,
    }
}

/// How to make the run of a seed again.
pub fn command(seed: u64) -> String {
    format!("cargo run --profile bench --example swarm -- --seed {seed} --runs 1")
}

/// Writes a failed run to a folder, as a scenario file with as few actions as still fail. Answers where it is.
///
/// # Panics
/// If it can't be written.
pub fn write_failure(trial: &Trial, failure: Failure, folder: &Path) -> PathBuf {
    let seed = trial.run.seed;
    let text = to_file(
        &shrink(&trial.run),
        &format!("Swarm {seed}"),
        &format!("{failure}; {}", command(seed)),
    );
    fs::create_dir_all(folder).expect("a folder for failed runs");
    let path = folder.join(format!("swarm-{seed}.{}", file::EXTENSION));
    fs::write(&path, text).expect("a file for a failed run");
    path
}

/// Judges every step.
struct Watch {
    monitor: Monitor,
    found: Option<(Micros, Violation)>,
}

impl Observer for Watch {
    fn event(&mut self, _: &Event) {}

    fn stepped(&mut self, _: EventId, at: Micros, node: &Node) {
        let status = Status::new(node.role(), node.hard_state());
        let found = self.monitor.observe(node.id(), status);
        self.found = self.found.or(found.first().map(|violation| (at, *violation)));
    }

    fn disk_wiped(&mut self, server: NodeId) {
        self.monitor.disk_wiped(server);
    }
}

/// A world in which a run takes place.
struct Arena {
    config: Config,
    world: World,
    watch: Watch,
    done: Vec<(Micros, Action)>,
    healed_at: Option<Micros>,
}

impl Arena {
    fn new(config: Config, seed: u64) -> Self {
        let mut watch = Watch {
            monitor: Monitor::new(usize::from(config.size)),
            found: None,
        };
        let world = World::new(config, seed, &mut watch).expect("a valid configuration");
        Self {
            config,
            world,
            watch,
            done: Vec::new(),
            healed_at: None,
        }
    }

    fn trial(self, result: Result<Outcome, Failure>) -> Trial {
        let run = Run {
            config: self.config,
            seed: self.world.seed(),
            actions: self.done,
            end: self.healed_at.unwrap_or(self.world.now()),
        };
        Trial { run, result }
    }

    fn run_to(&mut self, at: Micros) -> Result<(), Failure> {
        self.world.run_until(at, &mut self.watch);
        match self.watch.found {
            Some((at, violation)) => Err(Failure::Unsafe(at, violation)),
            None => Ok(()),
        }
    }

    /// Does what is possible.
    fn act(&mut self, action: Action) {
        if self.world.act(action, &mut self.watch).is_ok() {
            self.done.push((self.world.now(), action));
        }
    }

    // --- First half ---

    /// Up to sixty faults, some at one instant, each chosen with the world before one's eyes.
    fn mistreat(&mut self, dice: &mut Dice) -> Result<(), Failure> {
        for _ in 0..dice.roll(60) {
            self.run_to(self.world.now() + Micros(dice.roll(4) * dice.roll(60_000)))?;
            let action = fault(dice, &self.world);
            self.act(action);
        }
        self.run_to(self.world.now())
    }

    // --- Second half ---

    fn heal_and_require_a_leader(&mut self) -> Result<Outcome, Failure> {
        let term = self.newest_term();
        let round = self.heal().election_timeout.max;
        let (leader, rounds) = self.elect(round)?;
        self.keep(leader, round)?;
        Ok(Outcome {
            events: self.world.next_event().0,
            term,
            rounds,
        })
    }

    /// Runs until there is a leader that all follow. Answers it, and in which round it was found.
    fn elect(&mut self, round: Micros) -> Result<(NodeId, u64), Failure> {
        const LOOKS: u64 = 4;
        let calm_from = self.calm_from();
        for look in 0..=ROUNDS * LOOKS {
            self.run_to(calm_from + Micros(round.0 * look / LOOKS))?;
            if let Some(leader) = self.settled() {
                return Ok((leader, look.div_ceil(LOOKS)));
            }
        }
        Err(Failure::NoLeader(self.world.now()))
    }

    /// Requires that a leader stays; who was deposed and elected again leads a newer term.
    fn keep(&mut self, leader: NodeId, round: Micros) -> Result<(), Failure> {
        let term = self.newest_term();
        self.run_to(self.world.now() + Micros(round.0 * STAYS))?;
        if self.settled() == Some(leader) && self.newest_term() == term {
            Ok(())
        } else {
            Err(Failure::Deposed(self.world.now(), leader))
        }
    }

    /// Mends everything: links, servers, network, and timers by "broadcast time << election timeout" (§5.6).
    fn heal(&mut self) -> Timing {
        self.healed_at = Some(self.world.now());
        let mut dice = Dice::new(!self.world.seed());
        let shortest = dice.between(100_000, 300_000);
        let timing = Timing {
            election_timeout: Range {
                min: Micros(shortest),
                max: Micros(shortest * 2),
            },
            heartbeat_interval: Micros(shortest / dice.between(2, 5)),
        };
        let longest_delay = dice.between(1, shortest / 40);
        let delay = Range {
            min: Micros(dice.between(1, longest_delay)),
            max: Micros(longest_delay),
        };
        self.act(Action::heal_all());
        self.act(Action::set_network(Network::delaying(delay)));
        self.act(Action::set_timing(timing));
        let all = || NodeId::all(usize::from(self.config.size));
        let own = all().map(|server| Action::set_server(server, OwnSetting::as_cluster()));
        let links = all().flat_map(|from| all().map(move |to| Action::set_link(from, to, OwnSetting::as_cluster())));
        for action in own.chain(links).collect::<Vec<_>>() {
            self.act(action);
        }
        for server in NodeId::all(usize::from(self.config.size)) {
            match self.world.server(server).process() {
                Process::Down => self.act(Action::start(server)),
                Process::Paused => self.act(Action::resume(server)),
                Process::Running => {}
            }
        }
        timing
    }

    /// From when on nothing is left of the bad times: no message that is under way now, and no timer that runs.
    fn calm_from(&self) -> Micros {
        let messages = self.world.in_flight().map(|flight| flight.due_at);
        let timers = self.world.servers().flat_map(|(_, server)| {
            let timers = [Timer::Election, Timer::Heartbeat].map(|timer| server.timer(timer));
            timers.into_iter().flatten().map(|armed| armed.fires_at)
        });
        messages.chain(timers).max().unwrap_or_default().max(self.world.now())
    }

    fn newest_term(&self) -> Term {
        let terms = self.world.servers().map(|(_, server)| server.node().term());
        terms.max().unwrap_or_default()
    }

    /// The leader that all others follow in the newest term, if there is one and nobody has asked for a newer one.
    fn settled(&self) -> Option<NodeId> {
        let leader = self.world.leader()?;
        let term = self.world.server(leader).node().term();
        let agrees = |(id, server): (NodeId, &raft_playground::sim::Server)| {
            let role = if id == leader { Role::Leader } else { Role::Follower };
            let node = server.node();
            (node.role(), node.term(), node.leader()) == (role, term, Some(leader))
        };
        let is_old = |message: Message| message.term() <= term;
        let settled = self.world.servers().all(agrees) && self.world.in_flight().all(|flight| is_old(flight.message));
        settled.then_some(leader)
    }
}

/// Anything that can be done to a cluster and that Raft survives.
fn fault(dice: &mut Dice, world: &World) -> Action {
    let size = world.config().size;
    let leader = world.leader().unwrap_or(NodeId::new(0));
    match dice.roll(23) {
        0 => Action::transfer_leadership(leader, dice.server(size)),
        1 => Action::send_heartbeats(leader),
        2 => Action::kill(leader),
        3 | 4 => dice.own(size),
        5 => {
            let extension = Rule::EXTENSIONS[usize::try_from(dice.roll(3)).expect("three")];
            Action::set_server(dice.server(size), OwnSetting::rule(extension, dice.one_in(2)))
        }
        _ => match dice.fault(world) {
            // "A leader never overwrites or deletes entries in its log" (Figure 3), and no server loses what is committed.
            Action::Server(server, ServerAction::SetLog(_)) => Action::set_log(server, further(dice, world, server)),
            other => other,
        },
    }
}

/// A log position that is not behind a server's own.
fn further(dice: &mut Dice, world: &World, server: NodeId) -> LogPosition {
    let LogPosition { last_term, last_index } = world.server(server).node().hard_state().last_log;
    let small = |roll| u32::try_from(roll).expect("a small number");
    let newer = small(dice.roll(2));
    LogPosition {
        last_term: Term(last_term.0 + newer),
        last_index: last_index + small(dice.roll(3)),
    }
}

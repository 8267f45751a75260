//! What is tried, and how a trial begins.

use std::{fmt, ops::RangeInclusive};

use crate::{
    raft::{LogPosition, NodeId},
    scenario::{Run, Scenario, ScenarioId, set_in_force},
    sim::{Action, Config, ConfigError, Micros, Network, OwnSetting, OwnSettings, Range, ServerAction, World},
    splitmix::{GOLDEN_GAMMA, mix},
};

/// How a trial begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// All servers start at once; nobody has led yet.
    ColdStart,
    /// The leader crashes, at an instant drawn evenly from the heartbeat interval, after a broadcast that all get together
    /// (§9.3).
    LeaderCrash,
    /// The same, but all links of the leader are cut.
    LeaderCutOff,
    /// A script is played, up to its last action: [`Experiment::script`].
    Script,
}

impl Opening {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::LeaderCrash, Self::LeaderCutOff, Self::ColdStart, Self::Script];

    /// Its name in files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::ColdStart => "cold-start",
            Self::LeaderCrash => "leader-crash",
            Self::LeaderCutOff => "leader-cut-off",
            Self::Script => "script",
        }
    }

    /// What is done to the leader, if there is one from the start.
    const fn fault(self) -> Option<Action> {
        match self {
            Self::ColdStart | Self::Script => None,
            Self::LeaderCrash => Some(Action::kill(Experiment::LEADER)),
            Self::LeaderCutOff => Some(Action::isolate(Experiment::LEADER)),
        }
    }
}

/// When a trial ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrialEnding {
    /// As soon as there is a leader that a majority can follow, or at the limit.
    WithLeader,
    /// At the limit, whoever leads meanwhile: how long there is no leader is counted in all of that time. A cluster that elects leaders
    /// and never keeps one can be told only so from one that is well.
    AtLimit,
}

impl TrialEnding {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::WithLeader, Self::AtLimit];

    /// Its name in files.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::WithLeader => "with-leader",
            Self::AtLimit => "at-limit",
        }
    }
}

/// Where the logs end as a trial begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InitialLogs {
    /// Where the configuration says: all alike, unless it says otherwise.
    AsGiven,
    /// Each at another length: the leader's is the longest, the others' are dealt anew in each trial. "The servers in each trial
    /// had different log lengths, so some candidates were not eligible to become leader" (§9.3).
    Different,
}

/// What is tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experiment {
    /// Its name, as its author wrote it.
    pub title: String,
    /// The cluster of each trial.
    pub config: Config,
    /// How a trial begins.
    pub opening: Opening,
    /// What is done in each trial and when, in order of time, if it begins with [`Opening::Script`]. Else it is only what servers and links
    /// have of their own from the start. Each trial has its luck from the start on.
    pub script: Vec<(Micros, Action)>,
    /// Where the logs end at first.
    pub logs: InitialLogs,
    /// When a trial ends.
    pub ending: TrialEnding,
    /// A trial ends so long after its beginning, if not before.
    pub limit: Micros,
    /// How many trials there are.
    pub trials: u32,
    /// The seed of all luck.
    pub seed: u64,
}

/// Why an experiment can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExperimentError {
    /// No cluster can be built.
    Config(ConfigError),
    /// An election timeout is shorter than [`Experiment::SHORTEST_TIMEOUT`].
    ShortTimeout,
    /// S1 does not come to lead, so that it cannot crash as leader.
    NoLeader,
    /// The limit is not 1 ms to an hour.
    Limit,
    /// The script has no action, more than [`Experiment::MOST_ACTIONS`], one that is done before the one above it, or one after an hour; or
    /// it does what no other beginning has.
    Script,
    /// There are no trials, or more than [`Experiment::MOST_TRIALS`].
    Trials,
}

impl fmt::Display for ExperimentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Config(error) => return error.fmt(f),
            Self::ShortTimeout => "election timeouts of at least 2 ms",
            Self::NoLeader => "a cluster in which S1 can lead at the start",
            Self::Limit => "a limit of 1 ms to 1 hour",
            Self::Script => "a script of 1 to 200 actions, the last within an hour",
            Self::Trials => "1 to 1000000 trials",
        })
    }
}

impl std::error::Error for ExperimentError {}

impl Experiment {
    /// Who leads as a trial begins.
    pub const LEADER: NodeId = NodeId::new(0);
    /// When the leader sends the broadcast that all get together. Until then it has won its election on a network without delay.
    pub const BROADCAST: Micros = Micros::from_millis(1);
    /// Nobody may doubt the leader before the broadcast.
    pub const SHORTEST_TIMEOUT: Micros = Micros::from_millis(2);
    /// Trials at most: what is measured in them takes some dozens of megabytes.
    pub const MOST_TRIALS: u32 = 1_000_000;
    /// Actions of a script at most: it is part of a link.
    pub const MOST_ACTIONS: usize = 200;

    /// How long a trial can be waited for.
    pub const LIMITS: RangeInclusive<Micros> = Micros::from_millis(1)..=Config::LONGEST;

    /// The paper's cluster of five, whose leader crashes: 1000 trials (§9.3).
    #[must_use]
    pub const fn paper() -> Self {
        Self {
            title: String::new(),
            config: Config::paper(5),
            opening: Opening::LeaderCrash,
            script: Vec::new(),
            logs: InitialLogs::Different,
            ending: TrialEnding::WithLeader,
            limit: Micros::from_secs(10),
            trials: 1000,
            seed: 1,
        }
    }

    /// The same with trials that begin as a run, up to the last action of the branch that is visited. Settings of the cluster that are
    /// made at the start are those of the experiment. If somebody led before the first action that is no setting, the same server leads
    /// in each trial: its election timer expires at the start.
    #[must_use]
    pub fn after(mut self, run: &Run) -> Self {
        self.title.clone_from(&run.title);
        self.config = run.recording.config;
        (self.opening, self.logs) = (Opening::Script, InitialLogs::AsGiven);
        self.script = run.recording.done();
        let leader = self.leader_before_script(run.recording.seed);
        let is_setting = |(at, action): &mut (Micros, Action)| *at == Micros::ZERO && action.sets_cluster();
        for (_, action) in self.script.extract_if(.., is_setting) {
            set_in_force(&mut self.config, action);
        }
        if let Some(leader) = leader {
            let at_once = Action::set_election_timer(leader, Micros::ZERO);
            self.script.insert(0, (Micros::ZERO, at_once));
        }
        self
    }

    fn leader_before_script(&self, seed: u64) -> Option<NodeId> {
        let is_fault = |(_, action): &&(Micros, Action)| !action.is_setting();
        let (first, _) = self.script.iter().find(is_fault).or(self.script.first())?;
        let mut world = World::new(self.config, seed, &mut ()).ok()?;
        for (at, action) in self.script.iter().take_while(|(at, _)| at < first) {
            world.run_until(*at, &mut ());
            let _ = world.act(*action, &mut ());
        }
        world.run_until(*first, &mut ());
        world.leader()
    }

    /// Who leads at first in each trial because the script lets its election timer expire at the start.
    #[must_use]
    pub fn leads_by_script(&self) -> Option<NodeId> {
        match self.script.first() {
            Some((Micros::ZERO, Action::Server(leader, ServerAction::SetElectionTimer(Micros::ZERO)))) => Some(*leader),
            _ => None,
        }
    }

    /// The same with disks that take so long for a write.
    #[must_use]
    pub fn with_disk_writes(mut self, takes: Micros) -> Self {
        let all = NodeId::all(usize::from(self.config.size));
        let own = all.map(|server| Action::set_server(server, OwnSetting::disk_write(takes)));
        let from_the_start = own.map(|action| (Micros::ZERO, action));
        self.script.splice(0..0, from_the_start);
        self
    }

    /// Begins in another way. Of a script only the settings are left, of the cluster and of single servers and links, that were in force
    /// at its end: they hold from the start.
    pub fn begin(&mut self, opening: Opening) {
        if self.opening == Opening::Script {
            let mut own = OwnSettings::default();
            for (_, action) in self.script.drain(..) {
                set_in_force(&mut self.config, action);
                action.note_own(&mut own);
            }
            self.own(&own);
        }
        self.opening = opening;
        self.script.retain(is_own_from_the_start);
    }

    /// Lets servers and links have this of their own from the start, and do nothing else.
    pub fn own(&mut self, own: &OwnSettings) {
        self.script = Action::giving(own).map(|action| (Micros::ZERO, action)).collect();
    }

    /// Has another number of servers, which all run with all links up. What those that are gone had of their own is gone.
    pub fn resize(&mut self, size: u8) {
        let Config { running, links, .. } = Config::paper(size);
        (self.config.size, self.config.running, self.config.links) = (size, running, links);
        let mut own = OwnSettings::default();
        let is_there = |server: NodeId| server.index() < usize::from(size);
        let stays = |action: &Action| match *action {
            Action::Server(server, _) => is_there(server),
            Action::Link(from, to, _) => is_there(from) && is_there(to),
            _ => false,
        };
        let staying = self.script.iter().map(|(_, action)| *action).filter(stays);
        staying.for_each(|action| action.note_own(&mut own));
        self.own(&own);
    }

    /// Whether a heartbeat may come later than the shortest election timeout expires, as the cluster's settings are.
    #[must_use]
    pub fn has_late_heartbeats(&self) -> bool {
        let Config { timing, network, .. } = &self.config;
        timing.heartbeat_interval + network.delay.max > timing.election_timeout.min
    }

    /// The same with these election timeouts, and with heartbeats as in the paper: the interval "was half of the minimum election
    /// timeout for all tests" (§9.3).
    #[must_use]
    pub const fn with_timeouts(mut self, range: Range) -> Self {
        self.config.timing.election_timeout = range;
        self.config.timing.heartbeat_interval = Micros(range.min.0.div_ceil(2));
        self
    }

    /// Whether its trials can be run.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), ExperimentError> {
        self.config.validate().map_err(ExperimentError::Config)?;
        if !(1..=Self::MOST_TRIALS).contains(&self.trials) {
            return Err(ExperimentError::Trials);
        }
        if !Self::LIMITS.contains(&self.limit) {
            return Err(ExperimentError::Limit);
        }
        if self.opening == Opening::Script {
            return if self.has_script() {
                Ok(())
            } else {
                Err(ExperimentError::Script)
            };
        }
        if self.script.len() > Self::MOST_ACTIONS || !self.script.iter().all(is_own_from_the_start) {
            return Err(ExperimentError::Script);
        }
        if self.opening == Opening::ColdStart {
            return Ok(());
        }
        if self.config.timing.election_timeout.min < Self::SHORTEST_TIMEOUT {
            return Err(ExperimentError::ShortTimeout);
        }
        if self.leader_at_broadcast(0) == Some(Self::LEADER) {
            Ok(())
        } else {
            Err(ExperimentError::NoLeader)
        }
    }

    fn has_script(&self) -> bool {
        (1..=Self::MOST_ACTIONS).contains(&self.script.len())
            && self.script.is_sorted_by_key(|(at, _)| *at)
            && self.script.iter().all(|(at, _)| *at <= Config::LONGEST)
    }

    fn leader_at_broadcast(&self, trial: u32) -> Option<NodeId> {
        let Scenario {
            config, seed, script, ..
        } = self.scenario(trial);
        let mut world = World::new(config, seed, &mut ()).ok()?;
        for (at, action) in script.into_iter().filter(|(at, _)| *at <= Self::BROADCAST) {
            world.run_until(at, &mut ());
            world.act(action, &mut ()).ok()?;
        }
        world.leader()
    }

    /// The seed of a trial: all luck of its run, when its leader fails, and who has which log.
    #[must_use]
    pub const fn trial_seed(&self, trial: u32) -> u64 {
        mix(mix(self.seed).wrapping_add((trial as u64 + 1).wrapping_mul(GOLDEN_GAMMA)))
    }

    /// When the leader of a trial fails; the start of one without a leader; the last action of a script. All that is measured is
    /// measured from here on.
    #[must_use]
    pub fn begins_at(&self, trial: u32) -> Micros {
        match self.opening {
            Opening::LeaderCrash | Opening::LeaderCutOff => {}
            Opening::ColdStart => return Micros::ZERO,
            Opening::Script => return self.script.last().map_or(Micros::ZERO, |(at, _)| *at),
        }
        let interval = self.config.timing.heartbeat_interval.0;
        Micros(Self::BROADCAST.0 + draw(self.trial_seed(trial), 0, interval))
    }

    /// The cluster of a trial.
    #[must_use]
    pub fn trial_config(&self, trial: u32) -> Config {
        let mut config = self.config;
        if self.logs == InitialLogs::Different {
            let mut lengths: Vec<u32> = (1..=u32::from(config.size)).rev().collect();
            // Fisher and Yates; the leader keeps the longest.
            for place in (2..config.size).rev() {
                let other = 1 + draw_below(self.trial_seed(trial), place);
                lengths.swap(place.into(), other.into());
            }
            for (log, last_index) in config.logs.iter_mut().zip(lengths) {
                *log = LogPosition {
                    last_index,
                    ..LogPosition::default()
                };
            }
        }
        config
    }

    /// Lets [`Self::LEADER`] lead a cluster from the start: it wins on a network without delay, and all hear of it at once in that of
    /// the cluster.
    pub(super) fn lead(config: &Config) -> [(Micros, Action); 4] {
        let at_once = Range {
            min: Config::SHORTEST,
            max: Config::SHORTEST,
        };
        [
            (Micros::ZERO, Action::set_network(Network::delaying(at_once))),
            (Micros::ZERO, Action::set_election_timer(Self::LEADER, Micros::ZERO)),
            (Self::BROADCAST, Action::set_network(config.network)),
            (Self::BROADCAST, Action::send_heartbeats(Self::LEADER)),
        ]
    }

    /// A trial as a scenario: what makes it again.
    #[must_use]
    pub fn scenario(&self, trial: u32) -> Scenario {
        let config = self.trial_config(trial);
        let script = match self.opening.fault() {
            None => self.script.clone(),
            Some(fault) => self.until(fault, self.begins_at(trial), &config),
        };
        Scenario {
            id: ScenarioId::Own,
            title: self.title.clone(),
            config,
            script,
            ..Scenario::free(config.size, self.trial_seed(trial))
        }
    }

    /// A leader leads, and fails. With the network of the experiment come the settings that servers and links have of their own, as no
    /// disk is to hold up the first election.
    fn until(&self, fault: Action, at: Micros, config: &Config) -> Vec<(Micros, Action)> {
        let mut script = Vec::from(Self::lead(config));
        let heartbeats = script.pop();
        script.extend(self.script.iter().map(|(_, setting)| (Self::BROADCAST, *setting)));
        script.extend(heartbeats);
        script.push((at, fault));
        script
    }

    /// A trial as a run that lasts until its end, opened where the leader fails, where the servers start, or where the last action of a
    /// script is done.
    ///
    /// # Panics
    /// If the experiment is not valid.
    #[must_use]
    pub fn run(&self, trial: u32) -> Run {
        let scenario = self.scenario(trial);
        let mut history = scenario.start();
        let begins_at = self.begins_at(trial);
        history.seek(begins_at + self.trial(trial).lasted(self));
        history.seek(begins_at);
        Run::of(&scenario, &history)
    }
}

/// Whether what is done is what somebody has of their own from the start.
fn is_own_from_the_start((at, action): &(Micros, Action)) -> bool {
    *at == Micros::ZERO && action.is_own_setting()
}

/// A place below this one.
fn draw_below(seed: u64, place: u8) -> u8 {
    u8::try_from(draw(seed, place.into(), place.into())).unwrap_or(0)
}

/// A draw from 0 to `width - 1` that belongs to a trial and is no luck of its run.
const fn draw(seed: u64, number: u64, width: u64) -> u64 {
    // The run's luck begins with another mix of the same seed.
    let stream = mix(seed ^ u64::from_be_bytes(*b"raft-lab"));
    let bits = mix(stream.wrapping_add(number.wrapping_mul(GOLDEN_GAMMA)));
    ((bits as u128 * width as u128) >> 64) as u64
}

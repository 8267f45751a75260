//! What happens to a cluster, drawn from a seed.

use raft_playground::raft::{NodeId, Rule, Rules, Settings, Timer};

use super::luck::Luck;

/// The cluster that a schedule runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Servers, 1 to 9.
    pub size: u8,
    /// Whether servers ask first who would vote for them.
    pub pre_vote: bool,
    /// Whether leaders step down that hear from no majority, and servers hold to a leader that they heard from.
    pub check_quorum: bool,
    /// A rule of this crate that is switched off (or on, if the paper does not have it), to see that it is missed.
    pub broken: Option<Rule>,
}

impl Setup {
    /// The cluster of the schedule of this seed, one of the usual sizes mostly. All combinations come round.
    pub fn of_seed(seed: u64) -> Self {
        const SIZES: [u8; 8] = [3, 5, 3, 5, 1, 2, 4, 3];
        Self {
            size: SIZES[pick_by(seed, 8)],
            pre_vote: false,
            check_quorum: false,
            broken: None,
        }
    }

    /// What nodes of this crate are told.
    pub fn settings(self) -> Settings {
        let mut rules = Rules::PAPER;
        if let Some(rule) = self.broken {
            rules.set(rule, !rules.get(rule));
        }
        Settings { size: self.size, rules }
    }
}

/// One thing that happens, to both implementations. It is nothing where it does not fit: a schedule stays one when steps are
/// left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happens.
    pub event: Event,
    /// Whether the server that it happens to crashes over it.
    pub crash: Option<Crash>,
}

/// What happens. Where a server does not fit, the next one that does is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A timer that runs fires.
    Timeout(NodeId, Timer),
    /// This message, counted from the oldest and round again, arrives.
    Deliver(usize),
    /// It arrives, and stays under way to arrive once more.
    Duplicate(usize),
    /// It never arrives.
    Lose(usize),
    /// A running server crashes, between two steps.
    Crash(NodeId),
    /// A crashed server starts again.
    Restart(NodeId),
}

/// Where in a step a server crashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    /// Before anything is written: nothing of the step is left.
    BeforePersist,
    /// After it is written and before anything is sent.
    BeforeSend,
}

/// A cluster and what happens to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The cluster.
    pub setup: Setup,
    /// What happens, in order.
    pub steps: Vec<Step>,
}

/// How likely each event is, in parts of their sum. Each schedule has its own, so that some are calm and some are chaos.
struct Mood {
    weights: [(u64, EventKind); 8],
    /// How many percent of the messages arrive in the order in which they were sent.
    in_order: u64,
    /// How many percent of the steps end in a crash.
    crashes: u64,
}

#[derive(Clone, Copy)]
enum EventKind {
    ElectionTimeout,
    HeartbeatTimeout,
    Deliver,
    Duplicate,
    Lose,
    Crash,
    Restart,
    CrashAndRestart,
}

impl Mood {
    fn draw(luck: &mut Luck) -> Self {
        let weights = [
            (luck.one_of(&[20, 60, 150]), EventKind::ElectionTimeout),
            (luck.one_of(&[20, 60, 120]), EventKind::HeartbeatTimeout),
            (luck.one_of(&[400, 700]), EventKind::Deliver),
            (luck.one_of(&[0, 40, 150]), EventKind::Duplicate),
            (luck.one_of(&[0, 40, 150]), EventKind::Lose),
            (luck.one_of(&[0, 10, 40]), EventKind::Crash),
            (luck.one_of(&[20, 60]), EventKind::Restart),
            (luck.one_of(&[0, 20, 60]), EventKind::CrashAndRestart),
        ];
        Self {
            weights,
            in_order: luck.one_of(&[0, 50, 90]),
            crashes: luck.one_of(&[0, 2, 6]),
        }
    }

    fn kind(&self, luck: &mut Luck) -> EventKind {
        let mut left = luck.below(self.weights.iter().map(|(weight, _)| weight).sum());
        for &(weight, kind) in &self.weights {
            if left < weight {
                return kind;
            }
            left -= weight;
        }
        unreachable!("the weights add up to their sum")
    }

    /// Adds what happens next.
    fn happen(&self, size: u8, luck: &mut Luck, steps: &mut Vec<Step>) {
        let server = NodeId::new(pick(luck, u64::from(size)));
        let message = if luck.percent(self.in_order) { 0 } else { pick(luck, 64) };
        let mut push = |event, crash| steps.push(Step { event, crash });
        let crash = luck
            .percent(self.crashes)
            .then(|| luck.one_of(&[Crash::BeforePersist, Crash::BeforeSend]));
        match self.kind(luck) {
            EventKind::ElectionTimeout => push(Event::Timeout(server, Timer::Election), crash),
            EventKind::HeartbeatTimeout => push(Event::Timeout(server, Timer::Heartbeat), crash),
            EventKind::Deliver => push(Event::Deliver(message), crash),
            EventKind::Duplicate => push(Event::Duplicate(message), crash),
            EventKind::Lose => push(Event::Lose(message), None),
            EventKind::Crash => push(Event::Crash(server), None),
            EventKind::Restart => push(Event::Restart(server), crash),
            EventKind::CrashAndRestart => {
                push(Event::Crash(server), None);
                push(Event::Restart(server), None);
            }
        }
    }
}

fn pick_by(seed: u64, choices: u64) -> usize {
    usize::try_from(seed % choices).expect("a small number")
}

fn pick(luck: &mut Luck, bound: u64) -> usize {
    usize::try_from(luck.below(bound)).expect("a small number")
}

impl Schedule {
    /// How many steps one has, about.
    pub const LENGTH: usize = 120;

    /// The schedule of this seed for a cluster.
    pub fn draw(setup: Setup, seed: u64) -> Self {
        let mut luck = Luck::new(seed);
        let mood = Mood::draw(&mut luck);
        let mut steps = Vec::new();
        while steps.len() < Self::LENGTH {
            mood.happen(setup.size, &mut luck, &mut steps);
        }
        Self { setup, steps }
    }
}

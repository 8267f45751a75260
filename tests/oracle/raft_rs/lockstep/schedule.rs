//! What happens to a cluster, drawn from a seed.

use raft_playground::raft::{MAX_SERVERS, NodeId, NodeSet, Quorum, Rule, Rules, Settings, Term, Timer};

use super::luck::Luck;

/// The cluster that a schedule runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// Servers, 1 to 9.
    pub size: u8,
    /// Whether servers ask first who would vote for them.
    pub pre_vote: bool,
    /// Whether leaders that hear from no majority step down, and servers hold to a leader that they heard from.
    pub check_quorum: bool,
    /// Those servers for which it is the other way with pre-vote.
    pub other_pre_vote: NodeSet,
    /// Those servers for which it is the other way with check quorum.
    pub other_check_quorum: NodeSet,
    /// Whether these have what all others have once they start again, as in a rolling upgrade.
    pub upgrades: bool,
    /// With which priorities servers stand for election.
    pub priorities: [u8; MAX_SERVERS],
    /// A rule of this crate that is switched off (or on, if the paper does not have it), to see that it is missed.
    pub broken: Option<Rule>,
    /// How many votes make a leader of this crate.
    pub quorum: Quorum,
}

impl Setup {
    /// The cluster of the schedule of this seed, one of the usual sizes mostly. All combinations come round.
    pub fn of_seed(seed: u64) -> Self {
        const SIZES: [u8; 8] = [3, 5, 3, 5, 1, 2, 4, 3];
        let size = SIZES[pick_by(seed, 8)];
        // In every second cluster all servers are alike.
        let mut luck = Luck::new(!seed);
        let is_mixed = pick_by(seed / 32, 2) == 1;
        let mut some = || {
            NodeId::all(usize::from(size))
                .filter(|_| luck.below(2) == 1 && is_mixed)
                .collect()
        };
        let (other_pre_vote, other_check_quorum) = (some(), some());
        // In every fourth, priorities are drawn as well.
        let has_priorities = pick_by(seed / 128, 4) == 1;
        let priorities = std::array::from_fn(|_| if has_priorities { luck.one_of(&[0, 0, 1, 2]) } else { 0 });
        Self {
            size,
            pre_vote: pick_by(seed / 8, 2) == 1,
            check_quorum: pick_by(seed / 16, 2) == 1,
            other_pre_vote,
            other_check_quorum,
            priorities,
            upgrades: pick_by(seed / 64, 2) == 1,
            broken: None,
            quorum: Quorum::Majority,
        }
    }

    /// The same, as one server has it: when it first starts, and when it starts again.
    pub fn of_server(self, id: NodeId, again: bool) -> Self {
        let other = |servers: NodeSet| servers.contains(id) && !(self.upgrades && again);
        Self {
            pre_vote: self.pre_vote != other(self.other_pre_vote),
            check_quorum: self.check_quorum != other(self.other_check_quorum),
            ..self
        }
    }

    /// The term in which all start. In term 0 a server of raft-rs that refuses a pre-vote panics, as its answer "should" have a term; it
    /// can be asked to only where it outranks the server that asks, so such clusters have had an election.
    pub fn first_term(self) -> Term {
        Term(self.priorities.iter().any(|&priority| priority > 0).into())
    }

    /// Whether servers differ.
    pub fn is_mixed(self) -> bool {
        !self.other_pre_vote.is_empty() || !self.other_check_quorum.is_empty()
    }

    /// What a node of this crate is told.
    pub fn settings(self, id: NodeId) -> Settings {
        // The lease of raft-rs, which is leader stickiness, comes with check quorum.
        let mut rules = Rules {
            pre_vote: self.pre_vote,
            leader_stickiness: self.check_quorum,
            check_quorum: self.check_quorum,
            quorum: self.quorum,
            ..Rules::PAPER
        };
        if let Some(rule) = self.broken {
            rules.set(rule, !rules.get(rule));
        }
        let priority = |server: NodeId| self.priorities[server.index()];
        let lower = NodeId::all(usize::from(self.size)).filter(|other| priority(*other) < priority(id));
        Settings {
            outranks: lower.collect(),
            ..Settings::new(self.size, rules)
        }
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

impl Step {
    /// Steps to try instead of it when a schedule is made simpler. None of them leads back to it.
    pub fn simpler(self, size: u8) -> Vec<Self> {
        let instead = |event| Self { event, ..self };
        let picks = || {
            let all = || NodeId::all(usize::from(size));
            all().flat_map(move |from| all().map(move |to| Pick::OldestOf(from, to)))
        };
        match (self.crash, self.event) {
            (Some(_), _) => vec![Self { crash: None, ..self }],
            (None, Event::Deliver(Pick::OldestOf(..)) | Event::Lose(Pick::OldestOf(..))) => Vec::new(),
            (None, Event::Duplicate(pick)) => vec![instead(Event::Deliver(pick))],
            (None, Event::Deliver(_)) => picks().map(|pick| instead(Event::Deliver(pick))).collect(),
            (None, Event::Lose(_)) => picks().map(|pick| instead(Event::Lose(pick))).collect(),
            _ => Vec::new(),
        }
    }
}

/// What happens. Where a server does not fit, the next one that does is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A timer that runs fires.
    Timeout(NodeId, Timer),
    /// A message arrives.
    Deliver(Pick),
    /// A message arrives, and stays under way to arrive once more.
    Duplicate(Pick),
    /// A message never arrives.
    Lose(Pick),
    /// A leader is asked to hand over to this server.
    Transfer(NodeId, NodeId),
    /// A leader is asked to append to its log.
    Propose(NodeId),
    /// A running server crashes, between two steps.
    Crash(NodeId),
    /// A crashed server starts again.
    Restart(NodeId),
}

/// Which of the messages under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// That which has been under way for longest.
    Oldest,
    /// That which was sent last.
    Newest,
    /// This one, counted from the oldest and round again.
    Nth(usize),
    /// That which has been under way for longest from one server to another. Stays the same if steps about others are left out.
    OldestOf(NodeId, NodeId),
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
    weights: [(u64, EventKind); 12],
    /// The message that is picked if not any one, and for how many percent of the picks that is.
    order: (Pick, u64),
    /// How many percent of the steps end in a crash.
    crashes: u64,
}

#[derive(Clone, Copy)]
enum EventKind {
    ElectionTimeout,
    HeartbeatTimeout,
    LeaseEnds,
    CheckQuorum,
    Transfer,
    Propose,
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
            (luck.one_of(&[0, 40, 100]), EventKind::LeaseEnds),
            (luck.one_of(&[0, 20, 60]), EventKind::CheckQuorum),
            (luck.one_of(&[0, 10, 60]), EventKind::Transfer),
            (luck.one_of(&[0, 20]), EventKind::Propose),
            (luck.one_of(&[400, 700]), EventKind::Deliver),
            (luck.one_of(&[0, 40, 150]), EventKind::Duplicate),
            (luck.one_of(&[0, 40, 150]), EventKind::Lose),
            (luck.one_of(&[0, 10, 40]), EventKind::Crash),
            (luck.one_of(&[20, 60]), EventKind::Restart),
            (luck.one_of(&[0, 20, 60]), EventKind::CrashAndRestart),
        ];
        Self {
            weights,
            order: luck.one_of(&[
                (Pick::Oldest, 0),
                (Pick::Oldest, 50),
                (Pick::Oldest, 90),
                (Pick::Newest, 50),
                (Pick::Newest, 80),
            ]),
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
        let other = NodeId::new(pick(luck, u64::from(size)));
        let (usual, share) = self.order;
        let message = if luck.percent(share) {
            usual
        } else {
            Pick::Nth(pick(luck, 64))
        };
        let mut push = |event, crash| steps.push(Step { event, crash });
        let crash = luck
            .percent(self.crashes)
            .then(|| luck.one_of(&[Crash::BeforePersist, Crash::BeforeSend]));
        match self.kind(luck) {
            EventKind::ElectionTimeout => push(Event::Timeout(server, Timer::Election), crash),
            EventKind::HeartbeatTimeout => push(Event::Timeout(server, Timer::Heartbeat), crash),
            EventKind::LeaseEnds => push(Event::Timeout(server, Timer::RecentLeader), None),
            EventKind::CheckQuorum => push(Event::Timeout(server, Timer::CheckQuorum), crash),
            EventKind::Transfer => push(Event::Transfer(server, other), crash),
            EventKind::Propose => push(Event::Propose(server), crash),
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
    pub const LENGTH: usize = 200;

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

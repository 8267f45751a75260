//! Random runs with faults, each made from one number.

use raft_playground::{
    raft::{LogPosition, MAX_SERVERS, NodeId, NodeSet, Rule, Rules, Term},
    sim::{Action, Config, Micros, Network, Range, Timing},
};

use super::{Run, ms};

/// A source of random numbers that says the same on every machine. Not the simulator's own, which is being tested.
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x2545_f491_4f6c_dd1d) | 1)
    }

    /// A number below `sides`.
    pub const fn roll(&mut self, sides: u64) -> u64 {
        // xorshift64* (Marsaglia 2003, Vigna 2016).
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32) % sides
    }

    pub const fn between(&mut self, min: u64, max: u64) -> u64 {
        min + self.roll(max - min + 1)
    }

    pub const fn one_in(&mut self, chance: u64) -> bool {
        self.roll(chance) == 0
    }

    pub fn server(&mut self, size: u8) -> NodeId {
        NodeId::new(usize::try_from(self.roll(u64::from(size))).expect("below nine"))
    }

    fn small(&mut self, below: u32) -> u32 {
        u32::try_from(self.roll(u64::from(below))).expect("below a u32")
    }

    fn log(&mut self) -> LogPosition {
        LogPosition {
            last_term: Term(self.small(3)),
            last_index: self.small(3),
        }
    }

    fn timing(&mut self) -> Timing {
        let min = self.between(20, 300);
        Timing {
            election_timeout: Range::millis(min, min + self.roll(300)),
            heartbeat_interval: ms(self.between(5, 150)),
        }
    }

    fn network(&mut self) -> Network {
        let min = self.between(1, 20);
        let loss = if self.one_in(2) { self.roll(400) } else { 0 };
        Network {
            loss_permille: u16::try_from(loss).expect("below 400"),
            ..Network::delaying(Range::millis(min, min + self.roll(100)))
        }
    }

    /// A configuration under the paper's rules.
    pub fn config(&mut self) -> Config {
        let size = u8::try_from(self.between(1, 9)).expect("at most nine");
        let mut config = Config::paper(size);
        config.running = NodeId::all(usize::from(size))
            .filter(|_| !self.one_in(4))
            .collect::<NodeSet>();
        config.timing = self.timing();
        config.network = self.network();
        if self.one_in(3) {
            config.logs = [(); MAX_SERVERS].map(|()| self.log());
        }
        config
    }

    /// Anything that can be done to a cluster but wiping a disk and changing the rules, which Raft doesn't survive.
    pub fn fault(&mut self, size: u8) -> Action {
        let server = self.server(size);
        match self.roll(14) {
            0..=2 => Action::Kill(server),
            3..=6 => Action::Start(server),
            7 => Action::Pause(server),
            8 | 9 => Action::Resume(server),
            10 => Action::ForceTimeout(server),
            11 => Action::SetLog(server, self.log()),
            12 => Action::SetTiming(self.timing()),
            _ => Action::SetNetwork(self.network()),
        }
    }

    /// Anything at all.
    pub fn action(&mut self, size: u8) -> Action {
        match self.roll(12) {
            0 => Action::WipeDisk(self.server(size)),
            1 => {
                let mut rules = Rules::PAPER;
                let rule = Rule::ALL[usize::try_from(self.roll(Rule::ALL.len() as u64)).expect("few rules")];
                // The lab's quirk alone can make a storm of a million messages; it has tests of its own.
                if rule != Rule::RerunAfterRefusal {
                    rules.set(rule, false);
                }
                Action::SetRules(rules)
            }
            _ => self.fault(size),
        }
    }
}

/// A run of some seconds under the paper's rules with faults that Raft survives.
pub fn faulty(seed: u64) -> Run {
    run(seed, Dice::fault)
}

/// A run of some seconds in which everything can happen.
pub fn wild(seed: u64) -> Run {
    run(seed, Dice::action)
}

fn run(seed: u64, action: fn(&mut Dice, u8) -> Action) -> Run {
    let mut dice = Dice::new(seed);
    let config = dice.config();
    let mut actions = Vec::new();
    let mut at = Micros::ZERO;
    for _ in 0..dice.roll(60) {
        // Some at the same instant.
        at = at + Micros(dice.roll(4) * dice.roll(100_000));
        actions.push((at, action(&mut dice, config.size)));
    }
    Run {
        config,
        seed,
        actions,
        end: at + ms(1000),
    }
}

//! Random runs with faults, each made from one number.

use raft_playground::{
    raft::{LogPosition, MAX_SERVERS, NodeId, NodeSet, Rule, Rules, Term},
    sim::{Action, Config, MessageId, Micros, Network, OwnSetting, Range, Timing, World},
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

    pub fn log(&mut self) -> LogPosition {
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
        Network {
            delay: Range::millis(min, min + self.roll(100)),
            loss_permille: self.permille(),
            duplication_permille: self.permille(),
            reordering_permille: self.permille(),
        }
    }

    /// None in every second network.
    fn permille(&mut self) -> u16 {
        let permille = if self.one_in(2) { self.roll(400) } else { 0 };
        u16::try_from(permille).expect("below 400")
    }

    /// One of the messages under way; one that never was, if there are none.
    fn message(&mut self, world: &World) -> MessageId {
        let ids: Vec<_> = world.in_flight().map(|flight| flight.id).collect();
        if ids.is_empty() {
            return MessageId {
                from: NodeId::new(0),
                to: NodeId::new(0),
                number: 0,
                copy: 0,
            };
        }
        ids[usize::try_from(self.roll(ids.len() as u64)).expect("few messages")]
    }

    fn group(&mut self, size: u8) -> NodeSet {
        NodeId::all(usize::from(size)).filter(|_| self.one_in(2)).collect()
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
        if self.one_in(4) {
            let (from, to) = (self.server(size), self.server(size));
            config.links.set(from, to, from == to);
        }
        config
    }

    /// Anything that can be done to a cluster but wiping a disk and changing the rules, which Raft doesn't survive.
    pub fn fault(&mut self, world: &World) -> Action {
        let size = world.config().size;
        let server = self.server(size);
        match self.roll(24) {
            0..=2 => Action::kill(server),
            3..=6 => Action::start(server),
            7 => Action::pause(server),
            8 | 9 => Action::resume(server),
            10 => Action::force_timeout(server),
            11 => Action::set_log(server, self.log()),
            12 => Action::set_timing(self.timing()),
            13 => Action::set_network(self.network()),
            14..=16 => self.fault_of_timers(world),
            17..=19 => self.fault_of_links(world),
            _ => self.fault_of_messages(world),
        }
    }

    fn fault_of_timers(&mut self, world: &World) -> Action {
        match self.roll(4) {
            0 => Action::align_timers(),
            1 => Action::spread_timers(),
            // Some fire at once.
            _ => Action::set_election_timer(
                self.server(world.config().size),
                Micros(self.roll(3) * self.roll(150_000)),
            ),
        }
    }

    /// Links are mended more often than cut, or soon nobody would hear anybody.
    fn fault_of_links(&mut self, world: &World) -> Action {
        let size = world.config().size;
        let (server, other) = (self.server(size), self.server(size));
        match self.roll(9) {
            0 | 1 => Action::cut(server, other),
            2 => Action::heal(server, other),
            3 => Action::isolate(server),
            4 => Action::rejoin(server),
            5 => Action::partition(self.group(size)),
            _ => Action::heal_all(),
        }
    }

    fn fault_of_messages(&mut self, world: &World) -> Action {
        let id = self.message(world);
        match self.roll(4) {
            0 => Action::drop_message(id),
            1 => Action::duplicate_message(id),
            2 => Action::delay_message(id, Micros(self.roll(300_000))),
            _ => Action::deliver_message(id),
        }
    }

    /// A rule of its own for a server.
    pub fn own_rule(&mut self, size: u8) -> Action {
        let rule = Rule::ALL[usize::try_from(self.roll(Rule::ALL.len() as u64)).expect("few rules")];
        let setting = if self.one_in(4) {
            OwnSetting::rule_as_cluster(rule)
        } else {
            OwnSetting::rule(rule, self.one_in(2))
        };
        Action::set_server(self.server(size), setting)
    }

    /// Something of its own for a server or a link, or all of that taken; rules aside.
    pub fn own(&mut self, size: u8) -> Action {
        let (server, other) = (self.server(size), self.server(size));
        let (timing, network) = (self.timing(), self.network());
        let rate = u16::try_from(self.between(500, 2000)).expect("at most 2000");
        let kind = if server == other { self.roll(6) } else { self.roll(12) };
        match kind {
            0 => Action::set_server(server, OwnSetting::election_timeout(timing.election_timeout)),
            1 => Action::set_server(server, OwnSetting::heartbeat_interval(timing.heartbeat_interval)),
            2 => Action::set_server(server, OwnSetting::clock(rate)),
            3 => Action::set_server(server, OwnSetting::as_cluster()),
            4 => Action::set_server(server, OwnSetting::disk_write(Micros(self.roll(60_000)))),
            5 => Action::set_server(
                server,
                OwnSetting::priority(self.roll(OwnSetting::HIGHEST_PRIORITY + 1)),
            ),
            6 | 7 => Action::set_link(server, other, OwnSetting::delay(network.delay)),
            8 => Action::set_link(server, other, OwnSetting::loss(network.loss_permille)),
            9 => Action::set_link(server, other, OwnSetting::duplication(network.duplication_permille)),
            10 => Action::set_link(server, other, OwnSetting::reordering(network.reordering_permille)),
            _ => Action::set_link(server, other, OwnSetting::as_cluster()),
        }
    }

    /// Anything at all.
    pub fn action(&mut self, world: &World) -> Action {
        match self.roll(12) {
            0 => Action::wipe_disk(self.server(world.config().size)),
            1 => {
                let mut rules = Rules::PAPER;
                let rule = Rule::ALL[usize::try_from(self.roll(Rule::ALL.len() as u64)).expect("few rules")];
                // The lab's quirk alone can make a storm of a million messages; it has tests of its own.
                if rule != Rule::RerunAfterRefusal {
                    rules.set(rule, false);
                }
                Action::set_rules(rules)
            }
            _ => self.fault(world),
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

/// A run of some seconds in which everything can happen, and servers and links have settings of their own.
pub fn uneven(seed: u64) -> Run {
    run(seed, |dice, world| {
        if dice.one_in(6) {
            dice.own_rule(world.config().size)
        } else if dice.one_in(3) {
            dice.own(world.config().size)
        } else {
            dice.action(world)
        }
    })
}

/// Each action is chosen with the world before one's eyes: only so can it be about a message that is under way.
fn run(seed: u64, action: fn(&mut Dice, &World) -> Action) -> Run {
    let mut dice = Dice::new(seed);
    let config = dice.config();
    let mut world = World::new(config, seed, &mut ()).expect("a valid configuration");
    let mut actions = Vec::new();
    for _ in 0..dice.roll(80) {
        // Some at the same instant.
        world.run_until(world.now() + Micros(dice.roll(4) * dice.roll(80_000)), &mut ());
        let action = action(&mut dice, &world);
        actions.push((world.now(), action));
        let _ = world.act(action, &mut ());
    }
    Run {
        config,
        seed,
        actions,
        end: world.now() + ms(1000),
    }
}

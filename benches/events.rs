//! How many events a second the simulator makes, on this machine (`cargo bench --bench events`) or in a browser
//! (`cargo xtask bench` runs both and compares).
//!
//! An event is one [`raft_playground::sim::Event`]; a step is one input handled by one node. Each row is the best of some
//! rounds, because whatever else the machine does can only slow a round down.

#[macro_use]
mod support;

use std::hint::black_box;

use raft_playground::{
    raft::{Node, NodeId},
    safety::{Monitor, Status},
    sim::{Action, Config, Event, EventId, History, Micros, Observer, World},
};

#[cfg(not(target_arch = "wasm32"))]
use std::time::Instant;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::Instant;

const SERVERS: u8 = 5;
const SEED: u64 = 1;
const ROUNDS: u32 = 20;

/// What happens to the cluster while it is measured.
#[derive(Clone, Copy)]
enum Life {
    /// Nothing: one election, then heartbeats.
    Calm,
    /// The leader is killed twice a second and started again half a second later, so that elections are a large part.
    Churn,
}

impl Life {
    const fn name(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Churn => "churn",
        }
    }

    /// Virtual time of one round: about a million events.
    const fn round(self) -> Micros {
        match self {
            Self::Calm => Micros::from_secs(3000),
            Self::Churn => Micros::from_secs(4500),
        }
    }
}

/// A simulation to be measured.
trait Subject {
    fn world(&self) -> &World;
    fn run_to(&mut self, at: Micros);
    fn act(&mut self, action: Action);
}

/// A world that somebody watches.
struct Watched<O> {
    world: World,
    observer: O,
}

impl<O: Observer> Watched<O> {
    fn new(mut observer: O) -> Self {
        let world = World::new(Config::paper(SERVERS), SEED, &mut observer).expect("a valid configuration");
        Self { world, observer }
    }
}

impl<O: Observer> Subject for Watched<O> {
    fn world(&self) -> &World {
        &self.world
    }

    fn run_to(&mut self, at: Micros) {
        self.world.run_until(at, &mut self.observer);
    }

    fn act(&mut self, action: Action) {
        self.world
            .act(action, &mut self.observer)
            .expect("a leader can be killed, and started again");
    }
}

impl Subject for History {
    fn world(&self) -> &World {
        self.world()
    }

    fn run_to(&mut self, at: Micros) {
        self.seek(at);
    }

    fn act(&mut self, action: Action) {
        self.act(action).expect("a leader can be killed, and started again");
    }
}

/// The safety monitor, and a count of the steps that it has seen.
struct Safety {
    monitor: Monitor,
    steps: u64,
}

impl Safety {
    fn new() -> Self {
        Self {
            monitor: Monitor::new(usize::from(SERVERS)),
            steps: 0,
        }
    }
}

impl Observer for Safety {
    fn event(&mut self, event: &Event) {
        black_box(event);
    }

    fn stepped(&mut self, _: EventId, _: Micros, node: &Node) {
        self.steps += 1;
        let broken = self
            .monitor
            .observe(node.id(), Status::new(node.role(), node.hard_state()));
        assert!(broken.is_empty(), "the paper's rules are safe");
    }
}

/// Lives from the instant reached for one more round.
fn live(subject: &mut impl Subject, life: Life) {
    let end = subject.world().now() + life.round();
    match life {
        Life::Calm => subject.run_to(end),
        Life::Churn => {
            let mut down: Option<NodeId> = None;
            while subject.world().now() < end {
                subject.run_to(subject.world().now() + Micros::from_millis(500));
                if let Some(server) = down.take() {
                    subject.act(Action::start(server));
                }
                down = subject.world().leader();
                if let Some(server) = down {
                    subject.act(Action::kill(server));
                }
            }
            if let Some(server) = down {
                subject.act(Action::start(server));
            }
        }
    }
}

/// Millions of events in the best second.
fn measure(subject: &mut impl Subject, life: Life) -> f64 {
    let mut best = 0.0_f64;
    for _ in 0..ROUNDS {
        let before = subject.world().next_event();
        let start = Instant::now();
        live(subject, life);
        let seconds = start.elapsed().as_secs_f64();
        let events = subject.world().next_event().0 - before.0;
        #[expect(clippy::cast_precision_loss, reason = "a few millions")]
        let rate = events as f64 / seconds / 1e6;
        best = best.max(rate);
    }
    best
}

/// Steps for each event, a property of the life alone.
fn steps_per_event(life: Life) -> f64 {
    let mut subject = Watched::new(Safety::new());
    live(&mut subject, life);
    #[expect(clippy::cast_precision_loss, reason = "a few millions")]
    let ratio = subject.observer.steps as f64 / subject.world.next_event().0 as f64;
    ratio
}

/// The table, line by line.
fn run(mut line: impl FnMut(&str)) {
    line("five servers, the paper's timing        M events/s   M steps/s");
    for life in [Life::Calm, Life::Churn] {
        let steps = steps_per_event(life);
        let mut row = |what: &str, rate: f64| {
            let name = format!("{}, {what}", life.name());
            line(&format!("{name:38}  {rate:10.1}  {:10.1}", rate * steps));
        };
        row("world alone", measure(&mut Watched::new(()), life));
        let mut safe = Watched::new(Safety::new());
        row("safety monitor", measure(&mut safe, life));
        let mut history = History::new(Config::paper(SERVERS), SEED, &[]).expect("a valid configuration");
        row("monitor, trace and history", measure(&mut history, life));
        assert!(history.incidents().is_empty(), "the paper's rules are safe");
    }
}

table!(events);

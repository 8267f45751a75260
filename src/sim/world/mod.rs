//! A cluster at one instant.

mod acting;
mod server;
mod traffic;

pub(super) use acting::Ways;
pub use server::{Armed, Process, Server};

use super::{
    Action, Config, ConfigError, Event, EventId, EventKind, InFlight, Links, Luck, MessageId, Micros, Network,
    OwnSettings, Stream, Timing, queue::Queue,
};
use crate::raft::{HardState, Input, MAX_SERVERS, Node, NodeId, Output, Outputs, Role, Rules, Settings, Timer};

/// Hears of everything that happens in a world.
pub trait Observer {
    /// An event happened.
    fn event(&mut self, event: &Event);

    /// A node handled an input; the event is what led to it.
    fn stepped(&mut self, _event: EventId, _at: Micros, _node: &Node) {}

    /// A node has handled an input, or an action is done: the world is whole again and may be looked at.
    fn settled(&mut self, _world: &World) {}

    /// A server's disk was blanked.
    fn disk_wiped(&mut self, _server: NodeId) {}
}

/// An observer that ignores what it hears.
impl Observer for () {
    fn event(&mut self, _: &Event) {}
}

/// A cluster at one instant: all that decides its future but the actions to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    config: Config,
    own: OwnSettings,
    luck: Luck,
    now: Micros,
    next_event: u64,
    servers: Vec<Server>,
    /// When each server's next timer fires; a copy of what `servers` say, kept where a search is quick.
    deadlines: [Micros; MAX_SERVERS],
    /// Messages sent so far on each directed link, by sender and receiver: the counter of the link's luck.
    sent: [[u32; MAX_SERVERS]; MAX_SERVERS],
    /// Messages under way on each directed link.
    traffic: [[u8; MAX_SERVERS]; MAX_SERVERS],
    in_flight: Queue,
    /// Empty between steps.
    outputs: Outputs,
}

/// What is next.
enum Due {
    Message,
    Timer(NodeId),
}

impl World {
    /// Messages that are under way on a directed link at most; what is sent beyond is lost. No cluster that works comes near
    /// it, but the lab's quirk can make candidates answer one refused request with eight new ones, over and over.
    pub const LINK_CAPACITY: u8 = 32;

    /// A cluster at time 0. The servers that `config` lets run have just been started.
    ///
    /// # Errors
    /// If the configuration is not valid.
    pub fn new(config: Config, seed: u64, observer: &mut dyn Observer) -> Result<Self, ConfigError> {
        config.validate()?;
        let settings = Settings::new(config.size, config.rules);
        let mut world = Self {
            config,
            own: OwnSettings::default(),
            luck: Luck::new(seed),
            now: Micros::ZERO,
            next_event: 0,
            servers: NodeId::all(usize::from(config.size))
                .map(|id| Server::new(id, settings, config.logs[id.index()]))
                .collect(),
            deadlines: [Micros::NEVER; MAX_SERVERS],
            sent: [[0; MAX_SERVERS]; MAX_SERVERS],
            traffic: [[0; MAX_SERVERS]; MAX_SERVERS],
            in_flight: Queue::default(),
            outputs: Outputs::new(),
        };
        for server in config.running.iter() {
            let started = world.act(Action::start(server), observer);
            assert!(started.is_ok(), "a server of the cluster that is down can start");
        }
        Ok(world)
    }

    /// The configuration, as changed by actions since.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// What servers and links have of their own. What is set for the cluster does not change it.
    #[must_use]
    pub const fn own(&self) -> &OwnSettings {
        &self.own
    }

    /// How long a server's timers run: its own times, those of the cluster where it has none.
    #[must_use]
    pub fn timing_of(&self, server: NodeId) -> Timing {
        self.own.timing(server, self.config.timing)
    }

    /// The rules that a server goes by: its own, those of the cluster where it has none.
    ///
    /// # Panics
    /// If the cluster does not have it.
    #[must_use]
    pub fn rules_of(&self, server: NodeId) -> &Rules {
        self.servers[server.index()].node.rules()
    }

    /// What the link from one server to another does to messages, unless it is cut.
    #[must_use]
    pub fn network_of(&self, from: NodeId, to: NodeId) -> Network {
        self.own.network(from, to, self.config.network)
    }

    /// The timing and the network, with what servers and links have of their own counted in: from the shortest span of any to the
    /// longest, the longest interval, the largest shares. The longest delay includes that a message waits for the longest write of any
    /// disk.
    #[must_use]
    pub fn extremes(&self) -> (Timing, Network) {
        self.own.extremes(&self.config)
    }

    /// Which links can carry a message: those that are up and do not lose every one.
    #[must_use]
    pub fn carrying(&self) -> Links {
        self.own.carrying(&self.config)
    }

    /// The seed of its luck.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.luck.seed()
    }

    /// The same cluster with other luck from now on. What was drawn already stays: timers that run, messages that are under way.
    #[must_use]
    pub fn with_luck(&self, seed: u64) -> Self {
        Self {
            luck: Luck::new(seed),
            ..self.clone()
        }
    }

    /// The instant that it is at.
    #[must_use]
    pub const fn now(&self) -> Micros {
        self.now
    }

    /// The number that the next event will have.
    #[must_use]
    pub const fn next_event(&self) -> EventId {
        EventId(self.next_event)
    }

    /// All servers with their names, in order.
    pub fn servers(&self) -> impl ExactSizeIterator<Item = (NodeId, &Server)> {
        self.servers.iter().map(|server| (server.node.id(), server))
    }

    /// One server.
    ///
    /// # Panics
    /// If the cluster does not have it.
    #[must_use]
    pub fn server(&self, id: NodeId) -> &Server {
        &self.servers[id.index()]
    }

    /// The messages under way, the next to arrive first.
    pub fn in_flight(&self) -> impl Iterator<Item = &InFlight> {
        self.in_flight.iter()
    }

    /// A message under way, by its name.
    #[must_use]
    pub fn message(&self, id: MessageId) -> Option<&InFlight> {
        self.in_flight.iter().find(|flight| flight.id == id)
    }

    /// Of the servers that are not down, paused ones included, the one that believes to lead the newest term. Who leads in the words of
    /// the page is [`Leadership`](crate::sim::Leadership).
    #[must_use]
    pub fn leader(&self) -> Option<NodeId> {
        self.servers
            .iter()
            .filter(|server| server.process != Process::Down && server.node.role() == Role::Leader)
            .max_by_key(|server| server.node.term())
            .map(|server| server.node.id())
    }

    // --- Time ---

    /// The next instant at which something happens by itself, if ever.
    #[must_use]
    pub fn next_instant(&self) -> Option<Micros> {
        self.next_due().map(|(at, _)| at)
    }

    /// Lets everything happen that is due up to and at `until`, and moves to that instant.
    pub fn run_until(&mut self, until: Micros, observer: &mut dyn Observer) {
        let reached = self.run_some(until, EventId(u64::MAX), observer);
        debug_assert!(reached, "nothing but the end of time stops it");
    }

    /// As [`Self::run_until`], but stops early once event number `limit` has happened, in the middle of an instant if need be.
    /// Says whether it got to `until`.
    pub fn run_some(&mut self, until: Micros, limit: EventId, observer: &mut dyn Observer) -> bool {
        while let Some((at, due)) = self.next_due() {
            if at > until {
                break;
            }
            if self.next_event >= limit.0 {
                return false;
            }
            self.now = at;
            match due {
                Due::Message => self.arrive(observer),
                Due::Timer(server) => self.fire(server, observer),
            }
        }
        self.now = self.now.max(until);
        true
    }

    /// The order of what happens at one instant: messages before timers (a heartbeat that arrives as the timer runs out is in
    /// time), messages in the order of sending, timers in the order of servers.
    fn next_due(&self) -> Option<(Micros, Due)> {
        let mut timer = (Micros::NEVER, 0);
        for (index, &deadline) in self.deadlines.iter().enumerate().take(self.servers.len()) {
            if deadline < timer.0 {
                timer = (deadline, index);
            }
        }
        let message = self.in_flight.next_due();
        if message == Micros::NEVER && timer.0 == Micros::NEVER {
            None
        } else if message <= timer.0 {
            Some((message, Due::Message))
        } else {
            Some((timer.0, Due::Timer(NodeId::new(timer.1))))
        }
    }

    fn fire(&mut self, id: NodeId, observer: &mut dyn Observer) {
        let (_, timer) = self.servers[id.index()]
            .next_timer()
            .expect("a server with a deadline has a timer");
        let armed = self.servers[id.index()].timer(timer).map(|armed| armed.event);
        self.run_out(id, timer, armed, observer);
    }

    /// A timer runs out now, whatever led to it.
    fn run_out(&mut self, id: NodeId, timer: Timer, cause: Option<EventId>, observer: &mut dyn Observer) {
        *self.servers[id.index()].timer_mut(timer) = None;
        self.refresh_deadline(id);
        let event = self.emit(cause, id, EventKind::TimerFired(timer), observer);
        self.step(id, Input::Timeout(timer), event, observer);
    }

    // --- Nodes ---

    /// Lets a node handle an input and does what it wants done, in its order.
    fn step(&mut self, id: NodeId, input: Input, event: EventId, observer: &mut dyn Observer) {
        let mut outputs = std::mem::take(&mut self.outputs);
        let led = self.servers[id.index()].node.role() == Role::Leader;
        self.servers[id.index()].node.step(input, &mut outputs);
        let mut cause = event;
        for &output in outputs.as_slice() {
            self.perform(id, output, &mut cause, observer);
        }
        outputs.clear();
        self.outputs = outputs;
        self.refresh_deadline(id);
        let server = &mut self.servers[id.index()];
        let term = server.node.term();
        if !led && server.node.role() == Role::Leader {
            server.elected = Some((term, self.now));
        }
        // A leader that stays one in a newer term, where that rule is off, was elected in none but its own.
        let leads_by_votes = server.elected.is_some_and(|(won, _)| won == term);
        if server
            .node
            .leader()
            .is_some_and(|leader| leader != id || leads_by_votes)
        {
            server.followed = server.followed.max(Some(term));
            server.followed_since_start = server.followed_since_start.max(Some(term));
        }
        observer.stepped(event, self.now, &self.servers[id.index()].node);
        observer.settled(self);
    }

    /// Does one thing that a node wants done. A decision is the cause of what follows it in the step.
    fn perform(&mut self, id: NodeId, output: Output, cause: &mut EventId, observer: &mut dyn Observer) {
        match output {
            Output::Persist(state) => self.write(*cause, id, state, observer),
            Output::Send { to, message } => self.send(*cause, id, to, message, observer),
            Output::SetTimer(timer) => self.set_timer(*cause, id, timer, observer),
            Output::CancelTimer(timer) => {
                *self.servers[id.index()].timer_mut(timer) = None;
                self.emit(Some(*cause), id, EventKind::TimerCancelled(timer), observer);
            }
            Output::Decided(role, decision) => {
                *cause = self.emit_as(Some(*cause), id, role, EventKind::Decided(decision), observer);
            }
        }
    }

    /// Writes what must outlive a crash: "Updated on stable storage before responding to RPCs" (Figure 2). Where that takes time, what
    /// the server sends waits for it. It counts as written at once all the same: in a crash before its end either could be on disk,
    /// and nobody has heard of it yet.
    #[inline(never)]
    fn write(&mut self, cause: EventId, id: NodeId, state: HardState, observer: &mut dyn Observer) {
        let takes = self.own.disk_write(id);
        let server = &mut self.servers[id.index()];
        server.disk = state;
        server.wiped = false;
        if takes > Micros::ZERO {
            // A disk writes one after the other.
            server.writes_until = server.writes_until.max(self.now) + takes;
        }
        self.emit(Some(cause), id, EventKind::Persisted(state), observer);
    }

    fn set_timer(&mut self, cause: EventId, id: NodeId, timer: Timer, observer: &mut dyn Observer) {
        let fires_at = self.now + self.draw_duration(id, timer);
        self.arm(cause, id, timer, self.now, fires_at, observer);
    }

    /// Lets a timer fire at an instant; it counts as running since `set_at`.
    fn arm(
        &mut self,
        cause: EventId,
        id: NodeId,
        timer: Timer,
        set_at: Micros,
        fires_at: Micros,
        observer: &mut dyn Observer,
    ) {
        let event = self.emit(Some(cause), id, EventKind::TimerSet { timer, fires_at }, observer);
        *self.servers[id.index()].timer_mut(timer) = Some(Armed {
            set_at,
            fires_at,
            event,
        });
    }

    /// How long a timer runs that is started as it was last.
    fn last_duration(&self, id: NodeId, timer: Timer) -> Micros {
        self.duration(id, timer, self.servers[id.index()].timer_draws.wrapping_sub(1))
    }

    fn draw_duration(&mut self, id: NodeId, timer: Timer) -> Micros {
        let server = &mut self.servers[id.index()];
        let number = server.timer_draws;
        if timer == Timer::Election && server.node.rules().randomised_timeouts {
            server.timer_draws = number.wrapping_add(1);
        }
        self.duration(id, timer, number)
    }

    /// How long a timer runs that is started now, by this number of its luck.
    fn duration(&self, id: NodeId, timer: Timer, number: u32) -> Micros {
        let timing = self.timing_of(id);
        let range = timing.election_timeout;
        match timer {
            Timer::Heartbeat => timing.heartbeat_interval,
            // "Raft uses randomized election timeouts to ensure that split votes are rare" (§5.2).
            Timer::Election if self.rules_of(id).randomised_timeouts => {
                self.luck.span(Stream::ElectionTimer(id), number, range)
            }
            Timer::Election => range.min,
            // "The minimum election timeout" (thesis §4.2.3), "a baseline election timeout" (§9.6); and the shortest that "an
            // election timeout" can be (§6.2).
            Timer::RecentLeader | Timer::CheckQuorum => range.min,
        }
    }

    fn refresh_deadline(&mut self, id: NodeId) {
        self.deadlines[id.index()] = self.servers[id.index()].deadline();
    }

    // --- Events ---

    fn emit(
        &mut self,
        cause: Option<EventId>,
        server: NodeId,
        kind: EventKind,
        observer: &mut dyn Observer,
    ) -> EventId {
        let role = self.servers[server.index()].node.role();
        self.emit_as(cause, server, role, kind, observer)
    }

    fn emit_as(
        &mut self,
        cause: Option<EventId>,
        server: NodeId,
        role: Role,
        kind: EventKind,
        observer: &mut dyn Observer,
    ) -> EventId {
        let term = self.servers[server.index()].node.term();
        let id = self.take_event_id();
        observer.event(&Event {
            id,
            at: self.now,
            cause,
            server: Some(server),
            role,
            term,
            kind,
        });
        id
    }

    fn take_event_id(&mut self) -> EventId {
        let id = EventId(self.next_event);
        self.next_event += 1;
        id
    }
}

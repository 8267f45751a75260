//! A cluster at one instant.

use super::{
    Action, Config, ConfigError, Event, EventId, EventKind, InFlight, LostWhere, Luck, Micros, Refused, Stream,
    queue::Queue,
};
use crate::raft::{
    HardState, Input, LogPosition, MAX_SERVERS, Message, Node, NodeId, Output, Outputs, Role, Rules, Settings, Timer,
};

/// Hears of everything that happens in a world.
pub trait Observer {
    /// An event happened.
    fn event(&mut self, event: &Event);

    /// A node handled an input; `event` is what led to it.
    fn stepped(&mut self, event: EventId, at: Micros, node: &Node) {
        let _ = (event, at, node);
    }

    /// A server's disk was blanked.
    fn disk_wiped(&mut self, server: NodeId) {
        let _ = server;
    }
}

/// Hears nothing.
impl Observer for () {
    fn event(&mut self, _: &Event) {}
}

/// What the operating system knows of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Process {
    /// It does not run: not yet, or not any more.
    Down,
    /// It runs.
    Running,
    /// It is stopped in the middle and keeps its memory.
    Paused,
}

/// A timer that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Armed {
    /// When it was started.
    pub set_at: Micros,
    /// When it fires.
    pub fires_at: Micros,
    /// The event of its start.
    pub event: EventId,
}

/// A server as the simulator knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    process: Process,
    node: Node,
    disk: HardState,
    election: Option<Armed>,
    heartbeat: Option<Armed>,
    boots: u32,
    timer_draws: u32,
    inbox: Vec<InFlight>,
}

impl Server {
    /// Messages that a paused process's socket buffer holds; what arrives beyond is lost.
    pub const INBOX: usize = 64;

    fn new(id: NodeId, settings: Settings, last_log: LogPosition) -> Self {
        let disk = HardState {
            last_log,
            ..HardState::default()
        };
        Self {
            process: Process::Down,
            node: Node::new(id, settings, disk),
            disk,
            election: None,
            heartbeat: None,
            boots: 0,
            timer_draws: 0,
            inbox: Vec::new(),
        }
    }

    /// Whether it runs.
    #[must_use]
    pub const fn process(&self) -> Process {
        self.process
    }

    /// Its memory; of a server that is down, what it would start from.
    #[must_use]
    pub const fn node(&self) -> &Node {
        &self.node
    }

    /// What its disk holds.
    #[must_use]
    pub const fn disk(&self) -> HardState {
        self.disk
    }

    /// One of its timers, if it runs.
    #[must_use]
    pub const fn timer(&self, timer: Timer) -> Option<Armed> {
        match timer {
            Timer::Election => self.election,
            Timer::Heartbeat => self.heartbeat,
        }
    }

    /// How often it was started.
    #[must_use]
    pub const fn boots(&self) -> u32 {
        self.boots
    }

    /// Messages that wait for a paused process, in order of arrival.
    #[must_use]
    pub fn inbox(&self) -> &[InFlight] {
        &self.inbox
    }

    const fn timer_mut(&mut self, timer: Timer) -> &mut Option<Armed> {
        match timer {
            Timer::Election => &mut self.election,
            Timer::Heartbeat => &mut self.heartbeat,
        }
    }

    /// When its next timer fires.
    fn deadline(&self) -> Micros {
        if self.process != Process::Running {
            return Micros::NEVER;
        }
        let fires_at = |timer: Option<Armed>| timer.map_or(Micros::NEVER, |timer| timer.fires_at);
        fires_at(self.election).min(fires_at(self.heartbeat))
    }

    /// Which timer fires at its deadline.
    fn due_timer(&self) -> Timer {
        match (self.election, self.heartbeat) {
            (Some(election), Some(heartbeat)) if heartbeat.fires_at < election.fires_at => Timer::Heartbeat,
            (Some(_), _) => Timer::Election,
            (None, _) => Timer::Heartbeat,
        }
    }
}

/// A cluster at one instant: all that decides its future but the actions to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    config: Config,
    luck: Luck,
    now: Micros,
    next_event: u64,
    servers: Vec<Server>,
    /// When each server's next timer fires; a copy of what `servers` say, kept where a search is quick.
    deadlines: [Micros; MAX_SERVERS],
    /// Messages sent so far on each directed link, by sender and receiver: the counter of the link's luck.
    links: [[u32; MAX_SERVERS]; MAX_SERVERS],
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
    pub fn new(config: Config, seed: u64, observer: &mut impl Observer) -> Result<Self, ConfigError> {
        config.validate()?;
        let settings = Settings {
            size: config.size,
            rules: config.rules,
        };
        let mut world = Self {
            config,
            luck: Luck::new(seed),
            now: Micros::ZERO,
            next_event: 0,
            servers: NodeId::all(usize::from(config.size))
                .map(|id| Server::new(id, settings, config.logs[id.index()]))
                .collect(),
            deadlines: [Micros::NEVER; MAX_SERVERS],
            links: [[0; MAX_SERVERS]; MAX_SERVERS],
            traffic: [[0; MAX_SERVERS]; MAX_SERVERS],
            in_flight: Queue::default(),
            outputs: Outputs::new(),
        };
        for server in config.running.iter() {
            world
                .act(Action::Start(server), observer)
                .expect("a server of the cluster that is down can start");
        }
        Ok(world)
    }

    /// The configuration, as changed by actions since.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The seed of its luck.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.luck.seed()
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

    /// The leader of the newest term that a running server believes to lead, as clients would find it. An older leader that
    /// does not know yet that it is deposed is not it.
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
    pub fn run_until(&mut self, until: Micros, observer: &mut impl Observer) {
        let reached = self.run_some(until, EventId(u64::MAX), observer);
        debug_assert!(reached, "nothing but the end of time stops it");
    }

    /// As [`Self::run_until`], but stops early once event number `limit` has happened, in the middle of an instant if need be.
    /// Says whether it got to `until`.
    pub fn run_some(&mut self, until: Micros, limit: EventId, observer: &mut impl Observer) -> bool {
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

    fn fire(&mut self, id: NodeId, observer: &mut impl Observer) {
        let server = &mut self.servers[id.index()];
        let timer = server.due_timer();
        let armed = server
            .timer_mut(timer)
            .take()
            .expect("a server with a deadline has a timer");
        self.refresh_deadline(id);
        let event = self.emit(Some(armed.event), id, EventKind::TimerFired(timer), observer);
        self.step(id, Input::Timeout(timer), event, observer);
    }

    // --- Messages ---

    fn send(&mut self, cause: EventId, from: NodeId, to: NodeId, message: Message, observer: &mut impl Observer) {
        let sent = self.emit(Some(cause), from, EventKind::Sent { to, message }, observer);
        let counter = &mut self.links[from.index()][to.index()];
        let number = *counter;
        *counter = counter.wrapping_add(1);
        let network = self.config.network;
        let delay = self.luck.span(Stream::Delay(from, to), number, network.delay);
        let lost = self.luck.chance(Stream::Loss(from, to), number, network.loss_permille);
        // A message that gets lost does so half way.
        let travels = if lost { Micros(delay.0.div_ceil(2)) } else { delay };
        let flight = InFlight {
            sent,
            sent_at: self.now,
            due_at: self.now + travels,
            lost,
            from,
            to,
            message,
        };
        let traffic = &mut self.traffic[from.index()][to.index()];
        if *traffic >= Self::LINK_CAPACITY {
            return self.lose(&flight, LostWhere::FullLink, observer);
        }
        *traffic += 1;
        self.in_flight.push(flight);
    }

    fn arrive(&mut self, observer: &mut impl Observer) {
        let Some(flight) = self.in_flight.pop() else { return };
        self.traffic[flight.from.index()][flight.to.index()] -= 1;
        let receiver = &mut self.servers[flight.to.index()];
        if flight.lost {
            return self.lose(&flight, LostWhere::Network, observer);
        }
        match receiver.process {
            // As on a real network: a packet finds the server or finds nobody, whoever sent it and what became of them.
            Process::Down => self.lose(&flight, LostWhere::ServerDown, observer),
            Process::Running => self.deliver(&flight, observer),
            Process::Paused if receiver.inbox.len() < Server::INBOX => {
                receiver.inbox.push(flight);
                let (from, message) = (flight.from, flight.message);
                self.emit(
                    Some(flight.sent),
                    flight.to,
                    EventKind::Held { from, message },
                    observer,
                );
            }
            Process::Paused => self.lose(&flight, LostWhere::Buffer, observer),
        }
    }

    fn deliver(&mut self, flight: &InFlight, observer: &mut impl Observer) {
        let (from, message) = (flight.from, flight.message);
        let event = self.emit(
            Some(flight.sent),
            flight.to,
            EventKind::Delivered { from, message },
            observer,
        );
        self.step(flight.to, Input::Receive { from, message }, event, observer);
    }

    fn lose(&mut self, flight: &InFlight, place: LostWhere, observer: &mut impl Observer) {
        let (from, message) = (flight.from, flight.message);
        self.emit(
            Some(flight.sent),
            flight.to,
            EventKind::Lost { from, message, place },
            observer,
        );
    }

    // --- Nodes ---

    /// Lets a node handle an input and does what it wants done, in its order.
    fn step(&mut self, id: NodeId, input: Input, event: EventId, observer: &mut impl Observer) {
        let mut outputs = std::mem::take(&mut self.outputs);
        self.servers[id.index()].node.step(input, &mut outputs);
        let mut cause = event;
        for &output in outputs.as_slice() {
            self.perform(id, output, &mut cause, observer);
        }
        outputs.clear();
        self.outputs = outputs;
        self.refresh_deadline(id);
        observer.stepped(event, self.now, &self.servers[id.index()].node);
    }

    /// Does one thing that a node wants done. A decision is the cause of what follows it in the step.
    fn perform(&mut self, id: NodeId, output: Output, cause: &mut EventId, observer: &mut impl Observer) {
        match output {
            Output::Persist(state) => {
                self.servers[id.index()].disk = state;
                self.emit(Some(*cause), id, EventKind::Persisted(state), observer);
            }
            Output::Send { to, message } => self.send(*cause, id, to, message, observer),
            Output::SetTimer(timer) => self.set_timer(*cause, id, timer, observer),
            Output::CancelTimer(timer) => {
                *self.servers[id.index()].timer_mut(timer) = None;
                self.emit(Some(*cause), id, EventKind::TimerCancelled(timer), observer);
            }
            Output::Note(role, note) => {
                *cause = self.emit_as(Some(*cause), id, role, EventKind::Noted(note), observer);
            }
        }
    }

    fn set_timer(&mut self, cause: EventId, id: NodeId, timer: Timer, observer: &mut impl Observer) {
        let fires_at = self.now + self.draw_duration(id, timer);
        let event = self.emit(Some(cause), id, EventKind::TimerSet { timer, fires_at }, observer);
        let set_at = self.now;
        *self.servers[id.index()].timer_mut(timer) = Some(Armed {
            set_at,
            fires_at,
            event,
        });
    }

    fn draw_duration(&mut self, id: NodeId, timer: Timer) -> Micros {
        let range = self.config.timing.election_timeout;
        match timer {
            Timer::Heartbeat => self.config.timing.heartbeat_interval,
            // "Raft uses randomized election timeouts to ensure that split votes are rare" (§5.2).
            Timer::Election if self.config.rules.randomised_timeouts => {
                let server = &mut self.servers[id.index()];
                let number = server.timer_draws;
                server.timer_draws = number.wrapping_add(1);
                self.luck.span(Stream::ElectionTimer(id), number, range)
            }
            Timer::Election => range.min,
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
        observer: &mut impl Observer,
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
        observer: &mut impl Observer,
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

    // --- Actions ---

    /// Does an action now.
    ///
    /// # Errors
    /// Why it can't be done; then nothing has changed and nothing has happened.
    pub fn act(&mut self, action: Action, observer: &mut impl Observer) -> Result<EventId, Refused> {
        self.allow(action)?;
        let event = match action.server() {
            Some(server) => self.emit(None, server, EventKind::Action(action), observer),
            None => self.emit_for_all(action, observer),
        };
        match action {
            Action::Start(server) => self.start(server, event, observer),
            Action::Kill(server) => self.kill(server, observer),
            Action::Pause(server) => self.servers[server.index()].process = Process::Paused,
            Action::Resume(server) => self.resume(server, observer),
            Action::ForceTimeout(server) => self.force_timeout(server, event, observer),
            Action::WipeDisk(server) => self.wipe(server, observer),
            Action::SetLog(server, position) => self.set_log(server, position, event, observer),
            Action::SetTiming(timing) => self.config.timing = timing,
            Action::SetNetwork(network) => self.config.network = network,
            Action::SetRules(rules) => self.set_rules(rules, event, observer),
        }
        if let Some(server) = action.server() {
            self.refresh_deadline(server);
        }
        Ok(event)
    }

    /// Whether an action can be done now.
    ///
    /// # Errors
    /// Why not.
    pub fn allow(&self, action: Action) -> Result<(), Refused> {
        match action {
            Action::SetTiming(timing) => return timing.validate().map_err(Refused::Config),
            Action::SetNetwork(network) => return network.validate().map_err(Refused::Config),
            Action::SetRules(_) => return Ok(()),
            _ => {}
        }
        let id = action.server().expect("the other actions are done to a server");
        let server = self.servers.get(id.index()).ok_or(Refused::NoSuchServer)?;
        match (action, server.process) {
            (Action::Start(_), Process::Running | Process::Paused) => Err(Refused::Running),
            (Action::Kill(_) | Action::Pause(_) | Action::Resume(_) | Action::ForceTimeout(_), Process::Down) => {
                Err(Refused::Down)
            }
            (Action::Pause(_) | Action::ForceTimeout(_) | Action::SetLog(..), Process::Paused) => Err(Refused::Paused),
            (Action::Resume(_), Process::Running) => Err(Refused::NotPaused),
            (Action::ForceTimeout(_), _) if server.election.is_none() => Err(Refused::NoElectionTimer),
            _ => Ok(()),
        }
    }

    fn emit_for_all(&mut self, action: Action, observer: &mut impl Observer) -> EventId {
        let id = self.take_event_id();
        observer.event(&Event {
            id,
            at: self.now,
            cause: None,
            server: None,
            role: Role::Follower,
            term: crate::raft::Term::ZERO,
            kind: EventKind::Action(action),
        });
        id
    }

    fn start(&mut self, id: NodeId, event: EventId, observer: &mut impl Observer) {
        let server = &mut self.servers[id.index()];
        server.process = Process::Running;
        server.boots += 1;
        self.step(id, Input::Start, event, observer);
    }

    /// A crash keeps the disk and nothing else.
    fn kill(&mut self, id: NodeId, observer: &mut impl Observer) {
        let settings = self.settings();
        let server = &mut self.servers[id.index()];
        server.process = Process::Down;
        server.node = Node::new(id, settings, server.disk);
        server.election = None;
        server.heartbeat = None;
        for flight in std::mem::take(&mut server.inbox) {
            self.lose(&flight, LostWhere::Buffer, observer);
        }
    }

    fn wipe(&mut self, id: NodeId, observer: &mut impl Observer) {
        self.servers[id.index()].disk = HardState::default();
        observer.disk_wiped(id);
        self.kill(id, observer);
    }

    fn resume(&mut self, id: NodeId, observer: &mut impl Observer) {
        let server = &mut self.servers[id.index()];
        server.process = Process::Running;
        for flight in std::mem::take(&mut server.inbox) {
            self.deliver(&flight, observer);
        }
        // Within the action, so that an instant has nothing left to happen once its actions are done.
        self.refresh_deadline(id);
        while self.deadlines[id.index()] <= self.now {
            self.fire(id, observer);
        }
    }

    fn force_timeout(&mut self, id: NodeId, action: EventId, observer: &mut impl Observer) {
        self.servers[id.index()].election = None;
        let event = self.emit(Some(action), id, EventKind::TimerFired(Timer::Election), observer);
        self.step(id, Input::Timeout(Timer::Election), event, observer);
    }

    fn set_log(&mut self, id: NodeId, position: LogPosition, event: EventId, observer: &mut impl Observer) {
        if self.servers[id.index()].process == Process::Down {
            let settings = self.settings();
            let server = &mut self.servers[id.index()];
            server.disk.last_log = position;
            server.node = Node::new(id, settings, server.disk);
        } else {
            self.step(id, Input::LogMoved(position), event, observer);
        }
    }

    fn set_rules(&mut self, rules: Rules, event: EventId, observer: &mut impl Observer) {
        self.config.rules = rules;
        for id in NodeId::all(self.servers.len()) {
            let server = &mut self.servers[id.index()];
            server.node.set_rules(rules);
            // A vote given while votes were not persisted must not be forgotten once they are again.
            let state = server.node.to_persist();
            if server.process != Process::Down && server.disk != state {
                server.disk = state;
                self.emit(Some(event), id, EventKind::Persisted(state), observer);
            }
        }
    }

    const fn settings(&self) -> Settings {
        Settings {
            size: self.config.size,
            rules: self.config.rules,
        }
    }
}

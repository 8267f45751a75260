//! What can be done to a world.

use super::super::{
    Action, ClusterAction, Config, ConfigError, Event, EventId, EventKind, LinkAction, LostWhere, Meaning,
    MessageAction, MessageId, Micros, OwnSetting, Refused, ServerAction,
};
use super::{Observer, Process, World, server::Timers};
use crate::raft::{HardState, Input, LogPosition, Node, NodeId, NodeSet, Role, Rules, Timer};

/// What a world does about an action that is done by role: what is behind each [`Meaning`].
pub(in crate::sim) struct Ways {
    /// [`World::concerned`].
    pub(in crate::sim) concerned: fn(&World, Action) -> NodeSet,
    /// [`World::allow`].
    pub(in crate::sim) allow: fn(&World, Action) -> Result<(), Refused>,
    /// [`World::act`].
    pub(in crate::sim) act: fn(&mut World, Action, &mut dyn Observer) -> Result<EventId, Refused>,
}

impl Meaning {
    #[inline(never)]
    fn ways(self) -> &'static Ways {
        self.0.downcast_ref().expect("there is no other meaning")
    }
}

impl World {
    /// Does an action now.
    ///
    /// # Errors
    /// Why it can't be done; then nothing has changed and nothing has happened.
    pub fn act(&mut self, action: Action, observer: &mut dyn Observer) -> Result<EventId, Refused> {
        if let Action::Role(.., meaning) = action {
            return (meaning.ways().act)(self, action, observer);
        }
        self.allow(action)?;
        let event = match action.server() {
            Some(server) => self.emit(None, server, EventKind::Action(action), observer),
            None => self.emit_for_all(action, observer),
        };
        match action {
            Action::Server(server, action) => {
                self.act_on_server(server, action, event, observer);
                self.refresh_deadline(server);
            }
            Action::Link(from, to, LinkAction::Cut) => self.set_link(from, to, false, observer),
            Action::Link(from, to, LinkAction::Heal) => self.set_link(from, to, true, observer),
            Action::Link(from, to, LinkAction::Set(setting)) => self.own.set(from, to, setting),
            Action::Message(id, action) => self.act_on_message(id, action, observer),
            Action::Cluster(action) => self.act_on_cluster(action, event, observer),
            Action::Role(..) => {}
        }
        observer.settled(self);
        Ok(event)
    }

    /// Which servers an action concerns now that is done by role: those of the role to which it can be done, or the first of the role
    /// if it can be done to none. None if nobody has the role, and by all other actions.
    #[must_use]
    #[inline(never)]
    pub fn concerned(&self, action: Action) -> NodeSet {
        match action {
            Action::Role(.., meaning) => (meaning.ways().concerned)(self, action),
            _ => NodeSet::EMPTY,
        }
    }

    fn act_on_server(&mut self, id: NodeId, action: ServerAction, event: EventId, observer: &mut dyn Observer) {
        match action {
            ServerAction::Start => self.start(id, event, observer),
            ServerAction::Kill => self.kill(id, observer),
            ServerAction::Pause => self.servers[id.index()].process = Process::Paused,
            ServerAction::Resume => self.resume(id, observer),
            ServerAction::ForceTimeout => self.run_out(id, Timer::Election, Some(event), observer),
            ServerAction::SendHeartbeats => self.run_out(id, Timer::Heartbeat, Some(event), observer),
            ServerAction::ExpireLeader => self.run_out(id, Timer::RecentLeader, Some(event), observer),
            ServerAction::CheckQuorum => self.run_out(id, Timer::CheckQuorum, Some(event), observer),
            ServerAction::TransferLeadership(to) => self.step(id, Input::TransferLeadership(to), event, observer),
            ServerAction::WipeDisk => self.wipe(id, observer),
            ServerAction::SetLog(position) => self.set_log(id, position, event, observer),
            ServerAction::SetElectionTimer(rest) => self.set_election_timer(id, rest, event, observer),
            ServerAction::Isolate => self.set_links(Action::isolate(id), false, observer),
            ServerAction::Rejoin => self.set_links(Action::rejoin(id), true, observer),
            ServerAction::Set(setting) => self.set_timers(id, setting, event, observer),
        }
    }

    fn act_on_message(&mut self, id: MessageId, action: MessageAction, observer: &mut dyn Observer) {
        match action {
            MessageAction::Drop => {
                if let Some(flight) = self.take(id) {
                    self.lose(&flight, LostWhere::Dropped, observer);
                }
            }
            MessageAction::Duplicate => {
                if let Some(flight) = self.message(id).copied() {
                    self.duplicate(&flight, observer);
                }
            }
            MessageAction::Delay(by) => self.delay_message(id, by),
            MessageAction::Deliver => {
                if let Some(flight) = self.take(id) {
                    self.reach(&flight, observer);
                }
            }
            MessageAction::Accept | MessageAction::Refuse => {
                if let Some(flight) = self.take(id) {
                    self.mishandle(&flight, action == MessageAction::Accept, observer);
                }
            }
        }
    }

    fn act_on_cluster(&mut self, action: ClusterAction, event: EventId, observer: &mut dyn Observer) {
        match action {
            ClusterAction::AlignTimers => self.align_timers(event, observer),
            ClusterAction::SpreadTimers => self.spread_timers(event, observer),
            ClusterAction::Partition(group) => self.set_links(Action::partition(group), false, observer),
            ClusterAction::HealAll => self.set_links(Action::heal_all(), true, observer),
            ClusterAction::SetTiming(timing) => self.config.timing = timing,
            ClusterAction::SetNetwork(network) => self.config.network = network,
            ClusterAction::SetRules(rules) => self.set_rules(rules, event, observer),
        }
    }

    /// Whether an action can be done now.
    ///
    /// # Errors
    /// Why not.
    pub fn allow(&self, action: Action) -> Result<(), Refused> {
        match action {
            Action::Server(server, action) => self.allow_on_server(server, action),
            Action::Link(from, to, action) => {
                refuse_if(!self.has(from) || !self.has(to), Refused::NoSuchServer)?;
                refuse_if(from == to, Refused::NoSuchLink)?;
                match action {
                    LinkAction::Cut | LinkAction::Heal => Ok(()),
                    LinkAction::Set(setting) => setting.allow(from, to).map_err(Refused::Config),
                }
            }
            Action::Message(id, action) => self.allow_on_message(id, action),
            Action::Cluster(action) => self.allow_on_cluster(action),
            Action::Role(.., meaning) => (meaning.ways().allow)(self, action),
        }
    }

    fn allow_on_server(&self, id: NodeId, action: ServerAction) -> Result<(), Refused> {
        let server = self.servers.get(id.index()).ok_or(Refused::NoSuchServer)?;
        let up = || refuse_if(server.process == Process::Down, Refused::Down);
        let not_paused = || refuse_if(server.process == Process::Paused, Refused::Paused);
        let runs = || up().and_then(|()| not_paused());
        let waits_for = |timer, why| runs().and_then(|()| refuse_if(server.timer(timer).is_none(), why));
        let leads = || runs().and_then(|()| refuse_if(server.node.role() != Role::Leader, Refused::NotLeader));
        match action {
            ServerAction::Start => refuse_if(server.process != Process::Down, Refused::Running),
            ServerAction::Kill => up(),
            ServerAction::Pause => runs(),
            ServerAction::Resume => {
                up()?;
                refuse_if(server.process == Process::Running, Refused::NotPaused)
            }
            ServerAction::ForceTimeout => waits_for(Timer::Election, Refused::NoElectionTimer),
            ServerAction::SetElectionTimer(rest) => {
                waits_for(Timer::Election, Refused::NoElectionTimer)?;
                refuse_if(rest > Config::LONGEST, Refused::Config(ConfigError::Span))
            }
            ServerAction::ExpireLeader => waits_for(Timer::RecentLeader, Refused::NoSuchTimer),
            ServerAction::CheckQuorum => waits_for(Timer::CheckQuorum, Refused::NoSuchTimer),
            ServerAction::SendHeartbeats => leads(),
            ServerAction::TransferLeadership(to) => {
                leads()?;
                refuse_if(to == id, Refused::LeadsAlready)?;
                refuse_if(!self.has(to), Refused::NoSuchServer)
            }
            ServerAction::SetLog(_) => not_paused(),
            ServerAction::WipeDisk | ServerAction::Isolate | ServerAction::Rejoin => Ok(()),
            ServerAction::Set(setting) => setting.allow(id, id).map_err(Refused::Config),
        }
    }

    fn allow_on_message(&self, id: MessageId, action: MessageAction) -> Result<(), Refused> {
        refuse_if(self.message(id).is_none(), Refused::NoSuchMessage)?;
        match action {
            MessageAction::Duplicate => refuse_if(self.next_copy(id).is_none(), Refused::LinkFull),
            MessageAction::Delay(by) => refuse_if(by > Config::LONGEST, Refused::Config(ConfigError::Span)),
            MessageAction::Drop | MessageAction::Deliver | MessageAction::Accept | MessageAction::Refuse => Ok(()),
        }
    }

    fn allow_on_cluster(&self, action: ClusterAction) -> Result<(), Refused> {
        match action {
            ClusterAction::AlignTimers | ClusterAction::SpreadTimers => {
                refuse_if(self.waiting().is_empty(), Refused::NoElectionTimers)
            }
            ClusterAction::Partition(group) => {
                refuse_if(!group.iter().all(|server| self.has(server)), Refused::NoSuchServer)?;
                let splits = !group.is_empty() && group.len() < self.servers.len();
                refuse_if(!splits, Refused::NoPartition)
            }
            ClusterAction::SetTiming(timing) => timing.validate().map_err(Refused::Config),
            ClusterAction::SetNetwork(network) => network.validate().map_err(Refused::Config),
            ClusterAction::HealAll | ClusterAction::SetRules(_) => Ok(()),
        }
    }

    fn has(&self, server: NodeId) -> bool {
        server.index() < self.servers.len()
    }

    /// The servers that run and wait for an election timeout.
    fn waiting(&self) -> NodeSet {
        let waiting = self
            .servers()
            .filter(|(_, server)| server.process == Process::Running && server.timer(Timer::Election).is_some());
        waiting.map(|(id, _)| id).collect()
    }

    /// Cuts or mends the links that an action is about.
    fn set_links(&mut self, action: Action, up: bool, observer: &mut dyn Observer) {
        let all = || NodeId::all(usize::from(self.config.size));
        let pairs: Vec<_> = all().flat_map(|from| all().map(move |to| (from, to))).collect();
        for (from, to) in pairs {
            if from != to && action.is_about_link(from, to) {
                self.set_link(from, to, up, observer);
            }
        }
    }

    fn delay_message(&mut self, id: MessageId, by: Micros) {
        if let Some(mut flight) = self.take(id) {
            flight.due_at = flight.due_at + by;
            self.put(flight);
        }
    }

    /// The timer runs on with the duration that it had, so that its arc shows the new rest on the old scale.
    fn set_election_timer(&mut self, id: NodeId, rest: Micros, event: EventId, observer: &mut dyn Observer) {
        let fires_at = self.now + rest;
        let drawn = self.servers[id.index()]
            .timer(Timer::Election)
            .map_or(rest, |timer| timer.fires_at - timer.set_at);
        let set_at = (fires_at - drawn).min(self.now);
        self.arm(event, id, Timer::Election, set_at, fires_at, observer);
        self.fire_if_due(id, observer);
    }

    /// Those of a server's timers that were started at this very instant are started again: what is set at the start holds from the
    /// start. Their luck stays.
    fn set_timers(&mut self, id: NodeId, setting: OwnSetting, event: EventId, observer: &mut dyn Observer) {
        let before = Timer::ALL.map(|timer| self.last_duration(id, timer));
        self.own.set(id, id, setting);
        self.adopt_rules(id, event, observer);
        self.adopt_priorities();
        for (timer, before) in Timer::ALL.into_iter().zip(before) {
            let after = self.last_duration(id, timer);
            let begun = Some((self.now, self.now + before));
            let armed = self.servers[id.index()].timer(timer);
            if before != after && armed.map(|armed| (armed.set_at, armed.fires_at)) == begun {
                self.arm(event, id, timer, self.now, self.now + after, observer);
            }
        }
    }

    fn align_timers(&mut self, event: EventId, observer: &mut dyn Observer) {
        let waiting = self.waiting();
        let fires_at = self.now + self.extremes().0.election_timeout.min;
        for id in waiting.iter() {
            self.arm(event, id, Timer::Election, self.now, fires_at, observer);
            self.refresh_deadline(id);
        }
    }

    fn spread_timers(&mut self, event: EventId, observer: &mut dyn Observer) {
        let waiting = self.waiting();
        let range = self.extremes().0.election_timeout;
        let gaps = (waiting.len() as u64).saturating_sub(1).max(1);
        for (place, id) in (0..).zip(waiting.iter()) {
            let fires_at = self.now + range.min + Micros((range.max - range.min).0 * place / gaps);
            self.arm(event, id, Timer::Election, self.now, fires_at, observer);
            self.refresh_deadline(id);
        }
    }

    /// Within an action, so that an instant has nothing left to happen once its actions are done.
    fn fire_if_due(&mut self, id: NodeId, observer: &mut dyn Observer) {
        self.refresh_deadline(id);
        while self.deadlines[id.index()] <= self.now {
            self.fire(id, observer);
        }
    }

    fn emit_for_all(&mut self, action: Action, observer: &mut dyn Observer) -> EventId {
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

    fn start(&mut self, id: NodeId, event: EventId, observer: &mut dyn Observer) {
        let server = &mut self.servers[id.index()];
        server.process = Process::Running;
        server.boots += 1;
        server.followed_since_start = None;
        self.step(id, Input::Start, event, observer);
    }

    /// A crash keeps the disk and nothing else: neither what has arrived and waits, nor what waits to leave.
    fn kill(&mut self, id: NodeId, observer: &mut dyn Observer) {
        let server = &mut self.servers[id.index()];
        server.process = Process::Down;
        server.node = Node::new(id, server.node.settings(), server.disk);
        server.timers = Timers::default();
        let writes_until = std::mem::take(&mut server.writes_until);
        for flight in std::mem::take(&mut server.inbox) {
            self.lose(&flight, LostWhere::Buffer, observer);
        }
        if writes_until > self.now {
            self.lose_unsent(id, observer);
        }
    }

    fn wipe(&mut self, id: NodeId, observer: &mut dyn Observer) {
        let server = &mut self.servers[id.index()];
        server.disk = HardState::default();
        server.wiped = true;
        observer.disk_wiped(id);
        self.kill(id, observer);
    }

    fn resume(&mut self, id: NodeId, observer: &mut dyn Observer) {
        let server = &mut self.servers[id.index()];
        server.process = Process::Running;
        for flight in std::mem::take(&mut server.inbox) {
            self.deliver(&flight, observer);
        }
        self.fire_if_due(id, observer);
    }

    fn set_log(&mut self, id: NodeId, position: LogPosition, event: EventId, observer: &mut dyn Observer) {
        if self.servers[id.index()].process == Process::Down {
            let server = &mut self.servers[id.index()];
            server.disk.last_log = position;
            server.wiped = false;
            server.node = Node::new(id, server.node.settings(), server.disk);
        } else {
            self.step(id, Input::LogMoved(position), event, observer);
        }
    }

    fn set_rules(&mut self, rules: Rules, event: EventId, observer: &mut dyn Observer) {
        self.config.rules = rules;
        for id in NodeId::all(self.servers.len()) {
            self.adopt_rules(id, event, observer);
        }
    }

    /// Every server knows the priorities of all. raft-rs sends a candidate's along with its request instead, which is the same as long as
    /// none changes while a request is under way.
    fn adopt_priorities(&mut self) {
        for id in NodeId::all(self.servers.len()) {
            let others = self.own.outranked(id);
            self.servers[id.index()].node.set_outranks(others);
        }
    }

    /// Lets a server go by its own rules, and by those of the cluster where it has none.
    fn adopt_rules(&mut self, id: NodeId, event: EventId, observer: &mut dyn Observer) {
        let rules = self.own.rules(id, self.config.rules);
        let server = &mut self.servers[id.index()];
        server.node.set_rules(rules);
        // A vote given while votes were not persisted must not be forgotten once they are again. The other way round, one that is on
        // disk is forgotten at once.
        let state = server.node.to_persist();
        if server.process != Process::Down && server.disk != state {
            self.write(event, id, state, observer);
        }
    }
}

fn refuse_if(refused: bool, why: Refused) -> Result<(), Refused> {
    if refused { Err(why) } else { Ok(()) }
}

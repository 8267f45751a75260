//! What can be done to a world.

use super::super::{Action, Config, ConfigError, Event, EventId, EventKind, LostWhere, MessageId, Micros, Refused};
use super::{Observer, Process, World, server::Timers};
use crate::raft::{HardState, Input, LogPosition, Node, NodeId, NodeSet, Role, Rules, Settings, Timer};

impl World {
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
            Action::ForceTimeout(server) => self.run_out(server, Timer::Election, Some(event), observer),
            Action::SendHeartbeats(server) => self.run_out(server, Timer::Heartbeat, Some(event), observer),
            Action::ExpireLeader(server) => self.run_out(server, Timer::RecentLeader, Some(event), observer),
            Action::CheckQuorum(server) => self.run_out(server, Timer::CheckQuorum, Some(event), observer),
            Action::TransferLeadership(server, to) => {
                self.step(server, Input::TransferLeadership(to), event, observer);
            }
            Action::WipeDisk(server) => self.wipe(server, observer),
            Action::SetLog(server, position) => self.set_log(server, position, event, observer),
            Action::SetElectionTimer(server, rest) => self.set_election_timer(server, rest, event, observer),
            Action::AlignTimers => self.align_timers(event, observer),
            Action::SpreadTimers => self.spread_timers(event, observer),
            Action::SetTiming(timing) => self.config.timing = timing,
            Action::SetNetwork(network) => self.config.network = network,
            Action::SetRules(rules) => self.set_rules(rules, event, observer),
            _ => self.act_on_network(action, observer),
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
        let Some(id) = action.server() else {
            return self.allow_for_all(action);
        };
        let server = self.servers.get(id.index()).ok_or(Refused::NoSuchServer)?;
        let leads = server.node.role() == Role::Leader;
        let runs = |timer| server.timer(timer).is_some();
        match (action, server.process) {
            (Action::Start(_), Process::Running | Process::Paused) => Err(Refused::Running),
            (
                Action::Kill(_)
                | Action::Pause(_)
                | Action::Resume(_)
                | Action::ForceTimeout(_)
                | Action::SetElectionTimer(..)
                | Action::SendHeartbeats(_)
                | Action::ExpireLeader(_)
                | Action::CheckQuorum(_)
                | Action::TransferLeadership(..),
                Process::Down,
            ) => Err(Refused::Down),
            (
                Action::Pause(_)
                | Action::ForceTimeout(_)
                | Action::SetLog(..)
                | Action::SetElectionTimer(..)
                | Action::SendHeartbeats(_)
                | Action::ExpireLeader(_)
                | Action::CheckQuorum(_)
                | Action::TransferLeadership(..),
                Process::Paused,
            ) => Err(Refused::Paused),
            (Action::Resume(_), Process::Running) => Err(Refused::NotPaused),
            (Action::ForceTimeout(_) | Action::SetElectionTimer(..), _) if !runs(Timer::Election) => {
                Err(Refused::NoElectionTimer)
            }
            (Action::ExpireLeader(_), _) if !runs(Timer::RecentLeader) => Err(Refused::NoSuchTimer),
            (Action::CheckQuorum(_), _) if !runs(Timer::CheckQuorum) => Err(Refused::NoSuchTimer),
            (Action::SendHeartbeats(_) | Action::TransferLeadership(..), _) if !leads => Err(Refused::NotLeader),
            (Action::TransferLeadership(_, to), _) if to == id => Err(Refused::LeadsAlready),
            (Action::TransferLeadership(_, to), _) if to.index() >= self.servers.len() => Err(Refused::NoSuchServer),
            (Action::SetElectionTimer(_, rest), _) if rest > Config::LONGEST => Err(Refused::Config(ConfigError::Span)),
            _ => Ok(()),
        }
    }

    /// Whether an action on the whole cluster, a link or a message can be done now.
    fn allow_for_all(&self, action: Action) -> Result<(), Refused> {
        let size = self.servers.len();
        let inside = |server: NodeId| server.index() < size;
        match action {
            Action::SetTiming(timing) => timing.validate().map_err(Refused::Config),
            Action::SetNetwork(network) => network.validate().map_err(Refused::Config),
            Action::AlignTimers | Action::SpreadTimers if self.waiting().is_empty() => Err(Refused::NoElectionTimers),
            Action::Cut(from, to) | Action::Heal(from, to) if !inside(from) || !inside(to) => {
                Err(Refused::NoSuchServer)
            }
            Action::Cut(from, to) | Action::Heal(from, to) if from == to => Err(Refused::NoSuchLink),
            Action::Partition(group) if !group.iter().all(inside) => Err(Refused::NoSuchServer),
            Action::Partition(group) if group.is_empty() || group.len() == size => Err(Refused::NoPartition),
            Action::DropMessage(id)
            | Action::DuplicateMessage(id)
            | Action::DelayMessage(id, _)
            | Action::DeliverMessage(id)
                if self.message(id).is_none() =>
            {
                Err(Refused::NoSuchMessage)
            }
            Action::DuplicateMessage(id) if self.next_copy(id).is_none() => Err(Refused::LinkFull),
            Action::DelayMessage(_, by) if by > Config::LONGEST => Err(Refused::Config(ConfigError::Span)),
            _ => Ok(()),
        }
    }

    /// The servers that run and wait for an election timeout.
    fn waiting(&self) -> NodeSet {
        let waiting = self
            .servers()
            .filter(|(_, server)| server.process == Process::Running && server.timer(Timer::Election).is_some());
        waiting.map(|(id, _)| id).collect()
    }

    fn act_on_network(&mut self, action: Action, observer: &mut impl Observer) {
        match action {
            Action::Cut(from, to) => self.set_link(from, to, false, observer),
            Action::Heal(from, to) => self.set_link(from, to, true, observer),
            Action::Isolate(server) => self.set_links(|a, b| a == server || b == server, false, observer),
            Action::Rejoin(server) => self.set_links(|a, b| a == server || b == server, true, observer),
            Action::Partition(group) => {
                self.set_links(|a, b| group.contains(a) != group.contains(b), false, observer);
            }
            Action::HealAll => self.set_links(|_, _| true, true, observer),
            Action::DropMessage(id) => {
                if let Some(flight) = self.take(id) {
                    self.lose(&flight, LostWhere::Dropped, observer);
                }
            }
            Action::DuplicateMessage(id) => {
                if let Some(flight) = self.message(id).copied() {
                    self.duplicate(&flight, observer);
                }
            }
            Action::DelayMessage(id, by) => self.delay_message(id, by),
            Action::DeliverMessage(id) => {
                if let Some(flight) = self.take(id) {
                    self.reach(&flight, observer);
                }
            }
            _ => unreachable!("done elsewhere"),
        }
    }

    /// Cuts or mends the links that are meant.
    fn set_links(&mut self, meant: impl Fn(NodeId, NodeId) -> bool, up: bool, observer: &mut impl Observer) {
        let all = || NodeId::all(usize::from(self.config.size));
        let pairs: Vec<_> = all().flat_map(|from| all().map(move |to| (from, to))).collect();
        for (from, to) in pairs.into_iter().filter(|&(from, to)| from != to && meant(from, to)) {
            self.set_link(from, to, up, observer);
        }
    }

    fn delay_message(&mut self, id: MessageId, by: Micros) {
        if let Some(mut flight) = self.take(id) {
            flight.due_at = flight.due_at + by;
            self.put(flight);
        }
    }

    /// The timer runs on with the duration that it had, so that its arc shows the new rest on the old scale.
    fn set_election_timer(&mut self, id: NodeId, rest: Micros, event: EventId, observer: &mut impl Observer) {
        let fires_at = self.now + rest;
        let drawn = self.servers[id.index()]
            .timer(Timer::Election)
            .map_or(rest, |timer| timer.fires_at - timer.set_at);
        let set_at = (fires_at - drawn).min(self.now);
        self.arm(event, id, Timer::Election, set_at, fires_at, observer);
        self.fire_if_due(id, observer);
    }

    fn align_timers(&mut self, event: EventId, observer: &mut impl Observer) {
        let fires_at = self.now + self.config.timing.election_timeout.min;
        for id in self.waiting().iter() {
            self.arm(event, id, Timer::Election, self.now, fires_at, observer);
            self.refresh_deadline(id);
        }
    }

    fn spread_timers(&mut self, event: EventId, observer: &mut impl Observer) {
        let (waiting, range) = (self.waiting(), self.config.timing.election_timeout);
        let gaps = (waiting.len() as u64).saturating_sub(1).max(1);
        for (place, id) in (0..).zip(waiting.iter()) {
            let fires_at = self.now + range.min + Micros((range.max - range.min).0 * place / gaps);
            self.arm(event, id, Timer::Election, self.now, fires_at, observer);
            self.refresh_deadline(id);
        }
    }

    /// Within an action, so that an instant has nothing left to happen once its actions are done.
    fn fire_if_due(&mut self, id: NodeId, observer: &mut impl Observer) {
        self.refresh_deadline(id);
        while self.deadlines[id.index()] <= self.now {
            self.fire(id, observer);
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
        server.timers = Timers::default();
        for flight in std::mem::take(&mut server.inbox) {
            self.lose(&flight, LostWhere::Buffer, observer);
        }
    }

    fn wipe(&mut self, id: NodeId, observer: &mut impl Observer) {
        let server = &mut self.servers[id.index()];
        server.disk = HardState::default();
        server.wiped = true;
        observer.disk_wiped(id);
        self.kill(id, observer);
    }

    fn resume(&mut self, id: NodeId, observer: &mut impl Observer) {
        let server = &mut self.servers[id.index()];
        server.process = Process::Running;
        for flight in std::mem::take(&mut server.inbox) {
            self.deliver(&flight, observer);
        }
        self.fire_if_due(id, observer);
    }

    fn set_log(&mut self, id: NodeId, position: LogPosition, event: EventId, observer: &mut impl Observer) {
        if self.servers[id.index()].process == Process::Down {
            let settings = self.settings();
            let server = &mut self.servers[id.index()];
            server.disk.last_log = position;
            server.wiped = false;
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
                server.wiped = false;
                self.emit(Some(event), id, EventKind::Persisted(state), observer);
            }
        }
    }

    pub(super) const fn settings(&self) -> Settings {
        Settings {
            size: self.config.size,
            rules: self.config.rules,
        }
    }
}

//! How messages travel.

use super::super::{EventId, EventKind, InFlight, LostWhere, MessageId, Micros, Stream};
use super::{Observer, Process, Server, World};
use crate::raft::{Input, Message, NodeId};

impl World {
    pub(super) fn send(
        &mut self,
        cause: EventId,
        from: NodeId,
        to: NodeId,
        message: Message,
        observer: &mut dyn Observer,
    ) {
        // Also what tells of nothing new: it may tell of what is not on disk yet.
        let leaves_at = self.servers[from.index()].writes_until.max(self.now);
        let waits = leaves_at - self.now;
        let sent = self.emit(Some(cause), from, EventKind::Sent { to, waits, message }, observer);
        let counter = &mut self.sent[from.index()][to.index()];
        let number = *counter;
        *counter = counter.wrapping_add(1);
        let lost = self.fate(from, to, number);
        let delay = self.delay(from, to, number);
        let flight = InFlight {
            id: MessageId {
                from,
                to,
                number,
                copy: 0,
            },
            sent,
            sent_at: self.now,
            leaves_at,
            due_at: leaves_at + if lost.is_some() { half(delay) } else { delay },
            lost,
            message,
        };
        if !self.is_room_for(flight.id) {
            return self.lose(&flight, LostWhere::FullLink, observer);
        }
        self.put(flight);
        let duplication = self.network_of(from, to).duplication_permille;
        if lost.is_none() && self.luck.chance(Stream::Duplication(from, to), number, duplication) {
            self.duplicate(&flight, observer);
        }
    }

    /// Where a message will get lost, if it will. Luck is addressed by the number of the message, so a link that is cut, for which
    /// nothing is drawn, changes nothing about later messages.
    fn fate(&self, from: NodeId, to: NodeId, number: u32) -> Option<LostWhere> {
        let permille = self.network_of(from, to).loss_permille;
        if !self.config.links.is_up(from, to) {
            Some(LostWhere::CutLink)
        } else if self.luck.chance(Stream::Loss(from, to), number, permille) {
            Some(LostWhere::Network)
        } else {
            None
        }
    }

    fn delay(&self, from: NodeId, to: NodeId, number: u32) -> Micros {
        let network = self.network_of(from, to);
        let delay = self.luck.span(Stream::Delay(from, to), number, network.delay);
        let reordering = network.reordering_permille;
        if self.luck.chance(Stream::Reordering(from, to), number, reordering) {
            return delay + self.luck.span(Stream::HoldBack(from, to), number, network.held_back());
        }
        delay
    }

    /// Whether a link can carry one more message.
    pub(super) const fn is_room_for(&self, id: MessageId) -> bool {
        self.traffic[id.from.index()][id.to.index()] < Self::LINK_CAPACITY
    }

    /// Puts a message on its way.
    pub(super) fn put(&mut self, flight: InFlight) {
        self.traffic[flight.from().index()][flight.to().index()] += 1;
        self.in_flight.push(flight);
    }

    /// Takes a message off its way.
    pub(super) fn take(&mut self, id: MessageId) -> Option<InFlight> {
        let flight = self.in_flight.take(id)?;
        self.traffic[id.from.index()][id.to.index()] -= 1;
        Some(flight)
    }

    /// Lets a copy of a message arrive as well, if the link can carry one more. The network does not lose it, but where its link
    /// is cut by now it ends there, as all does.
    pub(super) fn duplicate(&mut self, original: &InFlight, observer: &mut dyn Observer) {
        let Some(id) = self.next_copy(original.id) else { return };
        let (from, to, message) = (id.from, id.to, original.message);
        let leaves_at = original.leaves_at.max(self.now);
        let waits = leaves_at - self.now;
        let kind = EventKind::Duplicated { to, waits, message };
        let sent = self.emit(Some(original.sent), from, kind, observer);
        // Copies of one message have their own luck: those of a link with as many messages as there are copies.
        let draw = id
            .number
            .wrapping_mul(u32::from(u8::MAX))
            .wrapping_add(u32::from(id.copy));
        let delay = self.network_of(from, to).delay;
        let delay = self.luck.span(Stream::DuplicateDelay(from, to), draw, delay);
        let lost = (!self.config.links.is_up(from, to)).then_some(LostWhere::CutLink);
        self.put(InFlight {
            id,
            sent,
            sent_at: self.now,
            leaves_at,
            due_at: leaves_at + if lost.is_some() { half(delay) } else { delay },
            lost,
            message,
        });
    }

    /// The name of one more copy of a message; none if its link is full.
    pub(super) fn next_copy(&self, id: MessageId) -> Option<MessageId> {
        let copies = self
            .in_flight
            .iter()
            .filter(|other| MessageId { copy: 0, ..other.id } == MessageId { copy: 0, ..id });
        let newest = copies.map(|copy| copy.id.copy).max().unwrap_or(id.copy);
        let copy = newest.checked_add(1)?;
        self.is_room_for(id).then_some(MessageId { copy, ..id })
    }

    pub(super) fn arrive(&mut self, observer: &mut dyn Observer) {
        let Some(flight) = self.in_flight.pop() else { return };
        self.traffic[flight.from().index()][flight.to().index()] -= 1;
        match flight.lost {
            Some(place) => self.lose(&flight, place, observer),
            None => self.reach(&flight, observer),
        }
    }

    /// A message has come to where its receiver is.
    pub(super) fn reach(&mut self, flight: &InFlight, observer: &mut dyn Observer) {
        let receiver = &mut self.servers[flight.to().index()];
        match receiver.process {
            // As on a real network, only the receiver matters: a packet arrives even if its sender has crashed since.
            Process::Down => self.lose(flight, LostWhere::ServerDown, observer),
            Process::Running => self.deliver(flight, observer),
            Process::Paused if receiver.inbox.len() < Server::INBOX => {
                receiver.inbox.push(*flight);
                let (from, message) = (flight.from(), flight.message);
                let kind = EventKind::Held { from, message };
                self.emit(Some(flight.sent), flight.to(), kind, observer);
            }
            Process::Paused => self.lose(flight, LostWhere::Buffer, observer),
        }
    }

    pub(super) fn deliver(&mut self, flight: &InFlight, observer: &mut dyn Observer) {
        let (from, message) = (flight.from(), flight.message);
        let kind = EventKind::Delivered { from, message };
        let event = self.emit(Some(flight.sent), flight.to(), kind, observer);
        self.step(flight.to(), Input::Receive { from, message }, event, observer);
    }

    /// A message comes to a server that does not handle it by the rules: it accepts what is of an older term, or refuses a request.
    /// One that does not run can do neither.
    pub(super) fn mishandle(&mut self, flight: &InFlight, accepts: bool, observer: &mut dyn Observer) {
        let (from, to, message) = (flight.from(), flight.to(), flight.message);
        let receiver = &self.servers[to.index()];
        if receiver.process != Process::Running {
            return self.reach(flight, observer);
        }
        let newest = receiver.node.term().max(message.term());
        let is_request = matches!(message, Message::RequestVote { .. } | Message::AppendEntries { .. });
        let mut read = message;
        match &mut read {
            Message::RequestVote { term, .. } | Message::AppendEntries { term } if accepts => *term = newest,
            // A heartbeat that was refused: a server takes its term, and does nothing else about it.
            _ if is_request => {
                read = Message::AppendEntriesReply {
                    term: newest,
                    success: false,
                };
            }
            _ => {}
        }
        let event = self.emit(Some(flight.sent), to, EventKind::Delivered { from, message }, observer);
        self.step(to, Input::Receive { from, message: read }, event, observer);
        if is_request && !accepts {
            // Its own term, whether it has taken that of the message or does not learn terms that way.
            let term = self.servers[to.index()].node.term();
            let refusal = match message {
                Message::RequestVote { .. } => Message::RequestVoteReply {
                    term,
                    vote_granted: false,
                },
                _ => Message::AppendEntriesReply { term, success: false },
            };
            self.send(event, to, from, refusal, observer);
        }
    }

    #[inline(never)]
    pub(super) fn lose(&mut self, flight: &InFlight, place: LostWhere, observer: &mut dyn Observer) {
        let (from, message) = (flight.from(), flight.message);
        let kind = EventKind::Lost { from, message, place };
        self.emit(Some(flight.sent), flight.to(), kind, observer);
    }

    /// Loses what a server has sent that waits for its disk. It ends at its sender; as every loss, it is told at its receiver.
    // Few disks take time.
    #[cold]
    #[inline(never)]
    pub(super) fn lose_unsent(&mut self, from: NodeId, observer: &mut dyn Observer) {
        let now = self.now;
        let waits = |flight: &InFlight| flight.from() == from && flight.leaves_at > now;
        while let Some(flight) = self.in_flight.take_next(&waits) {
            self.traffic[from.index()][flight.to().index()] -= 1;
            self.lose(&flight, LostWhere::Sender, observer);
        }
    }

    /// Cuts or mends a link. What is on a link as it is cut is lost, and so is what waits at its sender for its disk.
    pub(super) fn set_link(&mut self, from: NodeId, to: NodeId, up: bool, observer: &mut dyn Observer) {
        if !self.config.links.set(from, to, up) || up {
            return;
        }
        let on_link = |flight: &InFlight| (flight.from(), flight.to()) == (from, to);
        while let Some(flight) = self.in_flight.take_next(&on_link) {
            self.traffic[from.index()][to.index()] -= 1;
            self.lose(&flight, LostWhere::CutLink, observer);
        }
    }
}

/// A message that gets lost does so half way.
const fn half(delay: Micros) -> Micros {
    Micros(delay.0.div_ceil(2))
}

//! All that one server can do, computed once by [`Node::step`](crate::raft::Node::step).
//!
//! A node's step depends on its state and its input only, so a step that was computed once need not be computed again. Seen
//! alone, a server has some hundreds of states within the bounds: the table holds, for each of them and for each thing that can
//! happen to it, what `Node::step` made of it. The messages are found on the way. A message that some server sends in some state
//! may arrive at every server it goes to, in each of its states; so the table holds more than can happen in the cluster, never
//! less. What is sent on a link that is cut is no message at all.

use std::collections::VecDeque;

use super::{Happening, Local, intern::Interner, server::ServerState};
use crate::{
    checker::{Coverage, Envelope, Setup, TooLarge},
    raft::{HardState, LogPosition, MAX_SERVERS, Message, NodeId, NodeSet, Outputs, Settings, Timer},
    safety::Status,
};

/// What something makes of a server.
#[derive(Clone, Copy, Debug)]
pub struct Transition {
    /// The number of the state that it is in afterwards.
    pub next: u16,
    /// Which of [`Table::sends`] it sends.
    pub sends: u16,
    /// What was seen.
    pub coverage: Coverage,
    /// Whether anything changed that is judged.
    pub judged: bool,
}

/// What one server can do.
#[derive(Debug)]
pub struct Automaton {
    /// Its states, by number. It begins in the first.
    pub states: Vec<ServerState>,
    numbers: Interner<ServerState>,
    /// What can be seen of it from outside, by state.
    pub statuses: Vec<Status>,
    /// The messages to it: which arrives in which [`Happening::Arrival`].
    pub arrivals: Vec<usize>,
    /// By state and [`Happening::column`]; `None` where it can't happen or lies beyond the bounds.
    moves: Vec<Option<Transition>>,
    /// By state: what can happen without a message.
    local: Vec<Vec<Local>>,
}

impl Automaton {
    fn columns(&self) -> usize {
        Local::COUNT + self.arrivals.len()
    }

    /// Everything that can happen to it in some state.
    pub fn happenings(&self) -> impl Iterator<Item = Happening> {
        Happening::all(self.arrivals.len())
    }

    /// What something makes of it in this state.
    pub fn get(&self, state: usize, happening: Happening) -> Option<Transition> {
        self.moves[state * self.columns() + happening.column()]
    }

    /// The arrival of this message, if it goes to this server.
    pub fn arrival_of(&self, message: usize) -> Option<Happening> {
        self.arrivals.binary_search(&message).ok().map(Happening::Arrival)
    }

    /// What everything that can happen makes of it in this state.
    pub fn row(&self, state: usize) -> &[Option<Transition>] {
        &self.moves[state * self.columns()..][..self.columns()]
    }

    pub fn number_of(&self, state: &ServerState) -> Option<usize> {
        self.numbers.get(state)
    }

    /// What can happen in this state without a message.
    pub fn local(&self, state: usize) -> &[Local] {
        &self.local[state]
    }
}

/// What all servers can do.
#[derive(Debug)]
pub struct Table {
    pub servers: Vec<Automaton>,
    /// All messages there are, by receiver, sender and content.
    pub messages: Interner<Envelope>,
    /// What is sent at once.
    pub sends: Vec<Vec<usize>>,
}

impl Table {
    /// Computes everything. `back_at_once` makes crash and restart one step.
    pub fn new(setup: &Setup, back_at_once: bool) -> Result<Self, TooLarge> {
        let mut builder = Builder::new(setup, back_at_once);
        builder.explore()?;
        builder.finish()
    }
}

/// Why a server changes: as a [`Happening`], while the messages have no places yet.
#[derive(Clone, Copy)]
enum Cause {
    Local(Local),
    Message(Envelope),
}

struct Builder {
    highest_term: u32,
    crashes: bool,
    transfers: bool,
    back_at_once: bool,
    cut: [NodeSet; MAX_SERVERS],
    states: Vec<Interner<ServerState>>,
    messages: Interner<Envelope>,
    outputs: Outputs,
}

impl Builder {
    fn new(setup: &Setup, back_at_once: bool) -> Self {
        let settings = Settings::new(setup.bounds.servers, setup.rules);
        let mut outputs = Outputs::new();
        let started = NodeId::all(setup.bounds.servers.into()).map(|id| {
            let disk = HardState {
                last_log: setup.logs[id.index()],
                ..HardState::default()
            };
            ServerState::start(id, settings, disk, &mut outputs)
        });
        let mut servers: Vec<ServerState> = started.collect();
        if setup.led && setup.bounds.elections > 0 {
            elect_first(&mut servers, &mut outputs);
        }
        let states = servers.into_iter().map(|server| {
            let mut states = Interner::new();
            states.number(server);
            states
        });
        Self {
            highest_term: setup.bounds.elections.into(),
            crashes: setup.bounds.crashes > 0,
            transfers: setup.bounds.transfers,
            back_at_once,
            cut: setup.cut,
            states: states.collect(),
            messages: Interner::new(),
            outputs: Outputs::new(),
        }
    }

    /// Finds all states and messages: until a round over all servers finds no new one.
    fn explore(&mut self) -> Result<(), TooLarge> {
        // How far each state was taken: the number of messages that were tried on it.
        let mut tried: Vec<Vec<usize>> = vec![Vec::new(); self.states.len()];
        loop {
            let before = self.found();
            for (server, tried) in tried.iter_mut().enumerate() {
                let mut state = 0;
                while state < self.states[server].values().len() {
                    let from = tried.get(state).copied();
                    self.explore_state(server, state, from)?;
                    tried.resize(tried.len().max(state + 1), 0);
                    tried[state] = self.messages.values().len();
                    state += 1;
                }
            }
            if self.found() == before {
                return Ok(());
            }
        }
    }

    fn found(&self) -> usize {
        self.messages.values().len() + self.states.iter().map(|states| states.values().len()).sum::<usize>()
    }

    fn explore_state(&mut self, server: usize, state: usize, tried: Option<usize>) -> Result<(), TooLarge> {
        if tried.is_none() {
            for local in Local::all() {
                self.happen(server, state, Cause::Local(local))?;
            }
        }
        let mut number = tried.unwrap_or(0);
        while number < self.messages.values().len() {
            let envelope = self.messages.values()[number];
            if envelope.to.index() == server {
                self.happen(server, state, Cause::Message(envelope))?;
            }
            number += 1;
        }
        Ok(())
    }

    /// Lets something happen to a server. Its next state and what was seen; what it sends is in the outputs.
    fn happen(&mut self, server: usize, state: usize, cause: Cause) -> Result<Option<(usize, Coverage)>, TooLarge> {
        let mut next = self.states[server].values()[state].clone();
        self.outputs.clear();
        let outputs = &mut self.outputs;
        let coverage = match cause {
            Cause::Message(envelope) => next.receive(envelope.from, envelope.message, outputs),
            Cause::Local(Local::Timeout(timer)) => next.time_out(timer, outputs),
            Cause::Local(Local::Crash) if !self.crashes => None,
            Cause::Local(Local::Crash) if self.back_at_once => next.crash().and_then(|_| next.restart(outputs)),
            Cause::Local(Local::Crash) => next.crash(),
            Cause::Local(Local::Restart) => next.restart(outputs),
            Cause::Local(Local::Transfer(_)) if !self.transfers => None,
            Cause::Local(Local::Transfer(to)) => next.transfer(to, outputs),
        };
        let Some(coverage) = coverage.filter(|_| next.node().term().0 <= self.highest_term) else {
            return Ok(None);
        };
        let from = next.node().id();
        for (to, message) in self
            .outputs
            .sent()
            .filter(|(to, _)| !self.cut[from.index()].contains(*to))
        {
            self.messages.number(Envelope { from, to, message });
        }
        let next = self.states[server].number(next);
        if next >= usize::from(u16::MAX) {
            return Err(TooLarge::ServerStates);
        }
        Ok(Some((next, coverage)))
    }

    /// Puts the messages in order, and writes down what everything makes of every state.
    fn finish(mut self) -> Result<Table, TooLarge> {
        let mut sorted: Vec<Envelope> = self.messages.values().to_vec();
        sorted.sort_by_key(order);
        let mut messages = Interner::new();
        for envelope in sorted {
            messages.number(envelope);
        }
        let mut sends = Interner::new();
        let servers = (0..self.states.len()).map(|server| self.automaton(server, &messages, &mut sends));
        let servers = servers.collect::<Result<_, _>>()?;
        Ok(Table {
            servers,
            messages,
            sends: sends.into_values(),
        })
    }

    fn automaton(
        &mut self,
        server: usize,
        messages: &Interner<Envelope>,
        sends: &mut Interner<Vec<usize>>,
    ) -> Result<Automaton, TooLarge> {
        let numbered = messages.values().iter().enumerate();
        let arrivals: Vec<usize> = numbered
            .filter(|(_, envelope)| envelope.to.index() == server)
            .map(|(number, _)| number)
            .collect();
        let statuses: Vec<Status> = self.states[server].values().iter().map(ServerState::status).collect();
        let columns = Local::COUNT + arrivals.len();
        let mut moves = Vec::with_capacity(statuses.len() * columns);
        for state in 0..statuses.len() {
            for happening in Happening::all(arrivals.len()) {
                let cause = match happening {
                    Happening::Local(local) => Cause::Local(local),
                    Happening::Arrival(arrival) => Cause::Message(messages.values()[arrivals[arrival]]),
                };
                let happened = self.happen(server, state, cause)?;
                let of = |(next, coverage)| {
                    Ok(Transition {
                        next: u16::try_from(next).map_err(|_| TooLarge::ServerStates)?,
                        sends: self.sent(server, messages, sends)?,
                        coverage,
                        judged: statuses[state] != statuses[next],
                    })
                };
                moves.push(happened.map(of).transpose()?);
            }
        }
        Ok(Automaton {
            states: self.states[server].values().to_vec(),
            numbers: self.states[server].clone(),
            statuses,
            arrivals,
            local: moves.chunks(columns).map(local).collect(),
            moves,
        })
    }

    /// What is in the outputs to be sent, as one number.
    fn sent(
        &self,
        server: usize,
        messages: &Interner<Envelope>,
        sends: &mut Interner<Vec<usize>>,
    ) -> Result<u16, TooLarge> {
        let from = NodeId::new(server);
        let number = |(to, message)| messages.get(&Envelope { from, to, message });
        let list = self.outputs.sent().filter_map(number).collect();
        u16::try_from(sends.number(list)).map_err(|_| TooLarge::Messages)
    }
}

/// The first server stands for election, and every message arrives, in the order in which they were sent.
fn elect_first(servers: &mut [ServerState], outputs: &mut Outputs) {
    let mut in_flight = VecDeque::new();
    let first = &mut servers[0];
    if first.time_out(Timer::Election, outputs).is_some() {
        in_flight.extend(outputs.sent().map(|(to, message)| (first.node().id(), to, message)));
    }
    while let Some((from, to, message)) = in_flight.pop_front() {
        if servers[to.index()].receive(from, message, outputs).is_some() {
            in_flight.extend(outputs.sent().map(|(next, message)| (to, next, message)));
        }
    }
}

/// What can happen without a message, of what a row of moves says.
fn local(row: &[Option<Transition>]) -> Vec<Local> {
    let possible = Local::all().zip(row).filter(|(_, happened)| happened.is_some());
    possible.map(|(local, _)| local).collect()
}

/// By receiver, sender and content, so that what one server sends another lies together, in the same order for all pairs.
fn order(envelope: &Envelope) -> impl Ord + use<> {
    let (kind, flag, log) = match envelope.message {
        Message::RequestVote {
            last_log,
            leadership_transfer,
            ..
        } => (0, leadership_transfer, last_log),
        Message::RequestVoteReply { vote_granted, .. } => (1, vote_granted, LogPosition::default()),
        Message::AppendEntries { .. } => (2, false, LogPosition::default()),
        Message::AppendEntriesReply { success, .. } => (3, success, LogPosition::default()),
        Message::PreVote { last_log, .. } => (4, false, last_log),
        Message::PreVoteReply { vote_granted, .. } => (5, vote_granted, LogPosition::default()),
        Message::TimeoutNow { .. } => (6, false, LogPosition::default()),
    };
    (envelope.to, envelope.from, kind, envelope.message.term(), flag, log)
}

//! Which steps a cluster can take, and where they lead.

use super::{
    Coverage, Envelope, Milestone, NetworkModel, ServerState, Setup, State, Step, TooLarge,
    commute::{Commuting, StepSet},
    reduce::{self, Others, Reduction},
    servers::{Happening, Local, Table, Transition},
    state::{Bits, Layout, Used},
    symmetry::{RenamingNumber, Symmetry},
};
use crate::{
    raft::{MAX_SERVERS, NodeId, Role, Timer},
    safety::{PackedElections, PackedMonitor, Properties, Status},
};

/// Copies of one message that can be in flight at once, where they are counted.
const COPIES: u64 = 3;

/// What may happen to a cluster, within the bounds of a [`Setup`]. Anything can drive it: [`Search`](super::Search), a test, or
/// another checker.
#[derive(Debug)]
pub struct Model {
    setup: Setup,
    pub(in crate::checker) table: Table,
    pub(in crate::checker) monitor: PackedMonitor,
    pub(in crate::checker) layout: Layout,
    /// By number of what is sent at once: its bits.
    sends: Vec<Bits>,
    pub(in crate::checker) reduction: Option<Reduction>,
    pub(in crate::checker) symmetry: Symmetry,
    commuting: Commuting,
}

/// A [`Step`], in the terms of the table and the layout.
#[derive(Clone, Copy, Debug)]
pub(in crate::checker) enum Choice {
    /// Something happens to this server without a message.
    Local(NodeId, Local),
    /// A message arrives, is lost, or is duplicated: which of [`Layout::deliveries`].
    Deliver(usize),
    Lose(usize),
    Duplicate(usize),
}

impl Model {
    /// The model of this set-up. Computes all that any single server can do.
    ///
    /// # Errors
    /// If the bounds are too wide.
    pub fn new(setup: Setup) -> Result<Self, TooLarge> {
        let size = usize::from(setup.bounds.servers);
        if !(1..=MAX_SERVERS).contains(&size) {
            return Err(TooLarge::Servers);
        }
        let monitor = PackedMonitor::new(&setup.logs[..size], setup.bounds.elections).ok_or(TooLarge::Terms)?;
        let table = Table::new(&setup, setup.network == NetworkModel::Reduced)?;
        let reduced = setup.network == NetworkModel::Reduced;
        let represented_by = if reduced {
            reduce::representatives(&table)
        } else {
            (0..table.messages.values().len()).collect()
        };
        let width = if setup.network == NetworkModel::Counted { 2 } else { 1 };
        let layout = Layout::new(&table, width, &represented_by)?;
        let sends: Vec<Bits> = table.sends.iter().map(|list| layout.bits(list)).collect();
        let symmetry = Symmetry::new(&table, &layout);
        let reduction = reduced.then(|| Reduction::new(&table, &layout, &sends));
        let commuting = Commuting::new(&table, &layout);
        Ok(Self {
            setup,
            table,
            monitor,
            layout,
            sends,
            reduction,
            symmetry,
            commuting,
        })
    }

    /// What it is a model of.
    #[must_use]
    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// All servers have just started, in term 0, or follow the first one in term 1 ([`Setup::led`]); nothing is in flight.
    #[must_use]
    pub fn initial(&self) -> State {
        let mut state = State {
            servers: [0; MAX_SERVERS],
            used: Used::default(),
            broken: Properties::EMPTY,
            elections: PackedElections::default(),
            messages: Bits::EMPTY,
        };
        let mut statuses: Vec<_> = NodeId::all(MAX_SERVERS).zip(self.statuses(&state)).collect();
        // The leader rests on the votes of the others.
        statuses.sort_by_key(|(_, status)| status.role == Role::Leader);
        for (server, status) in statuses {
            let before = Status {
                last_log: status.last_log,
                ..Status::default()
            };
            let broken = self.monitor.observe(&mut state.elections, server, before, status);
            state.broken.extend(broken.and(self.setup.watched));
        }
        if let Some(reduction) = &self.reduction {
            reduction.forget(&self.monitor, &mut state);
        }
        state
    }

    /// A server in this state.
    ///
    /// # Panics
    /// If there is no such server.
    #[must_use]
    pub fn server(&self, state: &State, server: NodeId) -> &ServerState {
        let index = server.index();
        &self.table.servers[index].states[usize::from(state.servers[index])]
    }

    /// The messages in flight, each once. Under [`NetworkModel::Reduced`] one stands for all that have the same effect.
    pub fn under_way(&self, state: &State) -> impl Iterator<Item = Envelope> {
        let present = |&delivery: &usize| self.copies(state, delivery) > 0;
        let deliveries = (0..self.layout.deliveries.len()).filter(present).collect::<Vec<_>>();
        deliveries.into_iter().map(|delivery| self.envelope(delivery))
    }

    /// The watched properties that the last step broke. Such a state has no next one.
    #[must_use]
    pub const fn broken(&self, state: &State) -> Properties {
        state.broken
    }

    /// What can happen next, each with a next state. Where messages stay in flight, what changes nothing is left out.
    #[must_use]
    pub fn steps(&self, state: &State) -> Vec<Step> {
        let mut steps = Vec::new();
        self.expand(state, |choice, _, _| steps.push(self.step(choice)));
        steps
    }

    /// The states after all [`Self::steps`], in their order.
    #[must_use]
    pub fn next_states(&self, state: &State) -> Vec<State> {
        let mut states = Vec::new();
        self.expand(state, |_, next, _| states.push(*next));
        states
    }

    /// The state after a step. `None` if it can't happen or lies beyond the bounds.
    #[must_use]
    pub fn apply(&self, state: &State, step: Step) -> Option<State> {
        let choice = self.choice(step)?;
        self.take(state, choice).map(|(next, _)| next)
    }

    /// Whether all servers have voted in the same term and nobody can win it any more (§5.2, split vote).
    pub(in crate::checker) fn is_split(&self, state: &State) -> bool {
        let statuses = || self.statuses(state);
        let quorum = usize::from(self.setup.bounds.servers) / 2 + 1;
        let Some(first) = statuses().next() else { return false };
        let all_voted = statuses().all(|status| status.term == first.term && status.voted_for.is_some());
        let votes = |candidate| statuses().filter(|status| status.voted_for == Some(candidate)).count();
        all_voted && statuses().all(|status| status.voted_for.is_none_or(|candidate| votes(candidate) < quorum))
    }

    fn statuses(&self, state: &State) -> impl Iterator<Item = Status> {
        let states = state.servers;
        let servers = self.table.servers.iter().enumerate();
        servers.map(move |(server, automaton)| automaton.statuses[usize::from(states[server])])
    }

    // --- Steps by numbers ---

    /// Hands over every next state.
    pub(in crate::checker) fn expand(&self, state: &State, found: impl FnMut(Choice, &State, Coverage)) {
        self.expand_without(&StepSet::EMPTY, state, found);
    }

    /// Hands over every next state but those after some steps.
    pub(in crate::checker) fn expand_without(
        &self,
        steps: &StepSet,
        state: &State,
        mut found: impl FnMut(Choice, &State, Coverage),
    ) {
        if !state.broken.is_empty() {
            return;
        }
        let others = self.others(state);
        let attempt = |choice| {
            if let Some((next, coverage)) = self.take_among(&others, state, choice) {
                found(choice, &next, coverage);
            }
        };
        if self.layout.width == 1 {
            self.choices(steps, state, attempt);
        } else {
            self.choices_where_copies_count(state, attempt);
        }
    }

    /// What can happen where messages stay: first without a message, by server, then each arrival, by receiver and sender.
    fn choices(&self, without: &StepSet, state: &State, mut attempt: impl FnMut(Choice)) {
        let news = self.would_be_news(state);
        for (server, automaton) in NodeId::all(MAX_SERVERS).zip(&self.table.servers) {
            let index = server.index();
            for &local in automaton.local(state.servers[index].into()) {
                // A crash counts, whatever it changes.
                let counts = local == Local::Crash;
                let idle = || !counts && self.makes_no_difference(state, &news, index, Happening::Local(local));
                if !without.has_local(index, local) && !idle() {
                    attempt(Choice::Local(server, local));
                }
            }
        }
        for bit in state.messages.without(&without.arrivals).iter() {
            let number = self.layout.at[bit];
            let delivery = self.layout.deliveries[number];
            if !self.makes_no_difference(state, &news, delivery.server, delivery.arrival) {
                attempt(Choice::Deliver(number));
            }
        }
    }

    fn choices_where_copies_count(&self, state: &State, mut attempt: impl FnMut(Choice)) {
        for (server, automaton) in NodeId::all(MAX_SERVERS).zip(&self.table.servers) {
            for &local in automaton.local(state.servers[server.index()].into()) {
                attempt(Choice::Local(server, local));
            }
        }
        for delivery in 0..self.layout.deliveries.len() {
            if self.copies(state, delivery) > 0 {
                attempt(Choice::Deliver(delivery));
                attempt(Choice::Lose(delivery));
                attempt(Choice::Duplicate(delivery));
            }
        }
    }

    /// The messages that would make a difference if they were sent now: they are not in flight, and would stay.
    fn would_be_news(&self, state: &State) -> Bits {
        let live = self
            .reduction
            .as_ref()
            .map_or(Bits::ALL, |reduction| reduction.live(state));
        live.without(&state.messages)
    }

    /// Whether something changes nothing at all where messages stay: neither the server nor what is in flight.
    fn makes_no_difference(&self, state: &State, news: &Bits, server: usize, happening: Happening) -> bool {
        let before = state.servers[server];
        let happened = self.table.servers[server].get(before.into(), happening);
        happened.is_some_and(|happened| {
            happened.next == before && !self.sends[usize::from(happened.sends)].intersects(news)
        })
    }

    /// The steps that lead from a new state only to what was met before it is expanded. It was found by this choice.
    pub(in crate::checker) fn asleep_after(&self, before: &State, choice: Choice) -> StepSet {
        let (server, happening) = match choice {
            Choice::Local(server, local) => (server.index(), Happening::Local(local)),
            Choice::Deliver(delivery) if self.layout.width == 1 => {
                let delivery = self.layout.deliveries[delivery];
                (delivery.server, delivery.arrival)
            }
            Choice::Deliver(_) | Choice::Lose(_) | Choice::Duplicate(_) => return StepSet::EMPTY,
        };
        self.commuting.asleep_after(&self.table, before, server, happening)
    }

    /// The steps that lead to the same states as earlier ones, but for names.
    pub(in crate::checker) fn steps_of_doubles(&self, state: &State) -> StepSet {
        let doubles = self.symmetry.doubles(&self.monitor, state);
        doubles.fold(StepSet::EMPTY, |steps, server| {
            steps.with(self.commuting.steps_of_double(server))
        })
    }

    pub(in crate::checker) fn take(&self, state: &State, choice: Choice) -> Option<(State, Coverage)> {
        self.take_among(&self.others(state), state, choice)
    }

    fn others(&self, state: &State) -> Option<Others> {
        self.reduction.as_ref().map(|reduction| reduction.others(state))
    }

    fn take_among(&self, others: &Option<Others>, state: &State, choice: Choice) -> Option<(State, Coverage)> {
        let (mut next, coverage) = self.take_unreduced(state, choice)?;
        if let (Some(reduction), Some(others)) = (&self.reduction, others) {
            reduction.apply(&self.monitor, others, state, self.server_of(choice), &mut next);
        }
        Some((next, coverage))
    }

    /// To whom it happens.
    fn server_of(&self, choice: Choice) -> usize {
        match choice {
            Choice::Local(server, _) => server.index(),
            Choice::Deliver(delivery) | Choice::Lose(delivery) | Choice::Duplicate(delivery) => {
                self.layout.deliveries[delivery].server
            }
        }
    }

    fn take_unreduced(&self, state: &State, choice: Choice) -> Option<(State, Coverage)> {
        if !state.broken.is_empty() {
            return None;
        }
        let mut next = *state;
        let coverage = match choice {
            Choice::Local(server, local) => {
                self.use_up(&mut next.used, local)?;
                self.happen(&mut next, server.index(), Happening::Local(local))?
            }
            Choice::Deliver(delivery) => {
                self.take_away(&mut next, delivery)?;
                let delivery = self.layout.deliveries[delivery];
                self.happen(&mut next, delivery.server, delivery.arrival)?
            }
            Choice::Lose(delivery) if self.layout.width > 1 => {
                self.take_away(&mut next, delivery)?;
                Coverage::EMPTY
            }
            Choice::Duplicate(delivery) if self.copies(state, delivery) > 0 => {
                let more = next.used.duplications < self.setup.bounds.duplications;
                next.used.duplications = next.used.duplications.saturating_add(1);
                (more && self.add(&mut next, delivery)).then_some(Coverage::EMPTY)?
            }
            Choice::Lose(_) | Choice::Duplicate(_) => return None,
        };
        Some((next, coverage))
    }

    /// Lets something happen to one server, and judges what it made of it.
    fn happen(&self, state: &mut State, server: usize, happening: Happening) -> Option<Coverage> {
        let automaton = &self.table.servers[server];
        let before = usize::from(state.servers[server]);
        let happened = automaton.get(before, happening)?;
        state.servers[server] = happened.next;
        if happened.judged {
            let now = automaton.statuses[usize::from(happened.next)];
            let broken = self.monitor.observe(
                &mut state.elections,
                NodeId::new(server),
                automaton.statuses[before],
                now,
            );
            state.broken = broken.and(self.setup.watched);
        }
        self.send(state, happened)?;
        Some(happened.coverage)
    }

    fn send(&self, state: &mut State, happened: Transition) -> Option<()> {
        if self.layout.width == 1 {
            state.messages = state.messages.or(&self.sends[usize::from(happened.sends)]);
            return Some(());
        }
        let sent = &self.table.sends[usize::from(happened.sends)];
        let fits = |&message: &usize| self.add(state, self.layout.deliveries_of[message]);
        sent.iter().all(fits).then_some(())
    }

    /// Whether the bounds allow one more of this, which is counted.
    fn use_up(&self, used: &mut Used, local: Local) -> Option<()> {
        let bounds = &self.setup.bounds;
        let (counter, bound) = match local {
            Local::Crash => (&mut used.crashes, bounds.crashes),
            Local::Timeout(Timer::Heartbeat) if self.layout.width > 1 => (&mut used.heartbeats, bounds.heartbeats),
            _ => return Some(()),
        };
        let more = *counter < bound;
        *counter = counter.saturating_add(1);
        more.then_some(())
    }

    fn copies(&self, state: &State, delivery: usize) -> u64 {
        let bit = self.layout.deliveries[delivery].bit;
        state.messages.field(bit, self.layout.width)
    }

    /// Takes one copy away where copies are counted. `None` if there is none.
    fn take_away(&self, state: &mut State, delivery: usize) -> Option<()> {
        let copies = self.copies(state, delivery);
        if self.layout.width > 1 && copies > 0 {
            let bit = self.layout.deliveries[delivery].bit;
            state.messages.set_field(bit, self.layout.width, copies - 1);
        }
        (copies > 0).then_some(())
    }

    /// Adds a copy; says whether there was room.
    fn add(&self, state: &mut State, delivery: usize) -> bool {
        let copies = self.copies(state, delivery);
        let bit = self.layout.deliveries[delivery].bit;
        state
            .messages
            .set_field(bit, self.layout.width, (copies + 1).min(COPIES));
        copies < COPIES
    }

    // --- Names for numbers ---

    fn envelope(&self, delivery: usize) -> Envelope {
        self.table.messages.values()[self.layout.deliveries[delivery].message]
    }

    pub(in crate::checker) fn step(&self, choice: Choice) -> Step {
        match choice {
            Choice::Local(server, Local::Timeout(timer)) => Step::Timeout(server, timer),
            Choice::Local(server, Local::Crash) => Step::Crash(server),
            Choice::Local(server, Local::Restart) => Step::Restart(server),
            Choice::Local(server, Local::Transfer(to)) => Step::TransferLeadership(server, to),
            Choice::Deliver(delivery) => Step::Deliver(self.envelope(delivery)),
            Choice::Lose(delivery) => Step::Lose(self.envelope(delivery)),
            Choice::Duplicate(delivery) => Step::Duplicate(self.envelope(delivery)),
        }
    }

    pub(in crate::checker) fn choice(&self, step: Step) -> Option<Choice> {
        let inside = |server: NodeId| (server.index() < self.table.servers.len()).then_some(server);
        let delivery = |envelope| {
            let message = self.table.messages.get(&envelope)?;
            Some(self.layout.deliveries_of[message])
        };
        Some(match step {
            Step::Timeout(server, timer) => Choice::Local(inside(server)?, Local::Timeout(timer)),
            Step::Crash(server) => Choice::Local(inside(server)?, Local::Crash),
            Step::Restart(server) => Choice::Local(inside(server)?, Local::Restart),
            Step::TransferLeadership(from, to) => Choice::Local(inside(from)?, Local::Transfer(inside(to)?)),
            Step::Deliver(envelope) => Choice::Deliver(delivery(envelope)?),
            Step::Lose(envelope) => Choice::Lose(delivery(envelope)?),
            Step::Duplicate(envelope) => Choice::Duplicate(delivery(envelope)?),
        })
    }

    /// One state for all that differ from this one in the names of servers only, and how it was renamed to it.
    pub(in crate::checker) fn canonical(&self, state: &State) -> (State, RenamingNumber) {
        self.symmetry.canonical(&self.monitor, state)
    }

    pub(in crate::checker) fn fingerprint(&self, state: &State) -> u64 {
        state.fingerprint(self.layout.words)
    }

    /// The milestones that the step alone does not show: a split vote, which is a state of all servers together, and what would
    /// happen if messages arrived that states leave out because they make no difference any more.
    pub(in crate::checker) fn coverage_besides(&self, state: &State, choice: Choice) -> Coverage {
        let mut coverage = Coverage::EMPTY;
        let Some((with_all, _)) = self.take_unreduced(state, choice) else {
            return coverage;
        };
        for bit in with_all.messages.iter().filter(|_| self.layout.width == 1) {
            let delivery = self.layout.deliveries[self.layout.at[bit]];
            let receiver = with_all.servers[delivery.server];
            let arrival = self.table.servers[delivery.server].get(receiver.into(), delivery.arrival);
            coverage.extend(arrival.map_or(Coverage::EMPTY, |happened| happened.coverage));
        }
        if self.is_split(&with_all) {
            coverage.insert(Milestone::VoteSplits);
        }
        coverage
    }
}

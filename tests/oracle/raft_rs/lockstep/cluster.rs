//! A cluster of both implementations that go in step.

use std::ops::AddAssign;

use raft::storage::MemStorage;
use raft_playground::raft::{HardState, NodeId, Role, Timer};

use super::{
    both::{Agreement, Both, Cause, Made},
    difference::Uses,
    letter::Letter,
    schedule::{Crash, Event, Pick, Setup, Step},
    theirs,
};

/// More messages than this are not under way; the oldest is lost.
const UNDER_WAY: usize = 48;

/// A server in both implementations.
struct Server {
    id: NodeId,
    our_disk: HardState,
    their_disk: MemStorage,
    /// Whether it has ever run.
    started: bool,
    /// `None` while it is crashed.
    running: Option<Both>,
}

/// What happened over all: a test that reaches nothing shows nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// Steps that had an effect.
    pub steps: u64,
    /// Leaders that were elected.
    pub leaders: u64,
    /// Crashes, in the middle of a step or between two.
    pub crashes: u64,
    /// Differences that were met.
    pub uses: Uses,
}

impl AddAssign for Reached {
    fn add_assign(&mut self, other: Self) {
        self.steps += other.steps;
        self.leaders += other.leaders;
        self.crashes += other.crashes;
        self.uses += other.uses;
    }
}

/// A cluster of both implementations.
pub struct Cluster {
    setup: Setup,
    servers: Vec<Server>,
    under_way: Vec<Letter>,
    reached: Reached,
    /// What happened, for people to read; `None` if nobody wants to.
    story: Option<Vec<String>>,
}

impl Cluster {
    /// A new cluster whose servers have started.
    ///
    /// # Errors
    /// How the implementations disagree.
    pub fn start(setup: Setup, tell: bool) -> Result<Self, String> {
        let server = |id| Server {
            id,
            our_disk: HardState {
                current_term: setup.first_term(),
                ..HardState::default()
            },
            their_disk: theirs::new_disk(setup.size, setup.first_term()),
            started: false,
            running: None,
        };
        let mut cluster = Self {
            setup,
            servers: NodeId::all(usize::from(setup.size)).map(server).collect(),
            under_way: Vec::new(),
            reached: Reached::default(),
            story: tell.then(Vec::new),
        };
        for id in NodeId::all(usize::from(setup.size)) {
            cluster.restart(id, None)?;
        }
        Ok(cluster)
    }

    /// What happened so far.
    pub fn reached(&self) -> Reached {
        self.reached
    }

    /// What happened so far, for people to read.
    pub fn story(&self) -> &[String] {
        self.story.as_deref().unwrap_or_default()
    }

    /// Lets one thing happen.
    ///
    /// # Errors
    /// How the implementations disagree after it.
    pub fn step(&mut self, step: Step) -> Agreement {
        let crash = step.crash;
        match step.event {
            Event::Timeout(from, timer) => self.act(self.with_timer(from, timer), Cause::Timeout(timer), crash),
            Event::Transfer(from, to) => self.act(self.leader(from), Cause::Transfer(to), crash),
            Event::Propose(from) => self.act(self.leader(from), Cause::Propose, crash),
            Event::Deliver(pick) => {
                let letter = self.take(pick);
                self.deliver(letter, crash)
            }
            Event::Duplicate(pick) => {
                let letter = self.picked(pick).map(|index| self.under_way[index].clone());
                self.deliver(letter, crash)
            }
            Event::Lose(pick) => {
                if let Some(letter) = self.take(pick) {
                    self.tell(|| format!("lost: {letter}"));
                }
                Ok(())
            }
            Event::Crash(from) => {
                if let Some(id) = self.first(from, |server| server.running.is_some()) {
                    self.tell(|| format!("{id} crashes"));
                    self.crash(id);
                }
                Ok(())
            }
            Event::Restart(from) => match self.first(from, |server| server.running.is_none()) {
                Some(id) => self.restart(id, crash),
                None => Ok(()),
            },
        }
    }

    fn tell(&mut self, line: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            story.push(line());
        }
    }

    /// The first server from this one on, and round again, that fits.
    fn first(&self, from: NodeId, fits: impl Fn(&Server) -> bool) -> Option<NodeId> {
        let (before, after) = self.servers.split_at(from.index());
        let mut servers = after.iter().chain(before);
        servers.find(|server| fits(server)).map(|server| server.id)
    }

    fn first_running(&self, from: NodeId, fits: impl Fn(&Both) -> bool) -> Option<NodeId> {
        self.first(from, |server| server.running.as_ref().is_some_and(&fits))
    }

    fn with_timer(&self, from: NodeId, timer: Timer) -> Option<NodeId> {
        self.first_running(from, |both| both.ours.is_armed(timer))
    }

    fn leader(&self, from: NodeId) -> Option<NodeId> {
        self.first_running(from, |both| both.ours.view().role == Role::Leader)
    }

    fn picked(&self, pick: Pick) -> Option<usize> {
        let letters = &self.under_way;
        match pick {
            Pick::Oldest => (!letters.is_empty()).then_some(0),
            Pick::Newest => letters.len().checked_sub(1),
            Pick::Nth(number) => number.checked_rem(letters.len()),
            Pick::OldestOf(from, to) => letters.iter().position(|letter| (letter.from, letter.to) == (from, to)),
        }
    }

    fn take(&mut self, pick: Pick) -> Option<Letter> {
        self.picked(pick).map(|index| self.under_way.remove(index))
    }

    fn crash(&mut self, id: NodeId) {
        self.servers[id.index()].running = None;
        self.reached.crashes += 1;
        self.reached.steps += 1;
    }

    fn restart(&mut self, id: NodeId, crash: Option<Crash>) -> Agreement {
        self.reached.steps += 1;
        self.tell(|| format!("{id} starts"));
        let server = &mut self.servers[id.index()];
        let setup = self.setup.of_server(id, server.started);
        server.started = true;
        let (both, made) = Both::start(id, setup, server.our_disk, &server.their_disk)?;
        server.running = Some(both);
        self.finish(id, made, crash)
    }

    fn deliver(&mut self, letter: Option<Letter>, crash: Option<Crash>) -> Agreement {
        let Some(letter) = letter else {
            return Ok(());
        };
        let to = letter.to;
        if self.servers[to.index()].running.is_none() {
            self.tell(|| format!("lost, as its receiver is down: {letter}"));
            return Ok(());
        }
        self.act(Some(to), Cause::Arrival(Box::new(letter)), crash)
    }

    /// Something happens to a server that runs, if there is one that it fits.
    fn act(&mut self, id: Option<NodeId>, cause: Cause, crash: Option<Crash>) -> Agreement {
        let Some(id) = id else {
            return Ok(());
        };
        self.reached.steps += 1;
        let uses = &mut self.reached.uses;
        let both = self.servers[id.index()].running.as_mut().expect("it runs");
        let line = self.story.is_some().then(|| what(id, &cause));
        let made = match both.handle(cause, uses) {
            Ok(made) => made,
            Err(disagreement) => {
                self.story.iter_mut().for_each(|story| story.extend(line.clone()));
                return Err(disagreement);
            }
        };
        if both.ours.view().role == Role::Leader && made.before.view.role != Role::Leader {
            self.reached.leaders += 1;
        }
        let view = both.ours.view();
        self.tell(|| format!("{}; {id} is {view}", what(id, &made.cause)));
        self.finish(id, made, crash)
    }

    /// Writes and sends what a step brought about, unless the server crashes over it.
    fn finish(&mut self, id: NodeId, made: Made, crash: Option<Crash>) -> Agreement {
        if crash == Some(Crash::BeforePersist) {
            self.tell(|| format!("{id} crashes before it writes"));
            self.crash(id);
            return Ok(());
        }
        let server = &mut self.servers[id.index()];
        let both = server.running.as_mut().expect("it runs");
        let letters = both.write(made, &mut server.our_disk, &mut self.reached.uses)?;
        if crash == Some(Crash::BeforeSend) {
            self.tell(|| format!("{id} crashes before it sends"));
            self.crash(id);
            return Ok(());
        }
        self.under_way.extend(letters);
        let too_many = self.under_way.len().saturating_sub(UNDER_WAY);
        self.under_way.drain(..too_many);
        Ok(())
    }
}

fn what(id: NodeId, cause: &Cause) -> String {
    match cause {
        Cause::Start => format!("{id} starts"),
        Cause::Timeout(timer) => format!("{id}: {timer:?} timeout"),
        Cause::Transfer(to) => format!("{id} is asked to hand over to {to}"),
        Cause::Propose => format!("{id} is asked to append to its log"),
        Cause::Arrival(letter) => format!("arrives: {letter}"),
    }
}

//! A path that the checker found as a run with time: the same steps in the same order, one beat apart.
//!
//! The checker knows no time: a message waits until it is delivered, a timer fires when it is told to. Here each message is held
//! for as long as that takes, so that it arrives by itself at its beat, and what is never delivered is lost on its way. The run
//! is one like any other: it can be stepped, forked and shared, and goes on after the last step.

use std::fmt;

use super::{Finding, Scenario, ScenarioId};
use crate::{
    checker::{Envelope, Setup, Step},
    raft::{Decision, Timer},
    sim::{
        Action, Config, Event, EventId, EventKind, LostWhere, MessageId, Micros, Network, Range, ServerAction, Timing,
        World,
    },
};

/// The time between two steps, and how long a message takes at least.
pub const BEAT: Micros = Micros::from_millis(20);

/// Virtual time in a second of the reader's: one step.
pub const PACE: Micros = BEAT;

/// Why a path can't be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unplayable {
    /// The cluster has a size or logs that a simulator does not run.
    Config,
    /// The step with this number, counted from 0, can't be done: the path is none of this set-up.
    Step(usize),
}

impl fmt::Display for Unplayable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config => f.write_str("a simulator can't run such a cluster"),
            Self::Step(number) => write!(f, "step {} can't be played", number + 1),
        }
    }
}

impl std::error::Error for Unplayable {}

/// The run in which the steps of a path happen, with neither title nor words about what to watch. Its last step is at
/// [`end`]`(path)`.
///
/// # Errors
/// If a step can't be done; a path that a search found for this set-up can.
pub fn play(setup: &Setup, path: &[Step]) -> Result<Scenario, Unplayable> {
    let config = config(setup, path);
    let mut rehearsal = Rehearsal::new(config)?;
    for (number, (&step, at)) in path.iter().zip(beats(path)).enumerate() {
        rehearsal.step(step, at).ok_or(Unplayable::Step(number))?;
    }
    Ok(Scenario {
        id: ScenarioId::Own,
        title: String::new(),
        watch: String::new(),
        config,
        seed: 1,
        script: rehearsal.script(),
        pace: PACE,
    })
}

/// When the last step happens.
#[must_use]
pub fn end(path: &[Step]) -> Micros {
    beats(path).last().unwrap_or(Micros::ZERO)
}

/// A step of a run that was found, as it is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlayedStep {
    /// When.
    pub at: Micros,
    /// The event that it begins with.
    pub event: EventId,
    /// What.
    pub step: Step,
    /// What its server decided last because of it, if anything.
    pub decision: Option<Event>,
}

/// The steps of a run that was found, in their order: the path from which [`play`] made it. `None` for any other run, whatever its
/// title says.
#[must_use]
pub fn steps(scenario: &Scenario) -> Option<Vec<PlayedStep>> {
    // More than a search can find, and few enough to run at once.
    const MOST: usize = 200;
    let Finding { steps: count, .. } = Finding::of_title(&scenario.title)?;
    if !(1..=MOST).contains(&count) {
        return None;
    }
    let mut history = scenario.start();
    // Duplicates have no beat of their own, so this is the last step or later. After that all is quiet for longer.
    history.seek(Micros(BEAT.0 * (count as u64 + 1)));
    let mut steps: Vec<PlayedStep> = Vec::new();
    for event in history.happened() {
        if let Some(step) = step_of(event) {
            steps.push(step);
        } else if let (EventKind::Decided(decision), Some(last)) = (event.kind, steps.last_mut()) {
            // That a server which restarts has started goes without saying.
            last.decision = Some(*event).filter(|_| decision != Decision::Started);
        }
    }
    (steps.len() == count).then_some(steps)
}

/// The step that an event is, if it is one and no consequence of one.
fn step_of(event: &Event) -> Option<PlayedStep> {
    // At time 0 the cluster starts.
    let server = event.server.filter(|_| event.at > Micros::ZERO)?;
    let is_on_the_beat = event.at.0.is_multiple_of(BEAT.0);
    let sent_by = |from, message| Envelope {
        from,
        to: server,
        message,
    };
    let step = match event.kind {
        EventKind::Action(Action::Server(server, action)) => match action {
            ServerAction::ForceTimeout => Step::Timeout(server, Timer::Election),
            ServerAction::SendHeartbeats => Step::Timeout(server, Timer::Heartbeat),
            ServerAction::ExpireLeader => Step::Timeout(server, Timer::RecentLeader),
            ServerAction::CheckQuorum => Step::Timeout(server, Timer::CheckQuorum),
            ServerAction::TransferLeadership(to) => Step::TransferLeadership(server, to),
            ServerAction::Kill => Step::Crash(server),
            ServerAction::Start => Step::Restart(server),
            _ => return None,
        },
        EventKind::Delivered { from, message } => Step::Deliver(sent_by(from, message)),
        // What the path never mentions again is lost between two beats.
        EventKind::Lost {
            from,
            message,
            place: LostWhere::Dropped,
        } if is_on_the_beat => Step::Lose(sent_by(from, message)),
        EventKind::Duplicated { to, message, .. } => Step::Duplicate(Envelope {
            from: server,
            to,
            message,
        }),
        _ => return None,
    };
    Some(PlayedStep {
        at: event.at,
        event: event.id,
        step,
        decision: None,
    })
}

/// When each step happens. The network doubles a message as it is sent, at no beat of its own.
fn beats(path: &[Step]) -> impl Iterator<Item = Micros> {
    path.iter().scan(BEAT, |at, step| {
        if !matches!(step, Step::Duplicate(_)) {
            *at = *at + BEAT;
        }
        Some(*at)
    })
}

/// A cluster in which nothing happens by itself before the path is at its end, and that works as the paper wants it afterwards.
fn config(setup: &Setup, path: &[Step]) -> Config {
    let quiet = end(path) + Micros(BEAT.0 * 4);
    Config {
        timing: Timing {
            election_timeout: Range {
                min: Micros(quiet.0 * 2),
                max: Micros(quiet.0 * 4),
            },
            heartbeat_interval: quiet,
        },
        network: Network::delaying(Range { min: BEAT, max: BEAT }),
        rules: setup.rules,
        logs: setup.logs,
        ..Config::paper(setup.bounds.servers)
    }
}

/// What becomes of a message.
#[derive(Clone, Copy)]
struct MessagePath {
    id: MessageId,
    sent_at: Micros,
    fate: PathEnd,
}

#[derive(Clone, Copy)]
enum PathEnd {
    Arrives(Micros),
    /// Lost when the path says so.
    IsLost(Micros),
    /// Never mentioned again on the path.
    Open,
}

/// The path in a network so slow that nothing arrives by itself: it shows which message is meant by which step, so that each can
/// be held for as long as it has to wait.
struct Rehearsal {
    world: World,
    journeys: Vec<MessagePath>,
    done: Vec<(Micros, Action)>,
}

impl Rehearsal {
    fn new(mut config: Config) -> Result<Self, Unplayable> {
        config.network.delay = Range {
            min: Config::LONGEST,
            max: Config::LONGEST,
        };
        let world = World::new(config, 1, &mut ()).map_err(|_| Unplayable::Config)?;
        Ok(Self {
            world,
            journeys: Vec::new(),
            done: Vec::new(),
        })
    }

    /// Takes a step. `None` if it can't be taken.
    fn step(&mut self, step: Step, at: Micros) -> Option<()> {
        self.world.run_until(at, &mut ());
        match step {
            Step::Timeout(server, Timer::Election) => self.act(at, Action::force_timeout(server))?,
            Step::Timeout(server, Timer::Heartbeat) => self.act(at, Action::send_heartbeats(server))?,
            Step::Timeout(server, Timer::RecentLeader) => self.act(at, Action::expire_leader(server))?,
            Step::Timeout(server, Timer::CheckQuorum) => self.act(at, Action::check_quorum(server))?,
            Step::TransferLeadership(leader, to) => self.act(at, Action::transfer_leadership(leader, to))?,
            Step::Crash(server) => self.act(at, Action::kill(server))?,
            Step::Restart(server) => self.act(at, Action::start(server))?,
            Step::Duplicate(envelope) => {
                let id = self.find(envelope)?;
                self.act(at, Action::duplicate_message(id))?;
            }
            Step::Lose(envelope) => {
                let id = self.find(envelope)?;
                self.act(at, Action::drop_message(id))?;
                self.end_journey(id, PathEnd::IsLost(at));
            }
            Step::Deliver(envelope) => {
                let id = self.find(envelope)?;
                // In the run itself it arrives without help.
                self.world.act(Action::deliver_message(id), &mut ()).ok()?;
                self.end_journey(id, PathEnd::Arrives(at));
            }
        }
        self.note_departures(at);
        Some(())
    }

    fn act(&mut self, at: Micros, action: Action) -> Option<()> {
        self.world.act(action, &mut ()).ok()?;
        self.done.push((at, action));
        Some(())
    }

    /// The message under way that says this; of several, the first that was sent.
    fn find(&self, wanted: Envelope) -> Option<MessageId> {
        let found = self.world.in_flight().find(|flight| {
            let envelope = Envelope {
                from: flight.from(),
                to: flight.to(),
                message: flight.message,
            };
            envelope == wanted
        });
        found.map(|flight| flight.id)
    }

    fn end_journey(&mut self, id: MessageId, fate: PathEnd) {
        if let Some(journey) = self.journeys.iter_mut().find(|journey| journey.id == id) {
            journey.fate = fate;
        }
    }

    fn note_departures(&mut self, sent_at: Micros) {
        for flight in self.world.in_flight() {
            if self.journeys.iter().all(|journey| journey.id != flight.id) {
                self.journeys.push(MessagePath {
                    id: flight.id,
                    sent_at,
                    fate: PathEnd::Open,
                });
            }
        }
    }

    /// All that has to be done, in order of time; at one instant, what is done to a message comes after its sending.
    fn script(self) -> Vec<(Micros, Action)> {
        let mut script = self.done;
        script.extend(self.journeys.iter().filter_map(MessagePath::handling));
        // Sorting is stable: what the path does stays before what is done to the messages.
        script.sort_by_key(|(at, _)| *at);
        script
    }
}

impl MessagePath {
    /// The action that makes the message arrive, or get lost, when the path says so, if one is needed.
    fn handling(&self) -> Option<(Micros, Action)> {
        let arrives_by_itself = self.sent_at + BEAT;
        let hold = |until: Micros| {
            let by = until.since(arrives_by_itself);
            (by > Micros::ZERO).then_some((self.sent_at, Action::delay_message(self.id, by)))
        };
        match self.fate {
            PathEnd::Arrives(at) => hold(at),
            // Still under way when it is lost.
            PathEnd::IsLost(at) => hold(at + BEAT),
            PathEnd::Open => Some((self.sent_at + Micros(BEAT.0 / 2), Action::drop_message(self.id))),
        }
    }
}

//! A trial without a trace.

use super::{Experiment, TrialEnding};
use crate::{
    raft::{Decision, MAX_SERVERS, Node, Role, Term},
    sim::{Event, EventId, EventKind, Leadership, Measures, Meter, Micros, Observer, World},
};

/// What came of a trial. All of it is counted from where its leader failed, or its servers started, to where it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrialOutcome {
    /// Which trial it was.
    pub trial: u32,
    /// How long there was no leader that a majority can follow: until there was one, 0 if another was elected before the old one failed,
    /// and `None` if there was none within the limit; or in all, where trials end at the limit.
    pub without_leader: Option<Micros>,
    /// How many terms newer the newest one is.
    pub terms: u32,
    /// How often a server stood for election.
    pub elections: u32,
    /// Terms whose votes were split.
    pub split_votes: u32,
    /// Messages sent.
    pub messages: u32,
    /// Elections that were won, also by a leader that no majority can follow any more.
    pub elected: u32,
}

impl TrialOutcome {
    /// How long the trial took from where it began.
    #[must_use]
    pub fn lasted(&self, experiment: &Experiment) -> Micros {
        match experiment.ending {
            TrialEnding::WithLeader => self.without_leader.unwrap_or(experiment.limit),
            TrialEnding::AtLimit => experiment.limit,
        }
    }
}

/// Counts, and sees when a leader that a majority can follow was elected.
#[derive(Default)]
struct Probe {
    meter: Meter,
    sent: u64,
    /// Role and term of each server as last seen.
    standings: [Option<(Role, Term)>; MAX_SERVERS],
    /// Something has happened that may change who leads: so little does that nobody need ask after every step.
    may_change: bool,
    /// Somebody has won in the step that is being told.
    has_won: bool,
    /// There is a leader.
    is_led: bool,
}

/// What the probe had counted at an instant.
struct ProbeTally {
    measures: Measures,
    sent: u64,
}

impl Probe {
    fn tally(&self, at: Micros) -> ProbeTally {
        ProbeTally {
            measures: self.meter.measures(at),
            sent: self.sent,
        }
    }
}

impl Observer for Probe {
    fn event(&mut self, event: &Event) {
        self.meter.event(event);
        match event.kind {
            EventKind::Sent { .. } => self.sent += 1,
            EventKind::Decided(Decision::ElectionWon { .. }) => self.has_won = true,
            EventKind::Action(_) => self.may_change = true,
            _ => {}
        }
    }

    fn stepped(&mut self, event: EventId, at: Micros, node: &Node) {
        self.meter.stepped(event, at, node);
        let standing = Some((node.role(), node.term()));
        let seen = std::mem::replace(&mut self.standings[node.id().index()], standing);
        self.may_change |= seen != standing;
    }

    fn settled(&mut self, world: &World) {
        if std::mem::take(&mut self.may_change) {
            self.meter.settled(world);
        }
        // Links do not change in a trial once it has begun, and terms only grow: whom no majority can follow as it is elected,
        // none can follow later.
        if std::mem::take(&mut self.has_won) {
            self.is_led = has_leader(world);
        }
    }
}

/// Whether somebody leads whom a majority can follow.
fn has_leader(world: &World) -> bool {
    !Leadership::of(world).leaders().is_empty()
}

impl Experiment {
    /// Runs a trial.
    ///
    /// # Panics
    /// If the experiment is not valid.
    #[must_use]
    pub fn trial(&self, trial: u32) -> TrialOutcome {
        let scenario = self.scenario(trial);
        let mut probe = Probe::default();
        let mut world = World::new(scenario.config, scenario.seed, &mut probe).expect("a valid configuration");
        for (at, action) in scenario.script {
            world.run_until(at, &mut probe);
            // As in a run: what can't be done is passed over.
            let _ = world.act(action, &mut probe);
        }
        let begins_at = world.now();
        let before = probe.tally(begins_at);
        let ends_by = begins_at + self.limit;
        match self.ending {
            TrialEnding::WithLeader => run_to_leader(&mut world, ends_by, &mut probe),
            TrialEnding::AtLimit => world.run_until(ends_by, &mut probe),
        }
        let after = probe.tally(world.now());
        let available = after.measures.available - before.measures.available;
        let without_leader = match self.ending {
            TrialEnding::WithLeader => probe.is_led.then(|| world.now() - begins_at),
            TrialEnding::AtLimit => Some(self.limit - available),
        };
        TrialOutcome {
            without_leader,
            ..counted(trial, &before, &after)
        }
    }
}

/// Goes on until there is a leader that a majority can follow, or to that instant.
fn run_to_leader(world: &mut World, ends_by: Micros, probe: &mut Probe) {
    // Where heartbeats are lost or rare, another may have been elected before the fault.
    probe.is_led = has_leader(world);
    while !probe.is_led {
        let next = EventId(world.next_event().0 + 1);
        if world.run_some(ends_by, next, probe) {
            return;
        }
    }
}

fn counted(trial: u32, before: &ProbeTally, after: &ProbeTally) -> TrialOutcome {
    let grown = |count: fn(&ProbeTally) -> u64| u32::try_from(count(after) - count(before)).unwrap_or(u32::MAX);
    TrialOutcome {
        trial,
        without_leader: None,
        terms: grown(|tally| u64::from(tally.measures.highest_term.0)),
        elections: grown(|tally| tally.measures.elections_started),
        split_votes: grown(|tally| tally.measures.split_votes),
        messages: grown(|tally| tally.sent),
        elected: grown(|tally| tally.measures.elections_won),
    }
}

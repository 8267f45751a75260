//! What came of the decisions: held against the monitor, and against the same run by the rules.

use super::{Duty, DutyRecord};
use crate::{
    raft::{Decision, NodeId, Term},
    short_sort::sorted_by_key,
    sim::{Entry, EventKind, History, Incident, Micros},
};

/// A safety property that was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyDamage {
    /// What, and when.
    pub incident: Incident,
    /// By which decision, counted from 0: with those before it and no later one, it is broken as well.
    pub record: Option<usize>,
}

/// An election that was won.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyWin {
    /// When.
    pub at: Micros,
    /// By whom.
    pub server: NodeId,
    /// In which term.
    pub term: Term,
}

/// The first election that came out in another way than by the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DutyParting {
    /// The one by the rules. `None` if by the rules there is no further one.
    pub by_rules: Option<DutyWin>,
    /// The one in the run that was played. `None` if there is no further one.
    pub played: Option<DutyWin>,
}

/// What came of the decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyOutcome {
    /// How many were right at once.
    pub right_at_once: usize,
    /// How many wrong ones were let stand.
    pub let_stand: usize,
    /// What they broke, each property once, the most important first.
    pub damage: Vec<DutyDamage>,
    /// Where elections went another way.
    pub parting: Option<DutyParting>,
    /// How long there was no leader by the rules, and in the run that was played.
    pub leaderless: [Micros; 2],
}

impl DutyOutcome {
    pub(super) fn of(duty: &Duty, records: &[DutyRecord], played: &History) -> Self {
        let mut by_rules = duty.scenario.start();
        by_rules.seek(played.now());
        let wrong: Vec<usize> = (0..records.len()).filter(|place| !records[*place].is_right()).collect();
        Self {
            right_at_once: records.iter().filter(|record| record.is_right_at_once()).count(),
            let_stand: wrong.len(),
            damage: damage(duty, records, &wrong, played),
            parting: parting(&wins(&by_rules), &wins(played), duty.scenario.config.network.delay.max),
            leaderless: [&by_rules, played].map(|history| history.measures().without_leader),
        }
    }

    /// Whether the run went as by the rules.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.damage.is_empty() && self.parting.is_none()
    }
}

/// All elections that were won.
fn wins(history: &History) -> Vec<DutyWin> {
    let won = history.happened().filter_map(|event| match event.kind {
        EventKind::Decided(Decision::ElectionWon { .. }) => Some(DutyWin {
            at: event.at,
            server: event.server?,
            term: event.term,
        }),
        _ => None,
    });
    won.collect()
}

/// Two victories of one server in one term that are less than a round trip apart are the same: where a message less was sent, those
/// after it have other delays.
fn parting(by_rules: &[DutyWin], played: &[DutyWin], delay: Micros) -> Option<DutyParting> {
    let is_same = |one: DutyWin, other: DutyWin| {
        let apart = one.at.since(other.at).max(other.at.since(one.at));
        (one.server, one.term) == (other.server, other.term) && apart < delay + delay
    };
    (0..by_rules.len().max(played.len())).find_map(|place| {
        let (one, other) = (by_rules.get(place).copied(), played.get(place).copied());
        let same = matches!((one, other), (Some(one), Some(other)) if is_same(one, other));
        (!same).then_some(DutyParting {
            by_rules: one,
            played: other,
        })
    })
}

fn damage(duty: &Duty, records: &[DutyRecord], wrong: &[usize], played: &History) -> Vec<DutyDamage> {
    let mut first: Vec<Incident> = Vec::new();
    for incident in played.incidents() {
        let is_known = |other: &Incident| other.violation.property == incident.violation.property;
        if !first.iter().any(is_known) {
            first.push(*incident);
        }
    }
    let ranked = sorted_by_key(first, |incident| incident.violation.property.rank());
    let blame = |incident: &Incident| {
        wrong
            .iter()
            .copied()
            .find(|place| breaks(duty, records, *place, played, incident))
    };
    let damage = ranked.iter().map(|incident| DutyDamage {
        incident: *incident,
        record: blame(incident),
    });
    damage.collect()
}

/// Whether something is broken in the same way if nothing wrong is done after a decision.
fn breaks(duty: &Duty, records: &[DutyRecord], last: usize, played: &History, incident: &Incident) -> bool {
    let until = records[last].done_at;
    let done = |entry: &&Entry| !entry.scripted && entry.at <= until;
    let mut history = duty.scenario.start();
    for entry in played.journal(played.current()).iter().filter(done) {
        history.seek(entry.at);
        // It was done at this very instant of the same run.
        let _ = history.act(entry.action);
    }
    history.seek(played.now());
    let is_same = |other: &Incident| (other.at, other.violation) == (incident.at, incident.violation);
    history.incidents().iter().any(is_same)
}

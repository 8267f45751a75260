//! What a reader does in a task beside what it asks for.
//!
//! A task says what is to come about, and has a solution; both say what has to be done, and to whom. What follows in the lesson
//! tells of a run in which this was done and nothing else, so whatever else was done is told.

use super::{Condition, LessonTask, Occurrence, OccurrenceKind};
use crate::{
    raft::{NodeId, Role, Rule, Rules},
    sim::{Action, ClusterAction, Effect, Entry, History, Micros, ServerAction, Standing},
};

/// Something that the reader did in a task which does not ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BesideTask {
    /// What.
    pub action: Action,
    /// What the server was just before, if it was done to one that ran.
    pub role: Option<Role>,
    /// The server that it should have been done to, if the task names one, and what that is.
    pub wanted: Option<(NodeId, Option<Role>)>,
}

/// The cluster as it was when a task began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TaskStart {
    /// What is done in the branch.
    journal: Vec<Entry>,
    /// The rules in force.
    rules: Rules,
}

impl TaskStart {
    pub(super) fn of(history: &History) -> Self {
        Self {
            journal: history.journal(history.current()).to_vec(),
            rules: history.world().config().rules,
        }
    }

    /// Whether the reader has done this since.
    pub(super) fn lacks(&self, entry: &Entry) -> bool {
        !entry.scripted && !self.journal.contains(entry)
    }

    /// What the reader has done since, up to the instant that is visited.
    pub(super) fn deeds(&self, history: &History) -> Vec<Entry> {
        let journal = history.journal(history.current()).iter();
        journal
            .filter(|entry| entry.at <= history.now() && self.lacks(entry))
            .copied()
            .collect()
    }

    /// What the reader has done since that the task does not ask for; nothing if the task does not say how it is done.
    pub(super) fn beside(&self, task: &LessonTask, history: &History) -> Vec<BesideTask> {
        let deeds = self.deeds(history);
        if task.solution.is_empty() {
            return Vec::new();
        }
        let last_rules = deeds.iter().rposition(|deed| deed.action.rules().is_some());
        let mut beside: Vec<(usize, Option<NodeId>)> = Vec::new();
        for (place, deed) in deeds.iter().enumerate() {
            let asked = match deed.action.rules() {
                // Only the rules that are in force in the end count.
                Some(rules) if last_rules == Some(place) && !self.may_be(task, rules) => AskedFor::No(None),
                Some(_) => AskedFor::Yes,
                None => judge(task, &deeds[..=place]),
            };
            match asked {
                AskedFor::Yes => {}
                // A server that was crashed without need, and started again, is what it was.
                AskedFor::No(_) if takes_back(&deeds, &beside, deed) => {
                    beside.pop();
                }
                AskedFor::No(wanted) => beside.push((place, wanted)),
            }
        }
        let told = |(place, wanted): (usize, Option<NodeId>)| {
            let deed: &Entry = &deeds[place];
            let before = Micros(deed.at.0.saturating_sub(1));
            BesideTask {
                action: deed.action,
                role: deed.action.server().and_then(|server| role(history, server, before)),
                wanted: wanted.map(|server| (server, role(history, server, deed.at))),
            }
        };
        beside.into_iter().map(told).collect()
    }

    /// Whether rules differ from those at the start only where the solution's do.
    fn may_be(&self, task: &LessonTask, rules: Rules) -> bool {
        let solved = task.solution.iter().rev().find_map(|deed| deed.action.rules());
        let solved = solved.unwrap_or(self.rules);
        let is_meant = |rule: &Rule| {
            [self.rules, solved]
                .iter()
                .any(|meant| meant.get(*rule) == rules.get(*rule))
        };
        Rule::ALL.iter().all(is_meant) && [self.rules.quorum, solved.quorum].contains(&rules.quorum)
    }
}

/// Whether a task asks for something.
enum AskedFor {
    Yes,
    /// It does not; with the server that should have been chosen.
    No(Option<NodeId>),
}

/// Whether the last of these is asked for. Which server is meant says the goal; where it says nothing, the solution says how many.
fn judge(task: &LessonTask, deeds: &[Entry]) -> AskedFor {
    let Some((deed, before)) = deeds.split_last() else {
        return AskedFor::Yes;
    };
    let kind = kind(&deed.action);
    let is_kind = |action: &Action| self::kind(action) == kind;
    let named: Vec<NodeId> = task
        .goal
        .iter()
        .filter_map(named)
        .filter(|(of, _)| *of == kind)
        .map(|(_, server)| server)
        .collect();
    let solved: Vec<_> = task.solution.iter().map(|deed| deed.action).filter(is_kind).collect();
    if solved.is_empty() && named.is_empty() {
        return AskedFor::No(None);
    }
    let (Some(server), true) = (deed.action.server(), matches!(kind, "kill" | "start")) else {
        return AskedFor::Yes;
    };
    let is_free = |action: &Action| action.server().is_some_and(|server| !named.contains(&server));
    let free = solved.iter().filter(|action| is_free(action)).count();
    let taken = before
        .iter()
        .filter(|deed| is_kind(&deed.action) && is_free(&deed.action))
        .count();
    if named.contains(&server) || taken < free {
        return AskedFor::Yes;
    }
    let is_open = |server: &&NodeId| {
        before
            .iter()
            .all(|deed| !is_kind(&deed.action) || deed.action.server() != Some(**server))
    };
    AskedFor::No(named.iter().find(is_open).copied())
}

/// Whether a server starts again that was crashed last without need.
fn takes_back(deeds: &[Entry], beside: &[(usize, Option<NodeId>)], deed: &Entry) -> bool {
    let Some((last, _)) = beside.last() else { return false };
    deed.action == deed.action.server().map_or(deed.action, Action::start)
        && deeds[*last].action.server() == deed.action.server()
        && matches!(deeds[*last].action, Action::Server(_, ServerAction::Kill))
}

/// What is much the same: to crash a server with or without its disk, to cut or to restore links, to let a timer expire.
pub(super) fn kind(action: &Action) -> &'static str {
    match action.effect() {
        Effect::Crash | Effect::Wipe => "kill",
        Effect::Cut => "cut",
        Effect::Mend => "heal",
        _ => match action {
            Action::Server(_, ServerAction::ForceTimeout | ServerAction::SetElectionTimer(_))
            | Action::Cluster(ClusterAction::AlignTimers | ClusterAction::SpreadTimers) => "time-out",
            Action::Message(..) => "message",
            other => other.spelling().word,
        },
    }
}

/// What a condition says has to be done to which server.
fn named(condition: &Condition) -> Option<(&'static str, NodeId)> {
    let Condition::Happened(Occurrence { kind, server, .. }) = *condition else {
        return None;
    };
    match kind {
        OccurrenceKind::Crashes => Some(("kill", server?)),
        OccurrenceKind::Starts => Some(("start", server?)),
        OccurrenceKind::Does(action) => Some((self::kind(&action), action.server()?)),
        _ => None,
    }
}

/// What a server was at an instant, if it ran.
fn role(history: &History, server: NodeId, at: Micros) -> Option<Role> {
    match history.roles().lane_since(server, at).next()?.standing {
        Standing::Runs(role) => Some(role),
        Standing::Stale | Standing::Unsafe => Some(Role::Leader),
        Standing::Down | Standing::Paused => None,
    }
}

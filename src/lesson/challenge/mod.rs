//! Challenges: something to bring about in a run, and who judges whether it was.
//!
//! A [`Challenge`] is a set-up, what may be done to it, and an aim. [`Challenge::judge`] looks at the run alone: at what its reader
//! did and at what happened. So a solution is a run like any other, kept as a link or file, and whoever opens it has it judged
//! again. The set-up says which challenge a run is about.
//!
//! A par says how few actions, or steps, are enough. Where it comes from is a [`ParSource`]; the tests look for less each time.

mod aim;
mod dead_end;
mod setup;
#[cfg(test)]
mod tests;

use self::aim::ChallengeAim;
pub use self::dead_end::DeadEnd;
use crate::{
    raft::{Conformity, NodeId, Protects, Rule, RuleGroup, Rules},
    scenario::Scenario,
    sim::{Action, ClusterAction, Effect, EventId, EventKind, History, MessageAction, Micros, ServerAction},
};

/// A challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// Make S5 the leader, by crashes and restarts alone.
    ElectS5,
    /// Let a vote split by one crash.
    SplitVote,
    /// Keep the cluster without a leader for two seconds by one crash and one cut.
    Leaderless,
    /// Two leaders at once, in different terms.
    TwoLeaders,
    /// Make a stale leader step down.
    StepDown,
    /// Stop S3 from ever winning without touching it, while the others can still elect a leader.
    NeverS3,
    /// Calm an outage with rules of the thesis, before it gets worse.
    CalmOutage,
    /// Break safety where this rule is off.
    Break(Rule),
}

/// How few actions, or steps, are enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Par {
    /// So many.
    pub count: usize,
    /// How that is known.
    pub source: ParSource,
}

/// How a par is known, and what it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParSource {
    /// Actions. Nothing is solved with none.
    OneIsLeast,
    /// Actions. The simulator has tried all that is fewer, at each instant at which something happens.
    Simulator,
    /// Steps, as the exhaustive search counts them: timers that fire, messages that arrive, crashes, restarts.
    Search,
}

/// What a run is worth as a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChallengeVerdict {
    /// It is none of this challenge: it started from something else.
    OtherRun,
    /// Not solved, so far.
    Open,
    /// Something was done before it was solved that this challenge does not allow.
    Spoiled {
        /// When.
        at: Micros,
        /// What.
        action: Action,
    },
    /// Solved.
    Solved {
        /// When.
        at: Micros,
        /// In so many actions, or steps, as its par counts them.
        count: usize,
    },
}

/// S3.
const S3: NodeId = NodeId::new(2);
/// S5.
const S5: NodeId = NodeId::new(4);

impl Challenge {
    /// All of them, the easier first.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let first = [
            Self::ElectS5,
            Self::TwoLeaders,
            Self::StepDown,
            Self::SplitVote,
            Self::NeverS3,
            Self::Leaderless,
            Self::CalmOutage,
        ];
        let groups = RuleGroup::ALL.iter().flat_map(|group| group.rules());
        let rules = groups.filter(|rule| rule.protects() == Protects::Safety);
        first.into_iter().chain(rules.map(|rule| Self::Break(*rule))).collect()
    }

    /// Its name in files and in what is kept of its reader's solutions. Never changes.
    #[must_use]
    pub fn slug(self) -> String {
        match self {
            Self::ElectS5 => "elect-s5".to_owned(),
            Self::SplitVote => "split-vote".to_owned(),
            Self::Leaderless => "leaderless".to_owned(),
            Self::TwoLeaders => "two-leaders".to_owned(),
            Self::StepDown => "step-down".to_owned(),
            Self::NeverS3 => "never-s3".to_owned(),
            Self::CalmOutage => "calm-outage".to_owned(),
            Self::Break(rule) => format!("break-{}", rule.slug()),
        }
    }

    /// The challenge with this name.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::all().into_iter().find(|challenge| challenge.slug() == slug)
    }

    /// The challenge that a run started as, if it started as one.
    #[must_use]
    pub fn of(history: &History) -> Option<Self> {
        Self::all().into_iter().find(|challenge| challenge.is_of(history))
    }

    /// What it starts from.
    #[must_use]
    pub fn scenario(self) -> Scenario {
        setup::scenario(self)
    }

    /// How few actions, or steps, are enough.
    #[must_use]
    pub const fn par(self) -> Par {
        let (count, source) = match self {
            Self::ElectS5 | Self::SplitVote | Self::TwoLeaders | Self::StepDown | Self::NeverS3 => {
                (1, ParSource::OneIsLeast)
            }
            Self::Leaderless | Self::CalmOutage => (2, ParSource::Simulator),
            Self::Break(rule) => (setup::steps(rule), ParSource::Search),
        };
        Par { count, source }
    }

    /// Whether a run is one of this challenge.
    fn is_of(self, history: &History) -> bool {
        let scenario = self.scenario();
        if *history.started_with() != scenario.config || history.world().seed() != scenario.seed {
            return false;
        }
        let journal = history.journal(history.current()).iter();
        let scripted = journal
            .filter(|entry| entry.scripted)
            .map(|entry| (entry.at, entry.action));
        scripted.eq(scenario.script)
    }

    /// Judges a run, up to the instant that is visited.
    #[must_use]
    pub fn judge(self, history: &History) -> ChallengeVerdict {
        if !self.is_of(history) {
            return ChallengeVerdict::OtherRun;
        }
        let deeds = deeds(history);
        let solved = self.aim().reached(history);
        let banned = self.first_banned(&deeds);
        match (solved, banned) {
            (solved, Some((at, action))) if solved.is_none_or(|(solved_at, _)| at <= solved_at) => {
                ChallengeVerdict::Spoiled { at, action }
            }
            (Some((at, event)), _) => ChallengeVerdict::Solved {
                at,
                count: self.count(history, &deeds, (at, event)),
            },
            (None, _) => ChallengeVerdict::Open,
        }
    }

    const fn aim(self) -> ChallengeAim {
        match self {
            Self::ElectS5 => ChallengeAim::Leads(S5),
            Self::SplitVote => ChallengeAim::VoteSplits,
            Self::Leaderless => ChallengeAim::Leaderless(Micros::from_secs(2)),
            Self::TwoLeaders => ChallengeAim::TwoLeaders,
            Self::StepDown => ChallengeAim::StepsDown(S5),
            Self::NeverS3 => ChallengeAim::NeverWins(S3),
            Self::CalmOutage => ChallengeAim::Calm(Micros::from_secs(3)),
            Self::Break(rule) => ChallengeAim::Breaks(setup::property(rule)),
        }
    }

    /// The first deed that is not allowed.
    fn first_banned(self, deeds: &[(Micros, Action)]) -> Option<(Micros, Action)> {
        let mut before: Vec<Action> = Vec::new();
        for &(at, action) in deeds {
            if !self.allows((at, action), &before) {
                return Some((at, action));
            }
            before.push(action);
        }
        None
    }

    /// Whether something may be done, after what was done before.
    fn allows(self, (at, action): (Micros, Action), before: &[Action]) -> bool {
        // Whoever says how one message is answered sets the rules aside for it.
        if matches!(
            action,
            Action::Message(_, MessageAction::Accept | MessageAction::Refuse)
        ) {
            return false;
        }
        let is_crash = |action: &Action| matches!(action, Action::Server(_, ServerAction::Kill));
        let is_cut = |action: &Action| action.effect() == Effect::Cut;
        let changes_rules = action.rules().is_some() || action.is_about_own_rule();
        match self {
            Self::ElectS5 => matches!(action, Action::Server(_, ServerAction::Kill | ServerAction::Start)),
            Self::SplitVote => is_crash(&action) && before.is_empty(),
            Self::Leaderless => {
                let first_of = |kind: &dyn Fn(&Action) -> bool| kind(&action) && !before.iter().any(kind);
                first_of(&is_crash) || first_of(&is_cut)
            }
            Self::TwoLeaders | Self::StepDown => !changes_rules,
            Self::NeverS3 => Self::leaves_alone(action),
            // Extensions of the thesis only, in time: a cluster that breaks the paper's rules is not calmed.
            Self::CalmOutage => {
                let keeps_to_paper = |rules: Rules| rules.conformity() != Conformity::Modified;
                at <= setup::IN_TIME && action.rules().is_some_and(keeps_to_paper)
            }
            Self::Break(_) => {
                let is_unsafe = matches!(
                    action,
                    Action::Server(_, ServerAction::WipeDisk | ServerAction::SetLog(_))
                );
                !changes_rules && !is_unsafe
            }
        }
    }

    /// Whether an action leaves S3, its links and all logs and rules as they are.
    fn leaves_alone(action: Action) -> bool {
        match action {
            Action::Server(_, ServerAction::WipeDisk | ServerAction::SetLog(_)) => false,
            // What a server or a link has of its own says when S3 stands, and who asks it for a vote.
            action if action.is_own_setting() => false,
            // Links of another server lead to S3 as well.
            Action::Server(_, ServerAction::Isolate | ServerAction::Rejoin) => false,
            Action::Server(server, _) => server != S3,
            Action::Link(from, to, _) => from != S3 && to != S3,
            Action::Message(id, _) => id.from != S3 && id.to != S3,
            Action::Cluster(action) => matches!(action, ClusterAction::AlignTimers | ClusterAction::SpreadTimers),
            // A reader names servers.
            Action::Role(..) => false,
        }
    }

    /// What a solution took.
    fn count(self, history: &History, deeds: &[(Micros, Action)], (at, event): (Micros, EventId)) -> usize {
        match self.par().source {
            ParSource::Search => steps_until(history, event),
            ParSource::OneIsLeast | ParSource::Simulator => deeds.iter().filter(|(done, _)| *done <= at).count(),
        }
    }
}

/// What the reader has done up to now, without what had no effect.
fn deeds(history: &History) -> Vec<(Micros, Action)> {
    let (branch, now) = (history.current(), history.now());
    let journal = history.journal(branch).iter().enumerate();
    let done = journal
        .filter(|(place, entry)| !entry.scripted && entry.at <= now && history.refusal(branch, *place).is_none());
    done.map(|(_, entry)| (entry.at, entry.action)).collect()
}

/// Steps up to an event, that one included, as the exhaustive search takes them.
fn steps_until(history: &History, last: EventId) -> usize {
    let is_step = |kind: &EventKind| match kind {
        EventKind::TimerFired(_) | EventKind::Delivered { .. } | EventKind::Duplicated { .. } => true,
        EventKind::Action(Action::Server(_, action)) => {
            matches!(
                action,
                ServerAction::Kill | ServerAction::Start | ServerAction::TransferLeadership(_)
            )
        }
        _ => false,
    };
    // At time 0 the cluster starts.
    let events = history
        .happened()
        .filter(|event| event.at > Micros::ZERO && event.id <= last);
    events.filter(|event| is_step(&event.kind)).count()
}

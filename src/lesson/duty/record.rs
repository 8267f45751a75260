//! What S3 did: by decision, and by itself.

use super::{DutyChoice, DutyMoment, PLAYED};
use crate::{
    raft::{Decision, IgnoredReply, NodeId, NodeSet, Term, Timer},
    sim::{Action, Event, EventKind, Micros, ServerAction},
};

/// A decision that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRecord {
    /// What was to be decided.
    pub moment: DutyMoment,
    /// What was said first.
    pub first: DutyChoice,
    /// What S3 did.
    pub done: DutyChoice,
    /// When it did it: a wrong decision comes a moment before what it is about.
    pub done_at: Micros,
}

impl DutyRecord {
    /// Whether S3 did what the rules do.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.done == self.moment.right
    }

    /// Whether that was said at once.
    #[must_use]
    pub fn is_right_at_once(&self) -> bool {
        self.is_right() && self.first == self.done
    }
}

/// What S3 did by itself since the decision before, where nothing was to be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DutyNotes {
    /// The last vote that it gave.
    pub voted: Option<(NodeId, Term)>,
    /// The last term that it stood in.
    pub stood: Option<Term>,
    /// The term that it won.
    pub won: Option<Term>,
    /// Heartbeats that it accepted.
    pub heartbeats: u32,
    /// Of whom, the last.
    pub leader: Option<NodeId>,
    /// How often it sent heartbeats.
    pub rounds: u32,
    /// Who refused it a vote.
    pub refused: NodeSet,
    /// Whose votes came when it no longer stood for election.
    pub late: NodeSet,
    /// Whether it crashed and started again from its disk.
    pub restarted: bool,
}

impl DutyNotes {
    pub(super) fn hear(&mut self, event: &Event) {
        if event.server != Some(PLAYED) {
            return;
        }
        match event.kind {
            EventKind::Decided(Decision::HeartbeatAccepted { from, .. }) => {
                self.heartbeats += 1;
                self.leader = Some(from);
            }
            EventKind::Decided(Decision::VoteGranted { to, term, .. }) => self.voted = Some((to, term)),
            EventKind::Decided(Decision::ElectionStarted { term }) => self.stood = Some(term),
            EventKind::Decided(Decision::ElectionWon { .. }) => self.won = Some(event.term),
            EventKind::TimerFired(Timer::Heartbeat) => self.rounds += 1,
            EventKind::Decided(Decision::VoteRefused { from }) => {
                self.refused.insert(from);
            }
            EventKind::Decided(Decision::ReplyIgnored {
                from,
                why: IgnoredReply::NotCandidate,
            }) => {
                self.late.insert(from);
            }
            EventKind::Action(Action::Server(_, ServerAction::Start)) if event.at > Micros::ZERO => {
                self.restarted = true;
            }
            _ => {}
        }
    }
}

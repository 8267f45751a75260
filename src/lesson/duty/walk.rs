//! The way through a duty: which decision stands, what became of those before it, and the run that they made.

use super::{Duty, DutyChoice, DutyMoment, DutyNotes, DutyOutcome, DutyRecord, DutyTrigger, moment, slip};
use crate::{
    raft::{Message, Role},
    scenario::Run,
    sim::{EventId, History, Micros},
};

/// A reader's way through a duty.
#[derive(Clone, Debug)]
pub struct DutyWalk {
    duty: Duty,
    history: History,
    moment: Option<DutyMoment>,
    notes: DutyNotes,
    /// The wrong decision that was taken, until it is taken back or let stand.
    slip: Option<DutyChoice>,
    /// What was said first of the decision that stands.
    first: Option<DutyChoice>,
    records: Vec<DutyRecord>,
}

impl DutyWalk {
    /// Before the first decision.
    #[must_use]
    pub fn new(duty: Duty) -> Self {
        let mut walk = Self {
            history: duty.scenario.start(),
            duty,
            moment: None,
            notes: DutyNotes::default(),
            slip: None,
            first: None,
            records: Vec::new(),
        };
        walk.go_on();
        walk
    }

    /// What is played.
    #[must_use]
    pub const fn duty(&self) -> &Duty {
        &self.duty
    }

    /// The decision that stands; `None` once the last is taken.
    #[must_use]
    pub const fn moment(&self) -> Option<&DutyMoment> {
        self.moment.as_ref()
    }

    /// What S3 did by itself before it.
    #[must_use]
    pub const fn notes(&self) -> DutyNotes {
        self.notes
    }

    /// The wrong decision that was taken, until it is taken back or let stand.
    #[must_use]
    pub const fn slip(&self) -> Option<DutyChoice> {
        self.slip
    }

    /// Whether nothing wrong has been said of what is to be decided now.
    #[must_use]
    pub const fn is_first_try(&self) -> bool {
        self.first.is_none()
    }

    /// The decisions that were taken.
    #[must_use]
    pub fn records(&self) -> &[DutyRecord] {
        &self.records
    }

    /// Takes a decision. A right one is done; says whether it is. `None` if it is none of those that are offered now.
    pub fn decide(&mut self, choice: DutyChoice) -> Option<bool> {
        let moment = self.moment.as_ref().filter(|moment| moment.offers(choice))?;
        if self.slip.is_some() {
            return None;
        }
        let (is_right, at) = (moment.right == choice, moment.at);
        self.first.get_or_insert(choice);
        if is_right {
            self.history.seek(at);
            self.note(choice, at);
        } else {
            self.slip = Some(choice);
        }
        Some(is_right)
    }

    /// Takes a wrong decision back: the same is to be decided again.
    pub fn take_back(&mut self) {
        self.slip = None;
    }

    /// Lets a wrong decision stand: S3 does it, and the run goes on. Says whether there was one that can be done.
    pub fn let_stand(&mut self) -> bool {
        let (Some(moment), Some(choice)) = (&self.moment, self.slip) else {
            return false;
        };
        let Some(deeds) = slip::deeds(&self.history, moment, choice) else {
            return false;
        };
        for action in deeds {
            // All of it was tried.
            let _ = self.history.act(action);
        }
        self.slip = None;
        self.note(choice, self.history.now());
        true
    }

    fn note(&mut self, done: DutyChoice, done_at: Micros) {
        if let Some(moment) = self.moment.take() {
            let first = self.first.take().unwrap_or(done);
            self.records.push(DutyRecord {
                moment,
                first,
                done,
                done_at,
            });
        }
        self.go_on();
    }

    /// Runs until just before the next decision.
    fn go_on(&mut self) {
        self.notes = DutyNotes::default();
        let mut heard = self.history.world().next_event();
        while self.records.len() < Duty::MOST
            && let Some(next) = self.history.next_instant().filter(|next| *next <= self.duty.asks_until)
        {
            let asked = moment::next(&self.history, next)
                .filter(|moment| next >= self.duty.asks_from && !self.is_known(moment));
            if let Some(moment) = asked {
                let before = Micros(next.0.saturating_sub(1));
                self.history.seek(before.max(self.history.now()));
                self.moment = Some(moment);
                return;
            }
            self.history.seek(next);
            self.hear(&mut heard);
        }
    }

    /// Whether a follower has decided already what to do about heartbeats of this server and term.
    fn is_known(&self, moment: &DutyMoment) -> bool {
        let heartbeat = |moment: &DutyMoment| match moment.trigger {
            DutyTrigger::Message {
                id,
                message: Message::AppendEntries { term },
            } if moment.node.role() == Role::Follower => Some((id.from, term, moment.right)),
            _ => None,
        };
        heartbeat(moment).is_some_and(|this| {
            self.records
                .iter()
                .any(|record| heartbeat(&record.moment) == Some(this))
        })
    }

    fn hear(&mut self, heard: &mut EventId) {
        let next = self.history.world().next_event();
        for event in self.history.trace().range(*heard, next) {
            self.notes.hear(event);
        }
        *heard = next;
    }

    /// The run that the decisions made, up to its end.
    pub(super) fn played(&self) -> History {
        let mut history = self.history.clone();
        history.seek(self.duty.ends.max(history.now()));
        history
    }

    /// The run that the decisions made, with a title, at its end.
    #[must_use]
    pub fn run(&self, title: String) -> Run {
        let mut run = Run::of(&self.duty.scenario, &self.played());
        run.title = title;
        run
    }

    /// What came of the decisions.
    #[must_use]
    pub fn outcome(&self) -> DutyOutcome {
        DutyOutcome::of(&self.duty, &self.records, &self.played())
    }
}

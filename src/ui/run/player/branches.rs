//! What a player does with the branches of its run, and with the runs before it.

use std::{collections::VecDeque, ops::Range};

use crate::ui::run::player::Player;
use crate::{
    scenario::Run,
    sim::{Action, BranchId, BranchInfo, ClusterAction, Entry, Event, EventId, EventKind, History, Micros, Refused},
    ui::run::comparison::Comparison,
};

/// Something that is done with branches or earlier runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BranchChange {
    /// To an instant of a branch, the one shown if none is given, or to the branch's end if that is earlier.
    Visit(BranchId, Option<Micros>),
    /// To the end of a branch.
    ToEnd(BranchId),
    /// Another name.
    Rename(BranchId, String),
    /// Delete it; not the one that the reader is in.
    Delete(BranchId),
    /// Beside the one that the reader is in.
    Compare(BranchId),
    /// Show one ring again.
    StopComparing,
    /// What if this action of the journal had not been done?
    LeaveOut(usize),
    /// What if this had been done in its place?
    Instead(usize, Action),
    /// What if this was done now?
    Do(Action),
    /// What if the actions that these events are had not been done?
    Undo(Vec<EventId>),
    /// What if the message behind this event had been lost?
    Lose(EventId),
    /// To an earlier run.
    Reopen(usize),
}

/// The earlier runs in which the reader did something, the last one first.
#[derive(Clone, Debug, Default)]
pub(super) struct Earlier(VecDeque<Run>);

impl Earlier {
    /// How many runs are kept.
    const MOST: usize = 10;

    /// Keeps a run if its reader did or noted anything in it.
    fn keep(&mut self, player: &Player) {
        if player.history.is_touched() || !player.notes.is_empty() {
            self.put(player.run());
        }
    }

    fn put(&mut self, run: Run) {
        self.forget(&run);
        self.0.push_front(run);
        self.0.truncate(Self::MOST);
    }

    /// A run that is on screen is no earlier one.
    pub(super) fn forget(&mut self, run: &Run) {
        self.0.retain(|kept| kept != run);
    }
}

impl BranchChange {
    /// Whether two futures may be shown afterwards that were not before.
    #[must_use]
    pub const fn may_begin_to_compare(&self) -> bool {
        match self {
            Self::Compare(_) | Self::LeaveOut(_) | Self::Instead(..) | Self::Do(_) | Self::Undo(_) | Self::Lose(_) => {
                true
            }
            Self::Visit(..)
            | Self::ToEnd(_)
            | Self::Rename(..)
            | Self::Delete(_)
            | Self::StopComparing
            | Self::Reopen(_) => false,
        }
    }
}

impl Player {
    /// The other future beside the one shown, if two are compared.
    #[must_use]
    pub fn comparison(&self) -> Option<&Comparison> {
        self.comparison.as_deref()
    }

    /// The two branches that are compared, the one that the reader is in last.
    #[must_use]
    pub fn compared_branches(&self) -> Option<[&BranchInfo; 2]> {
        let comparison = self.comparison()?;
        let about = |branch| self.history.branch_info(branch);
        Some([about(comparison.there())?, about(comparison.here())?])
    }

    /// The runs before this one in which the reader did something, the last one first.
    pub fn earlier(&self) -> impl ExactSizeIterator<Item = &Run> {
        self.earlier.0.iter()
    }

    /// Lists a run of an earlier visit as the first of those before this one.
    pub fn list_earlier(&mut self, run: Run) {
        self.earlier.put(run);
    }

    /// Whether an event does not happen in the other future; `false` if none is shown.
    #[must_use]
    pub fn differs(&self, event: EventId) -> bool {
        self.comparison()
            .is_some_and(|comparison| comparison.differs_here(event))
    }

    /// Does something with branches. What opens a future beside another shows both.
    ///
    /// # Errors
    /// Why an action can't be done; then nothing has changed.
    pub fn change_branches(&mut self, change: &BranchChange) -> Result<(), Refused> {
        let left = match *change {
            BranchChange::Visit(branch, at) => {
                self.visit(branch, at);
                None
            }
            BranchChange::ToEnd(branch) => {
                self.history.switch_to(branch);
                None
            }
            BranchChange::Rename(branch, ref name) => {
                self.history.rename(branch, name.trim());
                self.revision += 1;
                return Ok(());
            }
            BranchChange::Delete(branch) => {
                self.hand_notes_on(branch);
                self.history.delete(branch);
                None
            }
            BranchChange::Compare(branch) => Some(branch),
            BranchChange::StopComparing => {
                self.comparison = None;
                None
            }
            BranchChange::Undo(ref events) => self.fork_without_all(&self.whole(&self.places(events))),
            BranchChange::LeaveOut(index) => self.fork_without_all(&self.whole(&[index])),
            BranchChange::Instead(index, action) => match &self.whole(&[index])[..] {
                [] => None,
                gone => Some(self.history.fork_with_instead_of_all(gone, action)?),
            },
            BranchChange::Do(action) => self.history.act_in_fork(action)?.forked_from,
            BranchChange::Lose(event) => self.lose(event)?,
            BranchChange::Reopen(index) => {
                self.reopen(index);
                None
            }
        };
        if let Some(left) = left {
            self.comparison = Comparison::between(&self.history, left).map(Box::new);
        }
        if !matches!(change, BranchChange::Delete(_) | BranchChange::StopComparing) {
            self.playing = false;
        }
        self.moved_elsewhere();
        Ok(())
    }

    fn visit(&mut self, branch: BranchId, at: Option<Micros>) {
        let now = self.history.now();
        let is_beside = self.comparison().is_some_and(|other| other.there() == branch);
        if self.history.branch_info(branch).is_some() {
            self.history.visit(branch, at.unwrap_or(now));
        }
        // It has run so far beside this one.
        if is_beside && at.is_none() {
            self.history.advance(now, Self::MOST_EVENTS);
        }
    }

    /// These places of the journal, in order, each with all that make one partition with it; without those that it does not have.
    fn whole(&self, places: &[usize]) -> Vec<usize> {
        let journal = self.history.journal(self.history.current());
        let mut whole: Vec<usize> = Vec::new();
        for place in places.iter().filter(|place| **place < journal.len()) {
            if whole.last().is_none_or(|last| last < place) {
                whole.extend(one_partition(journal, *place));
            }
        }
        whole
    }

    /// Loses, in a new branch, the message that led to an event. Answers the branch left.
    fn lose(&mut self, event: EventId) -> Result<Option<BranchId>, Refused> {
        let sent = *message_behind(&self.history, event).ok_or(Refused::NoSuchMessage)?;
        let now = self.history.now();
        self.history.seek(sent.at);
        let world = self.history.world();
        let flight = world.in_flight().find(|flight| flight.sent == sent.id);
        let acted = flight.map(|flight| Action::drop_message(flight.id));
        match acted.map(|action| self.history.act_in_fork(action)) {
            Some(acted) => Ok(acted?.forked_from),
            // It arrived at the instant at which it was sent.
            None => {
                self.history.seek(now);
                Err(Refused::NoSuchMessage)
            }
        }
    }

    fn reopen(&mut self, index: usize) {
        if let Some(run) = self.earlier.0.remove(index) {
            // It was recorded here, so it opens.
            let opened = self.open_run(&run);
            debug_assert!(opened.is_ok(), "a run that was kept opens");
        }
    }

    /// The runs that are kept when this one ends.
    pub(super) fn kept(&mut self) -> Earlier {
        let mut earlier = std::mem::take(&mut self.earlier);
        earlier.keep(self);
        earlier
    }

    /// The branch, or what was done in it, has become another.
    pub(super) fn moved_elsewhere(&mut self) {
        self.remainder = 0.0;
        self.pending = 0.0;
        self.revision += 1;
        self.epoch += 1;
        self.compare_anew();
    }

    /// Updates the comparison after an action, or starts it again between the branches that are left.
    pub(super) fn compare_anew(&mut self) {
        let before = self.comparison.take();
        self.comparison = before.and_then(|before| before.anew(&self.history)).map(Box::new);
    }

    /// Lets the other future be where this one is.
    pub(super) fn keep_up(&mut self) {
        let now = self.history.now();
        if let Some(comparison) = &mut self.comparison
            && comparison.go_to(now)
        {
            self.revision += 1;
        }
    }

    /// Whether the comparison has still to be brought to where the run is; frames do that, also while time stands.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.comparison().is_some_and(Comparison::is_behind)
    }

    /// Brings the comparison nearer to where the run is.
    pub(super) fn catch_up(&mut self) {
        if self.is_behind() {
            self.keep_up();
            self.revision += u64::from(!self.is_behind());
        }
    }

    /// When the next thing happens in any of the futures shown.
    pub(super) fn next_instant(&self) -> Option<Micros> {
        let here = self.history.next_instant();
        let there = self.comparison().and_then(|other| other.history().next_instant());
        [here, there].into_iter().flatten().min()
    }

    /// The last instant before now at which something happened in any of the futures shown.
    pub(super) fn previous_instant(&mut self) -> Option<Micros> {
        let there = self.comparison.as_mut().and_then(|other| other.previous_instant());
        self.history.previous_instant().max(there)
    }
}

/// The sending of the message that led to an event, if one did.
#[must_use]
pub fn message_behind(history: &History, event: EventId) -> Option<&Event> {
    /// From a decision to the message that led to it: the decision may follow others.
    const STEPS: usize = 8;
    let trace = history.trace();
    let mut event = trace.get(event)?;
    for _ in 0..STEPS {
        match event.kind {
            EventKind::Sent { .. } | EventKind::Duplicated { .. } => return Some(event),
            EventKind::Delivered { .. } | EventKind::Held { .. } | EventKind::Decided(_) | EventKind::Persisted(_) => {
                event = trace.get(event.cause?)?;
            }
            _ => return None,
        }
    }
    None
}

/// Where in a journal the actions stand that make one partition with the one at this place: a cluster falls into three groups or more by
/// several, at one instant. The place alone, if it is no such action.
#[must_use]
pub fn one_partition(journal: &[Entry], place: usize) -> Range<usize> {
    let one = &journal[place];
    let parts = |entry: &Entry| matches!(entry.action, Action::Cluster(ClusterAction::Partition(_)));
    let is_part = |other: &&Entry| parts(one) && parts(other) && (other.at, other.scripted) == (one.at, one.scripted);
    let before = journal[..place].iter().rev().take_while(is_part).count();
    let after = journal[place + 1..].iter().take_while(is_part).count();
    place - before..place + after + 1
}

/// Where in a branch's journal the action of an event stands.
#[must_use]
pub fn action_of(history: &History, event: EventId) -> Option<usize> {
    let event = history.trace().get(event)?;
    let EventKind::Action(action) = event.kind else {
        return None;
    };
    let branch = history.current();
    (0..history.journal(branch).len()).find(|place| history.was(branch, *place, event.at, action))
}

#[cfg(test)]
mod tests;

//! The branches of a history: how they are made, visited and deleted.

use super::{
    BranchId, BranchInfo, Entry, History, OtherLine,
    replay::{Replay, ReplayLine},
};
use crate::sim::{Action, EventId, Micros, Refused, Trace, World};

/// The result of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acted {
    /// The event of the action.
    pub event: EventId,
    /// The branch that was left because the action changed its past. It is kept.
    pub forked_from: Option<BranchId>,
}

/// The first action in which two branches differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turning {
    /// When it is done.
    pub at: Micros,
    /// What is done then in the one, and not in the other.
    pub one: Option<Entry>,
    /// What is done then in the other, and not in the one.
    pub other: Option<Entry>,
    /// How many more actions of that instant only one of them has.
    pub more: usize,
}

// Which branches there are, and what is done in them.
impl History {
    /// The branches, in the order in which they were made.
    pub fn branches(&self) -> impl ExactSizeIterator<Item = &BranchInfo> {
        self.tree.all().iter()
    }

    /// One branch, if it is there.
    #[must_use]
    pub fn branch_info(&self, branch: BranchId) -> Option<&BranchInfo> {
        self.tree.get(branch)
    }

    /// Whether the reader has done anything in any branch.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        let mut lines = self.branches().map(|about| self.line(about.id));
        lines.any(|line| line.journal != self.script)
    }

    /// All that is done in a branch, by script or reader, in order of time; also what is still to come.
    ///
    /// # Panics
    /// If there is no such branch.
    #[must_use]
    pub fn journal(&self, branch: BranchId) -> &[Entry] {
        &self.line(branch).journal
    }

    /// Why an entry of a branch's [`Self::journal`] had no effect when its time came: by then a script may ask for what can't be
    /// done. `None` if it had an effect, or if the branch has not reached it.
    ///
    /// # Panics
    /// If there is no such branch.
    #[must_use]
    pub fn refusal(&self, branch: BranchId, place: usize) -> Option<Refused> {
        self.line(branch).outcomes.refusal(place)
    }

    /// What an entry of a branch's [`Self::journal`] was when its time came: what is done by role, each of the servers that it concerned
    /// by name. Itself, if nobody had the role, or if the branch has not reached it.
    ///
    /// # Panics
    /// If there is no such branch or no such entry.
    #[must_use]
    pub fn meant(&self, branch: BranchId, place: usize) -> Vec<Action> {
        let ReplayLine { journal, outcomes, .. } = self.line(branch);
        let planned = journal[place].action;
        let concerned = outcomes.concerned(place);
        let mut meant = Vec::new();
        while let Some(action) = planned.upon(concerned, meant.len()) {
            meant.push(action);
        }
        if meant.is_empty() {
            meant.push(planned);
        }
        meant
    }

    /// The same where it was one action, as what had no effect always is; the entry as it was planned where it was several.
    ///
    /// # Panics
    /// If there is no such branch or no such entry.
    #[must_use]
    pub fn meant_as_one(&self, branch: BranchId, place: usize) -> Action {
        match self.meant(branch, place)[..] {
            [only] => only,
            _ => self.journal(branch)[place].action,
        }
    }

    /// Whether this action, done at this instant, was an entry of a branch's [`Self::journal`], or a part of it.
    ///
    /// # Panics
    /// If there is no such branch or no such entry.
    #[must_use]
    pub fn was(&self, branch: BranchId, place: usize, at: Micros, action: Action) -> bool {
        self.journal(branch)[place].at == at && self.meant(branch, place).contains(&action)
    }

    fn line(&self, branch: BranchId) -> &ReplayLine {
        if branch == self.current() {
            &self.replay.line
        } else {
            let other = self.others.iter().find(|other| other.branch == branch);
            &other.expect("a branch that is there").line
        }
    }

    /// The first action in which two branches differ. Up to its instant they are the same, event for event. `None` if the same
    /// is done in both.
    ///
    /// # Panics
    /// If there are no such branches.
    #[must_use]
    pub fn turning(&self, one: BranchId, other: BranchId) -> Option<Turning> {
        let (one, other) = (self.journal(one), self.journal(other));
        let same = |(one, other): &(&Entry, &Entry)| (one.at, one.action) == (other.at, other.action);
        let index = one.iter().zip(other).take_while(same).count();
        let (one, other) = (one.get(index..)?, other.get(index..)?);
        let at = [one.first(), other.first()]
            .into_iter()
            .flatten()
            .map(|entry| entry.at)
            .min()?;
        // Of several that were done at one instant, some may stand in both, in another place.
        let [only_one, only_other] = [(one, other), (other, one)].map(|(here, there)| {
            let then = |entries: &[Entry]| entries.partition_point(|entry| entry.at == at);
            let (here, there) = (&here[..then(here)], &there[..then(there)]);
            let is_only = |entry: &&Entry| there.iter().all(|other| other.action != entry.action);
            here.iter().filter(is_only).copied().collect::<Vec<_>>()
        });
        Some(Turning {
            at,
            one: only_one.first().copied(),
            other: only_other.first().copied(),
            more: only_one.len().saturating_sub(1) + only_other.len().saturating_sub(1),
        })
    }

    /// What is done in one branch and not at the same instant in another one, in order, up to an instant.
    ///
    /// # Panics
    /// If there are no such branches.
    pub fn only_in(&self, one: BranchId, other: BranchId, until: Micros) -> impl Iterator<Item = &Entry> {
        let same_as = |entry: &Entry| (entry.at, entry.action);
        let other = self.journal(other);
        let done = self.journal(one).iter().take_while(move |entry| entry.at <= until);
        done.filter(move |entry| {
            let from = other.partition_point(|other| other.at < entry.at);
            let then = other[from..].iter().take_while(|other| other.at == entry.at);
            then.into_iter().all(|other| same_as(other) != same_as(entry))
        })
    }

    /// A world of a branch before an instant, at which nothing has happened yet, and how many entries of the journal it has
    /// behind it.
    pub(in crate::sim) fn before(&self, branch: BranchId, at: Micros) -> (&World, usize) {
        self.line(branch).before(at)
    }
}

// New branches.
impl History {
    /// Does an action at the instant being visited. In the past of a branch that opens a new branch there; the old one is kept.
    ///
    /// # Errors
    /// Why it can't be done; then nothing has changed.
    pub fn act(&mut self, action: Action) -> Result<Acted, Refused> {
        self.act_in(action, self.now() < self.end())
    }

    /// The same in a new branch, also at the end of one, so that the future without the action can be visited as well.
    ///
    /// # Errors
    /// Why it can't be done; then nothing has changed.
    pub fn act_in_fork(&mut self, action: Action) -> Result<Acted, Refused> {
        self.act_in(action, true)
    }

    fn act_in(&mut self, action: Action, fork: bool) -> Result<Acted, Refused> {
        self.world().allow(action)?;
        let forked_from = fork.then(|| self.fork());
        let event = self.replay.act(action)?;
        Ok(Acted { event, forked_from })
    }

    /// Opens a branch that lacks one action of the current branch's [`Self::journal`] and visits it at the instant of that
    /// action. Everything else that was done is done in it as well, as far as it is possible. Answers the branch left.
    ///
    /// # Panics
    /// If the journal has no such entry.
    pub fn fork_without(&mut self, index: usize) -> BranchId {
        self.fork_without_all(&[index])
    }

    /// The same without several actions, which are given in the order of the journal.
    ///
    /// # Panics
    /// If the journal has no such entry, or none is given.
    pub fn fork_without_all(&mut self, gone: &[usize]) -> BranchId {
        self.fork_changed(gone[0], self.replay.line.without(gone))
    }

    /// The same, with another action done in its place.
    ///
    /// # Errors
    /// Why that can't be done then; then nothing has changed.
    ///
    /// # Panics
    /// If the journal has no such entry.
    pub fn fork_with_instead(&mut self, index: usize, action: Action) -> Result<BranchId, Refused> {
        self.fork_with_instead_of_all(&[index], action)
    }

    /// The same in the place of several actions of one instant, which stand one after the other in the journal.
    ///
    /// # Errors
    /// Why that can't be done then; then nothing has changed.
    ///
    /// # Panics
    /// If the journal has no such entry, or none is given.
    pub fn fork_with_instead_of_all(&mut self, gone: &[usize], action: Action) -> Result<BranchId, Refused> {
        Ok(self.fork_changed(gone[0], self.replay.line.changed(gone, action)?))
    }

    /// Visits a changed line, at the instant of the first entry of this one's journal that is not in it.
    fn fork_changed(&mut self, index: usize, changed: ReplayLine) -> BranchId {
        let at = self.replay.line.journal[index].at;
        let end = self.end();
        let left = self.tree.fork(at, changed.last_checkpoint());
        self.exchange(left, changed);
        self.replay.land_afresh(at);
        // The reader's later actions lie in it; it is as long as the one left.
        self.advance(end, self.replay.memory.opening);
        self.seek(at);
        left
    }

    /// Opens a branch at the instant being visited, with all that the script has still to do. Answers the branch left.
    fn fork(&mut self) -> BranchId {
        let left = self.tree.fork(self.now(), self.now());
        self.exchange(left, self.replay.line.clone());
        self.replay.forget_future();
        left
    }

    /// Visits another line; that of the branch left is kept.
    fn exchange(&mut self, left: BranchId, line: ReplayLine) {
        let line = self.replay.exchange(line);
        self.keep(left, line);
    }

    /// Keeps the line of a branch that is no longer visited.
    fn keep(&mut self, branch: BranchId, line: ReplayLine) {
        self.others.push(OtherLine {
            branch,
            line,
            has_run: true,
        });
    }

    /// Starts again from time 0 with nothing done by the reader. What they did is kept in its branch; a branch in which they
    /// did nothing starts anew itself.
    pub fn restart(&mut self) {
        let is_untouched = |branch: &BranchId| self.journal(*branch) == self.script;
        let others = self.branches().map(|about| about.id);
        let untouched = std::iter::once(self.current()).chain(others).find(is_untouched);
        if let Some(branch) = untouched {
            self.visit(branch, Micros::ZERO);
            self.replay.forget_future();
            self.tree.begin_again();
        } else {
            let left = self.tree.fork(Micros::ZERO, Micros::ZERO);
            self.tree.begin_again();
            let line = self.replay.begin_again(self.script.clone());
            self.keep(left, line);
            self.run_to(Micros::ZERO);
        }
    }
}

// Naming, deleting and visiting branches.
impl History {
    /// Gives a branch a name, which is made of the text by [`BranchInfo::name_of`]. Does nothing if there is no such branch.
    pub fn rename(&mut self, branch: BranchId, name: &str) {
        self.tree.rename(branch, name);
    }

    /// Deletes a branch; those that left it now leave the one that it left. Says whether it did: the current branch stays.
    pub fn delete(&mut self, branch: BranchId) -> bool {
        let removed = self.tree.remove(branch);
        if removed {
            self.others.retain(|other| other.branch != branch);
        }
        removed
    }

    /// Goes to another branch, to the instant where it ends.
    ///
    /// # Panics
    /// If there is no such branch.
    pub fn switch_to(&mut self, branch: BranchId) {
        self.visit(branch, self.tree.expect(branch).end);
    }

    /// Goes to an instant of another branch; to its end if the instant lies beyond.
    ///
    /// # Panics
    /// If there is no such branch.
    pub fn visit(&mut self, branch: BranchId, at: Micros) {
        let end = self.tree.expect(branch).end;
        let mut has_run = true;
        if branch != self.current() {
            let place = self.others.iter().position(|other| other.branch == branch);
            let other = self.others.swap_remove(place.expect("each branch has a line"));
            has_run = other.has_run;
            let left = self.tree.switch_to(branch);
            self.exchange(left, other.line);
        }
        if has_run {
            let at = at.min(end);
            self.replay.land_afresh(at);
            self.run_to(at);
        } else {
            self.run_first(end);
            self.seek(at.min(self.end()));
        }
    }

    /// Runs through the current branch for the first time.
    pub(super) fn run_first(&mut self, end: Micros) {
        self.replay.land_afresh(Micros::ZERO);
        if !self.advance(end, self.replay.memory.opening) {
            self.tree.shorten(self.now());
        }
    }

    /// A history of its own of one of the branches, at the instant being visited or at the branch's end, whichever is first.
    ///
    /// # Panics
    /// If there is no such branch.
    #[must_use]
    pub fn twin(&self, branch: BranchId) -> Self {
        let mut twin = Self {
            tree: self.tree.only(branch),
            replay: Replay {
                line: self.line(branch).clone(),
                snapshot: self.replay.snapshot.clone(),
                trace: Trace::new(self.replay.memory.events),
                ..self.replay
            },
            others: Vec::new(),
            script: self.script.clone(),
        };
        twin.visit(branch, self.now());
        twin
    }
}

//! The branches of a history: how they are made, named, visited and deleted.

use std::rc::Rc;

use super::{Acted, History, Moment};
use crate::sim::{Action, EventId, Micros, Refused, RoleTimeline, Trace, World};

/// An action in the journal of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When it is done.
    pub at: Micros,
    /// What is done. What has become impossible by then is passed over.
    pub action: Action,
    /// Whether the scenario does it, not the reader; a fork keeps those that are still to come.
    pub scripted: bool,
}

impl Entry {
    /// Sorts by time. What a script does at an instant is done before the reader can do anything at it: what comes first of
    /// two at one instant stays first.
    pub(super) fn sort(entries: &mut [Self]) {
        entries.sort_by_key(|entry| entry.at);
    }
}

/// Which branch of a history, counted from 0 in the order in which they were made. Deleting one changes no other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(pub usize);

/// One line of events: a journal, and checkpoints along it.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    pub(super) about: BranchInfo,
    /// In order of time. At one instant, what the script does comes before what the reader does.
    pub(super) journal: Vec<Entry>,
    pub(super) checkpoints: Vec<Rc<Moment>>,
    /// Events between two checkpoints.
    pub(super) spacing: u64,
    pub(super) roles: RoleTimeline,
    /// Whether it has run as far as it says. One from a link has not until it is visited.
    pub(super) has_run: bool,
}

/// What there is to know of a branch without visiting it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchInfo {
    /// Which one.
    pub id: BranchId,
    /// The branch that it left. `None` for a first one, and where the one that it left was such and is deleted.
    pub parent: Option<BranchId>,
    /// When it left it.
    pub forked_at: Micros,
    /// As the reader calls it; empty until they do.
    pub name: String,
    /// How far it has run.
    pub end: Micros,
}

impl BranchInfo {
    /// Characters that a name has at most; what is longer is cut.
    pub const LONGEST_NAME: usize = 60;
}

/// The first action in which two branches differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turning {
    /// When it is done.
    pub at: Micros,
    /// What is done then in the one.
    pub one: Option<Entry>,
    /// What is done then in the other.
    pub other: Option<Entry>,
}

impl Branch {
    /// Keeps a moment; once there are too many, every second one goes and the next come at twice the distance.
    pub(super) fn checkpoint(&mut self, moment: &Moment, most: usize) {
        self.checkpoints.push(Rc::new(moment.clone()));
        if self.checkpoints.len() > most {
            let mut index = 0;
            self.checkpoints.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing *= 2;
        }
    }
}

pub(super) fn branch_of(branches: &[Branch], id: BranchId) -> &Branch {
    let branch = branches.iter().find(|branch| branch.about.id == id);
    branch.expect("a branch that is there")
}

pub(super) fn branch_mut(branches: &mut [Branch], id: BranchId) -> &mut Branch {
    let branch = branches.iter_mut().find(|branch| branch.about.id == id);
    branch.expect("a branch that is there")
}

/// A name no longer than may be.
pub(super) fn bounded(name: &str) -> String {
    name.chars().take(BranchInfo::LONGEST_NAME).collect()
}

// What there is.
impl History {
    /// The branches, in the order in which they were made.
    pub fn branches(&self) -> impl ExactSizeIterator<Item = &BranchInfo> {
        self.branches.iter().map(|branch| &branch.about)
    }

    /// One branch, if it is there.
    #[must_use]
    pub fn branch_info(&self, branch: BranchId) -> Option<&BranchInfo> {
        self.branches().find(|about| about.id == branch)
    }

    /// Whether the reader has done anything in any branch.
    #[must_use]
    pub fn is_touched(&self) -> bool {
        self.branches.iter().any(|branch| branch.journal != self.script)
    }

    /// All that is done in a branch, by script or reader, in order of time; also what is still to come.
    ///
    /// # Panics
    /// If there is no such branch.
    #[must_use]
    pub fn journal(&self, branch: BranchId) -> &[Entry] {
        &branch_of(&self.branches, branch).journal
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
        let (one, other) = (one.get(index).copied(), other.get(index).copied());
        let at = [one, other].into_iter().flatten().map(|entry| entry.at).min()?;
        let then = |entry: &Entry| entry.at == at;
        Some(Turning {
            at,
            one: one.filter(then),
            other: other.filter(then),
        })
    }

    /// A world of a branch before an instant, at which nothing has happened yet, and how many entries of the journal it has
    /// behind it.
    pub(in crate::sim) fn before(&self, branch: BranchId, at: Micros) -> (&World, usize) {
        let checkpoints = &branch_of(&self.branches, branch).checkpoints;
        let later = checkpoints.partition_point(|moment| moment.world.now() < at);
        let moment = &checkpoints[later.saturating_sub(1)];
        (&moment.world, moment.applied)
    }
}

// How one is made.
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
        self.moment.world.allow(action)?;
        let forked_from = fork.then(|| self.fork());
        let entry = Entry {
            at: self.now(),
            action,
            scripted: false,
        };
        let branch = branch_mut(&mut self.branches, self.current);
        branch.journal.insert(self.moment.applied, entry);
        let (world, mut recorder) = super::recorder(&mut self.moment, &mut self.trace, &mut branch.roles);
        let event = world.act(action, &mut recorder)?;
        self.moment.applied += 1;
        Ok(Acted { event, forked_from })
    }

    /// Opens a branch that lacks one action of the current branch's [`Self::journal`] and visits it at the instant of that
    /// action. Everything else that was done is done in it as well, as far as it is possible. Answers the branch left.
    ///
    /// # Panics
    /// If the journal has no such entry.
    pub fn fork_without(&mut self, index: usize) -> BranchId {
        let forked = self.fork_changed(index, None);
        forked.expect("nothing is done that could be refused")
    }

    /// The same, with another action done in its place.
    ///
    /// # Errors
    /// Why that can't be done then; then nothing has changed.
    ///
    /// # Panics
    /// If the journal has no such entry.
    pub fn fork_with_instead(&mut self, index: usize, action: Action) -> Result<BranchId, Refused> {
        self.fork_changed(index, Some(action))
    }

    fn fork_changed(&mut self, index: usize, instead: Option<Action>) -> Result<BranchId, Refused> {
        let mut branch = self.branch().clone();
        let Entry { at, scripted, .. } = branch.journal.remove(index);
        // Nothing before the change is touched: the last moment there is where both branches set out from.
        branch
            .checkpoints
            .retain(|moment| moment.applied <= index && moment.world.now() <= at);
        let start = Rc::clone(branch.checkpoints.last().expect("the start is before everything"));
        branch.roles.truncate(start.world.next_event());
        if let Some(action) = instead {
            let later = branch.journal[index..].iter();
            let beside = later.take_while(|other| scripted && other.scripted && other.at == at);
            let place = index + beside.count();
            start.can_act(action, at, &branch.journal[..place])?;
            let entry = Entry {
                at,
                action,
                scripted: false,
            };
            branch.journal.insert(place, entry);
        }
        let end = self.end();
        let left = self.open(branch, at, start.world.now());
        self.trace.restart(EventId(0));
        self.land(&self.landing(at));
        // The reader's later actions lie in it; it is as long as the one left.
        self.advance(end, self.memory.opening);
        self.seek(at);
        Ok(left)
    }

    /// Opens a branch at the instant being visited, with all that the script has still to do. Answers the branch left.
    fn fork(&mut self) -> BranchId {
        let mut branch = self.branch().clone();
        self.forget_future(&mut branch);
        self.open(branch, self.now(), self.now())
    }

    /// Takes in a branch that leaves the current one, and makes it the current one. Answers the branch left.
    fn open(&mut self, mut branch: Branch, forked_at: Micros, end: Micros) -> BranchId {
        branch.about = BranchInfo {
            id: BranchId(self.next_branch),
            parent: Some(self.current),
            forked_at,
            name: String::new(),
            end,
        };
        self.next_branch += 1;
        let left = std::mem::replace(&mut self.current, branch.about.id);
        self.branches.push(branch);
        left
    }

    /// Lets a branch, and the trace, end at the instant being visited.
    fn forget_future(&mut self, branch: &mut Branch) {
        let (now, applied) = (self.now(), self.moment.applied);
        let mut index = 0;
        branch.journal.retain(|entry| {
            index += 1;
            index <= applied || entry.scripted
        });
        let next_event = self.world().next_event();
        // All that is due now has happened, so a checkpoint of this instant lies in the past, too.
        branch.checkpoints.retain(|moment| moment.world.now() <= now);
        branch.about.end = now;
        branch.roles.truncate(next_event);
        self.trace.truncate(next_event);
    }

    /// Starts again from time 0 with nothing done by the reader. What they did is kept in its branch; a branch in which they
    /// did nothing starts anew itself.
    pub fn restart(&mut self) {
        let untouched = |branch: &&Branch| branch.journal == self.script;
        let current = Some(self.branch()).filter(untouched);
        if let Some(branch) = current.or_else(|| self.branches.iter().find(untouched)) {
            self.visit(branch.about.id, Micros::ZERO);
            let mut branch = self.branch().clone();
            self.forget_future(&mut branch);
            *branch_mut(&mut self.branches, self.current) = branch;
        } else {
            self.seek(Micros::ZERO);
            self.fork();
            let script = self.script.clone();
            let branch = branch_mut(&mut self.branches, self.current);
            branch.about.parent = None;
            branch.journal = script;
            // What the reader did at time 0 is still in the moment, the trace and the role timeline.
            self.begin_again();
        }
    }

    /// Makes the current branch's time 0 anew from its configuration.
    fn begin_again(&mut self) {
        let branch = branch_mut(&mut self.branches, self.current);
        let seed = self.moment.world.seed();
        branch.roles = RoleTimeline::default();
        self.trace.restart(EventId(0));
        let moment = Moment::new(self.config, seed, &mut self.trace, &mut branch.roles);
        self.moment = moment.expect("it was valid before");
        branch.checkpoints = vec![Rc::new(self.moment.clone())];
        self.run_to(Micros::ZERO);
    }
}

// What is done with one.
impl History {
    /// Gives a branch a name, of [`BranchInfo::LONGEST_NAME`] characters at most. Does nothing if there is no such branch.
    pub fn rename(&mut self, branch: BranchId, name: &str) {
        if let Some(branch) = self.branches.iter_mut().find(|other| other.about.id == branch) {
            branch.about.name = bounded(name);
        }
    }

    /// Deletes a branch; those that left it now leave the one that it left. Says whether it did: the current branch stays.
    pub fn delete(&mut self, branch: BranchId) -> bool {
        if branch == self.current {
            return false;
        }
        let Some(position) = self.branches.iter().position(|other| other.about.id == branch) else {
            return false;
        };
        let deleted = self.branches.remove(position).about;
        for other in self.branches.iter_mut().map(|other| &mut other.about) {
            if other.parent == Some(branch) {
                other.parent = deleted.parent;
                // One that had left it later shares with the older one only what both had in common.
                other.forked_at = other.forked_at.min(deleted.forked_at);
            }
        }
        true
    }

    /// Goes to another branch, to the instant where it ends.
    ///
    /// # Panics
    /// If there is no such branch.
    pub fn switch_to(&mut self, branch: BranchId) {
        let end = branch_of(&self.branches, branch).about.end;
        self.visit(branch, end);
    }

    /// Goes to an instant of another branch; to its end if the instant lies beyond.
    ///
    /// # Panics
    /// If there is no such branch.
    pub fn visit(&mut self, branch: BranchId, at: Micros) {
        let Branch { about, has_run, .. } = branch_of(&self.branches, branch);
        let (end, has_run) = (about.end, *has_run);
        self.current = branch;
        self.trace.restart(EventId(0));
        if has_run {
            let at = at.min(end);
            self.land(&self.landing(at));
            self.run_to(at);
        } else {
            self.land(&self.landing(Micros::ZERO));
            let arrived = self.advance(end, self.memory.opening);
            let now = self.now();
            let branch = branch_mut(&mut self.branches, branch);
            branch.has_run = true;
            if !arrived {
                branch.about.end = now;
            }
            self.seek(at.min(self.end()));
        }
    }

    /// A history of its own of one of the branches, at the instant being visited or at the branch's end, whichever is first.
    ///
    /// # Panics
    /// If there is no such branch.
    #[must_use]
    pub fn twin(&self, branch: BranchId) -> Self {
        let mut twin = Self {
            branches: vec![branch_of(&self.branches, branch).clone()],
            current: branch,
            moment: self.moment.clone(),
            trace: Trace::new(self.memory.events),
            script: self.script.clone(),
            ..*self
        };
        twin.visit(branch, self.now());
        twin
    }
}

impl Moment {
    /// Whether an action can be done at an instant, after all that a journal has done by then.
    fn can_act(&self, action: Action, at: Micros, journal: &[Entry]) -> Result<(), Refused> {
        let mut trace = Trace::new(1);
        trace.restart(self.world.next_event());
        let mut moment = self.clone();
        moment.run(at, EventId(u64::MAX), journal, &mut trace, &mut RoleTimeline::default());
        moment.world.allow(action)
    }
}

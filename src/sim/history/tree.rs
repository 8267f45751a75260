//! The tree of branches: which there are, which one left which and when, and which one is current. It knows nothing of what
//! happens in them.

use crate::sim::Micros;

/// Which branch of a history, counted from 0 in the order in which they were made. Deleting one changes no other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BranchId(pub usize);

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

    /// A text as a name: in one line, with single spaces, and no longer than may be. A name stays as it is.
    #[must_use]
    pub fn name_of(text: &str) -> String {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let cut: String = words.chars().take(Self::LONGEST_NAME).collect();
        cut.trim_end().to_owned()
    }

    /// A branch that left none.
    const fn first() -> Self {
        Self {
            id: BranchId(0),
            parent: None,
            forked_at: Micros::ZERO,
            name: String::new(),
            end: Micros::ZERO,
        }
    }
}

/// All branches; at least one.
#[derive(Clone, Debug)]
pub(super) struct BranchTree {
    /// In the order in which they were made.
    branches: Vec<BranchInfo>,
    current: BranchId,
    /// The branch that will be made next.
    next: usize,
}

impl BranchTree {
    /// One branch.
    pub(super) fn new() -> Self {
        Self::of(vec![BranchInfo::first()], BranchId(0))
    }

    /// These branches, in the order in which they were made.
    pub(super) fn of(branches: Vec<BranchInfo>, current: BranchId) -> Self {
        let next = branches.last().map_or(0, |last| last.id.0 + 1);
        Self {
            branches,
            current,
            next,
        }
    }

    /// Only one of the branches, with the same number.
    pub(super) fn only(&self, branch: BranchId) -> Self {
        Self {
            branches: vec![self.expect(branch).clone()],
            current: branch,
            next: self.next,
        }
    }

    pub(super) fn all(&self) -> &[BranchInfo] {
        &self.branches
    }

    pub(super) const fn current(&self) -> BranchId {
        self.current
    }

    pub(super) fn get(&self, branch: BranchId) -> Option<&BranchInfo> {
        self.branches.iter().find(|about| about.id == branch)
    }

    /// # Panics
    /// If there is no such branch.
    pub(super) fn expect(&self, branch: BranchId) -> &BranchInfo {
        self.get(branch).expect("a branch that is there")
    }

    pub(super) fn get_mut(&mut self, branch: BranchId) -> Option<&mut BranchInfo> {
        self.branches.iter_mut().find(|about| about.id == branch)
    }

    /// The current branch.
    pub(super) fn current_mut(&mut self) -> &mut BranchInfo {
        self.get_mut(self.current).expect("the current branch is there")
    }

    /// Lets the current branch end earlier than it did. It has left its parent by then, and what leaves it later than that shares
    /// with it only what is left of it.
    pub(super) fn shorten(&mut self, end: Micros) {
        let current = self.current;
        let about = self.current_mut();
        about.end = end;
        about.forked_at = about.forked_at.min(end);
        for child in self.branches.iter_mut().filter(|other| other.parent == Some(current)) {
            child.forked_at = child.forked_at.min(end);
        }
    }

    /// Lets the current branch begin again at time 0, as a first one.
    pub(super) fn begin_again(&mut self) {
        self.shorten(Micros::ZERO);
        self.current_mut().parent = None;
    }

    /// Opens a branch that leaves the current one, and makes it the current one. Answers the branch left.
    pub(super) fn fork(&mut self, forked_at: Micros, end: Micros) -> BranchId {
        let left = self.current;
        self.current = BranchId(self.next);
        self.next += 1;
        self.branches.push(BranchInfo {
            id: self.current,
            parent: Some(left),
            forked_at,
            name: String::new(),
            end,
        });
        left
    }

    /// Makes another branch the current one. Answers the one left.
    pub(super) fn switch_to(&mut self, branch: BranchId) -> BranchId {
        std::mem::replace(&mut self.current, branch)
    }

    /// Gives a branch a name.
    pub(super) fn rename(&mut self, branch: BranchId, name: &str) {
        if let Some(about) = self.get_mut(branch) {
            about.name = BranchInfo::name_of(name);
        }
    }

    /// Removes a branch; those that left it now leave the one that it left. Says whether it did: the current branch stays.
    pub(super) fn remove(&mut self, branch: BranchId) -> bool {
        let position = self.branches.iter().position(|about| about.id == branch);
        let Some(position) = position.filter(|_| branch != self.current) else {
            return false;
        };
        let removed = self.branches.remove(position);
        for other in self.branches.iter_mut().filter(|other| other.parent == Some(branch)) {
            other.parent = removed.parent;
            // One that had left it later shares with the older one only what both had in common.
            other.forked_at = other.forked_at.min(removed.forked_at);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fork_is_current_and_no_number_comes_twice() {
        let mut tree = BranchTree::new();
        assert_eq!(tree.fork(Micros(5), Micros(5)), BranchId(0));
        assert_eq!(tree.current(), BranchId(1));
        assert_eq!(tree.switch_to(BranchId(0)), BranchId(1));
        assert!(tree.remove(BranchId(1)));
        assert_eq!(tree.fork(Micros(7), Micros(9)), BranchId(0));
        let forked = tree.expect(BranchId(2));
        assert_eq!(
            (forked.parent, forked.forked_at, forked.end),
            (Some(BranchId(0)), Micros(7), Micros(9))
        );
        assert_eq!(tree.all().len(), 2);
    }

    #[test]
    fn what_left_a_removed_branch_leaves_its_parent() {
        let mut tree = BranchTree::new();
        tree.fork(Micros(5), Micros(5));
        tree.fork(Micros(8), Micros(8));
        assert!(!tree.remove(BranchId(2)), "the current one stays");
        assert!(!tree.remove(BranchId(3)), "there is none");
        assert!(tree.remove(BranchId(1)));
        let about = tree.expect(BranchId(2));
        assert_eq!((about.parent, about.forked_at), (Some(BranchId(0)), Micros(5)));
        assert!(tree.remove(BranchId(0)));
        assert_eq!(tree.expect(BranchId(2)).parent, None);
    }

    #[test]
    fn a_name_is_cut_between_characters() {
        let mut tree = BranchTree::new();
        tree.rename(BranchId(0), &"é".repeat(100));
        assert_eq!(tree.expect(BranchId(0)).name, "é".repeat(BranchInfo::LONGEST_NAME));
        tree.rename(BranchId(0), &format!("{} b", "a".repeat(59)));
        assert_eq!(tree.expect(BranchId(0)).name, "a".repeat(59));
        tree.rename(BranchId(7), "nobody");
    }

    #[test]
    fn one_branch_alone_keeps_its_number_and_is_followed_by_new_ones() {
        let mut tree = BranchTree::new();
        tree.fork(Micros(5), Micros(5));
        let mut only = tree.only(BranchId(0));
        assert_eq!((only.all().len(), only.current()), (1, BranchId(0)));
        only.fork(Micros(6), Micros(6));
        assert_eq!(only.current(), BranchId(2));
    }
}

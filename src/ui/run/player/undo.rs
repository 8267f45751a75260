//! How the reader takes back what they did.

use crate::{
    sim::{Action, BranchId, Entry, EventId, Micros},
    ui::run::player::{Player, action_of},
};

/// What was taken back, and can be done again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Undone {
    /// The branch in which it is done.
    with: BranchId,
    /// The branch without it, and how many actions that had.
    without: (BranchId, usize),
}

/// What the reader did with one press, where that was more than one action.
pub(super) type Deed = Vec<(Micros, Action)>;

impl Player {
    /// Remembers that these actions, done a moment ago, were one thing to the reader.
    pub fn were_one_deed(&mut self, actions: &[Action]) {
        let now = self.history.now();
        if actions.len() > 1 {
            self.deeds.push(actions.iter().map(|action| (now, *action)).collect());
        }
    }

    /// Whether the reader has done anything up to the instant shown.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        !self.last_deed().is_empty()
    }

    /// Takes back what the reader did last, up to the instant shown: the run is then what it would have been without it, at the
    /// same instant, in a branch of its own. Answers what that was; nothing if there was nothing.
    pub fn undo(&mut self) -> Vec<Action> {
        self.take_back(&self.last_deed())
    }

    /// The same with what these events did, whenever that was.
    pub fn undo_events(&mut self, events: &[EventId]) -> Vec<Action> {
        self.take_back(&self.places(events))
    }

    /// The same with all entries of the journal that fit, whenever that was.
    pub fn undo_all(&mut self, fits: impl Fn(&Entry) -> bool) -> Vec<Action> {
        let journal = self.history.journal(self.history.current());
        let places: Vec<usize> = (0..)
            .zip(journal)
            .filter(|(_, entry)| fits(entry))
            .map(|(place, _)| place)
            .collect();
        self.take_back(&places)
    }

    fn take_back(&mut self, deed: &[usize]) -> Vec<Action> {
        let now = self.history.now();
        let branch = self.history.current();
        let mut actions = Vec::new();
        for place in deed {
            actions.extend(self.history.meant(branch, *place));
        }
        if let Some(with) = self.fork_without_all(deed) {
            self.history.seek(now);
            self.moved_elsewhere();
            let without = self.here();
            self.undone.push(Undone { with, without });
        }
        actions
    }

    /// Where in the journal of the current branch the actions of these events stand, in order.
    pub(super) fn places(&self, events: &[EventId]) -> Vec<usize> {
        let mut places = Vec::new();
        for event in events {
            let place = action_of(&self.history, *event);
            if let Some(at) = place.and_then(|place| places.binary_search(&place).err()) {
                places.insert(at, place.unwrap_or_default());
            }
        }
        places
    }

    /// Opens a branch that lacks these entries of the journal, and answers the branch left; `None` if there are none.
    pub(super) fn fork_without_all(&mut self, places: &[usize]) -> Option<BranchId> {
        (!places.is_empty()).then(|| self.history.fork_without_all(places))
    }

    /// The branch shown, and how many actions it has.
    fn here(&self) -> (BranchId, usize) {
        let current = self.history.current();
        (current, self.history.journal(current).len())
    }

    /// What was taken back last, if nothing was done since and its branch is still there.
    fn can_be_redone(&self) -> Option<&Undone> {
        let last = self.undone.last()?;
        let is_there = self.history.branch_info(last.with).is_some();
        (last.without == self.here() && is_there).then_some(last)
    }

    /// Whether what was taken back last can be done again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.can_be_redone().is_some()
    }

    /// Goes back to the branch from which something was taken back, at the same instant. Says whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(Undone { with, .. }) = self.can_be_redone().copied() else {
            return false;
        };
        self.undone.pop();
        let now = self.history.now();
        self.history.visit(with, now);
        // The branch left may have run on.
        self.history.advance(now, Self::MOST_EVENTS);
        self.moved_elsewhere();
        true
    }

    /// Where in the journal of the current branch the last thing stands that the reader did up to now.
    fn last_deed(&self) -> Vec<usize> {
        let (journal, now) = (self.history.journal(self.history.current()), self.history.now());
        // The row asks at each render: only the end of a long journal is looked at.
        let past = journal.partition_point(|entry| entry.at <= now);
        let newest_first = || {
            let done = journal[..past].iter().enumerate().rev();
            done.filter(|(_, entry)| !entry.scripted)
        };
        let is_last = |deed: &&Deed| {
            let last = newest_first()
                .take(deed.len())
                .map(|(_, entry)| (entry.at, entry.action));
            last.eq(deed.iter().rev().copied())
        };
        let several = self.deeds.iter().rev().find(is_last).map_or(1, Vec::len);
        let mut last: Vec<usize> = newest_first().take(several).map(|(index, _)| index).collect();
        last.reverse();
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::NodeId,
        scenario::{Scenario, ScenarioId},
        ui::run::player::BranchChange,
    };

    fn at(millis: u64) -> Player {
        let mut player = Player::default();
        player.seek(Micros::from_millis(millis));
        player
    }

    fn seek(player: &mut Player, millis: u64) {
        player.seek(Micros::from_millis(millis));
    }

    const S1: NodeId = NodeId::new(0);
    const S2: NodeId = NodeId::new(1);

    #[test]
    fn the_run_is_what_it_would_have_been_at_the_same_instant_and_nothing_is_lost() {
        let (untouched, mut player) = (at(700), at(400));
        player.act(Action::kill(S2)).unwrap();
        seek(&mut player, 700);
        let with = player.history().world().clone();
        assert_ne!(&with, untouched.history().world());
        assert_eq!(player.undo(), [Action::kill(S2)]);
        assert_eq!(player.history().world(), untouched.history().world());
        assert!(!player.can_undo());
        let kept = player.history().branches().next().unwrap().id;
        player.history.switch_to(kept);
        assert_eq!(player.history().world(), &with, "the branch with it is still there");
    }

    #[test]
    fn the_one_before_comes_next_and_then_there_is_nothing() {
        let (untouched, mut player) = (at(500), at(300));
        player.act(Action::kill(S1)).unwrap();
        seek(&mut player, 400);
        player.act(Action::start(S1)).unwrap();
        seek(&mut player, 500);
        assert_eq!(player.undo(), [Action::start(S1)]);
        assert_eq!(player.undo(), [Action::kill(S1)]);
        assert_eq!(player.undo(), []);
        assert_eq!(player.history().world(), untouched.history().world());
    }

    #[test]
    fn what_was_one_press_is_one_undo() {
        let (untouched, mut player) = (at(300), at(300));
        let both = [Action::kill(S1), Action::align_timers()];
        player.act(Action::isolate(S2)).unwrap();
        let before = player.history().world().clone();
        for action in both {
            player.act(action).unwrap();
        }
        player.were_one_deed(&both);
        assert_eq!(player.undo(), both);
        assert_eq!(player.history().world(), &before);
        assert_eq!(player.history().branches().len(), 2, "none that lacks but half of it");
        assert_eq!(player.undo(), [Action::isolate(S2)]);
        assert_eq!(player.history().world(), untouched.history().world());
    }

    #[test]
    fn what_was_done_is_taken_back_from_an_earlier_instant_as_well() {
        let (untouched, mut player) = (at(700), at(300));
        player.act(Action::kill(S1)).unwrap();
        seek(&mut player, 400);
        player.act(Action::kill(S2)).unwrap();
        seek(&mut player, 200);
        let all = player.undo_all(|entry| !entry.scripted);
        assert_eq!(all, [Action::kill(S1), Action::kill(S2)]);
        seek(&mut player, 700);
        assert_eq!(player.history().world(), untouched.history().world());
        assert_eq!(player.undo_all(|entry| !entry.scripted), []);
    }

    /// Time stays where it is, also before the end of the run; and what was done after that stays done.
    #[test]
    fn what_is_undone_in_the_past_changes_neither_the_instant_nor_what_was_done_later() {
        let (mut without, mut player) = (at(600), at(300));
        without.act(Action::kill(S2)).unwrap();
        player.act(Action::kill(S1)).unwrap();
        seek(&mut player, 600);
        player.act(Action::kill(S2)).unwrap();
        seek(&mut player, 400);
        assert_eq!(player.undo(), [Action::kill(S1)]);
        assert_eq!(player.history().now(), Micros::from_millis(400));
        assert!(!player.can_undo(), "what is still to come is no last action");
        for player in [&mut player, &mut without] {
            seek(player, 900);
        }
        assert_eq!(player.history().world(), without.history().world());
    }

    /// The reader takes back one thing of several, and what they did before and after stays done.
    #[test]
    fn any_deed_is_taken_back_with_all_that_was_done_at_once() {
        let both = [Action::kill(S1), Action::align_timers()];
        let run = |with_both: bool| {
            let mut player = at(250);
            player.act(Action::isolate(S2)).unwrap();
            seek(&mut player, 300);
            let mut events = Vec::new();
            if with_both {
                events.extend(both.map(|action| player.act(action).unwrap().event));
            }
            seek(&mut player, 400);
            player.act(Action::rejoin(S2)).unwrap();
            seek(&mut player, 600);
            (player, events)
        };
        let (without, _) = run(false);
        let (mut player, events) = run(true);
        assert_eq!(player.undo_events(&events), both);
        assert_eq!(player.history().world(), without.history().world());
        assert_eq!(player.history().branches().len(), 2, "none that lacks but half of it");
        assert_eq!(player.undo_events(&events), [], "it was not done here");
        assert_eq!(player.history().branches().len(), 2);
        // The same as a question: both futures are there.
        let (mut player, events) = run(true);
        player.change_branches(&BranchChange::Undo(events)).unwrap();
        assert!(player.comparison().is_some());
        seek(&mut player, 600);
        assert_eq!(player.history().world(), without.history().world());
    }

    #[test]
    fn what_was_taken_back_is_done_again_until_something_else_is_done() {
        let mut player = at(300);
        assert!(!player.can_redo() && !player.redo());
        player.act(Action::kill(S1)).unwrap();
        seek(&mut player, 400);
        player.act(Action::kill(S2)).unwrap();
        seek(&mut player, 500);
        let with = player.history().world().clone();
        player.undo();
        player.undo();
        let branches = player.history().branches().len();
        assert!(player.redo() && player.redo() && !player.can_redo());
        assert_eq!(player.history().world(), &with, "both, at the same instant");
        assert_eq!(player.history().branches().len(), branches, "no new branch");
        player.undo();
        player.act(Action::isolate(S1)).unwrap();
        assert!(!player.can_redo(), "something else was done since");
        assert_eq!(player.undo(), [Action::isolate(S1)]);
        assert!(player.redo());
        assert!(
            player
                .history()
                .actions()
                .any(|(_, action)| action == Action::isolate(S1))
        );
    }

    #[test]
    fn the_branch_goes_on_to_the_instant_shown() {
        let mut player = at(300);
        player.act(Action::kill(S1)).unwrap();
        player.undo();
        seek(&mut player, 900);
        assert!(player.redo());
        assert_eq!(player.history().now(), Micros::from_millis(900));
    }

    #[test]
    fn what_lies_ahead_or_belongs_to_the_script_is_not_taken_back() {
        let mut player = at(500);
        player.act(Action::kill(S1)).unwrap();
        seek(&mut player, 400);
        assert!(!player.can_undo(), "not done yet at this instant");
        let mut scripted = Player::new(Scenario::new(ScenarioId::SplitVote));
        scripted.seek(Micros::from_secs(3));
        assert!(scripted.history().actions().count() > 0 && !scripted.can_undo());
    }
}

//! The run, for what reads from it.

use std::{
    cell::{Ref, RefCell},
    rc::Rc,
};

use crate::ui::run::player::Player;

/// The player, shared by all that reads or changes it. Two of the same run are equal, whatever has changed in it meanwhile.
#[derive(Clone)]
pub struct PlayerRef(pub Rc<RefCell<Player>>);

impl PartialEq for PlayerRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// The run for a panel that reads from it. Two are equal if the panel would show the same: as long as they are, Yew need not
/// draw it again.
///
/// What is read is always the run as it is now. The revision only says up to where the panel has followed, which is no
/// faster than anyone reads.
#[derive(Clone, PartialEq)]
pub struct RunHandle {
    player: PlayerRef,
    revision: u64,
    epoch: u64,
}

impl RunHandle {
    /// The run of a player, for what has followed it to a revision.
    #[must_use]
    pub fn new(player: PlayerRef, revision: u64) -> Self {
        let epoch = player.0.borrow().epoch();
        Self {
            player,
            revision,
            epoch,
        }
    }

    /// The run as it is now.
    #[must_use]
    pub fn player(&self) -> Ref<'_, Player> {
        self.player.0.borrow()
    }

    /// How far what reads it has followed. Grows with everything that is to be drawn.
    #[must_use]
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows whenever events that were read may have become others.
    #[must_use]
    pub const fn epoch(&self) -> u64 {
        self.epoch
    }

    /// Grows whenever the events in memory, as they are now, may have become others, or begin earlier than before. What follows
    /// the run to a later revision learns it then: whoever drags the play head back has earlier events in memory many times a
    /// second.
    #[must_use]
    pub fn trace_epoch(&self) -> u64 {
        self.player().trace_epoch()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{raft::NodeId, sim::Action};

    fn shared() -> PlayerRef {
        PlayerRef(Rc::new(RefCell::new(Player::default())))
    }

    #[test]
    fn what_would_be_drawn_the_same_is_equal() {
        let player = shared();
        let before = RunHandle::new(player.clone(), 3);
        assert!(before == RunHandle::new(player.clone(), 3));
        assert!(before != RunHandle::new(player.clone(), 4), "more is to be seen");
        assert!(before != RunHandle::new(shared(), 3), "another run");
    }

    #[test]
    fn events_that_became_others_are_drawn_again_at_the_same_revision() {
        let player = shared();
        player.0.borrow_mut().seek(crate::sim::Micros::from_millis(500));
        let before = RunHandle::new(player.clone(), 3);
        player.0.borrow_mut().step_back();
        player.0.borrow_mut().act(Action::kill(NodeId::new(0))).unwrap();
        let after = RunHandle::new(player.clone(), 3);
        assert!(
            before != after && before.epoch() < after.epoch(),
            "acting in the past opens a branch"
        );
    }
}

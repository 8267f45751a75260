//! The run, for what reads from it.

use std::{cell::RefCell, rc::Rc};

use crate::ui::run::player::Player;

/// The player, for panels that read from it. A change shows in the revision beside it.
#[derive(Clone)]
pub struct PlayerRef(pub Rc<RefCell<Player>>);

impl PartialEq for PlayerRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

//! The panels beside the ring.

pub mod branches;
pub mod diagram;
pub mod log;
pub mod log_index;
pub mod network;
pub mod rules;
pub mod safety;
pub mod servers;
pub mod terminals;
pub mod why;

use std::{cell::RefCell, rc::Rc};

use super::player::Player;

/// The player, for panels that read from it. A change shows in the revision beside it.
#[derive(Clone)]
pub struct PlayerRef(pub Rc<RefCell<Player>>);

impl PartialEq for PlayerRef {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

//! What each server can do, seen alone: the states that it can reach, and what each thing that can happen makes of them.

mod happening;
mod intern;
mod server;
mod table;

pub use happening::{Happening, Local};
pub use intern::low_bits;
pub use server::ServerState;
pub use table::{Automaton, Table, Transition};

//! What must always hold, judged from outside the node.
//!
//! The [`Monitor`] sees each server's role, term and vote and where its log ends after every step, and nothing else: not how
//! they came about. It shares no code with [`crate::raft`] but its types, so a mistake there cannot hide itself here.
//!
//! It remembers votes and leaders by term, so that it also catches a second leader of a term that the first has long left; and
//! in which term each log came to end where it does, so that it catches a leader without what a majority had before it.
//!
//! The checker asks the same of each of its millions of states. Its [`PackedMonitor`] judges by the same functions, but remembers
//! no more than sixteen bytes ([`PackedElections`]): enough where terms are few and logs stay as they are.

mod elections;
mod judgement;
mod logs;
mod monitor;
mod packed;
mod property;
mod status;

pub use monitor::Monitor;
pub use packed::{PackedElections, PackedMonitor};
pub use property::{Properties, Property, Violation};
pub use status::Status;

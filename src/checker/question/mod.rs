//! What a search is asked, and the words in which it answers.

mod coverage;
mod setup;
mod step;

pub use coverage::{Coverage, Milestone};
pub use setup::{Bounds, NetworkModel, Setup, TooLarge};
pub use step::{Envelope, Step};

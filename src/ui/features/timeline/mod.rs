//! The run over time, and where in it the reader is: a lane for each server that shows what it was, below a time axis, with
//! terms and what is worth going to; and the play head, which is the slider of time. One can go closer until single messages are
//! seen.
//!
//! What is drawn is bounded by the width of the lanes, not by what happened, and is drawn anew only when the run or the window
//! has changed: an hour of virtual time costs no more than a second. Between two renders the [`painter`] moves it.

mod field;
mod lanes;
pub mod painter;
mod plan;
mod pointer;
pub mod state;
mod text;
mod tools;
pub mod zoom;

pub use self::{field::Timeline, tools::Tools};

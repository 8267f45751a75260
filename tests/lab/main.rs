//! The laboratory: experiments and their files, what is measured, and the paper's Figure 16.

mod atlas;
mod experiments;
mod figure16;
mod format;
mod liveness;
#[path = "../support/lab/pinned.rs"]
mod pinned;
mod points;
mod prediction;
mod proof;

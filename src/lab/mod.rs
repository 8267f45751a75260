//! Elections by the thousand: experiments, what is measured in them, and the statistics of it.
//!
//! An [`Experiment`] is a cluster, how each of its trials begins, and how many there are. [`Experiment::trial`] runs one without
//! keeping its events, and [`Experiment::run`] makes the same one as an ordinary [`crate::scenario::Run`], to be watched.
//! [`PaperLine`] is a line of the paper's Figure 16, with what the paper says of it.
//!
//! What the layer promises:
//! - **A number is a run.** Trial number *n* is a function of the experiment and of *n*. What is measured in it is what the run
//!   shows that [`Experiment::run`] makes of it.
//! - **The same everywhere.** Integers only, so the numbers are the same on every machine, in the page and on the command line.
//! - **Nothing is left out.** A trial that ends without a leader counts as longer than all others; a quantile that lies among
//!   such trials is not known, and no average is made up for them.

pub mod atlas;
mod distribution;
mod experiment;
mod faults;
mod figure16;
pub mod file;
pub mod link;
pub mod liveness;
mod measure;
mod plan;
mod prediction;
pub mod proof;
mod sweep;
mod trial;

pub use distribution::{Distribution, HistogramBar};
pub use experiment::{Experiment, ExperimentError, InitialLogs, Opening, TrialEnding};
pub use faults::{Fault, FaultKinds, FaultSet};
pub use figure16::{PaperHalf, PaperLine, Published};
pub use measure::Quantity;
pub use plan::{LabPlan, Variation};
pub use prediction::{PredictionGap, SplitPrediction};
pub use sweep::{Sweep, SweepPoint, Variable};
pub use trial::TrialOutcome;

/// Whether what there is to watch in a run says what was seen in it, or found: it holds by the rules that the run began with.
#[must_use]
pub fn is_seen(watch: &str) -> bool {
    watch.starts_with(atlas::WATCH) || watch.starts_with(liveness::HEAD)
}

//! Experiments as a link, in the family of a run's ([`crate::scenario::link`]): a version, the file in few bytes, a checksum.
//!
//! What the layer promises: a link that was made by any version is opened by all later ones as the same experiments; and any other
//! text, of any length, is refused in bounded time and memory, without a panic.

use super::{
    LabPlan,
    file::{self, LabExpected},
};
use crate::scenario::link::{FIRST_OF_EXPERIMENTS, LinkError, pack, seal, unpack, unseal};

/// The newest version. All are read for ever; experiments are written in the oldest that has all that they need: a page that does not know
/// it says that the link is newer. Each version of files has one of links.
pub const VERSION: u8 = FIRST_OF_EXPERIMENTS + file::VERSION;

/// The oldest version.
const FIRST: u8 = FIRST_OF_EXPERIMENTS + 1;

/// Bytes of a file that is a link: a title, some twenty lines, and a script.
const LONGEST_FILE: usize = 1 << 17;

/// What experiments are made of, for the coder to know before it begins. Links can be read by this very text only, so it
/// never changes.
const PRIMER: &str = "\
raft-lab 1
title Links of 80 ms, with pre-vote
servers 3
loss 2.5 %
duplication 1 %
reordering 0.5 %
log S3 7 in term 1
cut S4>S5
rule leader-stickiness on
rule check-quorum on
quorum majority
begin leader-cut-off
logs different
begin cold-start
limit 60 s
trials 10000
vary spread 1 ms to 50 ms
vary timeout 12 ms to 150 ms
vary heartbeat-interval 10 ms to 200 ms
vary loss 0 % to 20 %
raft-lab 1
title Your cluster
servers 5
seed 1
election-timeout 150 ms to 300 ms
heartbeat-interval 75 ms
delay 5 ms to 10 ms
rule pre-vote on
begin leader-crash
logs as-given
limit 10 s
trials 1000
compare pre-vote
vary delay 1 ms to 100 ms
";

/// The experiments as the fragment of a link, without `#`.
#[must_use]
pub fn encode(plan: &LabPlan) -> String {
    let version = FIRST_OF_EXPERIMENTS + file::version_for(&plan.experiment);
    seal(pack(vec![version], &file::write_plan(plan), PRIMER))
}

/// Whether a fragment is whole and holds experiments, of this version or of a newer one.
#[must_use]
pub fn is_experiment(fragment: &str) -> bool {
    unseal(fragment).is_ok_and(|bytes| bytes[0] >= FIRST_OF_EXPERIMENTS)
}

/// The experiments of a fragment, without `#`.
///
/// # Errors
/// If it is none that this version can open.
pub fn decode(fragment: &str) -> Result<LabPlan, LinkError> {
    let bytes = unseal(fragment)?;
    let text = match bytes.split_first() {
        Some((FIRST..=VERSION, packed)) => unpack(packed, PRIMER, LONGEST_FILE)?,
        Some((&newer, _)) if newer > VERSION => return Err(LinkError::NewerVersion(newer)),
        _ => return Err(LinkError::NotARun),
    };
    file::read_plan(&text).map_err(|error| match error.expected {
        LabExpected::OlderVersion => LinkError::NewerVersion(VERSION),
        _ => LinkError::Impossible,
    })
}

//! A run as a link: a short text of letters, digits, `-` and `_`.
//!
//! The text is base64url of a version byte, the run ([`write`]) and a checksum of both. What the layer promises: a link that was
//! made by any version is opened by all later ones as the same run; and whatever else is decoded, of any length, is refused
//! within bounds of time and memory, never with a panic.

mod base64;
mod read;
mod write;

use std::fmt;

use super::Run;
use crate::raft::Rule;

/// The version of the links that are written. Older ones are read for ever.
pub const VERSION: u8 = 1;

/// Characters that a link has at most. Browsers carry more; a run that needs more is better kept as a file.
pub const LONGEST: usize = 65_536;

/// Bytes of a title, of what to watch, and of a branch's name.
pub(super) const LONGEST_TEXT: usize = 2000;

/// Why a link can't be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkError {
    /// It is none of ours: no base64url, or too short for one.
    NotARun,
    /// It is longer than [`LONGEST`].
    TooLong,
    /// It was made by a newer version of the playground.
    NewerVersion(u8),
    /// It is not whole, or has been changed.
    Mangled,
    /// It is whole, but what it describes can't be.
    Impossible,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotARun => "this is no link to a run",
            Self::TooLong => "the link is too long",
            Self::NewerVersion(version) => {
                return write!(
                    f,
                    "the link was made by a newer version (format {version}, known up to {VERSION})"
                );
            }
            Self::Mangled => "the link is not whole",
            Self::Impossible => "the link describes a run that can't be",
        })
    }
}

impl std::error::Error for LinkError {}

/// The run as the fragment of a link, without `#`.
#[must_use]
pub fn encode(run: &Run) -> String {
    let mut bytes = vec![VERSION];
    write::run(&mut bytes, run);
    let sum = checksum(&bytes);
    bytes.extend(sum.to_le_bytes());
    base64::encode(&bytes)
}

/// The run of a fragment, without `#`.
///
/// # Errors
/// If it is no run that this version can open.
pub fn decode(fragment: &str) -> Result<Run, LinkError> {
    if fragment.len() > LONGEST {
        return Err(LinkError::TooLong);
    }
    let bytes = base64::decode(fragment).ok_or(LinkError::NotARun)?;
    let (bytes, sum) = bytes.split_last_chunk::<4>().ok_or(LinkError::NotARun)?;
    let (&version, run) = bytes.split_first().ok_or(LinkError::NotARun)?;
    if u32::from_le_bytes(*sum) != checksum(bytes) {
        return Err(LinkError::Mangled);
    }
    match version {
        // Version 0 was never written.
        0 => Err(LinkError::NotARun),
        VERSION => read::run(run),
        newer => Err(LinkError::NewerVersion(newer)),
    }
}

/// FNV-1a. Against accidents, not against malice: what a link describes is checked as well.
fn checksum(bytes: &[u8]) -> u32 {
    let add = |sum: u32, byte: &u8| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    bytes.iter().fold(0x811c_9dc5, add)
}

/// The bits by which a configuration says in what it differs from the paper's.
mod differs {
    pub(super) const RUNNING: u64 = 1;
    pub(super) const TIMING: u64 = 2;
    pub(super) const NETWORK: u64 = 4;
    pub(super) const LINKS: u64 = 8;
    pub(super) const RULES: u64 = 16;
    pub(super) const LOGS: u64 = 32;
    pub(super) const ALL: u64 = 63;
}

/// Servers that fit into a code that names one, or two.
const SERVERS: u8 = 9;

/// Codes of actions. Those that are done to one server and need nothing else come first, nine codes for each.
mod code {
    pub(super) const START: u8 = 0;
    pub(super) const KILL: u8 = 1;
    pub(super) const PAUSE: u8 = 2;
    pub(super) const RESUME: u8 = 3;
    pub(super) const FORCE_TIMEOUT: u8 = 4;
    pub(super) const WIPE_DISK: u8 = 5;
    pub(super) const ISOLATE: u8 = 6;
    pub(super) const REJOIN: u8 = 7;
    /// How many of those there are.
    pub(super) const OF_SERVERS: u8 = 8;

    pub(super) const SET_LOG: u8 = 72;
    pub(super) const SET_ELECTION_TIMER: u8 = 73;
    pub(super) const ALIGN_TIMERS: u8 = 74;
    pub(super) const SPREAD_TIMERS: u8 = 75;
    pub(super) const CUT: u8 = 76;
    pub(super) const HEAL: u8 = 77;
    pub(super) const PARTITION: u8 = 78;
    pub(super) const HEAL_ALL: u8 = 79;
    pub(super) const DROP_MESSAGE: u8 = 80;
    pub(super) const DUPLICATE_MESSAGE: u8 = 81;
    pub(super) const DELAY_MESSAGE: u8 = 82;
    pub(super) const DELIVER_MESSAGE: u8 = 83;
    pub(super) const SET_TIMING: u8 = 84;
    pub(super) const SET_NETWORK: u8 = 85;
    pub(super) const SET_RULES: u8 = 86;
}

/// The bit of a rule: never changes, whatever becomes of the order in which rules are shown.
const fn rule_bit(rule: Rule) -> u64 {
    1 << match rule {
        Rule::NewElectionNewTerm => 0,
        Rule::OneVotePerTerm => 1,
        Rule::PersistVote => 2,
        Rule::PersistTerm => 3,
        Rule::UpToDateCheck => 4,
        Rule::ReplyTermMustMatch => 5,
        Rule::CountEachVoteOnce => 6,
        Rule::NewerTermStepsDown => 7,
        Rule::CandidateYieldsToLeader => 8,
        Rule::GrantedVoteResetsTimer => 9,
        Rule::RefusedVoteKeepsTimer => 10,
        Rule::HeartbeatResetsTimer => 11,
        Rule::RandomisedTimeouts => 12,
        Rule::RerunAfterRefusal => 13,
    }
}

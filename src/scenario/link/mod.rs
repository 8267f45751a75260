//! A run as a link: a short text of letters, digits, `-` and `_`.
//!
//! The text is base64url of a version byte, the run (`write`) and a checksum of both. What the layer promises: a link that was
//! made by any version is opened by all later ones as the same run; any other text, of any length, is refused in bounded time
//! and memory, without a panic.
//!
//! The run is written as what differs from the paper's cluster, from a branch's parent and from what was set before, bit by bit
//! through a coder that learns what the reader does most (`coder`): ten minutes of busy clicking are some 1,500 characters.
//!
//! Links to something else, which layers above this one make, are sealed in the same way ([`seal`], [`unseal`]) with a version from
//! [`FIRST_OF_TEXTS`] on: a page that knows runs only says of them that they are newer. Their texts are written by `text`.

mod coder;
mod read;
mod text;
mod write;

use std::fmt;

use base64ct::{Base64UrlUnpadded as Base64, Encoding};

use super::{Run, notes::LONGEST_IN_BYTES, set_in_force};
use crate::{
    raft::{Quorum, Rule, Rules},
    sim::{Action, BranchId, BranchInfo, BranchRecord, Config, Micros, OwnSetting},
};
use coder::BitModel;
pub use text::{pack, unpack};

/// From this version on, links hold a text and no run.
pub const FIRST_OF_TEXTS: u8 = 128;

/// From this version on, the text is that of an experiment.
pub const FIRST_OF_EXPERIMENTS: u8 = 192;

/// The newest version of links. All are read for ever; a run is written in the oldest that has all that it needs, so that a page
/// that was not brought up to date opens what it can and says of the rest that it is newer.
pub const VERSION: u8 = newest();

/// From this version on, links of runs end with what is noted in them.
const NOTES_SINCE: u8 = 5;

/// The version that brought the newest rule, action or setting of one's own, or notes.
const fn newest() -> u8 {
    let mut version = if Action::ROLES_SINCE > NOTES_SINCE {
        Action::ROLES_SINCE
    } else {
        NOTES_SINCE
    };
    let mut at = 0;
    while at < Action::SPELLINGS.len() {
        let since = Action::SPELLINGS[at].since;
        version = if since > version { since } else { version };
        at += 1;
    }
    version = if OwnSetting::NEWEST > version {
        OwnSetting::NEWEST
    } else {
        version
    };
    at = 0;
    while at < Rule::ALL.len() {
        let since = Rule::ALL[at].since();
        version = if since > version { since } else { version };
        at += 1;
    }
    version
}

/// Characters that a link has at most. Browsers carry more; a run that needs more is better kept as a file.
pub const LONGEST: usize = 65_536;

/// Bytes of a title and of what to watch.
const LONGEST_TEXT: usize = 2000;

/// Bytes of a branch's name.
const LONGEST_NAME: usize = 4 * BranchInfo::LONGEST_NAME;

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
    /// It is whole, but no run can be as it describes.
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
    let notes = if run.notes.is_empty() { 1 } else { NOTES_SINCE };
    seal(write::run(version_for(run).max(notes), run, write::notes))
}

/// The same of a run in which nothing is noted.
#[must_use]
pub fn encode_plain(run: &Run) -> String {
    seal(write::run(version_for(run), run, write::no_notes))
}

/// The run of a fragment, without `#`.
///
/// # Errors
/// If it is no run that this version can open.
pub fn decode(fragment: &str) -> Result<Run, LinkError> {
    let bytes = unseal(fragment)?;
    match bytes.split_first() {
        // Version 0 was never written.
        None | Some((0, _)) => Err(LinkError::NotARun),
        Some((&version @ 1..=VERSION, run)) => read::run(run, version),
        Some((newer, _)) => Err(LinkError::NewerVersion(*newer)),
    }
}

/// Bytes as a fragment: with a checksum, as letters, digits, `-` and `_`. The first one is the version.
#[must_use]
pub fn seal(mut bytes: Vec<u8>) -> String {
    let sum = checksum(&bytes);
    bytes.extend(sum.to_le_bytes());
    Base64::encode_string(&bytes)
}

/// The bytes of a fragment, if it is whole: at least one, the version.
///
/// # Errors
/// If it is none of ours, too long, or changed.
pub fn unseal(fragment: &str) -> Result<Vec<u8>, LinkError> {
    if fragment.len() > LONGEST {
        return Err(LinkError::TooLong);
    }
    let mut bytes = Base64::decode_vec(fragment).map_err(|_| LinkError::NotARun)?;
    let (sealed, sum) = bytes.split_last_chunk::<4>().ok_or(LinkError::NotARun)?;
    if sealed.is_empty() {
        return Err(LinkError::NotARun);
    }
    if u32::from_le_bytes(*sum) != checksum(sealed) {
        return Err(LinkError::Mangled);
    }
    bytes.truncate(sealed.len());
    Ok(bytes)
}

/// The first version that has all that a run needs but its notes. Each rule and each action says with which version it came.
fn version_for(run: &Run) -> u8 {
    let rules = |rules: Rules| rules.changed().map(Rule::since).max().unwrap_or(1);
    let action = |action: &Action| action.since().max(action.rules().map_or(1, rules));
    let recording = &run.recording;
    let actions = recording
        .branches
        .iter()
        .flat_map(|branch| &branch.actions)
        .chain(&recording.script);
    let newest = actions.map(|(_, done)| action(done)).max();
    rules(recording.config.rules).max(newest.unwrap_or(1))
}

/// FNV-1a, which finds accidental changes. It need not stop an attacker, because the contents of a link are checked as well.
/// Written by hand, because the crate `fnv` has no version of 32 bits.
fn checksum(bytes: &[u8]) -> u32 {
    let add = |sum: u32, byte: &u8| (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    bytes.iter().fold(0x811c_9dc5, add)
}

/// What a number or a bit is about: each has its own likelihood. Never change their order.
#[derive(Clone, Copy)]
enum About {
    /// The letters of texts.
    Text,
    /// How long texts and lists are.
    Length,
    /// Whether something is as it was to be expected.
    Expected,
    /// What is done.
    Code,
    /// To whom.
    Server,
    /// To whom a message or a link leads.
    Receiver,
    /// When, since the last one.
    Since,
    /// A number of a message.
    Message,
    /// A time that something takes.
    Span,
    /// Anything else.
    Other,
}

impl About {
    const COUNT: usize = Self::Other as usize + 1;
}

/// Bits of a code and of a letter; of the number of bits of a number.
const SYMBOL_BITS: u32 = 8;
/// Bits of the name of a server.
const SERVER_BITS: u32 = 4;

/// How likely everything is. For each [`About`] as many as there are beginnings of a symbol.
struct Models([[BitModel; 1 << SYMBOL_BITS]; About::COUNT]);

impl Models {
    const fn new() -> Self {
        Self([[BitModel::NEW; 1 << SYMBOL_BITS]; About::COUNT])
    }

    /// The model of a symbol's next bit, after those that follow the leading 1 of `begun`.
    const fn of(&mut self, about: About, begun: usize) -> &mut BitModel {
        &mut self.0[about as usize][begun]
    }
}

/// What was set last, if all that was done could be done: what is set next is written as what differs from it.
fn in_force(mut config: Config, actions: &[(Micros, Action)]) -> Config {
    for (_, action) in actions {
        set_in_force(&mut config, *action);
    }
    config
}

/// Where a branch ends, if there is one with this name.
fn end_of(branches: &[BranchRecord], id: BranchId) -> Option<Micros> {
    let branch = branches.iter().find(|branch| branch.about.id == id);
    branch.map(|branch| branch.about.end)
}

/// The bits of the rules in which two differ.
fn differing(one: Rules, other: Rules) -> u64 {
    let differ = Rule::ALL.iter().filter(|rule| one.get(**rule) != other.get(**rule));
    differ.map(|rule| 1 << rule.bit()).sum()
}

/// A quorum as a number.
fn quorum_number(quorum: Quorum) -> u64 {
    match quorum {
        Quorum::Majority => 0,
        Quorum::Votes(votes) => u64::from(votes) + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Scenario, ScenarioId};

    /// A link to these bytes with their right checksum.
    fn link(mut bytes: Vec<u8>) -> String {
        let sum = checksum(&bytes);
        bytes.extend(sum.to_le_bytes());
        Base64::encode_string(&bytes)
    }

    /// Bytes have one text, not several: no padding, no bits beyond the last byte, no other alphabet.
    #[test]
    fn what_no_link_is_made_of_is_refused() {
        assert_eq!(Base64::encode_string(&[0xfb, 0xff]), "-_8");
        for text in ["Z", "Zm9vY", "Zh", "Zm9", "Zg==", "Zm+v", "é", "Zm 9"] {
            assert!(Base64::decode_vec(text).is_err(), "{text}");
        }
        let padded = format!("{}=", encode(&fresh()));
        assert_eq!(decode(&padded), Err(LinkError::NotARun));
    }

    fn fresh() -> Run {
        let scenario = Scenario::free(5, 6);
        Run::of(&scenario, &scenario.start())
    }

    #[test]
    fn a_link_of_a_newer_version_says_so() {
        assert_eq!(
            decode(&link(vec![VERSION + 1])),
            Err(LinkError::NewerVersion(VERSION + 1))
        );
        assert_eq!(decode(&link(vec![255, 1, 2, 3])), Err(LinkError::NewerVersion(255)));
        assert_eq!(decode(&link(vec![0, 1, 2, 3])), Err(LinkError::NotARun));
        // Where the checksum is wrong, the version is not to be trusted either.
        assert_eq!(decode("AgAAAAA"), Err(LinkError::Mangled));
    }

    #[test]
    fn what_is_whole_and_can_not_be_is_told_from_what_is_mangled() {
        let right = write::run(VERSION, &fresh(), write::notes);
        assert_eq!(decode(&link(right.clone())), Ok(fresh()));
        let cut = right[..right.len() - 4].to_vec();
        assert_eq!(decode(&link(cut)), Err(LinkError::Impossible));
        let long = [&right[..], &[1; 8]].concat();
        assert_eq!(decode(&link(long)), Err(LinkError::Impossible));
        assert_eq!(decode(&link(vec![VERSION])), Err(LinkError::Impossible));
    }

    /// Bytes that nobody wrote, behind a right checksum: they are refused, or are a run that is written and read again.
    #[test]
    fn changed_bytes_are_refused_or_are_another_run() {
        let scenario = Scenario::new(ScenarioId::Figure5);
        let mut history = scenario.start();
        for millis in [9000, 12_000, 14_000] {
            history.seek(Micros::from_millis(millis));
            history.act(Action::heal_all()).expect("possible");
        }
        let right = write::run(VERSION, &Run::of(&scenario, &history), write::notes);
        let mut runs = 0;
        for bit in 8..right.len() * 8 {
            for other in bit + 1..(bit + 8).min(right.len() * 8) {
                let mut bytes = right.clone();
                bytes[bit / 8] ^= 1 << (bit % 8);
                bytes[other / 8] ^= 1 << (other % 8);
                if let Ok(run) = decode(&link(bytes)) {
                    runs += 1;
                    assert_eq!(decode(&encode(&run)), Ok(run));
                }
            }
        }
        // Otherwise this would test refusals only.
        assert!(runs > 20, "{runs} runs");
    }

    #[test]
    fn what_older_pages_can_open_is_written_for_them() {
        let mut run = fresh();
        assert_eq!(version_for(&run), 1);
        run.recording.config.rules.persist_vote = false;
        assert_eq!(version_for(&run), 1);
        run.recording.config.rules.pre_vote = true;
        assert_eq!(version_for(&run), 2);
        assert_eq!(decode(&encode(&run)), Ok(run.clone()));
        run.recording.config.rules.pre_vote = false;
        let (one, other) = (crate::raft::NodeId::new(0), crate::raft::NodeId::new(1));
        run.recording
            .script
            .push((Micros(5), Action::transfer_leadership(one, other)));
        run.recording.script.push((Micros(7), Action::send_heartbeats(other)));
        assert_eq!(version_for(&run), 2);
        assert_eq!(decode(&encode(&run)), Ok(run));
    }

    #[test]
    fn rules_have_bits_of_their_own() {
        let bits: u64 = Rule::ALL
            .iter()
            .map(|rule| 1 << rule.bit())
            .fold(0, |all, bit| all | bit);
        assert_eq!(bits.count_ones() as usize, Rule::ALL.len());
    }
}

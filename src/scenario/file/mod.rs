//! A run as a file for people to read and write.
//!
//! One thing a line; a line that starts with `#` is a comment. `docs/scenario-files.md` has the whole grammar. What the layer
//! promises: what [`write()`] writes, [`read()`] reads as the same run; and a file that can't be read is refused with the line
//! and what was expected there.
//!
//! ```text
//! raft-playground 1
//! title A leader is cut off
//! servers 5
//! seed 6
//! election-timeout 150 ms to 300 ms
//! at 0.400 s isolate S2
//! at 1.500 s rejoin S2
//! ```

mod line;
mod read;
mod setting;
mod words;
mod write;

use std::fmt;

pub(crate) use line::WordReader;
pub use read::read;
pub use words::words;
pub(crate) use words::{instant, on_off, percent, span};
pub use write::{write, write_with};

use crate::sim::ConfigError;

/// The version of the files that are written. Older ones are read for ever.
pub const VERSION: u32 = 1;

/// Bytes that a file has at most.
pub const LONGEST: usize = 1_000_000;

/// How file names end.
pub const EXTENSION: &str = "raft";

/// The first word of a file.
const HEADER: &str = "raft-playground";
/// What a server or a link has nothing of its own by.
const AS_CLUSTER: &str = "as-cluster";

/// Why a file can't be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The line, counted from 1.
    pub line: usize,
    /// What was expected there.
    pub expected: Expected,
    /// What is there instead, as far as there is room to show it.
    pub found: String,
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {}: expected {}, found “{}”",
            self.line, self.expected, self.found
        )
    }
}

impl std::error::Error for FileError {}

type Read<T> = Result<T, Expected>;

/// What a line should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// The first line says what kind of file it is: `raft-playground 1`.
    Header,
    /// A version that is known; this one is newer.
    OlderVersion,
    /// A file of [`LONGEST`] bytes at most.
    Shorter,
    /// The name of a setting, `at`, `note`, `branch`, `without`, `do` or `visit`.
    Keyword,
    /// What has not been given before.
    Once,
    /// A whole number.
    Number,
    /// A whole number from this one to this one.
    NumberBetween(u64, u64),
    /// A number of servers, 1 to 9.
    Size,
    /// The number of servers above all lines that name a server.
    SizeFirst,
    /// A server of the cluster, as `S3`.
    Server,
    /// A server of the cluster, as `S3`, or those of a role, as `leader`.
    ServerOrRole,
    /// A server that no group before it has.
    OneGroup,
    /// A link between two servers, as `S3>S4`.
    Link,
    /// One direction of a link or both, as `S3>S4` or `S3 S4`.
    Ways,
    /// What a server has of its own, as `clock 0.9`.
    ServerSetting,
    /// What a link has of its own, as `loss 5 %`.
    LinkSetting,
    /// A time before it, if it does not hold from the start.
    FromStart,
    /// A message, as `S3>S4#12`.
    Message,
    /// A time, as `150 ms` or `1.204 s`.
    Time,
    /// A time of whole microseconds.
    WholeMicros,
    /// An instant that a run can come to: [`crate::sim::History::LONGEST`] at most.
    EarlyEnough,
    /// A share, as `2.5 %`, to a tenth.
    Percent,
    /// This word.
    Word(&'static str),
    /// The name of a rule.
    Rule,
    /// `on` or `off`.
    OnOff,
    /// What a server does about a rule: `on`, `off` or `as-cluster`.
    OwnRule,
    /// What is done, as `kill S2`, or a setting that changes, as `loss 5 %`.
    Action,
    /// A branch before what is done in it.
    Branch,
    /// A branch number that is higher than those before.
    HigherBranch,
    /// The place of one of the script's actions, counted from 1.
    Place,
    /// A place after the one before it.
    LaterPlace,
    /// The number of a branch that is above.
    KnownBranch,
    /// A branch that ends no earlier than it leaves another.
    LaterEnd,
    /// An instant that is no later than the end of its branch.
    BeforeEnd,
    /// Fewer branches.
    FewerBranches,
    /// Fewer actions in all branches together.
    FewerActions,
    /// A time that is not before that of the line above.
    Later,
    /// A log of the term in which servers start, unless the line says that it is meant: no server of a cluster that follows the
    /// paper has a log of a later term than its own.
    LogOfTerm,
    /// The end of the line.
    End,
    /// Values that can be used.
    Valid(ConfigError),
    /// A text of 2000 bytes at most.
    ShortText,
    /// What a note says: 1 to [`crate::scenario::Note::LONGEST`] characters.
    NoteText,
    /// [`crate::scenario::MOST_NOTES`] notes at most.
    FewerNotes,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "the first line “raft-playground 1”",
            Self::OlderVersion => "a file of version 1; this one is newer",
            Self::Shorter => "a file of at most a million bytes",
            Self::Keyword => "a setting, “at”, “note”, “branch”, “without”, “do” or “visit”",
            Self::Once => "what is not given twice",
            Self::Number => "a whole number",
            Self::NumberBetween(least, most) => return write!(f, "a whole number from {least} to {most}"),
            Self::Size => "1 to 9 servers",
            Self::SizeFirst => "“servers” above all lines that name a server",
            Self::Server => "a server of the cluster, as “S3”",
            Self::ServerOrRole => {
                "a server of the cluster, as “S3”, or “leader”, “candidates”, “followers” or “majority”"
            }
            Self::OneGroup => "each server in one group only",
            Self::Link => "a link, as “S3>S4”",
            Self::Ways => "a link in one direction, as “S3>S4”, or in both, as “S3 S4”",
            Self::ServerSetting => "“election-timeout”, “heartbeat-interval”, “clock”, “disk-write”, “priority”, “rule” or “as-cluster”",
            Self::LinkSetting => "“delay”, “loss”, “duplication”, “reordering” or “as-cluster”",
            Self::FromStart => "“at” and a time before it, or this line above all that happens later",
            Self::Message => "a message, as “S3>S4#12”",
            Self::Time => "a time, as “150 ms” or “1.204 s”",
            Self::WholeMicros => "a time of whole microseconds",
            Self::EarlyEnough => "a time of at most 1000000000 s",
            Self::Percent => "a share to a tenth, as “2.5 %”",
            Self::Word(word) => return write!(f, "“{word}”"),
            Self::Rule => "the name of a rule",
            Self::OnOff => "“on” or “off”",
            Self::OwnRule => "“on”, “off” or “as-cluster”",
            Self::Action => "an action, as “crash S2”, or a setting, as “loss 5 %”",
            Self::Branch => "a “branch” before what is done in it",
            Self::HigherBranch => "a higher number than the branches above",
            Self::Place => "the place of an action of the script, counted from 1",
            Self::LaterPlace => "places in order, the lowest first",
            Self::KnownBranch => "the number of a branch above",
            Self::LaterEnd => "an end that is not before the branch begins",
            Self::BeforeEnd => "a time that is not after the end of that branch",
            Self::FewerBranches => "fewer branches",
            Self::FewerActions => "fewer actions",
            Self::Later => "a time that is not before the one above",
            Self::LogOfTerm => "a log of term 0, as no server has been in a later term at the start; “in term 0” at its end lets it stand",
            Self::End => "the end of the line",
            Self::Valid(error) => return error.fmt(f),
            Self::ShortText => "a text of at most 2000 bytes",
            Self::NoteText => "the text of a note, of at most 200 characters",
            Self::FewerNotes => "at most 100 notes",
        })
    }
}

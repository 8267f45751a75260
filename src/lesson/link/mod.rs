//! A lesson as a link, in the family of a run's ([`crate::scenario::link`]): a version, the lesson's file in few bytes, a checksum.
//!
//! What the layer promises: a link that was made by any version is opened by all later ones as the same lesson; and any other text,
//! of any length, is refused in bounded time and memory, without a panic.

use super::{
    Lesson,
    file::{self, LessonExpected},
};
use crate::scenario::link::{FIRST_OF_EXPERIMENTS, FIRST_OF_TEXTS, LONGEST, LinkError, pack, seal, unpack, unseal};

/// The newest version. All are read for ever.
pub const VERSION: u8 = FIRST_OF_TEXTS + 1;

/// Bytes of a file that is a link. What is longer would not fit into one anyway.
const LONGEST_FILE: usize = 1 << 18;

/// What lessons are made of, for the coder to know before it begins. Links of version 1 can be read by this very text only, so it
/// never changes.
const PRIMER: &str = include_str!("primer.txt");

/// The lesson as the fragment of a link, without `#`; `None` if it is too long for a link.
#[must_use]
pub fn encode(lesson: &Lesson) -> Option<String> {
    let text = file::write(lesson);
    let fits = text.len() <= LONGEST_FILE;
    let link = fits.then(|| seal(pack(vec![VERSION], &text, PRIMER)));
    link.filter(|link| link.len() <= LONGEST)
}

/// Whether a fragment is whole and holds a lesson, of this version or of a newer one.
#[must_use]
pub fn is_lesson(fragment: &str) -> bool {
    unseal(fragment).is_ok_and(|bytes| (FIRST_OF_TEXTS..FIRST_OF_EXPERIMENTS).contains(&bytes[0]))
}

/// The lesson of a fragment, without `#`.
///
/// # Errors
/// If it is no lesson that this version can open.
pub fn decode(fragment: &str) -> Result<Lesson, LinkError> {
    let bytes = unseal(fragment)?;
    let text = match bytes.split_first() {
        Some((&VERSION, packed)) => unpack(packed, PRIMER, LONGEST_FILE)?,
        Some((&newer, _)) if newer > VERSION => return Err(LinkError::NewerVersion(newer)),
        _ => return Err(LinkError::NotARun),
    };
    file::read(&text).map_err(|error| match error.expected {
        LessonExpected::OlderVersion => LinkError::NewerVersion(VERSION),
        _ => LinkError::Impossible,
    })
}

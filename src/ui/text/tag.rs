//! The classes by which the style sheets know the lines of a log.

use crate::scenario::lablog::Tag;

/// The class that gives a line its role's colour.
#[must_use]
pub fn tag_class(tag: Tag) -> &'static str {
    match tag {
        Tag::Server => "tag-server",
        Tag::Follower => "tag-follower",
        Tag::PreCandidate | Tag::Candidate => "tag-candidate",
        Tag::Leader => "tag-leader",
    }
}

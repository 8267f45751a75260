//! The names of messages.

use std::fmt;

use crate::raft::NodeId;

/// The name of a message: the sender, the receiver, and how many were sent on that link before it. It depends on nothing that
/// happens elsewhere, so a message has the same name in two futures as long as its sender has sent the same before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId {
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// Counted from 0 on this directed link.
    pub number: u32,
    /// 0 for the message as it was sent; its duplicates are counted from 1.
    pub copy: u8,
}

/// As in scenario files: `S3>S4#12`, and `S3>S4#12+1` for its first duplicate.
impl fmt::Display for MessageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}>{}#{}", self.from, self.to, self.number)?;
        if self.copy > 0 {
            write!(f, "+{}", self.copy)?;
        }
        Ok(())
    }
}

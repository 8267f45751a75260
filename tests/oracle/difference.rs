//! Where raft-rs differs from this crate by design, one by one.

use std::ops::AddAssign;

macro_rules! differences {
    ($($(#[doc = $reason:literal])* $name:ident,)*) => {
        /// A difference that is a design choice of raft-rs. Each is excused at one place of `cluster.rs`, by a condition as
        /// narrow as its reason, and counted there; one that is never used fails the test, so that no dead excuse stays.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Difference { $($(#[doc = $reason])* $name,)* }

        impl Difference {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The reason why it is legitimate.
            pub const fn reason(self) -> &'static str {
                match self { $(Self::$name => concat!($($reason),*),)* }
            }
        }
    };
}

differences! {
    /// A candidate of raft-rs that a majority refused becomes a follower of its term at once, and its election timer begins
    /// anew. Figure 2 lets it stay candidate until its timeout. It cannot win either way.
    GivesUpWhenRefused,
    /// Who knows the leader of a term and has not voted in it refuses to vote in it. Figure 2 asks for `votedFor` only. The
    /// candidate cannot win: a majority has voted for that leader. From there on ours is as if it had refused, too.
    HoldsToLeaderOfTerm,
    /// A RequestVote or AppendEntries of an older term gets no answer. Figure 2 answers "false" with the newer term. Ours gets
    /// lost on its way.
    LeavesStaleRequestUnanswered,
    /// Learning of a newer term restarts the election timer. Figure 2 restarts it for a heartbeat or a granted vote only.
    RestartsTimerInNewerTerm,
    /// Leaders of raft-rs replicate their logs: they send a MsgAppend also in answer to a reply. It counts as a heartbeat of
    /// ours whose copies for the other servers are lost.
    Replicates,
}

/// How often each difference was met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses([u64; Difference::ALL.len()]);

impl Uses {
    /// Counts one.
    pub fn count(&mut self, difference: Difference) {
        self.0[difference as usize] += 1;
    }

    /// How often this one was met.
    pub fn of(&self, difference: Difference) -> u64 {
        self.0[difference as usize]
    }
}

impl AddAssign for Uses {
    fn add_assign(&mut self, other: Self) {
        for (mine, others) in self.0.iter_mut().zip(other.0) {
            *mine += others;
        }
    }
}

//! Where raft-rs differs from this crate by design, one by one.

use std::ops::AddAssign;

macro_rules! differences {
    ($($(#[$reason:meta])* $name:ident,)*) => {
        /// A difference that is a design choice of raft-rs. Each is excused at one place of `excuses.rs`, by a condition as
        /// narrow as its reason, and counted there; one that is never used fails the test, so that no dead excuse stays.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Difference { $($(#[$reason])* $name,)* }

        impl Difference {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

differences! {
    /// A candidate of raft-rs that a majority refused becomes a follower of its term at once, and its election timer begins
    /// anew; so does a pre-candidate. Figure 2 lets it stay candidate until its timeout, and the thesis says no more of
    /// pre-candidates. From there on ours is as if it had given up, too, with its timer running on.
    GivesUpWhenRefused,
    /// Of several answers of one server to a (pre-)candidate the first counts: who refused can't change its mind. Figure 2 asks
    /// for votes from a majority, whenever they were given. Ours takes the second answer as lost.
    KeepsFirstAnswer,
    /// Who knows the leader of a term and has not voted in it refuses to vote in it, or to promise that. Figure 2 asks for
    /// `votedFor` only. The candidate can't win: a majority has voted for that leader. From there on ours is as if it had
    /// refused, too.
    HoldsToLeaderOfTerm,
    /// A RequestVote of an older term gets no answer, nor does an AppendEntries unless pre-vote or check quorum is on. Figure 2
    /// answers "false" with the newer term. Ours gets lost on its way.
    LeavesStaleRequestUnanswered,
    /// Learning of a newer term restarts the election timer. Figure 2 restarts it for a heartbeat or a granted vote only.
    RestartsTimerInNewerTerm,
    /// Leaders of raft-rs replicate their logs: they send a MsgAppend also in answer to a reply, for a proposal, and
    /// before they hand over. It counts as a heartbeat of ours whose copies for the other servers are lost.
    Replicates,
    /// Who holds to a leader does not answer a request of a newer term for its vote, or a promise of one. The thesis allows "drop
    /// the request, reply with a vote denial, or delay the request" (§4.2.3); ours replies, and that gets lost on its way.
    LeavesRequestInLeaseUnanswered,
    /// Only requests of newer terms are held against a leader that was heard from. A vote that was given in the leader's own
    /// term is given again when the request arrives again, and so is the promise. The thesis makes no such exception (§4.2.3);
    /// nothing depends on it, as the leader is elected. Ours answers as if it had not heard from the leader recently.
    RepeatsVoteInLease,
    /// A vote that is given again counts as hearing from the leader, if one is known: the lease begins anew. The thesis speaks of
    /// "hearing from a current leader" only (§4.2.3). From there on theirs is as if the lease had run out.
    RepeatedVoteBeginsLease,
    /// Without check quorum there is no lease, and pre-votes are promised by servers that hear from a leader, and by leaders. The
    /// thesis wants "not received heartbeats from a valid leader for at least a baseline election timeout" (§9.6). Ours
    /// promises as well.
    PromisesVoteDespiteLeader,
    /// A pre-candidate counts a promise for the term that it is in by now, which answers an earlier question of its own. Ours
    /// asks about the next term, and takes it as a promise for that.
    CountsPromiseForOwnTerm,
    /// A leader takes the answer to an AppendEntries of an older term that it led as a sign of life. "A successful round of
    /// heartbeats" (thesis §6.2) has none of these. Ours takes it as the answer to a heartbeat of its term.
    CountsAnswerToStaleHeartbeat,
    /// A pre-candidate ignores TimeoutNow. For the thesis it "has the same effect as the target server's election timer firing"
    /// (§3.10), which starts a new election whoever it is. Ours takes it as lost.
    RunsOnDespiteTimeoutNow,
    /// A leader that is to hand over brings the log of the other server up to date first, and asks once (thesis §3.10). Ours has
    /// no log and asks at once; it is told to at the moment when theirs asks, and what it asked before is lost.
    CatchesUpBeforeTransfer,
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

//! RequestVote and its replies (§5.2, §5.4.1), and holding to a leader (thesis §4.2.3).

use super::Node;
use crate::raft::{
    Decision, DeniedVote, IgnoredReply, LogPosition, Message, NodeId, Output, Outputs, Role, Term, Timer,
};

impl Node {
    /// "If a server receives a RequestVote request within the minimum election timeout of hearing from a current leader, it does
    /// not update its term or grant its vote" (thesis §4.2.3), unless that leader asked the candidate to run.
    pub(super) fn must_hold_to_leader(&self, message: Message) -> bool {
        match message {
            Message::RequestVote {
                leadership_transfer, ..
            } => self.rules().leader_stickiness && !leadership_transfer && self.recent_leader().is_some(),
            _ => false,
        }
    }

    /// The leader that it has heard from within the shortest election timeout. A leader has itself.
    pub(super) fn recent_leader(&self) -> Option<NodeId> {
        let is_recent = self.volatile.leader_is_recent || self.role() == Role::Leader;
        self.leader().filter(|_| is_recent)
    }

    pub(super) fn request_vote(
        &mut self,
        from: NodeId,
        term: Term,
        last_log: LogPosition,
        held_back: bool,
        out: &mut Outputs,
    ) {
        match self.judge_vote(from, term, last_log, held_back) {
            Ok(()) => self.grant_vote(from, out),
            Err(why) => self.deny_vote(from, term, why, out),
        }
    }

    /// Figure 2, RequestVote receiver implementation, 1 and 2.
    fn judge_vote(&self, from: NodeId, term: Term, last_log: LogPosition, held_back: bool) -> Result<(), DeniedVote> {
        // 1. "Reply false if term < currentTerm" (§5.1).
        if term < self.term() {
            return Err(DeniedVote::StaleTerm);
        }
        // "It can either drop the request, reply with a vote denial, or delay the request" (thesis §4.2.3).
        if let Some(leader) = self.recent_leader().filter(|_| held_back) {
            return Err(DeniedVote::HasLeader(leader));
        }
        // 2. "If votedFor is null or candidateId ..." (§5.2).
        self.judge_votes_given(from)?;
        self.judge_log(last_log)?;
        self.judge_priority(from, last_log)
    }

    /// "Each server will vote for at most one candidate in a given term" (§5.2).
    pub(super) fn judge_votes_given(&self, candidate: NodeId) -> Result<(), DeniedVote> {
        match self.voted_for() {
            Some(other) if other != candidate && self.rules().one_vote_per_term => {
                Err(DeniedVote::AlreadyVotedFor(other))
            }
            _ => Ok(()),
        }
    }

    /// "... and candidate's log is at least as up-to-date as receiver's log, grant vote" (Figure 2, RequestVote receiver 2;
    /// §5.2, §5.4).
    pub(super) fn judge_log(&self, theirs: LogPosition) -> Result<(), DeniedVote> {
        let mine = self.hard_state.last_log;
        if self.is_behind(theirs, mine) && self.rules().up_to_date_check {
            return Err(DeniedVote::LogBehind { mine, theirs });
        }
        Ok(())
    }

    /// A candidate of a lower priority yields, unless its log is longer: else a server with few entries and a high priority could keep
    /// everybody from leading. As in raft-rs, which looks at the last index alone.
    pub(super) fn judge_priority(&self, candidate: NodeId, theirs: LogPosition) -> Result<(), DeniedVote> {
        let is_longer = theirs.last_index > self.hard_state.last_log.last_index;
        if self.settings.outranks.contains(candidate) && !is_longer {
            return Err(DeniedVote::LowerPriority);
        }
        Ok(())
    }

    /// "If the logs have last entries with different terms, then the log with the later term is more up-to-date. If the logs end
    /// with the same term, then whichever log is longer is more up-to-date" (§5.4.1).
    fn is_behind(&self, theirs: LogPosition, mine: LogPosition) -> bool {
        if self.rules().log_term_before_index {
            return theirs < mine;
        }
        (theirs.last_index, theirs.last_term) < (mine.last_index, mine.last_term)
    }

    fn grant_vote(&mut self, to: NodeId, out: &mut Outputs) {
        self.hard_state.voted_for = Some(to);
        // Figure 2, Followers: the election timeout counts from "granting vote to candidate".
        let timer_reset = self.rules().granted_vote_resets_timer && self.role() != Role::Leader;
        if timer_reset {
            out.push(Output::SetTimer(Timer::Election));
        }
        let term = self.term();
        self.decide(Decision::VoteGranted { to, term, timer_reset }, out);
        self.reply_to_vote(to, true, out);
    }

    fn deny_vote(&mut self, to: NodeId, term: Term, why: DeniedVote, out: &mut Outputs) {
        if !self.rules().refused_vote_keeps_timer && self.role() != Role::Leader {
            out.push(Output::SetTimer(Timer::Election));
        }
        self.decide(Decision::VoteDenied { to, term, why }, out);
        self.reply_to_vote(to, false, out);
        if self.rules().rerun_after_refusal && self.role() == Role::Candidate {
            self.campaign(out);
        }
    }

    fn reply_to_vote(&self, to: NodeId, vote_granted: bool, out: &mut Outputs) {
        let message = Message::RequestVoteReply {
            term: self.term(),
            vote_granted,
        };
        out.push(Output::Send { to, message });
    }

    pub(super) fn vote_reply(&mut self, from: NodeId, term: Term, vote_granted: bool, out: &mut Outputs) {
        let runs_for = (self.role() == Role::Candidate).then_some(self.term());
        if let Err(why) = self.judge_reply(from, term, vote_granted, runs_for) {
            return self.decide(Decision::ReplyIgnored { from, why }, out);
        }
        if !vote_granted {
            return self.decide(Decision::VoteRefused { from }, out);
        }
        let count = self.count_vote(from);
        self.decide(Decision::VoteReceived { from, count }, out);
        self.on_quorum(out);
    }

    /// Counts one more vote, or promise of one. Answers how many there are.
    pub(super) fn count_vote(&mut self, from: NodeId) -> u8 {
        self.volatile.votes.insert(from);
        self.volatile.vote_count = self.volatile.vote_count.saturating_add(1);
        self.volatile.vote_count
    }

    /// Whether a reply counts: "votes from a majority of the servers in the full cluster for the same term" (§5.2). `runs_for` is
    /// the term for which this server wants votes; `None` if it wants none.
    pub(super) fn judge_reply(
        &self,
        from: NodeId,
        term: Term,
        vote_granted: bool,
        runs_for: Option<Term>,
    ) -> Result<(), IgnoredReply> {
        let Some(runs_for) = runs_for else {
            return Err(IgnoredReply::NotCandidate);
        };
        // A refusal from a newer term ends the candidacy (§5.1). Where terms are not learned from replies it does not, but it is a
        // refusal all the same, not a stale reply.
        let refuses_from_newer_term = !vote_granted && term > runs_for;
        if term != runs_for && !refuses_from_newer_term && self.rules().reply_term_must_match {
            return Err(IgnoredReply::StaleTerm);
        }
        if vote_granted && self.votes().contains(from) && self.rules().count_each_vote_once {
            return Err(IgnoredReply::Duplicate);
        }
        Ok(())
    }
}

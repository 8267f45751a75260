//! Asking for votes before running for them (thesis §9.6), and running because the leader asks for it (thesis §3.10).

use super::Node;
use crate::raft::{Decision, DeniedVote, LogPosition, Message, NodeId, Output, Outputs, Role, Term};

impl Node {
    /// Answers whether it would vote. Nothing else changes: no term, no vote, no timer.
    pub(super) fn pre_vote(&self, from: NodeId, term: Term, last_log: LogPosition, out: &mut Outputs) {
        let judged = self.judge_pre_vote(from, term, last_log);
        self.decide(
            match judged {
                Ok(()) => Decision::PreVoteGranted { to: from, term },
                Err(why) => Decision::PreVoteDenied { to: from, term, why },
            },
            out,
        );
        // A refusal carries its own term, so that who is behind catches up (§5.1).
        let message = Message::PreVoteReply {
            term: if judged.is_ok() { term } else { self.term() },
            vote_granted: judged.is_ok(),
        };
        out.push(Output::Send { to: from, message });
    }

    /// It would vote "if the candidate's log is sufficiently up-to-date, and the voters have not received heartbeats from a valid
    /// leader for at least a baseline election timeout" (thesis §9.6).
    fn judge_pre_vote(&self, from: NodeId, term: Term, last_log: LogPosition) -> Result<(), DeniedVote> {
        if term < self.term() {
            return Err(DeniedVote::StaleTerm);
        }
        if let Some(leader) = self.recent_leader().filter(|leader| self.heeds(*leader, from)) {
            return Err(DeniedVote::HasLeader(leader));
        }
        // The vote that it gave in its own term does not bind it in a later one.
        if term == self.term() {
            self.judge_votes_given(from)?;
        }
        if self.rules().pre_vote_checks_log {
            self.judge_log(last_log)?;
        }
        self.judge_priority(from, last_log)
    }

    /// Whether a leader that it has heard from lately keeps it from promising its vote. By the thesis' wording that leader itself
    /// is refused as well: it may ask after a restart.
    fn heeds(&self, leader: NodeId, asks: NodeId) -> bool {
        let rules = self.rules();
        rules.pre_vote_heeds_leader && !(rules.leader_may_ask && leader == asks)
    }

    pub(super) fn pre_vote_reply(&mut self, from: NodeId, term: Term, vote_granted: bool, out: &mut Outputs) {
        let stands = self.role() == Role::Candidate && term == self.term();
        if vote_granted && stands && !self.rules().pre_vote_is_no_vote {
            return self.vote_reply(from, term, vote_granted, out);
        }
        // A refusal carries the refusing server's own term, which need not be the one that was asked about: it counts in any term.
        let asks_about = if vote_granted { self.next_term() } else { term };
        let runs_for = (self.role() == Role::PreCandidate).then_some(asks_about);
        if let Err(why) = self.judge_reply(from, term, vote_granted, runs_for) {
            return self.decide(Decision::ReplyIgnored { from, why }, out);
        }
        if !vote_granted {
            return self.decide(Decision::PreVoteRefused { from }, out);
        }
        let count = self.count_vote(from);
        self.decide(Decision::PreVoteReceived { from, count }, out);
        self.on_quorum(out);
    }

    /// "The prior leader sends a TimeoutNow request to the target server" (thesis §3.10). Bringing the target's log up to date
    /// before is log replication, which is out of scope: a target whose log is behind loses its election.
    pub(super) fn transfer_leadership(&self, to: NodeId, out: &mut Outputs) {
        if self.role() == Role::Leader && self.is_peer(to) {
            self.decide(Decision::TransferStarted { to }, out);
            let message = Message::TimeoutNow { term: self.term() };
            out.push(Output::Send { to, message });
        }
    }

    /// "This request has the same effect as the target server's election timer firing: the target server starts a new election"
    /// (thesis §3.10), without asking first whether it would win. Only the leader of its term can ask for it.
    pub(super) fn timeout_now(&mut self, from: NodeId, term: Term, out: &mut Outputs) {
        if term == self.term() && self.role() != Role::Leader {
            self.decide(Decision::AskedToRun { by: from }, out);
            self.become_candidate(true, out);
        }
    }
}

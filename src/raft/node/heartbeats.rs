//! AppendEntries and its replies (§5.2), and checking that a majority still answers (thesis §6.2).

use super::Node;
use crate::raft::{
    Decision, DeniedHeartbeat, Message, NodeId, NodeSet, Output, Outputs, Role, SteppedDown, Term, Timer,
};

impl Node {
    /// "Repeat during idle periods to prevent election timeouts" (Figure 2, Leaders; §5.2).
    pub(super) fn heartbeat_timeout(&mut self, out: &mut Outputs) {
        if self.role() == Role::Leader {
            self.send_heartbeats(out);
        }
    }

    pub(super) fn send_heartbeats(&mut self, out: &mut Outputs) {
        out.push(Output::SetTimer(Timer::Heartbeat));
        if self.volatile.heard.is_none() && self.rules().check_quorum {
            self.listen(out);
        }
        self.broadcast(Message::AppendEntries { term: self.term() }, out);
    }

    /// Notes from now on who answers.
    fn listen(&mut self, out: &mut Outputs) {
        self.volatile.heard = Some(NodeSet::EMPTY);
        out.push(Output::SetTimer(Timer::CheckQuorum));
    }

    /// "A leader in Raft steps down if an election timeout elapses without a successful round of heartbeats to a majority of its
    /// cluster" (thesis §6.2).
    pub(super) fn check_quorum(&mut self, out: &mut Outputs) {
        let Some(mut servers) = self.volatile.heard.take() else {
            return;
        };
        // Switched off meanwhile.
        if !self.rules().check_quorum {
            return;
        }
        servers.insert(self.id);
        if servers.len() >= usize::from(self.quorum()) {
            self.decide(Decision::QuorumHeard { servers }, out);
            self.listen(out);
        } else {
            self.become_follower(SteppedDown::NoQuorum, out);
            self.forget_leader(out);
        }
    }

    /// Besides a newer term, which was handled before, a leader learns from it only who is there.
    pub(super) fn heartbeat_reply(&mut self, from: NodeId, term: Term, success: bool) {
        let counts = success && term == self.term();
        if let Some(heard) = self.volatile.heard.as_mut().filter(|_| counts) {
            heard.insert(from);
        }
    }

    pub(super) fn append_entries(&mut self, from: NodeId, term: Term, out: &mut Outputs) {
        if let Err(why) = self.judge_heartbeat(term) {
            self.decide(Decision::HeartbeatDenied { from, term, why }, out);
            return self.reply_to_heartbeat(from, false, out);
        }
        // "If AppendEntries RPC received from new leader: convert to follower" (Figure 2, Candidates; §5.2).
        if self.role() != Role::Follower {
            self.become_follower(SteppedDown::LeaderOfTerm(from), out);
        }
        self.volatile.leader = Some(from);
        // Figure 2, Followers: the election timeout counts from "receiving AppendEntries RPC from current leader".
        let timer_reset = self.rules().heartbeat_resets_timer;
        if timer_reset {
            out.push(Output::SetTimer(Timer::Election));
        }
        self.remember_leader(out);
        self.decide(Decision::HeartbeatAccepted { from, timer_reset }, out);
        self.reply_to_heartbeat(from, true, out);
    }

    /// Where a rule asks for it later: "within the minimum election timeout of hearing from a current leader" (thesis §4.2.3, §9.6).
    fn remember_leader(&mut self, out: &mut Outputs) {
        if self.rules().leader_stickiness || self.rules().pre_vote {
            self.volatile.leader_is_recent = true;
            out.push(Output::SetTimer(Timer::RecentLeader));
        }
    }

    fn judge_heartbeat(&self, term: Term) -> Result<(), DeniedHeartbeat> {
        // Figure 2, AppendEntries receiver 1: "Reply false if term < currentTerm" (§5.1).
        if term < self.term() {
            return Err(DeniedHeartbeat::StaleTerm);
        }
        match self.role() {
            Role::Follower => Ok(()),
            Role::PreCandidate | Role::Candidate if self.rules().candidate_yields_to_leader => Ok(()),
            Role::PreCandidate | Role::Candidate => Err(DeniedHeartbeat::KeepsRunning),
            // "At most one leader can be elected in a given term" (Figure 3, Election Safety): not reached with all rules on.
            Role::Leader => Err(DeniedHeartbeat::LeadsItself),
        }
    }

    fn reply_to_heartbeat(&self, to: NodeId, success: bool, out: &mut Outputs) {
        let message = Message::AppendEntriesReply {
            term: self.term(),
            success,
        };
        out.push(Output::Send { to, message });
    }
}

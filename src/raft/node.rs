//! One server of the cluster.

use super::{
    DeniedHeartbeat, DeniedVote, HardState, IgnoredReply, Input, LogPosition, Message, NodeId, NodeSet, Note, Output,
    Outputs, Role, Rules, SteppedDown, Term, Timer,
};

/// What a node is told about its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Servers in the full cluster, 1 to 9, whether they run or not.
    pub size: u8,
    /// The rules in force.
    pub rules: Rules,
}

/// One server: Figure 2 of the paper without the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    id: NodeId,
    settings: Settings,
    hard_state: HardState,
    role: Role,
    /// The leader it follows (or is) in its current term, once known.
    leader: Option<NodeId>,
    /// Who voted for it in its current term, while it is a candidate or leader.
    votes: NodeSet,
    /// How many votes it counted. The size of `votes`, unless the rule that each counts once is off.
    vote_count: u8,
}

impl Node {
    /// A server that is about to start from what its disk holds; a blank disk is `HardState::default()`.
    /// "When servers start up, they begin as followers" (§5.2).
    ///
    /// # Panics
    /// If `settings.size` is not 1 to 9 or `id` lies outside the cluster.
    #[must_use]
    pub fn new(id: NodeId, settings: Settings, disk: HardState) -> Self {
        assert!(
            (1..=super::MAX_SERVERS).contains(&usize::from(settings.size)),
            "a cluster has 1 to 9 servers"
        );
        assert!(id.index() < usize::from(settings.size), "{id} lies outside the cluster");
        Self {
            id,
            settings,
            hard_state: disk,
            role: Role::Follower,
            leader: None,
            votes: NodeSet::EMPTY,
            vote_count: 0,
        }
    }

    /// Which server it is.
    #[must_use]
    pub const fn id(&self) -> NodeId {
        self.id
    }

    /// Its role.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// Its term, vote and log position, as it holds them in memory.
    #[must_use]
    pub const fn hard_state(&self) -> HardState {
        self.hard_state
    }

    /// Its current term.
    #[must_use]
    pub const fn term(&self) -> Term {
        self.hard_state.current_term
    }

    /// Whom it voted for in its current term.
    #[must_use]
    pub const fn voted_for(&self) -> Option<NodeId> {
        self.hard_state.voted_for
    }

    /// The leader of its current term, if it knows one.
    #[must_use]
    pub const fn leader(&self) -> Option<NodeId> {
        self.leader
    }

    /// Who voted for it in its current term; empty unless it is a candidate or leader.
    #[must_use]
    pub const fn votes(&self) -> NodeSet {
        self.votes
    }

    /// The votes it needs to lead.
    #[must_use]
    pub fn quorum(&self) -> u8 {
        self.settings.rules.quorum.votes(self.settings.size)
    }

    /// Changes the rules under a running server, for experiments.
    pub const fn set_rules(&mut self, rules: Rules) {
        self.settings.rules = rules;
    }

    /// Handles one input and appends what is to be done, in order.
    ///
    /// A timeout that does not fit the role, or a message from outside the cluster or from itself, does nothing.
    pub fn step(&mut self, input: Input, out: &mut Outputs) {
        let start = out.len();
        let on_disk = self.to_persist();
        match input {
            Input::Start => self.start(out),
            Input::Timeout(Timer::Election) => self.election_timeout(out),
            Input::Timeout(Timer::Heartbeat) => self.heartbeat_timeout(out),
            Input::Receive { from, message } => self.receive(from, message, out),
            Input::LogMoved(position) => self.log_moved(position, out),
        }
        // Figure 2, Persistent state: "Updated on stable storage before responding to RPCs".
        if self.to_persist() != on_disk {
            out.persist_first(start, self.to_persist());
        }
    }

    fn rules(&self) -> &Rules {
        &self.settings.rules
    }

    /// What a crash leaves, given the rules on persistence: what its disk holds between two steps. After
    /// [`Self::set_rules`] the driver has to see to that.
    #[must_use]
    pub fn to_persist(&self) -> HardState {
        let mut state = self.hard_state;
        if !self.rules().persist_vote {
            state.voted_for = None;
        }
        if !self.rules().persist_term {
            state.current_term = Term::ZERO;
        }
        state
    }

    fn note(&self, note: Note, out: &mut Outputs) {
        out.push(Output::Note(self.role, note));
    }

    fn peers(&self) -> impl Iterator<Item = NodeId> + use<> {
        let id = self.id;
        NodeId::all(usize::from(self.settings.size)).filter(move |&peer| peer != id)
    }

    fn broadcast(&self, message: Message, out: &mut Outputs) {
        for to in self.peers() {
            out.push(Output::Send { to, message });
        }
    }

    // --- What happens to it ---

    fn start(&self, out: &mut Outputs) {
        self.note(Note::Started, out);
        out.push(Output::SetTimer(Timer::Election));
    }

    /// "If election timeout elapses: convert to candidate" or "start new election" (Figure 2, Followers, Candidates).
    fn election_timeout(&mut self, out: &mut Outputs) {
        if self.role != Role::Leader {
            self.note(Note::ElectionTimedOut, out);
            self.become_candidate(out);
        }
    }

    /// "Repeat during idle periods to prevent election timeouts" (Figure 2, Leaders; §5.2).
    fn heartbeat_timeout(&self, out: &mut Outputs) {
        if self.role == Role::Leader {
            self.send_heartbeats(out);
        }
    }

    fn log_moved(&mut self, position: LogPosition, out: &mut Outputs) {
        self.hard_state.last_log = position;
        self.note(Note::LogMoved(position), out);
    }

    fn receive(&mut self, from: NodeId, message: Message, out: &mut Outputs) {
        if from == self.id || from.index() >= usize::from(self.settings.size) {
            return;
        }
        self.observe_term(from, message.term(), out);
        match message {
            Message::RequestVote { term, last_log } => self.request_vote(from, term, last_log, out),
            Message::RequestVoteReply { term, vote_granted } => self.vote_reply(from, term, vote_granted, out),
            Message::AppendEntries { term } => self.append_entries(from, term, out),
            // A leader learns nothing from it but a newer term, which was handled above.
            Message::AppendEntriesReply { .. } => {}
        }
    }

    /// "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to follower" (Figure 2, All
    /// servers; §5.1). The one place where a term is learned from others.
    fn observe_term(&mut self, from: NodeId, term: Term, out: &mut Outputs) {
        let old = self.term();
        if term <= old {
            return;
        }
        self.note(Note::TermAdvanced { old, new: term, from }, out);
        self.hard_state.current_term = term;
        self.hard_state.voted_for = None;
        if self.role != Role::Follower && self.rules().newer_term_steps_down {
            self.become_follower(SteppedDown::NewerTerm, out);
        }
        // Who leads the new term is not known, unless this server stays leader because the rule is off.
        if self.role != Role::Leader {
            self.leader = None;
        }
    }

    // --- Role changes ---

    fn become_follower(&mut self, why: SteppedDown, out: &mut Outputs) {
        self.note(Note::SteppedDown(why), out);
        if self.role == Role::Leader {
            // A leader has no election timer; a follower needs one.
            out.push(Output::CancelTimer(Timer::Heartbeat));
            out.push(Output::SetTimer(Timer::Election));
        }
        self.role = Role::Follower;
        self.votes = NodeSet::EMPTY;
        self.vote_count = 0;
    }

    /// "On conversion to candidate, start election: increment currentTerm, vote for self, reset election timer, send
    /// RequestVote RPCs to all other servers" (Figure 2, Candidates; §5.2).
    fn become_candidate(&mut self, out: &mut Outputs) {
        self.role = Role::Candidate;
        if self.rules().new_election_new_term {
            self.hard_state.current_term = self.term().next();
        }
        self.hard_state.voted_for = Some(self.id);
        self.leader = None;
        self.votes = NodeSet::from_iter([self.id]);
        self.vote_count = 1;
        self.note(Note::ElectionStarted { term: self.term() }, out);
        out.push(Output::SetTimer(Timer::Election));
        let message = Message::RequestVote {
            term: self.term(),
            last_log: self.hard_state.last_log,
        };
        self.broadcast(message, out);
        self.lead_if_elected(out);
    }

    /// "If votes received from majority of servers: become leader" (Figure 2, Candidates; §5.2).
    fn lead_if_elected(&mut self, out: &mut Outputs) {
        if self.vote_count >= self.quorum() {
            self.become_leader(out);
        }
    }

    /// "Upon election: send initial empty AppendEntries RPCs (heartbeat) to each server" (Figure 2, Leaders; §5.2).
    fn become_leader(&mut self, out: &mut Outputs) {
        self.note(Note::ElectionWon { votes: self.votes }, out);
        self.role = Role::Leader;
        self.leader = Some(self.id);
        out.push(Output::CancelTimer(Timer::Election));
        self.send_heartbeats(out);
    }

    fn send_heartbeats(&self, out: &mut Outputs) {
        out.push(Output::SetTimer(Timer::Heartbeat));
        self.broadcast(Message::AppendEntries { term: self.term() }, out);
    }

    // --- RequestVote ---

    fn request_vote(&mut self, from: NodeId, term: Term, last_log: LogPosition, out: &mut Outputs) {
        match self.judge_vote(from, term, last_log) {
            Ok(()) => self.grant_vote(from, out),
            Err(why) => self.deny_vote(from, term, why, out),
        }
    }

    /// Figure 2, RequestVote receiver implementation, 1 and 2.
    fn judge_vote(&self, from: NodeId, term: Term, last_log: LogPosition) -> Result<(), DeniedVote> {
        // 1. "Reply false if term < currentTerm" (§5.1).
        if term < self.term() {
            return Err(DeniedVote::StaleTerm);
        }
        // 2. "If votedFor is null or candidateId ..." (§5.2).
        match self.voted_for() {
            Some(other) if other != from && self.rules().one_vote_per_term => {
                return Err(DeniedVote::AlreadyVotedFor(other));
            }
            _ => {}
        }
        // "... and candidate's log is at least as up-to-date as receiver's log, grant vote" (§5.2, §5.4).
        let mine = self.hard_state.last_log;
        if last_log < mine && self.rules().up_to_date_check {
            return Err(DeniedVote::LogBehind { mine, theirs: last_log });
        }
        Ok(())
    }

    fn grant_vote(&mut self, to: NodeId, out: &mut Outputs) {
        self.hard_state.voted_for = Some(to);
        // Figure 2, Followers: the election timeout counts from "granting vote to candidate".
        if self.rules().granted_vote_resets_timer && self.role != Role::Leader {
            out.push(Output::SetTimer(Timer::Election));
        }
        self.note(Note::VoteGranted { to, term: self.term() }, out);
        self.reply_to_vote(to, true, out);
    }

    fn deny_vote(&mut self, to: NodeId, term: Term, why: DeniedVote, out: &mut Outputs) {
        if !self.rules().refused_vote_keeps_timer && self.role != Role::Leader {
            out.push(Output::SetTimer(Timer::Election));
        }
        self.note(Note::VoteDenied { to, term, why }, out);
        self.reply_to_vote(to, false, out);
        if self.rules().rerun_after_refusal && self.role == Role::Candidate {
            self.become_candidate(out);
        }
    }

    fn reply_to_vote(&self, to: NodeId, vote_granted: bool, out: &mut Outputs) {
        let message = Message::RequestVoteReply {
            term: self.term(),
            vote_granted,
        };
        out.push(Output::Send { to, message });
    }

    fn vote_reply(&mut self, from: NodeId, term: Term, vote_granted: bool, out: &mut Outputs) {
        if let Err(why) = self.judge_reply(from, term, vote_granted) {
            return self.note(Note::ReplyIgnored { from, why }, out);
        }
        if !vote_granted {
            return self.note(Note::VoteRefused { from }, out);
        }
        self.votes.insert(from);
        self.vote_count = self.vote_count.saturating_add(1);
        let count = self.vote_count;
        self.note(Note::VoteReceived { from, count }, out);
        self.lead_if_elected(out);
    }

    /// Whether a reply counts: "votes from a majority of the servers in the full cluster for the same term" (§5.2).
    fn judge_reply(&self, from: NodeId, term: Term, vote_granted: bool) -> Result<(), IgnoredReply> {
        if self.role != Role::Candidate {
            return Err(IgnoredReply::NotCandidate);
        }
        if term != self.term() && self.rules().reply_term_must_match {
            return Err(IgnoredReply::StaleTerm);
        }
        if vote_granted && self.votes.contains(from) && self.rules().count_each_vote_once {
            return Err(IgnoredReply::Duplicate);
        }
        Ok(())
    }

    // --- AppendEntries ---

    fn append_entries(&mut self, from: NodeId, term: Term, out: &mut Outputs) {
        if let Err(why) = self.judge_heartbeat(term) {
            self.note(Note::HeartbeatDenied { from, term, why }, out);
            return self.reply_to_heartbeat(from, false, out);
        }
        // "If AppendEntries RPC received from new leader: convert to follower" (Figure 2, Candidates; §5.2).
        if self.role == Role::Candidate {
            self.become_follower(SteppedDown::LeaderOfTerm(from), out);
        }
        self.leader = Some(from);
        // Figure 2, Followers: the election timeout counts from "receiving AppendEntries RPC from current leader".
        if self.rules().heartbeat_resets_timer {
            out.push(Output::SetTimer(Timer::Election));
        }
        self.note(Note::HeartbeatAccepted { from }, out);
        self.reply_to_heartbeat(from, true, out);
    }

    fn judge_heartbeat(&self, term: Term) -> Result<(), DeniedHeartbeat> {
        // Figure 2, AppendEntries receiver 1: "Reply false if term < currentTerm" (§5.1).
        if term < self.term() {
            return Err(DeniedHeartbeat::StaleTerm);
        }
        match self.role {
            Role::Follower => Ok(()),
            Role::Candidate if self.rules().candidate_yields_to_leader => Ok(()),
            Role::Candidate => Err(DeniedHeartbeat::KeepsRunning),
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

//! One server of the cluster: what it is, what happens to it, and how it changes its role. What it answers to each message is in
//! the files beside this one.

mod heartbeats;
mod pre_votes;
mod votes;

use super::{
    Decision, HardState, Input, LogPosition, Message, NodeId, NodeSet, Output, Outputs, Role, Rules, SteppedDown, Term,
    Timer, VolatileState,
};

/// What a node is told about its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Settings {
    /// Servers in the full cluster, 1 to 9, whether they run or not.
    pub size: u8,
    /// The rules in force.
    pub rules: Rules,
    /// Whose priority is lower than its own: they get its vote only with a longer log. Nobody's in the paper.
    pub outranks: NodeSet,
}

impl Settings {
    /// A cluster of this size in which all have the same priority.
    #[must_use]
    pub const fn new(size: u8, rules: Rules) -> Self {
        Self {
            size,
            rules,
            outranks: NodeSet::EMPTY,
        }
    }
}

/// One server: Figure 2 of the paper without the log.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Node {
    id: NodeId,
    settings: Settings,
    hard_state: HardState,
    volatile: VolatileState,
}

impl Node {
    /// A server that is about to start from what its disk holds; a blank disk is `HardState::default()`.
    /// "When servers start up, they begin as followers" (§5.2).
    ///
    /// # Panics
    /// If `settings.size` is not 1 to 9 or `id` lies outside the cluster.
    #[must_use]
    pub fn new(id: NodeId, settings: Settings, disk: HardState) -> Self {
        Self::resume(id, settings, disk, VolatileState::default())
    }

    /// A server in the middle of its life, as [`Self::hard_state`] and [`Self::volatile`] described it.
    ///
    /// # Panics
    /// If `settings.size` is not 1 to 9 or `id` lies outside the cluster.
    #[must_use]
    pub fn resume(id: NodeId, settings: Settings, hard_state: HardState, volatile: VolatileState) -> Self {
        assert!(
            (1..=super::MAX_SERVERS).contains(&usize::from(settings.size)),
            "a cluster has 1 to 9 servers"
        );
        assert!(id.index() < usize::from(settings.size), "{id} lies outside the cluster");
        Self {
            id,
            settings,
            hard_state,
            volatile,
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
        self.volatile.role
    }

    /// What a crash would take.
    #[must_use]
    pub const fn volatile(&self) -> VolatileState {
        self.volatile
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
        self.volatile.leader
    }

    /// Who voted for it in its current term, or would while it is a pre-candidate; empty in followers.
    #[must_use]
    pub const fn votes(&self) -> NodeSet {
        self.volatile.votes
    }

    /// The votes it needs to lead.
    #[must_use]
    pub fn quorum(&self) -> u8 {
        self.settings.rules.quorum.votes(self.settings.size)
    }

    /// What it was told about its cluster.
    #[must_use]
    pub const fn settings(&self) -> Settings {
        self.settings
    }

    /// The rules that it follows.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.settings.rules
    }

    /// Changes the rules under a running server, for experiments.
    pub const fn set_rules(&mut self, rules: Rules) {
        self.settings.rules = rules;
    }

    /// Changes whose priority is lower than its own.
    pub const fn set_outranks(&mut self, others: NodeSet) {
        self.settings.outranks = others;
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
            Input::Timeout(Timer::RecentLeader) => self.volatile.leader_is_recent = false,
            Input::Timeout(Timer::CheckQuorum) => self.check_quorum(out),
            Input::Receive { from, message } => self.receive(from, message, out),
            Input::LogMoved(position) => self.log_moved(position, out),
            Input::TransferLeadership(to) => self.transfer_leadership(to, out),
        }
        // Figure 2, Persistent state: "Updated on stable storage before responding to RPCs".
        if self.to_persist() != on_disk {
            out.persist_first(start, self.to_persist());
        }
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

    fn decide(&self, decision: Decision, out: &mut Outputs) {
        out.push(Output::Decided(self.role(), decision));
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
        self.decide(Decision::Started, out);
        out.push(Output::SetTimer(Timer::Election));
    }

    /// "If election timeout elapses: convert to candidate" or "start new election" (Figure 2, Followers, Candidates).
    fn election_timeout(&mut self, out: &mut Outputs) {
        if self.role() != Role::Leader {
            self.decide(Decision::ElectionTimedOut, out);
            self.campaign(out);
        }
    }

    fn log_moved(&mut self, position: LogPosition, out: &mut Outputs) {
        self.hard_state.last_log = position;
        self.decide(Decision::LogMoved(position), out);
    }

    fn receive(&mut self, from: NodeId, message: Message, out: &mut Outputs) {
        if !self.is_peer(from) {
            return;
        }
        let held_back = self.must_hold_to_leader(message);
        if let Some(term) = self.news_of_term(message).filter(|_| !held_back) {
            self.observe_term(from, term, out);
        }
        match message {
            Message::RequestVote { term, last_log, .. } => self.request_vote(from, term, last_log, held_back, out),
            Message::RequestVoteReply { term, vote_granted } => self.vote_reply(from, term, vote_granted, out),
            Message::AppendEntries { term } => self.append_entries(from, term, out),
            Message::AppendEntriesReply { term, success } => self.heartbeat_reply(from, term, success),
            Message::PreVote { term, last_log } => self.pre_vote(from, term, last_log, out),
            Message::PreVoteReply { term, vote_granted } => self.pre_vote_reply(from, term, vote_granted, out),
            Message::TimeoutNow { term } => self.timeout_now(from, term, out),
        }
    }

    /// The term that a message tells of: "if RPC request or response contains term T > currentTerm" (Figure 2, All servers). One
    /// that is only asked about is none (thesis §9.6).
    fn news_of_term(&self, message: Message) -> Option<Term> {
        match message {
            Message::PreVote { term, .. } => (!self.rules().pre_vote_moves_no_term).then_some(term),
            _ if message.is_reply() && !self.rules().learn_term_from_replies => None,
            _ => message.senders_term(),
        }
    }

    /// Whether this is another server of its cluster.
    fn is_peer(&self, other: NodeId) -> bool {
        other != self.id && other.index() < usize::from(self.settings.size)
    }

    /// "If RPC request or response contains term T > currentTerm: set currentTerm = T, convert to follower" (Figure 2, All
    /// servers; §5.1). The one place where a term is learned from others.
    fn observe_term(&mut self, from: NodeId, term: Term, out: &mut Outputs) {
        let old = self.term();
        if term <= old {
            return;
        }
        self.decide(Decision::TermAdvanced { old, new: term, from }, out);
        self.hard_state.current_term = term;
        self.hard_state.voted_for = None;
        if self.role() != Role::Follower && self.rules().newer_term_steps_down {
            self.become_follower(SteppedDown::NewerTerm, out);
        }
        // Who leads the new term is not known, unless this server stays leader because the rule is off.
        if self.role() != Role::Leader {
            self.forget_leader(out);
        }
    }

    fn forget_leader(&mut self, out: &mut Outputs) {
        self.volatile.leader = None;
        if self.volatile.leader_is_recent {
            self.volatile.leader_is_recent = false;
            out.push(Output::CancelTimer(Timer::RecentLeader));
        }
    }

    // --- Role changes ---

    fn become_follower(&mut self, why: SteppedDown, out: &mut Outputs) {
        self.decide(Decision::SteppedDown(why), out);
        if self.role() == Role::Leader {
            // A leader has no election timer; a follower needs one.
            out.push(Output::CancelTimer(Timer::Heartbeat));
            if self.volatile.heard.take().is_some() {
                out.push(Output::CancelTimer(Timer::CheckQuorum));
            }
            out.push(Output::SetTimer(Timer::Election));
        }
        // "candidateId that received vote in current term" (Figure 2, Persistent state): in a newer term it has none yet.
        if why != SteppedDown::NewerTerm && !self.rules().keep_vote_in_term {
            self.hard_state.voted_for = None;
        }
        self.volatile.role = Role::Follower;
        self.volatile.votes = NodeSet::EMPTY;
        self.volatile.vote_count = 0;
    }

    /// Tries to become leader: stands for election, or first asks for pre-votes where that rule is on.
    fn campaign(&mut self, out: &mut Outputs) {
        // "A candidate only increments its term if it first learns from a majority of the cluster that they would be willing to
        // grant the candidate their votes" (thesis §9.6).
        if self.rules().pre_vote {
            self.become_pre_candidate(out);
        } else {
            self.become_candidate(false, out);
        }
    }

    /// The term of its next election: "a follower increments its current term" (§5.2).
    fn next_term(&self) -> Term {
        if self.rules().new_election_new_term {
            self.term().next()
        } else {
            self.term()
        }
    }

    /// Asks the others for votes, with its own as the first.
    fn ask_as(&mut self, role: Role, out: &mut Outputs) {
        self.volatile.role = role;
        self.volatile.votes = NodeSet::from_iter([self.id]);
        self.volatile.vote_count = 1;
        self.forget_leader(out);
    }

    /// Asks who would vote for it; neither its term nor its vote changes (thesis §9.6).
    fn become_pre_candidate(&mut self, out: &mut Outputs) {
        self.ask_as(Role::PreCandidate, out);
        let (term, last_log) = (self.next_term(), self.hard_state.last_log);
        self.decide(Decision::PreVoteStarted { term }, out);
        out.push(Output::SetTimer(Timer::Election));
        self.broadcast(Message::PreVote { term, last_log }, out);
        self.on_quorum(out);
    }

    /// "On conversion to candidate, start election: increment currentTerm, vote for self, reset election timer, send
    /// RequestVote RPCs to all other servers" (Figure 2, Candidates; §5.2).
    fn become_candidate(&mut self, leadership_transfer: bool, out: &mut Outputs) {
        self.ask_as(Role::Candidate, out);
        self.hard_state.current_term = self.next_term();
        self.hard_state.voted_for = Some(self.id);
        self.decide(Decision::ElectionStarted { term: self.term() }, out);
        out.push(Output::SetTimer(Timer::Election));
        let message = Message::RequestVote {
            term: self.term(),
            last_log: self.hard_state.last_log,
            leadership_transfer,
        };
        self.broadcast(message, out);
        self.on_quorum(out);
    }

    /// "If votes received from majority of servers: become leader" (Figure 2, Candidates; §5.2). A pre-candidate with enough
    /// promises becomes a candidate (thesis §9.6).
    fn on_quorum(&mut self, out: &mut Outputs) {
        if self.volatile.vote_count < self.quorum() {
            return;
        }
        match self.role() {
            Role::PreCandidate => self.become_candidate(false, out),
            _ => self.become_leader(out),
        }
    }

    /// "Upon election: send initial empty AppendEntries RPCs (heartbeat) to each server" (Figure 2, Leaders; §5.2).
    fn become_leader(&mut self, out: &mut Outputs) {
        let votes = self.volatile.votes;
        self.decide(Decision::ElectionWon { votes }, out);
        self.volatile.role = Role::Leader;
        self.volatile.leader = Some(self.id);
        out.push(Output::CancelTimer(Timer::Election));
        self.send_heartbeats(out);
    }
}

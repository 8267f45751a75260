//! The rules of an election as switches: each is one sentence of the paper, read at one place.

/// How many votes make a leader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Quorum {
    /// More than half of the whole cluster, crashed servers included (§5.2).
    #[default]
    Majority,
    /// This many votes, whatever the size of the cluster.
    Votes(u8),
}

impl Quorum {
    /// The votes needed in a cluster of `size`; at least one, a candidate's own.
    #[must_use]
    pub fn votes(self, size: u8) -> u8 {
        match self {
            Self::Majority => size / 2 + 1,
            Self::Votes(votes) => votes.max(1),
        }
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $field:ident, $rule:ident = $paper:expr;)*) => {
        /// Which rules are in force. [`Rules::PAPER`] is the paper; everything else is an experiment.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct Rules {
            $($(#[$doc])* pub $field: bool,)*
            /// How many votes make a leader. "A candidate wins an election if it receives votes from a majority of the
            /// servers in the full cluster for the same term" (§5.2).
            pub quorum: Quorum,
        }

        /// A rule that is on or off, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Rule { $($(#[$doc])* $rule,)* }

        impl Rule {
            /// All of them, in the order of an election; then what is not in the paper.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];
            /// Those of the thesis that the paper does not have.
            pub const EXTENSIONS: &[Self] = &[Self::PreVote, Self::LeaderStickiness, Self::CheckQuorum];
        }

        impl Rules {
            /// The paper's rules: all on, the lab's quirk and the thesis' extensions off.
            pub const PAPER: Self = Self { $($field: $paper,)* quorum: Quorum::Majority };

            /// Whether a rule is in force.
            #[must_use]
            pub const fn get(&self, rule: Rule) -> bool {
                match rule { $(Rule::$rule => self.$field,)* }
            }

            /// Switches a rule on or off.
            pub const fn set(&mut self, rule: Rule, on: bool) {
                match rule { $(Rule::$rule => self.$field = on,)* }
            }
        }
    };
}

rules! {
    /// "To begin an election, a follower increments its current term" (§5.2).
    new_election_new_term, NewElectionNewTerm = true;
    /// "Each server will vote for at most one candidate in a given term" (§5.2).
    one_vote_per_term, OneVotePerTerm = true;
    /// `votedFor` is "updated on stable storage before responding to RPCs" (Figure 2).
    persist_vote, PersistVote = true;
    /// `currentTerm` is "updated on stable storage before responding to RPCs" (Figure 2).
    persist_term, PersistTerm = true;
    /// A voter "denies its vote if its own log is more up-to-date than that of the candidate" (§5.4.1).
    up_to_date_check, UpToDateCheck = true;
    /// A vote counts "for the same term" only (§5.2): a late reply to an older request is ignored.
    reply_term_must_match, ReplyTermMustMatch = true;
    /// A majority is one of servers (§5.2): a reply that arrives twice counts once.
    count_each_vote_once, CountEachVoteOnce = true;
    /// "If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state" (§5.1).
    newer_term_steps_down, NewerTermStepsDown = true;
    /// A candidate that hears from a leader of its term "recognizes the leader as legitimate and returns to follower
    /// state" (§5.2).
    candidate_yields_to_leader, CandidateYieldsToLeader = true;
    /// An election timeout elapses "without receiving AppendEntries RPC from current leader or granting vote to candidate"
    /// (Figure 2, Followers): giving a vote starts it anew.
    granted_vote_resets_timer, GrantedVoteResetsTimer = true;
    /// The same sentence names granting only: refusing a vote does not start it anew.
    refused_vote_keeps_timer, RefusedVoteKeepsTimer = true;
    /// The same sentence: a heartbeat of the current leader starts it anew (§5.2).
    heartbeat_resets_timer, HeartbeatResetsTimer = true;
    /// "Raft uses randomized election timeouts to ensure that split votes are rare" (§5.2). Read by the simulator, which
    /// draws the durations.
    randomised_timeouts, RandomisedTimeouts = true;
    /// Not in the paper. The lab's quirk: a candidate that refuses somebody's vote runs again at once, for the next term.
    rerun_after_refusal, RerunAfterRefusal = false;
    /// An extension: a server "only increments its term if it first learns from a majority of the cluster that they would be
    /// willing to grant the candidate their votes" (thesis §9.6).
    pre_vote, PreVote = false;
    /// An extension: "if a server receives a RequestVote request within the minimum election timeout of hearing from a current
    /// leader, it does not update its term or grant its vote" (thesis §4.2.3).
    leader_stickiness, LeaderStickiness = false;
    /// An extension: "a leader steps down if an election timeout elapses without a successful round of heartbeats to a majority
    /// of its cluster" (thesis §6.2).
    check_quorum, CheckQuorum = false;
}

impl Default for Rules {
    fn default() -> Self {
        Self::PAPER
    }
}

/// How rules stand to those of the paper, from none changed to the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conformity {
    /// They are the paper's.
    #[default]
    Paper,
    /// The paper's are all in force, and so are extensions of the thesis.
    Extended,
    /// A rule of the paper is off, the quorum is another, or a rule is on that neither the paper nor the thesis has.
    Modified,
}

impl Rules {
    /// Whether anything differs from the paper.
    #[must_use]
    pub fn modified(&self) -> bool {
        *self != Self::PAPER
    }

    /// How they stand to those of the paper.
    #[must_use]
    pub fn conformity(&self) -> Conformity {
        let mut bare = *self;
        for extension in Rule::EXTENSIONS {
            bare.set(*extension, false);
        }
        match (self.modified(), bare.modified()) {
            (false, _) => Conformity::Paper,
            (true, false) => Conformity::Extended,
            (true, true) => Conformity::Modified,
        }
    }

    /// The lab's protocol: the paper's with its quirk.
    #[must_use]
    pub const fn lab() -> Self {
        let mut rules = Self::PAPER;
        rules.rerun_after_refusal = true;
        rules
    }
}

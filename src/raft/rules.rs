//! The rules of an election as switches: each is one sentence of the paper, read at one place, and one row of the table below.

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

/// Rules that belong together, as they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleGroup {
    /// Who votes for whom, and which votes count.
    Votes,
    /// What terms are for.
    Terms,
    /// When a server starts an election.
    Timers,
    /// Whose log lets it win.
    Logs,
    /// Extensions: not part of the paper's election (§5.2).
    Extensions,
    /// What belongs to a pre-vote: they say nothing where nobody asks for one.
    PreVotes,
    /// What neither the paper nor the thesis has.
    Lab,
}

/// What a rule protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protects {
    /// Without it a safety property can break.
    Safety,
    /// It decides how long elections take and who wins them. Safety holds with it and without it.
    Progress,
}

/// Where the sentence stands that a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// In this section of the paper.
    Section(&'static str),
    /// In this part of the paper's Figure 2.
    Figure2(&'static str),
    /// In this section of the thesis.
    Thesis(&'static str),
    /// In neither: another system does so.
    System(&'static str),
    /// In neither: the lab's servers did so.
    Lab,
}

/// Makes two types from one table: [`Rules`], with a switch for each rule, and [`Rule`], with its name.
macro_rules! rules {
    ($($group:ident {$(
        $(#[$doc:meta])*
        $rule:ident = $field:ident {
            slug: $slug:literal, bit: $bit:literal, since: $since:literal, paper: $paper:literal, protects: $protects:ident,
            source: $source:ident$(($place:literal))?,
        }
    )*})*) => {
        /// Which rules are in force. [`Rules::PAPER`] is the paper; everything else is an experiment.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub struct Rules {
            $($($(#[$doc])* pub $field: bool,)*)*
            /// How many votes make a leader. "A candidate wins an election if it receives votes from a majority of the
            /// servers in the full cluster for the same term" (§5.2).
            pub quorum: Quorum,
        }

        /// A rule that is on or off, by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Rule { $($($(#[$doc])* $rule,)*)* }

        impl Rule {
            const IN_GROUPS: [Self; [$($($bit,)*)*].len()] = [$($(Self::$rule,)*)*];

            /// Its name in files. Never changes. An identifier, not a word for readers: those are the page's.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $($(Self::$rule => $slug,)*)* }
            }

            /// Which bit it is in a link. Never changes.
            #[must_use]
            pub const fn bit(self) -> u32 {
                match self { $($(Self::$rule => $bit,)*)* }
            }

            /// The first version of links that has it.
            #[must_use]
            pub const fn since(self) -> u8 {
                match self { $($(Self::$rule => $since,)*)* }
            }

            /// With which others it is shown.
            #[must_use]
            pub const fn group(self) -> RuleGroup {
                match self { $($(Self::$rule => RuleGroup::$group,)*)* }
            }

            /// What it protects.
            #[must_use]
            pub const fn protects(self) -> Protects {
                match self { $($(Self::$rule => Protects::$protects,)*)* }
            }

            /// Where its sentence stands.
            #[must_use]
            pub const fn source(self) -> Source {
                match self { $($(Self::$rule => Source::$source$(($place))?,)*)* }
            }
        }

        impl RuleGroup {
            /// All of them, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$group,)*];

            /// Its rules, in the order in which they are shown.
            #[must_use]
            pub const fn rules(self) -> &'static [Rule] {
                match self { $(Self::$group => &[$(Rule::$rule,)*],)* }
            }
        }

        impl Rules {
            /// The paper's rules: all on, the lab's quirk and the thesis' extensions off.
            pub const PAPER: Self = Self { $($($field: $paper,)*)* quorum: Quorum::Majority };

            /// Whether a rule is in force.
            #[must_use]
            pub const fn get(&self, rule: Rule) -> bool {
                match rule { $($(Rule::$rule => self.$field,)*)* }
            }

            /// Switches a rule on or off.
            pub const fn set(&mut self, rule: Rule, on: bool) {
                match rule { $($(Rule::$rule => self.$field = on,)*)* }
            }
        }
    };
}

// Everything about a rule, except for its guard in `Node` (or the simulator), the page's words for it and its tests. Groups and
// rules stand in the order in which the page shows them. A new rule takes the next bit, and raises the version of links.
rules! {
    Votes {
        /// "Each server will vote for at most one candidate in a given term" (§5.2).
        OneVotePerTerm = one_vote_per_term {
            slug: "one-vote-per-term", bit: 1, since: 1, paper: true, protects: Safety, source: Section("5.2"),
        }
        /// `votedFor` is "updated on stable storage before responding to RPCs" (Figure 2).
        PersistVote = persist_vote {
            slug: "persist-vote", bit: 2, since: 1, paper: true, protects: Safety, source: Figure2("Persistent state"),
        }
        /// A majority is one of servers (§5.2): a reply that arrives twice counts once.
        CountEachVoteOnce = count_each_vote_once {
            slug: "count-each-vote-once", bit: 6, since: 1, paper: true, protects: Safety, source: Section("5.2"),
        }
        /// A vote counts "for the same term" only (§5.2): a late reply to an older request is ignored.
        ReplyTermMustMatch = reply_term_must_match {
            slug: "reply-term-must-match", bit: 5, since: 1, paper: true, protects: Safety, source: Section("5.2"),
        }
        /// `votedFor` is the "candidateId that received vote in current term" (Figure 2): a server that steps down within a term
        /// keeps the vote that it gave in it.
        KeepVoteInTerm = keep_vote_in_term {
            slug: "keep-vote-in-term", bit: 17, since: 6, paper: true, protects: Safety, source: Figure2("Persistent state"),
        }
    }
    Terms {
        /// "To begin an election, a follower increments its current term" (§5.2).
        NewElectionNewTerm = new_election_new_term {
            slug: "new-election-new-term", bit: 0, since: 1, paper: true, protects: Safety, source: Section("5.2"),
        }
        /// `currentTerm` is "updated on stable storage before responding to RPCs" (Figure 2).
        PersistTerm = persist_term {
            slug: "persist-term", bit: 3, since: 1, paper: true, protects: Safety, source: Figure2("Persistent state"),
        }
        /// "If a candidate or leader discovers that its term is out of date, it immediately reverts to follower state" (§5.1).
        NewerTermStepsDown = newer_term_steps_down {
            slug: "newer-term-steps-down", bit: 7, since: 1, paper: true, protects: Safety, source: Section("5.1"),
        }
        /// "If RPC request or response contains term T > currentTerm: set currentTerm = T" (Figure 2, All Servers): replies count
        /// as well.
        LearnTermFromReplies = learn_term_from_replies {
            slug: "learn-term-from-replies", bit: 18, since: 6, paper: true, protects: Progress, source: Figure2("All Servers"),
        }
        /// A candidate that hears from a leader of its term "recognizes the leader as legitimate and returns to follower
        /// state" (§5.2).
        CandidateYieldsToLeader = candidate_yields_to_leader {
            slug: "candidate-yields-to-leader", bit: 8, since: 1, paper: true, protects: Progress, source: Section("5.2"),
        }
    }
    Timers {
        /// "Raft uses randomized election timeouts to ensure that split votes are rare" (§5.2). Read by the simulator, which
        /// draws the durations.
        RandomisedTimeouts = randomised_timeouts {
            slug: "randomised-timeouts", bit: 12, since: 1, paper: true, protects: Progress, source: Section("5.2"),
        }
        /// "A server remains in follower state as long as it receives valid RPCs from a leader or candidate" (§5.2): a heartbeat of
        /// the current leader starts the election timeout anew.
        HeartbeatResetsTimer = heartbeat_resets_timer {
            slug: "heartbeat-resets-timer", bit: 11, since: 1, paper: true, protects: Progress, source: Section("5.2"),
        }
        /// An election timeout elapses "without receiving AppendEntries RPC from current leader or granting vote to candidate"
        /// (Figure 2, Followers): giving a vote starts it anew.
        GrantedVoteResetsTimer = granted_vote_resets_timer {
            slug: "granted-vote-resets-timer", bit: 9, since: 1, paper: true, protects: Progress, source: Figure2("Followers"),
        }
        /// The same sentence names granting only: refusing a vote does not start it anew.
        RefusedVoteKeepsTimer = refused_vote_keeps_timer {
            slug: "refused-vote-keeps-timer", bit: 10, since: 1, paper: true, protects: Progress, source: Figure2("Followers"),
        }
    }
    Logs {
        /// A voter "denies its vote if its own log is more up-to-date than that of the candidate" (§5.4.1).
        UpToDateCheck = up_to_date_check {
            slug: "up-to-date-check", bit: 4, since: 1, paper: true, protects: Safety, source: Section("5.4.1"),
        }
        /// "If the logs have last entries with different terms, then the log with the later term is more up-to-date" (§5.4.1),
        /// however long the other is.
        LogTermBeforeIndex = log_term_before_index {
            slug: "log-term-before-index", bit: 19, since: 6, paper: true, protects: Safety, source: Section("5.4.1"),
        }
    }
    Extensions {
        /// An extension: a server "only increments its term if it first learns from a majority of the cluster that they would be
        /// willing to grant the candidate their votes" (thesis §9.6).
        PreVote = pre_vote {
            slug: "pre-vote", bit: 14, since: 2, paper: false, protects: Progress, source: Thesis("9.6"),
        }
        /// An extension: "if a server receives a RequestVote request within the minimum election timeout of hearing from a current
        /// leader, it does not update its term or grant its vote" (thesis §4.2.3).
        LeaderStickiness = leader_stickiness {
            slug: "leader-stickiness", bit: 15, since: 2, paper: false, protects: Progress, source: Thesis("4.2.3"),
        }
        /// An extension: "a leader steps down if an election timeout elapses without a successful round of heartbeats to a majority
        /// of its cluster" (thesis §6.2).
        CheckQuorum = check_quorum {
            slug: "check-quorum", bit: 16, since: 2, paper: false, protects: Progress, source: Thesis("6.2"),
        }
    }
    PreVotes {
        /// Others say "that they would be willing to grant the candidate their votes" (thesis §9.6): a promise is no vote.
        PreVoteIsNoVote = pre_vote_is_no_vote {
            slug: "pre-vote-is-no-vote", bit: 20, since: 6, paper: true, protects: Safety, source: Thesis("9.6"),
        }
        /// A server "only increments its term if it first learns from a majority" (thesis §9.6): its question about a term moves
        /// nobody to that term.
        PreVoteMovesNoTerm = pre_vote_moves_no_term {
            slug: "pre-vote-moves-no-term", bit: 21, since: 6, paper: true, protects: Progress, source: Thesis("9.6"),
        }
        /// A server would vote "if the candidate's log is sufficiently up-to-date" (thesis §9.6).
        PreVoteChecksLog = pre_vote_checks_log {
            slug: "pre-vote-checks-log", bit: 22, since: 6, paper: true, protects: Progress, source: Thesis("9.6"),
        }
        /// And if it has "not received heartbeats from a valid leader for at least a baseline election timeout" (thesis §9.6).
        PreVoteHeedsLeader = pre_vote_heeds_leader {
            slug: "pre-vote-heeds-leader", bit: 23, since: 6, paper: true, protects: Progress, source: Thesis("9.6"),
        }
        /// Not in the thesis, by which a leader that restarts is refused as well. `HashiCorp` Raft promises its vote to a server
        /// that it takes for the leader.
        LeaderMayAsk = leader_may_ask {
            slug: "leader-may-ask", bit: 24, since: 6, paper: false, protects: Progress, source: System("HashiCorp Raft"),
        }
    }
    Lab {
        /// Not in the paper. The lab's quirk: a candidate that refuses somebody's vote runs again at once, for the next term.
        RerunAfterRefusal = rerun_after_refusal {
            slug: "rerun-after-refusal", bit: 13, since: 1, paper: false, protects: Progress, source: Lab,
        }
    }
}

/// The rules in the order of their bits. A table in which two share a bit, or one is left out, does not compile.
const fn by_bit<const N: usize>(rules: [Rule; N]) -> [Rule; N] {
    let mut sorted = rules;
    let mut taken = 0_u64;
    let mut at = 0;
    while at < N {
        let bit = rules[at].bit();
        sorted[bit as usize] = rules[at];
        taken |= 1 << bit;
        at += 1;
    }
    assert!(taken.count_ones() as usize == N, "two rules have the same bit");
    sorted
}

impl RuleGroup {
    /// Whether its rules are the paper's.
    #[must_use]
    pub const fn is_of_paper(self) -> bool {
        match self {
            Self::Votes | Self::Terms | Self::Timers | Self::Logs => true,
            Self::Extensions | Self::PreVotes | Self::Lab => false,
        }
    }
}

impl Rule {
    /// All of them, in the order of their bits: of an election, then what is not in the paper.
    pub const ALL: &[Self] = &by_bit(Self::IN_GROUPS);
    /// Those of the thesis that the paper does not have.
    pub const EXTENSIONS: &[Self] = RuleGroup::Extensions.rules();

    /// The rule without which this one says nothing.
    #[must_use]
    pub const fn part_of(self) -> Option<Self> {
        match self.group() {
            RuleGroup::PreVotes => Some(Self::PreVote),
            _ => None,
        }
    }

    /// How the paper's rules stand to themselves with this one on or off: what one server that goes by it makes of a run.
    #[must_use]
    pub fn conformity(self, on: bool) -> Conformity {
        let mut rules = Rules::PAPER;
        rules.set(self, on);
        rules.conformity()
    }

    /// The rule with this name in files.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.slug() == slug)
    }
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
    /// The rules that are not as in the paper.
    pub fn changed(self) -> impl Iterator<Item = Rule> {
        let differs = move |rule: &Rule| self.get(*rule) != Self::PAPER.get(*rule);
        Rule::ALL.iter().copied().filter(differs)
    }

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

    /// The paper's rules with one the other way. What it is part of is in force, as it would say nothing else.
    #[must_use]
    pub const fn switching(rule: Rule) -> Self {
        let mut rules = Self::paper_for(rule);
        rules.set(rule, !Self::PAPER.get(rule));
        rules
    }

    /// The paper's rules, with what a rule is part of in force.
    #[must_use]
    pub const fn paper_for(rule: Rule) -> Self {
        let mut rules = Self::PAPER;
        if let Some(whole) = rule.part_of() {
            rules.set(whole, true);
        }
        rules
    }

    /// The lab's protocol: the paper's with its quirk.
    #[must_use]
    pub const fn lab() -> Self {
        let mut rules = Self::PAPER;
        rules.rerun_after_refusal = true;
        rules
    }
}

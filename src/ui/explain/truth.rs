//! Whether what the page claims is true: over random runs in which everything may fail, each headline, each sentence and each
//! label is held against predicates that are written apart from them, over plain arrays.
//!
//! `cargo test` judges ten thousand instants; `INSTANTS=1000000 cargo test --lib every_claim` judges a million.

use super::{
    chance::{LostChance, lost_chance},
    confirmation::{Confirmation, Then, done_at},
    groups::partition,
    headline::{Belief, Headline, Lack},
    narration::{Apart, Moment, Next},
    overview::{Cuts, Overview},
    story::{Answer, Ballot, Campaign, Card, CardKind, LostRound, Story, VoteFate},
};
use crate::{
    raft::{Decision, LogPosition, Message, NodeId, NodeSet, Quorum, Role, Rule, Rules, Term, Timer},
    safety::{Property, Violation},
    short_sort::sorted_by_key,
    sim::{
        Action, CarryingLinks, CausalStep, Claim, Config, Contact, Effect, Event, EventId, EventKind, History,
        InFlight, LinkAction, LostWhere, MarkKind, Micros, Network, OwnSetting, Process, Range, Timing, Trace,
    },
    splitmix::{GOLDEN_GAMMA, mix},
    ui::{
        run::{
            incident::{Tally, VoidVote, VoteSource},
            view::{ClusterView, ServerView, broken_now},
        },
        text::Lang,
    },
};

// --- Random runs ---

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(GOLDEN_GAMMA);
        usize::try_from(mix(self.0) >> 33).unwrap_or(0) % sides
    }

    fn ms(&mut self, below: usize) -> Micros {
        Micros::from_millis(self.roll(below) as u64)
    }

    /// A cluster of one to nine, most often of five; every fourth under rules that are not the paper's.
    fn config(&mut self) -> Config {
        let sizes = [1, 2, 3, 3, 4, 5, 5, 5, 5, 6, 7, 9];
        let mut config = Config::paper(sizes[self.roll(sizes.len())]);
        if self.roll(4) == 0 {
            config.timing.election_timeout = Range::millis(40, 120);
        }
        if self.roll(4) == 0 {
            config.network.loss_permille = [50, 300, 1000][self.roll(3)];
        }
        if self.roll(4) == 0 {
            let rule = Rule::ALL[self.roll(Rule::ALL.len())];
            // The lab's bug can make a storm of messages.
            if rule != Rule::RerunAfterRefusal {
                config.rules = Rules::switching(rule);
            }
        }
        if self.roll(8) == 0 {
            config.rules.quorum = Quorum::Votes([1, 2, 3][self.roll(3)]);
        }
        config
    }

    fn action(&mut self, size: usize) -> Action {
        let (one, other) = (NodeId::new(self.roll(size)), NodeId::new(self.roll(size)));
        let group: NodeSet = NodeId::all(size).filter(|_| self.roll(2) == 0).collect();
        match self.roll(29) {
            0 | 1 => Action::kill(one),
            2..=4 => Action::start(one),
            5 => Action::pause(one),
            6 | 7 => Action::resume(one),
            8 => Action::wipe_disk(one),
            9 | 10 => Action::force_timeout(one),
            11 | 12 => Action::isolate(one),
            13 => Action::rejoin(one),
            14 | 15 => Action::cut(one, other),
            16 => Action::heal(one, other),
            17 | 18 => Action::partition(group),
            19..=21 => Action::heal_all(),
            22 => Action::align_timers(),
            23 => Action::transfer_leadership(one, other),
            24 => Action::send_heartbeats(one),
            25 => Action::set_server(one, self.server_setting()),
            26 | 27 => Action::set_link(one, other, self.link_setting()),
            _ => Action::set_network(Network::delaying(Range::millis(1, 1 + self.roll(60) as u64))),
        }
    }
}

impl Dice {
    fn server_setting(&mut self) -> OwnSetting {
        match self.roll(8) {
            7 => OwnSetting::priority(self.roll(4) as u64),
            4 | 5 => self.own_rule(),
            6 => OwnSetting::disk_write(Micros::from_millis([0, 3, 20, 90][self.roll(4)])),
            0 => OwnSetting::election_timeout(Range::millis(40, 40 + self.roll(500) as u64)),
            1 => OwnSetting::heartbeat_interval(Micros::from_millis(5 + self.roll(200) as u64)),
            2 => OwnSetting::clock([500, 900, 1500, 2000][self.roll(4)]),
            _ => OwnSetting::as_cluster(),
        }
    }

    fn own_rule(&mut self) -> OwnSetting {
        let rule = Rule::ALL[self.roll(Rule::ALL.len())];
        // The lab's bug can make a storm of messages.
        match self.roll(5) {
            4 => OwnSetting::rule_as_cluster(rule),
            half => OwnSetting::rule(rule, rule != Rule::RerunAfterRefusal && half < 2),
        }
    }

    fn link_setting(&mut self) -> OwnSetting {
        match self.roll(4) {
            0 => OwnSetting::delay(Range::millis(1, 1 + self.roll(150) as u64)),
            1 => OwnSetting::loss([0, 300, 1000][self.roll(3)]),
            2 => OwnSetting::reordering(300),
            _ => OwnSetting::as_cluster(),
        }
    }
}

// --- What is so, written apart ---

/// The cluster in plain arrays, and what it can be asked.
struct Facts {
    size: usize,
    process: Vec<Process>,
    role: Vec<Role>,
    term: Vec<u32>,
    vote: Vec<Option<usize>>,
    votes: Vec<NodeSet>,
    logs: Vec<LogPosition>,
    /// Who follows whom.
    leader: Vec<Option<usize>>,
    open: Vec<Vec<bool>>,
    /// To whom a candidate's request is on its way, by candidate and voter.
    asked: Vec<Vec<bool>>,
    /// Votes on their way: who gave them to whom, and in which term.
    voting: Vec<(usize, usize, u32)>,
    quorum: usize,
    /// In which terms each has accepted a heartbeat, or led.
    followed: Vec<Option<u32>>,
    /// The same since each started last.
    since_start: Vec<Option<u32>>,
    /// Which term each won last, and when.
    won: Vec<Option<(u32, Micros)>>,
    now: Micros,
    timing: Vec<Timing>,
    rules: Vec<Rules>,
    /// By speaker and listener.
    network: Vec<Vec<Network>>,
}

impl Facts {
    fn of(history: &History, heard: &Heard) -> Self {
        let world = history.world();
        let config = *world.config();
        let nodes: Vec<_> = world.servers().map(|(_, server)| server).collect();
        let size = nodes.len();
        let open = |from| (0..size).map(move |to| config.links.is_up(NodeId::new(from), NodeId::new(to)));
        let votes = usize::from(config.size) / 2 + 1;
        let mut asked = vec![vec![false; size]; size];
        let mut voting = Vec::new();
        for flight in world
            .in_flight()
            .filter(|flight| flight.lost != Some(LostWhere::CutLink))
        {
            let (from, to) = (flight.id.from.index(), flight.id.to.index());
            match flight.message {
                Message::RequestVote { .. } => asked[from][to] = true,
                Message::RequestVoteReply {
                    term,
                    vote_granted: true,
                } => voting.push((from, to, term.0)),
                _ => {}
            }
        }
        Self {
            asked,
            voting,
            size,
            process: nodes.iter().map(|server| server.process()).collect(),
            role: nodes.iter().map(|server| server.node().role()).collect(),
            term: nodes.iter().map(|server| server.node().term().0).collect(),
            vote: nodes
                .iter()
                .map(|server| server.node().voted_for().map(NodeId::index))
                .collect(),
            votes: nodes.iter().map(|server| server.node().votes()).collect(),
            logs: nodes.iter().map(|server| server.node().hard_state().last_log).collect(),
            leader: nodes
                .iter()
                .map(|server| server.node().leader().map(NodeId::index))
                .collect(),
            open: (0..size).map(|from| open(from).collect()).collect(),
            quorum: match config.rules.quorum {
                Quorum::Majority => votes,
                Quorum::Votes(votes) => usize::from(votes),
            },
            followed: heard.followed.clone(),
            since_start: heard.since_start.clone(),
            won: heard.won.clone(),
            now: history.now(),
            rules: (0..size).map(|server| *world.rules_of(NodeId::new(server))).collect(),
            timing: (0..size).map(|server| world.timing_of(NodeId::new(server))).collect(),
            network: (0..size)
                .map(|from| {
                    let to = |to| world.network_of(NodeId::new(from), NodeId::new(to));
                    (0..size).map(to).collect()
                })
                .collect(),
        }
    }

    fn runs(&self, server: usize) -> bool {
        self.process[server] == Process::Running
    }

    /// Whether messages get through in both directions.
    fn linked(&self, one: usize, other: usize) -> bool {
        self.hears(one, other) && self.hears(other, one)
    }

    fn hears(&self, listener: usize, speaker: usize) -> bool {
        self.open[speaker][listener] && self.network[speaker][listener].loss_permille < 1000
    }

    fn reach(&self, server: usize) -> usize {
        let mut reached = 1;
        for other in 0..self.size {
            if other != server && self.runs(other) && self.linked(server, other) {
                reached += 1;
            }
        }
        reached
    }

    /// Whom it reaches, if it reaches few.
    fn contact(&self, server: usize) -> Contact {
        let others: Vec<usize> = (0..self.size)
            .filter(|other| *other != server && self.runs(*other))
            .collect();
        let from = others.iter().filter(|other| self.hears(server, **other)).count();
        let to = others.iter().filter(|other| self.hears(**other, server)).count();
        match (self.reach(server), from, to) {
            (1, 0, 0) => Contact::Nobody,
            (1, 0, _) => Contact::HearsNobody,
            (1, _, 0) => Contact::Unheard,
            (reach, from, to) if from + 1 == reach && to > from => Contact::HearsFew(from + 1, to),
            (reach, from, to) if to + 1 == reach && from > to => Contact::HeardByFew(to + 1, from),
            (reach, ..) => Contact::Servers(reach),
        }
    }

    /// Of those that it reaches, how many are in no newer term.
    fn backing(&self, server: usize) -> usize {
        let mut backing = 1;
        for other in 0..self.size {
            let reached = other != server && self.runs(other) && self.linked(server, other);
            backing += usize::from(reached && self.term[other] <= self.term[server]);
        }
        backing
    }

    fn believes(&self, server: usize) -> bool {
        self.process[server] != Process::Down && self.role[server] == Role::Leader
    }

    /// Who runs, believes that it leads, and has more than half of the cluster behind it; of those the newest.
    fn leaders(&self) -> Vec<usize> {
        let able: Vec<usize> = (0..self.size)
            .filter(|server| self.believes(*server) && self.runs(*server) && self.backing(*server) * 2 > self.size)
            .collect();
        let newest = able.iter().map(|server| self.term[*server]).max();
        able.into_iter()
            .filter(|server| Some(self.term[*server]) == newest)
            .collect()
    }

    fn seeks(&self, server: usize, role: Role) -> bool {
        self.runs(server) && self.role[server] == role
    }

    /// Whether one that leads and hears this candidate's newer term has to step down.
    fn deposes(&self, server: usize, hears: usize) -> bool {
        let rules = &self.rules[hears];
        self.seeks(server, Role::Candidate) && rules.newer_term_steps_down && !rules.leader_stickiness
    }

    /// Who stands for election in a term and reaches enough to win.
    fn contenders(&self, term: u32) -> Vec<usize> {
        self.all(|server| self.contends(server) && self.term[server] == term)
    }

    fn contends(&self, server: usize) -> bool {
        self.seeks(server, Role::Candidate) && self.backing(server) >= self.quorum
    }

    /// The votes that a candidate has or can still get.
    fn can_get(&self, candidate: usize) -> usize {
        let term = self.term[candidate];
        let mut votes = 0;
        for voter in 0..self.size {
            let counted = self.votes[candidate].contains(NodeId::new(voter));
            let has_voted = self.term[voter] == term && self.vote[voter] == Some(candidate);
            // A vote that is neither counted nor under way is lost, unless its candidate is paused and has it in its inbox.
            let waits = has_voted && (voter == candidate || !self.runs(candidate));
            let unspent = self.is_unspent(voter, candidate);
            let reached = voter == candidate || self.runs(voter) && self.linked(candidate, voter);
            let sent = self.voting.contains(&(voter, candidate, term));
            votes += usize::from(counted || waits || sent || unspent && reached);
        }
        votes
    }

    /// Whether a server has still a vote to give to a candidate, whose request is to come to it or may wait in its inbox.
    fn is_unspent(&self, voter: usize, candidate: usize) -> bool {
        let may_hear = match self.process[voter] {
            Process::Running => self.asked[candidate][voter],
            Process::Paused => true,
            Process::Down => false,
        };
        may_hear && self.has_vote_left(voter, candidate)
    }

    /// Whether a server has given no vote yet in the term of a candidate, and is in no newer one.
    fn has_vote_left(&self, voter: usize, candidate: usize) -> bool {
        let (term, of) = (self.term[candidate], self.term[voter]);
        of < term || of == term && self.vote[voter].is_none()
    }

    /// Whether a candidate has a link to a server that has a vote left, and no request is on its way there.
    fn reached_unasked(&self, voter: usize, candidate: usize) -> bool {
        let reached = self.runs(voter) && self.linked(candidate, voter);
        reached && self.has_vote_left(voter, candidate) && !self.asked[candidate][voter]
    }

    /// How many these are.
    fn unasked(&self, candidate: usize) -> usize {
        self.all(|voter| self.reached_unasked(voter, candidate)).len()
    }

    /// How many have voted for a candidate in its term whose votes it has not, and will not get.
    fn lost_votes(&self, candidate: usize) -> usize {
        let term = self.term[candidate];
        let is_lost = |voter: &usize| {
            let has_voted = self.term[*voter] == term && self.vote[*voter] == Some(candidate);
            let arrives =
                self.votes[candidate].contains(NodeId::new(*voter)) || self.voting.contains(&(*voter, candidate, term));
            has_voted && !arrives && *voter != candidate && self.runs(candidate)
        };
        (0..self.size).filter(is_lost).count()
    }

    /// Servers that a candidate does not reach and whose unspent votes could still make one of these win.
    fn missing(&self, candidates: &[usize]) -> Vec<usize> {
        let unspent = |voter: usize, candidate: usize| {
            self.is_unspent(voter, candidate) && !self.votes[candidate].contains(NodeId::new(voter))
        };
        let reached = |voter: usize, candidate: usize| self.runs(voter) && self.linked(candidate, voter);
        let beyond = |candidate: usize| {
            self.all(|voter| voter != candidate && unspent(voter, candidate) && !reached(voter, candidate))
        };
        let could = |candidate: &&usize| self.can_get(**candidate) + beyond(**candidate).len() >= self.quorum;
        let mut missing: Vec<_> = candidates.iter().filter(could).flat_map(|one| beyond(*one)).collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// Whether a vote that was given counts once, for one candidate, in one term, for which it is asked once.
    fn votes_are_final(&self) -> bool {
        let are_given_once = |rules: &Rules| {
            let is_kept = rules.persist_vote && rules.persist_term && rules.keep_vote_in_term;
            is_kept && rules.one_vote_per_term && rules.new_election_new_term && rules.pre_vote_is_no_vote
        };
        let count_once = |rules: &Rules| rules.count_each_vote_once && rules.reply_term_must_match;
        self.rules
            .iter()
            .all(|rules| are_given_once(rules) && count_once(rules))
    }

    /// Whether each candidacy has a term of its own: else one term may have several elections of a server.
    fn new_terms(&self) -> bool {
        self.rules.iter().all(|rules| rules.new_election_new_term)
    }

    /// Whether a candidate can get too few votes, whoever comes back.
    fn is_lost(&self, candidate: usize) -> bool {
        if !self.votes_are_final() {
            return false;
        }
        let most = self.can_get(candidate) + self.missing(&[candidate]).len();
        self.seeks(candidate, Role::Candidate) && most < self.quorum
    }

    /// It won the term that it is in so short a time ago that it has sent heartbeats once.
    fn won_just_now(&self, server: usize) -> bool {
        let won = self.won[server].filter(|(term, _)| *term == self.term[server]);
        won.is_some_and(|(_, at)| self.now.0 - at.0 < self.timing[server].heartbeat_interval.0)
    }

    fn follows(&self, server: usize, leader: usize) -> bool {
        self.term[server] == self.term[leader] && self.leader[server] == Some(leader)
    }

    fn all(&self, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        (0..self.size).filter(|server| wanted(*server)).collect()
    }
}

fn indices(set: NodeSet) -> Vec<usize> {
    set.iter().map(NodeId::index).collect()
}

// --- Claims held against it ---

fn belief_is_true(facts: &Facts, belief: Belief) {
    let server = belief.leader.index();
    assert!(facts.believes(server) && !facts.leaders().contains(&server));
    assert_eq!((belief.term.0, belief.size), (facts.term[server], facts.size));
    assert_eq!(
        indices(belief.newer),
        facts.all(|other| facts.term[other] > facts.term[server])
    );
    let is_away = |other: usize| other != server && !(facts.runs(other) && facts.linked(server, other));
    assert_eq!(
        indices(belief.away),
        facts.all(|other| is_away(other) && facts.term[other] <= facts.term[server])
    );
    claim_is_true(facts, server, Some(belief.claim));
}

/// Of one that runs and is behind, who took its majority: those ahead, and if these are too few, those that it does not reach.
fn who_took(belief: Belief) -> NodeSet {
    if belief.newer.len() * 2 > belief.size || belief.away.is_empty() {
        belief.newer
    } else {
        union(&[belief.newer, belief.away, NodeSet::only(belief.leader)])
    }
}

fn claim_is_true(facts: &Facts, server: usize, claim: Option<Claim>) {
    assert_eq!(claim.is_some(), facts.believes(server));
    let is_leader = facts.leaders().contains(&server);
    assert_eq!(claim == Some(Claim::Leads), is_leader);
    match claim {
        None | Some(Claim::Leads) => {}
        Some(Claim::Paused) => assert_eq!(facts.process[server], Process::Paused),
        Some(Claim::Reaches(contact)) => {
            assert!(facts.runs(server) && facts.reach(server) * 2 <= facts.size);
            assert_eq!(contact, facts.contact(server));
        }
        Some(Claim::Outdated) => {
            let is_newer = |other: usize| facts.term[other] > facts.term[server];
            assert!(facts.runs(server) && facts.reach(server) * 2 > facts.size);
            assert!((0..facts.size).any(is_newer), "somebody is in a newer term");
        }
    }
}

fn headline_is_true(facts: &Facts, headline: &Headline) {
    let leaders = facts.leaders();
    match headline {
        Headline::Led { leaders: said, term } => {
            assert!(!said.is_empty());
            let who: Vec<usize> = said.iter().map(|(leader, _)| leader.index()).collect();
            assert_eq!(who, leaders);
            for (leader, votes) in said {
                assert_eq!(facts.term[leader.index()], term.0);
                // Votes of an older term are no votes for this one.
                let has_won = facts.won[leader.index()].is_some_and(|(won, _)| won == term.0);
                let counted = facts.votes[leader.index()];
                assert_eq!(if has_won { counted } else { NodeSet::EMPTY }, *votes);
            }
        }
        Headline::Stale(beliefs) => {
            assert!(leaders.is_empty() && !beliefs.is_empty());
            let who: Vec<usize> = beliefs.iter().map(|belief| belief.leader.index()).collect();
            assert_eq!(who, facts.all(|server| facts.believes(server)));
            for belief in beliefs {
                belief_is_true(facts, *belief);
            }
        }
        Headline::Leaderless(lack) => {
            assert!(facts.all(|server| facts.believes(server)).is_empty());
            lack_is_true(facts, *lack);
        }
    }
}

fn lack_is_true(facts: &Facts, lack: Lack) {
    let running = facts.all(|server| facts.runs(server)).len();
    let is_down = |server| facts.process[server] == Process::Down;
    let reaches_most = |server| facts.runs(server) && facts.reach(server) * 2 > facts.size;
    let asks = |server| facts.seeks(server, Role::PreCandidate) && facts.backing(server) >= facts.quorum;
    // Nobody knows what waits in the inbox of one that is paused.
    let may_win = |other: usize| {
        let is_open = facts.contends(other) && !facts.is_lost(other);
        facts.role[other] == Role::Candidate && (facts.process[other] == Process::Paused || is_open)
    };
    let is_open = |server: usize| {
        let rivals = |other: usize| facts.term[other] == facts.term[server] && may_win(other);
        facts.seeks(server, Role::Candidate) && (0..facts.size).any(rivals)
    };
    let is_contested = (0..facts.size).any(|server| is_open(server) || asks(server));
    let is_sought = (0..facts.size).any(|server| {
        let seeks = |role| facts.seeks(server, role);
        seeks(Role::Candidate) || seeks(Role::PreCandidate)
    });
    match lack {
        Lack::AllDown => assert!((0..facts.size).all(is_down)),
        Lack::FewRun { running: said, size } => {
            assert_eq!((said, size), (running, facts.size));
            assert!(running * 2 <= size);
        }
        Lack::NoneReaches => assert!(running * 2 > facts.size && !(0..facts.size).any(reaches_most)),
        Lack::Election => assert!(is_contested),
        Lack::InVain => assert!((0..facts.size).any(reaches_most) && !is_contested && is_sought),
        Lack::Waiting => assert!((0..facts.size).any(reaches_most) && !is_contested && !is_sought),
    }
}

fn moment_is_true(facts: &Facts, history: &History, moment: &Moment) {
    let leaders = facts.leaders();
    match *moment {
        Moment::Broken(violation) => {
            let now = history
                .incidents()
                .iter()
                .filter(|incident| incident.at == history.now());
            assert!(now.clone().any(|incident| incident.violation == violation));
            if let Some(second) = violation.then {
                let is_vote = |event: &&Event| match event.kind {
                    EventKind::Decided(Decision::VoteGranted { to, term, .. }) => {
                        (to, term) == (second, violation.term)
                    }
                    EventKind::Decided(Decision::ElectionStarted { term }) => {
                        (violation.server, violation.term) == (second, term)
                    }
                    _ => false,
                };
                let mut votes = history
                    .trace()
                    .range(EventId(0), history.world().next_event())
                    .filter(is_vote);
                assert!(violation.other != Some(second) && votes.any(|vote| vote.server == Some(violation.server)));
            }
            assert_eq!(violation.then.is_some(), violation.property == Property::OneVotePerTerm);
            if let Some(tally) = broken_now(history).and_then(|incident| Tally::of(history, incident)) {
                tally_is_true(history, violation, &tally);
            }
            for lang in Lang::ALL {
                let in_full = lang.broken_in_full(history).expect("it is broken");
                assert!(in_full.starts_with(&lang.narrate(moment)), "{in_full}");
            }
        }
        Moment::NoneRuns { paused } => {
            assert!(!(0..facts.size).any(|server| facts.runs(server)));
            assert_eq!(
                indices(paused),
                facts.all(|server| facts.process[server] == Process::Paused)
            );
        }
        Moment::Candidacy {
            candidate,
            term,
            votes,
            refused,
            quorum,
            lost,
            lax,
        } => {
            let server = candidate.index();
            assert_eq!(lax, facts.quorum * 2 <= facts.size);
            assert_eq!(lost.is_some(), facts.is_lost(server));
            if let Some(lost) = lost {
                lost_is_true(facts, history, server, lost);
            }
            // Whoever refused it has said so since it stood last, and did not vote for it after all.
            let happened = history.trace().range(EventId(0), history.world().next_event()).rev();
            let own = happened.filter(|event| event.server == Some(candidate));
            let stood = EventKind::Decided(Decision::ElectionStarted { term });
            let since = own.take_while(|event| event.kind != stood);
            let refusals = since.filter_map(|event| match event.kind {
                EventKind::Decided(Decision::VoteRefused { from }) if !votes.contains(from) => Some(from),
                _ => None,
            });
            assert_eq!(refused, refusals.collect());
            assert_eq!(facts.contenders(term.0), [server]);
            assert_eq!((votes, usize::from(quorum)), (facts.votes[server], facts.quorum));
            election_is_news(facts, term);
        }
        Moment::Rivals {
            candidates,
            term,
            split,
            ..
        } => {
            let who = facts.contenders(term.0);
            assert!(who.len() > 1);
            assert_eq!(indices(candidates), who);
            let is_split =
                facts.votes_are_final() && who.iter().all(|candidate| facts.can_get(*candidate) < facts.quorum);
            assert_eq!(split.is_some(), is_split);
            if let Some(missing) = split {
                assert_eq!(indices(missing), facts.missing(&who));
            }
            election_is_news(facts, term);
        }
        Moment::Asks {
            asking,
            term,
            votes,
            quorum,
        } => {
            let server = asking.index();
            assert!(leaders.is_empty() && !(0..facts.size).any(|server| facts.contends(server)));
            assert!(facts.seeks(server, Role::PreCandidate) && facts.backing(server) >= facts.quorum);
            let so = (Term(facts.term[server]), facts.votes[server], facts.quorum);
            assert_eq!((term, votes, usize::from(quorum)), so);
        }
        Moment::InVain {
            candidate,
            term,
            stands,
            quorum,
            why,
            heard,
            others,
        } => {
            let server = candidate.index();
            let stand = |other: usize| other != server && facts.seeks(other, Role::Candidate);
            assert_eq!(indices(others), facts.all(stand));
            let one_way = |other| facts.runs(other) && facts.hears(other, server) && !facts.hears(server, other);
            let is_heard = (0..facts.size).any(|other| one_way(other) && facts.deposes(server, other));
            assert_eq!(heard, is_heard);
            assert!(leaders.is_empty() && !(0..facts.size).any(|server| facts.contends(server)));
            let role = if stands { Role::Candidate } else { Role::PreCandidate };
            assert!(facts.seeks(server, role) && facts.backing(server) < facts.quorum);
            assert_eq!((term.0, usize::from(quorum)), (facts.term[server], facts.quorum));
            assert!(matches!(why, LostChance::OutOfReach(..) | LostChance::LeftBehind));
            lost_is_true(facts, history, server, why);
        }
        Moment::Deposed { old, new } => {
            assert!(facts.runs(old.leader.index()) && leaders.contains(&new.0.index()));
            assert_eq!(new.1.0, facts.term[new.0.index()]);
            belief_is_true(facts, old);
        }
        Moment::Stale {
            belief,
            vain,
            asking,
            asking_in_vain,
            keeps,
        } => {
            assert!(leaders.is_empty() && facts.runs(belief.leader.index()));
            if keeps {
                heartbeats_keep_them(history, belief.leader);
                let could = |server| server != belief.leader.index() && facts.runs(server);
                assert!((0..facts.size).any(|server| could(server) && facts.backing(server) >= facts.quorum));
                assert!(!facts.rules[belief.leader.index()].check_quorum);
            }
            let seek = |role, can_win| {
                facts.all(|server| facts.seeks(server, role) && (facts.backing(server) >= facts.quorum) == can_win)
            };
            assert_eq!(indices(vain), seek(Role::Candidate, false));
            assert_eq!(indices(asking), seek(Role::PreCandidate, true));
            assert_eq!(indices(asking_in_vain), seek(Role::PreCandidate, false));
            assert!(seek(Role::Candidate, true).is_empty());
            belief_is_true(facts, belief);
        }
        Moment::TwoLead { leaders, term } => {
            let who = facts.all(|server| facts.believes(server) && facts.runs(server) && facts.term[server] == term.0);
            assert!(who.len() > 1);
            assert_eq!(indices(leaders), who);
        }
        Moment::Announces {
            leader,
            term,
            unaware,
            is_new,
        } => {
            assert_eq!((leaders[0], facts.term[leaders[0]]), (leader.index(), term.0));
            assert_eq!(is_new, facts.won_just_now(leader.index()));
            let who = facts.all(|server| is_unaware(facts, leader.index(), server));
            assert!(!who.is_empty());
            assert_eq!(indices(unaware), who);
        }
        Moment::Leads {
            leader,
            term,
            is_steady,
            apart,
            yields,
        } => {
            assert_eq!(yields, facts.rules[leader.index()].newer_term_steps_down);
            assert_eq!((leaders[0], facts.term[leaders[0]]), (leader.index(), term.0));
            apart_is_true(facts, leader.index(), apart);
            assert!(facts.all(|server| is_unaware(facts, leader.index(), server)).is_empty());
            if is_steady {
                for other in facts.all(|server| server != leader.index()) {
                    let (interval, network) = (
                        facts.timing[leader.index()].heartbeat_interval.0,
                        facts.network[leader.index()][other],
                    );
                    let latest = interval + network.delay.max.0 - network.delay.min.0;
                    assert!(network.loss_permille == 0 && latest < facts.timing[other].election_timeout.min.0);
                }
                let all_hear = apart.deaf.is_empty() && apart.newer.is_empty() && apart.vain.is_empty();
                if all_hear && apart.former.is_empty() && apart.restarted.is_empty() && apart.seeking.is_empty() {
                    heartbeats_keep_them(history, leader);
                }
            }
        }
        Moment::Waits { next, lack, paused } => {
            assert!(leaders.is_empty());
            let who = facts.all(|server| facts.believes(server));
            assert!(who.iter().all(|server| facts.process[*server] == Process::Paused));
            assert_eq!(indices(paused), who);
            assert!(!(0..facts.size).any(|server| facts.seeks(server, Role::Candidate)));
            lack_is_true(facts, lack);
            next_is_true(facts, history, next);
        }
    }
}

/// Of each vote that does not count it is said what it was: the reply that came last before the leader won.
fn tally_is_true(history: &History, violation: Violation, tally: &Tally) {
    let happened = || history.trace().range(EventId(0), history.world().next_event());
    let leader = Some(violation.server);
    let is_win = |event: &&Event| {
        let is_it = matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }));
        is_it && event.server == leader && event.term == violation.term
    };
    let won = happened().rfind(is_win).expect("an election that was won");
    for voter in tally.counted.iter() {
        let replies = happened()
            .take_while(|event| event.id <= won.id)
            .filter_map(|event| match event.kind {
                EventKind::Decided(Decision::VoteReceived { from, .. }) if event.server == leader && from == voter => {
                    match history.trace().get(event.cause?)?.kind {
                        EventKind::Delivered { message, .. } => Some((event.term, message)),
                        _ => None,
                    }
                }
                _ => None,
            });
        let last = replies.last().filter(|(term, _)| *term == violation.term);
        let older = match last {
            Some((_, Message::RequestVoteReply { term, .. })) if term != violation.term => Some(term),
            _ => None,
        };
        let is_promise = matches!(last, Some((_, Message::PreVoteReply { .. })));
        let first = history.monitor().first_vote(voter, violation.term);
        let void = match (older, first) {
            (_, first) if first == leader => None,
            (Some(older), _) => Some(VoidVote::Stale(older)),
            _ if is_promise => Some(VoidVote::Promised),
            (None, Some(first)) => Some(VoidVote::Spent(first)),
            (None, None) => Some(VoidVote::Absent),
        };
        let said = tally.void.iter().find(|(of, _)| *of == voter).map(|(_, why)| *why);
        assert_eq!(said, void, "{voter} in {tally:?}");
    }
}

/// Played on, nobody's election timer runs out before the heartbeat after this one has come to all, if nothing is done.
fn heartbeats_keep_them(history: &History, leader: NodeId) {
    let mut history = history.clone();
    let (now, next) = (history.now(), history.world().next_event());
    let timer = history.world().server(leader).timer(Timer::Heartbeat);
    let slowest = history.world().extremes().1.delay.max;
    let until = timer.map_or(now, |timer| timer.fires_at + slowest);
    if history.next_planned().is_some_and(|planned| planned <= until) {
        return;
    }
    history.advance(until, 2000);
    // A leader may still ask one to stand at once (thesis §3.10).
    let mut then = history.trace().range(next, history.world().next_event());
    let expired = then.find(|event| event.kind == EventKind::Decided(Decision::ElectionTimedOut));
    assert_eq!(expired, None, "until {until}, led by {leader}");
}

/// Why a candidate can't win any more.
fn lost_is_true(facts: &Facts, history: &History, candidate: usize, lost: LostChance) {
    let happened = || history.trace().range(EventId(0), history.world().next_event());
    let decided = |voter: usize, is_refusal: &dyn Fn(Decision) -> bool| {
        let mut of_voter = happened().filter(|event| event.server == Some(NodeId::new(voter)));
        of_voter.any(|event| matches!(event.kind, EventKind::Decided(decision) if is_refusal(decision)))
    };
    let is_this = |to: NodeId| to.index() == candidate;
    let denied = |voter| {
        decided(
            voter,
            &|decision| matches!(decision, Decision::VoteDenied { to, .. } if is_this(to)),
        )
    };
    let denied_pre_vote = |voter| {
        decided(
            voter,
            &|decision| matches!(decision, Decision::PreVoteDenied { to, .. } if is_this(to)),
        )
    };
    match lost {
        LostChance::OutOfReach(most, size) => {
            assert_eq!(size, facts.size);
            assert!(facts.reach(candidate) < facts.quorum && most < facts.quorum);
            let reached = |voter: usize| {
                voter == candidate
                    || facts.runs(voter) && facts.linked(candidate, voter) && facts.linked(voter, candidate)
            };
            let votes = |voter: usize| {
                let is_sent = facts.voting.contains(&(voter, candidate, facts.term[candidate]));
                is_sent || facts.votes[candidate].contains(NodeId::new(voter))
            };
            let stands = facts.seeks(candidate, Role::Candidate);
            let free = |voter: usize| voter == candidate || !stands || facts.has_vote_left(voter, candidate);
            let greatest = facts.all(|voter| free(voter) && reached(voter) || votes(voter)).len();
            let least = facts
                .all(|voter| free(voter) && reached(voter) && !denied(voter) && !denied_pre_vote(voter) || votes(voter))
                .len();
            let below = |count: usize| count.min(facts.quorum - 1);
            assert!((below(least)..=below(greatest)).contains(&most), "{most}");
        }
        LostChance::LeftBehind => {
            assert!(facts.reach(candidate) >= facts.quorum && facts.backing(candidate) < facts.quorum);
        }
        LostChance::LogBehind(by) | LostChance::Refused(by) => {
            assert!(indices(by).into_iter().all(denied));
            assert!(facts.size - by.len() < facts.quorum, "the others would do");
            let is_ahead = |voter: usize| facts.logs[voter] > facts.logs[candidate];
            if matches!(lost, LostChance::LogBehind(_)) {
                assert!(indices(by).into_iter().all(is_ahead));
            }
        }
        LostChance::Unheard { restored } => {
            let term = Term(facts.term[candidate]);
            let is_request = |message| matches!(message, Message::RequestVote { term: of, .. } if of == term);
            let lost = happened().filter_map(|event| match event.kind {
                EventKind::Lost {
                    from,
                    message,
                    place: LostWhere::CutLink,
                } if from.index() == candidate && is_request(message) => event.server,
                _ => None,
            });
            let flights = history.world().in_flight().filter(|flight| {
                let is_own = flight.id.from.index() == candidate && is_request(flight.message);
                is_own && flight.lost == Some(LostWhere::CutLink)
            });
            let mut lost = lost.chain(flights.map(|flight| flight.id.to)).map(NodeId::index);
            let is_whole = lost.any(|to| facts.runs(to) && facts.linked(candidate, to));
            let able = facts.unasked(candidate) + facts.can_get(candidate);
            assert_eq!(restored, is_whole && able >= facts.quorum);
            assert!(able + facts.lost_votes(candidate) >= facts.quorum && facts.can_get(candidate) < facts.quorum);
        }
        LostChance::TooFewLeft => {
            let able = facts
                .all(|voter| facts.reached_unasked(voter, candidate) && !denied(voter))
                .len();
            assert!(able + facts.can_get(candidate) + facts.lost_votes(candidate) < facts.quorum);
        }
    }
}

/// An election is told before who leads only if it is of a newer term, and somebody can still win it.
fn election_is_news(facts: &Facts, term: Term) {
    let leaders = facts.leaders();
    let is_open = |server: &usize| leaders.is_empty() || !facts.is_lost(*server);
    assert!(facts.contenders(term.0).iter().any(is_open));
    assert!(leaders.iter().all(|leader| facts.term[*leader] < term.0));
    let newer = facts.all(|server| facts.contends(server) && facts.term[server] > term.0);
    assert!(!newer.iter().any(is_open), "an election of a newer term goes on");
}

/// It can hear of a leader, and has not in this term.
fn is_unaware(facts: &Facts, leader: usize, server: usize) -> bool {
    let can_hear = server != leader && facts.runs(server) && facts.hears(server, leader);
    let is_behind = facts.term[server] <= facts.term[leader] && facts.followed[server] < Some(facts.term[leader]);
    can_hear && is_behind
}

fn apart_is_true(facts: &Facts, leader: usize, apart: Apart) {
    let others = |wanted: &dyn Fn(usize) -> bool| facts.all(|server| server != leader && wanted(server));
    let in_touch = |server: usize| facts.runs(server) && facts.hears(server, leader) && facts.hears(leader, server);
    assert_eq!(
        indices(apart.down),
        others(&|server| facts.process[server] == Process::Down)
    );
    assert_eq!(
        indices(apart.paused),
        others(&|server| facts.process[server] == Process::Paused)
    );
    assert_eq!(
        indices(apart.deaf),
        others(&|server| facts.runs(server) && !facts.hears(server, leader))
    );
    let is_cut_off = |server| facts.runs(server) && !facts.hears(server, leader) && !facts.hears(leader, server);
    assert_eq!(indices(apart.cut_off), others(&is_cut_off));
    let is_mute = |server| facts.runs(server) && facts.hears(server, leader) && !facts.hears(leader, server);
    assert_eq!(indices(apart.mute), others(&is_mute));
    assert_eq!(
        indices(apart.newer),
        others(&|server| in_touch(server) && facts.term[server] > facts.term[leader])
    );
    let is_former =
        |server| in_touch(server) && facts.term[server] <= facts.term[leader] && !facts.follows(server, leader);
    let is_seeking = |server: usize| {
        let asks = facts.seeks(server, Role::PreCandidate) && facts.backing(server) >= facts.quorum;
        is_former(server) && asks
    };
    assert_eq!(indices(apart.seeking), others(&is_seeking));
    let is_former = |server| is_former(server) && !is_seeking(server);
    let has_heard = |server: usize| facts.since_start[server] >= Some(facts.term[leader]);
    assert_eq!(
        indices(apart.former),
        others(&|server| is_former(server) && has_heard(server))
    );
    assert_eq!(
        indices(apart.restarted),
        others(&|server| is_former(server) && !has_heard(server))
    );
    let mut had_heard = apart.former.iter().chain(apart.restarted.iter());
    assert!(had_heard.all(|server| facts.followed[server.index()] >= Some(facts.term[leader])));
    let seeks = |server| facts.seeks(server, Role::Candidate) || facts.seeks(server, Role::PreCandidate);
    let is_vain = |server| {
        seeks(server)
            && (facts.backing(server) < facts.quorum || facts.is_lost(server))
            && !facts.follows(server, leader)
    };
    assert_eq!(indices(apart.vain), others(&is_vain));
    let is_asking = |server| is_vain(server) && facts.seeks(server, Role::PreCandidate);
    assert_eq!(indices(apart.asking), others(&is_asking));
    let is_deposing = |server| {
        let heard_one_way = facts.hears(leader, server) && !facts.hears(server, leader);
        is_vain(server) && heard_one_way && facts.deposes(server, leader) && facts.term[server] > facts.term[leader]
    };
    assert_eq!(indices(apart.deposing), others(&is_deposing));
}

fn next_is_true(facts: &Facts, history: &History, next: Option<Next>) {
    let timer = |server: usize| {
        let server = history.world().server(NodeId::new(server));
        server.timer(Timer::Election).map(|timer| timer.fires_at)
    };
    let timers = facts.all(|server| facts.runs(server)).into_iter().filter_map(timer);
    match next {
        None => assert_eq!(timers.min(), None),
        Some(Next::Timer(servers, at)) => {
            assert_eq!(Some(at), timers.min());
            assert_eq!(
                indices(servers),
                facts.all(|server| facts.runs(server) && timer(server) == Some(at))
            );
        }
        Some(Next::Heartbeats(senders, receivers)) => {
            let under_way = heartbeats_under_way(facts, history);
            assert_eq!(
                indices(senders),
                facts.all(|server| under_way.iter().any(|(from, _)| *from == server))
            );
            assert_eq!(
                indices(receivers),
                facts.all(|server| under_way.iter().any(|(_, to)| *to == server))
            );
            return;
        }
        Some(Next::Planned(at)) => {
            assert_eq!(history.next_planned(), Some(at));
            return;
        }
    }
    assert_eq!(
        heartbeats_under_way(facts, history),
        [],
        "a heartbeat comes before that"
    );
}

/// From whom to whom heartbeats are on their way that will be accepted as things are.
fn heartbeats_under_way(facts: &Facts, history: &History) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for flight in history.world().in_flight() {
        if let Message::AppendEntries { term } = flight.message {
            let (from, to) = (flight.id.from.index(), flight.id.to.index());
            if flight.lost.is_none() && facts.runs(to) && facts.term[to] <= term.0 {
                found.push((from, to));
            }
        }
    }
    found
}

/// What was just done is so, and what follows from it.
fn confirmation_is_true(facts: &Facts, history: &History, confirmation: &Confirmation) {
    let Confirmation {
        crashed,
        started,
        restarted,
        paused,
        resumed,
        network_reset,
        others: _,
        then,
    } = confirmation;
    let all_are = |servers: &NodeSet, process| servers.iter().all(|server| facts.process[server.index()] == process);
    assert!(all_are(crashed, Process::Down) && all_are(paused, Process::Paused));
    assert!(all_are(started, Process::Running) && all_are(resumed, Process::Running));
    let had_run = |server: NodeId| history.world().server(server).boots() > 1;
    assert!(
        started
            .iter()
            .all(|server| restarted.contains(server) == had_run(server))
    );
    assert!(!network_reset || history.world().config().network == history.started_with().network);
    match *then {
        Then::Wait { waiting, next, at } => {
            assert_eq!(facts.leaders(), [0; 0]);
            assert_eq!(indices(waiting), facts.all(|server| facts.runs(server)));
            assert!(
                indices(waiting)
                    .iter()
                    .all(|server| facts.role[*server] == Role::Follower)
            );
            next_is_true(facts, history, Some(Next::Timer(NodeSet::only(next), at)));
        }
        Then::Moment(ref moment) => {
            // What was done to some is said before; the rest is said as ever.
            let mut moment = moment.clone();
            if let Moment::Leads { apart, .. } = &mut moment {
                let all_or_none = |said: NodeSet, done: &NodeSet| said.is_empty() || said.and(*done) == *done;
                assert!(all_or_none(apart.down, crashed) && all_or_none(apart.paused, paused));
                apart.down.extend(*crashed);
                apart.paused.extend(*paused);
            }
            if let Moment::Waits { paused: believe, .. } = &mut moment
                && believe.is_empty()
            {
                let stale = facts.all(|server| facts.believes(server)).into_iter().map(NodeId::new);
                believe.extend(stale.filter(|server| paused.contains(*server)).collect());
            }
            moment_is_true(facts, history, &moment);
        }
    }
    let is_up = |from: NodeId, to: NodeId| facts.open[from.index()][to.index()];
    for action in &confirmation.others {
        match *action {
            Action::Link(from, to, LinkAction::Cut) => assert!(!is_up(from, to), "{confirmation:?}"),
            Action::Link(from, to, LinkAction::Heal) => assert!(is_up(from, to), "{confirmation:?}"),
            _ => {}
        }
    }
    let Then::Wait { waiting, .. } = *then else { return };
    for lang in Lang::ALL {
        let said = lang.confirm(confirmation);
        if [" changes. ", " mudanças. "].iter().any(|many| said.contains(many)) {
            continue;
        }
        let others = confirmation.others.iter().map(|action| lang.action(*action));
        let others = named(&others.collect::<String>());
        let expected = union(&[*crashed, *started, *paused, *resumed, others, waiting]);
        assert_eq!(named(&said), expected, "{said}");
    }
}

/// Each server is described once and as it is, each cut is told, and the next timer is the next one.
fn overview_is_true(facts: &Facts, history: &History, overview: &Overview) {
    assert_eq!(overview.at, facts.now);
    headline_is_true(facts, &overview.headline);
    let mut described: Vec<usize> = overview
        .alike
        .iter()
        .flatten()
        .map(|server| server.id.index())
        .collect();
    described.sort_unstable();
    assert_eq!(described, (0..facts.size).collect::<Vec<_>>());
    for servers in &overview.alike {
        let first = servers[0].id.index();
        for server in servers {
            let index = server.id.index();
            label_is_true(facts, server);
            let same = [
                facts.process[index] == facts.process[first],
                facts.term[index] == facts.term[first],
            ];
            assert_eq!(same, [true; 2]);
        }
    }
    let cut: usize = facts.open.iter().flatten().filter(|open| !**open).count();
    match &overview.cuts {
        Cuts::None => assert_eq!(cut, 0),
        Cuts::Silent => {
            let heard = |one: usize| facts.all(|other| other != one && facts.hears(one, other));
            assert!((0..facts.size).all(|one| heard(one).is_empty()));
        }
        Cuts::Between(groups) => sides_are_true(facts, groups),
        Cuts::From(from) => {
            assert_eq!(from.iter().map(|(_, to)| to.len()).sum::<usize>(), cut);
            let is_cut = |one: &NodeId, other: NodeId| !facts.open[one.index()][other.index()];
            assert!(
                from.iter()
                    .all(|(one, others)| others.iter().all(|other| is_cut(one, other)))
            );
        }
    }
    let timers = facts.all(|server| facts.runs(server)).into_iter().flat_map(|server| {
        let server = history.world().server(NodeId::new(server));
        [Timer::Election, Timer::Heartbeat].map(|timer| server.timer(timer))
    });
    assert_eq!(
        overview.next.map(|(_, _, at)| at),
        timers.flatten().map(|timer| timer.fires_at).min()
    );
    for lang in Lang::ALL {
        let said = lang.overview(overview);
        assert_eq!(named(&said).len(), facts.size, "{said}");
        assert!(
            said.ends_with('.') && !said.contains("..") && !said.contains("  "),
            "{said}"
        );
    }
}

// --- Words ---

/// The servers that a text names.
fn named(text: &str) -> NodeSet {
    let bytes = text.as_bytes();
    let numbers = (1..bytes.len()).filter(|&at| bytes[at - 1] == b'S' && bytes[at].is_ascii_digit());
    numbers
        .filter_map(|at| NodeId::from_number(usize::from(bytes[at] - b'0')))
        .collect()
}

fn union(sets: &[NodeSet]) -> NodeSet {
    let mut all = NodeSet::EMPTY;
    for set in sets {
        all.extend(*set);
    }
    all
}

fn headline_says_it(lang: Lang, headline: &Headline) {
    let (who, rest) = lang.headline(headline);
    let none = ["No leader", "Nenhum leader", "Sem leader"]
        .iter()
        .any(|none| who.starts_with(none));
    let mut expected = NodeSet::EMPTY;
    match headline {
        Headline::Led { leaders, term } => {
            assert!(who.ends_with(&format!("term {term}")) && !none, "{who}");
            let leading: NodeSet = leaders.iter().map(|(leader, _)| *leader).collect();
            assert_eq!(named(&who), leading, "{who}");
            let votes: Vec<_> = leaders.iter().map(|(_, votes)| *votes).collect();
            expected = union(&votes);
            // Of several, each that has votes in this term is named with them.
            if leaders.len() > 1 {
                let voted = leaders.iter().filter(|(_, votes)| !votes.is_empty());
                expected.extend(voted.map(|(leader, _)| *leader).collect());
            }
        }
        Headline::Stale(beliefs) => {
            assert!(none, "{who}");
            for belief in beliefs {
                // Of one that is behind it is said who is ahead.
                expected.extend(match belief.claim {
                    Claim::Outdated => who_took(*belief),
                    _ => NodeSet::only(belief.leader),
                });
            }
        }
        Headline::Leaderless(_) => assert!(none, "{who}"),
    }
    assert_eq!(named(&rest), expected, "{who} {rest}");
}

fn sentence_says_it(lang: Lang, moment: &Moment) {
    let said = lang.narrate(moment);
    let only = NodeSet::only;
    let any = |words: [&str; 2]| words.iter().any(|words| said.contains(words));
    let expected = match *moment {
        Moment::Broken(..) => return,
        Moment::NoneRuns { paused } => paused,
        Moment::Candidacy {
            candidate,
            lost: Some(lost),
            ..
        } => match lost {
            LostChance::LogBehind(by) | LostChance::Refused(by) => union(&[only(candidate), by]),
            _ => only(candidate),
        },
        Moment::Candidacy { lax, .. } if lax != any(["no majority", "não seja maioria"]) => {
            panic!("{said}")
        }
        Moment::Candidacy { candidate, refused, .. } if !refused.is_empty() => union(&[only(candidate), refused]),
        Moment::Candidacy { candidate, votes, .. } => union(&[only(candidate), votes]),
        Moment::Rivals { candidates, split, .. } => union(&[candidates, split.unwrap_or_default()]),
        Moment::Asks { asking, .. } => only(asking),
        Moment::InVain { candidate, others, .. } => union(&[only(candidate), others]),
        Moment::Deposed { old, new } => union(&[only(old.leader), only(new.0)]),
        Moment::Stale {
            belief,
            vain,
            asking,
            asking_in_vain,
            keeps,
        } => {
            assert_eq!(any(["keep the others", "impedem que os outros"]), keeps, "{said}");
            let is_leader = any(["is still the leader of", "ainda é o leader do"]);
            assert_eq!(is_leader, belief.newer.is_empty(), "{said}");
            let newer = if belief.claim == Claim::Outdated {
                who_took(belief)
            } else {
                NodeSet::EMPTY
            };
            union(&[only(belief.leader), newer, vain, asking, asking_in_vain])
        }
        Moment::TwoLead { leaders, .. } => leaders,
        Moment::Announces { leader, unaware, .. } => union(&[only(leader), unaware]),
        Moment::Leads { leader, apart, .. } => {
            let Apart {
                down,
                paused,
                deaf,
                cut_off,
                mute,
                newer,
                former,
                restarted,
                seeking,
                vain,
                asking: _,
                deposing: _,
            } = apart;
            let is_cut_off = any(["no link with", "conexão com"]);
            assert_eq!(is_cut_off, !cut_off.is_empty(), "{said}");
            union(&[
                only(leader),
                down,
                paused,
                deaf,
                mute,
                newer,
                former,
                restarted,
                seeking,
                vain,
            ])
        }
        Moment::Waits { next, lack, paused } => {
            let timer = match next {
                Some(Next::Timer(servers, _)) => servers,
                Some(Next::Heartbeats(senders, receivers)) => union(&[senders, receivers]),
                Some(Next::Planned(_)) | None => NodeSet::EMPTY,
            };
            let explains = !matches!(lack, Lack::FewRun { .. } | Lack::NoneReaches);
            if explains { union(&[timer, paused]) } else { timer }
        }
    };
    assert_eq!(named(&said), expected, "{said}");
    let is_unheard = any(["not heard", "ainda não "]);
    let has_unheard = match moment {
        Moment::Announces { .. } => true,
        Moment::Leads { apart, .. } => !apart.restarted.is_empty(),
        _ => false,
    };
    assert_eq!(is_unheard, has_unheard, "{said}");
    let announces = any(["is announcing", "está avisando"]);
    assert_eq!(
        announces,
        matches!(moment, Moment::Announces { is_new: true, .. }),
        "{said}"
    );
}

fn label_is_true(facts: &Facts, server: &ServerView) {
    let index = server.id.index();
    claim_is_true(facts, index, server.claim);
    let name = Lang::En.server_name(server);
    let is_up = facts.process[index] != Process::Down;
    let leads = facts.leaders().contains(&index);
    let is_stale = facts.believes(index) && !leads;
    // Until a newer term begins, it is the leader of its term (§5.2), though it may reach few.
    let is_newer = |other: usize| facts.term[other] > facts.term[index];
    let role = if is_stale && (0..facts.size).any(is_newer) {
        "stale leader"
    } else {
        Lang::En.role(facts.role[index])
    };
    if is_up {
        assert!(
            name.starts_with(&format!("{}, {role}, term {}, ", server.id, facts.term[index])),
            "{name}"
        );
    }
    let reaches = match facts.contact(index) {
        Contact::Nobody => ", talks with nobody".to_owned(),
        Contact::HearsNobody => ", hears nobody".to_owned(),
        Contact::Unheard => ", is heard by nobody".to_owned(),
        Contact::HearsFew(hears, _) => format!(", hears {hears} of {}", facts.size),
        Contact::HeardByFew(heard, _) => format!(", heard by {heard} of {}", facts.size),
        Contact::Servers(reach) => format!(", reaches {reach} of {}", facts.size),
    };
    let is_short = is_stale && facts.runs(index) && facts.reach(index) * 2 <= facts.size;
    assert_eq!(name.ends_with(&reaches), is_short, "{name}");
    assert_eq!(
        name.ends_with(", paused"),
        facts.process[index] == Process::Paused,
        "{name}"
    );
    let rival = |other: usize| other != index && facts.believes(other) && facts.term[other] == facts.term[index];
    if facts.believes(index) && (0..facts.size).any(rival) {
        assert!(server.is_unsafe, "{name}");
    } else if server.is_unsafe {
        assert!(facts.believes(index), "only who believes that it leads turns red");
    }
}

fn sides_are_true(facts: &Facts, sides: &[NodeSet]) {
    let side = |server: usize| sides.iter().position(|side| side.contains(NodeId::new(server)));
    let pairs = (0..facts.size).flat_map(|one| (0..one).map(move |other| (one, other)));
    for (one, other) in pairs.filter(|_| !sides.is_empty()) {
        let is_same = side(one).is_some() && side(one) == side(other);
        assert_eq!(facts.open[one][other], is_same);
        assert_eq!(facts.open[other][one], is_same);
    }
}

// --- All of it ---

/// How many instants each kind of moment was told at.
fn kind(moment: &Moment) -> usize {
    match moment {
        Moment::Broken(..) => 0,
        Moment::NoneRuns { .. } => 1,
        Moment::Candidacy { .. } => 2,
        Moment::Asks { .. } => 3,
        Moment::Rivals { split: None, .. } => 4,
        Moment::Rivals { split: Some(_), .. } => 5,
        Moment::InVain { .. } => 6,
        Moment::Deposed { .. } => 7,
        Moment::Stale { .. } => 8,
        Moment::TwoLead { .. } => 9,
        Moment::Announces { .. } => 10,
        Moment::Leads { .. } => 11,
        Moment::Waits { .. } => 12,
    }
}

/// What has become known of each server, from events.
struct Heard {
    /// The newest term in which it has accepted a heartbeat, or led.
    followed: Vec<Option<u32>>,
    /// The same since it started last.
    since_start: Vec<Option<u32>>,
    /// Which term it won last, and when.
    won: Vec<Option<(u32, Micros)>>,
}

/// Takes note of who has followed or led in which term, and of who won when.
fn hear(history: &History, since: EventId, heard: &mut Heard) -> EventId {
    let next = history.world().next_event();
    for event in history.trace().range(since, next) {
        if let (Some(server), EventKind::Decided(Decision::ElectionWon { .. })) = (event.server, event.kind) {
            heard.won[server.index()] = Some((event.term.0, event.at));
        }
        let follows = matches!(
            event.kind,
            EventKind::Decided(Decision::HeartbeatAccepted { .. } | Decision::ElectionWon { .. })
        );
        if let Some(server) = event.server.filter(|_| follows) {
            for newest in [&mut heard.followed, &mut heard.since_start] {
                let newest = &mut newest[server.index()];
                *newest = (*newest).max(Some(event.term.0));
            }
        }
        if let (Some(server), EventKind::Decided(Decision::Started)) = (event.server, event.kind) {
            heard.since_start[server.index()] = None;
        }
    }
    next
}

fn judge(history: &History, facts: &Facts, view: &ClusterView) -> usize {
    let done = done_at(history, history.now());
    if let Some(confirmation) = Confirmation::of(&done, history.started_with().network, view) {
        confirmation_is_true(facts, history, &confirmation);
    }
    let (headline, moment) = (Headline::of(view), Moment::of(view));
    headline_is_true(facts, &headline);
    moment_is_true(facts, history, &moment);
    sides_are_true(facts, &partition(&view.links, facts.size));
    for server in &view.servers {
        label_is_true(facts, server);
    }
    overview_is_true(facts, history, &Overview::of(view, history.now()));
    for lang in Lang::ALL {
        headline_says_it(lang, &headline);
        sentence_says_it(lang, &moment);
    }
    kind(&moment)
}

/// The story has one card of a question who would vote that goes on for each server that asks, with the pre-votes that it has.
fn story_asks(story: &Story, view: &ClusterView) {
    let asked = story.cards().filter_map(|card| match &card.kind {
        CardKind::PreVote(asked) if asked.is_open() => Some(&asked.round),
        _ => None,
    });
    let mut asked: Vec<(NodeId, NodeSet)> = asked
        .map(|round| (round.candidate, round.counted().collect()))
        .collect();
    asked.sort_unstable_by_key(|(server, _)| *server);
    let asks = |server: &&ServerView| server.process != Process::Down && server.role == Role::PreCandidate;
    let asking = view.servers.iter().filter(asks);
    let asking: Vec<_> = asking.map(|server| (server.id, server.votes)).collect();
    assert_eq!(asked, asking);
}

/// Of a round of pre-votes it is said that it is lost exactly when too few can still promise theirs, and why.
fn rounds_are_lost(story: &Story, history: &History, view: &ClusterView) {
    for card in story.cards() {
        let CardKind::PreVote(asked) = &card.kind else { continue };
        let server = &view.servers[asked.round.candidate.index()];
        if !asked.is_open() || !server.runs() {
            continue;
        }
        let since = history.trace().range(asked.round.event, history.world().next_event());
        let refused: NodeSet = since
            .filter(
                |event| matches!(event.kind, EventKind::Decided(Decision::PreVoteDenied { to, .. }) if to == server.id),
            )
            .filter_map(|event| event.server)
            .collect();
        let flies = |from: NodeId, to: NodeId, is_it: fn(Message) -> bool| {
            let mut flights = history.world().in_flight();
            flights.any(|flight| {
                (flight.id.from, flight.id.to) == (from, to) && flight.lost.is_none() && is_it(flight.message)
            })
        };
        let may_promise = |other: &ServerView| match other.process {
            _ if other.id == server.id || server.votes.contains(other.id) => true,
            _ if refused.contains(other.id) => false,
            Process::Paused => true,
            process => {
                let asked = flies(server.id, other.id, |message| {
                    matches!(message, Message::PreVote { .. })
                });
                let promised = |message| matches!(message, Message::PreVoteReply { vote_granted: true, .. });
                asked && process == Process::Running || flies(other.id, server.id, promised)
            }
        };
        let may = view.those(may_promise);
        assert_eq!(
            asked.lost.is_some(),
            may.len() < usize::from(server.quorum),
            "{asked:?}"
        );
        match asked.lost {
            Some(LostRound::Refused(by)) => {
                assert_eq!(by, refused);
                assert!(view.servers.len() - by.len() < usize::from(server.quorum));
            }
            // Even if all who answered, or may yet, said yes.
            Some(LostRound::FewAnswer) => {
                let answers = view.those(|other| may_promise(other) || refused.contains(other.id));
                assert!(answers.len() < usize::from(server.quorum), "{asked:?}");
            }
            Some(LostRound::RefusedAndSilent { refused: by, silent }) => {
                assert_eq!(by, refused);
                assert_eq!(
                    silent,
                    view.those(|other| !may_promise(other) && !refused.contains(other.id))
                );
                let enough = view.servers.len() - usize::from(server.quorum) + 1;
                assert!(
                    !by.is_empty() && by.len() < enough && silent.len() < enough,
                    "{asked:?}"
                );
            }
            None => {}
        }
    }
}

/// Of who leads by what was done it is told at the instant at which a majority follows it.
fn who_leads_again_is_followed(story: &Story, history: &History, facts: &Facts) {
    // What was done after that at the same instant may have changed it.
    let is_newest = |event: EventId| {
        let mut later = history
            .trace()
            .range(EventId(event.0 + 1), history.world().next_event());
        !later.any(|event| matches!(event.kind, EventKind::Action(_)))
    };
    let regained = story.cards().filter_map(|card| match card.kind {
        CardKind::Regained(regained) if card.at == facts.now && is_newest(card.first) => Some(regained),
        _ => None,
    });
    for regained in regained {
        let leader = regained.leader.index();
        if facts.leaders() == [leader] && facts.term[leader] == regained.term.0 {
            let followers = facts.all(|server| server == leader || facts.runs(server) && facts.follows(server, leader));
            assert!(
                followers.len() * 2 > facts.size,
                "{regained:?} is followed by {followers:?}"
            );
        }
    }
}

/// Who stands, stands on one card of an election; and whoever stands on one card with another began while one did and nobody had won.
fn story_stands(story: &Story, view: &ClusterView) {
    let elections = || {
        story.cards().filter_map(|card| match &card.kind {
            CardKind::Election(election) => Some(election),
            _ => None,
        })
    };
    let open = elections().flat_map(|election| &election.campaigns);
    let open = open.filter(|campaign| campaign.end.is_none());
    let mut stand: Vec<NodeId> = open.map(|campaign| campaign.candidate).collect();
    stand.sort_unstable();
    let stands = |server: &&ServerView| server.process != Process::Down && server.role == Role::Candidate;
    let standing: Vec<_> = view.servers.iter().filter(stands).map(|server| server.id).collect();
    assert_eq!(stand, standing);
    for election in elections() {
        for (place, later) in election.campaigns.iter().enumerate().skip(1) {
            let before = &election.campaigns[..place];
            let ended = |campaign: &Campaign| campaign.end.filter(|end| end.event < later.event);
            assert!(before.iter().any(|campaign| ended(campaign).is_none()), "nobody stood");
            assert!(
                before
                    .iter()
                    .all(|campaign| !campaign.won() || ended(campaign).is_none()),
                "it was won"
            );
        }
    }
}

/// Of a vote that a candidate has not counted yet the story says what becomes of it, as far as anybody can know: it is on its way, or its
/// link was cut, and it gets lost.
fn votes_are_under_way(story: &Story, history: &History) {
    for card in story.cards() {
        let CardKind::Election(election) = &card.kind else {
            continue;
        };
        let vote = Message::RequestVoteReply {
            term: election.term,
            vote_granted: true,
        };
        for campaign in election.campaigns.iter().filter(|campaign| campaign.end.is_none()) {
            let is_open = |ballot: &&Ballot| ballot.answer == Answer::Given && !ballot.arrived;
            for ballot in campaign.ballots.iter().filter(is_open) {
                let is_it = |flight: &InFlight| {
                    (flight.from(), flight.to(), flight.message) == (ballot.voter, campaign.candidate, vote)
                };
                let flying = |lost: bool| {
                    let mut flights = history.world().in_flight();
                    flights.any(|flight| is_it(flight) && (flight.lost == Some(LostWhere::CutLink)) == lost)
                };
                let waits = history.world().server(campaign.candidate).inbox().iter().any(is_it);
                match ballot.fate {
                    VoteFate::Arrives => assert!(flying(false) || waits, "{ballot:?}"),
                    VoteFate::Fades => assert!(flying(true) && !flying(false), "{ballot:?}"),
                    VoteFate::Lost | VoteFate::Cut => {}
                }
            }
        }
    }
}

/// The story has a card for each property that was broken in a term, where it first was, and for nothing else.
fn what_is_broken_is_told(story: &Story, history: &History) {
    let told = story.cards().filter_map(|card| match &card.kind {
        CardKind::Broken(violation) => Some((card.at, *violation)),
        _ => None,
    });
    let in_order = |all: Vec<(Micros, Violation)>| {
        sorted_by_key(all, |(at, violation)| {
            (*at, violation.property.rank(), violation.server)
        })
    };
    let mut firsts: Vec<(Micros, Violation)> = Vec::new();
    for incident in history.incidents() {
        let of = |violation: &Violation| (violation.property.rank(), violation.term);
        if firsts.iter().all(|(_, first)| of(first) != of(&incident.violation)) {
            firsts.push((incident.at, incident.violation));
        }
    }
    assert_eq!(in_order(told.collect()), in_order(firsts));
}

/// Of each vote that a candidate counts it is told what it was, as the message says.
fn votes_are_of_their_term(story: &Story, history: &History) {
    let message = |event: &Event| match history.trace().get(event.cause?)?.kind {
        EventKind::Delivered { message, .. } => Some(message),
        _ => None,
    };
    for card in story.cards() {
        let CardKind::Election(election) = &card.kind else {
            continue;
        };
        for campaign in &election.campaigns {
            let since = history.trace().range(campaign.event, history.world().next_event());
            let own = since.filter(|event| event.server == Some(campaign.candidate));
            let until = campaign.end.map(|end| end.event);
            let own = own.take_while(|event| until.is_none_or(|end| event.id < end));
            let counted: Vec<_> = own
                .filter_map(|event| match event.kind {
                    EventKind::Decided(Decision::VoteReceived { from, .. }) => Some((from, message(event))),
                    _ => None,
                })
                .collect();
            for ballot in campaign
                .ballots
                .iter()
                .filter(|ballot| ballot.answer == Answer::Counted)
            {
                let mut of_voter = counted.iter().rev().filter(|(from, _)| *from == ballot.voter);
                let source = match of_voter.next().and_then(|(_, message)| *message) {
                    Some(Message::RequestVoteReply { term, .. }) if term == election.term => VoteSource::ThisTerm,
                    Some(Message::RequestVoteReply { term, .. }) => VoteSource::Other(term),
                    Some(Message::PreVoteReply { .. }) => VoteSource::PreVote,
                    _ => panic!("{ballot:?} was not counted"),
                };
                assert_eq!(ballot.source, source);
            }
        }
    }
}

/// Where it is said how the votes of a term are split, nobody leads it, and each who is in it has voted so.
fn shares_are_true(story: &Story, facts: &Facts) {
    for card in story.cards() {
        let CardKind::Election(election) = &card.kind else {
            continue;
        };
        if !election.votes_are_split() || !facts.votes_are_final() {
            continue;
        }
        let shares = election
            .campaigns
            .iter()
            .map(|campaign| (campaign.candidate, campaign.voters()));
        let shares: Vec<(NodeId, NodeSet)> = shares.collect();
        assert!(shares.iter().all(|(_, voters)| voters.len() < election.quorum));
        for server in facts.all(|server| facts.runs(server) && facts.term[server] == election.term.0) {
            assert_ne!(facts.role[server], Role::Leader, "{shares:?}");
            let is_its = |share: &&(NodeId, NodeSet)| share.1.contains(NodeId::new(server));
            if let Some((candidate, _)) = shares.iter().find(is_its) {
                assert_eq!(facts.vote[server], Some(candidate.index()), "{shares:?}");
            }
        }
    }
}

/// What became of the votes of a term, read from the trace up to an event.
struct TermVotes {
    term: Term,
    /// By candidate: who gave it their vote, itself included.
    given: Vec<NodeSet>,
    /// By candidate: who refused it.
    refused: Vec<NodeSet>,
    /// By candidate: who ran and was in no newer term when a request to them was sent over a link that carries nothing.
    away: Vec<NodeSet>,
    /// The same, when a request to them was lost on another link.
    lost: Vec<NodeSet>,
    terms: Vec<Term>,
    run: NodeSet,
    links: CarryingLinks,
}

impl TermVotes {
    fn of(history: &History, size: usize, term: Term, until: EventId) -> Self {
        let none = vec![NodeSet::EMPTY; size];
        let mut votes = Self {
            term,
            given: none.clone(),
            refused: none.clone(),
            away: none.clone(),
            lost: none,
            terms: vec![Term::ZERO; size],
            run: NodeSet::EMPTY,
            links: CarryingLinks::new(history.started_with()),
        };
        let happened = history.trace().range(EventId(0), until);
        happened.for_each(|event| votes.hear(event));
        for candidate in 0..size {
            let answered = union(&[votes.refused[candidate], votes.given[candidate]]);
            votes.away[candidate] = votes.away[candidate].without(answered);
            votes.lost[candidate] = votes.lost[candidate].without(union(&[answered, votes.away[candidate]]));
        }
        votes
    }

    fn hear(&mut self, event: &Event) {
        if let EventKind::Action(action) = event.kind {
            self.links.act(action);
        }
        let Some(server) = event.server else { return };
        match event.kind {
            EventKind::Action(action) => match action.effect() {
                Effect::Crash | Effect::Wipe | Effect::Pause => _ = self.run.remove(server),
                Effect::Start | Effect::Resume => _ = self.run.insert(server),
                _ => {}
            },
            EventKind::Decided(decision) => {
                self.terms[server.index()] = event.term;
                let (answers, to, term) = match decision {
                    Decision::ElectionStarted { term } => (&mut self.given, server, term),
                    Decision::VoteGranted { to, term, .. } => (&mut self.given, to, term),
                    Decision::VoteDenied { to, term, .. } => (&mut self.refused, to, term),
                    _ => return,
                };
                if term == self.term {
                    answers[to.index()].insert(server);
                }
            }
            EventKind::Sent { to, message, .. }
                if self.is_free(to, message) && !self.links.links().is_up(server, to) =>
            {
                self.away[server.index()].insert(to);
            }
            EventKind::Lost {
                from,
                message,
                place: LostWhere::Network | LostWhere::CutLink | LostWhere::Dropped | LostWhere::FullLink,
            } if self.is_free(server, message) => {
                self.lost[from.index()].insert(server);
            }
            _ => {}
        }
    }

    /// Whether a message asks for a vote of this term that a server may give.
    fn is_free(&self, server: NodeId, message: Message) -> bool {
        let is_its = matches!(message, Message::RequestVote { term, .. } if term == self.term);
        is_its && self.run.contains(server) && self.terms[server.index()] <= self.term
    }

    /// Whether it was contention that kept each of these from a majority: at least two would have had one but for the votes that others
    /// got whom they had asked as well, and none would have had one if no request had been lost on its way.
    fn are_split(&self, contenders: NodeSet, quorum: usize) -> bool {
        let spent = union(&self.given);
        let theirs: Vec<NodeSet> = contenders.iter().map(|one| self.given[one.index()]).collect();
        let mut kept = 0;
        for candidate in contenders.iter().map(NodeId::index) {
            let (own, away, lost) = (self.given[candidate], self.away[candidate], self.lost[candidate]);
            if union(&[own, lost.without(spent)]).len() >= quorum {
                return false;
            }
            kept += usize::from(union(&[own, union(&theirs).without(lost).without(away)]).len() >= quorum);
        }
        kept > 1
    }
}

/// Where votes are said to be split, contention split them, not what was lost: on cards and for Why?, in the sentence, and by the
/// marks that are new.
fn split_is_true(story: &Story, facts: &Facts, history: &History, view: &ClusterView, since: EventId) {
    let next = history.world().next_event();
    let is_so = |term: Term, until: EventId| {
        let votes = TermVotes::of(history, facts.size, term, until);
        votes.are_split(history.contenders(term), facts.quorum)
    };
    for card in story.cards().filter(|card| card.last >= since) {
        if let CardKind::Election(election) = &card.kind
            && (election.is_split() || election.votes_are_split())
            && facts.new_terms()
        {
            assert!(is_so(election.term, next), "{card:?}");
        }
    }
    if let Moment::Rivals {
        term,
        contested: true,
        split: Some(_),
        ..
    } = Moment::of(view)
    {
        assert!(is_so(term, next) || !facts.new_terms());
    }
    for mark in history.roles().marks().filter(|mark| mark.event >= since) {
        if let MarkKind::Split(term) = mark.kind {
            assert!(is_so(term, EventId(mark.event.0 + 1)) || !facts.new_terms(), "{mark:?}");
        }
    }
}

/// The story says of an election that nobody can win it exactly when the sentence does, which tells of those that run only.
fn story_agrees(story: &Story, facts: &Facts, history: &History, view: &ClusterView) {
    let (term, is_lost) = match Moment::of(view) {
        Moment::Candidacy { term, lost, .. } => (term, lost.is_some()),
        Moment::Rivals { term, split, .. } => (term, split.is_some_and(|missing| missing.is_empty())),
        Moment::InVain { term, stands: true, .. } => (term, true),
        _ => return,
    };
    let may_resume = |server: &ServerView| server.process == Process::Paused && server.role == Role::Candidate;
    if view.servers.iter().any(may_resume) {
        return;
    }
    let elections = story.cards().rev().filter_map(|card| match &card.kind {
        CardKind::Election(election) => Some(election),
        _ => None,
    });
    for election in elections.filter(|election| election.term == term && election.is_running()) {
        if let Moment::Rivals {
            contested,
            split: Some(_),
            ..
        } = Moment::of(view)
        {
            // Where one term has several elections, one after the other, the sentence knows the votes of all of them.
            let of_term = story.cards().filter_map(|card| match &card.kind {
                CardKind::Election(other) if other.term == term => Some(other.is_contested()),
                _ => None,
            });
            let told: Vec<bool> = of_term.collect();
            assert!(told == [contested] || told.len() > 1 && contested >= told.contains(&true) || !facts.new_terms());
        }
        assert_eq!(election.is_hopeless(), is_lost);
        for campaign in election.campaigns.iter().filter(|campaign| campaign.end.is_none()) {
            assert_eq!(campaign.lost.is_some(), is_lost);
            if let Some(lost) = campaign.lost {
                lost_is_true(facts, history, campaign.candidate.index(), lost);
            }
        }
    }
}

/// Of whom it was said that they can't win a term any more, whoever comes back.
#[derive(Default)]
struct WrittenOff(Vec<(NodeId, Term)>);

impl WrittenOff {
    /// What was done may change what was said: a vote that was given may be forgotten with the disk, or count otherwise.
    fn hear(&mut self, action: Action) {
        if action.effect() == Effect::Wipe || action.own_setting().is_some() {
            self.0.clear();
        }
    }

    /// Nobody that was written off leads that term, and who is written off now is kept.
    fn judge(&mut self, view: &ClusterView) {
        for server in view.servers.iter().filter(|server| server.runs()) {
            let is_off = self.0.contains(&(server.id, server.term));
            assert!(!is_off || server.role != Role::Leader, "{} won after all", server.id);
            if server.role == Role::Candidate && server.can_win && lost_chance(view, server).is_some() {
                self.0.push((server.id, server.term));
            }
        }
    }
}

/// A random run, judged at so many instants: after each action and after what happens by itself.
fn judge_run(seed: u64, instants: usize, told: &mut [usize; 14]) {
    let mut dice = Dice(seed);
    let config = dice.config();
    let size = usize::from(config.size);
    let mut history = History::new(config, seed, &[]).expect("a valid configuration");
    let mut heard = Heard {
        followed: vec![None; size],
        since_start: vec![None; size],
        won: vec![None; size],
    };
    let mut next = EventId(0);
    let mut story = Story::default();
    let mut written = WrittenOff::default();
    for _ in 0..instants {
        match dice.roll(5) {
            0 => {
                let action = dice.action(size);
                written.hear(action);
                let _ = history.act(action);
            }
            1 => {
                let at = history.now() + dice.ms(200);
                history.advance(at, 2000);
            }
            _ => {
                history.step();
            }
        }
        let since = next;
        next = hear(&history, next, &mut heard);
        story.sync(&history, 0);
        let view = ClusterView::new(&history, Micros::ZERO);
        let facts = Facts::of(&history, &heard);
        written.judge(&view);
        story_agrees(&story, &facts, &history, &view);
        story_asks(&story, &view);
        rounds_are_lost(&story, &history, &view);
        who_leads_again_is_followed(&story, &history, &facts);
        story_stands(&story, &view);
        votes_are_under_way(&story, &history);
        what_is_broken_is_told(&story, &history);
        votes_are_of_their_term(&story, &history);
        shares_are_true(&story, &facts);
        split_is_true(&story, &facts, &history, &view, since);
        told[13] += lost_heartbeats_are_counted(&history, since);
        told[judge(&history, &facts, &view)] += 1;
    }
}

/// Where Why? says of a timer that expired how many heartbeats were lost, as many of the leader's were sent and never came since the
/// last that was heard. How often it says so of more than one.
fn lost_heartbeats_are_counted(history: &History, since: EventId) -> usize {
    let trace = history.trace();
    let mut many = 0;
    for fired in trace.range(since, history.world().next_event()) {
        let said = Lang::En.explain(&CausalStep::of(trace, fired));
        if fired.kind != EventKind::TimerFired(Timer::Election) || !said.contains(" lost") {
            continue;
        }
        let told = said.split_once(" were lost, the last at ").map_or(1, |(before, _)| {
            before
                .rsplit(' ')
                .next()
                .and_then(|number| number.parse().ok())
                .expect("a number")
        });
        assert_eq!(told, lost_before(trace, fired), "{said}");
        many += usize::from(told > 1);
    }
    many
}

/// How many of its leader's heartbeats a server missed before its timer fired.
fn lost_before(trace: &Trace, fired: &Event) -> usize {
    let before: Vec<_> = trace.range(trace.first(), fired.id).collect();
    let heard_from = |event: &Event| match event.kind {
        EventKind::Decided(Decision::HeartbeatAccepted { from, .. }) => Some(from),
        EventKind::Decided(Decision::VoteGranted { to, .. }) => Some(to),
        _ => None,
    };
    let heard = before
        .iter()
        .rev()
        .find(|event| event.server == fired.server && heard_from(event).is_some());
    let heard = heard.expect("something was heard");
    let leader = heard_from(heard);
    let came = before
        .iter()
        .find(|event| Some(event.id) == heard.cause)
        .expect("it was delivered");
    let from = before
        .iter()
        .rev()
        .find(|event| event.server == leader && matches!(event.kind, EventKind::Decided(Decision::SteppedDown(_))))
        .map_or(heard.id, |down| down.id.max(heard.id));
    let is_sent = |event: &&&Event| {
        let is_heartbeat = matches!(event.kind, EventKind::Sent { to, message: Message::AppendEntries { .. }, .. } if Some(to) == fired.server);
        is_heartbeat && event.server == leader && Some(event.id) > came.cause
    };
    let is_lost = |sent: &&&Event| {
        let mut ends = before
            .iter()
            .filter(|event| event.cause == Some(sent.id) && event.id > from);
        ends.any(|event| matches!(event.kind, EventKind::Lost { .. }))
    };
    before.iter().filter(is_sent).filter(is_lost).count()
}

#[test]
fn every_claim_of_headline_sentence_and_label_is_true() {
    const A_RUN: usize = 100;
    let wanted = std::env::var("INSTANTS").ok().and_then(|number| number.parse().ok());
    let runs: usize = wanted.unwrap_or(10_000) / A_RUN;
    let mut told = [0; 14];
    for seed in 0..runs as u64 {
        let judged = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| judge_run(seed, A_RUN, &mut told)));
        assert!(judged.is_ok(), "the run of seed {seed} contradicts what is said of it");
    }
    assert!(told.iter().all(|times| *times > 0), "never told: {told:?}");
}

/// Whether it is said that a round is lost to refusals and silence together.
fn is_lost_to_both(card: &Card) -> bool {
    let CardKind::PreVote(asked) = &card.kind else {
        return false;
    };
    matches!(asked.lost, Some(LostRound::RefusedAndSilent { .. }))
}

/// Random runs hardly come to rounds to which one refusal and cut links put an end together; this cluster comes to nothing else.
#[test]
fn why_a_round_is_lost_is_true_where_only_one_server_reaches_the_leader() {
    let file = include_str!("../../../tests/fixtures/field/bridge.raft");
    let mut history = crate::scenario::file::read(file).unwrap().scenario().start();
    let mut story = Story::default();
    let mut both = 0;
    while history.now() < Micros::from_secs(3) {
        history.step();
        story.sync(&history, 0);
        rounds_are_lost(&story, &history, &ClusterView::new(&history, Micros::ZERO));
        both += story.cards().filter(|card| is_lost_to_both(card)).count();
    }
    assert!(both > 10, "{both}");
}

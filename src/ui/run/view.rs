//! What the page shows of a world: plain values that can be compared, so that only what changed is drawn again.

use crate::{
    raft::{Conformity, Decision, DeniedVote, HardState, Message, NodeId, NodeSet, Role, Rule, Rules, Term, Timer},
    safety::Violation,
    scenario::conformity,
    sim::{
        Action, Armed, Claim, EventKind, History, InFlight, Incident, Leadership, Links, LostWhere, Micros, Network,
        OwnSettings, Process, ServerAction, Timing, World,
    },
    ui::run::player::Player,
};

/// One server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerView {
    /// Its name.
    pub id: NodeId,
    /// Whether it runs.
    pub process: Process,
    /// How often it was started.
    pub boots: u32,
    /// Its role.
    pub role: Role,
    /// Its term.
    pub term: Term,
    /// Whom it voted for in its term.
    pub voted_for: Option<NodeId>,
    /// Who voted for it in its term, while it is a candidate or leader.
    pub votes: NodeSet,
    /// The term that it won, while it leads: an older one than its own if a newer term made it no follower.
    pub won: Term,
    /// Who has refused it a vote so far in its term, and why, while it is a candidate; in the order in which it heard of it.
    pub refusals: Vec<Refusal>,
    /// To whom its requests for votes in its term were lost on links that were cut, while it is a candidate.
    pub cut_requests: NodeSet,
    /// The votes it needs.
    pub quorum: u8,
    /// The leader it follows, if it knows one.
    pub leader: Option<NodeId>,
    /// What a crash would leave.
    pub disk: HardState,
    /// The newest term in which it has heard from a leader, or led.
    pub followed: Option<Term>,
    /// The same since it started last.
    pub followed_since_start: Option<Term>,
    /// Whether it won its term less than a heartbeat interval ago: its first heartbeats are on their way.
    pub is_new: bool,
    /// The rules that it goes by.
    pub rules: Rules,
    /// Servers in its cluster.
    pub size: usize,
    /// Whom it reaches, itself included.
    pub reach: NodeSet,
    /// Whether it runs and could win an election in its term: enough of those that it reaches are in no newer one.
    pub can_win: bool,
    /// Of a candidate: whether contention for the votes of its term keeps each who could have won it from a majority. Only then they
    /// are split.
    pub contested: bool,
    /// What its belief that it leads is worth, if it believes so.
    pub claim: Option<Claim>,
    /// Whether it believes that it leads, and does not, and somebody is in a newer term.
    pub is_overtaken: bool,
    /// Whether it and another believe that they lead the same term, or it broke a property at this very instant.
    pub is_unsafe: bool,
    /// Its election timer.
    pub election: Option<Armed>,
    /// Its heartbeat timer.
    pub heartbeat: Option<Armed>,
    /// Messages that wait for it while it is paused.
    pub inbox: usize,
    /// Whether its disk was blanked and has not been written since.
    pub wiped: bool,
}

impl ServerView {
    fn new(id: NodeId, world: &World, leadership: &Leadership, broken: Option<Violation>) -> Self {
        let server = world.server(id);
        let (node, claim) = (server.node(), leadership.claim(id));
        let announced_by = |won: Micros| won + world.timing_of(id).heartbeat_interval;
        let won = server.elected().filter(|_| node.role() == Role::Leader);
        let won = won.map_or(node.term(), |(term, _)| term);
        Self {
            id,
            process: server.process(),
            boots: server.boots(),
            role: node.role(),
            term: node.term(),
            voted_for: node.voted_for(),
            votes: if won == node.term() {
                node.votes()
            } else {
                NodeSet::EMPTY
            },
            won,
            refusals: Vec::new(),
            cut_requests: NodeSet::EMPTY,
            quorum: node.quorum(),
            leader: node.leader(),
            disk: server.disk(),
            followed: server.followed(),
            followed_since_start: server.followed_since_start(),
            is_new: server
                .elected()
                .is_some_and(|(term, at)| term == node.term() && world.now() < announced_by(at)),
            rules: *node.rules(),
            size: leadership.size,
            reach: leadership.reach(id),
            can_win: server.process() == Process::Running && leadership.can_win(id, node.term()),
            contested: false,
            claim,
            is_overtaken: leadership.is_overtaken(id),
            is_unsafe: leadership.rivals().contains(id)
                || claim.is_some() && broken.is_some_and(|violation| violation.server == id),
            election: server.timer(Timer::Election),
            heartbeat: server.timer(Timer::Heartbeat),
            inbox: server.inbox().len(),
            wiped: server.wiped(),
        }
    }

    /// Whether the process exists, paused or not.
    #[must_use]
    pub fn is_up(&self) -> bool {
        self.process != Process::Down
    }

    /// What a press on it does: it crashes, or starts again.
    #[must_use]
    pub fn power(&self) -> Action {
        if self.is_up() {
            Action::kill(self.id)
        } else {
            Action::start(self.id)
        }
    }

    /// Whether it leads: it believes so, and a majority can follow it.
    #[must_use]
    pub fn leads(&self) -> bool {
        self.claim == Some(Claim::Leads)
    }

    /// Whether it believes that it leads, and does not.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.claim.is_some_and(|claim| claim != Claim::Leads)
    }

    /// Whether it runs and is not paused.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.process == Process::Running
    }

    /// Whether it is up and runs for leader, or asks whether it may.
    #[must_use]
    pub fn runs_for_leader(&self) -> bool {
        self.is_up() && matches!(self.role, Role::PreCandidate | Role::Candidate)
    }
}

/// A vote that a candidate was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// By whom.
    pub by: NodeId,
    /// Why, as far as it is still remembered.
    pub why: Option<DeniedVote>,
}

impl Refusal {
    /// Whether the voter's log is more up-to-date than the candidate's (§5.4.1).
    #[must_use]
    pub const fn is_for_log(&self) -> bool {
        matches!(self.why, Some(DeniedVote::LogBehind { .. }))
    }

    /// Whether the voter had given its vote of the term to another (§5.2), itself perhaps.
    #[must_use]
    pub const fn is_for_vote(&self) -> bool {
        matches!(self.why, Some(DeniedVote::AlreadyVotedFor(_)))
    }
}

/// A message that was lost a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LostView {
    /// The event of its loss, as a key.
    pub event: u64,
    /// Who sent it.
    pub from: NodeId,
    /// To whom.
    pub to: NodeId,
    /// When it was lost.
    pub at: Micros,
    /// Where it was lost.
    pub place: LostWhere,
}

/// How the rules of a run stand to the paper's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RulesMark {
    /// Those in force in the cluster at the instant.
    pub now: Rules,
    /// The servers that go by other rules.
    pub other: NodeSet,
    /// How far any server is from the paper's at the instant.
    pub furthest: Conformity,
    /// How far the run has been from the paper's up to the instant.
    pub run: Conformity,
}

impl RulesMark {
    /// That of a history at the instant that is visited.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let world = history.world();
        let now = world.config().rules;
        let (mut other, mut furthest) = (NodeSet::EMPTY, now.conformity());
        for (id, server) in world.servers() {
            let rules = server.node().rules();
            if *rules != now {
                other.insert(id);
                furthest = furthest.max(rules.conformity());
            }
        }
        Self {
            now,
            other,
            furthest,
            run: conformity(history),
        }
    }

    /// Whether the run was further from the paper's rules before than it is now.
    #[must_use]
    pub fn was_further(&self) -> bool {
        self.run > self.furthest
    }
}

/// Messages that the paper does not have, as far as a run may have had them up to the instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extras {
    /// Those of pre-vote (thesis §9.6).
    pub pre_votes: bool,
    /// The one by which a leader hands over (thesis §3.10).
    pub transfers: bool,
}

impl Extras {
    /// Those of a history.
    #[must_use]
    pub fn of(history: &History) -> Self {
        let first = Self {
            pre_votes: history.started_with().rules.pre_vote,
            transfers: false,
        };
        history.done().fold(first, |extras, (_, action)| Self {
            pre_votes: extras.pre_votes
                || action.rules().is_some_and(|rules| rules.pre_vote)
                || action.own_rule() == Some((Rule::PreVote, true)),
            transfers: extras.transfers || matches!(action, Action::Server(_, ServerAction::TransferLeadership(_))),
        })
    }
}

/// The cluster at an instant, but for what moves by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterView {
    /// All servers, in order.
    pub servers: Vec<ServerView>,
    /// Whether their logs end at different places.
    pub logs_differ: bool,
    /// The longest that any of their election timers runs: all are drawn on this scale.
    pub longest_timeout: Micros,
    /// Which links are cut.
    pub links: Links,
    /// Which links can carry a message: those that lose every one are out as well.
    pub carrying: Links,
    /// What servers and links have of their own.
    pub own: OwnSettings,
    /// Whether each heartbeat of who leads, or else of the newest that believes so, comes before a timer runs out, the next one as
    /// well: none is lost, and they are frequent enough.
    pub is_steady: bool,
    /// Messages under way.
    pub flights: Vec<InFlight>,
    /// Messages lost just now.
    pub lost: Vec<LostView>,
    /// How the rules stand to the paper's.
    pub rules: RulesMark,
    /// A property that was broken at this very instant; the most important one.
    pub broken: Option<Violation>,
    /// When the next action is due that the script plans, or that was done here before.
    pub planned: Option<Micros>,
    /// Which messages, beside the paper's, the run may have had.
    pub extras: Extras,
}

impl ClusterView {
    const LOSSES_SOUGHT: usize = 400;
    const REFUSALS_SOUGHT: usize = 2000;

    /// The servers that are wanted.
    #[must_use]
    pub fn those(&self, wanted: impl Fn(&ServerView) -> bool) -> NodeSet {
        let servers = self.servers.iter().filter(|server| wanted(server));
        servers.map(|server| server.id).collect()
    }

    /// What there is to see now.
    #[must_use]
    pub fn of(player: &Player) -> Self {
        Self::new(player.history(), player.losses_shown())
    }

    /// What there is to see of a history now, and of losses for so long.
    #[must_use]
    pub fn new(history: &History, losses_shown: Micros) -> Self {
        let world = history.world();
        let (timing, network) = world.extremes();
        let broken = broken_now(history);
        let violation = broken.map(|incident| incident.violation);
        let leadership = Leadership::of(world);
        let mut servers: Vec<_> = world
            .servers()
            .map(|(id, _)| ServerView::new(id, world, &leadership, violation))
            .collect();
        for server in servers
            .iter_mut()
            .filter(|server| server.is_up() && server.role == Role::Candidate)
        {
            (server.refusals, server.cut_requests) = answers(history, server.id, server.term);
            server.contested = history.is_split(server.term);
        }
        Self {
            logs_differ: servers
                .iter()
                .any(|server| server.disk.last_log != servers[0].disk.last_log),
            longest_timeout: longest_timeout(&servers, timing.election_timeout.max),
            servers,
            links: world.config().links,
            carrying: leadership.links,
            own: world.own().clone(),
            is_steady: world.servers().all(|(id, _)| world.rules_of(id).heartbeat_resets_timer)
                && is_steady(timing, network)
                && come_in_time(world, &leadership, network.delay.max),
            flights: world.in_flight().copied().collect(),
            lost: losses(history, losses_shown),
            rules: RulesMark::of(history),
            broken: violation,
            planned: history.next_planned(),
            extras: Extras::of(history),
        }
    }

    /// All who lead: nobody, one, or several of one term where election safety is broken.
    pub fn leaders(&self) -> impl Iterator<Item = &ServerView> + Clone {
        self.servers.iter().filter(|server| server.leads())
    }

    /// Whose election timers run out next: several that expire together, or nobody's if none runs.
    #[must_use]
    pub fn next_timeouts(&self) -> NodeSet {
        let running = self.servers.iter().filter(|server| server.runs());
        let timers = running.filter_map(|server| Some((server.election?.fires_at, server.id)));
        let Some(first) = timers.clone().map(|(at, _)| at).min() else {
            return NodeSet::EMPTY;
        };
        timers
            .filter(|(at, _)| *at == first)
            .map(|(_, server)| server)
            .collect()
    }

    /// Who leads; the first, where several do.
    #[must_use]
    pub fn leader(&self) -> Option<&ServerView> {
        self.leaders().next()
    }

    /// Whether a property is broken at this very instant, or election safety is still: two believe that they lead one term.
    #[must_use]
    pub fn is_unsafe(&self) -> bool {
        self.broken.is_some() || self.servers.iter().any(|server| server.is_unsafe)
    }

    /// Those who believe that they lead, and do not.
    pub fn stale(&self) -> impl Iterator<Item = &ServerView> + Clone {
        self.servers.iter().filter(|server| server.is_stale())
    }

    /// Of these, the one of the newest term; one that runs before one that is paused.
    #[must_use]
    pub fn newest_stale(&self) -> Option<&ServerView> {
        self.stale().max_by_key(|server| (server.runs(), server.term))
    }

    /// Whether messages from one server can get to another.
    #[must_use]
    pub fn hears(&self, listener: NodeId, speaker: NodeId) -> bool {
        self.carrying.is_up(speaker, listener)
    }

    /// More than half of all servers.
    #[must_use]
    pub const fn majority(&self) -> usize {
        self.servers.len() / 2 + 1
    }
}

fn is_steady(timing: Timing, network: Network) -> bool {
    let late = timing.heartbeat_interval + network.delay.max - network.delay.min;
    let all_arrive = network.loss_permille == 0 && network.reordering_permille == 0;
    all_arrive && late < timing.election_timeout.min
}

/// Whether the next heartbeat of who leads, or else of the newest that believes so, gets to each server that can hear it before that
/// server's timer runs out, if it takes as long as this: what a cut has cost may be too much.
fn come_in_time(world: &World, leadership: &Leadership, slowest: Micros) -> bool {
    let believers = leadership.believers.and(leadership.running).iter();
    let newest = || believers.max_by_key(|server| leadership.terms[server.index()]);
    let Some(leader) = leadership.leaders().iter().next().or_else(newest) else {
        return true;
    };
    let fires_at = |server, timer| world.server(server).timer(timer).map(|timer| timer.fires_at);
    let next = fires_at(leader, Timer::Heartbeat).map_or(Micros(u64::MAX), |at| at + slowest);
    let term = leadership.terms[leader.index()];
    leadership.running.iter().all(|server| {
        let mut first = next;
        for flight in world.in_flight() {
            let is_between = flight.from() == leader && flight.to() == server && flight.lost.is_none();
            if is_between && flight.message == (Message::AppendEntries { term }) {
                first = first.min(flight.due_at);
            }
        }
        let hears = server != leader && leadership.links.is_up(leader, server);
        let timer = fires_at(server, Timer::Election).filter(|_| hears);
        timer.is_none_or(|timer| first < timer)
    })
}

/// What was broken at the instant that is visited, the most important property of several.
#[must_use]
pub fn broken_now(history: &History) -> Option<&Incident> {
    let now = history
        .incidents()
        .iter()
        .filter(|incident| incident.at == history.now());
    now.min_by_key(|incident| incident.violation.property.rank())
}

/// No timer that was set by hand runs out of its circle.
fn longest_timeout(servers: &[ServerView], usual: Micros) -> Micros {
    let timers = servers.iter().filter_map(|server| server.election);
    timers
        .map(|timer| timer.fires_at - timer.set_at)
        .fold(usual, Micros::max)
}

/// The refusals that a candidate has heard of since it stands for election in a term, the first one first; and to whom its requests
/// for votes were lost on links that were cut.
fn answers(history: &History, candidate: NodeId, in_term: Term) -> (Vec<Refusal>, NodeSet) {
    let (mut found, mut cut): (Vec<Refusal>, _) = (Vec::new(), NodeSet::EMPTY);
    for event in history.happened().rev().take(ClusterView::REFUSALS_SOUGHT) {
        match event.kind {
            EventKind::Decided(Decision::ElectionStarted { .. }) if event.server == Some(candidate) => break,
            EventKind::Decided(Decision::VoteRefused { from }) if event.server == Some(candidate) => {
                found.insert(0, Refusal { by: from, why: None });
            }
            EventKind::Decided(Decision::VoteDenied { to, term, why }) if (to, term) == (candidate, in_term) => {
                let heard = found.iter_mut().filter(|refusal| Some(refusal.by) == event.server);
                heard.for_each(|refusal| refusal.why = refusal.why.or(Some(why)));
            }
            EventKind::Lost {
                from,
                message: Message::RequestVote { term, .. },
                place: LostWhere::CutLink,
            } if (from, term) == (candidate, in_term) => cut.extend(NodeSet::from_iter(event.server)),
            _ => {}
        }
    }
    (found, cut)
}

fn losses(history: &History, window: Micros) -> Vec<LostView> {
    let since = history.now() - window;
    let recent = history.happened().rev().take(ClusterView::LOSSES_SOUGHT);
    let mut losses: Vec<LostView> = Vec::new();
    for event in recent.take_while(|event| event.at >= since) {
        let (EventKind::Lost { from, place, .. }, Some(to)) = (event.kind, event.server) else {
            continue;
        };
        // An older one would lie under it.
        if !losses
            .iter()
            .any(|later| (later.from, later.to, later.place) == (from, to, place))
        {
            losses.push(LostView {
                event: event.id.0,
                from,
                to,
                at: event.at,
                place,
            });
        }
    }
    losses
}

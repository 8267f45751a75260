//! Which event to ask about, when somebody asks about a server or about the whole.

use crate::{
    raft::{Decision, MAX_SERVERS, NodeId, NodeSet, Role, Term},
    sim::{
        Action, CarryingLinks, Config, Effect, Event, EventId, EventKind, History, Incident, Leadership, Micros,
        Process,
    },
    ui::run::{incident::of_incident, view::ClusterView},
};

/// A question, and when it was asked: the drawer stays open while time goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What is asked.
    pub question: WhyQuestion,
    /// The instant that was visited.
    pub at: Micros,
    /// Why no election had been won or lost by then, if that is so.
    pub none: Option<NoElection>,
}

/// Why there has been no election that explains why nobody leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoElection {
    /// Nobody can be elected.
    TooFew(Shortage),
    /// No election timer has run out yet.
    NoTimeout,
}

impl NoElection {
    /// What keeps a history from an election now; `None` if there was one and there could be another.
    #[must_use]
    pub fn of(history: &History) -> Option<Self> {
        let shortage = Shortage::of(history).map(Self::TooFew);
        let stood = || history.happened().any(stands);
        shortage.or_else(|| (!stood()).then_some(Self::NoTimeout))
    }
}

const fn stands(event: &Event) -> bool {
    use Decision::{ElectionStarted, ElectionTimedOut, PreVoteStarted};
    let EventKind::Decided(decision) = event.kind else {
        return false;
    };
    matches!(
        decision,
        ElectionTimedOut | ElectionStarted { .. } | PreVoteStarted { .. }
    )
}

/// Why nobody can be elected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The servers that don't run.
    pub stopped: NodeSet,
    /// How many the best connected of them reaches, itself included.
    pub reaches: usize,
    /// Servers in the cluster.
    pub size: usize,
    /// The votes that make a leader.
    pub quorum: usize,
}

impl Shortage {
    /// That of a history now; `None` if a server reaches enough for a quorum.
    #[must_use]
    pub fn of(history: &History) -> Option<Self> {
        let leadership = Leadership::of(history.world());
        let reaches = best_reach(&leadership);
        (reaches < leadership.quorum).then(|| Self {
            stopped: NodeId::all(leadership.size)
                .collect::<NodeSet>()
                .without(leadership.running),
            reaches,
            size: leadership.size,
            quorum: leadership.quorum,
        })
    }
}

fn best_reach(leadership: &Leadership) -> usize {
    let running = leadership.running.iter();
    running.map(|server| leadership.reach(server).len()).max().unwrap_or(0)
}

/// What somebody asks, in the words of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyQuestion {
    /// Why these servers lead; why nobody does, if there are none.
    Leads(NodeSet),
    /// Why two servers act as leader at once, each of a term of its own; the one that leads stands first.
    BothLead([NodeId; 2]),
    /// Why a safety property is broken.
    Broken,
    /// Why a server is what it is.
    Server(NodeId),
    /// Why something happened.
    Event,
    /// Why servers stood for election in a term, and if it is over, why they did not win.
    Election {
        /// Who.
        candidates: NodeSet,
        /// In which term.
        term: Term,
        /// Whether it is over.
        is_lost: bool,
    },
}

/// The event that made a server what it is.
#[must_use]
pub fn of_server(history: &History, server: NodeId) -> Option<EventId> {
    let here = history.world().server(server);
    let (process, role) = (here.process(), here.node().role());
    let mut past = history.happened().rev().filter(|event| event.server == Some(server));
    let made = past.find(|event| match (process, event.kind) {
        (Process::Down, EventKind::Action(action)) => action.effect().is_crash(),
        (Process::Paused, EventKind::Action(action)) => action.effect() == Effect::Pause,
        (Process::Running, EventKind::Decided(decision)) => makes(decision, role),
        _ => false,
    });
    made.map(|event| event.id)
}

const fn makes(decision: Decision, role: Role) -> bool {
    match role {
        Role::Leader => matches!(decision, Decision::ElectionWon { .. }),
        Role::PreCandidate => matches!(decision, Decision::PreVoteStarted { .. }),
        Role::Candidate => matches!(decision, Decision::ElectionStarted { .. }),
        Role::Follower => matches!(
            decision,
            Decision::Started | Decision::SteppedDown(_) | Decision::VoteGranted { .. } | Decision::TermAdvanced { .. }
        ),
    }
}

/// The most important property that was broken so far, where it was for the first time.
#[must_use]
pub fn worst(history: &History) -> Option<&Incident> {
    let incidents = history.incidents().iter();
    // The first of several.
    incidents.min_by_key(|incident| incident.violation.property.rank())
}

/// Why there is a leader: its election. Why there is none: what broke a safety property, left too few to elect anybody, or ended
/// the last leadership; where nobody has led, the start of the election that runs.
#[must_use]
pub fn of_status(history: &History) -> Option<EventId> {
    if let Some(incident) = worst(history) {
        return Some(of_incident(history, incident));
    }
    if let Some(leader) = Leadership::of(history.world()).leaders().iter().next() {
        return of_server(history, leader);
    }
    let ended = || {
        let (leader, last) = history.roles().last_led(history.world().next_event())?;
        Some(end_of_leadership(history, leader, last))
    };
    let begins = || {
        history
            .happened()
            .rev()
            .find(|event| begins(event))
            .map(|event| event.id)
    };
    took_quorum(history)
        .or_else(ended)
        .or_else(|| election(history))
        .or_else(|| of_server(history, next_timeouts(history).iter().next()?))
        .or_else(begins)
}

/// Whose election timers run out next.
fn next_timeouts(history: &History) -> NodeSet {
    ClusterView::new(history, Micros::ZERO).next_timeouts()
}

/// The action since which nobody reaches a quorum, if it is in memory; `None` if somebody does, or nobody ever did.
fn took_quorum(history: &History) -> Option<EventId> {
    Shortage::of(history)?;
    let mut processes = Processes::new(history.started_with());
    let mut took = None;
    for (at, action) in history.actions() {
        let before = processes.can_elect();
        processes.act(action);
        if before && !processes.can_elect() {
            took = Some((at, action));
        }
    }
    let (at, action) = took?;
    let mut past = history.happened().rev();
    let event = past.find(|event| event.at == at && event.kind == EventKind::Action(action))?;
    Some(event.id)
}

/// Which servers run and which links are up, as actions leave them. Terms do not matter for it.
struct Processes {
    up: NodeSet,
    paused: NodeSet,
    now: Leadership,
    links: CarryingLinks,
    size: u8,
}

impl Processes {
    fn new(config: &Config) -> Self {
        let size = usize::from(config.size);
        let (up, links) = (config.running, CarryingLinks::new(config));
        Self {
            up,
            paused: NodeSet::EMPTY,
            now: Leadership {
                size,
                links: links.links(),
                quorum: usize::from(config.rules.quorum.votes(config.size)),
                running: up,
                believers: NodeSet::EMPTY,
                terms: [Term::ZERO; MAX_SERVERS],
            },
            links,
            size: config.size,
        }
    }

    fn can_elect(&self) -> bool {
        best_reach(&self.now) >= self.now.quorum
    }

    fn act(&mut self, action: Action) {
        match (action.effect(), action.server()) {
            (Effect::Start, Some(server)) => self.up.extend(NodeSet::only(server)),
            (Effect::Pause, Some(server)) => self.paused.extend(NodeSet::only(server)),
            (effect, Some(server)) if effect.is_crash() || effect == Effect::Resume => {
                self.paused = self.paused.without(NodeSet::only(server));
                if effect.is_crash() {
                    self.up = self.up.without(NodeSet::only(server));
                }
            }
            _ => {}
        }
        if let Some(rules) = action.rules() {
            self.now.quorum = usize::from(rules.quorum.votes(self.size));
        }
        self.links.act(action);
        self.now.links = self.links.links();
        self.now.running = self.up.without(self.paused);
    }
}

/// What ended a leadership, by the last event of the step in which it ended: what was done, or the leader's stepping down, to
/// which the news of a newer term led.
fn end_of_leadership(history: &History, leader: NodeId, last: EventId) -> EventId {
    let trace = history.trace();
    let Some(at) = trace.get(last).map(|event| event.at) else {
        return last;
    };
    let mut step = trace
        .range(trace.first(), EventId(last.0 + 1))
        .rev()
        .take_while(|event| event.at == at);
    let Some(end) = step.find(|event| ends_leadership(leader, event)) else {
        return last;
    };
    let mut later = trace.range(end.id, history.world().next_event());
    let own = later.find(|event| match event.kind {
        EventKind::Action(action) => action.effect().is_crash() && event.server == Some(leader),
        EventKind::Decided(Decision::SteppedDown(_)) => event.server == Some(leader),
        _ => false,
    });
    match own {
        Some(own) if !is_fault(end) && !is_fault(own) => own.id,
        _ => end.id,
    }
}

fn ends_leadership(leader: NodeId, event: &Event) -> bool {
    match event.kind {
        EventKind::Decided(Decision::SteppedDown(_)) => event.server == Some(leader),
        EventKind::Decided(Decision::TermAdvanced { .. } | Decision::ElectionStarted { .. }) => true,
        _ => is_fault(event),
    }
}

/// Whether an event keeps a server from running or from being reached.
const fn is_fault(event: &Event) -> bool {
    match event.kind {
        EventKind::Action(action) => matches!(
            action.effect(),
            Effect::Crash | Effect::Wipe | Effect::Pause | Effect::Cut
        ),
        _ => false,
    }
}

/// The start of the election that runs: of the newest term that somebody runs for, by whoever was the first to.
fn election(history: &History) -> Option<EventId> {
    let runs = |wanted: Role| {
        let servers = history.world().servers();
        let running = servers.filter(|(_, server)| server.process() == Process::Running);
        running.filter(move |(_, server)| server.node().role() == wanted)
    };
    let newest = runs(Role::Candidate).map(|(_, server)| server.node().term()).max();
    if let Some(term) = newest {
        let started = EventKind::Decided(Decision::ElectionStarted { term });
        return history
            .happened()
            .find(|event| event.kind == started)
            .map(|event| event.id);
    }
    let (asks, _) = runs(Role::PreCandidate).next()?;
    of_server(history, asks)
}

/// Whether an event begins the wait for a leader, where nobody has led and nobody runs.
const fn begins(event: &Event) -> bool {
    is_fault(event)
        || matches!(
            event.kind,
            EventKind::Decided(Decision::Started | Decision::ElectionStarted { .. } | Decision::SteppedDown(_))
        )
}

/// Where somebody leads and another still acts as leader: both, the one that leads first.
#[must_use]
pub fn both_leaders(history: &History) -> Option<[NodeId; 2]> {
    let leadership = Leadership::of(history.world());
    let leader = leadership.leaders().iter().next()?;
    let acting = leadership.believers.without(NodeSet::only(leader)).iter();
    let stale = acting.filter(|server| leadership.running.contains(*server)).last()?;
    Some([leader, stale])
}

/// Who runs and acts as leader where nobody leads; of several the one of the newest term.
#[must_use]
pub fn acting(history: &History) -> Option<NodeId> {
    let leadership = Leadership::of(history.world());
    let acting = leadership
        .believers
        .iter()
        .filter(|server| leadership.running.contains(*server));
    acting.max_by_key(|server| leadership.terms[server.index()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        raft::Rule,
        safety::Property,
        scenario::{Scenario, ScenarioId},
        sim::{Action, Config, Micros},
    };

    #[test]
    fn what_is_broken_was_broken_by_a_decision() {
        let first_of = |history: &History, property: Property| {
            let mut incidents = history.incidents().iter();
            *incidents
                .find(|incident| incident.violation.property == property)
                .unwrap()
        };
        for (rule, property, kind) in [
            (Rule::OneVotePerTerm, Property::OneVotePerTerm, "VoteGranted"),
            (Rule::OneVotePerTerm, Property::ElectionSafety, "ElectionWon"),
            (Rule::PersistTerm, Property::MonotonicTerms, "Started"),
        ] {
            let mut config = Config::paper(3);
            config.rules.set(rule, false);
            let mut history = History::new(config, 6, &[]).unwrap();
            history.seek(Micros::from_millis(10));
            for number in [1, 2] {
                let server = NodeId::from_number(number).unwrap();
                history.act(Action::force_timeout(server)).unwrap();
            }
            history.seek(Micros::from_millis(100));
            if rule == Rule::PersistTerm {
                let leader = history.world().leader().unwrap();
                history.act(Action::kill(leader)).unwrap();
                history.act(Action::start(leader)).unwrap();
            }
            let incident = first_of(&history, property);
            let decision = history.trace().get(of_incident(&history, &incident)).unwrap();
            assert_eq!(incident.at, decision.at);
            assert!(format!("{:?}", decision.kind).contains(kind), "{rule:?}: {decision:?}");
        }
    }

    /// A leader that is cut off still acts as one; why there is another, and why it does, are two questions.
    #[test]
    fn a_stale_leader_is_explained_beside_the_one_that_leads() {
        let mut history = Scenario::new(ScenarioId::MinorityLeader).start();
        history.seek(Micros::from_millis(400));
        assert_eq!(both_leaders(&history), None, "nobody leads now");
        let why = *history.trace().get(of_status(&history).unwrap()).unwrap();
        assert!(
            matches!(why.kind, EventKind::Action(_)),
            "the cut, not the election of who led: {why:?}"
        );
        history.seek(Micros::from_millis(600));
        let [leader, stale] = both_leaders(&history).unwrap().map(|server| server.number());
        assert_eq!((leader, stale), (3, 1));
    }

    fn scenario_at(id: ScenarioId, micros: u64) -> (History, Event) {
        let mut history = Scenario::new(id).start();
        history.seek(Micros(micros));
        let why = *history.trace().get(of_status(&history).unwrap()).unwrap();
        (history, why)
    }

    /// What was last is not what ended the last leadership: candidates step down too.
    #[test]
    fn nobody_leads_since_the_last_leader_stepped_down() {
        let (history, why) = scenario_at(ScenarioId::PartialPartition, 1_134_000);
        assert!(Leadership::of(history.world()).leaders().is_empty());
        assert_eq!(why.server, NodeId::from_number(2));
        assert!(
            matches!(why.kind, EventKind::Decided(Decision::SteppedDown(_))),
            "{why:?}"
        );
        assert_eq!(why.at.0 / 1000, 887);
        assert_eq!(Shortage::of(&history), None);
    }

    #[test]
    fn nobody_leads_since_the_crash_that_left_too_few() {
        let (history, why) = scenario_at(ScenarioId::Figure5, 21_865_000);
        let third = NodeId::from_number(3).unwrap();
        assert_eq!(why.kind, EventKind::Action(Action::kill(third)));
        let shortage = Shortage::of(&history).unwrap();
        assert_eq!((shortage.stopped.len(), shortage.size, shortage.quorum), (3, 5, 3));
    }

    #[test]
    fn where_nobody_has_led_the_election_that_runs_is_told() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        history.seek(Micros(100_000));
        assert_eq!(NoElection::of(&history), Some(NoElection::NoTimeout));
        let next = of_status(&history).and_then(|event| history.trace().get(event)?.server);
        assert_eq!(next, Some(NodeId::new(1)), "it stands first");
        history.seek(Micros(155_000));
        let why = history.trace().get(of_status(&history).unwrap()).unwrap();
        let term = Term(1);
        assert_eq!(why.kind, EventKind::Decided(Decision::ElectionStarted { term }));
        assert_eq!(NoElection::of(&history), None);
    }

    /// Whatever is done: which servers run and reach each other is what actions say, and the event that is told of ended a
    /// leadership, or took the quorum.
    #[test]
    fn why_nobody_leads_is_an_end_or_a_loss() {
        let mut told = [0; 3];
        for seed in 0..40 {
            let mut history = History::new(Config::paper(5), seed, &[]).unwrap();
            for round in 0..30 {
                history.seek(Micros::from_millis(130 * (round + 1)));
                let one = NodeId::new(usize::try_from((round * 7 + seed) % 5).unwrap());
                let action = match (round + seed) % 8 {
                    0 | 1 => Action::kill(history.world().leader().unwrap_or(one)),
                    2 | 5 => Action::start(one),
                    3 => Action::isolate(one),
                    4 => Action::pause(one),
                    6 => Action::heal_all(),
                    _ => Action::resume(one),
                };
                let _ = history.act(action);
                let now = Leadership::of(history.world());
                let mut processes = Processes::new(history.started_with());
                history.actions().for_each(|(_, action)| processes.act(action));
                assert_eq!(
                    (processes.now.running, processes.now.links, processes.can_elect()),
                    (now.running, now.links, Shortage::of(&history).is_none())
                );
                if !now.leaders().is_empty() {
                    continue;
                }
                let why = *history.trace().get(of_status(&history).unwrap()).unwrap();
                if !processes.can_elect() {
                    told[0] += 1;
                    assert!(is_fault(&why), "{why:?}");
                    continue;
                }
                let had_led = history.roles().last_led(history.world().next_event());
                let Some((leader, _)) = had_led else {
                    told[1] += 1;
                    continue;
                };
                told[2] += 1;
                let stepped_down = matches!(why.kind, EventKind::Decided(Decision::SteppedDown(_)));
                let learned = matches!(
                    why.kind,
                    EventKind::Decided(Decision::TermAdvanced { .. } | Decision::ElectionStarted { .. })
                );
                let is_own = stepped_down && why.server == Some(leader);
                assert!(is_own || is_fault(&why) || learned, "{leader} led last: {why:?}");
            }
        }
        assert!(told.iter().all(|times| *times > 0), "{told:?}");
    }

    #[test]
    fn a_server_is_what_an_event_made_it() {
        let mut history = History::new(Config::paper(5), 6, &[]).unwrap();
        history.seek(Micros::from_millis(400));
        let leader = history.world().leader().unwrap();
        let kind = |history: &History, id: Option<EventId>| history.trace().get(id.unwrap()).unwrap().kind;
        assert!(matches!(
            kind(&history, of_server(&history, leader)),
            EventKind::Decided(Decision::ElectionWon { .. })
        ));
        assert_eq!(of_status(&history), of_server(&history, leader));
        history.act(Action::kill(leader)).unwrap();
        let down = of_server(&history, leader);
        assert_eq!(kind(&history, down), EventKind::Action(Action::kill(leader)));
        assert_eq!(of_status(&history), down);
    }
}

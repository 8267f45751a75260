//! What the tests of the scenarios share: a run of a scenario, what its servers printed, its story, and the lab's transcripts.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::collections::BTreeSet;

use raft_playground::{
    raft::{Decision, IgnoredReply, Message, Node, NodeId, Role, Rules, Term},
    safety::{Monitor, Status, Violation},
    scenario::{Scenario, ScenarioId, file, lablog},
    sim::{Action, Event, EventId, EventKind, History, Micros, Observer, ServerAction, World},
};

pub const S1: NodeId = NodeId::new(0);
pub const S2: NodeId = NodeId::new(1);
pub const S3: NodeId = NodeId::new(2);
pub const S4: NodeId = NodeId::new(3);
pub const S5: NodeId = NodeId::new(4);

/// A transcript of the lab, by figure and name.
macro_rules! transcript {
    ($name:literal) => {
        include_str!(concat!("../fixtures/labraft/", $name, ".log"))
    };
}
pub(crate) use transcript;

/// A run of a scenario up to some time.
pub struct Run {
    pub scenario: Scenario,
    pub history: History,
    pub events: Vec<Event>,
}

impl Run {
    /// Half a minute after the last action of any figure.
    const END: Micros = Micros::from_secs(60);

    /// A figure as it is first shown.
    pub fn of(id: ScenarioId) -> Self {
        Self::until(Self::END, Scenario::new(id))
    }

    /// A figure by the paper's rules.
    pub fn without_quirk(id: ScenarioId) -> Self {
        Self::until(Self::END, Scenario::new(id).with_rules(Rules::PAPER))
    }

    pub fn until(end: Micros, scenario: Scenario) -> Self {
        let mut history = scenario.start();
        history.seek(end);
        let trace = history.trace();
        assert_eq!(trace.first(), EventId(0), "the whole run is in memory");
        let events = trace.range(EventId(0), history.world().next_event()).copied().collect();
        Self {
            scenario,
            history,
            events,
        }
    }

    /// What a server printed, as in the lab's file.
    pub fn log(&self, server: NodeId) -> String {
        lablog::transcript(server, self.scenario.id.began(), &self.events)
    }

    /// The story in short sentences, each with its time.
    pub fn told(&self) -> Vec<(Micros, String)> {
        told(&self.events)
            .into_iter()
            .map(|(event, line)| (event.at, line))
            .collect()
    }

    /// The story without its times.
    pub fn story(&self) -> Vec<String> {
        self.told().into_iter().map(|(_, line)| line).collect()
    }

    /// The story from the first of these lines on.
    #[track_caller]
    pub fn story_from(&self, line: &str) -> Vec<String> {
        let mut story = self.story();
        let start = story.iter().position(|told| told == line).expect("it is told");
        story.split_off(start)
    }

    /// The servers that won, with their terms.
    pub fn leaders(&self) -> Vec<(NodeId, Term)> {
        let won = |event: &Event| match event.kind {
            EventKind::Decided(Decision::ElectionWon { .. }) => event.server.map(|server| (server, event.term)),
            _ => None,
        };
        self.events.iter().filter_map(won).collect()
    }

    /// When somebody won this term.
    #[track_caller]
    pub fn elected(&self, term: Term) -> Micros {
        let won = |event: &&Event| {
            event.term == term && matches!(event.kind, EventKind::Decided(Decision::ElectionWon { .. }))
        };
        self.events.iter().find(won).expect("somebody won").at
    }

    /// When the first event of a kind happened at a server.
    pub fn first(&self, server: NodeId, wanted: impl Fn(&EventKind) -> bool) -> Option<Micros> {
        let here = |event: &&Event| event.server == Some(server) && wanted(&event.kind);
        self.events.iter().find(here).map(|event| event.at)
    }
}

/// The story of all events of a run in short sentences: every action, timeout, candidacy, reply to it, victory, loss of a role
/// and newer term, and the first heartbeat that a server accepts of a leader.
pub fn told(events: &[Event]) -> Vec<(Event, String)> {
    let mut teller = Teller {
        events,
        follows: [None; 9],
    };
    let told = |event: &Event| Some((*event, teller.tell(event)?));
    events.iter().filter_map(told).collect()
}

/// How the leaders of a long run fared.
pub struct LongRun {
    pub world: World,
    /// Who won, in which term.
    pub elected: Vec<(NodeId, Term)>,
    /// The longest time from a victory to the end of that leadership, or of the run.
    pub longest_reign: Micros,
    /// The longest time without a victory.
    pub longest_wait: Micros,
    /// Terms for which somebody ran.
    pub terms: BTreeSet<Term>,
    pub violations: Vec<Violation>,
    since: [Option<Micros>; 9],
    last: Micros,
    monitor: Monitor,
}

impl LongRun {
    pub fn of(scenario: &Scenario, seed: u64, end: Micros) -> Self {
        let world = World::new(scenario.config, seed, &mut ()).expect("a valid configuration");
        let mut run = Self {
            world: world.clone(),
            elected: Vec::new(),
            longest_reign: Micros::ZERO,
            longest_wait: Micros::ZERO,
            terms: BTreeSet::new(),
            violations: Vec::new(),
            since: [None; 9],
            last: Micros::ZERO,
            monitor: Monitor::new(usize::from(scenario.config.size)),
        };
        let mut world = world;
        for &(at, action) in &scenario.script {
            world.run_until(at, &mut run);
            world.act(action, &mut run).expect("it can be done");
        }
        world.run_until(end, &mut run);
        for since in run.since.into_iter().flatten() {
            run.longest_reign = run.longest_reign.max(end - since);
        }
        run.longest_wait = run.longest_wait.max(end - run.last);
        run.world = world;
        run
    }

    /// The newest term.
    pub fn term(&self) -> Term {
        let terms = self.world.servers().map(|(_, server)| server.node().term());
        terms.max().expect("a cluster has servers")
    }
}

impl Observer for LongRun {
    fn event(&mut self, event: &Event) {
        let Some(server) = event.server else { return };
        let since = &mut self.since[server.index()];
        match event.kind {
            EventKind::Decided(Decision::ElectionWon { .. }) => {
                *since = Some(event.at);
                self.longest_wait = self.longest_wait.max(event.at - self.last);
                self.last = event.at;
                self.elected.push((server, event.term));
            }
            EventKind::Decided(Decision::ElectionStarted { term }) => {
                self.terms.insert(term);
            }
            EventKind::Decided(Decision::SteppedDown(_)) | EventKind::Action(Action::Server(_, ServerAction::Kill)) => {
                if let Some(since) = since.take() {
                    self.longest_reign = self.longest_reign.max(event.at - since);
                }
            }
            _ => {}
        }
    }

    fn stepped(&mut self, _: EventId, _: Micros, node: &Node) {
        let status = Status::new(node.role(), node.hard_state());
        self.violations.extend(self.monitor.observe(node.id(), status));
    }
}

/// Who refused its vote to whom while it was a candidate.
pub fn refused_as_candidate(events: &[Event]) -> Vec<(NodeId, NodeId)> {
    let refused = |event: &Event| match event.kind {
        EventKind::Decided(Decision::VoteDenied { to, .. }) if event.role == Role::Candidate => {
            Some((event.server?, to))
        }
        _ => None,
    };
    events.iter().filter_map(refused).collect()
}

struct Teller<'a> {
    events: &'a [Event],
    follows: [Option<(NodeId, Term)>; 9],
}

impl Teller<'_> {
    fn tell(&mut self, event: &Event) -> Option<String> {
        match event.kind {
            EventKind::Action(action) => Some(self.tell_action(action)),
            EventKind::Decided(decision) => self.tell_note(event, event.server?, decision),
            _ => None,
        }
    }

    fn tell_action(&mut self, action: Action) -> String {
        match action {
            Action::Server(server, ServerAction::Start) => {
                self.follows[server.index()] = None;
                format!("{server} starts")
            }
            Action::Server(server, ServerAction::Kill) => format!("{server} is killed"),
            Action::Server(server, ServerAction::Isolate) => format!("{server} is isolated"),
            Action::Server(server, ServerAction::Rejoin) => format!("{server} rejoins"),
            other => file::words(other),
        }
    }

    fn tell_note(&mut self, event: &Event, server: NodeId, decision: Decision) -> Option<String> {
        Some(match decision {
            Decision::ElectionTimedOut => format!("{server} times out"),
            Decision::ElectionStarted { term } => format!("{server} runs for term {term}"),
            Decision::PreVoteStarted { term } => format!("{server} asks first about term {term}"),
            Decision::PreVoteRefused { from } => format!("{server} would be refused by {from}"),
            Decision::VoteReceived { from, .. } => format!("{server} gets the vote of {from}"),
            Decision::VoteRefused { from } => format!("{server} is refused by {from}"),
            Decision::ReplyIgnored { from, why } => self.tell_ignored(event, server, from, why),
            Decision::ElectionWon { .. } => format!("{server} leads term {}", event.term),
            Decision::TermAdvanced { new, from, .. } => format!("{server} learns of term {new} from {from}"),
            Decision::SteppedDown(_) => format!("{server} steps down"),
            Decision::HeartbeatDenied { from, .. } => format!("{server} denies the heartbeat of {from}"),
            Decision::HeartbeatAccepted { from, .. } => {
                let leader = Some((from, event.term));
                if std::mem::replace(&mut self.follows[server.index()], leader) == leader {
                    return None;
                }
                format!("{server} follows {from}")
            }
            _ => return None,
        })
    }

    fn tell_ignored(&self, event: &Event, server: NodeId, from: NodeId, why: IgnoredReply) -> String {
        // Where a newer term came with the reply, other decisions lie between.
        let mut causes = std::iter::successors(Some(event), |event| {
            let cause = event.cause.and_then(|id| usize::try_from(id.0).ok())?;
            self.events.get(cause)
        });
        let cause = causes
            .find(|event| !matches!(event.kind, EventKind::Decided(_)))
            .map(|event| event.kind);
        let what = match cause {
            Some(EventKind::Delivered {
                message: Message::RequestVoteReply { vote_granted, .. },
                ..
            }) => match vote_granted {
                true => "vote",
                false => "refusal",
            },
            Some(EventKind::Delivered {
                message: Message::PreVoteReply { .. },
                ..
            }) => "answer to its first question",
            other => panic!("an ignored reply is caused by its arrival, not by {other:?}"),
        };
        match why {
            IgnoredReply::NotCandidate => format!("{server} gets the {what} of {from} too late"),
            IgnoredReply::StaleTerm => format!("{server} gets the {what} of {from} for an earlier term"),
            IgnoredReply::Duplicate => format!("{server} gets the {what} of {from} again"),
        }
    }
}

/// A log without its times: `[ROLE] text`, and `^C` as it is.
pub fn texts(log: &str) -> Vec<&str> {
    const TIME: usize = "2019/10/07 10:07:42 ".len();
    log.lines()
        .map(|line| if line.starts_with('2') { &line[TIME..] } else { line })
        .collect()
}

/// The server printed this and nothing else.
#[track_caller]
pub fn assert_printed_only(log: &str, transcript: &str) {
    assert_eq!(texts(log), texts(transcript));
}

/// The server printed this first.
#[track_caller]
pub fn assert_printed_first(log: &str, transcript: &str) {
    let (log, transcript) = (texts(log), texts(transcript));
    let first = &log[..transcript.len().min(log.len())];
    assert_eq!(first, transcript);
}

/// The server printed this last.
#[track_caller]
pub fn assert_printed_last(log: &str, transcript: &str) {
    let (log, transcript) = (texts(log), texts(transcript));
    let last = &log[log.len().saturating_sub(transcript.len())..];
    assert_eq!(last, transcript);
}

/// The server printed this, line after line with nothing in between, once.
#[track_caller]
pub fn assert_printed(log: &str, transcript: &str) {
    let places = places(log, transcript);
    assert_eq!(
        places.len(),
        1,
        "found at {places:?} of what was printed:\n{log}\nWanted:\n{transcript}"
    );
}

fn places(log: &str, transcript: &str) -> Vec<usize> {
    let (log, transcript) = (texts(log), texts(transcript));
    let windows = log.windows(transcript.len()).enumerate();
    windows
        .filter(|(_, window)| *window == transcript)
        .map(|(place, _)| place)
        .collect()
}

/// The lines of a transcript that the server printed in another second, as in the transcript and as printed here.
#[track_caller]
pub fn other_seconds<'a>(log: &'a str, transcript: &'a str) -> Vec<(&'a str, &'a str)> {
    assert_printed(log, transcript);
    let place = places(log, transcript)[0];
    let pairs = transcript.lines().zip(log.lines().skip(place));
    pairs.filter(|(theirs, ours)| theirs != ours).collect()
}
